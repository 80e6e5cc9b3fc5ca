# Found by exploration. What was estimated for one request is data of the SDP, and so of the period of another.
@BRP @REPORTS
Feature: BRP-04 in a conversation that exploration found
  BR04 lists each active request with its statuses and times.

  @BRP-04
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 2, with
      | of   | attribute   | value |
      | Mill | VEE service | 13    |
    And "Mill" uses 12500 Wh each hour from 2010-12-05 until 2011-01-09
    And "Lakeside" requests quantities on cycle
      | request | SDP  | from       | until      |
      | R6      | Mill | 2011-01-09 | 2011-01-12 |
    And it is Tuesday 00:31
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R7      | Mill | 2011-01-11 | 2011-01-14 |
    When it is Tuesday 00:01
    Then no rule BRP-04 is broken
