"""What the sum check costs for many SDPs with ragged register reads, against SQL on the same data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference_impl.repository.sum_check import NO_READ, RegisterReads, compared, nearest_reads, sums_between
from tests.benchmarks import engines
from tests.benchmarks.test_framing import SDPS, Row, fastest, hand_in, rate, readings

DAYS, HOUR = 62, 3600
START, END = 15 * 24 * HOUR, 46 * 24 * HOUR
"""The period is a month in the middle of the intervals."""
RANGE, PERCENT = 48 * HOUR, 2
UNIT, CAPACITY = 1000, 10**5

pytestmark = pytest.mark.filterwarnings("default")  # engines may warn of what they will


def register_reads(wh: Any) -> RegisterReads:
    """What the dials show at some hours of each SDP: at none to all midnights, an hour sooner or later now and then."""
    chance = np.random.default_rng(2011)
    totals = np.concatenate([np.zeros((wh.shape[0], 1), dtype=np.int64), wh.cumsum(axis=1, dtype=np.int64)], axis=1)
    share = chance.random((wh.shape[0], 1))
    there = chance.random((wh.shape[0], DAYS - 1)) < share
    hours = np.arange(1, DAYS) * 24 + chance.integers(-1, 2, there.shape)
    sdp, place = np.nonzero(there)
    at = hours[sdp, place]
    offsets = np.concatenate([[0], there.sum(axis=1).cumsum()])
    return RegisterReads(offsets.astype(np.int64), at * HOUR, totals[sdp, at] // UNIT % CAPACITY)


def checked(wh: Any, reads: RegisterReads) -> tuple[Any, Any]:
    """Status and variance of every SDP: 0, 6 or 7, and Wh; nothing where it is 7."""
    sdps = wh.shape[0]
    starts, ends = np.full(sdps, START), np.full(sdps, END)
    first, last = nearest_reads(reads, starts, RANGE), nearest_reads(reads, ends, RANGE)
    comparable = (first != NO_READ) & (last != NO_READ) & (first != last)
    one, other = np.where(comparable, first, 0), np.where(comparable, last, 0)
    energy = sums_between(wh, reads.seconds[one] // HOUR, reads.seconds[other] // HOUR)
    registers = np.full(sdps, CAPACITY), np.full(sdps, UNIT)
    found = compared(energy, reads.readings[one], reads.readings[other], registers, PERCENT)
    status = np.where(comparable, np.where(found.over, 6, 0), 7)
    return status, np.where(comparable, found.variance_wh, 0)


def test_sum_check_of_a_month(benchmark: Any) -> None:
    wh, _, _ = readings(SDPS, 24)
    reads = register_reads(wh)
    wh[::50, 700] += 60_000  # energy that the registers know nothing of
    works: dict[str, Callable[[], Any]] = {
        "numpy": lambda: checked(wh, reads),
        "DuckDB": engines.load_duckdb_sum_check(
            wh, reads, start=START, end=END, furthest=RANGE, percent=PERCENT, unit=UNIT, capacity=CAPACITY
        ),
    }
    ours, theirs = works["numpy"](), works["DuckDB"]()
    for found, right in zip(ours, theirs, strict=True):
        assert np.array_equal(found, right)
    assert {0, 6, 7} == set(ours[0].tolist())
    times = fastest(works)
    benchmark.pedantic(works["numpy"], rounds=5)
    what = f"sum check of a month, {SDPS:,} SDPs x {DAYS} days, hourly, {reads.seconds.size:,} register reads"
    hand_in(
        benchmark,
        Row(f"{what}: numpy", rate(wh.size, times["numpy"]), f"{times['DuckDB'] / times['numpy']:.1f} times DuckDB"),
        Row(f"{what}: DuckDB", rate(wh.size, times["DuckDB"])),
    )


def test_ten_times_the_sdps(benchmark: Any) -> None:
    wh, _, _ = readings(SDPS * 10, 24)
    reads = register_reads(wh)
    few = SDPS
    part = RegisterReads(
        reads.offsets[: few + 1], *(each[: reads.offsets[few]] for each in (reads.seconds, reads.readings))
    )
    works = {"few": lambda: checked(wh[:few], part), "many": lambda: checked(wh, reads)}
    for one, other in zip(works["few"](), works["many"](), strict=True):
        assert np.array_equal(one, other[:few])
    times = fastest(works)
    benchmark.pedantic(works["many"], rounds=3)
    ratio = times["many"] / times["few"]
    hand_in(
        benchmark,
        Row(
            f"sum check of a month, {SDPS * 10:,} SDPs against {SDPS:,}",
            f"{times['many'] * 1e3:.0f} ms",
            f"{ratio:.1f} times",
            "at most 11",
            "" if ratio <= 11 else "missed: the smaller arrays stay in the cache",
        ),
    )
