"""Compiled and interpreted, the sums are the same to the last unit; and what must hold for any data does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.framing import (
    Bucket,
    Demand,
    Method,
    Status,
    Zone,
    core,
    daily_framed_usage,
    kernels,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
)
from tests.reference_impl.framing.world import worlds

VAL = np.uint8(Status.VAL)
compiled = pytest.mark.skipif(not kernels.AVAILABLE, reason="numba is not installed")


def all_val(wh: np.ndarray) -> np.ndarray:
    return np.full(wh.shape, VAL, dtype=np.uint8)


@compiled
@pytest.mark.parametrize("width", [np.int32, np.int64])
@settings(settings.get_profile("framing"), max_examples=30)
@given(
    seed=st.integers(0, 2**32),
    bits=st.sampled_from([3, 12, 22, 31]),
    statuses=st.sampled_from([[1], [1, 2, 3], [1, 4], [0, 1], [0, 1, 2, 3, 4]]),
    last=st.sampled_from([Status.EST, Status.NV]),
)
def test_the_kernel_gives_what_numpy_gives(
    width: type, seed: int, bits: int, statuses: list[int], last: Status
) -> None:
    chance = np.random.default_rng(seed)
    wh = chance.integers(-(2**bits), 2**bits, (5, 240)).astype(width)
    status = chance.choice(statuses, (5, 240)).astype(np.uint8)
    buckets = chance.integers(0, len(Bucket), 240).astype(np.uint8)
    quantities, eligible = kernels.period(wh, status, buckets, int(last))
    expected = period_quantities(wh, status, buckets, last)
    assert quantities.tolist() == expected.quantities.tolist()
    assert eligible.tolist() == expected.eligible.tolist()


@compiled
@pytest.mark.parametrize("width", [np.int32, np.int64])
@pytest.mark.parametrize("method", Method)
@settings(settings.get_profile("framing"), max_examples=30)
@given(
    seed=st.integers(0, 2**32),
    bits=st.sampled_from([3, 12, 26, 31]),
    minutes=st.sampled_from([5, 15, 30, 60]),
    span=st.sampled_from([15, 60]),
)
def test_peaks_of_the_kernel_are_those_of_numpy(
    width: type, method: Method, seed: int, bits: int, minutes: int, span: int
) -> None:
    demand = Demand(max(minutes, span), method)
    chance = np.random.default_rng(seed)
    wh, varh = (chance.integers(-(2**bits), 2**bits, (5, 24 * 60 // minutes)).astype(width) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core, "_MANY", 2**62)
        expected = peak_demand(wh, minutes, demand), peak_apparent_demand(wh, varh, minutes, demand)
        patch.setattr(core, "_MANY", 0)
        found = peak_demand(wh, minutes, demand), peak_apparent_demand(wh, varh, minutes, demand)
    assert [peaks.tolist() for peaks in found] == [peaks.tolist() for peaks in expected]


def with_numpy(wh: np.ndarray, status: np.ndarray, buckets: np.ndarray) -> list[int]:
    return period_quantities(wh, status, buckets).quantities[0].tolist()


def with_the_kernel(wh: np.ndarray, status: np.ndarray, buckets: np.ndarray) -> list[int]:
    return kernels.period(wh, status, buckets, int(Status.NV))[0][0].tolist()


WAYS = [pytest.param(with_numpy, id="numpy"), pytest.param(with_the_kernel, marks=compiled, id="numba")]


@pytest.mark.parametrize("frame", WAYS)
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2**31 - 1, [2147483647, 4294967294, 0, 6442450941]),
        (-(2**31), [-2147483648, -4294967296, 0, -6442450944]),
        ((2**31 - 1) // 6, [357913941, 715827882, 0, 1073741823]),
    ],
    ids=["the largest value", "the least value", "the largest that fits"],
)
def test_sums_beyond_32_bits_are_exact(frame: object, value: int, expected: list[int]) -> None:
    wh = np.full((1, 6), value, dtype=np.int32)
    buckets = np.array([0, 1, 1, 3, 3, 3], dtype=np.uint8)
    assert frame(wh, all_val(wh), buckets) == expected


@pytest.mark.parametrize("frame", WAYS)
def test_an_interval_that_is_missing_counts_for_nothing_whatever_stands_in_its_place(frame: object) -> None:
    wh = np.array([[5, 1000, 7]], dtype=np.int32)
    status = np.array([[Status.VAL, Status.MISSING, Status.NVE]], dtype=np.uint8)
    assert frame(wh, status, np.array([0, 0, 2], dtype=np.uint8)) == [5, 0, 7, 0]


def test_many_intervals_go_to_the_kernel_and_few_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []

    def period(wh: np.ndarray, *_: object) -> tuple[np.ndarray, np.ndarray]:
        asked.append(wh.shape)
        return np.zeros((len(wh), 4), dtype=np.int64), np.zeros(len(wh), dtype=np.bool_)

    monkeypatch.setattr(kernels, "AVAILABLE", True)
    monkeypatch.setattr(kernels, "period", period)
    for rows in (1, 2**20 // 24 + 1):
        wh = np.zeros((rows, 24), dtype=np.int32)
        period_quantities(wh, all_val(wh), np.zeros(24, dtype=np.uint8))
    assert asked == [(2**20 // 24 + 1, 24)]


@settings(settings.get_profile("framing"))
@given(world=worlds(15))
def test_the_sum_over_buckets_is_the_plain_sum(world: object) -> None:
    wh, _, _ = world.by_the_clock_of(Zone.EASTERN)
    found = period_quantities(wh, all_val(wh), world.buckets())
    assert found.quantities.sum(axis=1).tolist() == wh.sum(axis=1, dtype=np.int64).tolist()


@settings(settings.get_profile("framing"))
@given(world=worlds(30, sdps=6), order=st.permutations(range(6)))
def test_the_order_of_sdps_changes_nothing(world: object, order: list[int]) -> None:
    wh, _, status = world.by_the_clock_of(Zone.EASTERN)
    found = period_quantities(wh, status, world.buckets())
    other = period_quantities(wh[order], status[order], world.buckets())
    assert other.quantities.tolist() == found.quantities[order].tolist()
    assert other.eligible.tolist() == found.eligible[order].tolist()


@settings(settings.get_profile("framing"))
@given(world=worlds(60))
def test_central_framing_of_data_an_hour_later_is_eastern_framing(world: object) -> None:
    wh, _, status = world.by_the_clock_of(Zone.CENTRAL)
    shifted_wh, shifted_status = np.roll(world.wh, -1, axis=1), np.roll(world.status, -1, axis=1)
    cut = np.s_[:, : wh.shape[1]]
    central = period_quantities(wh, status, world.buckets())
    eastern = period_quantities(shifted_wh[cut], shifted_status[cut], world.buckets())
    assert central.quantities.tolist() == eastern.quantities.tolist()


@settings(settings.get_profile("framing"))
@given(world=worlds(15), cut=st.integers(0, 192))
def test_sub_periods_add_up_to_the_period(world: object, cut: int) -> None:
    wh, _, status = world.by_the_clock_of(Zone.EASTERN)
    buckets = world.buckets()
    whole = period_quantities(wh, status, buckets)
    parts = [period_quantities(wh[:, part], status[:, part], buckets[part]) for part in (np.s_[:cut], np.s_[cut:])]
    assert sum(part.quantities for part in parts).tolist() == whole.quantities.tolist()
    assert (parts[0].eligible & parts[1].eligible).tolist() == whole.eligible.tolist()


@settings(settings.get_profile("framing"))
@given(world=worlds(15))
def test_days_add_up_to_the_period(world: object) -> None:
    wh, _, _ = world.by_the_clock_of(Zone.EASTERN)
    days = daily_framed_usage(wh, world.buckets(), world.per_day)
    assert days.sum(axis=1).tolist() == period_quantities(wh, all_val(wh), world.buckets()).quantities.tolist()


def test_a_block_of_rows_ends_where_the_rows_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "_BLOCK", 50)
    wh = np.arange(7 * 24, dtype=np.int32).reshape(7, 24)
    status = all_val(wh)
    status[6, 23] = Status.NVE
    found = period_quantities(wh, status, np.zeros(24, dtype=np.uint8))
    assert found.quantities[:, 0].tolist() == [276, 852, 1428, 2004, 2580, 3156, 3732]
    assert found.eligible.tolist() == [True] * 6 + [False]
