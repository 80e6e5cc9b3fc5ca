@SYN @SYNC
Feature: Who may submit synchronization file sets
  The LDC, or an agent that it authorised: for 4000 to send I-Sync, and apart from it for 3000 to send P-Sync.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And I-Sync set 7 changes
      | of   | attribute     | value | from  |
      | Mill | billing cycle | B1    | today |
    And another I-Sync set 7 changes
      | of   | attribute     | value | from  |
      | Mill | billing cycle | B2    | today |

  Rule: An agent needs the authorisation for 4000 to send I-Sync, and for 3000 to send P-Sync

    @SYN-10
    Scenario: An agent that is authorised for 4000 sends an I-Sync set
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has been processed

    @SYN-10
    Scenario: An agent that is authorised for 3000 sends a P-Sync set
      Given "Lakeside" has authorised "Metering Partners" to submit 3000
      And another P-Sync set 8 lists "Mill"
      And the other set 8 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 8 arrives
      And the other set 8 has had its time
      Then the other set 8 has been processed

    @SYN-10 @uses:SRP-03
    Scenario Outline: An agent without that authorisation is refused, and nothing of its set takes effect
      Given "Lakeside" has authorised "Metering Partners" to <direction> <type>
      And "Lakeside" has authorised "Metering Partners" to receive IR10
      And "Lakeside" has authorised "Metering Partners" to receive IR14
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed
      And nobody has received IR14 for set 7
      And IR06 of the other set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B2    |

      Examples: Authorisations near to the one that is needed
        | case                | direction | type |
        | the other kind      | submit    | 3000 |
        | to receive the type | receive   | 4000 |

    @SYN-10 @uses:SEQ-10
    Scenario: An agent that is authorised for 4000 alone sends a P-Sync set
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And another P-Sync set 8 lists "Mill"
      And the other set 8 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 8 arrives
      And the other set 8 has had its time
      Then the other set 8 has not been processed
      And nobody has received IR14 for the other set 8

    @SYN-10 @uses:SRP-03
    Scenario: An organisation that is not registered
      Given "Nobody Hydro" is not registered
      And set 7 is submitted by "Nobody Hydro"
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed
      And IR06 of the other set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B2    |

  Rule: A set that an agent submits is held to what any set is held to

    @SYN-09
    Scenario: One file of an agent's set states another Extracted Date Time
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And set 7 is submitted by "Metering Partners"
      And the Extracted Date Time of file 04 of set 7 is a minute earlier
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-04
    Scenario: No file of an agent's set carries detail records
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And I-Sync set 8 changes nothing
      And set 8 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then set 8 has been processed
