@CIS-FTS @CIS-USDP @CIS-SYNC
Feature: A utility has its first SDPs synchronized
  Four orders, on four days: one SDP is not asked for yet when the first file set is made.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" and "Bakery" as of Monday of week 1, with
      | of     | attribute               | value             |
      | Bakery | address                 | 12 Mill Road      |
      | Bakery | framing structure       | TOU/CPP EST       |
      | Bakery | billing cycle           | 17                |
      | Bakery | VEE service             | 03                |
      | Bakery | CT/PT multiplier        | 40                |
      | Bakery | AMI operator            | Metering Partners |
      | Bakery | energy service provider | Green Power       |
    And "Lakeside" creates SDPs "Depot"
    And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
    And "Lakeside" is told to request Universal SDP IDs of "Mill", "Bakery" and "Both"
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" is told to synchronize
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest
    And the next day has begun

  Rule: Files are named by the structure that both sides know, in a version that is in force

    @FTS-01
    Scenario: The LDC stands first in the names of its set files, and second, as it submits for itself
      When "Lakeside" is told to synchronize
      Then each 4000 of the CIS is named after "Lakeside" as its LDC, then after the one who submits it

    @FTS-07
    Scenario: The set files are of the active version
      When "Lakeside" is told to synchronize
      Then each 4000 of the CIS is of version 00

  Rule: An SDP is synchronized under the Universal SDP ID that a response has given, and not before

    @USDP-15
    Scenario: The SDP that was not asked for yet is left out
      When "Lakeside" is told to synchronize
      Then no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given

    @USDP-20
    Scenario: All of them are synchronized in the end
      When "Lakeside" is told to synchronize
      Then the CIS has synchronized "Mill", "Bakery", "Both" and "Depot" under the Universal SDP IDs that they were given

  Rule: A file set is complete, and of one form

    @SYN-01
    Scenario: Files 00 to 05 are in every set
      When "Lakeside" is told to synchronize
      Then each file set of "Lakeside" has files 00 to 05, and its manifest lists them

    @SYN-02
    Scenario: File 07 tells of the virtual SDP
      When "Lakeside" is told to synchronize
      Then one I-Sync set of "Lakeside" tells of virtual SDP "Both" in file 07

    @SYN-03
    Scenario: Each file keeps to its format
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" keeps to the format of its number

    @SYN-04
    Scenario: Each file has its headers
      When "Lakeside" is told to synchronize
      Then each file of the sets of "Lakeside" begins with a File Name Record and a File Header Record

    @SYN-05
    Scenario: Each set has one manifest
      When "Lakeside" is told to synchronize
      Then each file set of "Lakeside" has one manifest

    @SYN-06
    Scenario: Segments begin with 01
      When "Lakeside" is told to synchronize
      Then the segments of each file of "Lakeside" begin with 01

    @SYN-07
    Scenario: The manifest lists what was sent
      When "Lakeside" is told to synchronize
      Then the manifest of each file set of "Lakeside" lists the segments that were sent, and no other

    @SYN-09
    Scenario: A set was extracted at one time
      When "Lakeside" is told to synchronize
      Then the files of each set of "Lakeside" state one Extracted Date Time

    @SYN-11
    Scenario: Each record stands in its file
      When "Lakeside" is told to synchronize
      Then each record of "Lakeside" stands in the file of its kind

  Rule: The MDM/R comes to know the SDPs with all that belongs to them

    @SYN-12
    Scenario: Meter, organisations and accounts
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of           | attribute               | value               | from             |
        | Bakery       | meter                   | Bakery meter        | Monday of week 1 |
        | Bakery meter | communication module    | Bakery meter module | Monday of week 1 |
        | Bakery       | billing agent           | Lakeside            | Monday of week 1 |
        | Bakery       | AMI operator            | Metering Partners   | Monday of week 1 |
        | Bakery       | account                 | Bakery account      | Monday of week 1 |
        | Bakery       | energy service provider | Green Power         | Monday of week 1 |
        | Bakery       | CCA service provider    | nobody              | long ago         |
        | Mill         | energy service provider | nobody              | long ago         |

    @SYN-13
    Scenario: The virtual SDP with its components
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute | value   | from             |
        | Both | SDP type  | virtual |                  |
        | Both | component | Mill    | Monday of week 1 |
        | Both | component | Bakery  | Monday of week 1 |

    @ISY-22
    Scenario: The second of two new SDPs, with all its attributes
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value        | from             |
        | Bakery | SDP ID            | Bakery       |                  |
        | Bakery | SDP type          | physical     |                  |
        | Bakery | address           | 12 Mill Road | Monday of week 1 |
        | Bakery | city              | Oakville     | Monday of week 1 |
        | Bakery | postal code       | L6L2A1       | Monday of week 1 |
        | Bakery | framing structure | TOU/CPP EST  | Monday of week 1 |
        | Bakery | commodity type    | electricity  | Monday of week 1 |
        | Bakery | billing cycle     | 17           | Monday of week 1 |
        | Bakery | VEE service       | 03           | Monday of week 1 |
        | Bakery | CT/PT multiplier  | 40           | Monday of week 1 |
        | Bakery | service status    | connected    | Monday of week 1 |
        | Mill   | billing cycle     | C1           | Monday of week 1 |
        | Depot  | meter             | Depot meter  | Monday of week 1 |
