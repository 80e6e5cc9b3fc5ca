@BSV @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: An agent submits billing files on behalf of an LDC that has authorised it for them

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to submit 4000

  Rule: Requests need an authorisation for 5000, and schedules one for 8000

    @BSV-07 @agent
    Scenario: An agent that is authorised for requests
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Mill   | billing agent | Metering Partners |
        | Bakery | billing agent | Metering Partners |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  |
        | Mill   | 7 days ago | yesterday |
        | Bakery | 7 days ago | yesterday |

    @BSV-07 @agent
    Scenario: An agent that is authorised for schedules alone is told to request quantities
      Given "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Mill   | billing agent | Metering Partners |
        | Bakery | billing agent | Metering Partners |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, on cycle
      Then the CIS has submitted no 5000

    @BSV-07 @agent
    Scenario: An agent that is authorised for requests alone is told to publish a schedule
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
      Then the CIS has submitted no 8000

    @BSV-07 @agent
    Scenario: Of two LDCs the second has not authorised the agent
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Mill   | billing agent | Metering Partners |
        | Bakery | billing agent | Metering Partners |
      And "Hilltop" serves SDPs "Barn", known to the MDM/R, with
        | of   | attribute     | value             |
        | Barn | billing agent | Metering Partners |
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, on cycle
      When "Hilltop" is told to request quantities of "Barn" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for no quantities of "Barn"

  Rule: An agent asks for quantities of the SDPs that it bills for

    @BSV-02 @agent
    Scenario: Those of two LDCs, of the second off cycle
      Given LDC "Hilltop" is registered
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to submit 5000
      And "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" serves SDPs "Mill", known to the MDM/R, with
        | of   | attribute     | value             |
        | Mill | billing agent | Metering Partners |
      And "Hilltop" serves SDPs "Barn", known to the MDM/R, with
        | of   | attribute     | value             |
        | Barn | billing agent | Metering Partners |
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, on cycle
      When "Hilltop" is told to request quantities of "Barn" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  | cycle     |
        | Mill | 7 days ago | yesterday | on cycle  |
        | Barn | 7 days ago | yesterday | off cycle |

    @BSV-08 @AMB-26 @agent
    Scenario: The LDC itself bills for one of two SDPs
      Given "Lakeside" has authorised "Metering Partners" to submit 5000
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of   | attribute     | value             |
        | Mill | billing agent | Metering Partners |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  |
        | Mill | 7 days ago | yesterday |

  Rule: An agent publishes the schedule of each LDC that has authorised it

    @BSV-12 @agent
    Scenario: The schedules of two LDCs, both with a cycle of the same name
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Hilltop" has authorised "Metering Partners" to submit 8000
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
      When "Hilltop" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Tuesday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Hilltop"
        | cycle | first day        | last day          |
        | C1    | Monday of week 3 | Tuesday of week 4 |

    @BSV-04 @AMB-27 @AMB-50 @agent
    Scenario: A date of the second of two LDCs is brought forward two days ahead of it
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Hilltop" has authorised "Metering Partners" to submit 8000
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
      And "Hilltop" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Hilltop" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |
      Then the MDM/R has been given exactly this schedule of "Hilltop"
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
