@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Billing No Reads Report (BR06)
  Once a day, by 21:30, BR06 lists the requests that were closed without quantities since the last one: a list of what to
  submit again. When it runs is open: what was closed is looked for in the reports until 21:30 of the next day.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "School" and "Depot" in I-Sync set 6, with
      | of     | attribute     | value             |
      | School | billing cycle | C2                |
      | School | VEE service   | 03                |
      | Depot  | billing agent | Metering Partners |

  Rule: BR06 lists each request that was closed without quantities, once, and no other

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01
    Scenario: One has no data, one was answered, one is still active
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until              |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1  |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1  |
        | R3      | School | Monday of week 1 | Thursday of week 1 |
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP  | until             | status |
        | Mill | Tuesday of week 1 | 02     |
      And each BR06 of "Lakeside" has come by 21:30 of its day

    # The sum check of School lacks register reads: its quantities come with 07.
    @BRP-08 @AMB-12 @AMB-20 @uses:SUM-04
    Scenario: Requests that were answered with quantities
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 21:30 lists nothing

    @BRP-08 @AMB-12 @AMB-20 @AMB-59
    Scenario: The requester is not the billing agent
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to submit 5000
      And "Lakeside" has authorised "Grid Services" to receive 6000
      And "Lakeside" has authorised "Grid Services" to receive 6100
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And "Grid Services" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R3      | Bakery | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 21:30 lists
        | SDP    | until             | status |
        | Depot  | Tuesday of week 1 | 08     |
        | Mill   | Tuesday of week 1 | 08     |
        | Bakery | Tuesday of week 1 | 08     |

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01
    Scenario: A request that a schedule made
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Monday of week 2 | Tuesday of week 2 |
      And 7 days have passed
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 2 until Saturday of week 2 at 21:30 lists
        | SDP    | until             | status |
        | School | Tuesday of week 2 | 02     |

    @BRP-08 @AMB-12 @AMB-20 @AMB-59
    Scenario: Two who are not the billing agent ask for one period
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to submit 5000
      And "Lakeside" has authorised "Grid Services" to receive 6000
      And "Lakeside" has authorised "Grid Services" to receive 6100
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      And "Grid Services" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until             |
        | R2      | Depot | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 21:30 lists
        | SDP   | until             | status |
        | Depot | Tuesday of week 1 | 08     |
        | Depot | Tuesday of week 1 | 08     |

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01
    Scenario: A request on cycle
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP  | until             | status |
        | Mill | Tuesday of week 1 | 02     |

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01
    Scenario: Two periods of one SDP
      Given it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
        | R2      | Mill | Monday of week 1  | Wednesday of week 1 |
      When it is Tuesday 21:30
      Then BR06 of "Lakeside" from Wednesday of week 1 until Tuesday of week 2 at 21:30 lists
        | SDP  | from              | until               | status |
        | Mill | Tuesday of week 1 | Wednesday of week 1 | 02     |
        | Mill | Monday of week 1  | Wednesday of week 1 | 02     |

    # Whether it still has a window or none, it is closed by Friday. What ended 50 days before Tuesday ended 54 days before
    # Saturday.
    @BRP-08 @AMB-12 @AMB-20 @AMB-24 @uses:WIN-01
    Scenario: The period ended long ago
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from        | until       |
        | R1      | Mill | 60 days ago | 50 days ago |
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP  | until       | status |
        | Mill | 54 days ago | 02     |

    @BRP-08 @AMB-12 @AMB-20 @dated
    Scenario Outline: The evening before a day that is easily forgotten
      Given <passed> days have passed
      And it is <evening> 22:00
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from    | until |
        | R1      | Depot | <start> | <end> |
      When it is <next> 21:30
      Then BR06 of "Lakeside" from <end> until <told> at 21:30 lists
        | SDP   | until | status |
        | Depot | <end> | 08     |

      Examples: The year's first day, 29 February, a holiday and a Saturday
        | case           | passed | start      | end        | evening  | next      | told       |
        | New Year's Day | 353    | 2011-12-28 | 2011-12-31 | Saturday | Sunday    | 2012-01-01 |
        | leap day       | 412    | 2012-02-25 | 2012-02-28 | Tuesday  | Wednesday | 2012-02-29 |
        | Civic Holiday  | 201    | 2011-07-28 | 2011-07-29 | Sunday   | Monday    | 2011-08-01 |
        | a Saturday     | 1      | 2011-01-10 | 2011-01-11 | Friday   | Saturday  | 2011-01-15 |

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01
    Scenario: Each LDC is told of its own
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And "Hilltop" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Barn | Sunday of week 0 | Tuesday of week 1 |
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP  | until             | status |
        | Mill | Tuesday of week 1 | 02     |
      And BR06 of "Hilltop" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP  | until             | status |
        | Barn | Tuesday of week 1 | 02     |

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01
    Scenario: SDPs of every kind of energy framing
      Given I-Sync set 7 changes
        | of     | attribute         | value       | from     |
        | Mill   | framing structure | TOU/CPP EST | long ago |
        | Bakery | framing structure | TOU/CPP CST | long ago |
        | School | framing structure | periodic    | long ago |
      And set 7 arrives
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP    | until             | status |
        | Mill   | Tuesday of week 1 | 02     |
        | Bakery | Tuesday of week 1 | 02     |
        | School | Tuesday of week 1 | 02     |

    @BRP-08 @AMB-12 @AMB-20 @uses:WIN-01 @uses:BQ-09 @BILLING-DEMAND
    Scenario: SDPs whose framing structures have demand
      Given I-Sync set 7 changes
        | of     | attribute         | value                     | from     |
        | Mill   | framing structure | periodic 60 block eastern | long ago |
        | Bakery | framing structure | hourly 60 block eastern   | long ago |
        | School | framing structure | TOU/CPP 60 block eastern  | long ago |
      And set 7 arrives
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Saturday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 21:30 lists
        | SDP    | until             | status |
        | Mill   | Tuesday of week 1 | 02     |
        | Bakery | Tuesday of week 1 | 02     |
        | School | Tuesday of week 1 | 02     |

  Rule: What is closed after a run stands in the next day's report

    @BRP-08 @AMB-12 @AMB-20
    Scenario: Before the evening, and late in it
      Given it is Tuesday 21:10
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 21:40
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until            |
        | R2      | Depot | Sunday of week 0 | Monday of week 1 |
      When it is Thursday 21:30
      Then BR06 of "Lakeside" from Tuesday of week 1 until Thursday of week 1 at 21:30 lists
        | SDP   | until             | status |
        | Depot | Tuesday of week 1 | 08     |
        | Depot | Monday of week 1  | 08     |

    # Whenever BR06 ran: what it told while the mailbox refused files comes by the end of Wednesday.
    @BRP-08 @AMB-12 @AMB-20 @AMB-58:tried-again
    Scenario: The mailbox refuses files when the report runs
      Given the mailbox of "Lakeside" refuses files from Tuesday 21:00 until Wednesday 06:00
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      When it is Thursday 00:05
      Then BR06 of "Lakeside" since Tuesday of week 1 at 09:10 lists
        | SDP   | until             | status |
        | Depot | Tuesday of week 1 | 08     |

    @BRP-08 @AMB-12:at-that-time @AMB-20
    Scenario: Minutes before the run, and minutes after it
      Given it is Tuesday 21:10
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 21:40
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until            |
        | R2      | Depot | Sunday of week 0 | Monday of week 1 |
      When it is Thursday 21:30
      Then BR06 of "Lakeside" by Tuesday of week 1 at 21:30 lists
        | SDP   | until             | status |
        | Depot | Tuesday of week 1 | 08     |
      And BR06 of "Lakeside" by Wednesday of week 1 at 21:30 lists
        | SDP   | until            | status |
        | Depot | Monday of week 1 | 08     |
      And BR06 of "Lakeside" by Thursday of week 1 at 21:30 lists nothing
