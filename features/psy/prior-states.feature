@PSY @SYNC
Feature: A P-Sync set changes current and future states only
  A change of a prior state is refused, and needs an I-Sync set.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: Current and future values and effective dates are accepted, prior ones are not
    How a prior one is refused is not said: as an exception of IR07, or by the loader. A second set of that number, which
    changes nothing, makes the next one be expected either way.

    @PSY-04 @AMB-18 @uses:SRP-03
    Scenario: A current and a future value
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from       |
        | Mill   | billing cycle | B1    | today      |
        | Bakery | VEE service   | 04    | in 30 days |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from       | before | after |
        | Mill   | billing cycle | today      | C1     | B1    |
        | Bakery | VEE service   | in 30 days | 02     | 04    |
      And IR07 of set 7 shows nothing

    @PSY-04 @AMB-35:load-error
    Scenario: A prior value fails the load
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 90 days ago |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Bakery | billing cycle | B1    | today       |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed

    @PSY-04 @AMB-35:exception @uses:SRP-03 @uses:SRP-04
    Scenario: A prior value is refused, and the rest is not
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 90 days ago |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Bakery | billing cycle | B1    | today       |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from  | before | after |
        | Bakery | billing cycle | today | C1     | B1    |
      And IR07 of set 7 shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Mill | billing cycle | 90 days ago | 30 days ago | C1     | P1    |

    @PSY-04 @AMB-22 @AMB-23 @AMB-35 @uses:ISY-01 @uses:SRP-03
    Scenario: A refused prior value has changed nothing
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      And another I-Sync set 7 changes nothing
      And I-Sync set 8 changes
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | 80 days ago | 40 days ago |
        | Mill | billing cycle | C1    | 40 days ago |             |
      And set 7 arrives
      And set 7 has had its time
      And the other set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Mill | billing cycle | 80 days ago | 40 days ago | C1     | P1    |

    @PSY-04 @AMB-35 @uses:SRP-03
    Scenario Outline: Nothing of it stands among the updates, whatever it is a value of
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute   | value   | from        | until       |
        | Mill | <attribute> | <held>  | long ago    | 90 days ago |
        | Mill | <attribute> | <prior> | 90 days ago | 30 days ago |
        | Mill | <attribute> | <held>  | 30 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has changed nothing

      Examples:
        | attribute         | held         | prior      |
        | billing cycle     | C1           | P1         |
        | account           | Mill account | Old tenant |
        | framing structure | hourly       | periodic   |
        | city              | Oakville     | Milton     |
        | CT/PT multiplier  | 1            | 40         |

    @PSY-04 @AMB-35 @uses:SRP-03
    Scenario: A value that has ended as the day of the extract begins is a prior one
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 30 days ago |
        | Mill | billing cycle | P1    | 30 days ago | today       |
        | Mill | billing cycle | C1    | today       |             |
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has changed nothing

    @PSY-04 @AMB-18 @uses:SRP-03
    Scenario: A value that ends with the day of the extract is a current one
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 30 days ago |
        | Mill | billing cycle | B1    | 30 days ago | tomorrow    |
        | Mill | billing cycle | C1    | tomorrow    |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from        | until    | before | after |
        | Mill | billing cycle | 30 days ago | tomorrow | C1     | B1    |
      And IR07 of set 7 shows nothing

    @PSY-04 @uses:ISY-01
    Scenario: A prior value that is held already is no change
      Given I-Sync set 7 changes
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      And P-Sync set 8 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR07 of set 8 shows nothing

    @PSY-04 @uses:SRP-03
    Scenario: A current value may come with the prior one that it follows
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 30 days ago |
        | Mill   | billing cycle | B1    | 30 days ago |             |
        | Bakery | billing cycle | C1    | long ago    | in 30 days  |
        | Bakery | billing cycle | B2    | in 30 days  |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from        | before | after |
        | Mill   | billing cycle | 30 days ago | C1     | B1    |
        | Bakery | billing cycle | in 30 days  | C1     | B2    |
      And IR07 of set 7 shows nothing

    @PSY-04 @AMB-35:exception @uses:SRP-04
    Scenario: A current value cannot bring another prior one with it
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | long ago    | 30 days ago |
        | Mill | billing cycle | B1    | 30 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR07 of set 7 shows among others
        | of   | attribute     | from     | until       | before | after |
        | Mill | billing cycle | long ago | 30 days ago | C1     | P1    |

    @PSY-04 @AMB-35
    Scenario: A current value brings no other prior one with it into the updates
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | long ago    | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has changed nothing

    @PSY-04 @AMB-18 @uses:ISY-03 @uses:SRP-03
    Scenario: Whatever of an SDP is current or to come
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of      | attribute               | value          | from       | until      |
        | Mill    | address                 | 12 Elm St      | today      |            |
        | Mill    | energy service provider | Lakeside       | today      |            |
        | Mill    | CCA service provider    | Lakeside       | in 10 days |            |
        | Mill    | account                 | New tenant     | in 30 days |            |
        | Mill    | VEE service             | 02             | long ago   | in 10 days |
        | Mill    | VEE service             | 04             | in 10 days | in 20 days |
        | Mill    | VEE service             | 02             | in 20 days |            |
        | Bakery  | account                 |                |            |            |
        | Bakery  | account                 | Bakery account | long ago   | in 10 days |
        | Bakery  | meter                   | Meter 2        | today      |            |
        | Meter 2 | communication module    | Module 2       | today      |            |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of       | attribute               | from       | until      | before         | after      |
        | Meter 2  | meter ID                |            |            |                | Meter 2    |
        | Module 2 | module ID               |            |            |                | Module 2   |
        | Mill     | address                 | today      |            | 1 Main St      | 12 Elm St  |
        | Mill     | energy service provider | today      |            |                | Lakeside   |
        | Mill     | CCA service provider    | in 10 days |            |                | Lakeside   |
        | Mill     | account                 | in 30 days |            | Mill account   | New tenant |
        | Mill     | VEE service             | in 10 days | in 20 days | 02             | 04         |
        | Bakery   | account                 | in 10 days |            | Bakery account |            |
        | Bakery   | meter                   | today      |            | Bakery meter   | Meter 2    |
        | Meter 2  | communication module    | today      |            |                | Module 2   |

    @PSY-04 @AMB-35 @uses:ISY-01 @uses:SRP-03
    Scenario: A prior value of a meter does not stand among the updates
      Given I-Sync set 7 changes
        | of         | attribute       | value | from     |
        | Mill meter | register digits | 5     | long ago |
      And P-Sync set 8 lists "Mill" and "Bakery", with
        | of         | attribute       | value | from        | until       |
        | Mill meter | register digits | 5     | long ago    | 90 days ago |
        | Mill meter | register digits | 6     | 90 days ago | 30 days ago |
        | Mill meter | register digits | 5     | 30 days ago |             |
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then set 8 has changed nothing

    @PSY-04 @AMB-35 @uses:SRP-03
    Scenario Outline: Which meter an SDP had, and which module a meter had, does not stand among the updates
      Given I-Sync set 7 changes nothing
      And set 7 carries the asset of meter "Old meter"
      And set 7 carries the asset of communication module "Old module"
      And P-Sync set 8 lists "Mill" and "Bakery", with
        | of   | attribute   | value   | from        | until       |
        | <of> | <attribute> | <held>  | long ago    | 90 days ago |
        | <of> | <attribute> | <prior> | 90 days ago | 30 days ago |
        | <of> | <attribute> | <held>  | 30 days ago |             |
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then set 8 has changed nothing

      Examples:
        | of         | attribute            | held        | prior      |
        | Mill       | meter                | Mill meter  | Old meter  |
        | Mill meter | communication module | Mill module | Old module |
