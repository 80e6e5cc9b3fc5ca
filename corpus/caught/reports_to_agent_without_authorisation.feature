# Found by exploration. What it catches: A submitting agent receives IR06 and IR07, authorised or not.
@SRP @SYNC
Feature: SRP-06 in a conversation that exploration found
  > The LDC receives IR06 and IR07; an agent that submits the set receives them as well, for which the LDC has to
  > authorise it (FTS-14).

  @SRP-06
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 4000
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And I-Sync set 8 of "Lakeside" changes
      | of   | attribute | value      | from     | until |
      | Mill | account   | New tenant | tomorrow |       |
    And set 8 of "Lakeside" is submitted by "Northern Billing"
    And set 8 of "Lakeside" arrives
    When it is Tuesday 01:00
    Then no rule SRP-06 is broken
