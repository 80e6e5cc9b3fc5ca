@USDP @CIS-USDP @CIS-SYNC
Feature: An SDP ID stands for one SDP of its LDC, physical or virtual

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: The CIS never gives one SDP ID to two SDPs: it stands beside one Universal SDP ID alone

    @USDP-17
    Scenario: Two SDPs, and a virtual one that aggregates them
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then in the file sets of the CIS each SDP ID of "Lakeside" has one Universal SDP ID alone

    @USDP-17
    Scenario: So many SDPs that some of their IDs are much alike
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then in the file sets of the CIS each SDP ID of "Lakeside" has one Universal SDP ID alone

    @USDP-17
    Scenario: An SDP that comes later
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates SDPs "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then in the file sets of the CIS each SDP ID of "Lakeside" has one Universal SDP ID alone

    @USDP-17
    Scenario: An SDP that comes after another was given up
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" gives up SDPs "Bakery" as of today
      And "Lakeside" creates SDPs "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then in the file sets of the CIS each SDP ID of "Lakeside" has one Universal SDP ID alone
