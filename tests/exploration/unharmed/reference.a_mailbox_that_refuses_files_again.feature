# Found by exploration. One outage of a mailbox goes over into another: what was refused comes when that is over, too.
@BRP @REPORTS
Feature: BRP-04 in a conversation that exploration found
  BR04 runs at 12:00 and 23:30 EST and lists the active billing requests of the given date, with what has become of each.

  @BRP-04
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to receive BR04
    And the mailbox of "Northern Billing" refuses files from Tuesday 07:30 until Wednesday 07:30
    And the mailbox of "Northern Billing" refuses files from Wednesday 07:00 until Thursday 07:00
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2010-12-16 | 2011-01-10 |
    When 7 days have passed
    Then no rule BRP-04 is broken
