# Found by exploration. What it catches: 02 comes with the second run of the day.
@WIN @BILLING-ENERGY
Feature: WIN-07 in a conversation that exploration found
  An unfulfilled request gets the 'no data available' response, status 02, at 08:00 EST on the calendar day (not
  business day) after its window expires, and is closed.

  @WIN-07
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99
    And it is Monday 23:33
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-11 | 2011-01-12 |
    When it is Monday 12:01
    Then no rule WIN-07 is broken
