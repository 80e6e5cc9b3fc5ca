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

    # Each has another value than was held before, which is that of set 6.
    @ISY-15 @AMB-18 @uses:SRP-03
    Scenario: Every framing structure that there is, one after the other
      Given I-Sync set 7 changes
        | of   | attribute         | value                       | from        |
        | Mill | framing structure | TOU/CPP EST                 | in 10 days  |
        | Mill | framing structure | TOU/CPP CST                 | in 20 days  |
        | Mill | framing structure | periodic                    | in 30 days  |
        | Mill | framing structure | TOU/CPP 15 block eastern    | in 40 days  |
        | Mill | framing structure | TOU/CPP 15 block central    | in 50 days  |
        | Mill | framing structure | TOU/CPP 15 rolling eastern  | in 60 days  |
        | Mill | framing structure | TOU/CPP 15 rolling central  | in 70 days  |
        | Mill | framing structure | TOU/CPP 60 block eastern    | in 80 days  |
        | Mill | framing structure | TOU/CPP 60 block central    | in 90 days  |
        | Mill | framing structure | TOU/CPP 60 rolling eastern  | in 100 days |
        | Mill | framing structure | TOU/CPP 60 rolling central  | in 110 days |
        | Mill | framing structure | hourly 15 block eastern     | in 120 days |
        | Mill | framing structure | hourly 15 block central     | in 130 days |
        | Mill | framing structure | hourly 15 rolling eastern   | in 140 days |
        | Mill | framing structure | hourly 15 rolling central   | in 150 days |
        | Mill | framing structure | hourly 60 block eastern     | in 160 days |
        | Mill | framing structure | hourly 60 block central     | in 170 days |
        | Mill | framing structure | hourly 60 rolling eastern   | in 180 days |
        | Mill | framing structure | hourly 60 rolling central   | in 190 days |
        | Mill | framing structure | periodic 15 block eastern   | in 200 days |
        | Mill | framing structure | periodic 15 block central   | in 210 days |
        | Mill | framing structure | periodic 15 rolling eastern | in 220 days |
        | Mill | framing structure | periodic 15 rolling central | in 230 days |
        | Mill | framing structure | periodic 60 block eastern   | in 240 days |
        | Mill | framing structure | periodic 60 block central   | in 250 days |
        | Mill | framing structure | periodic 60 rolling eastern | in 260 days |
        | Mill | framing structure | periodic 60 rolling central | in 270 days |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute         | from        | until       | before | after                       |
        | Mill | framing structure | in 10 days  | in 20 days  | hourly | TOU/CPP EST                 |
        | Mill | framing structure | in 20 days  | in 30 days  | hourly | TOU/CPP CST                 |
        | Mill | framing structure | in 30 days  | in 40 days  | hourly | periodic                    |
        | Mill | framing structure | in 40 days  | in 50 days  | hourly | TOU/CPP 15 block eastern    |
        | Mill | framing structure | in 50 days  | in 60 days  | hourly | TOU/CPP 15 block central    |
        | Mill | framing structure | in 60 days  | in 70 days  | hourly | TOU/CPP 15 rolling eastern  |
        | Mill | framing structure | in 70 days  | in 80 days  | hourly | TOU/CPP 15 rolling central  |
        | Mill | framing structure | in 80 days  | in 90 days  | hourly | TOU/CPP 60 block eastern    |
        | Mill | framing structure | in 90 days  | in 100 days | hourly | TOU/CPP 60 block central    |
        | Mill | framing structure | in 100 days | in 110 days | hourly | TOU/CPP 60 rolling eastern  |
        | Mill | framing structure | in 110 days | in 120 days | hourly | TOU/CPP 60 rolling central  |
        | Mill | framing structure | in 120 days | in 130 days | hourly | hourly 15 block eastern     |
        | Mill | framing structure | in 130 days | in 140 days | hourly | hourly 15 block central     |
        | Mill | framing structure | in 140 days | in 150 days | hourly | hourly 15 rolling eastern   |
        | Mill | framing structure | in 150 days | in 160 days | hourly | hourly 15 rolling central   |
        | Mill | framing structure | in 160 days | in 170 days | hourly | hourly 60 block eastern     |
        | Mill | framing structure | in 170 days | in 180 days | hourly | hourly 60 block central     |
        | Mill | framing structure | in 180 days | in 190 days | hourly | hourly 60 rolling eastern   |
        | Mill | framing structure | in 190 days | in 200 days | hourly | hourly 60 rolling central   |
        | Mill | framing structure | in 200 days | in 210 days | hourly | periodic 15 block eastern   |
        | Mill | framing structure | in 210 days | in 220 days | hourly | periodic 15 block central   |
        | Mill | framing structure | in 220 days | in 230 days | hourly | periodic 15 rolling eastern |
        | Mill | framing structure | in 230 days | in 240 days | hourly | periodic 15 rolling central |
        | Mill | framing structure | in 240 days | in 250 days | hourly | periodic 60 block eastern   |
        | Mill | framing structure | in 250 days | in 260 days | hourly | periodic 60 block central   |
        | Mill | framing structure | in 260 days | in 270 days | hourly | periodic 60 rolling eastern |
        | Mill | framing structure | in 270 days |             | hourly | periodic 60 rolling central |
