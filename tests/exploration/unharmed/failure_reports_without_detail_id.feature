# Found by exploration. Of two requests for one period a record without a Request Detail ID may tell of either.
@BRP @REPORTS
Feature: BRP-07 in a conversation that exploration found
  BR05 runs daily for delivery by 23:30 EST and lists the responses that failed the sum check.

  @BRP-07
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99, with
      | of   | attribute         | value                     |
      | Mill | framing structure | hourly 60 rolling central |
      | Mill | VEE service       | 13                        |
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-12-26 | 2011-12-27 |
    And "Mill" uses 999 Wh each hour from 2011-12-25 until 2011-12-27
    And "Mill" uses 999 Wh each hour on 2011-12-27 until 23:00
    And the last 5000 of "Lakeside" is submitted again
    And the register of "Mill" reads
      | day        | time  | reading |
      | 2011-12-26 | 23:00 | 00100   |
      | 2011-12-27 | 01:00 | 00125   |
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R3      | Mill | 2011-12-26 | 2011-12-27 |
    When it is Thursday 07:59
    Then no rule BRP-07 is broken
