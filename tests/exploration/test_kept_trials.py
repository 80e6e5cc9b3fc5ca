"""Proofs that are interrupted: what is over is kept, and the same command goes on with the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.commands import exploration_proof, mutation_proof
from harness.exploration.kept_trials import FILE, KeptTrials
from harness.exploration.mutant_trials import PACKAGE
from harness.exploration.mutants import all_of
from harness.port.naming import bents
from tests.conftest import Said

ABOUT = {"seed": 3}
ONE = {"caught": True, "played": 4, "broken": {"SEQ-05": "explore/0/3"}}


def test_a_proof_of_the_same_goes_on_and_one_of_anything_else_begins_anew(tmp_path: Path) -> None:
    KeptTrials.begun(tmp_path, ABOUT).add("one", ONE)
    assert KeptTrials.begun(tmp_path, ABOUT).over == {"one": ONE}
    assert KeptTrials.begun(tmp_path, {"seed": 4}).over == {}
    assert KeptTrials.begun(tmp_path, ABOUT).over == {}


def test_a_line_that_was_being_written_is_left_out_and_the_next_one_is_whole(tmp_path: Path) -> None:
    kept = KeptTrials.begun(tmp_path, ABOUT)
    kept.add("one", ONE)
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole + b'{"name": "oth')
    again = KeptTrials.begun(tmp_path, ABOUT)
    assert again.over == {"one": ONE}
    again.add("other", ONE)
    assert KeptTrials.begun(tmp_path, ABOUT).over == {"one": ONE, "other": ONE}


def test_once_a_proof_is_over_nothing_of_it_is_kept(tmp_path: Path) -> None:
    kept = KeptTrials.begun(tmp_path, ABOUT)
    kept.done()
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_exploration_of_faults_goes_on(
    said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"universal_sdp_id_reissued_on_repeat", "universal_sdp_ids_of_20_digits", "assignment_every_5_minutes"}
    some = [each for each in bents("reference") if each.id in chosen]
    monkeypatch.setattr(exploration_proof, "bents", lambda _: some)
    command = ("prove", "--explore", "--select", "USDP-03", "--conversations", "2", "--out")
    prove, explored = exploration_proof.prove, []

    def interrupted(planned: Any, workers: int, over: Callable[[Any], None]) -> None:
        prove(planned[:2], workers, over)
        raise KeyboardInterrupt

    def counted(planned: Any, workers: int, over: Callable[[Any], None]) -> None:
        explored.extend(trial.name for trial in planned)
        prove(planned, workers, over)

    monkeypatch.setattr(exploration_proof, "prove", interrupted)
    answer = said(*command, "proof")
    assert answer.code == 3
    assert "No verdict: interrupted; 2 of 3 are over, and the same command goes on with the others." in answer.out
    monkeypatch.setattr(exploration_proof, "prove", counted)
    said(*command, "proof")
    went_on = list(explored)
    said(*command, "whole")
    assert (len(went_on), len(explored) - len(went_on)) == (1, 3)
    assert Path("proof/explored.json").read_bytes() == Path("whole/explored.json").read_bytes()
    assert not Path("proof", FILE).exists()


def test_interrupted_mutants_go_on(said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    mutants = [each for each in all_of(PACKAGE) if each.was == "line.ldc != request.ldc"]
    same = next(each for each in all_of(PACKAGE) if each.module == f"{PACKAGE}.large_sets")
    monkeypatch.setattr(mutation_proof, "drawn", lambda *_: [*mutants, same])
    command = ("prove", "--mutants", "2", "--select", "USDP-06", "--conversations", "1", "--out", "proof")
    try_all, tried = mutation_proof.try_all, []

    def interrupted(chosen: Any, trial: Any, workers: int, ended: Callable[[Any], None]) -> None:
        try_all(chosen[:1], trial, workers, ended)
        raise KeyboardInterrupt

    def counted(chosen: Any, trial: Any, workers: int, ended: Callable[[Any], None]) -> None:
        tried.extend(chosen)
        try_all(chosen, trial, workers, ended)

    monkeypatch.setattr(mutation_proof, "try_all", interrupted)
    assert said(*command).code == 3
    monkeypatch.setattr(mutation_proof, "try_all", counted)
    said(*command)
    assert tried == [same]
    assert [each["fate"] for each in json.loads(Path("proof/mutants.json").read_bytes())["each"]] == [
        "killed by run",
        "alive",
    ]
