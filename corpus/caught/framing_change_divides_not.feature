# Found by exploration. What it catches: A framing structure change inside the period does not divide it.
@SEG @BILLING-ENERGY
Feature: SEG-01 in a conversation that exploration found
  A framing structure change inside the period divides the response there, into sub-periods that each use their
  own framing.

  @SEG-01
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 1, with
      | of   | attribute         | value       |
      | Mill | framing structure | TOU/CPP EST |
    And I-Sync set 2 of "Lakeside" changes
      | of   | attribute         | value    | from       | until |
      | Mill | framing structure | periodic | 2010-12-28 |       |
    And set 2 of "Lakeside" arrives
    And "Mill" uses 12500 Wh each hour from 2010-12-25 until 2011-01-01
    And it is Monday 10:00
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2010-12-26 | 2010-12-31 |
    When it is Monday 23:59
    Then no rule SEG-01 is broken
