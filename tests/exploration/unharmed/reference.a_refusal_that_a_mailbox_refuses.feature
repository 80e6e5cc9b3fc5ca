# Found by exploration. The agent may receive one of the two files that a response without quantities may come in, and
# its mailbox refuses that: BR04 says that delivery failed.
@BRP @REPORTS
Feature: BRP-04 in a conversation that exploration found
  BR04 runs at 12:00 and 23:30 EST and lists the active billing requests of the given date.

  @BRP-04
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 5000
    And "Lakeside" has authorised "Northern Billing" to receive 6100
    And the mailbox of "Northern Billing" refuses files from Thursday 07:30 until Friday 07:30
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99
    And it is Thursday 21:31
    And "Northern Billing" requests quantities on cycle on behalf of "Lakeside"
      | request | SDP  | from       | until      |
      | R5      | Mill | 2011-01-10 | 2011-01-12 |
    And 7 days have passed
    Then no rule BRP-04 is broken
