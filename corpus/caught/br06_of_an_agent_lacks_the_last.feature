# Found by exploration. What it catches: Of several records the agent's copy of BR06 lacks the last.
@BRP @REPORTS
Feature: BRP-10 in a conversation that exploration found
  > The LDC receives every BR report; an agent those it is authorised for.
  > About: BR06 about ORG66763 for ORG08526
  > Expected: request W8200127 of ORG08526, which failed at 2011-01-10T00:16:58-05:00
  > Observed: it is not told

  @BRP-10
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 5000
    And "Lakeside" has authorised "Northern Billing" to receive 6100
    And "Lakeside" has authorised "Northern Billing" to receive BR06
    And "Lakeside" has synchronized SDP "Depot" in I-Sync set 7
    And "Northern Billing" requests quantities off cycle on behalf of "Lakeside"
      | request | SDP   | from       | until      |
      | R1      | Depot | 2011-07-01 | 2011-07-02 |
    And "Northern Billing" requests quantities off cycle on behalf of "Lakeside"
      | request | SDP   | from       | until      |
      | R2      | Depot | 2011-07-01 | 2011-07-02 |
    When it is Sunday 23:29
    Then no rule BRP-10 is broken
