# Found by exploration. What it catches: Christmas Day is taken for a business day.
@WIN @BILLING-ENERGY
Feature: WIN-01 in a conversation that exploration found
  The billing window is three business days after the last day of the requested period; weekends and holidays do
  not count.

  @WIN-01
  Scenario: The smallest conversation that was found
    Given the first day is 2012-12-24
    And LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And "Lakeside" submits a billing cycle schedule
      | cycle | from       | until      |
      | C1    | 2012-11-29 | 2012-12-24 |
    When it is Friday 23:59
    Then no rule WIN-01 is broken
