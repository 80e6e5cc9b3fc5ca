@PSY @CIS-SYNC
Feature: A periodic audit changes nothing that had ended

  Background:
    Given LDC "Lakeside" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 06:00

  Rule: What had ended before the audit is told by an I-Sync, or not at all

    @PSY-04
    Scenario: It comes to light that a customer was there for a week last month
      Given "Lakeside" puts on record
        | of     | attribute | value          | from       |
        | Bakery | account   | Passing Tenant | 2010-12-06 |
        | Bakery | account   | Bakery account | 2010-12-13 |
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: A billing cycle that ended yesterday, and one that ends today
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Monday of week 1    |
        | Mill   | billing cycle | 18    | Tuesday of week 1   |
        | Bakery | billing cycle | 17    | Tuesday of week 1   |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: It comes to light that much was otherwise for some days of last month
      Given "Lakeside" puts on record
        | of     | attribute         | value       | from       |
        | Bakery | VEE service       | 02          | 2010-12-06 |
        | Bakery | VEE service       | 03          | 2010-12-13 |
        | Bakery | CT/PT multiplier  | 40          | 2010-12-06 |
        | Bakery | CT/PT multiplier  | 1           | 2010-12-13 |
        | Bakery | framing structure | TOU/CPP EST | 2010-12-06 |
        | Bakery | framing structure | hourly      | 2010-12-13 |
        | Bakery | billing agent     | Green Power | 2010-12-06 |
        | Bakery | billing agent     | Lakeside    | 2010-12-13 |
        | Bakery | AMI operator      | Green Power | 2010-12-06 |
        | Bakery | AMI operator      | Lakeside    | 2010-12-13 |
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: A meter that was there last year, at the second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute | value        | from       |
        | Bakery | meter     | M7           | 2010-11-01 |
        | Bakery | meter     | Bakery meter | 2010-12-31 |
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: It comes to light that a retailer was there last month
      Given "Lakeside" puts on record
        | of     | attribute               | value       | from       |
        | Bakery | energy service provider | Green Power | 2010-12-06 |
        | Bakery | energy service provider | nobody      | 2010-12-31 |
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: A component has left a virtual SDP some days ago
      Given "Lakeside" creates SDPs "Depot"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And 7 days have passed
      And as of Monday of week 2, virtual SDP "Both" of "Lakeside" aggregates "Mill" and "Depot"
      And it is Thursday 06:00
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: The I-Sync after the audit tells of it
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 17    | Monday of week 1    |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | C1    | long ago            |
        | Bakery | billing cycle | 17    | Monday of week 1    |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And no P-Sync set of "Lakeside" changes a state that had ended

    @PSY-04
    Scenario: It comes to light that the address was another, and the service cut, for some days of last month
      Given "Lakeside" puts on record
        | of     | attribute      | value       | from       |
        | Bakery | address        | 9 Weir St   | 2010-12-06 |
        | Bakery | address        | 1 Main St   | 2010-12-13 |
        | Bakery | service status | cut at pole | 2010-12-06 |
        | Bakery | service status | booted      | 2010-12-13 |
      When "Lakeside" is told to send a periodic audit
      Then no P-Sync set of "Lakeside" changes a state that had ended
