"""The oracle's Master Directory, against pages drawn by hand.

A page is drawn as one letter a day, from day 1 on; a capital where a state begins, a dot where no value holds. The
last letter stands for all the days to come.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from harness.interface.instants import Day
from harness.oracle.master_directory import (
    Attribute,
    Change,
    EndDated,
    Entry,
    Fact,
    MasterDirectory,
    Page,
    Record,
    after_records,
    after_step,
    changes_between,
)

CYCLE = Attribute("sdp", "1", "billing_cycle_id")
FIRST = date(2011, 1, 1)


def day(number: int) -> Day:
    return Day(FIRST + timedelta(days=number - 1))


def days_of(picture: str) -> list[Day]:
    return [day(number) for number in range(1, len(picture) + 1)]


def page_of(picture: str) -> Page:
    return {
        day(number): Entry(letter.lower(), begins=letter.isupper())
        for number, letter in enumerate(picture, 1)
        if letter != "."
    }


def picture_of(page: Page, days: list[Day]) -> str:
    entries = [page.get(each) for each in days]
    return "".join("." if entry is None else entry.value.upper() if entry.begins else entry.value for entry in entries)


def records_of(text: str) -> tuple[Record, ...]:
    """Records written as `3-6:x` (days 3, 4 and 5), or `3-:x` where the end is open."""
    read = []
    for each in text.split():
        span, value = each.split(":")
        start, end = span.split("-")
        read.append(Record(CYCLE, day(int(start)), day(int(end)) if end else None, value))
    return tuple(read)


@pytest.mark.parametrize(
    ("before", "records", "after"),
    [
        ("..........", "3-:b", "..Bbbbbbbb"),
        ("..........", "3-6:b", "..Bbb....."),
        ("Aaaaaaaaaa", "4-:b", "AaaBbbbbbb"),
        ("Aaaaaaaaaa", "4-7:b", "AaaBbbAaaa"),
        ("AaaaaCcccc", "3-5:b", "AaBbACcccc"),
        ("AaaaaCcccc", "3-7:b", "AaBbbbCccc"),
        ("AaaCcDdddd", "3-8:b", "AaBbbbbDdd"),
        ("....Aaaaaa", "2-7:b", ".BbbbbAaaa"),
        ("Aaaa......", "3-7:b", "AaBbbb...."),
        ("Aaaa......", "7-9:b", "Aaaa..Bb.."),
    ],
    ids=[
        "the first state, open",
        "the first state, with an end",
        "a new state takes over for ever",
        "a span inside a state rewrites only itself",
        "a span that ends the day before the next state",
        "a span over the border of two states",
        "a span that covers a state wholly",
        "a span that begins before the first state",
        "a span that begins in a state and ends in no state",
        "a span that touches no state",
    ],
)
def test_a_record_rewrites_its_own_span_only(before: str, records: str, after: str) -> None:
    assert picture_of(after_records(page_of(before), records_of(records), days_of(before)), days_of(before)) == after


@pytest.mark.parametrize(
    ("before", "records", "after"),
    [
        ("AaaaCccccc", "2-:b", "ABbbCccccc"),
        ("AaaaCccccc", "1-:b", "BbbbCccccc"),
        ("Aaaa..Cccc", "2-:b", "ABbbbbCccc"),
        ("AaaaCccccc", "6-:b", "AaaaCBbbbb"),
        ("Aaaa......", "6-:b", "Aaaa.Bbbbb"),
        ("..........", "2-:b 5-:c", ".BbbCccccc"),
        ("AaaaaaaDdd", "2-:b 5-:c", "ABbbCccDdd"),
        ("AaaaaaaDdd", "5-:c 2-:b", "ABbbCccDdd"),
        ("..........", "2-:b 4-6:c", ".BbCcBbbbb"),
        ("..........", "4-6:c 2-:b", ".BbCcBbbbb"),
        ("AaaDdddddd", "2-:b 4-6:c", "ABbCc....."),
        ("AaaaDddddd", "2-:b 3-5:c", "ABCcDddddd"),
    ],
    ids=[
        "from the middle of a state",
        "from the start of a state, which it amends",
        "over days without a value",
        "from the middle of the last state, for ever",
        "after all states, for ever",
        "until the next start of the same set",
        "until the next start, of the set or on record",
        "the same, told in another order",
        "around a later span of the same set",
        "around it, told in another order",
        "until a start on record that the set amends",
        "until a start on record, around a span that ends there",
    ],
)
def test_an_open_end_runs_until_the_next_recorded_start(before: str, records: str, after: str) -> None:
    assert picture_of(after_records(page_of(before), records_of(records), days_of(before)), days_of(before)) == after


@pytest.mark.parametrize(
    ("before", "records", "after"),
    [
        ("Aaaaaaaaaa", "1-4:a", "Aaa......."),
        ("AaaaCccccc", "5-8:c", "AaaaCcc..."),
        ("AaaCcc....", "4-9:d", "AaaDdddd.."),
        ("Aaa.......", "1-:a", "Aaaaaaaaaa"),
        ("AaaCcc....", "1-5:b", "BbbbCc...."),
        ("AaaCcc....", "1-5:a", "AaaaCc...."),
    ],
    ids=[
        "the end of an open state is set",
        "the last of two states is end-dated, the first stays",
        "value and end are amended",
        "an end is taken back",
        "an amended state reaches into the next one",
        "an end is moved into the next state",
    ],
)
def test_a_record_amends_the_state_that_starts_on_its_day(before: str, records: str, after: str) -> None:
    assert picture_of(after_records(page_of(before), records_of(records), days_of(before)), days_of(before)) == after


@pytest.mark.parametrize("records", ["2-4:b 4-6:c", "4-6:c 2-4:b"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Aaaaaaaaaa", "ABbCcAaaaa"),
        ("AaaDdddddd", "ABbCc....."),
        ("ADdddddddd", "ABbCc....."),
    ],
    ids=["inside one state", "the second amends a state", "the first amends a state"],
)
def test_the_records_of_a_set_mean_the_same_in_any_order(before: str, after: str, records: str) -> None:
    assert picture_of(after_records(page_of(before), records_of(records), days_of(before)), days_of(before)) == after


@pytest.mark.parametrize(
    ("before", "from_day", "after"),
    [
        ("AaaaCccccc", 7, "AaaaCc...."),
        ("AaaaCccccc", 5, "Aaaa......"),
        ("AaaaCccccc", 3, "Aa........"),
        ("Aaaa......", 8, "Aaaa......"),
        ("..........", 2, ".........."),
    ],
)
def test_an_end_dated_attribute_keeps_its_past_and_nothing_else(before: str, from_day: int, after: str) -> None:
    page = after_step(page_of(before), EndDated(day(from_day)), days_of(before))
    assert picture_of(page, days_of(before)) == after


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("Aaaaaaaaaa", "Aaaaaaaaaa", []),
        ("Aaaaaaaaaa", "AaAaaaaAaa", []),
        ("AaaaCccccc", "AaaaaaCccc", [(5, 7, "c", "a")]),
        ("Aaaaaaaaaa", "AaaBbbbbbb", [(4, None, "a", "b")]),
        ("..........", "..Bbb.....", [(3, 6, None, "b")]),
        ("Aaaaaaaaaa", "Aaa.......", [(4, None, "a", None)]),
        ("AaaaCccccc", "BbbbBbbbbb", [(1, 5, "a", "b"), (5, None, "c", "b")]),
        ("AaaaaaaDdd", "ABbaBbaDdd", [(2, 4, "a", "b"), (5, 7, "a", "b")]),
        (".........A", ".........B", [(10, None, "a", "b")]),
    ],
    ids=[
        "nothing",
        "states that only begin anew",
        "an end moved",
        "a new value for ever",
        "a value where there was none",
        "no value where there was one",
        "one new value, two old ones",
        "two runs of the same",
        "only the days to come",
    ],
)
def test_differences_are_runs_of_days_as_long_as_they_can_be(
    before: str, after: str, changes: list[tuple[int, int | None, str | None, str | None]]
) -> None:
    expected = [
        Change(CYCLE, day(since), None if until is None else day(until), prior, new)
        for since, until, prior, new in changes
    ]
    assert changes_between(CYCLE, page_of(before), page_of(after), days_of(before)) == expected


def test_an_attributes_states_follow_from_all_its_steps_in_order() -> None:
    directory = MasterDirectory()
    directory.take(CYCLE, records_of("1-:a"))
    directory.take(CYCLE, records_of("5-:b"))
    directory.take(CYCLE, records_of("3-4:c"))
    directory.take(CYCLE, EndDated(day(20)))
    assert directory.states(CYCLE) == [
        (day(1), day(3), "a"),
        (day(3), day(4), "c"),
        (day(4), day(5), "a"),
        (day(5), day(20), "b"),
    ]


@pytest.mark.parametrize(("number", "value"), [(1, None), (2, "a"), (6, "a"), (7, "b"), (5000, "b")])
def test_a_value_is_known_on_every_day_and_for_ever(number: int, value: str | None) -> None:
    directory = MasterDirectory()
    directory.take(CYCLE, records_of("2-:a"))
    directory.take(CYCLE, records_of("7-:b"))
    assert directory.value(CYCLE, day(number)) == value


def test_a_fact_holds_on_all_days() -> None:
    kind = Fact(Attribute("sdp", "1", "sdp_type"), "P")
    assert MasterDirectory(facts={kind.attribute: kind.value}).value(kind.attribute, day(1)) == "P"
