# Found by exploration. What it catches: An SDP that came back after a P-Sync had left it out is end-dated by every further one.
@PSY @SYNC
Feature: PSY-02 in a conversation that exploration found
  Date-effective attributes of an SDP left out of a P-Sync are deactivated, that is end-dated; nothing is
  deleted.

  @PSY-02
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 7
    And P-Sync set 8 of "Lakeside" lists "Mill"
    And I-Sync set 9 of "Lakeside" changes
      | of   | attribute    | value            | from      | until    |
      | Mill | AMI operator | Northern Billing | yesterday | tomorrow |
    And I-Sync set 10 of "Lakeside" changes
      | of     | attribute        | value | from      | until |
      | Bakery | CT/PT multiplier | 1     | yesterday |       |
    And another P-Sync set 11 of "Lakeside" lists "Mill" and "Bakery"
    And set 9 of "Lakeside" arrives
    And set 8 of "Lakeside" arrives
    And set 10 of "Lakeside" arrives
    And the other set 11 of "Lakeside" arrives
    When it is Thursday 21:29
    Then no rule PSY-02 is broken
