# The agent has its quantities; what the LDC is told waits for a mailbox that refuses files, and the conversation is over.
@BSV @BILLING-ENERGY
Feature: BSV-08 in a conversation that exploration found
  A requester that is not the billing agent of an SDP gets Transaction Status 08 and no quantities for that SDP.

  @BSV-08 @AMB-26:when-answered @AMB-58:tried-again @AMB-59:quantities-to-the-agent
  Scenario: The smallest conversation that was found
    Given LDC "Riverbend" is registered
    And agent "Southern Billing" is registered
    And "Riverbend" has authorised "Southern Billing" to receive 6200
    And the mailbox of "Riverbend" refuses files from Tuesday 10:15 until Tuesday 14:15
    And "Riverbend" has synchronized SDP "Mill" in I-Sync set 1, with
      | of | attribute | value |
      | Mill | framing structure | TOU/CPP 60 block eastern |
    And I-Sync set 2 of "Riverbend" changes
      | of | attribute | value | from | until |
      | Mill | billing agent | Southern Billing | 2011-01-11 |  |
    And "Mill of Riverbend" uses, each 30 minutes of the days from 2010-12-07 until 2010-12-08
      | hours | Wh | varh |
      | 00-07 | 30 | 30 |
      | 07-11 | 999 | 12600 |
      | 11-17 | 0 | 1 |
      | 17-19 | 12500 | 10 |
      | 19-24 | 12345 | 5 |
    And "Mill of Riverbend" uses, each 30 minutes of the days from 2010-12-08 until 2011-01-11
      | hours | Wh | varh |
      | 00-07 | 12345 | 5 |
      | 07-11 | 0 | 1 |
      | 11-17 | 1000 | 40 |
      | 17-19 | 999 | 12600 |
      | 19-24 | 30 | 30 |
    And set 2 of "Riverbend" arrives
    And it is Tuesday 11:00
    And "Riverbend" requests quantities off cycle
      | request | SDP | from | until |
      | R2 | Mill | 2010-12-07 | 2011-01-11 |
    When it is Tuesday 11:16
    Then no rule BSV-08 is broken
