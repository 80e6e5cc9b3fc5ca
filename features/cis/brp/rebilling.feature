@BRP @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: BR03 tells which quantities may have changed, and people decide what is billed again

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
    And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
    And "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
    And the CIS and the MDM/R have come to rest
    And the CIS has been given status 00 for "Mill" and "Bakery"
    And "Mill" is metered at 20 Wh each hour from 7 days ago to yesterday
    And "Bakery" is metered at 20 Wh each hour from 7 days ago to yesterday
    And 1 day has passed
    And it is Tuesday 09:00
    And the CIS has been given a BR03 that lists "Mill" and "Bakery"

  Rule: What is billed again is asked for again, and nothing else

    @BRP-12 @advice
    Scenario: The second of two SDPs is billed again
      When "Lakeside" decides to bill "Bakery" again, from 8 days ago to 2 days ago
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day  | last day   |
        | Bakery | 8 days ago | 2 days ago |

    @BRP-12 @advice
    Scenario: Neither is billed again
      When "Lakeside" decides not to bill "Mill" and "Bakery" again, from 8 days ago to 2 days ago
      Then the CIS has asked for no day of "Mill" and "Bakery" twice

    @BRP-12 @advice
    Scenario: Neither is billed again, and the next day people decide otherwise of the second
      Given "Lakeside" decides not to bill "Mill" and "Bakery" again, from 8 days ago to 2 days ago
      And it is Wednesday 09:00
      When "Lakeside" decides to bill "Bakery" again, from 9 days ago to 3 days ago
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day  | last day   |
        | Bakery | 9 days ago | 3 days ago |

    # On Tuesday yesterday is the day that follows the period, of which BR03 says nothing.
    @BRP-12 @advice
    Scenario: Of two periods the first is billed again, and the one that follows it has its quantities
      Given "Bakery" is metered at 10 Wh each hour from yesterday to yesterday
      And "Lakeside" is told to request quantities of "Bakery" from yesterday to yesterday, off cycle
      And it is Friday 09:00
      And the CIS has been given status 00 for "Bakery" in 2 responses
      When "Lakeside" decides to bill "Bakery" again, from 11 days ago to 5 days ago
      Then since Friday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day   | last day   |
        | Bakery | 11 days ago | 5 days ago |

    @BRP-12 @advice
    Scenario: Both are billed again
      When "Lakeside" decides to bill "Mill" and "Bakery" again, from 8 days ago to 2 days ago
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day  | last day   |
        | Mill   | 8 days ago | 2 days ago |
        | Bakery | 8 days ago | 2 days ago |

    @BRP-12 @advice
    Scenario: The CIS is started again before people decide that the second of two SDPs is billed again
      Given the CIS ends, and is started again
      When "Lakeside" decides to bill "Bakery" again, from 8 days ago to 2 days ago
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day  | last day   |
        | Bakery | 8 days ago | 2 days ago |
