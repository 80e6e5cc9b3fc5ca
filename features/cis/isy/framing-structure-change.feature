@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - framing structure change

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new framing structure, and the day from which it holds

    @ISY-15
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute         | value       | from  |
        | Bakery | framing structure | TOU/CPP EST | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value       | from     |
        | Bakery | framing structure | hourly      | long ago |
        | Bakery | framing structure | TOU/CPP EST | <day>    |
        | Mill   | framing structure | hourly      | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-15
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute         | value       | from                |
        | Mill   | framing structure | TOU/CPP EST | Wednesday of week 1 |
        | Bakery | framing structure | periodic    | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value       | from                |
        | Mill   | framing structure | hourly      | long ago            |
        | Mill   | framing structure | TOU/CPP EST | Wednesday of week 1 |
        | Bakery | framing structure | hourly      | long ago            |
        | Bakery | framing structure | periodic    | Monday of week 2    |

    @ISY-15
    Scenario: The commodity stays what it is
      Given "Lakeside" puts on record
        | of     | attribute         | value       | from                |
        | Bakery | framing structure | TOU/CPP EST | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value       | from                |
        | Bakery | framing structure | TOU/CPP EST | Wednesday of week 1 |
        | Bakery | commodity type    | electricity | long ago            |

    @ISY-15
    Scenario: Time of use in the Central time zone
      Given "Lakeside" puts on record
        | of     | attribute         | value       | from                |
        | Mill   | framing structure | TOU/CPP EST | Wednesday of week 1 |
        | Bakery | framing structure | TOU/CPP CST | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value       | from                |
        | Mill   | framing structure | hourly      | long ago            |
        | Mill   | framing structure | TOU/CPP EST | Wednesday of week 1 |
        | Bakery | framing structure | hourly      | long ago            |
        | Bakery | framing structure | TOU/CPP CST | Wednesday of week 1 |
