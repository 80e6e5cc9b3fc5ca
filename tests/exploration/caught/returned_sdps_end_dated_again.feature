# Found by exploration. What it catches: An SDP that came back after a P-Sync had left it out is end-dated by every further one.
@PSY @SYNC
Feature: PSY-02 in a conversation that exploration found
  Date-effective attributes of an SDP left out of a P-Sync are deactivated, that is end-dated; nothing is
  deleted.

  @PSY-02
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 7
    And P-Sync set 8 of "Lakeside" lists "Mill"
    And another I-Sync set 9 of "Lakeside" changes
      | of     | attribute        | value | from  | until      |
      | Bakery | CT/PT multiplier | 40    | today | in 10 days |
    And I-Sync set 10 of "Lakeside" changes
      | of   | attribute        | value | from        | until |
      | Mill | CT/PT multiplier | 40    | 30 days ago |       |
    And P-Sync set 11 of "Lakeside" lists "Bakery"
    And set 8 of "Lakeside" arrives
    And set 10 of "Lakeside" arrives
    And the other set 9 of "Lakeside" arrives
    And set 11 of "Lakeside" arrives
    When it is Sunday 08:01
    Then no rule PSY-02 is broken
