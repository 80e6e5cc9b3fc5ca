"""``run --allow-not-applicable``: what it lets pass, and what it never does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.commands.gate import gate_code
from harness.runner.controller import Run
from harness.suite.waivers import Waiver
from tests.conftest import Said


def run(*verdicts: str, code: int = 3, noticed: tuple[str, ...] = (), **other: Any) -> Run:
    results = {
        "exit_code": code,
        "scenarios": [{"verdict": verdict, "advice": False} for verdict in verdicts],
        "noticed": [{"verdict": verdict} for verdict in noticed],
    }
    return Run(results, Path("out"), **{"interrupted": False, "trouble": (), "stale_waivers": ()} | other)


def test_what_is_not_applicable_passes_where_it_is_allowed_and_something_was_judged() -> None:
    for verdicts in (
        ("pass", "not applicable"),
        ("waived", "not applicable"),
        ("pass", "not claimed", "not applicable"),
    ):
        assert gate_code(run(*verdicts), allow_not_applicable=True) == 0
        assert gate_code(run(*verdicts), allow_not_applicable=False) == 3


@pytest.mark.parametrize(
    "other",
    [
        run("pass", "not applicable", "blocked"),
        run("pass", "not applicable", "error"),
        run("pass", "not applicable", "pending"),
        run("not applicable"),
        run("pass"),
        run("pass", "not applicable", interrupted=True),
    ],
)
def test_whatever_else_stands_in_the_way_of_a_verdict_still_does(other: Run) -> None:
    assert gate_code(other, allow_not_applicable=True) == 3


def test_a_fail_is_a_fail_and_a_stale_waiver_a_mistake() -> None:
    assert gate_code(run("fail", "not applicable", code=1), allow_not_applicable=True) == 1
    stale: Any = (Waiver.__new__(Waiver),)
    assert gate_code(run("pass", "not applicable", stale_waivers=stale), allow_not_applicable=True) == 2


def test_advice_that_is_blocked_stands_in_nobodys_way() -> None:
    advised = run("pass", "not applicable", "blocked")
    advised.results["scenarios"][-1]["advice"] = True
    assert gate_code(advised, allow_not_applicable=True) == 0


def test_the_exit_code_passes_and_the_verdict_stays(said: Callable[..., Said]) -> None:
    Path("waiting.py").write_text(
        "from reference_impl.system import create as reference\n"
        "class System:\n"
        "    def __init__(self):\n"
        "        self.inner = reference(profile_path=None, bent=None)\n"
        "    def exchange(self, request):\n"
        "        reply = self.inner.exchange(request)\n"
        "        if request['message'] == 'hello':\n"
        "            reply['ok'] = {**reply['ok'], 'values': {'set_wait_time_minutes': 30}}\n"
        "        return reply\n"
        "create = System\n"
    )
    command = ("run", "--adapter", "waiting:create", "--select", "SEQ-05 or USDP-05")
    strict = said(*command)
    assert strict.code == 3
    lenient = said(*command, "--allow-not-applicable")
    assert lenient.code == 0
    assert "not applicable is allowed: the exit code is 0, and the verdict is not changed" in lenient.out
    results = json.loads(Path("mdmr-conform-out/results.json").read_text())
    assert (results["verdict"], results["exit_code"]) == ("undetermined", 3)
    assert said("verify", "mdmr-conform-out").code == 0
