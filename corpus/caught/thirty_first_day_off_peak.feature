# Found by exploration. What it catches: From the 31st day of a sub-period on all energy counts as off-peak.
@BQ @BILLING-ENERGY
Feature: BQ-05 in a conversation that exploration found
  A TOU/CPP or Periodic quantity is, for each bucket, the sum of the daily framed usage of every day of the
  period; every day must have it.

  @BQ-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99, with
      | of   | attribute         | value       |
      | Mill | framing structure | TOU/CPP EST |
    And "Mill" uses 12500 Wh each hour from 2010-12-26 until 2011-01-30
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R9      | Mill | 2010-12-26 | 2011-01-30 |
    When it is Saturday 07:59
    Then no rule BQ-05 is broken
