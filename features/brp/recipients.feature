@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Who receives the reports of the billing quantity process
  The LDC receives every one of them, an agent those that the LDC authorised it for (SME_FORM_0006).

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And agent "Metering Partners" is registered
    And agent "Grid Services" is registered

  Rule: The LDC receives every report, an agent those it is authorised for

    # By Thursday 23:30 there is something to say in each report: the sum check of Mill lacks register reads, Depot is another
    # billing agent's, and the data of Bakery changes after it was delivered.
    @BRP-10 @uses:BRP-09
    Scenario Outline: Two agents, one of them authorised
      Given "Lakeside" has authorised "Metering Partners" to receive <report>
      And "Lakeside" has synchronized SDPs "Mill", "Bakery" and "Depot" in I-Sync set 6, with
        | of    | attribute     | value         |
        | Mill  | VEE service   | 03            |
        | Depot | billing agent | Grid Services |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | Depot  | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 10:00
      And "Bakery" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then "Lakeside" has received <report>
      And "Metering Partners" has received <report>
      And "Grid Services" has received no <report>

      Examples: The five reports
        | report |
        | BR01   |
        | BR03   |
        | BR04   |
        | BR05   |
        | BR06   |

    # Of each kind there are two: no register reads of Mill and Bakery, another billing agent for Depot and Farm, other data
    # of School and Chapel after delivery, and periods that end on two days.
    @BRP-10 @uses:BRP-09
    Scenario Outline: Two agents, both authorised, and two of everything that there is to tell
      Given "Lakeside" has authorised "Metering Partners" to receive <report>
      And "Lakeside" has authorised "Grid Services" to receive <report>
      And "Lakeside" has synchronized SDPs "Mill", "Bakery", "Depot", "Farm", "School" and "Chapel" in I-Sync set 6, with
        | of     | attribute     | value         |
        | Mill   | VEE service   | 03            |
        | Bakery | VEE service   | 03            |
        | Depot  | billing agent | Grid Services |
        | Farm   | billing agent | Grid Services |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "School" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Chapel" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1   |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
        | R3      | Depot  | Monday of week 1 | Tuesday of week 1   |
        | R4      | Farm   | Monday of week 1 | Wednesday of week 1 |
        | R5      | School | Monday of week 1 | Tuesday of week 1   |
        | R6      | Chapel | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 10:00
      And "School" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Chapel" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Friday 00:05
      Then "Lakeside" has received <report>
      And "Metering Partners" has received <report>
      And "Grid Services" has received <report>

      Examples: The five reports
        | report |
        | BR01   |
        | BR03   |
        | BR04   |
        | BR05   |
        | BR06   |

    @BRP-10 @uses:BRP-04
    Scenario: An agent submits the requests, and is authorised for no report
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And it is Tuesday 09:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |
      And "Metering Partners" has received no BR04

    @BRP-10 @uses:BRP-04
    Scenario: An agent learns nothing of another LDC, and nothing from another report
      Given "Lakeside" has authorised "Metering Partners" to receive BR04
      And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 4
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And "Hilltop" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Barn | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR04 of "Metering Partners" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |
      And "Metering Partners" has received no BR01
      And BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |
      And BR04 of "Hilltop" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R2      | Barn |

    @BRP-10 @uses:BRP-04
    Scenario: An agent of two LDCs receives the report of each
      Given "Lakeside" has authorised "Metering Partners" to receive BR04
      And "Hilltop" has authorised "Metering Partners" to receive BR04
      And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 4
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And "Hilltop" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Barn | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR04 of "Metering Partners" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |
        | R2      | Barn |
