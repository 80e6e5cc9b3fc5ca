@USDP
Feature: A Universal SDP ID belongs to one LDC's SDP for ever
  Unique within Ontario, it stays with the LDC and SDP ID it was issued for, and gives nothing away of any other.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And a request of "Lakeside" is answered

  Rule: No two SDPs share a Universal SDP ID

    @USDP-02
    Scenario: Many SDPs of one LDC
      When "Lakeside" requests Universal SDP IDs for 64 new SDPs
      And the assignment process has run
      Then all Universal SDP IDs that were issued are different

    @USDP-02 @uses:USDP-11
    Scenario: SDPs of two LDCs, asked for over two days
      Given it is Monday 09:00
      And "Lakeside" requests Universal SDP IDs for 40 new SDPs
      And "Hilltop" requests Universal SDP IDs for 40 new SDPs
      And the assignment process has run
      When it is Tuesday 09:00
      And "Lakeside" requests Universal SDP IDs for 40 new SDPs
      And the assignment process has run
      Then all Universal SDP IDs that were issued are different

    @USDP-02 @uses:USDP-01
    Scenario Outline: Two SDP IDs that are nearly the same
      Given the SDP ID of "Bakery" is that of "Mill" <difference>
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Bakery"
      And the assignment process has run
      Then the response to the second request says
        | SDP    | status |
        | Bakery | issued |
      And all Universal SDP IDs that were issued are different

      Examples: By what they differ
        | case                 | difference                                               |
        | leading zeros        | with zeros before it                                     |
        | one begins the other | with a digit after it                                    |
        | a hyphen             | without its hyphen                                       |
        | small letters        | in small letters                                         |
        | the last character   | with another last character, both of the greatest length |

    @USDP-03
    Scenario Outline: Which of two SDP IDs that are nearly the same an ID was issued for
      Given the SDP ID of "Bakery" is that of "Mill" <difference>
      And "Lakeside" requests Universal SDP IDs for "Bakery"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status |
        | Mill | issued |

      Examples: By what they differ
        | case                 | difference                                               |
        | leading zeros        | with zeros before it                                     |
        | one begins the other | with a digit after it                                    |
        | a hyphen             | without its hyphen                                       |
        | small letters        | in small letters                                         |
        | the last character   | with another last character, both of the greatest length |

    @USDP-05
    Scenario: Two LDCs use the same SDP ID
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And "Hilltop" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status |
        | Mill | issued |
      And all Universal SDP IDs that were issued are different

    @USDP-05 @uses:USDP-03 @uses:USDP-11
    Scenario: The second LDC comes a day later
      Given it is Monday 09:00
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When it is Tuesday 09:00
      And "Hilltop" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status |
        | Mill | issued |
      And the response to the third request says
        | SDP  | status         |
        | Mill | already issued |
      And "Mill" has the same Universal SDP ID in the first and third response
      And all Universal SDP IDs that were issued are different

    @USDP-05 @uses:USDP-08
    Scenario: One agent asks for the same SDP ID of both
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Hilltop"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status |
        | Mill | issued |
      And all Universal SDP IDs that were issued are different

  Rule: Asking again returns the same Universal SDP ID, and issues no new one

    @USDP-03
    Scenario: The same SDP ID is asked for twice
      Given "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill" and "Bakery"
      And the assignment process has run
      Then the response to the second request says
        | SDP    | status         |
        | Mill   | already issued |
        | Bakery | issued         |
      And "Mill" has the same Universal SDP ID in the first and second response

    @USDP-03
    Scenario: Both requests wait for the same run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then "Mill" has the same Universal SDP ID in the first and second response

    @USDP-03
    Scenario: The same SDP ID stands twice in one request
      When "Lakeside" submits a request with these lines
        | LDC      | SDP    |
        | Lakeside | Mill   |
        | Lakeside | Bakery |
        | Lakeside | Mill   |
      And the assignment process has run
      Then all records for "Mill" in the first response give the same Universal SDP ID

    @USDP-03 @uses:USDP-11
    Scenario: The same SDP ID is asked for weeks later
      Given it is Monday 09:00
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When 40 days have passed
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status         |
        | Mill | already issued |
      And "Mill" has the same Universal SDP ID in the first and second response

    @USDP-03 @uses:USDP-11
    Scenario: The same SDP ID is asked for in another year
      Given it is Monday 09:00
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When 366 days have passed
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status         |
        | Mill | already issued |
      And "Mill" has the same Universal SDP ID in the first and second response

    @USDP-03 @uses:USDP-08
    Scenario: The LDC asks for what its agent has asked for before
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status         |
        | Mill | already issued |
      And "Mill" has the same Universal SDP ID in the first and second response

    @USDP-03
    Scenario: Some of many are asked for again, the last of them first
      Given "Lakeside" requests Universal SDP IDs for "One", "Two", "Three", "Four", "Five", "Six", "Seven" and "Eight"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Eight", "Five" and "One"
      And the assignment process has run
      Then "Eight" has the same Universal SDP ID in the first and second response
      And "Five" has the same Universal SDP ID in the first and second response
      And "One" has the same Universal SDP ID in the first and second response

    @USDP-03 @AMB-30
    Scenario: An agent asks for what the LDC has asked for
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then the response to the second request says
        | SDP  | status         |
        | Mill | already issued |
      And "Mill" has the same Universal SDP ID in the first and second response

  Rule: Universal SDP IDs are randomly generated numbers that reveal no sequence
    A run of 64 numbers is held against a statistic. A sequence that is hidden better than the statistic looks is not
    found; a system that draws at random practically never fails it.

    @USDP-04
    Scenario: The SDPs of one request
      When "Lakeside" requests Universal SDP IDs for 64 new SDPs
      And the assignment process has run
      Then the Universal SDP IDs that were issued reveal no sequence

    @USDP-04
    Scenario: One SDP a request, two LDCs in turn
      When "Lakeside" and "Hilltop" request a Universal SDP ID in turn, 64 in all
      And the assignment process has run
      Then the Universal SDP IDs that were issued reveal no sequence
