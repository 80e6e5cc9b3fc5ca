@FTS @SYNC
Feature: Versions, names and End Of File records of synchronization files and reports
  What holds of every file and report, for those of synchronization.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to receive IR06
    And "Lakeside" has authorised "Metering Partners" to receive IR07
    And "Lakeside" has authorised "Metering Partners" to receive IR10
    And "Lakeside" has authorised "Metering Partners" to receive IR14
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6

  Rule: Sets of another version than the active one are not accepted

    @FTS-07
    Scenario Outline: A set of a version that is not in force
      Given <kind> set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And set 7 is named as version <version>
      And another <kind> set 7 lists "Mill"
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 7 arrives
      And 2 days have passed
      Then set 7 has not been processed
      And IR06 of the other set 7 shows nothing

      Examples: P-Sync is in version 01, I-Sync in 00
        | case                | kind   | version |
        | the I-Sync's number | P-Sync | 00      |
        | the P-Sync's number | I-Sync | 01      |

  Rule: A TX_ID is chosen by the submitter, for its own sets

    @FTS-03 @AMB-34 @uses:SRP-03
    Scenario: The LDC and its agent have chosen the same one
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B2    | today |
      And set 8 is submitted by "Metering Partners"
      And the TX_ID of set 8 is that of set 7
      And it is Wednesday 10:00
      And set 8 arrives without file 03
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |

  Rule: The reports are of the active version, and named as reports are

    @FTS-08 @AMB-21
    Scenario Outline: Reports on a set that is synchronized
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      And "Lakeside" has received <report>
      Then each <report> of "Lakeside" is of version <version>

      Examples: The versions in force
        | report | version |
        | IR06   | 02      |
        | IR07   | 02      |
        | IR14   | 00      |

    @FTS-08 @AMB-21
    Scenario Outline: An agent's copy of the reports on a set that it submitted
      Given I-Sync set 7 changes nothing
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      And "Metering Partners" has received <report>
      Then each <report> of "Metering Partners" is of version 02

      Examples: The reports that an LDC's agent receives as the LDC does
        | report |
        | IR06   |
        | IR07   |

    @FTS-08 @uses:SEQ-06
    Scenario: The report on a set that is rejected
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      When set 7 arrives without file 03
      And it is Wednesday 11:00
      And "Lakeside" has received IR10
      Then each IR10 of "Lakeside" is of version 00

    @FTS-06 @AMB-02 @AMB-28
    Scenario Outline: Reports to an agent that submitted the set
      Given I-Sync set 7 changes nothing
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      And "Metering Partners" has received <report>
      Then the name of each <report> of "Metering Partners" is well formed, about "Lakeside"

      Examples: The reports on a set that is synchronized
        | report |
        | IR06   |
        | IR07   |
        | IR14   |

    @FTS-06 @AMB-02 @AMB-28 @uses:SEQ-06
    Scenario: The report on a set that is rejected, to an agent
      Given I-Sync set 7 changes nothing
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives without file 03
      And it is Wednesday 11:00
      And "Metering Partners" has received IR10
      Then the name of each IR10 of "Metering Partners" is well formed, about "Lakeside"

    # What an agent receives of an LDC's own sets is not said: the other LDC has authorised it for IR14 alone.
    @FTS-06 @AMB-02 @AMB-28 @AMB-34
    Scenario Outline: Reports to an agent of two LDCs
      Given LDC "Hilltop" is registered
      And agent "Grid Services" is registered
      And "<other>" has authorised "Grid Services" to submit 4000
      And "<other>" has authorised "Grid Services" to receive IR14
      And "<LDC>" has authorised "Grid Services" to submit 4000
      And "<LDC>" has authorised "Grid Services" to receive IR06
      And "<LDC>" has authorised "Grid Services" to receive IR07
      And "<LDC>" has authorised "Grid Services" to receive IR14
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 6
      And I-Sync set 7 of "<LDC>" changes nothing
      And set 7 of "<LDC>" is submitted by "Grid Services"
      And it is Wednesday 10:00
      When set 7 of "<LDC>" arrives
      And it is Wednesday 10:01
      And "Grid Services" has received IR06
      And "Grid Services" has received IR07
      And "Grid Services" has received IR14
      Then the name of each IR06 of "Grid Services" is well formed, about "<LDC>"
      And the name of each IR07 of "Grid Services" is well formed, about "<LDC>"
      And the name of each IR14 of "Grid Services" is well formed, about "<LDC>"

      Examples: On a set of the one and of the other
        | LDC      | other    |
        | Lakeside | Hilltop  |
        | Hilltop  | Lakeside |

  Rule: IR06 and IR07 close with an End Of File record

    @FTS-09 @AMB-21
    Scenario Outline: With details and without
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
        | Mill | VEE service   | 04    | today |
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      And "Lakeside" has received <report>
      Then each <report> of "Lakeside" closes with an End Of File record that counts its detail records

      Examples: Both reports
        | report |
        | IR06   |
        | IR07   |

  Rule: Reports IR04 and IR05 are withdrawn

    @FTS-12
    Scenario: A set that changes the organisations of an SDP
      Given I-Sync set 7 changes
        | of   | attribute     | value             | from  |
        | Mill | billing agent | Metering Partners | today |
        | Mill | AMI operator  | Metering Partners | today |
      And it is Wednesday 10:00
      When set 7 arrives
      And 1 day has passed
      Then nobody has received IR04
      And nobody has received IR05
