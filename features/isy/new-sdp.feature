@ISY @SYNC
Feature: Business scenario - create a new SDP and all attributes
  An SDP that was only given its Universal SDP ID before.

  Background:
    Given LDC "Lakeside" is registered
    And the next expected sequence number of "Lakeside" is 7
    And "Lakeside" has Universal SDP IDs for "Mill" and "Bakery"
    And it is Wednesday 10:00

  Rule: The SDP exists, with everything that the set says of it

    @ISY-22 @uses:SRP-03
    Scenario: A physical SDP with all its attributes
      Given I-Sync set 7 lists "Mill"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of          | attribute            | from     | before | after        |
        | Mill        | SDP ID               |          |        | Mill         |
        | Mill        | SDP type             |          |        | physical     |
        | Mill meter  | meter ID             |          |        | Mill meter   |
        | Mill module | module ID            |          |        | Mill module  |
        | Mill        | address              | long ago |        | 1 Main St    |
        | Mill        | city                 | long ago |        | Oakville     |
        | Mill        | postal code          | long ago |        | L6L2A1       |
        | Mill        | framing structure    | long ago |        | hourly       |
        | Mill        | commodity type       | long ago |        | electricity  |
        | Mill        | billing cycle        | long ago |        | C1           |
        | Mill        | VEE service          | long ago |        | 02           |
        | Mill        | CT/PT multiplier     | long ago |        | 1            |
        | Mill        | service status       | long ago |        | connected    |
        | Mill        | meter                | long ago |        | Mill meter   |
        | Mill        | account              | long ago |        | Mill account |
        | Mill        | billing agent        | long ago |        | Lakeside     |
        | Mill        | AMI operator         | long ago |        | Lakeside     |
        | Mill meter  | communication module | long ago |        | Mill module  |

    @ISY-22 @uses:SRP-03
    Scenario: More than the minimum: two new SDPs at once, one of them with a retailer from next month on
      Given I-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute               | value    | from       |
        | Bakery | energy service provider | Lakeside | in 30 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows among others
        | of     | attribute               | from       | before | after    |
        | Mill   | SDP type                |            |        | physical |
        | Bakery | SDP type                |            |        | physical |
        | Bakery | energy service provider | in 30 days |        | Lakeside |
      And IR07 of set 7 shows nothing

    @ISY-22 @uses:SRP-03 @uses:SYN-12
    Scenario: Every relationship that is optional
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute               | value    | from     |
        | Mill | energy service provider | Lakeside | long ago |
        | Mill | CCA service provider    | Lakeside | long ago |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows among others
        | of   | attribute               | from     | before | after        |
        | Mill | account                 | long ago |        | Mill account |
        | Mill | energy service provider | long ago |        | Lakeside     |
        | Mill | CCA service provider    | long ago |        | Lakeside     |

    @ISY-22 @uses:SRP-03
    Scenario: Three new SDPs, of which everything begins later
      Given "Lakeside" has Universal SDP IDs for "Depot"
      And I-Sync set 7 changes
        | of     | attribute         | value    | from       |
        | Mill   | framing structure | hourly   | in 30 days |
        | Mill   | billing cycle     | C1       | in 30 days |
        | Bakery | framing structure | periodic | in 30 days |
        | Bakery | billing cycle     | C2       | in 30 days |
        | Depot  | framing structure | hourly   | in 60 days |
        | Depot  | billing cycle     | C3       | in 60 days |
      And set 7 carries the asset of physical SDP "Mill"
      And set 7 carries the asset of physical SDP "Bakery"
      And set 7 carries the asset of physical SDP "Depot"
      And it is Wednesday 10:30
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows exactly
        | of     | attribute         | from       | before | after    |
        | Mill   | SDP ID            |            |        | Mill     |
        | Mill   | SDP type          |            |        | physical |
        | Mill   | framing structure | in 30 days |        | hourly   |
        | Mill   | billing cycle     | in 30 days |        | C1       |
        | Bakery | SDP ID            |            |        | Bakery   |
        | Bakery | SDP type          |            |        | physical |
        | Bakery | framing structure | in 30 days |        | periodic |
        | Bakery | billing cycle     | in 30 days |        | C2       |
        | Depot  | SDP ID            |            |        | Depot    |
        | Depot  | SDP type          |            |        | physical |
        | Depot  | framing structure | in 60 days |        | hourly   |
        | Depot  | billing cycle     | in 60 days |        | C3       |

    @ISY-22 @uses:ISY-11 @uses:SRP-03
    Scenario: A new SDP gets a meter that was removed from another
      Given I-Sync set 7 lists "Mill"
      And I-Sync set 8 changes
        | of         | attribute            | value       | from     | until       |
        | Mill       | meter                | Mill meter  | long ago | 30 days ago |
        | Mill meter | communication module | Mill module | long ago |             |
      And set 8 carries the asset of communication module "Mill module"
      And I-Sync set 9 changes
        | of         | attribute            | value       | from     |
        | Bakery     | billing cycle        | C2          | today    |
        | Bakery     | meter                | Mill meter  | today    |
        | Mill meter | communication module | Mill module | long ago |
      And set 9 carries the asset of physical SDP "Bakery"
      And set 9 carries the asset of communication module "Mill module"
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 9 shows exactly
        | of     | attribute     | from  | before | after      |
        | Bakery | SDP ID        |       |        | Bakery     |
        | Bakery | SDP type      |       |        | physical   |
        | Bakery | billing cycle | today |        | C2         |
        | Bakery | meter         | today |        | Mill meter |
