# Found by exploration. What it catches: The day of IR01 ends at 23:00, as on a daylight saving clock.
@USDP
Feature: USDP-12 in a conversation that exploration found
  Each further IR01 of the same calendar day repeats all summary records of that day's earlier IR01s; the next
  day starts afresh.

  @USDP-12
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And it is Monday 23:31
    And "Lakeside" requests Universal SDP IDs for 64 new SDPs
    And it is Tuesday 23:00
    And "Lakeside" requests Universal SDP IDs for 64 new SDPs
    When it is Saturday 00:01
    Then no rule USDP-12 is broken
