@BSV @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: A CIS counts the days before a date over the end of a month

  Rule: A date is changed three days ahead or more, and never later

    # The date, the day after the period's last, lies a day ahead of the Thursday or Tuesday, and the new one two days.
    @BSV-04 @AMB-27 @AMB-50 @dated
    Scenario Outline: A date that would be the next day is put off to the first of a month
      Given the first day is <first day>
      And LDC "Lakeside" is registered
      And the CIS of "Lakeside" is under test
      And "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day   | last day |
        | C1    | <first day> | <held>   |
      And it is <weekday> 09:00
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day   | last day |
        | C1    | <first day> | <new>    |
      Then the MDM/R has been given exactly this schedule of "Lakeside"
        | cycle | first day   | last day |
        | C1    | <first day> | <held>   |

      Examples: Of a year, and of a February that has 29 days
        | month         | first day  | weekday  | held       | new        |
        | December      | 2010-12-27 | Thursday | 2010-12-30 | 2010-12-31 |
        | New Year      | 2010-12-27 | Friday   | 2010-12-31 | 2011-01-01 |
        | February 2012 | 2012-02-27 | Tuesday  | 2012-02-28 | 2012-02-29 |
