# Found by exploration. What it catches: A set that would deactivate exactly the share is stopped.
@PSY @SYNC
Feature: PSY-05 in a conversation that exploration found
  Threshold checks are among the business rules of synchronization; judged of them is the one that guards
  against a P-Sync that would deactivate too much of the directory.

  @PSY-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 7
    And P-Sync set 8 of "Lakeside" lists "Bakery"
    And set 8 of "Lakeside" arrives
    When it is Wednesday 23:46
    Then no rule PSY-05 is broken
