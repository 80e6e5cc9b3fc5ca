@SYN @SYNC
Feature: What stands in which file of a set
  Assets in 01, premises in 02, service agreements in 03, parameters in 04, relationships in 05, components in 07.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery" and "Depot" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: A record in the wrong file is an error

    @SYN-11
    Scenario Outline: The last record of a file stands in another
      Given I-Sync set 7 changes
        | of   | attribute         | value      | from  |
        | Mill | city              | Burlington | today |
        | Mill | framing structure | periodic   | today |
        | Mill | billing cycle     | B1         | today |
        | Mill | account           | New tenant | today |
      And set 7 carries the asset of meter "Spare meter"
      And the last record of file <file> of set 7 stands in file <other>
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: One record out of place
        | case                              | file | other |
        | an asset among premises           | 01   | 02    |
        | a premise among agreements        | 02   | 03    |
        | a service agreement among assets  | 03   | 01    |
        | a parameter among relationships   | 04   | 05    |
        | a relationship among parameters   | 05   | 04    |

    @SYN-11 @uses:SRP-03
    Scenario: Each record in its file
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 lists "School"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of            | attribute            | from     | before | after          |
        | School        | SDP ID               |          |        | School         |
        | School        | SDP type             |          |        | physical       |
        | School meter  | meter ID             |          |        | School meter   |
        | School module | module ID            |          |        | School module  |
        | School        | address              | long ago |        | 1 Main St      |
        | School        | city                 | long ago |        | Oakville       |
        | School        | postal code          | long ago |        | L6L2A1         |
        | School        | framing structure    | long ago |        | hourly         |
        | School        | commodity type       | long ago |        | electricity    |
        | School        | billing cycle        | long ago |        | C1             |
        | School        | VEE service          | long ago |        | 02             |
        | School        | CT/PT multiplier     | long ago |        | 1              |
        | School        | service status       | long ago |        | connected      |
        | School        | meter                | long ago |        | School meter   |
        | School        | account              | long ago |        | School account |
        | School        | billing agent        | long ago |        | Lakeside       |
        | School        | AMI operator         | long ago |        | Lakeside       |
        | School meter  | communication module | long ago |        | School module  |

    @SYN-11 @uses:SYN-13 @uses:SRP-03
    Scenario: Components and their formula in file 07
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute | value  | from     |
        | Plaza | component | Mill   | long ago |
        | Plaza | component | Bakery | long ago |
        | Plaza | formula   | A + B  | long ago |
      And set 7 carries the asset of virtual SDP "Plaza"
      And I-Sync set 8 changes
        | of    | attribute | value | from  |
        | Plaza | formula   | A - B | today |
      And it is Wednesday 10:30
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows exactly
        | of    | attribute | from     | before | after   |
        | Plaza | SDP ID    |          |        | Plaza   |
        | Plaza | SDP type  |          |        | virtual |
        | Plaza | component | long ago |        | Mill    |
        | Plaza | component | long ago |        | Bakery  |
        | Plaza | formula   | long ago |        | A + B   |
      And IR06 of set 8 shows exactly
        | of    | attribute | from  | before | after |
        | Plaza | formula   | today | A + B  | A - B |

  Rule: File 05 carries seven kinds of relationship, three of them optional

    @SYN-12 @uses:SRP-03
    Scenario Outline: A relationship between an SDP and an organisation or account
      Given I-Sync set 7 changes
        | of   | attribute      | value  | from  |
        | Mill | <relationship> | <with> | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute      | from  | before   | after  |
        | Mill | <relationship> | today | <before> | <with> |

      Examples: The relationships, optional ones last
        | relationship            | before       | with              |
        | billing agent           | Lakeside     | Metering Partners |
        | AMI operator            | Lakeside     | Metering Partners |
        | account                 | Mill account | New tenant        |
        | energy service provider |              | Metering Partners |
        | CCA service provider    |              | Metering Partners |

    @SYN-12 @uses:ISY-10 @uses:SRP-03
    Scenario: Meters and communication modules
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from  |
        | Mill    | meter                | Meter 2  | today |
        | Meter 2 | communication module | Module 2 | today |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows among others
        | of      | attribute            | from  | before     | after    |
        | Mill    | meter                | today | Mill meter | Meter 2  |
        | Meter 2 | communication module | today |            | Module 2 |

    @SYN-12 @uses:ISY-22
    Scenario: A new SDP without the optional relationships
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 lists "School", with
        | of     | attribute | value |
        | School | account   |       |
      When set 7 arrives
      And it is Wednesday 10:31
      Then set 7 has been processed

  Rule: A virtual SDP aggregates two or more physical SDPs
    The slide says what a virtual SDP is, and not what becomes of one that has fewer components.

    @SYN-13 @AMB-41 @uses:SRP-03
    Scenario Outline: Enough components
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of <components>
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows among others
        | of    | attribute     | from  | before | after   |
        | Plaza | SDP type      |       |        | virtual |
        | Plaza | billing cycle | today |        | C1      |

      Examples: Two, and more than two
        | case  | components                    |
        | two   | "Mill" and "Bakery"           |
        | three | "Mill", "Bakery" and "Depot"  |

    @SYN-13 @AMB-41:refused
    Scenario: One component
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill"
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-13 @AMB-41:refused
    Scenario: One component in a P-Sync set
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill"
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has not been processed

    @SYN-13 @AMB-41:taken @uses:SRP-03
    Scenario: One component is taken as it is
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill"
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows among others
        | of    | attribute     | from  | before | after   |
        | Plaza | SDP type      |       |        | virtual |
        | Plaza | billing cycle | today |        | C1      |

    @SYN-13 @AMB-41:refused
    Scenario: No component
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-13 @AMB-41
    Scenario Outline: A component leaves, and two are left
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value  | from     |
        | Plaza | billing cycle | C1     | long ago |
        | Plaza | component     | Mill   | long ago |
        | Plaza | component     | Bakery | long ago |
        | Plaza | component     | Depot  | long ago |
      And set 7 carries the asset of virtual SDP "Plaza"
      And I-Sync set 8 changes
        | of    | attribute | value     | from     | until |
        | Plaza | component | <leaving> | long ago | today |
      And set 7 arrives
      And it is Wednesday 10:31
      When set 8 arrives
      And it is Wednesday 10:32
      Then set 8 has been processed

      Examples: The third of three, or another
        | leaving |
        | Depot   |
        | Bakery  |
        | Mill    |

    @SYN-13 @AMB-41:refused
    Scenario Outline: A component leaves, and one is left
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value  | from     | until   |
        | Plaza | billing cycle | C1     | long ago |         |
        | Plaza | component     | Mill   | long ago |         |
        | Plaza | component     | Bakery | long ago |         |
        | Plaza | component     | Depot  | long ago | <ended> |
      And set 7 carries the asset of virtual SDP "Plaza"
      And I-Sync set 8 changes
        | of    | attribute | value  | from     | until   |
        | Plaza | component | Bakery | long ago | <until> |
      And set 7 arrives
      And it is Wednesday 10:31
      When set 8 arrives
      And it is Wednesday 12:00
      Then set 8 has not been processed

      Examples: The third left long ago, or is to leave
        | case                        | ended       | until      |
        | one left before             | 90 days ago | today      |
        | one left and one will       | 90 days ago | in 10 days |
        | both leave on one day       | in 10 days  | in 10 days |

    @SYN-13 @AMB-41 @uses:SRP-03
    Scenario: A component is added, and one that had left comes back
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And "Lakeside" has synchronized SDP "Farm" in I-Sync set 7
      And I-Sync set 8 changes
        | of    | attribute     | value  | from     |
        | Plaza | billing cycle | C1     | long ago |
        | Plaza | component     | Mill   | long ago |
        | Plaza | component     | Bakery | long ago |
        | Plaza | component     | Depot  | long ago |
      And set 8 carries the asset of virtual SDP "Plaza"
      And I-Sync set 9 changes
        | of    | attribute | value | from     | until       |
        | Plaza | component | Depot | long ago | 30 days ago |
      And I-Sync set 10 changes
        | of    | attribute | value | from  |
        | Plaza | component | Depot | today |
        | Plaza | component | Farm  | today |
      And set 8 arrives
      And set 9 arrives
      When set 10 arrives
      And it is Wednesday 11:31
      Then IR06 of set 10 shows exactly
        | of    | attribute | from  | before | after |
        | Plaza | component | today |        | Depot |
        | Plaza | component | today |        | Farm  |

    @SYN-13 @AMB-41 @uses:SRP-03
    Scenario: Two virtual SDPs in one set
      Given "Lakeside" has Universal SDP IDs for "Plaza" and "Mall"
      And I-Sync set 7 changes
        | of    | attribute     | value  | from     |
        | Plaza | billing cycle | C1     | long ago |
        | Plaza | component     | Mill   | long ago |
        | Plaza | component     | Bakery | long ago |
        | Mall  | billing cycle | C1     | long ago |
        | Mall  | component     | Bakery | long ago |
        | Mall  | component     | Depot  | long ago |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 carries the asset of virtual SDP "Mall"
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows among others
        | of    | attribute | from     | before | after  |
        | Plaza | component | long ago |        | Mill   |
        | Plaza | component | long ago |        | Bakery |
        | Mall  | component | long ago |        | Bakery |
        | Mall  | component | long ago |        | Depot  |
