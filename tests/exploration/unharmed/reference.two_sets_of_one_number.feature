# Found by exploration. An agent's set and its LDC's have one number, and come at one instant: whose comes first is open.
@SEQ @SYNC
Feature: SEQ-09 in a conversation that exploration found
  Any number of I-Sync sets may be submitted in a day; each is processed on receipt, in sequence.

  @SEQ-09
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 4000
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And I-Sync set 8 of "Lakeside" lists "Mill"
    And set 8 of "Lakeside" is submitted by "Northern Billing"
    And another I-Sync set 8 of "Lakeside" changes
      | of   | attribute         | value                     | from  | until    |
      | Mill | framing structure | hourly 60 rolling central | today | tomorrow |
    And set 8 of "Lakeside" arrives
    And the other set 8 of "Lakeside" arrives
    When it is Sunday 12:00
    Then no rule SEQ-09 is broken
