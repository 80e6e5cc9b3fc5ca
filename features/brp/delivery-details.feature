@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Billing Delivery Detail Report (BR04)
  Twice a day BR04 shows every active billing request: what was asked for, how far it has come, and what became of the
  response.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "School" and "Depot" in I-Sync set 6, with
      | of    | attribute     | value             |
      | Mill  | billing cycle | C2                |
      | Depot | billing agent | Metering Partners |

  Rule: BR04 runs at 12:00 and 23:30 EST

    @BRP-04
    Scenario: Twice a day, and at no other time
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR04 comes to "Lakeside" at 12:00 and 23:30, and at no other time
      And BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |
      And BR04 of "Lakeside" on Tuesday of week 1 at 23:30 lists
        | request | SDP  |
        | R1      | Mill |
      And BR04 of "Lakeside" on Wednesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |

    @BRP-04
    Scenario: Requests that come minutes before a run, and minutes after it
      Given it is Tuesday 11:45
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 12:10
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:15
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:40
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R4      | Mill | Sunday of week 0 | Tuesday of week 1 |
      When it is Wednesday 00:30
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP  |
        | R1      | Mill |
      And BR04 of "Lakeside" on Tuesday of week 1 at 23:30 lists
        | request | SDP    |
        | R1      | Mill   |
        | R2      | Bakery |
        | R3      | School |

    # The day after New Year's Day is a holiday as well: the window is Tuesday to Thursday, 3 to 5 January.
    @BRP-04 @AMB-07 @dated @uses:WIN-01
    Scenario: New Year
      Given 355 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-28 | 2011-12-31 |
      When 3 days have passed
      Then BR04 of "Lakeside" on 2011-12-31 at 23:30 lists
        | request | SDP  | from       | until      | window end |
        | R1      | Mill | 2011-12-28 | 2011-12-31 | 2012-01-05 |
      And BR04 of "Lakeside" on 2012-01-01 at 12:00 lists
        | request | SDP  | from       | until      | window end |
        | R1      | Mill | 2011-12-28 | 2011-12-31 | 2012-01-05 |
      And BR04 of "Lakeside" on 2012-01-02 at 23:30 lists
        | request | SDP  | from       | until      | window end |
        | R1      | Mill | 2011-12-28 | 2011-12-31 | 2012-01-05 |

  Rule: BR04 shows what was asked for, and when

    @BRP-04 @AMB-07 @uses:WIN-01 @uses:WIN-04
    Scenario: One request was pulled, one pushed
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Sunday of week 1 | Tuesday of week 2 |
      And 7 days have passed
      And it is Tuesday 11:10
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until               |
        | R1      | Bakery | Monday of week 2 | Wednesday of week 2 |
      When it is Tuesday 23:30
      Then BR04 of "Lakeside" on Tuesday of week 2 at 23:30 lists
        | request | SDP    | from             | until               | window end         | inserted                |
        |         | Mill   | Sunday of week 1 | Tuesday of week 2   | Thursday of week 2 | Tuesday of week 2 07:30 |
        | R1      | Bakery | Monday of week 2 | Wednesday of week 2 | Friday of week 2   | Tuesday of week 2 11:10 |

    @BRP-04 @AMB-07 @uses:WIN-01 @uses:WIN-04
    Scenario: One period of an SDP was pulled and pushed
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Sunday of week 1 | Tuesday of week 2 |
      And 7 days have passed
      And it is Tuesday 11:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Sunday of week 1 | Tuesday of week 2 |
      When it is Tuesday 23:30
      Then BR04 of "Lakeside" on Tuesday of week 2 at 23:30 lists
        | request | SDP  | from             | until             | inserted                |
        |         | Mill | Sunday of week 1 | Tuesday of week 2 | Tuesday of week 2 07:30 |
        | R1      | Mill | Sunday of week 1 | Tuesday of week 2 | Tuesday of week 2 11:10 |

    # The period ended on a Friday; from the Saturday or from the Sunday on, the window is Monday, Tuesday and Wednesday.
    @BRP-04 @AMB-07 @AMB-24 @uses:WIN-01
    Scenario: A request that comes when its period is over
      Given it is Sunday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from                | until              |
        | R1      | Mill | Wednesday of week 1 | Saturday of week 1 |
      When it is Sunday 12:00
      Then BR04 of "Lakeside" on Sunday of week 1 at 12:00 lists
        | request | SDP  | from                | until              | window end          |
        | R1      | Mill | Wednesday of week 1 | Saturday of week 1 | Wednesday of week 2 |

  Rule: BR04 shows how far each request has come

    @BRP-04 @AMB-16 @uses:SUM-05 @uses:WIN-05
    Scenario: Answered, waiting for data, and not yet processed
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | School | Monday of week 1 | Wednesday of week 1 |
        | R3      | Depot  | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:30
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until               |
        | R4      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR04 of "Lakeside" on Wednesday of week 1 at 12:00 lists
        | request | SDP    | read       | status | export   | completed                 |
        | R1      | Mill   | data found | 00     | sent     | Wednesday of week 1 09:10 |
        | R2      | School | no data    |        | not sent |                           |
        | R3      | Depot  | failed     | 08     | sent     | Wednesday of week 1 09:10 |
        | R4      | Mill   | pending    |        | not sent |                           |

    @BRP-04 @uses:BSV-01 @uses:SUM-05 @uses:WIN-04 @uses:WIN-05
    Scenario: A request of the schedule, answered by the first run of its day
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 12:00
      Then BR04 of "Lakeside" on Tuesday of week 2 at 12:00 lists
        | request | SDP  | read       | status | export | from             | until             | completed               |
        |         | Mill | data found | 00     | sent   | Monday of week 2 | Tuesday of week 2 | Tuesday of week 2 08:00 |

    @BRP-04 @AMB-62:nothing-there
    Scenario: Data of no day, of the second alone, and of the first alone
      Given "Bakery" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "School" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
        | R3      | School | Monday of week 1 | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR04 of "Lakeside" on Wednesday of week 1 at 12:00 lists
        | request | SDP    | read       |
        | R1      | Mill   | no data    |
        | R2      | Bakery | in process |
        | R3      | School | in process |

    @BRP-04 @AMB-62:not-complete
    Scenario: As long as data is not complete, there is none
      Given "Bakery" uses 10 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "School" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
        | R3      | School | Monday of week 1 | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR04 of "Lakeside" on Wednesday of week 1 at 12:00 lists
        | request | SDP    | read       |
        | R1      | Mill   | no data    |
        | R2      | Bakery | no data    |
        | R3      | School | no data    |

    @BRP-04 @AMB-54 @uses:WIN-01
    Scenario: A request that was closed is listed no more
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Saturday 12:00
      Then BR04 of "Lakeside" on Thursday of week 1 at 23:30 lists
        | request | SDP  | read    | status | export   |
        | R1      | Mill | no data |        | not sent |
      And BR04 of "Lakeside" on Saturday of week 1 at 12:00 lists nothing

    @BRP-04 @AMB-54:closed-on-their-day
    Scenario: A request that is closed after its window is shown on that day
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Friday 12:00
      Then BR04 of "Lakeside" on Friday of week 1 at 12:00 lists
        | request | SDP  | read   | status | export | completed              |
        | R1      | Mill | failed | 02     | sent   | Friday of week 1 08:00 |

    @BRP-04 @AMB-54:open-window-alone
    Scenario: A request that is closed after its window is not shown
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Friday 12:00
      Then BR04 of "Lakeside" on Friday of week 1 at 12:00 lists nothing

  Rule: A response that a mailbox refuses is shown as Delivery Failed, as long as that is so

    @BRP-04 @AMB-58 @uses:SUM-05
    Scenario: The agent's mailbox is out of order for four hours
      Given the mailbox of "Metering Partners" refuses files from Tuesday 10:00 until Tuesday 14:00
      And "Depot" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 23:30
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP   | read       | status | export          |
        | R1      | Depot | data found | 00     | delivery failed |
      And BR04 of "Lakeside" on Tuesday of week 1 at 23:30 shows whether the response to "R1" was sent

    @BRP-04 @AMB-58
    Scenario: The LDC's own mailbox is out of order for an hour
      Given the mailbox of "Lakeside" refuses files from Tuesday 10:00 until Tuesday 11:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 23:30
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 shows whether the response to "R1" was sent
      And BR04 of "Lakeside" on Tuesday of week 1 at 23:30 shows whether the response to "R1" was sent

    @BRP-04 @AMB-58:tried-again
    Scenario Outline: What a mailbox refused comes by the end of the day
      Given the mailbox of "<whose>" refuses files from Tuesday 10:00 until Tuesday 14:00
      And "<SDP>" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "<whose>" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until             |
        | R1      | <SDP> | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 00:00
      Then the response to "R1" has status 00

      Examples: Whose mailbox
        | whose             | SDP   |
        | Metering Partners | Depot |
        | Lakeside          | Mill  |

    @BRP-04 @AMB-58:tried-again @uses:BQ-09 @BILLING-DEMAND
    Scenario: Demand that a mailbox refused comes by the end of the day
      Given the mailbox of "Lakeside" refuses files from Tuesday 10:00 until Tuesday 14:00
      And I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 00:00
      Then the response to "R1" comes in 6000
      And the response to "R1" comes in 6200

    # They were asked for an hour apart each, and come in a file each.
    @BRP-04 @AMB-58:tried-again
    Scenario: Several responses that a mailbox refused come by the end of the day
      Given the mailbox of "Lakeside" refuses files from Wednesday 10:00 until Wednesday 14:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 10:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 11:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 12:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R3      | Mill | Monday of week 1 | Wednesday of week 1 |
      When it is Thursday 00:00
      Then the response to "R1" has status 00
      And the response to "R2" has status 00
      And the response to "R3" has status 00

    # The second time begins as the first ends: what is tried again then is refused again.
    @BRP-04 @AMB-58:tried-again
    Scenario: A mailbox refuses files twice in a day
      Given the mailbox of "Lakeside" refuses files from Tuesday 10:00 until Tuesday 12:00
      And the mailbox of "Lakeside" refuses files from Tuesday 12:00 until Tuesday 14:00
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 00:00
      Then the response to "R1" has status 00

    # Of the two runs the first is refused; what it told comes by the end of the day, before the second or after it.
    @BRP-04 @AMB-58:tried-again
    Scenario: A BR04 that a mailbox refused comes by the end of the day
      Given the mailbox of "Lakeside" refuses files from Tuesday 11:30 until Tuesday 14:00
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 00:05
      Then BR04 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 00:05 lists
        | request | SDP  | read    |
        | R1      | Mill | no data |
        | R1      | Mill | no data |

    @BRP-04 @uses:SUM-05
    Scenario: The mailbox takes files again before the response is there
      Given the mailbox of "Metering Partners" refuses files from Tuesday 06:00 until Tuesday 10:00
      And "Depot" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR04 of "Lakeside" on Tuesday of week 1 at 12:00 lists
        | request | SDP   | read       | status | export |
        | R1      | Depot | data found | 00     | sent   |
      And the response to "R1" came on Tuesday of week 1 from 10:10 until 10:20
