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

    @TXS-01
    Scenario: Of a request that was fulfilled and of one that was not
      When it is Friday 12:00
      Then the response to "R1" has a status in each record
      And the response to "R2" has a status in each record

  Rule: 00 - processed without exception

    @TXS-02
    Scenario: Complete, eligible data
      When it is Tuesday 12:00
      Then the response to "R1" has status 00

  Rule: 02 - no complete set of eligible data when the window closed

    @TXS-03
    Scenario: No data at all
      When it is Friday 12:00
      Then the response to "R2" has status 02

    @TXS-03 @uses:BQ-01
    Scenario: Data that is not eligible
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1, with status NVE
      When it is Friday 12:00
      Then the response to "R2" has status 02
