@USDP @CIS-USDP
Feature: A CIS asks for a Universal SDP ID of each of its SDPs

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: Each SDP ID is asked for, tied to the organisation ID of its LDC

    @USDP-18
    Scenario: Two new SDPs
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill" and "Bakery" of "Lakeside"

    @USDP-18
    Scenario: A third SDP, after two have got theirs
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates SDPs "Depot"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery" and "Depot" of "Lakeside"

    @USDP-18 @uses:USDP-20
    Scenario: A third SDP, after one of two came back as an exception
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates SDPs "Depot"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery" and "Depot" of "Lakeside"

    @USDP-18
    Scenario Outline: Three SDPs since another day, the second without a customer and the third without a meter
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of <day>, with
        | of     | attribute | value  |
        | Bakery | account   | nobody |
        | Depot  | meter     | none   |
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery" and "Depot" of "Lakeside"

      Examples: A day of last year, and one to come
        | day              |
        | 2010-12-31       |
        | Monday of week 2 |
        | Sunday of week 1 |
        | 2011-03-01       |

    @USDP-18
    Scenario: So many new SDPs that they may be asked for in several requests
      Given "Lakeside" creates 120 SDPs
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "SDP 1", "SDP 60" and "SDP 120" of "Lakeside"

    @USDP-06
    Scenario: A virtual SDP and those that it aggregates
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery" and "Both" of "Lakeside"

    @USDP-06
    Scenario: A virtual SDP that aggregates three, and another that aggregates two of them
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot"
      And "Lakeside" creates virtual SDP "Yard", which aggregates "Mill", "Bakery" and "Depot"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery", "Depot", "Yard" and "Both" of "Lakeside"

    @USDP-01
    Scenario: A request of an LDC for itself
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each line of the requests of the CIS names "Lakeside" as the LDC, and one of its SDP IDs

    @USDP-06
    Scenario: A virtual SDP that comes after those that it aggregates have their IDs
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked for Universal SDP IDs of "Mill", "Bakery" and "Both" of "Lakeside"

    @USDP-01
    Scenario: A request for what came back as an exception
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to request Universal SDP IDs of "Bakery"
      Then each line of the requests of the CIS names "Lakeside" as the LDC, and one of its SDP IDs
