@ISY @SYNC
Feature: Business scenario - add a new meter
  To an SDP that has none.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
      | of         | attribute            | value |
      | Mill       | meter                |       |
      | Mill meter | communication module |       |
    And it is Wednesday 10:00

  Rule: The SDP has a meter from a day on

    @ISY-12 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of         | attribute            | value    | from  |
        | Mill       | meter                | Meter 1  | today |
        | Mill meter | communication module |          |       |
        | Meter 1    | communication module | Module 1 | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from  | before | after    |
        | Meter 1  | meter ID             |       |        | Meter 1  |
        | Module 1 | module ID            |       |        | Module 1 |
        | Mill     | meter                | today |        | Meter 1  |
        | Meter 1  | communication module | today |        | Module 1 |

    @ISY-12 @uses:SRP-03
    Scenario: With its communication module and register digits
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from  |
        | Mill    | meter                | Meter 1  | today |
        | Meter 1 | communication module | Module 1 | today |
        | Meter 1 | register digits      | 6        | today |
      And set 7 carries the asset of meter "Meter 1"
      And set 7 carries the asset of communication module "Module 1"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from  | before | after    |
        | Meter 1  | meter ID             |       |        | Meter 1  |
        | Module 1 | module ID            |       |        | Module 1 |
        | Mill     | meter                | today |        | Meter 1  |
        | Meter 1  | communication module | today |        | Module 1 |
        | Meter 1  | register digits      | today |        | 6        |

    @ISY-12 @uses:SRP-03
    Scenario: Its register counts tens of kilowatt-hours
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from  |
        | Mill    | meter                | Meter 1  | today |
        | Meter 1 | communication module | Module 1 | today |
        | Meter 1 | register multiplier  | 10       | today |
      And set 7 carries the asset of meter "Meter 1"
      And set 7 carries the asset of communication module "Module 1"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from  | before | after    |
        | Meter 1  | meter ID             |       |        | Meter 1  |
        | Module 1 | module ID            |       |        | Module 1 |
        | Mill     | meter                | today |        | Meter 1  |
        | Meter 1  | communication module | today |        | Module 1 |
        | Meter 1  | register multiplier  | today |        | 10       |

    @ISY-12 @uses:ISY-11 @uses:SRP-03
    Scenario: The meter that was removed comes back
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from        |
        | Mill    | meter                | Meter 1  | 60 days ago |
        | Meter 1 | communication module | Module 1 | 60 days ago |
      And set 7 carries the asset of meter "Meter 1"
      And set 7 carries the asset of communication module "Module 1"
      And I-Sync set 8 changes
        | of      | attribute            | value    | from        | until       |
        | Mill    | meter                | Meter 1  | 60 days ago | 30 days ago |
        | Meter 1 | communication module | Module 1 | 60 days ago |             |
      And set 8 carries the asset of communication module "Module 1"
      And I-Sync set 9 changes
        | of      | attribute            | value    | from        |
        | Mill    | meter                | Meter 1  | today       |
        | Meter 1 | communication module | Module 1 | 60 days ago |
      And set 9 carries the asset of communication module "Module 1"
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 9 shows exactly
        | of   | attribute | from  | before | after   |
        | Mill | meter     | today |        | Meter 1 |
