# Found by exploration. A mailbox refuses a response, and BR04 of the day on which its window ends, until both have ended.
@TXS @BILLING-ENERGY
Feature: TXS-05 in a conversation that exploration found
  The status in the response and the status in BR04 for the same request agree.

  @TXS-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And the mailbox of "Lakeside" refuses files from Wednesday 10:00 until Thursday 10:00
    And the mailbox of "Lakeside" refuses files from Tuesday 21:30 until Wednesday 21:30
    And "Lakeside" has synchronized SDP "Bakery" in I-Sync set 99, with
      | of     | attribute   | value |
      | Bakery | VEE service | 14    |
    And "Bakery" uses 12500 Wh each hour from 2011-01-02 until 2011-01-09
    And "Lakeside" requests quantities on cycle
      | request | SDP    | from       | until      |
      | R1      | Bakery | 2011-01-03 | 2011-01-10 |
    When it is Saturday 23:00
    Then no rule TXS-05 is broken
