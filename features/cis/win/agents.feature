@WIN @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: An agent asks anew for what was closed without quantities
  The window of a request of Wednesday morning expires with Friday, that of a request which the CIS sends a day later with Monday. The agent
  gets the responses, and no report: they alone tell it what was closed.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
      | of     | attribute         | value             |
      | Mill   | billing agent     | Metering Partners |
      | Bakery | billing agent     | Metering Partners |
      | Bakery | framing structure | TOU/CPP EST       |

  Rule: For a period that was answered 02 a new request is made

    # Billed hour by hour and by time of use, they are answered by two files at once.
    @WIN-11 @agent
    Scenario: Two SDPs that are billed otherwise were closed at the same time
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill" and "Bakery"
      When "Lakeside" hears that the problems with quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 1 | Tuesday of week 1 |
        | Bakery | Monday of week 1 | Tuesday of week 1 |
