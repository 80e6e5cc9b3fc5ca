@SYN @CIS-SYNC
Feature: A file set of a CIS says when its data was extracted

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest

  Rule: All files of a set state one Extracted Date Time

    @SYN-09
    Scenario: The time in an I-Sync set that creates SDPs
      When "Lakeside" is told to synchronize
      Then the files of each set of "Lakeside" state one Extracted Date Time

    @SYN-09
    Scenario: The time in a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then the files of each set of "Lakeside" state one Extracted Date Time

    @SYN-09
    Scenario: The time in a P-Sync set
      When "Lakeside" is told to send a periodic audit
      Then the files of each set of "Lakeside" state one Extracted Date Time

    @SYN-09
    Scenario: The time in a P-Sync set of so many SDPs that its files may need segments
      Given "Lakeside" creates 120 SDPs
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the files of each set of "Lakeside" state one Extracted Date Time

    @SYN-09
    Scenario: The time in a set that is sent again, after a file of it got lost
      Given file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And the file sets of the CIS have had their time
      When "Lakeside" is told that the problem is put right
      Then the files of each set of "Lakeside" state one Extracted Date Time

  Rule: It is the time of the extraction: after what the set tells of, and not after it left

    @SYN-09
    Scenario: An I-Sync set of the first hour of a day, with a change of that hour
      Given "Lakeside" is told to synchronize
      And it is Sunday 00:05
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      And it is Sunday 00:40
      When "Lakeside" is told to synchronize
      Then the last I-Sync set of "Lakeside" was extracted after Sunday 00:05, and not later than it left

    @SYN-09
    Scenario: A P-Sync set, an hour after another one
      Given it is Sunday 10:00
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      And it is Sunday 11:00
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" was extracted after Sunday 11:00, and not later than it left

    @SYN-09 @dated
    Scenario: An I-Sync set of a day in April, while clocks on the wall show summer time
      Given "Lakeside" is told to synchronize
      And 91 days have passed
      And it is Sunday 10:00
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      And it is Sunday 11:00
      When "Lakeside" is told to synchronize
      Then the last I-Sync set of "Lakeside" was extracted after Sunday 10:00, and not later than it left
