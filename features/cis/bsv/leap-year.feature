@BSV @CIS-BILLING @CIS-USDP @CIS-SYNC
Feature: A CIS asks for the quantities of a February that has 29 days

  Background:
    Given the first day is 2012-03-05
    And LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R

  Rule: A request begins with the first day of the period, and ends with the day after its last

    @BSV-09 @dated
    Scenario Outline: Days of February, with its last day and without it
      When "Lakeside" is told to request quantities of "Mill" from <first day> to <last day>, off cycle
      Then the CIS has asked for exactly these quantities
        | SDP  | first day   | last day   |
        | Mill | <first day> | <last day> |

      Examples: Until 29 February, and until the day before
        | period              | first day  | last day   |
        | the whole month     | 2012-02-01 | 2012-02-29 |
        | until the 28th      | 2012-02-15 | 2012-02-28 |
        | from the 29th       | 2012-02-29 | 2012-03-03 |
