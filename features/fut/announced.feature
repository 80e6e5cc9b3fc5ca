@FUT @BILLING-ENERGY @SYNC
Feature: What is announced, and not in force
  With the register read functions, quantities will be adjusted to the registers. Until then they are not.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
      | of   | attribute         | value    |
      | Mill | VEE service       | 03       |
      | Mill | framing structure | periodic |

  Rule: Quantities are not adjusted where the sum of the intervals differs from the registers

    # The register says 95 kWh; the difference of 1 lies within the threshold.
    @FUT-04 @uses:BQ-06
    Scenario: The sum check passes
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 1
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 00:00 | 00100   |
        | Friday of week 1 | 00:00 | 00195   |
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from             | until            | framing  | status | total |
        | Monday of week 1 | Friday of week 1 | periodic | 00     | 96000 |

    # The register says 80 kWh.
    @FUT-04 @uses:SUM-03
    Scenario: The sum check fails
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 1
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 00:00 | 00100   |
        | Friday of week 1 | 00:00 | 00180   |
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from             | until            | framing  | status | total |
        | Monday of week 1 | Friday of week 1 | periodic | 06     | 96000 |
