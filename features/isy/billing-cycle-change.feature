@ISY @SYNC
Feature: Business scenario - billing cycle ID change
  By which the Scheduled Billing Service finds the SDP.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another Billing Cycle ID from a day on

    @ISY-16 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | 17    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | 17    |

    @ISY-16 @uses:SRP-03
    Scenario: The VEE service is sent along
      Given I-Sync set 7 changes
        | of   | attribute     | value | from      |
        | Mill | billing cycle | 17    | in 5 days |
        | Mill | VEE service   | 05    | in 5 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from      | before | after |
        | Mill | billing cycle | in 5 days | C1     | 17    |
        | Mill | VEE service   | in 5 days | 02     | 05    |

    @ISY-16 @uses:SRP-03
    Scenario: A second change, and then as at first
      Given I-Sync set 7 changes
        | of   | attribute     | value | from        |
        | Mill | billing cycle | 17    | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute     | value | from        |
        | Mill | billing cycle | 18    | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C1    | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from        | before | after |
        | Mill | billing cycle | 30 days ago | 17     | 18    |
      And IR06 of set 9 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | 18     | C1    |
