@ISY @SYNC
Feature: Business scenario - VEE service change
  By which interval data is validated and estimated.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another VEE service from a day on

    @ISY-17 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute   | value | from  |
        | Mill | VEE service | 03    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute   | from  | before | after |
        | Mill | VEE service | today | 02     | 03    |

    @ISY-17 @uses:SRP-03
    Scenario: The city is put right as well
      Given I-Sync set 7 changes
        | of   | attribute   | value      | from  |
        | Mill | VEE service | 11         | today |
        | Mill | city        | Burlington | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute   | from  | before   | after      |
        | Mill | VEE service | today | 02       | 11         |
        | Mill | city        | today | Oakville | Burlington |

    @ISY-17 @uses:SRP-03
    Scenario: A second change, and then as at first
      Given I-Sync set 7 changes
        | of   | attribute   | value | from        |
        | Mill | VEE service | 03    | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute   | value | from        |
        | Mill | VEE service | 04    | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute   | value | from  |
        | Mill | VEE service | 02    | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute   | from        | before | after |
        | Mill | VEE service | 30 days ago | 03     | 04    |
      And IR06 of set 9 shows exactly
        | of   | attribute   | from  | before | after |
        | Mill | VEE service | today | 04     | 02    |
