"""The oracle's directory in spans, against the one in pages, which is to be believed by reading it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.interface.instants import Day
from harness.oracle.master_directory import Attribute, Change, MasterDirectory, Record
from harness.oracle.spans import SpanDirectory, State, after_records, changes_between, end_dated
from harness.oracle.synchronization import AcceptedSet, Outcome, synchronize
from tests.reference_impl.properties.stories import STEADY, contents, opening
from tests.reference_impl.properties.world import LAKE

CYCLE = Attribute("sdp", "1", "billing_cycle_id")
FIRST = date(2011, 1, 1)


def day(number: int) -> Day:
    return Day(FIRST + timedelta(days=number - 1))


def history(text: str) -> tuple[State, ...]:
    """States written as ``3-6:x`` (days 3, 4 and 5), or ``3-:x`` where the end is open."""
    return tuple(State(*each[1:]) for each in records(text))


def records(text: str) -> list[Record]:
    read = []
    for each in text.split():
        span, value = each.split(":")
        start, end = span.split("-")
        read.append(Record(CYCLE, day(int(start)), day(int(end)) if end else None, value))
    return read


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("", "3-:x", "3-:x"),
        ("1-:a", "3-:x", "1-3:a 3-:x"),
        ("1-:a", "3-5:x", "1-3:a 3-5:x 5-:a"),
        ("1-:a", "1-:x", "1-:x"),
        ("1-4:a 4-:b", "1-:x", "1-4:x 4-:b"),
        ("1-4:a 4-:b", "2-:x", "1-2:a 2-4:x 4-:b"),
        ("1-4:a 4-:b", "4-6:x", "1-4:a 4-6:x"),
        ("1-9:a", "4-6:x 6-8:y", "1-4:a 4-6:x 6-8:y 8-9:a"),
    ],
)
def test_what_a_set_says_is_taken_into_a_history(before: str, said: str, after: str) -> None:
    assert after_records(history(before), records(said)) == history(after)


def test_what_an_earlier_set_left_open_may_end_for_good_where_a_record_cuts_it() -> None:
    def after(before: str, said: str) -> tuple[State, ...]:
        return after_records(history(before), records(said), ends_for_good=True)

    assert after("1-:a", "3-5:x") == history("1-3:a 3-5:x")
    assert after("1-9:a", "3-5:x") == history("1-3:a 3-5:x 5-9:a")
    assert after("1-9:a 9-:b", "3-5:x") == history("1-3:a 3-5:x 5-9:a 9-:b")
    assert after("1-:a", "2-:b 3-5:x") == history("1-2:a 2-3:b 3-5:x 5-:b")


def test_nothing_is_left_from_the_day_on_which_an_attribute_is_end_dated() -> None:
    assert end_dated(history("1-4:a 4-9:b 9-:c"), day(6)) == history("1-4:a 4-6:b")


def test_changes_are_as_long_as_they_can_be() -> None:
    changes = changes_between(CYCLE, history("1-:a"), history("1-3:a 3-5:x 5-:x"))
    assert changes == [Change(CYCLE, day(3), None, "a", "x")]


def comparable(outcome: Outcome) -> tuple[str, list[Change], list[tuple[Change, str]]]:
    return outcome.status, sorted(outcome.updates, key=str), sorted(map(tuple, outcome.exceptions), key=str)  # type: ignore[arg-type]


@settings(STEADY, max_examples=150)
@given(
    st.lists(st.sampled_from(["I-Sync", "P-Sync"]).flatmap(contents), min_size=1, max_size=4),
    st.integers(0, 2),
    st.booleans(),
)
def test_both_directories_make_the_same_of_every_set(
    accepted: list[AcceptedSet], days_later: int, related: bool
) -> None:
    pages, spans = MasterDirectory(), SpanDirectory()
    ending = [
        replace(each, ends=Day(each.extracted + timedelta(days=days_later)), related=related) for each in accepted
    ]
    for content in (opening(LAKE).content, *ending):
        assert comparable(spans.synchronize(content, 50)) == comparable(synchronize(pages, content, 50))
    assert spans.facts == pages.facts
    for attribute in pages.steps:
        states = [Change(attribute, start, end, None, value) for start, end, value in pages.states(attribute)]
        assert changes_between(attribute, (), spans.histories[attribute]) == states
