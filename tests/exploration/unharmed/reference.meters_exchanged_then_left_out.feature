# Found by exploration. Two SDPs exchange their meters, then one P-Sync after the other leaves out each: what ends takes no meter.
@PSY @SYNC
Feature: PSY-02 in a conversation that exploration found
  Date-effective attributes of an SDP left out of a P-Sync are deactivated, that is end-dated; nothing is deleted.

  @PSY-02
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 1
    And I-Sync set 2 of "Lakeside" changes
      | of           | attribute            | value         | from     | until |
      | Bakery       | meter                | Mill meter    | today    |       |
      | Mill         | meter                | Bakery meter  | today    |       |
      | Bakery meter | communication module | Bakery module | long ago |       |
      | Mill meter   | communication module | Mill module   | long ago |       |
    And set 2 of "Lakeside" carries the asset of communication module "Bakery module"
    And set 2 of "Lakeside" carries the asset of communication module "Mill module"
    And P-Sync set 3 of "Lakeside" lists "Bakery"
    And I-Sync set 4 of "Lakeside" changes
      | of     | attribute | value    | from        | until |
      | Bakery | city      | Oakville | 30 days ago |       |
    And I-Sync set 5 of "Lakeside" changes
      | of   | attribute   | value | from      | until    |
      | Mill | VEE service | 01    | yesterday | tomorrow |
    And P-Sync set 6 of "Lakeside" lists "Mill"
    And set 2 of "Lakeside" arrives
    And set 3 of "Lakeside" arrives
    And set 4 of "Lakeside" arrives
    And it is Tuesday 23:01
    And set 6 of "Lakeside" arrives
    And set 5 of "Lakeside" arrives
    When it is Thursday 00:16
    Then no rule PSY-02 is broken
