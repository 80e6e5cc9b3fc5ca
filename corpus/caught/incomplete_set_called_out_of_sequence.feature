# Found by exploration. What it catches: IR10 calls a set out of sequence that was incomplete.
@SEQ @SYNC
Feature: SEQ-06 in a conversation that exploration found
  A set whose files have not all arrived after the wait-time is rejected and IR10 says so.

  @SEQ-06
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And P-Sync set 8 of "Lakeside" lists "Bakery"
    And set 8 of "Lakeside" arrives without segment 01 of file 03
    When it is Tuesday 00:30
    Then no rule SEQ-06 is broken
