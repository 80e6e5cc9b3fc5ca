@FTS @CIS-FTS @CIS-USDP @CIS-SYNC @CIS-BILLING
Feature: An agent's CIS submits of each file type only what the LDC has authorised it for
  An LDC authorises by file type, and each of its agents by itself. Some people at the LDC do not know that, and tell the
  agent to send everything.

  Background:
    Given LDC "Lakeside" is registered
    And the CIS of agent "Metering Partners" is under test
    And "Lakeside" has authorised "Metering Partners" to submit 1000
    And "Lakeside" has authorised "Metering Partners" to receive 2000

  Rule: What is not authorised for its type is not submitted

    @FTS-10 @agent
    Scenario: Authorised for Universal SDP IDs alone, and told to send everything
      Given "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then of "Lakeside" the CIS has submitted nothing but 1000

    @FTS-10 @agent
    Scenario: Authorised to receive what it may not ask for
      Given "Lakeside" has authorised "Metering Partners" to receive 6000
      And "Lakeside" has authorised "Metering Partners" to receive 6100
      And "Lakeside" has authorised "Metering Partners" to receive 6200
      And "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then of "Lakeside" the CIS has submitted nothing but 1000

    @FTS-10 @agent
    Scenario Outline: Authorised for one type more, and for no other
      Given "Lakeside" has authorised "Metering Partners" to submit <type>
      And "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then of "Lakeside" the CIS has submitted nothing but 1000 and <type>

      Examples: The type
        | what           | type |
        | P-Sync         | 3000 |
        | I-Sync         | 4000 |
        | requests       | 5000 |
        | schedules      | 8000 |

    @FTS-10 @agent
    Scenario Outline: Authorised for every type but one
      Given "Lakeside" has authorised "Metering Partners" to submit <first>
      And "Lakeside" has authorised "Metering Partners" to submit <second>
      And "Lakeside" has authorised "Metering Partners" to submit <third>
      And "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then the CIS has submitted no <type>

      Examples: The type
        | what       | type | first | second | third |
        | P-Sync     | 3000 | 4000  | 5000   | 8000  |
        | I-Sync     | 4000 | 3000  | 5000   | 8000  |
        | requests   | 5000 | 3000  | 4000   | 8000  |
        | schedules  | 8000 | 3000  | 4000   | 5000  |

  Rule: What was authorised of another agent, or by another LDC, authorises nothing

    @FTS-10 @agent
    Scenario: Another agent of the LDC is authorised for the rest
      Given agent "Green Power" is registered
      And "Lakeside" has authorised "Green Power" to submit 3000
      And "Lakeside" has authorised "Green Power" to submit 4000
      And "Lakeside" has authorised "Green Power" to submit 5000
      And "Lakeside" has authorised "Green Power" to submit 8000
      And "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then of "Lakeside" the CIS has submitted nothing but 1000

    @FTS-10 @agent
    Scenario: The second of two LDCs has authorised it for less than the first
      Given LDC "Hilltop" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Lakeside" has authorised "Metering Partners" to submit 8000
      And "Hilltop" has authorised "Metering Partners" to submit 1000
      And "Hilltop" has authorised "Metering Partners" to receive 2000
      And "Hilltop" has SDPs "Barn" and "Silo", for which "Metering Partners" bills
      When "Hilltop" is told to send a file of every type about "Barn" and "Silo"
      Then of "Hilltop" the CIS has submitted nothing but 1000

  Rule: So it is on every day, and after the CIS was started again

    @FTS-10 @agent
    Scenario: It is Sunday, and the agent is told to send everything
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And it is Sunday 10:00
      And "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then of "Lakeside" the CIS has submitted nothing but 1000 and 4000

    @FTS-10 @agent
    Scenario: The agent's CIS is started again before it is told to send everything
      Given "Lakeside" has authorised "Metering Partners" to submit 4000
      And "Lakeside" has SDPs "Mill" and "Bakery", for which "Metering Partners" bills
      And the CIS ends, and is started again
      When "Lakeside" is told to send a file of every type about "Mill" and "Bakery"
      Then of "Lakeside" the CIS has submitted nothing but 1000 and 4000
