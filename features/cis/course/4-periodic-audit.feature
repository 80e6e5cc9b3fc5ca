@CIS-USDP @CIS-SYNC
Feature: A periodic audit says everything that is so, between two I-Syncs
  Four orders, on four days: a billing cycle came and went before the audit, and an SDP was given up.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill", "Bakery", "Depot" and "Barn" as of Monday of week 1, with
      | of     | attribute | value  |
      | Bakery | account   | nobody |
    And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" is told to synchronize
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" puts on record
      | of   | attribute     | value | from                |
      | Mill | billing cycle | 17    | Tuesday of week 1   |
      | Mill | billing cycle | 18    | Wednesday of week 1 |
    And "Lakeside" gives up SDPs "Depot" as of Tuesday of week 1
    And "Lakeside" is told to send a periodic audit
    And the file sets of the CIS have had their time
    And the next day has begun

  Rule: A P-Sync lists every active SDP with all that is so, and nothing that has ended

    @PSY-01
    Scenario: All active SDPs are listed, with what belongs to them now
      When "Lakeside" is told to synchronize
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery", "Barn" and "Both"
      And the last P-Sync set of "Lakeside" says
        | of   | attribute     | value      | from                |
        | Mill | billing cycle | 18         | Wednesday of week 1 |
        | Barn | billing cycle | C1         | Monday of week 1    |
        | Barn | meter         | Barn meter | Monday of week 1    |

    @PSY-04
    Scenario: The billing cycle that had ended is not told by the audit
      When "Lakeside" is told to synchronize
      Then no P-Sync set of "Lakeside" changes a state that had ended

  Rule: I-Sync and P-Sync share one form and one sequence

    @SEQ-02
    Scenario: An audit takes the number between those of two I-Syncs
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from the first that was expected

    @SYN-02
    Scenario: File 07 of the audit tells of the virtual SDP
      When "Lakeside" is told to synchronize
      Then one P-Sync set of "Lakeside" tells of virtual SDP "Both" in file 07

    @SYN-03
    Scenario: Each file of the audit keeps to its format
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" keeps to the format of its number

    @SYN-11
    Scenario: Each record of the audit stands in its file
      When "Lakeside" is told to synchronize
      Then each record of "Lakeside" stands in the file of its kind
