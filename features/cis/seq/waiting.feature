@SEQ @CIS-SYNC
Feature: No file set of a CIS makes the MDM/R wait for an hour

  # The MDM/R rejects a set when files of it, or the set before it, have not come within the wait-time.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And the next expected sequence number of "Lakeside" is 7
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R

  Rule: All files of a set leave within the wait-time

    @SEQ-06 @AMB-06
    Scenario: An I-Sync set
      Given "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      When the file sets of the CIS have had their time
      Then each file set of "Lakeside" has left whole within the wait-time

    @SEQ-06 @AMB-06
    Scenario: A P-Sync set
      Given "Lakeside" is told to send a periodic audit
      When the file sets of the CIS have had their time
      Then each file set of "Lakeside" has left whole within the wait-time

    @SEQ-06 @AMB-06
    Scenario: A P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And the MDM/R has been told of all SDPs of "Lakeside"
      And "Lakeside" is told to send a periodic audit
      When the file sets of the CIS have had their time
      Then each file set of "Lakeside" has left whole within the wait-time

    @SEQ-06 @AMB-06
    Scenario: A set that tells of a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      When the file sets of the CIS have had their time
      Then each file set of "Lakeside" has left whole within the wait-time

    @SEQ-06 @AMB-06:from-first-file
    Scenario: The hour runs from the first file of the set
      Given "Lakeside" is told to send a periodic audit
      When the file sets of the CIS have had their time
      Then each file set of "Lakeside" has left whole within the wait-time

    @SEQ-06 @AMB-06
    Scenario: A set that is sent again, after a file of it got lost
      Given "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" is told that the problem is put right
      When the file sets of the CIS have had their time
      Then each file set of "Lakeside" has left whole within the wait-time

  Rule: A set leaves within the wait-time of the one numbered after it

    @SEQ-05 @AMB-06
    Scenario: An I-Sync and a P-Sync are ordered at once
      Given "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And "Lakeside" is told to send a periodic audit
      When the file sets of the CIS have had their time
      Then no file set of "Lakeside" has waited for the one before it longer than the wait-time

    @SEQ-05 @AMB-06
    Scenario: A P-Sync is ordered, and an I-Sync soon after it
      Given it is Wednesday 10:00
      And "Lakeside" is told to send a periodic audit
      And it is Wednesday 10:20
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      When the file sets of the CIS have had their time
      Then no file set of "Lakeside" has waited for the one before it longer than the wait-time

    @SEQ-05 @AMB-06
    Scenario: Two changes, ordered to be told one after the other
      Given it is Wednesday 10:00
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And it is Wednesday 10:20
      And "Lakeside" puts on record
        | of     | attribute   | value |
        | Bakery | VEE service | 05    |
      And "Lakeside" is told to synchronize
      When the file sets of the CIS have had their time
      Then no file set of "Lakeside" has waited for the one before it longer than the wait-time

    @SEQ-05 @AMB-06
    Scenario: A set that is sent again, and the one numbered after it
      Given it is Wednesday 10:00
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      And "Lakeside" is told that the problem is put right
      And "Lakeside" is told to send a periodic audit
      When the file sets of the CIS have had their time
      Then no file set of "Lakeside" has waited for the one before it longer than the wait-time
