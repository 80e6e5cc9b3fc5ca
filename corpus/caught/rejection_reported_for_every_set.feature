# Found by exploration. What it catches: IR10 comes for a set that was processed, too.
@SEQ @SYNC
Feature: SEQ-07 in a conversation that exploration found
  IR10 is produced only on a rejection.

  @SEQ-07
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 1
    When it is Wednesday 23:29
    Then no rule SEQ-07 is broken
