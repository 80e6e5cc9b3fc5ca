# Found by exploration. What it catches: A change of billing_cycle_id is passed over.
@ISY @SYNC
Feature: ISY-16 in a conversation that exploration found
  Business scenario: billing cycle ID change.

  @ISY-16
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 2
    And I-Sync set 3 of "Lakeside" changes
      | of     | attribute     | value            | from       | until |
      | Bakery | billing agent | Northern Billing | 2011-01-14 |       |
      | Bakery | billing cycle | B1               | 2011-01-10 |       |
    And set 3 of "Lakeside" arrives
    When it is Monday 10:01
    Then no rule ISY-16 is broken
