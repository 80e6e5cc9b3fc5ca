"""What framing costs, against engines that users would otherwise reach for, and against reading memory.

All engines have two threads (numpy uses one), data in memory in their own form, and answers that are asserted equal.
Engines take turns, so that a machine that is busy for a while is busy for all; the fastest run of each counts.
"""

from __future__ import annotations

import functools
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

import numpy as np
import pytest

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.instants import Day
from reference_impl.framing import (
    Demand,
    Method,
    Status,
    billing_calendar,
    core,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
)
from reference_impl.framing.chunks import CHUNK_BYTES, Chunk, Series, framed_chunks, in_chunks
from tests.benchmarks import engines
from tests.benchmarks.conftest import Row

SDPS, DAYS = 10_000, 62
FIRST = Day(date(2011, 6, 1))
ROUNDS = 5
ROUND_SECONDS = 0.2
SWEPT_BYTES = 744_000_000
CRITICAL = [Day(date(2011, 6, 8)), Day(date(2011, 7, 20))]
CALENDAR = billing_calendar(tou_schedules(), price_plan_holidays(), CRITICAL, prevailing_time=False)

pytestmark = pytest.mark.filterwarnings("default")  # engines may warn of what they will


def readings(sdps: int, per_day: int, days: int = DAYS) -> tuple[Any, Any, Any]:
    """Energy, statuses and buckets: a tenth of the SDPs have an interval that is not eligible."""
    chance = np.random.default_rng(2011)
    wh = chance.integers(0, 120_000 // per_day, (sdps, days * per_day), dtype=np.int32)
    status = chance.choice(np.array([1, 1, 1, 1, 2, 3], dtype=np.uint8), (sdps, days * per_day))
    status[::10, days * per_day // 2] = Status.NVE
    return wh, status, CALENDAR.buckets(FIRST, days, per_day)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fastest(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds of the fastest run of each, after one that does not count; in a round each has the same time for runs."""
    for work in works.values():
        work()
    found = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            spent = 0.0
            while spent < ROUND_SECONDS:
                took = seconds(work)
                spent += took
                found[name] = min(found[name], took)
    return found


def with_numpy(work: Callable[..., Any], *arguments: Any) -> Any:
    """Work done as where numba is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core.kernels, "AVAILABLE", False)
        return work(*arguments)


def rate(intervals: int, each: float) -> str:
    return f"{intervals / each / 1e9:.3f} G intervals/s"


def hand_in(benchmark: Any, *rows: Row) -> None:
    benchmark.extra_info["rows"] = [*benchmark.extra_info.get("rows", ()), *(astuple(row) for row in rows)]


def aimed(ratio: float, aim: float, bound: str) -> tuple[str, str]:
    """An aim, and what bounds the ratio where it is missed."""
    return f"at least {aim:g}", "" if ratio >= aim else f"missed: {bound}"


@pytest.mark.parametrize("per_day", [24, 96], ids=["hourly", "15-minute"])
def test_period_quantities_and_eligibility(benchmark: Any, per_day: int) -> None:
    held = readings(SDPS, per_day)
    works: dict[str, Callable[[], Any]] = {
        "numba": lambda: astuple(period_quantities(*held)),
        "numpy": lambda: astuple(with_numpy(period_quantities, *held)),
        "DuckDB": engines.load_duckdb(*held),
        "Polars": engines.load_polars(*held),
        "pandas": engines.load_pandas(*held),
    }
    expected = works["numba"]()
    for name, work in works.items():
        for found, right in zip(work(), expected, strict=True):
            assert np.array_equal(found, right), name
    times = fastest(works)
    benchmark.pedantic(works["numba"], rounds=ROUNDS)
    what = f"period quantities, {SDPS:,} SDPs x {DAYS} days, {'hourly' if per_day == 24 else '15-minute'}"
    aims = {("numba", "DuckDB"): 20, ("numba", "Polars"): 25, ("numpy", "DuckDB"): 3}
    cached = {"numba": f"reads {held[0].nbytes * 5 // 4 // 10**6} MB, in part from the cache where they fit"}
    hand_in(
        benchmark,
        *(
            Row(f"{what}: {name}", rate(held[0].size, each), remark=cached.get(name, ""))
            for name, each in times.items()
        ),
    )
    for (ours, theirs), aim in aims.items():
        ratio = times[theirs] / times[ours]
        bound = "memory; the sweep below says how near" if ours == "numba" else "one thread, and a pass for each bucket"
        hand_in(benchmark, Row(f"{what}: {ours} against {theirs}", "", f"{ratio:.1f} times", *aimed(ratio, aim, bound)))


@pytest.mark.parametrize("per_day", [24, 96], ids=["hourly", "15-minute"])
def test_against_the_memory_sweep(benchmark: Any, per_day: int) -> None:
    sdps = SWEPT_BYTES // (DAYS * per_day * 5)
    wh, status, _ = held = readings(sdps, per_day)
    works = {"numba": lambda: period_quantities(*held), "sweep": engines.load_sweep(wh, status)}
    times = fastest(works, 2 * ROUNDS)
    benchmark.pedantic(works["numba"], rounds=ROUNDS)
    share = times["sweep"] / times["numba"]
    what = f"{sdps:,} SDPs x {DAYS} days, {'hourly' if per_day == 24 else '15-minute'}"
    hand_in(
        benchmark,
        Row(f"memory sweep, {what}", rate(wh.size, times["sweep"])),
        Row(
            f"period quantities, {what}, against the sweep",
            rate(wh.size, times["numba"]),
            f"{share:.2f} of it",
            *aimed(share, 0.4, "the arithmetic of four buckets"),
        ),
    )


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("apparent", [False, True], ids=["kW", "kVA"])
def test_peak_demand(benchmark: Any, method: Method, apparent: bool) -> None:
    wh, _, _ = readings(SDPS, 96)
    demand = Demand(60, method)
    arguments = (wh, np.roll(wh, 1, axis=1), 15, demand) if apparent else (wh, 15, demand)
    work = peak_apparent_demand if apparent else peak_demand
    works = {"numba": lambda: work(*arguments), "numpy": lambda: with_numpy(work, *arguments)}
    assert np.array_equal(works["numba"](), works["numpy"]())
    times = fastest(works)
    benchmark.pedantic(works["numba"], rounds=ROUNDS)
    what = f"60-minute {method} demand, {'kVA' if apparent else 'kW'}, {SDPS:,} SDPs x {DAYS} days, 15-minute"
    ratio = f"{times['numpy'] / times['numba']:.1f} times numpy"
    hand_in(
        benchmark,
        Row(f"{what}: numba", rate(wh.size, times["numba"]), ratio),
        Row(f"{what}: numpy", rate(wh.size, times["numpy"])),
    )


def month(wh: Any, status: Any, buckets: Any, changing: Any, cut: int) -> tuple[Any, Any]:
    """A month's run: all SDPs as one period, and those that change framing again, in two."""
    whole = period_quantities(wh, status, buckets)
    parts = [
        period_quantities(
            np.ascontiguousarray(wh[changing, part]), np.ascontiguousarray(status[changing, part]), buckets[part]
        )
        for part in (np.s_[:cut], np.s_[cut:])
    ]
    return whole, parts


def test_a_month_with_a_hundredth_of_the_sdps_changing_framing(benchmark: Any) -> None:
    wh, status, buckets = readings(SDPS, 24, days=31)
    changing, cut = np.arange(0, SDPS, 100), 15 * 24
    works = {
        "none": lambda: period_quantities(wh, status, buckets),
        "some": lambda: month(wh, status, buckets, changing, cut),
    }
    whole, parts = works["some"]()
    assert np.array_equal(sum(part.quantities for part in parts), whole.quantities[changing])
    times = fastest(works, 2 * ROUNDS)
    benchmark.pedantic(works["some"], rounds=ROUNDS)
    hand_in(
        benchmark,
        Row(
            f"a month's run, {SDPS:,} SDPs, hourly, 1% changing framing",
            f"{times['some'] * 1e3:.2f} ms",
            f"{times['some'] / times['none']:.2f} times a run without",
        ),
    )


def test_cost_is_linear_in_the_number_of_sdps(benchmark: Any) -> None:
    """Chunks are the same arrays again and again: what is measured is framing, not the drawing of a billion numbers."""
    rows = CHUNK_BYTES // (DAYS * 24 * 5)
    wh, status, _ = readings(rows, 24)

    def run(sdps: int) -> int:
        sizes = [rows] * (sdps // rows) + ([sdps % rows] if sdps % rows else [])
        held = (Chunk((), 60, wh[:size], status[:size]) for size in sizes)
        return sum(int(period.eligible.size) for _, period in framed_chunks(held, CALENDAR, FIRST))

    sizes = (10_000, 100_000, 1_000_000)
    assert [run(sdps) for sdps in sizes] == list(sizes)
    times = fastest({str(sdps): functools.partial(run, sdps) for sdps in sizes})
    found = {sdps: times[str(sdps)] / sdps for sdps in sizes}
    benchmark.pedantic(run, args=(100_000,), rounds=ROUNDS)
    hand_in(
        benchmark,
        *(
            Row(
                f"period quantities, {sdps:,} SDPs x {DAYS} days, hourly, in chunks of {CHUNK_BYTES // 2**20} MiB",
                f"{each * 1e6:.3f} us an SDP",
                f"{each / found[100_000]:.2f} times that of 100,000",
                remark="in part from the cache" if sdps < rows else "",
            )
            for sdps, each in found.items()
        ),
    )


def test_memory_of_a_run_in_chunks(benchmark: Any) -> None:
    """SDPs come one by one, in two lengths of interval, and are let go of; their data would take 4.4 GB."""
    sdps = 240_000
    lengths = {60: readings(1, 24), 15: readings(1, 96)}

    def series() -> Iterator[Series]:
        for number in range(sdps):
            minutes = 60 if number % 2 else 15
            wh, status, _ = lengths[minutes]
            yield Series("", minutes, 0, wh[0], status[0])

    def run() -> int:
        tracemalloc.start()
        framed = sum(len(chunk.sdps) for chunk, _ in framed_chunks(in_chunks(series(), DAYS), CALENDAR, FIRST))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert framed == sdps
        return peak

    mebibytes = benchmark.pedantic(run, rounds=1) / 2**20
    what = f"memory of a run in chunks, {sdps:,} SDPs x {DAYS} days, hourly and 15-minute"
    hand_in(benchmark, Row(what, f"{mebibytes:,.0f} MiB", "", "less than 1,024 MiB"))
