# Found by exploration. What it catches: Whoever is authorised for the responses of one LDC receives those of every LDC, also where it did not submit.
@FTS
Feature: FTS-13 in a conversation that exploration found
  > An agent receives a data file type (2000, 6000, 6100, 6200) only where the LDC authorised it for that type
  > (SME_FORM_0006).

  @FTS-13
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And LDC "Riverbend" is registered
    And agent "Northern Billing" is registered
    And "Riverbend" has authorised "Northern Billing" to receive 2000
    And "Lakeside" requests Universal SDP IDs for "Mill"
    When it is Monday 08:01
    Then no rule FTS-13 is broken
