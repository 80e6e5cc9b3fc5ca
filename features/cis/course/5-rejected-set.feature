@CIS-USDP @CIS-SYNC
Feature: A file of a set gets lost, and the set is rejected
  Five orders, on five days: after the rejection the utility puts the problem right, and goes on.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" is told to synchronize
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And file 03 of the next file set of the CIS gets lost
    And "Lakeside" puts on record
      | of   | attribute     | value | from              |
      | Mill | billing cycle | 17    | Tuesday of week 1 |
    And "Lakeside" is told to synchronize
    And the file sets of the CIS have had their time
    And "Lakeside" has received IR10
    And the next day has begun
    And "Lakeside" is told that the problem is put right
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" puts on record
      | of     | attribute   | value | from              |
      | Bakery | VEE service | 05    | Tuesday of week 1 |

  Rule: The number of a rejected set does not go astray

    @SEQ-08 @AMB-05
    Scenario: The sets that follow have no gap in their numbers, and use none twice
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside", from the first that was expected on, have no gap, and none is used twice
