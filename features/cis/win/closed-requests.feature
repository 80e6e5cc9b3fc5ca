@WIN @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: What was closed without quantities is asked for anew
  A request that is not fulfilled when its billing window expires gets status 02, and is closed. People see to it that the
  meter data is there, and tell the CIS. The window of a request of Wednesday morning expires with Friday, that of a
  request which the CIS sends a day later with Monday.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R

  Rule: For a period that was answered 02 a new request is made

    @WIN-11
    Scenario Outline: Both days are asked for again, though those of one were missing
      Given it is Wednesday 09:00
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Monday of week 1
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, <cycle>
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      And "Mill" is metered at 10 Wh each hour from Tuesday of week 1 to Tuesday of week 1
      When "Lakeside" hears that the problems with quantities of "Mill" from Tuesday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

      Examples: Kinds of request
        | cycle     |
        | on cycle  |
        | off cycle |

    @WIN-11 @dated
    Scenario Outline: The period in the calendar
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from <first day> to <last day>, off cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from <first day> to <last day> are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day   | last day   |
        | Mill | <first day> | <last day> |

      Examples: Periods
        | period                 | first day  | last day   |
        | one day                | 2011-01-11 | 2011-01-11 |
        | over the end of a year | 2010-12-31 | 2011-01-02 |

    @WIN-11
    Scenario: Three SDPs, and the problem was that of all
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill", "Bakery" and "Depot" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill", "Bakery" and "Depot"
      When "Lakeside" hears that the problems with quantities of "Mill", "Bakery" and "Depot" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 1 | Tuesday of week 1 |
        | Bakery | Monday of week 1 | Tuesday of week 1 |
        | Depot  | Monday of week 1 | Tuesday of week 1 |

    @WIN-11
    Scenario: Two SDPs, and people name the days of the problem alone: it was that of all SDPs
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill" and "Bakery"
      When "Lakeside" hears that the problems with quantities of all SDPs from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 1 | Tuesday of week 1 |
        | Bakery | Monday of week 1 | Tuesday of week 1 |

    @WIN-11
    Scenario: The new request is closed as well, and another is made
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      And "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      And 7 days have passed
      And the CIS has been given status 02 for "Mill" in 2 responses
      And it is Sunday 09:00
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Sunday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @WIN-11
    Scenario: Each new request is closed as well, and a third time another is made
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      And 7 days have passed
      And it is Sunday 09:00
      And "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      And 7 days have passed
      And the CIS has been given status 02 for "Mill" in 3 responses
      And it is Sunday 10:00
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Sunday 10:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @WIN-11
    Scenario: Two periods of one SDP, and both were closed
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from 9 days ago to 5 days ago, on cycle
      And "Lakeside" is told to request quantities of "Mill" from 4 days ago to yesterday, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from 15 days ago to 7 days ago are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day   | last day   |
        | Mill | 15 days ago | 11 days ago |
        | Mill | 10 days ago | 7 days ago  |

    @WIN-11
    Scenario: Two periods of one SDP, of which the first has its quantities
      Given it is Wednesday 09:00
      And "Mill" is metered at 10 Wh each hour from 9 days ago to 5 days ago
      And "Lakeside" is told to request quantities of "Mill" from 9 days ago to 5 days ago, on cycle
      And "Lakeside" is told to request quantities of "Mill" from 4 days ago to yesterday, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 00 for "Mill"
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from 15 days ago to 7 days ago are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day  | last day   |
        | Mill | 10 days ago | 7 days ago |

    # Asked for on Saturday or on Sunday, it is closed on Thursday morning, and BR06 tells of it in the evening.
    @WIN-11
    Scenario: An SDP that is billed by time of use, and a period of nine days
      Given "Lakeside" serves SDPs "Harbour", known to the MDM/R, with
        | of      | attribute         | value       |
        | Harbour | framing structure | TOU/CPP EST |
      And it is Saturday 09:00
      And "Lakeside" is told to request quantities of "Harbour" from 9 days ago to yesterday, on cycle
      And it is Thursday 09:00
      And the CIS has been given status 02 for "Harbour"
      When "Lakeside" hears that the problems with quantities of "Harbour" from 7 days ago to 6 days ago are corrected
      Then since Thursday 09:00 the CIS has asked again for exactly these quantities
        | SDP     | first day   | last day   |
        | Harbour | 14 days ago | 6 days ago |

    @WIN-11
    Scenario: The CIS is started again between the response and the correction
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      And the CIS ends, and is started again
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @WIN-11 @uses:BSV-12
    Scenario: The schedule had asked for it, and no request of the CIS
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day          |
        | C1    | Monday of week 2 | Tuesday of week 2 |
      And 12 days have passed
      And it is Saturday 09:00
      And the CIS has been given status 02 for "Mill", "Bakery" and "Depot"
      When "Lakeside" hears that the problems with quantities of "Mill", "Bakery" and "Depot" from Monday of week 2 to Tuesday of week 2 are corrected
      Then since Saturday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Mill   | Monday of week 2 | Tuesday of week 2 |
        | Bakery | Monday of week 2 | Tuesday of week 2 |
        | Depot  | Monday of week 2 | Tuesday of week 2 |

    # Asked for on Saturday or on Sunday, it is closed on Thursday morning, and BR06 tells of it in the evening.
    @WIN-11
    Scenario: The response came cut short, and half an hour later whole
      Given it is Saturday 09:00
      And the next 6100 for the CIS comes cut short, and 30 minutes later whole
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Thursday 09:00
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Thursday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    # BR06 tells of what was closed; the response itself comes six days late, when a new request has been made and answered.
    @WIN-11 @advice
    Scenario: The response comes days late, when the period has been asked for again and has its quantities
      Given it is Wednesday 09:00
      And the next 6100 for the CIS comes 8640 minutes late
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And it is Wednesday 09:00
      And the CIS has been given a BR06 that lists "Mill"
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      And "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      And it is Tuesday 09:00
      And the CIS has been given status 00 for "Mill"
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked for no quantities

    @WIN-11
    Scenario: The CIS is started again before the response comes
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Thursday 09:00
      And the CIS ends, and is started again
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @WIN-11
    Scenario: The problem was one of the first day, and of the days before it
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, on cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      When "Lakeside" hears that the problems with quantities of "Mill" from 14 days ago to Monday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

  Rule: Nothing more comes of the closed request, and no earlier response helps

    @WIN-08
    Scenario: The meter data comes after that
      Given it is Wednesday 09:00
      And "Lakeside" is told to request quantities of "Mill" from Monday of week 1 to Tuesday of week 1, off cycle
      And it is Tuesday 09:00
      And the CIS has been given status 02 for "Mill"
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      When "Lakeside" hears that the problems with quantities of "Mill" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP  | first day        | last day          |
        | Mill | Monday of week 1 | Tuesday of week 1 |

    @WIN-08
    Scenario: Of two SDPs the first has its quantities, and the meter data of the second comes later
      Given it is Wednesday 09:00
      And "Mill" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from Monday of week 1 to Tuesday of week 1, off cycle
      And it is Tuesday 09:00
      And the CIS has been given status 00 for "Mill"
      And the CIS has been given status 02 for "Bakery"
      And "Bakery" is metered at 10 Wh each hour from Monday of week 1 to Tuesday of week 1
      When "Lakeside" hears that the problems with quantities of "Bakery" from Monday of week 1 to Tuesday of week 1 are corrected
      Then since Tuesday 09:00 the CIS has asked again for exactly these quantities
        | SDP    | first day        | last day          |
        | Bakery | Monday of week 1 | Tuesday of week 1 |
