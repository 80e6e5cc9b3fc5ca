@SEQ @SYNC
Feature: A set is rejected when what is missing stays away for an hour
  The wait-time is an hour. A set that is incomplete, or held behind a missing one, is then rejected, and IR10 says so.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to receive IR10
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6

  Rule: A held set is rejected when its predecessors have not arrived after the wait-time

    @SEQ-05 @AMB-06
    Scenario: The predecessor does not come within the hour
      Given I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8
      And set 8 has not been processed

    @SEQ-05 @AMB-06
    Scenario: Of two LDCs each is told of its own set
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 3
      And I-Sync set 8 changes nothing
      And I-Sync set 5 of "Hilltop" changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And set 5 of "Hilltop" arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8
      And "Hilltop" has received IR10 for set 5 of "Hilltop"

    @SEQ-05 @AMB-06 @AMB-22:number-stays
    Scenario: The predecessor comes, fails to load, and does not come again
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And record 1 of file 04 of set 7 lacks its last field
      And I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And set 7 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8
      And set 8 has not been processed

    @SEQ-05 @AMB-06
    Scenario: A P-Sync set is held, and its predecessor does not come
      Given P-Sync set 8 lists "Mill"
      And it is Wednesday 10:00
      And set 8 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8
      And set 8 has not been processed

    @SEQ-05 @AMB-06
    Scenario: Not a minute before the hour is over
      Given I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      When it is Wednesday 10:59
      Then nobody has received IR10

    @SEQ-05 @AMB-06
    Scenario: Two held sets, each on its own clock
      Given I-Sync set 8 changes nothing
      And I-Sync set 9 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 10:40
      And set 9 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8
      And nobody has received IR10 for set 9

    @SEQ-05 @AMB-06:from-first-file
    Scenario: The hour of a held set runs from its first file
      Given I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives without file 05
      And it is Wednesday 10:40
      And file 05 of set 8 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8

    @SEQ-05 @AMB-06
    Scenario: The predecessor comes when the hour is over
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 11:02
      When set 7 arrives
      And it is Wednesday 11:03
      Then "Lakeside" has received IR10 for set 8
      And set 8 has not been processed

    @SEQ-05 @AMB-06
    Scenario Outline: The hour of a held set is an hour on every day
      Given I-Sync set 8 changes nothing
      And it is <day> 10:00
      And set 8 arrives
      When it is <day> 11:00
      Then "Lakeside" has received IR10 for set 8

      Examples: Both days of a weekend
        | day      |
        | Saturday |
        | Sunday   |

    @SEQ-05 @AMB-06
    Scenario: A set that is far ahead
      Given I-Sync set 57 changes nothing
      And it is Wednesday 10:00
      And set 57 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 57

    @SEQ-05 @AMB-05 @AMB-06
    Scenario: A second set is held, and rejected as well
      Given I-Sync set 8 changes nothing
      And I-Sync set 12 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 12:00
      And set 12 arrives
      When it is Wednesday 13:00
      Then "Lakeside" has received IR10 for set 8
      And "Lakeside" has received IR10 for set 12

    @SEQ-05 @AMB-05:number-stays @AMB-06
    Scenario: Two held sets that came together
      Given I-Sync set 8 changes nothing
      And I-Sync set 9 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And set 9 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8
      And "Lakeside" has received IR10 for set 9

    @SEQ-05 @AMB-06 @AMB-34
    Scenario: An agent's set is held, and its predecessor does not come
      Given I-Sync set 7 changes nothing
      And set 7 is submitted by "Metering Partners"
      And I-Sync set 9 changes nothing
      And set 9 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      And set 9 arrives
      When it is Wednesday 11:00
      Then "Metering Partners" has received IR10 for set 9

  Rule: A set whose files have not all arrived after the wait-time is rejected

    @SEQ-06 @AMB-06
    Scenario: A file is missing for an hour
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7
      And set 7 has not been processed

    @SEQ-06 @AMB-06
    Scenario: A file of a P-Sync set is missing for an hour
      Given P-Sync set 7 lists "Mill"
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7
      And set 7 has not been processed

    @SEQ-06 @AMB-06
    Scenario Outline: The hour is an hour on every day
      Given I-Sync set 7 changes nothing
      And it is <day> 10:00
      And set 7 arrives without file 03
      When it is <day> 11:00
      Then "Lakeside" has received IR10 for set 7

      Examples: Both days of a weekend
        | day      |
        | Saturday |
        | Sunday   |

    @SEQ-06 @AMB-06
    Scenario: The missing file comes in the last minute
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      And it is Wednesday 10:59
      When file 03 of set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has been processed
      And nobody has received IR10

    @SEQ-06 @AMB-06
    Scenario: The hour goes over midnight
      Given I-Sync set 7 changes nothing
      And it is Wednesday 23:40
      And set 7 arrives without file 03
      And it is Thursday 00:39
      When file 03 of set 7 arrives
      And it is Thursday 01:40
      Then set 7 has been processed
      And nobody has received IR10

    # Clocks that customers live by are moved in the small hours of 13 March and 6 November 2011.
    @SEQ-06 @AMB-06 @dated
    Scenario Outline: The hour of a night on which calendars are easily got wrong
      Given <passed> days have passed
      And I-Sync set 7 changes nothing
      And it is <day> <first>
      And set 7 arrives without file 03
      When it is <next> <over>
      Then "Lakeside" has received IR10 for set 7

      Examples: 31 January, 31 December, and two changes of clocks
        | case              | passed | day      | first | next    | over  |
        | a month ends      | 20     | Monday   | 23:40 | Tuesday | 00:40 |
        | a year ends       | 354    | Saturday | 23:40 | Sunday  | 00:40 |
        | clocks go forward | 61     | Sunday   | 01:30 | Sunday  | 02:30 |
        | clocks go back    | 299    | Sunday   | 00:30 | Sunday  | 01:30 |

    @SEQ-06 @AMB-06 @dated
    Scenario Outline: The missing file comes in the last minute of such an hour
      Given <passed> days have passed
      And I-Sync set 7 changes nothing
      And it is <day> <first>
      And set 7 arrives without file 03
      And it is <next> <last>
      When file 03 of set 7 arrives
      And it is <next> 03:00
      Then set 7 has been processed
      And nobody has received IR10

      Examples: 31 January, 31 December, and two changes of clocks
        | case              | passed | day      | first | next    | last  |
        | a month ends      | 20     | Monday   | 23:40 | Tuesday | 00:39 |
        | a year ends       | 354    | Saturday | 23:40 | Sunday  | 00:39 |
        | clocks go forward | 61     | Sunday   | 01:30 | Sunday  | 02:29 |
        | clocks go back    | 299    | Sunday   | 00:30 | Sunday  | 01:29 |

    @SEQ-06 @AMB-06:from-first-file
    Scenario: The wait-time runs from the first file, not from the last
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And file 01 of set 7 arrives
      And it is Wednesday 10:50
      And file 02 of set 7 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7

    @SEQ-06 @AMB-06:from-last-file
    Scenario: The wait-time runs from the last file that came
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And file 01 of set 7 arrives
      And it is Wednesday 10:50
      And set 7 arrives without file 05
      And it is Wednesday 11:30
      And file 05 of set 7 arrives
      When it is Wednesday 12:30
      Then set 7 has been processed
      And nobody has received IR10

    @SEQ-06 @AMB-06:from-last-file
    Scenario: The hour after the last file that came is over
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And file 01 of set 7 arrives
      And it is Wednesday 10:50
      And set 7 arrives without file 05
      When it is Wednesday 11:50
      Then "Lakeside" has received IR10 for set 7

    @SEQ-06 @AMB-06
    Scenario: The manifest itself is missing
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 00
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7

    @SEQ-06 @AMB-06
    Scenario: One of several segments is missing
      Given I-Sync set 7 changes nothing
      And file 01 of set 7 is split into segments 01, 02 and 03
      And it is Wednesday 10:00
      And set 7 arrives without segment 02 of file 01
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7

    @SEQ-06 @AMB-06
    Scenario: Not a minute before the hour of an incomplete set is over
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      When it is Wednesday 10:59
      Then nobody has received IR10

    @SEQ-06 @AMB-06
    Scenario Outline: One file alone has come
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And file <file> of set 7 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7

      Examples: The manifest, and another
        | file |
        | 00   |
        | 02   |

    @SEQ-06 @AMB-06:from-first-file
    Scenario: The wait-time does not run from the manifest
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And file 01 of set 7 arrives
      And it is Wednesday 10:20
      And file 00 of set 7 arrives
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7

    @SEQ-06 @AMB-06 @AMB-34
    Scenario: A file of an agent's set is missing for an hour
      Given I-Sync set 7 changes nothing
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      When it is Wednesday 11:00
      Then "Metering Partners" has received IR10 for set 7

    @SEQ-06 @AMB-05 @AMB-06
    Scenario: A file is missing of a set whose predecessor is missing as well
      Given I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives without file 03
      When it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 8

    @SEQ-06 @AMB-05 @AMB-06
    Scenario: A file of the next set is missing as well
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      And it is Wednesday 12:00
      And set 8 arrives without file 03
      When it is Wednesday 13:00
      Then "Lakeside" has received IR10 for set 7
      And "Lakeside" has received IR10 for set 8

    @SEQ-06 @AMB-05:number-stays @AMB-06
    Scenario: A file of a second set with that number is missing as well
      Given I-Sync set 7 changes nothing
      And another I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      And it is Wednesday 12:00
      And file 00 of the other set 7 arrives
      When it is Wednesday 13:00
      Then "Lakeside" has received IR10 for set 7
      And "Lakeside" has received IR10 for the other set 7

  Rule: IR10 is produced only on a rejection

    @SEQ-07 @uses:SEQ-05
    Scenario: Not for a set that is merely held
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 10:30
      When set 7 arrives
      And it is Wednesday 13:00
      Then nobody has received IR10

    @SEQ-07
    Scenario: Not for a set that is processed at once
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 13:00
      Then nobody has received IR10

    @SEQ-07 @uses:STL-03
    Scenario: Not for a set that fails to load
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And record 1 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 13:00
      Then nobody has received IR10

  Rule: A rejected set changes nothing
    Whether its number is used up is not said. A second set of that number, which changes nothing, makes the next one be
    expected either way.

    @SEQ-08 @AMB-05 @AMB-23 @uses:SRP-03
    Scenario: A set that is rejected for a missing file has changed nothing
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | LOST  | today |
      And another I-Sync set 7 changes nothing
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives without file 02
      And it is Wednesday 11:30
      And the other set 7 arrives
      When set 8 arrives
      And it is Wednesday 11:31
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B8    |

    @SEQ-08 @AMB-05 @AMB-23 @uses:SRP-03 @uses:SEQ-05
    Scenario: A set that is rejected for a missing predecessor has changed nothing
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | LOST  | today |
      And another I-Sync set 8 changes nothing
      And I-Sync set 9 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C9    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 11:30
      And set 7 arrives
      And the other set 8 arrives
      When set 9 arrives
      And it is Wednesday 11:31
      Then IR06 of set 9 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | C9    |

    @SEQ-08 @AMB-05:number-stays @uses:SRP-03
    Scenario: The number can be used again
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | LOST  | today |
      And another I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And it is Wednesday 10:00
      And set 7 arrives without file 02
      And it is Wednesday 11:30
      When the other set 7 arrives
      And it is Wednesday 11:31
      Then IR06 of the other set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |

    @SEQ-08 @AMB-05:number-used-up
    Scenario: The number is used up, and the next is expected
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 02
      And it is Wednesday 11:30
      When set 8 arrives
      And it is Wednesday 11:31
      Then set 8 has been processed

    @SEQ-08 @AMB-05:number-stays @uses:SRP-03
    Scenario: The same set can be sent again, whole
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And it is Wednesday 10:00
      And set 7 arrives without file 04
      And it is Wednesday 11:30
      When set 7 arrives
      And it is Wednesday 11:31
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |

    @SEQ-08 @AMB-05:number-stays @uses:SRP-03
    Scenario: A rejected successor changes nothing, and comes again in its turn
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 11:30
      And set 7 arrives
      And it is Wednesday 11:40
      When set 8 arrives
      And it is Wednesday 11:41
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |
      And IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | A7     | B8    |

    @SEQ-08 @AMB-05 @uses:SEQ-06
    Scenario: The missing file alone does not revive a rejected set
      Given I-Sync set 7 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      And it is Wednesday 11:30
      When file 03 of set 7 arrives
      And it is Wednesday 11:31
      Then set 7 has not been processed
