# Found by exploration. What it catches: an agent does not look at BR06
@BRP @CIS-BILLING @agent
Feature: BRP-11 in a conversation that exploration found
  > The LDC submits each request that BR06 lists again, after the problem has been corrected.

  @BRP-11
  Scenario: The smallest conversation that was found
    Given the first day is 2011-12-26
    And LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has authorised "Metering Partners" to receive BR06
    And "Lakeside" serves SDPs "Mill", known to the MDM/R, with
      | of   | attribute     | value             |
      | Mill | billing agent | Metering Partners |
    And the next 6100 for the CIS gets lost
    And "Lakeside" is told to request quantities of "Mill" from 2011-12-18 to 2011-12-24, on cycle
    And it is Sunday 09:00
    And the CIS has been given a BR06 that lists "Mill"
    And "Lakeside" hears that the problems with quantities of "Mill" from 2011-12-18 to 2011-12-24 are corrected
    And the CIS and the MDM/R have come to rest
    Then since Sunday 09:00 the CIS has asked again for exactly these quantities
      | SDP  | first day  | last day   |
      | Mill | 2011-12-18 | 2011-12-24 |
