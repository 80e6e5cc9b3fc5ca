"""The sum check, against slow and obvious statements of it and tables worked by hand."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.interface.instants import Day, Instant, at, later
from reference_impl.framing import Status
from reference_impl.repository.meter_data import (
    Intervals,
    MeterData,
    energy_between,
    take_intervals,
    take_register_read,
)
from reference_impl.repository.sum_check import (
    NO_READ,
    Read,
    Register,
    RegisterReads,
    SumCheckRules,
    check,
    compared,
    nearest_reads,
    reads_near,
    register_of,
    sums_between,
)

MANY = settings(derandomize=True, deadline=None, database=None, max_examples=200)
MONDAY = Day(date(2011, 1, 10))
START, END = at(MONDAY, 0), at(Day(date(2011, 1, 20)), 0)
RULES = SumCheckRules(frozenset({"01", "02"}), 2, 48)
METER = Register("M1", 5, 1000)

READS_OF_ONE = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 99)), max_size=6, unique_by=lambda read: read[0])


def ragged(reads: list[list[tuple[int, int]]]) -> RegisterReads:
    """Reads of several SDPs, each as seconds and reading."""
    ordered = [sorted(each) for each in reads]
    flat = [read for each in ordered for read in each]
    offsets = np.cumsum([0, *map(len, ordered)], dtype=np.int64)
    return RegisterReads(
        offsets,
        np.array([seconds for seconds, _ in flat], dtype=np.int64),
        np.array([reading for _, reading in flat], dtype=np.int64),
    )


def slowly_nearest(reads: list[tuple[int, int]], boundary: int, furthest: int, *, later_first: bool) -> int | None:
    """The seconds of the nearest read, looked at one after the other."""
    best: int | None = None
    for seconds, _ in sorted(reads, reverse=later_first):
        away = abs(seconds - boundary)
        if away <= furthest and (best is None or away < abs(best - boundary)):
            best = seconds
    return best


@MANY
@given(
    sdps=st.lists(st.tuples(READS_OF_ONE, st.integers(-40, 40)), min_size=1, max_size=6),
    furthest=st.integers(0, 40),
    later_first=st.booleans(),
)
def test_the_nearest_reads_of_many_are_those_of_each(
    sdps: list[tuple[list[tuple[int, int]], int]], furthest: int, later_first: bool
) -> None:
    reads = ragged([each for each, _ in sdps])
    boundaries = np.array([boundary for _, boundary in sdps], dtype=np.int64)
    places = nearest_reads(reads, boundaries, furthest, later_on_a_tie=later_first)
    found = [None if place == NO_READ else int(reads.seconds[place]) for place in places]
    assert found == [slowly_nearest(each, at_, furthest, later_first=later_first) for each, at_ in sdps]


@MANY
@given(data=st.data(), sdps=st.integers(1, 4), intervals=st.integers(1, 12))
def test_sums_between_are_plain_sums(data: st.DataObject, sdps: int, intervals: int) -> None:
    wh = np.array(
        data.draw(
            st.lists(
                st.lists(st.integers(0, 2**31 - 1), min_size=intervals, max_size=intervals),
                min_size=sdps,
                max_size=sdps,
            )
        ),
        dtype=np.int32,
    )
    spans = [
        sorted((data.draw(st.integers(-2, intervals + 2)), data.draw(st.integers(-2, intervals + 2))))
        for _ in range(sdps)
    ]
    found = sums_between(
        wh,
        np.array([first for first, _ in spans], dtype=np.int64),
        np.array([last for _, last in spans], dtype=np.int64),
    )
    expected = [
        sum(int(value) for place, value in enumerate(row) if first <= place < last)
        for row, (first, last) in zip(wh.tolist(), spans, strict=True)
    ]
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("interval_wh", "first", "last", "digits", "unit", "register_wh", "variance", "over"),
    [
        (24_000, 100, 124, 5, 1000, 24_000, 0, False),
        (102_000, 100, 200, 5, 1000, 100_000, 2_000, False),  # 2 per cent of 100 kWh, just so
        (102_001, 100, 200, 5, 1000, 100_000, 2_001, True),
        (98_000, 100, 200, 5, 1000, 100_000, 2_000, False),
        (97_999, 100, 200, 5, 1000, 100_000, 2_001, True),
        (11_000, 0, 10, 5, 1000, 10_000, 1_000, False),  # 10 per cent, and one dial unit
        (11_001, 0, 10, 5, 1000, 10_000, 1_001, True),
        (24_000, 99_990, 14, 5, 1000, 24_000, 0, False),  # rolled over
        (24_000, 9_990, 14, 4, 1000, 24_000, 0, False),
        (120_000, 100, 103, 5, 40_000, 120_000, 0, False),
        (160_000, 100, 103, 5, 40_000, 120_000, 40_000, False),  # a dial unit of 40 kWh
        (160_001, 100, 103, 5, 40_000, 120_000, 40_001, True),
        (0, 500, 500, 5, 1000, 0, 0, False),
    ],
)
def test_comparing_by_hand(
    interval_wh: int, first: int, last: int, digits: int, unit: int, register_wh: int, variance: int, over: bool
) -> None:
    def one(value: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([value], dtype=np.int64)

    found = compared(one(interval_wh), one(first), one(last), (one(10**digits), one(unit)), 2)
    assert (int(found.register_wh[0]), int(found.variance_wh[0]), bool(found.over[0])) == (register_wh, variance, over)


def read(hours: float, reading: int) -> Read:
    """A read some hours after the start of the period."""
    return Read(Instant(START + timedelta(hours=hours)), reading)


@pytest.mark.parametrize(
    ("hours", "first", "last"),
    [
        ([], None, None),
        ([0, 240], 0, 240),
        ([-48, 288], -48, 288),
        ([-48.01, 288.01], None, None),
        ([-3, 2, 237, 244], 2, 237),
        ([-3, 3, 238, 242], -3, 238),  # a tie: the earlier
        ([24, 216], 24, 216),
        ([100], None, None),
    ],
)
def test_reads_near_the_ends_of_a_period_of_ten_days(
    hours: list[float], first: float | None, last: float | None
) -> None:
    reads = [read(each, int(each)) for each in hours]
    found = reads_near(reads, START, END, RULES)
    assert found == tuple(None if each is None else read(each, int(each)) for each in (first, last))


def test_of_two_reads_equally_near_the_later_counts_where_it_is_read_so() -> None:
    reads = [read(-3, 1), read(3, 2), read(238, 3), read(242, 4)]
    rules = dataclasses.replace(RULES, later_on_a_tie=True)
    assert reads_near(reads, START, END, rules) == (read(3, 2), read(242, 4))


@pytest.mark.parametrize(
    ("first", "last", "one", "other", "status"),
    [
        (read(0, 100), read(240, 148), METER, METER, "delivered"),
        (read(0, 100), read(240, 190), METER, METER, "sum_check_threshold"),
        (None, read(240, 148), None, METER, "sum_check_no_register_read"),
        (read(0, 100), None, METER, None, "sum_check_no_register_read"),
        (read(0, 100), read(0, 100), METER, METER, "sum_check_no_register_read"),
        (read(0, 100), read(240, 148), METER, Register("M2", 5, 1000), "sum_check_no_register_read"),
        (read(0, 100), read(240, 148), METER, METER._replace(unit_wh=40_000), "sum_check_no_register_read"),
    ],
)
def test_what_can_be_compared(
    first: Read | None, last: Read | None, one: Register | None, other: Register | None, status: str
) -> None:
    found = check(first, last, (one, other), 48_000, RULES)
    assert found.status == status
    assert (found.variance_wh is None) is (status == "sum_check_no_register_read")


def test_one_read_may_serve_for_both_ends() -> None:
    alone = read(0, 100)
    assert check(alone, alone, (METER, METER), 0, replace(RULES, one_read_serves=True)).status == "delivered"


@pytest.mark.parametrize(
    ("parameters", "register"),
    [
        ({}, Register("M1", 5, 1000)),
        ({"register_digits": None, "ct_pt_multiplier": "1"}, Register("M1", 5, 1000)),
        ({"register_digits": "6", "register_multiplier": "10", "ct_pt_multiplier": "40"}, Register("M1", 6, 400_000)),
        ({"register_digits": "0"}, None),
        ({"register_digits": "10"}, None),
        ({"ct_pt_multiplier": "0"}, None),
        ({"ct_pt_multiplier": "-1"}, None),
        ({"ct_pt_multiplier": "1.5"}, None),
        ({"register_multiplier": "many"}, None),
        ({"register_multiplier": "99999999999"}, None),
    ],
)
def test_the_register_that_the_master_directory_describes(
    parameters: dict[str, str | None], register: Register | None
) -> None:
    assert register_of("M1", parameters, 5) == register


def test_energy_between_counts_intervals_that_begin_in_the_span_whatever_their_length() -> None:
    data = MeterData()
    take_intervals(data, Intervals("1", START, 60, [100] * 24, [Status.NVE] * 24))
    take_intervals(data, Intervals("1", later(START, days=1), 15, [10] * 96, [Status.VAL] * 96))
    take_intervals(data, Intervals("1", later(START, days=3), 5, [1] * 288, [Status.VAL] * 288))
    spans = {
        (0, 24): 2400,
        (0.5, 24): 2300,  # the first interval has begun before
        (0, 0.5): 100,
        (23, 25): 100 + 40,
        (24.1, 24.6): 20,  # those of 24:15 and 24:30
        (40, 80): 8 * 40 + 8 * 12,  # nothing on the day between
        (200, 300): 0,
    }
    for (first, last), wh in spans.items():
        bounds = (Instant(START + timedelta(hours=hours)) for hours in (first, last))
        assert energy_between(data, "1", *bounds) == wh, (first, last)


def test_a_read_replaces_one_of_the_same_instant_and_none_is_negative() -> None:
    data = MeterData()
    for hours, reading in ((5, 7), (1, 3), (5, 8)):
        take_register_read(data, {"universal_sdp_id": "1", "reading": reading}, later(START, hours=hours))
    assert data.register_reads("1") == [read(1, 3), read(5, 8)]
    assert data.register_reads("2") == []
    with pytest.raises(ValueError, match="-1"):
        take_register_read(data, {"universal_sdp_id": "1", "reading": -1}, START)
