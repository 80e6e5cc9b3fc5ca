@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - meter change

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new meter with its communication module, and the day from which the SDP has it

    @ISY-10
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute | value | from  |
        | Bakery | meter     | M2    | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of        | attribute            | value        | from     |
        | Bakery    | meter                | Bakery meter | long ago |
        | Bakery    | meter                | M2           | <day>    |
        | M2        | meter ID             | M2           |          |
        | M2 module | module ID            | M2 module    |          |
        | M2        | communication module | M2 module    | <day>    |
        | Mill      | meter                | Mill meter   | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-10
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Mill   | meter     | M2    | Wednesday of week 1 |
        | Bakery | meter     | M3    | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of        | attribute            | value        | from                |
        | Mill      | meter                | Mill meter   | long ago            |
        | Mill      | meter                | M2           | Wednesday of week 1 |
        | M2 module | module ID            | M2 module    |                     |
        | M2        | communication module | M2 module    | Wednesday of week 1 |
        | Bakery    | meter                | Bakery meter | long ago            |
        | Bakery    | meter                | M3           | Monday of week 2    |
        | M3 module | module ID            | M3 module    |                     |
        | M3        | communication module | M3 module    | Monday of week 2    |

    # The meter is free before it is given to the other SDP: else a set for each SDP might give it away too early.
    @ISY-10
    Scenario: A meter goes from one SDP to the other
      Given "Lakeside" puts on record
        | of   | attribute | value | from                |
        | Mill | meter     | M2    | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value      | from                |
        | Bakery | meter     | Mill meter | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value        | from                |
        | Mill   | meter     | Mill meter   | long ago            |
        | Mill   | meter     | M2           | Wednesday of week 1 |
        | Bakery | meter     | Bakery meter | long ago            |
        | Bakery | meter     | Mill meter   | Wednesday of week 1 |

  Rule: The communication module comes along: its asset, and its relationship to the meter

    @ISY-10
    Scenario: The set that tells of it holds both
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Bakery | meter     | M2    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Bakery" has meter "M2" holds its communication module, and how it belongs to the meter

    @ISY-10
    Scenario: The new meter has the communication module of the old one
      Given "Lakeside" puts on record
        | of     | attribute | value                              | from                |
        | Bakery | meter     | M2 with the module of Bakery meter | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute            | value               | from                |
        | Bakery | meter                | Bakery meter        | long ago            |
        | Bakery | meter                | M2                  | Wednesday of week 1 |
        | M2     | communication module | Bakery meter module | Wednesday of week 1 |

    @ISY-10
    Scenario: The meter was changed on Monday, and is changed again on Wednesday
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Bakery | meter     | M2    | Monday of week 1    |
        | Bakery | meter     | M3    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value        | from                |
        | Bakery | meter     | Bakery meter | long ago            |
        | Bakery | meter     | M2           | Monday of week 1    |
        | Bakery | meter     | M3           | Wednesday of week 1 |
