# Found by exploration. What stood behind a P-Sync set that was put off, and lacks another, is rejected after it.
@SEQ @SYNC
Feature: SEQ-05 in a conversation that exploration found
  When the missing predecessors have not arrived after the wait-time (1 hour), the held set is rejected and IR10
  says so.

  @SEQ-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And the next expected sequence number of "Lakeside" is 99
    And P-Sync set 99 of "Lakeside" lists "Depot"
    And I-Sync set 101 of "Lakeside" changes
      | of    | attribute | value      | from        | until |
      | Depot | account   | Old tenant | 30 days ago |       |
    And it is Monday 07:30
    And set 99 of "Lakeside" arrives
    And set 101 of "Lakeside" arrives
    And it is Monday 09:01
    When it is Tuesday 23:59
    Then no rule SEQ-05 is broken
