# Found by exploration. What it catches: 6000 lacks its End Of File record.
@FTS
Feature: FTS-09 in a conversation that exploration found
  > Response files 2000.01, 6000.01, 6100.01, 6200.01 and reports IR06.02, IR07.02 close with an End Of File
  > record, so that a file cut short is recognised.
  > About: 6000 for ORG06775
  > Expected: an End Of File record last, which counts the details
  > Observed: ORG06775.ORG06775.6000.01.20110804080000.DAT: ERROR end-of-file-missing: found no End Of File
  > record, expected an End Of File record, EF, last: the file is cut

  @FTS-09
  Scenario: The smallest conversation that was found
    Given the first day is 2011-08-01
    And LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 2, with
      | of   | attribute         | value    |
      | Mill | framing structure | periodic |
    And "Lakeside" requests quantities on cycle
      | request | SDP  | from       | until      |
      | R2      | Mill | 2011-07-30 | 2011-07-31 |
    When it is Saturday 23:59
    Then no rule FTS-09 is broken
