@TXS @BILLING-ENERGY @SYNC
Feature: Responses with an exception, before the window closes
  06 and 07, where the sum check fails, come with quantities; 08, to one who is not the billing agent, without.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6000
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
      | of   | attribute         | value    |
      | Mill | VEE service       | 03       |
      | Mill | framing structure | periodic |
    And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1

  Rule: The response does not wait for the window to close, and has quantities or not as its code says

    # The register says 40 kWh.
    @TXS-04 @uses:SUM-03
    Scenario: 06 at once, with quantities
      Given the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00140   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:30
      Then the response to "R1" says
        | from             | until             | status | total |
        | Monday of week 1 | Tuesday of week 1 | 06     | 24000 |

    @TXS-04 @uses:SUM-04
    Scenario: 07 at once, with quantities
      Given it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:30
      Then the response to "R1" says
        | from             | until             | status | total |
        | Monday of week 1 | Tuesday of week 1 | 07     | 24000 |

    @TXS-04 @uses:BSV-08
    Scenario: 08 at once, without quantities
      Given it is Tuesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:30
      Then the response to "R1" has status 08
      And the response to "R1" has no quantities
