# Found by exploration. What it catches: IR06 comes only where something was updated.
@SRP @SYNC
Feature: SRP-01 in a conversation that exploration found
  > Every set whose synchronization completes, successfully or not, yields both IR06 and IR07.
  > About: I-Sync set 8 of ORG19290, TX_ID 82277545
  > Expected: IR06 for ORG19290 by 2011-01-10T00:17:57-05:00
  > Observed: none

  @SRP-01
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Depot" in I-Sync set 7
    And I-Sync set 8 of "Lakeside" changes
      | of    | attribute         | value  | from       | until |
      | Depot | framing structure | hourly | 2011-07-01 |       |
    And set 8 of "Lakeside" arrives
    When it is Saturday 10:14
    Then no rule SRP-01 is broken
