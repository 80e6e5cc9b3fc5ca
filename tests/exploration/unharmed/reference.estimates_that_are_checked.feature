# Found by exploration. A sum check of estimates from an uneven history comes to what nobody can know.
@BRP @REPORTS
Feature: BRP-07 in a conversation that exploration found
  BR05, daily by 23:30 EST, lists each response of the day that failed the sum check, with the total variant for
  06, and the register reads and interval total used.

  @BRP-07
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 2, with
      | of     | attribute   | value |
      | Bakery | VEE service | 13    |
    And 7 days have passed
    And it is Tuesday 23:31
    And "Bakery" uses, each 60 minutes of the days from 2010-12-25 until 2011-01-18
      | hours | Wh    | varh |
      | 00-07 | 0     | 1    |
      | 07-11 | 12345 | 5    |
      | 11-17 | 12500 | 10   |
      | 17-19 | 30    | 30   |
      | 19-24 | 1000  | 40   |
    And "Lakeside" requests quantities off cycle
      | request | SDP    | from       | until      |
      | R4      | Bakery | 2010-12-25 | 2011-01-19 |
    And "Lakeside" submits a billing cycle schedule
      | cycle | from       | until      |
      | C1    | 2011-01-18 | 2011-01-22 |
    And "Bakery" uses, each 60 minutes of the days from 2010-12-14 until 2011-01-17
      | hours | Wh    | varh  |
      | 00-07 | 999   | 12600 |
      | 07-11 | 12345 | 5     |
      | 11-17 | 0     | 1     |
      | 17-19 | 30    | 30    |
      | 19-24 | 12500 | 10    |
    And it is Monday 00:00
    And "Bakery" uses 12500 Wh each hour from 2011-01-17 until 2011-01-18, with status NVE
    And the register of "Bakery" reads
      | day        | time  | reading |
      | 2011-01-16 | 00:00 | 00100   |
      | 2011-01-23 | 00:00 | 00275   |
    And it is Wednesday 12:00
    When it is Tuesday 00:00
    Then no rule BRP-07 is broken
