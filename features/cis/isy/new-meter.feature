@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - add a new meter

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
      | of     | attribute | value |
      | Mill   | meter     | none  |
      | Bakery | meter     | none  |
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the meter, and the day from which the SDP has it

    @ISY-12
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute | value | from  |
        | Bakery | meter     | M1    | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value | from     |
        | Bakery | meter     | none  | long ago |
        | Bakery | meter     | M1    | <day>    |
        | M1     | meter ID  | M1    |          |
        | Mill   | meter     | none  | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-12
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Mill   | meter     | M1    | Wednesday of week 1 |
        | Bakery | meter     | M2    | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value | from                |
        | Mill   | meter     | none  | long ago            |
        | Mill   | meter     | M1    | Wednesday of week 1 |
        | Bakery | meter     | none  | long ago            |
        | Bakery | meter     | M2    | Monday of week 2    |
        | M2     | meter ID  | M2    |                     |

    @ISY-12
    Scenario: A meter is removed, and a week later another is there
      Given "Lakeside" puts on record
        | of     | attribute | value | from             |
        | Bakery | meter     | M1    | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Bakery | meter     | none  | Wednesday of week 1 |
        | Bakery | meter     | M2    | Wednesday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value | from                |
        | Bakery | meter     | M1    | Monday of week 1    |
        | Bakery | meter     | none  | Wednesday of week 1 |
        | Bakery | meter     | M2    | Wednesday of week 2 |

    @ISY-12
    Scenario: The meter was at another SDP until the day before
      Given "Lakeside" puts on record
        | of     | attribute | value  | from             |
        | Mill   | meter     | M1     | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Mill   | meter     | none  | Wednesday of week 1 |
        | Bakery | meter     | M1    | Thursday of week 1  |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value | from                |
        | Mill   | meter     | M1    | Monday of week 1    |
        | Mill   | meter     | none  | Wednesday of week 1 |
        | Bakery | meter     | none  | Monday of week 1    |
        | Bakery | meter     | M1    | Thursday of week 1  |

    @ISY-12
    Scenario: A meter comes back to the SDP that it was at
      Given "Lakeside" puts on record
        | of     | attribute | value | from             |
        | Bakery | meter     | M1    | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Bakery | meter     | none  | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Bakery | meter     | M1    | Wednesday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value | from                |
        | Bakery | meter     | M1    | Monday of week 1    |
        | Bakery | meter     | none  | Wednesday of week 1 |
        | Bakery | meter     | M1    | Wednesday of week 2 |

    @ISY-04
    Scenario: The set that tells of a meter that comes back holds its module
      Given "Lakeside" puts on record
        | of     | attribute | value | from             |
        | Bakery | meter     | M1    | Monday of week 1 |
        | Bakery | meter     | none  | Tuesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value | from             |
        | Bakery | meter     | M1    | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Bakery" has meter "M1" holds its communication module, and how it belongs to the meter
