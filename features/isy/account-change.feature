@ISY @SYNC
Feature: Business scenario - account change
  Optional in the interface: the SDP to Account relationship.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another account from a day on

    @ISY-19 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute | value      | from  |
        | Mill | account   | New tenant | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute | from  | before       | after      |
        | Mill | account   | today | Mill account | New tenant |

    @ISY-19 @uses:SRP-03
    Scenario: The billing cycle changes with it
      Given I-Sync set 7 changes
        | of   | attribute     | value      | from       |
        | Mill | account       | New tenant | in 14 days |
        | Mill | billing cycle | B2         | in 14 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from       | before       | after      |
        | Mill | account       | in 14 days | Mill account | New tenant |
        | Mill | billing cycle | in 14 days | C1           | B2         |

    @ISY-19 @uses:SRP-03
    Scenario: The tenant leaves, and nobody follows
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until |
        | Mill | account   | Mill account | long ago | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute | from  | before       | after |
        | Mill | account   | today | Mill account |       |

    @ISY-19 @uses:SRP-03
    Scenario: A second tenant follows, and then the first comes back
      Given I-Sync set 7 changes
        | of   | attribute | value      | from        |
        | Mill | account   | New tenant | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute | value       | from        |
        | Mill | account   | Next tenant | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute | value        | from  |
        | Mill | account   | Mill account | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute | from        | before     | after       |
        | Mill | account   | 30 days ago | New tenant | Next tenant |
      And IR06 of set 9 shows exactly
        | of   | attribute | from  | before      | after        |
        | Mill | account   | today | Next tenant | Mill account |

    @ISY-19 @uses:SRP-03
    Scenario: The tenant has left, and comes back
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until       |
        | Mill | account   | Mill account | long ago | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute | value        | from  |
        | Mill | account   | Mill account | today |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute | from  | before | after        |
        | Mill | account   | today |        | Mill account |

    @ISY-19 @uses:SRP-03
    Scenario: Another SDP has the account already
      Given "Lakeside" has synchronized SDP "Bakery" in I-Sync set 7
      And I-Sync set 8 changes
        | of     | attribute | value        | from  |
        | Bakery | account   | Mill account | today |
      When set 8 arrives
      And it is Wednesday 10:31
      Then IR06 of set 8 shows exactly
        | of     | attribute | from  | before         | after        |
        | Bakery | account   | today | Bakery account | Mill account |
