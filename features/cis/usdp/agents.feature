@USDP @CIS-USDP
Feature: An agent asks for Universal SDP IDs on behalf of an LDC that has authorised it

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"

  Rule: The SDP IDs are tied to the LDC, not to its agent

    @USDP-01 @agent @uses:USDP-08
    Scenario: A request of an agent for its LDC
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      When "Lakeside" is told to request Universal SDP IDs
      Then each line of the requests of the CIS names "Lakeside" as the LDC, and one of its SDP IDs

  Rule: Each LDC's SDPs are asked for, whatever the agent waits for on behalf of another

    @USDP-18 @agent
    Scenario: The second of two LDCs, while the response about the first is late
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" creates SDPs "Barn"
      And the next 2000 for the CIS comes 90 minutes late
      And "Lakeside" is told to request Universal SDP IDs
      When "Hilltop" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Barn" of "Hilltop"

    # An SDP ID is unique within the systems of its LDC: another may have the same.
    @USDP-18 @agent
    Scenario: Two LDCs have an SDP of the same SDP ID, and that of the first has its Universal SDP ID
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Hilltop" creates SDPs "Mill"
      When "Hilltop" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill" of "Hilltop"

    @USDP-20 @agent @CIS-SYNC
    Scenario: Two LDCs have an SDP of the same SDP ID, and each is synchronized under the ID given for its own
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Hilltop" creates SDPs "Mill" and "Barn"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Hilltop" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Hilltop" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" of "Lakeside" under the Universal SDP IDs that they were given
      And the CIS has synchronized "Mill" and "Barn" of "Hilltop" under the Universal SDP IDs that they were given

  Rule: Without the LDC's authorisation an agent requests nothing

    @USDP-08 @agent
    Scenario: The LDC has authorised its agent for file sets alone
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has submitted no 1000
