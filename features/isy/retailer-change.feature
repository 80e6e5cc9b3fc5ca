@ISY @SYNC
Feature: Business scenario - retailer change
  Optional in the interface: the SDP to Energy Service Provider relationship.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Retailer" is registered
    And agent "Rival" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another energy service provider from a day on

    @ISY-21 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute               | value    | from  |
        | Mill | energy service provider | Retailer | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute               | from  | before | after    |
        | Mill | energy service provider | today |        | Retailer |

    @ISY-21 @uses:SRP-03
    Scenario: The billing agent changes with it
      Given I-Sync set 7 changes
        | of   | attribute               | value    | from  |
        | Mill | energy service provider | Retailer | today |
        | Mill | billing agent           | Retailer | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute               | from  | before   | after    |
        | Mill | energy service provider | today |          | Retailer |
        | Mill | billing agent           | today | Lakeside | Retailer |

    @ISY-21 @uses:SRP-03
    Scenario: The retailer leaves, and the LDC supplies again
      Given I-Sync set 7 changes
        | of   | attribute               | value    | from        |
        | Mill | energy service provider | Retailer | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute               | value    | from        | until |
        | Mill | energy service provider | Retailer | 30 days ago | today |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute               | from  | before   | after |
        | Mill | energy service provider | today | Retailer |       |

    @ISY-21 @uses:SRP-03
    Scenario: Another retailer follows, and then the first comes back
      Given I-Sync set 7 changes
        | of   | attribute               | value    | from        |
        | Mill | energy service provider | Retailer | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute               | value | from        |
        | Mill | energy service provider | Rival | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute               | value    | from  |
        | Mill | energy service provider | Retailer | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute               | from        | before   | after |
        | Mill | energy service provider | 30 days ago | Retailer | Rival |
      And IR06 of set 9 shows exactly
        | of   | attribute               | from  | before | after    |
        | Mill | energy service provider | today | Rival  | Retailer |

    @ISY-21 @uses:SRP-03
    Scenario: The retailer has left, and comes back
      Given I-Sync set 7 changes
        | of   | attribute               | value    | from        | until       |
        | Mill | energy service provider | Retailer | 60 days ago | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute               | value    | from  |
        | Mill | energy service provider | Retailer | today |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute               | from  | before | after    |
        | Mill | energy service provider | today |        | Retailer |
