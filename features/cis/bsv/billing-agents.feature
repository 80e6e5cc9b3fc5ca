@BSV @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: A CIS asks for quantities of those SDPs that its organisation bills for
  The MDM/R gives values to an SDP's billing agent alone. Whose relationship counts, that of the period's last day or
  that of the day of the answer, is left open: in these scenarios both days say the same.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And the CIS of "Lakeside" is under test

  Rule: No quantities are asked for where another organisation bills, and the others are asked for all the same

    @BSV-08 @AMB-26
    Scenario Outline: One of three SDPs is billed by another
      Given "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R, with
        | of      | attribute     | value             |
        | <other> | billing agent | Metering Partners |
      When "Lakeside" is told to request quantities of "Mill", "Bakery" and "Depot" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP      | first day  | last day  |
        | <first>  | 7 days ago | yesterday |
        | <second> | 7 days ago | yesterday |

      Examples:
        | which     | other  | first  | second |
        | the first | Mill   | Bakery | Depot  |
        | the last  | Depot  | Mill   | Bakery |

    @BSV-08 @AMB-26
    Scenario: Another has billed since the first day of the period
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value             | from       |
        | Bakery | billing agent | Metering Partners | 7 days ago |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  |
        | Mill | 7 days ago | yesterday |

    @BSV-08 @AMB-26
    Scenario: The LDC has billed again since the first day of the period
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Bakery | billing agent | Metering Partners |
      And "Lakeside" puts on record
        | of     | attribute     | value             | from       |
        | Bakery | billing agent | Lakeside          | 7 days ago |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  |
        | Mill   | 7 days ago | yesterday |
        | Bakery | 7 days ago | yesterday |

    @BSV-08 @AMB-26
    Scenario: The LDC had billed in between, and another bills again since the first day of the period
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Bakery | billing agent | Metering Partners |
      And "Lakeside" puts on record
        | of     | attribute     | value             | from        |
        | Bakery | billing agent | Lakeside          | 14 days ago |
        | Bakery | billing agent | Metering Partners | 7 days ago  |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  |
        | Mill | 7 days ago | yesterday |

    # Whole periods are asked for; whoever asks in parts asks for the last part, and perhaps for no other.
    @BSV-08 @AMB-26
    Scenario Outline: Another has billed for some days, and the LDC bills on the last day of the period, and since
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value             | from    |
        | Bakery | billing agent | Metering Partners | <other> |
        | Bakery | billing agent | Lakeside          | <again> |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for quantities of "Mill" and "Bakery" up to yesterday

      Examples: The first day of the other, and the first one on which the LDC bills again
        | which                         | other       | again      |
        | within the period             | 5 days ago  | 3 days ago |
        | from before the period on     | 10 days ago | 3 days ago |
        | until the day before the last | 5 days ago  | yesterday  |

    # Told last, it holds from an earlier day than what was told before, and no longer on the first day of the period.
    @BSV-08 @AMB-26
    Scenario: Another bills, and later it becomes known that the LDC had billed before that
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Bakery | billing agent | Metering Partners |
      And "Lakeside" puts on record
        | of     | attribute     | value             | from        |
        | Bakery | billing agent | Metering Partners | 10 days ago |
      And "Lakeside" puts on record
        | of     | attribute     | value             | from        |
        | Bakery | billing agent | Lakeside          | 14 days ago |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  |
        | Mill | 7 days ago | yesterday |

    # The answer comes before that day.
    @BSV-08 @AMB-26
    Scenario: Another will bill from the day after tomorrow on
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value             | from       |
        | Bakery | billing agent | Metering Partners | in 2 days  |
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  |
        | Mill   | 7 days ago | yesterday |
        | Bakery | 7 days ago | yesterday |

    @BSV-08 @AMB-26
    Scenario: A virtual SDP is billed by another, and those that it aggregates are not
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And the MDM/R has been told of all SDPs of "Lakeside"
      And 7 days have passed
      And "Lakeside" puts on record
        | of   | attribute     | value             | from       |
        | Both | billing agent | Metering Partners | 5 days ago |
      When "Lakeside" is told to request quantities of "Mill", "Bakery" and "Both" from 3 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  |
        | Mill   | 3 days ago | yesterday |
        | Bakery | 3 days ago | yesterday |

    # Asked for on Saturday or on Sunday, it is closed on Thursday morning, and BR06 tells of it in the evening.
    @BSV-08 @AMB-26
    Scenario: What was closed is not asked for again where another has billed since before the period
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Saturday 09:00
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Thursday 09:00
      And the CIS has been given status 02 for "Mill" and "Bakery"
      And "Lakeside" puts on record
        | of     | attribute     | value             | from       |
        | Bakery | billing agent | Metering Partners | 12 days ago |
      When "Lakeside" hears that the problems with quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Thursday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @BSV-08 @AMB-26
    Scenario: What is billed again is not asked for where another has billed since before the period
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value             | from        |
        | Bakery | billing agent | Metering Partners | 12 days ago |
      And it is Wednesday 09:00
      When "Lakeside" decides to bill "Mill" and "Bakery" again, from 7 days ago to yesterday
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day  | last day  |
        | Mill | 7 days ago | yesterday |

    @BSV-08 @AMB-26
    Scenario: The CIS is started again, and one of two SDPs is billed by another
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute     | value             |
        | Bakery | billing agent | Metering Partners |
      And the CIS ends, and is started again
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  |
        | Mill | 7 days ago | yesterday |

    @BSV-08 @AMB-26
    Scenario: A response that got lost is not recovered where another has billed since before the period
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value             | from        |
        | Bakery | billing agent | Metering Partners | 20 days ago |
      And it is Friday 09:00
      And "Lakeside" is told that the first response about "Bakery" got lost
      When 1 day has passed
      Then since Friday 09:00 the CIS has asked for no quantities

  Rule: What was answered 08 is not asked for again blindly

    @BSV-08 @advice
    Scenario: The MDM/R knows another billing agent than the CIS
      Given "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS says status 08 of "Mill"
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS has been given status 08 for "Mill"
      When 3 days have passed
      Then the CIS has asked for no day of "Mill" twice
