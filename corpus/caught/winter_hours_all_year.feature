# Found by exploration. What it catches: Summer has the hours of winter.
@BQ @BILLING-ENERGY
Feature: BQ-05 in a conversation that exploration found
  A TOU/CPP or Periodic quantity is, for each bucket, the sum of the daily framed usage of every day of the
  period; every day must have it.

  @BQ-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99, with
      | of   | attribute         | value       |
      | Mill | framing structure | TOU/CPP CST |
    And "Mill" uses 12500 Wh each hour from 2011-01-04 until 2011-01-07
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-04 | 2011-01-11 |
    And it is Wednesday 21:30
    And "Mill" uses 12500 Wh each hour from 2011-01-05 until 2011-01-30
    When it is Thursday 11:59
    Then no rule BQ-05 is broken
