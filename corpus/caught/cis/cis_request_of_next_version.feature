# Found by exploration. What it catches: requests 1000 are sent in version 01, which is that of the response
@FTS @CIS-FTS
Feature: FTS-07 in a conversation that exploration found
  > Active interface versions: 1000.00, 2000.01, 3000.01, 4000.00, 5000.00, 6000.01, 6100.01, 6200.01, 8000.00. A
  > version that is not active is neither accepted nor produced; 2000.00, 6000.00, 6100.00 and 6200.00 are retired
  > with EnergyIP Release 7.0.

  @FTS-07
  Scenario: The smallest conversation that was found
    Given agent "Northern Billing" is registered
    And the CIS of "Lakeside" is under test
    And "Lakeside" creates SDPs "Mill" as of 2011-10-31, with
      | of   | attribute               | value            |
      | Mill | energy service provider | Northern Billing |
    And "Lakeside" is told to request Universal SDP IDs
    When it is Sunday 10:00
    Then no rule FTS-07 is broken
