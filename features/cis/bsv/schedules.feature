@BSV @CIS-BILLING
Feature: A CIS establishes the billing cycle schedule of its LDC, and keeps it up to date in time
  A date of the schedule is the day after the last of a period: on it the quantities of the period are produced.
  Whether the whole schedule is sent again or what is new of it alone is left to the CIS.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: The schedule that people publish reaches the MDM/R, every period of every cycle

    @BSV-12
    Scenario: Three cycles, two periods each
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day           | last day            |
        | C1    | Monday of week 3    | Sunday of week 4    |
        | C1    | Monday of week 5    | Sunday of week 6    |
        | C2    | Tuesday of week 3   | Monday of week 5    |
        | C2    | Tuesday of week 5   | Monday of week 7    |
        | C3    | Wednesday of week 3 | Tuesday of week 5   |
        | C3    | Wednesday of week 5 | Wednesday of week 7 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day           | last day            |
        | C1    | Monday of week 3    | Sunday of week 4    |
        | C1    | Monday of week 5    | Sunday of week 6    |
        | C2    | Tuesday of week 3   | Monday of week 5    |
        | C2    | Tuesday of week 5   | Monday of week 7    |
        | C3    | Wednesday of week 3 | Tuesday of week 5   |
        | C3    | Wednesday of week 5 | Wednesday of week 7 |

    @BSV-12 @dated
    Scenario: A year, up to its last day
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day  | last day   |
        | C1    | 2011-02-01 | 2011-02-28 |
        | C1    | 2011-03-01 | 2011-03-31 |
        | C1    | 2011-04-01 | 2011-04-30 |
        | C1    | 2011-05-01 | 2011-05-31 |
        | C1    | 2011-06-01 | 2011-06-30 |
        | C1    | 2011-07-01 | 2011-07-31 |
        | C1    | 2011-08-01 | 2011-08-31 |
        | C1    | 2011-09-01 | 2011-09-30 |
        | C1    | 2011-10-01 | 2011-10-31 |
        | C1    | 2011-11-01 | 2011-11-30 |
        | C1    | 2011-12-01 | 2011-12-31 |
        | C1    | 2012-01-01 | 2012-01-31 |
        | C1    | 2012-02-01 | 2012-02-29 |
        | C2    | 2012-01-29 | 2012-02-28 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day  | last day   |
        | C1    | 2011-02-01 | 2011-02-28 |
        | C1    | 2011-03-01 | 2011-03-31 |
        | C1    | 2011-04-01 | 2011-04-30 |
        | C1    | 2011-05-01 | 2011-05-31 |
        | C1    | 2011-06-01 | 2011-06-30 |
        | C1    | 2011-07-01 | 2011-07-31 |
        | C1    | 2011-08-01 | 2011-08-31 |
        | C1    | 2011-09-01 | 2011-09-30 |
        | C1    | 2011-10-01 | 2011-10-31 |
        | C1    | 2011-11-01 | 2011-11-30 |
        | C1    | 2011-12-01 | 2011-12-31 |
        | C1    | 2012-01-01 | 2012-01-31 |
        | C1    | 2012-02-01 | 2012-02-29 |
        | C2    | 2012-01-29 | 2012-02-28 |

    @BSV-12 @dated
    Scenario: A year of 26 periods, of two weeks each
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day  | last day   |
        | C1    | 2011-01-31 | 2011-02-13 |
        | C1    | 2011-02-14 | 2011-02-27 |
        | C1    | 2011-02-28 | 2011-03-13 |
        | C1    | 2011-03-14 | 2011-03-27 |
        | C1    | 2011-03-28 | 2011-04-10 |
        | C1    | 2011-04-11 | 2011-04-24 |
        | C1    | 2011-04-25 | 2011-05-08 |
        | C1    | 2011-05-09 | 2011-05-22 |
        | C1    | 2011-05-23 | 2011-06-05 |
        | C1    | 2011-06-06 | 2011-06-19 |
        | C1    | 2011-06-20 | 2011-07-03 |
        | C1    | 2011-07-04 | 2011-07-17 |
        | C1    | 2011-07-18 | 2011-07-31 |
        | C1    | 2011-08-01 | 2011-08-14 |
        | C1    | 2011-08-15 | 2011-08-28 |
        | C1    | 2011-08-29 | 2011-09-11 |
        | C1    | 2011-09-12 | 2011-09-25 |
        | C1    | 2011-09-26 | 2011-10-09 |
        | C1    | 2011-10-10 | 2011-10-23 |
        | C1    | 2011-10-24 | 2011-11-06 |
        | C1    | 2011-11-07 | 2011-11-20 |
        | C1    | 2011-11-21 | 2011-12-04 |
        | C1    | 2011-12-05 | 2011-12-18 |
        | C1    | 2011-12-19 | 2012-01-01 |
        | C1    | 2012-01-02 | 2012-01-15 |
        | C1    | 2012-01-16 | 2012-01-29 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day  | last day   |
        | C1    | 2011-01-31 | 2011-02-13 |
        | C1    | 2011-02-14 | 2011-02-27 |
        | C1    | 2011-02-28 | 2011-03-13 |
        | C1    | 2011-03-14 | 2011-03-27 |
        | C1    | 2011-03-28 | 2011-04-10 |
        | C1    | 2011-04-11 | 2011-04-24 |
        | C1    | 2011-04-25 | 2011-05-08 |
        | C1    | 2011-05-09 | 2011-05-22 |
        | C1    | 2011-05-23 | 2011-06-05 |
        | C1    | 2011-06-06 | 2011-06-19 |
        | C1    | 2011-06-20 | 2011-07-03 |
        | C1    | 2011-07-04 | 2011-07-17 |
        | C1    | 2011-07-18 | 2011-07-31 |
        | C1    | 2011-08-01 | 2011-08-14 |
        | C1    | 2011-08-15 | 2011-08-28 |
        | C1    | 2011-08-29 | 2011-09-11 |
        | C1    | 2011-09-12 | 2011-09-25 |
        | C1    | 2011-09-26 | 2011-10-09 |
        | C1    | 2011-10-10 | 2011-10-23 |
        | C1    | 2011-10-24 | 2011-11-06 |
        | C1    | 2011-11-07 | 2011-11-20 |
        | C1    | 2011-11-21 | 2011-12-04 |
        | C1    | 2011-12-05 | 2011-12-18 |
        | C1    | 2011-12-19 | 2012-01-01 |
        | C1    | 2012-01-02 | 2012-01-15 |
        | C1    | 2012-01-16 | 2012-01-29 |

    @BSV-12 @dated
    Scenario: Five cycles, each with a year of 13 periods of four weeks
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day  | last day   |
        | C1    | 2011-01-31 | 2011-02-27 |
        | C1    | 2011-02-28 | 2011-03-27 |
        | C1    | 2011-03-28 | 2011-04-24 |
        | C1    | 2011-04-25 | 2011-05-22 |
        | C1    | 2011-05-23 | 2011-06-19 |
        | C1    | 2011-06-20 | 2011-07-17 |
        | C1    | 2011-07-18 | 2011-08-14 |
        | C1    | 2011-08-15 | 2011-09-11 |
        | C1    | 2011-09-12 | 2011-10-09 |
        | C1    | 2011-10-10 | 2011-11-06 |
        | C1    | 2011-11-07 | 2011-12-04 |
        | C1    | 2011-12-05 | 2012-01-01 |
        | C1    | 2012-01-02 | 2012-01-29 |
        | C2    | 2011-02-01 | 2011-02-28 |
        | C2    | 2011-03-01 | 2011-03-28 |
        | C2    | 2011-03-29 | 2011-04-25 |
        | C2    | 2011-04-26 | 2011-05-23 |
        | C2    | 2011-05-24 | 2011-06-20 |
        | C2    | 2011-06-21 | 2011-07-18 |
        | C2    | 2011-07-19 | 2011-08-15 |
        | C2    | 2011-08-16 | 2011-09-12 |
        | C2    | 2011-09-13 | 2011-10-10 |
        | C2    | 2011-10-11 | 2011-11-07 |
        | C2    | 2011-11-08 | 2011-12-05 |
        | C2    | 2011-12-06 | 2012-01-02 |
        | C2    | 2012-01-03 | 2012-01-30 |
        | C3    | 2011-02-02 | 2011-03-01 |
        | C3    | 2011-03-02 | 2011-03-29 |
        | C3    | 2011-03-30 | 2011-04-26 |
        | C3    | 2011-04-27 | 2011-05-24 |
        | C3    | 2011-05-25 | 2011-06-21 |
        | C3    | 2011-06-22 | 2011-07-19 |
        | C3    | 2011-07-20 | 2011-08-16 |
        | C3    | 2011-08-17 | 2011-09-13 |
        | C3    | 2011-09-14 | 2011-10-11 |
        | C3    | 2011-10-12 | 2011-11-08 |
        | C3    | 2011-11-09 | 2011-12-06 |
        | C3    | 2011-12-07 | 2012-01-03 |
        | C3    | 2012-01-04 | 2012-01-31 |
        | C4    | 2011-02-03 | 2011-03-02 |
        | C4    | 2011-03-03 | 2011-03-30 |
        | C4    | 2011-03-31 | 2011-04-27 |
        | C4    | 2011-04-28 | 2011-05-25 |
        | C4    | 2011-05-26 | 2011-06-22 |
        | C4    | 2011-06-23 | 2011-07-20 |
        | C4    | 2011-07-21 | 2011-08-17 |
        | C4    | 2011-08-18 | 2011-09-14 |
        | C4    | 2011-09-15 | 2011-10-12 |
        | C4    | 2011-10-13 | 2011-11-09 |
        | C4    | 2011-11-10 | 2011-12-07 |
        | C4    | 2011-12-08 | 2012-01-04 |
        | C4    | 2012-01-05 | 2012-02-01 |
        | C5    | 2011-02-04 | 2011-03-03 |
        | C5    | 2011-03-04 | 2011-03-31 |
        | C5    | 2011-04-01 | 2011-04-28 |
        | C5    | 2011-04-29 | 2011-05-26 |
        | C5    | 2011-05-27 | 2011-06-23 |
        | C5    | 2011-06-24 | 2011-07-21 |
        | C5    | 2011-07-22 | 2011-08-18 |
        | C5    | 2011-08-19 | 2011-09-15 |
        | C5    | 2011-09-16 | 2011-10-13 |
        | C5    | 2011-10-14 | 2011-11-10 |
        | C5    | 2011-11-11 | 2011-12-08 |
        | C5    | 2011-12-09 | 2012-01-05 |
        | C5    | 2012-01-06 | 2012-02-02 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day  | last day   |
        | C1    | 2011-01-31 | 2011-02-27 |
        | C1    | 2011-02-28 | 2011-03-27 |
        | C1    | 2011-03-28 | 2011-04-24 |
        | C1    | 2011-04-25 | 2011-05-22 |
        | C1    | 2011-05-23 | 2011-06-19 |
        | C1    | 2011-06-20 | 2011-07-17 |
        | C1    | 2011-07-18 | 2011-08-14 |
        | C1    | 2011-08-15 | 2011-09-11 |
        | C1    | 2011-09-12 | 2011-10-09 |
        | C1    | 2011-10-10 | 2011-11-06 |
        | C1    | 2011-11-07 | 2011-12-04 |
        | C1    | 2011-12-05 | 2012-01-01 |
        | C1    | 2012-01-02 | 2012-01-29 |
        | C2    | 2011-02-01 | 2011-02-28 |
        | C2    | 2011-03-01 | 2011-03-28 |
        | C2    | 2011-03-29 | 2011-04-25 |
        | C2    | 2011-04-26 | 2011-05-23 |
        | C2    | 2011-05-24 | 2011-06-20 |
        | C2    | 2011-06-21 | 2011-07-18 |
        | C2    | 2011-07-19 | 2011-08-15 |
        | C2    | 2011-08-16 | 2011-09-12 |
        | C2    | 2011-09-13 | 2011-10-10 |
        | C2    | 2011-10-11 | 2011-11-07 |
        | C2    | 2011-11-08 | 2011-12-05 |
        | C2    | 2011-12-06 | 2012-01-02 |
        | C2    | 2012-01-03 | 2012-01-30 |
        | C3    | 2011-02-02 | 2011-03-01 |
        | C3    | 2011-03-02 | 2011-03-29 |
        | C3    | 2011-03-30 | 2011-04-26 |
        | C3    | 2011-04-27 | 2011-05-24 |
        | C3    | 2011-05-25 | 2011-06-21 |
        | C3    | 2011-06-22 | 2011-07-19 |
        | C3    | 2011-07-20 | 2011-08-16 |
        | C3    | 2011-08-17 | 2011-09-13 |
        | C3    | 2011-09-14 | 2011-10-11 |
        | C3    | 2011-10-12 | 2011-11-08 |
        | C3    | 2011-11-09 | 2011-12-06 |
        | C3    | 2011-12-07 | 2012-01-03 |
        | C3    | 2012-01-04 | 2012-01-31 |
        | C4    | 2011-02-03 | 2011-03-02 |
        | C4    | 2011-03-03 | 2011-03-30 |
        | C4    | 2011-03-31 | 2011-04-27 |
        | C4    | 2011-04-28 | 2011-05-25 |
        | C4    | 2011-05-26 | 2011-06-22 |
        | C4    | 2011-06-23 | 2011-07-20 |
        | C4    | 2011-07-21 | 2011-08-17 |
        | C4    | 2011-08-18 | 2011-09-14 |
        | C4    | 2011-09-15 | 2011-10-12 |
        | C4    | 2011-10-13 | 2011-11-09 |
        | C4    | 2011-11-10 | 2011-12-07 |
        | C4    | 2011-12-08 | 2012-01-04 |
        | C4    | 2012-01-05 | 2012-02-01 |
        | C5    | 2011-02-04 | 2011-03-03 |
        | C5    | 2011-03-04 | 2011-03-31 |
        | C5    | 2011-04-01 | 2011-04-28 |
        | C5    | 2011-04-29 | 2011-05-26 |
        | C5    | 2011-05-27 | 2011-06-23 |
        | C5    | 2011-06-24 | 2011-07-21 |
        | C5    | 2011-07-22 | 2011-08-18 |
        | C5    | 2011-08-19 | 2011-09-15 |
        | C5    | 2011-09-16 | 2011-10-13 |
        | C5    | 2011-10-14 | 2011-11-10 |
        | C5    | 2011-11-11 | 2011-12-08 |
        | C5    | 2011-12-09 | 2012-01-05 |
        | C5    | 2012-01-06 | 2012-02-02 |

    @BSV-12
    Scenario: Two cycles with the same days, and a third that ends a day before them
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 3 | Sunday of week 4   |
        | C2    | Monday of week 3 | Sunday of week 4   |
        | C3    | Monday of week 3 | Saturday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day           |
        | C1    | Monday of week 3 | Sunday of week 4   |
        | C2    | Monday of week 3 | Sunday of week 4   |
        | C3    | Monday of week 3 | Saturday of week 4 |

    @BSV-12
    Scenario: The schedule is renewed, and has one more cycle
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
      And 1 day has passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day         | last day         |
        | C1    | Monday of week 5  | Sunday of week 6 |
        | C2    | Tuesday of week 3 | Monday of week 5 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day         | last day         |
        | C1    | Monday of week 3  | Sunday of week 4 |
        | C1    | Monday of week 5  | Sunday of week 6 |
        | C2    | Tuesday of week 3 | Monday of week 5 |

    @BSV-12
    Scenario: A period that has begun already, and one that has not
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | 7 days ago       | Sunday of week 3 |
        | C2    | Monday of week 3 | Sunday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day         |
        | C1    | 7 days ago       | Sunday of week 3 |
        | C2    | Monday of week 3 | Sunday of week 4 |

    @BSV-12
    Scenario: Two cycles that differ by a zero at their beginning, a period of one day, and two long names
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day         | last day         |
        | 07    | Monday of week 3  | Sunday of week 4 |
        | 7     | Tuesday of week 3 | Monday of week 5 |
        | C1    | Monday of week 3  | Monday of week 3 |
        | Residential North | Monday of week 3 | Sunday of week 4 |
        | Residential South | Monday of week 3 | Sunday of week 5 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day         | last day         |
        | 07    | Monday of week 3  | Sunday of week 4 |
        | 7     | Tuesday of week 3 | Monday of week 5 |
        | C1    | Monday of week 3  | Monday of week 3 |
        | Residential North | Monday of week 3 | Sunday of week 4 |
        | Residential South | Monday of week 3 | Sunday of week 5 |

    @BSV-12
    Scenario: The CIS is started again, and the schedule is renewed
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
      And 1 day has passed
      And the CIS ends, and is started again
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 5 | Sunday of week 6 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
        | C1    | Monday of week 5 | Sunday of week 6 |

  Rule: A date is changed three days ahead or more, and never later

    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date is put off, well ahead of it
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
        | C1    | Monday of week 4 | Sunday of week 5 |
        | C2    | Monday of week 1 | Sunday of week 3 |
      And 1 day has passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day          |
        | C1    | Monday of week 1 | Tuesday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day          |
        | C1    | Monday of week 1 | Tuesday of week 4 |
        | C1    | Monday of week 4 | Sunday of week 5  |
        | C2    | Monday of week 1 | Sunday of week 3  |

    @BSV-04 @AMB-27 @AMB-50
    Scenario: The last of three dates is brought forward, well ahead of it
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
        | C2    | Monday of week 1 | Sunday of week 3 |
        | C3    | Monday of week 1 | Sunday of week 5 |
      And 1 day has passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C3    | Monday of week 1 | Sunday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
        | C2    | Monday of week 1 | Sunday of week 3 |
        | C3    | Monday of week 1 | Sunday of week 4 |

    @BSV-04 @AMB-27 @AMB-50
    Scenario: Two of three dates are put off, well ahead of them
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
        | C2    | Monday of week 1 | Sunday of week 3 |
        | C3    | Monday of week 1 | Sunday of week 3 |
      And 1 day has passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Tuesday of week 4   |
        | C3    | Monday of week 1 | Wednesday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Tuesday of week 4   |
        | C2    | Monday of week 1 | Sunday of week 3    |
        | C3    | Monday of week 1 | Wednesday of week 4 |

    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date is put off, and put off again
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
      And 1 day has passed
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day          |
        | C1    | Monday of week 1 | Tuesday of week 4 |
      And 1 day has passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 4 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 4 |

    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date is put off, and moved back to where it was
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
      And 1 day has passed
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day          |
        | C1    | Monday of week 1 | Tuesday of week 4 |
      And 1 day has passed
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 3 |

    # On the Wednesday the date held, Friday, lies two days ahead, and the new one a day.
    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date is brought forward two days ahead of it
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |

    # On the Saturday the date held, Sunday, lies a day ahead, and the new one two days.
    @BSV-04 @AMB-27 @AMB-50
    Scenario: On a Saturday, a date that would be the next day is put off
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Saturday of week 2 |
      And 7 days have passed
      And it is Saturday 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Sunday of week 2 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Saturday of week 2 |

    # The date was Tuesday: on the Wednesday its billing window is open.
    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date is put off while its billing window is open
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Monday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Monday of week 2 |

    # Whether the date that comes in time is sent alone, or nothing of such an update, is left to the CIS.
    @BSV-04 @AMB-27 @AMB-50 @AMB-51
    Scenario: Of two dates the second comes too late
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Sunday of week 4   |
        | C2    | Monday of week 1 | Thursday of week 2 |
      And 7 days have passed
      And it is Wednesday 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Monday of week 5    |
        | C2    | Monday of week 1 | Wednesday of week 2 |
      Then no date of the schedule of "Lakeside" has been changed less than three days ahead

    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date that came too late is not sent with the next update either
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
        | C2    | Monday of week 1 | Sunday of week 4   |
      And 7 days have passed
      And it is Wednesday 09:00
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |
      And it is Wednesday 18:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C2    | Monday of week 1 | Monday of week 5 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
        | C2    | Monday of week 1 | Monday of week 5   |

    # On the Wednesday the date held, Thursday, lies a day ahead, and the new one two days.
    @BSV-04 @AMB-27 @AMB-50
    Scenario: A date that was put off in time is put off again, two days ahead of the new one
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 1 | Monday of week 2 |
      And 1 day has passed
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |
      And 6 days have passed
      And it is Wednesday 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |

    @BSV-04 @AMB-27 @AMB-50
    Scenario: The CIS is started again, and a date is brought forward two days ahead of it
      Given "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |
      And 7 days have passed
      And the CIS ends, and is started again
      And it is Wednesday 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day            |
        | C1    | Monday of week 1 | Wednesday of week 2 |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day        | last day           |
        | C1    | Monday of week 1 | Thursday of week 2 |

  Rule: A year's schedule is provided once; after that, only what people change

    @BSV-11 @advice @dated
    Scenario: Days pass, and nobody changes anything
      Given it is Monday 08:00
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day  | last day   |
        | C1    | 2011-02-01 | 2011-04-30 |
        | C1    | 2011-05-01 | 2011-07-31 |
        | C1    | 2011-08-01 | 2011-10-31 |
        | C1    | 2011-11-01 | 2012-01-31 |
      And it is Tuesday 09:00
      When 5 days have passed
      Then since Tuesday 09:00 the CIS has submitted no 8000
      And the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day  | last day   |
        | C1    | 2011-02-01 | 2011-04-30 |
        | C1    | 2011-05-01 | 2011-07-31 |
        | C1    | 2011-08-01 | 2011-10-31 |
        | C1    | 2011-11-01 | 2012-01-31 |
