@CIS-USDP @CIS-SYNC
Feature: What changes at SDPs that are known is synchronized day by day
  Four orders, on four days: twelve business scenarios in two I-Syncs, some from a day before, some from a day to come.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Monday of week 1, with
      | of    | attribute | value  |
      | Depot | meter     | none   |
    And "Lakeside" is told to request Universal SDP IDs
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" is told to synchronize
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" puts on record
      | of     | attribute         | value       | from              |
      | Mill   | meter             | M1          | Tuesday of week 1 |
      | Bakery | meter             | none        | Tuesday of week 1 |
      | Depot  | meter             | M2          | Monday of week 4  |
      | Bakery | service status    | cut at pole | Tuesday of week 1 |
      | Bakery | framing structure | TOU/CPP EST | Monday of week 4  |
      | Bakery | billing cycle     | 17          | Tuesday of week 1 |
      | Bakery | VEE service       | 03          | Monday of week 4  |
      | Bakery | CT/PT multiplier  | 40          | Tuesday of week 1 |
    And "Lakeside" is told to synchronize
    And the CIS and the MDM/R have come to rest
    And the next day has begun
    And "Lakeside" puts on record
      | of     | attribute               | value             | from              |
      | Mill   | service status          | booted            | Monday of week 4  |
      | Bakery | account                 | New Tenant        | Tuesday of week 1 |
      | Bakery | billing agent           | Metering Partners | Monday of week 4  |
      | Bakery | energy service provider | Green Power       | Tuesday of week 1 |

  Rule: Whatever is told together, the MDM/R comes to know each change, and nothing else has changed

    @ISY-03
    Scenario: Several changes of one SDP, and none of the others
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value       | from              |
        | Bakery | billing cycle     | C1          | Monday of week 1  |
        | Bakery | billing cycle     | 17          | Tuesday of week 1 |
        | Bakery | framing structure | hourly      | Monday of week 1  |
        | Bakery | framing structure | TOU/CPP EST | Monday of week 4  |
        | Bakery | AMI operator      | Lakeside    | Monday of week 1  |
        | Bakery | address           | 1 Main St   | Monday of week 1  |
        | Mill   | billing cycle     | C1          | Monday of week 1  |
        | Mill   | VEE service       | 02          | Monday of week 1  |
        | Depot  | account           | Depot account | Monday of week 1 |

    @ISY-04
    Scenario: With the changed meter comes its communication module
      When "Lakeside" is told to synchronize
      Then the I-Sync set that says "Mill" has meter "M1" holds its communication module, and how it belongs to the meter

  Rule: Each business scenario is told, with the day from which it holds

    @ISY-10
    Scenario: Meter change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of    | attribute            | value      | from              |
        | Mill  | meter                | Mill meter | Monday of week 1  |
        | Mill  | meter                | M1         | Tuesday of week 1 |
        | M1    | meter ID             | M1         |                   |
        | M1    | communication module | M1 module  | Tuesday of week 1 |

    @ISY-11
    Scenario: Meter removal
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value        | from              |
        | Bakery | meter     | Bakery meter | Monday of week 1  |
        | Bakery | meter     | none         | Tuesday of week 1 |

    @ISY-12
    Scenario: Add a new meter
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of    | attribute | value  | from             |
        | Depot | meter     | none   | Monday of week 1 |
        | Depot | meter     | M2     | Monday of week 4 |
        | M2    | meter ID  | M2     |                  |

    @ISY-13
    Scenario: Service cut at pole
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute      | value       | from              |
        | Bakery | service status | connected   | Monday of week 1  |
        | Bakery | service status | cut at pole | Tuesday of week 1 |
        | Depot  | service status | connected   | Monday of week 1  |

    @ISY-14
    Scenario: Booting a meter
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of    | attribute      | value     | from             |
        | Mill  | service status | connected | Monday of week 1 |
        | Mill  | service status | booted    | Monday of week 4 |
        | Depot | service status | connected | Monday of week 1 |

    @ISY-15
    Scenario: Framing Structure change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute         | value       | from             |
        | Bakery | framing structure | hourly      | Monday of week 1 |
        | Bakery | framing structure | TOU/CPP EST | Monday of week 4 |
        | Mill   | framing structure | hourly      | Monday of week 1 |

    @ISY-16
    Scenario: Billing Cycle ID change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from              |
        | Bakery | billing cycle | C1    | Monday of week 1  |
        | Bakery | billing cycle | 17    | Tuesday of week 1 |
        | Mill   | billing cycle | C1    | Monday of week 1  |

    @ISY-17
    Scenario: VEE Service change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute   | value | from             |
        | Bakery | VEE service | 02    | Monday of week 1 |
        | Bakery | VEE service | 03    | Monday of week 4 |
        | Mill   | VEE service | 02    | Monday of week 1 |

    @ISY-18
    Scenario: CT/PT Multiplier change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute        | value | from              |
        | Bakery | CT/PT multiplier | 1     | Monday of week 1  |
        | Bakery | CT/PT multiplier | 40    | Tuesday of week 1 |
        | Mill   | CT/PT multiplier | 1     | Monday of week 1  |

    @ISY-19
    Scenario: Account change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute | value          | from              |
        | Bakery | account   | Bakery account | Monday of week 1  |
        | Bakery | account   | New Tenant     | Tuesday of week 1 |
        | Mill   | account   | Mill account   | Monday of week 1  |

    @ISY-20
    Scenario: Billing Agent change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value             | from             |
        | Bakery | billing agent | Lakeside          | Monday of week 1 |
        | Bakery | billing agent | Metering Partners | Monday of week 4 |
        | Mill   | billing agent | Lakeside          | Monday of week 1 |

    @ISY-21
    Scenario: Retailer change
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value       | from              |
        | Bakery | energy service provider | nobody      | Monday of week 1  |
        | Bakery | energy service provider | Green Power | Tuesday of week 1 |
        | Mill   | energy service provider | nobody      | Monday of week 1  |
