@ISY @SYNC
Feature: Business scenario - booting a meter
  The meter stays, and passes no energy: seen in the status of the service.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The meter is booted from a day on

    @ISY-14 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute      | value  | from  |
        | Mill | service status | booted | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute      | from  | before    | after  |
        | Mill | service status | today | connected | booted |

    @ISY-14 @uses:SRP-03
    Scenario: The VEE service changes with it
      Given I-Sync set 7 changes
        | of   | attribute      | value  | from  |
        | Mill | service status | booted | today |
        | Mill | VEE service    | 01     | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute      | from  | before    | after  |
        | Mill | service status | today | connected | booted |
        | Mill | VEE service    | today | 02        | 01     |

    @ISY-14 @uses:SRP-03
    Scenario: The service is connected again, and the meter booted once more
      Given I-Sync set 7 changes
        | of   | attribute      | value  | from        |
        | Mill | service status | booted | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute      | value     | from        |
        | Mill | service status | connected | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute      | value  | from  |
        | Mill | service status | booted | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute      | from        | before | after     |
        | Mill | service status | 30 days ago | booted | connected |
      And IR06 of set 9 shows exactly
        | of   | attribute      | from  | before    | after  |
        | Mill | service status | today | connected | booted |
