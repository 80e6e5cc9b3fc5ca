# Found by exploration. By one reading of which read is nearest, what the sum check comes to is not judged: nor is BR05.
@BRP @REPORTS
Feature: BRP-07 in a conversation that exploration found
  BR05, daily by 23:30 EST, lists each response of the day that failed the sum check, with the total variant for
  06, and the register reads and interval total used.

  @BRP-07
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 7, with
      | of   | attribute   | value |
      | Mill | VEE service | 04    |
    And I-Sync set 8 of "Riverbend" changes
      | of   | attribute        | value | from       | until |
      | Mill | CT/PT multiplier | 40    | 2011-01-14 |       |
    And "Mill of Riverbend" uses 12500 Wh each hour from 2011-01-14 until 2011-01-15
    And the register of "Mill of Riverbend" reads
      | day        | time  | reading |
      | 2011-01-11 | 00:00 | 99980   |
      | 2011-01-15 | 00:00 | 01205   |
    And set 8 of "Riverbend" arrives
    And it is Saturday 23:32
    And "Riverbend" requests quantities on cycle
      | request | SDP  | from       | until      |
      | R2      | Mill | 2011-01-13 | 2011-01-15 |
    And "Mill of Riverbend" uses 12500 Wh each hour from 2011-01-13 until 2011-01-14
    When it is Wednesday 23:59
    Then no rule BRP-07 is broken
