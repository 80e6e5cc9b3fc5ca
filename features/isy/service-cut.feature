@ISY @SYNC
Feature: Business scenario - service cut at the pole
  Seen in the status of the service.

  Background:
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 6
    And it is Wednesday 10:00

  Rule: The service is cut from a day on

    @ISY-13 @uses:SRP-03
    Scenario: Everything of the SDP is sent with it
      Given I-Sync set 7 lists "Mill", with
        | of   | attribute      | value       | from  |
        | Mill | service status | cut at pole | today |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute      | from  | before    | after       |
        | Mill | service status | today | connected | cut at pole |

    @ISY-13 @uses:SRP-03
    Scenario: The account changes with it
      Given I-Sync set 7 changes
        | of   | attribute      | value       | from     |
        | Mill | service status | cut at pole | tomorrow |
        | Mill | account        | Landlord    | tomorrow |
      When set 7 arrives
      And it is Wednesday 10:01
      Then IR06 of set 7 shows exactly
        | of   | attribute      | from     | before       | after       |
        | Mill | service status | tomorrow | connected    | cut at pole |
        | Mill | account        | tomorrow | Mill account | Landlord    |

    @ISY-13 @uses:SRP-03
    Scenario: The service is connected again, and cut once more
      Given I-Sync set 7 changes
        | of   | attribute      | value       | from        |
        | Mill | service status | cut at pole | 60 days ago |
      And I-Sync set 8 changes
        | of   | attribute      | value     | from        |
        | Mill | service status | connected | 30 days ago |
      And I-Sync set 9 changes
        | of   | attribute      | value       | from  |
        | Mill | service status | cut at pole | today |
      And set 7 arrives
      And set 8 arrives
      When set 9 arrives
      And it is Wednesday 10:01
      Then IR06 of set 8 shows exactly
        | of   | attribute      | from        | before      | after     |
        | Mill | service status | 30 days ago | cut at pole | connected |
      And IR06 of set 9 shows exactly
        | of   | attribute      | from  | before    | after       |
        | Mill | service status | today | connected | cut at pole |
