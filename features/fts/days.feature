@FTS @USDP @BILLING-ENERGY @SYNC @REPORTS
Feature: Files of days on which calendars are easily got wrong
  Clocks that customers live by are moved on 13 March and 6 November 2011. 1 January 2012 is a Sunday, of a week of the year
  before; 31 December 2012 is a Monday, of a week of the year after. The MDM/R's clock shows EST all year.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6

  Rule: The date-time of a name is that of the MDM/R's clock

    @FTS-01 @dated @uses:USDP-01 @uses:WIN-06
    Scenario Outline: Data files
      Given <passed> days have passed
      And "Mill" uses 10 Wh each hour from <day before> until <day>
      And it is <weekday> 12:10
      And "Lakeside" requests Universal SDP IDs for "Bakery"
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from         | until |
        | R1      | Mill | <day before> | <day> |
      And it is <weekday> 12:30
      And "Lakeside" has received 2000
      And "Lakeside" has received 6100
      Then the name of each 2000 of "Lakeside" is well formed, about "Lakeside"
      And the name of each 6100 of "Lakeside" is well formed, about "Lakeside"

      Examples: Two changes of clocks, leap day, and two turns of a year
        | case              | passed | day before | day        | weekday   |
        | clocks go forward | 62     | 2011-03-12 | 2011-03-13 | Sunday    |
        | clocks go back    | 300    | 2011-11-05 | 2011-11-06 | Sunday    |
        | a year begins     | 356    | 2011-12-31 | 2012-01-01 | Sunday    |
        | leap day          | 415    | 2012-02-28 | 2012-02-29 | Wednesday |
        | a year ends       | 721    | 2012-12-30 | 2012-12-31 | Monday    |

    @FTS-06 @dated @uses:SRP-01 @uses:BRP-04
    Scenario Outline: Reports
      Given <passed> days have passed
      And I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And it is <weekday> 09:30
      And set 7 arrives
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from         | until |
        | R1      | Mill | <day before> | <day> |
      And it is <weekday> 23:35
      And "Lakeside" has received IR06
      And "Lakeside" has received BR04
      Then the name of each IR06 of "Lakeside" is well formed, about "Lakeside"
      And the name of each BR04 of "Lakeside" is well formed, about "Lakeside"

      Examples: Two changes of clocks, leap day, and two turns of a year
        | case              | passed | day before | day        | weekday   |
        | clocks go forward | 62     | 2011-03-12 | 2011-03-13 | Sunday    |
        | clocks go back    | 300    | 2011-11-05 | 2011-11-06 | Sunday    |
        | a year begins     | 356    | 2011-12-31 | 2012-01-01 | Sunday    |
        | leap day          | 415    | 2012-02-28 | 2012-02-29 | Wednesday |
        | a year ends       | 721    | 2012-12-30 | 2012-12-31 | Monday    |
