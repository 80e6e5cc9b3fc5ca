@ISY @CIS-SYNC
Feature: What a CIS makes of reports on its file sets

  # The slides say what these reports tell. What follows from them for a CIS they do not order.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R
    And it is Wednesday 10:00

  Rule: Day-to-day changes are told by I-Sync

    @ISY-05 @advice
    Scenario: A change is told without a periodic audit
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |
      When "Lakeside" is told to synchronize
      Then the CIS has submitted no 3000
      And the MDM/R knows
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 17    | Wednesday of week 1 |

  Rule: A set that fails to load is made anew once the problem is put right

    @ISY-05 @advice
    Scenario: A record was damaged on its way
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 16    | Monday of week 1    |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 16    | Monday of week 1    |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |

    @ISY-05 @advice
    Scenario: A record of a P-Sync set was damaged on its way
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told to synchronize
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |

    @ISY-05 @advice
    Scenario: A record was damaged on its way, and the CIS is started again
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |

    @ISY-05 @advice
    Scenario: A record of a P-Sync set was damaged on its way, and the CIS is started again
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the last record in file 04 of the next file set of the CIS is damaged on its way
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told that the problem is put right
      Then the MDM/R knows
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | C1    | long ago            |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |

  Rule: An attribute that could not be updated is told again once the problem is put right

    @ISY-05 @advice
    Scenario: The billing cycle of the second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the next IR07 for the CIS says that the billing cycle of "Bakery" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the billing cycle of "Bakery" again since IR07 named it
      And the MDM/R knows
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |

    @ISY-05 @advice
    Scenario: The billing cycle of one SDP, and later the account of another
      Given "Lakeside" puts on record
        | of   | attribute     | value | from                |
        | Mill | billing cycle | 17    | Wednesday of week 1 |
      And the next IR07 for the CIS says that the billing cycle of "Mill" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And "Lakeside" puts on record
        | of     | attribute | value      | from                |
        | Bakery | account   | New Tenant | Wednesday of week 1 |
      And the next IR07 for the CIS says that the account of "Bakery" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the account of "Bakery" again since IR07 named it
      And the MDM/R knows
        | of     | attribute     | value      | from                |
        | Mill   | billing cycle | 17         | Wednesday of week 1 |
        | Bakery | account       | New Tenant | Wednesday of week 1 |

    @ISY-05 @advice
    Scenario Outline: Another attribute of the second of two SDPs
      Given "Lakeside" puts on record
        | of     | attribute   | value   | from                |
        | Bakery | <attribute> | <value> | Wednesday of week 1 |
      And the next IR07 for the CIS says that the <attribute> of "Bakery" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the <attribute> of "Bakery" again since IR07 named it
      And the MDM/R knows
        | of     | attribute   | value   | from                |
        | Bakery | <attribute> | <value> | Wednesday of week 1 |

      Examples: Attributes of files 02, 03 and 04
        | attribute         | value       |
        | address           | 9 Weir St   |
        | framing structure | TOU/CPP EST |
        | service status    | cut at pole |

    @ISY-05 @advice
    Scenario: The CIS is started again before the problem is put right
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the next IR07 for the CIS says that the billing cycle of "Bakery" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And the CIS ends, and is started again
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the billing cycle of "Bakery" again since IR07 named it

    @ISY-05 @advice
    Scenario: The report comes cut short, and half an hour later whole
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Bakery | billing cycle | 18    | Wednesday of week 1 |
      And the next IR07 for the CIS says that the billing cycle of "Bakery" could not be updated, and comes cut short, and 30 minutes later whole
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the billing cycle of "Bakery" again since IR07 named it

    @ISY-05 @advice
    Scenario: One report names the billing cycle of one SDP, its meter, and the meter of another
      Given "Lakeside" puts on record
        | of     | attribute     | value | from                |
        | Mill   | billing cycle | 17    | Wednesday of week 1 |
        | Mill   | meter         | M3    | Wednesday of week 1 |
        | Bakery | meter         | M2    | Wednesday of week 1 |
      And the next IR07 for the CIS says that these attributes could not be updated
        | of     | attribute       |
        | Mill   | billing cycle   |
        | Bakery | meter           |
        | M3     | register digits |
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the billing cycle of "Mill" again since IR07 named it
      And the CIS has told the meter of "Bakery" again since IR07 named it
      And the CIS has told the register digits of "M3" again since IR07 named it

    @ISY-05 @advice
    Scenario: The account that a P-Sync set told
      Given "Lakeside" puts on record
        | of     | attribute | value      | from                |
        | Bakery | account   | New Tenant | Wednesday of week 1 |
      And the next IR07 for the CIS says that the account of "Bakery" could not be updated
      And "Lakeside" is told to send a periodic audit
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the account of "Bakery" again since IR07 named it

    @ISY-05 @advice
    Scenario: The account of one SDP, a second time
      Given "Lakeside" puts on record
        | of     | attribute | value      | from                |
        | Bakery | account   | New Tenant | Wednesday of week 1 |
      And the next IR07 for the CIS says that the account of "Bakery" could not be updated
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      And the next IR07 for the CIS says that the account of "Bakery" could not be updated
      And "Lakeside" is told that the problem is put right
      And the CIS and the MDM/R have come to rest
      When "Lakeside" is told that the problem is put right
      Then the CIS has told the account of "Bakery" again since IR07 named it

  Rule: A value that IR06 shows in another form than it was sent in is no error

    @ISY-05 @advice
    Scenario: The postal code comes back with a blank
      Given "Lakeside" puts on record
        | of     | attribute   | value  | from                |
        | Bakery | postal code | L0L1L0 | Wednesday of week 1 |
      And the next IR06 for the CIS shows "L0L 1L0" where "L0L1L0" was sent
      And "Lakeside" is told to synchronize
      And the CIS and the MDM/R have come to rest
      When 1 day has passed
      Then the CIS has sent no file set of "Lakeside" since IR06 showed "L0L 1L0"
