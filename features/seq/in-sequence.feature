@SEQ @SYNC
Feature: Synchronization file sets are processed in sequence
  I-Sync and P-Sync sets share one sequence of numbers. What a set changed is seen in its IR06, and in what
  later sets find.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6

  Rule: Sets are processed in the order of the Sequence Number, not of arrival

    @SEQ-01 @uses:SRP-03 @uses:SEQ-05
    Scenario: Two sets arrive the wrong way round
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 10:20
      When set 7 arrives
      And it is Wednesday 10:21
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |
      And IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | A7     | B8    |

    @SEQ-01 @uses:SRP-03
    Scenario: Three sets arrive backwards
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And I-Sync set 9 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C9    | today |
      And it is Wednesday 10:00
      And set 9 arrives
      And set 8 arrives
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | A7     | B8    |
      And IR06 of set 9 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | B8     | C9    |

    @SEQ-01 @uses:SRP-03 @uses:SEQ-05
    Scenario: From set 9 to set 10
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And I-Sync set 9 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C9    | today |
      And I-Sync set 10 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | D10   | today |
      And it is Wednesday 10:00
      And set 7 arrives
      And set 8 arrives
      And set 10 arrives
      And it is Wednesday 10:20
      When set 9 arrives
      And it is Wednesday 10:21
      Then IR06 of set 9 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | C9    |
      And IR06 of set 10 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C9     | D10   |

    @SEQ-01 @uses:SRP-03 @uses:SEQ-05
    Scenario Outline: The next number has one digit more
      Given LDC "Hilltop" is registered
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set <before>
      And I-Sync set <last> of "Hilltop" changes
        | of   | attribute     | value | from  |
        | Barn | billing cycle | A     | today |
      And I-Sync set <next> of "Hilltop" changes
        | of   | attribute     | value | from  |
        | Barn | billing cycle | B     | today |
      And it is Wednesday 10:00
      And set <next> of "Hilltop" arrives
      And it is Wednesday 10:20
      When set <last> of "Hilltop" arrives
      And it is Wednesday 10:21
      Then IR06 of set <last> of "Hilltop" shows exactly
        | of   | attribute     | from  | before | after |
        | Barn | billing cycle | today | C1     | A     |
      And IR06 of set <next> of "Hilltop" shows exactly
        | of   | attribute     | from  | before | after |
        | Barn | billing cycle | today | A      | B     |

      Examples: Three digits, four, and six
        | case                 | before | last  | next   |
        | from 99 to 100       | 98     | 99    | 100    |
        | from 999 to 1000     | 998    | 999   | 1000   |
        | from 99999 to 100000 | 99998  | 99999 | 100000 |

    @SEQ-01 @AMB-23 @uses:SRP-03
    Scenario: An old sequence number changes nothing
      Given another I-Sync set 6 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | OLD   | today |
      And I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And it is Wednesday 10:00
      And the other set 6 arrives
      And it is Wednesday 12:00
      When set 7 arrives
      And it is Wednesday 12:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |

    @SEQ-02 @AMB-35:exception @uses:PSY-04
    Scenario: After a P-Sync set with exceptions the next number is expected
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute   | value | from        | until       |
        | Mill | VEE service | 02    | long ago    | 90 days ago |
        | Mill | VEE service | 04    | 90 days ago | 30 days ago |
        | Mill | VEE service | 02    | 30 days ago |             |
      And I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then set 8 has been processed

    @SEQ-01 @AMB-23 @AMB-35:exception @uses:PSY-04 @uses:SRP-03
    Scenario: The number of a set with exceptions is an old one as well
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute   | value | from        | until       |
        | Mill | VEE service | 02    | long ago    | 90 days ago |
        | Mill | VEE service | 04    | 90 days ago | 30 days ago |
        | Mill | VEE service | 02    | 30 days ago |             |
      And another I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | OLD   | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      And set 7 has had its time
      And the other set 7 arrives
      And 1 day has passed
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B8    |

  Rule: I-Sync and P-Sync share the sequence: the next number is expected, whichever kind comes next

    @SEQ-02
    Scenario: A P-Sync set takes the number after an I-Sync set
      Given P-Sync set 7 lists "Mill"
      And it is Wednesday 10:00
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has been processed

    @SEQ-02
    Scenario: An I-Sync set takes the number after a P-Sync set
      Given P-Sync set 7 lists "Mill"
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then set 8 has been processed

    @SEQ-02 @uses:SEQ-03
    Scenario: An I-Sync set waits for the P-Sync set before it
      Given P-Sync set 7 lists "Mill"
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      When it is Wednesday 10:30
      Then set 8 has not been processed

    @SEQ-02 @uses:SEQ-03
    Scenario: A P-Sync set waits for the I-Sync set before it
      Given I-Sync set 7 changes nothing
      And P-Sync set 8 lists "Mill"
      And it is Wednesday 10:00
      And set 8 arrives
      When it is Wednesday 10:30
      Then set 8 has not been processed

  Rule: A set that arrives ahead of its predecessor is held, and changes nothing while held

    @SEQ-03
    Scenario: Nobody hears of a set that is held
      Given I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      When set 8 arrives
      And it is Wednesday 10:45
      Then set 8 has not been processed
      And nobody has received IR14 for set 8

    @SEQ-03 @uses:SRP-03
    Scenario: The predecessor finds nothing changed
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
        | Mill | VEE service   | 04    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 10:45
      When set 7 arrives
      And it is Wednesday 10:46
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |

  Rule: When the missing sets come within the wait-time, the held ones follow in sequence, and no IR10 is produced

    @SEQ-04 @uses:SEQ-05
    Scenario: The predecessor comes in the hour's last minute
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      And it is Wednesday 10:59
      When set 7 arrives
      And it is Wednesday 12:30
      Then set 8 has been processed
      And nobody has received IR10

    @SEQ-04 @uses:SEQ-05
    Scenario: Several held sets follow at once
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And I-Sync set 9 changes nothing
      And I-Sync set 10 changes nothing
      And it is Wednesday 10:00
      And set 10 arrives
      And set 8 arrives
      And set 9 arrives
      And it is Wednesday 10:30
      When set 7 arrives
      And it is Wednesday 10:31
      Then set 8 has been processed
      And set 9 has been processed
      And set 10 has been processed
      And nobody has received IR10

    @SEQ-04 @uses:SEQ-05
    Scenario: Only the sets up to the next gap follow
      Given I-Sync set 7 changes nothing
      And I-Sync set 8 changes nothing
      And I-Sync set 10 changes nothing
      And it is Wednesday 10:00
      And set 10 arrives
      And set 8 arrives
      And it is Wednesday 10:30
      When set 7 arrives
      And it is Wednesday 10:31
      Then set 8 has been processed
      And set 10 has not been processed

    @SEQ-04 @AMB-05:number-stays @AMB-06 @uses:SEQ-06 @uses:SEQ-08
    Scenario Outline: The predecessor is rejected, and comes again in time
      Given I-Sync set 7 changes nothing
      And another I-Sync set 7 changes nothing
      And <what is held>
      And it is Wednesday 10:00
      And set 7 arrives without file 03
      And it is Wednesday 10:30
      And set 8 arrives
      And it is Wednesday 11:02
      And "Lakeside" has received IR10 for set 7
      When the other set 7 arrives
      And it is Wednesday 12:00
      And set 8 has had its time
      Then set 8 has been processed
      And nobody has received IR10 for set 8

      Examples: A set of the same kind, and one of the other
        | case   | what is held                 |
        | I-Sync | I-Sync set 8 changes nothing |
        | P-Sync | P-Sync set 8 lists "Mill"    |

  Rule: Any number of I-Sync sets may come in a day, each processed on receipt

    @SEQ-09
    Scenario: Three sets of a day are each processed as they come
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And I-Sync set 9 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C9    | today |
      And it is Wednesday 08:00
      And set 7 arrives
      And it is Wednesday 14:00
      And set 8 arrives
      And it is Wednesday 21:40
      When set 9 arrives
      And it is Wednesday 21:41
      Then set 7 was processed on receipt
      And set 8 was processed on receipt
      And set 9 was processed on receipt

    @SEQ-09
    Scenario: On a Saturday night, too
      Given I-Sync set 7 changes nothing
      And it is Saturday 23:30
      When set 7 arrives
      And it is Saturday 23:31
      Then set 7 was processed on receipt

  Rule: A P-Sync set is processed in sequence with the I-Sync sets, whenever it comes
    When, is not said: its processing may be put off by the hours that the profile states. It "has had its time" when they
    are over.

    @SEQ-10 @uses:SRP-03
    Scenario: A P-Sync set between two I-Sync sets
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And P-Sync set 8 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And I-Sync set 9 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C9    | today |
      And it is Wednesday 10:00
      And set 8 arrives
      And set 7 arrives
      And set 8 has had its time
      When set 9 arrives
      And set 9 has had its time
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | A7     | B8    |
      And IR06 of set 9 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | B8     | C9    |

    @SEQ-10
    Scenario: A P-Sync set in the small hours of a Sunday
      Given P-Sync set 7 lists "Mill"
      And it is Sunday 03:10
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has been processed

    @SEQ-10 @uses:SRP-03
    Scenario: An I-Sync set that comes right behind a P-Sync set does not overtake it
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | A7    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | A7    |
      And IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | A7     | B8    |
