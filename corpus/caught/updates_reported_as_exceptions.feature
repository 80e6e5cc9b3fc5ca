# Found by exploration. What it catches: IR07 lists what was updated, too, where that is less than twelve.
@SRP @SYNC
Feature: SRP-04 in a conversation that exploration found
  > IR07 lists every attribute that should have changed master data but failed, and nothing else.
  > About: P-Sync set 100 of ORG69751, TX_ID 75396296
  > Expected: IR07 says nothing else
  > Observed: it says vee_service of sdp 9754019757 from 2010-12-11: 2 -> 3

  @SRP-04
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 99
    And P-Sync set 100 of "Lakeside" lists "Mill" and "Bakery", with
      | of     | attribute   | value | from        | until |
      | Bakery | VEE service | 03    | 30 days ago |       |
    And set 100 of "Lakeside" arrives
    When it is Monday 02:15
    Then no rule SRP-04 is broken
