@ISY @SYNC
Feature: Business scenario - framing structure change
  The Energy Purchase Service by which the SDP's quantities are framed.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The SDP has another framing structure from a day on

    @ISY-15 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute         | value       | from  |
        | Mill | framing structure | TOU/CPP EST | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute         | from  | before | after       |
        | Mill | framing structure | today | hourly | TOU/CPP EST |

    @ISY-15 @uses:SRP-03
    Scenario: A demand framing structure, in a month
      Given I-Sync set 7 changes
        | of   | attribute         | value                    | from       |
        | Mill | framing structure | TOU/CPP 15 block eastern | in 30 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute         | from       | before | after                    |
        | Mill | framing structure | in 30 days | hourly | TOU/CPP 15 block eastern |

    @ISY-15 @uses:SRP-03
    Scenario: The billing cycle changes with it
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from  |
        | Mill | framing structure | periodic | today |
        | Mill | billing cycle     | P7       | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute         | from  | before | after    |
        | Mill | framing structure | today | hourly | periodic |
        | Mill | billing cycle     | today | C1     | P7       |

    @ISY-15 @uses:SRP-03
    Scenario: A second change, and then as at first
      Given I-Sync set 7 changes
        | of   | attribute         | value    | from        |
        | Mill | framing structure | periodic | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute         | value       | from        |
        | Mill | framing structure | TOU/CPP EST | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute         | value  | from  |
        | Mill | framing structure | hourly | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute         | from        | before   | after       |
        | Mill | framing structure | 30 days ago | periodic | TOU/CPP EST |
      And IR06 of set 9 shows exactly
        | of   | attribute         | from  | before      | after  |
        | Mill | framing structure | today | TOU/CPP EST | hourly |
