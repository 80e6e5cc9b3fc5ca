@FTS @BILLING-ENERGY @SYNC
Feature: A billing agent receives quantities in the file types it is authorised for
  SME_FORM_0006 names them, each by itself.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
      | of   | attribute     | value             |
      | Mill | billing agent | Metering Partners |

  Rule: An agent receives a data file type only where the LDC authorised it for that type

    @FTS-13 @AMB-30:nobody @uses:BSV-01 @uses:BSV-05
    Scenario: Authorised for Hourly responses
      Given "Lakeside" has authorised "Metering Partners" to receive 6100
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 12:00
      Then "Metering Partners" has received 6100

    @FTS-13 @AMB-30:nobody @uses:BSV-01 @uses:BSV-05
    Scenario: Authorised for other responses
      Given "Lakeside" has authorised "Metering Partners" to receive 6000
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 12:00
      Then "Metering Partners" has received no 6100

    @FTS-13 @AMB-30:nobody @BILLING-DEMAND @uses:BSV-01 @uses:BSV-05 @uses:BQ-09
    Scenario Outline: Authorised for energy and not for demand, or for demand and not for energy
      Given "Lakeside" has authorised "Metering Partners" to receive <type>
      And I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 12:00
      Then "Metering Partners" has received <type>
      And "Metering Partners" has received no <other>

      Examples:
        | case   | type | other |
        | energy | 6000 | 6200  |
        | demand | 6200 | 6000  |
