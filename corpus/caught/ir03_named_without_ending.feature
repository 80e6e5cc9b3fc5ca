# Found by exploration. What it catches: IR03 is named without .DAT.
@FTS
Feature: FTS-06 in a conversation that exploration found
  > Every report is named <ORG_ID_1>.<ORG_ID_2>.<REPORT_ID>.<VERSION>.<DATETIME>.DAT.
  > About: IR03 for ORG53558
  > Expected: <ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT
  > Observed: ORG53558.ORG53558.IR03.00.20110110000000: ERROR name-ending: found '20110110000000', expected the
  > ending .DAT in capitals

  @FTS-06
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" submits a billing cycle schedule
      | cycle | from       | until      |
      | C2    | 2011-01-09 | 2011-01-13 |
    When it is Wednesday 21:30
    Then no rule FTS-06 is broken
