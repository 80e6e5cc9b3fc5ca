"""What the feature check refuses never passes in the runner either, and never gets lost in silence.

The check is left out here: each trap of pytest-bdd is run as it is.
"""

from __future__ import annotations

from typing import Any

import pytest

from harness.errors import InputError
from harness.runner.session import missing, run_session

A = "usdp/a"


def verdict_of(theatre: Any, scenario: str) -> tuple[str, str]:
    """What becomes of a scenario: verdict and message; ``lost`` with what pytest said where it left no result."""
    plan = theatre.plan(scenario)
    record = theatre.run(scenario)
    if missing(plan, record):
        assert record.trouble, "a scenario got lost in silence"
        assert not record.interrupted
        return "lost", record.trouble[0]
    (result,) = record.results.values()
    return result["verdict"], result["message"]


def test_a_scenario_in_which_everything_holds_passes(theatre: Any) -> None:
    theatre.feature("""
        @USDP-03
        Scenario: Good
          Given a premise
          When something happens
          Then it is seen 3 times
    """)
    assert verdict_of(theatre, f"{A}/good") == ("pass", "")


LOST = {
    "equal names": """
        @USDP-03
        Scenario: Good
          Then it is never seen

        @USDP-03
        Scenario: Good
          Then it is seen
    """,
    "equal names in different Rules": """
        Rule: One
          @USDP-03
          Scenario: Good
            Then it is never seen

        Rule: Two
          @USDP-03
          Scenario: Good
            Then it is seen
    """,
    "names that make one id": """
        @USDP-03
        Scenario: Good
          Then it is never seen

        @USDP-03
        Scenario: Good?
          Then it is seen
    """,
    "a mistyped keyword of a scenario": """
        @USDP-03
        Scenario: Other
          Then it is seen

        Senario: Good
          Then it is never seen
    """,
    "a mistyped keyword that hides the scenario in a description": """
        Senario: Good
          Then it is never seen

        @USDP-03
        Scenario: Other
          Then it is seen
    """,
    "no rule": """
        Scenario: Good
          Then it is seen
    """,
    "two rules": """
        @USDP-03 @USDP-04
        Scenario: Good
          Then it is seen
    """,
    "a first step that goes on from nothing": """
        @USDP-03
        Scenario: Good
          And it is seen
    """,
}


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in LOST.items()])
def test_what_is_not_there_once_is_lost_and_named(theatre: Any, body: str) -> None:
    theatre.feature(body)
    assert verdict_of(theatre, f"{A}/good")[0] == "lost"


@pytest.mark.parametrize("tag", ["skip", "xfail", "usefixtures", "parametrize", "filterwarnings"])
def test_a_tag_is_no_mark_of_pytest(theatre: Any, tag: str) -> None:
    theatre.feature(f"\n@USDP-03 @{tag}\nScenario: Good\n  Then it is seen\n")
    assert verdict_of(theatre, f"{A}/good") == ("pass", "")


BLOCKED = {
    "no steps": ("", "the scenario has no Then, so it proves nothing"),
    "no Then": ("When something happens", "the scenario has no Then, so it proves nothing"),
    "a step that no definition matches": (
        "Then it is sen",
        "no step definition matches this step",
    ),
    "a step that is defined for another keyword": ("Then something happens", "no step definition matches this step"),
    "a placeholder that nothing fills in": (
        "Then it is seen <n> times",
        "'it is seen <n> times' has a placeholder that no row of Examples fills in",
    ),
    "a table that nobody reads": (
        "Then it is seen\n    | a |",
        "'it is seen' has a datatable, which its step definition does not read",
    ),
    "a text that nobody reads": (
        'Then it is seen\n    """\n    a\n    """',
        "'it is seen' has a docstring, which its step definition does not read",
    ),
}


@pytest.mark.parametrize(("steps", "message"), [pytest.param(*case, id=name) for name, case in BLOCKED.items()])
def test_a_scenario_that_proves_nothing_is_blocked(theatre: Any, steps: str, message: str) -> None:
    theatre.feature(f"\n@USDP-03\nScenario: Good\n  {steps}\n")
    assert verdict_of(theatre, f"{A}/good") == ("blocked", f"the suite is at fault: {message}")


def test_a_line_with_a_mistyped_keyword_before_the_first_step_leaves_a_scenario_that_is_blocked(theatre: Any) -> None:
    theatre.feature("\n@USDP-03\nScenario: Good\n  Thn it is never seen\n  When something happens\n")
    assert verdict_of(theatre, f"{A}/good")[0] == "blocked"


def test_examples_without_rows_are_not_run_with_their_gaps_unfilled(theatre: Any) -> None:
    theatre.define(STRICT)
    theatre.feature("""
        @USDP-03
        Scenario Outline: Good
          Then it is seen by "<whom>"

          Examples:
            | whom |
    """)
    found = verdict_of(theatre, f"{A}/good")
    assert found[0] == "blocked"
    assert "has a placeholder that no row of Examples fills in" in found[1]


STRICT = """
from pytest_bdd import parsers, then

@then(parsers.parse('it is seen by "{whom}"'))
def _by(whom):
    pass
"""

DEFINITIONS = {
    "async": (
        """
        from pytest_bdd import then

        @then("it is seen")
        async def _seen():
            raise RuntimeError
        """,
        "step function _seen is async or a generator: calling it has not run it",
    ),
    "a generator": (
        """
        from pytest_bdd import then

        @then("it is seen")
        def _seen():
            yield
            raise RuntimeError
        """,
        "step function _seen is async or a generator: calling it has not run it",
    ),
    "an async generator": (
        """
        from pytest_bdd import then

        @then("it is seen")
        async def _seen():
            yield
        """,
        "step function _seen is async or a generator: calling it has not run it",
    ),
    "a function that returns a coroutine": (
        """
        from pytest_bdd import then

        async def later():
            raise RuntimeError

        @then("it is seen")
        def _seen():
            return later()
        """,
        "step function _seen is async or a generator: calling it has not run it",
    ),
    "two definitions": (
        """
        from pytest_bdd import parsers, then

        @then("it is seen")
        def _seen():
            raise RuntimeError

        @then(parsers.parse("it is {what}"))
        def _what(what):
            pass
        """,
        "then 'it is seen' matches more than one step definition: 'it is seen' and 'it is {what}'",
    ),
    "one definition twice": (
        """
        from pytest_bdd import then

        @then("it is seen")
        def _seen():
            raise RuntimeError

        @then("it is seen")
        def _seen():
            pass
        """,
        "then 'it is seen' matches more than one step definition: 'it is seen' and 'it is seen'",
    ),
}


@pytest.mark.parametrize(("code", "message"), [pytest.param(*case, id=name) for name, case in DEFINITIONS.items()])
def test_a_step_that_is_not_run_as_it_reads_blocks_its_scenario(theatre: Any, code: str, message: str) -> None:
    theatre.define(code)
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n")
    assert verdict_of(theatre, f"{A}/good") == ("blocked", f"the suite is at fault: {message}")


def test_definitions_of_two_modules_that_match_one_step_block_its_scenario(theatre: Any) -> None:
    theatre.define('from pytest_bdd import then\n\n@then("it is seen")\ndef _a():\n    raise RuntimeError\n', "more")
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n")
    found = verdict_of(theatre, f"{A}/good")
    assert found[0] == "blocked"
    assert "matches more than one step definition" in found[1]


def test_a_phrase_may_be_defined_for_several_keywords_apart(theatre: Any) -> None:
    theatre.define("""
        from pytest_bdd import given, then
        from harness.suite.verdicts import Unmet

        @given("it is so")
        def _premise():
            pass

        @then("it is so")
        def _judged():
            raise Unmet("it", "something else")
    """)
    theatre.feature("\n@USDP-03\nScenario: Good\n  Given it is so\n  Then it is so\n")
    assert verdict_of(theatre, f"{A}/good") == ("fail", "expected it; observed something else")


@pytest.mark.parametrize("code", ["import no_such_module\n", "def (:\n", "raise SystemExit(0)\n"])
def test_steps_that_cannot_be_imported_lose_their_scenarios_not_in_silence(theatre: Any, code: str) -> None:
    theatre.define(code, "broken")
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n")
    assert verdict_of(theatre, f"{A}/good")[0] == "lost"


@pytest.mark.parametrize("scenario", [f"{A}/no-such", "usdp/no-such/good", "no-such/a/good", f"{A}/good/case"])
def test_a_scenario_that_is_not_in_the_features_is_lost_and_named(theatre: Any, scenario: str) -> None:
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n")
    plan = theatre.plan(f"{A}/good", scenario)
    assert missing(plan, theatre.run(f"{A}/good", scenario))[-1] == f"{scenario} @ reference"


def test_a_session_refuses_what_the_check_refuses(theatre: Any) -> None:
    theatre.feature(LOST["equal names"])
    with pytest.raises(InputError, match="two scenarios have the name 'Good'"):
        run_session(theatre.plan(f"{A}/good"))


# --- what a step raises -------------------------------------------------------------------------------------------

RAISED = {
    "Unmet('it', 'nothing')": "fail",
    "Unreadable('a file')": "blocked",
    "Pending('12:00', '11:00')": "pending",
    "AdapterFailure('exit', 'gone')": "error",
    "SuiteMistake('a word')": "blocked",
    "AssertionError()": "blocked",
    "KeyError('x')": "blocked",
    "SystemExit(0)": "blocked",
    "RecursionError()": "blocked",
    "pytest.skip.Exception('no')": "blocked",
    "pytest.fail.Exception('no')": "blocked",
    "pytest.exit.Exception('no')": "blocked",
    "pytest.xfail.Exception('no')": "blocked",
    "unittest.SkipTest('no')": "blocked",
    "GeneratorExit()": "blocked",
    "StopIteration()": "blocked",
}


@pytest.mark.parametrize(("raised", "verdict"), RAISED.items())
def test_whatever_a_then_raises_nothing_but_a_check_gives_fail_and_nothing_gives_pass(
    theatre: Any, raised: str, verdict: str
) -> None:
    theatre.define(RAISING.format(raised))
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n\n@USDP-03\nScenario: Next\n  Then it holds\n")
    record = theatre.run(f"{A}/good", f"{A}/next")
    assert [result["verdict"] for result in record.results.values()] == [verdict, "pass"]
    assert record.trouble == []


RAISING = """
import unittest

import pytest
from pytest_bdd import then

from harness.port.failure import AdapterFailure
from harness.errors import SuiteMistake

from harness.suite.verdicts import Pending, Unmet, Unreadable

@then("it is seen")
def _seen(conversation):
    raise {}

@then("it holds")
def _holds(conversation):
    pass
"""


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ("Given it does not hold\n  Then it is seen", "blocked"),
        ("When it does not hold\n  Then it is seen", "blocked"),
        ("Then it does not hold\n  And it is seen", "fail"),
        ("Then it is seen\n  And it does not hold", "fail"),
    ],
)
def test_only_a_then_gives_fail(theatre: Any, steps: str, verdict: str) -> None:
    theatre.define("""
        from pytest_bdd import given, then, when
        from harness.suite.verdicts import Unmet

        @given("it does not hold")
        @when("it does not hold")
        @then("it does not hold")
        def _unmet():
            raise Unmet("this", "that")
    """, "more")  # fmt: skip
    theatre.feature(f"\n@USDP-03\nScenario: Good\n  {steps}\n")
    assert verdict_of(theatre, f"{A}/good")[0] == verdict
