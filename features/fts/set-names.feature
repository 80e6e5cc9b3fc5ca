@FTS @SYNC
Feature: The names of synchronization files say which set they belong to, and where
  <TX_ID>.<FILE_NO>.<SEGMENT_NO> before .DAT, in 3000 and 4000 files. They bind whoever submits; a repository shows them in
  what it does with a file that is named otherwise.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And I-Sync set 7 changes
      | of   | attribute     | value | from  |
      | Mill | billing cycle | B1    | today |
    And it is Wednesday 10:00

  Rule: Synchronization files carry TX_ID, file number and segment number

    @FTS-02
    Scenario Outline: A file of the set carries none
      Given file <file> of set 7 is named without TX_ID, file number and segment
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: A file with details, and one without
        | file |
        | 04   |
        | 02   |

  Rule: All files of a set carry the same TX_ID

    @FTS-03
    Scenario: A file of the set carries another
      Given file 04 of set 7 is named with another TX_ID
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @FTS-03 @AMB-33:letters-and-digits
    Scenario: A TX_ID with letters, as the slides' example
      Given the TX_ID of set 7 has letters
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has been processed

    @FTS-03 @AMB-33:digits
    Scenario: A TX_ID that is no number
      Given the TX_ID of set 7 has letters
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

    @FTS-03 @AMB-33 @uses:SEQ-01
    Scenario: The files of two sets arrive together, each with its own TX_ID
      Given I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B2    | today |
      And file 04 of set 8 arrives
      And file 01 of set 7 arrives
      And file 02 of set 8 arrives
      And the rest of set 7 arrives
      When the rest of set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |
      And IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | B1     | B2    |

    @FTS-03 @AMB-33 @uses:SEQ-02
    Scenario: An I-Sync set and a P-Sync set have the same TX_ID
      Given P-Sync set 8 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B2    | today |
      And the TX_ID of set 8 is that of set 7
      And file 04 of set 8 arrives
      And file 01 of set 7 arrives
      And file 02 of set 8 arrives
      And the rest of set 7 arrives
      And the rest of set 8 arrives
      When set 8 has had its time
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |
      And IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | B1     | B2    |

  Rule: File numbers are 00, 01, 02, 03, 04, 05 and 07; there is no 06

    @FTS-04
    Scenario Outline: A file of the set carries a number that there is not
      Given file <file> of set 7 is named as file <other>
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: The gap, and beyond the end
        | case                  | file | other |
        | relationships as 06   | 05   | 06    |
        | parameters as 08      | 04   | 08    |

  Rule: A file that is sent as one segment is segment 01

    @FTS-05
    Scenario Outline: The one segment is numbered otherwise
      Given file <file> of set 7 is the one segment <segment>
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

      Examples: The file with details, and one without
        | file | segment |
        | 04   | 02      |
        | 03   | 07      |
