@STL @SYNC
Feature: The staging table loader checks a set before anything of it takes effect
  Its findings stand in IR14, all of them. One ERROR and nothing of the set is applied; WARNINGs let it load.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to submit 3000
    And "Lakeside" has authorised "Metering Partners" to receive IR06
    And "Lakeside" has authorised "Metering Partners" to receive IR10
    And "Lakeside" has authorised "Metering Partners" to receive IR14
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And I-Sync set 7 changes
      | of     | attribute     | value | from  |
      | Mill   | billing cycle | B1    | today |
      | Bakery | billing cycle | B2    | today |
      | Bakery | VEE service   | 04    | today |

  Rule: File sequence, syntax and logic of every set are checked

    @STL-01
    Scenario: Syntax - a record that lacks a field
      Given record 2 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed

    @STL-01
    Scenario: Syntax - a record in the second segment of its file that lacks a field
      Given file 04 of set 7 is split into segments 01 and 02
      And record 3 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed

    @STL-01
    Scenario: Syntax - a record of a P-Sync set that lacks a field
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And record 2 of file 04 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 says "failed"
      And set 8 has not been processed

    @STL-01
    Scenario: Logic - a record of a P-Sync set that ends before it starts
      Given P-Sync set 8 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from     | until     |
        | Mill | billing cycle | B9    | tomorrow | yesterday |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then set 8 has changed nothing

    @STL-01
    Scenario: Logic - a communication module that nobody created
      Given I-Sync set 8 changes
        | of         | attribute            | value          | from     |
        | Mill meter | communication module | No such module | today    |
        | Mill       | billing cycle        | B9             | tomorrow |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then set 8 has changed nothing

    @STL-01
    Scenario Outline: Logic - a P-Sync set names what nobody created
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And set 8 changes besides
        | of   | attribute   | value   | from  |
        | <of> | <attribute> | <value> | today |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then set 8 has changed nothing

      Examples:
        | case                   | of            | attribute            | value          |
        | a communication module | Mill meter    | communication module | No such module |
        | a meter                | Mill          | meter                | No such meter  |
        | a meter's parameter    | No such meter | register digits      | 6              |

    @STL-01
    Scenario Outline: Logic - a record that cannot be right
      Given I-Sync set 8 changes
        | of     | attribute   | value   | from     | until   |
        | <of>   | <attribute> | <value> | <from>   | <until> |
        | Bakery | VEE service | 05      | tomorrow |         |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then set 8 has changed nothing

      Examples: Logical checks that no reading of the data can do without
        | case                                          | of            | attribute            | value         | from     | until     |
        | it ends before it starts                      | Mill          | billing cycle        | B9            | tomorrow | yesterday |
        | a meter that nobody created                   | Mill          | meter                | No such meter | today    |           |
        | a parameter of a meter that nobody created    | No such meter | register digits      | 6             | today    |           |
        | a relationship of a meter that nobody created | No such meter | communication module | Mill module   | today    |           |

    @STL-01 @AMB-40:refused
    Scenario Outline: Logic - two values of one attribute at a time
      Given I-Sync set 8 changes
        | of   | attribute   | value   | from       | until      |
        | Mill | <attribute> | <one>   | in 5 days  | in 15 days |
        | Mill | <attribute> | <other> | in 10 days | in 20 days |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 says "failed"
      And set 8 has not been processed

      Examples: In each of the files with attributes of SDPs
        | case           | attribute         | one      | other      |
        | in its premise | city              | Milton   | Burlington |
        | in its service | framing structure | periodic | hourly     |
        | in a parameter | billing cycle     | X1       | X2         |
        | in its account | account           | Tenant 1 | Tenant 2   |

    @STL-01 @AMB-40:refused
    Scenario: Logic - two values of one attribute at a time in a P-Sync set
      Given P-Sync set 8 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | X1    | in 5 days  | in 15 days |
        | Mill | billing cycle | X2    | in 10 days | in 20 days |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 says "failed"
      And set 8 has not been processed

    @STL-01 @AMB-40:later-holds @uses:SRP-03
    Scenario: Logic - of two values at a time the later one holds
      Given I-Sync set 8 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | X1    | in 5 days  | in 15 days |
        | Mill | billing cycle | X2    | in 10 days | in 20 days |
        | Mill | billing cycle | B1    | in 20 days |            |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | in 5 days  | in 10 days | B1     | X1    |
        | Mill | billing cycle | in 10 days | in 20 days | B1     | X2    |

    @STL-01 @AMB-40:later-holds @uses:SRP-03
    Scenario: Logic - of two values at a time the later one holds, also where it has no end
      Given I-Sync set 8 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | X1    | in 5 days  | in 15 days |
        | Mill | billing cycle | X2    | in 10 days |            |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | in 5 days  | in 10 days | B1     | X1    |
        | Mill | billing cycle | in 10 days |            | B1     | X2    |

    @STL-01 @AMB-40:refused
    Scenario: Logic - a meter at two SDPs at a time
      Given I-Sync set 8 changes
        | of      | attribute            | value    | from  |
        | Mill    | meter                | Meter 2  | today |
        | Bakery  | meter                | Meter 2  | today |
        | Meter 2 | communication module | Module 2 | today |
      And set 8 carries the asset of meter "Meter 2"
      And set 8 carries the asset of communication module "Module 2"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 says "failed"
      And set 8 has not been processed

    @STL-01 @AMB-22 @AMB-23 @AMB-61
    Scenario: Logic - a meter that another SDP has stays there
      Given I-Sync set 8 changes
        | of         | attribute            | value       | from     |
        | Bakery     | meter                | Mill meter  | today    |
        | Mill meter | communication module | Mill module | long ago |
      And set 8 carries the asset of communication module "Mill module"
      And another I-Sync set 8 changes nothing
      And I-Sync set 9 changes
        | of           | attribute            | value         | from     |
        | Bakery       | meter                | Bakery meter  | today    |
        | Bakery meter | communication module | Bakery module | long ago |
      And set 9 carries the asset of communication module "Bakery module"
      And it is Wednesday 10:00
      And set 7 arrives
      And set 8 arrives
      And the other set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then set 9 has changed nothing

    @STL-01 @AMB-61:load-error
    Scenario: Logic - a meter that another SDP has fails the load
      Given I-Sync set 8 changes
        | of         | attribute            | value       | from     |
        | Bakery     | meter                | Mill meter  | today    |
        | Mill meter | communication module | Mill module | long ago |
      And set 8 carries the asset of communication module "Mill module"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 says "failed"
      And set 8 has not been processed

    @STL-01 @AMB-61:exception @uses:SRP-04
    Scenario: Logic - a meter that another SDP has is an exception
      Given I-Sync set 8 changes
        | of         | attribute            | value       | from     |
        | Bakery     | meter                | Mill meter  | today    |
        | Bakery     | billing cycle        | B8          | tomorrow |
        | Mill meter | communication module | Mill module | long ago |
      And set 8 carries the asset of communication module "Mill module"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR07 of set 8 shows exactly
        | of     | attribute | from  | before       | after      |
        | Bakery | meter     | today | Bakery meter | Mill meter |
      And IR06 of set 8 shows exactly
        | of     | attribute     | from     | before | after |
        | Bakery | billing cycle | tomorrow | B2     | B8    |

    @STL-01
    Scenario: File sequence - a set that is out of turn is not loaded
      Given I-Sync set 8 changes nothing
      And it is Wednesday 10:00
      When set 8 arrives
      And it is Wednesday 10:01
      Then nobody has received IR14 for set 8

    # The record of set 9 begins with the same day: what held for a while alone would come to light.
    @STL-01 @AMB-22 @AMB-23 @AMB-61
    Scenario Outline: Logic - a meter that another SDP has is not given for a while either
      Given I-Sync set 8 changes
        | of         | attribute            | value        | from     | until   |
        | Bakery     | meter                | Mill meter   | <from>   | <until> |
        | Bakery     | meter                | Bakery meter | <until>  |         |
        | Mill meter | communication module | Mill module  | long ago |         |
      And set 8 carries the asset of communication module "Mill module"
      And set 8 carries the asset of communication module "Bakery module"
      And another I-Sync set 8 changes nothing
      And I-Sync set 9 changes
        | of           | attribute            | value         | from     |
        | Bakery       | meter                | Bakery meter  | <from>   |
        | Bakery meter | communication module | Bakery module | long ago |
      And set 9 carries the asset of communication module "Bakery module"
      And it is Wednesday 10:00
      And set 7 arrives
      And set 8 arrives
      And the other set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then set 9 has changed nothing

      Examples: A while to come, and one that has been
        | from        | until       |
        | in 10 days  | in 20 days  |
        | 30 days ago | 20 days ago |

    @STL-01
    Scenario Outline: Logic - a record that ends before it starts, in whichever file
      Given I-Sync set 8 changes
        | of     | attribute   | value   | from     | until     |
        | Mill   | <attribute> | <value> | tomorrow | yesterday |
        | Bakery | VEE service | 05      | tomorrow |           |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then set 8 has changed nothing

      Examples: Each of the files with dates, but that of parameters
        | file | attribute         | value    |
        | 02   | city              | Milton   |
        | 03   | framing structure | periodic |
        | 05   | account           | Tenant   |

    @STL-01 @AMB-40:refused
    Scenario: Logic - two values of one attribute at a time in two segments
      Given I-Sync set 8 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | X1    | in 5 days  | in 15 days |
        | Mill | billing cycle | X2    | in 10 days | in 20 days |
      And file 04 of set 8 is split into segments 01 and 02
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 says "failed"
      And set 8 has not been processed

  Rule: IR14 is produced after every load, successful or not

    @STL-02
    Scenario: A load without findings
      Given it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "loaded"

    @STL-02
    Scenario: A load that fails
      Given record 1 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "failed"

    # A set that changes nothing stands between them, so that the second is expected whether a failed load uses up its
    # number or not.
    @STL-02 @AMB-22 @AMB-23
    Scenario: Two loads that fail, one after the other
      Given record 1 of file 04 of set 7 lacks its last field
      And another I-Sync set 7 changes nothing
      And I-Sync set 8 changes
        | of   | attribute   | value | from  |
        | Mill | VEE service | 05    | today |
      And record 1 of file 04 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      And it is Wednesday 10:02
      And the other set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:03
      Then IR14 of set 7 says "failed"
      And IR14 of set 8 says "failed"

    @STL-02 @AMB-22:number-stays
    Scenario: Two loads of one number that fail
      Given record 1 of file 04 of set 7 lacks its last field
      And another I-Sync set 7 changes
        | of   | attribute   | value | from  |
        | Mill | VEE service | 05    | today |
      And record 1 of file 04 of the other set 7 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "failed"
      And IR14 of the other set 7 says "failed"

    @STL-02
    Scenario: A load of a P-Sync set that fails
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And record 1 of file 04 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 says "failed"

  Rule: One record with an ERROR fails the whole set

    # Whether its number is used up is not said: a second set of that number, which changes nothing, makes the next one
    # be expected either way.
    @STL-03 @AMB-22 @AMB-23 @uses:SRP-03
    Scenario: Nothing of the set is applied
      Given record 3 of file 04 of set 7 lacks its last field
      And another I-Sync set 7 changes nothing
      And I-Sync set 8 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B7    | today |
        | Bakery | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      And the other set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B7    |
        | Bakery | billing cycle | today | C1     | B8    |

    @STL-03 @AMB-22:number-stays @uses:SRP-03
    Scenario: Nothing of the set is applied, and its number is still expected
      Given record 3 of file 04 of set 7 lacks its last field
      And another I-Sync set 7 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B7    | today |
        | Bakery | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      When the other set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of the other set 7 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B7    |
        | Bakery | billing cycle | today | C1     | B8    |

    @STL-03 @AMB-22:number-stays @uses:SRP-03
    Scenario: Two sets fail, one after the other, and the number is still expected
      Given record 3 of file 04 of set 7 lacks its last field
      And another I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B7    | today |
      And record 1 of file 04 of the other set 7 lacks its last field
      And I-Sync set 8 changes
        | of     | attribute     | value | from  |
        | Bakery | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      And the other set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then set 8 has not been processed

    @STL-03
    Scenario: The record stands in file 07
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      And record 1 of file 07 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has not been processed

    @STL-03 @AMB-22:number-used-up @uses:SRP-03
    Scenario: Nothing of the set is applied, and its number is used up
      Given record 3 of file 04 of set 7 lacks its last field
      And I-Sync set 8 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B7    | today |
        | Bakery | billing cycle | B8    | today |
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B7    |
        | Bakery | billing cycle | today | C1     | B8    |

    @STL-03 @AMB-22 @AMB-23 @uses:SRP-03
    Scenario: Nothing of any of the set's files is applied
      Given I-Sync set 8 changes
        | of         | attribute         | value      | from  |
        | Mill       | city              | Burlington | today |
        | Mill       | framing structure | periodic   | today |
        | Mill       | VEE service       | 04         | today |
        | Mill meter | register digits   | 6          | today |
        | Mill       | account           | New tenant | today |
      And set 8 carries the asset of meter "Spare meter"
      And record 1 of file 04 of set 8 lacks its last field
      And another I-Sync set 8 changes nothing
      And I-Sync set 9 changes
        | of         | attribute         | value      | from  |
        | Mill       | city              | Burlington | today |
        | Mill       | framing structure | periodic   | today |
        | Mill       | VEE service       | 04         | today |
        | Mill meter | register digits   | 6          | today |
        | Mill       | account           | New tenant | today |
      And set 9 carries the asset of meter "Spare meter"
      And it is Wednesday 10:00
      And set 7 arrives
      And set 8 arrives
      And the other set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 9 shows exactly
        | of          | attribute         | from  | before       | after       |
        | Spare meter | meter ID          |       |              | Spare meter |
        | Mill        | city              | today | Oakville     | Burlington  |
        | Mill        | framing structure | today | hourly       | periodic    |
        | Mill        | VEE service       | today | 02           | 04          |
        | Mill meter  | register digits   | today |              | 6           |
        | Mill        | account           | today | Mill account | New tenant  |

    @STL-03 @AMB-22 @AMB-23 @uses:SRP-03
    Scenario: A new SDP of a set that failed is created by the next one
      Given "Lakeside" has Universal SDP IDs for "School"
      And I-Sync set 8 lists "School"
      And record 1 of file 04 of set 8 lacks its last field
      And another I-Sync set 8 changes nothing
      And I-Sync set 9 lists "School"
      And it is Wednesday 10:00
      And set 7 arrives
      And set 8 arrives
      And the other set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 9 shows exactly
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

    @STL-03 @AMB-08:after-load-alone
    Scenario: No IR06 and no IR07 follow
      Given record 1 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 12:00
      Then nobody has received IR06 for set 7
      And nobody has received IR07 for set 7

    @STL-03 @AMB-08:stopped-at-load-too
    Scenario: IR06 and IR07 say that it stopped at the load
      Given record 1 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 says "stopped at load"
      And IR06 of set 7 shows nothing
      And IR07 of set 7 shows nothing

    @STL-03 @AMB-08
    Scenario: It is not taken for a set that was synchronized
      Given record 1 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 12:00
      Then set 7 has not been processed

  Rule: WARNINGs alone let the load complete
    Which findings are warnings is in another document. A record that stands there twice may be one.

    @STL-04 @AMB-39
    Scenario: A record that stands there twice, whatever that is
      Given record 1 of file 04 of set 7 stands there twice
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 fails the load for an error alone

    @STL-04 @AMB-39:warning @uses:SRP-03
    Scenario: A record that stands there twice
      Given record 1 of file 04 of set 7 stands there twice
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      And IR14 of set 7 reports a warning
      Then IR14 of set 7 says "loaded"
      And IR06 of set 7 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B1    |
        | Bakery | billing cycle | today | C1     | B2    |
        | Bakery | VEE service   | today | 02     | 04    |

    @STL-04 @AMB-39
    Scenario: A record of a P-Sync set that stands there twice, whatever that is
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And record 1 of file 04 of set 8 stands there twice
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 fails the load for an error alone

    @STL-04 @AMB-39:warning @uses:SRP-03
    Scenario: A record of a P-Sync set that stands there twice
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And record 1 of file 04 of set 8 stands there twice
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 says "loaded"

    @STL-04 @AMB-39:no-finding @uses:SRP-03
    Scenario: A record that stands there twice is nothing to report
      Given record 1 of file 04 of set 7 stands there twice
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "loaded"
      And IR06 of set 7 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B1    |
        | Bakery | billing cycle | today | C1     | B2    |
        | Bakery | VEE service   | today | 02     | 04    |

    @STL-04 @AMB-39:error
    Scenario: A record that stands there twice fails the load
      Given record 1 of file 04 of set 7 stands there twice
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "failed"

  Rule: All errors and warnings are reported, not only the first

    @STL-05
    Scenario: Three records with errors, in two files
      Given I-Sync set 8 changes
        | of     | attribute     | value    | from  |
        | Mill   | billing cycle | B9       | today |
        | Bakery | VEE service   | 05       | today |
        | Bakery | account       | A tenant | today |
      And record 1 of file 04 of set 8 lacks its last field
      And record 2 of file 04 of set 8 lacks its last field
      And record 1 of file 05 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 reports 3 errors or more
      And IR14 of set 8 reports an error on record 1 of file 04
      And IR14 of set 8 reports an error on record 2 of file 04
      And IR14 of set 8 reports an error on record 1 of file 05

    @STL-05
    Scenario: Twelve records with errors
      Given I-Sync set 8 lists "Mill" and "Bakery"
      And record 1 of file 04 of set 8 lacks its last field
      And record 2 of file 04 of set 8 lacks its last field
      And record 3 of file 04 of set 8 lacks its last field
      And record 4 of file 04 of set 8 lacks its last field
      And record 5 of file 04 of set 8 lacks its last field
      And record 6 of file 04 of set 8 lacks its last field
      And record 7 of file 04 of set 8 lacks its last field
      And record 8 of file 04 of set 8 lacks its last field
      And record 1 of file 05 of set 8 lacks its last field
      And record 2 of file 05 of set 8 lacks its last field
      And record 3 of file 05 of set 8 lacks its last field
      And record 4 of file 05 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 reports 12 errors or more
      And IR14 of set 8 reports an error on record 8 of file 04
      And IR14 of set 8 reports an error on record 4 of file 05

    @STL-05
    Scenario: The second segment of a file alone has an error
      Given file 04 of set 7 is split into segments 01 and 02
      And record 3 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 reports an error on record 3 of file 04

    @STL-05
    Scenario: Each of three segments of a file has an error
      Given file 04 of set 7 is split into segments 01, 02 and 03
      And record 1 of file 04 of set 7 lacks its last field
      And record 2 of file 04 of set 7 lacks its last field
      And record 3 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 reports 3 errors or more
      And IR14 of set 7 reports an error on record 1 of file 04
      And IR14 of set 7 reports an error on record 2 of file 04
      And IR14 of set 7 reports an error on record 3 of file 04

    @STL-05
    Scenario: Records of a P-Sync set with errors, in two files
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And record 1 of file 03 of set 8 lacks its last field
      And record 2 of file 03 of set 8 lacks its last field
      And record 1 of file 05 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 reports 3 errors or more
      And IR14 of set 8 reports an error on record 1 of file 03
      And IR14 of set 8 reports an error on record 2 of file 03
      And IR14 of set 8 reports an error on record 1 of file 05

    @STL-05
    Scenario: An agent that submits is told of every error
      Given record 1 of file 04 of set 7 lacks its last field
      And record 3 of file 04 of set 7 lacks its last field
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 reports 2 errors or more
      And IR14 of set 7 reports an error on record 1 of file 04
      And IR14 of set 7 reports an error on record 3 of file 04

    @STL-05 @AMB-40:refused
    Scenario: Errors of syntax and of logic
      Given I-Sync set 8 changes
        | of     | attribute     | value | from      | until      |
        | Mill   | billing cycle | B9    | today     |            |
        | Bakery | VEE service   | 05    | today     | in 10 days |
        | Bakery | VEE service   | 06    | in 5 days | in 15 days |
      And record 1 of file 04 of set 8 lacks its last field
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR14 of set 8 reports 2 errors or more
      And IR14 of set 8 reports an error on record 1 of file 04
      And IR14 of set 8 reports an error on record 3 of file 04

    @STL-05 @AMB-39:warning
    Scenario: A warning beside an error
      Given record 1 of file 04 of set 7 stands there twice
      And record 4 of file 04 of set 7 lacks its last field
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 reports an error on record 4 of file 04
      And IR14 of set 7 reports a warning on record 2 of file 04

    @STL-05 @AMB-39:warning
    Scenario: A warning of a P-Sync set
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And record 2 of file 04 of set 8 stands there twice
      And it is Wednesday 10:00
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR14 of set 8 reports a warning on record 3 of file 04

    @STL-05 @AMB-39:warning
    Scenario: Two warnings of a load that succeeds
      Given record 2 of file 04 of set 7 stands there twice
      And record 1 of file 04 of set 7 stands there twice
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 reports 2 warnings or more
      And IR14 of set 7 reports a warning on record 2 of file 04
      And IR14 of set 7 reports a warning on record 4 of file 04

  Rule: IR10 and IR14 go to the submitting organisation alone

    @STL-06
    Scenario: The agent submits a set that is loaded
      Given set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR14 for set 7
      And "Lakeside" has received no IR14 for set 7

    @STL-06 @uses:SEQ-06
    Scenario: The agent submits a set that is rejected
      Given set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives without file 03
      And it is Wednesday 11:00
      Then "Metering Partners" has received IR10 for set 7
      And "Lakeside" has received no IR10 for set 7

    @STL-06
    Scenario: The LDC submits
      Given it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Lakeside" has received IR14 for set 7
      And "Metering Partners" has received no IR14 for set 7

    @STL-06 @uses:SEQ-06
    Scenario: The LDC submits a set that is rejected
      Given it is Wednesday 10:00
      When set 7 arrives without file 01
      And it is Wednesday 11:00
      Then "Lakeside" has received IR10 for set 7
      And "Metering Partners" has received no IR10 for set 7

    @STL-06 @AMB-44:authorised-alone
    Scenario: The agent that submits is not authorised for IR14
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to submit 4000
      And set 7 is submitted by "Grid Services"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then set 7 has been processed
      And nobody has received IR14 for set 7

    @STL-06 @AMB-44:submitter
    Scenario: The agent that submits is not authorised for IR14, and receives it all the same
      Given agent "Grid Services" is registered
      And "Lakeside" has authorised "Grid Services" to submit 4000
      And set 7 is submitted by "Grid Services"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Grid Services" has received IR14 for set 7
      And "Lakeside" has received no IR14 for set 7

    @STL-06 @AMB-34 @uses:STL-03
    Scenario: An agent's set that fails to load
      Given record 1 of file 04 of set 7 lacks its last field
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      When set 7 arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR14 for set 7
      And "Lakeside" has received no IR14 for set 7

    @STL-06 @AMB-34
    Scenario: Two LDCs with an agent each
      Given LDC "Hilltop" is registered
      And agent "Grid Services" is registered
      And "Hilltop" has authorised "Grid Services" to submit 4000
      And "Hilltop" has authorised "Grid Services" to receive IR14
      And "Hilltop" has synchronized SDP "Barn" in I-Sync set 41
      And I-Sync set 42 of "Hilltop" changes nothing
      And set 42 of "Hilltop" is submitted by "Grid Services"
      And set 7 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      When set 42 of "Hilltop" arrives
      And it is Wednesday 10:01
      Then "Metering Partners" has received IR14 for set 7
      And "Metering Partners" has received no IR14 for set 42 of "Hilltop"
      And "Grid Services" has received IR14 for set 42 of "Hilltop"
      And "Grid Services" has received no IR14 for set 7

    @STL-06 @AMB-34 @uses:SEQ-06
    Scenario: The agent submits a P-Sync set, and one that is rejected
      Given P-Sync set 8 lists "Mill" and "Bakery"
      And P-Sync set 9 lists "Mill" and "Bakery"
      And set 7 is submitted by "Metering Partners"
      And set 8 is submitted by "Metering Partners"
      And set 9 is submitted by "Metering Partners"
      And it is Wednesday 10:00
      And set 7 arrives
      And set 8 arrives
      And set 8 has had its time
      And it is Friday 10:00
      When set 9 arrives without file 03
      And it is Friday 11:00
      Then "Metering Partners" has received IR14 for set 8
      And "Lakeside" has received no IR14 for set 8
      And "Metering Partners" has received IR10 for set 9
      And "Lakeside" has received no IR10 for set 9
