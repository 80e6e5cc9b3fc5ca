@SEQ @SYNC
Feature: Whose sets a sequence counts
  Two LDCs that submit for themselves never wait for each other. Whether an agent counts in the LDC's sequence, or in one
  of its own, is not said: an agent's first set has the number that is expected in both.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41

  Rule: A set waits for its own predecessors alone

    @SEQ-03
    Scenario: A held set of one LDC does not hold the other's
      Given I-Sync set 8 of "Lakeside" changes nothing
      And I-Sync set 42 of "Hilltop" changes nothing
      And it is Wednesday 10:00
      And set 8 of "Lakeside" arrives
      When set 42 of "Hilltop" arrives
      And it is Wednesday 10:01
      Then set 42 of "Hilltop" has been processed
      And set 8 of "Lakeside" has not been processed

    @SEQ-02 @uses:SEQ-05
    Scenario: The other LDC's set of that number is no predecessor
      Given I-Sync set 8 of "Lakeside" changes nothing
      And I-Sync set 42 of "Hilltop" changes nothing
      And I-Sync set 7 of "Lakeside" changes nothing
      And it is Wednesday 10:00
      And set 8 of "Lakeside" arrives
      And set 42 of "Hilltop" arrives
      And it is Wednesday 10:30
      When set 7 of "Lakeside" arrives
      And it is Wednesday 10:31
      Then set 8 of "Lakeside" has been processed

  Rule: An agent's sets count with the LDC's, or by themselves

    @SEQ-02 @AMB-34
    Scenario: The agent sends the set that is next in either sequence
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And I-Sync set 7 of "Lakeside" changes nothing
      And set 7 of "Lakeside" is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 of "Lakeside" arrives
      And it is Wednesday 10:01
      Then set 7 of "Lakeside" has been processed

    @SEQ-02 @AMB-34:per-ldc
    Scenario: The agent's set waits for the LDC's
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And I-Sync set 7 of "Lakeside" changes nothing
      And I-Sync set 8 of "Lakeside" changes nothing
      And set 8 of "Lakeside" is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 8 of "Lakeside" arrives
      And it is Wednesday 10:30
      And set 8 of "Lakeside" has not been processed
      When set 7 of "Lakeside" arrives
      And it is Wednesday 10:31
      Then set 8 of "Lakeside" has been processed

    @SEQ-02 @AMB-34:per-submitter
    Scenario: The agent's set does not wait for the LDC's
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And I-Sync set 8 of "Lakeside" changes nothing
      And set 8 of "Lakeside" is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 8 of "Lakeside" arrives
      And it is Wednesday 10:01
      Then set 8 of "Lakeside" has been processed
