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
