@CIS-FTS @CIS-USDP @CIS-SYNC
Feature: An agent works for a utility as far as that has authorised it
  Three orders, on three days: periodic audits are not among what the agent may send.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" is told to synchronize
    And the CIS and the MDM/R have come to rest
    And the next day has begun

  Rule: Files are the utility's, and its agent is named as their submitter

    @FTS-01 @agent
    Scenario: The LDC stands first in the names of requests, its agent second
      When "Lakeside" is told to send a periodic audit
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @USDP-01 @agent
    Scenario: The SDP IDs are tied to the LDC, not to its agent
      When "Lakeside" is told to send a periodic audit
      Then each line of the requests of the CIS names "Lakeside" as the LDC, and one of its SDP IDs

  Rule: What the utility has not authorised is not sent

    @SYN-10 @agent
    Scenario: The agent was not authorised for periodic audits
      When "Lakeside" is told to send a periodic audit
      Then the CIS has submitted no 3000
