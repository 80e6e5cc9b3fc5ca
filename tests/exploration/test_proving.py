"""`mdmr-conform prove --explore`: faults by exploration alone, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from harness.commands import exploration_proof
from harness.exploration.course import ROUND, Course
from harness.exploration.drawing import Source
from harness.exploration.exploring import Wish, subject_of
from harness.exploration.proving import Budget, Ended, Trial, explored, proof_document, prove, trials
from harness.exploration.scene import Times
from harness.exploration.working import Work
from harness.interface.profile import load_profile
from harness.port.naming import bents
from harness.port.protocol import Role
from tests.conftest import Said

SUBJECT = subject_of(Wish("reference", None, 0, 9, None, 1, 10.0))
BUDGET = Budget(fault=9, innocent=12)
SOURCE = Source(0, Times.of(load_profile().values), frozenset({"USDP"}))


def trial(bent: str, *rules: str) -> Trial:
    return Trial(bent, frozenset(rules), {}, SOURCE, 9, Work(SUBJECT.plan(), "reference", None, None))


def test_a_fault_is_caught_and_no_variant_harmed(said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"universal_sdp_id_reissued_on_repeat", "universal_sdp_ids_of_20_digits", "assignment_every_5_minutes"}
    some = [each for each in bents("reference") if each.id in chosen]
    monkeypatch.setattr(exploration_proof, "bents", lambda _: some)
    answer = said("prove", "--explore", "--select", "USDP-03", "--conversations", "9", "--seed", "2", "--out", "proof")
    assert (answer.code, answer.err) == (0, "")
    assert "1 of 1 fault caught by exploration alone, in at most 9 drawn conversations each" in answer.out
    assert "2 of 2 unharmed" in answer.out
    proof = json.loads(Path("proof/explored.json").read_bytes())
    assert proof["trials"]["universal_sdp_id_reissued_on_repeat"]["broken"].keys() == {"USDP-03"}


def test_a_fault_of_a_cis_is_caught_too(said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    some = [each for each in bents("reference-cis") if each.id == "cis_request_of_next_version"]
    monkeypatch.setattr(exploration_proof, "bents", lambda _: some)
    answer = said("prove", "--explore", "--select", "cis/fts/", "--conversations", "2", "--out", "proof")
    assert (answer.code, answer.err) == (0, "")
    assert "1 of 1 fault caught by exploration alone, in at most 2 drawn conversations each" in answer.out
    proof = json.loads(Path("proof/explored.json").read_bytes())
    assert proof["trials"].keys() == {"reference-cis", "cis_request_of_next_version"}
    assert proof["trials"]["cis_request_of_next_version"]["broken"].keys() == {"FTS-07"}


def test_whoever_is_interrupted_waits_for_no_conversations_that_are_left() -> None:
    short, long = replace(trial("", *()), conversations=1), replace(trial("", *()), conversations=1_000_000)

    def interrupt(_: Ended) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prove([long, short], 2, interrupt)
    assert active_children() == []


def document(planned: Sequence[Trial], *ended: Ended) -> Any:
    return proof_document(SUBJECT, BUDGET, planned, {each.name: each for each in ended})


def test_what_is_not_caught_is_listed_with_what_was_not_seen() -> None:
    planned = [trial("", *()), trial("one", "SEQ-05"), trial("other", "SEQ-05")]
    ended = (
        Ended("reference", False, 9, {}),
        Ended("one", False, 9, {}),
        Ended("other", False, 9, {"SEQ-06": "explore/0/4"}),
    )
    proof = document(planned, *ended)
    assert (proof["caught"], proof["faults"], proof["proven"]) == (0, 2, True)
    assert proof["budget"] == {"fault": 9, "innocent": 12}
    assert proof["noticed_as_another_rule"] == 1
    assert proof["missed"]["one"].startswith("no conversation showed that SEQ-05 is broken: ")
    assert proof["missed"]["other"] == "SEQ-05 was not seen broken, but SEQ-06"


def test_what_no_exploration_can_catch_is_told_with_the_reason() -> None:
    planned = [trial("", *()), trial("one", "SUM-01"), trial("other", "PSY-08")]
    ended = (
        Ended("reference", False, 9, {}),
        Ended("one", False, 9, {"SUM-03": "explore/0/2"}),
        Ended("other", False, 9, {}),
    )
    missed = document(planned, *ended)["missed"]
    assert missed["one"].startswith("SUM-01 is judged by scenarios alone: a sum check that is left out is told as ")
    assert missed["one"].endswith("; seen broken: SUM-03")
    assert missed["other"] == "PSY-08 is advice, which nothing breaks"


def test_a_rule_that_is_broken_without_a_fault_disproves_it() -> None:
    proof = document(
        [trial(""), trial("kind")], Ended("reference", False, 9, {}), Ended("kind", False, 9, {"SEQ-06": "explore/0/4"})
    )
    assert (proof["proven"], proof["harmed"]) == (False, {"kind": {"SEQ-06": "explore/0/4"}})


def test_a_fault_of_a_reading_is_explored_under_it() -> None:
    planned = {each.bent: each for each in trials(SUBJECT, SOURCE, bents("reference"), Budget(5, 7))}
    assert planned["name_with_13_digits_refused"].readings == {"AMB-02": "accept-13-digits"}
    assert planned["universal_sdp_id_shared"].readings == {}
    assert planned[""].rules == frozenset()
    assert {each.conversations for each in planned.values() if each.rules} == {5}
    assert {each.conversations for each in planned.values() if not each.rules} == {7}


def test_a_variant_is_explored_by_what_it_says_of_itself() -> None:
    subject = subject_of(Wish("reference-cis", None, 0, 9, None, 1, 10.0, Role.CIS))
    slow = [each for each in bents("reference-cis") if each.id == "cis_works_in_a_day"]
    reference, variant = trials(subject, subject.source(Course()), slow, Budget(0, 0))
    assert (reference.source.times.answer, variant.source.times.answer) == (0, 24 * 60)


def test_what_caught_it_before_is_played_first_and_ends_the_trial() -> None:
    fault = next(each for each in bents("reference") if each.id == "christmas_day_counts")
    first, _, planned = trials(SUBJECT, SOURCE, [fault, fault], Budget(0, 0))
    assert (first.before, planned.before[0].fault) == ((), "christmas_day_counts")
    ended = explored(planned)
    assert (ended.is_caught, ended.played) == (True, 1)
    assert ended.broken["WIN-01"] == planned.before[0].name


def test_the_next_round_has_more_of_what_was_seldom_met(monkeypatch: pytest.MonkeyPatch) -> None:
    promising = []
    drawn = Source.drawn

    def watched(source: Source, round_number: int, number: int) -> Any:
        promising.append(bool(source.promising))
        return drawn(source, round_number, number)

    monkeypatch.setattr(Source, "drawn", watched)
    explored(replace(trial("", *()), conversations=ROUND + 1))
    assert promising == [*[False] * ROUND, True]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--explore", "--mutants", "2"], "is given beside --explore"),
        (["--explore", "--one-in", "3"], "is about scenarios that variants are run against"),
        (["--mutants", "2", "--full"], "means nothing beside --mutants"),
    ],
)
def test_options_that_do_not_go_together(said: Callable[..., Said], options: list[str], message: str) -> None:
    answer = said("prove", *options)
    assert (answer.code, message in answer.err) == (2, True)


def test_a_number_of_conversations_goes_with_exploration(said: Callable[..., Said]) -> None:
    answer = said("prove", "--conversations", "5")
    assert (answer.code, "goes with --explore" in answer.err) == (2, True)
