@FTS @BILLING-ENERGY @BILLING-DEMAND @SYNC
Feature: Versions, names, End Of File records and authorisations of billing files
  What holds of every file and report, for those of billing.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6, with
      | of     | attribute         | value                     |
      | Mill   | framing structure | periodic 60 block eastern |
      | Bakery | billing cycle     | C2                        |
    And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
    And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1

  Rule: Data files are of the active version, named as data files are, and close with an End Of File record

    @FTS-07 @AMB-21
    Scenario Outline: The version of a response
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received <file>
      Then each <file> of "Lakeside" is of version 01

      Examples: The three kinds of response
        | file |
        | 6000 |
        | 6100 |
        | 6200 |

    @FTS-09 @AMB-21
    Scenario Outline: The End Of File record of a response
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received <file>
      Then each <file> of "Lakeside" closes with an End Of File record that counts its detail records

      Examples: The three kinds of response
        | file |
        | 6000 |
        | 6100 |
        | 6200 |

    # Two days by the hour are two records; two periods with demand are two records each.
    @FTS-09 @AMB-21
    Scenario Outline: The End Of File record of a response with several detail records
      Given "Mill" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from              | until               |
        | R1      | Mill   | Monday of week 1  | Tuesday of week 1   |
        | R2      | Mill   | Tuesday of week 1 | Wednesday of week 1 |
        | R3      | Bakery | Monday of week 1  | Wednesday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received <file>
      Then each <file> of "Lakeside" closes with an End Of File record that counts its detail records

      Examples: The three kinds of response
        | file |
        | 6000 |
        | 6100 |
        | 6200 |

    @FTS-01 @AMB-02
    Scenario Outline: The name of a response
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received <file>
      Then the name of each <file> of "Lakeside" is well formed, about "Lakeside"

      Examples: The three kinds of response
        | file |
        | 6000 |
        | 6100 |
        | 6200 |

    @FTS-07
    Scenario: A request of a version that is not in force
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle, in version 01
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    @FTS-07 @uses:BSV-01
    Scenario: A schedule of a version that is not in force
      Given "Lakeside" submits a billing cycle schedule, in version 01
        | cycle | from             | until             |
        | C2    | Monday of week 2 | Tuesday of week 2 |
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 12:00
      Then there is no scheduled response for "Bakery"

  Rule: Reports on billing files are of the active version, and named as reports are

    @FTS-08 @AMB-19
    Scenario: IR03 is of version 00
      Given it is Wednesday 09:10
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C2    | Monday of week 2 | Monday of week 3 |
      And it is Thursday 09:11
      And "Lakeside" has received IR03
      Then each IR03 of "Lakeside" is of version 00

    @FTS-08 @uses:BRP-02
    Scenario: IR08 is of version 00
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Monday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received IR08
      Then each IR08 of "Lakeside" is of version 00

    @FTS-06 @AMB-02 @AMB-03 @AMB-28 @uses:BRP-02
    Scenario: The name of IR08
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Monday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received IR08
      Then the name of each IR08 of "Lakeside" is well formed, about "Lakeside"

    @FTS-06 @AMB-02 @AMB-03:ir08-bare @AMB-28 @uses:BRP-02
    Scenario: IR08 has no ending
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Monday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received IR08
      Then the name of each IR08 of "Lakeside" is well formed, about "Lakeside"

    @FTS-06 @AMB-02 @AMB-03:dat-ending @AMB-28 @uses:BRP-02
    Scenario: IR08 ends in .DAT
      Given it is Wednesday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Monday of week 1 |
      And it is Wednesday 09:21
      And "Lakeside" has received IR08
      Then the name of each IR08 of "Lakeside" is well formed, about "Lakeside"

    @FTS-06 @AMB-02 @AMB-19 @AMB-28
    Scenario: The name of IR03
      Given it is Wednesday 09:10
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C2    | Monday of week 2 | Monday of week 3 |
      And it is Thursday 09:11
      And "Lakeside" has received IR03
      Then the name of each IR03 of "Lakeside" is well formed, about "Lakeside"
