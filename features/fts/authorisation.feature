@FTS
Feature: Agents act within what each LDC authorised them for
  SME_FORM_0006 names, for each agent, the file types it may submit and the files and reports it may receive.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And agent "Metering Partners" is registered

  Rule: An agent submits a file type for an LDC only where that LDC authorised it for that type

    @FTS-10
    Scenario: Authorised for the file type
      Given a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |

    @FTS-10
    Scenario: Authorised by two LDCs
      Given a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And "Metering Partners" requests Universal SDP IDs for "Barn" on behalf of "Hilltop"
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |
      And the response to the second request says
        | SDP  | status |
        | Barn | issued |

    @FTS-10 @uses:USDP-03
    Scenario Outline: Authorised for something else, the file is refused and nothing in it takes effect
      Given a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to <direction> <type>
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And "Metering Partners" has received no IR01
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

      Examples: An authorisation near to the one that is needed
        | case                      | direction | type |
        | another file type         | submit    | 4000 |
        | the type to receive       | receive   | 1000 |
        | the response, not request | submit    | 2000 |

    @FTS-10 @uses:USDP-03
    Scenario: Authorised to submit by another LDC
      Given a request of "Hilltop" is answered
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

    @FTS-10 @uses:USDP-03
    Scenario: Another agent is authorised
      Given a request of "Hilltop" is answered
      And agent "Grid Agency" is registered
      And "Lakeside" has authorised "Grid Agency" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

  Rule: An agent receives a report type only where the LDC authorised it for that type

    @FTS-11
    Scenario: Authorised for the report
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received IR01

    @FTS-11 @uses:USDP-09
    Scenario: An agent that another LDC authorised, and that did not submit
      Given "Hilltop" has authorised "Metering Partners" to receive IR01
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then "Metering Partners" has received no IR01

    @FTS-11 @AMB-43:authorised-alone
    Scenario: Authorised for another report
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR14
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received no IR01

    @FTS-11 @AMB-43:authorised-alone
    Scenario: Authorised for the report by another LDC
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received no IR01

  Rule: An agent receives a data file type only where the LDC authorised it for that type

    @FTS-13
    Scenario: Authorised for the response
      Given a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received 2000

    @FTS-13 @AMB-30:nobody @uses:USDP-03
    Scenario: Not authorised for the response, which goes to nobody, and the ID stays issued
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status         |
        | Mill | already issued |

    @FTS-13 @AMB-30:ldc
    Scenario: Not authorised for the response, which goes to the LDC
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Lakeside" alone has received the response to the first request

    @FTS-13 @AMB-30:submitter
    Scenario: Not authorised for the response, which goes to the submitter all the same
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" alone has received the response to the first request

    @FTS-13 @AMB-30 @uses:USDP-09
    Scenario: An agent that another LDC authorised for the response, and that did not submit
      Given a request of "Hilltop" is answered
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then "Lakeside" has received 2000
      And "Metering Partners" has received no 2000

    @FTS-13 @AMB-30:nobody
    Scenario: Authorised for the response by another LDC
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received no 2000
