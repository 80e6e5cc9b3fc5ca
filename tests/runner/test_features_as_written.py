"""What Gherkin offers and our features use: Backgrounds, Rules, Examples, tables and texts, as they are run."""

from __future__ import annotations

from typing import Any

NOTING = """
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

NOTES = Path(__file__).parent.parent / "notes.txt"

def note(text):
    with NOTES.open("a") as notes:
        notes.write(f"{text}\\n")

@given(parsers.parse("given {what}"))
def _given(what):
    note(f"given {what}")

@when(parsers.parse("when {what}"))
def _when(what):
    note(f"when {what}")

@then(parsers.parse("then {what}"), target_fixture="seen")
def _then(what):
    note(f"then {what}")
    return what

@then("it is what was seen")
def _again(seen):
    note(f"seen {seen}")

@then("these lines")
def _lines(datatable):
    note(datatable)

@then("this text")
def _text(docstring):
    note(repr(docstring))
"""


def notes(theatre: Any) -> list[str]:
    """What the steps noted."""
    text: str = (theatre.root / "notes.txt").read_text()
    return text.splitlines()


def verdicts(record: Any) -> dict[str, str]:
    return {result["scenario"]: result["verdict"] for result in record.results.values()}


def test_the_backgrounds_of_feature_and_rule_go_before_the_scenario(theatre: Any) -> None:
    theatre.define(NOTING)
    theatre.feature("""
          Background:
            Given given a

          @USDP-03
          Scenario: Outside
            Then then o

          Rule: One
            Background:
              Given given b

            @USDP-03
            Scenario: Inside
              Given given c
              When when d
              And when e
              Then then f

          Rule: Two
            @USDP-03
            Scenario: Beside
              Then then g
    """)
    record = theatre.run("usdp/a/inside", "usdp/a/outside", "usdp/a/beside")
    assert verdicts(record) == {"usdp/a/inside": "pass", "usdp/a/outside": "pass", "usdp/a/beside": "pass"}
    assert notes(theatre) == [
        *("given a", "given b", "given c", "when d", "when e", "then f"),
        *("given a", "then o"),
        *("given a", "then g"),
    ]


def test_each_row_of_each_examples_table_is_a_scenario_with_its_own_id(theatre: Any) -> None:
    theatre.define(NOTING)
    theatre.feature("""
          @USDP-03
          Scenario Outline: Cases
            Then then <what>

            Examples: The first
              | case    | what |
              | One     | a    |
              | No. two | b    |

            Examples: The others, with another order of columns
              | what | more |
              | c    | x    |
    """)
    record = theatre.run("usdp/a/cases/one", "usdp/a/cases/no-two", "usdp/a/cases/c")
    assert verdicts(record) == {"usdp/a/cases/one": "pass", "usdp/a/cases/no-two": "pass", "usdp/a/cases/c": "pass"}
    assert notes(theatre) == ["then a", "then b", "then c"]


def test_a_scenario_with_equal_cells_in_two_cases_is_run_for_each(theatre: Any) -> None:
    theatre.define(NOTING)
    theatre.feature("""
          @USDP-03
          Scenario Outline: Cases
            Then then <what>

            Examples:
              | case | what |
              | a-b  | c    |
              | a    | b-c  |
    """)
    record = theatre.run("usdp/a/cases/a", "usdp/a/cases/a-b")
    assert verdicts(record) == {"usdp/a/cases/a": "pass", "usdp/a/cases/a-b": "pass"}


def test_tables_and_texts_reach_their_steps_with_their_placeholders_filled_in(theatre: Any) -> None:
    theatre.define(NOTING)
    theatre.feature('''
          @USDP-03
          Scenario Outline: Cases
            Then these lines
              | SDP   | status |
              | <SDP> |        |
            And this text
              """
              of <SDP>: | and <other>
              """

            Examples:
              | SDP    | other |
              | Mill   | é     |
    ''')
    theatre.run("usdp/a/cases/mill")
    assert notes(theatre) == ["[['SDP', 'status'], ['Mill', '']]", "'of Mill: | and é'"]


def test_what_a_step_makes_does_not_reach_the_next_scenario(theatre: Any) -> None:
    theatre.define(NOTING)
    theatre.feature("""
          @USDP-03
          Scenario: First
            Then then a
            And it is what was seen

          @USDP-03
          Scenario: Second
            Then it is what was seen
    """)
    record = theatre.run("usdp/a/first", "usdp/a/second")
    assert verdicts(record) == {"usdp/a/first": "pass", "usdp/a/second": "blocked"}


def test_only_what_the_plan_names_is_run_in_its_order(theatre: Any) -> None:
    theatre.define(NOTING)
    for file in ("usdp/b.feature", "usdp/a.feature"):
        theatre.feature(
            f"\n@USDP-03\nScenario: One\n  Then then {file} 1\n\n@USDP-03\nScenario: Two\n  Then then {file} 2\n",
            file=file,
        )
    theatre.run("usdp/b/two", "usdp/a/one", "usdp/a/two")
    assert notes(theatre) == ["then usdp/b.feature 2", "then usdp/a.feature 1", "then usdp/a.feature 2"]


def test_the_steps_of_a_result_say_how_far_it_came(theatre: Any) -> None:
    theatre.define(NOTING)
    theatre.feature("""
          @USDP-03
          Scenario: Good
            Given given a
            When nothing
            Then then b
    """)
    (result,) = theatre.run("usdp/a/good").results.values()
    assert [(step["line"], step["keyword"], step["text"], step["outcome"]) for step in result["steps"]] == [
        (6, "Given", "given a", "passed"),
        (7, "When", "nothing", "blocked"),
        (8, "Then", "then b", "not run"),
    ]
