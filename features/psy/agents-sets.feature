@PSY @SYNC
Feature: P-Sync sets that an agent submits
  They do what those of the LDC do.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 3000
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "Depot" and "Farm" in I-Sync set 6

  Rule: Date-effective attributes of an SDP left out are end-dated; nothing is deleted

    @PSY-02 @AMB-32 @uses:SYN-10 @uses:SRP-03 @uses:PSY-05
    Scenario: An SDP is left out
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of   | attribute     | from         | before       | after |
        | Farm | billing cycle | deactivation | C1           |       |
        | Farm | account       | deactivation | Farm account |       |

  Rule: Current and future values and effective dates are accepted, prior ones are not

    @PSY-04 @AMB-35 @uses:SYN-10 @uses:SRP-03
    Scenario: A prior value is stated
      Given P-Sync set 7 lists "Mill", "Bakery", "Depot" and "Farm", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has changed nothing

  Rule: A P-Sync set that would deactivate more than its share of the LDC's active SDPs is stopped

    @PSY-05 @AMB-17:stopped-whole @uses:SYN-10
    Scenario: Three of four SDPs are left out
      Given P-Sync set 7 lists "Mill"
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 says "stopped at threshold"
      And IR06 of set 7 shows nothing

    @PSY-05 @AMB-17:refused-at-load @uses:SYN-10
    Scenario: A set that leaves out three of four SDPs fails to load
      Given "Lakeside" has authorised "Metering Partners" to receive IR14
      And P-Sync set 7 lists "Mill"
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And set 7 has had its time
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed
