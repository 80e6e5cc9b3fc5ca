"""The course of an exploration: made of what was written down of its rounds alone, and where it looks next."""

from __future__ import annotations

import json
from typing import Any

from harness.exploration.course import Course, Found, Outcome, line_of
from harness.exploration.drawing import Kind
from harness.exploration.lines import Line
from harness.exploration.playing import Breach, Played

ONE, OTHER = Kind(("assignment/ask",)), Kind(("sync/send",), "2012-02-27", outages=True, synchronized=True)
BREACH = Breach("USDP-03", "SDP ID", "already issued", "issued", "file", 3)


def outcome(number: int, kind: Kind = ONE, *, met: str = "often", **more: Any) -> Outcome:
    situations = {"often": 0, "seldom": 0, "never": 0, met: 1}
    return Outcome(number, kind, 4, Played(situations=situations, heard=more.pop("heard", 4), **more))


def taken(*lines: Any) -> Course:
    course = Course()
    for line in lines:
        course.take(json.loads(json.dumps(line)))
    return course


def test_situations_are_counted_by_conversation_and_those_never_met_are_known() -> None:
    course = taken(line_of(0, [outcome(number) for number in range(3)], []))
    assert course.situations == {"often": 3, "seldom": 0, "never": 0}
    assert (course.rounds, course.conversations) == (1, 3)


def test_what_is_seldom_met_is_looked_for_where_it_was_met() -> None:
    first = [outcome(number) for number in range(99)]
    course = taken(line_of(0, [*first, outcome(99, OTHER, met="seldom")], []))
    assert course.promising() == (OTHER,)
    again = line_of(1, [outcome(number, OTHER, met="seldom") for number in range(9)], [])
    assert taken(line_of(0, [*first, outcome(99, OTHER, met="seldom")], []), again).promising() == ()


def test_a_rule_is_new_once_and_its_first_conversation_tells_it() -> None:
    outcomes = [outcome(0), outcome(1, breaches=(BREACH,)), outcome(2, breaches=(BREACH,))]
    (key, first) = next(iter(Course().is_new(outcomes).items()))
    assert (key, first.number) == ("USDP-03", 1)
    found = Found(
        0, 1, BREACH, (Line("a", (("b",), ("c",))),), 9, True, True, True, "", "found/USDP-03/a", {"path": "p"}
    )
    course = taken(line_of(0, outcomes, [found]))
    assert course.times == {"USDP-03": 2}
    assert course.found == {"USDP-03": found}
    assert course.is_new(outcomes) == {}


def test_conversations_that_stopped_and_mistakes_of_the_suite_are_kept() -> None:
    course = taken(line_of(0, [outcome(0, heard=2), outcome(1, mistake="a mistake")], []))
    assert course.stopped == 1
    assert course.mistakes == [(0, 1, "a mistake")]
