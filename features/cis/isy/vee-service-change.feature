@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - VEE service change

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new VEE service, and the day from which it holds

    @ISY-17
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute   | value | from  |
        | Bakery | VEE service | 03    | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value | from     |
        | Bakery | VEE service | 02    | long ago |
        | Bakery | VEE service | 03    | <day>    |
        | Mill   | VEE service | 02    | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-17
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Mill   | VEE service | 03    | Wednesday of week 1 |
        | Bakery | VEE service | 05    | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value | from                |
        | Mill   | VEE service | 02    | long ago            |
        | Mill   | VEE service | 03    | Wednesday of week 1 |
        | Bakery | VEE service | 02    | long ago            |
        | Bakery | VEE service | 05    | Monday of week 2    |

    @ISY-17
    Scenario: An earlier day is put on record after a later one, and leaves it alone
      Given "Lakeside" puts on record
        | of     | attribute   | value | from             |
        | Bakery | VEE service | 03    | Monday of week 2 |
      And "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 05    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 02    | long ago            |
        | Bakery | VEE service | 05    | Wednesday of week 1 |
        | Bakery | VEE service | 03    | Monday of week 2    |

    @ISY-17
    Scenario: The VEE service is again what it was before
      Given "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 03    | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value | from             |
        | Bakery | VEE service | 02    | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 02    | long ago            |
        | Bakery | VEE service | 03    | Wednesday of week 1 |
        | Bakery | VEE service | 02    | Monday of week 2    |
