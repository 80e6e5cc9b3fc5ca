@SEQ @CIS-SYNC
Feature: A CIS numbers all file sets of an LDC in one sequence

  # How many sets a CIS makes of what it has to tell is left to it: one for each change, or one for all.

  Background:
    Given LDC "Lakeside" is registered

  Rule: The next number is used by the next set, be it I-Sync or P-Sync

    @SEQ-02
    Scenario: The first set of all
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02
    Scenario: Two I-Sync sets, a P-Sync set, and an I-Sync set again
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value |
        | Bakery | VEE service | 05    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7

    # A set that is loaded with a warning is loaded, and has used its number up.
    @SEQ-02 @uses:STL-05
    Scenario: A set is loaded with a warning, and people say that all is well
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Wednesday 10:00
      And the next IR14 for the CIS has one warning more
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute   | value |
        | Bakery | VEE service | 05    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02
    Scenario: Two P-Sync sets in a row, on both sides of a Sunday
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 99
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Saturday 23:00
      And "Lakeside" is told to send a periodic audit
      And it is Monday 01:00
      When "Lakeside" is told to send a periodic audit
      Then the file sets of "Lakeside" are numbered one after the other from 99

    @SEQ-02
    Scenario: An I-Sync and a P-Sync are ordered at once
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute | value      |
        | Bakery | account   | New Tenant |
      When "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit
      Then the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02
    Scenario: An I-Sync and two P-Syncs are ordered at once, before anything is heard of the first
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit
      When "Lakeside" is told to send a periodic audit
      Then the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02
    Scenario: People order an I-Sync when there is nothing to tell, and another when there is
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02
    Scenario: A P-Sync set on a Sunday, and an I-Sync set on the Monday after it
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Sunday 12:00
      And "Lakeside" is told to send a periodic audit
      And it is Monday 09:00
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7

  Rule: The sequence goes on over a restart of the CIS

    @SEQ-02
    Scenario: The CIS ends after an I-Sync set, and is started again
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And the CIS ends, and is started again
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02
    Scenario: The CIS ends after a P-Sync set, and is started again
      Given the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told to send a periodic audit
      Then the file sets of "Lakeside" are numbered one after the other from 7

  Rule: Each LDC has a sequence of its own, or its agent has one for what it submits

    @SEQ-02 @AMB-34 @agent
    Scenario: An agent works for two LDCs, and sends sets of the second, the first and the second
      Given LDC "Hilltop" is registered
      And the CIS of agent "Metering Partners" is under test
      And the next expected sequence number of "Lakeside" is 7
      And the next expected sequence number of "Hilltop" is 41
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Lakeside" creates SDPs "Mill"
      And "Hilltop" creates SDPs "Barn"
      And "Lakeside" is told to request Universal SDP IDs
      And "Hilltop" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Hilltop" is told to synchronize
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Hilltop" puts on record
        | of   | attribute     | value |
        | Barn | billing cycle | 17    |
      When "Hilltop" is told to synchronize
      Then the file sets of "Hilltop" are numbered one after the other from 41
      And the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02 @AMB-34 @agent
    Scenario: The CIS of an agent of two LDCs ends, and is started again
      Given LDC "Hilltop" is registered
      And the CIS of agent "Metering Partners" is under test
      And the next expected sequence number of "Lakeside" is 7
      And the next expected sequence number of "Hilltop" is 41
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Lakeside" creates SDPs "Mill"
      And "Hilltop" creates SDPs "Barn"
      And "Lakeside" is told to request Universal SDP IDs
      And "Hilltop" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And "Hilltop" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      And "Hilltop" puts on record
        | of   | attribute     | value |
        | Barn | billing cycle | 17    |
      And "Hilltop" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Hilltop" are numbered one after the other from 41
      And the file sets of "Lakeside" are numbered one after the other from 7

    @SEQ-02 @AMB-34:per-submitter @agent
    Scenario: An agent that counts together what it submits sends sets of the second of two LDCs, the first and the second
      Given LDC "Hilltop" is registered
      And the CIS of agent "Metering Partners" is under test
      And the next expected sequence number of "Metering Partners" is 23
      And the next expected sequence number of "Lakeside" is 7
      And the next expected sequence number of "Hilltop" is 41
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has authorised "Metering Partners" to submit 4000
      And "Lakeside" creates SDPs "Mill"
      And "Hilltop" creates SDPs "Barn"
      And "Lakeside" is told to request Universal SDP IDs
      And "Hilltop" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Hilltop" is told to synchronize
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Hilltop" puts on record
        | of   | attribute     | value |
        | Barn | billing cycle | 17    |
      When "Hilltop" is told to synchronize
      Then the file sets that the CIS has sent are numbered one after the other from 23

    @SEQ-02 @dated
    Scenario: A year ends between two sets
      Given the first day is 2010-12-27
      And the CIS of "Lakeside" is under test
      And the next expected sequence number of "Lakeside" is 7
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" is told to send a periodic audit
      And 7 days have passed
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the file sets of "Lakeside" are numbered one after the other from 7
