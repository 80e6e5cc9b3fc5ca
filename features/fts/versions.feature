@FTS
Feature: Only the versions in force are accepted and produced
  The workshop prints a version for each file and report type. Those of billing files and reports stand in features of
  their own.

  Background:
    Given LDC "Lakeside" is registered

  Rule: Data files are of the active version; others are not accepted

    @FTS-07 @AMB-21
    Scenario: The response is of version 01
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And "Lakeside" has received 2000
      Then each 2000 of "Lakeside" is of version 01

    @FTS-07 @uses:USDP-03
    Scenario: A request of a version that is not in force
      Given a request of "Lakeside" is answered
      And "Lakeside" submits a request for "Mill" of version 01
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then nobody has received a response to the first request
      And the response to the second request says
        | SDP  | status |
        | Mill | issued |

  Rule: Reports are of the active version

    @FTS-08 @AMB-21
    Scenario: IR01 is of version 00
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      And "Lakeside" has received IR01
      Then each IR01 of "Lakeside" is of version 00

  Rule: Reports IR04 and IR05 are withdrawn

    @FTS-12
    Scenario: A day with requests of an LDC and its agent
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive IR01
      And "Lakeside" has authorised "Metering Partners" to receive IR04
      And "Lakeside" has authorised "Metering Partners" to receive IR05
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And "Metering Partners" requests Universal SDP IDs for "Bakery" on behalf of "Lakeside"
      And 1 day has passed
      Then nobody has received IR04
      And nobody has received IR05
