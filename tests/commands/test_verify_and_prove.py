"""`mdmr-conform verify` and `prove` from the outside, on a few scenarios."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness import cli


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two scenarios."""
    folder = tmp_path_factory.mktemp("kept") / "out"
    assert cli.run(["run", "--select", "USDP-02", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def ran(kept: Path, tmp_path: Path) -> Path:
    """A copy of the run, to be changed."""
    return Path(shutil.copytree(kept, tmp_path / "out"))


def journal(folder: Path) -> Path:
    return min((folder / "journals").rglob("*.jsonl"))


def test_a_run_as_it_was_is_confirmed(said: Callable[..., Any], ran: Path) -> None:
    found = said("verify", str(ran))
    assert (found.code, "7 journals replayed; every verdict is confirmed" in found.out) == (0, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [*lines[:2], lines[2].replace(b"entry", b"Entry", 1), *lines[3:]],
        lambda lines: lines[:-1],
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        lambda lines: [],
    ],
    ids=["a byte changed", "the tail cut", "an entry dropped", "an entry added", "entries reordered", "nothing left"],
)
def test_whatever_is_done_to_a_journal_is_refuted_by_its_name(
    said: Callable[..., Any], ran: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = journal(ran)
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
    found = said("verify", str(ran))
    assert (found.code, "NOT confirmed" in found.out) == (1, True)
    assert f"refuted: {path.relative_to(ran / 'journals').with_suffix('').as_posix()}: " in found.out


def test_a_journal_that_is_gone_is_refuted(said: Callable[..., Any], ran: Path) -> None:
    journal(ran).unlink()
    assert said("verify", str(ran)).code == 1


def test_a_run_that_was_not_finished_gets_no_verdict(said: Callable[..., Any], ran: Path) -> None:
    (ran / "run.json").unlink()
    found = said("verify", str(ran))
    assert (found.code, "the run was not finished, or its run.json is gone" in found.out) == (3, True)


def test_a_part_of_the_suite_is_proven(said: Callable[..., Any], tmp_path: Path) -> None:
    found = said("prove", "--select", "USDP-03", "--out", "proof")
    assert (found.code, "proven; see" in found.out) == (0, True)
    proof = json.loads((tmp_path / "proof" / "proof.json").read_bytes())
    assert [rule["id"] for rule in proof["rules"]] == ["USDP-03"]
    assert all(fault["caught_by"] for fault in proof["faults"])


def test_a_part_proves_what_the_whole_proves_with_fewer_trials(said: Callable[..., Any], tmp_path: Path) -> None:
    run = {}
    for one_in in ("1", "16"):
        assert said("prove", "--select", "FTS-04", "--one-in", one_in, "--out", one_in).code == 0
        proof = json.loads((tmp_path / one_in / "proof.json").read_bytes())
        assert (proof["proven"], proof["problems"]) == (True, [])
        run[one_in] = {(fault["id"], name) for fault in proof["faults"] for name in fault["verdicts"]}
        assert all(each["catches"] for each in proof["scenarios"])
        assert all(fault["caught_by"] for fault in proof["faults"])
    assert run["16"] < run["1"]
    assert {fault for fault, _ in run["16"]} == {fault for fault, _ in run["1"]}


def test_each_seat_is_proven_with_faults_of_its_own(said: Callable[..., Any], tmp_path: Path) -> None:
    found = said("prove", "--select", "USDP-06", "--one-in", "16", "--out", "proof")
    assert (found.code, "proven; see" in found.out) == (0, True)
    proof = json.loads((tmp_path / "proof" / "proof.json").read_bytes())
    seats = {
        fault["id"].startswith("cis_"): {name.startswith("cis/") for name in fault["verdicts"]}
        for fault in proof["faults"]
    }
    assert seats == {True: {True}, False: {False}}


def test_the_seat_of_the_cis_is_proven_alone(said: Callable[..., Any], tmp_path: Path) -> None:
    assert said("prove", "--select", "cis/fts/versions/", "--one-in", "16", "--out", "proof").code == 0
    proof = json.loads((tmp_path / "proof" / "proof.json").read_bytes())
    assert all(each["id"].startswith("cis_") for each in (*proof["faults"], *proof["variants"]))


def test_nothing_selected_is_nothing_proven(said: Callable[..., Any]) -> None:
    found = said("prove", "--select", "USDP-03 and USDP-02")
    assert (found.code, "Nothing to prove" in found.out) == (3, True)
