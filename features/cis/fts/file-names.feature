@FTS @CIS-FTS
Feature: A CIS names its files by the structure that is known to both sides

  Background:
    Given LDC "Lakeside" is registered

  Rule: The LDC that a file is about stands first in its name, whoever submits it second

    @FTS-01 @CIS-USDP
    Scenario: An LDC submits for itself
      Given the CIS of "Lakeside" is under test
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-01 @CIS-USDP @agent
    Scenario: An agent submits for its LDC
      Given the CIS of agent "Metering Partners" is under test
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it
