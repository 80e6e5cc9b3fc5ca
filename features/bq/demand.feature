@BQ @BILLING-DEMAND @BILLING-ENERGY @SYNC
Feature: Demand quantities supplement energy quantities
  Block demand is taken over spans of 15 or 60 minutes that follow one another, rolling demand over a span that begins with
  each interval.

  Background:
    Given LDC "Lakeside" is registered

  Rule: 24 demand framing structures: energy framing, 15 or 60 minutes, block or rolling, Eastern or Central

    # Quarter hours of 10 Wh, but for the quarters from 06:30 to 07:30, which carry 100 Wh each: as 15-minute demand
    # 400 W; as 60-minute blocks 06-07 and 07-08 carry 220 Wh each; as 60-minute rolling demand 06:30-07:30 carries 400.
    @BQ-08 @AMB-10
    Scenario Outline: The highest demand of a day
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, each quarter hour of the days from Monday of week 1 until Wednesday of week 1
        | times       | Wh  |
        | 00:00-06:30 | 10  |
        | 06:30-07:30 | 100 |
        | 07:30-24:00 | 10  |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | framing   | W   | VA |
        | <framing> | <W> |    |

      Examples: The 24 structures
        | framing                     | W   |
        | TOU/CPP 15 block eastern    | 400 |
        | TOU/CPP 15 block central    | 400 |
        | TOU/CPP 15 rolling eastern  | 400 |
        | TOU/CPP 15 rolling central  | 400 |
        | TOU/CPP 60 block eastern    | 220 |
        | TOU/CPP 60 block central    | 220 |
        | TOU/CPP 60 rolling eastern  | 400 |
        | TOU/CPP 60 rolling central  | 400 |
        | hourly 15 block eastern     | 400 |
        | hourly 15 block central     | 400 |
        | hourly 15 rolling eastern   | 400 |
        | hourly 15 rolling central   | 400 |
        | hourly 60 block eastern     | 220 |
        | hourly 60 block central     | 220 |
        | hourly 60 rolling eastern   | 400 |
        | hourly 60 rolling central   | 400 |
        | periodic 15 block eastern   | 400 |
        | periodic 15 block central   | 400 |
        | periodic 15 rolling eastern | 400 |
        | periodic 15 rolling central | 400 |
        | periodic 60 block eastern   | 220 |
        | periodic 60 block central   | 220 |
        | periodic 60 rolling eastern | 400 |
        | periodic 60 rolling central | 400 |

    @BQ-08 @AMB-10
    Scenario: Nothing was used, and the demand is nothing
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
      And "Mill" uses 0 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W |
        | 0 |

    # 90 Wh and 120 varh in one quarter hour are 360 W and 600 VA; in the hour around it, with three quarters of 9 and 12, 117 W.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: A single quarter hour
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, each quarter hour of the days from Monday of week 1 until Wednesday of week 1
        | times       | Wh | varh |
        | 00:00-06:30 | 9  | 12   |
        | 06:30-06:45 | 90 | 120  |
        | 06:45-24:00 | 9  | 12   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 360 | 600 |

      Examples: Rolling and block, in either zone
        | framing                    |
        | TOU/CPP 15 rolling central |
        | hourly 15 rolling eastern  |
        | periodic 15 rolling central |
        | hourly 15 block central    |

    # 90 Wh and 120 varh each quarter hour, from 06:15 until 07:15, are 360 W and 600 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario: An hour that begins at a quarter past
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                       |
        | Mill | framing structure | periodic 60 rolling eastern |
      And "Mill" uses, each quarter hour of the days from Monday of week 1 until Tuesday of week 1
        | times       | Wh | varh |
        | 00:00-06:15 | 9  | 12   |
        | 06:15-07:15 | 90 | 120  |
        | 07:15-24:00 | 9  | 12   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 360 | 600 |

    # 90 Wh in a quarter hour are 360 W, whatever stands between meter and customer.
    @BQ-08 @AMB-10
    Scenario: The CT/PT multiplier is not applied to demand
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
        | Mill | CT/PT multiplier  | 40                        |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-24 | 90 |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   |
        | 360 |

    # The quarter hour of 90 Wh and 120 varh is an estimated one: 360 W and 600 VA.
    @BQ-08 @AMB-10 @AMB-57 @uses:BQ-01
    Scenario: The highest demand was estimated
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, in intervals of 15 minutes on Monday of week 1
        | times       | Wh | varh | status |
        | 00:00-06:30 | 9  | 12   | VAL    |
        | 06:30-06:45 | 90 | 120  | EST    |
        | 06:45-24:00 | 9  | 12   | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 360 | 600 |

    # The hour of 90 Wh, of days that have 9 Wh in each: 90 W.
    @BQ-08 @AMB-10 @dated
    Scenario Outline: A day that is easily forgotten has its part in demand
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
      And "Mill" uses 9 Wh each hour from <start> until <day>
      And "Mill" uses, each hour of the days from <day> until <next>
        | hours | Wh |
        | 00-12 | 9  |
        | 12-13 | 90 |
        | 13-24 | 9  |
      And "Mill" uses 9 Wh each hour from <next> until <end>
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from    | until |
        | R1      | Mill | <start> | <end> |
      And 1 day has passed
      Then the demand response to "R1" says
        | W  |
        | 90 |

      Examples: Of a long period, of Christmas, and of a leap year
        | case          | start      | day        | next       | end        | passed |
        | the 34th day  | 2011-01-10 | 2011-02-12 | 2011-02-13 | 2011-02-14 | 40     |
        | Christmas Day | 2011-12-24 | 2011-12-25 | 2011-12-26 | 2011-12-27 | 355    |
        | 29 February   | 2012-02-28 | 2012-02-29 | 2012-03-01 | 2012-03-02 | 420    |

    # 30 Wh and 40 varh in a quarter hour are 120 W and 160 var: 200 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario: Reactive data gives kVA
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-12 | 30 | 40   |
        | 12-24 | 10 | 10   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 120 | 200 |

    # 40 varh in a quarter hour are 160 var.
    @BQ-08 @AMB-10 @AMB-57
    Scenario: Reactive energy alone
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-24 | 0  | 40   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W | VA  |
        | 0 | 160 |

    @BQ-08 @AMB-10
    Scenario: The demand of other days stays out
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                       |
        | Mill | framing structure | periodic 15 rolling eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-24 | 90 |
      And "Mill" uses, each 15 minutes of the days from Tuesday of week 1 until Wednesday of week 1
        | hours | Wh |
        | 00-24 | 10 |
      And "Mill" uses, each 15 minutes of the days from Wednesday of week 1 until Thursday of week 1
        | hours | Wh |
        | 00-24 | 80 |
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:21
      Then the demand response to "R1" says
        | W  |
        | 40 |

    # 60 Wh and 11 varh are 240 W and 44 var: 244 VA. 40 Wh and 75 varh are 160 W and 300 var: 340 VA, at another moment
    # than the highest demand. The highest W and the highest var, which never meet, would be some 384 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario: The highest kVA is that of one moment, and not always that of the highest kW
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-08 | 10 | 10   |
        | 08-16 | 60 | 11   |
        | 16-24 | 40 | 75   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 240 | 340 |

    # 9 Wh and 40 varh in a quarter hour are 36 W and 160 var: just 164 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario: To the watt and to the VA
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-24 | 9  | 40   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W  | VA  |
        | 36 | 164 |

    # Two half hours of 90 Wh and 120 varh, 06:30-07:30: 180 W and 300 VA as rolling demand, and 135 W and 225 VA in the hour
    # by the clock, where one is of 45 Wh and 60 varh.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: Half hours, and demand over an hour
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, in intervals of 30 minutes on Monday of week 1
        | times       | Wh | varh | status |
        | 00:00-06:30 | 45 | 60   | VAL    |
        | 06:30-07:30 | 90 | 120  | VAL    |
        | 07:30-24:00 | 45 | 60   | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | <W> | <VA> |

      Examples: Rolling and block
        | framing                     | W   | VA  |
        | periodic 60 rolling eastern | 180 | 300 |
        | hourly 60 block eastern     | 135 | 225 |

    # Each hour of Monday has 300 W and 400 var: 500 VA. On Tuesday four quarter hours of 60 Wh and 80 varh are 240 W and 400 VA,
    # of 90 Wh and 120 varh 360 W and 600 VA, and of 60 Wh and 175 varh 240 W and 700 var: 740 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: A day of hours, and a day of quarter hours
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
      And "Mill" uses, each 60 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh  | varh |
        | 00-24 | 300 | 400  |
      And "Mill" uses, each 15 minutes of the days from Tuesday of week 1 until Wednesday of week 1
        | hours | Wh   | varh   |
        | 00-24 | <Wh> | <varh> |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | <W> | <VA> |

      Examples: Either day has the highest demand, or each of them one
        | highest                         | Wh | varh | W   | VA  |
        | hours                           | 60 | 80   | 300 | 500 |
        | quarter hours                   | 90 | 120  | 360 | 600 |
        | W of hours, VA of quarter hours | 60 | 175  | 300 | 740 |

    # 160 W and 200 var are 256.12 VA, 160 W and 212 var 265.60 VA.
    @BQ-08 @AMB-57:down
    Scenario: A fraction of a VA is dropped
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-24 | 40 | 53   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 160 | 265 |

    @BQ-08 @AMB-57:nearest
    Scenario Outline: A fraction of a VA is rounded to the nearest
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh   |
        | 00-24 | 40 | <varh> |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | 160 | <VA> |

      Examples: Less than a half, and more
        | case   | varh | VA  |
        | 256.12 | 50   | 256 |
        | 265.60 | 53   | 266 |

    @BQ-08 @AMB-57:up
    Scenario: A fraction of a VA counts as a whole one
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-24 | 40 | 50   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 160 | 257 |

    # An hour of four quarters of 90 Wh and 120 varh, from 23:30 on Saturday: as rolling demand 360 W and 480 var, 600 VA.
    # The clock hours on either side carry 198 Wh and 264 varh: 330 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: An hour that goes over midnight, on a weekend
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, each quarter hour of the days from Friday of week 0 until Saturday of week 0
        | times       | Wh | varh |
        | 00:00-24:00 | 9  | 12   |
      And "Mill" uses, each quarter hour of the days from Saturday of week 0 until Sunday of week 0
        | times       | Wh | varh |
        | 00:00-23:30 | 9  | 12   |
        | 23:30-24:00 | 90 | 120  |
      And "Mill" uses, each quarter hour of the days from Sunday of week 0 until Monday of week 1
        | times       | Wh | varh |
        | 00:00-00:30 | 90 | 120  |
        | 00:30-24:00 | 9  | 12   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Friday of week 0 | Monday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | <W> | <VA> |

      Examples: An hour from each quarter on, and an hour by the clock
        | framing                     | W   | VA  |
        | periodic 60 rolling eastern | 360 | 600 |
        | periodic 60 block eastern   | 198 | 330 |

    # Three times five minutes of 45 Wh and 60 varh are 540 W and 900 VA in a quarter hour, two half hours of them 90 W and
    # 150 VA in an hour. On either side of midnight there are spans that hold less.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: A span of other intervals that goes over midnight
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, in intervals of <minutes> minutes on Sunday of week 0
        | times         | Wh | varh | status |
        | 00:00-<late>  | 9  | 12   | VAL    |
        | <late>-24:00  | 45 | 60   | VAL    |
      And "Mill" uses, in intervals of <minutes> minutes on Monday of week 1
        | times         | Wh | varh | status |
        | 00:00-<early> | 45 | 60   | VAL    |
        | <early>-24:00 | 9  | 12   | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Sunday of week 0 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | <W> | <VA> |

      Examples: Five minutes, and half hours
        | minutes | framing                     | late  | early | W   | VA  |
        | 5       | periodic 15 rolling eastern | 23:50 | 00:05 | 540 | 900 |
        | 30      | hourly 60 rolling eastern   | 23:30 | 00:30 | 90  | 150 |

    # 90 Wh and 120 varh in a quarter hour are 360 W and 480 var: 600 VA.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: At the very edge of the period
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, each quarter hour of the days from Monday of week 1 until Tuesday of week 1
        | times       | Wh         | varh         |
        | 00:00-00:15 | <first Wh> | <first varh> |
        | 00:15-23:45 | 9          | 12           |
        | 23:45-24:00 | <last Wh>  | <last varh>  |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA  |
        | 360 | 600 |

      Examples: The first quarter hour, and the last
        | where | first Wh | first varh | last Wh | last varh |
        | first | 90       | 120        | 9       | 12        |
        | last  | 9        | 12         | 90      | 120       |

    # Three intervals of 5 minutes with 45 Wh and 60 varh each, from 06:10 until 06:25: 540 W and 900 VA as rolling demand.
    # The quarter hours by the clock carry 63 Wh and 84 varh, and 99 Wh and 132 varh: 396 W and 660 VA is the higher.
    @BQ-08 @AMB-10 @AMB-57
    Scenario Outline: Intervals that are finer than the demand
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, each 5 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-24 | 9  | 12   |
      And "Mill" uses, in intervals of 5 minutes on Monday of week 1
        | times       | Wh | varh | status |
        | 06:10-06:25 | 45 | 60   | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | <W> | <VA> |

      Examples: Rolling and block
        | framing                     | W   | VA  |
        | periodic 15 rolling eastern | 540 | 900 |
        | periodic 15 block eastern   | 396 | 660 |

    # Until 01:00 EST of a day it is the day before, by the Central clock. 90 Wh and 120 varh each quarter hour are 360 W
    # and 600 VA, 60 and 80 240 W and 400 VA, 9 and 12 36 W and 60 VA.
    @BQ-08 @AMB-25 @AMB-57
    Scenario Outline: Whose day the first hour is
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses, each 15 minutes of the days from Sunday of week 0 until Monday of week 1
        | hours | Wh | varh |
        | 00-01 | 90 | 120  |
        | 01-24 | 9  | 12   |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh | varh |
        | 00-24 | 9  | 12   |
      And "Mill" uses, each 15 minutes of the days from Tuesday of week 1 until Wednesday of week 1
        | hours | Wh | varh |
        | 00-01 | 60 | 80   |
        | 01-24 | 9  | 12   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Sunday of week 0 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W   | VA   |
        | <W> | <VA> |

      Examples: The two zones
        | framing                   | W   | VA  |
        | periodic 60 block eastern | 360 | 600 |
        | periodic 60 block central | 240 | 400 |

    # Monday by the Central clock: 23 hours of 4 Wh, and the first of Tuesday of 7.
    @BQ-04 @AMB-25
    Scenario: Energy beside Central demand
      Given "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6, with
        | of     | attribute         | value                     |
        | Mill   | framing structure | periodic 60 block central |
        | Bakery | framing structure | hourly 60 rolling central |
      And "Mill" uses, each hour of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-01 | 90 |
        | 01-24 | 4  |
      And "Bakery" uses, each hour of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh |
        | 00-01 | 90 |
        | 01-24 | 4  |
      And "Mill" uses 7 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Bakery" uses 7 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | total |
        | 99    |
      And the response to "R2" gives, hour by hour
        | day              | hours | Wh |
        | Monday of week 1 | 00-23 | 4  |
        | Monday of week 1 | 23-24 | 7  |

  Rule: A demand framing structure yields an energy response and a demand response that supplements it

    @BQ-09 @uses:BQ-11
    Scenario Outline: Both come
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses 40 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" comes in <energy>
      And the response to "R1" comes in 6200

      Examples: Each energy framing
        | framing                   | energy |
        | TOU/CPP 60 block eastern  | 6000   |
        | hourly 60 block eastern   | 6100   |
        | periodic 60 block central | 6000   |

    @BQ-09 @uses:BSV-01 @uses:WIN-05
    Scenario: Both come of what the schedule asked for
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 40 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 08:00
      Then the scheduled response for "Mill" comes in 6000
      And the scheduled response for "Mill" comes in 6200

    # There is no register read: 07.
    @BQ-09 @uses:SUM-04
    Scenario: Both come where the sum check fails
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
        | Mill | VEE service       | 03                        |
      And "Mill" uses 40 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" comes in 6000
      And the response to "R1" comes in 6200

    @BQ-09 @uses:BSV-05 @uses:WIN-05
    Scenario: Both come to the billing agent that asked
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And "Lakeside" has authorised "Metering Partners" to receive 6200
      And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
        | Mill | billing agent     | Metering Partners         |
      And "Mill" uses 40 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" comes in 6000
      And the response to "R1" comes in 6200

    @BQ-09 @uses:SEG-02 @uses:BQ-08
    Scenario: Both come of each sub-period
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
      And I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And "Mill" uses 40 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | from              | until               | total |
        | Monday of week 1  | Tuesday of week 1   | 960   |
        | Tuesday of week 1 | Wednesday of week 1 | 960   |
      And the demand response to "R1" says
        | from              | until               | W  |
        | Monday of week 1  | Tuesday of week 1   | 40 |
        | Tuesday of week 1 | Wednesday of week 1 | 40 |

    # 24 x 40 and 24 x 30 Wh.
    @BQ-09 @uses:BSV-05 @uses:SEG-02 @uses:BQ-08 @uses:WIN-05
    Scenario: Both come of each sub-period to the billing agent that asked
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And "Lakeside" has authorised "Metering Partners" to receive 6200
      And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
        | Mill | billing agent     | Metering Partners         |
      And I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And "Mill" uses 40 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 30 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:10
      Then the response to "R1" says
        | from              | until               | total |
        | Monday of week 1  | Tuesday of week 1   | 960   |
        | Tuesday of week 1 | Wednesday of week 1 | 720   |
      And the demand response to "R1" says
        | from              | until               | W  |
        | Monday of week 1  | Tuesday of week 1   | 40 |
        | Tuesday of week 1 | Wednesday of week 1 | 30 |

    @BQ-11
    Scenario Outline: The file that the energy beside demand comes in
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value     |
        | Mill | framing structure | <framing> |
      And "Mill" uses 40 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" comes in <file>
      And there is no response to "R1" in <other>

      Examples: Each energy framing
        | framing                    | file | other |
        | hourly 60 block eastern    | 6100 | 6000  |
        | hourly 60 rolling central  | 6100 | 6000  |
        | periodic 60 block eastern  | 6000 | 6100  |
        | TOU/CPP 60 rolling central | 6000 | 6100  |

  Rule: What holds of energy holds of the data that demand rests on

    # Nothing but reactive energy comes with the quarter hour that needs edit.
    @BQ-01
    Scenario: A quarter hour with reactive data needs verification or edit
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 15 block eastern |
      And "Mill" uses, in intervals of 15 minutes on Monday of week 1
        | times       | Wh | varh | status |
        | 00:00-06:30 | 9  | 12   | VAL    |
        | 06:30-06:45 | 9  | 12   | NVE    |
        | 06:45-24:00 | 9  | 12   | VAL    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    # Of so much the least loss factor, whatever it may be, makes another demand.
    @BQ-10 @uses:BQ-08
    Scenario: The demand that the meter measured is what is delivered
      Given "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
        | of   | attribute         | value                     |
        | Mill | framing structure | periodic 60 block eastern |
      And "Mill" uses 10000000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the demand response to "R1" says
        | W        |
        | 10000000 |
