# Found by exploration. What it catches: A new meter without an end is passed over where the SDP has, or had, one.
@ISY @SYNC
Feature: ISY-10 in a conversation that exploration found
  > Business scenario: meter change. Its minimum data includes the communication module asset and the meter-to-
  > communication-module relationship.
  > About: I-Sync set 4 of ORG15275, TX_ID 70551739
  > Expected: IR06 says sdp_to_meter of sdp 2230789425 from 2011-01-10: L7597423 -> R4923984; sdp_to_meter of sdp
  > 2489779797 from 2011-01-10: R4923984 -> L7597423
  > Observed: it does not

  @ISY-10
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 1
    And I-Sync set 2 of "Lakeside" changes
      | of     | attribute         | value                      | from     | until |
      | Bakery | framing structure | TOU/CPP 15 rolling eastern | tomorrow |       |
    And I-Sync set 3 of "Lakeside" changes
      | of   | attribute     | value | from        | until |
      | Mill | billing cycle | C1    | 30 days ago |       |
    And I-Sync set 4 of "Lakeside" changes
      | of           | attribute            | value         | from     | until |
      | Bakery       | meter                | Mill meter    | today    |       |
      | Mill         | meter                | Bakery meter  | today    |       |
      | Bakery meter | communication module | Bakery module | long ago |       |
      | Mill meter   | communication module | Mill module   | long ago |       |
    And set 4 of "Lakeside" carries the asset of communication module "Bakery module"
    And set 4 of "Lakeside" carries the asset of communication module "Mill module"
    And set 3 of "Lakeside" arrives
    And set 2 of "Lakeside" arrives
    And set 4 of "Lakeside" arrives
    When it is Monday 21:30
    Then no rule ISY-10 is broken
