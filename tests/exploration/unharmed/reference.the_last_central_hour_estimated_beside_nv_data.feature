# Found by exploration. Of a Central SDP the last hour is estimated, which lies on the day after, where NV data is history.
@ODE @ODEST
Feature: ODE-02 in a conversation that exploration found
  It starts two business days after the billing window opens, for requests still active.

  @ODE-02
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 5000
    And "Lakeside" has authorised "Northern Billing" to receive 6200
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 2, with
      | of   | attribute         | value                     |
      | Mill | framing structure | hourly 60 rolling central |
      | Mill | VEE service       | 14                        |
      | Mill | billing agent     | Northern Billing          |
    And it is Wednesday 10:00
    And "Mill" uses 12500 Wh each hour from 2011-01-11 until 2011-01-12
    And "Mill" uses 12500 Wh each hour from 2011-01-10 until 2011-01-11, with status NV
    And "Northern Billing" requests quantities on cycle on behalf of "Lakeside"
      | request | SDP  | from       | until      |
      | R1      | Mill | 2011-01-10 | 2011-01-12 |
    And it is Monday 23:00
    And "Northern Billing" requests quantities off cycle on behalf of "Lakeside"
      | request | SDP  | from       | until      |
      | R2      | Mill | 2011-01-10 | 2011-01-12 |
    When it is Thursday 23:59
    Then no rule ODE-02 is broken
