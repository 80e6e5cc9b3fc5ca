# Found by exploration. An IR01 that a mailbox refused comes after one of a later run, and tells what was so before it.
@USDP
Feature: USDP-12 in a conversation that exploration found
  Each further IR01 of the same calendar day repeats all summary records of that day's earlier IR01s; the next day
  starts afresh.

  @USDP-12
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 1000
    And "Lakeside" has authorised "Northern Billing" to receive IR01
    And the mailbox of "Northern Billing" refuses files from Wednesday 23:29 until Thursday 00:29
    And it is Thursday 00:00
    And "Northern Billing" requests Universal SDP IDs for "Bakery" on behalf of "Lakeside"
    And it is Thursday 23:30
    And "Northern Billing" submits a request on behalf of "Lakeside" with these lines
      | LDC      | SDP     |
      | Lakeside | Harbour |
    When it is Friday 21:30
    Then no rule USDP-12 is broken
