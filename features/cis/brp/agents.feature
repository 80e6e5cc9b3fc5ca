@BRP @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: An agent that bills for an LDC submits again what BR06 lists
  The request was the agent's, and so is the report. The window of a request of the first Wednesday is Wednesday to Friday: what has
  no data is closed on Saturday at 08:00. What was closed by the Tuesday after it stands in a report that has come by the Wednesday morning.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has authorised "Metering Partners" to receive BR06
    And "Hilltop" has authorised "Metering Partners" to submit 1000
    And "Hilltop" has authorised "Metering Partners" to receive 2000
    And "Hilltop" has authorised "Metering Partners" to submit 4000
    And "Hilltop" has authorised "Metering Partners" to submit 5000
    And "Hilltop" has authorised "Metering Partners" to receive 6100
    And "Hilltop" has authorised "Metering Partners" to receive BR06
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
      | of     | attribute     | value             |
      | Mill   | billing agent | Metering Partners |
      | Bakery | billing agent | Metering Partners |

  Rule: Each request that BR06 lists is submitted again after its problem has been corrected, and no other

    @BRP-11 @agent
    Scenario: The response got lost, and the agent's BR06 alone tells of two SDPs
      Given it is Wednesday 09:00
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill" and "Bakery"
      When "Lakeside" hears that the problems with quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 1 | Tuesday of week 1 |
        | Bakery | Monday of week 1 | Tuesday of week 1 |

    @BRP-11 @agent
    Scenario: Requests of two LDCs are listed, and the problem of the second is corrected
      Given "Hilltop" serves SDPs "Barn", known to the MDM/R, with
        | of   | attribute     | value             |
        | Barn | billing agent | Metering Partners |
      And it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And "Hilltop" is told to request quantities of "Barn" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill"
      And the CIS has been given a BR06 that lists "Barn"
      When "Hilltop" hears that the problems with quantities of "Barn" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Barn | Monday of week 1 | Tuesday of week 1 |

    @BRP-11 @agent
    Scenario: The responses of two LDCs got lost, and a BR06 of each tells of it
      Given "Hilltop" serves SDPs "Barn", known to the MDM/R, with
        | of   | attribute     | value             |
        | Barn | billing agent | Metering Partners |
      And it is Wednesday 09:00
      And the next 6100 for the CIS gets lost
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And "Hilltop" is told to request quantities of "Barn" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill"
      And the CIS has been given a BR06 that lists "Barn"
      And "Hilltop" hears that the problems with quantities of "Barn" from Monday of week 1 to Tuesday of week 1 are corrected
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |
        | Barn | Monday of week 1 | Tuesday of week 1 |
