# Found by exploration. What it catches: No component may leave a virtual SDP.
@SYN @SYNC
Feature: SYN-13 in a conversation that exploration found
  > A virtual SDP aggregates two or more physical SDPs, given in file 07.

  @SYN-13
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery" and "Depot" in I-Sync set 99
    And I-Sync set 100 of "Lakeside" changes
      | of    | attribute | value  | from     | until      |
      | Tower | component | Mill   | long ago |            |
      | Tower | component | Bakery | long ago |            |
      | Tower | component | Depot  | long ago | in 10 days |
    And set 100 of "Lakeside" carries the asset of virtual SDP "Tower"
    And it is Monday 10:00
    And "Lakeside" requests Universal SDP IDs for "Tower"
    And it is Monday 10:16
    And set 100 of "Lakeside" arrives
    When it is Monday 10:17
    Then no rule SYN-13 is broken
