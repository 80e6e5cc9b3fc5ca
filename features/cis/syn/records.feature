@SYN @CIS-SYNC
Feature: Each record of a CIS stands in its file, in the format that both kinds of set share

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest

  Rule: I-Sync and P-Sync files have one format

    @SYN-03
    Scenario: The format of an I-Sync set, with a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" keeps to the format of its number

    @SYN-03
    Scenario: The format of a P-Sync set, with a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each file of the sets of "Lakeside" keeps to the format of its number

    @SYN-03
    Scenario: The format of a second set, which tells of one change alone
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" keeps to the format of its number

  Rule: Assets, premises, service agreements, parameters, relationships and components stand in files of their own

    @SYN-11
    Scenario: The records of an I-Sync set, with a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then each record of "Lakeside" stands in the file of its kind

    @SYN-11
    Scenario: The records of a P-Sync set, with a virtual SDP
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then each record of "Lakeside" stands in the file of its kind

    @SYN-11
    Scenario: The records of a second set, which tells of a meter change
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value |
        | Bakery | meter     | M2    |
      When "Lakeside" is told to synchronize
      Then each record of "Lakeside" stands in the file of its kind

    @SYN-11
    Scenario: The records of a second set, which tells of a meter removal
      Given "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value | from             |
        | Bakery | meter     | none  | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then each record of "Lakeside" stands in the file of its kind
