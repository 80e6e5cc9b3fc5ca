@PSY @SYNC
Feature: A P-Sync set deactivates the SDPs that it leaves out
  Their date-effective attributes are end-dated; nothing is deleted. With which day is not said: "deactivation" is that of
  the extract or that of the processing, as IR06 tells. A threshold check guards against a set that would deactivate too
  many.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And "Lakeside" has synchronized SDPs "Mill", "Bakery", "Depot" and "Farm" in I-Sync set 6
    And "Hilltop" has synchronized SDPs "Barn" and "Silo" in I-Sync set 41
    And it is Wednesday 10:00

  Rule: Date-effective attributes of an SDP left out are end-dated; nothing is deleted

    @PSY-02 @AMB-32 @uses:SRP-03 @uses:PSY-05
    Scenario: Every date-effective attribute ends
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of   | attribute         | from         | before       | after |
        | Farm | address           | deactivation | 1 Main St    |       |
        | Farm | city              | deactivation | Oakville     |       |
        | Farm | postal code       | deactivation | L6L2A1       |       |
        | Farm | framing structure | deactivation | hourly       |       |
        | Farm | commodity type    | deactivation | electricity  |       |
        | Farm | billing cycle     | deactivation | C1           |       |
        | Farm | VEE service       | deactivation | 02           |       |
        | Farm | CT/PT multiplier  | deactivation | 1            |       |
        | Farm | service status    | deactivation | connected    |       |
        | Farm | meter             | deactivation | Farm meter   |       |
        | Farm | account           | deactivation | Farm account |       |
        | Farm | billing agent     | deactivation | Lakeside     |       |
        | Farm | AMI operator      | deactivation | Lakeside     |       |
      And IR06 of set 7 shows nothing of "Mill", "Bakery" and "Depot"

    @PSY-02 @AMB-32 @uses:SRP-03 @uses:PSY-05
    Scenario: Two SDPs are left out
      Given P-Sync set 7 lists "Mill" and "Bakery"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of    | attribute     | from         | before        | after |
        | Depot | billing cycle | deactivation | C1            |       |
        | Depot | account       | deactivation | Depot account |       |
        | Farm  | billing cycle | deactivation | C1            |       |
        | Farm  | account       | deactivation | Farm account  |       |

    @PSY-02 @AMB-32 @AMB-35:exception @uses:SRP-03
    Scenario: Beside a prior value that is refused
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot", with
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | C1    | long ago    | 90 days ago |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of   | attribute     | from         | before       | after |
        | Farm | billing cycle | deactivation | C1           |       |
        | Farm | account       | deactivation | Farm account |       |

    @PSY-02 @AMB-32 @uses:ISY-01 @uses:SRP-03 @uses:PSY-05
    Scenario: What was to end later ends by then
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until      |
        | Farm | account   | Farm account | long ago | in 30 days |
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute | from         | until      | before       | after |
        | Farm | account   | deactivation | in 30 days | Farm account |       |

    @PSY-02 @AMB-32 @uses:SRP-03 @uses:PSY-05
    Scenario: Another one is left out by the next P-Sync set
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And P-Sync set 8 lists "Mill" and "Bakery"
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of    | attribute     | from         | before        | after |
        | Depot | billing cycle | deactivation | C1            |       |
        | Depot | account       | deactivation | Depot account |       |
      And IR06 of set 8 shows nothing of "Farm"

    @PSY-02 @AMB-32 @uses:SRP-03 @uses:PSY-05
    Scenario: What was to begin later does not begin
      Given I-Sync set 7 changes
        | of   | attribute     | value      | from       |
        | Farm | billing cycle | B1         | in 20 days |
        | Farm | account       | New tenant | in 30 days |
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute     | from         | until      | before       | after |
        | Farm | billing cycle | deactivation | in 20 days | C1           |       |
        | Farm | billing cycle | in 20 days   |            | B1           |       |
        | Farm | account       | deactivation | in 30 days | Farm account |       |
        | Farm | account       | in 30 days   |            | New tenant   |       |

    @PSY-02 @AMB-32 @uses:SRP-03 @uses:SYN-05 @uses:PSY-05
    Scenario: What stands in a further segment is not left out
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And file 01 of set 7 is split into segments 01, 02 and 03
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of   | attribute     | from         | before | after |
        | Farm | billing cycle | deactivation | C1     |       |
      And IR06 of set 7 shows nothing of "Mill", "Bakery" and "Depot"

    @PSY-02 @AMB-32:day-of-extract @uses:SEQ-04 @uses:SRP-03
    Scenario: The day of the extract counts, also for a set that is processed on the next day
      Given I-Sync set 7 changes nothing
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And it is Wednesday 23:50
      And set 8 arrives
      And it is Thursday 00:10
      When set 7 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute     | from  | before     | after |
        | Farm | billing cycle | today | C1         |       |
        | Farm | meter         | today | Farm meter |       |

    @PSY-02 @AMB-32:day-of-processing @uses:SEQ-04 @uses:SRP-03
    Scenario: The day of the processing counts, also for a set that was extracted the day before
      Given I-Sync set 7 changes nothing
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And it is Wednesday 23:50
      And set 8 arrives
      And it is Thursday 00:10
      When set 7 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute     | from         | before     | after |
        | Farm | billing cycle | deactivation | C1         |       |
        | Farm | meter         | deactivation | Farm meter |       |

    @PSY-02 @AMB-32 @dated @uses:SRP-03 @uses:PSY-05
    Scenario Outline: The extract is of a day after which another week, month or year begins
      Given <passed> days have passed
      And P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of   | attribute     | from         | before       | after |
        | Farm | billing cycle | deactivation | C1           |       |
        | Farm | account       | deactivation | Farm account |       |

      Examples: 16 January 2011, a Sunday, 28 February 2011, 31 December 2011, 29 February 2012 and 31 December 2012
        | case             | passed |
        | a week ends      | 4      |
        | a month ends     | 47     |
        | a year ends      | 353    |
        | on leap day      | 413    |
        | a leap year ends | 719    |

    @PSY-02 @AMB-37:sdp-alone @uses:SRP-03
    Scenario: What its meter has of its own does not end
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows nothing of meter "Farm meter"

    @PSY-02 @AMB-37:related-assets-too @uses:SRP-03
    Scenario: What its meter has of its own ends with it
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of         | attribute            | from         | before      | after |
        | Farm meter | communication module | deactivation | Farm module |       |

    @PSY-02 @AMB-32 @uses:ISY-01 @uses:SRP-03
    Scenario: What held before the extract is still there
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And I-Sync set 8 changes
        | of   | attribute     | value | from        | until       |
        | Farm | billing cycle | P1    | 60 days ago | 30 days ago |
        | Farm | VEE service   | 04    | 9 days ago  | 8 days ago  |
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Farm | billing cycle | 60 days ago | 30 days ago | C1     | P1    |
        | Farm | VEE service   | 9 days ago  | 8 days ago  | 02     | 04    |

    @PSY-02 @AMB-32 @uses:ISY-01 @uses:SRP-03 @uses:PSY-05
    Scenario: A future state ends, too
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       |
        | Farm | billing cycle | F1    | in 30 days |
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute     | from         | until      | before | after |
        | Farm | billing cycle | deactivation | in 30 days | C1     |       |
        | Farm | billing cycle | in 30 days   |            | F1     |       |

    @PSY-02 @AMB-32 @uses:ISY-22 @uses:SRP-03 @uses:PSY-05
    Scenario: An SDP of which everything is still to come is left out
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 changes
        | of     | attribute     | value          | from       |
        | School | billing cycle | C1             | in 10 days |
        | School | account       | School account | in 20 days |
      And set 7 carries the asset of physical SDP "School"
      And P-Sync set 8 lists "Mill", "Bakery", "Depot" and "Farm"
      And set 7 arrives
      And it is Wednesday 11:00
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows exactly
        | of     | attribute     | from       | before         | after |
        | School | billing cycle | in 10 days | C1             |       |
        | School | account       | in 20 days | School account |       |

    @PSY-02 @AMB-32 @uses:ISY-22 @uses:SYN-13 @uses:SRP-03 @uses:PSY-05
    Scenario: A virtual SDP is deactivated like any other
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value | from  |
        | Plaza | billing cycle | C1    | today |
        | Plaza | formula       | A + B | today |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      And P-Sync set 8 lists "Mill", "Bakery", "Depot" and "Farm"
      And set 7 arrives
      And it is Thursday 10:00
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of    | attribute     | from         | before | after |
        | Plaza | billing cycle | deactivation | C1     |       |
        | Plaza | formula       | deactivation | A + B  |       |
        | Plaza | component     | deactivation | Mill   |       |
        | Plaza | component     | deactivation | Bakery |       |
      And IR06 of set 8 shows nothing of "Mill", "Bakery", "Depot" and "Farm"

    @PSY-02 @AMB-32 @uses:ISY-10 @uses:SRP-03 @uses:PSY-05
    Scenario: The meter of an SDP that was left out goes to another
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And I-Sync set 8 changes
        | of         | attribute            | value       | from      |
        | Mill       | meter                | Farm meter  | in 7 days |
        | Farm meter | communication module | Farm module | long ago  |
      And set 8 carries the asset of communication module "Farm module"
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute | from      | before     | after      |
        | Mill | meter     | in 7 days | Mill meter | Farm meter |

    @PSY-02 @AMB-32 @uses:ISY-22 @uses:SRP-03 @uses:PSY-05
    Scenario: An SDP that was created on the day of the extract is left out
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | School | billing cycle | S1    | today |
      And set 7 carries the asset of physical SDP "School"
      And P-Sync set 8 lists "Mill", "Bakery", "Depot" and "Farm"
      And set 7 arrives
      And it is Wednesday 11:00
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of     | attribute     | from         | before | after |
        | School | billing cycle | deactivation | S1     |       |

    @PSY-02 @uses:SEQ-10
    Scenario: An SDP left out once more is not reported again
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows nothing

    @PSY-02 @AMB-32 @uses:ISY-01 @uses:SRP-03 @uses:PSY-05
    Scenario: Relationships that are optional end, too
      Given I-Sync set 7 changes
        | of   | attribute               | value    | from        |
        | Farm | energy service provider | Hilltop  | 30 days ago |
        | Farm | CCA service provider    | Lakeside | 30 days ago |
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute               | from         | before   | after |
        | Farm | energy service provider | deactivation | Hilltop  |       |
        | Farm | CCA service provider    | deactivation | Lakeside |       |

    @PSY-02 @AMB-32 @uses:SRP-03 @uses:PSY-05
    Scenario: Half a dozen SDPs are left out
      Given "Lakeside" has synchronized SDPs "One", "Two", "Three", "Four", "Five", "Six", "Seven" and "Eight" in I-Sync set 7
      And P-Sync set 8 lists "Mill", "Bakery", "Depot", "Farm", "One" and "Two"
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of    | attribute     | from         | before | after |
        | Three | billing cycle | deactivation | C1     |       |
        | Four  | billing cycle | deactivation | C1     |       |
        | Five  | billing cycle | deactivation | C1     |       |
        | Six   | billing cycle | deactivation | C1     |       |
        | Seven | billing cycle | deactivation | C1     |       |
        | Eight | billing cycle | deactivation | C1     |       |

    @PSY-02 @AMB-32:day-of-extract @uses:SRP-03
    Scenario: The day of the extract counts late in the evening as well
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And it is Wednesday 23:30
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of   | attribute     | from  | before | after |
        | Farm | billing cycle | today | C1     |       |

    @PSY-02 @AMB-32 @uses:PSY-04 @uses:SRP-03 @uses:PSY-05
    Scenario: An SDP that was left out is listed again
      Given P-Sync set 7 lists "Mill", "Bakery" and "Depot"
      And P-Sync set 8 lists "Mill", "Bakery", "Depot" and "Farm", with
        | of   | attribute     | value        | from     |
        | Farm | billing cycle | C1           | tomorrow |
        | Farm | account       | Farm account | tomorrow |
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of   | attribute     | from     | before | after        |
        | Farm | billing cycle | tomorrow |        | C1           |
        | Farm | account       | tomorrow |        | Farm account |

    @PSY-02 @AMB-32 @uses:ISY-22 @uses:SYN-13 @uses:SRP-03 @uses:PSY-05
    Scenario: A virtual SDP is left out, and a physical one as well
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value  | from     |
        | Plaza | billing cycle | C1     | long ago |
        | Plaza | component     | Mill   | long ago |
        | Plaza | component     | Bakery | long ago |
      And set 7 carries the asset of virtual SDP "Plaza"
      And P-Sync set 8 lists "Mill", "Bakery" and "Depot"
      And set 7 arrives
      And it is Thursday 10:00
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows among others
        | of    | attribute     | from         | before | after |
        | Plaza | billing cycle | deactivation | C1     |       |
        | Farm  | billing cycle | deactivation | C1     |       |

  Rule: An SDP left out of an I-Sync set is not deactivated

    @PSY-03 @uses:SRP-03
    Scenario: An I-Sync set that describes one SDP in full
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |

    @PSY-03 @uses:SEQ-10
    Scenario: The others are still there for the next P-Sync set
      Given I-Sync set 7 lists "Mill"
      And P-Sync set 8 lists "Mill", "Bakery", "Depot" and "Farm"
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows nothing

  Rule: A P-Sync set that would deactivate more than its share of the LDC's active SDPs is stopped
    The profile's share is 50 per cent: assumed, for the slides name the check alone. What becomes of a set beyond it is
    not said: it may be stopped whole, fail to load, or be applied all the same.

    @PSY-05 @AMB-17 @AMB-32
    Scenario: Exactly the share
      Given P-Sync set 7 lists "Mill" and "Bakery"
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 says "completed"
      And IR06 of set 7 shows among others
        | of    | attribute     | from         | before | after |
        | Depot | billing cycle | deactivation | C1     |       |
        | Farm  | billing cycle | deactivation | C1     |       |

    @PSY-05 @AMB-17:stopped-whole
    Scenario: One SDP more than the share
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 says "stopped at threshold"
      And IR06 of set 7 shows nothing
      And IR07 of set 7 shows among others
        | of     | attribute     | from         | before | after |
        | Mill   | billing cycle | today        | C1     | B1    |
        | Bakery | billing cycle | deactivation | C1     |       |
        | Farm   | billing cycle | deactivation | C1     |       |

    @PSY-05 @AMB-17:refused-at-load
    Scenario: One SDP more than the share fails the load
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And set 7 has had its time
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed

    @PSY-05 @AMB-17:not-checked
    Scenario: One SDP more than the share is deactivated all the same
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And set 7 has had its time
      Then IR06 of set 7 shows among others
        | of     | attribute     | from         | before | after |
        | Mill   | billing cycle | today        | C1     | B1    |
        | Bakery | billing cycle | deactivation | C1     |       |
        | Farm   | billing cycle | deactivation | C1     |       |

    @PSY-05 @AMB-17:stopped-whole @uses:SEQ-10
    Scenario: A set that was stopped has changed nothing
      Given P-Sync set 7 lists "Mill", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And P-Sync set 8 lists "Mill", "Bakery", "Depot" and "Farm"
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows nothing
      And IR07 of set 8 shows nothing

    @PSY-05 @AMB-17
    Scenario: SDPs that were deactivated before do not count
      Given P-Sync set 7 lists "Mill" and "Bakery"
      And P-Sync set 8 lists "Mill"
      And set 7 arrives
      And set 7 has had its time
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 says "completed"

  Rule: A P-Sync set leaves the SDPs of other LDCs alone

    @PSY-06 @uses:SEQ-10
    Scenario: The other LDC finds nothing changed
      Given P-Sync set 7 of "Lakeside" lists "Mill", "Bakery" and "Depot"
      And P-Sync set 42 of "Hilltop" lists "Barn" and "Silo"
      And set 7 of "Lakeside" arrives
      And set 7 of "Lakeside" has had its time
      When set 42 of "Hilltop" arrives
      And set 42 of "Hilltop" has had its time
      Then IR06 of set 42 of "Hilltop" shows nothing
      And IR07 of set 42 of "Hilltop" shows nothing

