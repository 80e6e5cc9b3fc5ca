"""Each way in which Gherkin or pytest-bdd takes a feature file for less than it says is refused, with its line.

In the texts, ``<== code`` marks the line of each finding that is expected; there must be no others.
"""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

FEATURE = "@USDP\nFeature: Identity\n"

GOOD = """
    @USDP
    Feature: Identity
      A Universal SDP ID stays with its SDP, as the slide has it:
      asked again, the repository gives the same. Rules of other chapters do not matter.

      Background:
        Given a request

      Rule: It stays for ever
        The statuses are those of the slide.

        @USDP-03
        Scenario: Asked again
          Given a request
          When a request
          And a request
          Then a response
          And these lines
            | SDP  | status |
            | Mill | issued |
          And this text
            \"""
            Given a text, read it: as it stands.
            \"""

        @USDP-02
        Scenario Outline: Two SDPs
          When a request
          Then an ID for "<SDP>"
          And these lines
            | SDP   | other   |
            | <SDP> | <other> |

          Examples: The first
            | case | SDP    | other |
            | one  | Mill   | a     |
            | two  | Bakery | b     |

          Examples: The others
            | case  | SDP   | other |
            | three | Depot | c     |
"""


def test_a_good_feature_has_no_findings(suite: Any) -> None:
    suite.feature(GOOD)
    assert suite.findings() == ()


NAMES = {
    "two scenarios of one name": """
        @USDP-03
        Scenario: Asked again
          Then a response

        @USDP-03
        Scenario: Asked again              <== equal-names
          Then a response
    """,
    "two scenarios of one name in different Rules": """
        Rule: One
          @USDP-03
          Scenario: Asked again
            Then a response

        Rule: Two
          @USDP-03
          Scenario: Asked again            <== equal-names
            Then a response
    """,
    "two names that make one id": """
        @USDP-03
        Scenario: Asked again
          Then a response

        @USDP-03
        Scenario: asked - AGAIN!           <== equal-names
          Then a response
    """,
    "an outline whose cases would stand below another scenario's id": """
        @USDP-03
        Scenario: Asked again
          Then a response

        @USDP-03
        Scenario Outline: Asked, again     <== equal-names
          Then an ID for "<SDP>"

          Examples:
            | SDP  |
            | Mill |
    """,
    "a name that makes no id": """
        @USDP-03
        Scenario: ?!                       <== no-name
          Then a response

        @USDP-03
        Scenario:                          <== no-name
          Then a response
    """,
    "a name that no file system takes": f"""
        @USDP-03
        Scenario: {"very " * 60} long      <== no-name
          Then a response
    """,
    "a name that differs from case to case": """
        @USDP-03
        Scenario Outline: About <SDP>      <== no-name
          Then an ID for "<SDP>"

          Examples:
            | SDP  |
            | Mill |
    """,
}

STEPS = {
    "a scenario without steps": """
        @USDP-03
        Scenario: Asked again              <== no-steps

        @USDP-02
        Scenario: Another
          Then a response
    """,
    "a scenario without Then": """
        @USDP-03
        Scenario: Asked again              <== no-then
          Given a request
          When a request
          And a request
    """,
    "a Background without steps": """
        Background:                        <== no-steps

        @USDP-03
        Scenario: Asked again
          Then a response
    """,
    "a Then in a Background, which judges for none of the scenarios": """
        Background:
          Then a response                  <== step-order

        @USDP-03
        Scenario: Asked again              <== no-then
          Given a request
    """,
    "And as the first step": """
        @USDP-03
        Scenario: Asked again
          And a request                    <== step-order
          Then a response
    """,
    "a star in place of a keyword": """
        @USDP-03
        Scenario: Asked again
          Given a request
          * a request                      <== step-order
          Then a response
    """,
    "two Whens": """
        @USDP-03
        Scenario: Asked again
          When a request
          When a request                   <== step-order
          Then a response
    """,
    "Given after When, and When after Then": """
        @USDP-03
        Scenario: Asked again
          When a request
          Given a request                  <== step-order
          Then a response
          When a request                   <== step-order
          Then a response
    """,
}

EXAMPLES = {
    "Examples without rows, which run once with their gaps unfilled": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples:                        <== no-rows
            | SDP |
    """,
    "Examples without a table": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"           <== no-column

          Examples:                        <== no-rows
    """,
    "one table of several without rows": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples: The first
            | SDP  |
            | Mill |

          Examples: The others             <== no-rows
            | SDP  |
    """,
    "an outline without Examples": """
        @USDP-03
        Scenario Outline: Asked again      <== no-examples
          Then a response
    """,
    "Examples that no step uses": """
        @USDP-03
        Scenario Outline: Asked again
          Then a response

          Examples:                        <== needless-examples
            | SDP  |
            | Mill |
    """,
    "a placeholder without its column": """
        @USDP-03
        Scenario Outline: Asked again
          Given a request
          Then an ID for "<SDP>"
          And an ID for "<sdp>"            <== no-column
          And these lines
            | SDP     |
            | <other> |                    <== no-column

          Examples:
            | SDP  |
            | Mill |
    """,
    "a placeholder that one of two tables does not fill in": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"           <== no-column

          Examples:
            | case | SDP  |
            | one  | Mill |

          Examples:
            | case |
            | two  |
    """,
    "a placeholder where there are no Examples": """
        @USDP-03
        Scenario: Asked again
          Then an ID for "<SDP>"           <== no-column
    """,
    "a placeholder in a Background": """
        Background:
          Given a request <SDP>            <== no-column undefined-step

        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples:
            | SDP  |
            | Mill |
    """,
    "a column that no step uses; the first names the case": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples:
            | case | SDP  | status |       <== column
            | one  | Mill | issued |
    """,
    "two columns of one name": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples:
            | case | SDP  | SDP   |        <== column
            | one  | Mill | Depot |
    """,
    "two cases of one name, in different tables": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples:
            | case | SDP  |
            | one  | Mill |

          Examples:
            | case | SDP   |
            | One! | Depot |               <== case
    """,
    "a case without a name": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples:
            | case | SDP   |
            |      | Depot |               <== case
    """,
}

KEYWORDS = {
    "a Feature's description that swallows a scenario": """
        Senario: Asked again               <== mistyped-keyword
          Given a request                  <== mistyped-keyword
          Then a response                  <== mistyped-keyword

        @USDP-02
        Scenario: Another
          Then a response
    """,
    "a Rule's description that swallows an outline": """
        Rule: It stays for ever
          Senario Outline: Asked again     <== mistyped-keyword
            Then an ID for "<SDP>"         <== mistyped-keyword

          @USDP-02
          Scenario: Another
            Then a response
    """,
    "a keyword without its colon": """
        Scenario Asked again               <== mistyped-keyword
          Then a response                  <== mistyped-keyword

        @USDP-02
        Scenario: Another
          Then a response
    """,
    "a keyword with a space before its colon": """
        Background :                       <== mistyped-keyword

        @USDP-02
        Scenario: Another
          Then a response
    """,
    "a keyword in lower case": """
        scenario: Asked again              <== mistyped-keyword

        @USDP-02
        Scenario: Another
          Then a response
    """,
    "steps without their Background": """
        Gven a request                     <== mistyped-keyword
        Given a request                    <== mistyped-keyword
        * a request                        <== mistyped-keyword

        @USDP-02
        Scenario: Another
          Then a response
    """,
    "a first step": """
        @USDP-03
        Scenario: Asked again
          Gvien a request                  <== mistyped-keyword
          Then a response
    """,
    "a first step in lower case": """
        @USDP-03
        Scenario: Asked again
          given a request                  <== stray-line
          Then a response
    """,
    "a later step, at which the file ceases to parse": """
        @USDP-03
        Scenario: Asked again
          Given a request
          Tehn a response                  <== mistyped-keyword
    """,
    "Examples": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Exmples:                         <== mistyped-keyword
            | SDP  |
            | Mill |
    """,
    "a line below a scenario that nothing reads": """
        @USDP-03
        Scenario: Asked again
          # a comment may stand here
          It is asked twice.               <== stray-line
          Given a request
          Then a response
    """,
    "a line below Examples that nothing reads": """
        @USDP-03
        Scenario Outline: Asked again
          Then an ID for "<SDP>"

          Examples: The first
            They come first.               <== stray-line

            | SDP  |
            | Mill |
    """,
    "a text that is not closed, and swallows a scenario": """
        @USDP-03
        Scenario: Asked again
          Then this text
            \"""
            Here it begins

        @USDP-03
        Scenario: Swallowed                <== mistyped-keyword
          Then this text
            \"""
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NAMES.items()])
def test_a_scenario_has_a_name_and_id_of_its_own(suite: Any, text: str) -> None:
    assert _found(suite, text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in STEPS.items()])
def test_a_scenario_does_something_and_judges_it(suite: Any, text: str) -> None:
    assert _found(suite, text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in EXAMPLES.items()])
def test_examples_fill_in_what_they_are_for(suite: Any, text: str) -> None:
    assert _found(suite, text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in KEYWORDS.items()])
def test_a_keyword_is_spelled_as_gherkin_spells_it(suite: Any, text: str) -> None:
    assert _found(suite, text)


def _found(suite: Any, body: str) -> bool:
    """Whether the check finds what is marked in the body of a feature, and nothing else."""
    expected = suite.feature(f"{FEATURE}{textwrap.dedent(body)}")
    assert suite.found() == expected
    return bool(expected)


# --- the file as a whole ---------------------------------------------------------------------------------------

SCENARIO = "\n  @USDP-03\n  Scenario: Asked again\n    Then a response\n"

FILES = {
    "an empty file": (b"", [(0, "no-scenario")]),
    "a feature without scenarios": (FEATURE.encode(), [(2, "no-scenario")]),
    "a Rule without scenarios": (f"{FEATURE}{SCENARIO}  Rule: B\n".encode(), [(7, "no-scenario")]),
    "a text that is no feature": (b"Identity\n", [(1, "does-not-parse")]),
    "a second feature": (f"{FEATURE}{SCENARIO}Feature: Another\n".encode(), [(7, "mistyped-keyword")]),
    "French": (
        "# language: fr\n@USDP\nFonctionnalité: A\n".encode(),
        [(1, "language"), (3, "no-scenario")],
    ),
    "a language that Gherkin does not know": (b"# language: xx\nFeature: A\n", [(1, "does-not-parse")]),
    "UTF-16": (f"{FEATURE}{SCENARIO}".encode("utf-16"), [(0, "does-not-parse")]),
    "a NUL": (b"\0", [(1, "does-not-parse")]),
    "a row that has more cells than the headings": (
        f"{FEATURE}{SCENARIO}    And these lines\n      | a |\n      | b | c |\n".encode(),
        [(9, "does-not-parse")],
    ),
}


@pytest.mark.parametrize(("content", "expected"), [pytest.param(*case, id=name) for name, case in FILES.items()])
def test_a_file_is_one_feature_with_scenarios(suite: Any, content: bytes, expected: list[tuple[int, str]]) -> None:
    suite.feature("")
    (suite.features / "usdp" / "identity.feature").write_bytes(content)
    assert suite.found() == expected


def test_a_byte_order_mark_and_crlf_change_nothing(suite: Any) -> None:
    suite.feature("")
    path = suite.features / "usdp" / "identity.feature"
    path.write_bytes(b"\xef\xbb\xbf" + f"{FEATURE}{SCENARIO}".replace("\n", "\r\n").encode())
    assert suite.findings() == ()


@pytest.mark.parametrize(
    "file", ["identity.feature", "usdp/more/identity.feature", "usdp/Identity.feature", "usdp/my identity.feature"]
)
def test_a_feature_lies_where_its_scenarios_ids_say(suite: Any, file: str) -> None:
    suite.feature(f"{FEATURE}{SCENARIO}", file="usdp/another.feature")
    suite.feature(f"{FEATURE}{SCENARIO}", file=file)
    assert "misplaced-file" in [code for _, code in suite.found()]


def test_every_finding_says_where_what_and_what_was_expected(suite: Any) -> None:
    suite.feature(f"{FEATURE}{SCENARIO}".replace("Scenario:", "Scenaro:"))
    (finding,) = [finding for finding in suite.findings() if finding.line == 5]
    assert str(finding) == (
        f"{suite.features}/usdp/identity.feature:5: 'Scenaro: Asked again' cannot stand here [mistyped-keyword]\n"
        "  expected: tags, Rule:, a comment\n"
        "  did you mean 'Scenario:'?"
    )
