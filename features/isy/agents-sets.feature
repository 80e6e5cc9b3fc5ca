@ISY @SYNC
Feature: Business scenarios in sets that an agent submits
  The minimum data of a meter change, and of a meter removal, is the same whoever submits the set; so are its effects.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6

  Rule: A meter change needs the communication module and the meter's relationship to it

    @ISY-10 @uses:SYN-10
    Scenario Outline: A part of the minimum data is missing
      Given I-Sync set 7 changes
        | of      | attribute            | value    | from   |
        | Mill    | meter                | Meter 2  | today  |
        | <meter> | communication module | <module> | <from> |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples:
        | case                     | meter        | module        | from     |
        | the module's asset       | Meter 2      | Mill module   | today    |
        | the meter's relationship | Bakery meter | Bakery module | long ago |

  Rule: A meter removal needs the communication module and the meter's relationship to it

    @ISY-11 @uses:SYN-10
    Scenario: The communication module's asset is missing
      Given I-Sync set 7 changes
        | of         | attribute            | value       | from     | until |
        | Mill       | meter                | Mill meter  | long ago | today |
        | Mill meter | communication module | Mill module | long ago | today |
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

  Rule: Prior, current and future values and effective dates are accepted

    @ISY-01 @AMB-18 @uses:SYN-10 @uses:SRP-03
    Scenario: A prior value, a current one and one to come
      Given I-Sync set 7 changes
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Mill   | VEE service   | 04    | today       |             |
        | Bakery | VEE service   | 05    | in 30 days  |             |
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from        | until       | before | after |
        | Mill   | billing cycle | 90 days ago | 30 days ago | C1     | P1    |
        | Mill   | VEE service   | today       |             | 02     | 04    |
        | Bakery | VEE service   | in 30 days  |             | 02     | 05    |
