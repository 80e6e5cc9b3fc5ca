@TXS @BILLING-ENERGY @SYNC
Feature: Each response record carries a Transaction Status
  00 for what was processed without exception, 02 where no complete set of eligible data was there when the window closed.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And it is Tuesday 09:10
    And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
    And "Lakeside" requests quantities off cycle
      | request | SDP    | from             | until             |
      | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
      | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |

  Rule: Every response record has a status

    @TXS-01 @uses:WIN-01
    Scenario: Of a request that was fulfilled and of one that was not
      When it is Friday 12:00
      Then the response to "R1" has a status in each record
      And the response to "R2" has a status in each record

    @TXS-01 @uses:SEG-02
    Scenario: In each part of a response that is divided
      Given "Lakeside" has synchronized SDP "School" in I-Sync set 7, with
        | of     | attribute         | value    |
        | School | framing structure | periodic |
      And I-Sync set 8 changes
        | of     | attribute | value      | from              |
        | School | account   | New tenant | Tuesday of week 1 |
      And set 8 arrives
      And "School" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until              |
        | R3      | School | Monday of week 1 | Thursday of week 1 |
      When it is Thursday 12:00
      Then the response to "R3" says
        | from              | until              | status | total |
        | Monday of week 1  | Tuesday of week 1  | 00     | 240   |
        | Tuesday of week 1 | Thursday of week 1 | 00     | 480   |

  Rule: 00 - processed without exception

    @TXS-02
    Scenario: Complete, eligible data
      When it is Tuesday 12:00
      Then the response to "R1" has status 00

    @TXS-02 @uses:BQ-09 @BILLING-DEMAND
    Scenario: Complete, eligible data, and demand
      Given "Lakeside" has synchronized SDP "School" in I-Sync set 7, with
        | of     | attribute         | value                     |
        | School | framing structure | periodic 60 block eastern |
      And "School" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 12:00
      Then the demand response to "R3" says
        | status | W  |
        | 00     | 10 |

  Rule: 02 - no complete set of eligible data when the window closed

    @TXS-03 @uses:WIN-01
    Scenario: No data at all
      When it is Friday 12:00
      Then the response to "R2" has status 02

    @TXS-03 @uses:WIN-01
    Scenario: Of three SDPs of one request the last two have none
      Given "Lakeside" has synchronized SDPs "School" and "Depot" in I-Sync set 7
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R3      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R4      | School | Monday of week 1 | Tuesday of week 1 |
        | R5      | Depot  | Monday of week 1 | Tuesday of week 1 |
      And 6 days have passed
      When it is Wednesday 12:00
      Then the response to "R3" has status 00
      And the response to "R4" has status 02
      And the response to "R5" has status 02

    @TXS-03 @uses:BQ-01 @uses:WIN-01
    Scenario: Data that is not eligible
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1, with status NVE
      When it is Friday 12:00
      Then the response to "R2" has status 02
