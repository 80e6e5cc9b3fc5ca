@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - billing cycle ID change

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new Billing Cycle ID, and the day from which it holds

    @ISY-16
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute     | value | from  |
        | Bakery | billing cycle | 17    | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from     |
        | Bakery | billing cycle | C1    | long ago |
        | Bakery | billing cycle | 17    | <day>    |
        | Mill   | billing cycle | C1    | long ago |

      Examples: The day itself, the days between which a year ends, those on which summer time begins and ends, and the end of February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-01-01          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-28          |
        | 2012-02-29          |

    @ISY-16
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | C1    | long ago            |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | C1    | long ago            |
        | Bakery | billing cycle | 18    | Monday of week 2    |

    @ISY-16
    Scenario: An earlier day is put on record after a later one, and leaves it alone
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | 18    | Monday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | C1    | long ago            |
        | Bakery | billing cycle | 18    | Monday of week 1    |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |

    @ISY-16
    Scenario: What was put on record is corrected before its day comes
      Given "Lakeside" puts on record
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | 17    | Monday of week 2 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | 18    | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | C1    | long ago         |
        | Bakery | billing cycle | 18    | Monday of week 2 |

    @ISY-16
    Scenario: Another billing cycle next week, and another the week after
      Given "Lakeside" puts on record
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | 17    | Monday of week 2 |
        | Bakery | billing cycle | 18    | Monday of week 3 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | C1    | long ago         |
        | Bakery | billing cycle | 17    | Monday of week 2 |
        | Bakery | billing cycle | 18    | Monday of week 3 |

    @ISY-16
    Scenario: Two Billing Cycle IDs that differ by a zero at their beginning
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 017   | Wednesday of week 1 |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 017   | Wednesday of week 1 |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |

    @ISY-16
    Scenario: The billing cycle is again what it was before
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value | from             |
        | Bakery | billing cycle | C1    | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | C1    | long ago            |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | C1    | Monday of week 2    |
