# Found by exploration. What it catches: IR06 leaves the last update out, where there are fewer than twelve.
@SRP @SYNC
Feature: SRP-03 in a conversation that exploration found
  > IR06 lists every attribute that changed master data, and none that was submitted with the value already held.
  > About: P-Sync set 100 of ORG20056, TX_ID 80558638
  > Expected: IR06 says vee_service of sdp 6309009670 from 2010-12-11: 2 -> 3
  > Observed: it does not

  @SRP-03
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 99
    And P-Sync set 100 of "Lakeside" lists "Mill" and "Bakery", with
      | of     | attribute   | value | from        | until |
      | Bakery | VEE service | 03    | 30 days ago |       |
    And set 100 of "Lakeside" arrives
    When it is Monday 02:15
    Then no rule SRP-03 is broken
