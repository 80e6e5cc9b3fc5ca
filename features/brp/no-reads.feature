@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Billing No Reads Report (BR06)
  By 21:30 every day BR06 lists the requests that were closed without quantities since the last one: a list of what to
  submit again.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "School" and "Depot" in I-Sync set 6, with
      | of     | attribute     | value             |
      | School | billing cycle | C2                |
      | School | VEE service   | 03                |
      | Depot  | billing agent | Metering Partners |

  Rule: BR06 lists each request that was closed without quantities, and no other

    @BRP-08 @AMB-12 @AMB-20
    Scenario: One has no data, one was answered, one is still active
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1   |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1   |
        | R3      | School | Monday of week 1 | Wednesday of week 1 |
      When it is Friday 21:30
      Then BR06 of "Lakeside" by Friday of week 1 at 21:30 lists
        | request | SDP  | until             | status |
        | R1      | Mill | Tuesday of week 1 | 02     |

    # The sum check of School lacks register reads: its quantities come with 07.
    @BRP-08 @AMB-12 @AMB-20 @uses:SUM-04
    Scenario: Requests that were answered with quantities on the same day
      Given "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 21:30
      Then BR06 of "Lakeside" by Tuesday of week 1 at 21:30 lists nothing

    @BRP-08 @AMB-12 @AMB-20
    Scenario: The requester is not the billing agent
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 21:30
      Then BR06 of "Lakeside" by Tuesday of week 1 at 21:30 lists
        | request | SDP   | until             | status |
        | R1      | Depot | Tuesday of week 1 | 08     |
        | R2      | Mill  | Tuesday of week 1 | 08     |

    @BRP-08 @AMB-12 @AMB-20
    Scenario: A request that a schedule made
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Monday of week 1 | Tuesday of week 1 |
      When it is Friday 21:30
      Then BR06 of "Lakeside" by Friday of week 1 at 21:30 lists
        | request | SDP    | until             | status |
        |         | School | Tuesday of week 1 | 02     |

    @BRP-08 @AMB-12 @AMB-20
    Scenario: The period ended long ago
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from        | until       |
        | R1      | Mill | 60 days ago | 50 days ago |
      When it is Friday 21:30
      Then BR06 of "Lakeside" by Friday of week 1 at 21:30 lists
        | request | SDP  | until       | status |
        | R1      | Mill | 2010-11-22  | 02     |

  Rule: What is closed after the run stands in the next day's report

    @BRP-08 @AMB-12 @AMB-20
    Scenario: Ten minutes before the run, and ten minutes after it
      Given it is Tuesday 21:20
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 21:40
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from             | until             |
        | R2      | Depot | Sunday of week 0 | Tuesday of week 1 |
      When it is Thursday 21:30
      Then BR06 of "Lakeside" by Tuesday of week 1 at 21:30 lists
        | request | SDP   | until             | status |
        | R1      | Depot | Tuesday of week 1 | 08     |
      And BR06 of "Lakeside" by Wednesday of week 1 at 21:30 lists
        | request | SDP   | until             | status |
        | R2      | Depot | Tuesday of week 1 | 08     |
      And BR06 of "Lakeside" by Thursday of week 1 at 21:30 lists nothing

    @BRP-08 @AMB-12 @AMB-20 @dated
    Scenario: The last evening of the year
      Given 353 days have passed
      And it is Saturday 22:00
      And "Lakeside" requests quantities off cycle
        | request | SDP   | from       | until      |
        | R1      | Depot | 2011-12-28 | 2011-12-31 |
      When it is Sunday 21:30
      Then BR06 of "Lakeside" by 2012-01-01 at 21:30 lists
        | request | SDP   | until      | status |
        | R1      | Depot | 2011-12-31 | 08     |
