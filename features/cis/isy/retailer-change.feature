@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - retailer (Energy Service Provider) change

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
      | of     | attribute            | value             |
      | Bakery | CCA service provider | Metering Partners |
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new retailer, and the day from which it is the one

    @ISY-21
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute               | value       | from  |
        | Bakery | energy service provider | Green Power | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value       | from     |
        | Bakery | energy service provider | nobody      | long ago |
        | Bakery | energy service provider | Green Power | <day>    |
        | Mill   | energy service provider | nobody      | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-21
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute               | value             | from                |
        | Mill   | energy service provider | Green Power       | Wednesday of week 1 |
        | Bakery | energy service provider | Metering Partners | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value             | from                |
        | Mill   | energy service provider | nobody            | long ago            |
        | Mill   | energy service provider | Green Power       | Wednesday of week 1 |
        | Bakery | energy service provider | nobody            | long ago            |
        | Bakery | energy service provider | Metering Partners | Monday of week 2    |

    @ISY-21
    Scenario: The retailer leaves, and none follows
      Given "Lakeside" puts on record
        | of     | attribute               | value       | from             |
        | Bakery | energy service provider | Green Power | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute               | value  | from                |
        | Bakery | energy service provider | nobody | Wednesday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value             | from                |
        | Bakery | energy service provider | nobody            | long ago            |
        | Bakery | energy service provider | Green Power       | Monday of week 1    |
        | Bakery | energy service provider | nobody            | Wednesday of week 2 |
        | Bakery | CCA service provider    | Metering Partners | long ago            |

    @ISY-21
    Scenario: The retailer has left, and two days later another comes
      Given "Lakeside" puts on record
        | of     | attribute               | value       | from                |
        | Bakery | energy service provider | Green Power | Monday of week 1    |
        | Bakery | energy service provider | nobody      | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute               | value             | from             |
        | Bakery | energy service provider | Metering Partners | Friday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value             | from                |
        | Bakery | energy service provider | Green Power       | Monday of week 1    |
        | Bakery | energy service provider | nobody            | Wednesday of week 1 |
        | Bakery | energy service provider | Metering Partners | Friday of week 1    |

    @ISY-21
    Scenario: One retailer follows another
      Given "Lakeside" puts on record
        | of     | attribute               | value             | from                |
        | Bakery | energy service provider | Green Power       | Monday of week 1    |
        | Bakery | energy service provider | Metering Partners | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value             | from                |
        | Bakery | energy service provider | Green Power       | Monday of week 1    |
        | Bakery | energy service provider | Metering Partners | Wednesday of week 1 |

    @ISY-21
    Scenario: Another retailer comes, and then the one before it again
      Given "Lakeside" puts on record
        | of     | attribute               | value             | from                |
        | Bakery | energy service provider | Green Power       | Monday of week 1    |
        | Bakery | energy service provider | Metering Partners | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute               | value       | from             |
        | Bakery | energy service provider | Green Power | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value             | from                |
        | Bakery | energy service provider | Green Power       | Monday of week 1    |
        | Bakery | energy service provider | Metering Partners | Wednesday of week 1 |
        | Bakery | energy service provider | Green Power       | Monday of week 2    |
