# Found by exploration. What it catches: A sub-period is delivered while another lacks data.
@SEG @BILLING-ENERGY
Feature: SEG-04 in a conversation that exploration found
  Several events give several sub-periods; two events on one day split once. Sub-periods cover the requested
  period without gap or overlap, and their energy quantities add up to the undivided quantity.

  @SEG-04
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 1
    And I-Sync set 2 of "Lakeside" changes
      | of   | attribute         | value    | from       | until |
      | Mill | framing structure | periodic | 2010-12-28 |       |
    And set 2 of "Lakeside" arrives
    And "Mill" uses 12500 Wh each hour from 2010-12-25 until 2010-12-29
    And it is Monday 10:00
    And "Lakeside" requests quantities off cycle
      | request | SDP  | from       | until      |
      | R1      | Mill | 2010-12-26 | 2010-12-31 |
    When it is Monday 23:59
    Then no rule SEG-04 is broken
