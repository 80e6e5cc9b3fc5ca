@ISY @CIS-SYNC
Feature: A CIS tells of business scenario - account change

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: The MDM/R comes to know the new account, and the day from which it holds

    @ISY-19
    Scenario Outline: The second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute | value      | from  |
        | Bakery | account   | New Tenant | <day> |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value          | from     |
        | Bakery | account   | Bakery account | long ago |
        | Bakery | account   | New Tenant     | <day>    |
        | Mill   | account   | Mill account   | long ago |

      Examples: The day itself, the last day of the year before, the days on which summer time begins and ends, and 29 February
        | day                 |
        | Wednesday of week 1 |
        | 2010-12-31          |
        | 2011-03-13          |
        | 2011-11-06          |
        | 2012-02-29          |

    @ISY-19
    Scenario: Both SDPs, each from a day of its own
      Given "Lakeside" puts on record
        | of     | attribute | value         | from                |
        | Mill   | account   | New Tenant    | Wednesday of week 1 |
        | Bakery | account   | Newest Tenant | Monday of week 2    |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value          | from                |
        | Mill   | account   | Mill account   | long ago            |
        | Mill   | account   | New Tenant     | Wednesday of week 1 |
        | Bakery | account   | Bakery account | long ago            |
        | Bakery | account   | Newest Tenant  | Monday of week 2    |

    @ISY-19
    Scenario: The customer leaves, and nobody follows
      Given "Lakeside" puts on record
        | of     | attribute | value  | from                |
        | Bakery | account   | nobody | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value          | from                |
        | Bakery | account   | Bakery account | long ago            |
        | Bakery | account   | nobody         | Wednesday of week 1 |
        | Mill   | account   | Mill account   | long ago            |

    @ISY-19
    Scenario: Between two customers the SDP is empty for a week
      Given "Lakeside" puts on record
        | of     | attribute | value      | from                |
        | Bakery | account   | nobody     | Wednesday of week 1 |
        | Bakery | account   | New Tenant | Wednesday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value          | from                |
        | Bakery | account   | Bakery account | long ago            |
        | Bakery | account   | nobody         | Wednesday of week 1 |
        | Bakery | account   | New Tenant     | Wednesday of week 2 |

    @ISY-19
    Scenario: The customer is to leave next week, and nobody follows
      Given "Lakeside" puts on record
        | of     | attribute | value  | from             |
        | Bakery | account   | nobody | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value          | from             |
        | Bakery | account   | Bakery account | long ago         |
        | Bakery | account   | nobody         | Monday of week 2 |
        | Mill   | account   | Mill account   | long ago         |
