# A request that is read and answered in the very instant of a report may be missing in it: no slide orders the two.
@BRP @REPORTS
Feature: BRP-04 in a conversation that was made by hand
  BR04 runs at 12:00 and 23:30 EST and lists the active billing requests of the given date, each with: request detail ID, read status, transaction status, insert time, export status, period start and end, window end, processing complete time.

  @BRP-04
  Scenario: A request that the run at noon reads and answers
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And "Mill" uses 1000 Wh each hour from 2011-01-05 until 2011-01-10
    And it is Tuesday 11:59
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-05 | 2011-01-10 |
    When it is Thursday 23:59
    Then no rule BRP-04 is broken
