# Found by exploration. Whoever asked may not receive the 08, and the billing agent receives quantities: of which of both the
# reports tell is open.
@BRP @REPORTS
Feature: BRP-08 in a conversation that exploration found
  BR06 runs daily for delivery by 21:30 EST and lists requests whose quantities could not be delivered.

  @BRP-08
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 5000
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And "Mill" uses 1000 Wh each hour from 2011-01-05 until 2011-01-12
    And "Northern Billing" requests quantities off cycle on behalf of "Lakeside"
      | request | SDP  | from       | until      |
      | R2      | Mill | 2011-01-05 | 2011-01-06 |
    When it is Tuesday 23:59
    Then no rule BRP-08 is broken
