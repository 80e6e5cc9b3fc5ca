@USDP
Feature: IR01 sums up the requests of each run of the assignment process
  The workshop gives the interval of the process, not the minutes at which it runs: those are left to the system.

  Background:
    Given LDC "Lakeside" is registered

  Rule: The process runs every 15 minutes, and the requests of one run share one IR01

    @USDP-11
    Scenario: An LDC that submits a request every minute hears every 15 minutes
      Given it is Monday 08:00
      When "Lakeside" requests a Universal SDP ID every minute for 64 minutes
      Then IR01 has come to "Lakeside" every 15 minutes

    @USDP-11
    Scenario: Three requests at once share an IR01
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And "Lakeside" requests Universal SDP IDs for "Bakery" and "Depot"
      And "Lakeside" requests Universal SDP IDs for "Farm"
      And the assignment process has run
      Then "Lakeside" has received 1 IR01
      And the last IR01 of "Lakeside" sums up the first, second and third request

    @USDP-11
    Scenario: No request waits longer than 15 minutes
      Given it is Monday 10:07
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And it is Monday 10:22
      Then "Lakeside" has received IR01

    @USDP-11
    Scenario Outline: No request waits longer, by night or at the weekend
      Given it is <asked>
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And it is <told>
      Then "Lakeside" has received IR01

      Examples: When nobody is in the office
        | asked          | told            |
        | Tuesday 02:07  | Tuesday 02:22   |
        | Tuesday 23:37  | Tuesday 23:52   |
        | Tuesday 23:52  | Wednesday 00:07 |
        | Saturday 13:07 | Saturday 13:22  |
        | Sunday 04:37   | Sunday 04:52    |

    @USDP-11 @AMB-29:one-per-ldc @uses:USDP-10
    Scenario: An agent that submits for two LDCs gets an IR01 for each
      Given LDC "Hilltop" is registered
      And agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And "Metering Partners" requests Universal SDP IDs for "Barn" on behalf of "Hilltop"
      And the assignment process has run
      Then "Metering Partners" has received 2 IR01
      And one IR01 of "Metering Partners" sums up the first request
      And one IR01 of "Metering Partners" sums up the second request

    @USDP-11 @AMB-29:one-per-recipient @uses:USDP-10
    Scenario: An agent that submits for two LDCs gets one IR01 for both
      Given LDC "Hilltop" is registered
      And agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And "Metering Partners" requests Universal SDP IDs for "Barn" on behalf of "Hilltop"
      And the assignment process has run
      Then "Metering Partners" has received 1 IR01
      And the last IR01 of "Metering Partners" sums up the first and second request

  Rule: Each further IR01 of a calendar day repeats that day's earlier summary records; the next day starts afresh

    @USDP-12 @uses:USDP-11
    Scenario: Three IR01s of one day
      Given it is Monday 00:20
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And it is Monday 12:00
      And "Lakeside" requests Universal SDP IDs for "Bakery" and "Depot"
      And the assignment process has run
      When it is Monday 15:00
      And "Lakeside" requests Universal SDP IDs for "Farm"
      And the assignment process has run
      Then "Lakeside" has received 3 IR01
      And the last IR01 of "Lakeside" sums up the first, second and third request

    @USDP-12 @uses:USDP-11
    Scenario: The day goes on until midnight EST
      Given it is Monday 23:05
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Bakery"
      And the assignment process has run
      Then the last IR01 of "Lakeside" sums up the first and second request

    @USDP-12 @uses:USDP-11
    Scenario: The first IR01 of the next day
      Given it is Monday 23:20
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      When it is Tuesday 00:20
      And "Lakeside" requests Universal SDP IDs for "Bakery"
      And the assignment process has run
      Then the last IR01 of "Lakeside" sums up the second request

    @USDP-12 @uses:USDP-11
    Scenario: The second IR01 of the next day
      Given it is Monday 14:00
      And "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And it is Tuesday 09:00
      And "Lakeside" requests Universal SDP IDs for "Bakery"
      And the assignment process has run
      When it is Tuesday 10:00
      And "Lakeside" requests Universal SDP IDs for "Depot"
      And the assignment process has run
      Then the last IR01 of "Lakeside" sums up the second and third request

    # Whatever the minutes at which the process runs, one of them is the first of Tuesday, and be it at midnight itself.
    @USDP-12 @uses:USDP-13 @uses:USDP-11
    Scenario: A night of requests, one a minute
      Given it is Monday 23:30
      When "Lakeside" requests a Universal SDP ID every minute for 64 minutes
      Then each IR01 of "Lakeside" repeats what was processed before on its day, and nothing of another day

    @USDP-12 @uses:USDP-11
    Scenario: The summary records of another LDC stay out
      Given LDC "Hilltop" is registered
      And it is Monday 08:00
      And "Hilltop" requests Universal SDP IDs for "Barn"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the last IR01 of "Lakeside" sums up the second request

    @USDP-12 @uses:USDP-10 @uses:USDP-11
    Scenario: An agent's further IR01 repeats its earlier records as well
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And it is Monday 08:00
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Metering Partners" requests Universal SDP IDs for "Bakery" on behalf of "Lakeside"
      And the assignment process has run
      Then the last IR01 of "Metering Partners" sums up the first and second request

  Rule: A summary record counts what became of the SDP IDs of its request, and the counts add up

    @USDP-13
    Scenario: New SDP IDs, repeated ones, and both kinds of exception
      Given "Nobody Hydro" is not registered
      And "Lakeside" requests Universal SDP IDs for "Mill", "Bakery" and "Depot"
      And the assignment process has run
      When "Lakeside" submits a request with these lines
        | LDC          | SDP     |
        | Lakeside     | Mill    |
        | Lakeside     | Bakery  |
        | Lakeside     | Depot   |
        | Lakeside     | Farm    |
        | Lakeside     | School  |
        | Lakeside     | Chapel  |
        | Lakeside     | Arena   |
        | Nobody Hydro | Library |
        | Nobody Hydro | Clinic  |
        | Lakeside     |         |
      And the assignment process has run
      Then IR01 of "Lakeside" counts for the second request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 10        | 4      | 3              | 2                    | 1               |

    @USDP-13
    Scenario: Nothing but new SDP IDs
      When "Lakeside" requests Universal SDP IDs for "Mill" and "Bakery"
      And the assignment process has run
      Then IR01 of "Lakeside" counts for the first request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 2         | 2      | 0              | 0                    | 0               |

    @USDP-13
    Scenario: Each request of a run has its own counts
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And "Lakeside" submits a request with these lines
        | LDC      | SDP    |
        | Lakeside | Bakery |
        | Lakeside |        |
        | Lakeside |        |
      And the assignment process has run
      Then IR01 of "Lakeside" counts for the first request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 1         | 1      | 0              | 0                    | 0               |
      And IR01 of "Lakeside" counts for the second request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 3         | 1      | 0              | 0                    | 2               |

    @USDP-13
    Scenario: Nothing but bad lines
      Given "Nobody Hydro" is not registered
      When "Lakeside" submits a request with these lines
        | LDC          | SDP    |
        | Lakeside     |        |
        | Nobody Hydro | Bakery |
        | Nobody Hydro | Depot  |
      And the assignment process has run
      Then IR01 of "Lakeside" counts for the first request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 3         | 0      | 0              | 2                    | 1               |

    @USDP-13 @AMB-36:incomplete-data
    Scenario: A line without an LDC counts as incomplete
      When "Lakeside" submits a request with these lines
        | LDC      | SDP    |
        | Lakeside | Bakery |
        |          | Depot  |
      And the assignment process has run
      Then IR01 of "Lakeside" counts for the first request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 2         | 1      | 0              | 0                    | 1               |

    @USDP-13 @AMB-36:invalid-organisation
    Scenario: A line without an LDC counts as one of an invalid organisation
      When "Lakeside" submits a request with these lines
        | LDC      | SDP    |
        | Lakeside | Bakery |
        |          | Depot  |
      And the assignment process has run
      Then IR01 of "Lakeside" counts for the first request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 2         | 1      | 0              | 1                    | 0               |

    @USDP-13 @uses:USDP-10
    Scenario: Bad lines of an agent's request
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" submits a request on behalf of "Lakeside" with these lines
        | LDC      | SDP    |
        | Lakeside | Bakery |
        | Lakeside |        |
        | Lakeside |        |
      And the assignment process has run
      Then IR01 of "Metering Partners" counts for the first request
        | requested | issued | already issued | invalid organisation | incomplete data |
        | 3         | 1      | 0              | 0                    | 2               |
