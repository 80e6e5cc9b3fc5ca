@ISY @SYNC
Feature: Business scenario - meter removal
  The minimum data was expanded by the communication module asset and the meter's relationship to it.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has no meter from a day on; the communication module belongs to the minimum data

    @ISY-11 @uses:SRP-03
    Scenario: Minimum data
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from     | until |
        | Mill       | meter                | Mill meter  | long ago | today |
        | Mill meter | communication module | Mill module | long ago | today |
      And set 7 carries the asset of communication module "Mill module"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of         | attribute            | from  | before      | after |
        | Mill       | meter                | today | Mill meter  |       |
        | Mill meter | communication module | today | Mill module |       |

    @ISY-11 @uses:SRP-03
    Scenario: More than the minimum: the service is cut as well, and the module stays with the meter
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from       | until      |
        | Mill       | meter                | Mill meter  | long ago   | in 10 days |
        | Mill meter | communication module | Mill module | long ago   |            |
        | Mill       | service status       | cut at pole | in 10 days |            |
      And set 7 carries the asset of communication module "Mill module"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute      | from       | before     | after       |
        | Mill | meter          | in 10 days | Mill meter |             |
        | Mill | service status | in 10 days | connected  | cut at pole |

    @ISY-11
    Scenario: Without the communication module asset
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from     | until |
        | Mill       | meter                | Mill meter  | long ago | today |
        | Mill meter | communication module | Mill module | long ago | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @ISY-11
    Scenario: Without the meter's relationship to its communication module
      Given I-Sync set 7 changes
        | of   | attribute | value      | from     | until |
        | Mill | meter     | Mill meter | long ago | today |
      And set 7 carries the asset of communication module "Mill module"
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @ISY-11 @uses:ISY-12 @uses:SRP-03
    Scenario: The meter that followed is removed as well
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from     | until       |
        | Mill       | meter                | Mill meter  | long ago | 60 days ago |
        | Mill meter | communication module | Mill module | long ago |             |
      And set 7 carries the asset of communication module "Mill module"
      And I-Sync set 8 changes
        | of      | attribute            | value    | from        |
        | Mill    | meter                | Meter 2  | 30 days ago |
        | Meter 2 | communication module | Module 2 | 30 days ago |
      And set 8 carries the asset of meter "Meter 2"
      And set 8 carries the asset of communication module "Module 2"
      And I-Sync set 9 changes
        | of      | attribute            | value    | from        | until |
        | Mill    | meter                | Meter 2  | 30 days ago | today |
        | Meter 2 | communication module | Module 2 | 30 days ago |       |
      And set 9 carries the asset of communication module "Module 2"
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute | from        | before     | after |
        | Mill | meter     | 60 days ago | Mill meter |       |
      And IR06 of set 9 shows exactly
        | of   | attribute | from  | before  | after |
        | Mill | meter     | today | Meter 2 |       |
