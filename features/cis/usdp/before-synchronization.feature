@USDP @CIS-USDP
Feature: Nothing is synchronized of an SDP before it has its Universal SDP ID

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"

  Rule: A CIS holds an SDP back until the response has come that gives it its ID

    # A CIS that sends no set at all as long as one SDP waits keeps this rule too.

    @USDP-15 @CIS-SYNC
    Scenario: The response gets lost on its way
      Given the next 2000 for the CIS gets lost
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

    @USDP-15 @CIS-SYNC
    Scenario: An SDP was not asked for yet
      Given "Lakeside" is told to request Universal SDP IDs of "Mill"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

    @USDP-15 @CIS-SYNC
    Scenario: An audit is due before one of two SDPs was asked for
      Given "Lakeside" is told to request Universal SDP IDs of "Mill"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

    @USDP-15 @CIS-SYNC @uses:FTS-09
    Scenario: The response comes cut short, and not yet whole
      Given the next 2000 for the CIS comes cut short
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

    @USDP-15 @CIS-SYNC
    Scenario: One of two SDPs gets an exception
      Given the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

    @USDP-15 @CIS-SYNC
    Scenario: One of two SDPs that a virtual SDP aggregates gets an exception
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

  Rule: Once it has its ID, the SDP is created by synchronization, under that ID

    @USDP-20 @CIS-SYNC
    Scenario: Two new SDPs have been given their IDs
      Given "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: More than a hundred new SDPs have been given their IDs
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "SDP 1", "SDP 100", "SDP 101" and "SDP 120" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: The first of three SDPs gets an exception, and the others get their IDs
      Given "Lakeside" creates SDPs "Depot"
      And the next response for the CIS says "incomplete data" of "Mill"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to request Universal SDP IDs of "Mill"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill", "Bakery" and "Depot" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: The CIS is started again once the IDs have come
      Given "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: The response comes late
      Given the next 2000 for the CIS comes 90 minutes late
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC @uses:FTS-09
    Scenario: The response comes cut short, and later whole
      Given the next 2000 for the CIS comes cut short, and 30 minutes later whole
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: The response says of one of two IDs that it had been issued before
      Given the next response for the CIS says "already issued" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: A second response comes on the day of the first
      Given "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates SDPs "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill", "Bakery" and "Depot" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: A response comes after another request was made
      Given the next 2000 for the CIS comes 90 minutes late
      And "Lakeside" is told to request Universal SDP IDs
      And "Lakeside" creates SDPs "Depot"
      And "Lakeside" is told to request Universal SDP IDs of "Depot"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill", "Bakery" and "Depot" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: An SDP gets its ID when it is asked for a second time
      Given the next response for the CIS says "incomplete data" of "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to request Universal SDP IDs of "Bakery"
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill" and "Bakery" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: So many new SDPs that their IDs may come in several responses
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "SDP 1", "SDP 60" and "SDP 120" under the Universal SDP IDs that they were given

    @USDP-20 @CIS-SYNC
    Scenario: The response lists the SDPs in another order than that in which they were asked for
      Given "Lakeside" creates SDPs "Depot"
      And the next 2000 for the CIS lists its records in the opposite order
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill", "Bakery" and "Depot" under the Universal SDP IDs that they were given
