@ISY @SYNC
Feature: An I-Sync set changes what it names, for the days it names
  Prior, current and future states alike. What a set does not mention stays as it was, which a P-Sync set that lists the
  SDP as it should be brings to light: where it finds nothing to change, everything is so.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: Prior, current and future values and effective dates are accepted

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A current value
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A future value
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       |
        | Mill | billing cycle | B1    | in 30 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from       | before | after |
        | Mill | billing cycle | in 30 days | C1     | B1    |

    @ISY-01 @AMB-18 @uses:SRP-03 @dated
    Scenario: Values that begin on 29 February, and end on it
      Given I-Sync set 7 changes
        | of     | attribute     | value | from       | until      |
        | Mill   | billing cycle | B1    | 2012-02-29 |            |
        | Bakery | VEE service   | 04    | 2012-02-27 | 2012-02-29 |
        | Bakery | VEE service   | 02    | 2012-02-29 |            |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from       | until      | before | after |
        | Mill   | billing cycle | 2012-02-29 |            | C1     | B1    |
        | Bakery | VEE service   | 2012-02-27 | 2012-02-29 | 02     | 04    |

    @ISY-01 @AMB-18 @uses:SRP-03 @dated
    Scenario: Values that begin with a year, and end with one
      Given I-Sync set 7 changes
        | of     | attribute     | value | from       | until      |
        | Mill   | billing cycle | B1    | 2011-01-01 |            |
        | Mill   | VEE service   | 04    | 2010-12-30 | 2010-12-31 |
        | Mill   | VEE service   | 02    | 2010-12-31 |            |
        | Bakery | VEE service   | 04    | 2010-12-31 | 2011-01-01 |
        | Bakery | VEE service   | 02    | 2011-01-01 |            |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from       | until      | before | after |
        | Mill   | billing cycle | 2011-01-01 |            | C1     | B1    |
        | Mill   | VEE service   | 2010-12-30 | 2010-12-31 | 02     | 04    |
        | Bakery | VEE service   | 2010-12-31 | 2011-01-01 | 02     | 04    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A value that held before comes back
      Given I-Sync set 7 changes
        | of   | attribute     | value | from        |
        | Mill | billing cycle | B1    | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | C1    | today |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | B1     | C1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A prior value rewrites its own span
      Given I-Sync set 7 changes
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Mill | billing cycle | 90 days ago | 30 days ago | C1     | P1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A prior value leaves the states before and after it alone
      Given I-Sync set 7 changes
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      And I-Sync set 8 changes
        | of   | attribute     | value | from         | until       |
        | Mill | billing cycle | X1    | 100 days ago | 80 days ago |
        | Mill | billing cycle | Y1    | 31 days ago  | 29 days ago |
        | Mill | billing cycle | C1    | 29 days ago  |             |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from         | until       | before | after |
        | Mill | billing cycle | 100 days ago | 90 days ago | C1     | X1    |
        | Mill | billing cycle | 90 days ago  | 80 days ago | P1     | X1    |
        | Mill | billing cycle | 31 days ago  | 30 days ago | P1     | Y1    |
        | Mill | billing cycle | 30 days ago  | 29 days ago | C1     | Y1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A prior value takes the place of a whole state that began and ended within its days
      Given I-Sync set 7 changes
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | P1    | 60 days ago | 50 days ago |
        | Mill | billing cycle | C1    | 50 days ago |             |
      And I-Sync set 8 changes
        | of   | attribute     | value | from        | until       |
        | Mill | billing cycle | X1    | 90 days ago | 30 days ago |
        | Mill | billing cycle | C1    | 30 days ago |             |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from        | until       | before | after |
        | Mill | billing cycle | 90 days ago | 60 days ago | C1     | X1    |
        | Mill | billing cycle | 60 days ago | 50 days ago | P1     | X1    |
        | Mill | billing cycle | 50 days ago | 30 days ago | C1     | X1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: The current state gets an end date
      Given I-Sync set 7 changes
        | of   | attribute     | value | from     | until      |
        | Mill | billing cycle | C1    | long ago | in 10 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from       | before | after |
        | Mill | billing cycle | in 10 days | C1     |       |

    @ISY-01 @AMB-38:comes-back @uses:SRP-03
    Scenario: What has no end comes back after a span that the set takes out of it
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | B1    | today      |            |
        | Mill | billing cycle | P1    | in 10 days | in 20 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | today      | in 10 days | C1     | B1    |
        | Mill | billing cycle | in 10 days | in 20 days | C1     | P1    |
        | Mill | billing cycle | in 20 days |            | C1     | B1    |

    @ISY-01 @AMB-38:ends @uses:SRP-03
    Scenario: What has no end ends where the set takes a span out of it
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | B1    | today      |            |
        | Mill | billing cycle | P1    | in 10 days | in 20 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows among others
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | today      | in 10 days | C1     | B1    |
        | Mill | billing cycle | in 10 days | in 20 days | C1     | P1    |

    # What an SDP has "long ago" it has since 400 days before the first day: before that there is nothing.
    @ISY-01 @AMB-18:no-limit @uses:SRP-03
    Scenario: Three years back and three years ahead
      Given I-Sync set 7 changes
        | of     | attribute     | value | from          | until         |
        | Mill   | billing cycle | P1    | 1100 days ago | 1000 days ago |
        | Bakery | VEE service   | 04    | in 1100 days  |               |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from          | until         | before | after |
        | Mill   | billing cycle | 1100 days ago | 1000 days ago |        | P1    |
        | Bakery | VEE service   | in 1100 days  |               | 02     | 04    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A year back and a year ahead
      Given I-Sync set 7 changes
        | of     | attribute     | value | from         | until        |
        | Mill   | billing cycle | P1    | 390 days ago | 365 days ago |
        | Mill   | billing cycle | C1    | 365 days ago |              |
        | Bakery | VEE service   | 04    | in 365 days  |              |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from         | until        | before | after |
        | Mill   | billing cycle | 390 days ago | 365 days ago | C1     | P1    |
        | Bakery | VEE service   | in 365 days  |              | 02     | 04    |

    @ISY-01 @AMB-18:within-limits @uses:SRP-03
    Scenario: As far back and ahead as the limits allow
      Given I-Sync set 7 changes
        | of     | attribute     | value | from         | until        |
        | Mill   | billing cycle | P1    | 730 days ago | 700 days ago |
        | Bakery | VEE service   | 04    | in 700 days  | in 730 days  |
        | Bakery | VEE service   | 02    | in 730 days  |              |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from         | until        | before | after |
        | Mill   | billing cycle | 730 days ago | 700 days ago |        | P1    |
        | Bakery | VEE service   | in 700 days  | in 730 days  | 02     | 04    |

    @ISY-01 @AMB-18:within-limits
    Scenario Outline: A day beyond the limits
      Given I-Sync set 7 changes
        | of   | attribute     | value | from   | until   |
        | Mill | billing cycle | P1    | <from> | <until> |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR14 of set 7 says "failed"
      And set 7 has not been processed

      Examples: What lies beyond
        | case                 | from         | until        |
        | a start in the past  | 731 days ago | 700 days ago |
        | a start to come      | in 731 days  |              |
        | an end to come       | in 700 days  | in 731 days  |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A change that is planned comes earlier
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       | until |
        | Mill | billing cycle | B1    | in 30 days |       |
      And I-Sync set 8 changes
        | of   | attribute     | value | from       | until |
        | Mill | billing cycle | B1    | in 20 days |       |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | in 20 days | in 30 days | C1     | B1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A change that is planned is put off
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       | until |
        | Mill | billing cycle | B1    | in 30 days |       |
      And I-Sync set 8 changes
        | of   | attribute     | value | from       | until      |
        | Mill | billing cycle | C1    | in 30 days | in 40 days |
        | Mill | billing cycle | B1    | in 40 days |            |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from       | until      | before | after |
        | Mill | billing cycle | in 30 days | in 40 days | B1     | C1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: A change that is planned is taken back
      Given I-Sync set 7 changes
        | of   | attribute     | value | from       | until |
        | Mill | billing cycle | B1    | in 30 days |       |
      And I-Sync set 8 changes
        | of   | attribute     | value | from       | until |
        | Mill | billing cycle | C1    | in 30 days |       |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from       | until | before | after |
        | Mill | billing cycle | in 30 days |       | B1     | C1    |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: An end that is planned is put off
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until      |
        | Mill | account   | Mill account | long ago | in 30 days |
      And I-Sync set 8 changes
        | of   | attribute | value        | from     | until      |
        | Mill | account   | Mill account | long ago | in 40 days |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute | from       | until      | before | after        |
        | Mill | account   | in 30 days | in 40 days |        | Mill account |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: An end that is planned comes earlier
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until      |
        | Mill | account   | Mill account | long ago | in 30 days |
      And I-Sync set 8 changes
        | of   | attribute | value        | from     | until      |
        | Mill | account   | Mill account | long ago | in 20 days |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute | from       | until      | before       | after |
        | Mill | account   | in 20 days | in 30 days | Mill account |       |

    @ISY-01 @AMB-18 @uses:SRP-03
    Scenario: An end that has been is taken back
      Given I-Sync set 7 changes
        | of   | attribute | value        | from     | until       |
        | Mill | account   | Mill account | long ago | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute | value        | from     | until |
        | Mill | account   | Mill account | long ago |       |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute | from        | until | before | after        |
        | Mill | account   | 30 days ago |       |        | Mill account |

    @ISY-01 @AMB-18 @uses:SRP-03 @dated
    Scenario: What ends with a year, or as clocks go forward, and is not followed
      Given I-Sync set 7 changes
        | of     | attribute     | value          | from       | until      |
        | Mill   | account       | Mill account   | long ago   | 2011-12-31 |
        | Bakery | account       | Bakery account | long ago   | 2011-03-13 |
        | Mill   | billing cycle | B1             | 2011-03-13 |            |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute     | from       | before         | after |
        | Mill   | account       | 2011-12-31 | Mill account   |       |
        | Bakery | account       | 2011-03-13 | Bakery account |       |
        | Mill   | billing cycle | 2011-03-13 | C1             | B1    |

  Rule: Any number of attributes of any number of SDPs; what is not mentioned stays as it was

    @ISY-02 @uses:SRP-03
    Scenario: Several attributes of two SDPs
      Given I-Sync set 7 changes
        | of     | attribute         | value      | from  |
        | Mill   | billing cycle     | B1         | today |
        | Mill   | VEE service       | 04         | today |
        | Bakery | framing structure | periodic   | today |
        | Bakery | city              | Burlington | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute         | from  | before   | after      |
        | Mill   | billing cycle     | today | C1       | B1         |
        | Mill   | VEE service       | today | 02       | 04         |
        | Bakery | framing structure | today | hourly   | periodic   |
        | Bakery | city              | today | Oakville | Burlington |

    @ISY-02 @uses:SEQ-10
    Scenario: Nothing else of the SDP has changed, nor anything of another
      Given I-Sync set 7 changes
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And P-Sync set 8 lists "Mill" and "Bakery", with
        | of   | attribute     | value | from  |
        | Mill | billing cycle | B1    | today |
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows nothing
      And IR07 of set 8 shows nothing

    # The service agreement record has a field for the commodity type, too, and the premise record one for the city:
    # both are empty.
    @ISY-02 @uses:SEQ-10
    Scenario: A record that leaves a field empty leaves the field's attribute alone
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from  |
        | Mill | framing structure | periodic | today |
        | Mill | address           | 2 Elm St | today |
      And P-Sync set 8 lists "Mill" and "Bakery", with
        | of   | attribute         | value    | from  |
        | Mill | framing structure | periodic | today |
        | Mill | address           | 2 Elm St | today |
      And set 7 arrives
      When set 8 arrives
      And set 8 has had its time
      Then IR06 of set 8 shows nothing

    @ISY-02 @uses:SRP-03
    Scenario: The same attributes of several SDPs
      Given I-Sync set 7 changes
        | of     | attribute   | value      | from     |
        | Mill   | address     | 12 Elm St  | tomorrow |
        | Mill   | postal code | L7R1A1     | tomorrow |
        | Bakery | address     | 14 Elm St  | tomorrow |
        | Bakery | postal code | L7R1A2     | tomorrow |
        | Mill   | account     | New tenant | tomorrow |
        | Bakery | account     | Next door  | tomorrow |
        | Mill   | VEE service | 04         | tomorrow |
        | Bakery | VEE service | 04         | tomorrow |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of     | attribute   | from     | before         | after      |
        | Mill   | address     | tomorrow | 1 Main St      | 12 Elm St  |
        | Mill   | postal code | tomorrow | L6L2A1         | L7R1A1     |
        | Bakery | address     | tomorrow | 1 Main St      | 14 Elm St  |
        | Bakery | postal code | tomorrow | L6L2A1         | L7R1A2     |
        | Mill   | account     | tomorrow | Mill account   | New tenant |
        | Bakery | account     | tomorrow | Bakery account | Next door  |
        | Mill   | VEE service | tomorrow | 02             | 04         |
        | Bakery | VEE service | tomorrow | 02             | 04         |

    @ISY-02 @uses:SRP-03
    Scenario: Every attribute of an SDP that can change
      Given I-Sync set 7 changes
        | of   | attribute               | value       | from  |
        | Mill | address                 | 12 Elm St   | today |
        | Mill | city                    | Burlington  | today |
        | Mill | postal code             | L7R1A1      | today |
        | Mill | framing structure       | periodic    | today |
        | Mill | billing cycle           | B1          | today |
        | Mill | VEE service             | 04          | today |
        | Mill | CT/PT multiplier        | 40          | today |
        | Mill | service status          | cut at pole | today |
        | Mill | account                 | New tenant  | today |
        | Mill | energy service provider | Lakeside    | today |
        | Mill | CCA service provider    | Lakeside    | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute               | from  | before       | after       |
        | Mill | address                 | today | 1 Main St    | 12 Elm St   |
        | Mill | city                    | today | Oakville     | Burlington  |
        | Mill | postal code             | today | L6L2A1       | L7R1A1      |
        | Mill | framing structure       | today | hourly       | periodic    |
        | Mill | billing cycle           | today | C1           | B1          |
        | Mill | VEE service             | today | 02           | 04          |
        | Mill | CT/PT multiplier        | today | 1            | 40          |
        | Mill | service status          | today | connected    | cut at pole |
        | Mill | account                 | today | Mill account | New tenant  |
        | Mill | energy service provider | today |              | Lakeside    |
        | Mill | CCA service provider    | today |              | Lakeside    |

    @ISY-02 @uses:SRP-03
    Scenario: Every attribute of a meter that can change
      Given I-Sync set 7 changes
        | of         | attribute           | value | from     |
        | Mill meter | register digits     | 5     | long ago |
        | Mill meter | register multiplier | 1     | long ago |
      And I-Sync set 8 changes
        | of         | attribute            | value    | from  |
        | Mill meter | register digits      | 6        | today |
        | Mill meter | register multiplier  | 10       | today |
        | Mill meter | communication module | Module 2 | today |
      And set 8 carries the asset of communication module "Module 2"
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of         | attribute            | from  | before      | after    |
        | Module 2   | module ID            |       |             | Module 2 |
        | Mill meter | register digits      | today | 5           | 6        |
        | Mill meter | register multiplier  | today | 1           | 10       |
        | Mill meter | communication module | today | Mill module | Module 2 |

    @ISY-02 @uses:SYN-13 @uses:SRP-03
    Scenario: Attributes of a virtual SDP
      Given "Lakeside" has Universal SDP IDs for "Plaza"
      And I-Sync set 7 changes
        | of    | attribute     | value       | from     |
        | Plaza | billing cycle | C1          | long ago |
        | Plaza | VEE service   | 02          | long ago |
        | Plaza | account       | Plaza owner | long ago |
      And set 7 carries the asset of virtual SDP "Plaza"
      And set 7 makes "Plaza" the sum of "Mill" and "Bakery"
      And I-Sync set 8 changes
        | of    | attribute     | value     | from  |
        | Plaza | billing cycle | B1        | today |
        | Plaza | VEE service   | 04        | today |
        | Plaza | account       | New owner | today |
      And it is Wednesday 10:30
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:31
      Then IR06 of set 8 shows exactly
        | of    | attribute     | from  | before      | after     |
        | Plaza | billing cycle | today | C1          | B1        |
        | Plaza | VEE service   | today | 02          | 04        |
        | Plaza | account       | today | Plaza owner | New owner |

    @ISY-02 @uses:SRP-03
    Scenario: A dozen SDPs
      Given "Lakeside" has synchronized SDPs "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine" and "Ten" in I-Sync set 7
      And I-Sync set 8 changes
        | of     | attribute     | value | from  |
        | Mill   | billing cycle | B1    | today |
        | Bakery | billing cycle | B2    | today |
        | One    | billing cycle | B3    | today |
        | Two    | billing cycle | B4    | today |
        | Three  | billing cycle | B5    | today |
        | Four   | billing cycle | B6    | today |
        | Five   | billing cycle | B7    | today |
        | Six    | billing cycle | B8    | today |
        | Seven  | billing cycle | B9    | today |
        | Eight  | billing cycle | B10   | today |
        | Nine   | billing cycle | B11   | today |
        | Ten    | billing cycle | B12   | today |
      When set 8 arrives
      And it is Wednesday 10:31
      Then IR06 of set 8 shows exactly
        | of     | attribute     | from  | before | after |
        | Mill   | billing cycle | today | C1     | B1    |
        | Bakery | billing cycle | today | C1     | B2    |
        | One    | billing cycle | today | C1     | B3    |
        | Two    | billing cycle | today | C1     | B4    |
        | Three  | billing cycle | today | C1     | B5    |
        | Four   | billing cycle | today | C1     | B6    |
        | Five   | billing cycle | today | C1     | B7    |
        | Six    | billing cycle | today | C1     | B8    |
        | Seven  | billing cycle | today | C1     | B9    |
        | Eight  | billing cycle | today | C1     | B10   |
        | Nine   | billing cycle | today | C1     | B11   |
        | Ten    | billing cycle | today | C1     | B12   |

  Rule: A set may carry more than a business scenario's minimum data, and several scenarios at once

    @ISY-03 @uses:ISY-16 @uses:SRP-03
    Scenario: What is held already may be sent along
      Given I-Sync set 7 changes
        | of   | attribute        | value    | from     |
        | Mill | billing cycle    | B1       | today    |
        | Mill | VEE service      | 02       | long ago |
        | Mill | CT/PT multiplier | 1        | long ago |
        | Mill | AMI operator     | Lakeside | long ago |
      And set 7 carries the asset of physical SDP "Mill"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before | after |
        | Mill | billing cycle | today | C1     | B1    |

    @ISY-03 @uses:ISY-10 @uses:ISY-15 @uses:ISY-19 @uses:SRP-03
    Scenario: Meter change, framing structure change and account change in one set
      Given I-Sync set 7 changes
        | of      | attribute            | value       | from  |
        | Mill    | meter                | Meter 2     | today |
        | Meter 2 | communication module | Module 2    | today |
        | Bakery  | framing structure    | TOU/CPP EST | today |
        | Bakery  | account              | New tenant  | today |
      And set 7 carries the asset of meter "Meter 2"
      And set 7 carries the asset of communication module "Module 2"
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of       | attribute            | from  | before         | after       |
        | Meter 2  | meter ID             |       |                | Meter 2     |
        | Module 2 | module ID            |       |                | Module 2    |
        | Mill     | meter                | today | Mill meter     | Meter 2     |
        | Meter 2  | communication module | today |                | Module 2    |
        | Bakery   | framing structure    | today | hourly         | TOU/CPP EST |
        | Bakery   | account              | today | Bakery account | New tenant  |
