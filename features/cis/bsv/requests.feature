@BSV @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: A CIS asks for the quantities of the days that are billed
  People say which days they bill, the last one included. The MDM/R takes the day after it.
  Whether a period is asked for in one file or several, whole or in parts that meet, is left to the CIS.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R

  Rule: A request says whether it is made on cycle or off cycle

    @BSV-02
    Scenario Outline: All of one kind
      When "Lakeside" is told to request quantities of "Mill", "Bakery" and "Depot" from 7 days ago to yesterday, <cycle>
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  | cycle   |
        | Mill   | 7 days ago | yesterday | <cycle> |
        | Bakery | 7 days ago | yesterday | <cycle> |
        | Depot  | 7 days ago | yesterday | <cycle> |

      Examples: Kinds of request
        | cycle     |
        | on cycle  |
        | off cycle |

    @BSV-02
    Scenario: One SDP on cycle, and another off cycle
      Given "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, on cycle
      When "Lakeside" is told to request quantities of "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  | cycle     |
        | Mill   | 7 days ago | yesterday | on cycle  |
        | Bakery | 7 days ago | yesterday | off cycle |

    @BSV-02
    Scenario: A period on cycle, ordered on a Sunday
      Given it is Sunday 09:00
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  | cycle    |
        | Mill | 7 days ago | yesterday | on cycle |

    @BSV-02
    Scenario: A period that lies before one that was asked for
      Given "Lakeside" is told to request quantities of "Mill" from 3 days ago to yesterday, on cycle
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to request quantities of "Mill" from 9 days ago to 7 days ago, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day   | cycle     |
        | Mill | 3 days ago | yesterday  | on cycle  |
        | Mill | 9 days ago | 7 days ago | off cycle |

    # The period on cycle is still without an answer: what is asked for besides is a request of its own.
    @BSV-02
    Scenario: Some days of a period, off cycle, after the period was asked for on cycle
      Given "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, on cycle
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to request quantities of "Mill" from 5 days ago to 4 days ago, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day   | cycle     |
        | Mill | 7 days ago | yesterday  | on cycle  |
        | Mill | 5 days ago | 4 days ago | off cycle |

    @BSV-02 @dated
    Scenario Outline: One day, or two
      When "Lakeside" is told to request quantities of "Mill" from 2011-01-05 to <last day>, <cycle>
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day   | cycle   |
        | Mill | 2011-01-05 | <last day> | <cycle> |

      Examples: Days
        | period                 | last day   | cycle     |
        | a day, on cycle        | 2011-01-05 | on cycle  |
        | two days, off cycle    | 2011-01-06 | off cycle |

    @BSV-02
    Scenario: A virtual SDP and those that it aggregates, on cycle
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And 7 days have passed
      When "Lakeside" is told to request quantities of "Mill" and "Both" from 3 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day  | cycle    |
        | Mill | 3 days ago | yesterday | on cycle |
        | Both | 3 days ago | yesterday | on cycle |

    @BSV-02
    Scenario: Twelve SDPs at once
      Given "Lakeside" creates 12 SDPs
      And the MDM/R has been told of all SDPs of "Lakeside"
      And 7 days have passed
      When "Lakeside" is told to request quantities of "SDP 1", "SDP 2", "SDP 3", "SDP 4", "SDP 5", "SDP 6", "SDP 7", "SDP 8", "SDP 9", "SDP 10", "SDP 11" and "SDP 12" from 3 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day  | cycle    |
        | SDP 1  | 3 days ago | yesterday | on cycle |
        | SDP 2  | 3 days ago | yesterday | on cycle |
        | SDP 3  | 3 days ago | yesterday | on cycle |
        | SDP 4  | 3 days ago | yesterday | on cycle |
        | SDP 5  | 3 days ago | yesterday | on cycle |
        | SDP 6  | 3 days ago | yesterday | on cycle |
        | SDP 7  | 3 days ago | yesterday | on cycle |
        | SDP 8  | 3 days ago | yesterday | on cycle |
        | SDP 9  | 3 days ago | yesterday | on cycle |
        | SDP 10 | 3 days ago | yesterday | on cycle |
        | SDP 11 | 3 days ago | yesterday | on cycle |
        | SDP 12 | 3 days ago | yesterday | on cycle |

  Rule: A request begins with the first day of the period, and ends with the day after its last

    @BSV-09 @dated
    Scenario Outline: A period in the calendar
      When "Lakeside" is told to request quantities of "Mill" from <first day> to <last day>, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day   | last day   |
        | Mill | <first day> | <last day> |

      Examples: Months
        | period                    | first day  | last day   |
        | a month of 31 days        | 2010-10-01 | 2010-10-31 |
        | the last month of a year  | 2010-12-01 | 2010-12-31 |
        | a February                | 2010-02-01 | 2010-02-28 |
        | across the end of a year  | 2010-12-15 | 2011-01-07 |
        | two months, up to the end of a year | 2010-11-01 | 2010-12-31 |
        | from the last day of a month | 2010-10-31 | 2010-11-29 |
        | three months, up to the end of a year | 2010-10-01 | 2010-12-31 |

      Examples: Days
        | period                                    | first day  | last day   |
        | a Sunday alone                            | 2011-01-09 | 2011-01-09 |
        | the day on which daylight saving ends     | 2010-11-07 | 2010-11-07 |
        | until the day on which daylight saving begins | 2010-03-01 | 2010-03-14 |
        | until the day on which daylight saving ends | 2010-11-01 | 2010-11-07 |
        | from the day on which daylight saving begins | 2010-03-14 | 2010-03-31 |
        | the last day of a year alone               | 2010-12-31 | 2010-12-31 |
        | two days                                   | 2011-01-05 | 2011-01-06 |

    @BSV-09
    Scenario: Two periods, one after the other
      Given "Lakeside" is told to request quantities of "Mill" from 14 days ago to 8 days ago, on cycle
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day   | last day   |
        | Mill | 14 days ago | 8 days ago |
        | Mill | 7 days ago  | yesterday  |

    @BSV-09
    Scenario: The last days of an SDP that has been given up
      Given "Lakeside" gives up SDPs "Mill" as of 2 days ago
      When "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to 3 days ago, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day   |
        | Mill   | 7 days ago | 3 days ago |
        | Bakery | 7 days ago | 3 days ago |

    @BSV-02 @dated
    Scenario: A period over the end of a month, off cycle
      When "Lakeside" is told to request quantities of "Mill" from 2010-11-20 to 2010-12-05, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day  | last day   | cycle     |
        | Mill | 2010-11-20 | 2010-12-05 | off cycle |

    @BSV-09
    Scenario: Three SDPs, each with days of its own
      Given "Lakeside" is told to request quantities of "Mill" from 9 days ago to 3 days ago, on cycle
      And "Lakeside" is told to request quantities of "Bakery" from 8 days ago to 2 days ago, on cycle
      When "Lakeside" is told to request quantities of "Depot" from 7 days ago to yesterday, on cycle
      Then the CIS has asked for exactly these quantities
        | SDP    | first day  | last day   |
        | Mill   | 9 days ago | 3 days ago |
        | Bakery | 8 days ago | 2 days ago |
        | Depot  | 7 days ago | yesterday  |

  Rule: A response that got lost is asked for as it was delivered; what is asked for anew is not

    @BSV-10
    Scenario: The only response got lost
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the first response about "Mill" got lost
      Then the CIS has asked for the first response about "Mill" as it was delivered, and for no other

    @BSV-10
    Scenario: Of two responses the first got lost
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And "Mill" is metered at 20 Wh each hour from 7 days ago to yesterday
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the first response about "Mill" got lost
      Then the CIS has asked for the first response about "Mill" as it was delivered, and for no other

    @BSV-10
    Scenario: What is asked for after a response was recovered is asked for anew
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told that the first response about "Mill" got lost
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to request quantities of "Bakery" from 7 days ago to yesterday, off cycle
      Then the CIS has asked for the first response about "Mill" as it was delivered, and for no other

    @BSV-10
    Scenario: Of two SDPs the response about the second got lost
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the first response about "Bakery" got lost
      Then the CIS has asked for the first response about "Bakery" as it was delivered, and for no other

    @BSV-10
    Scenario: A period is asked for again because its meter data has changed
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And "Mill" is metered at 20 Wh each hour from 7 days ago to yesterday
      When "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      Then no request of the CIS asks for an earlier response

    @BSV-10
    Scenario: The CIS is started again before it is told which response got lost
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told that the first response about "Mill" got lost
      Then the CIS has asked for the first response about "Mill" as it was delivered, and for no other

    # What recovers the response is answered, too, and that answer gets lost on its way as the response did. A single day, so that whoever asks in parts asks for it as others do.
    @BSV-10
    Scenario: The response got lost, and what recovers it gets lost as well
      Given "Mill" is metered at 10 Wh each hour from yesterday to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from yesterday to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told that the first response about "Mill" got lost
      And the CIS and the MDM/R have come to rest
      And it is Wednesday 09:00
      When "Lakeside" is told that the first response about "Mill" got lost
      Then since Wednesday 09:00 the CIS has asked for the first response about "Mill" as it was delivered

    @BSV-10
    Scenario: The response about two SDPs got lost
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" and "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And it is Wednesday 09:00
      When "Lakeside" is told that the first responses about "Mill" and "Bakery" got lost
      Then since Wednesday 09:00 the CIS has asked for the first response about "Mill" as it was delivered
      And since Wednesday 09:00 the CIS has asked for the first response about "Bakery" as it was delivered

    @BSV-10
    Scenario: Two responses got lost one after the other, and people say so of both at once
      Given "Mill" is metered at 10 Wh each hour from 7 days ago to yesterday
      And "Bakery" is metered at 10 Wh each hour from 7 days ago to yesterday
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Mill" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And the next 6100 for the CIS gets lost
      And "Lakeside" is told to request quantities of "Bakery" from 7 days ago to yesterday, off cycle
      And the CIS and the MDM/R have come to rest
      And it is Wednesday 09:00
      And "Lakeside" is told that the first response about "Mill" got lost
      When "Lakeside" is told that the first response about "Bakery" got lost
      Then since Wednesday 09:00 the CIS has asked for the first response about "Mill" as it was delivered
      And since Wednesday 09:00 the CIS has asked for the first response about "Bakery" as it was delivered
