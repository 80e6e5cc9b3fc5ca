"""`mdmr-conform explore`: what it says, how it ends, what it leaves behind, and that this is found again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.exploration import exploring
from harness.exploration.course import Course
from tests.conftest import Said

Conform = Callable[..., Said]
FAULTY = "reference+universal_sdp_ids_forgotten_overnight"
EVERYWHERE = "reference+report_version_ahead"
"""What nearly every conversation shows, whatever is drawn."""
OUT = Path("mdmr-conform-exploration")
STUMBLES = """
from harness.port.naming import system_factory

class System:
    def __init__(self):
        make, bent = system_factory("reference")
        self.reference = make(profile_path=None, bent=bent)

    def exchange(self, request):
        if request["message"] == "submit" and ".5000." in request["name"]:
            return {"id": request["id"], "ok": "no object"}
        return self.reference.exchange(request)
"""
"""A system that answers a request for quantities with what is no answer."""


MODEST = """
from harness.port.naming import system_factory

class System:
    def __init__(self):
        make, bent = system_factory("reference")
        self.reference = make(profile_path=None, bent=bent)

    def exchange(self, request):
        reply = self.reference.exchange(request)
        if request["message"] == "hello":
            reply["ok"]["classes"] = ["FTS", "USDP"]
        return reply
"""
"""A system that claims file transfer and Universal SDP IDs alone."""


def explored(folder: Path = OUT) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "explore.json").read_bytes())
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_of_the_reference_no_rule_is_seen_broken(said: Conform) -> None:
    answer = said("explore", "--conversations", "40", "--seed", "2")
    assert (answer.code, answer.err) == (0, "")
    assert "40 conversations with mdmr-conform reference implementation" in answer.out
    assert "no rule was seen broken" in answer.out
    assert "assignment/two LDCs have one SDP ID" in answer.out
    assert explored()["situations"]["assignment/two LDCs have one SDP ID"] > 0
    assert not (OUT / "found").exists()


def test_what_a_system_does_not_claim_is_told_in_a_line_and_not_as_never_met(said: Conform) -> None:
    Path("modest.py").write_text(MODEST)
    answer = said("explore", "--adapter", "modest:System", "--conversations", "2")
    unclaimed = explored()["not_claimed"]
    assert {"sets/IR06 for an agent", "billing/kW", "billing/estimated"} <= unclaimed.keys()
    assert set(unclaimed.values()) == {"SYNC", "BILLING-ENERGY", "BILLING-DEMAND", "ODEST"}
    assert {name.partition("/")[0] for name in explored()["never_met"]} <= {"assignment", "files"}
    situations = explored()["situations"]
    met = sum(1 for times in situations.values() if times)
    assert f"; {met} of {len(situations) - len(unclaimed)} situations met" in answer.out
    assert "not claimed, and so not looked for: BILLING-DEMAND (2 situations), BILLING-ENERGY" in answer.out
    assert "never  billing" not in answer.out


def test_what_is_broken_is_told_by_the_smallest_conversation_as_a_feature_that_fails_alike(said: Conform) -> None:
    answer = said("explore", "--adapter", FAULTY, "--conversations", "24", "--seed", "1", "--select", "USDP-03")
    assert answer.code == 1
    assert "broken  USDP-03" in answer.out
    assert "the rule: A Universal SDP ID stays with its (LDC, SDP ID) pair for ever" in answer.out
    assert f"run --adapter {FAULTY} --seed 1 --features {OUT / 'found'}" in answer.out
    (found,) = explored()["found"]
    assert (found["feature"], found["is_smallest"], explored()["not_told"]) == ("found/USDP-03.feature", True, 0)
    assert len(found["lines"]) <= 6
    text = (OUT / found["feature"]).read_text()
    assert "Then no rule USDP-03 is broken" in text
    assert said("lint", str(OUT / "found")).out.endswith("nothing found\n")

    again = said("run", "--adapter", FAULTY, "--features", str(OUT / "found"), "--out", "faulty")
    assert again.code == 1
    assert "fail  USDP-03  found/USDP-03/" in again.out
    assert f"--features {OUT / 'found'}" in again.out
    assert said("run", "--features", str(OUT / "found"), "--out", "sound").code == 0
    assert said("verify", "faulty", "--features", str(OUT / "found")).code == 0
    assert "name their folder with --features" in said("verify", "faulty").out


def test_what_was_found_is_confirmed_by_its_journal_and_a_changed_one_is_not(said: Conform) -> None:
    said("explore", "--adapter", EVERYWHERE, "--conversations", "8", "--seed", "5")
    answer = said("verify", str(OUT))
    assert (answer.code, "1 journal replayed; what was found is confirmed" in answer.out) == (0, True)
    (journal,) = (OUT / "journals").rglob("*.jsonl")
    journal.write_bytes(journal.read_bytes().replace(b"IR01.01", b"IR01.00"))
    journal.write_bytes(journal.read_bytes()[:-40])
    assert said("verify", str(OUT)).code == 1


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_workers(said: Conform) -> None:
    for folder, workers in (("one", "1"), ("two", "2")):
        arguments = ("--conversations", "12", "--seed", "5", "--workers", workers, "--out", folder)
        assert said("explore", "--adapter", EVERYWHERE, *arguments).code == 1
    assert files(Path("one")) == files(Path("two"))


def test_an_interrupted_exploration_goes_on_and_comes_to_the_same(
    said: Conform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exploring, "ROUND", 4)
    arguments = ("explore", "--adapter", EVERYWHERE, "--conversations", "12", "--seed", "5")
    assert said(*arguments, "--out", "whole").code == 1
    take = Course.take

    def interrupted(course: Course, line: dict[str, Any]) -> None:
        take(course, line)
        if course.rounds == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Course, "take", interrupted)
        answer = said(*arguments)
    assert explored()["state"] == "unfinished"
    assert explored()["conversations"] == 8
    assert "the same command goes on" in answer.out
    other = said("explore", "--conversations", "12", "--seed", "5")
    assert (other.code, "with another system" in other.err or "with another adapter" in other.err) == (2, True)
    assert said(*arguments).code == 1
    assert files(OUT) == files(Path("whole"))


def test_one_that_is_interrupted_before_a_round_is_over_names_no_command_for_nothing(
    said: Conform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(course: Course, line: dict[str, Any]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Course, "take", interrupted)
    answer = said("explore", "--conversations", "1", "--seed", "5")
    assert (answer.code, explored()["conversations"], explored()["again"]) == (3, 0, None)
    assert "the same command goes on" in answer.out
    assert "again:" not in answer.out


def test_a_time_that_is_up_ends_after_a_whole_round_and_tells_the_same_in_conversations(said: Conform) -> None:
    answer = said("explore", "--seconds", "1", "--select", "USDP", "--workers", "2")
    number = explored()["conversations"]
    assert number % 64 == 0
    assert f"--conversations {number}" in answer.out


def test_the_command_that_explores_the_same_names_areas_of_which_all_rules_are_looked_at(said: Conform) -> None:
    answer = said("explore", "--conversations", "1", "--select", "usdp, SEQ-05")
    assert "--select 'SEQ-05 or USDP'" in answer.out


def test_an_adapter_that_misbehaves_is_an_error_and_made_smaller_too(said: Conform) -> None:
    Path("stumbling.py").write_text(STUMBLES)
    answer = said("explore", "--adapter", "stumbling:System", "--conversations", "16", "--seed", "1")
    assert answer.code == 3
    assert "the adapter misbehaved" in answer.out
    (found,) = explored()["found"]
    assert found["breach"]["key"] == "error"
    assert "malformed" in found["breach"]["observed"]
    assert found["why_not"].startswith("no rule is broken")
    assert any("requests quantities" in line["text"] for line in found["lines"])
    assert said("verify", str(OUT)).code == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--select", "USPD"), "did you mean USDP?"),
        (("--select", " "), "names no rule"),
        (("--seconds", "3", "--conversations", "5"), "is given beside --conversations"),
        (("--conversations", "0"), "0 is not in the range"),
        (("--adapter", "nobody"), "no system 'nobody'"),
    ],
)
def test_wrong_usage_says_what_was_expected(said: Conform, arguments: tuple[str, ...], expected: str) -> None:
    answer = said("explore", *arguments)
    assert answer.code == 2
    assert expected in answer.err


def test_what_somebody_else_left_in_a_folder_is_not_lost(said: Conform) -> None:
    OUT.mkdir()
    (OUT / "notes.txt").write_text("mine")
    answer = said("explore", "--conversations", "1")
    assert (answer.code, "they would be lost" in answer.err) == (2, True)
    assert (OUT / "notes.txt").read_text() == "mine"
