# Found by exploration. What it catches: IR04 is still produced.
@FTS
Feature: FTS-12 in a conversation that exploration found
  > Reports IR04 and IR05 are withdrawn: they are never produced.
  > About: IR04 for ORG11369
  > Expected: no report that was withdrawn
  > Observed: IR04

  @FTS-12
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99
    When it is Friday 23:59
    Then no rule FTS-12 is broken
