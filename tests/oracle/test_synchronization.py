"""The oracle's synchronization, against cases worked out by hand. Days are numbered from 2011-01-01."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from harness.interface.instants import Day
from harness.oracle.master_directory import Attribute, Change, Fact, MasterDirectory, Record
from harness.oracle.synchronization import (
    COMPLETED,
    METER_IN_USE,
    PRIOR_STATE,
    STOPPED,
    THRESHOLD,
    WITH_EXCEPTIONS,
    AcceptedSet,
    Failed,
    Kind,
    active_sdps,
    replayed,
    synchronize,
)

LIMIT = 50


def day(number: int) -> Day:
    return Day(date(2011, 1, 1) + timedelta(days=number - 1))


def cycle(sdp: str) -> Attribute:
    return Attribute("sdp", sdp, "billing_cycle_id")


def meter(sdp: str) -> Attribute:
    return Attribute("sdp", sdp, "sdp_to_meter")


def record(attribute: Attribute, start: int, end: int | None, value: str) -> Record:
    return Record(attribute, day(start), None if end is None else day(end), value)


def change(attribute: Attribute, since: int, until: int | None, prior: str | None, new: str | None) -> Change:
    return Change(attribute, day(since), None if until is None else day(until), prior, new)


def a_set(kind: Kind, extracted: int, *records: Record, sdps: str = "", facts: tuple[Fact, ...] = ()) -> AcceptedSet:
    return AcceptedSet(kind, day(extracted), frozenset(sdps.split()), facts, records)


def directory_of(*records: Record) -> MasterDirectory:
    directory = MasterDirectory()
    synchronize(directory, a_set("I-Sync", 1, *records), LIMIT)
    return directory


def test_only_what_differs_from_what_is_held_is_an_update() -> None:
    directory = directory_of(record(cycle("A"), 1, None, "x"), record(meter("A"), 1, None, "M"))
    outcome = synchronize(
        directory, a_set("I-Sync", 9, record(cycle("A"), 5, None, "y"), record(meter("A"), 3, None, "M")), LIMIT
    )
    assert outcome.updates == [change(cycle("A"), 5, None, "x", "y")]
    assert outcome.exceptions == []
    assert outcome.status == COMPLETED


def test_a_fact_that_is_held_already_is_no_update() -> None:
    kind = Attribute("sdp", "A", "sdp_type")
    sets = [a_set("I-Sync", 1, facts=(Fact(kind, value),)) for value in ("P", "P", "V")]
    _, outcomes = replayed(sets, LIMIT)
    assert [outcome.updates for outcome in outcomes] == [
        [Change(kind, None, None, None, "P")],
        [],
        [Change(kind, None, None, "P", "V")],
    ]


@pytest.mark.parametrize(
    ("records", "active"),
    [
        ([record(cycle("A"), 1, None, "x")], {"A"}),
        ([record(cycle("A"), 20, 30, "x")], {"A"}),
        ([record(cycle("A"), 1, 11, "x")], {"A"}),
        ([record(cycle("A"), 1, 10, "x")], set()),
        ([record(Attribute("meter", "M", "register_digits"), 1, None, "5")], set()),
    ],
    ids=["now", "only in the future", "on the day of the extract alone", "until the day of the extract", "a meter"],
)
def test_an_sdp_is_active_that_has_a_value_on_the_day_of_the_extract_or_later(
    records: list[Record], active: set[str]
) -> None:
    assert active_sdps(directory_of(*records), day(10)) == active


def test_a_p_sync_end_dates_what_it_leaves_out_from_its_extract_on() -> None:
    directory = directory_of(
        record(cycle("A"), 1, None, "x"), record(cycle("B"), 1, 20, "x"), record(cycle("B"), 20, None, "y")
    )
    outcome = synchronize(directory, a_set("P-Sync", 10, record(cycle("A"), 1, None, "x"), sdps="A"), LIMIT)
    assert outcome.updates == [change(cycle("B"), 10, 20, "x", None), change(cycle("B"), 20, None, "y", None)]
    assert directory.states(cycle("B")) == [(day(1), day(10), "x")]


def test_an_i_sync_end_dates_nothing_that_it_leaves_out() -> None:
    directory = directory_of(record(cycle("A"), 1, None, "x"), record(cycle("B"), 1, None, "x"))
    outcome = synchronize(directory, a_set("I-Sync", 10, record(cycle("A"), 5, None, "y"), sdps="A"), LIMIT)
    assert [update.attribute for update in outcome.updates] == [cycle("A")]


@pytest.mark.parametrize(("kept", "status"), [("A B", COMPLETED), ("A", STOPPED)], ids=["half", "more than half"])
def test_a_p_sync_is_stopped_that_would_deactivate_more_than_the_limit(kept: str, status: str) -> None:
    directory = directory_of(*(record(cycle(sdp), 1, None, "x") for sdp in "ABCD"))
    outcome = synchronize(directory, a_set("P-Sync", 10, sdps=kept), LIMIT)
    assert outcome.status == status


def test_a_stopped_p_sync_changes_nothing_and_all_of_it_is_an_exception() -> None:
    directory = directory_of(*(record(cycle(sdp), 1, None, "x") for sdp in "AB"))
    kind = Fact(Attribute("sdp", "C", "sdp_type"), "P")
    stopped = a_set("P-Sync", 10, record(cycle("C"), 10, None, "z"), sdps="C", facts=(kind,))
    outcome = synchronize(directory, stopped, LIMIT)
    assert outcome.updates == []
    assert outcome.exceptions == [
        Failed(Change(kind.attribute, None, None, None, "P"), THRESHOLD),
        Failed(change(cycle("C"), 10, None, None, "z"), THRESHOLD),
        Failed(change(cycle("A"), 10, None, "x", None), THRESHOLD),
        Failed(change(cycle("B"), 10, None, "x", None), THRESHOLD),
    ]
    assert directory.facts == {}
    assert set(directory.steps) == {cycle("A"), cycle("B")}


@pytest.mark.parametrize(
    ("records", "status"),
    [
        ([record(cycle("A"), 3, 6, "y")], WITH_EXCEPTIONS),
        ([record(cycle("A"), 3, 10, "y")], WITH_EXCEPTIONS),
        ([record(cycle("A"), 3, 11, "y")], COMPLETED),
        ([record(cycle("A"), 1, 6, "x")], WITH_EXCEPTIONS),
        ([record(cycle("A"), 1, 6, "x"), record(cycle("A"), 6, None, "y")], COMPLETED),
        ([record(cycle("A"), 1, 5, "x"), record(cycle("A"), 6, None, "y")], WITH_EXCEPTIONS),
        ([record(cycle("A"), 3, 6, "x")], COMPLETED),
        ([record(cycle("A"), 12, 15, "y")], COMPLETED),
    ],
    ids=[
        "another value in the past",
        "until the day of the extract",
        "until the day after the extract",
        "an end in the past",
        "what ended is said beside what began",
        "what ended is said to have ended earlier",
        "the value that held",
        "the future",
    ],
)
def test_a_p_sync_fails_where_a_prior_state_makes_a_difference(records: list[Record], status: str) -> None:
    directory = directory_of(record(cycle("A"), 1, None, "x"))
    assert synchronize(directory, a_set("P-Sync", 10, *records, sdps="A"), LIMIT).status == status


def test_a_p_sync_may_say_anew_since_when_the_current_value_holds() -> None:
    directory = directory_of(record(cycle("A"), 1, 6, "x"), record(cycle("A"), 6, None, "y"))
    outcome = synchronize(directory, a_set("P-Sync", 10, record(cycle("A"), 3, None, "y"), sdps="A"), LIMIT)
    assert outcome.updates == [change(cycle("A"), 3, 6, "x", "y")]


def test_an_attribute_fails_whole() -> None:
    directory = directory_of(record(cycle("A"), 1, None, "x"))
    mixed = a_set("P-Sync", 10, record(cycle("A"), 3, 6, "y"), record(cycle("A"), 12, None, "z"), sdps="A")
    outcome = synchronize(directory, mixed, LIMIT)
    assert outcome.exceptions == [
        Failed(change(cycle("A"), 3, 6, "x", "y"), PRIOR_STATE),
        Failed(change(cycle("A"), 12, None, "x", "z"), PRIOR_STATE),
    ]
    assert directory.states(cycle("A")) == [(day(1), None, "x")]


def test_an_i_sync_may_change_the_past() -> None:
    directory = directory_of(record(cycle("A"), 1, None, "x"))
    outcome = synchronize(directory, a_set("I-Sync", 10, record(cycle("A"), 3, 6, "y")), LIMIT)
    assert outcome.updates == [change(cycle("A"), 3, 6, "x", "y")]


def in_use(*records: Record) -> list[Attribute]:
    """What fails where SDP A has meter M and SDP B meter N, both from day 1 on."""
    directory = directory_of(record(meter("A"), 1, None, "M"), record(meter("B"), 1, None, "N"))
    outcome = synchronize(directory, a_set("I-Sync", 10, *records), LIMIT)
    assert all(failed.reason == METER_IN_USE for failed in outcome.exceptions)
    return [failed.change.attribute for failed in outcome.exceptions]


def test_a_meter_that_another_sdp_keeps_cannot_be_taken() -> None:
    assert in_use(record(meter("C"), 10, None, "M")) == [meter("C")]


def test_a_meter_that_is_taken_off_the_other_sdp_in_the_same_set_can() -> None:
    assert in_use(record(meter("C"), 10, None, "M"), record(meter("A"), 1, 10, "M")) == []


def test_a_meter_that_is_taken_off_a_day_too_late_cannot() -> None:
    assert in_use(record(meter("C"), 10, None, "M"), record(meter("A"), 1, 11, "M")) == [meter("C")]


def test_two_sdps_may_exchange_their_meters() -> None:
    assert in_use(record(meter("A"), 10, None, "N"), record(meter("B"), 10, None, "M")) == []


def test_what_fails_leaves_its_meter_where_it_was() -> None:
    # C keeps P, so that B cannot have it and keeps N, so that A cannot have that.
    directory = directory_of(*(record(meter(sdp), 1, None, held) for sdp, held in ("AM", "BN", "CP")))
    chain = a_set("I-Sync", 10, record(meter("A"), 10, None, "N"), record(meter("B"), 10, None, "P"))
    outcome = synchronize(directory, chain, LIMIT)
    assert {failed.change.attribute for failed in outcome.exceptions} == {meter("A"), meter("B")}
    assert outcome.updates == []


def test_a_meter_of_an_sdp_that_a_p_sync_leaves_out_is_free_from_the_extract_on() -> None:
    directory = directory_of(record(meter("A"), 1, None, "M"), record(meter("B"), 1, None, "N"))
    outcome = synchronize(directory, a_set("P-Sync", 10, record(meter("B"), 10, None, "M"), sdps="B"), LIMIT)
    assert outcome.exceptions == []
    assert outcome.updates == [change(meter("B"), 10, None, "N", "M"), change(meter("A"), 10, None, "M", None)]
