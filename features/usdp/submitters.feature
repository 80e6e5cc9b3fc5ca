@USDP
Feature: Who may request Universal SDP IDs, and who receives the answers
  The LDC itself, or an agent that it authorised. The organisation that submits gets the answers, and nobody else.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered

  Rule: Only a registered organisation may submit a request; an agent also needs the LDC's authorisation for 1000

    @USDP-08
    Scenario: An organisation that is not registered submits for itself
      Given "Nobody Hydro" is not registered
      When "Nobody Hydro" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received 2000
      And nobody has received IR01

    @USDP-08 @uses:USDP-03
    Scenario: An organisation that is not registered submits for an LDC
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And "Nobody Hydro" is not registered
      And "Nobody Hydro" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

    @USDP-08 @uses:USDP-03
    Scenario: An agent without authorisation
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

    @USDP-08
    Scenario: An authorised agent
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |

  Rule: The response goes to the submitting organisation alone

    @USDP-09
    Scenario: The LDC submits
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then "Lakeside" alone has received the response to the first request
      And "Metering Partners" has received no 2000
      And "Metering Partners" has received no IR01

    @USDP-09
    Scenario: The agent submits, and the LDC does not receive the response
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" alone has received the response to the first request
      And "Lakeside" has received no 2000

    @USDP-09
    Scenario: Two agents of one LDC, several SDP IDs each
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And agent "Grid Services" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Grid Services" to submit 1000
      And "Lakeside" has authorised "Grid Services" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" and "Bakery" on behalf of "Lakeside"
      And "Grid Services" requests Universal SDP IDs for "Depot" and "Farm" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" alone has received the response to the first request
      And "Grid Services" alone has received the response to the second request

    @USDP-09 @AMB-01:submitter-alone
    Scenario: The agent submits, and the LDC does not receive IR01
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received IR01
      And "Lakeside" has received no IR01

    @USDP-09 @AMB-01:ldc-too
    Scenario: The agent submits, and the LDC receives IR01 as well
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received IR01
      And "Lakeside" has received IR01
      And "Lakeside" has received no 2000

  Rule: An agent that submits receives IR01 where the LDC authorised it for IR01

    @USDP-10 @AMB-43:authorised-alone
    Scenario: Authorised for 1000 and 2000, not for IR01
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received no IR01

    @USDP-10 @AMB-43:submitter
    Scenario: Not authorised for IR01, which the submitter receives all the same
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received IR01

    @USDP-10 @AMB-43
    Scenario: Authorised for IR01 as well
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received IR01

    @USDP-10 @AMB-43
    Scenario: Two agents of one LDC, two requests each
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Lakeside" has authorised "Grid Services" to submit 1000
      And "Lakeside" has authorised "Grid Services" to receive 2000
      And "Lakeside" has authorised "Grid Services" to receive IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And "Metering Partners" requests Universal SDP IDs for "Bakery" on behalf of "Lakeside"
      And "Grid Services" requests Universal SDP IDs for "Depot" on behalf of "Lakeside"
      And "Grid Services" requests Universal SDP IDs for "Farm" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received IR01
      And "Grid Services" has received IR01

    @USDP-10 @AMB-43:authorised-alone
    Scenario: Authorised to submit IR01, which is not the same as to receive it
      Given "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to submit IR01
      When "Metering Partners" requests Universal SDP IDs for "Mill" on behalf of "Lakeside"
      And the assignment process has run
      Then "Metering Partners" has received no IR01
