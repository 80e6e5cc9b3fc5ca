@FTS @CIS-FTS @CIS-USDP @CIS-SYNC @CIS-BILLING @CIS-READING
Feature: A CIS takes the End Of File record of a response for what it is
  It closes a file and says how many records there are, so that a file that was cut short is recognised.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: It is neither data nor an error

    # A week of 10 Wh each hour is 7 x 24 x 10 = 1,680 Wh, and of 20 Wh 3,360 Wh.
    @FTS-16
    Scenario: Two SDPs, a record for each day
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 20 Wh each hour from 7 days ago to yesterday
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 00 for "Mill" and "Bakery"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP    | first day  | last day  | status | Wh   |
        | Mill   | 7 days ago | yesterday | 00     | 1680 |
        | Bakery | 7 days ago | yesterday | 00     | 3360 |

    @FTS-16
    Scenario: Two SDPs by time of use, a record for each
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute         | value       |
        | Mill   | framing structure | TOU/CPP EST |
        | Bakery | framing structure | TOU/CPP EST |
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 20 Wh each hour from 7 days ago to yesterday
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 00 for "Mill" and "Bakery"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP    | first day  | last day  | status | Wh   |
        | Mill   | 7 days ago | yesterday | 00     | 1680 |
        | Bakery | 7 days ago | yesterday | 00     | 3360 |

  Rule: A file that came without it is not acted upon until it comes whole

    @FTS-16
    Scenario: The response comes cut short, and not yet whole
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS comes cut short, and so does every one after it
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      Then the CIS of "Lakeside" has no quantities of "Mill"

    @FTS-16
    Scenario: The response about an SDP that is billed by time of use comes cut short
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute         | value       |
        | Mill   | framing structure | TOU/CPP EST |
        | Bakery | framing structure | TOU/CPP EST |
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 20 Wh each hour from 7 days ago to yesterday
      And the next 6000 for the CIS comes cut short, and so does every one after it
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      Then the CIS of "Lakeside" has no quantities of "Mill"

    @FTS-16
    Scenario: The response comes cut short, and later whole
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS comes cut short, and 30 minutes later whole
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 00 for "Mill"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP  | first day  | last day  | status | Wh   |
        | Mill | 7 days ago | yesterday | 00     | 1680 |

    @FTS-16
    Scenario: The response comes cut short, and whole after the CIS was started again
      Given "Lakeside" serves SDPs "Mill", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from yesterday to yesterday
      And the next 6100 for the CIS comes cut short, and 2880 minutes later whole
      And "Lakeside" is told to request quantities of "Mill" from yesterday to yesterday, off cycle
      And 1 day has passed
      And the CIS ends, and is started again
      When 4 days have passed
      And the CIS has been given status 00 for "Mill"
      Then the CIS of "Lakeside" has understood exactly these quantities
        | SDP  | first day  | last day   | status | Wh  |
        | Mill | 6 days ago | 6 days ago | 00     | 240 |

    @FTS-16
    Scenario: An IR07 comes without it, and the problem that it may tell of is put right
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the next IR07 for the CIS says that the billing cycle of "Bakery" could not be updated, and comes without its End Of File record
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And it is Thursday 10:00
      When "Lakeside" is told that the problem is put right
      Then since Thursday 10:00 the CIS has submitted no 4000
