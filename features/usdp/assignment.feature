@USDP
Feature: Universal SDP IDs are assigned on request
  An LDC, or its agent, sends a list of SDP IDs (1000) and gets an answer for each of them (2000).

  Background:
    Given LDC "Lakeside" is registered

  Rule: The response lists each SDP ID of the request, with its Universal SDP ID and a transaction status

    @USDP-01
    Scenario: Every SDP ID of a request is answered
      When "Lakeside" requests Universal SDP IDs for "Mill", "Bakery" and "Depot"
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status |
        | Mill   | issued |
        | Bakery | issued |
        | Depot  | issued |
      And it gives "Mill", "Bakery" and "Depot" a Universal SDP ID each

    @USDP-01
    Scenario: A request for a single SDP ID is answered
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status |
        | Mill | issued |
      And it gives "Mill" a Universal SDP ID each

    @USDP-01
    Scenario: Each of two requests gets a response of its own
      When "Lakeside" requests Universal SDP IDs for "Mill" and "Bakery"
      And "Lakeside" requests Universal SDP IDs for "Depot"
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status |
        | Mill   | issued |
        | Bakery | issued |
      And the response to the second request says
        | SDP   | status |
        | Depot | issued |

    @USDP-01
    Scenario: A dozen SDP IDs
      When "Lakeside" requests Universal SDP IDs for "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven" and "Twelve"
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status |
        | One    | issued |
        | Two    | issued |
        | Three  | issued |
        | Four   | issued |
        | Five   | issued |
        | Six    | issued |
        | Seven  | issued |
        | Eight  | issued |
        | Nine   | issued |
        | Ten    | issued |
        | Eleven | issued |
        | Twelve | issued |

    @USDP-01
    Scenario: Each of five requests gets a response of its own
      When "Lakeside" requests Universal SDP IDs for "Mill"
      And "Lakeside" requests Universal SDP IDs for "Bakery"
      And "Lakeside" requests Universal SDP IDs for "Depot"
      And "Lakeside" requests Universal SDP IDs for "Farm"
      And "Lakeside" requests Universal SDP IDs for "School"
      And the assignment process has run
      Then the response to the fourth request says
        | SDP  | status |
        | Farm | issued |
      And the response to the fifth request says
        | SDP    | status |
        | School | issued |

  Rule: Exceptions stand in the response, SDP ID by SDP ID, and do not keep the good ones from being assigned

    @USDP-14
    Scenario: A line of an organisation that is no LDC
      Given a request of "Lakeside" is answered
      And "Nobody Hydro" is not registered
      When "Lakeside" submits a request with these lines
        | LDC          | SDP    |
        | Lakeside     | Mill   |
        | Nobody Hydro | Bakery |
        | Lakeside     | Depot  |
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status               |
        | Mill   | issued               |
        | Bakery | invalid organisation |
        | Depot  | issued               |
      And it gives "Mill" and "Depot" a Universal SDP ID each
      And it gives "Bakery" no Universal SDP ID

    @USDP-14
    Scenario: A line without an SDP ID
      Given a request of "Lakeside" is answered
      When "Lakeside" submits a request with these lines
        | LDC      | SDP   |
        | Lakeside |       |
        | Lakeside | Mill  |
        | Lakeside | Depot |
      And the assignment process has run
      Then the response to the first request says
        | SDP   | status          |
        |       | incomplete data |
        | Mill  | issued          |
        | Depot | issued          |

    @USDP-14
    Scenario: Each bad line has the status of its own exception
      Given a request of "Lakeside" is answered
      And "Nobody Hydro" is not registered
      When "Lakeside" submits a request with these lines
        | LDC          | SDP    |
        | Lakeside     |        |
        | Nobody Hydro | Bakery |
        | Lakeside     | Depot  |
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status               |
        |        | incomplete data      |
        | Bakery | invalid organisation |
        | Depot  | issued               |

    @USDP-14
    Scenario: Nothing but bad lines
      Given a request of "Lakeside" is answered
      And "Nobody Hydro" is not registered
      When "Lakeside" submits a request with these lines
        | LDC          | SDP    |
        | Lakeside     |        |
        | Nobody Hydro | Bakery |
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status               |
        |        | incomplete data      |
        | Bakery | invalid organisation |

    @USDP-14 @uses:USDP-09
    Scenario: A bad line of an agent's request
      Given LDC "Hilltop" is registered
      And a request of "Hilltop" is answered
      And agent "Metering Partners" is registered
      And "Lakeside" has authorised "Metering Partners" to submit 1000
      And "Lakeside" has authorised "Metering Partners" to receive 2000
      When "Metering Partners" submits a request on behalf of "Lakeside" with these lines
        | LDC      | SDP  |
        | Lakeside | Mill |
        | Lakeside |      |
      And the assignment process has run
      Then the response to the first request says
        | SDP  | status          |
        | Mill | issued          |
        |      | incomplete data |

    @USDP-14 @AMB-36
    Scenario: A line without an LDC, last of the request
      Given a request of "Lakeside" is answered
      When "Lakeside" submits a request with these lines
        | LDC      | SDP    |
        | Lakeside | Mill   |
        | Lakeside | Bakery |
        |          | Depot  |
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status                                  |
        | Mill   | issued                                  |
        | Bakery | issued                                  |
        | Depot  | incomplete data or invalid organisation |

    @USDP-14 @AMB-36:incomplete-data
    Scenario: A line without an LDC is incomplete
      Given a request of "Lakeside" is answered
      When "Lakeside" submits a request with these lines
        | LDC | SDP   |
        |     | Depot |
      And the assignment process has run
      Then the response to the first request says
        | SDP   | status          |
        | Depot | incomplete data |

    @USDP-14 @AMB-36:invalid-organisation
    Scenario: A line without an LDC names an invalid organisation
      Given a request of "Lakeside" is answered
      When "Lakeside" submits a request with these lines
        | LDC | SDP   |
        |     | Depot |
      And the assignment process has run
      Then the response to the first request says
        | SDP   | status               |
        | Depot | invalid organisation |

    @USDP-14 @uses:USDP-03
    Scenario: What a bad line did not get can be asked for again
      Given a request of "Lakeside" is answered
      And "Lakeside" submits a request with these lines
        | LDC      | SDP  |
        | Lakeside | Mill |
        | Lakeside |      |
      And the assignment process has run
      When "Lakeside" requests Universal SDP IDs for "Mill" and "Bakery"
      And the assignment process has run
      Then the response to the second request says
        | SDP    | status         |
        | Mill   | already issued |
        | Bakery | issued         |

    @USDP-14
    Scenario: Several bad lines between good ones, and the last
      Given a request of "Lakeside" is answered
      And "Nobody Hydro" is not registered
      When "Lakeside" submits a request with these lines
        | LDC          | SDP    |
        | Lakeside     |        |
        | Lakeside     | Mill   |
        | Nobody Hydro | Clinic |
        | Lakeside     | Bakery |
        | Lakeside     |        |
        | Lakeside     | Depot  |
        | Nobody Hydro | Arena  |
      And the assignment process has run
      Then the response to the first request says
        | SDP    | status               |
        |        | incomplete data      |
        | Mill   | issued               |
        | Clinic | invalid organisation |
        | Bakery | issued               |
        |        | incomplete data      |
        | Depot  | issued               |
        | Arena  | invalid organisation |
