@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - billing agent or AMI operator change

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new organisation, and the day from which it is the one

    @ISY-20
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute     | value             | from  |
        | Bakery | billing agent | Metering Partners | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value             | from     |
        | Bakery | billing agent | Lakeside          | long ago |
        | Bakery | billing agent | Metering Partners | <day>    |
        | Mill   | billing agent | Lakeside          | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-20
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute     | value             | from                |
        | Mill   | billing agent | Metering Partners | Wednesday of week 1 |
        | Bakery | billing agent | Green Power       | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value             | from                |
        | Mill   | billing agent | Lakeside          | long ago            |
        | Mill   | billing agent | Metering Partners | Wednesday of week 1 |
        | Bakery | billing agent | Lakeside          | long ago            |
        | Bakery | billing agent | Green Power       | Monday of week 2    |

    @ISY-20
    Scenario Outline: Another AMI operator for the second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute    | value             | from  |
        | Bakery | AMI operator | Metering Partners | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute    | value             | from     |
        | Bakery | AMI operator | Lakeside          | long ago |
        | Bakery | AMI operator | Metering Partners | <day>    |
        | Mill   | AMI operator | Lakeside          | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-20
    Scenario: Another AMI operator for both SDPs
      Given "Lakeside" puts on record
        | of     | attribute    | value             | from                |
        | Mill   | AMI operator | Metering Partners | Wednesday of week 1 |
        | Bakery | AMI operator | Green Power       | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute    | value             | from                |
        | Mill   | AMI operator | Metering Partners | Wednesday of week 1 |
        | Bakery | AMI operator | Lakeside          | long ago            |
        | Bakery | AMI operator | Green Power       | Monday of week 2    |

    @ISY-20
    Scenario: Billing agent and AMI operator change together, to two organisations
      Given "Lakeside" puts on record
        | of     | attribute     | value             | from                |
        | Bakery | billing agent | Metering Partners | Wednesday of week 1 |
        | Bakery | AMI operator  | Green Power       | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value             | from                |
        | Bakery | billing agent | Metering Partners | Wednesday of week 1 |
        | Bakery | AMI operator  | Green Power       | Wednesday of week 1 |

    @ISY-20
    Scenario: Another organisation bills from next week on, and a third from the week after
      Given "Lakeside" puts on record
        | of     | attribute     | value             | from             |
        | Bakery | billing agent | Metering Partners | Monday of week 2 |
        | Bakery | billing agent | Green Power       | Monday of week 3 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value             | from             |
        | Bakery | billing agent | Lakeside          | long ago         |
        | Bakery | billing agent | Metering Partners | Monday of week 2 |
        | Bakery | billing agent | Green Power       | Monday of week 3 |

    @ISY-20
    Scenario Outline: Who was it before is it again
      Given "Lakeside" puts on record
        | of     | attribute   | value             | from                |
        | Bakery | <attribute> | Metering Partners | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value    | from             |
        | Bakery | <attribute> | Lakeside | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value             | from                |
        | Bakery | <attribute> | Lakeside          | long ago            |
        | Bakery | <attribute> | Metering Partners | Wednesday of week 1 |
        | Bakery | <attribute> | Lakeside          | Monday of week 2    |

      Examples: Organisations
        | attribute     |
        | billing agent |
        | AMI operator  |
