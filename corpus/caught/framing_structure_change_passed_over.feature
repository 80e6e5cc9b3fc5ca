# Found by exploration. What it catches: A change of framing_structure is passed over.
@ISY @SYNC
Feature: ISY-15 in a conversation that exploration found
  > Business scenario: framing structure change.
  > About: I-Sync set 101 of ORG37400, TX_ID 85227637
  > Expected: IR06 says framing_structure of sdp 5822620321 from 2011-01-10: nothing -> E01 (under AMB-37 sdp-
  > alone)
  > Observed: it does not; under AMB-37 related-assets-too: PSY-02 expected IR06 says
  > meter_to_communication_module of meter W8339039 from 2011-01-10: N3466798 -> nothing

  @ISY-15
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And agent "Northern Billing" is registered
    And "Lakeside" has synchronized SDPs "Mill" and "Bakery" in I-Sync set 99
    And P-Sync set 100 of "Lakeside" lists "Mill"
    And I-Sync set 101 of "Lakeside" changes
      | of     | attribute         | value            | from      | until |
      | Bakery | framing structure | TOU/CPP EST      | today     |       |
      | Bakery | AMI operator      | Northern Billing | yesterday |       |
    And set 101 of "Lakeside" arrives
    And set 100 of "Lakeside" arrives
    When it is Monday 02:15
    Then no rule ISY-15 is broken
