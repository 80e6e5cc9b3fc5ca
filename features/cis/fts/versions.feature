@FTS @CIS-FTS
Feature: A CIS sends files of the versions that are in force

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: No version is sent that is not active

    @FTS-07 @CIS-USDP
    Scenario: A request for Universal SDP IDs
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is of version 00

    @FTS-07 @CIS-USDP @CIS-SYNC @CIS-BILLING
    Scenario Outline: A file of every type, on a Sunday
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Sunday 10:00
      And "Lakeside" creates SDPs "Depot"
      When "Lakeside" is told to send a file of every type about "Mill"
      Then each <type> of the CIS is of version <version>

      Examples: Types, beside that of the request for IDs
        | type | version |
        | 4000 | 00      |
        | 3000 | 01      |
        | 5000 | 00      |
        | 8000 | 00      |

    @FTS-07 @CIS-BILLING
    Scenario: A schedule, and a week later a change of it
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 6 |
      And 7 days have passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 3 | Thursday of week 6 |
      Then each 8000 of the CIS is of version 00

    @FTS-07 @CIS-USDP @CIS-SYNC
    Scenario: A set that is sent again, after a file of it got lost
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then each 4000 of the CIS is of version 00

    @FTS-07 @CIS-USDP @CIS-SYNC @CIS-BILLING
    Scenario: A request that recovers a response
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the first response about "Mill" got lost
      Then each 5000 of the CIS is of version 00
