# Found by exploration. What BR06 told of a pushed response, without a Request Detail ID, may be taken for another's.
@BRP @REPORTS
Feature: BRP-08 in a conversation that exploration found
  BR06, daily by 21:30 EST, lists each request whose quantities could not be delivered that day, with the period
  end date and the status: the list of what to submit again.

  @BRP-08
  Scenario: The smallest conversation that was found
    Given the first day is 2012-02-27
    And LDC "Riverbend" is registered
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 1, with
      | of   | attribute         | value                     |
      | Mill | framing structure | hourly 60 rolling central |
    And "Riverbend" submits a billing cycle schedule
      | cycle | from       | until      |
      | C1    | 2012-02-23 | 2012-03-01 |
    And it is Sunday 23:00
    And "Mill of Riverbend" uses, each 30 minutes of the days from 2012-02-23 until 2012-03-01
      | hours | Wh    | varh  |
      | 00-07 | 1000  | 40    |
      | 07-11 | 0     | 1     |
      | 11-17 | 999   | 12600 |
      | 17-19 | 12345 | 5     |
      | 19-24 | 30    | 30    |
    And "Riverbend" requests quantities on cycle
      | request | SDP  | from       | until      |
      | R2      | Mill | 2012-02-23 | 2012-03-01 |
    And it is Wednesday 21:29
    When it is Sunday 23:59
    Then no rule BRP-08 is broken
