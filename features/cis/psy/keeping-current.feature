@PSY @CIS-SYNC
Feature: A CIS uses periodic audits to keep the MDM/R current

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Friday 10:00

  Rule: After a periodic audit the MDM/R knows what is so

    @PSY-07 @advice
    Scenario: Changes of both SDPs were not told before
      Given "Lakeside" puts on record
        | of     | attribute     | value      | from              |
        | Mill   | account       | New Tenant | Friday of week 1  |
        | Bakery | billing cycle | 17         | Friday of week 1  |
      When "Lakeside" is told to send a periodic audit
      Then the MDM/R knows
        | of     | attribute     | value      | from             |
        | Mill   | account       | New Tenant | Friday of week 1 |
        | Bakery | billing cycle | 17         | Friday of week 1 |

    @PSY-07 @advice
    Scenario: One of both is given up
      Given "Lakeside" gives up SDPs "Bakery" as of Friday of week 1
      When "Lakeside" is told to send a periodic audit
      Then the MDM/R knows
        | of     | attribute | value        | from                |
        | Mill   | account   | Mill account | long ago            |
        | Bakery | account   | nobody       | Saturday of week 1  |

  Rule: A periodic audit is made when the schedule says

    @PSY-08 @advice
    Scenario: The schedule says Sunday night
      Given "Lakeside" is told to send a periodic audit on Sunday 02:00
      When it is Sunday 12:00
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 02:00, and not later than it left

    @PSY-08 @advice
    Scenario: The schedule says Sunday night, and nothing was heard of the set before
      Given "Lakeside" puts on record
        | of   | attribute | value      | from             |
        | Mill | account   | New Tenant | Friday of week 1 |
      And the next IR14 for the CIS gets lost
      And the next IR06 for the CIS gets lost
      And the next IR07 for the CIS gets lost
      And "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit on Sunday 02:00
      When it is Sunday 12:00
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 02:00, and not later than it left

    @PSY-08 @advice
    Scenario: The schedule says Sunday night, and Sunday evening
      Given "Lakeside" is told to send a periodic audit on Sunday 02:00
      And "Lakeside" is told to send a periodic audit on Sunday 18:00
      When it is Sunday 22:00
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 18:00, and not later than it left

    @PSY-08 @advice
    Scenario: The schedule says Sunday night, and the CIS is started again before
      Given "Lakeside" is told to send a periodic audit on Sunday 02:00
      And it is Saturday 12:00
      And the CIS ends, and is started again
      When it is Sunday 12:00
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 02:00, and not later than it left

    @PSY-08 @advice
    Scenario: The schedule says Sunday night, and then Tuesday night
      Given "Lakeside" is told to send a periodic audit on Sunday 02:00
      And it is Saturday 12:00
      And "Lakeside" is told to send a periodic audit on Tuesday 02:00
      When it is Sunday 12:00
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 02:00, and not later than it left

    @PSY-08 @advice @dated
    Scenario: The schedule says a night in July, while clocks on the wall show summer time
      Given 182 days have passed
      And it is Saturday 12:00
      And "Lakeside" is told to send a periodic audit on Sunday 02:00
      When it is Sunday 12:00
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 02:00, and not later than it left
