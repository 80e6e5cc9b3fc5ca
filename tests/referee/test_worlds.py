"""Readings that change what follows: worlds are kept while nothing contradicts them, and no longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import pytest

from harness.interface.instants import Instant, later
from harness.referee.case import Letter, Received
from harness.referee.judgements import Judgement
from harness.referee.referee import Referee
from harness.referee.stream import Delivered, Happening, Loaded, Passed
from harness.referee.worlds import WORLDS_KEPT, World, Worlds
from tests.referee.conftest import HILL, LAKE, at, name, opening

AMB = "AMB-05"
STAYS, USED = "number-stays", "number-used-up"


class Counting:
    """A toy chapter: each load is a rejection, ten minutes later; each letter tells the number expected next.

    A rejection uses the number up or does not, as AMB-05 reads; a load of several is as many rejections.
    """

    situations: ClassVar[Mapping[str, str]] = {"counting/a rejection": "A set is rejected."}
    rules: ClassVar[frozenset[str]] = frozenset({"SEQ-08", "SEQ-05"})

    def __init__(self, world: World, number: int = 0, waiting: tuple[tuple[Instant, str], ...] = ()) -> None:
        self.world = world
        self.number = number
        self.waiting = waiting

    def see(self, seen: Received | Letter | Loaded) -> None:
        if isinstance(seen, Loaded):
            due = later(seen.instant, minutes=10)
            question = str(seen.data.get("question", AMB))
            self.waiting += ((due, question),) * int(seen.data.get("times", 1))
        elif isinstance(seen, Letter):
            said = len(seen.file.content)
            self.world.hold("SEQ-08", said == self.number, seen.instant, "number", self.number, said, seen.file.name)

    def due(self) -> Instant | None:
        return self.waiting[0][0] if self.waiting else None

    def act(self) -> None:
        question = self.waiting[0][1]
        answer = self.world.reading(question) if question == AMB else self.world.choice(question, (STAYS, USED))
        self.world.meet("counting/a rejection")
        self.waiting = self.waiting[1:]
        self.number += answer == USED

    def passed(self, until: Instant) -> None:
        self.world.hold("SEQ-05", True, until, "time")

    def copied(self, world: World) -> Counting:
        return Counting(world, self.number, self.waiting)


def says(number: int, moment: Instant, ldc: str = LAKE) -> Delivered:
    return Delivered(ldc, name("IR10", moment, ldc), b"x" * number, moment, moment)  # type: ignore[arg-type]


def rejection(moment: Instant, times: int = 1, question: str = AMB) -> Loaded:
    return Loaded({"times": times, "question": question}, moment)


def judged(*happenings: Happening, either: bool = True, **more: object) -> tuple[Referee, list[Judgement]]:
    opened = opening(either=[AMB] if either else [], **more)  # type: ignore[arg-type]
    referee = Referee(opened, [Worlds.of(Counting)])
    found = [judgement for each in happenings for judgement in referee.see(each)] + referee.close()
    return referee, [each for each in found if each.rule == "SEQ-08" and each.outcome != "held"]


START = rejection(at("08:00"))


@pytest.mark.parametrize("number", [0, 1])
def test_any_reading_is_right_where_several_are(number: int) -> None:
    assert judged(START, says(number, at("09:00")))[1] == []


@pytest.mark.parametrize(("number", "held"), [(0, True), (1, False)])
def test_one_alone_is_where_the_profile_takes_a_side(number: int, held: bool) -> None:
    assert (judged(START, says(number, at("09:00")), either=False)[1] == []) is held


@pytest.mark.parametrize(("number", "held"), [(0, False), (1, True)])
def test_one_alone_is_where_the_system_states_it(number: int, held: bool) -> None:
    assert (judged(START, says(number, at("09:00")), readings={AMB: USED})[1] == []) is held


def test_what_no_reading_leads_to_is_a_violation_that_names_them_all() -> None:
    (violation,) = judged(START, says(5, at("09:00")))[1]
    assert violation.observed == "5"
    assert violation.expected in {f"{n} (under {AMB} {answer})" for n, answer in ((0, STAYS), (1, USED))}


def test_a_system_that_changes_its_reading_is_violated() -> None:
    happened = [START, says(1, at("09:00")), rejection(at("10:00")), says(1, at("11:00"))]
    (violation,) = judged(*happened)[1]
    assert violation.expected == f"2 (under {AMB} {USED})"
    assert violation.observed == f"1; under {AMB} {STAYS}: SEQ-08 expected 0"


def test_a_reading_once_taken_holds_from_then_on() -> None:
    happened = [START, says(1, at("09:00")), rejection(at("10:00")), says(2, at("11:00"))]
    assert judged(*happened)[1] == []


def test_ldcs_may_be_read_differently_for_each_keeps_its_worlds() -> None:
    assert judged(START, says(1, at("09:00")), says(0, at("09:00"), HILL))[1] == []


def test_what_happens_by_itself_comes_before_what_arrives_at_its_instant() -> None:
    assert judged(START, says(1, at("08:09:59")))[1] != []
    assert judged(START, says(1, at("08:10")))[1] == []


def test_a_world_that_is_contradicted_goes_at_the_end_of_the_instant() -> None:
    files = [says(0, at("09:00")), Delivered(LAKE, name("IR14", at("09:00")), b"x", at("09:00"), at("09:00"))]
    assert len(judged(START, *files)[1]) == 1  # one of the two files is wrong, whichever reading is taken


def test_after_a_violation_judging_goes_on() -> None:
    happened = [START, says(5, at("09:00")), says(0, at("09:30")), says(0, at("09:40"))]
    assert len(judged(*happened)[1]) == 1


def test_situations_are_counted_once_however_many_worlds_there_are() -> None:
    referee, _ = judged(START, says(0, at("09:00")))
    assert referee.situations == {"counting/a rejection": 2}  # one for each LDC


def test_a_question_that_no_rule_decides_splits_worlds_as_well() -> None:
    race = rejection(at("08:00"), question="who was first")
    assert judged(race, says(0, at("09:00")))[1] == judged(race, says(1, at("09:00")))[1] == []


@pytest.mark.parametrize(("races", "seen"), [(6, True), (7, False)])
def test_beyond_some_worlds_nothing_can_be_seen(races: int, seen: bool) -> None:
    happened = [rejection(at(f"08:{n:02}"), question=f"race {n}") for n in range(races)]
    found = judged(*happened, says(99, at("10:00")), Passed(at("11:00")))[1]
    assert [str(each.outcome) for each in found] == (["violated"] if seen else ["not to be seen", "not to be seen"])
    assert WORLDS_KEPT == 2**6


def test_what_many_answers_would_have_missed_is_told_once_and_counted() -> None:
    three = [rejection(at(f"08:{minute}"), question=each) for minute, each in (("01", AMB), ("02", "AMB-22"))]
    violation = judged(*three, says(2, at("09:00")), says(9, at("10:00")))[1][0]
    first, *others = violation.observed.split("; ")
    assert (first, len(others)) == ("9", 2)
    assert [each.partition(": ")[2] for each in others] == ["SEQ-08 expected 0", "SEQ-08 expected 1"]
    assert [", and in another way" in each for each in others] == [False, True]
