"""`results.schema.json` holds what is written, and refuses what is not."""

from __future__ import annotations

import copy
import importlib.resources
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from harness.runner.controller import Wish, run
from harness.suite.waivers import Waiver

SCHEMA = json.loads((importlib.resources.files("harness.evidence") / "results.schema.json").read_text(encoding="utf-8"))


def complaints(results: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(results)]


def ran(folder: Path, adapter: str, selection: str) -> Any:
    run(
        Wish(adapter=adapter, selection=selection),
        folder,
        as_of=None,
        today=date(2030, 1, 31),
        fresh_namespace=lambda: "n",
        started="2030-01-31T00:00:00-05:00",
    )
    return json.loads((folder / "results.json").read_bytes())


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The results of a real run in which a rule is broken, also where scenarios judge another."""
    return ran(tmp_path_factory.mktemp("run") / "out", "reference+response_without_end_of_file", "@FTS-09 or @USDP-03")


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_object_of_the_schema_is_closed_and_every_property_required() -> None:
    def objects(node: Any) -> list[Any]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        own = [node] if isinstance(node, dict) and "required" in node else []
        return own + [found for each in inner for found in objects(each)]

    found = objects(SCHEMA)
    assert len(found) > 10
    for each in found:
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])


def test_the_results_of_a_real_run_hold(failed: Any) -> None:
    assert failed["exit_code"] == 1
    assert {case["rule"] for case in failed["noticed"]} == {"FTS-09"}
    assert complaints(failed) == []


def test_results_of_every_verdict_hold(small: Any) -> None:
    verdicts = ("pass", "fail", "blocked", "error", "pending", "not claimed", "not applicable")
    granted = [Waiver("usdp/feature/usdp-02-a", None, "planned", "J. Doe", date(2031, 1, 31), "")]
    listed = {f"USDP-01/{verdict.replace(' ', '-')}": verdict for verdict in verdicts} | {"USDP-02/a": "fail"}
    results = small.results(listed, waivers=granted, as_of="2030-01-31", twins=("FTS-01/twin",))
    assert {scenario["verdict"] for scenario in results["scenarios"]} == {*verdicts, "waived"}
    assert complaints(results) == []


def of_scenario(change: Callable[[Any], object]) -> Callable[[Any], object]:
    """A change of the scenario that failed."""
    return lambda results: change(next(s for s in results["scenarios"] if s["verdict"] == "fail"))


CHANGES: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("a key is added", lambda r: r.update(host="here")),
    ("a key is missing", lambda r: r.pop("statement")),
    ("another version", lambda r: r.update(results=1)),
    ("no verdict that there is", lambda r: r.update(verdict="ok")),
    ("a verdict on the system that only rules have", lambda r: r.update(verdict="not claimed")),
    ("an exit code that no run has", lambda r: r.update(exit_code=2)),
    ("a count is missing", lambda r: r["counts"].pop("waived")),
    ("a negative count", lambda r: r["counts"].update(fail=-1)),
    ("a hash that is none", lambda r: r["suite"].update(hash="A" * 64)),
    ("a seed that is no number", lambda r: r.update(seed="0")),
    ("a rule with a verdict of scenarios", lambda r: r["rules"][0].update(verdict="pass")),
    ("a rule that binds nobody", lambda r: r["rules"][0].update(binds="nobody")),
    ("a rule with a time", lambda r: r["rules"][0].update(seconds=1)),
    ("a class with a verdict of rules alone", lambda r: r["classes"][0].update(verdict="advice")),
    ("a scenario with a verdict of rules", of_scenario(lambda s: s.update(verdict="conformant"))),
    ("a fail that does not say what was expected", of_scenario(lambda s: s.update(expected=None, observed=None))),
    ("expected without observed", of_scenario(lambda s: s.update(verdict="blocked", observed=None))),
    ("observed without expected", of_scenario(lambda s: s.update(verdict="blocked", expected=None))),
    ("waived without a waiver", of_scenario(lambda s: s.update(verdict="waived"))),
    (
        "a waiver of what is not waived",
        of_scenario(lambda s: s.update(waiver={"reason": "r", "owner": "o", "expires": "2031-01-31"})),
    ),
    ("a journal outside the folder", of_scenario(lambda s: s["journal"].update(path="/tmp/journals/a.jsonl"))),
    ("a journal above the folder", of_scenario(lambda s: s["journal"].update(path="journals/../a.jsonl"))),
    ("line nought", of_scenario(lambda s: s.update(record=0))),
    ("a step with an outcome that none has", of_scenario(lambda s: s["steps"][0].update(outcome="pass"))),
    ("noticed without what was expected", lambda r: r["noticed"][0].update(expected=None)),
    ("noticed that holds", lambda r: r["noticed"][0].update(verdict="pass")),
    ("noticed and waived without a waiver", lambda r: r["noticed"][0].update(verdict="waived")),
    ("noticed under the id of a scenario", lambda r: r["noticed"][0].update(id=r["noticed"][0]["scenario"])),
    ("an id that is no slug", of_scenario(lambda s: s.update(id="USDP/a/b"))),
)


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[what for what, _ in CHANGES])
def test_changed_results_are_refused(failed: Any, change: Callable[[Any], object]) -> None:
    results = copy.deepcopy(failed)
    change(results)
    assert complaints(results)
