# Found by exploration. What it catches: Responses carry the recipient first and the LDC second.
@FTS
Feature: FTS-01 in a conversation that exploration found
  Every data file is named <ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT: ORG_ID_1 is the LDC the
  file is about, ORG_ID_2 the organisation that submits it or, where the file comes from the MDM/R, the one that
  receives it.

  @FTS-01
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has authorised "Northern Billing" to submit 1000
    And "Lakeside" has authorised "Northern Billing" to receive 2000
    And "Northern Billing" requests Universal SDP IDs for "Bakery" on behalf of "Lakeside"
    When it is Monday 23:30
    Then no rule FTS-01 is broken
