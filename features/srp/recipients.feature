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

    @SRP-06
    Scenario: The agent submits and is authorised for IR07 alone
      Given "Lakeside" has authorised "Metering Partners" to receive IR07
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR07 for set 7
      And "Metering Partners" has received no IR06 for set 7

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
