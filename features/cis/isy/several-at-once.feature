@ISY @CIS-SYNC
Feature: A CIS tells of several business scenarios at once

  # In one set or in several, with more than the minimum data or without: all of it has to be right.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: Whatever is told together, the MDM/R comes to know each change, and nothing else has changed

    @ISY-03
    Scenario: A customer moves in, and everything about the SDP changes with it
      Given "Lakeside" puts on record
        | of     | attribute         | value             | from                |
        | Bakery | account           | New Tenant        | Wednesday of week 1 |
        | Bakery | framing structure | TOU/CPP EST       | Wednesday of week 1 |
        | Bakery | billing cycle     | 17                | Wednesday of week 1 |
        | Bakery | VEE service       | 03                | Wednesday of week 1 |
        | Bakery | CT/PT multiplier  | 40                | Wednesday of week 1 |
        | Bakery | billing agent     | Metering Partners | Wednesday of week 1 |
        | Bakery | meter             | M2                | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value             | from                |
        | Bakery | account           | Bakery account    | long ago            |
        | Bakery | account           | New Tenant        | Wednesday of week 1 |
        | Bakery | framing structure | hourly            | long ago            |
        | Bakery | framing structure | TOU/CPP EST       | Wednesday of week 1 |
        | Bakery | billing cycle     | C1                | long ago            |
        | Bakery | billing cycle     | 17                | Wednesday of week 1 |
        | Bakery | VEE service       | 02                | long ago            |
        | Bakery | VEE service       | 03                | Wednesday of week 1 |
        | Bakery | CT/PT multiplier  | 1                 | long ago            |
        | Bakery | CT/PT multiplier  | 40                | Wednesday of week 1 |
        | Bakery | billing agent     | Lakeside          | long ago            |
        | Bakery | billing agent     | Metering Partners | Wednesday of week 1 |
        | Bakery | meter             | Bakery meter      | long ago            |
        | Bakery | meter             | M2                | Wednesday of week 1 |
        | Bakery | AMI operator      | Lakeside          | long ago            |
        | Bakery | address           | 1 Main St         | long ago            |

    @ISY-03
    Scenario: A prior, a current and a future change of one attribute
      Given "Lakeside" puts on record
        | of     | attribute     | value   | from                |
        | Bakery | billing cycle | 17      | 2010-12-31          |
        | Bakery | billing cycle | 18      | Wednesday of week 1 |
        | Bakery | billing cycle | 19      | 2011-03-13          |
        | Bakery | city          | Hilltop | 2011-03-13          |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value    | from                |
        | Bakery | billing cycle | C1       | long ago            |
        | Bakery | billing cycle | 17       | 2010-12-31          |
        | Bakery | billing cycle | 18       | Wednesday of week 1 |
        | Bakery | billing cycle | 19       | 2011-03-13          |
        | Bakery | city          | Oakville | long ago            |
        | Bakery | city          | Hilltop  | 2011-03-13          |
        | Bakery | VEE service   | 02       | long ago            |

    @ISY-03
    Scenario: A new SDP, a changed one, and one whose meter is removed
      Given "Lakeside" creates SDPs "Barn"
      And "Lakeside" puts on record
        | of     | attribute   | value  | from                |
        | Mill   | VEE service | 05     | Wednesday of week 1 |
        | Bakery | meter       | none   | Wednesday of week 1 |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value        | from                |
        | Barn   | billing cycle | C1           | Wednesday of week 1 |
        | Barn   | meter         | Barn meter   | Wednesday of week 1 |
        | Mill   | VEE service   | 02           | long ago            |
        | Mill   | VEE service   | 05           | Wednesday of week 1 |
        | Bakery | meter         | Bakery meter | long ago            |
        | Bakery | meter         | none         | Wednesday of week 1 |

    @ISY-03
    Scenario: Earlier days are put on record after later ones, and leave them alone
      Given "Lakeside" puts on record
        | of     | attribute         | value       | from             |
        | Bakery | framing structure | TOU/CPP EST | Monday of week 2 |
        | Bakery | VEE service       | 03          | Monday of week 2 |
        | Bakery | CT/PT multiplier  | 40          | Monday of week 2 |
        | Bakery | account           | New Tenant  | Monday of week 2 |
        | Bakery | city              | Hilltop     | Monday of week 2 |
      And "Lakeside" puts on record
        | of     | attribute         | value          | from             |
        | Bakery | framing structure | periodic       | Monday of week 1 |
        | Bakery | VEE service       | 05             | Monday of week 1 |
        | Bakery | CT/PT multiplier  | 80             | Monday of week 1 |
        | Bakery | account           | Passing Tenant | Monday of week 1 |
        | Bakery | postal code       | K1A0B1         | Monday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value          | from             |
        | Bakery | framing structure | hourly         | long ago         |
        | Bakery | framing structure | periodic       | Monday of week 1 |
        | Bakery | framing structure | TOU/CPP EST    | Monday of week 2 |
        | Bakery | VEE service       | 02             | long ago         |
        | Bakery | VEE service       | 05             | Monday of week 1 |
        | Bakery | VEE service       | 03             | Monday of week 2 |
        | Bakery | CT/PT multiplier  | 1              | long ago         |
        | Bakery | CT/PT multiplier  | 80             | Monday of week 1 |
        | Bakery | CT/PT multiplier  | 40             | Monday of week 2 |
        | Bakery | account           | Bakery account | long ago         |
        | Bakery | account           | Passing Tenant | Monday of week 1 |
        | Bakery | account           | New Tenant     | Monday of week 2 |
        | Bakery | city              | Oakville       | long ago         |
        | Bakery | city              | Hilltop        | Monday of week 2 |
        | Bakery | postal code       | L6L2A1         | long ago         |
        | Bakery | postal code       | K1A0B1         | Monday of week 1 |

    @ISY-03
    Scenario: What had changed changes back
      Given "Lakeside" puts on record
        | of     | attribute        | value          | from                |
        | Bakery | CT/PT multiplier | 40             | Wednesday of week 1 |
        | Bakery | account          | New Tenant     | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute        | value          | from             |
        | Bakery | CT/PT multiplier | 1              | Friday of week 1 |
        | Bakery | account          | Bakery account | Friday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute        | value          | from                |
        | Bakery | CT/PT multiplier | 1              | long ago            |
        | Bakery | CT/PT multiplier | 40             | Wednesday of week 1 |
        | Bakery | CT/PT multiplier | 1              | Friday of week 1    |
        | Bakery | account          | Bakery account | long ago            |
        | Bakery | account          | New Tenant     | Wednesday of week 1 |
        | Bakery | account          | Bakery account | Friday of week 1    |

    @ISY-03
    Scenario: What is put on record is corrected before it is told
      Given "Lakeside" puts on record
        | of     | attribute      | value       | from                |
        | Bakery | billing cycle  | 17          | Wednesday of week 1 |
        | Bakery | account        | nobody      | Wednesday of week 1 |
        | Bakery | meter          | none        | Wednesday of week 1 |
        | Mill   | account        | New Tenant  | Wednesday of week 1 |
        | Mill   | service status | cut at pole | Wednesday of week 1 |
      And "Lakeside" puts on record
        | of     | attribute      | value       | from                |
        | Bakery | billing cycle  | 18          | Wednesday of week 1 |
        | Bakery | account        | New Tenant  | Wednesday of week 1 |
        | Bakery | meter          | M2          | Wednesday of week 1 |
        | Mill   | service status | booted      | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute      | value          | from                |
        | Bakery | billing cycle  | C1             | long ago            |
        | Bakery | billing cycle  | 18             | Wednesday of week 1 |
        | Bakery | account        | Bakery account | long ago            |
        | Bakery | account        | New Tenant     | Wednesday of week 1 |
        | Bakery | meter          | Bakery meter   | long ago            |
        | Bakery | meter          | M2             | Wednesday of week 1 |
        | Mill   | account        | New Tenant     | Wednesday of week 1 |
        | Mill   | service status | booted         | Wednesday of week 1 |

    @ISY-03
    Scenario: What was told is corrected, from the same day
      Given "Lakeside" puts on record
        | of     | attribute     | value  | from                |
        | Mill   | account       | nobody | Wednesday of week 1 |
        | Bakery | billing cycle | 17     | Wednesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value      | from                |
        | Mill   | account       | New Tenant | Wednesday of week 1 |
        | Bakery | billing cycle | 18         | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value        | from                |
        | Mill   | account       | Mill account | long ago            |
        | Mill   | account       | New Tenant   | Wednesday of week 1 |
        | Bakery | billing cycle | C1           | long ago            |
        | Bakery | billing cycle | 18           | Wednesday of week 1 |

    # An I-Sync need not say that an SDP is given up: of the days from then on whatever it says is right.
    @ISY-03
    Scenario: An SDP is to be given up, and after that was told it comes to light what is otherwise before
      Given "Lakeside" gives up SDPs "Bakery" as of Monday of week 3
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value      | from                |
        | Bakery | billing cycle | 17         | Wednesday of week 2 |
        | Bakery | account       | New Tenant | 2010-12-31          |
        | Mill   | billing cycle | 18         | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows, of the days before Monday of week 3
        | of     | attribute     | value          | from                |
        | Bakery | billing cycle | C1             | long ago            |
        | Bakery | billing cycle | 17             | Wednesday of week 2 |
        | Bakery | account       | Bakery account | long ago            |
        | Bakery | account       | New Tenant     | 2010-12-31          |
        | Mill   | billing cycle | 18             | Wednesday of week 1 |

    @ISY-03
    Scenario: A virtual SDP has another billing cycle and framing structure, after it was told of
      Given "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of   | attribute         | value       | from             |
        | Both | billing cycle     | 17          | Monday of week 2 |
        | Both | framing structure | TOU/CPP EST | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute         | value       | from             |
        | Both | billing cycle     | 17          | Monday of week 2 |
        | Both | framing structure | TOU/CPP EST | Monday of week 2 |

    @ISY-03
    Scenario: The CIS is started again before it tells what was put on record
      Given "Lakeside" puts on record
        | of     | attribute     | value      | from                |
        | Bakery | billing cycle | 17         | Wednesday of week 1 |
        | Mill   | account       | New Tenant | Monday of week 2    |
      And the CIS ends, and is started again
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value        | from                |
        | Bakery | billing cycle | C1           | long ago            |
        | Bakery | billing cycle | 17           | Wednesday of week 1 |
        | Mill   | account       | Mill account | long ago            |
        | Mill   | account       | New Tenant   | Monday of week 2    |

    @ISY-03 @AMB-05
    Scenario: The set before it is rejected while something is on record, and not told yet
      Given "Lakeside" puts on record
        | of   | attribute     | value | from                |
        | Mill | billing cycle | 17    | Wednesday of week 1 |
      And file 03 of the next file set of the CIS gets lost
      And "Lakeside" is told to synchronize
      And it is Wednesday 10:30
      And "Lakeside" puts on record
        | of     | attribute   | value      | from                |
        | Bakery | VEE service | 05         | Wednesday of week 1 |
        | Bakery | account     | New Tenant | Wednesday of week 1 |
      And the file sets of the CIS have had their time
      And "Lakeside" has received IR10
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value          | from                |
        | Bakery | VEE service | 02             | long ago            |
        | Bakery | VEE service | 05             | Wednesday of week 1 |
        | Bakery | account     | Bakery account | long ago            |
        | Bakery | account     | New Tenant     | Wednesday of week 1 |

  Rule: Each set holds the minimum data of each business scenario that it tells of

    # Of two business scenarios the slides name it: meter change and meter removal need the communication module.

    @ISY-04
    Scenario: Two meters are changed at once
      Given "Lakeside" puts on record
        | of     | attribute | value | from                |
        | Mill   | meter     | M2    | Wednesday of week 1 |
        | Bakery | meter     | M3    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Mill" has meter "M2" holds its communication module, and how it belongs to the meter
      And the I-Sync set that says "Bakery" has meter "M3" holds its communication module, and how it belongs to the meter

    @ISY-04
    Scenario: One meter is changed, and another removed
      Given "Lakeside" puts on record
        | of     | attribute | value  | from                |
        | Mill   | meter     | M2     | Wednesday of week 1 |
        | Bakery | meter     | none   | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Mill" has meter "M2" holds its communication module, and how it belongs to the meter
      And the I-Sync set that says "Bakery" has meter "Bakery meter" holds its communication module, and how it belongs to the meter

    @ISY-04
    Scenario: A meter is changed together with account and billing cycle
      Given "Lakeside" puts on record
        | of     | attribute     | value      | from                |
        | Bakery | account       | New Tenant | Wednesday of week 1 |
        | Bakery | billing cycle | 17         | Wednesday of week 1 |
        | Bakery | meter         | M2         | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Bakery" has meter "M2" holds its communication module, and how it belongs to the meter

    @ISY-04
    Scenario: A meter is changed next week
      Given "Lakeside" puts on record
        | of     | attribute | value | from             |
        | Bakery | meter     | M2    | Monday of week 2 |
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Bakery" has meter "M2" holds its communication module, and how it belongs to the meter
