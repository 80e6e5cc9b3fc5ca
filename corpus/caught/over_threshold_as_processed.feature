# Found by exploration. What it catches: Over the threshold the status is 00.
@SUM @BILLING-ENERGY
Feature: SUM-03 in a conversation that exploration found
  Over the threshold: status 06, with quantities.

  @SUM-03
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" in I-Sync set 7, with
      | of   | attribute   | value |
      | Mill | VEE service | 14    |
    And "Mill" uses 12500 Wh each hour from 2011-10-26 until 2011-11-02
    And the register of "Mill" reads
      | day        | time  | reading |
      | 2011-10-26 | 00:00 | 00100   |
      | 2011-11-02 | 00:00 | 02243   |
    And "Mill" uses, each hour of the days from 2011-10-31 until 2011-11-03
      | hours | Wh    | varh |
      | 00-07 | 0     | 1    |
      | 07-11 | 1000  | 40   |
      | 11-17 | 12500 | 10   |
      | 17-19 | 12345 | 5    |
      | 19-24 | 30    | 30   |
    And "Lakeside" requests quantities on cycle
      | request | SDP  | from       | until      |
      | R3      | Mill | 2011-10-27 | 2011-11-03 |
    When it is Wednesday 08:00
    Then no rule SUM-03 is broken
