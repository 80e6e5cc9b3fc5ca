"""Meter data as a `load` message gives it, and what of it makes no sense."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harness.interface.instants import Day, Instant, at, day_of, later
from reference_impl.framing import Status
from reference_impl.repository.meter_data import Intervals, MeterData, hold, intervals_of, take_intervals

START = at(Day(date(2011, 1, 10)), 0)
STATUSES = {"VAL": Status.VAL, "NVE": Status.NVE}
ENTRY: dict[str, Any] = {"universal_sdp_id": "1", "interval_minutes": 60, "wh": [5, 2**31 - 1], "status": "VAL"}


def test_one_status_stands_for_all_intervals_and_a_list_for_each() -> None:
    assert intervals_of(ENTRY, STATUSES, START) == Intervals("1", START, 60, [5, 2**31 - 1], [Status.VAL] * 2)
    each = intervals_of({**ENTRY, "status": ["NVE", "VAL"], "varh": [-3, 4]}, STATUSES, START)
    assert (each.statuses, each.varh) == ([Status.NVE, Status.VAL], [-3, 4])


@pytest.mark.parametrize(
    ("odd", "start", "says"),
    [
        ({"interval_minutes": 20}, START, "of 20 minutes"),
        ({"status": ["VAL"]}, START, "1 statuses"),
        ({"varh": [1]}, START, "2 values"),
        ({}, later(START, minutes=7), "that start at"),
        ({"wh": [2**31, 0]}, START, "more than 2147483647"),
        ({"varh": [0, -(2**31)]}, START, "more than 2147483647"),
    ],
)
def test_what_makes_no_sense_is_refused(odd: dict[str, Any], start: Instant, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        intervals_of({**ENTRY, **odd}, STATUSES, start)


def test_the_last_interval_received_is_the_one_that_ends_last() -> None:
    data = MeterData()
    for hours in (5, 1):
        take_intervals(data, Intervals("1", later(START, hours=hours), 60, [1, 1], [Status.VAL] * 2))
    assert data.received_until == {"1": later(START, hours=7)}


def test_what_is_held_where_there_is_nothing_leaves_what_is_there() -> None:
    data = MeterData()
    take_intervals(data, Intervals("1", START, 60, [5, 6], [Status.VAL] * 2))
    hold(data, Intervals("1", later(START, hours=1), 60, [70, 80], [Status.EST] * 2, [7, 8]), only_where_missing=True)
    hold(data, Intervals("1", START, 15, [9] * 4, [Status.EST] * 4), only_where_missing=True)
    held = data.day("1", day_of(START))
    assert held is not None
    assert held.varh is not None
    assert (held.wh[:4].tolist(), held.status[:4].tolist()) == ([5, 6, 80, 0], [1, 1, 2, 0])
    assert held.varh[:4].tolist() == [0, 0, 8, 0]
    assert data.received_until["1"] == later(START, hours=2)
