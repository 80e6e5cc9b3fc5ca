@ISY @SYNC
Feature: Business scenario - billing agent or AMI operator change
  The organisations that bill for the SDP and operate its metering.

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And agent "Grid Agency" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another billing agent or AMI operator from a day on

    @ISY-20 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute     | value             | from  |
        | Mill | billing agent | Metering Partners | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before   | after             |
        | Mill | billing agent | today | Lakeside | Metering Partners |

    @ISY-20 @uses:SRP-03
    Scenario: The AMI operator
      Given I-Sync set 7 changes
        | of   | attribute    | value       | from  |
        | Mill | AMI operator | Grid Agency | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute    | from  | before   | after       |
        | Mill | AMI operator | today | Lakeside | Grid Agency |

    @ISY-20 @uses:SRP-03
    Scenario: Both at once, and the CCA service provider
      Given I-Sync set 7 changes
        | of   | attribute            | value             | from      |
        | Mill | billing agent        | Metering Partners | in 7 days |
        | Mill | AMI operator         | Grid Agency       | in 7 days |
        | Mill | CCA service provider | Grid Agency       | in 7 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute            | from      | before   | after             |
        | Mill | billing agent        | in 7 days | Lakeside | Metering Partners |
        | Mill | AMI operator         | in 7 days | Lakeside | Grid Agency       |
        | Mill | CCA service provider | in 7 days |          | Grid Agency       |

    @ISY-20 @uses:SRP-03
    Scenario: An organisation's time ends, and no other is named
      Given I-Sync set 7 changes
        | of   | attribute     | value    | from     | until |
        | Mill | billing agent | Lakeside | long ago | today |
        | Mill | AMI operator  | Lakeside | long ago | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute     | from  | before   | after |
        | Mill | billing agent | today | Lakeside |       |
        | Mill | AMI operator  | today | Lakeside |       |

    @ISY-20 @uses:SRP-03
    Scenario: The CCA service provider's time ends, and no other is named
      Given I-Sync set 7 changes
        | of   | attribute            | value       | from        |
        | Mill | CCA service provider | Grid Agency | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute            | value       | from        | until |
        | Mill | CCA service provider | Grid Agency | 30 days ago | today |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute            | from  | before      | after |
        | Mill | CCA service provider | today | Grid Agency |       |

    @ISY-20 @uses:SRP-03
    Scenario: A second change of each, and then the LDC again
      Given I-Sync set 7 changes
        | of   | attribute     | value             | from        |
        | Mill | billing agent | Metering Partners | 60 days ago |
        | Mill | AMI operator  | Metering Partners | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute     | value       | from        |
        | Mill | billing agent | Grid Agency | 30 days ago |
        | Mill | AMI operator  | Grid Agency | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute     | value    | from  |
        | Mill | billing agent | Lakeside | today |
        | Mill | AMI operator  | Lakeside | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from        | before            | after       |
        | Mill | billing agent | 30 days ago | Metering Partners | Grid Agency |
        | Mill | AMI operator  | 30 days ago | Metering Partners | Grid Agency |
      And IR06 of set 9 shows exactly
        | of   | attribute     | from  | before      | after    |
        | Mill | billing agent | today | Grid Agency | Lakeside |
        | Mill | AMI operator  | today | Grid Agency | Lakeside |

    @ISY-20 @uses:SRP-03
    Scenario: An organisation's time has ended, and begins anew
      Given I-Sync set 7 changes
        | of   | attribute     | value    | from     | until       |
        | Mill | billing agent | Lakeside | long ago | 30 days ago |
        | Mill | AMI operator  | Lakeside | long ago | 30 days ago |
      And I-Sync set 8 changes
        | of   | attribute     | value    | from  |
        | Mill | billing agent | Lakeside | today |
        | Mill | AMI operator  | Lakeside | today |
      And set 7 arrives
      When set 8 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute     | from  | before | after    |
        | Mill | billing agent | today |        | Lakeside |
        | Mill | AMI operator  | today |        | Lakeside |

    @ISY-20 @uses:SRP-03
    Scenario: Another CCA service provider follows, leaves, and comes back
      Given I-Sync set 7 changes
        | of   | attribute            | value             | from        |
        | Mill | CCA service provider | Metering Partners | 90 days ago |
      And I-Sync set 8 changes
        | of   | attribute            | value       | from        |
        | Mill | CCA service provider | Grid Agency | 60 days ago |
      And I-Sync set 9 changes
        | of   | attribute            | value       | from        | until       |
        | Mill | CCA service provider | Grid Agency | 60 days ago | 30 days ago |
      And I-Sync set 10 changes
        | of   | attribute            | value       | from  |
        | Mill | CCA service provider | Grid Agency | today |
      And set 7 arrives
      And set 8 arrives
      And set 9 arrives
      When set 10 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute            | from        | before            | after       |
        | Mill | CCA service provider | 60 days ago | Metering Partners | Grid Agency |
      And IR06 of set 10 shows exactly
        | of   | attribute            | from  | before | after       |
        | Mill | CCA service provider | today |        | Grid Agency |
