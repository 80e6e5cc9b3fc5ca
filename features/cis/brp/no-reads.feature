@BRP @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: BR06 is a list of what is to be submitted again
  Once a day BR06 lists the requests that were closed without quantities. People see to the problems behind them, and
  tell the CIS. The window of a request of the first Wednesday is Wednesday to Friday: what has no data is closed on Saturday at
  08:00. What was closed by the Tuesday after it stands in a report that has come by the Wednesday morning.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R

  Rule: Each request that BR06 lists is submitted again after its problem has been corrected, and no other

    @BRP-11
    Scenario: Two of three requests are listed
      Given it is Wednesday 09:00
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      And "Lakeside" is told to request quantities of "Mill", "Bakery" and "Depot" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Bakery" and "Depot"
      When "Lakeside" hears that the problems with quantities of "Bakery" and "Depot" from Tuesday of week 1 to Tuesday of week 1 are corrected
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Bakery | Monday of week 1 | Tuesday of week 1 |
        | Depot  | Monday of week 1 | Tuesday of week 1 |

    @BRP-11
    Scenario: Three requests are listed, and the problem of the last is still there
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill", "Bakery" and "Depot" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill", "Bakery" and "Depot"
      When "Lakeside" hears that the problems with quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Saturday 08:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 1 | Tuesday of week 1 |
        | Bakery | Monday of week 1 | Tuesday of week 1 |

    @BRP-11
    Scenario: Three requests are listed, and the problem of the last is corrected a day after that of the others
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill", "Bakery" and "Depot" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill", "Bakery" and "Depot"
      And "Lakeside" hears that the problems with quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      And "Bakery" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      And it is Thursday 11:00
      When "Lakeside" hears that the problems with quantities of "Mill", "Bakery" and "Depot" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Thursday 11:00 the CIS has asked again for exactly these quantities
        | SDP   | first day        | last day          |
        | Depot | Monday of week 1 | Tuesday of week 1 |

    @BRP-11
    Scenario: Three requests are listed, and the problem was that of a day between two of the periods
      Given it is Friday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And "Lakeside" is told to request quantities of "Bakery" from Wednesday of week 1 to Wednesday of week 1, on cycle
      And "Lakeside" is told to request quantities of "Depot" from Thursday of week 1 to Thursday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Friday 09:00
      And the CIS has been given a BR06 that lists "Mill", "Bakery" and "Depot"
      When "Lakeside" hears that the problems with quantities of "Mill", "Bakery" and "Depot" from Wednesday of week 1 to Wednesday of week 1 are corrected
      Then since Friday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day           | last day            |
        | Bakery | Wednesday of week 1 | Wednesday of week 1 |

    @BRP-11
    Scenario: No problem has been corrected yet
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, off cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill" and "Bakery"
      When 1 day has passed
      Then since Saturday 08:00 the CIS has asked for no quantities

    @BRP-11
    Scenario: The response got lost, and BR06 alone tells of it
      Given it is Wednesday 09:00
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @BRP-11
    Scenario: The response got lost, and the CIS is started again once BR06 has come
      Given it is Wednesday 09:00
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill" and "Bakery"
      And the CIS ends, and is started again
      When "Lakeside" hears that the problems with quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Wednesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 1 | Tuesday of week 1 |
        | Bakery | Monday of week 1 | Tuesday of week 1 |

    @BRP-11
    Scenario: Of two periods of an SDP the second is listed
      Given it is Thursday 09:00
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And "Lakeside" is told to request quantities of "Mill" from Wednesday of week 1 to Wednesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Thursday 09:00
      And the CIS has been given a BR06 that lists "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Wednesday of week 1 are corrected
      Then since Thursday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day           | last day            |
        | Mill | Wednesday of week 1 | Wednesday of week 1 |

    @BRP-11 @uses:BSV-12
    Scenario: The schedule had asked for what is listed
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day          |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And the next 6100 for the CIS gets lost
      And 12 days have passed
      And it is Monday 09:00
      And the CIS has been given a BR06 that lists "Mill", "Bakery" and "Depot"
      When "Lakeside" hears that the problems with quantities of "Mill" and "Depot" from Monday of week 2 to Tuesday of week 2 are corrected
      Then since Monday 09:00 the CIS has asked again for exactly these quantities
        | SDP   | first day        | last day          |
        | Mill  | Monday of week 2 | Tuesday of week 2 |
        | Depot | Monday of week 2 | Tuesday of week 2 |

    @BRP-11
    Scenario: Two periods of an SDP are listed, the second of which was asked for off cycle
      Given it is Thursday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And "Lakeside" is told to request quantities of "Mill" from Wednesday of week 1 to Wednesday of week 1, off cycle
      And the next 6100 for the CIS gets lost
      And the next 6100 for the CIS gets lost
      And it is Tuesday 09:00
      And it is Thursday 09:00
      And the CIS has been given a BR06 that lists "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Wednesday of week 1 are corrected
      Then since Thursday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day           | last day            |
        | Mill | Monday of week 1    | Tuesday of week 1   |
        | Mill | Wednesday of week 1 | Wednesday of week 1 |

  Rule: What BR06 lists waits for a person, who looks into the problem

    @BRP-13 @advice @CIS-READING
    Scenario: The response got lost, and BR06 alone tells of two SDPs
      Given it is Wednesday 09:00
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      When the CIS has been given a BR06 that lists "Mill" and "Bakery"
      Then quantities of "Mill" and "Bakery" wait for a person at "Lakeside"
