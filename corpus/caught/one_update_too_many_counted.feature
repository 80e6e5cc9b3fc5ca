# Found by exploration. What it catches: IR06 and IR07 count an update more than IR06 lists, both alike.
@SRP @SYNC
Feature: SRP-02 in a conversation that exploration found
  IR06 and IR07 of a set carry the identical Synchronization Status Record, which says at which point the
  synchronization stopped.

  @SRP-02
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 1
    When it is Wednesday 23:29
    Then no rule SRP-02 is broken
