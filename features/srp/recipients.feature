@SRP @SYNC
Feature: Who receives IR06 and IR07
  The LDC, always; an agent that submitted the set, where the LDC authorised it for the report. Whether an agent that is
  authorised receives them as well where it did not submit is not said.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to receive IR14
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And I-Sync set 7 changes
      | of   | attribute     | value      | from     |
      | Mill | billing cycle | B1         | today    |
      | Mill | VEE service   | 04         | today    |
      | Mill | account       | New tenant | tomorrow |

  Rule: The LDC receives both; a submitting agent those that it is authorised for

    @SRP-06
    Scenario: The agent submits and is authorised for neither
      Given set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7
      And "Metering Partners" has received no IR06 for set 7
      And "Metering Partners" has received no IR07 for set 7

    @SRP-06
    Scenario: The agent submits and is authorised for both
      Given "Lakeside" has authorised "Metering Partners" to receive IR06
      And "Lakeside" has authorised "Metering Partners" to receive IR07
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR06 for set 7
      And "Metering Partners" has received IR07 for set 7
      And "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7

    @SRP-06
    Scenario: Two agents submit a set each, and are authorised for both
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to submit 4000
      And "Lakeside" has authorised "Metering Partners" to receive IR06
      And "Lakeside" has authorised "Metering Partners" to receive IR07
      And "Lakeside" has authorised "Grid Services" to receive IR06
      And "Lakeside" has authorised "Grid Services" to receive IR07
      And "Lakeside" has authorised "Grid Services" to receive IR14
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B2    | today |
        | Mill | VEE service   | 05    | today |
      And set 7 is submitted by "Metering Partners"
      And set 8 is submitted by "Grid Services"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR06 for set 7
      And "Metering Partners" has received IR07 for set 7
      And "Grid Services" has received IR06 for set 8
      And "Grid Services" has received IR07 for set 8
      And "Lakeside" has received IR06 for set 8
      And "Lakeside" has received IR07 for set 8

    @SRP-06 @AMB-34
    Scenario: Two LDCs with an agent each
      Given LDC "Hilltop" is registered
      And agent "Grid Services" is registered
      And "Lakeside" has authorised "Metering Partners" to receive IR07
      And "Hilltop" has authorised "Grid Services" to submit 4000
      And "Hilltop" has authorised "Grid Services" to receive IR07
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41
      And I-Sync set 42 of "Hilltop" changes nothing
      And set 42 of "Hilltop" is submitted by "Grid Services"
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 42 of "Hilltop" arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR07 for set 7
      And "Metering Partners" has received no IR07 for set 42 of "Hilltop"
      And "Grid Services" has received IR07 for set 42 of "Hilltop"
      And "Grid Services" has received no IR07 for set 7

    @SRP-06 @AMB-34:per-ldc
    Scenario: An agent of two LDCs is authorised by each for another report
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to receive IR06
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to receive IR07
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 7
      And I-Sync set 8 of "Hilltop" changes nothing
      And set 7 of "Lakeside" is submitted by "Metering Partners"
      And set 8 of "Hilltop" is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 of "Lakeside" arrives
      When set 8 of "Hilltop" arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR06 for set 7 of "Lakeside"
      And "Metering Partners" has received no IR07 for set 7 of "Lakeside"
      And "Metering Partners" has received IR07 for set 8 of "Hilltop"
      And "Metering Partners" has received no IR06 for set 8 of "Hilltop"

    @SRP-03
    Scenario: The agent's copy says all that the LDC's says
      Given "Lakeside" has authorised "Metering Partners" to receive IR06
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 for "Lakeside" shows exactly
        | of   | attribute     | from     | before       | after      |
        | Mill | billing cycle | today    | C1           | B1         |
        | Mill | VEE service   | today    | 02           | 04         |
        | Mill | account       | tomorrow | Mill account | New tenant |
      And IR06 of set 7 for "Metering Partners" shows exactly
        | of   | attribute     | from     | before       | after      |
        | Mill | billing cycle | today    | C1           | B1         |
        | Mill | VEE service   | today    | 02           | 04         |
        | Mill | account       | tomorrow | Mill account | New tenant |

    @SRP-03 @AMB-32 @uses:PSY-02 @uses:PSY-05
    Scenario: The agent's copy says what ended, as the LDC's does
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 3000
      And "Hilltop" has authorised "Metering Partners" to receive IR06
      And "Hilltop" has synchronized SDPs "Barn" and "Silo" in I-Sync set 41
      And P-Sync set 42 of "Hilltop" lists "Barn"
      And set 42 of "Hilltop" is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 42 of "Hilltop" arrives
      And set 42 of "Hilltop" has had its time
      Then IR06 of set 42 of "Hilltop" for "Metering Partners" shows among others
        | of   | attribute     | from         | before       | after |
        | Silo | billing cycle | deactivation | C1           |       |
        | Silo | account       | deactivation | Silo account |       |

    @SRP-05
    Scenario: The agent's copy of an IR07 without exceptions
      Given "Lakeside" has authorised "Metering Partners" to receive IR07
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR07 of set 7 for "Metering Partners" has column headings and no detail records

    @SRP-06
    Scenario: The agent submits and is authorised for IR07 alone
      Given "Lakeside" has authorised "Metering Partners" to receive IR07
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR07 for set 7
      And "Metering Partners" has received no IR06 for set 7

    @SRP-04 @AMB-35 @uses:PSY-04
    Scenario: The agent's copy lists every exception
      Given "Lakeside" has authorised "Metering Partners" to submit 3000
      And "Lakeside" has authorised "Metering Partners" to receive IR06
      And "Lakeside" has authorised "Metering Partners" to receive IR07
      And P-Sync set 8 lists "Mill", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
        | Mill | VEE service   | 02    | long ago    | 60 days ago |
        | Mill | VEE service   | 04    | 60 days ago | 20 days ago |
        | Mill | VEE service   | 02    | 20 days ago |             |
      And set 8 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then unless set 8 fails to load, IR07 of it for "Metering Partners" shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Mill | billing cycle | 90 days ago | 30 days ago | C1     | P1    |
        | Mill | VEE service   | 60 days ago | 20 days ago | 02     | 04    |

    @SRP-06 @AMB-31
    Scenario: The LDC submits, and its agent is authorised for neither
      Given it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7
      And "Metering Partners" has received no IR06 for set 7
      And "Metering Partners" has received no IR07 for set 7

    @SRP-06 @AMB-31:authorised-agents
    Scenario: The LDC submits, and its agent receives IR06, for which it is authorised
      Given "Lakeside" has authorised "Metering Partners" to receive IR06
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR06 for set 7
      And "Metering Partners" has received no IR07 for set 7

    @SRP-06 @AMB-31:submitting-agent
    Scenario: The LDC submits, and its agent is authorised for IR06
      Given "Lakeside" has authorised "Metering Partners" to receive IR06
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR06 for set 7
      And "Metering Partners" has received no IR06 for set 7

    @SRP-06 @AMB-34
    Scenario: The agent submits sets that change nothing, a P-Sync set among them, and is authorised for both
      Given "Lakeside" has authorised "Metering Partners" to submit 3000
      And "Lakeside" has authorised "Metering Partners" to receive IR06
      And "Lakeside" has authorised "Metering Partners" to receive IR07
      And another I-Sync set 7 changes nothing
      And P-Sync set 8 lists "Mill"
      And the other set 7 is submitted by "Metering Partners"
      And set 8 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And the other set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then "Metering Partners" has received IR06 for the other set 7
      And "Metering Partners" has received IR07 for the other set 7
      And "Metering Partners" has received IR06 for set 8
      And "Metering Partners" has received IR07 for set 8
      And "Lakeside" has received IR06 for set 8
      And "Lakeside" has received IR07 for set 8

  Rule: All copies of IR06 and IR07 carry the same Synchronization Status Record

    @SRP-02
    Scenario: The LDC and the agent that submitted receive both
      Given "Lakeside" has authorised "Metering Partners" to receive IR06
      And "Lakeside" has authorised "Metering Partners" to receive IR07
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When it is Wednesday 10:01
      And "Metering Partners" has received IR06 for set 7
      And "Metering Partners" has received IR07 for set 7
      Then IR06 and IR07 of set 7 carry the same Synchronization Status Record
