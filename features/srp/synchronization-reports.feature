@SRP @SYNC
Feature: IR06 and IR07 account for everything that a set was to change
  IR06 lists what was updated, IR07 what should have been and could not; each opens with the same status record.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: Every set whose synchronization completes yields both reports

    @SRP-01 @AMB-08
    Scenario: An I-Sync set
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7

    @SRP-01 @AMB-08
    Scenario: A P-Sync set that changes nothing
      Given P-Sync set 7 lists "Mill" and "Bakery"
      When set 7 arrives
      And set 7 has had its time
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7

    @SRP-01 @AMB-08 @uses:SEQ-04
    Scenario: Two sets that are processed in the same minute
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And I-Sync set 8 changes
        | of     | attribute   | value | from  |
        | Bakery | VEE service | 04    | today |
      And set 8 arrives
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7
      And "Lakeside" has received IR06 for set 8
      And "Lakeside" has received IR07 for set 8

    @SRP-01 @AMB-17:stopped-whole @uses:PSY-05
    Scenario: A P-Sync set that is stopped
      Given P-Sync set 7 changes nothing
      When set 7 arrives
      And set 7 has had its time
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7

    @SRP-01 @AMB-08:stopped-at-load-too @uses:STL-03
    Scenario: A set that fails to load yields both
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And record 1 of file 04 of set 7 lacks its last field
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR06 for set 7
      And "Lakeside" has received IR07 for set 7

    @SRP-01 @AMB-08:after-load-alone @uses:STL-03
    Scenario: A set that fails to load yields neither
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And record 1 of file 04 of set 7 lacks its last field
      When set 7 arrives
      And it is Wednesday 10:01
      Then nobody has received IR06 for set 7
      And nobody has received IR07 for set 7

  Rule: Both carry the identical Synchronization Status Record, which says where the synchronization stopped

    @SRP-02
    Scenario: All went well
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 and IR07 of set 7 carry the same Synchronization Status Record
      And IR06 of set 7 says "completed"

    @SRP-02 @AMB-35:exception @uses:PSY-04
    Scenario: There were exceptions
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 and IR07 of set 7 carry the same Synchronization Status Record
      And IR06 of set 7 says "completed with exceptions"

    @SRP-02 @AMB-35 @uses:PSY-04
    Scenario: There were several exceptions, of one SDP and of another
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 90 days ago |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Mill   | VEE service   | 02    | long ago    | 60 days ago |
        | Mill   | VEE service   | 04    | 60 days ago | 20 days ago |
        | Mill   | VEE service   | 02    | 20 days ago |             |
        | Bakery | VEE service   | 02    | long ago    | 50 days ago |
        | Bakery | VEE service   | 05    | 50 days ago | 40 days ago |
        | Bakery | VEE service   | 02    | 40 days ago |             |
        | Bakery | billing cycle | B1    | today       |             |
      When set 7 arrives
      And set 7 has had its time
      Then unless set 7 fails to load, IR06 of it says "completed with exceptions"
      And unless set 7 fails to load, IR07 of it says "completed with exceptions"

    @SRP-02 @AMB-17:stopped-whole @uses:PSY-05
    Scenario: The threshold stopped it
      Given P-Sync set 7 changes nothing
      When set 7 arrives
      And set 7 has had its time
      Then IR06 and IR07 of set 7 carry the same Synchronization Status Record
      And IR07 of set 7 says "stopped at threshold"

  Rule: IR06 lists every attribute that changed, and none that was submitted with the value already held

    @SRP-03
    Scenario: Everything that changed
      Given I-Sync set 7 changes
        | of     | attribute         | value      | from       |
        | Mill   | billing cycle     | B1         | today      |
        | Mill   | framing structure | periodic   | in 10 days |
        | Mill   | account           | New tenant | today      |
        | Bakery | postal code       | L7R1A1     | today      |
        | Bakery | service status    | booted     | tomorrow   |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute         | from       | before       | after      |
        | Mill   | billing cycle     | today      | C1           | B1         |
        | Mill   | framing structure | in 10 days | hourly       | periodic   |
        | Mill   | account           | today      | Mill account | New tenant |
        | Bakery | postal code       | today      | L6L2A1       | L7R1A1     |
        | Bakery | service status    | tomorrow   | connected    | booted     |

    @SRP-03 @uses:SEQ-04
    Scenario: Two sets that are processed in the same minute, each with its own updates
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And I-Sync set 8 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B2    | today |
        | Bakery | VEE service   | 04    | today |
      And set 8 arrives
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |
      And IR06 of set 8 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | B1     | B2    |
        | Bakery | VEE service   | today | 02     | 04    |

    @SRP-03 @uses:ISY-01
    Scenario: Until when each of several values holds
      Given I-Sync set 7 changes
        | of     | attribute         | value     | from        | until      |
        | Mill   | billing cycle     | B1        | today       | in 10 days |
        | Mill   | billing cycle     | C1        | in 10 days  |            |
        | Mill   | framing structure | periodic  | in 10 days  |            |
        | Mill   | VEE service       | 04        | 20 days ago | tomorrow   |
        | Mill   | VEE service       | 02        | tomorrow    |            |
        | Bakery | service status    | booted    | tomorrow    | in 30 days |
        | Bakery | service status    | connected | in 30 days  |            |
        | Bakery | billing cycle     | B2        | today       |            |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute         | from        | until      | before    | after    |
        | Mill   | billing cycle     | today       | in 10 days | C1        | B1       |
        | Mill   | framing structure | in 10 days  |            | hourly    | periodic |
        | Mill   | VEE service       | 20 days ago | tomorrow   | 02        | 04       |
        | Bakery | service status    | tomorrow    | in 30 days | connected | booted   |
        | Bakery | billing cycle     | today       |            | C1        | B2       |

    @SRP-03 @uses:ISY-01
    Scenario: Several values of one attribute, each for its time
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | B1    | today      | in 10 days |
        | Mill | billing cycle | C1    | in 10 days | in 20 days |
        | Mill | billing cycle | B2    | in 20 days | in 30 days |
        | Mill | billing cycle | C1    | in 30 days | in 40 days |
        | Mill | billing cycle | B3    | in 40 days | in 50 days |
        | Mill | billing cycle | C1    | in 50 days |            |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | today      | in 10 days | C1     | B1    |
        | Mill | billing cycle | in 20 days | in 30 days | C1     | B2    |
        | Mill | billing cycle | in 40 days | in 50 days | C1     | B3    |

    @SRP-03 @uses:PSY-04
    Scenario: An SDP that a P-Sync set is the first to tell of
      Given "Lakeside" has Universal SDP IDs for "School"
      And P-Sync set 7 lists "Mill", "Bakery" and "School"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of            | attribute            | from     | before | after          |
        | School        | SDP ID               |          |        | School         |
        | School        | SDP type             |          |        | physical       |
        | School meter  | meter ID             |          |        | School meter   |
        | School module | module ID            |          |        | School module  |
        | School        | address              | long ago |        | 1 Main St      |
        | School        | city                 | long ago |        | Oakville       |
        | School        | postal code          | long ago |        | L6L2A1         |
        | School        | framing structure    | long ago |        | hourly         |
        | School        | commodity type       | long ago |        | electricity    |
        | School        | billing cycle        | long ago |        | C1             |
        | School        | VEE service          | long ago |        | 02             |
        | School        | CT/PT multiplier     | long ago |        | 1              |
        | School        | service status       | long ago |        | connected      |
        | School        | meter                | long ago |        | School meter   |
        | School        | account              | long ago |        | School account |
        | School        | billing agent        | long ago |        | Lakeside       |
        | School        | AMI operator         | long ago |        | Lakeside       |
        | School meter  | communication module | long ago |        | School module  |

    @SRP-03
    Scenario: Nothing that was held already
      Given I-Sync set 7 lists "Mill" and "Bakery"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows nothing

    @SRP-03
    Scenario: The value held already, from a later day on
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       |
        | Mill | billing cycle | C1    | in 10 days |
        | Mill | VEE service   | 04    | in 10 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute   | from       | before | after |
        | Mill | VEE service | in 10 days | 02     | 04    |

    @SRP-03 @AMB-32 @uses:PSY-02 @uses:PSY-05
    Scenario: A P-Sync set creates an SDP, and leaves another out
      Given "Lakeside" has Universal SDP IDs for "School"
      And P-Sync set 7 lists "Mill" and "School"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of     | attribute     | from         | before         | after        |
        | School | SDP ID        |              |                | School       |
        | School | billing cycle | long ago     |                | C1           |
        | School | meter         | long ago     |                | School meter |
        | Bakery | account       | deactivation | Bakery account |              |

  Rule: IR07 lists every attribute that should have changed and could not, and nothing else

    @SRP-04 @AMB-35:exception @uses:PSY-04
    Scenario: Two attributes that a P-Sync set may not change
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 90 days ago |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Bakery | VEE service   | 02    | long ago    | 60 days ago |
        | Bakery | VEE service   | 04    | 60 days ago | 20 days ago |
        | Bakery | VEE service   | 02    | 20 days ago |             |
        | Bakery | billing cycle | B1    | today       |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR07 of set 7 shows exactly
        | of     | attribute     | from        | until       | before | after |
        | Mill   | billing cycle | 90 days ago | 30 days ago | C1     | P1    |
        | Bakery | VEE service   | 60 days ago | 20 days ago | 02     | 04    |

    # The meter of an SDP that is left out is its own until today: from yesterday nobody else can have it.
    @SRP-04 @AMB-32 @AMB-35:exception @AMB-61:exception @uses:PSY-04
    Scenario: Two attributes that fail for different reasons
      Given "Lakeside" has synchronized SDP "Depot" in I-Sync set 7
      And P-Sync set 8 lists "Mill" and "Bakery", with
        | of     | attribute     | value        | from        | until       |
        | Mill   | billing cycle | C1           | long ago    | 90 days ago |
        | Mill   | billing cycle | P1           | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1           | 30 days ago |             |
        | Bakery | meter         | Bakery meter | long ago    |             |
        | Bakery | meter         | Depot meter  | yesterday   |             |
      When set 8 arrives
      And set 8 has had its time
      Then IR07 of set 8 shows exactly
        | of     | attribute     | from        | until       | before       | after       |
        | Mill   | billing cycle | 90 days ago | 30 days ago | C1           | P1          |
        | Bakery | meter         | yesterday   |             | Bakery meter | Depot meter |

    # Each is told apart from the others: by its SDP, its attribute, its days, and the values before and after.
    @SRP-04 @AMB-35 @uses:PSY-04
    Scenario: Several attributes and spans that a P-Sync set may not change
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 90 days ago |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Mill   | VEE service   | 02    | long ago    | 60 days ago |
        | Mill   | VEE service   | 04    | 60 days ago | 20 days ago |
        | Mill   | VEE service   | 02    | 20 days ago |             |
        | Bakery | billing cycle | C1    | long ago    | 80 days ago |
        | Bakery | billing cycle | P2    | 80 days ago | 70 days ago |
        | Bakery | billing cycle | C1    | 70 days ago | 50 days ago |
        | Bakery | billing cycle | P3    | 50 days ago | 40 days ago |
        | Bakery | billing cycle | C1    | 40 days ago |             |
        | Bakery | VEE service   | 04    | today       |             |
      When set 7 arrives
      And set 7 has had its time
      Then unless set 7 fails to load, IR07 of it shows exactly
        | of     | attribute     | from        | until       | before | after |
        | Mill   | billing cycle | 90 days ago | 30 days ago | C1     | P1    |
        | Mill   | VEE service   | 60 days ago | 20 days ago | 02     | 04    |
        | Bakery | billing cycle | 80 days ago | 70 days ago | C1     | P2    |
        | Bakery | billing cycle | 50 days ago | 40 days ago | C1     | P3    |

    @SRP-04
    Scenario: Nothing of what was updated, nor of what was held
      Given I-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR07 of set 7 shows nothing

  Rule: Without exceptions IR07 is produced all the same, with column headings and no detail records

    @SRP-05
    Scenario: An I-Sync set without exceptions
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR07 of set 7 has column headings and no detail records

    @SRP-05
    Scenario: A P-Sync set that has nothing to change
      Given P-Sync set 7 lists "Mill" and "Bakery"
      When set 7 arrives
      And set 7 has had its time
      Then IR07 of set 7 has column headings and no detail records

  Rule: A value is shown as it was sent, unless it is transformed as another document says
    The profile declares what it knows of that. Of other transformations those of letters, blanks and leading zeros are
    let pass, unless a reading is taken that knows none.

    @SRP-07 @AMB-42
    Scenario: The value that is shown is the one that was sent
      Given I-Sync set 7 changes
        | of   | attribute     | value      | from  |
        | Mill | address       | 12b elm St | today |
        | Mill | billing cycle | 0017       | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before    | after      |
        | Mill | address       | today | 1 Main St | 12b elm St |
        | Mill | billing cycle | today | C1        | 0017       |

    @SRP-07 @AMB-35 @AMB-42 @uses:PSY-04
    Scenario: The value of an exception is the one that was sent
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | 0017  | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then unless set 7 fails to load, IR07 of it shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Mill | billing cycle | 90 days ago | 30 days ago | C1     | 0017  |

    @SRP-07 @AMB-42:declared-alone
    Scenario: Undeclared: shown as sent
      Given I-Sync set 7 changes
        | of   | attribute     | value      | from  |
        | Mill | address       | 12b elm St | today |
        | Mill | city          | oakville   | today |
        | Mill | billing cycle | 0017       | today |
        | Mill | VEE service   | 04         | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before    | after      |
        | Mill | address       | today | 1 Main St | 12b elm St |
        | Mill | city          | today | Oakville  | oakville   |
        | Mill | billing cycle | today | C1        | 0017       |
        | Mill | VEE service   | today | 02        | 04         |

    @SRP-07 @AMB-42
    Scenario: Declared: the postal code, in capitals and without spaces, or as sent
      Given I-Sync set 7 changes
        | of   | attribute   | value   | from  |
        | Mill | postal code | l7r 1a1 | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute   | from  | before | after  |
        | Mill | postal code | today | L6L2A1 | L7R1A1 |

  Rule: Each attribute that should change stands in IR06 or in IR07, never in both, never in neither

    @SRP-08
    Scenario: Everything could be updated
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from       |
        | Mill   | VEE service   | 04    | today      |
        | Bakery | billing cycle | B1    | in 10 days |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 and IR07 of set 7 show between them exactly
        | of     | attribute     | from       | before | after |
        | Mill   | VEE service   | today      | 02     | 04    |
        | Bakery | billing cycle | in 10 days | C1     | B1    |

    @SRP-08 @AMB-35:exception @uses:PSY-04
    Scenario: Updates and exceptions of one P-Sync set
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value  | from        | until       |
        | Mill   | billing cycle | C1     | long ago    | 90 days ago |
        | Mill   | billing cycle | P1     | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1     | 30 days ago |             |
        | Mill   | VEE service   | 04     | today       |             |
        | Bakery | billing cycle | B1     | in 10 days  |             |
        | Bakery | VEE service   | 02     | long ago    | 50 days ago |
        | Bakery | VEE service   | 05     | 50 days ago | 40 days ago |
        | Bakery | VEE service   | 02     | 40 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from       | before | after |
        | Mill   | VEE service   | today      | 02     | 04    |
        | Bakery | billing cycle | in 10 days | C1     | B1    |
      And IR07 of set 7 shows exactly
        | of     | attribute     | from        | until       | before | after |
        | Mill   | billing cycle | 90 days ago | 30 days ago | C1     | P1    |
        | Bakery | VEE service   | 50 days ago | 40 days ago | 02     | 05    |

    @SRP-08 @AMB-35 @uses:PSY-04
    Scenario: Several exceptions of one P-Sync set, and an update
      Given P-Sync set 7 lists "Mill" and "Bakery", with
        | of     | attribute     | value | from        | until       |
        | Mill   | billing cycle | C1    | long ago    | 90 days ago |
        | Mill   | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill   | billing cycle | C1    | 30 days ago |             |
        | Bakery | VEE service   | 02    | long ago    | 50 days ago |
        | Bakery | VEE service   | 05    | 50 days ago | 40 days ago |
        | Bakery | VEE service   | 02    | 40 days ago |             |
        | Bakery | billing cycle | B1    | in 10 days  |             |
      When set 7 arrives
      And set 7 has had its time
      Then unless set 7 fails to load, IR06 of it shows exactly
        | of     | attribute     | from       | before | after |
        | Bakery | billing cycle | in 10 days | C1     | B1    |
      And unless set 7 fails to load, IR07 of it shows exactly
        | of     | attribute     | from        | until       | before | after |
        | Mill   | billing cycle | 90 days ago | 30 days ago | C1     | P1    |
        | Bakery | VEE service   | 50 days ago | 40 days ago | 02     | 05    |

    @SRP-08 @AMB-17:stopped-whole @uses:PSY-05
    Scenario: A set that was stopped: everything stands in IR07
      Given P-Sync set 7 changes nothing
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows nothing
      And IR07 of set 7 shows among others
        | of     | attribute     | from         | before | after |
        | Mill   | billing cycle | deactivation | C1     |       |
        | Bakery | VEE service   | deactivation | 02     |       |
