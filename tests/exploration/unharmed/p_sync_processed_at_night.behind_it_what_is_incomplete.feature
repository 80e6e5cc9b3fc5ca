# Found by exploration. Behind a P-Sync set that is put off, a set that lacks a mandatory file is rejected for that.
@SEQ @SYNC
Feature: SEQ-06 in a conversation that exploration found
  When not all files of a set have arrived after the wait-time (1 hour), the set is rejected and IR10 says so.

  @SEQ-06
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 2
    And I-Sync set 3 of "Lakeside" changes nothing
    And P-Sync set 4 of "Lakeside" lists "Bakery"
    And another P-Sync set 5 of "Lakeside" lists "Bakery"
    And the manifest of the other set 5 of "Lakeside" does not list file 05
    And set 3 of "Lakeside" arrives
    And set 4 of "Lakeside" arrives
    And the other set 5 of "Lakeside" arrives
    When it is Friday 21:31
    Then no rule SEQ-06 is broken
