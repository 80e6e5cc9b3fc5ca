@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - meter removal

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the day from which the SDP has no meter

    @ISY-11
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute | value | from  |
        | Bakery | meter     | none  | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value        | from     |
        | Bakery | meter     | Bakery meter | long ago |
        | Bakery | meter     | none         | <day>    |
        | Mill   | meter     | Mill meter   | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-11
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Mill   | meter     | none  | Wednesday of week 1 |
        | Bakery | meter     | none  | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value        | from                |
        | Mill   | meter     | Mill meter   | long ago            |
        | Mill   | meter     | none         | Wednesday of week 1 |
        | Bakery | meter     | Bakery meter | long ago            |
        | Bakery | meter     | none         | Monday of week 2    |

  Rule: The communication module comes along: its asset, and its relationship to the meter

    @ISY-11
    Scenario: The set that tells of it holds both
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Bakery | meter     | none  | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Bakery" has meter "Bakery meter" holds its communication module, and how it belongs to the meter
