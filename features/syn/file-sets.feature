@SYN @SYNC
Feature: A synchronization file set is made of a manifest and the files it lists
  Files 00 to 05 are mandatory, 07 is there for virtual SDPs; files but the manifest may be cut into segments.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery" and "Depot" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: Files 00, 01, 02, 03, 04 and 05 are mandatory in every set

    @SYN-01
    Scenario Outline: A set whose manifest does not list a mandatory file
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And the manifest of set 7 does not list file <file>
      When set 7 arrives without file <file>
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: The mandatory files that carry nothing here
        | file |
        | 01   |
        | 02   |
        | 03   |
        | 05   |

    @SYN-01
    Scenario: A P-Sync set without its premise file
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And the manifest of set 7 does not list file 02
      When set 7 arrives without file 02
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-01
    Scenario: A set with the six mandatory files
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has been processed

  Rule: File 07 is required only where virtual SDPs are used

    @SYN-02
    Scenario Outline: A set without file 07 is complete
      Given <kind> set 7 lists "Mill", "Bakery" and "Depot"
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has been processed

      Examples: Both kinds of set
        | kind   |
        | I-Sync |
        | P-Sync |

    @SYN-02 @uses:SRP-03
    Scenario: A set with file 07 is processed with it
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows among others
        | of    | attribute     | from  | before | after   |
        | Plaza | SDP type      |       |        | virtual |
        | Plaza | billing cycle | today |        | C1      |

    @SYN-02 @AMB-41 @uses:SRP-03
    Scenario: A P-Sync set with file 07 is processed with it
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of    | attribute | from  | before | after   |
        | Plaza | SDP ID    |       |        | Plaza   |
        | Plaza | SDP type  |       |        | virtual |
        | Plaza | component | today |        | Mill    |
        | Plaza | component | today |        | Bakery  |

  Rule: I-Sync and P-Sync files share one format

    @SYN-03
    Scenario: The same description of an SDP, first as P-Sync, then as I-Sync
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And I-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then set 7 has been processed
      And set 8 has been processed

    @SYN-03 @uses:SRP-03
    Scenario: A change that a P-Sync set makes, and an I-Sync set would
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot", with
        | of   | attribute         | value    | from  |
        | Mill | framing structure | periodic | today |
      And I-Sync set 8 changes
        | of   | attribute         | value    | from  |
        | Mill | framing structure | periodic | today |
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 7 shows exactly
        | of   | attribute         | from  | before | after    |
        | Mill | framing structure | today | hourly | periodic |
      And IR06 of set 8 shows nothing

  Rule: A file may carry no detail records in an I-Sync set

    @SYN-04
    Scenario: No file carries any
      Given I-Sync set 7 changes nothing
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has been processed

    @SYN-04 @uses:SRP-03
    Scenario: One file carries a record, the others none
      Given I-Sync set 7 changes
        | of   | attribute | value    | from  |
        | Mill | address   | 2 Elm St | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute | from  | before    | after    |
        | Mill | address   | today | 1 Main St | 2 Elm St |

  Rule: Files 01 to 05 and 07 may be segmented; the manifest may not

    @SYN-05 @uses:SRP-03
    Scenario Outline: A file in two segments
      Given I-Sync set 7 changes
        | of     | attribute   | value   | from  |
        | Mill   | <attribute> | <value> | today |
        | Bakery | <attribute> | <value> | today |
      And file <file> of set 7 is split into segments 01 and 02
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute   | from  | before   | after   |
        | Mill   | <attribute> | today | <before> | <value> |
        | Bakery | <attribute> | today | <before> | <value> |

      Examples: Files with details of SDPs
        | file | attribute         | before   | value         |
        | 02   | city              | Oakville | Burlington    |
        | 03   | framing structure | hourly   | periodic      |
        | 04   | billing cycle     | C1       | B1            |

    @SYN-05 @uses:SRP-03
    Scenario: The asset, relationship and component files in two segments each
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of          | attribute       | value        | from  |
        | Plaza       | account         | Plaza owner  | today |
        | Bakery      | account         | Bakery owner | today |
        | Spare meter | register digits | 6            | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 carries the asset of meter "Spare meter"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      And file 01 of set 7 is split into segments 01 and 02
      And file 05 of set 7 is split into segments 01 and 02
      And file 07 of set 7 is split into segments 01 and 02
      When set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows among others
        | of          | attribute       | from  | before         | after        |
        | Plaza       | SDP type        |       |                | virtual      |
        | Spare meter | register digits | today |                | 6            |
        | Plaza       | account         | today |                | Plaza owner  |
        | Bakery      | account         | today | Bakery account | Bakery owner |

    @SYN-05
    Scenario: A manifest in two segments
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And file 00 of set 7 is split into segments 01 and 02
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-05 @uses:SRP-03
    Scenario Outline: A file of a P-Sync set in two segments
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot", with
        | of     | attribute   | value   | from  |
        | Mill   | <attribute> | <value> | today |
        | Bakery | <attribute> | <value> | today |
        | Depot  | <attribute> | <value> | today |
      And file <file> of set 7 is split into segments 01 and 02
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of     | attribute   | from  | before   | after   |
        | Mill   | <attribute> | today | <before> | <value> |
        | Bakery | <attribute> | today | <before> | <value> |
        | Depot  | <attribute> | today | <before> | <value> |

      Examples: Files with details of SDPs
        | file | attribute         | before   | value      |
        | 02   | city              | Oakville | Burlington |
        | 03   | framing structure | hourly   | periodic   |
        | 04   | billing cycle     | C1       | B1         |
        | 05   | AMI operator      | Lakeside | Hilltop    |

  Rule: Segment numbers start at 01, and may have gaps after it

    @SYN-06 @uses:SRP-03
    Scenario Outline: Segments 01, 03 and 07
      Given I-Sync set 7 changes
        | of     | attribute   | value   | from  |
        | Mill   | <attribute> | <value> | today |
        | Bakery | <attribute> | <value> | today |
        | Depot  | <attribute> | <value> | today |
      And file <file> of set 7 is split into segments 01, 03 and 07
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute   | from  | before   | after   |
        | Mill   | <attribute> | today | <before> | <value> |
        | Bakery | <attribute> | today | <before> | <value> |
        | Depot  | <attribute> | today | <before> | <value> |

      Examples: A file of three records
        | case               | file | attribute               | before   | value      |
        | premises           | 02   | city                    | Oakville | Burlington |
        | service agreements | 03   | framing structure       | hourly   | periodic   |
        | parameters         | 04   | billing cycle           | C1       | B1         |
        | relationships      | 05   | energy service provider |          | Lakeside   |

    @SYN-06 @uses:SRP-03
    Scenario: Segments 01, 03 and 07 of the asset file
      Given I-Sync set 7 changes nothing
      And set 7 carries the asset of meter "Spare 1"
      And set 7 carries the asset of meter "Spare 2"
      And set 7 carries the asset of meter "Spare 3"
      And file 01 of set 7 is split into segments 01, 03 and 07
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of      | attribute | from | before | after   |
        | Spare 1 | meter ID  |      |        | Spare 1 |
        | Spare 2 | meter ID  |      |        | Spare 2 |
        | Spare 3 | meter ID  |      |        | Spare 3 |

    @SYN-06 @uses:SRP-03
    Scenario: Segments 01 and 99
      Given I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B1    | today |
        | Bakery | billing cycle | B2    | today |
      And file 04 of set 7 is split into segments 01 and 99
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B1    |
        | Bakery | billing cycle | today | C1     | B2    |

    @SYN-06
    Scenario: Segments 02 and 03
      Given I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B1    | today |
        | Bakery | billing cycle | B2    | today |
      And file 04 of set 7 is split into segments 02 and 03
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-06
    Scenario: Segments 02 and 03 in a P-Sync set
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And file 04 of set 7 is split into segments 02 and 03
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has not been processed

  Rule: A set is complete when each listed segment has arrived, whatever the order of arrival

    @SYN-07 @uses:SRP-03 @uses:SEQ-06
    Scenario: The manifest first, and the segments backwards
      Given I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B1    | today |
        | Bakery | billing cycle | B2    | today |
      And file 04 of set 7 is split into segments 01 and 02
      And file 00 of set 7 arrives
      And file 05 of set 7 arrives
      And segment 02 of file 04 of set 7 arrives
      And segment 01 of file 04 of set 7 arrives
      And it is Wednesday 10:30
      And file 03 of set 7 arrives
      And file 02 of set 7 arrives
      When file 01 of set 7 arrives
      And it is Wednesday 10:31
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from        | before | after |
        | Mill   | billing cycle | today       | C1     | B1    |
        | Bakery | billing cycle | today       | C1     | B2    |

    @SYN-07
    Scenario Outline: Not before each listed segment is there
      Given I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B1    | today |
        | Bakery | billing cycle | B2    | today |
      And file 04 of set 7 is split into segments 01 and 02
      When set 7 arrives without segment <segment> of file 04
      And it is Wednesday 10:30
      Then set 7 has not been processed
      And nobody has received IR14 for set 7

      Examples:
        | case             | segment |
        | without the last | 02      |
        | without another  | 01      |

    @SYN-07 @uses:SEQ-01
    Scenario: Between the files of another set
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B2    | today |
      And file 01 of set 8 arrives
      And file 03 of set 7 arrives
      And file 05 of set 8 arrives
      And the rest of set 7 arrives
      When the rest of set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | B1     | B2    |

    @SYN-07 @AMB-23 @uses:SRP-03 @uses:SEQ-05
    Scenario: A segment that comes twice changes nothing
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And file 04 of set 7 arrives
      And file 04 of set 7 arrives
      And it is Wednesday 10:20
      When the rest of set 7 arrives
      And it is Wednesday 10:21
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |

  Rule: The Extracted Date Time is the same in every file of a set

    @SYN-09
    Scenario Outline: One file states another
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And the Extracted Date Time of file <file> of set 7 is a minute earlier
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: The manifest, a file with details, those without
        | file |
        | 00   |
        | 04   |
        | 01   |
        | 02   |
        | 03   |
        | 05   |

    @SYN-09
    Scenario: One file of a P-Sync set states another
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And the Extracted Date Time of file 04 of set 7 is a minute earlier
      When set 7 arrives
      And set 7 has had its time
      Then set 7 has not been processed

    @SYN-09
    Scenario Outline: One segment of a file states another
      Given I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B1    | today |
        | Mill   | VEE service   | 04    | today |
        | Bakery | billing cycle | B1    | today |
      And file 04 of set 7 is split into segments 01, 02 and 03
      And the Extracted Date Time of segment <segment> of file 04 of set 7 is a minute earlier
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: The second, and the last
        | segment |
        | 02      |
        | 03      |

    @SYN-09 @uses:SYN-02
    Scenario: File 07 states another
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes nothing
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      And the Extracted Date Time of file 07 of set 7 is a minute earlier
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @SYN-09
    Scenario Outline: One file states the next second
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And the Extracted Date Time of file <file> of set 7 is a second later
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: A file with details, and one without
        | file |
        | 04   |
        | 02   |
