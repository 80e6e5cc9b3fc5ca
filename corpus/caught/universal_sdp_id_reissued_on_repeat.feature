# Found by exploration. What it catches: Asking again issues another Universal SDP ID.
@USDP
Feature: USDP-03 in a conversation that exploration found
  > A Universal SDP ID stays with its (LDC, SDP ID) pair for ever: asking again returns the same ID with the
  > status 'already issued' and issues no new one.
  > About: SDP ID LV-935784 of ORG92120
  > Expected: already issued: 3515033178
  > Observed: issued: 5421320330

  @USDP-03
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" requests Universal SDP IDs for "Annex"
    And "Lakeside" requests Universal SDP IDs for "Annex"
    When it is Friday 08:05
    Then no rule USDP-03 is broken
