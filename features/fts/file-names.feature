@FTS
Feature: Files are named as the workshop says
  <ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT, for data files and reports alike.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to receive IR01

  Rule: A data file's name gives the LDC it is about, the other organisation, type, version and date-time

    @FTS-01 @AMB-02
    Scenario: The response to the LDC's own request
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And "Lakeside" has received 2000
      Then the name of each 2000 of "Lakeside" is well formed, about "Lakeside"

    @FTS-01 @AMB-02
    Scenario: The response to an agent's request
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      And "Metering Partners" has received 2000
      Then the name of each 2000 of "Metering Partners" is well formed, about "Lakeside"

    @FTS-01 @AMB-02:refuse-13-digits
    Scenario: The date-time of a response has 12 or 14 digits
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And "Lakeside" has received 2000
      Then the name of each 2000 of "Lakeside" is well formed, about "Lakeside"

    @FTS-01 @uses:USDP-03
    Scenario Outline: A request that is named otherwise is refused, and nothing in it takes effect
      Given a request of "Lakeside" is answered
      And "Lakeside" submits a request for "Mill" that is named <fault>
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

      Examples: Elements that are missing, wrong or too many
        | fault                          |
        | without .DAT                   |
        | with .dat in lower case        |
        | with a file number and segment |
        | with an hour that there is not |

    @FTS-01 @uses:USDP-03
    Scenario: A request in the name of the LDC, submitted by its agent
      Given a request of "Lakeside" is answered
      And "Metering Partners" submits a request for "Mill" of "Lakeside" that is named as if the LDC had submitted it
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

    @FTS-01 @AMB-02:refuse-13-digits @uses:USDP-03
    Scenario: A request with a 13-digit date-time is refused
      Given a request of "Lakeside" is answered
      And "Lakeside" submits a request for "Mill" that is named with a 13-digit date-time
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

    @FTS-01 @AMB-02:accept-13-digits
    Scenario: A request with a 13-digit date-time is taken
      Given a request of "Lakeside" is answered
      When "Lakeside" submits a request for "Mill" that is named with a 13-digit date-time
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |

    @FTS-01
    Scenario: A request whose date-time goes to the minute only is taken
      Given a request of "Lakeside" is answered
      When "Lakeside" submits a request for "Mill" that is named with a 12-digit date-time
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |

    @FTS-01
    Scenario: A request that is named in the first hour of a day is taken
      Given it is Tuesday 12:00
      And a request of "Lakeside" is answered
      And it is Wednesday 00:20
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And it is Wednesday 01:00
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |

  Rule: A report's name gives the LDC it is about, its recipient, type, version and date-time

    @FTS-06 @AMB-02 @AMB-28
    Scenario: IR01 to the LDC
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And "Lakeside" has received IR01
      Then the name of each IR01 of "Lakeside" is well formed, about "Lakeside"

    @FTS-06 @AMB-02 @AMB-28
    Scenario: IR01 to an agent
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      And "Metering Partners" has received IR01
      Then the name of each IR01 of "Metering Partners" is well formed, about "Lakeside"
