# Found by exploration. What it catches: What held of omitted SDPs is deleted.
@PSY @SYNC
Feature: PSY-02 in a conversation that exploration found
  Date-effective attributes of an SDP left out of a P-Sync are deactivated, that is end-dated; nothing is
  deleted.

  @PSY-02
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 7
    And P-Sync set 8 of "Lakeside" lists "Mill"
    And set 8 of "Lakeside" arrives
    When it is Monday 00:00
    Then no rule PSY-02 is broken
