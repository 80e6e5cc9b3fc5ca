@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Re-Billing Report (BR03)
  BR03 lists the SDPs and billing periods whose quantities have changed after they were delivered: what was delivered, what
  it would be now, the difference, and the change in per cent of what was delivered. When it runs is not said: it is looked for
  until the end of the next day, or of as many days as the system states.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery" and "School" in I-Sync set 6, with
      | of     | attribute         | value       |
      | Bakery | framing structure | TOU/CPP EST |
      | School | framing structure | periodic    |
      | School | billing cycle     | C2          |

  Rule: Original, new, difference and percent change

    # Hourly: 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh. TOU/CPP: 24 x 50 = 1200 Wh, then 24 x 40 = 960 Wh. Periodic: twice
    # 24 x 20 = 960 Wh; its second day becomes 24 x 35 = 840 Wh, together 480 + 840 = 1320 Wh.
    @BRP-09
    Scenario: One rises, one falls, one changes on one day of two
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 50 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 20 Wh each hour from Sunday of week 0 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Sunday of week 0 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 40 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 35 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP    | from             | until             | change        | original | new  | difference | percent |
        | Mill   | Monday of week 1 | Tuesday of week 1 | interval data | 240      | 288  | 48         | 20.00   |
        | Bakery | Monday of week 1 | Tuesday of week 1 | usage         | 1200     | 960  | -240       | -20.00  |
        | School | Sunday of week 0 | Tuesday of week 1 | usage         | 960      | 1320 | 360        | 37.50   |

    # 24 x 1000 = 24,000 Wh; one hour has a watt-hour more.
    @BRP-09
    Scenario: A watt-hour
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses, each hour of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh   |
        | 00-23 | 1000 |
        | 23-24 | 1001 |
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new   | difference |
        | Mill | Monday of week 1 | Tuesday of week 1 | 24000    | 24001 | 1          |

    # 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh and 24 x 15 = 360 Wh.
    @BRP-09
    Scenario: A second change, of an SDP of each of two LDCs
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 4
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Barn" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And "Hilltop" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Barn | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Barn" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Saturday 09:00
      And "Mill" uses 15 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Barn" uses 15 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Monday 00:05
      Then BR03 of "Lakeside" since Saturday of week 1 at 09:00 lists
        | SDP  | from             | until             | new |
        | Mill | Monday of week 1 | Tuesday of week 1 | 360 |
      And BR03 of "Hilltop" since Saturday of week 1 at 09:00 lists
        | SDP  | from             | until             | new |
        | Barn | Monday of week 1 | Tuesday of week 1 | 360 |

    # Of nothing there is no percentage: whatever BR03 says of it is right.
    @BRP-09
    Scenario: Nothing was used at first
      Given "Mill" uses 0 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 5 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference |
        | Mill | Monday of week 1 | Tuesday of week 1 | 0        | 120 | 120        |

    # 24 x 10 = 240 Wh, then nothing: 240 Wh less, which is all of it.
    @BRP-09
    Scenario: Nothing was used after all
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 0 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference | percent |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 0   | -240       | -100.00 |

    # There is no register read: the quantities are delivered with 07.
    @BRP-09 @uses:SUM-04
    Scenario: What was delivered had failed the sum check
      Given I-Sync set 7 changes
        | of   | attribute   | value | from     |
        | Mill | VEE service | 03    | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference | percent |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 288 | 48         | 20.00   |

    @BRP-09
    Scenario: One change affects two billing periods, and leaves a third as it was
      Given "Mill" uses 10 Wh each hour from Sunday of week 0 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Sunday of week 0  | Tuesday of week 1   |
        | R2      | Mill | Monday of week 1  | Wednesday of week 1 |
        | R3      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      And "Mill" uses 15 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Friday 23:30
      Then BR03 of "Lakeside" since Thursday of week 1 at 09:00 lists
        | SDP  | from             | until               | original | new | difference | percent |
        | Mill | Sunday of week 0 | Tuesday of week 1   | 480      | 600 | 120        | 25.00   |
        | Mill | Monday of week 1 | Wednesday of week 1 | 480      | 600 | 120        | 25.00   |

    @BRP-09
    Scenario: A schedule asked for the quantities
      Given "School" uses 20 Wh each hour from Monday of week 2 until Tuesday of week 2
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Monday of week 2 | Tuesday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      And "School" uses 25 Wh each hour from Monday of week 2 until Tuesday of week 2
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 2 at 09:00 lists
        | SDP    | from             | until             | original | new | difference | percent |
        | School | Monday of week 2 | Tuesday of week 2 | 480      | 600 | 120        | 25.00   |

    # 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh.
    @BRP-09
    Scenario: The quantities were asked for on cycle
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference | percent |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 288 | 48         | 20.00   |

    # 24 x 20 = 480 Wh, then 24 x 25 = 600 Wh.
    @BRP-09 @uses:BSV-05
    Scenario: A schedule asked for the quantities, and the billing agent received them
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And I-Sync set 7 changes
        | of     | attribute     | value             | from     |
        | School | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "School" uses 20 Wh each hour from Monday of week 2 until Tuesday of week 2
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Monday of week 2 | Tuesday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      And "School" uses 25 Wh each hour from Monday of week 2 until Tuesday of week 2
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 2 at 09:00 lists
        | SDP    | from             | until             | original | new | difference | percent |
        | School | Monday of week 2 | Tuesday of week 2 | 480      | 600 | 120        | 25.00   |

    # The response is of two parts, of 480 Wh each: Sunday and Monday.
    @BRP-09 @AMB-55:whole-period @uses:SEG-02
    Scenario: The quantities were delivered in two parts
      Given I-Sync set 7 changes
        | of     | attribute | value       | from             |
        | School | account   | New account | Monday of week 1 |
      And set 7 arrives
      And "School" uses 20 Wh each hour from Sunday of week 0 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | School | Sunday of week 0 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "School" uses 25 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP    | from             | until             | original | new  | difference | percent |
        | School | Sunday of week 0 | Tuesday of week 1 | 960      | 1080 | 120        | 12.50   |

    # The response is of two parts, of 480 Wh each: Sunday and Monday.
    @BRP-09 @AMB-55:each-sub-period @uses:SEG-02
    Scenario: One of the two parts of a response has changed
      Given I-Sync set 7 changes
        | of     | attribute | value       | from             |
        | School | account   | New account | Monday of week 1 |
      And set 7 arrives
      And "School" uses 20 Wh each hour from Sunday of week 0 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | School | Sunday of week 0 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "School" uses 25 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP    | from             | until             | original | new  | difference | percent |
        | School | Monday of week 1 | Tuesday of week 1 | 480      | 600  | 120        | 25.00   |

    # As before; the Sunday becomes 24 x 30 = 720 Wh, and the Monday 600.
    @BRP-09 @AMB-55:each-sub-period @uses:SEG-02
    Scenario: Both parts of a response have changed
      Given I-Sync set 7 changes
        | of     | attribute | value       | from             |
        | School | account   | New account | Monday of week 1 |
      And set 7 arrives
      And "School" uses 20 Wh each hour from Sunday of week 0 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | School | Sunday of week 0 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "School" uses 30 Wh each hour from Sunday of week 0 until Monday of week 1
      And "School" uses 25 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP    | from             | until             | original | new  | difference | percent |
        | School | Sunday of week 0 | Monday of week 1  | 480      | 720  | 240        | 50.00   |
        | School | Monday of week 1 | Tuesday of week 1 | 480      | 600  | 120        | 25.00   |

    # 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh.
    @BRP-09 @uses:BQ-09 @BILLING-DEMAND
    Scenario: SDPs whose framing structures have demand
      Given I-Sync set 7 changes
        | of     | attribute         | value                     | from     |
        | Mill   | framing structure | hourly 60 block eastern   | long ago |
        | Bakery | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP    | from             | until             | change        | original | new | difference |
        | Mill   | Monday of week 1 | Tuesday of week 1 | interval data | 240      | 288 | 48         |
        | Bakery | Monday of week 1 | Tuesday of week 1 | usage         | 240      | 288 | 48         |

    # 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh.
    @BRP-09
    Scenario: What was estimated is measured
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1, with status EST
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 288 | 48         |

    # 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh.
    @BRP-09
    Scenario: It changes on the day on which it was delivered
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 13:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Wednesday 23:59
      Then BR03 of "Lakeside" since Tuesday of week 1 at 13:00 lists
        | SDP  | from             | until             | original | new | difference |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 288 | 48         |

    # 24 x 10 = 240 Wh, then 24 x 12 = 288 Wh, six weeks after the period.
    @BRP-09 @dated
    Scenario: A period that ended weeks ago
      Given "Mill" uses 10 Wh each hour from 2011-01-10 until 2011-01-11
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-01-10 | 2011-01-11 |
      And 42 days have passed
      And "Mill" uses 12 Wh each hour from 2011-01-10 until 2011-01-11
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since 2011-02-22 at 09:00 lists
        | SDP  | from       | until      | original | new | difference | percent |
        | Mill | 2011-01-10 | 2011-01-11 | 240      | 288 | 48         | 20.00   |

    # 24 x 10 = 240 Wh, then 24 x 15 = 360 Wh.
    @BRP-09
    Scenario: The data comes late on a Saturday
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Saturday 23:40
      And "Mill" uses 15 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Monday 00:05
      Then BR03 of "Lakeside" since Saturday of week 1 at 23:40 lists
        | SDP  | from             | until             | original | new | difference | percent |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 360 | 120        | 50.00   |

    # 24 x 10 = 240 Wh, then 24 x 15 = 360 Wh. Whenever BR03 ran: what it told while the mailbox refused files comes by the
    # end of Thursday.
    @BRP-09 @AMB-58:tried-again
    Scenario: The mailbox refuses files when the report runs
      Given the mailbox of "Lakeside" refuses files from Wednesday 23:00 until Thursday 06:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 15 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Friday 00:05
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference | percent |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 360 | 120        | 50.00   |

    @BRP-09 @dated
    Scenario: New Year
      Given 354 days have passed
      And "Mill" uses 10 Wh each hour from 2011-12-28 until 2011-12-29
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-28 | 2011-12-29 |
      And it is Sunday 09:00
      And "Mill" uses 9 Wh each hour from 2011-12-28 until 2011-12-29
      When it is Monday 23:30
      Then BR03 of "Lakeside" since 2012-01-01 at 09:00 lists
        | SDP  | from       | until      | original | new | difference | percent |
        | Mill | 2011-12-28 | 2011-12-29 | 240      | 216 | -24        | -10.00  |

    # 24 x 10 = 240 Wh. By the Central clock the hour from 00:00 EST on Tuesday is the last of Monday; it comes to 30 Wh:
    # 23 x 10 + 30 = 260 Wh.
    @BRP-09 @AMB-25 @uses:BQ-04 @uses:BSV-05
    Scenario: The billing agent of a Central SDP received the quantities, and their last hour changes
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And I-Sync set 7 changes
        | of   | attribute         | value             | from     |
        | Mill | framing structure | TOU/CPP CST       | long ago |
        | Mill | billing agent     | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      And "Mill" uses 30 Wh each hour on Tuesday of week 1 until 01:00
      When it is Friday 23:30
      Then BR03 of "Lakeside" since Thursday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference |
        | Mill | Monday of week 1 | Tuesday of week 1 | 240      | 260 | 20         |

  Rule: What has not changed since it was delivered is not listed

    @BRP-09
    Scenario: The same data comes once more
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Thursday 23:30
      Then BR03 of "Lakeside" since Wednesday of week 1 at 09:00 lists nothing

    @BRP-09
    Scenario: The data changes before it is delivered
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR03 of "Lakeside" since Tuesday of week 1 at 09:00 lists nothing

    # On Wednesday R2 delivers what R1 could not know: 288 Wh. What changes on Friday is compared with that.
    @BRP-09
    Scenario: The period is billed again
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Friday 09:00
      And "Mill" uses 15 Wh each hour from Monday of week 1 until Tuesday of week 1
      When it is Saturday 23:30
      Then BR03 of "Lakeside" since Friday of week 1 at 09:00 lists
        | SDP  | from             | until             | original | new | difference | percent |
        | Mill | Monday of week 1 | Tuesday of week 1 | 288      | 360 | 72         | 25.00   |
