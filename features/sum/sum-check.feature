@SUM @BILLING-ENERGY @SYNC
Feature: Billing Validation Sum Check
  The energy of the intervals between two register reads is compared with the difference of the reads. A response that
  fails is delivered all the same, with its quantities and a status that says so: 06, or 07 where there are no reads.

  The threshold is 2 per cent of the difference, and at least one unit of the register; the maximum register range is 48
  hours. A register reads kilowatt-hours and has five digits, unless its meter has others.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6, with
      | of     | attribute         | value    |
      | Mill   | VEE service       | 03       |
      | Mill   | framing structure | periodic |
      | Bakery | VEE service       | 03       |
      | Bakery | CT/PT multiplier  | 40       |

  Rule: It is performed for TOU/CPP, Periodic and Hourly quantities, when the response is ready for delivery

    # 24 kWh were used, and the register says 30.
    @SUM-01
    Scenario Outline: Each way of framing
      Given I-Sync set 7 changes
        | of   | attribute         | value     | from             |
        | Mill | framing structure | <framing> | Monday of week 1 |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day               | time   | reading |
        | Monday of week 1  | <time> | 00100   |
        | Tuesday of week 1 | <time> | 00130   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 06

      Examples:
        | framing     | time  |
        | periodic    | 00:00 |
        | hourly      | 00:00 |
        | TOU/CPP EST | 00:00 |
        | TOU/CPP CST | 01:00 |

    # 24 kWh were used, and the register says 30.
    @SUM-01 @uses:BQ-09 @BILLING-DEMAND
    Scenario: A framing structure with demand
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 06

    # 24 kWh were used, and the register says 30.
    @SUM-01 @uses:BQ-09 @BILLING-DEMAND
    Scenario Outline: A framing structure of Hourly or TOU/CPP energy with demand
      Given I-Sync set 7 changes
        | of   | attribute         | value     | from     |
        | Mill | framing structure | <framing> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 06

      Examples:
        | framing                  |
        | hourly 60 block eastern  |
        | TOU/CPP 60 block eastern |

    # 24 kWh were used by the Central clock, whose day begins at 01:00 EST, and the register says 30.
    @SUM-01 @AMB-25 @uses:BQ-09 @BILLING-DEMAND
    Scenario Outline: Each way of framing with demand, by the Central clock
      Given I-Sync set 7 changes
        | of   | attribute         | value     | from     |
        | Mill | framing structure | <framing> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 01:00 | 00100   |
        | Tuesday of week 1 | 01:00 | 00130   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 06

      Examples:
        | framing                   |
        | hourly 60 block central   |
        | periodic 60 block central |
        | TOU/CPP 60 block central  |

    # 24 kWh were used, and the register says 30.
    @SUM-01 @uses:BSV-05
    Scenario: The quantities go to an agent
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Metering Partners" requests quantities off cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 06

    # 24 kWh were used, and the register says 30.
    @SUM-01 @uses:BSV-05 @uses:WIN-05
    Scenario: The quantities go to an agent, which asks on cycle
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to receive 6000
      And I-Sync set 7 changes
        | of   | attribute     | value             | from     |
        | Mill | billing agent | Metering Partners | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 11:10
      Then the response to "R1" has status 06

    # The register says 30 kWh. At first 24 kWh were used, and after an edit 30.
    @SUM-01
    Scenario: A period is asked for again when its data has been edited
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:00
      And "Mill" uses 1250 Wh each hour from Monday of week 1 until Tuesday of week 1
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R2      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 06
      And the response to "R2" has status 00

    # 31 days of 24 kWh are 744 kWh, and the register says 800: 56 more, where 2 per cent are 16.
    @SUM-01
    Scenario: A period of a month
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Thursday of week 5
      And the register of "Mill" reads
        | day                | time  | reading |
        | Monday of week 1   | 00:00 | 00100   |
        | Thursday of week 5 | 00:00 | 00900   |
      And 33 days have passed
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 5 |
      And it is Friday 09:21
      Then the response to "R1" has status 06

    # 48 kWh were used, and the register says 30 and 18, 48 together; or 24 and 36.
    @SUM-01 @uses:SEG-02
    Scenario Outline: A period that is divided is checked as a whole
      Given I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading   |
        | Monday of week 1    | 00:00 | 00100     |
        | Tuesday of week 1   | 00:00 | <between> |
        | Wednesday of week 1 | 00:00 | <last>    |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status <status>

      Examples: It agrees as a whole alone, and as a whole it does not
        | between | last  | status |
        | 00130   | 00148 | 00     |
        | 00124   | 00160 | 06     |

    @SUM-01 @uses:WIN-02 @uses:WIN-05
    Scenario: The register read comes after the request, and before the response
      Given the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 00:00 | 00100   |
      And it is Tuesday 09:10
      And "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 10:00
      When the register of "Mill" reads
        | day               | time  | reading |
        | Tuesday of week 1 | 00:00 | 00124   |
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 11:00
      Then the response to "R1" has status 00

  Rule: It compares the intervals between the two reads that are nearest to the start and to the end of the period

    # From 06:00 until 20:00 of the next day there are 38 hours.
    @SUM-02 @uses:SUM-04
    Scenario: Reads inside the period: what was used before and after them does not count
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 06:00 | 00100   |
        | Tuesday of week 1 | 20:00 | 00138   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

    # From Monday 20:00 until Wednesday 06:00 there are 34 hours, though the period is of Tuesday alone: 4 of 1 kWh, 24 of 2 and
    # 6 of 1 are 58 kWh.
    @SUM-02 @uses:SUM-04
    Scenario: Reads outside the period: the intervals between them count, too
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 2000 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Mill" uses 1000 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 20:00 | 00100   |
        | Wednesday of week 1 | 06:00 | 00158   |
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" has status 00

    # The period is of Tuesday alone. 18 hours between the reads are of it, of 1 kWh each, and 6 are not, of 2 kWh each: 30 kWh.
    @SUM-02 @uses:SUM-04
    Scenario Outline: The nearest reads lie both before, or both after, the ends of the period
      Given "Mill" uses 2000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "Mill" uses 1000 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And "Mill" uses 2000 Wh each hour from Wednesday of week 1 until Thursday of week 1
      And the register of "Mill" reads
        | day         | time   | reading |
        | <first day> | <time> | 00100   |
        | <last day>  | <time> | 00130   |
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" has status 00

      Examples: Six hours before midnight, and six hours after it
        | case   | first day         | last day            | time  |
        | before | Monday of week 1  | Tuesday of week 1   | 18:00 |
        | after  | Tuesday of week 1 | Wednesday of week 1 | 06:00 |

    # Of each pair the nearer read agrees with the intervals, and the other does not.
    @SUM-02 @AMB-11 @uses:SUM-04
    Scenario Outline: The nearest read may lie before or after
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 1
      And the register of "Mill" reads
        | day                 | time     | reading |
        | <first day>         | <first>  | 00100   |
        | <second day>        | <second> | 00900   |
        | Wednesday of week 1 | 00:00    | <end>   |
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" has status 00

      Examples:
        | case   | first day         | first | second day        | second | end   |
        | before | Monday of week 1  | 22:00 | Tuesday of week 1 | 06:00  | 00126 |
        | after  | Monday of week 1  | 18:00 | Tuesday of week 1 | 02:00  | 00922 |

    # 28 hours lie between the earlier read and the end, 20 between the later one and the end.
    @SUM-02 @AMB-11:nearest-earlier-on-a-tie
    Scenario: Two reads are equally near: the earlier counts
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 20:00 | 00100   |
        | Tuesday of week 1   | 04:00 | 00200   |
        | Wednesday of week 1 | 00:00 | 00128   |
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" has status 00

    @SUM-02 @AMB-11:nearest-later-on-a-tie
    Scenario: Two reads are equally near: the later counts
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Friday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 20:00 | 00900   |
        | Tuesday of week 1   | 04:00 | 00100   |
        | Wednesday of week 1 | 00:00 | 00120   |
      And it is Friday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from              | until               |
        | R1      | Mill | Tuesday of week 1 | Wednesday of week 1 |
      And it is Friday 09:21
      Then the response to "R1" has status 00

    # From 99976 over 99999 to 00000 there are 24 kWh.
    @SUM-02
    Scenario: The register rolls over, and stands at nothing
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 99976   |
        | Tuesday of week 1 | 00:00 | 00000   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

    # 24 hours of 5 kWh are 120 kWh, which are 3 units of a register behind transformers of 40 to 1.
    @SUM-02
    Scenario: The CT/PT multiplier counts
      Given "Bakery" uses 5000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Bakery" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00103   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

    # 24 hours of 5 kWh are 120 kWh, which are 12 units of a register that counts tens of kilowatt-hours.
    @SUM-02
    Scenario: The register's own multiplier counts
      Given I-Sync set 7 changes
        | of         | attribute           | value | from     |
        | Mill meter | register multiplier | 10    | long ago |
      And set 7 arrives
      And "Mill" uses 5000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00112   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

    # 24 hours of 50 kWh are 1200 kWh: 3 units of a register that counts tens behind transformers of 40 to 1.
    @SUM-02
    Scenario: Both multipliers count, one times the other
      Given I-Sync set 7 changes
        | of           | attribute           | value | from     |
        | Bakery meter | register multiplier | 10    | long ago |
      And set 7 arrives
      And "Bakery" uses 50000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Bakery" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00103   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Bakery | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

    # By the Central clock the day begins at 01:00 EST: the reads of that hour agree with 24 kWh, those of midnight do not.
    @SUM-02 @AMB-25
    Scenario: The day of a Central SDP begins at 01:00 EST
      Given I-Sync set 7 changes
        | of   | attribute         | value       | from     |
        | Mill | framing structure | TOU/CPP CST | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00010   |
        | Monday of week 1  | 01:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00110   |
        | Tuesday of week 1 | 01:00 | 00124   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

    @SUM-02 @uses:BQ-01
    Scenario: Estimated intervals count as measured ones do
      Given "Mill" uses 1000 Wh each hour from Friday of week 1 until Monday of week 2, with status EST
      And "Mill" uses 1000 Wh each hour from Monday of week 2 until Tuesday of week 2
      And the register of "Mill" reads
        | day               | time  | reading |
        | Friday of week 1  | 00:00 | 00100   |
        | Tuesday of week 2 | 00:00 | 00196   |
      And 7 days have passed
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Friday of week 1 | Tuesday of week 2 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

    # 24 kWh were used; a register of so many digits goes on at nothing after its last number. One that counts tens has gone on by
    # 20 kWh, and cannot tell 4 kWh more.
    @SUM-02
    Scenario Outline: The register of this meter has another number of digits
      Given I-Sync set 7 changes
        | of         | attribute           | value        | from     |
        | Mill meter | register digits     | <digits>     | long ago |
        | Mill meter | register multiplier | <multiplier> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | <first> |
        | Tuesday of week 1 | 00:00 | <last>  |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

      Examples:
        | case          | digits | multiplier | first  | last   |
        | four          | 4      | 1          | 9990   | 0014   |
        | six           | 6      | 1          | 999990 | 000014 |
        | four, of tens | 4      | 10         | 9999   | 0001   |

    # 24 kWh were used; the register was said to read 130, and then, rightly, 124.
    @SUM-02
    Scenario: A register read is corrected
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:00
      And the register of "Mill" reads
        | day               | time  | reading |
        | Tuesday of week 1 | 00:00 | 00124   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

    # 24 hours of 5,000 kWh are 120,000 kWh, more than a register of five digits can tell.
    @SUM-02
    Scenario: More than five digits go on
      Given I-Sync set 7 changes
        | of         | attribute       | value | from     |
        | Mill meter | register digits | 6     | long ago |
      And set 7 arrives
      And "Mill" uses 5000000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 000100  |
        | Tuesday of week 1 | 00:00 | 120100  |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

    # 20 kWh in the first quarter hour after the first read, and in the last one before the second; 56 quarter hours of 250 Wh
    # between them: 54 kWh.
    @SUM-02 @uses:SUM-04
    Scenario: The first and the last interval between two reads count
      Given "Mill" uses, each quarter hour of the days from Monday of week 1 until Wednesday of week 1
        | times       | Wh    |
        | 00:00-06:15 | 250   |
        | 06:15-06:30 | 20000 |
        | 06:30-20:30 | 250   |
        | 20:30-20:45 | 20000 |
        | 20:45-24:00 | 250   |
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 06:15 | 00100   |
        | Monday of week 1 | 20:45 | 00154   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

    # From 06:15 until 20:45 there are 58 quarter hours of 250 Wh: 14.5 kWh, of which the register shows 14: it
    # cannot tell half a unit more. The quarter hour before and the one after them have 20 kWh each.
    @SUM-02 @uses:SUM-04
    Scenario: Quarter hours between reads that are not on the hour
      Given "Mill" uses, each quarter hour of the days from Monday of week 1 until Wednesday of week 1
        | times       | Wh    |
        | 00:00-06:00 | 250   |
        | 06:00-06:15 | 20000 |
        | 06:15-20:45 | 250   |
        | 20:45-21:00 | 20000 |
        | 21:00-24:00 | 250   |
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 06:15 | 00100   |
        | Monday of week 1 | 20:45 | 00114   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 00

  Rule: Over the threshold, the response carries status 06 and its quantities

    @SUM-03
    Scenario Outline: More, or less, than the register says
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading   |
        | Monday of week 1    | 00:00 | 00100     |
        | Wednesday of week 1 | 00:00 | <reading> |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | from             | until               | framing  | status | total |
        | Monday of week 1 | Wednesday of week 1 | periodic | 06     | 48000 |

      Examples:
        | case           | reading |
        | 44 kWh         | 00144   |
        | 52 kWh         | 00152   |
        | nothing at all | 00100   |

    # The reads of Monday and Wednesday are compared: 60 kWh against 48.
    @SUM-03 @uses:SEG-02
    Scenario: A segmented response: all of its records say 06
      Given I-Sync set 7 changes
        | of   | attribute | value      | from              |
        | Mill | account   | New tenant | Tuesday of week 1 |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 00:00 | 00100   |
        | Tuesday of week 1   | 00:00 | 00124   |
        | Wednesday of week 1 | 00:00 | 00160   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | from              | until               | status | total |
        | Monday of week 1  | Tuesday of week 1   | 06     | 24000 |
        | Tuesday of week 1 | Wednesday of week 1 | 06     | 24000 |

    # The reads of Monday and Thursday are compared: 90 kWh against 72.
    @SUM-03 @uses:SEG-02
    Scenario: Three sub-periods: each of them says 06
      Given I-Sync set 7 changes
        | of   | attribute | value       | from                | until               |
        | Mill | account   | New tenant  | Tuesday of week 1   | Wednesday of week 1 |
        | Mill | account   | Next tenant | Wednesday of week 1 |                     |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Thursday of week 1
      And the register of "Mill" reads
        | day                | time  | reading |
        | Monday of week 1   | 00:00 | 00100   |
        | Thursday of week 1 | 00:00 | 00190   |
      And it is Thursday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Thursday 09:21
      Then the response to "R1" says
        | from                | until               | status | total |
        | Monday of week 1    | Tuesday of week 1   | 06     | 24000 |
        | Tuesday of week 1   | Wednesday of week 1 | 06     | 24000 |
        | Wednesday of week 1 | Thursday of week 1  | 06     | 24000 |

    # 24 kWh were used, and the register says 30.
    @SUM-03 @AMB-63:as-the-energy @uses:BQ-09 @BILLING-DEMAND
    Scenario: The demand response that belongs to it says 06, too
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the demand response to "R1" says
        | status | W    |
        | 06     | 1000 |

    # 24 kWh were used, and the register says 30.
    @SUM-03 @AMB-63:as-processed @uses:BQ-09 @BILLING-DEMAND
    Scenario: The demand response that belongs to it says 00, the sum check being of energy
      Given I-Sync set 7 changes
        | of   | attribute         | value                     | from     |
        | Mill | framing structure | periodic 60 block eastern | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the demand response to "R1" says
        | status | W    |
        | 00     | 1000 |

    @SUM-03 @uses:BSV-01 @uses:WIN-05
    Scenario: A response that the schedule asked for
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until             |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" uses 1000 Wh each hour from Monday of week 2 until Tuesday of week 2
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 2  | 00:00 | 00100   |
        | Tuesday of week 2 | 00:00 | 00130   |
      And 7 days have passed
      When it is Tuesday 08:00
      Then the scheduled response for "Mill" says
        | from             | until             | status | total |
        | Monday of week 2 | Tuesday of week 2 | 06     | 24000 |

    # 24 kWh were used, and the register says 30.
    @SUM-03 @uses:BSV-01 @uses:WIN-04 @uses:WIN-05
    Scenario: A scheduled period that ends on a Saturday
      Given "Lakeside" submits a billing cycle schedule
        | cycle | from             | until              |
        | C1    | Friday of week 2 | Saturday of week 2 |
      And "Mill" uses 1000 Wh each hour from Friday of week 2 until Saturday of week 2
      And the register of "Mill" reads
        | day                | time  | reading |
        | Friday of week 2   | 00:00 | 00100   |
        | Saturday of week 2 | 00:00 | 00130   |
      And 7 days have passed
      When it is Saturday 08:00
      Then the scheduled response for "Mill" has status 06

    # Hourly, a response has a record for each day.
    @SUM-03
    Scenario: Each day of an Hourly response says 06
      Given I-Sync set 7 changes
        | of   | attribute         | value  | from     |
        | Mill | framing structure | hourly | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 00:00 | 00100   |
        | Wednesday of week 1 | 00:00 | 00160   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status 06

    # 24 kWh were used each, and both registers say 30.
    @SUM-03
    Scenario: Two SDPs of one request fail
      Given "Lakeside" has synchronized SDP "School" in I-Sync set 7, with
        | of     | attribute         | value    |
        | School | VEE service       | 03       |
        | School | framing structure | periodic |
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And the register of "School" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00700   |
        | Tuesday of week 1 | 00:00 | 00730   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | from             | until             | status | total |
        | Monday of week 1 | Tuesday of week 1 | 06     | 24000 |
      And the response to "R2" says
        | from             | until             | status | total |
        | Monday of week 1 | Tuesday of week 1 | 06     | 24000 |

  Rule: Where no register read lies within the maximum register range, the response carries status 07 and its quantities

    @SUM-04
    Scenario: There is no register read
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" says
        | from             | until             | framing  | status | total |
        | Monday of week 1 | Tuesday of week 1 | periodic | 07     | 24000 |

    # The period is Thursday, Friday and Saturday; 48 hours before its start it is Tuesday 00:00.
    @SUM-04 @AMB-11
    Scenario Outline: How far away the read nearest to the start lies
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Sunday of week 1
      And the register of "Mill" reads
        | day              | time   | reading |
        | <day>            | <time> | 00100   |
        | Sunday of week 1 | 00:00  | <end>   |
      And it is Sunday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from               | until            |
        | R1      | Mill | Thursday of week 1 | Sunday of week 1 |
      And it is Sunday 09:21
      Then the response to "R1" has status <status>

      Examples:
        | case       | day               | time  | end   | status |
        | just 48 h  | Tuesday of week 1 | 00:00 | 00220 | 00     |
        | 1 h beyond | Monday of week 1  | 23:00 | 00221 | 07     |

    # The period is Monday, Tuesday and Wednesday; 48 hours after its end it is Saturday 00:00.
    @SUM-04 @AMB-11
    Scenario Outline: How far away the read nearest to the end lies
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Sunday of week 1
      And the register of "Mill" reads
        | day              | time   | reading |
        | Monday of week 1 | 00:00  | 00100   |
        | <day>            | <time> | <end>   |
      And it is Sunday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until              |
        | R1      | Mill | Monday of week 1 | Thursday of week 1 |
      And it is Sunday 09:21
      Then the response to "R1" has status <status>

      Examples:
        | case       | day                | time  | end   | status |
        | just 48 h  | Saturday of week 1 | 00:00 | 00220 | 00     |
        | 1 h beyond | Saturday of week 1 | 01:00 | 00221 | 07     |

    @SUM-04
    Scenario: Two SDPs of one request have no register read
      Given "Lakeside" has synchronized SDP "School" in I-Sync set 7, with
        | of     | attribute         | value    |
        | School | VEE service       | 03       |
        | School | framing structure | periodic |
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And "School" uses 500 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" says
        | from             | until             | status | total |
        | Monday of week 1 | Tuesday of week 1 | 07     | 24000 |
      And the response to "R2" says
        | from             | until             | status | total |
        | Monday of week 1 | Tuesday of week 1 | 07     | 12000 |

    @SUM-04 @AMB-56:two-reads-needed
    Scenario: One read is nearest to both the start and the end
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 12:00 | 00100   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 07

    @SUM-04 @AMB-56:one-read-serves
    Scenario: One read that is nearest to both serves for both
      Given "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day              | time  | reading |
        | Monday of week 1 | 12:00 | 00100   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

  Rule: VEE services 01 and 02 have no sum check; all others have it

    # The register says 30 kWh, the intervals 24.
    @SUM-05
    Scenario Outline: VEE service by VEE service
      Given I-Sync set 7 changes
        | of   | attribute   | value     | from     |
        | Mill | VEE service | <service> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00130   |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status <status>

      Examples:
        | service | status |
        | 01      | 00     |
        | 02      | 00     |
        | 03      | 06     |
        | 04      | 06     |
        | 13      | 06     |
        | 14      | 06     |

    @SUM-05
    Scenario: No register read, and none needed
      Given I-Sync set 7 changes
        | of   | attribute   | value | from     |
        | Mill | VEE service | 02    | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status 00

  Rule: A variance exactly at the threshold passes, the smallest step over it fails

    # The register says 100 kWh, of which 2 per cent are 2000 Wh. An hour of 8 kWh and 23 of 4 are 100 kWh.
    @SUM-06
    Scenario Outline: A watt-hour decides
      Given "Mill" uses, each hour of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh         |
        | 00-01 | <in 1 hour> |
        | 01-24 | 4000       |
      And "Mill" uses 0 Wh each hour from Tuesday of week 1 until Wednesday of week 1
      And the register of "Mill" reads
        | day                 | time  | reading |
        | Monday of week 1    | 00:00 | 00100   |
        | Wednesday of week 1 | 00:00 | 00200   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until               |
        | R1      | Mill | Monday of week 1 | Wednesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status <status>

      Examples:
        | case                | in 1 hour | status |
        | 2000 Wh more        | 10000     | 00     |
        | 2001 Wh more        | 10001     | 06     |
        | 2000 Wh less        | 6000      | 00     |
        | 2001 Wh less        | 5999      | 06     |

    # The register says 75 kWh, of which 2 per cent are 1500 Wh. An hour of 7.5 kWh and 23 of 3 are
    # 76.5 kWh, 1500 Wh more.
    @SUM-06
    Scenario Outline: The threshold is no whole kilowatt-hour
      Given "Mill" uses, each hour of the days from Monday of week 1 until Tuesday of week 1
        | hours | Wh          |
        | 00-01 | <in 1 hour> |
        | 01-24 | 3000        |
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | 00175   |
      And it is Wednesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Wednesday 09:21
      Then the response to "R1" has status <status>

      Examples:
        | case         | in 1 hour | status |
        | 1500 Wh more | 7500      | 00     |
        | 1501 Wh more | 7501      | 06     |

    # 24 kWh were used. The register tells no less than a unit, of 1 kWh or of 10: it says 25 or 26 kWh, 30 or 40.
    @SUM-06
    Scenario Outline: A unit of the register more
      Given I-Sync set 7 changes
        | of         | attribute           | value        | from     |
        | Mill meter | register multiplier | <multiplier> | long ago |
      And set 7 arrives
      And "Mill" uses 1000 Wh each hour from Monday of week 1 until Tuesday of week 1
      And the register of "Mill" reads
        | day               | time  | reading |
        | Monday of week 1  | 00:00 | 00100   |
        | Tuesday of week 1 | 00:00 | <last>  |
      And it is Tuesday 09:10
      When "Lakeside" requests quantities off cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:21
      Then the response to "R1" has status <status>

      Examples:
        | case                  | multiplier | last  | status |
        | 1 kWh, a unit         | 1          | 00125 | 00     |
        | 2 kWh, two units      | 1          | 00126 | 06     |
        | 6 kWh of units of 10  | 10         | 00103 | 00     |
        | 16 kWh of units of 10 | 10         | 00104 | 06     |
