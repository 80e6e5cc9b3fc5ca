# Found by exploration. Whether what a mailbox refused at first was delivered before data changed is not said.
@BRP @REPORTS
Feature: BRP-09 in a conversation that exploration found
  BR03 lists quantities changed after delivery: an Event Period record for each SDP and affected billing period,
  at the level of events, with original, new, difference and percent change; interval changes or usage changes
  as the framing says.

  @BRP-09
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And the mailbox of "Lakeside" refuses files from Wednesday 10:14 until Thursday 10:14
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 1
    And it is Wednesday 10:00
    And "Mill" uses 12500 Wh each hour from 2012-02-04 until 2012-03-01
    And "Lakeside" requests quantities on cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2012-02-04 | 2012-02-29 |
    And it is Wednesday 23:01
    And "Mill" uses 12501 Wh each hour from 2012-02-04 until 2012-02-05
    When it is Tuesday 08:01
    Then no rule BRP-09 is broken
