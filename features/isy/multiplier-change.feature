@ISY @SYNC
Feature: Business scenario - CT/PT multiplier change
  By which meter readings are multiplied.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another CT/PT multiplier from a day on

    @ISY-18 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute        | value | from  |
        | Mill | CT/PT multiplier | 120   | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute        | from  | before | after |
        | Mill | CT/PT multiplier | today | 1      | 120   |

    @ISY-18 @uses:SRP-03
    Scenario: The framing structure changes with it
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | CT/PT multiplier  | 80                        | tomorrow |
        | Mill | framing structure | hourly 60 rolling central | tomorrow |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute         | from     | before | after                     |
        | Mill | CT/PT multiplier  | tomorrow | 1      | 80                        |
        | Mill | framing structure | tomorrow | hourly | hourly 60 rolling central |

    @ISY-18 @uses:SRP-03
    Scenario: A second change, and then as at first
      Given I-Sync set 7 changes
        | of   | attribute        | value | from        |
        | Mill | CT/PT multiplier | 40    | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute        | value | from        |
        | Mill | CT/PT multiplier | 1200  | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute        | value | from  |
        | Mill | CT/PT multiplier | 1     | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute        | from        | before | after |
        | Mill | CT/PT multiplier | 30 days ago | 40     | 1200  |
      And IR06 of set 9 shows exactly
        | of   | attribute        | from  | before | after |
        | Mill | CT/PT multiplier | today | 1200   | 1     |
