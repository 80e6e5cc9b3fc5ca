# Found by exploration. What it catches: BR01 counts all requests together, whatever their period.
@BRP @REPORTS
Feature: BRP-05 in a conversation that exploration found
  > BR01 runs with BR04 and summarises it: for each open window and period end date the total, pending, in
  > process, and in process without data; for status 00 data found, found and sent, found and delivery failed; for
  > the others request failed, failed and sent, failed and delivery failed.
  > About: BR01 about ORG62043 for ORG62043
  > Expected: window until 2011-07-06, period until 2011-07-02: 1 request_failed, 1 total; window until
  > 2011-07-06, period until 2011-07-04: 1 request_failed, 1 total
  > Observed: window until 2011-07-06, period until 2011-07-02: 2 request_failed, 2 total

  @BRP-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 5000
    And "Lakeside" has synchronized SDPs "Mill" and "Depot" in I-Sync set 7
    And "Northern Billing" requests quantities off cycle on behalf of "Lakeside"
      | request | SDP   | from       | until      |
      | R2      | Depot | 2011-07-01 | 2011-07-02 |
    And "Northern Billing" requests quantities on cycle on behalf of "Lakeside"
      | request | SDP  | from       | until      |
      | R5      | Mill | 2011-07-03 | 2011-07-04 |
    When it is Friday 08:00
    Then no rule BRP-05 is broken
