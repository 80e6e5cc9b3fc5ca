@CIS-USDP
Feature: An agent that a utility has not authorised asks for nothing
  One order, on one day, after which nothing is to be sent.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" creates SDPs "Mill" and "Bakery"

  Rule: Without the utility's authorisation its agent requests no Universal SDP IDs

    @USDP-08 @agent
    Scenario: The utility has authorised its agent for file sets alone
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has submitted no 1000
