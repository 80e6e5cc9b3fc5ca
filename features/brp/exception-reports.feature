@BRP @REPORTS @BILLING-ENERGY @SYNC
Feature: Exception reports on billing cycle schedules and billing quantity requests
  IR03 follows the load of a schedule, IR08 the validation of request files. A request is bad where its SDP is not known to the
  MDM/R, as School and Chapel here, or where its period ends on its first day or before.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 5000
    And "Lakeside" has authorised "Metering Partners" to submit 8000
    And "Lakeside" has authorised "Metering Partners" to receive IR03
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6

  Rule: IR03 gives the load status and the exceptions of a schedule, to its submitter alone

    @BRP-01 @AMB-19
    Scenario: The LDC submits, and everything is loaded
      Given it is Tuesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And it is Wednesday 09:01
      Then IR03 of "Lakeside" says "loaded"
      And "Metering Partners" has received no IR03

    @BRP-01 @AMB-19:on-receipt
    Scenario: The status comes at once
      Given it is Tuesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And it is Tuesday 09:01
      Then IR03 of "Lakeside" says "loaded"

    @BRP-01 @AMB-19
    Scenario: The agent submits
      Given it is Tuesday 09:00
      When "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
      And it is Wednesday 09:01
      Then IR03 of "Metering Partners" says "loaded"
      And "Lakeside" has received no IR03

    @BRP-01 @AMB-19 @AMB-51
    Scenario: A period that ends before it begins
      Given it is Tuesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
        | C2    | Monday of week 3 | Monday of week 2 |
      And it is Wednesday 09:01
      Then IR03 of "Lakeside" says "in part or refused"
      And IR03 of "Lakeside" refuses among others
        | cycle | from             |
        | C2    | Monday of week 3 |

    @BRP-01 @AMB-19 @AMB-51:in-part
    Scenario: What stands beside a period that ends before it begins is loaded
      Given it is Tuesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
        | C2    | Monday of week 3 | Monday of week 2 |
      And it is Wednesday 09:01
      Then IR03 of "Lakeside" says "in part"
      And IR03 of "Lakeside" refuses
        | cycle | from             |
        | C2    | Monday of week 3 |

    @BRP-01 @AMB-19 @AMB-51:whole-file
    Scenario: What stands beside a period that ends before it begins is refused
      Given it is Tuesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 2 | Monday of week 3 |
        | C2    | Monday of week 3 | Monday of week 2 |
      And it is Wednesday 09:01
      Then IR03 of "Lakeside" says "refused"

    @BRP-01 @AMB-19 @AMB-51
    Scenario: Two schedules in one minute
      Given it is Tuesday 09:00
      And "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 3 | Monday of week 2 |
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C2    | Monday of week 3 | Monday of week 2 |
      And it is Wednesday 09:01
      Then IR03 of "Lakeside" refuses
        | cycle | from             |
        | C1    | Monday of week 3 |
        | C2    | Monday of week 3 |

    # Whenever it was loaded, until Wednesday 09:00: what IR03 told while the mailbox refused files comes by the end of Wednesday.
    @BRP-01 @AMB-19 @AMB-51 @AMB-58:tried-again
    Scenario: The mailbox refuses files when the schedule is loaded
      Given the mailbox of "Lakeside" refuses files from Tuesday 08:00 until Wednesday 12:00
      And it is Tuesday 09:00
      When "Lakeside" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 3 | Monday of week 2 |
      And it is Thursday 00:01
      Then IR03 of "Lakeside" refuses
        | cycle | from             |
        | C1    | Monday of week 3 |

    @BRP-01 @AMB-19 @AMB-51
    Scenario: Two agents submit a schedule each, and another LDC does
      Given agent "Grid Services" is registered
      And LDC "Hilltop" is registered
      And "Lakeside" has authorised "Grid Services" to submit 8000
      And "Lakeside" has authorised "Grid Services" to receive IR03
      And it is Tuesday 09:00
      And "Metering Partners" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until            |
        | C1    | Monday of week 3 | Monday of week 2 |
        | C2    | Monday of week 3 | Monday of week 2 |
      And "Hilltop" submits a billing cycle schedule
        | cycle | from             | until            |
        | C1    | Monday of week 3 | Monday of week 2 |
        | C4    | Monday of week 3 | Monday of week 2 |
      And it is Wednesday 10:00
      When "Grid Services" submits a billing cycle schedule on behalf of "Lakeside"
        | cycle | from             | until            |
        | C3    | Monday of week 3 | Monday of week 2 |
        | C4    | Monday of week 3 | Monday of week 2 |
      And it is Thursday 10:01
      Then IR03 of "Metering Partners" refuses
        | cycle | from             |
        | C1    | Monday of week 3 |
        | C2    | Monday of week 3 |
      And IR03 of "Grid Services" refuses
        | cycle | from             |
        | C3    | Monday of week 3 |
        | C4    | Monday of week 3 |
      And IR03 of "Hilltop" refuses
        | cycle | from             |
        | C1    | Monday of week 3 |
        | C4    | Monday of week 3 |

  Rule: IR08 lists all exceptions of validating request files; the processor runs every 10 minutes

    @BRP-02 @uses:BRP-03
    Scenario: Each of two LDCs is told of its own
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 4
      And it is Tuesday 09:03
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      When "Hilltop" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R2      | School | Monday of week 1 | Monday of week 1  |
        | R3      | Barn   | Monday of week 1 | Monday of week 1  |
        | R4      | School | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1"
      And IR08 of "Hilltop" reports "R2", "R3" and "R4"

    @BRP-02 @uses:BRP-03
    Scenario: An agent submits for two LDCs
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 5000
      And "Hilltop" has authorised "Metering Partners" to receive IR08
      And "Lakeside" has authorised "Metering Partners" to receive IR08
      And it is Tuesday 09:03
      And "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      When "Metering Partners" requests quantities on cycle on behalf of "Hilltop"
        | request | SDP    | from             | until             |
        | R2      | Chapel | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1"
      And IR08 of "Hilltop" reports "R2"

    @BRP-02
    Scenario: Three bad requests of one SDP
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until             |
        | R1      | Mill | Monday of week 1  | Monday of week 1  |
        | R2      | Mill | Tuesday of week 1 | Monday of week 1  |
        | R3      | Mill | Monday of week 1  | Tuesday of week 1 |
        | R4      | Mill | Monday of week 1  | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1", "R2" and "R4"

    @BRP-02
    Scenario: Two bad requests of three, in one file
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Monday of week 1  |
        | R2      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R3      | School | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1" and "R3"

    @BRP-02
    Scenario: Two files within ten minutes
      Given it is Tuesday 09:03
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until            |
        | R2      | Mill | Tuesday of week 1 | Monday of week 1 |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1" and "R2"

    @BRP-02
    Scenario: Two files, twenty minutes apart
      Given it is Tuesday 09:03
      And "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:23
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from              | until            |
        | R2      | Mill | Tuesday of week 1 | Monday of week 1 |
      And it is Tuesday 09:43
      Then IR08 of "Lakeside" reports "R1" and "R2"

    @BRP-02 @AMB-58:tried-again
    Scenario: The mailbox refuses files when the request file is read
      Given the mailbox of "Lakeside" refuses files from Tuesday 09:00 until Tuesday 12:00
      And it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      And it is Wednesday 00:01
      Then IR08 of "Lakeside" reports "R1"

    @BRP-02 @AMB-64:exception
    Scenario: A request for an SDP that the MDM/R does not know is an exception
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R2"

    @BRP-02 @AMB-64:answered
    Scenario: A request for an SDP that the MDM/R does not know is answered, and no exception of its file
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP    | from             | until             |
        | R1      | Mill   | Monday of week 1 | Tuesday of week 1 |
        | R2      | School | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:30
      Then no IR08 reports an exception

    @BRP-02 @AMB-53
    Scenario: A file without exceptions
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:30
      Then no IR08 reports an exception

    @BRP-02 @AMB-53:with-exceptions-only
    Scenario: A file without exceptions gets no IR08
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:30
      Then nobody has received IR08

    @BRP-02 @AMB-53:for-each-file
    Scenario: A file without exceptions gets an IR08 without records
      Given it is Tuesday 09:03
      When "Lakeside" requests quantities on cycle
        | request | SDP  | from             | until             |
        | R1      | Mill | Monday of week 1 | Tuesday of week 1 |
      And it is Tuesday 09:30
      Then "Lakeside" has received IR08
      And no IR08 reports an exception

  Rule: The LDC receives IR08; a submitting agent only where authorised for it

    @BRP-03 @uses:BRP-02
    Scenario: The agent submits, without authorisation for IR08
      Given it is Tuesday 09:03
      When "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1"
      And "Metering Partners" has received no IR08

    @BRP-03 @uses:BRP-02
    Scenario: Two agents submit, with two exceptions each
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to submit 5000
      And "Lakeside" has authorised "Grid Services" to receive IR08
      And "Lakeside" has authorised "Metering Partners" to receive IR08
      And it is Tuesday 09:03
      And "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
        | R2      | Mill   | Monday of week 1 | Monday of week 1  |
      When "Grid Services" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R3      | School | Monday of week 1 | Monday of week 1  |
        | R4      | Mill   | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Metering Partners" reports "R1" and "R2"
      And IR08 of "Grid Services" reports "R3" and "R4"

    @BRP-03 @uses:BRP-02
    Scenario: The agent submits, with authorisation for IR08
      Given "Lakeside" has authorised "Metering Partners" to receive IR08
      And it is Tuesday 09:03
      When "Metering Partners" requests quantities on cycle on behalf of "Lakeside"
        | request | SDP    | from             | until             |
        | R1      | School | Monday of week 1 | Monday of week 1  |
      And it is Tuesday 09:13
      Then IR08 of "Lakeside" reports "R1"
      And IR08 of "Metering Partners" reports "R1"
