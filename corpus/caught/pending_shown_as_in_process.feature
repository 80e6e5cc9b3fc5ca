# Found by exploration. What it catches: What was not yet processed is shown as in process.
@BRP @REPORTS
Feature: BRP-04 in a conversation that exploration found
  BR04 runs at 12:00 and 23:30 EST and lists the active billing requests of the given date, each with: request
  detail ID, read status, transaction status, insert time, export status, period start and end, window end,
  processing complete time.

  @BRP-04
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Southern Billing" is registered
    And "Lakeside" has authorised "Southern Billing" to submit 5000
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And it is Wednesday 23:01
    And "Southern Billing" requests quantities on cycle on behalf of "Lakeside"
      | request | SDP  | from       | until      |
      | R5      | Mill | 2011-01-09 | 2011-01-11 |
    When it is Thursday 07:30
    Then no rule BRP-04 is broken
