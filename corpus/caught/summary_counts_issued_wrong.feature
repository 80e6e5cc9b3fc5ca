# Found by exploration. What it catches: IR01 counts one issued ID too many.
@USDP
Feature: USDP-13 in a conversation that exploration found
  > An IR01 summary record counts requested, issued, already issued, exceptions for an invalid LDC organisation
  > ID, and exceptions for incomplete data; issued + already issued + exceptions = requested.
  > About: request ORG80740.ORG80740.1000.00.20110110000000.DAT
  > Expected: ('requested', 'issued', 'already_issued', 'invalid_organisation', 'incomplete_data'): [1, 1, 0, 0,
  > 0], as the response says
  > Observed: [2, 2, 0, 0, 0]

  @USDP-13
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 99
    When it is Friday 23:59
    Then no rule USDP-13 is broken
