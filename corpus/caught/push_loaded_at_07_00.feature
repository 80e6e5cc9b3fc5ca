# Found by exploration. What it catches: Push requests are loaded at 07:00.
@WIN @BILLING-ENERGY
Feature: WIN-04 in a conversation that exploration found
  > Push requests of the day are loaded at 07:30 EST.
  > About: scheduled 2241480873, 2011-01-09 to 2011-01-13 in BR04
  > Expected: inserted_date_time 2011-01-13T07:30:00-05:00 to 2011-01-13T07:40:59-05:00
  > Observed: inserted_date_time 2011-01-13T07:00:00-05:00

  @WIN-04
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 99, with
      | of   | attribute     | value |
      | Mill | billing cycle | C2    |
    And "Riverbend" submits a billing cycle schedule
      | cycle | from       | until      |
      | C2    | 2011-01-09 | 2011-01-13 |
    When it is Saturday 23:59
    Then no rule WIN-04 is broken
