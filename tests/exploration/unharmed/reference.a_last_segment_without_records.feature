# Found by exploration. Of four records over three segments the last one has none: what is put elsewhere is of the second.
@STL @SYNC
Feature: STL-01 in a conversation that exploration found
  The staging table loader checks file sequence, syntax and logic of every set.

  @STL-01
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 7
    And I-Sync set 8 of "Lakeside" lists "Mill"
    And file 04 of set 8 of "Lakeside" is split into segments 01, 02 and 03
    And the last record of file 04 of set 8 of "Lakeside" stands in file 05
    And set 8 of "Lakeside" arrives
    When it is Sunday 12:00
    Then no rule STL-01 is broken
