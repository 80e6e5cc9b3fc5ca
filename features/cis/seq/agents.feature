@SEQ @CIS-SYNC
Feature: An agent sends the rejected file sets of each of its LDCs again

  # IR10 informs; that the set is to be sent again follows from it, and is not written on a slide.

  Background:
    Given LDC "Lakeside" is registered
    And LDC "Hilltop" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000
    And "Lakeside" has authorised "Metering Partners" to submit 4000
    And "Lakeside" has authorised "Metering Partners" to receive IR10
    And "Hilltop" has authorised "Metering Partners" to submit 1000
    And "Hilltop" has authorised "Metering Partners" to receive 2000
    And "Hilltop" has authorised "Metering Partners" to submit 4000
    And "Hilltop" has authorised "Metering Partners" to receive IR10
    And "Lakeside" serves SDPs "Mill", known to the MDM/R
    And "Hilltop" serves SDPs "Barn", known to the MDM/R
    And it is Wednesday 10:00

  Rule: What a rejected set told is told again once the problem is put right

    @SEQ-08 @AMB-05 @advice @agent
    Scenario: A set of the second of two LDCs is rejected, and comes again
      Given "Hilltop" puts on record
        | of   | attribute     | value | from                |
        | Barn | billing cycle | 17    | Wednesday of week 1 |
      And file 03 of the next file set of the CIS gets lost
      And "Hilltop" is told to synchronize
      And the file sets of the CIS have had their time
      And "Metering Partners" has received IR10
      When "Hilltop" is told that the problem is put right
      Then the MDM/R knows
        | of   | attribute     | value | from                |
        | Barn | billing cycle | 17    | Wednesday of week 1 |
