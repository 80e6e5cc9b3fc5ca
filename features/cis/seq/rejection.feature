@SEQ @CIS-SYNC
Feature: A CIS goes on in sequence after a file set was rejected

  # By one reading the number of a rejected set is still the one that is expected, and the set that is sent in its place has it again:
  # that is not to use it twice. By another reading it is used up, and the next number is expected (AMB-05).

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And the next expected sequence number of "Lakeside" is 7
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00
    And "Lakeside" puts on record
      | of   | attribute     | value | from                |
      | Mill | billing cycle | 17    | Wednesday of week 1 |

  Rule: After a rejection the numbers go on, without a gap

    @SEQ-08 @AMB-05
    Scenario: A file of a set gets lost, and later something else is to be told
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 05    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    # Of a CIS that states the one reading.
    @SEQ-08 @AMB-05:number-stays
    Scenario: The number is the one that is still expected
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    # Of a CIS that states the other.
    @SEQ-08 @AMB-05:number-used-up
    Scenario: The number was used up, and the next one is expected
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    @SEQ-08 @AMB-05
    Scenario: The manifest of a P-Sync set gets lost
      Given file 00 of the next file set of the CIS gets lost
      And "Lakeside" is told to send a periodic audit
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    @SEQ-08 @AMB-05
    Scenario: A set waits for the one that lost a file, and both are rejected
      Given file 05 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 05    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    @SEQ-08 @AMB-05
    Scenario: The CIS is started again between the rejection and what comes next
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And the CIS ends, and is started again
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

  Rule: So they do after a set failed to load

    # By one reading its number is still expected (AMB-22), and what comes in its place has it. By the other it is used up.

    @SEQ-08 @AMB-22:number-stays
    Scenario: A record was damaged on its way, and later something else is to be told
      Given the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 05    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    @SEQ-08 @AMB-22:number-used-up
    Scenario: A record was damaged on its way, and the number is used up
      Given the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    @SEQ-08 @AMB-22:number-stays
    Scenario: A P-Sync set fails to load, and a change is to be told
      Given the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

    @SEQ-08 @AMB-22:number-stays
    Scenario: A record was damaged on its way, and the CIS is started again before something is to be told
      Given the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told to synchronize
      Then the numbers of "Lakeside" from 7 on have no gap, and none is used twice

  Rule: What a rejected set told is told again once the problem is put right

    # IR10 informs; that the set is to be sent again follows from it, and is not written on a slide.

    @SEQ-08 @AMB-05 @advice
    Scenario: The set comes again, whole
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of   | attribute     | value | from                |
        | Mill | billing cycle | C1    | long ago            |
        | Mill | billing cycle | 17    | Wednesday of week 1 |

    # Of a set whose manifest never came the MDM/R knows no number: the rejection names the TX_ID alone.
    @SEQ-08 @AMB-05 @advice
    Scenario: The manifest of the set got lost, and the set comes again
      Given file 00 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of   | attribute     | value | from                |
        | Mill | billing cycle | C1    | long ago            |
        | Mill | billing cycle | 17    | Wednesday of week 1 |

    @SEQ-08 @AMB-05 @advice
    Scenario: Three sets were rejected, and all come again
      Given file 05 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And it is Wednesday 10:20
      And "Lakeside" puts on record
        | of     | attribute   | value | from                |
        | Bakery | VEE service | 05    | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And it is Wednesday 10:40
      And "Lakeside" puts on record
        | of     | attribute | value      | from                |
        | Bakery | account   | New Tenant | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of     | attribute     | value      | from                |
        | Mill   | billing cycle | 17         | Wednesday of week 1 |
        | Bakery | VEE service   | 05         | Wednesday of week 1 |
        | Bakery | account       | New Tenant | Wednesday of week 1 |

    @SEQ-08 @AMB-05 @advice
    Scenario: The CIS is started again before the set comes again
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And the CIS ends, and is started again
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of   | attribute     | value | from                |
        | Mill | billing cycle | C1    | long ago            |
        | Mill | billing cycle | 17    | Wednesday of week 1 |

    @SEQ-08 @AMB-05 @advice
    Scenario: The set is rejected for a second time, and comes a third time
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told that the problem is put right
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of   | attribute     | value | from                |
        | Mill | billing cycle | C1    | long ago            |
        | Mill | billing cycle | 17    | Wednesday of week 1 |

    @SEQ-08 @AMB-05 @advice
    Scenario: The set tells which SDPs a virtual one comes to aggregate, and comes again, whole
      Given "Lakeside" creates SDPs "Depot"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And file 03 of the next file set of the CIS gets lost
      And as of Monday of week 2, virtual SDP "Both" of "Lakeside" aggregates "Mill" and "Depot"
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of   | attribute | value | from             |
        | Both | component | Depot | Monday of week 2 |

    # What had ended by Monday no audit may tell any more: it is told by the set of Wednesday, or by an I-Sync set.
    @SEQ-08 @AMB-05 @advice
    Scenario: A P-Sync set was rejected, and comes again after the weekend
      Given "Lakeside" puts on record
        | of   | attribute     | value | from             |
        | Mill | billing cycle | 18    | Friday of week 1 |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to send a periodic audit
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And it is Monday 10:00
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute     | value | from                |
        | Mill | billing cycle | 17    | Wednesday of week 1 |
        | Mill | billing cycle | 18    | Friday of week 1    |

    @SEQ-08 @AMB-05 @advice
    Scenario: A set told what had ended, and an audit is ordered before it comes again
      Given "Lakeside" puts on record
        | of     | attribute   | value | from       |
        | Bakery | VEE service | 05    | 2010-12-06 |
        | Bakery | VEE service | 03    | 2010-12-13 |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told to send a periodic audit
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of     | attribute   | value | from       |
        | Bakery | VEE service | 05    | 2010-12-06 |
        | Bakery | VEE service | 03    | 2010-12-13 |
