@ISY @SYNC
Feature: Business scenario - meter change
  The minimum data was expanded by the communication module asset and the meter's relationship to it.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another meter from a day on; the communication module belongs to the minimum data

    @ISY-10 @uses:SRP-03
    Scenario: Minimum data
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from  |
        | Mill    | meter                | Meter 2  | today |
        | Meter 2 | communication module | Module 2 | today |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from  | before     | after    |
        | Meter 2  | meter ID             |       |            | Meter 2  |
        | Module 2 | module ID            |       |            | Module 2 |
        | Mill     | meter                | today | Mill meter | Meter 2  |
        | Meter 2  | communication module | today |            | Module 2 |

    @ISY-10 @uses:SRP-03
    Scenario: More than the minimum: the old meter's end and another multiplier
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from     | until |
        | Mill       | meter                | Mill meter  | long ago | today |
        | Mill       | meter                | Meter 2     | today    |       |
        | Mill meter | communication module | Mill module | long ago | today |
        | Meter 2    | communication module | Module 2    | today    |       |
        | Mill       | CT/PT multiplier     | 40          | today    |       |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      And set 7 carries the asset of communication module "Mill module"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of         | attribute            | from  | before      | after    |
        | Meter 2    | meter ID             |       |             | Meter 2  |
        | Module 2   | module ID            |       |             | Module 2 |
        | Mill       | meter                | today | Mill meter  | Meter 2  |
        | Mill meter | communication module | today | Mill module |          |
        | Meter 2    | communication module | today |             | Module 2 |
        | Mill       | CT/PT multiplier     | today | 1           | 40       |

    @ISY-10
    Scenario: Without the communication module asset
      Given I-Sync set 7 changes
        | of      | attribute            | value       | from  |
        | Mill    | meter                | Meter 2     | today |
        | Meter 2 | communication module | Mill module | today |
      And set 7 carries the asset of meter "Meter 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @ISY-10
    Scenario: Without the meter's relationship to its communication module
      Given I-Sync set 7 changes
        | of   | attribute | value   | from  |
        | Mill | meter     | Meter 2 | today |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @ISY-10
    Scenario: Of two meter changes the second comes without its module
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from  |
        | Mill    | meter                | Meter 2  | today |
        | Meter 2 | communication module | Module 2 | today |
        | Bakery  | meter                | Meter 3  | today |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      And set 7 carries the asset of meter "Meter 3"
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @ISY-10 @uses:SRP-03
    Scenario: Two SDPs exchange their meters, all records without an end
      Given I-Sync set 7 changes
        | of           | attribute            | value         | from     |
        | Mill         | meter                | Mill meter    | long ago |
        | Mill         | meter                | Bakery meter  | today    |
        | Bakery       | meter                | Bakery meter  | long ago |
        | Bakery       | meter                | Mill meter    | today    |
        | Mill meter   | communication module | Mill module   | long ago |
        | Bakery meter | communication module | Bakery module | long ago |
      And set 7 carries the asset of communication module "Mill module"
      And set 7 carries the asset of communication module "Bakery module"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute | from  | before       | after        |
        | Mill   | meter     | today | Mill meter   | Bakery meter |
        | Bakery | meter     | today | Bakery meter | Mill meter   |

    @ISY-10 @uses:SRP-03
    Scenario: A meter moves to another SDP, and a new one takes its place
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from     |
        | Mill       | meter                | Mill meter  | long ago |
        | Mill       | meter                | Meter 2     | today    |
        | Bakery     | meter                | Mill meter  | today    |
        | Mill meter | communication module | Mill module | long ago |
        | Meter 2    | communication module | Module 2    | today    |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Mill module"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from  | before       | after      |
        | Meter 2  | meter ID             |       |              | Meter 2    |
        | Module 2 | module ID            |       |              | Module 2   |
        | Mill     | meter                | today | Mill meter   | Meter 2    |
        | Bakery   | meter                | today | Bakery meter | Mill meter |
        | Meter 2  | communication module | today |              | Module 2   |

    @ISY-10 @uses:SRP-03
    Scenario: A second meter change, and then the first meter again
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from        |
        | Mill    | meter                | Meter 2  | 60 days ago |
        | Meter 2 | communication module | Module 2 | 60 days ago |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      And I-Sync set 8 changes
        | of      | attribute            | value    | from        |
        | Mill    | meter                | Meter 3  | 30 days ago |
        | Meter 3 | communication module | Module 3 | 30 days ago |
      And set 8 carries the asset of meter "Meter 3"
      And set 8 carries the asset of communication module "Module 3"
      And I-Sync set 9 changes
        | of         | attribute            | value       | from     |
        | Mill       | meter                | Mill meter  | today    |
        | Mill meter | communication module | Mill module | long ago |
      And set 9 carries the asset of communication module "Mill module"
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of       | attribute            | from        | before  | after    |
        | Meter 3  | meter ID             |             |         | Meter 3  |
        | Module 3 | module ID            |             |         | Module 3 |
        | Mill     | meter                | 30 days ago | Meter 2 | Meter 3  |
        | Meter 3  | communication module | 30 days ago |         | Module 3 |
      And IR06 of set 9 shows exactly
        | of   | attribute | from  | before  | after      |
        | Mill | meter     | today | Meter 3 | Mill meter |

    @ISY-10
    Scenario Outline: Without the meter's relationship, on another day than today
      Given I-Sync set 7 changes
        | of   | attribute | value   | from  |
        | Mill | meter     | Meter 2 | <day> |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

      Examples: A change to come, and one that has been
        | day         |
        | in 10 days  |
        | 30 days ago |

    @ISY-10
    Scenario: Of two meter changes the second comes without its module's asset
      Given I-Sync set 7 changes
        | of      | attribute            | value       | from  |
        | Mill    | meter                | Meter 2     | today |
        | Meter 2 | communication module | Module 2    | today |
        | Bakery  | meter                | Meter 3     | today |
        | Meter 3 | communication module | Mill module | today |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      And set 7 carries the asset of meter "Meter 3"
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @ISY-10 @uses:SRP-03
    Scenario: The meter changes in ten days
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from       |
        | Mill    | meter                | Meter 2  | in 10 days |
        | Meter 2 | communication module | Module 2 | in 10 days |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from       | before     | after    |
        | Meter 2  | meter ID             |            |            | Meter 2  |
        | Module 2 | module ID            |            |            | Module 2 |
        | Mill     | meter                | in 10 days | Mill meter | Meter 2  |
        | Meter 2  | communication module | in 10 days |            | Module 2 |

    @ISY-10 @uses:SRP-03
    Scenario: A meter that moved to another SDP moves back
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from        |
        | Mill       | meter                | Mill meter  | long ago    |
        | Mill       | meter                | Meter 2     | 60 days ago |
        | Bakery     | meter                | Mill meter  | 60 days ago |
        | Mill meter | communication module | Mill module | long ago    |
        | Meter 2    | communication module | Module 2    | 60 days ago |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Mill module"
      And set 7 carries the asset of communication module "Module 2"
      And I-Sync set 8 changes
        | of           | attribute            | value         | from        |
        | Bakery       | meter                | Bakery meter  | 30 days ago |
        | Bakery meter | communication module | Bakery module | long ago    |
      And set 8 carries the asset of communication module "Bakery module"
      And I-Sync set 9 changes
        | of         | attribute            | value       | from     |
        | Mill       | meter                | Mill meter  | today    |
        | Mill meter | communication module | Mill module | long ago |
      And set 9 carries the asset of communication module "Mill module"
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 9 shows exactly
        | of   | attribute | from  | before  | after      |
        | Mill | meter     | today | Meter 2 | Mill meter |
