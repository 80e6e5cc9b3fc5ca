"""A run that is watched: what is told of it, in how many words, and where it stops on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.commands import console
from harness.commands.watching import Shown
from harness.runner.session import Enough
from tests.commands.test_console import case
from tests.conftest import Said

BROKEN = ("--adapter", "reference+universal_sdp_id_reissued_on_repeat", "--select", "usdp/identity")


class Noted(console.Steps):
    def __init__(self) -> None:
        self.notes: list[str] = []
        self.lines: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)

    def tell(self, *line: console.Part) -> None:
        self.lines.append("".join(part if isinstance(part, str) else part.text for part in line))


def test_a_run_is_stopped_when_enough_has_failed_and_advice_is_no_fail() -> None:
    steps = Noted()
    shown = Shown(steps, quiet=True, stop_after=2)
    shown.starts([case(letter) for letter in "abc"], {})

    def came(letter: str, verdict: str, *noticed: str) -> None:
        rules = [{"rule": rule} for rule in noticed]
        shown.result({"scenario": f"usdp/a/{letter}", "verdict": verdict, "noticed": rules})

    came("a", "fail")
    came("b", "pass")
    with pytest.raises(Enough):
        came("c", "pass", "FTS-09")
    assert (shown.stopped, steps.notes) == (True, ["1 fail so far", "1 fail so far", "2 fails so far"])


@pytest.mark.parametrize("quiet", [False, True])
def test_the_first_error_is_told_at_once_and_no_other(quiet: bool) -> None:
    steps = Noted()
    shown = Shown(steps, quiet=quiet, stop_after=None)
    shown.starts([case(letter) for letter in "abcd"], {})
    for letter, verdict in (("a", "pass"), ("b", "error"), ("c", "error")):
        message = f"no answer to {letter!r} within 10 s"
        shown.result({"scenario": f"usdp/a/{letter}", "verdict": verdict, "noticed": [], "message": message})
    told = [line for line in steps.lines if line]
    assert told == ([] if quiet else ["  first error  usdp/a/b: no answer to 'b' within 10 s"])


def test_what_did_not_run_is_blocked_and_the_run_can_be_verified(said: Callable[..., Said], tmp_path: Path) -> None:
    heard = said("run", *BROKEN, "--stop-after", "1", "--out", "out")
    assert heard.code == 1
    assert "stopped: 1 scenario failed; the others are not judged" in heard.out
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    assert results["counts"]["fail"] == 1
    assert {each["message"] for each in results["scenarios"] if each["verdict"] == "blocked"} == {
        "not run: enough had failed before"
    }
    assert said("verify", "out").code == 0
    assert said("run", "--select", "USDP-03", "--out", "out", "-q").code == 0  # nothing goes on there


@pytest.mark.parametrize("option", ["-q", "--quiet"])
def test_the_verdict_alone(said: Callable[..., Said], option: str) -> None:
    heard = said("run", "--select", "USDP-03", option)
    statement = "conformant (assumed layouts, selected scenarios only)"
    assert heard.out == f"mdmr-conform reference implementation 0.1.0: {statement}\n"


def test_results_on_standard_output_are_those_of_the_folder(said: Callable[..., Said], tmp_path: Path) -> None:
    heard = said("run", *BROKEN, "--json", "--out", "out")
    assert (heard.code, heard.err) == (1, "")
    assert json.loads(heard.out) == json.loads((tmp_path / "out" / "results.json").read_bytes())


def test_a_list_holds_what_would_run_on_this_system_and_nothing_else(said: Callable[..., Said], tmp_path: Path) -> None:
    heard = said("run", "--list", "--select", "features/usdp/identity.feature")
    assert heard.code == 0
    assert {"/".join(line.split()[1].split("/")[:2]) for line in heard.out.splitlines()} == {"usdp/identity"}
    assert list(tmp_path.iterdir()) == []


def test_a_list_leaves_out_what_rests_on_another_reading(said: Callable[..., Said]) -> None:
    selection = "AMB-30:nobody or USDP-03"
    listed = said("run", "--list", "--select", selection).out
    ran = json.loads(said("run", "--json", "--select", selection).out)
    assert len(ran["left_out"]) > 1
    assert [line.split()[1] for line in listed.splitlines()] == [each["id"] for each in ran["scenarios"]]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("USDP-0", "USDP-03"), ("FTS or usdp-0", "FTS or USDP-03"), ("usdp/i", "usdp/identity/"), ("odes", "ODEST")],
)
def test_a_shell_is_offered_rules_tags_areas_and_features(
    said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, typed: str, offered: str
) -> None:
    monkeypatch.setenv("COMP_WORDS", f"mdmr-conform run --select '{typed}'")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_MDMR_CONFORM_COMPLETE", "bash_complete")
    assert f"plain,{offered}" in said().out.splitlines()
