@FTS @CIS-FTS
Feature: A CIS names its files by the structure that is known to both sides

  Background:
    Given LDC "Lakeside" is registered

  Rule: The LDC that a file is about stands first in its name, whoever submits it second

    @FTS-01 @CIS-USDP
    Scenario: An LDC submits for itself
      Given the CIS of "Lakeside" is under test
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-01 @CIS-USDP @agent
    Scenario: An agent submits for its LDC
      Given the CIS of agent "Metering Partners" is under test
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-01 @CIS-USDP @CIS-SYNC @CIS-BILLING
    Scenario Outline: An LDC submits a file of every type for itself
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" creates SDPs "Depot"
      When "Lakeside" is told to send a file of every type about "Mill"
      Then each <type> of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

      Examples: Types, beside that of the request for IDs
        | type |
        | 4000 |
        | 3000 |
        | 5000 |
        | 8000 |

    @FTS-01 @CIS-USDP @CIS-SYNC @CIS-BILLING @agent
    Scenario Outline: An agent submits a file of every type for its LDC
      Given the CIS of agent "Metering Partners" is under test
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Lakeside" has authorised "Metering Partners" to submit 3000
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of   | attribute     | value             |
        | Mill | billing agent | Metering Partners |
      And "Lakeside" creates SDPs "Depot"
      When "Lakeside" is told to send a file of every type about "Mill"
      Then each <type> of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

      Examples: Types, beside that of the request for IDs
        | type |
        | 4000 |
        | 3000 |
        | 5000 |
        | 8000 |

    @FTS-01 @CIS-USDP @dated
    Scenario: An LDC submits in July, while clocks on the wall show summer time
      Given the first day is 2011-07-04
      And the CIS of "Lakeside" is under test
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-01 @CIS-SYNC @CIS-USDP
    Scenario: The files of a set that is sent again, after a file of it got lost
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then each 4000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-01 @CIS-SYNC @CIS-USDP
    Scenario: The files of a P-Sync set of so many SDPs that they may need segments
      Given the CIS of "Lakeside" is under test
      And "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each 3000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it
