@FTS @CIS-FTS
Feature: A CIS sends files of the versions that are in force

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of "Lakeside" is under test

  Rule: No version is sent that is not active

    @FTS-07 @CIS-USDP
    Scenario: A request for Universal SDP IDs
      Given "Lakeside" creates SDPs "Mill" and "Bakery"
      When "Lakeside" is told to request Universal SDP IDs
      Then each 1000 of the CIS is of version 00
