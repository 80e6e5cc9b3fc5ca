# Found by exploration. What it catches: IR14 counts an error more than it reports, where it reports any.
@STL @SYNC
Feature: STL-05 in a conversation that exploration found
  IR14 reports all errors and all warnings of the set, not only the first, whether the load succeeds or fails.

  @STL-05
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 1
    And I-Sync set 2 of "Riverbend" changes nothing
    And set 2 of "Riverbend" carries the asset of virtual SDP "Tower"
    And set 2 of "Riverbend" arrives
    When it is Friday 23:59
    Then no rule STL-05 is broken
