"""Histories of the Master Directory: tables drawn by hand, and what holds of any history whatever."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.interface.instants import Day
from reference_impl.repository.master_directory import (
    BEGINNING,
    Difference,
    History,
    Key,
    MasterDirectory,
    State,
    differences,
    end_dated,
    holds_after,
    put,
    value_on,
)
from tests.reference_impl.repository.sets import day

LAST = 14
"""The last day that histories are looked at; what holds then holds for ever."""


def history_of(text: str) -> History:
    """States written as `1-5:a 5-:b`: days of January, the second exclusive."""
    return tuple(State(start, end, value) for start, end, value in map(record_of, text.split()))


def record_of(text: str) -> tuple[Day, Day | None, str]:
    span, value = text.split(":")
    start, end = span.split("-")
    return day(int(start)), day(int(end)) if end else None, value


@pytest.mark.parametrize(
    ("before", "record", "after"),
    [
        pytest.param("", "3-:b", "3-:b", id="the first state"),
        pytest.param("1-:a", "4-:b", "1-4:a 4-:b", id="a new value from a day on"),
        pytest.param("1-:a", "4-7:b", "1-4:a 4-7:b 7-:a", id="a span within a state comes back to it"),
        pytest.param("1-5:a 5-:c", "3-:b", "1-3:a 3-5:b 5-:c", id="an open past state runs until the next start"),
        pytest.param("1-5:a 5-:c", "3-7:b", "1-3:a 3-7:b 7-:c", id="a span over a border"),
        pytest.param("1-4:a 4-6:c 6-:d", "3-8:b", "1-3:a 3-8:b 8-:d", id="a span over a whole state"),
        pytest.param("5-:a", "2-:b", "2-5:b 5-:a", id="an open state before the first"),
        pytest.param("5-:a", "2-7:b", "2-7:b 7-:a", id="a span that begins before the first"),
        pytest.param("1-3:a", "5-:b", "1-3:a 5-:b", id="a gap stays a gap"),
        pytest.param("1-:a", "1-:b", "1-:b", id="the same start: another value"),
        pytest.param("1-:a", "1-5:a", "1-5:a", id="the same start: an end"),
        pytest.param("1-5:a", "1-:a", "1-:a", id="the same start: the end taken back"),
        pytest.param("1-5:a 5-:b", "1-7:a", "1-7:a 7-:b", id="the same start: a later end pushes the next state"),
        pytest.param("1-5:a 5-:b", "1-3:a", "1-3:a 5-:b", id="the same start: an earlier end leaves a gap"),
        pytest.param("1-4:a 4-8:b 8-:c", "4-8:d", "1-4:a 4-8:d 8-:c", id="a past value put right"),
        pytest.param("1-:a", "9-:b", "1-9:a 9-:b", id="a future value"),
    ],
)
def test_a_record_makes_of_a_history(before: str, record: str, after: str) -> None:
    assert put(history_of(before), *record_of(record)) == history_of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("1-:a", "1-5:a", id="open"),
        pytest.param("1-9:a", "1-5:a", id="ending later"),
        pytest.param("1-4:a", "1-4:a", id="ended before"),
        pytest.param("1-5:a", "1-5:a", id="ending that day"),
        pytest.param("1-3:a 3-8:b 8-:c", "1-3:a 3-5:b", id="with a future state"),
        pytest.param("5-:a", "", id="starting that day"),
        pytest.param("", "", id="empty"),
    ],
)
def test_end_dating_on_day_5_leaves_nothing_from_then_on(before: str, after: str) -> None:
    assert end_dated(history_of(before), day(5)) == history_of(after)


@pytest.mark.parametrize(
    ("number", "value"),
    [(2, None), (3, "a"), (4, "a"), (5, None), (6, None), (7, "b"), (31, "b")],
)
def test_a_value_holds_from_its_first_day_until_the_day_before_its_end(number: int, value: str | None) -> None:
    assert value_on(history_of("3-5:a 7-:b"), day(number)) == value


@pytest.mark.parametrize(("number", "holds"), [(1, True), (4, True), (5, False), (6, False)])
def test_a_state_that_ends_on_a_day_does_not_hold_on_it_or_later(number: int, holds: bool) -> None:
    assert holds_after(history_of("3-5:a"), day(number)) is holds


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param("", "1-:a", [(1, None, None, "a")], id="created"),
        pytest.param("1-:a", "1-:a", [], id="the same"),
        pytest.param("1-:a", "1-4:a 4-7:a 7-:a", [], id="the same in pieces"),
        pytest.param("1-:a", "1-4:a 4-:b", [(4, None, "a", "b")], id="another value from a day on"),
        pytest.param("1-:a", "1-4:a 4-7:b 7-:a", [(4, 7, "a", "b")], id="another value for a while"),
        pytest.param("1-:a", "1-4:a", [(4, None, "a", None)], id="end-dated"),
        pytest.param(
            "1-4:a 4-:b", "1-:c", [(1, 4, "a", "c"), (4, None, "b", "c")], id="two prior values are two lines"
        ),
        pytest.param("1-:a", "1-4:b 4-:c", [(1, 4, "a", "b"), (4, None, "a", "c")], id="two new values are two lines"),
        pytest.param("1-4:a 4-:a", "1-2:a 2-6:b 6-:a", [(2, 6, "a", "b")], id="a border without meaning is none"),
    ],
)
def test_differences_are_the_longest_spans_in_which_the_value_differs(
    before: str, after: str, found: list[tuple[int, int | None, str | None, str | None]]
) -> None:
    expected = tuple(Difference(day(s), None if e is None else day(e), old, new) for s, e, old, new in found)
    assert differences(history_of(before), history_of(after)) == expected


# --- any history whatever -----------------------------------------------------------------------------------

DAYS = st.integers(1, 9).map(day)
RECORDS = st.tuples(DAYS, st.none() | st.integers(1, 4), st.sampled_from("abc")).map(
    lambda drawn: (drawn[0], None if drawn[1] is None else Day(drawn[0] + timedelta(days=drawn[1])), drawn[2])
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    made: History = ()
    for record in draw(st.lists(RECORDS, max_size=5)):
        made = put(made, *record)
    return made


RECORDED = histories().filter(bool)
"""Histories of which something is recorded."""


def days() -> list[Day]:
    return [day(number) for number in range(1, LAST + 1)]


@given(histories())
def test_states_never_overlap_and_stand_in_order(history: History) -> None:
    for state, following in itertools.pairwise(history):
        assert state.end is not None
        assert state.start < state.end <= following.start


@given(histories(), RECORDS)
def test_a_record_put_twice_is_put_once(history: History, record: tuple[Day, Day | None, str]) -> None:
    once = put(history, *record)
    assert put(once, *record) == once


@given(histories(), RECORDS)
def test_a_record_holds_from_its_start(history: History, record: tuple[Day, Day | None, str]) -> None:
    start, _, value = record
    assert value_on(put(history, *record), start) == value


@given(histories(), RECORDS)
def test_a_new_state_with_an_end_rewrites_its_own_span_alone(
    history: History, record: tuple[Day, Day | None, str]
) -> None:
    start, end, _ = record
    if end is None or any(state.start == start for state in history):
        return
    outside = [each for each in days() if not start <= each < end]
    assert [value_on(put(history, *record), each) for each in outside] == [value_on(history, each) for each in outside]


@given(histories(), RECORDS)
def test_an_open_record_leaves_every_later_state_as_it_was(
    history: History, record: tuple[Day, Day | None, str]
) -> None:
    start, _, value = record
    later = tuple(state for state in history if state.start > start)
    assert put(history, start, None, value)[-len(later) - 1 :][1:] == later


@given(histories(), RECORDED)
def test_the_difference_applied_to_before_gives_after(before: History, after: History) -> None:
    def applied(each: Day) -> str | None:
        for found in differences(before, after):
            if found.start <= each and (found.end is None or each < found.end):
                assert value_on(before, each) == found.before
                return found.after
        return value_on(before, each)

    assert [applied(each) for each in days()] == [value_on(after, each) for each in days()]


@given(histories(), RECORDED)
def test_differences_cannot_be_told_in_fewer_lines(before: History, after: History) -> None:
    found = differences(before, after)
    assert all(each.before != each.after for each in found)
    assert not any(one.end == other.start and one[2:] == other[2:] for one, other in itertools.pairwise(found))


@given(histories(), DAYS)
def test_end_dating_changes_nothing_before_the_day_and_leaves_nothing_after(history: History, last: Day) -> None:
    ended = end_dated(history, last)
    assert [value_on(ended, each) for each in days()] == [
        value_on(history, each) if each < last else None for each in days()
    ]


# --- the directory ------------------------------------------------------------------------------------------

TYPE, CYCLE = Key("sdp", "1", "sdp_type"), Key("sdp", "1", "billing_cycle_id")


def test_an_sdp_is_known_once_something_of_it_is_recorded() -> None:
    directory = MasterDirectory()
    directory.record(TYPE, (State(BEGINNING, None, "P"),))
    assert "1" in directory.identifiers("sdp")
    assert "1" not in directory.identifiers("meter")


def test_an_sdp_with_an_asset_alone_is_not_active() -> None:
    directory = MasterDirectory()
    directory.record(TYPE, (State(BEGINNING, None, "P"),))
    assert not directory.is_active("1", day(1))


@pytest.mark.parametrize(("number", "active"), [(4, True), (5, False)])
def test_an_sdp_is_active_while_something_of_it_holds_then_or_later(number: int, active: bool) -> None:
    directory = MasterDirectory()
    directory.record(TYPE, (State(BEGINNING, None, "P"),))
    directory.record(CYCLE, history_of("1-5:A"))
    assert directory.is_active("1", day(number)) is active


def test_the_dated_attributes_of_an_sdp_leave_out_its_asset() -> None:
    directory = MasterDirectory()
    directory.record(TYPE, (State(BEGINNING, None, "P"),))
    directory.record(CYCLE, history_of("1-5:A"))
    assert directory.dated("1") == [CYCLE]


def test_the_beginning_lies_before_any_date() -> None:
    assert date.min == BEGINNING
