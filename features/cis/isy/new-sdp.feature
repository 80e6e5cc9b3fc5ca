@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - create a new SDP and all attributes

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the SDP with all its attributes, from its first day on

    @ISY-22
    Scenario Outline: The second of two new SDPs
      Given "Lakeside" creates SDPs "Depot" and "Barn" as of <day>, with
        | of   | attribute               | value                     |
        | Barn | address                 | 12 Mill Road              |
        | Barn | city                    | Saint-Eustache-sur-le-Lac |
        | Barn | postal code             | L0L1L0                    |
        | Barn | framing structure       | TOU/CPP EST               |
        | Barn | billing cycle           | 17                        |
        | Barn | VEE service             | 03                        |
        | Barn | CT/PT multiplier        | 40                        |
        | Barn | account                 | Farmer                    |
        | Barn | billing agent           | Metering Partners         |
        | Barn | AMI operator            | Green Power               |
        | Barn | energy service provider | Green Power               |
        | Barn | meter                   | M9                        |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of        | attribute               | value                     | from  |
        | Barn      | SDP ID                  | Barn                      |       |
        | Barn      | SDP type                | physical                  |       |
        | Barn      | address                 | 12 Mill Road              | <day> |
        | Barn      | city                    | Saint-Eustache-sur-le-Lac | <day> |
        | Barn      | postal code             | L0L1L0                    | <day> |
        | Barn      | framing structure       | TOU/CPP EST               | <day> |
        | Barn      | commodity type          | electricity               | <day> |
        | Barn      | billing cycle           | 17                        | <day> |
        | Barn      | VEE service             | 03                        | <day> |
        | Barn      | CT/PT multiplier        | 40                        | <day> |
        | Barn      | service status          | connected                 | <day> |
        | Barn      | account                 | Farmer                    | <day> |
        | Barn      | billing agent           | Metering Partners         | <day> |
        | Barn      | AMI operator            | Green Power               | <day> |
        | Barn      | energy service provider | Green Power               | <day> |
        | Barn      | meter                   | M9                        | <day> |
        | M9        | meter ID                | M9                        |       |
        | M9        | communication module    | M9 module                 | <day> |
        | M9 module | module ID               | M9 module                 |       |
        | Depot     | billing cycle           | C1                        | <day> |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-22
    Scenario: Before its first day nothing is known of it
      Given "Lakeside" creates SDPs "Depot" and "Barn" as of Monday of week 2, with
        | of   | attribute     | value |
        | Barn | billing cycle | 17    |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of    | attribute     | value         | from             |
        | Barn  | billing cycle | none          | long ago         |
        | Barn  | billing cycle | 17            | Monday of week 2 |
        | Barn  | account       | nobody        | long ago         |
        | Barn  | account       | Barn account  | Monday of week 2 |
        | Depot | meter         | none          | long ago         |
        | Depot | meter         | Depot meter   | Monday of week 2 |

    @ISY-22
    Scenario: A new SDP changes on the day after its first one
      Given "Lakeside" creates SDPs "Depot" and "Barn" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Barn | billing cycle | 17    |
      And "Lakeside" puts on record
        | of   | attribute     | value      | from               |
        | Barn | billing cycle | 18         | Thursday of week 1 |
        | Barn | account       | New Tenant | Thursday of week 1 |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute     | value        | from                |
        | Barn | billing cycle | 17           | Wednesday of week 1 |
        | Barn | billing cycle | 18           | Thursday of week 1  |
        | Barn | account       | Barn account | Wednesday of week 1 |
        | Barn | account       | New Tenant   | Thursday of week 1  |

    @ISY-22
    Scenario: The last of three new SDPs
      Given "Lakeside" creates SDPs "Depot", "Barn" and "Silo" as of Wednesday of week 1, with
        | of    | attribute     | value |
        | Depot | billing cycle | 17    |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of                | attribute         | value             | from                |
        | Silo              | SDP ID            | Silo              |                     |
        | Silo              | SDP type          | physical          |                     |
        | Silo              | address           | 1 Main St         | Wednesday of week 1 |
        | Silo              | framing structure | hourly            | Wednesday of week 1 |
        | Silo              | billing cycle     | C1                | Wednesday of week 1 |
        | Silo              | account           | Silo account      | Wednesday of week 1 |
        | Silo              | billing agent     | Lakeside          | Wednesday of week 1 |
        | Silo              | meter             | Silo meter        | Wednesday of week 1 |
        | Silo meter        | meter ID          | Silo meter        |                     |
        | Silo meter module | module ID         | Silo meter module |                     |
        | Barn              | billing cycle     | C1                | Wednesday of week 1 |
        | Depot             | billing cycle     | 17                | Wednesday of week 1 |
