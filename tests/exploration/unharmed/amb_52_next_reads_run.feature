# A file set that comes before the run of the Billing Reads Processor is in force when that reads the request.
@BQ @BILLING-ENERGY
Feature: BQ-11 in a conversation that was made by hand
  TOU/CPP and Periodic energy is delivered in 6000, Hourly energy in 6100, demand in 6200.

  @BQ-11
  Scenario: A framing structure that changes between request and run
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And "Mill" uses 1000 Wh each hour from 2011-01-05 until 2011-01-12
    And I-Sync set 8 of "Lakeside" changes
      | of   | attribute         | value    | from       | until |
      | Mill | framing structure | periodic | 2011-01-06 |       |
    And it is Wednesday 09:01
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R2      | Mill | 2011-01-05 | 2011-01-08 |
    And it is Wednesday 09:03
    And set 8 of "Lakeside" arrives
    When it is Thursday 23:59
    Then no rule BQ-11 is broken
