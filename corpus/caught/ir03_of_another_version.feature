# Found by exploration. What it catches: IR03 is produced in version 01.
@FTS
Feature: FTS-08 in a conversation that exploration found
  Active report versions: IR01.00, IR03.00, IR06.02, IR07.02, IR08.00, IR10.00, IR14.00, BR01.01, BR03.01,
  BR04.00, BR05.00, BR06.00.

  @FTS-08
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" submits a billing cycle schedule
      | cycle | from       | until      |
      | C2    | 2011-01-09 | 2011-01-15 |
    When it is Thursday 08:00
    Then no rule FTS-08 is broken
