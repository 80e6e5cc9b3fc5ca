@SYN @CIS-SYNC
Feature: A file set of a CIS is complete

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest

  Rule: Files 00 to 05 are in every set, with records or without

    @SYN-01
    Scenario: The files of an I-Sync set that creates SDPs
      When "Lakeside" is told to synchronize
      Then each file set of "Lakeside" has files 00 to 05, and its manifest lists them

    @SYN-01
    Scenario: The files of a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then each file set of "Lakeside" has files 00 to 05, and its manifest lists them

    @SYN-01
    Scenario: The files of a P-Sync set
      When "Lakeside" is told to send a periodic audit
      Then each file set of "Lakeside" has files 00 to 05, and its manifest lists them

    @SYN-01 @uses:SEQ-08
    Scenario: The files of a set that is sent again, after a file of it got lost
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then each file set of "Lakeside" has files 00 to 05, and its manifest lists them

  Rule: File 07 is there where virtual SDPs are told of

    @SYN-02
    Scenario: A virtual SDP is created
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then one I-Sync set of "Lakeside" tells of virtual SDP "Both" in file 07

    @SYN-02
    Scenario: The second of two virtual SDPs, in a P-Sync set
      Given "Lakeside" creates SDPs "Depot"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" creates virtual SDP "Yard", which aggregates "Bakery" and "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then one P-Sync set of "Lakeside" tells of virtual SDP "Yard" in file 07

    @SYN-02 @uses:SYN-13
    Scenario: A virtual SDP that comes after those that it aggregates
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then one I-Sync set of "Lakeside" tells of virtual SDP "Both" in file 07

  Rule: Each file begins with a File Name Record and a File Header Record, also where nothing follows

    @SYN-04
    Scenario: The headers of an I-Sync set that creates SDPs
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" begins with a File Name Record and a File Header Record

    @SYN-04
    Scenario: The headers of a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" begins with a File Name Record and a File Header Record

    @SYN-04
    Scenario: The headers of a P-Sync set
      When "Lakeside" is told to send a periodic audit
      Then each file of the sets of "Lakeside" begins with a File Name Record and a File Header Record

    @SYN-04
    Scenario: The headers of a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each file of the sets of "Lakeside" begins with a File Name Record and a File Header Record

    @SYN-04
    Scenario: The headers of a set that is sent again, after a file of it got lost
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then each file of the sets of "Lakeside" begins with a File Name Record and a File Header Record
