# Found by exploration. What it catches: The numbers of one LDC count for all others too.
@SEQ @SYNC
Feature: SEQ-02 in a conversation that exploration found
  I-Sync and P-Sync of an LDC share one sequence: the next number is expected whichever kind comes next.

  @SEQ-02
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And LDC "Riverbend" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 2
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 99
    And I-Sync set 3 of "Lakeside" changes
      | of     | attribute     | value            | from       | until |
      | Bakery | billing agent | Northern Billing | 2011-01-14 |       |
    And set 3 of "Lakeside" arrives
    When it is Monday 10:01
    Then no rule SEQ-02 is broken
