@PSY @SYNC
Feature: A P-Sync set that lists nothing leaves all SDPs out
  The one SDP of an LDC is a hundred per cent of them. The profile's share is 50 per cent: assumed, for the slides name the
  check alone.

  Background:
    Given LDC "Ridge" is registered
    And "Ridge" has synchronized SDP "Cabin" in I-Sync set 3
    And it is Wednesday 10:00
    And P-Sync set 4 changes nothing

  Rule: A P-Sync set that would deactivate more than its share of the LDC's active SDPs is stopped

    @PSY-05 @AMB-17:stopped-whole
    Scenario: The only SDP is left out
      When set 4 arrives
      And set 4 has had its time
      Then IR06 of set 4 says "stopped at threshold"
      And IR06 of set 4 shows nothing

    @PSY-05 @AMB-17:refused-at-load
    Scenario: A set that leaves the only SDP out fails to load
      When set 4 arrives
      And set 4 has had its time
      Then IR14 of set 4 says "failed"
      And set 4 has not been processed
