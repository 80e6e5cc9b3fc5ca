# Found by exploration. What it catches: The class load profile of business days is used on every day.
@ODE @ODEST
Feature: ODE-04 in a conversation that exploration found
  It uses historic or class load profile estimation as the VEE service says.

  @ODE-04
  Scenario: The smallest conversation that was found
    Given the first day is 2011-12-26
    And LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 1, with
      | of     | attribute   | value |
      | Bakery | VEE service | 14    |
    And it is Monday 23:31
    And "Bakery" uses 1000 Wh each hour from 2011-12-25 until 2011-12-28
    And it is Monday 21:31
    And "Lakeside" requests quantities on cycle
      | request | SDP    | from       | until      |
      | R2      | Bakery | 2012-01-01 | 2012-01-03 |
    And 7 days have passed
    Then no rule ODE-04 is broken
