@PSY @CIS-SYNC
Feature: A periodic audit says everything that is so

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered

  Rule: A P-Sync set lists every active SDP

    @PSY-01
    Scenario: SDPs that nothing has happened to for long
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"

    @PSY-01
    Scenario: An SDP without a customer, and one without a meter
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R, with
        | of     | attribute | value  |
        | Bakery | account   | nobody |
        | Depot  | meter     | none   |
      And it is Wednesday 10:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"

    @PSY-01
    Scenario: An SDP whose service was cut at the pole, and one whose meter was booted
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of     | attribute      | value       |
        | Bakery | service status | cut at pole |
        | Depot  | service status | booted      |
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"

    @PSY-01
    Scenario: An SDP whose meter was removed, and one whose customer has left
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of     | attribute | value  | from             |
        | Bakery | meter     | none   | Monday of week 1 |
        | Depot  | account   | nobody | Monday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"

    @PSY-01
    Scenario: Nothing has happened between two audits, both on a Sunday
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Sunday 02:30
      And "Lakeside" is told to send a periodic audit
      And it is Sunday 12:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"
      And the last P-Sync set of "Lakeside" says
        | of    | attribute     | value    | from             |
        | Depot | billing cycle | C1       | Sunday of week 1 |
        | Depot | billing agent | Lakeside | Sunday of week 1 |

    @PSY-01
    Scenario: An SDP of which an attribute could not be updated
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the next IR07 for the CIS says that the billing cycle of "Bakery" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"

    @PSY-01
    Scenario: An SDP that is still to be created
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" creates SDPs "Barn" as of Monday of week 2, with
        | of   | attribute     | value |
        | Barn | billing cycle | 17    |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Barn"
      And the last P-Sync set of "Lakeside" says
        | of   | attribute     | value | from             |
        | Barn | billing cycle | 17    | Monday of week 2 |

    @PSY-01
    Scenario: An SDP that is to be given up is still one today
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" gives up SDPs "Depot" as of Monday of week 3
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Depot"

    @PSY-01
    Scenario: An SDP is to be given up with the end of the year, and is one until its last day
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" gives up SDPs "Depot" as of 2012-01-01
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill" and "Depot"
      And the MDM/R knows, of the days before 2012-01-01
        | of    | attribute     | value         | from                |
        | Depot | billing cycle | C1            | Wednesday of week 1 |
        | Depot | account       | Depot account | Wednesday of week 1 |

    @PSY-01
    Scenario: One of three SDPs is given up, and the others stay
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill", "Bakery" and "Depot", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" gives up SDPs "Bakery" as of Wednesday of week 1
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill" and "Depot"
      And the MDM/R knows
        | of    | attribute     | value        | from                |
        | Mill  | billing cycle | C1           | Wednesday of week 1 |
        | Depot | billing cycle | C1           | Wednesday of week 1 |
        | Depot | meter         | Depot meter  | Wednesday of week 1 |

    @PSY-01
    Scenario: So many SDPs that files may need segments
      Given the CIS of "Lakeside" is under test
      And "Lakeside" creates 120 SDPs
      And the MDM/R has been told of all SDPs of "Lakeside"
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists all its SDPs
      And the last P-Sync set of "Lakeside" says
        | of      | attribute     | value         | from             |
        | SDP 1   | meter         | SDP 1 meter   | Monday of week 2 |
        | SDP 120 | meter         | SDP 120 meter | Monday of week 2 |
        | SDP 120 | billing agent | Lakeside      | Monday of week 2 |

    @PSY-01 @agent
    Scenario: An agent audits the second of two LDCs
      Given LDC "Hilltop" is registered
      And the CIS of agent "Audit Partners" is under test
      And "Lakeside" has authorised "Audit Partners" to submit 1000
      And "Lakeside" has authorised "Audit Partners" to receive 2000
      And "Lakeside" has authorised "Audit Partners" to submit 3000
      And "Hilltop" has authorised "Audit Partners" to submit 1000
      And "Hilltop" has authorised "Audit Partners" to receive 2000
      And "Hilltop" has authorised "Audit Partners" to submit 3000
      And "Lakeside" creates SDPs "Mill"
      And "Hilltop" creates SDPs "Barn" and "Stable"
      And "Lakeside" is told to request Universal SDP IDs
      And "Hilltop" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Hilltop" is told to send a periodic audit
      Then the last P-Sync set of "Hilltop" lists "Barn" and "Stable"

  Rule: Each SDP comes with all its current values, told before or not

    @PSY-01
    Scenario: All of the second of two SDPs
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with
        | of     | attribute               | value             |
        | Bakery | address                 | 12 Mill Road      |
        | Bakery | city                    | Lakeside          |
        | Bakery | postal code             | L0L1L0            |
        | Bakery | framing structure       | TOU/CPP EST       |
        | Bakery | billing cycle           | 17                |
        | Bakery | VEE service             | 03                |
        | Bakery | CT/PT multiplier        | 40                |
        | Bakery | account                 | Baker             |
        | Bakery | billing agent           | Metering Partners |
        | Bakery | AMI operator            | Green Power       |
        | Bakery | energy service provider | Green Power       |
        | Bakery | CCA service provider    | Metering Partners |
        | Bakery | meter                   | M9                |
      And it is Wednesday 10:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" says
        | of        | attribute               | value             | from                |
        | Bakery    | SDP ID                  | Bakery            |                     |
        | Bakery    | SDP type                | physical          |                     |
        | Bakery    | address                 | 12 Mill Road      | Wednesday of week 1 |
        | Bakery    | city                    | Lakeside          | Wednesday of week 1 |
        | Bakery    | postal code             | L0L1L0            | Wednesday of week 1 |
        | Bakery    | framing structure       | TOU/CPP EST       | Wednesday of week 1 |
        | Bakery    | commodity type          | electricity       | Wednesday of week 1 |
        | Bakery    | billing cycle           | 17                | Wednesday of week 1 |
        | Bakery    | VEE service             | 03                | Wednesday of week 1 |
        | Bakery    | CT/PT multiplier        | 40                | Wednesday of week 1 |
        | Bakery    | service status          | connected         | Wednesday of week 1 |
        | Bakery    | account                 | Baker             | Wednesday of week 1 |
        | Bakery    | billing agent           | Metering Partners | Wednesday of week 1 |
        | Bakery    | AMI operator            | Green Power       | Wednesday of week 1 |
        | Bakery    | energy service provider | Green Power       | Wednesday of week 1 |
        | Bakery    | CCA service provider    | Metering Partners | Wednesday of week 1 |
        | Bakery    | meter                   | M9                | Wednesday of week 1 |
        | M9        | meter ID                | M9                |                     |
        | M9        | communication module    | M9 module         | Wednesday of week 1 |
        | M9        | register digits         | 6                 | Wednesday of week 1 |
        | M9 module | module ID               | M9 module         |                     |

    @PSY-01
    Scenario: A customer has moved in, and a meter was changed, since the last synchronization
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Tuesday 10:00
      And "Lakeside" puts on record
        | of     | attribute | value      | from              |
        | Bakery | account   | New Tenant | Tuesday of week 1 |
        | Mill   | meter     | M2         | Tuesday of week 1 |
      And it is Wednesday 06:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" says
        | of     | attribute | value        | from                |
        | Bakery | account   | New Tenant   | Wednesday of week 1 |
        | Bakery | meter     | Bakery meter | Wednesday of week 1 |
        | Mill   | account   | Mill account | Wednesday of week 1 |
        | Mill   | meter     | M2           | Wednesday of week 1 |

    @PSY-01
    Scenario: What changes next month is told already, and does not change today, a Sunday
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value | from       |
        | Bakery | billing cycle | 17    | 2011-02-01 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And it is Sunday 02:30
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill" and "Bakery"
      And the MDM/R knows
        | of     | attribute     | value | from       |
        | Bakery | billing cycle | C1    | long ago   |
        | Bakery | billing cycle | 17    | 2011-02-01 |

    # Three weeks on it is Monday, 31 January: what begins the next day is told, and does not hold yet.
    @PSY-01 @dated
    Scenario: What changes tomorrow, on the first of a month, does not change today
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value | from       |
        | Bakery | billing cycle | 17    | 2011-02-01 |
      And "Lakeside" is told to synchronize
      And 20 days have passed
      And it is Monday 06:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill" and "Bakery"
      And the MDM/R knows
        | of     | attribute     | value | from       |
        | Bakery | billing cycle | C1    | long ago   |
        | Bakery | billing cycle | 17    | 2011-02-01 |

    @PSY-01
    Scenario: The audit is ordered for Sunday, and a customer moves in before it is made
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Friday 10:00
      And "Lakeside" is told to send a periodic audit on Sunday 02:00
      And it is Saturday 10:00
      And "Lakeside" puts on record
        | of     | attribute | value      | from               |
        | Bakery | account   | New Tenant | Saturday of week 1 |
      When it is Monday 12:00
      Then the last P-Sync set of "Lakeside" says
        | of     | attribute | value      | from             |
        | Bakery | account   | New Tenant | Sunday of week 1 |

    @PSY-01
    Scenario Outline: What changes on a day to come is on record, and told by the audit or after it
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value      | from  |
        | Mill   | account       | New Tenant | <day> |
        | Bakery | billing cycle | 17         | <day> |
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value        | from     |
        | Mill   | account       | Mill account | long ago |
        | Mill   | account       | New Tenant   | <day>    |
        | Bakery | billing cycle | C1           | long ago |
        | Bakery | billing cycle | 17           | <day>    |

      Examples: The end of February in a leap year, and that of a year
        | day        |
        | 2012-02-28 |
        | 2012-02-29 |
        | 2011-12-31 |

    @PSY-01
    Scenario Outline: An attribute changes on a day to come, and is told by the audit or after it
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute   | value   | from             |
        | Bakery | <attribute> | <value> | Monday of week 3 |
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value    | from             |
        | Bakery | <attribute> | <former> | long ago         |
        | Bakery | <attribute> | <value>  | Monday of week 3 |

      Examples: Attributes, with the value that they have today
        | attribute               | former       | value             |
        | address                 | 1 Main St    | 9 Weir St         |
        | framing structure       | hourly       | TOU/CPP EST       |
        | VEE service             | 02           | 03                |
        | CT/PT multiplier        | 1            | 40                |
        | service status          | connected    | cut at pole       |
        | meter                   | Bakery meter | M2                |
        | billing agent           | Lakeside     | Metering Partners |
        | AMI operator            | Lakeside     | Green Power       |
        | energy service provider | nobody       | Green Power       |

    # What was put on record last has ended: what holds on the day of the audit had been told before.
    @PSY-01
    Scenario: An earlier day was put on record after a later one had been told
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And it is Wednesday 10:00
      And "Lakeside" puts on record
        | of     | attribute     | value      | from              |
        | Mill   | account       | New Tenant | Tuesday of week 1 |
        | Bakery | billing cycle | 17         | Tuesday of week 1 |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute     | value          | from             |
        | Mill   | account       | Passing Tenant | Monday of week 1 |
        | Bakery | billing cycle | 18             | Monday of week 1 |
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" says
        | of     | attribute     | value      | from                |
        | Mill   | account       | New Tenant | Wednesday of week 1 |
        | Bakery | billing cycle | 17         | Wednesday of week 1 |

    @PSY-01
    Scenario: A virtual SDP, and those that it aggregates
      Given the CIS of "Lakeside" is under test
      And "Lakeside" creates SDPs "Mill" and "Bakery"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And the MDM/R has been told of all SDPs of "Lakeside"
      And it is Wednesday 10:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill", "Bakery" and "Both"
      And the last P-Sync set of "Lakeside" says
        | of   | attribute     | value    | from                |
        | Both | SDP type      | virtual  |                     |
        | Both | billing cycle | C1       | Wednesday of week 1 |
        | Both | billing agent | Lakeside | Wednesday of week 1 |
        | Both | component     | Mill     | Wednesday of week 1 |
        | Both | component     | Bakery   | Wednesday of week 1 |

    @PSY-01
    Scenario: A virtual SDP that has come to aggregate others
      Given the CIS of "Lakeside" is under test
      And "Lakeside" creates SDPs "Mill", "Bakery" and "Depot"
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And the MDM/R has been told of all SDPs of "Lakeside"
      And it is Wednesday 10:00
      And as of Thursday of week 1, virtual SDP "Both" of "Lakeside" aggregates "Bakery" and "Depot"
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And it is Friday 10:00
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" says
        | of   | attribute | value  | from             |
        | Both | component | Bakery | Friday of week 1 |
        | Both | component | Depot  | Friday of week 1 |

    @PSY-01
    Scenario: The set before it failed to load
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And "Lakeside" puts on record
        | of     | attribute     | value |
        | Bakery | billing cycle | 17    |
      And the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill" and "Bakery"

    @PSY-01
    Scenario: The CIS was started again, and nothing has changed
      Given the CIS of "Lakeside" is under test
      And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
      And the CIS ends, and is started again
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" lists "Mill" and "Bakery"
