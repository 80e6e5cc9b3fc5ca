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
