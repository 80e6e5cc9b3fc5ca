# Found by exploration. What it catches: IR10 calls a set incomplete that was held.
@SEQ @SYNC
Feature: SEQ-05 in a conversation that exploration found
  When the missing predecessors have not arrived after the wait-time (1 hour), the held set is rejected and IR10
  says so.

  @SEQ-05
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And I-Sync set 5 of "Riverbend" changes
      | of    | attribute | value      | from        | until |
      | Tower | account   | Old tenant | 30 days ago |       |
    And set 5 of "Riverbend" arrives
    When it is Tuesday 07:59
    Then no rule SEQ-05 is broken
