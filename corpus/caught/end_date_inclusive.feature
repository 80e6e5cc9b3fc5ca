# Found by exploration. What it catches: The end date is taken for inclusive.
@BSV @BILLING-ENERGY
Feature: BSV-09 in a conversation that exploration found
  The request's Daily Read Period Start Date is inclusive and its End Date exclusive.

  @BSV-09
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99
    And "Mill" uses 12500 Wh each hour from 2011-01-04 until 2011-01-07
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-04 | 2011-01-11 |
    And it is Wednesday 21:30
    And "Mill" uses 12500 Wh each hour from 2011-01-05 until 2011-01-30
    When it is Thursday 11:59
    Then no rule BSV-09 is broken
