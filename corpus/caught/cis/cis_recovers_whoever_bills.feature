# Found by exploration. What it catches: responses that got lost are recovered whoever bills
@BSV @CIS-BILLING
Feature: BSV-08 in a conversation that exploration found
  > A requester that is not the SDP's billing agent gets Transaction Status 08 and no quantities for that SDP; the
  > file's other SDPs are not affected.
  > About: 5000 of ORG08140
  > Expected: requests for SDPs alone whose billing agent is ORG08140 (Lakeside) within the period
  > Observed: 0U-796040 (Mill), whose billing agent is ORG58952 (Northern Billing)

  @BSV-08
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill", known to the MDM/R
    And "Mill" is metered at 0 Wh each hour from 2010-12-11 to 2011-01-10
    And "Lakeside" is told to request quantities of "Mill" from 2010-12-11 to 2011-01-10, off cycle
    And the CIS and the MDM/R have come to rest
    And "Lakeside" puts on record
      | of   | attribute     | value            | from       |
      | Mill | billing agent | Northern Billing | 2010-11-11 |
    And "Lakeside" is told that the first response about "Mill" got lost
    Then no rule BSV-08 is broken
