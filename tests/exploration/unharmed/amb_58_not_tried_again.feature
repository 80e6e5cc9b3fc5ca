# Found by exploration. A P-Sync set may be processed when it comes; what a mailbox refuses then never comes.
@SEQ @SYNC
Feature: SEQ-10 in a conversation that exploration found
  Whether or not its submission was scheduled, a P-Sync set is processed in sequence with the I-Sync sets.

  @SEQ-10
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And the mailbox of "Lakeside" refuses files from Thursday 07:29 until Friday 07:29
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 99
    And P-Sync set 100 of "Lakeside" lists "Bakery"
    And it is Thursday 22:30
    And set 100 of "Lakeside" arrives
    When it is Monday 23:59
    Then no rule SEQ-10 is broken
