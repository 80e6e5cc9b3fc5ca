@FTS
Feature: A response closes with an End Of File record
  So that a file that was cut on its way is recognised. Those of the other files stand in features of their own.

  Background:
    Given LDC "Lakeside" is registered

  Rule: Response 2000 closes with an End Of File record

    @FTS-09 @AMB-21
    Scenario: A response with three records
      When "Lakeside" requests Universal SDP IDs for "Mill", "Bakery" and "Depot"
      And the assignment process has run
      And "Lakeside" has received 2000
      Then each 2000 of "Lakeside" closes with an End Of File record for 3 detail records

    @FTS-09 @AMB-21
    Scenario: A response to an agent, with an exception in it
      Given agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" submits a request on behalf of "Lakeside" with these lines
        | LDC      | SDP  |
        | Lakeside | Mill |
        | Lakeside |      |
      And the assignment process has run
      And "Metering Partners" has received 2000
      Then each 2000 of "Metering Partners" closes with an End Of File record for 2 detail records
