@FTS @CIS-FTS @CIS-USDP
Feature: The names of a CIS's file sets say which set a file belongs to, and where
  <TX_ID>.<FILE_NO>.<SEGMENT_NO> stands between the date-time and .DAT. What a TX_ID looks like is left to the CIS.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs

  Rule: Synchronization files carry TX_ID, file number and segment number, and no other file does

    @FTS-02
    Scenario: A request for Universal SDP IDs
      When the CIS and the MDM/R have come to rest
      Then no 1000 of the CIS carries TX_ID, file number and segment number in its name

    @FTS-02 @CIS-SYNC
    Scenario: The names in an I-Sync set
      Given the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then each 4000 of the CIS carries TX_ID, file number and segment number in its name

    @FTS-02 @CIS-SYNC
    Scenario: The names in a P-Sync set
      Given the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each 3000 of the CIS carries TX_ID, file number and segment number in its name

    @FTS-02 @CIS-SYNC
    Scenario: The names in a second set, which tells of one change alone
      Given the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then each 4000 of the CIS carries TX_ID, file number and segment number in its name

    @FTS-02 @CIS-SYNC @CIS-BILLING
    Scenario: A request for quantities
      Given "Lakeside" serves SDPs "Depot" and "Yard", known to the MDM/R
      When "Lakeside" is told to request quantities of "Depot" and "Yard" from 7 days ago to yesterday, off cycle
      Then no 5000 of the CIS carries TX_ID, file number and segment number in its name

    @FTS-02 @CIS-BILLING
    Scenario: A billing cycle schedule
      When "Lakeside" is told to publish this billing cycle schedule
        | cycle | first day        | last day         |
        | C1    | Monday of week 3 | Sunday of week 4 |
      Then no 8000 of the CIS carries TX_ID, file number and segment number in its name

  Rule: All files of a set carry the same TX_ID

    @FTS-03 @CIS-SYNC
    Scenario: One TX_ID in an I-Sync set
      Given the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then a TX_ID of its own groups the files of each set of "Lakeside"

    @FTS-03 @CIS-SYNC
    Scenario: One TX_ID in an I-Sync set, and one in a P-Sync set after it
      Given the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then a TX_ID of its own groups the files of each set of "Lakeside"

    @FTS-03 @CIS-SYNC
    Scenario: One TX_ID in a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then a TX_ID of its own groups the files of each set of "Lakeside"

  Rule: Sets that are under way at one time have not the same TX_ID

    @FTS-03 @CIS-SYNC
    Scenario: The set before still waits for a file that got lost
      Given the CIS and the MDM/R have come to rest
      And file 04 of the next file set of the CIS gets lost
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then a TX_ID of its own groups the files of each set of "Lakeside"

    @FTS-03 @CIS-SYNC
    Scenario: The CIS ends while a set waits, and is started again
      Given the CIS and the MDM/R have come to rest
      And file 04 of the next file set of the CIS gets lost
      And "Lakeside" puts on record
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then a TX_ID of its own groups the files of each set of "Lakeside"

    @FTS-03 @CIS-SYNC
    Scenario: A set that is sent again, after a file of it got lost
      Given the CIS and the MDM/R have come to rest
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then a TX_ID of its own groups the files of each set of "Lakeside"

  Rule: File numbers are 00, 01, 02, 03, 04, 05 and 07; there is no 06

    @FTS-04 @CIS-SYNC
    Scenario: The file numbers of an I-Sync set
      Given the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" has a file number that there is

    @FTS-04 @CIS-SYNC
    Scenario: The file numbers of both kinds of set, with a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each file of the sets of "Lakeside" has a file number that there is

  Rule: A file that is sent as one segment is segment 01

    @FTS-05 @CIS-SYNC
    Scenario: The only segments of an I-Sync set
      Given the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then each file that "Lakeside" has sent as one segment is segment 01

    @FTS-05 @CIS-SYNC
    Scenario: The only segments of both kinds of set, with a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each file that "Lakeside" has sent as one segment is segment 01

    @FTS-05 @CIS-SYNC
    Scenario: The only segments of a set that is sent again, after a file of it got lost
      Given the CIS and the MDM/R have come to rest
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then each file that "Lakeside" has sent as one segment is segment 01
