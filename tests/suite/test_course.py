"""The course that a person can take by hand: few conversations, each the same for all scenarios that judge it."""

from __future__ import annotations

import itertools
import re

import pytest

from harness.runner import controller
from harness.suite.inventory import COURSE, ScenarioCase, place_in_course, take_inventory

ALL = take_inventory(controller.features_folder()).cases
CASES = [case for case in ALL if case.area == COURSE]
CASES_OF_THE_SEAT = [case for case in ALL if case.id.startswith("cis/")]
FILES = sorted({case.file for case in CASES})
BY_HAND = {"CIS-FTS", "CIS-USDP", "CIS-SYNC"}


def done_before_judged(case: ScenarioCase) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """What happens in a scenario before it says what must hold."""
    happens = itertools.takewhile(lambda step: step.type != "then", case.steps)
    return [(step.text, step.table) for step in happens]


def test_there_are_at_most_eight_conversations() -> None:
    assert 1 <= len(FILES) <= 8


def test_the_conversations_are_numbered_in_order() -> None:
    assert [place_in_course(file) for file in FILES] == list(range(1, len(FILES) + 1))


@pytest.mark.parametrize("file", FILES)
def test_all_scenarios_of_a_conversation_have_its_steps_in_common(file: str) -> None:
    first, *others = [case for case in CASES if case.file == file]
    for case in others:
        assert done_before_judged(case) == done_before_judged(first), case.id


@pytest.mark.parametrize("file", FILES)
def test_a_conversation_ends_where_it_is_judged(file: str) -> None:
    for case in (case for case in CASES if case.file == file):
        types = [step.type for step in case.steps]
        assert types[types.index("then") :] == ["then"] * types.count("then"), case.id


def test_a_conversation_needs_no_class_that_a_person_cannot_claim() -> None:
    assert {name for case in CASES for name in case.classes} <= BY_HAND


def test_no_conversation_needs_a_certain_date_or_reading() -> None:
    assert not [case.id for case in CASES if case.dated or any(dict(case.readings).values())]


_FROM_A_NUMBER = re.compile(r'"(.*)" (?:are numbered one after the other )?from \d+')


@pytest.mark.parametrize("case", CASES_OF_THE_SEAT, ids=lambda case: case.id)
def test_a_number_is_demanded_only_where_it_was_fixed(case: ScenarioCase) -> None:
    """A product with organisations of its own has numbers of its own."""
    fixed = {
        step.text.split('"')[1] for step in case.steps if step.text.startswith("the next expected sequence number")
    }
    demanded = {
        found[1] for step in case.steps if (found := _FROM_A_NUMBER.search(step.text)) and "number" in step.text
    }
    assert demanded <= fixed
