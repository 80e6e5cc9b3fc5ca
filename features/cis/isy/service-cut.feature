@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - service cut at the pole

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know that the service was cut, and on which day

    @ISY-13
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute      | value       | from  |
        | Bakery | service status | cut at pole | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute      | value       | from     |
        | Bakery | service status | connected   | long ago |
        | Bakery | service status | cut at pole | <day>    |
        | Mill   | service status | connected   | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-13
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute      | value       | from                |
        | Mill   | service status | cut at pole | Wednesday of week 1 |
        | Bakery | service status | cut at pole | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute      | value       | from                |
        | Mill   | service status | connected   | long ago            |
        | Mill   | service status | cut at pole | Wednesday of week 1 |
        | Bakery | service status | connected   | long ago            |
        | Bakery | service status | cut at pole | Monday of week 2    |

    @ISY-13
    Scenario: The service is cut, the meter booted, and the service cut again
      Given "Lakeside" puts on record
        | of     | attribute      | value       | from             |
        | Bakery | service status | cut at pole | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute      | value  | from              |
        | Bakery | service status | booted | Tuesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute      | value       | from             |
        | Bakery | service status | cut at pole | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute      | value       | from              |
        | Bakery | service status | cut at pole | Monday of week 1  |
        | Bakery | service status | booted      | Tuesday of week 1 |
        | Bakery | service status | cut at pole | Monday of week 2  |
