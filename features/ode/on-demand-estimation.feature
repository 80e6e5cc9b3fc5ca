@ODE @ODEST @BILLING-ENERGY @SYNC
Feature: On-demand estimation of the last days of a billing period
  ODEST extrapolates intervals that are missing at the end of a period, where the SDP's VEE service provides for it.

  VEE service 13 parallels 03 and estimates by history; 14 parallels 04 and estimates by class load profile.
  What the profile of a class says is assumed: on a business day 300 Wh an hour until 07:00, 500 until 17:00, 1200 until 21:00
  and 600 from then on; on other days 350 until 08:00 and 750 from then on.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Farm" in I-Sync set 6, with
      | of   | attribute   | value |
      | Mill | VEE service | 13    |
      | Farm | VEE service | 14    |

  Rule: It starts two business days after the billing window opens, for requests that are still active

    @ODE-02 @AMB-07 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: The window opens on a Tuesday
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Thursday 08:00
      Then the response to "R1" came on Thursday of week 2 at 08:00

    @ODE-02 @AMB-07 @uses:WIN-01
    Scenario: Not a business day earlier
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Wednesday 23:30
      Then there is no response to "R1"

    @ODE-02 @AMB-07 @uses:ODE-04 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: Two requests that wait at the same time
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And "Farm" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
        | R2      | Farm | Monday of week 2 | Tuesday of week 2 |
      When it is Thursday 08:00
      Then the response to "R1" came on Thursday of week 2 at 08:00
      And the response to "R2" came on Thursday of week 2 at 08:00

    @ODE-02 @AMB-07 @AMB-60 @uses:BSV-01 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: A period that the schedule asked for
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      When it is Thursday 08:00
      Then the scheduled response for "Mill" came on Thursday of week 2 at 08:00

    # The windows open on Tuesday and on Wednesday.
    @ODE-02 @AMB-07 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: Two periods of one SDP, one after the other
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 2  | Tuesday of week 2   |
        | R2      | Mill | Tuesday of week 2 | Wednesday of week 2 |
      When it is Friday 08:00
      Then the response to "R1" came on Thursday of week 2 at 08:00
      And the response to "R2" came on Friday of week 2 at 08:00

    @ODE-02 @AMB-07 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: A request on cycle
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Thursday 08:00
      Then the response to "R1" came on Thursday of week 2 at 08:00

    @ODE-02 @AMB-07 @uses:BSV-05 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: A request of the billing agent
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Thursday 08:00
      Then the response to "R1" came on Thursday of week 2 at 08:00

    @ODE-02 @AMB-07 @AMB-60 @uses:BSV-01 @uses:BSV-05 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: A period that the schedule asked for, whose quantities go to an agent
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      When it is Thursday 08:00
      Then the scheduled response for "Mill" came on Thursday of week 2 at 08:00

    # The window is Thursday, Friday and Monday.
    @ODE-02 @AMB-07 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: Two business days have passed by Saturday
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 2
      And 10 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from                | until              |
        | R1      | Mill | Wednesday of week 2 | Thursday of week 2 |
      When it is Saturday 08:00
      Then the response to "R1" came on Saturday of week 2 at 08:00

    # The window is Monday, Tuesday and Wednesday.
    @ODE-02 @AMB-07 @uses:WIN-01
    Scenario: A weekend does not count
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 2
      And 12 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Friday of week 2 | Saturday of week 2 |
      When it is Tuesday 23:30
      Then there is no response to "R1"

    # Monday 21 February is Family Day: the window is Tuesday, Wednesday and Thursday.
    @ODE-02 @AMB-07 @dated @uses:WIN-01
    Scenario: A holiday does not count
      Given 39 days have passed
      And "Mill" uses 1000 Wh each hour from 2011-01-24 until 2011-02-18
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-17 | 2011-02-19 |
      When it is Wednesday 23:30
      Then there is no response to "R1"

    @ODE-02 @AMB-07
    Scenario: A request that comes before its period has ended
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 3 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When 6 days have passed
      Then there is no response to "R1"

    @ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: What was answered before is not answered again
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      And it is Wednesday 12:00
      And "Mill" uses 3000 Wh each hour from Monday of week 2 until Tuesday of week 2
      When it is Friday 12:00
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-24 | 3000 |

  Rule: It runs only where the VEE service enables it, which parallels one without

    @ODE-01 @uses:WIN-01 @uses:WIN-07
    Scenario Outline: A VEE service without on-demand estimation
      Given I-Sync set 7 changes
        | of   | attribute   | value     | from     |
        | Mill | VEE service | <service> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then there is no response to "R1"

      Examples:
        | service |
        | 01      |
        | 02      |
        | 03      |
        | 04      |

    @ODE-01 @uses:ODE-02
    Scenario Outline: A VEE service with on-demand estimation
      Given I-Sync set 7 changes
        | of   | attribute   | value     | from     |
        | Mill | VEE service | <service> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" comes in 6100

      Examples:
        | service |
        | 13      |
        | 14      |

  Rule: Only what lies beyond the most recently received interval is estimated

    @ODE-03 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: A day that was received in part
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And "Mill" uses 3000 Wh each hour on Monday of week 2 until 10:00
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-10 | 3000 |
        | Monday of week 2 | 10-24 | 1000 |

    @ODE-03 @uses:TXS-03 @uses:WIN-01 @uses:WIN-07
    Scenario: An earlier gap is not filled
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And "Mill" uses 1000 Wh each hour from Tuesday of week 2 until Wednesday of week 2
      And 10 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 2 | Thursday of week 2 |
      When it is Tuesday 08:00
      Then the response to "R1" has status 02

    @ODE-03 @uses:ODE-02 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: Data that arrives after the estimation, and before the next run, wins
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      And it is Thursday 04:00
      When "Mill" uses 3000 Wh each hour from Monday of week 2 until Tuesday of week 2
      And it is Thursday 08:00
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-24 | 3000 |

    # What is estimated is the Tuesday, by the load profile of a business day.
    @ODE-03 @uses:ODE-02 @uses:ODE-04 @uses:ODE-01 @uses:WIN-01
    Scenario: What was received as estimated stays as it is
      Given "Farm" uses 9000 Wh each hour from Monday of week 1 until Monday of week 2
      And "Farm" uses 5000 Wh each hour from Monday of week 2 until Tuesday of week 2, with status EST
      And 9 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Farm | Monday of week 2 | Wednesday of week 2 |
      When it is Saturday 07:30
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh   |
        | Monday of week 2  | 00-24 | 5000 |
        | Tuesday of week 2 | 00-07 | 300  |
        | Tuesday of week 2 | 07-17 | 500  |
        | Tuesday of week 2 | 17-21 | 1200 |
        | Tuesday of week 2 | 21-24 | 600  |

    # The Monday is estimated for R1 on Thursday, and comes on the same day; for R2 the Tuesday alone is estimated.
    @ODE-03 @uses:ODE-02 @uses:ODE-04 @uses:ODE-01 @uses:WIN-01
    Scenario: What comes between two estimations stays as it is
      Given "Farm" uses 9000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Farm | Monday of week 2 | Tuesday of week 2   |
        | R2      | Farm | Monday of week 2 | Wednesday of week 2 |
      And it is Thursday 12:00
      When "Farm" uses 5000 Wh each hour from Monday of week 2 until Tuesday of week 2
      And it is Saturday 07:30
      Then the response to "R2" gives, hour by hour
        | day               | hours | Wh   |
        | Monday of week 2  | 00-24 | 5000 |
        | Tuesday of week 2 | 00-07 | 300  |
        | Tuesday of week 2 | 07-17 | 500  |
        | Tuesday of week 2 | 17-21 | 1200 |
        | Tuesday of week 2 | 21-24 | 600  |

    @ODE-03 @uses:ODE-04 @uses:ODE-02 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: The last days of a period, not the first of them alone
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 2
      And 10 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 2 | Thursday of week 2 |
      When it is Monday 23:30
      Then the response to "R1" gives, hour by hour
        | day                 | hours | Wh   |
        | Monday of week 2    | 00-24 | 1000 |
        | Tuesday of week 2   | 00-24 | 1000 |
        | Wednesday of week 2 | 00-24 | 1000 |

    # Tuesday was received, with 24 x 1000 Wh. Wednesday is estimated by the load profile of a business day:
    # 7 x 300 + 10 x 500 + 4 x 1200 + 3 x 600 = 13700 Wh.
    @ODE-03 @uses:ODE-04 @uses:ODE-02 @uses:SEG-02 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: The last day of a period that a new tenant divides
      Given I-Sync set 7 changes
        | of   | attribute         | value      | from              |
        | Farm | framing structure | periodic   | long ago          |
        | Farm | account           | New tenant | Tuesday of week 2 |
      And "Farm" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 2
      And set 7 arrives
      And 10 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Farm | Monday of week 2 | Thursday of week 2 |
      When it is Monday 23:30
      Then the response to "R1" says
        | from              | until              | total |
        | Monday of week 2  | Tuesday of week 2  | 24000 |
        | Tuesday of week 2 | Thursday of week 2 | 37700 |

    # The window opens on Tuesday 3 January 2012; two business days have passed by Thursday.
    @ODE-03 @AMB-07 @uses:ODE-02 @uses:ODE-04 @dated @uses:ODE-01 @uses:WIN-01
    Scenario: The last days of a year, and the first of the next
      Given "Mill" uses 1000 Wh each hour from 2011-12-01 until 2011-12-31
      And 358 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-30 | 2012-01-03 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day        | hours | Wh   |
        | 2011-12-30 | 00-24 | 1000 |
        | 2011-12-31 | 00-24 | 1000 |
        | 2012-01-01 | 00-24 | 1000 |
        | 2012-01-02 | 00-24 | 1000 |

    # By the Central clock Monday goes on until Tuesday 01:00 EST, of which the last hour is missing: 24 x 1000 Wh.
    @ODE-03 @AMB-25 @uses:ODE-02 @uses:ODE-04 @uses:ODE-01 @uses:WIN-01
    Scenario: The last hour of a Central SDP's day
      Given I-Sync set 7 changes
        | of   | attribute         | value       | from     |
        | Mill | framing structure | TOU/CPP CST | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" says
        | total |
        | 24000 |

  Rule: It uses historic or class load profile estimation, as the VEE service says

    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario Outline: Intervals that are shorter than an hour
      Given "Mill" uses, each <minutes> minutes of the days from Monday of week 1 until Monday of week 2
        | hours | Wh   |
        | 00-24 | <Wh> |
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Mill  | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-24 | 1200 |

      Examples: Half hours, quarter hours and five minutes
        | minutes | Wh  |
        | 30      | 600 |
        | 15      | 300 |
        | 5       | 100 |

    # Every day was like the others: what was used at the same time of day is the estimate, however history is weighed.
    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: Historic
      Given "Mill" uses, each hour of the days from Monday of week 1 until Monday of week 2
        | hours | Wh   |
        | 00-08 | 2000 |
        | 08-20 | 7000 |
        | 20-24 | 3000 |
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-08 | 2000 |
        | Monday of week 2 | 08-20 | 7000 |
        | Monday of week 2 | 20-24 | 3000 |

    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: Historic, over a weekend
      Given "Mill" uses, each hour of the days from Monday of week 1 until Saturday of week 2
        | hours | Wh   |
        | 00-08 | 2000 |
        | 08-20 | 7000 |
        | 20-24 | 3000 |
      And 14 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from               | until            |
        | R1      | Mill | Saturday of week 2 | Monday of week 3 |
      When it is Thursday 07:30
      Then the response to "R1" gives, hour by hour
        | day                | hours | Wh   |
        | Saturday of week 2 | 00-08 | 2000 |
        | Saturday of week 2 | 08-20 | 7000 |
        | Saturday of week 2 | 20-24 | 3000 |
        | Sunday of week 2   | 00-08 | 2000 |
        | Sunday of week 2   | 08-20 | 7000 |
        | Sunday of week 2   | 20-24 | 3000 |

    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: Class load profile, on a business day
      Given "Farm" uses 9000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Farm | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-07 | 300  |
        | Monday of week 2 | 07-17 | 500  |
        | Monday of week 2 | 17-21 | 1200 |
        | Monday of week 2 | 21-24 | 600  |

    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: Class load profile, on a Sunday
      Given "Farm" uses 9000 Wh each hour from Monday of week 1 until Sunday of week 1
      And 7 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Farm | Sunday of week 1 | Monday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh  |
        | Sunday of week 1 | 00-08 | 350 |
        | Sunday of week 1 | 08-24 | 750 |

    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: Class load profile, on a Saturday
      Given "Farm" uses 9000 Wh each hour from Monday of week 1 until Saturday of week 1
      And 7 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from               | until            |
        | R1      | Farm | Saturday of week 1 | Sunday of week 1 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day                | hours | Wh  |
        | Saturday of week 1 | 00-08 | 350 |
        | Saturday of week 1 | 08-24 | 750 |

    # Family Day, Monday 21 February 2011: no business day, and like a Sunday.
    @ODE-04 @AMB-07 @uses:ODE-02 @dated @uses:ODE-01 @uses:WIN-01
    Scenario: Class load profile, on a holiday
      Given "Farm" uses 9000 Wh each hour from 2011-02-14 until 2011-02-21
      And 43 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Farm | 2011-02-21 | 2011-02-22 |
      When 5 days have passed
      Then the response to "R1" gives, hour by hour
        | day        | hours | Wh  |
        | 2011-02-21 | 00-08 | 350 |
        | 2011-02-21 | 08-24 | 750 |

    # A quarter of what is used in an hour, four times, or a half, twice.
    @ODE-04 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario Outline: Class load profile, of intervals that are shorter than an hour
      Given "Farm" uses, each <minutes> minutes of the days from Monday of week 1 until Monday of week 2
        | hours | Wh   |
        | 00-24 | 9000 |
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Farm | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-07 | 300  |
        | Monday of week 2 | 07-17 | 500  |
        | Monday of week 2 | 17-21 | 1200 |
        | Monday of week 2 | 21-24 | 600  |

      Examples:
        | minutes |
        | 30      |
        | 15      |

  Rule: Estimates are unscaled: no end register read is used

    # On the Monday the register has counted 48 kWh, where the estimate is of 24.
    @ODE-05 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: A register read at the end of the period says twice as much
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 2  | 00:00 | 00268   |
        | Tuesday of week 2 | 00:00 | 00316   |
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-24 | 1000 |

  Rule: Estimated intervals are eligible, and the response is 00 unless another exception applies

    @ODE-06 @uses:ODE-02 @uses:ODE-01 @uses:WIN-01
    Scenario: The registers agree
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 2  | 00:00 | 00268   |
        | Tuesday of week 2 | 00:00 | 00292   |
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" has status 00

    @ODE-06 @uses:ODE-02 @uses:SUM-03 @uses:ODE-01 @uses:WIN-01
    Scenario: The registers do not agree: another exception applies
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 2  | 00:00 | 00268   |
        | Tuesday of week 2 | 00:00 | 00300   |
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" has status 06

    # Every hour is estimated to have been like all others: 1000 W.
    @ODE-06 @uses:ODE-02 @uses:BQ-09 @BILLING-DEMAND @uses:ODE-01 @uses:WIN-01
    Scenario: The framing structure has demand
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
        | Mill | VEE service       | 13                        | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Monday of week 2
      And 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 07:30
      Then the response to "R1" says
        | total |
        | 24000 |
      And the demand response to "R1" says
        | W    |
        | 1000 |

  Rule: Where estimation fails, one business day of the window remains, then the request gets 02

    @ODE-07 @uses:TXS-03 @uses:WIN-01 @uses:WIN-07
    Scenario: No interval was ever received
      Given 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      When it is Friday 08:00
      Then the response to "R1" has status 02
      And the response to "R1" came on Friday of week 2 at 08:00

    @ODE-07 @uses:ODE-02 @uses:WIN-05 @uses:ODE-01 @uses:WIN-01
    Scenario: Data that comes on the business day that remains is used
      Given 8 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 2 | Tuesday of week 2 |
      And it is Thursday 22:30
      When "Mill" uses 3000 Wh each hour from Monday of week 2 until Tuesday of week 2
      And it is Thursday 23:00
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh   |
        | Monday of week 2 | 00-24 | 3000 |
