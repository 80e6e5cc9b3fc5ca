@USDP @CIS-USDP
Feature: What a CIS makes of exceptions in a response

  # The slides say what a response tells. That an SDP ID is asked for again follows from it, and is not ordered.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"

  Rule: What came back as an exception is asked for again once the cause is put right, and nothing else is

    @USDP-18 @advice
    Scenario: The second of two SDPs had incomplete data, twice
      Given the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has asked three times for a Universal SDP ID of "Bakery"
      And the CIS has asked once for a Universal SDP ID of "Mill"

    @USDP-18 @advice
    Scenario: Two of three SDPs had incomplete data, of which one came later
      Given the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates SDPs "Depot"
      And the next response for the CIS says "incomplete data" of "Depot"
      And "Lakeside" is told to request Universal SDP IDs of "Depot"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has asked twice for a Universal SDP ID of "Bakery"
      And the CIS has asked twice for a Universal SDP ID of "Depot"
      And the CIS has asked once for a Universal SDP ID of "Mill"

    # Nobody says that anything is put right: all are to be asked for that have none and are not being asked for.
    @USDP-18 @advice
    Scenario: One of two SDPs had incomplete data, and all that have no ID are to be asked for
      Given the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates SDPs "Depot"
      When "Lakeside" is told to request Universal SDP IDs
      Then the CIS has asked twice for a Universal SDP ID of "Bakery"
      And the CIS has asked once for a Universal SDP ID of "Depot"
      And the CIS has asked once for a Universal SDP ID of "Mill"

    @USDP-18 @advice
    Scenario: The second of two SDPs had incomplete data, and the CIS is started again before that is put right
      Given the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told that the problem is put right
      Then the CIS has asked twice for a Universal SDP ID of "Bakery"
      And the CIS has asked once for a Universal SDP ID of "Mill"

    @USDP-18 @advice
    Scenario: The response got lost on its way
      Given the next 2000 for the CIS gets lost
      And "Lakeside" is told to request Universal SDP IDs of "Bakery"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has asked twice for a Universal SDP ID of "Bakery"

    @USDP-18 @advice
    Scenario: The response got lost on its way, and the CIS is started again before people hear of it
      Given the next 2000 for the CIS gets lost
      And "Lakeside" is told to request Universal SDP IDs of "Bakery"
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told that the problem is put right
      Then the CIS has asked twice for a Universal SDP ID of "Bakery"
