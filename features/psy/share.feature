@PSY @SYNC
Feature: The share of its SDPs that a P-Sync set leaves out lies between two whole per cents
  Of 51 SDPs 26 are 50.98 per cent. The profile's share is 50 per cent: assumed, for the slides name the check alone.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized 51 SDPs in I-Sync set 6
    And it is Wednesday 10:00

  Rule: A P-Sync set that would deactivate more than its share of the LDC's active SDPs is stopped

    @PSY-05 @AMB-17:stopped-whole
    Scenario: 26 of 51 are left out
      Given P-Sync set 7 lists 25 of them
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 says "stopped at threshold"
      And IR06 of set 7 shows nothing

    @PSY-05 @AMB-17:refused-at-load
    Scenario: A set that leaves out 26 of 51 fails to load
      Given P-Sync set 7 lists 25 of them
      When set 7 arrives
      And set 7 has had its time
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed
