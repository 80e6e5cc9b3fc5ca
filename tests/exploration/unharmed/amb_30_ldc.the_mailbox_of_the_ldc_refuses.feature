# What an agent may not receive goes to its LDC, whose mailbox refuses files: it comes when that takes them again.
@USDP
Feature: USDP-11 in a conversation that exploration found
  The assignment process runs every 15 minutes; the requests processed in one run share one IR01, with one
  summary record for each request file.

  @USDP-11
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And agent "Northern Billing" is registered
    And "Riverbend" has authorised "Northern Billing" to submit 1000
    And the mailbox of "Riverbend" refuses files from Wednesday 11:59 until Thursday 11:59
    And it is Wednesday 23:30
    And "Northern Billing" requests Universal SDP IDs for "Bakery" on behalf of "Riverbend"
    When it is Monday 07:44
    Then no rule USDP-11 is broken
