@BSV @BILLING-ENERGY @SYNC
Feature: Push and pull billing services
  Push goes by the LDC's billing cycle schedule, pull by request. The answers are the same.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to receive 6000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6, with
      | of     | attribute     | value             |
      | Bakery | billing agent | Metering Partners |
      | Bakery | billing cycle | C2                |

  Rule: Push - an SDP with a Billing Cycle ID gets its quantities by the schedule, without a request

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: The SDPs of the cycle that is due
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
        | C2    | Monday of week 2 | Friday of week 2   |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And 7 days have passed
      When it is Thursday 08:00
      Then the scheduled response for "Mill" came on Thursday of week 2 at 08:00
      And there is no scheduled response for "Bakery"

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: The whole period of the schedule, and nothing but it
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 2  | 00-24 | 10 |
        | Tuesday of week 2 | 00-24 | 10 |

    @BSV-01 @AMB-60 @uses:WIN-02 @uses:WIN-04 @uses:WIN-05
    Scenario: Data that comes later is used by a later run
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      And it is Wednesday 09:00
      When "Mill" uses 10 Wh each hour from Tuesday of week 2 until Wednesday of week 2
      And it is Wednesday 11:00
      Then the scheduled response for "Mill" came on Wednesday of week 2 at 11:00

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: Two cycles that are due on one day
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from              | until               |
        | C1    | Monday of week 2  | Wednesday of week 2 |
        | C2    | Tuesday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" came on Wednesday of week 2 at 08:00
      And the scheduled response for "Bakery" came on Wednesday of week 2 at 08:00

    @BSV-01 @AMB-60 @uses:WIN-02 @uses:WIN-04 @uses:WIN-05
    Scenario: Two periods of one SDP wait for their data together
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from              | until               |
        | C1    | Monday of week 2  | Tuesday of week 2   |
        | C1    | Tuesday of week 2 | Wednesday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Mill" uses 20 Wh each hour from Tuesday of week 2 until Wednesday of week 2
      And it is Wednesday 11:00
      Then the scheduled response for "Mill" gives, hour by hour
        | day               | hours | Wh |
        | Tuesday of week 2 | 00-24 | 20 |

    @BSV-01 @AMB-19 @AMB-60 @uses:BSV-04
    Scenario: A date that is put off in time
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Monday of week 3
      And 7 days have passed
      And it is Monday 09:00
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      When it is Sunday 23:30
      Then there is no scheduled response for "Mill"

    # By Tuesday 09:00 the first update is loaded. When the second one comes, Monday and Tuesday of week 3 lie four business days
    # ahead or more.
    @BSV-01 @AMB-19 @AMB-60 @uses:BSV-04 @uses:WIN-04 @uses:WIN-05
    Scenario: A date that is put off twice
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 3
      And 7 days have passed
      And it is Monday 09:00
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And it is Tuesday 12:00
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And 6 days have passed
      When it is Tuesday 08:00
      Then the scheduled response for "Mill" came on Tuesday of week 3 at 08:00

    @BSV-01 @AMB-60 @dated @uses:WIN-04 @uses:WIN-05
    Scenario: Periods that begin on the same day of two years
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C1    | 2011-02-01 | 2011-02-04 |
        | C1    | 2012-02-01 | 2012-02-04 |
      And "Mill" uses 10 Wh each hour from 2011-02-01 until 2011-02-04
      When 26 days have passed
      Then the scheduled response for "Mill" came on 2011-02-04 at 08:00

    @BSV-01 @AMB-60 @uses:ISY-16
    Scenario: An SDP that has no Billing Cycle ID any more
      Given I-Sync set 7 changes
        | of   | attribute     | value | from     | until            |
        | Mill | billing cycle | C1    | long ago | Friday of week 1 |
      And set 7 arrives
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 12:00
      Then there is no scheduled response for "Mill"

    @BSV-01 @AMB-19 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: An SDP that comes after the schedule
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And 2 days have passed
      And "Lakeside" has synchronized SDP "School" in I-Sync set 7
      And "School" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 5 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "School" came on Wednesday of week 2 at 08:00

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: Three periods of one schedule, one after the other
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from                | until               |
        | C1    | Monday of week 2    | Tuesday of week 2   |
        | C1    | Tuesday of week 2   | Wednesday of week 2 |
        | C2    | Wednesday of week 2 | Thursday of week 2  |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And "Bakery" uses 20 Wh each hour from Monday of week 2 until Thursday of week 2
      And 7 days have passed
      When it is Thursday 08:00
      Then the scheduled response for "Bakery" came on Thursday of week 2 at 08:00

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: Three periods of one cycle, each when it ends
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from                | until               |
        | C1    | Monday of week 2    | Tuesday of week 2   |
        | C1    | Tuesday of week 2   | Wednesday of week 2 |
        | C1    | Wednesday of week 2 | Thursday of week 2  |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And 7 days have passed
      When it is Thursday 08:00
      Then the scheduled response for "Mill" gives, hour by hour
        | day                 | hours | Wh |
        | Monday of week 2    | 00-24 | 10 |
        | Tuesday of week 2   | 00-24 | 10 |
        | Wednesday of week 2 | 00-24 | 10 |

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: Four SDPs of one cycle
      Given "Lakeside" has synchronized SDPs "School", "Depot" and "Farm" in I-Sync set 7
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "School" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "Depot" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "Farm" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" came on Wednesday of week 2 at 08:00
      And the scheduled response for "School" came on Wednesday of week 2 at 08:00
      And the scheduled response for "Depot" came on Wednesday of week 2 at 08:00
      And the scheduled response for "Farm" came on Wednesday of week 2 at 08:00

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: A cycle whose name begins another's
      Given I-Sync set 7 changes
        | of     | attribute     | value | from     |
        | Bakery | billing cycle | C10   | long ago |
      And set 7 arrives
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
        | C10   | Monday of week 2 | Friday of week 2    |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" came on Wednesday of week 2 at 08:00
      And there is no scheduled response for "Bakery"

    @BSV-01 @AMB-60 @uses:WIN-04 @uses:WIN-05
    Scenario: Two LDCs with a schedule each
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Hilltop" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "Barn" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" came on Wednesday of week 2 at 08:00
      And the scheduled response for "Barn" came on Wednesday of week 2 at 08:00

  Rule: Pull - quantities can be requested on cycle and off cycle

    @BSV-02 @uses:WIN-05
    Scenario Outline: Both kinds of request are answered
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities <cycle>
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:00
      Then the response to "R1" has status 00

      Examples: Kinds of request
        | cycle     |
        | on cycle  |
        | off cycle |

    @BSV-02 @uses:WIN-05
    Scenario: Seven requests in one file
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Monday of week 2
      And 6 days have passed
      And it is Monday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from                | until               |
        | R1      | Mill | Monday of week 1    | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1   | Wednesday of week 1 |
        | R3      | Mill | Wednesday of week 1 | Thursday of week 1  |
        | R4      | Mill | Thursday of week 1  | Friday of week 1    |
        | R5      | Mill | Friday of week 1    | Saturday of week 1  |
        | R6      | Mill | Saturday of week 1  | Sunday of week 1    |
        | R7      | Mill | Sunday of week 1    | Monday of week 2    |
      And it is Monday 11:00
      Then the response to "R1" has status 00
      And the response to "R4" has status 00
      And the response to "R7" has status 00

    @BSV-03 @uses:BSV-01
    Scenario: An LDC on push asks for a period of its own
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And 7 days have passed
      And it is Thursday 12:00
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 2 | Wednesday of week 2 |
      And it is Thursday 12:11
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Tuesday of week 2 | 00-24 | 10 |

    @BSV-03 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: What was asked for is pushed all the same
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Thursday of week 2
      And 7 days have passed
      And it is Thursday 06:00
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 2 | Thursday of week 2 |
      And it is Thursday 07:00
      And the response to "R1" has status 00
      When it is Thursday 08:00
      Then the scheduled response for "Mill" came on Thursday of week 2 at 08:00

    @BSV-03 @uses:BSV-01 @uses:WIN-02 @uses:WIN-04 @uses:WIN-05
    Scenario: What is being pushed, and waits for data, may be asked for as well
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      And it is Thursday 09:00
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 2 | Thursday of week 2 |
      When "Mill" uses 10 Wh each hour from Wednesday of week 2 until Thursday of week 2
      And it is Thursday 11:00
      Then the response to "R1" came on Thursday of week 2 at 11:00
      And the scheduled response for "Mill" came on Thursday of week 2 at 11:00

  Rule: An update of the schedule comes at least 3 days ahead; a later one is refused

    # The date held lies six days ahead; the new one three, all of them business days.
    @BSV-04 @AMB-19 @AMB-27 @AMB-50 @AMB-51 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: Exactly three days ahead
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And 7 days have passed
      And it is Tuesday 00:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And it is Friday 08:00
      Then IR03 of "Lakeside" says "loaded"
      And the scheduled response for "Mill" came on Friday of week 2 at 08:00

    # The date held lies two days ahead, the new one a day.
    @BSV-04 @AMB-19 @AMB-27 @AMB-50 @AMB-51
    Scenario: Two days ahead
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"
      And IR03 of "Lakeside" refuses
        | cycle | from             |
        | C1    | Monday of week 2 |

    # The date held lies two days ahead, the new one a day.
    @BSV-04 @AMB-19 @AMB-27 @AMB-50 @AMB-51 @uses:BSV-01 @uses:BSV-07 @uses:WIN-04 @uses:WIN-05
    Scenario: Two days ahead, by an agent
      Given "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And 7 days have passed
      And it is Wednesday 09:00
      When "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      And it is Friday 08:00
      Then the scheduled response for "Mill" came on Friday of week 2 at 08:00

    # The schedule has no date of C1 yet. The one that the update adds lies two days ahead, both of them business days.
    @BSV-04 @AMB-19 @AMB-27 @AMB-51 @AMB-50:earlier-of-both
    Scenario: A further date, two days ahead
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C2    | Monday of week 2 | Monday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"
      And IR03 of "Lakeside" refuses
        | cycle | from             |
        | C1    | Monday of week 2 |

    # As before, from Thursday 29 December 2011; the third day ahead is of another year.
    @BSV-04 @AMB-19 @AMB-27 @AMB-51 @AMB-50:earlier-of-both @dated
    Scenario: A further date, two days ahead, at the end of a year
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C2    | 2011-12-20 | 2012-01-10 |
      And 353 days have passed
      And it is Thursday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C1    | 2011-12-20 | 2011-12-31 |
      And it is Friday 09:01
      Then IR03 of "Lakeside" says "refused"
      And IR03 of "Lakeside" refuses
        | cycle | from       |
        | C1    | 2011-12-20 |

    # As before, from Monday 28 February 2011 on; 2 March is two days ahead.
    @BSV-04 @AMB-19 @AMB-27 @AMB-51 @AMB-50:earlier-of-both @dated
    Scenario: A further date, two days ahead, over the end of February
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C2    | 2011-02-20 | 2011-03-20 |
      And 48 days have passed
      And it is Monday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C1    | 2011-02-20 | 2011-03-02 |
      And it is Tuesday 09:01
      Then IR03 of "Lakeside" says "refused"
      And IR03 of "Lakeside" refuses
        | cycle | from       |
        | C1    | 2011-02-20 |

    @BSV-04 @AMB-19 @AMB-27 @AMB-50 @AMB-51 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: The refused date has not changed
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And 7 days have passed
      And it is Wednesday 00:00
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
      When it is Friday 08:00
      Then the scheduled response for "Mill" came on Friday of week 2 at 08:00

    # C1 is late by the date held and by the new one, C2 in time by both. Whether C2 is loaded is left open.
    @BSV-04 @AMB-19 @AMB-27 @AMB-50 @AMB-51
    Scenario: One date in time and one too late
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
        | C2    | Monday of week 2 | Monday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
        | C2    | Monday of week 2 | Tuesday of week 3  |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "in part or refused"
      And IR03 of "Lakeside" refuses among others
        | cycle | from             |
        | C1    | Monday of week 2 |

    @BSV-04 @AMB-19 @AMB-51:in-part
    Scenario: The date that is in time is loaded
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
        | C2    | Monday of week 2 | Monday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
        | C2    | Monday of week 2 | Tuesday of week 3  |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "in part"
      And IR03 of "Lakeside" refuses
        | cycle | from             |
        | C1    | Monday of week 2 |

    @BSV-04 @AMB-19 @AMB-51:whole-file
    Scenario: The date that is in time is refused with the other
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
        | C2    | Monday of week 2 | Monday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Monday of week 2 | Thursday of week 2 |
        | C2    | Monday of week 2 | Tuesday of week 3  |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"

    # From Friday to Monday there are three calendar days, and one business day; to Tuesday four, and two.
    @BSV-04 @AMB-19 @AMB-27:calendar-days
    Scenario: Three calendar days that are one business day
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And 7 days have passed
      And it is Friday 00:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And it is Monday 00:01
      Then IR03 of "Lakeside" says "loaded"

    @BSV-04 @AMB-19 @AMB-27:business-days
    Scenario: Three calendar days that are not three business days
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And 7 days have passed
      And it is Friday 00:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And it is Monday 00:01
      Then IR03 of "Lakeside" says "refused"

    # The date held lies two days ahead, the new one six.
    @BSV-04 @AMB-19 @AMB-50:earlier-of-both
    Scenario: A near date is moved away, and the earlier counts
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"

    # The date held lies two days ahead, the new one six.
    @BSV-04 @AMB-19 @AMB-50:date-held
    Scenario: A near date is moved away, and the date held counts
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"

    # The date held lies two days ahead, the new one six.
    @BSV-04 @AMB-19 @AMB-50:new-date
    Scenario: A near date is moved away, and the new date counts
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "loaded"

    # The date held lies six days ahead, the new one two.
    @BSV-04 @AMB-19 @AMB-50:earlier-of-both
    Scenario: A date that lies ahead is moved near, and the earlier counts
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"

    # The date held lies six days ahead, the new one two.
    @BSV-04 @AMB-19 @AMB-50:date-held
    Scenario: A date that lies ahead is moved near, and the date held counts
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "loaded"

    # The date held lies six days ahead, the new one two.
    @BSV-04 @AMB-19 @AMB-50:new-date
    Scenario: A date that lies ahead is moved near, and the new date counts
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 3 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And it is Thursday 09:01
      Then IR03 of "Lakeside" says "refused"

  Rule: Quantities go to the organisation in the SDP to Billing Agent relationship

    @BSV-05 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: An agent is the billing agent
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then "Metering Partners" alone has received the scheduled response for "Bakery"

    # The window is Wednesday, Thursday and Friday.
    @BSV-05 @uses:BSV-01 @uses:WIN-07 @uses:WIN-01
    Scenario: The billing agent is told that there are no quantities
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And 7 days have passed
      When it is Saturday 08:00
      Then "Metering Partners" alone has received the scheduled response for "Bakery"
      And the scheduled response for "Bakery" has status 02

    @BSV-05 @uses:FTS-01 @uses:WIN-05
    Scenario: An agent is the billing agent at two LDCs
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 5000
      And "Hilltop" has authorised "Metering Partners" to receive 6100
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41, with
        | of   | attribute     | value             |
        | Barn | billing agent | Metering Partners |
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Barn" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
      When "Metering Partners" requests quantities on cycle on behalf of "Hilltop"
        | request | SDP  | from             | until             |
        | R2      | Barn | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:00
      Then "Metering Partners" alone has received the response to "R1"
      And "Metering Partners" alone has received the response to "R2"

    @BSV-05 @BILLING-DEMAND @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: Two agents, each the billing agent of two SDPs
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to receive 6000
      And "Lakeside" has authorised "Grid Services" to receive 6200
      And "Lakeside" has authorised "Metering Partners" to receive 6200
      And "Lakeside" has synchronized SDPs "Depot", "Farm", "School" and "Chapel" in I-Sync set 7, with
        | of     | attribute         | value                     |
        | Depot  | billing agent     | Metering Partners         |
        | Farm   | billing agent     | Metering Partners         |
        | School | billing agent     | Grid Services             |
        | Chapel | billing agent     | Grid Services             |
        | Depot  | framing structure | periodic 60 block eastern |
        | Farm   | framing structure | periodic 60 block eastern |
        | School | framing structure | periodic 60 block eastern |
        | Chapel | framing structure | periodic 60 block eastern |
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Depot" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "Farm" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "School" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And "Chapel" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then "Metering Partners" alone has received the scheduled response for "Depot"
      And "Metering Partners" alone has received the scheduled response for "Farm"
      And "Grid Services" alone has received the scheduled response for "School"
      And "Grid Services" alone has received the scheduled response for "Chapel"

    # There is no register read: 07.
    @BSV-05 @uses:BSV-01 @uses:SUM-04 @uses:WIN-04 @uses:WIN-05
    Scenario: The billing agent receives what failed the sum check
      Given I-Sync set 7 changes
        | of     | attribute   | value | from     |
        | Bakery | VEE service | 03    | long ago |
      And set 7 arrives
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then "Metering Partners" alone has received the scheduled response for "Bakery"
      And the scheduled response for "Bakery" has status 07

    @BSV-05 @uses:SUM-05 @uses:WIN-02 @uses:WIN-05
    Scenario: The billing agent waits for the data of what it asked for
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And it is Tuesday 09:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      When "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 11:00
      Then "Metering Partners" alone has received the response to "R1"
      And the response to "R1" has status 00

    @BSV-05 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: The LDC is the billing agent
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then "Lakeside" alone has received the scheduled response for "Mill"

    @BSV-05 @AMB-26 @uses:BSV-01 @uses:ISY-20 @uses:WIN-04 @uses:WIN-05
    Scenario: The LDC bills for itself again
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And I-Sync set 7 changes
        | of     | attribute     | value    | from             |
        | Bakery | billing agent | Lakeside | Monday of week 1 |
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And set 7 arrives
      And 7 days have passed
      When it is Wednesday 08:00
      Then "Lakeside" alone has received the scheduled response for "Bakery"

    @BSV-05 @AMB-26 @uses:BSV-01 @uses:ISY-20 @uses:WIN-04 @uses:WIN-05
    Scenario: A billing agent that changes inside the period
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And I-Sync set 7 changes
        | of   | attribute     | value             | from              |
        | Mill | billing agent | Metering Partners | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And set 7 arrives
      And 7 days have passed
      When it is Wednesday 08:00
      Then "Metering Partners" alone has received the scheduled response for "Mill"

  Rule: Push and pull responses have the same format

    @BSV-06 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: The same period, scheduled and requested
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 2 | Wednesday of week 2 |
      And it is Wednesday 09:21
      Then the scheduled response for "Mill" fills the same fields as the response to "R1"
      And the scheduled response for "Mill" says the same as the response to "R1"

  Rule: Only a registered organisation may submit 8000 or 5000; an agent needs the authorisation for that type

    @BSV-07
    Scenario: An agent that is authorised for 5000
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

    @BSV-07
    Scenario: An agent that is authorised for 8000 alone
      Given "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    @BSV-07
    Scenario: An agent that another LDC has authorised for 5000
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 5000
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    @BSV-07
    Scenario: An organisation that is not registered
      Given "Nobody Hydro" is not registered
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Nobody Hydro" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then there is no response to "R1"

    @BSV-07 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: A schedule of an agent that is authorised for 8000
      Given "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" has status 00

    @BSV-07 @uses:BSV-01
    Scenario: A schedule of an agent that another LDC has authorised for 8000
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 8000
      And "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 12:00
      Then there is no scheduled response for "Mill"

    @BSV-07 @AMB-19 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: Schedules of two agents that are authorised for 8000
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Lakeside" has authorised "Grid Services" to submit 8000
      And "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And "Grid Services" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 08:00
      Then the scheduled response for "Mill" has status 00

    @BSV-07 @uses:BSV-01
    Scenario: A schedule of an agent that is authorised for 5000 alone
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      When it is Wednesday 12:00
      Then there is no scheduled response for "Mill"

  Rule: A requester that is not the billing agent gets status 08 and no quantities for that SDP; others are not affected

    @BSV-08 @AMB-26 @AMB-59
    Scenario: One SDP of two has another billing agent
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00
      And the response to "R2" has status 08
      And the response to "R2" has no quantities

    @BSV-08 @AMB-26 @AMB-59 @uses:WIN-05 @uses:WIN-06
    Scenario: Quantities are requested on cycle
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then the response to "R1" has status 08
      And the response to "R1" has no quantities

    @BSV-08 @AMB-26 @AMB-59
    Scenario: The second SDP of three has another billing agent
      Given "Lakeside" has synchronized SDP "School" in I-Sync set 7
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "School" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
        | R3      | School | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00
      And the response to "R2" has status 08
      And the response to "R3" has status 00

    @BSV-08 @AMB-26 @AMB-59
    Scenario: Two SDPs have another billing agent
      Given I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 08
      And the response to "R1" has no quantities
      And the response to "R2" has status 08
      And the response to "R2" has no quantities

    @BSV-08 @AMB-26 @AMB-59
    Scenario: Two periods of one SDP that has another billing agent
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from              | until               |
        | R1      | Bakery | Monday of week 1  | Tuesday of week 1   |
        | R2      | Bakery | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 08
      And the response to "R2" has status 08

    @BSV-08 @AMB-26 @AMB-59:nothing-to-the-agent
    Scenario: The billing agent receives nothing of what another asked for
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then "Lakeside" alone has received the response to "R1"

    @BSV-08 @AMB-26 @AMB-59:quantities-to-the-agent
    Scenario: The billing agent receives the quantities that another asked for
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      Then the response to "R1" has status 08
      And "Metering Partners" has received quantities in the response to "R1"

    @BSV-08 @AMB-26 @AMB-59 @uses:BSV-07
    Scenario: The agent asks for an SDP that the LDC bills for itself
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 08
      And the response to "R1" has no quantities

    @BSV-08 @AMB-26 @AMB-59 @BILLING-DEMAND
    Scenario: One whose framing structure has demand has another billing agent
      Given I-Sync set 7 changes
        | of     | attribute         | value                     | from     |
        | Bakery | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 08
      And the response to "R1" has no quantities

    # The exclusive end of the period is no day of it.
    @BSV-08 @AMB-26:last-day-of-period @uses:ISY-20
    Scenario: The relationship of the period's last day counts
      Given I-Sync set 7 changes
        | of   | attribute     | value             | from                |
        | Mill | billing agent | Metering Partners | Wednesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And set 7 arrives
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" has status 00

    @BSV-08 @AMB-26:when-answered @uses:ISY-20
    Scenario: The relationship of the day of the response counts
      Given I-Sync set 7 changes
        | of   | attribute     | value             | from                |
        | Mill | billing agent | Metering Partners | Wednesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And set 7 arrives
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" has status 08

    @BSV-08 @AMB-09 @AMB-26 @AMB-59 @uses:BSV-10
    Scenario Outline: A former response is asked for by one who is not the billing agent
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "<SDP>" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "<agent>" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until               |
        | R1      | <SDP> | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again by "<other>" as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then "<agent>" has received quantities in the response to "R1"
      And "<other>" has received no quantities in the response to "R2"

      Examples: Who asks
        | case      | SDP    | agent             | other             |
        | the LDC   | Bakery | Metering Partners | Lakeside          |
        | the agent | Mill   | Lakeside          | Metering Partners |

    @BSV-08 @AMB-09 @AMB-26 @AMB-59 @uses:BSV-10 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: The LDC asks for a scheduled response that its agent received
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      And it is Thursday 09:00
      When the scheduled response for "Bakery", from Monday of week 2 until Wednesday of week 2, is requested again as of the moment it came, as "R1"
      And it is Thursday 12:00
      Then "Lakeside" has received no quantities in the response to "R1"

  Rule: The start date is inclusive and the end date exclusive

    @BSV-09
    Scenario: Two days of four
      Given "Mill" uses 1 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 2 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Mill" uses 3 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And "Mill" uses 4 Wh each hour from Thursday of week 1 until Friday of week 1
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until              |
        | R1      | Mill | Tuesday of week 1 | Thursday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" gives, hour by hour
        | day                 | hours | Wh |
        | Tuesday of week 1   | 00-24 | 2  |
        | Wednesday of week 1 | 00-24 | 3  |

    @BSV-09 @dated
    Scenario Outline: The last days of a year
      Given "Mill" uses 1 Wh each hour from 2011-12-29 until 2011-12-30
      And "Mill" uses 2 Wh each hour from 2011-12-30 until 2011-12-31
      And "Mill" uses 3 Wh each hour from 2011-12-31 until 2012-01-01
      And "Mill" uses 4 Wh each hour from 2012-01-01 until 2012-01-02
      And 357 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from    | until |
        | R1      | Mill | <start> | <end> |
      And 1 day has passed
      Then the response to "R1" gives, hour by hour
        | day      | hours | Wh     |
        | <start>  | 00-24 | <one>  |
        | <second> | 00-24 | <next> |

      Examples: With the year's last day, and without it
        | start      | second     | end        | one | next |
        | 2011-12-30 | 2011-12-31 | 2012-01-01 | 2   | 3    |
        | 2011-12-29 | 2011-12-30 | 2011-12-31 | 1   | 2    |

    @BSV-09 @dated
    Scenario: The last days of February in a leap year
      Given "Mill" uses 1 Wh each hour from 2012-02-28 until 2012-02-29
      And "Mill" uses 2 Wh each hour from 2012-02-29 until 2012-03-01
      And "Mill" uses 3 Wh each hour from 2012-03-01 until 2012-03-02
      And 420 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2012-02-28 | 2012-03-01 |
      And 1 day has passed
      Then the response to "R1" gives, hour by hour
        | day        | hours | Wh |
        | 2012-02-28 | 00-24 | 1  |
        | 2012-02-29 | 00-24 | 2  |

    @BSV-09 @uses:BQ-02
    Scenario: The exclusive end needs no data
      Given "Mill" uses 1 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

  Rule: Request Version Date Time recovers a response delivered before, unchanged

    @BSV-10 @AMB-09
    Scenario: The data has changed since
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      And "Mill" uses 99 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 1  | 00-24 | 10 |
        | Tuesday of week 1 | 00-24 | 10 |
      And the response to "R2" says the same as the response to "R1"

    @BSV-10 @AMB-09
    Scenario: The framing structure has changed since
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And I-Sync set 7 changes
        | of   | attribute         | value    | from             |
        | Mill | framing structure | periodic | Monday of week 1 |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      And set 7 arrives
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" says the same as the response to "R1"

    @BSV-10 @AMB-09 @uses:SUM-04
    Scenario: It had failed the sum check
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from     |
        | Mill | VEE service       | 03       | long ago |
        | Mill | framing structure | periodic | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" says
        | status | total |
        | 07     | 480   |

    # 480 Wh were used, and the register says 5 kWh.
    @BSV-10 @AMB-09 @uses:SUM-03
    Scenario: It had been over the threshold of the sum check
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from     |
        | Mill | VEE service       | 03       | long ago |
        | Mill | framing structure | periodic | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 00:00 | 00100   |
        | Wednesday of week 1 | 00:00 | 00105   |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" says
        | status | total |
        | 06     | 480   |

    # Its window is Tuesday, Wednesday and Thursday: at 08:00 on Friday it is answered that there is no data.
    @BSV-10 @AMB-09 @uses:WIN-07 @uses:WIN-01
    Scenario: There had been no data
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Monday 09:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R3"
      And it is Tuesday 12:00
      Then the response to "R3" has status 02

    @BSV-10 @AMB-09 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: A schedule had asked for it
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C1    | Monday of week 2 | Wednesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      And it is Wednesday 12:00
      And "Mill" uses 99 Wh each hour from Monday of week 2 until Tuesday of week 2
      And it is Thursday 09:00
      When the scheduled response for "Mill", from Monday of week 2 until Wednesday of week 2, is requested again as of the moment it came, as "R1"
      And it is Thursday 12:00
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 2  | 00-24 | 10 |
        | Tuesday of week 2 | 00-24 | 10 |

    # Bakery has another billing agent.
    @BSV-10 @AMB-09 @AMB-59 @uses:BSV-08
    Scenario: It had been refused to its requester
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" has status 08

    @BSV-10 @AMB-09
    Scenario: The earlier of two of one day
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      And "Mill" uses 99 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 15:00
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R2      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R3"
      And it is Thursday 12:00
      Then the response to "R3" says the same as the response to "R1"

    @BSV-10 @AMB-09 @uses:SEG-02
    Scenario: It was divided
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And I-Sync set 7 changes
        | of   | attribute         | value      | from              |
        | Mill | framing structure | periodic   | long ago          |
        | Mill | account           | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Friday 12:00
      Then the response to "R2" says
        | from              | until              | total |
        | Monday of week 1  | Tuesday of week 1  | 240   |
        | Tuesday of week 1 | Thursday of week 1 | 480   |

    # There is no register read: each part carries 07.
    @BSV-10 @AMB-09 @uses:SEG-02 @uses:SUM-04
    Scenario: It was divided, and had failed the sum check
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And I-Sync set 7 changes
        | of   | attribute         | value      | from              |
        | Mill | framing structure | periodic   | long ago          |
        | Mill | VEE service       | 03         | long ago          |
        | Mill | account           | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Friday 12:00
      Then the response to "R2" says
        | from              | until              | status | total |
        | Monday of week 1  | Tuesday of week 1  | 07     | 240   |
        | Tuesday of week 1 | Thursday of week 1 | 07     | 480   |

    @BSV-10 @AMB-09 @uses:BQ-09 @BILLING-DEMAND
    Scenario: It had a demand response
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      And "Mill" uses 99 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" says
        | total |
        | 480   |
      And the demand response to "R2" says
        | W  |
        | 10 |

    @BSV-10 @AMB-09 @uses:SEG-02 @uses:BQ-09 @BILLING-DEMAND
    Scenario: It was divided, and had demand in each part
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 20 Wh each hour from Tuesday of week 1 until Thursday of week 1
      And I-Sync set 7 changes
        | of   | attribute         | value                     | from              |
        | Mill | framing structure | periodic 60 block eastern | long ago          |
        | Mill | account           | New tenant                | Tuesday of week 1 |
      And set 7 arrives
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Friday 12:00
      Then the demand response to "R2" says
        | from              | until              | W  |
        | Monday of week 1  | Tuesday of week 1  | 10 |
        | Tuesday of week 1 | Thursday of week 1 | 20 |

    @BSV-10 @AMB-09
    Scenario: As of the very moment at which it came, once and once more
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      And the response to "R1" is requested again as of the moment it came, as "R3"
      And it is Thursday 15:00
      Then the response to "R2" says the same as the response to "R1"
      And the response to "R3" says the same as the response to "R1"

    @BSV-10 @AMB-09
    Scenario: A billing agent's response
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And it is Thursday 12:00
      Then "Metering Partners" alone has received the response to "R2"
      And the response to "R2" says the same as the response to "R1"

    @BSV-10 @AMB-09 @uses:BSV-01 @uses:BSV-05 @uses:WIN-04 @uses:WIN-05
    Scenario: A billing agent's scheduled response
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until               |
        | C2    | Monday of week 2 | Wednesday of week 2 |
      And "Bakery" uses 10 Wh each hour from Monday of week 2 until Wednesday of week 2
      And 7 days have passed
      And it is Wednesday 12:00
      And "Bakery" uses 99 Wh each hour from Monday of week 2 until Tuesday of week 2
      And it is Thursday 09:00
      When the scheduled response for "Bakery", from Monday of week 2 until Wednesday of week 2, is requested again by "Metering Partners" as of the moment it came, as "R1"
      And it is Thursday 12:00
      Then the response to "R1" gives, hour by hour
        | day               | hours | Wh |
        | Monday of week 2  | 00-24 | 10 |
        | Tuesday of week 2 | 00-24 | 10 |

    @BSV-10 @AMB-09
    Scenario: Responses for two periods came together
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 1  | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R3"
      And the response to "R2" is requested again as of the moment it came, as "R4"
      And it is Thursday 12:00
      Then the response to "R3" says the same as the response to "R1"
      And the response to "R4" says the same as the response to "R2"

    @BSV-10 @AMB-09
    Scenario: The newer of two, and the older
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      And "Mill" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Friday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R3"
      And the response to "R2" is requested again as of the moment it came, as "R4"
      And it is Friday 12:00
      Then the response to "R3" says the same as the response to "R1"
      And the response to "R4" says the same as the response to "R2"

    @BSV-10 @AMB-09
    Scenario: Two responses for one period are asked for by one file
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      And "Mill" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Friday 09:00
      When the responses to "R1" and "R2" are requested again by one file, as of the moment each came, as "R3" and "R4"
      And it is Friday 12:00
      Then the response to "R3" says the same as the response to "R1"
      And the response to "R4" says the same as the response to "R2"

    @BSV-10 @AMB-09
    Scenario: The responses for three SDPs are asked for by one file
      Given "Lakeside" has synchronized SDPs "School" and "Depot" in I-Sync set 7
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Depot" uses 30 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
        | R3      | Depot  | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      When the responses to "R1", "R2" and "R3" are requested again by one file, as of the moment each came, as "R4", "R5" and "R6"
      And it is Thursday 12:00
      Then the response to "R4" says the same as the response to "R1"
      And the response to "R5" says the same as the response to "R2"
      And the response to "R6" says the same as the response to "R3"

    @BSV-10 @AMB-09
    Scenario: It is asked for on cycle
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again on cycle, as of the moment it came, as "R2"
      And it is Friday 12:00
      Then the response to "R2" says the same as the response to "R1"

    @BSV-10 @AMB-09
    Scenario: One file asks for a former response, and for other quantities
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" is requested again as of the moment it came, as "R2", by a file that also requests off cycle
        | request | SDP  | from              | until               |
        | R3      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 12:00
      Then the response to "R2" says the same as the response to "R1"
      And the response to "R3" gives, hour by hour
        | day               | hours | Wh |
        | Tuesday of week 1 | 00-24 | 10 |

    @BSV-10 @AMB-09
    Scenario: The newest of three, and the one before it
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      And "Mill" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Friday 09:00
      And "Mill" uses 30 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R3      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Saturday 09:00
      When the response to "R3" is requested again as of the moment it came, as "R4"
      And the response to "R2" is requested again as of the moment it came, as "R5"
      And it is Saturday 12:00
      Then the response to "R4" says the same as the response to "R3"
      And the response to "R5" says the same as the response to "R2"

    @BSV-10 @AMB-09 @dated
    Scenario: It came in another year
      Given 353 days have passed
      And "Mill" uses 10 Wh each hour from 2011-12-27 until 2011-12-28
      And it is Friday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-27 | 2011-12-28 |
      And 4 days have passed
      When the response to "R1" is requested again as of the moment it came, as "R2"
      And 1 day has passed
      Then the response to "R2" says the same as the response to "R1"

    @BSV-10 @AMB-09:newest-until
    Scenario: As of a time after it came
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      And it is Thursday 09:00
      When the response to "R1" of Wednesday 12:00 is requested again, as "R2"
      And it is Thursday 12:00
      Then the response to "R2" says the same as the response to "R1"

    @BSV-10 @AMB-09:newest-until
    Scenario: A response for another period came after it
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 10:00
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:00
      When the response to "R1" of Wednesday 12:00 is requested again, as "R3"
      And it is Thursday 12:00
      Then the response to "R3" says the same as the response to "R1"

    @BSV-10 @AMB-09:newest-until
    Scenario: The newer of two, and the older, hours after they came
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Thursday 09:00
      And "Mill" uses 20 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Friday 09:00
      When the response to "R1" of Wednesday 12:00 is requested again, as "R3"
      And the response to "R2" of Thursday 12:00 is requested again, as "R4"
      And it is Friday 12:00
      Then the response to "R3" says the same as the response to "R1"
      And the response to "R4" says the same as the response to "R2"

    @BSV-10 @AMB-09:that-very-one
    Scenario: As of a time at which nothing came
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:00
      And it is Thursday 09:00
      When the response to "R1" of Wednesday 12:00 is requested again, as "R2"
      And it is Thursday 12:00
      Then there is no response to "R2"
