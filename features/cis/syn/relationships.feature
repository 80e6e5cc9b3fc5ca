@SYN @CIS-SYNC
Feature: A CIS tells how SDPs belong to meters, organisations, accounts and each other

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Green Power" is registered
    And the CIS of "Lakeside" is under test
    And it is Wednesday 10:00

  Rule: Meter, communication module, billing agent and AMI operator are told of; account and service providers where there are any

    @SYN-12
    Scenario: Of two SDPs the second has neither account nor retailer
      Given "Lakeside" creates SDPs "Mill" and "Bakery" as of Wednesday of week 1, with
        | of     | attribute    | value             |
        | Bakery | account      | nobody            |
        | Bakery | AMI operator | Metering Partners |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of           | attribute               | value               | from                |
        | Bakery       | meter                   | Bakery meter        | Wednesday of week 1 |
        | Bakery meter | communication module    | Bakery meter module | Wednesday of week 1 |
        | Bakery       | billing agent           | Lakeside            | Wednesday of week 1 |
        | Bakery       | AMI operator            | Metering Partners   | Wednesday of week 1 |
        | Bakery       | account                 | nobody              | long ago            |
        | Bakery       | energy service provider | nobody              | long ago            |
        | Bakery       | CCA service provider    | nobody              | long ago            |

    @SYN-12
    Scenario: The second of two SDPs has all of them
      Given "Lakeside" creates SDPs "Mill" and "Bakery" as of Wednesday of week 1, with
        | of     | attribute               | value             |
        | Bakery | account                 | Baker             |
        | Bakery | billing agent           | Metering Partners |
        | Bakery | energy service provider | Green Power       |
        | Bakery | CCA service provider    | Metering Partners |
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute               | value             | from                |
        | Bakery | meter                   | Bakery meter      | Wednesday of week 1 |
        | Bakery | billing agent           | Metering Partners | Wednesday of week 1 |
        | Bakery | AMI operator            | Lakeside          | Wednesday of week 1 |
        | Bakery | account                 | Baker             | Wednesday of week 1 |
        | Bakery | energy service provider | Green Power       | Wednesday of week 1 |
        | Bakery | CCA service provider    | Metering Partners | Wednesday of week 1 |
        | Mill   | CCA service provider    | nobody            | long ago            |

  Rule: A virtual SDP is told of with the physical SDPs that it aggregates

    @SYN-13
    Scenario: Three components
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" creates virtual SDP "Yard", which aggregates "Mill", "Bakery" and "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute | value   | from                |
        | Yard | SDP type  | virtual |                     |
        | Yard | component | Mill    | Wednesday of week 1 |
        | Yard | component | Bakery  | Wednesday of week 1 |
        | Yard | component | Depot   | Wednesday of week 1 |

    @SYN-13
    Scenario: The second of two virtual SDPs
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" creates virtual SDP "Yard", which aggregates "Bakery" and "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute | value  | from                |
        | Both | component | Mill   | Wednesday of week 1 |
        | Both | component | Bakery | Wednesday of week 1 |
        | Yard | component | Bakery | Wednesday of week 1 |
        | Yard | component | Depot  | Wednesday of week 1 |

    @SYN-13
    Scenario: One component leaves, and another comes
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And as of Monday of week 2, virtual SDP "Both" of "Lakeside" aggregates "Mill" and "Depot"
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute | value  | from                | until            |
        | Both | component | Mill   | Wednesday of week 1 |                  |
        | Both | component | Bakery | Wednesday of week 1 | Monday of week 2 |
        | Both | component | Depot  | Monday of week 2    |                  |

    @SYN-13
    Scenario: A virtual SDP comes to aggregate others, and a week later others again
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And as of Monday of week 2, virtual SDP "Both" of "Lakeside" aggregates "Mill" and "Depot"
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And as of Monday of week 3, virtual SDP "Both" of "Lakeside" aggregates "Bakery" and "Depot"
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute | value | from                | until            |
        | Both | component | Mill  | Wednesday of week 1 | Monday of week 3 |
        | Both | component | Depot | Monday of week 2    |                  |

    @SYN-13
    Scenario: An earlier day is put on record after a later one, and leaves it alone
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" creates virtual SDP "Both", which aggregates "Mill" and "Bakery"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      And as of Monday of week 3, virtual SDP "Both" of "Lakeside" aggregates "Bakery" and "Depot"
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And as of Monday of week 2, virtual SDP "Both" of "Lakeside" aggregates "Mill" and "Depot"
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of   | attribute | value  | from                | until            |
        | Both | component | Mill   | Wednesday of week 1 | Monday of week 3 |
        | Both | component | Bakery | Wednesday of week 1 | Monday of week 2 |
        | Both | component | Bakery | Monday of week 3    |                  |
        | Both | component | Depot  | Monday of week 2    |                  |

    @SYN-13
    Scenario: A P-Sync set tells of them, too
      Given "Lakeside" creates SDPs "Mill", "Bakery" and "Depot" as of Wednesday of week 1, with
        | of   | attribute     | value |
        | Mill | billing cycle | 17    |
      And "Lakeside" creates virtual SDP "Yard", which aggregates "Mill", "Bakery" and "Depot"
      And "Lakeside" is told to request Universal SDP IDs
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to send a periodic audit
      Then the last P-Sync set of "Lakeside" says
        | of   | attribute | value  | from                |
        | Yard | component | Mill   | Wednesday of week 1 |
        | Yard | component | Bakery | Wednesday of week 1 |
        | Yard | component | Depot  | Wednesday of week 1 |
