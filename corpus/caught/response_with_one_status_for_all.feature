# Found by exploration. What it catches: Only the first record of a response has a status.
@USDP
Feature: USDP-01 in a conversation that exploration found
  > A 1000 request is a list of SDP IDs, each tied to the requesting LDC's organisation ID; the 2000 response
  > lists each of them with the Universal SDP ID assigned and a transaction status per SDP ID.
  > About: 2000 for ORG47569
  > Expected: field status: 2 characters
  > Observed: field-missing: ''

  @USDP-01
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 99
    When it is Friday 23:59
    Then no rule USDP-01 is broken
