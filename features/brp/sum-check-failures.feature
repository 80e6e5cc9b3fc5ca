@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Billing Validation Sum Check Failure Report (BR05)
  By 23:30 every day BR05 lists the responses of the day that failed the sum check, with what the check rested on: the register
  reads, the energy of the intervals between them, and, for 06, by how much they differ.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "School" and "Depot" in I-Sync set 6, with
      | of     | attribute         | value    |
      | Mill   | VEE service       | 03       |
      | Mill   | framing structure | periodic |
      | Mill   | billing cycle     | C2       |
      | Bakery | VEE service       | 03       |
      | School | VEE service       | 03       |

  Rule: BR05 lists each response of the day that failed the sum check, and no other

    # The intervals of Mill hold 24 kWh, and its register says 40. Bakery's register says 24 as well; School, whose quantities
    # go to an agent, has no register reads, Depot no sum check.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-03 @uses:SUM-04
    Scenario: One exceeds the threshold, one has no register reads, two pass
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And I-Sync set 7 changes
        | of     | attribute     | value             | from     |
        | School | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Depot" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00140   |
      And the register of "Bakery" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00124   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | Depot  | Monday of week 1 | Tuesday of week 1 |
      And "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R4      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP    | status |
        | Mill   | 06     |
        | School | 07     |
      And each BR05 of "Lakeside" has come by 23:30 of its day

    # 24 hours of 1003 Wh are 24,072 Wh; the register says 40 kWh, which are 15,928 Wh more.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-03
    Scenario: To the watt-hour, and of two LDCs
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 4, with
        | of   | attribute   | value |
        | Barn | VEE service | 03    |
      And "Mill" uses 1003 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Barn" uses 1003 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00140   |
      And the register of "Barn" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00140   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And "Hilltop" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Barn | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status | total variant | interval total |
        | Mill | 06     | 15928         | 24072          |
      And BR05 of "Hilltop" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status | total variant | interval total |
        | Barn | 06     | 15928         | 24072          |

    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: A response that a schedule asked for
      Given "Mill" uses 1000 Wh each hour from Monday of week 2 until Tuesday of week 2
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C2    | Monday of week 2 | Tuesday of week 2 |
      And 7 days have passed
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 2 until Wednesday of week 2 at 23:30 lists
        | SDP  | status |
        | Mill | 07     |

    # Each day holds 24 kWh; by the register the first has 40, the second 60.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-03
    Scenario: Two periods of one SDP
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 00:00 | 00100   |
        | Tuesday of week 1   | 00:00 | 00140   |
        | Wednesday of week 1 | 00:00 | 00200   |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Monday of week 1  | Tuesday of week 1   |
        | R2      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      When it is Thursday 23:30
      Then BR05 of "Lakeside" from Wednesday of week 1 until Thursday of week 1 at 23:30 lists
        | SDP  | status | total variant |
        | Mill | 06     | 16000         |
        | Mill | 06     | 36000         |

    @BRP-07 @AMB-12 @AMB-21
    Scenario: Requests that are closed without quantities, or wait for them
      Given it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until               |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1   |
        | R2      | School | Monday of week 1 | Wednesday of week 1 |
      When it is Saturday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Saturday of week 1 at 23:30 lists nothing

    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: A response that was asked for on cycle
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status |
        | Mill | 07     |

    # None has register reads.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: SDPs of every kind of energy framing
      Given I-Sync set 7 changes
        | of     | attribute         | value       | from     |
        | Bakery | framing structure | TOU/CPP EST | long ago |
        | School | framing structure | TOU/CPP CST | long ago |
        | Depot  | VEE service       | 03          | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Bakery" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And "Depot" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
        | R4      | Depot  | Monday of week 1 | Tuesday of week 1 |
      When it is Thursday 23:30
      Then BR05 of "Lakeside" from Wednesday of week 1 until Thursday of week 1 at 23:30 lists
        | SDP    | status |
        | Mill   | 07     |
        | Bakery | 07     |
        | School | 07     |
        | Depot  | 07     |

    # None has register reads. Whatever the status of the demand, that of the energy is 07.
    @BRP-07 @AMB-12 @AMB-21 @AMB-63 @uses:SUM-04 @uses:BQ-09 @BILLING-DEMAND
    Scenario: SDPs whose framing structures have demand
      Given I-Sync set 7 changes
        | of     | attribute         | value                     | from     |
        | Mill   | framing structure | periodic 60 block eastern | long ago |
        | Bakery | framing structure | hourly 60 block eastern   | long ago |
        | School | framing structure | TOU/CPP 60 block eastern  | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Bakery" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | Bakery | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP    | status |
        | Mill   | 07     |
        | Bakery | 07     |
        | School | 07     |

  Rule: It gives the register reads and the interval total that the check rested on, and the total variant of an 06

    # 24 intervals of 1000 Wh; the register's difference is 40 kWh.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-03
    Scenario: Reads at the start and the end of the period
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00140   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status | total variant | start read             | start reading | end read                | end reading | interval total |
        | Mill | 06     | 16000         | Monday of week 1 00:00 | 100           | Tuesday of week 1 00:00 | 140         | 24000          |

    # Between the reads there are 38 hours, of 38 kWh; the register's difference is 30 kWh.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-02 @uses:SUM-03 @uses:SUM-04
    Scenario: Reads inside the period, and more intervals than the register says
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 06:00 | 00100   |
        | Tuesday of week 1 | 20:00 | 00130   |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      When it is Thursday 23:30
      Then BR05 of "Lakeside" from Wednesday of week 1 until Thursday of week 1 at 23:30 lists
        | SDP  | status | total variant | start read             | start reading | end read                | end reading | interval total |
        | Mill | 06     | 8000          | Monday of week 1 06:00 | 100           | Tuesday of week 1 20:00 | 130         | 38000          |

    # A register of five digits goes on from 99999 with 00000: its difference is 40 kWh.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-02 @uses:SUM-03
    Scenario: A register that began again between the reads
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 99990   |
        | Tuesday of week 1 | 00:00 | 00030   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status | total variant | start reading | end reading | interval total |
        | Mill | 06     | 16000         | 99990         | 30          | 24000          |

    # From 06:15 until 20:45 there are 58 quarter hours of 250 Wh: 14,500 Wh; the register says 34 kWh, 19,500 Wh more.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-02 @uses:SUM-03 @uses:SUM-04
    Scenario: Reads that are not on the hour
      Given "Mill" uses, each 15 minutes of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh  |
        | 00-24 | 250 |
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 06:15 | 00100   |
        | Monday of week 1 | 20:45 | 00134   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status | total variant | start read             | start reading | end read               | end reading | interval total |
        | Mill | 06     | 19500         | Monday of week 1 06:15 | 100           | Monday of week 1 20:45 | 134         | 14500          |

    # Between the reads there are 38 hours, of 38 kWh, over both parts; the register's difference is 50 kWh.
    @BRP-07 @AMB-12 @AMB-21 @uses:SEG-02 @uses:SUM-03 @uses:SUM-04
    Scenario: A response that is divided is one failure
      Given I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 06:00 | 00100   |
        | Tuesday of week 1 | 20:00 | 00150   |
      And it is Wednesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      When it is Thursday 23:30
      Then BR05 of "Lakeside" from Wednesday of week 1 until Thursday of week 1 at 23:30 lists
        | SDP  | status | total variant | interval total |
        | Mill | 06     | 12000         | 38000          |

    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: A period that was asked for twice
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Wednesday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Wednesday of week 1 at 23:30 lists
        | SDP  | status |
        | Mill | 07     |
        | Mill | 07     |

    # The read is nearest to both ends, and four days from the start: two days are the maximum register range.
    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: One read, too far from the start of the period
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 1
      And the register of "Mill" reads
        | day              | time  | reading |
        | Friday of week 1 | 00:00 | 00140   |
      And it is Friday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until            |
        | R1      | Mill | Monday of week 1 | Friday of week 1 |
      When it is Saturday 23:30
      Then BR05 of "Lakeside" from Friday of week 1 until Saturday of week 1 at 23:30 lists
        | SDP  | status | end read               | end reading |
        | Mill | 07     | Friday of week 1 00:00 | 140         |

  Rule: What fails after the run stands in the next day's report

    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: Before the end of the day, and in its last minutes
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 23:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:40
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Thursday 23:30
      Then BR05 of "Lakeside" from Tuesday of week 1 until Thursday of week 1 at 23:30 lists
        | SDP    | status |
        | Mill   | 07     |
        | School | 07     |

    # Whenever BR05 ran: what it told while the mailbox refused files comes by the end of Wednesday.
    @BRP-07 @AMB-12 @AMB-21 @AMB-58:tried-again @uses:SUM-04
    Scenario: The mailbox refuses files when the report runs
      Given the mailbox of "Lakeside" refuses files from Tuesday 23:00 until Wednesday 06:00
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Thursday 00:05
      Then BR05 of "Lakeside" since Tuesday of week 1 at 09:10 lists
        | SDP  | status |
        | Mill | 07     |

    @BRP-07 @AMB-12:at-that-time @AMB-21 @uses:SUM-04
    Scenario: Minutes before the run, and minutes after it
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 23:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 23:40
      And "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      When it is Thursday 23:30
      Then BR05 of "Lakeside" by Tuesday of week 1 at 23:30 lists
        | SDP  | status |
        | Mill | 07     |
      And BR05 of "Lakeside" by Wednesday of week 1 at 23:30 lists
        | SDP    | status |
        | School | 07     |
      And BR05 of "Lakeside" by Thursday of week 1 at 23:30 lists nothing

    @BRP-07 @AMB-12 @AMB-21 @uses:SUM-04
    Scenario: The last minutes of a Friday
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Friday 23:40
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      When it is Saturday 23:30
      Then BR05 of "Lakeside" from Friday of week 1 until Saturday of week 1 at 23:30 lists
        | SDP  | status |
        | Mill | 07     |

    @BRP-07 @AMB-12 @AMB-21 @dated @uses:SUM-04
    Scenario: The last minutes of the year
      Given 353 days have passed
      And "Mill" uses 1000 Wh each hour from 2011-12-28 until 2011-12-29
      And it is Saturday 23:40
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from       | until      |
        | R1      | Mill | 2011-12-28 | 2011-12-29 |
      When it is Sunday 23:30
      Then BR05 of "Lakeside" from 2011-12-31 until 2012-01-01 at 23:30 lists
        | SDP  | status |
        | Mill | 07     |
