@SUM @CIS-READING @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: Quantities that failed the sum check go through a process of the LDC's
  They come with status 06, where the check exceeds its threshold, or 07, where register readings are missing. Whether
  they are billed in the end is the LDC's affair: they are neither taken for quantities without fault nor dropped.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: Their status is kept as it was delivered, and they wait for a person

    @SUM-07
    Scenario Outline: Of two SDPs the second has failed, hour by hour
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS says status <status> of "Bakery"
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status <status> for "Bakery"
      Then quantities of "Bakery" wait for a person at "Lakeside"

      Examples: Failures
        | status |
        | 06     |
        | 07     |

    @SUM-07
    Scenario Outline: The only SDP, by time of use
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R, with
        | of   | attribute         | value       |
        | Mill | framing structure | TOU/CPP EST |
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6000 for the CIS says status <status> of "Mill"
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status <status> for "Mill"
      Then quantities of "Mill" wait for a person at "Lakeside"

      Examples: Failures
        | status |
        | 06     |
        | 07     |

    # Energy comes in 6100 and demand in 6200, which may have the status as well (AMB-63): here the second alone has come, with it.
    @SUM-07
    Scenario Outline: The response with its energy got lost, and the one with its demand says so
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R, with
        | of   | attribute         | value                   |
        | Mill | framing structure | hourly 60 block eastern |
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And the next 6200 for the CIS says status <status> of "Mill"
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status <status> for "Mill"
      Then quantities of "Mill" wait for a person at "Lakeside"

      Examples: Failures
        | status |
        | 06     |
        | 07     |

    @SUM-07
    Scenario: The status is known as it was delivered
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS says status 06 of "Bakery"
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from yesterday to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 06 for "Bakery"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP    | first day | last day  | status |
        | Mill   | yesterday | yesterday | 00     |
        | Bakery | yesterday | yesterday | 06     |

    @SUM-07
    Scenario: The period after it comes without fault
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS says status 06 of "Mill"
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to 3 days ago, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 06 for "Mill"
      When "Lakeside" is told to request quantities of "Mill" from 2 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 00 for "Mill"
      Then quantities of "Mill" wait for a person at "Lakeside"

    @SUM-07 @uses:BSV-10
    Scenario: The response got lost, and what recovers it says that the check has failed
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the next 6100 for the CIS says status 06 of "Mill"
      When "Lakeside" is told that the first response about "Mill" got lost
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 06 for "Mill"
      Then quantities of "Mill" wait for a person at "Lakeside"

    # The account has changed three days ago and two days ago: between five days and the last two lies a sub-period of one day.
    @SUM-07
    Scenario: All of three sub-periods have failed, of which the second is a single day
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Lakeside" puts on record
        | of   | attribute | value      | from       |
        | Mill | account   | Summer Let | 3 days ago |
        | Mill | account   | New Tenant | 2 days ago |
      And the MDM/R has been told of all SDPs of "Lakeside"
      And "Mill" is metered at 10 Wh each hour from 8 days ago to yesterday
      And the next 6100 for the CIS says status 06 of "Mill"
      When "Lakeside" is told to request quantities of "Mill" from 8 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 06 for "Mill"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP  | first day  | last day   | status |
        | Mill | 8 days ago | 4 days ago | 06     |
        | Mill | 3 days ago | 3 days ago | 06     |
        | Mill | 2 days ago | yesterday  | 06     |

    # Hour by hour until three days ago, which comes in a 6100, and by time of use since, which comes in a 6000.
    @SUM-07
    Scenario: Both of two sub-periods have failed, each in a file of its own
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Lakeside" puts on record
        | of   | attribute         | value       | from       |
        | Mill | framing structure | TOU/CPP EST | 2 days ago |
      And the MDM/R has been told of all SDPs of "Lakeside"
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS says status 06 of "Mill"
      And the next 6000 for the CIS says status 06 of "Mill"
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 06 for "Mill"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP  | first day  | last day   | status |
        | Mill | 7 days ago | 3 days ago | 06     |
        | Mill | 2 days ago | yesterday  | 06     |

    @SUM-07 @uses:BSV-12
    Scenario: The schedule had asked for them, and no request of the CIS
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day          |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And "Mill" is metered at 10 Wh each hour from Monday of week 2 to Tuesday of week 2
      And "Bakery" is metered at 10 Wh each hour from Monday of week 2 to Tuesday of week 2
      And the next 6100 for the CIS says status 06 of "Bakery"
      When 12 days have passed
      And the CIS has been given status 06 for "Bakery"
      Then quantities of "Bakery" wait for a person at "Lakeside"

    @SUM-07
    Scenario: The CIS is started again after they have come
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS says status 06 of "Bakery"
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from yesterday to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 06 for "Bakery"
      When the CIS ends, and is started again
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP    | first day | last day  | status |
        | Mill   | yesterday | yesterday | 00     |
        | Bakery | yesterday | yesterday | 06     |
      And quantities of "Bakery" wait for a person at "Lakeside"

  Rule: BR05 tells of them, too

    # VEE service 05 has a sum check, and there are no register reads: the MDM/R says 07.
    @SUM-08 @advice
    Scenario: The response got lost, and BR05 alone tells of the second of two SDPs
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute   | value |
        | Bakery | VEE service | 05    |
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      When 2 days have passed
      And the CIS has been given a BR05 that lists "Bakery"
      Then quantities of "Bakery" wait for a person at "Lakeside"

    @SUM-08 @advice
    Scenario: The responses of two days got lost, and a BR05 of each day alone tells of them
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute   | value |
        | Mill   | VEE service | 05    |
        | Bakery | VEE service | 05    |
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And 2 days have passed
      And the CIS has been given a BR05 that lists "Mill"
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Bakery" from 9 days ago to 3 days ago, off cycle
      When 2 days have passed
      And the CIS has been given a BR05 that lists "Bakery"
      Then quantities of "Mill" and "Bakery" wait for a person at "Lakeside"
