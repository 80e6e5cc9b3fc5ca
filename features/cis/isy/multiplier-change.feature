@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - CT/PT multiplier change

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new CT/PT multiplier, and the day from which it holds

    @ISY-18
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute        | value | from  |
        | Bakery | CT/PT multiplier | 40    | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute        | value | from     |
        | Bakery | CT/PT multiplier | 1     | long ago |
        | Bakery | CT/PT multiplier | 40    | <day>    |
        | Mill   | CT/PT multiplier | 1     | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-18
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute        | value | from                |
        | Mill   | CT/PT multiplier | 40    | Wednesday of week 1 |
        | Bakery | CT/PT multiplier | 60    | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute        | value | from                |
        | Mill   | CT/PT multiplier | 1     | long ago            |
        | Mill   | CT/PT multiplier | 40    | Wednesday of week 1 |
        | Bakery | CT/PT multiplier | 1     | long ago            |
        | Bakery | CT/PT multiplier | 60    | Monday of week 2    |

    @ISY-18
    Scenario: A multiplier is 1 again
      Given "Lakeside" puts on record
        | of     | attribute        | value | from             |
        | Bakery | CT/PT multiplier | 40    | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute        | value | from                |
        | Bakery | CT/PT multiplier | 1     | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute        | value | from                |
        | Bakery | CT/PT multiplier | 1     | long ago            |
        | Bakery | CT/PT multiplier | 40    | Monday of week 1    |
        | Bakery | CT/PT multiplier | 1     | Wednesday of week 1 |

    @ISY-18
    Scenario: A multiplier of four digits
      Given "Lakeside" puts on record
        | of     | attribute        | value | from                |
        | Bakery | CT/PT multiplier | 1200  | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute        | value | from                |
        | Bakery | CT/PT multiplier | 1     | long ago            |
        | Bakery | CT/PT multiplier | 1200  | Wednesday of week 1 |
