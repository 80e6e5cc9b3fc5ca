@USDP @SYNC
Feature: A Universal SDP ID is what synchronization data needs, and not yet an SDP
  Nothing is accepted for an SDP without one; and assignment alone creates nothing in the Master Directory.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41
    And it is Wednesday 10:00

  Rule: Physical and virtual SDPs alike need a Universal SDP ID

    @USDP-06 @uses:SYN-13
    Scenario: A virtual SDP without one
      Given I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has changed nothing

    @USDP-06 @uses:SYN-13
    Scenario: A virtual SDP with one
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      When set 7 arrives
      And it is Wednesday 10:31
      Then set 7 has been processed

    @USDP-06
    Scenario: A physical SDP without one
      Given I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | School | billing cycle | C1    | today |
      And set 7 carries the asset of physical SDP "School"
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has changed nothing

    @USDP-06 @uses:SYN-13
    Scenario: A component of a virtual SDP without one
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value  | from     |
        | Plaza | billing cycle | C1     | long ago |
        | Plaza | component     | Mill   | long ago |
        | Plaza | component     | Bakery | long ago |
      And set 7 carries the asset of virtual SDP "Plaza"
      And I-Sync set 8 changes
        | of    | attribute | value  | from  |
        | Plaza | component | School | today |
      And set 7 arrives
      And it is Wednesday 10:31
      When set 8 arrives
      And it is Wednesday 12:00
      Then set 8 has changed nothing

  Rule: Assignment does not create the SDP in the Master Directory; only synchronization does

    @USDP-07
    Scenario: Data for an SDP that was only given its Universal SDP ID
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | School | billing cycle | C1    | today |
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has changed nothing

    @USDP-07 @uses:ISY-22 @uses:SRP-03
    Scenario: Synchronization creates it
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | School | billing cycle | C1    | today |
      And set 7 carries the asset of physical SDP "School"
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from  | before | after    |
        | School | SDP ID        |       |        | School   |
        | School | SDP type      |       |        | physical |
        | School | billing cycle | today |        | C1       |

    @USDP-07
    Scenario Outline: Data for it in whichever file
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 changes
        | of     | attribute   | value   | from  |
        | School | <attribute> | <value> | today |
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has changed nothing

      Examples: But for that of parameters
        | file | attribute         | value      |
        | 02   | city              | Milton     |
        | 03   | framing structure | periodic   |
        | 05   | account           | New tenant |

    @USDP-07
    Scenario Outline: A P-Sync set has data for it, and does not create it
      Given "Lakeside" has Universal SDP IDs for "School"
      And P-Sync set 7 lists "Mill" and "Bakery"
      And set 7 changes besides
        | of     | attribute   | value   | from  |
        | School | <attribute> | <value> | today |
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has changed nothing

      Examples:
        | file | attribute         | value      |
        | 03   | framing structure | periodic   |
        | 04   | billing cycle     | C1         |

  Rule: No synchronization data is accepted for an SDP that has no Universal SDP ID

    @USDP-15
    Scenario Outline: A Universal SDP ID that nobody was given, in whichever file
      Given I-Sync set 7 changes
        | of     | attribute   | value   | from  |
        | School | <attribute> | <value> | today |
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has changed nothing

      Examples:
        | file | attribute         | value      |
        | 02   | city              | Milton     |
        | 03   | framing structure | periodic   |
        | 04   | billing cycle     | C1         |
        | 05   | account           | New tenant |

    @USDP-15
    Scenario: The Universal SDP ID of another LDC's SDP
      Given I-Sync set 7 changes
        | of                | attribute     | value | from  |
        | Barn of "Hilltop" | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has changed nothing

    @USDP-15
    Scenario: A P-Sync set brings the asset of an SDP that has none
      Given P-Sync set 7 lists "Mill" and "Bakery"
      And set 7 carries the asset of physical SDP "School"
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has changed nothing
