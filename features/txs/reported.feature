@TXS @REPORTS @BILLING-ENERGY @SYNC
Feature: BR04 reports the Transaction Status of the response
  Twice a day, for every active request: whatever code the response carries, BR04 shows the same.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "School", "Depot" and "Barn" in I-Sync set 6, with
      | of     | attribute     | value             |
      | Bakery | VEE service   | 03                |
      | School | VEE service   | 03                |
      | Depot  | billing agent | Metering Partners |

  Rule: The status in the response and the status in BR04 agree

    # Mill has no sum check. The register of Bakery says 40 kWh, School has none.
    @TXS-05 @uses:BRP-04 @uses:SUM-03 @uses:SUM-04
    Scenario: Each status that comes before the window closes
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Bakery" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00140   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
        | R4      | Depot  | Monday of week 1 | Tuesday of week 1 |
        | R5      | Barn   | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP    | status |
        | R1      | Mill   | 00     |
        | R2      | Bakery | 06     |
        | R3      | School | 07     |
        | R4      | Depot  | 08     |
        | R5      | Barn   |        |
      And BR04 of "Lakeside" shows the status of the response to "R1", "R2", "R3" and "R4"

    @TXS-05 @AMB-59 @uses:BRP-04 @uses:BSV-08
    Scenario: An agent asked for an SDP that the LDC bills for itself
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP  | status |
        | R1      | Mill | 08     |
      And BR04 of "Lakeside" shows the status of the response to "R1"

    # The register of Bakery says 40 kWh on Monday, and 24 kWh on Tuesday.
    @TXS-05 @uses:BRP-04 @uses:SUM-03
    Scenario: Two responses on one SDP, with different statuses
      Given "Bakery" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Bakery" reads
        | day                 | time  | reading |
        | Monday of week 1    | 00:00 | 00100   |
        | Tuesday of week 1   | 00:00 | 00140   |
        | Wednesday of week 1 | 00:00 | 00164   |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from              | until               |
        | R1      | Bakery | Monday of week 1  | Tuesday of week 1   |
        | R2      | Bakery | Tuesday of week 1 | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR04 of "Lakeside" on Wednesday of week 1 at 12:00 lists
        | request | SDP    | status |
        | R1      | Bakery | 06     |
        | R2      | Bakery | 00     |

    @TXS-05 @AMB-54:closed-on-their-day @uses:BRP-04 @uses:WIN-07
    Scenario: No data until the window closes
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Barn | Monday of week 1 | Tuesday of week 1 |
      When it is Friday 12:00
      Then BR04 of "Lakeside" on Thursday of week 1 at 23:30 lists
        | request | SDP  | status |
        | R1      | Barn |        |
      And BR04 of "Lakeside" on Friday of week 1 at 12:00 lists
        | request | SDP  | status |
        | R1      | Barn | 02     |
      And BR04 of "Lakeside" shows the status of the response to "R1"

    @TXS-05 @uses:BRP-04 @uses:WIN-02
    Scenario: A response that comes between two reports
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 12:30
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Tuesday 23:30
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP  | status |
        | R1      | Mill |        |
      And BR04 of "Lakeside" on Tuesday of week 1 at 23:30 lists
        | request | SDP  | status |
        | R1      | Mill | 00     |
      And BR04 of "Lakeside" shows the status of the response to "R1"
