# Found by exploration. What it catches: the response about a period is recovered once, though it gets lost twice
@BSV @CIS-BILLING @agent
Feature: BSV-10 in a conversation that exploration found
  > Request Version Date Time recovers a response delivered before, unchanged even where the data has changed
  > since.

  @BSV-10
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
      | of     | attribute     | value             |
      | Bakery | billing agent | Metering Partners |
    And "Bakery" is metered at 1000 Wh each hour from 2011-01-10 to 2011-01-10
    And the next 6100 for the CIS gets lost
    And "Lakeside" is told to request quantities of "Bakery" from 2011-01-10 to 2011-01-10, off cycle
    And the CIS and the MDM/R have come to rest
    And the next 6100 for the CIS gets lost
    And "Lakeside" is told that the first response about "Bakery" got lost
    And it is Tuesday 05:02
    And "Lakeside" is told that the first response about "Bakery" got lost
    And the CIS and the MDM/R have come to rest
    Then since Tuesday 05:02 the CIS has asked for the first response about "Bakery" as it was delivered
