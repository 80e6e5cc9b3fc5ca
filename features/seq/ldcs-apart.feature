@SEQ @SYNC
Feature: Each LDC has a sequence of its own
  Two LDCs never wait for each other.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41

  Rule: A set waits for its own LDC's predecessors alone

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

    @SEQ-02
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
