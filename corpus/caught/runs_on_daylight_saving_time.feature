# Found by exploration. What it catches: The runs follow daylight saving time.
@WIN @BILLING-ENERGY
Feature: WIN-09 in a conversation that exploration found
  > All times are EST all year round: the clock does not move for daylight saving.
  > About: request M8872852 of ORG14983
  > Expected: no answer yet: data is missing, or the run has not come; its window ends on 2011-08-03
  > Observed: status 00

  @WIN-09
  Scenario: The smallest conversation that was found
    Given the first day is 2011-08-01
    And LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Depot" in I-Sync set 2
    And "Lakeside" requests quantities on cycle
      | request | SDP   | from       | until      |
      | R1      | Depot | 2011-07-30 | 2011-07-31 |
    And "Depot" uses 12500 Wh each hour from 2011-06-27 until 2011-08-01
    When it is Saturday 23:59
    Then no rule WIN-09 is broken
