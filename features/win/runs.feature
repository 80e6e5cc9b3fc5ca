@WIN @BILLING-ENERGY @SYNC
Feature: When billing quantities are produced
  Push requests are loaded at 07:30; everything active is processed every three hours from 08:00 to 23:00, every day.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6

  Rule: Active requests are processed every three hours from 08:00 to 23:00 EST, every day

    @WIN-05
    Scenario Outline: The run that answers an on-cycle request
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is <asked>
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is <next>
      Then the response to "R1" came on <day> at <at>

      Examples: Each run of a day, and of a Sunday
        | asked           | next            | day                 | at    |
        | Wednesday 07:40 | Wednesday 08:00 | Wednesday of week 1 | 08:00 |
        | Wednesday 08:30 | Wednesday 11:00 | Wednesday of week 1 | 11:00 |
        | Wednesday 11:30 | Wednesday 14:00 | Wednesday of week 1 | 14:00 |
        | Wednesday 14:30 | Wednesday 17:00 | Wednesday of week 1 | 17:00 |
        | Wednesday 17:30 | Wednesday 20:00 | Wednesday of week 1 | 20:00 |
        | Wednesday 20:30 | Wednesday 23:00 | Wednesday of week 1 | 23:00 |
        | Wednesday 23:30 | Thursday 08:00  | Thursday of week 1  | 08:00 |
        | Sunday 20:30    | Sunday 23:00    | Sunday of week 1    | 23:00 |
        | Saturday 10:30  | Saturday 11:00  | Saturday of week 1  | 11:00 |

    # New Year's Day of 2012 is a Sunday, as is Christmas Day of 2011; clocks are moved on 13 March and 6 November.
    @WIN-05 @dated
    Scenario Outline: A run on a day like no other
      Given <passed> days have passed
      And "Mill" uses 10 Wh each hour from <day before> until <day>
      And it is <asked>
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from         | until |
        | R1      | Mill | <day before> | <day> |
      When it is <next>
      Then the response to "R1" came on <day> at <at>

      Examples: In the morning, and late
        | case              | passed | day before | day        | asked           | next            | at    |
        | clocks go forward | 62     | 2011-03-12 | 2011-03-13 | Sunday 07:40    | Sunday 08:00    | 08:00 |
        | clocks go back    | 300    | 2011-11-05 | 2011-11-06 | Sunday 10:30    | Sunday 11:00    | 11:00 |
        | Christmas Day     | 349    | 2011-12-24 | 2011-12-25 | Sunday 17:30    | Sunday 20:00    | 20:00 |
        | the year's last   | 355    | 2011-12-30 | 2011-12-31 | Saturday 20:30  | Saturday 23:00  | 23:00 |
        | New Year's Day    | 356    | 2011-12-31 | 2012-01-01 | Sunday 13:30    | Sunday 14:00    | 14:00 |
        | 29 February       | 415    | 2012-02-28 | 2012-02-29 | Wednesday 13:30 | Wednesday 14:00 | 14:00 |

    # Family Day, Monday 21 February 2011
    @WIN-05 @dated
    Scenario: A run on a holiday
      Given "Mill" uses 10 Wh each hour from 2011-02-16 until 2011-02-17
      And 42 days have passed
      And it is Monday 09:00
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-16 | 2011-02-17 |
      When it is Monday 11:00
      Then the response to "R1" came on 2011-02-21 at 11:00

    # The window is Tuesday, Wednesday and Thursday.
    @WIN-05 @uses:WIN-01
    Scenario: The last run before the window closes
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 22:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:00
      Then the response to "R1" came on Thursday of week 1 at 23:00
      And the response to "R1" has status 00

    # Family Day, Monday 21 February 2011
    @WIN-05 @dated
    Scenario: A run on the afternoon of a holiday
      Given "Mill" uses 10 Wh each hour from 2011-02-16 until 2011-02-17
      And 42 days have passed
      And it is Monday 16:00
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-16 | 2011-02-17 |
      When it is Monday 17:00
      Then the response to "R1" came on 2011-02-21 at 17:00

    @WIN-05 @uses:BSV-01 @uses:WIN-04
    Scenario: Each run of a day answers a scheduled request whose data has come since
      Given "Lakeside" has synchronized SDPs "Depot", "Farm" and "School" in I-Sync set 7
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And 7 days have passed
      And it is Thursday 09:10
      When "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And it is Thursday 12:10
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And it is Thursday 15:10
      And "Depot" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And it is Thursday 18:10
      And "Farm" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And it is Thursday 21:10
      And "School" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And it is Thursday 23:00
      Then the scheduled response for "Mill" came on Thursday of week 2 at 11:00
      And the scheduled response for "Bakery" came on Thursday of week 2 at 14:00
      And the scheduled response for "Depot" came on Thursday of week 2 at 17:00
      And the scheduled response for "Farm" came on Thursday of week 2 at 20:00
      And the scheduled response for "School" came on Thursday of week 2 at 23:00

    @WIN-05
    Scenario: No run between two of them
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 08:30
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 10:59
      Then there is no response to "R1"

  Rule: An off-cycle request is processed when received, and while pending with the runs; an on-cycle one waits for the next run

    # Within the ten minutes in which request files are read.
    @WIN-06 @AMB-52
    Scenario: Off cycle, and the data is there
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 from 09:10 until 09:20

    @WIN-06 @AMB-52
    Scenario: Off cycle, and another in the same file
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 1  | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 from 09:10 until 09:20
      And the response to "R2" came on Wednesday of week 1 from 09:10 until 09:20

    @WIN-06 @AMB-52
    Scenario: Off cycle, and the last of three in one file
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And it is Thursday 02:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from                | until               |
        | R1      | Mill | Monday of week 1    | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1   | Wednesday of week 1 |
        | R3      | Mill | Wednesday of week 1 | Thursday of week 1  |
      And it is Thursday 09:00
      Then the response to "R3" came on Thursday of week 1 from 02:10 until 02:20

    @WIN-06 @AMB-52
    Scenario Outline: Off cycle, when no three-hourly run is near
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is <day> <time>
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is <day> <later>
      Then the response to "R1" came on <day> of week 1 from <time> until <until>

      Examples:
        | case         | day      | time  | until | later |
        | in the night | Thursday | 02:10 | 02:20 | 03:00 |
        | on a Sunday  | Sunday   | 09:10 | 09:20 | 11:00 |

    @WIN-06 @AMB-52
    Scenario Outline: Off cycle, in the very minute of a run
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday <time>
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 23:30
      Then the response to "R1" came on Wednesday of week 1 from <time> until <until>

      Examples:
        | case                | time  | until |
        | the second run      | 11:00 | 11:10 |
        | the last of the day | 23:00 | 23:10 |

    # Ten days, and a day that lies two months back.
    @WIN-06 @AMB-52 @dated
    Scenario Outline: Off cycle, whatever the period is
      Given "Mill" uses 10 Wh each hour from <from> until <until>
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from   | until   |
        | R1      | Mill | <from> | <until> |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 from 09:10 until 09:20

      Examples:
        | period   | from       | until             |
        | ten days | 2011-01-01 | 2011-01-11        |
        | long ago | 2010-11-15 | 2010-11-16        |

    @WIN-06 @AMB-52 @uses:BSV-05
    Scenario: Off cycle, and the billing agent asks
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 from 09:10 until 09:20

    @WIN-06 @AMB-52:on-receipt
    Scenario: Off cycle, and at once
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:11
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 at 09:11

    @WIN-06 @uses:WIN-05
    Scenario Outline: Off cycle, and the data comes later
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday <data>
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Thursday 08:00
      Then the response to "R1" came on Wednesday of week 1 at <run>

      Examples: For the next run, and for the last of the day
        | data  | run   |
        | 11:30 | 14:00 |
        | 20:30 | 23:00 |

    @WIN-06 @uses:WIN-05
    Scenario: On cycle, and the data is there
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 at 11:00

    @WIN-06 @AMB-52 @uses:WIN-05
    Scenario: One file has requests of both kinds
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities of both kinds
        | request | cycle     | SDP  | from              | until               |
        | R1      | on cycle  | Mill | Monday of week 1  | Tuesday of week 1   |
        | R2      | off cycle | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 at 11:00
      And the response to "R2" came on Wednesday of week 1 from 09:10 until 09:20

  Rule: Push requests of the day are loaded at 07:30 EST

    @WIN-04 @uses:BSV-01 @uses:ISY-16 @uses:WIN-05
    Scenario: A billing cycle that is synchronized just before
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | N1    | Monday of week 2 | Thursday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And I-Sync set 7 changes
        | of   | attribute     | value | from             |
        | Mill | billing cycle | N1    | Monday of week 2 |
      And 7 days have passed
      And it is Thursday 07:20
      When set 7 arrives
      And it is Thursday 08:00
      Then the scheduled response for "Mill" came on Thursday of week 2 at 08:00

    @WIN-04 @uses:BSV-01 @uses:ISY-16
    Scenario: A billing cycle that is synchronized just after
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | N1    | Monday of week 2 | Thursday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And I-Sync set 7 changes
        | of   | attribute     | value | from             |
        | Mill | billing cycle | N1    | Monday of week 2 |
      And 7 days have passed
      And it is Thursday 07:40
      When set 7 arrives
      And it is Friday 12:00
      Then there is no scheduled response for "Mill"

    @WIN-04 @uses:BSV-01 @uses:WIN-05
    Scenario Outline: A period that ends when nobody is in the office
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until |
        | C1    | Monday of week 2 | <day> |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until <day>
      And 7 days have passed
      When it is <moment>
      Then the scheduled response for "Mill" came on <day> at 08:00

      Examples: Both days of a weekend
        | weekend day | day                | moment         |
        | Saturday    | Saturday of week 2 | Saturday 08:00 |
        | Sunday      | Sunday of week 2   | Sunday 08:00   |

    # Family Day, Monday 21 February 2011
    @WIN-04 @uses:BSV-01 @uses:WIN-05 @dated
    Scenario: A period that ends on a holiday
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C1    | 2011-02-16 | 2011-02-21 |
      And 30 days have passed
      And "Mill" uses 10 Wh each hour from 2011-02-16 until 2011-02-21
      When 13 days have passed
      Then the scheduled response for "Mill" came on 2011-02-21 at 08:00

    @WIN-04 @uses:BSV-01 @uses:WIN-05 @dated
    Scenario Outline: A period that ends at a month's or a year's end
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from    | until |
        | C1    | <start> | <day> |
      And "Mill" uses 10 Wh each hour from <start> until <day>
      When <passed> days have passed
      Then the scheduled response for "Mill" came on <day> at 08:00

      Examples: Where calendars are easily got wrong
        | case              | start      | day        | passed |
        | the 31st          | 2011-01-28 | 2011-01-31 | 22     |
        | the 1st           | 2011-01-29 | 2011-02-01 | 23     |
        | clocks go forward | 2011-03-10 | 2011-03-13 | 63     |
        | 29 February       | 2012-02-26 | 2012-02-29 | 416    |
        | the year's last   | 2011-12-28 | 2011-12-31 | 356    |
        | the year's first  | 2011-12-29 | 2012-01-01 | 357    |

    @WIN-04 @uses:BSV-01 @uses:WIN-05 @dated
    Scenario: A period that begins in one year and ends in the next
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C1    | 2011-12-20 | 2012-01-10 |
      And "Mill" uses 10 Wh each hour from 2011-12-20 until 2012-01-10
      When 366 days have passed
      Then the scheduled response for "Mill" came on 2012-01-10 at 08:00

  Rule: All times are EST all year round

    # In July the clocks that customers live by are an hour ahead.
    @WIN-09 @dated @uses:WIN-05
    Scenario: The first run of a summer day
      Given 184 days have passed
      And "Mill" uses 10 Wh each hour from 2011-07-11 until 2011-07-12
      And it is Wednesday 06:30
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-07-11 | 2011-07-12 |
      When it is Wednesday 08:00
      Then the response to "R1" came on 2011-07-13 at 08:00

    @WIN-09 @dated
    Scenario: The hours of a summer day
      Given "Mill" uses, each hour of the days from 2011-07-11 until 2011-07-12
        | hours | Wh |
        | 00-01 | 5  |
        | 01-23 | 1  |
        | 23-24 | 7  |
      And 185 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-07-11 | 2011-07-12 |
      And 1 day has passed
      Then the response to "R1" gives, hour by hour
        | day        | hours | Wh |
        | 2011-07-11 | 00-01 | 5  |
        | 2011-07-11 | 01-23 | 1  |
        | 2011-07-11 | 23-24 | 7  |

    # Sunday 13 March and Sunday 6 November 2011: by the clocks that customers live by, 23 and 25 hours.
    @WIN-09 @dated
    Scenario Outline: A day on which other clocks are moved has 24 hours
      Given "Mill" uses, each hour of the days from <day> until <next>
        | hours | Wh |
        | 00-01 | 5  |
        | 01-02 | 11 |
        | 02-03 | 13 |
        | 03-23 | 1  |
        | 23-24 | 7  |
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from  | until  |
        | R1      | Mill | <day> | <next> |
      And 1 day has passed
      Then the response to "R1" gives, hour by hour
        | day   | hours | Wh |
        | <day> | 00-01 | 5  |
        | <day> | 01-02 | 11 |
        | <day> | 02-03 | 13 |
        | <day> | 03-23 | 1  |
        | <day> | 23-24 | 7  |

      Examples: Forward in March, back in November
        | day        | next       | passed |
        | 2011-03-13 | 2011-03-14 | 64     |
        | 2011-11-06 | 2011-11-07 | 302    |

    @BILLING-DEMAND @WIN-09 @uses:BQ-08 @uses:ISY-15 @dated
    Scenario Outline: The demand of an hour that other clocks skip, and of one that they show twice
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | tomorrow |
      And set 7 arrives
      And "Mill" uses, each hour of the days from <day> until <next>
        | hours    | Wh |
        | <before>  | 1  |
        | <hour>   | 90 |
        | <after>  | 1  |
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from  | until  |
        | R1      | Mill | <day> | <next> |
      And 1 day has passed
      Then the demand response to "R1" says
        | W  |
        | 90 |

      Examples: Forward in March, back in November
        | day        | next       | passed | before | hour  | after |
        | 2011-03-13 | 2011-03-14 | 72     | 00-02  | 02-03 | 03-24 |
        | 2011-11-06 | 2011-11-07 | 310    | 00-01  | 01-02 | 02-24 |

    # A billing cycle that is synchronized ten minutes before push requests are loaded; and the last run of the day.
    @WIN-09 @uses:WIN-04 @uses:WIN-05 @uses:BSV-01 @uses:ISY-16 @dated
    Scenario Outline: What is done first, and last, on a day on which other clocks are moved
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from    | until |
        | N1    | <start> | <day> |
      And "Mill" uses 10 Wh each hour from <start> until <day>
      And "Bakery" uses 10 Wh each hour from <start> until <day>
      And I-Sync set 7 changes
        | of   | attribute     | value | from    |
        | Mill | billing cycle | N1    | <start> |
      And <passed> days have passed
      And it is Sunday 07:20
      When set 7 arrives
      And it is Sunday 20:30
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from    | until |
        | R1      | Bakery | <start> | <day> |
      And it is Sunday 23:00
      Then the scheduled response for "Mill" came on <day> at 08:00
      And the response to "R1" came on <day> at 23:00

      Examples: Forward in March, back in November
        | day        | start      | passed |
        | 2011-03-13 | 2011-03-10 | 62     |
        | 2011-11-06 | 2011-11-03 | 300    |
