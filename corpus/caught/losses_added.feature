# Found by exploration. What it catches: Energy is raised by three per cent for losses.
@BQ @BILLING-ENERGY
Feature: BQ-10 in a conversation that exploration found
  > Quantities are not adjusted for losses.
  > About: request S0742408 of ORG63349
  > Expected: hour_01_wh 12500, hour_02_wh 12500, hour_03_wh 12500, hour_04_wh 12500, hour_05_wh 12500, hour_06_wh
  > 12500, hour_07_wh 12500, hour_08_wh 12500, hour_09_wh 12500, hour_10_wh 12500, hour_11_wh 12500, hour_12_wh
  > 12500, hour_13_wh 12500, hour_14_wh 12500, hour_15_wh 12500, hour_16_wh 12500, hour_17_wh 12500, hour_18_wh
  > 12500, hour_19_wh 12500, hour_20_wh 12500, hour_21_wh 12500, hour_22_wh 12500, hour_23_wh 12500, hour_24_wh
  > 12500
  > Observed: hour_01_wh 12875, hour_02_wh 12875, hour_03_wh 12875, hour_04_wh 12875, hour_05_wh 12875, hour_06_wh
  > 12875, hour_07_wh 12875, hour_08_wh 12875, hour_09_wh 12875, hour_10_wh 12875, hour_11_wh 12875, hour_12_wh
  > 12875, hour_13_wh 12875, hour_14_wh 12875, hour_15_wh 12875, hour_16_wh 12875, hour_17_wh 12875, hour_18_wh
  > 12875, hour_19_wh 12875, hour_20_wh 12875, hour_21_wh 12875, hour_22_wh 12875, hour_23_wh 12875, hour_24_wh
  > 12875

  @BQ-10
  Scenario: The smallest conversation that was found
    Given LDC "Lakeside" is registered
    And "Lakeside" has synchronized SDP "Depot" in I-Sync set 2
    And "Lakeside" requests quantities on cycle
      | request | SDP   | from       | until      |
      | R1      | Depot | 2011-07-30 | 2011-07-31 |
    And "Depot" uses 12500 Wh each hour from 2011-06-27 until 2011-08-01
    When it is Saturday 23:59
    Then no rule BQ-10 is broken
