# Found by exploration. What it catches: BR04 shows no status of what got 02.
@TXS @BILLING-ENERGY
Feature: TXS-05 in a conversation that exploration found
  The status in the response and the status in BR04 for the same request agree.

  @TXS-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 1
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-09 | 2011-01-10 |
    And 7 days have passed
    Then no rule TXS-05 is broken
