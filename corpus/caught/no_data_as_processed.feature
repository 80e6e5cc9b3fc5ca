# Found by exploration. What it catches: Hourly responses without data when the window closes carry status 00.
@TXS @BILLING-ENERGY
Feature: TXS-03 in a conversation that exploration found
  02: no complete set of eligible data when the window closed.

  @TXS-03
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 1
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-09 | 2011-01-10 |
    And 7 days have passed
    Then no rule TXS-03 is broken
