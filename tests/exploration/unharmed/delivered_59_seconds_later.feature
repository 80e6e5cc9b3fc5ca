# Found by exploration. What answers a request that came twice is not taken for what another recovers.
@BSV @BILLING-ENERGY
Feature: BSV-10 in a conversation that exploration found
  Request Version Date Time recovers a response delivered before, unchanged even where the data has changed
  since.

  @BSV-10
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 5000
    And "Lakeside" has authorised "Northern Billing" to receive 6100
    And "Lakeside" has synchronized SDP "Depot" in I-Sync set 7
    And it is Wednesday 10:00
    And "Northern Billing" requests quantities off cycle on behalf of "Lakeside"
      | request | SDP   | from       | until      |
      | R1      | Depot | 2011-01-10 | 2011-01-11 |
    And it is Thursday 00:00
    And the response to "R1" of Thursday 00:00 is requested again, as "R2"
    And the last 5000 of "Northern Billing" is submitted again
    And the response to "R1" of Friday 20:29 is requested again, as "R7"
    When it is Sunday 23:30
    Then no rule BSV-10 is broken
