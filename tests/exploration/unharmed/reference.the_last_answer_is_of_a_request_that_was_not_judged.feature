# The answer to a request that nobody could judge came after the last one that was judged: it is the last of the period.
@BRP @REPORTS
Feature: BRP-09 in a conversation that exploration found
  BR03 lists quantities changed after delivery: an Event Period record for each SDP and affected billing period,
  at the level of events, with original, new, difference and percent change; interval changes or usage changes
  as the framing says.

  @BRP-09
  Scenario: The smallest conversation that was found
    Given the first day is 2011-04-18
    And LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 1, with
      | of     | attribute   | value |
      | Bakery | VEE service | 13    |
    And "Bakery" uses, each 60 minutes of the days from 2011-03-15 until 2011-04-19
      | hours | Wh    | varh  |
      | 00-07 | 30    | 30    |
      | 07-11 | 12345 | 5     |
      | 11-17 | 999   | 12600 |
      | 17-19 | 1000  | 40    |
      | 19-24 | 0     | 1     |
    And "Bakery" uses, each 60 minutes of the days from 2011-04-20 until 2011-04-21
      | hours | Wh    | varh  |
      | 00-07 | 0     | 1     |
      | 07-11 | 12500 | 10    |
      | 11-17 | 12345 | 5     |
      | 17-19 | 999   | 12600 |
      | 19-24 | 1000  | 40    |
    And "Lakeside" requests quantities off cycle
      | request | SDP    | from       | until      |
      | R1      | Bakery | 2011-04-13 | 2011-04-20 |
    And it is Saturday 23:00
    And "Bakery" uses 25000 Wh each hour from 2011-04-19 until 2011-04-20
    And "Lakeside" requests quantities off cycle
      | request | SDP    | from       | until      |
      | R2      | Bakery | 2011-04-13 | 2011-04-20 |
    And it is Saturday 23:59
    And "Bakery" uses, each 60 minutes of the days from 2011-03-19 until 2011-04-22
      | hours | Wh    | varh  |
      | 00-07 | 999   | 12600 |
      | 07-11 | 30    | 30    |
      | 11-17 | 0     | 1     |
      | 17-19 | 12345 | 5     |
      | 19-24 | 1000  | 40    |
    When it is Monday 23:00
    Then no rule BRP-09 is broken
