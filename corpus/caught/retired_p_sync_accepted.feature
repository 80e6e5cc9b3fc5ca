# Found by exploration. What it catches: P-Sync sets of version 00 are still processed.
@FTS
Feature: FTS-07 in a conversation that exploration found
  > Active interface versions: 1000.00, 2000.01, 3000.01, 4000.00, 5000.00, 6000.01, 6100.01, 6200.01, 8000.00. A
  > version that is not active is neither accepted nor produced; 2000.00, 6000.00, 6100.00 and 6200.00 are retired
  > with EnergyIP Release 7.0.

  @FTS-07
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 1
    And P-Sync set 2 of "Riverbend" lists "Mill"
    And set 2 of "Riverbend" is named as version 00
    And set 2 of "Riverbend" arrives
    When it is Tuesday 22:59
    Then no rule FTS-07 is broken
