@CIS-FTS @CIS-USDP
Feature: A utility asks for Universal SDP IDs
  Two orders, on two days. A person who has no adapter can carry them out by hand.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" creates SDPs "Depot"

  Rule: Files are named by the structure that both sides know, in a version that is in force

    @FTS-01
    Scenario: The LDC stands first in the names of its requests, and second, as it submits for itself
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-07
    Scenario: The requests are of the active version
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is of version 00

  Rule: A Universal SDP ID is asked for of each SDP

    @USDP-01
    Scenario: Each line of the requests names the LDC and one of its SDP IDs
      When "Lakeside" is told to request Universal SDP IDs
      Then each line of the requests of the CIS names "Lakeside" as the LDC, and one of its SDP IDs

    @USDP-06
    Scenario: A virtual SDP is asked for like those that it aggregates
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery" and "Both" of "Lakeside"

    @USDP-18
    Scenario: An SDP that is created later is asked for as well
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery", "Both" and "Depot" of "Lakeside"
