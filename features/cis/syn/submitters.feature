@SYN @CIS-SYNC
Feature: An agent sends the file sets that the LDC has authorised it for

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" creates SDPs "Mill" and "Bakery"

  Rule: I-Sync and P-Sync are authorised one by one

    @SYN-10 @agent
    Scenario: Authorised for I-Sync alone
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the CIS has submitted no 3000

    @SYN-10 @agent
    Scenario: Authorised for P-Sync alone
      Given "Lakeside" has authorised "Metering Partners" to submit 3000
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has submitted no 4000

    @SYN-10 @agent
    Scenario: Authorised for neither
      Given "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit
      Then the CIS has submitted no 4000
      And the CIS has submitted no 3000

    @SYN-10 @agent
    Scenario: Authorised for requests for quantities, and for no file sets
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit
      Then the CIS has submitted no 4000
      And the CIS has submitted no 3000

    @SYN-10 @agent
    Scenario: The second of two LDCs has not authorised it
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" creates SDPs "Barn"
      And "Lakeside" is told to request Universal SDP IDs
      And "Hilltop" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      When "Hilltop" is told to synchronize
      Then the CIS has sent no file set of "Hilltop"
