"""A run as Cucumber messages: each is one by the ecosystem's own classes, and they tell what the run came to."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cucumber_messages import Envelope, message_converter

from harness.errors import InputError
from harness.report.cucumber import cucumber_messages
from harness.suite.inventory import take_inventory
from tests.conftest import Said

FEATURES = Path(__file__).parents[2] / "features"
BEGAN = datetime(2026, 1, 31, 8, tzinfo=UTC)
FILE = "usdp/identity.feature"


@functools.cache
def cases() -> tuple[Any, ...]:
    return tuple(case for case in take_inventory(FEATURES, [FILE]).cases if case.judges == "USDP-05")


def scenario(case: Any, verdict: str = "pass", stops_at: int | None = None, **other: Any) -> dict[str, Any]:
    outcomes = ["passed" if stops_at is None or number < stops_at else "not run" for number in range(len(case.steps))]
    if stops_at is not None:
        outcomes[stops_at] = "failed"
    steps = [{"text": step.text, "outcome": outcome} for step, outcome in zip(case.steps, outcomes, strict=True)]
    return {
        "id": case.id,
        "rule": case.judges,
        "feature": {"file": case.file, "line": case.line},
        "verdict": verdict,
        "message": "why",
        "advice": False,
        "waiver": None,
        "steps": steps,
        **other,
    }


def results(*scenarios: dict[str, Any], noticed: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "system": {"name": "Theirs", "version": "1"},
        "exit_code": 0,
        "scenarios": list(scenarios),
        "noticed": list(noticed),
    }


def told(run: Any) -> list[dict[str, Any]]:
    messages = [json.loads(line) for line in cucumber_messages(run, FEATURES, BEGAN).splitlines()]
    for message in messages:
        read = message_converter.from_dict(message, Envelope)
        assert message_converter.to_dict(read).keys() == message.keys()
    return messages


def steps(run: Any) -> list[tuple[str, str]]:
    finished = [each["testStepFinished"]["testStepResult"] for each in told(run) if "testStepFinished" in each]
    return [(each["status"], each.get("message", "")) for each in finished]


def test_every_scenario_is_a_test_case_of_its_pickle() -> None:
    messages = told(results(*map(scenario, cases())))
    pickles = {each["pickle"]["id"]: each["pickle"]["name"] for each in messages if "pickle" in each}
    performed = [pickles[each["testCase"]["pickleId"]] for each in messages if "testCase" in each]
    assert performed == [case.name for case in sorted(cases(), key=lambda case: case.line)]
    assert [next(iter(each)) for each in messages[:3]] == ["meta", "source", "gherkinDocument"]
    assert messages[-1]["testRunFinished"]["success"] is True


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("fail", "FAILED"), ("waived", "SKIPPED"), ("blocked", "PENDING"), ("pending", "PENDING"), ("error", "UNKNOWN")],
)
def test_the_step_at_which_a_scenario_stopped_says_why(verdict: str, status: str) -> None:
    case = cases()[0]
    found = steps(results(scenario(case, verdict, stops_at=2)))
    assert found == [
        *[("PASSED", "")] * 2,
        (status, f"{verdict}: why"),
        *[("SKIPPED", "")] * (len(case.steps) - 3),
    ]


@pytest.mark.parametrize(("verdict", "status"), [("not claimed", "SKIPPED"), ("blocked", "PENDING")])
def test_a_scenario_that_was_not_run_says_why_at_its_first_step(verdict: str, status: str) -> None:
    given = scenario(cases()[0], verdict)
    for step in given["steps"]:
        step["outcome"] = "not run"
    assert steps(results(given))[:2] == [(status, f"{verdict}: why"), ("SKIPPED", "")]


def test_a_fail_of_an_advice_fails_nothing() -> None:
    assert "FAILED" not in dict(steps(results(scenario(cases()[0], "fail", stops_at=1, advice=True))))


def test_a_waiver_stands_beside_what_it_covers() -> None:
    waiver = {"expires": "2031-01-31", "owner": "J. Doe", "reason": "the mend is planned"}
    found = steps(results(scenario(cases()[0], "waived", stops_at=0, waiver=waiver)))
    assert found[0] == ("SKIPPED", "waived: why (waived until 2031-01-31 by J. Doe: the mend is planned)")


def test_what_was_noticed_is_a_step_after_the_scenarios_own() -> None:
    case = cases()[0]
    noticed = {"id": "noticed/FTS-09/x", "scenario": case.id, "rule": "FTS-09", "verdict": "fail", "message": "no end"}
    found = steps(results(scenario(case), noticed=({**noticed, "waiver": None},)))
    assert found[-1] == ("FAILED", "FTS-09: no end")
    assert {status for status, _ in found[:-1]} == {"PASSED"}


def test_what_a_system_says_is_made_visible() -> None:
    found = steps(results(scenario(cases()[0], "fail", stops_at=0, message="\x1b\u202e\ud800")))
    assert found[0][1] == "fail: ␛[U+202E][U+D800]"


@pytest.mark.parametrize("change", ["line", "text", "file"])
def test_a_run_of_other_features_is_refused(change: str) -> None:
    given = scenario(cases()[0])
    if change == "text":
        given["steps"][0]["text"] = "something else"
    else:
        given["feature"][change] = {"line": 1, "file": "usdp/none.feature"}[change]
    with pytest.raises(InputError, match="is not the feature that was run"):
        told(results(given))


def test_a_run_is_exported(said: Callable[..., Said]) -> None:
    said("run", "--select", "USDP-05", "--out", "out")
    ended = said("export", "out", "--as", "cucumber")
    assert ended.code == 0
    messages = [json.loads(line) for line in ended.out.splitlines()]
    assert sum("testCaseFinished" in each for each in messages) == len(cases())
    began = datetime.fromisoformat(json.loads(Path("out/run.json").read_bytes())["started"])
    told_at = {moment["timestamp"]["seconds"] for each in messages for moment in each.values() if "timestamp" in moment}
    assert told_at == {int(began.timestamp())}
    assert said("export", "out", "--as", "cucumber").out == ended.out
