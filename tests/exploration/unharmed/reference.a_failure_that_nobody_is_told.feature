# Found by exploration. That a P-Sync set failed to load is told to nobody, and what stood behind it is rejected.
@SEQ @SYNC
Feature: SEQ-05 in a conversation that exploration found
  When the missing predecessors have not arrived after the wait-time (1 hour), the held set is rejected and IR10
  says so.

  @SEQ-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And agent "Southern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 4000
    And "Lakeside" has authorised "Southern Billing" to submit 3000
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And P-Sync set 8 of "Lakeside" lists "Mill"
    And set 8 of "Lakeside" is submitted by "Southern Billing"
    And file 01 of set 8 of "Lakeside" is the one segment 02
    And another I-Sync set 9 of "Lakeside" changes
      | of   | attribute | value    | from  | until    |
      | Mill | city      | Oakville | today | tomorrow |
    And the other set 9 of "Lakeside" is submitted by "Northern Billing"
    And I-Sync set 10 of "Lakeside" lists "Mill"
    And set 8 of "Lakeside" arrives
    And the other set 9 of "Lakeside" arrives
    And set 10 of "Lakeside" arrives
    When it is Wednesday 21:46
    Then no rule SEQ-05 is broken
