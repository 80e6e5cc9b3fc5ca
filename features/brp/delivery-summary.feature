@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Billing Delivery Summary Report (BR01)
  BR01 runs with BR04 and counts its requests: for each open billing window and period end date, how many stand where.
  Counts that a table has no column for are 0.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to receive 6000
    And "Lakeside" has authorised "Metering Partners" to receive 6100
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "School" and "Depot" in I-Sync set 6, with
      | of    | attribute     | value             |
      | Depot | billing agent | Metering Partners |

  Rule: BR01 counts the requests of each open window and period end date by where they stand

    @BRP-05 @AMB-16 @AMB-07 @uses:SUM-05 @uses:WIN-01 @uses:WIN-05
    Scenario: Answered, waiting for data, and not yet processed
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from              | until               |
        | R1      | Mill   | Monday of week 1  | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1  | Wednesday of week 1 |
        | R3      | School | Monday of week 1  | Wednesday of week 1 |
        | R4      | Depot  | Monday of week 1  | Wednesday of week 1 |
        | R5      | School | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:30
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from              | until               |
        | R6      | Mill   | Tuesday of week 1 | Wednesday of week 1 |
        | R7      | School | Sunday of week 0  | Wednesday of week 1 |
        | R8      | Bakery | Sunday of week 0  | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR01 of "Lakeside" on Wednesday of week 1 at 12:00 counts
        | window end       | period end          | total | pending | in process without data | found and sent | failed and sent |
        | Friday of week 1 | Wednesday of week 1 | 8     | 3       | 3                       | 1              | 1               |

    @BRP-05 @AMB-16 @AMB-07 @AMB-62:nothing-there
    Scenario: One of the requests that wait has some of its data
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from              | until               |
        | R1      | Mill   | Monday of week 1  | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1  | Wednesday of week 1 |
        | R3      | School | Monday of week 1  | Wednesday of week 1 |
        | R4      | Depot  | Monday of week 1  | Wednesday of week 1 |
        | R5      | School | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:30
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from              | until               |
        | R6      | Mill   | Tuesday of week 1 | Wednesday of week 1 |
        | R7      | School | Sunday of week 0  | Wednesday of week 1 |
        | R8      | Bakery | Sunday of week 0  | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR01 of "Lakeside" on Wednesday of week 1 at 12:00 counts
        | window end       | period end          | total | pending | in process | in process without data | found and sent | failed and sent |
        | Friday of week 1 | Wednesday of week 1 | 8     | 3       | 1          | 2                       | 1              | 1               |

    @BRP-05 @AMB-16 @AMB-07 @AMB-62:not-complete
    Scenario: Data that is not complete counts as none
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from              | until               |
        | R1      | Mill   | Monday of week 1  | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1  | Wednesday of week 1 |
        | R3      | School | Monday of week 1  | Wednesday of week 1 |
        | R4      | Depot  | Monday of week 1  | Wednesday of week 1 |
        | R5      | School | Tuesday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:30
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from              | until               |
        | R6      | Mill   | Tuesday of week 1 | Wednesday of week 1 |
        | R7      | School | Sunday of week 0  | Wednesday of week 1 |
        | R8      | Bakery | Sunday of week 0  | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR01 of "Lakeside" on Wednesday of week 1 at 12:00 counts
        | window end       | period end          | total | pending | in process without data | found and sent | failed and sent |
        | Friday of week 1 | Wednesday of week 1 | 8     | 3       | 3                       | 1              | 1               |

    # Without register reads the response carries status 07.
    @BRP-05 @AMB-16 @AMB-07 @uses:SUM-04 @uses:WIN-01
    Scenario: Quantities that have failed the sum check
      Given I-Sync set 7 changes
        | of     | attribute   | value | from     |
        | Bakery | VEE service | 03    | long ago |
      And set 7 arrives
      And "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
      When it is Wednesday 12:00
      Then BR01 of "Lakeside" on Wednesday of week 1 at 12:00 counts
        | window end       | period end          | total | found and sent | failed and sent |
        | Friday of week 1 | Wednesday of week 1 | 2     | 1              | 1               |

    # R1 to R3 have a window from Monday until Wednesday, R4 one from Tuesday until Thursday.
    @BRP-05 @AMB-16 @AMB-07 @AMB-24 @uses:WIN-01
    Scenario: Periods that share a window
      Given it is Monday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from       | until              |
        | R1      | Mill   | 4 days ago | Saturday of week 0 |
        | R2      | Bakery | 4 days ago | Sunday of week 0   |
        | R3      | School | 4 days ago | Sunday of week 0   |
        | R4      | School | yesterday  | Tuesday of week 1  |
      When it is Tuesday 12:00
      Then BR01 of "Lakeside" on Tuesday of week 1 at 12:00 counts
        | window end          | period end         | total | in process without data |
        | Wednesday of week 1 | Saturday of week 0 | 1     | 1                       |
        | Wednesday of week 1 | Sunday of week 0   | 2     | 2                       |
        | Thursday of week 1  | Tuesday of week 1  | 1     | 1                       |

    # R1 has a window from Monday until Wednesday, R2 one from Tuesday until Thursday.
    @BRP-05 @AMB-16 @AMB-07 @AMB-24:from-receipt
    Scenario: A period that has two windows
      Given it is Monday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from       | until            |
        | R1      | School | 4 days ago | Sunday of week 0 |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until            |
        | R2      | Mill | 4 days ago | Sunday of week 0 |
      When it is Tuesday 12:00
      Then BR01 of "Lakeside" on Tuesday of week 1 at 12:00 counts
        | window end          | period end       | total | in process without data |
        | Wednesday of week 1 | Sunday of week 0 | 1     | 1                       |
        | Thursday of week 1  | Sunday of week 0 | 1     | 1                       |

    @BRP-05 @AMB-16 @AMB-07 @AMB-58 @uses:SUM-05 @uses:WIN-01
    Scenario: What a mailbox refuses, with quantities and without
      Given the mailbox of "Metering Partners" refuses files from Tuesday 10:00 until Tuesday 14:00
      And "Depot" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
        | R2      | Mill  | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR01 of "Lakeside" on Tuesday of week 1 at 12:00 counts
        | window end         | period end        | total | found and delivery failed | failed and delivery failed |
        | Thursday of week 1 | Tuesday of week 1 | 2     | 1                         | 1                          |

    # Energy and demand of a response are in a file each; the mailbox refuses both.
    @BRP-05 @AMB-16 @AMB-07 @AMB-58 @uses:BQ-09 @BILLING-DEMAND @uses:SUM-05 @uses:WIN-01
    Scenario: What a mailbox refuses, with demand
      Given "Lakeside" has authorised "Metering Partners" to receive 6200
      And the mailbox of "Metering Partners" refuses files from Tuesday 10:00 until Tuesday 14:00
      And I-Sync set 7 changes
        | of    | attribute         | value                     | from     |
        | Depot | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Depot" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP   | from             | until             |
        | R1      | Depot | Monday of week 1 | Tuesday of week 1 |
      When it is Tuesday 12:00
      Then BR01 of "Lakeside" on Tuesday of week 1 at 12:00 counts
        | window end         | period end        | total | found and delivery failed |
        | Thursday of week 1 | Tuesday of week 1 | 1     | 1                         |

    @BRP-05 @AMB-16 @AMB-07 @uses:BSV-01 @uses:SUM-05 @uses:WIN-01 @uses:WIN-04 @uses:WIN-05
    Scenario: What a schedule asked for, with data and without
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 10 Wh each hour from Monday of week 2 until Tuesday of week 2
      And 7 days have passed
      When it is Tuesday 12:00
      Then BR01 of "Lakeside" on Tuesday of week 2 at 12:00 counts
        | window end         | period end        | total | in process without data | found and sent |
        | Thursday of week 2 | Tuesday of week 2 | 4     | 3                       | 1              |

    @BRP-05 @AMB-16
    Scenario: The categories add up to the total
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Wednesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
        | R3      | School | Monday of week 1 | Wednesday of week 1 |
        | R4      | Depot  | Monday of week 1 | Wednesday of week 1 |
      When it is Wednesday 23:30
      Then the categories of BR01 of "Lakeside" on Wednesday of week 1 at 12:00 add up to its totals
      And the categories of BR01 of "Lakeside" on Wednesday of week 1 at 23:30 add up to its totals

  Rule: BR01 runs at 12:00 and 23:30 EST

    @BRP-05
    Scenario: Twice a day, and at no other time
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR01 comes to "Lakeside" at 12:00 and 23:30, and at no other time

    @BRP-05 @AMB-16 @AMB-07 @dated @uses:WIN-01
    Scenario: New Year
      Given 355 days have passed
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-28 | 2011-12-31 |
      When 2 days have passed
      Then BR01 of "Lakeside" on 2011-12-31 at 23:30 counts
        | window end | period end | total | in process without data |
        | 2012-01-05 | 2011-12-31 | 1     | 1                       |
      And BR01 of "Lakeside" on 2012-01-01 at 12:00 counts
        | window end | period end | total | in process without data |
        | 2012-01-05 | 2011-12-31 | 1     | 1                       |

  Rule: BR01's counts are those of the BR04 of the same run

    # The billing run of 11:00 has left R1 waiting for data; R2 and R3 come after it, R4 after the run of 23:00.
    @BRP-06 @uses:BRP-04 @uses:BRP-05
    Scenario: Requests that come between a billing run and the reports
      Given "Mill" uses 10 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | School | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 11:30
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until               |
        | R2      | Bakery | Monday of week 1 | Wednesday of week 1 |
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R3      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 23:15
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until               |
        | R4      | Mill | Sunday of week 0 | Wednesday of week 1 |
      When it is Wednesday 23:30
      Then BR01 of "Lakeside" on Wednesday of week 1 at 12:00 counts what BR04 lists
      And BR01 of "Lakeside" on Wednesday of week 1 at 23:30 counts what BR04 lists

    @BRP-06 @AMB-54 @AMB-58 @uses:BRP-04 @uses:BRP-05
    Scenario: Through a window, to the day on which it has closed
      Given the mailbox of "Metering Partners" refuses files from Tuesday 10:00 until Tuesday 14:00
      And "Depot" uses 10 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 10:10
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | Depot  | Monday of week 1 | Tuesday of week 1 |
        | R2      | Mill   | Monday of week 1 | Tuesday of week 1 |
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
      And it is Friday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from               | until            |
        | R4      | School | Thursday of week 1 | Friday of week 1 |
      When it is Friday 12:00
      Then BR01 of "Lakeside" on Tuesday of week 1 at 12:00 counts what BR04 lists
      And BR01 of "Lakeside" on Tuesday of week 1 at 23:30 counts what BR04 lists
      And BR01 of "Lakeside" on Friday of week 1 at 12:00 counts what BR04 lists
