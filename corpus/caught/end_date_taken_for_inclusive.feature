# Found by exploration. What it catches: The end date is taken for the last day.
@ISY @SYNC
Feature: ISY-01 in a conversation that exploration found
  I-Sync accepts prior, current and future values and effective dates.

  @ISY-01
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Mill" in I-Sync set 1
    And I-Sync set 2 of "Lakeside" changes
      | of   | attribute     | value | from  | until      |
      | Mill | billing cycle | C2    | today | in 10 days |
    And set 2 of "Lakeside" arrives
    When it is Monday 23:59
    Then no rule ISY-01 is broken
