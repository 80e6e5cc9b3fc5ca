@BQ @BILLING-ENERGY @SYNC
Feature: Energy quantities are framed by the Energy Purchase Service of the SDP
  Small days that a person can add. January is winter: on business days 07-11 and 17-21 are on-peak, 11-17 is mid-peak,
  everything else is off-peak.

  Background:
    Given LDC "Lakeside" is registered

  Rule: Intervals that are valid or estimated are eligible; those that need verification or edit are not

    @BQ-01 @AMB-04 @uses:SUM-05
    Scenario Outline: A day of eligible data
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Mill" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1, with status <status>
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

      Examples: Statuses that are eligible
        | status |
        | VAL    |
        | EST    |

    @BQ-01 @uses:SUM-05
    Scenario Outline: A part of a day is estimated
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses, in intervals of <minutes> minutes on Monday of week 1
        | times       | Wh | status |
        | <before>    | 10 | VAL    |
        | <estimated> | 10 | EST    |
        | <after>     | 10 | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

      Examples: An hour, and a part of one
        | part         | minutes | before      | estimated   | after       |
        | hour         | 60      | 00:00-12:00 | 12:00-13:00 | 13:00-24:00 |
        | quarter hour | 15      | 00:00-12:15 | 12:15-12:30 | 12:30-24:00 |

    @BQ-01 @AMB-04:nv-eligible
    Scenario: Data that is not validated is eligible
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Mill" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1, with status NV
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

    @BQ-01 @AMB-04:nv-not-eligible
    Scenario: Data that is not validated is not eligible
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Mill" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1, with status NV
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    @BQ-01
    Scenario: A day without use, whose data needs verification or edit
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Mill" uses 0 Wh each hour from Tuesday of week 1 until Wednesday of week 1, with status NVE
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    # One interval of a day is enough, wherever it lies, and whatever its length.
    @BQ-01
    Scenario Outline: A part of a day that needs verification or edit
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses, in intervals of <minutes> minutes on Tuesday of week 1
        | times      | Wh | status |
        | <good>     | 10 | VAL    |
        | <doubtful> | 10 | NVE    |
        | <rest>     | 10 | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

      Examples: Where it lies
        | part                      | minutes | good        | doubtful    | rest        |
        | first hour                | 60      | 23:00-24:00 | 00:00-01:00 | 01:00-23:00 |
        | last hour                 | 60      | 00:00-22:00 | 23:00-24:00 | 22:00-23:00 |
        | second quarter of an hour | 15      | 00:00-12:15 | 12:15-12:30 | 12:30-24:00 |
        | first half of an hour     | 30      | 00:00-12:00 | 12:00-12:30 | 12:30-24:00 |
        | second half of an hour    | 30      | 00:00-12:30 | 12:30-13:00 | 13:00-24:00 |
        | last quarter of an hour   | 15      | 00:00-12:45 | 12:45-13:00 | 13:00-24:00 |
        | five minutes              | 5       | 00:00-12:05 | 12:05-12:10 | 12:10-24:00 |

  Rule: A response with quantities is delivered once all data of the period is eligible

    # Data that is not there is not nothing: one hour or quarter hour that is missing keeps the whole period waiting.
    @BQ-02 @uses:WIN-03
    Scenario Outline: A part of a day is missing
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses, in intervals of <minutes> minutes on Tuesday of week 1
        | times   | Wh | status |
        | <one>   | 10 | VAL    |
        | <other> | 10 | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

      Examples: Which part
        | part         | framing     | minutes | one         | other       |
        | first hour   | hourly      | 60      | 01:00-12:00 | 12:00-24:00 |
        | noon         | periodic    | 60      | 00:00-12:00 | 13:00-24:00 |
        | last hour    | TOU/CPP EST | 60      | 00:00-12:00 | 12:00-23:00 |
        | quarter hour | periodic    | 15      | 00:00-12:15 | 12:30-24:00 |
        | half hour    | hourly      | 30      | 00:00-12:30 | 13:00-24:00 |
        | five minutes | TOU/CPP EST | 5       | 00:00-12:05 | 12:10-24:00 |
        | first quarter | periodic   | 15      | 00:15-12:00 | 12:00-24:00 |

    @BQ-02 @uses:WIN-02 @uses:WIN-05
    Scenario: The last day's data arrives, and the next run delivers
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 15:00
      And there is no response to "R1"
      When "Mill" uses 20 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 17:00
      Then the response to "R1" has status 00

    @BQ-02 @uses:BQ-06
    Scenario: Nothing was used, and that is known
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses 0 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | total |
        | 0     |

    @BQ-02
    Scenario: Everything is there when the request comes
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

  Rule: Quantities are framed as synchronization assigned it

    @BQ-03 @uses:BQ-06 @uses:BQ-07
    Scenario: Periodic and hourly SDPs in one request file
      Given "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6, with
        | of     | attribute         | value    |
        | Bakery | framing structure | periodic |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh |
        | Monday of week 1 | 00-24 | 10 |
      And the response to "R2" says
        | framing  | total |
        | periodic | 480   |

    @BQ-03 @uses:ISY-15 @uses:BQ-06
    Scenario: Another framing structure, synchronized before the period begins
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And I-Sync set 7 changes
        | of   | attribute         | value    | from                |
        | Mill | framing structure | periodic | Tuesday of week 1   |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And set 7 arrives
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Thursday of week 1  |
      And it is Thursday 09:21
      Then the response to "R1" says
        | framing  | total |
        | periodic | 480   |

    # What is synchronized as of Thursday says nothing of the days before.
    @BQ-03 @uses:BQ-07 @uses:ISY-15
    Scenario: Another framing structure, from a day after the period on
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And I-Sync set 7 changes
        | of   | attribute         | value    | from               |
        | Mill | framing structure | periodic | Thursday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 1  | 00-24 | 10 |
        | Tuesday of week 1 | 00-24 | 10 |

  Rule: A TOU/CPP quantity is, for each bucket, the sum of the daily framed usage of every day

    # Friday 14 January: 8 on-peak hours of 1, 6 mid-peak hours of 2, 10 off-peak hours of 3; Saturday: all off-peak, 50.
    @BQ-05 @AMB-14 @AMB-15 @dated
    Scenario: A business day and a Saturday in winter
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses, each hour of the days from 2011-01-14 until 2011-01-16
        | hours | Wh |
        | 00-07 | 3  |
        | 07-11 | 1  |
        | 11-17 | 2  |
        | 17-21 | 1  |
        | 21-24 | 3  |
      And it is Monday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-01-14 | 2011-01-16 |
      And it is Monday 09:21
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 8       | 12       | 80       | 0             | 100   |

    # The same Friday in quarter hours: 32 on-peak ones of 1, 24 mid-peak ones of 2, 40 off-peak ones of 3.
    @BQ-05 @AMB-14 @AMB-15 @dated
    Scenario: A business day in winter, in quarter hours
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses, each 15 minutes of the days from 2011-01-14 until 2011-01-15
        | hours | Wh |
        | 00-07 | 3  |
        | 07-11 | 1  |
        | 11-17 | 2  |
        | 17-21 | 1  |
        | 21-24 | 3  |
      And it is Monday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-01-14 | 2011-01-15 |
      And it is Monday 09:21
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 32      | 48       | 120      | 0             | 200   |

    # Friday 15 July: on-peak are the hours 11-17, mid-peak 07-11 and 17-19: 6 hours of 2, 6 of 1; 12 off-peak hours of 3.
    @BQ-05 @AMB-14:standard-time @AMB-15 @dated
    Scenario: A business day in summer
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses, each hour of the days from 2011-07-15 until 2011-07-16
        | hours | Wh |
        | 00-07 | 3  |
        | 07-11 | 1  |
        | 11-17 | 2  |
        | 17-19 | 1  |
        | 19-24 | 3  |
      And 190 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-07-15 | 2011-07-16 |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 12      | 6        | 36       | 0             | 54    |

    # The clocks are an hour ahead: on-peak are the hours 10-16 EST, mid-peak 06-10 and 16-18: 1 + 5 x 2 Wh; 3 + 3 x 1 + 2 + 1 Wh;
    # 6 + 6 off-peak hours of 3, but for the hour 18-19 of 1.
    @BQ-05 @AMB-14:prevailing-time @AMB-15 @dated
    Scenario: A business day in summer, by the clock on the wall
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses, each hour of the days from 2011-07-15 until 2011-07-16
        | hours | Wh |
        | 00-07 | 3  |
        | 07-11 | 1  |
        | 11-17 | 2  |
        | 17-19 | 1  |
        | 19-24 | 3  |
      And 190 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-07-15 | 2011-07-16 |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 11      | 9        | 34       | 0             | 54    |

    # Hours that are the same by the clock on the wall, an hour ahead on each of these days: in winter 07-10 EST is on-peak and
    # 11-16 mid-peak, in summer the reverse: 3 hours of 1 Wh and 5 of 2. 10 off-peak hours of 3.
    @BQ-05 @AMB-14 @AMB-15 @dated
    Scenario Outline: The last day of a season's hours, and the first of the next
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses, each hour of the days from <last> until <end>
        | hours | Wh |
        | 00-06 | 3  |
        | 06-07 | 0  |
        | 07-10 | 1  |
        | 10-11 | 0  |
        | 11-16 | 2  |
        | 16-20 | 0  |
        | 20-24 | 3  |
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from    | until   |
        | R1      | Mill | <last>  | <first> |
        | R2      | Mill | <first> | <end>   |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak  | mid-peak    | off-peak | critical peak | total |
        | <before> | <exchanged> | 30       | 0             | 43    |
      And the response to "R2" says
        | on-peak     | mid-peak | off-peak | critical peak | total |
        | <exchanged> | <before> | 30       | 0             | 43    |

      Examples: Winter begins on 1 November, summer on 1 May
        | season | last       | first      | end        | before | exchanged | passed |
        | winter | 2011-10-31 | 2011-11-01 | 2011-11-02 | 10     | 3         | 304    |
        | summer | 2012-04-30 | 2012-05-01 | 2012-05-02 | 3      | 10        | 487    |

    # Family Day, Monday 21 February 2011
    @BQ-05 @AMB-14 @AMB-15 @dated
    Scenario: A holiday is off-peak all day
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses 10 Wh each hour from 2011-02-21 until 2011-02-22
      And 50 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-21 | 2011-02-22 |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 0       | 0        | 240      | 0             | 240   |

    # Victoria Day, and a business day in summer: 6 on-peak hours, 6 mid-peak ones, and 24 + 12 off-peak ones.
    @BQ-05 @AMB-14 @AMB-15 @AMB-25 @BILLING-DEMAND @dated
    Scenario: A holiday and the day after it, by the Central clock and beside demand
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                      |
        | Mill | framing structure | TOU/CPP 60 rolling central |
      And "Mill" uses 10 Wh each hour from 2011-05-23 until 2011-05-26
      And 140 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-05-23 | 2011-05-25 |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 60      | 60       | 360      | 0             | 480   |

    # Friday and a weekend: 8 on-peak hours, 6 mid-peak ones, and 10 + 48 off-peak ones. Family Day, Monday 21 February 2011,
    # and the Tuesday after it: 8, 6, and 24 + 10.
    @BQ-05 @AMB-14 @AMB-15 @uses:SEG-02 @dated
    Scenario: A new tenant from a holiday on
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And I-Sync set 7 changes
        | of   | attribute | value      | from       |
        | Mill | account   | New tenant | 2011-02-21 |
      And "Mill" uses 10 Wh each hour from 2011-02-18 until 2011-02-23
      And set 7 arrives
      And 50 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-18 | 2011-02-23 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | on-peak | mid-peak | off-peak | total |
        | 2011-02-18 | 2011-02-21 | 80      | 60       | 580      | 720   |
        | 2011-02-21 | 2011-02-23 | 80      | 60       | 340      | 480   |

    # Civic Holiday, Monday 1 August 2011: no statutory holiday, and one of the price plan's
    @BQ-05 @AMB-14 @AMB-15 @dated @protocol-2
    Scenario: Civic Holiday is off-peak all day
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses 10 Wh each hour from 2011-08-01 until 2011-08-02
      And 210 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-08-01 | 2011-08-02 |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 0       | 0        | 240      | 0             | 240   |

    # Christmas Day 2011 is a Sunday, and Monday 26 December is Boxing Day: the next weekday is Tuesday 27 December.
    @BQ-05 @AMB-14 @AMB-15 @dated @protocol-2
    Scenario: The weekday next following a holiday on a weekend is off-peak all day
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses 10 Wh each hour from 2011-12-27 until 2011-12-28
      And 360 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-27 | 2011-12-28 |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 0       | 0        | 240      | 0             | 240   |

    # Each is a weekday; New Year's Day of 2012 is a Sunday, and the weekday next following Monday 2 January.
    @BQ-05 @AMB-14 @AMB-15 @dated @protocol-2
    Scenario Outline: Every holiday of the price plan is off-peak all day
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses 10 Wh each hour from <day> until <next>
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from  | until  |
        | R1      | Mill | <day> | <next> |
      And 1 day has passed
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 0       | 0        | 240      | 0             | 240   |

      Examples: From Good Friday to New Year
        | holiday          | day        | next       | passed |
        | Good Friday      | 2011-04-22 | 2011-04-23 | 110    |
        | Victoria Day     | 2011-05-23 | 2011-05-24 | 140    |
        | Canada Day       | 2011-07-01 | 2011-07-02 | 180    |
        | Labour Day       | 2011-09-05 | 2011-09-06 | 245    |
        | Thanksgiving Day | 2011-10-10 | 2011-10-11 | 280    |
        | Boxing Day       | 2011-12-26 | 2011-12-27 | 357    |
        | New Year's Day   | 2012-01-02 | 2012-01-03 | 365    |

    # Saturday 15 and Sunday 16 January 2011
    @BQ-05 @AMB-14 @AMB-15 @dated
    Scenario: A weekend is off-peak all day
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses 10 Wh each hour from 2011-01-15 until 2011-01-17
      And it is Monday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-01-15 | 2011-01-17 |
      And it is Monday 09:21
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | critical peak | total |
        | 0       | 0        | 480      | 0             | 480   |

    # 24 + 240 + 2400 Wh
    @BQ-05 @AMB-15 @dated
    Scenario Outline: A day that is easily forgotten counts as every other
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses 1 Wh each hour from <first> until <day>
      And "Mill" uses 10 Wh each hour from <day> until <next>
      And "Mill" uses 100 Wh each hour from <next> until <end>
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from    | until |
        | R1      | Mill | <first> | <end> |
      And 1 day has passed
      Then the response to "R1" says
        | from    | until | total |
        | <first> | <end> | 2664  |

      Examples: The last day of a year, and 29 February
        | first      | day        | next       | end        | passed |
        | 2011-12-30 | 2011-12-31 | 2012-01-01 | 2012-01-02 | 360    |
        | 2012-02-28 | 2012-02-29 | 2012-03-01 | 2012-03-02 | 420    |

    @BQ-05 @uses:WIN-03
    Scenario: Every day of the period must have daily framed usage
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 10 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Thursday 12:00
      Then there is no response to "R1"

  Rule: The Eastern and the Central clock are an hour apart

    # 07:00 EST begins the on-peak hours by the Eastern clock; by the Central it is 06:00, and still off-peak.
    @BQ-04 @AMB-14 @AMB-15 @AMB-25 @dated
    Scenario: The same intervals, framed as TOU/CPP (EST) and as TOU/CPP (CST)
      Given "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6, with
        | of     | attribute         | value       |
        | Mill   | framing structure | TOU/CPP EST |
        | Bakery | framing structure | TOU/CPP CST |
      And "Mill" uses, each hour of the days from 2011-01-12 until 2011-01-14
        | hours | Wh |
        | 00-07 | 0  |
        | 07-08 | 60 |
        | 08-24 | 0  |
      And "Bakery" uses, each hour of the days from 2011-01-12 until 2011-01-14
        | hours | Wh |
        | 00-07 | 0  |
        | 07-08 | 60 |
        | 08-24 | 0  |
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from       | until      |
        | R1      | Mill   | 2011-01-12 | 2011-01-13 |
        | R2      | Bakery | 2011-01-12 | 2011-01-13 |
      And it is Friday 09:21
      Then the response to "R1" says
        | on-peak | mid-peak | off-peak | total |
        | 60      | 0        | 0        | 60    |
      And the response to "R2" says
        | on-peak | mid-peak | off-peak | total |
        | 0       | 0        | 60       | 60    |

    # The hour from 00:00 EST of the first day belongs to the day before; the one after the last day to the last.
    @BQ-04 @AMB-25 @dated
    Scenario Outline: The day of a Central SDP begins at 01:00 EST
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP CST |
      And "Mill" uses, each hour of the days from <day> until <next>
        | hours | Wh  |
        | 00-01 | 100 |
        | 01-24 | 0   |
      And "Mill" uses, each hour of the days from <next> until <end>
        | hours | Wh |
        | 00-01 | 7  |
        | 01-24 | 0  |
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from  | until  |
        | R1      | Mill | <day> | <next> |
      And 1 day has passed
      Then the response to "R1" says
        | off-peak | total |
        | 7        | 7     |

      Examples: In the middle of a month, and at the end of a year
        | day        | next       | end        | passed |
        | 2011-01-12 | 2011-01-13 | 2011-01-14 | 11     |
        | 2011-12-31 | 2012-01-01 | 2012-01-02 | 364    |

    @BQ-04 @AMB-25
    Scenario: The last hour of a Central SDP's day is awaited
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP CST |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

  Rule: Periodic is the sum of the interval data

    # 3 + 40 Wh and 46 half hours of 1; 9 + 40 Wh and 92 quarter hours of 1; 33 + 40 Wh and 276 times five minutes of 1.
    @BQ-06
    Scenario Outline: Intervals that are shorter than an hour, and not alike
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses, in intervals of <minutes> minutes on Monday of week 1
        | times    | Wh | status |
        | <first>  | 3  | VAL    |
        | <second> | 40 | VAL    |
        | <rest>   | 1  | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | framing  | total   |
        | periodic | <total> |

      Examples: Half hours, quarter hours and five minutes
        | minutes | first       | second      | rest        | total |
        | 30      | 00:00-00:30 | 00:30-01:00 | 01:00-24:00 | 89    |
        | 15      | 00:00-00:45 | 00:45-01:00 | 01:00-24:00 | 141   |
        | 5       | 00:00-00:55 | 00:55-01:00 | 01:00-24:00 | 349   |

    @BQ-06
    Scenario: Three days, every six hours another amount
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses, each hour of the days from Monday of week 1 until Thursday of week 1
        | hours | Wh |
        | 00-06 | 1  |
        | 06-12 | 2  |
        | 12-18 | 3  |
        | 18-24 | 4  |
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" says
        | total |
        | 180   |

    @BQ-06
    Scenario: Quarter-hourly data
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-12 | 1  |
        | 12-24 | 2  |
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" says
        | total |
        | 144   |

    # 24 x 10 = 240 Wh, and 24 x 20 = 480 Wh.
    @BQ-06
    Scenario: Two periods of one SDP, asked for together
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 20 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 1  | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | total |
        | 240   |
      And the response to "R2" says
        | total |
        | 480   |

    # 24 x 10 Wh on Monday, and 96 x 3 Wh on Tuesday.
    @BQ-06
    Scenario: A day of hours, and a day of quarter hours
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses, each 15 minutes of the days from Tuesday of week 1 until Wednesday of week 1
        | hours | Wh |
        | 00-24 | 3  |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | total |
        | 528   |

    # 144 hours of 16,777,217 Wh: a system that reckons with seven digits alone, or up to 2,147,483,647, gets another sum.
    @BQ-06
    Scenario: A large consumer's sum is exact to the watt-hour
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses 16777217 Wh each hour from Monday of week 1 until Sunday of week 1
      And it is Sunday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Sunday of week 1 |
      And it is Sunday 09:21
      Then the response to "R1" says
        | total      |
        | 2415919248 |

    # The energy of an interval is in Wh, whatever the transformers between the line and the meter.
    @BQ-06 @uses:ISY-18
    Scenario: The CT/PT multiplier is not applied once more
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
        | Mill | CT/PT multiplier  | 40       |
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | total |
        | 24000 |

  Rule: An Hourly quantity is 24 values for each day; every interval must be there and eligible

    # The hour from 00:00 EST is the last of the Central day before it.
    @BQ-07 @AMB-25 @BILLING-DEMAND
    Scenario: Two days by the Central clock, beside demand
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                   |
        | Mill | framing structure | hourly 60 block central |
      And "Mill" uses 1 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 2 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Mill" uses 3 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 1  | 00-23 | 1  |
        | Monday of week 1  | 23-24 | 2  |
        | Tuesday of week 1 | 00-23 | 2  |
        | Tuesday of week 1 | 23-24 | 3  |

    @BQ-07
    Scenario: Two days
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses, each hour of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-01 | 5  |
        | 01-23 | 6  |
        | 23-24 | 7  |
      And "Mill" uses 8 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 1  | 00-01 | 5  |
        | Monday of week 1  | 01-23 | 6  |
        | Monday of week 1  | 23-24 | 7  |
        | Tuesday of week 1 | 00-24 | 8  |

    @BQ-07
    Scenario: More than a month
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 5
      And "Mill" uses 20 Wh each hour from Thursday of week 5 until Friday of week 5
      And 33 days have passed
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 5 |
      And it is Friday 09:21
      Then the response to "R1" gives, hour by hour
        | day                 | hours | Wh |
        | Monday of week 1    | 00-24 | 10 |
        | Tuesday of week 1   | 00-24 | 10 |
        | Wednesday of week 1 | 00-24 | 10 |
        | Thursday of week 1  | 00-24 | 10 |
        | Friday of week 1    | 00-24 | 10 |
        | Saturday of week 1  | 00-24 | 10 |
        | Sunday of week 1    | 00-24 | 10 |
        | Monday of week 2    | 00-24 | 10 |
        | Tuesday of week 2   | 00-24 | 10 |
        | Wednesday of week 2 | 00-24 | 10 |
        | Thursday of week 2  | 00-24 | 10 |
        | Friday of week 2    | 00-24 | 10 |
        | Saturday of week 2  | 00-24 | 10 |
        | Sunday of week 2    | 00-24 | 10 |
        | Monday of week 3    | 00-24 | 10 |
        | Tuesday of week 3   | 00-24 | 10 |
        | Wednesday of week 3 | 00-24 | 10 |
        | Thursday of week 3  | 00-24 | 10 |
        | Friday of week 3    | 00-24 | 10 |
        | Saturday of week 3  | 00-24 | 10 |
        | Sunday of week 3    | 00-24 | 10 |
        | Monday of week 4    | 00-24 | 10 |
        | Tuesday of week 4   | 00-24 | 10 |
        | Wednesday of week 4 | 00-24 | 10 |
        | Thursday of week 4  | 00-24 | 10 |
        | Friday of week 4    | 00-24 | 10 |
        | Saturday of week 4  | 00-24 | 10 |
        | Sunday of week 4    | 00-24 | 10 |
        | Monday of week 5    | 00-24 | 10 |
        | Tuesday of week 5   | 00-24 | 10 |
        | Wednesday of week 5 | 00-24 | 10 |
        | Thursday of week 5  | 00-24 | 20 |

    @BQ-07 @dated
    Scenario Outline: A day that is easily forgotten has its 24 hours
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 1 Wh each hour from <before> until <day>
      And "Mill" uses 2 Wh each hour from <day> until <next>
      And "Mill" uses 3 Wh each hour from <next> until <end>
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from     | until |
        | R1      | Mill | <before> | <end> |
      And 1 day has passed
      Then the response to "R1" gives, hour by hour
        | day      | hours | Wh |
        | <before> | 00-24 | 1  |
        | <day>    | 00-24 | 2  |
        | <next>   | 00-24 | 3  |

      Examples: The last day of a year, and 29 February
        | before     | day        | next       | end        | passed |
        | 2011-12-30 | 2011-12-31 | 2012-01-01 | 2012-01-02 | 360    |
        | 2012-02-28 | 2012-02-29 | 2012-03-01 | 2012-03-02 | 420    |

    @BQ-07
    Scenario: Quarter-hourly data adds up to hours
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-12 | 1  |
        | 12-24 | 2  |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh |
        | Monday of week 1 | 00-12 | 4  |
        | Monday of week 1 | 12-24 | 8  |

    # A system that reckons with seven digits alone would make 16,777,216 of it.
    # 3 + 40 Wh in the first hour, and 2 in each other one; 33 + 40 Wh, and 12.
    @BQ-07
    Scenario Outline: Intervals of other lengths, and not alike, add up to hours
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses, in intervals of <minutes> minutes on Monday of week 1
        | times    | Wh | status |
        | <first>  | 3  | VAL    |
        | <second> | 40 | VAL    |
        | <rest>   | 1  | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh      |
        | Monday of week 1 | 00-01 | <one>   |
        | Monday of week 1 | 01-24 | <other> |

      Examples: Half hours and five minutes
        | minutes | first       | second      | rest        | one | other |
        | 30      | 00:00-00:30 | 00:30-01:00 | 01:00-24:00 | 43  | 2     |
        | 5       | 00:00-00:55 | 00:55-01:00 | 01:00-24:00 | 73  | 12    |

    @BQ-07
    Scenario: A large consumer's hours are exact to the watt-hour
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 16777217 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh       |
        | Monday of week 1 | 00-24 | 16777217 |

    @BQ-07
    Scenario: A day is missing
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

  Rule: Quantities are not adjusted for losses

    # Of so much the least loss factor, whatever it may be, makes another quantity.
    @BQ-10 @uses:BQ-06
    Scenario: What the meter measured is what is delivered
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value    |
        | Mill | framing structure | periodic |
      And "Mill" uses 10000000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | total     |
        | 240000000 |

    # The same, hour by hour, where a loss factor of a thousandth would add 10,000 Wh.
    @BQ-10 @uses:BQ-07
    Scenario: What the meter measured in an hour is what is delivered for it
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
      And "Mill" uses 10000000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh       |
        | Monday of week 1 | 00-24 | 10000000 |

  Rule: TOU/CPP and Periodic energy comes in 6000, Hourly energy in 6100, demand in 6200

    @BQ-11
    Scenario Outline: The file that energy comes in
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" comes in <file>
      And there is no response to "R1" in <other>
      And there is no response to "R1" in 6200

      Examples: The four energy framings
        | framing     | file | other |
        | TOU/CPP EST | 6000 | 6100  |
        | TOU/CPP CST | 6000 | 6100  |
        | periodic    | 6000 | 6100  |
        | hourly      | 6100 | 6000  |
