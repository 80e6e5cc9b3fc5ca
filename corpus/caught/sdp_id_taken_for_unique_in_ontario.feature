# Found by exploration. What it catches: One SDP ID of two LDCs gets one Universal SDP ID.
@USDP
Feature: USDP-05 in a conversation that exploration found
  The same SDP ID used by two LDCs gets two different Universal SDP IDs.

  @USDP-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And LDC "Riverbend" is registered
    And "Lakeside" requests Universal SDP IDs for "Mill"
    And "Riverbend" requests Universal SDP IDs for "Mill"
    When it is Monday 12:00
    Then no rule USDP-05 is broken
