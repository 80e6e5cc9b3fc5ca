@FTS @REPORTS @BILLING-ENERGY @SYNC
Feature: Versions and names of the billing quantity process reports
  By Thursday 23:30 each report has something to say: the sum check of Mill lacks register reads, Lakeside is not the billing
  agent of Depot, and the data of Bakery changes after it was delivered.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery" and "Depot" in I-Sync set 6, with
      | of    | attribute     | value             |
      | Mill  | VEE service   | 03                |
      | Depot | billing agent | Metering Partners |
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

  Rule: Reports are of the active version

    @FTS-08 @AMB-21 @uses:BRP-09
    Scenario Outline: The version of a report
      When it is Thursday 23:30
      And "Lakeside" has received <report>
      Then each <report> of "Lakeside" is of version <version>

      Examples: The five reports
        | report | version |
        | BR01   | 01      |
        | BR03   | 01      |
        | BR04   | 00      |
        | BR05   | 00      |
        | BR06   | 00      |

  Rule: Reports are named as reports are

    @FTS-06 @AMB-02 @AMB-28 @uses:BRP-09
    Scenario: The names of the five reports
      When it is Thursday 23:30
      And "Lakeside" has received BR03
      Then the name of each BR01 of "Lakeside" is well formed, about "Lakeside"
      And the name of each BR03 of "Lakeside" is well formed, about "Lakeside"
      And the name of each BR04 of "Lakeside" is well formed, about "Lakeside"
      And the name of each BR05 of "Lakeside" is well formed, about "Lakeside"
      And the name of each BR06 of "Lakeside" is well formed, about "Lakeside"
