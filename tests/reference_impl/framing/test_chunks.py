"""SDPs with what intervals they have, in chunks."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.instants import Day
from reference_impl.framing import Status, billing_calendar
from reference_impl.framing.chunks import Series, framed_chunks, in_chunks

CALENDAR = billing_calendar(tou_schedules(), price_plan_holidays(), [], prevailing_time=False)
MONDAY = Day(date(2011, 1, 10))
DAY_OF_HOURS = 24 * 5  # bytes


def hours(sdp: str, begins: int, count: int, wh: int = 1, minutes: int = 60) -> Series:
    values = np.full(count, wh, dtype=np.int32)
    return Series(sdp, minutes, begins, values, np.full(count, Status.VAL, dtype=np.uint8))


@pytest.mark.parametrize(
    ("begins", "count", "present"),
    [(0, 24, range(24)), (20, 24, range(20, 24)), (-20, 24, range(4)), (5, 3, range(5, 8)), (24, 5, []), (-9, 9, [])],
    ids=["all", "gained", "lost", "a part", "only later", "only before"],
)
def test_intervals_that_an_sdp_lacks_are_missing(begins: int, count: int, present: list[int]) -> None:
    [chunk] = in_chunks([hours("Mill", begins, count)], days=1)
    assert np.flatnonzero(chunk.status[0] == Status.VAL).tolist() == list(present)
    assert np.flatnonzero(chunk.wh[0]).tolist() == list(present)


def test_an_sdp_that_lacks_an_interval_is_not_eligible() -> None:
    [(chunk, period)] = framed_chunks(
        in_chunks([hours("Mill", 0, 24), hours("Depot", 1, 23)], days=1), CALENDAR, MONDAY
    )
    assert dict(zip(chunk.sdps, period.eligible.tolist(), strict=True)) == {"Mill": True, "Depot": False}


def test_lengths_of_interval_are_framed_apart_and_alike() -> None:
    sdps = [hours("Mill", 0, 24, 12), hours("Depot", 0, 96, 3, minutes=15), hours("Shop", 0, 288, 1, minutes=5)]
    found = {
        chunk.sdps[0]: period.quantities[0].tolist()
        for chunk, period in framed_chunks(in_chunks(sdps, days=1), CALENDAR, MONDAY)
    }
    of_day = [12 * 10, 12 * 6, 12 * 8, 0]  # a winter's day has 10 hours off-peak, 6 mid-peak and 8 on-peak
    assert found == {"Mill": of_day, "Depot": of_day, "Shop": of_day}


def test_chunks_are_filled_in_the_order_in_which_sdps_come() -> None:
    sdps = [hours(name, 0, 24) for name in "abcde"]
    assert [chunk.sdps for chunk in in_chunks(sdps, days=1, chunk_bytes=2 * DAY_OF_HOURS)] == [
        ("a", "b"),
        ("c", "d"),
        ("e",),
    ]


def test_how_sdps_are_cut_into_chunks_changes_nothing() -> None:
    sdps = [hours(str(number), number % 3, 24, number) for number in range(10)]
    found = [
        [
            (sdp, *row, flag)
            for chunk, period in framed_chunks(in_chunks(sdps, 1, size), CALENDAR, MONDAY)
            for sdp, row, flag in zip(chunk.sdps, period.quantities.tolist(), period.eligible.tolist(), strict=True)
        ]
        for size in (1, 3 * DAY_OF_HOURS, 2**20)
    ]
    assert found[0] == found[1] == found[2]


def test_no_sdps_make_no_chunks() -> None:
    assert list(in_chunks([], days=1)) == []


@pytest.mark.parametrize(
    ("series", "message"),
    [
        (hours("Mill", 0, 24, minutes=45), r"^Mill: intervals of 45 minutes; expected one of \(5, 15, 30, 60\)$"),
        (
            Series("Mill", 60, 0, np.zeros(24, dtype=np.int32), np.zeros(23, dtype=np.uint8)),
            "^Mill: 24 values and 23 statuses; expected as many$",
        ),
        (
            Series("Mill", 60, 0, np.zeros(24, dtype=np.float64), np.zeros(24, dtype=np.uint8)),
            "^Mill: values of type float64; expected int32$",
        ),
    ],
)
def test_what_is_no_interval_data_is_refused(series: Series, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(in_chunks([series], days=1))


def test_memory_does_not_grow_with_the_number_of_sdps() -> None:
    def peak(number: int) -> int:
        sdps: Iterator[Series] = (hours(str(each), 0, 24) for each in range(number))
        tracemalloc.start()
        for _ in framed_chunks(in_chunks(sdps, 1, 100 * DAY_OF_HOURS), CALENDAR, MONDAY):
            pass
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(200)
    assert peak(4000) < 1.2 * peak(400)
