# Found by exploration. What it catches: When the window closes, the days that are there are delivered.
@WIN @BILLING-ENERGY
Feature: WIN-03 in a conversation that exploration found
  A period is never foreshortened: a response covers every day requested or has no quantities.

  @WIN-03
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Depot" in I-Sync set 1, with
      | of    | attribute     | value |
      | Depot | billing cycle | C2    |
    And "Lakeside" submits a billing cycle schedule
      | cycle | from       | until      |
      | C2    | 2011-01-14 | 2011-01-18 |
    And it is Saturday 12:00
    And "Depot" uses 0 Wh each hour from 2011-01-14 until 2011-01-17
    When it is Friday 23:59
    Then no rule WIN-03 is broken
