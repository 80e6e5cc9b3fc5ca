# Found by exploration. What it catches: IR14 lists the first finding only.
@STL @SYNC
Feature: STL-05 in a conversation that exploration found
  IR14 reports all errors and all warnings of the set, not only the first, whether the load succeeds or fails.

  @STL-05
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And I-Sync set 8 of "Lakeside" changes
      | of   | attribute         | value    | from     | until |
      | Mill | framing structure | periodic | tomorrow |       |
    And the last record of file 03 of set 8 of "Lakeside" stands in file 01
    And set 8 of "Lakeside" arrives
    When it is Monday 21:31
    Then no rule STL-05 is broken
