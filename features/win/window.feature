@WIN @BILLING-ENERGY @SYNC
Feature: The billing window
  A request stays active for three business days after the last day of its period. What is unfulfilled by then gets the
  'no data available' response, status 02, at 08:00 EST on the next calendar day, and is closed.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6

  Rule: The window is three business days; weekends and holidays do not count

    @WIN-01 @AMB-07 @uses:WIN-07
    Scenario: A period that ends on a Monday
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from           | until             |
        | R1      | Mill | 2 days ago     | Tuesday of week 1 |
      When it is Friday 08:00
      Then the response to "R1" came on Friday of week 1 at 08:00

    @WIN-01 @AMB-07
    Scenario: Not a day earlier
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from           | until             |
        | R1      | Mill | 2 days ago     | Tuesday of week 1 |
      When it is Thursday 23:30
      Then there is no response to "R1"

    @WIN-01 @AMB-07 @uses:WIN-07
    Scenario: A weekend lies in the window
      Given it is Friday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from                | until            |
        | R1      | Mill | Wednesday of week 1 | Friday of week 1 |
      When it is Wednesday 08:00
      Then the response to "R1" came on Wednesday of week 2 at 08:00

    @WIN-01 @AMB-07 @uses:WIN-07
    Scenario: The period ends with a Friday, and the weekend comes first
      Given it is Saturday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from                | until              |
        | R1      | Mill | Wednesday of week 1 | Saturday of week 1 |
      When it is Thursday 08:00
      Then the response to "R1" came on Thursday of week 2 at 08:00

    # Family Day is Monday 21 February: the window is Tuesday to Thursday.
    @WIN-01 @AMB-07 @dated @uses:WIN-07
    Scenario: A weekend and Family Day before the window's first business day
      Given 40 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-16 | 2011-02-19 |
      When 8 days have passed
      Then the response to "R1" came on 2011-02-25 at 08:00

    # Good Friday is 22 April, and Easter Monday a business day: the window is Thursday 21, Monday 25 and Tuesday 26 April.
    # Of the others Canada Day is a Friday as well, and the rest are Mondays: the window begins on the business day before.
    @WIN-01 @AMB-07 @dated @uses:WIN-07
    Scenario Outline: A holiday and a weekend inside the window
      Given <passed> days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from    | until |
        | R1      | Mill | <start> | <end> |
      When 8 days have passed
      Then the response to "R1" came on <answered> at 08:00

      Examples: Fridays and Mondays
        | holiday          | start      | end        | answered   | passed |
        | Good Friday      | 2011-04-18 | 2011-04-21 | 2011-04-27 | 101    |
        | Victoria Day     | 2011-05-17 | 2011-05-20 | 2011-05-26 | 130    |
        | Canada Day       | 2011-06-27 | 2011-06-30 | 2011-07-06 | 171    |
        | Labour Day       | 2011-08-30 | 2011-09-02 | 2011-09-08 | 235    |
        | Thanksgiving Day | 2011-10-04 | 2011-10-07 | 2011-10-13 | 270    |

    # Remembrance Day is Friday 11 November, Civic Holiday Monday 1 August: no statutory holidays, and business days.
    @WIN-01 @AMB-07 @dated @uses:WIN-07
    Scenario Outline: A day that is no statutory holiday
      Given <passed> days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from    | until |
        | R1      | Mill | <start> | <end> |
      When 8 days have passed
      Then the response to "R1" came on <answered> at 08:00

      Examples: Each is the second business day of its window
        | case            | start      | end        | answered   | passed |
        | Remembrance Day | 2011-11-07 | 2011-11-10 | 2011-11-15 | 303    |
        | Civic Holiday   | 2011-07-26 | 2011-07-29 | 2011-08-03 | 199    |

    # In the calendar handed over, Sunday 25 and Monday 26 December 2011 are holidays: the window is Friday 23, Tuesday 27
    # and Wednesday 28 December.
    @WIN-01 @AMB-07 @dated @uses:WIN-07
    Scenario: Christmas
      Given 347 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-20 | 2011-12-23 |
      When 9 days have passed
      Then the response to "R1" came on 2011-12-29 at 08:00

    # The window is Friday, Monday and Tuesday, as if the request had come on the Friday.
    @WIN-01 @AMB-07 @uses:WIN-07
    Scenario: A request that comes before its period has ended
      Given it is Monday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      When 9 days have passed
      Then the response to "R1" came on Wednesday of week 2 at 08:00

    # Tuesday 25 and Wednesday 26 December 2012 are holidays: the window is Monday 24, Thursday 27 and Friday 28 December.
    @WIN-01 @AMB-07 @dated @uses:WIN-07
    Scenario: Christmas on two business days
      Given 712 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2012-12-20 | 2012-12-24 |
      When 9 days have passed
      Then the response to "R1" came on 2012-12-29 at 08:00

    # Tuesday 1 January 2013 is a holiday: the window is Wednesday 2, Thursday 3 and Friday 4 January.
    @WIN-01 @AMB-07 @dated @uses:WIN-07
    Scenario: A period that ends with the year
      Given 722 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2012-12-28 | 2013-01-01 |
      When 9 days have passed
      Then the response to "R1" came on 2013-01-05 at 08:00

    # The windows are Tuesday to Thursday, and Wednesday to Friday.
    @WIN-01 @AMB-07 @uses:WIN-07
    Scenario: Two requests for one SDP have a window each
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until               |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      When it is Saturday 08:00
      Then the response to "R1" came on Friday of week 1 at 08:00
      And the response to "R2" came on Saturday of week 1 at 08:00

    # The window is Friday, Monday and Tuesday.
    @WIN-01 @AMB-07 @uses:BSV-01 @uses:WIN-07
    Scenario: A weekend lies in the window of what the schedule asked for
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And 14 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" came on Wednesday of week 3 at 08:00

    @WIN-01 @AMB-24:from-receipt
    Scenario: A request for a period long past has three business days from its receipt
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from        | until       |
        | R1      | Mill | 60 days ago | 50 days ago |
      When it is Friday 08:00
      Then the response to "R1" came on Friday of week 1 at 08:00

    @WIN-01 @AMB-24:from-period-end
    Scenario: The window of a period long past is over when the request comes
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from        | until       |
        | R1      | Mill | 60 days ago | 50 days ago |
      When it is Wednesday 08:00
      Then the response to "R1" came on Wednesday of week 1 at 08:00

  Rule: A request stays active while data is missing, and is fulfilled by the first run after the data is there

    @WIN-02 @uses:SUM-05 @uses:WIN-01 @uses:WIN-05
    Scenario: Data that arrives in the window's last minute
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 22:59
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Friday 08:00
      Then the response to "R1" came on Thursday of week 1 at 23:00
      And the response to "R1" has status 00

    @WIN-02 @uses:WIN-05 @uses:WIN-01
    Scenario: Data that arrives on a Saturday
      Given it is Friday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from               | until            |
        | R1      | Mill | Thursday of week 1 | Friday of week 1 |
      And it is Saturday 12:30
      When "Mill" uses 10 Wh each hour from Thursday of week 1 until Friday of week 1
      And it is Saturday 14:00
      Then the response to "R1" came on Saturday of week 1 at 14:00

    # Family Day, Monday 21 February 2011.
    @WIN-02 @dated @uses:WIN-05
    Scenario: Data that arrives on the afternoon of a holiday
      Given 42 days have passed
      And it is Monday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-02-17 | 2011-02-18 |
      And it is Monday 12:30
      When "Mill" uses 10 Wh each hour from 2011-02-17 until 2011-02-18
      And it is Monday 14:00
      Then the response to "R1" came on 2011-02-21 at 14:00

    @WIN-02 @uses:BQ-01 @uses:WIN-05
    Scenario: What was estimated is measured before the other day is there
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1, with status EST
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:30
      When "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 13 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And it is Wednesday 14:00
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 1  | 00-24 | 12 |
        | Tuesday of week 1 | 00-24 | 13 |

    @WIN-02 @uses:WIN-05
    Scenario: Two periods of one SDP wait for the same run
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 1  | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 13:00
      Then the response to "R1" came on Wednesday of week 1 at 11:00
      And the response to "R2" came on Wednesday of week 1 at 11:00

    @WIN-02 @uses:WIN-05
    Scenario: A period is asked for once more while it waits
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 10:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 13:00
      Then the response to "R1" came on Wednesday of week 1 at 11:00
      And the response to "R2" came on Wednesday of week 1 at 11:00

    @WIN-02 @uses:BQ-01 @uses:WIN-05 @uses:WIN-01
    Scenario: Data that needed verification is edited in time
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1, with status NVE
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      When "Mill" uses 12 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 11:00
      Then the response to "R1" came on Wednesday of week 1 at 11:00
      And the response to "R1" gives, hour by hour
        | day              | hours | Wh |
        | Monday of week 1 | 00-24 | 12 |

  Rule: A period is never foreshortened: every day requested, or no quantities

    @WIN-03 @uses:WIN-01 @uses:WIN-07
    Scenario: The last day is missing when the window closes
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      When it is Tuesday 08:00
      Then the response to "R1" has status 02
      And the response to "R1" has no quantities

    @WIN-03 @uses:WIN-01 @uses:WIN-07
    Scenario Outline: Another day is missing when the window closes
      Given "Mill" uses 10 Wh each hour from <one day> until <day after>
      And "Mill" uses 10 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      When it is Tuesday 08:00
      Then the response to "R1" has status 02
      And the response to "R1" has no quantities

      Examples: Which day
        | missing    | one day           | day after           |
        | the first  | Tuesday of week 1 | Wednesday of week 1 |
        | the second | Monday of week 1  | Tuesday of week 1   |

    @WIN-03 @uses:WIN-01
    Scenario: Nothing comes before, for the days that are there
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      When it is Monday 23:30
      Then there is no response to "R1"

    @WIN-03 @uses:BSV-01 @uses:WIN-01 @uses:WIN-07
    Scenario: The last day of a scheduled period is missing
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 14 days have passed
      When it is Tuesday 08:00
      Then the scheduled response for "Mill" has status 02
      And the scheduled response for "Mill" has no quantities

  Rule: An unfulfilled request gets status 02 at 08:00 on the calendar day after its window expires, and is closed

    @WIN-07 @uses:WIN-01
    Scenario: Two windows of an SDP that close on a Friday
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 1  | Wednesday of week 1 |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      When it is Saturday 08:00
      Then the response to "R1" came on Saturday of week 1 at 08:00
      And the response to "R1" has status 02
      And the response to "R1" has no quantities
      And the response to "R2" came on Saturday of week 1 at 08:00
      And the response to "R2" has status 02

    # The window is Tuesday 28, Wednesday 29 and Thursday 30 June 2011; Friday 1 July is Canada Day.
    @WIN-07 @AMB-07 @dated @uses:WIN-01
    Scenario: A window that closes on the day before a holiday
      Given 168 days have passed
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-06-24 | 2011-06-28 |
      When 6 days have passed
      Then the response to "R1" came on 2011-07-01 at 08:00
      And the response to "R1" has status 02

    @WIN-07 @uses:BSV-05 @uses:WIN-01
    Scenario: The window of what the billing agent asked for
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And it is Wednesday 09:10
      And "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      When it is Saturday 12:00
      Then the response to "R1" came on Saturday of week 1 at 08:00
      And the response to "R1" has status 02

    @WIN-07 @AMB-24
    Scenario: Another request for the period comes on the last day of the first one's window
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      When 7 days have passed
      Then the response to "R1" has status 02
      And the response to "R2" has status 02

    @WIN-07 @AMB-24:from-period-end
    Scenario: A window that was over before the request came, on a Saturday
      Given it is Saturday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from        | until       |
        | R1      | Mill | 60 days ago | 50 days ago |
      When it is Sunday 08:00
      Then the response to "R1" came on Sunday of week 1 at 08:00
      And the response to "R1" has status 02

    @WIN-07 @AMB-24:from-period-end @uses:WIN-09 @dated
    Scenario Outline: A window that was over before the request came, on the day before clocks are moved
      Given <passed> days have passed
      And it is Saturday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from        | until       |
        | R1      | Mill | 60 days ago | 50 days ago |
      When it is Sunday 12:00
      Then the response to "R1" came on <day> at 08:00
      And the response to "R1" has status 02

      Examples: Forward in March, back in November
        | clocks  | day        | passed |
        | forward | 2011-03-13 | 60     |
        | back    | 2011-11-06 | 298    |

    @WIN-07 @uses:BSV-01 @uses:WIN-01
    Scenario: A window of a period that the schedule asked for
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And 7 days have passed
      When it is Saturday 08:00
      Then the scheduled response for "Mill" came on Saturday of week 2 at 08:00
      And the scheduled response for "Mill" has status 02
      And the scheduled response for "Mill" has no quantities

    @WIN-07 @AMB-13:no-data-first
    Scenario: Data that arrives overnight comes too late
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Saturday 02:00
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Saturday 12:00
      Then the response to "R1" has status 02

    @WIN-07 @AMB-13:run-first
    Scenario: Data that arrives overnight is used once more
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Saturday 02:00
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Saturday 12:00
      Then the response to "R1" has status 00

    @WIN-08 @uses:WIN-01 @uses:WIN-07
    Scenario: Data that arrives after the end brings nothing more
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Saturday 09:00
      When "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Monday 12:00
      Then the response to "R1" has status 02

    @WIN-08 @uses:WIN-06 @uses:WIN-01 @uses:WIN-07
    Scenario: A new request is answered
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Saturday 09:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R2      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Saturday 09:11
      Then the response to "R2" has status 00
      And the response to "R1" has status 02

    @WIN-08
    Scenario: A request that was answered is not answered again when its data is edited
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 12:00
      When "Mill" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 12:00
      Then the response to "R1" gives, hour by hour
        | day              | hours | Wh |
        | Monday of week 1 | 00-24 | 10 |

    # 24 kWh were used, and the register says 30: 06. What is edited makes 72 kWh of it.
    @WIN-08 @uses:SUM-03
    Scenario: A response that failed the sum check is not given again when its data is edited
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from     |
        | Mill | VEE service       | 03       | long ago |
        | Mill | framing structure | periodic | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 10:00
      When "Mill" uses 3000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 12:00
      Then the response to "R1" says
        | status | total |
        | 06     | 24000 |

    @WIN-08 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: What the schedule asked for is not answered again when its data is edited
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      And it is Wednesday 09:00
      When "Mill" uses 20 Wh each hour from Monday of week 2 until Wednesday of week 2
      And it is Thursday 12:00
      Then the scheduled response for "Mill" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 2  | 00-24 | 10 |
        | Tuesday of week 2 | 00-24 | 10 |
