@SYN @CIS-SYNC
Feature: A CIS cuts large files into segments as the manifest says

  # How large a segment is, is left to the CIS, and whether it makes any.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest

  Rule: The manifest is one file

    @SYN-05
    Scenario: The manifest of an I-Sync set that creates SDPs
      When "Lakeside" is told to synchronize
      Then each file set of "Lakeside" has one manifest

    @SYN-05
    Scenario: The manifest of a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then each file set of "Lakeside" has one manifest

    @SYN-05
    Scenario: The manifest of a P-Sync set
      When "Lakeside" is told to send a periodic audit
      Then each file set of "Lakeside" has one manifest

    @SYN-05
    Scenario: The manifest of a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each file set of "Lakeside" has one manifest

  Rule: The segments of a file begin with 01

    @SYN-06
    Scenario: The first segments of an I-Sync set that creates SDPs
      When "Lakeside" is told to synchronize
      Then the segments of each file of "Lakeside" begin with 01

    @SYN-06
    Scenario: The first segments of a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the segments of each file of "Lakeside" begin with 01

    @SYN-06
    Scenario: The first segments of a P-Sync set
      When "Lakeside" is told to send a periodic audit
      Then the segments of each file of "Lakeside" begin with 01

    @SYN-06
    Scenario: The first segments of a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the segments of each file of "Lakeside" begin with 01

  Rule: The manifest lists each segment that is sent, and no other

    @SYN-07
    Scenario: The list in an I-Sync set that creates SDPs
      When "Lakeside" is told to synchronize
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

    @SYN-07
    Scenario: The list in a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

    @SYN-07
    Scenario: The list in a P-Sync set
      When "Lakeside" is told to send a periodic audit
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

    @SYN-07
    Scenario: The list in a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

    @SYN-07 @uses:SEQ-08
    Scenario: The list in a set that tells of a virtual SDP and is sent again, after a file of it got lost
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

    @SYN-07 @uses:SEQ-08
    Scenario: The list in a P-Sync set of so many SDPs that its files may need segments, sent again after a file of it got lost
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to send a periodic audit
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

  Rule: No record is parted by the end of a segment

    @SYN-08
    Scenario: The segments of an I-Sync set that creates many SDPs
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then each segment of "Lakeside" holds whole records

    @SYN-08
    Scenario: The segments of a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each segment of "Lakeside" holds whole records
