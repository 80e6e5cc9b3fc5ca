@SEG @BILLING-ENERGY @SYNC
Feature: A response is divided where an event falls into its period
  Events are a change of the framing structure, of the account, and a seasonal price change.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6, with
      | of   | attribute         | value    |
      | Mill | framing structure | periodic |

  Rule: A framing structure change divides the response, and each sub-period uses its own framing

    @SEG-01 @uses:BQ-06 @uses:BQ-11
    Scenario: From Periodic to Hourly, inside the period
      Given I-Sync set 7 changes
        | of   | attribute         | value  | from                |
        | Mill | framing structure | hourly | Wednesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from                | until               | framing  | status | total |
        | Monday of week 1    | Wednesday of week 1 | periodic | 00     | 480   |
        | Wednesday of week 1 | Friday of week 1    | hourly   | 00     |       |
      And the response to "R1" gives, hour by hour
        | day                 | hours | Wh |
        | Wednesday of week 1 | 00-24 | 10 |
        | Thursday of week 1  | 00-24 | 10 |

    @SEG-01 @AMB-14 @AMB-15 @dated @uses:BQ-05
    Scenario: From Periodic to TOU/CPP
      Given I-Sync set 7 changes
        | of   | attribute         | value       | from       |
        | Mill | framing structure | TOU/CPP EST | 2011-01-12 |
      And "Mill" uses 1 Wh each hour from 2011-01-10 until 2011-01-13
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-01-10 | 2011-01-13 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from       | until      | framing     | on-peak | mid-peak | off-peak | total |
        | 2011-01-10 | 2011-01-12 | periodic    |         |          |          | 48    |
        | 2011-01-12 | 2011-01-13 | TOU/CPP EST | 8       | 6        | 10       | 24    |

    # On Monday and Tuesday the highest quarter hour carries 90 Wh and 120 varh, on Wednesday and
    # Thursday 60 Wh and 80 varh.
    @SEG-01 @uses:BQ-08 @AMB-57 @BILLING-DEMAND
    Scenario: Each sub-period has its own highest demand
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from                |
        | Mill | framing structure | periodic 15 block eastern | long ago            |
        | Mill | framing structure | hourly 15 block eastern   | Wednesday of week 1 |
      And "Mill" uses, each 15 minutes of the days from Monday of week 1 until Wednesday of week 1
        | hours | Wh | varh |
        | 00-12 | 9  | 12   |
        | 12-24 | 90 | 120  |
      And "Mill" uses, each 15 minutes of the days from Wednesday of week 1 until Friday of week 1
        | hours | Wh | varh |
        | 00-12 | 60 | 80   |
        | 12-24 | 9  | 12   |
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the demand response to "R1" says
        | from                | until               | framing                   | W   | VA  |
        | Monday of week 1    | Wednesday of week 1 | periodic 15 block eastern | 360 | 600 |
        | Wednesday of week 1 | Friday of week 1    | hourly 15 block eastern   | 240 | 400 |

    # 24 x 30, 24 x 20 and 24 x 25 Wh, of which the second is told hour by hour.
    @SEG-01 @AMB-14 @AMB-15 @uses:BQ-08 @BILLING-DEMAND
    Scenario: Three framing structures in one period
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from                |
        | Mill | framing structure | periodic 60 block eastern | long ago            |
        | Mill | framing structure | hourly 60 block eastern   | Tuesday of week 1   |
        | Mill | framing structure | TOU/CPP 60 block eastern  | Wednesday of week 1 |
      And "Mill" uses 30 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 20 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Mill" uses 25 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from                | until               | framing                   | total |
        | Monday of week 1    | Tuesday of week 1   | periodic 60 block eastern | 720   |
        | Tuesday of week 1   | Wednesday of week 1 | hourly 60 block eastern   |       |
        | Wednesday of week 1 | Thursday of week 1  | TOU/CPP 60 block eastern  | 600   |
      And the demand response to "R1" says
        | from                | until               | framing                   | W  |
        | Monday of week 1    | Tuesday of week 1   | periodic 60 block eastern | 30 |
        | Tuesday of week 1   | Wednesday of week 1 | hourly 60 block eastern   | 20 |
        | Wednesday of week 1 | Thursday of week 1  | TOU/CPP 60 block eastern  | 25 |

    @SEG-01
    Scenario: A framing structure that comes back
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from              | until              |
        | Mill | framing structure | hourly   | Tuesday of week 1 | Thursday of week 1 |
        | Mill | framing structure | periodic | Thursday of week 1 |                   |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from               | until              | framing  | total |
        | Monday of week 1   | Tuesday of week 1  | periodic | 240   |
        | Tuesday of week 1  | Thursday of week 1 | hourly   |       |
        | Thursday of week 1 | Friday of week 1   | periodic | 240   |

  Rule: An account change divides the response

    @SEG-02
    Scenario: A new tenant inside the period
      Given I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from              | until             | framing  | total |
        | Monday of week 1  | Tuesday of week 1 | periodic | 240   |
        | Tuesday of week 1 | Friday of week 1  | periodic | 720   |

    @SEG-02 @uses:BQ-11
    Scenario: A new tenant of an SDP that is framed as Hourly
      Given I-Sync set 7 changes
        | of   | attribute         | value      | from              |
        | Mill | framing structure | hourly     | long ago          |
        | Mill | account           | New tenant | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from              | until              | framing | total |
        | Monday of week 1  | Tuesday of week 1  | hourly  |       |
        | Tuesday of week 1 | Thursday of week 1 | hourly  |       |

    @SEG-02
    Scenario: The account change becomes known after the period was billed once
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Thursday of week 1
      And I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Thursday 12:00
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R2      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 12:00
      Then the response to "R2" says
        | from              | until              | total |
        | Monday of week 1  | Tuesday of week 1  | 240   |
        | Tuesday of week 1 | Thursday of week 1 | 480   |

    @SEG-02 @uses:WIN-02
    Scenario: The account change becomes known while the request waits for data
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And it is Thursday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Thursday 12:00
      And set 7 arrives
      And it is Friday 09:10
      When "Mill" uses 10 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And it is Friday 12:00
      Then the response to "R1" says
        | from              | until              | total |
        | Monday of week 1  | Tuesday of week 1  | 240   |
        | Tuesday of week 1 | Thursday of week 1 | 480   |

    @SEG-02 @uses:BQ-08 @BILLING-DEMAND
    Scenario: Each tenant has a highest demand of its own
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from              |
        | Mill | framing structure | periodic 60 block eastern | long ago          |
        | Mill | account           | New tenant                | Tuesday of week 1 |
      And "Mill" uses 30 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 20 Wh each hour from Tuesday of week 1 until Thursday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Friday 09:21
      Then the demand response to "R1" says
        | from              | until              | W  |
        | Monday of week 1  | Tuesday of week 1  | 30 |
        | Tuesday of week 1 | Thursday of week 1 | 20 |

    @SEG-02
    Scenario: Another tenant for two days, and then the one before
      Given I-Sync set 7 changes
        | of   | attribute | value        | from               | until              |
        | Mill | account   | New tenant   | Tuesday of week 1  | Thursday of week 1 |
        | Mill | account   | Mill account | Thursday of week 1 |                    |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from               | until              | total |
        | Monday of week 1   | Tuesday of week 1  | 240   |
        | Tuesday of week 1  | Thursday of week 1 | 480   |
        | Thursday of week 1 | Friday of week 1   | 240   |

    @SEG-02
    Scenario: The account ends inside the period
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until             |
        | Mill | account   | Mill account | long ago | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from              | until             | total |
        | Monday of week 1  | Tuesday of week 1 | 240   |
        | Tuesday of week 1 | Friday of week 1  | 720   |

    # By the Central clock Tuesday begins at 01:00 EST: 23 x 10 + 90 Wh until then, and 23 x 20 + 30 Wh afterwards.
    @SEG-02 @AMB-25 @uses:BQ-04
    Scenario: A new tenant of a Central SDP
      Given I-Sync set 7 changes
        | of   | attribute         | value       | from              |
        | Mill | framing structure | TOU/CPP CST | long ago          |
        | Mill | account           | New tenant  | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses, each hour of the days from Tuesday of week 1 until Wednesday of week 1
        | hours | Wh |
        | 00-01 | 90 |
        | 01-24 | 20 |
      And "Mill" uses 30 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from              | until               | total |
        | Monday of week 1  | Tuesday of week 1   | 320   |
        | Tuesday of week 1 | Wednesday of week 1 | 490   |

    @SEG-02
    Scenario: Nobody has an account for two days
      Given I-Sync set 7 changes
        | of   | attribute | value        | from               | until             |
        | Mill | account   | Mill account | long ago           | Tuesday of week 1 |
        | Mill | account   | New tenant   | Thursday of week 1 |                   |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from               | until              | total |
        | Monday of week 1   | Tuesday of week 1  | 240   |
        | Tuesday of week 1  | Thursday of week 1 | 480   |
        | Thursday of week 1 | Friday of week 1   | 240   |

    # A response is divided where an event of the three kinds falls into its period; of these neither is one.
    @SEG-02
    Scenario Outline: What changes is not the account
      Given agent "Metering Partners" is registered
      And I-Sync set 7 changes
        | of   | attribute   | value   | from              |
        | Mill | <attribute> | <value> | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from             | until            | total |
        | Monday of week 1 | Friday of week 1 | 960   |

      Examples: What else is on record of an SDP
        | attribute               | value             |
        | energy service provider | Metering Partners |
        | billing cycle           | C2                |

    @SEG-02
    Scenario: The account is stated again, and is the same
      Given I-Sync set 7 changes
        | of   | attribute | value        | from              |
        | Mill | account   | Mill account | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from             | until            | total |
        | Monday of week 1 | Friday of week 1 | 960   |

    @SEG-02 @dated
    Scenario Outline: A new tenant on a day that is easily forgotten
      Given I-Sync set 7 changes
        | of   | attribute | value      | from  |
        | Mill | account   | New tenant | <day> |
      And "Mill" uses 10 Wh each hour from <start> until <end>
      And set 7 arrives
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from    | until |
        | R1      | Mill | <start> | <end> |
      And 1 day has passed
      Then the response to "R1" says
        | from    | until | total |
        | <start> | <day> | 240   |
        | <day>   | <end> | 480   |

      Examples: New Year's Day, and 29 February
        | day        | start      | end        | passed |
        | 2012-01-01 | 2011-12-31 | 2012-01-03 | 360    |
        | 2012-02-29 | 2012-02-28 | 2012-03-02 | 420    |

  Rule: A seasonal price change divides TOU/CPP and Periodic responses, and not Hourly ones

    @SEG-03 @AMB-15 @dated
    Scenario Outline: Over 1 May
      Given I-Sync set 7 changes
        | of   | attribute         | value     | from       |
        | Mill | framing structure | <framing> | 2011-04-01 |
      And "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      And set 7 arrives
      And 120 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-04-29 | 2011-05-02 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | total |
        | 2011-04-29 | 2011-05-01 | 480   |
        | 2011-05-01 | 2011-05-02 | 240   |

      Examples: Framings that follow the price
        | framing     |
        | TOU/CPP EST |
        | TOU/CPP CST |
        | periodic    |

    @SEG-03 @AMB-15 @BILLING-DEMAND @dated
    Scenario: Two SDPs with demand, over 1 May: one framed as TOU/CPP, and one as Hourly
      Given "Lakeside" has synchronized SDP "Bakery" in I-Sync set 7
      And I-Sync set 8 changes
        | of     | attribute         | value                      | from       |
        | Mill   | framing structure | TOU/CPP 15 rolling central | 2011-04-01 |
        | Bakery | framing structure | hourly 60 block eastern    | 2011-04-01 |
      And "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      And "Bakery" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      And set 8 arrives
      And 120 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from       | until      |
        | R1      | Mill   | 2011-04-29 | 2011-05-02 |
        | R2      | Bakery | 2011-04-29 | 2011-05-02 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | total |
        | 2011-04-29 | 2011-05-01 | 480   |
        | 2011-05-01 | 2011-05-02 | 240   |
      And the response to "R2" says
        | from       | until      | status |
        | 2011-04-29 | 2011-05-02 | 00     |

    # What counts is the framing on the day of the price change, not that on the period's first or last day.
    @SEG-03 @AMB-15 @uses:SEG-01 @dated
    Scenario: Hourly until the day before 1 May
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from       | until      |
        | Mill | framing structure | hourly   | 2011-04-01 | 2011-04-30 |
        | Mill | framing structure | periodic | 2011-04-30 |            |
      And "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      And set 7 arrives
      And 120 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-04-29 | 2011-05-03 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | framing  | total |
        | 2011-04-29 | 2011-04-30 | hourly   |       |
        | 2011-04-30 | 2011-05-01 | periodic | 240   |
        | 2011-05-01 | 2011-05-03 | periodic | 480   |

    @SEG-03 @AMB-15 @dated
    Scenario: Over 1 November
      Given "Mill" uses 10 Wh each hour from 2011-10-31 until 2011-11-03
      And 300 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-10-31 | 2011-11-03 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | total |
        | 2011-10-31 | 2011-11-01 | 240   |
        | 2011-11-01 | 2011-11-03 | 480   |

    @SEG-03 @AMB-15 @uses:BSV-01 @uses:SEG-06 @dated
    Scenario: A scheduled period over 1 May
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from       | until      |
        | C1    | 2011-04-29 | 2011-05-03 |
      And "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      When 114 days have passed
      Then the scheduled response for "Mill" says
        | from       | until      | total |
        | 2011-04-29 | 2011-05-01 | 480   |
        | 2011-05-01 | 2011-05-03 | 480   |

    # From 1 May until 1 November there are 184 days, and until 1 May 2012, with 29 February, 182, of 240 Wh each.
    @SEG-03 @AMB-15 @dated
    Scenario Outline: Over two price changes
      Given "Mill" uses 10 Wh each hour from <from> until <until>
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from   | until   |
        | R1      | Mill | <from> | <until> |
      And 1 day has passed
      Then the response to "R1" says
        | from     | until    | total     |
        | <from>   | <first>  | 240       |
        | <first>  | <second> | <between> |
        | <second> | <until>  | 240       |

      Examples: Of one year, and of two
        | season | from       | first      | second     | until      | between | passed |
        | summer | 2011-04-30 | 2011-05-01 | 2011-11-01 | 2011-11-02 | 44160   | 300    |
        | winter | 2011-10-31 | 2011-11-01 | 2012-05-01 | 2012-05-02 | 43680   | 480    |

    @SEG-03 @AMB-15 @dated
    Scenario: Hourly, over 1 May
      Given I-Sync set 7 changes
        | of   | attribute         | value  | from       |
        | Mill | framing structure | hourly | 2011-04-01 |
      And "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-02
      And set 7 arrives
      And 120 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-04-29 | 2011-05-02 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | status |
        | 2011-04-29 | 2011-05-02 | 00     |

  Rule: Several events give several sub-periods, two on one day divide once, and the quantities add up

    @SEG-04
    Scenario: Three events on two days
      Given I-Sync set 7 changes
        | of   | attribute         | value       | from                |
        | Mill | account           | New tenant  | Tuesday of week 1   |
        | Mill | account           | Next tenant | Thursday of week 1  |
        | Mill | framing structure | TOU/CPP EST | Thursday of week 1  |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Saturday of week 1
      And set 7 arrives
      And it is Saturday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Saturday of week 1 |
      And it is Saturday 09:21
      Then the response to "R1" says
        | from               | until              | framing     | total |
        | Monday of week 1   | Tuesday of week 1  | periodic    | 240   |
        | Tuesday of week 1  | Thursday of week 1 | periodic    | 480   |
        | Thursday of week 1 | Saturday of week 1 | TOU/CPP EST | 480   |

    @SEG-04 @uses:SEG-02
    Scenario: Three tenants one after the other, and the first one again
      Given I-Sync set 7 changes
        | of   | attribute | value        | from                | until               |
        | Mill | account   | New tenant   | Tuesday of week 1   | Wednesday of week 1 |
        | Mill | account   | Next tenant  | Wednesday of week 1 | Thursday of week 1  |
        | Mill | account   | Mill account | Thursday of week 1  |                     |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Saturday of week 1
      And set 7 arrives
      And it is Saturday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Saturday of week 1 |
      And it is Saturday 09:21
      Then the response to "R1" says
        | from                | until               | total |
        | Monday of week 1    | Tuesday of week 1   | 240   |
        | Tuesday of week 1   | Wednesday of week 1 | 240   |
        | Wednesday of week 1 | Thursday of week 1  | 240   |
        | Thursday of week 1  | Saturday of week 1  | 480   |

    @SEG-04 @uses:SEG-01 @uses:SEG-02
    Scenario: A new tenant on the day after another framing structure
      Given I-Sync set 7 changes
        | of   | attribute         | value      | from                |
        | Mill | framing structure | hourly     | Tuesday of week 1   |
        | Mill | account           | New tenant | Wednesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from                | until               | framing  |
        | Monday of week 1    | Tuesday of week 1   | periodic |
        | Tuesday of week 1   | Wednesday of week 1 | hourly   |
        | Wednesday of week 1 | Friday of week 1    | hourly   |

    @SEG-04 @AMB-15 @uses:SEG-02 @uses:SEG-03 @dated
    Scenario: A new tenant in the days of a price change
      Given I-Sync set 7 changes
        | of   | attribute | value      | from       |
        | Mill | account   | New tenant | 2011-04-30 |
      And "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      And set 7 arrives
      And 120 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-04-29 | 2011-05-03 |
      And 1 day has passed
      Then the response to "R1" says
        | from       | until      | total |
        | 2011-04-29 | 2011-04-30 | 240   |
        | 2011-04-30 | 2011-05-01 | 240   |
        | 2011-05-01 | 2011-05-03 | 480   |

    # 240 Wh a day, of two days and of one, or of one day and of two.
    @SEG-04 @AMB-15 @uses:SEG-01 @uses:SEG-02 @uses:SEG-03 @dated
    Scenario Outline: On the very day of a price change
      Given I-Sync set 7 changes
        | of   | attribute   | value   | from  |
        | Mill | <attribute> | <value> | <day> |
      And "Mill" uses 10 Wh each hour from <from> until <until>
      And set 7 arrives
      And <passed> days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from   | until   |
        | R1      | Mill | <from> | <until> |
      And 1 day has passed
      Then the response to "R1" says
        | from   | until   | framing   | total    |
        | <from> | <day>   | periodic  | <before> |
        | <day>  | <until> | <framing> | <after>  |

      Examples: Another tenant, and another framing structure
        | case                  | attribute         | value       | day        | from       | until      | framing     | before | after | passed |
        | a tenant, 1 May       | account           | New tenant  | 2011-05-01 | 2011-04-29 | 2011-05-02 | periodic    | 480    | 240   | 120    |
        | a tenant, 1 November  | account           | New tenant  | 2011-11-01 | 2011-10-31 | 2011-11-03 | periodic    | 240    | 480   | 300    |
        | a framing, 1 May      | framing structure | TOU/CPP EST | 2011-05-01 | 2011-04-29 | 2011-05-02 | TOU/CPP EST | 480    | 240   | 120    |
        | a framing, 1 November | framing structure | TOU/CPP EST | 2011-11-01 | 2011-10-31 | 2011-11-03 | TOU/CPP EST | 240    | 480   | 300    |

    @SEG-04 @uses:WIN-03
    Scenario: A sub-period lacks data, and nothing of the period is delivered
      Given I-Sync set 7 changes
        | of   | attribute | value      | from                |
        | Mill | account   | New tenant | Wednesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 12:00
      Then there is no response to "R1"

  Rule: An event on the first day of the period, or on its exclusive end, does not divide

    @SEG-05
    Scenario Outline: On a boundary
      Given I-Sync set 7 changes
        | of   | attribute | value      | from  |
        | Mill | account   | New tenant | <day> |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until              |
        | R1      | Mill | Tuesday of week 1 | Thursday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from              | until              | total |
        | Tuesday of week 1 | Thursday of week 1 | 480   |

      Examples: The first day, and the exclusive end
        | day                |
        | Tuesday of week 1  |
        | Thursday of week 1 |

    @SEG-05
    Scenario: On the last day, which is inside
      Given I-Sync set 7 changes
        | of   | attribute | value      | from                |
        | Mill | account   | New tenant | Wednesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until              |
        | R1      | Mill | Tuesday of week 1 | Thursday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from                | until               | total |
        | Tuesday of week 1   | Wednesday of week 1 | 240   |
        | Wednesday of week 1 | Thursday of week 1  | 240   |

    @SEG-05 @AMB-15 @dated
    Scenario Outline: A price change on a boundary
      Given "Mill" uses 10 Wh each hour from 2011-04-29 until 2011-05-03
      And 120 days have passed
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from   | until   |
        | R1      | Mill | <from> | <until> |
      And 1 day has passed
      Then the response to "R1" says
        | from   | until   | total |
        | <from> | <until> | 480   |

      Examples: The first day, and the exclusive end
        | from       | until      |
        | 2011-05-01 | 2011-05-03 |
        | 2011-04-29 | 2011-05-01 |

  Rule: Push and pull responses are divided alike

    @SEG-06 @uses:BSV-01 @uses:WIN-05
    Scenario: The same period, scheduled and requested
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Friday of week 2 |
      And I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Friday of week 2
      And set 7 arrives
      And 7 days have passed
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 2 | Friday of week 2 |
      And it is Friday 09:21
      Then the scheduled response for "Mill" says
        | from              | until             | total |
        | Monday of week 2  | Tuesday of week 2 | 240   |
        | Tuesday of week 2 | Friday of week 2  | 720   |
      And the scheduled response for "Mill" says the same as the response to "R1"

  Rule: Meter change and CT/PT multiplier change do not divide today

    @SEG-08
    Scenario: A multiplier change inside the period
      Given I-Sync set 7 changes
        | of   | attribute        | value | from              |
        | Mill | CT/PT multiplier | 40    | Tuesday of week 1 |
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from             | until            | total |
        | Monday of week 1 | Friday of week 1 | 960   |

    @SEG-08
    Scenario: A meter change inside the period
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from              |
        | Mill    | meter                | Meter 2  | Tuesday of week 1 |
        | Meter 2 | communication module | Module 2 | Tuesday of week 1 |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Friday of week 1
      And set 7 arrives
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" says
        | from             | until            | total |
        | Monday of week 1 | Friday of week 1 | 960   |
