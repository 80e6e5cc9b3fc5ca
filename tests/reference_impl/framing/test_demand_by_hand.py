"""Demand worked by hand, in numbers that a person can add (BQ-08)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.framing import Demand, DemandError, Method, Rounding, peak_apparent_demand, peak_demand
from reference_impl.framing.core import demand_series, floor_root

BLOCK_15, ROLLING_15 = Demand(15, Method.BLOCK), Demand(15, Method.ROLLING)
BLOCK_60, ROLLING_60 = Demand(60, Method.BLOCK), Demand(60, Method.ROLLING)

# Wh of each interval, and W of each span: its Wh, times four for a span of 15 minutes
SERIES = [
    ("two hours of hours", 60, [1000, 3000], BLOCK_60, [1000, 3000]),
    ("hours that roll are the same", 60, [1000, 3000], ROLLING_60, [1000, 3000]),
    ("two hours of half-hours", 30, [100, 400, 500, 200], BLOCK_60, [500, 700]),
    ("half-hours that roll", 30, [100, 400, 500, 200], ROLLING_60, [500, 900, 700]),
    ("an hour of quarters", 15, [10, 20, 40, 30], BLOCK_15, [40, 80, 160, 120]),
    ("quarters that roll are the same", 15, [10, 20, 40, 30], ROLLING_15, [40, 80, 160, 120]),
    ("two hours of quarters", 15, [1, 2, 3, 4, 5, 6, 7, 8], BLOCK_60, [10, 26]),
    ("quarters that roll over an hour", 15, [1, 2, 3, 4, 5, 6, 7, 8], ROLLING_60, [10, 14, 18, 22, 26]),
    ("half an hour of five minutes", 5, [1, 2, 3, 4, 5, 6], BLOCK_15, [24, 60]),
    ("five minutes that roll", 5, [1, 2, 3, 4, 5, 6], ROLLING_15, [24, 36, 48, 60]),
    ("energy fed in is taken off", 30, [100, -40, -60, -20], ROLLING_60, [60, -100, -80]),
]


@pytest.mark.parametrize(
    ("minutes", "wh", "demand", "watts"), [case[1:] for case in SERIES], ids=[c[0] for c in SERIES]
)
def test_demand_over_each_span(minutes: int, wh: list[int], demand: Demand, watts: list[int]) -> None:
    assert demand_series(np.array([wh], dtype=np.int32), minutes, demand).tolist() == [watts]


@pytest.mark.parametrize(
    ("minutes", "wh", "demand", "watts"), [case[1:] for case in SERIES], ids=[c[0] for c in SERIES]
)
def test_the_peak_is_the_highest_of_them(minutes: int, wh: list[int], demand: Demand, watts: list[int]) -> None:
    assert peak_demand(np.array([wh], dtype=np.int32), minutes, demand).tolist() == [max(watts)]


def test_the_peak_across_the_hour_is_seen_by_rolling_demand_alone() -> None:
    wh = np.array([[0, 0, 0, 50, 50, 0, 0, 0]], dtype=np.int32)
    assert peak_demand(wh, 15, BLOCK_60).tolist() == [50]
    assert peak_demand(wh, 15, ROLLING_60).tolist() == [100]


def test_apparent_demand_is_the_root_of_the_squares_of_one_span() -> None:
    wh, varh = np.array([[300, 1000]], dtype=np.int32), np.array([[400, 0]], dtype=np.int32)
    assert peak_apparent_demand(wh, varh, 60, BLOCK_60).tolist() == [1000]
    assert peak_apparent_demand(wh[:, :1], varh[:, :1], 60, BLOCK_60).tolist() == [500]


def test_the_peak_of_apparent_demand_may_be_at_another_time_than_that_of_demand() -> None:
    wh, varh = np.array([[100, 90]], dtype=np.int32), np.array([[0, 120]], dtype=np.int32)
    assert peak_demand(wh, 60, BLOCK_60).tolist() == [100]
    assert peak_apparent_demand(wh, varh, 60, BLOCK_60).tolist() == [150]


def test_apparent_demand_is_rounded_down() -> None:
    one, two = np.array([[1]], dtype=np.int32), np.array([[2]], dtype=np.int32)
    assert peak_apparent_demand(one, two, 60, BLOCK_60).tolist() == [2]  # the root of 5


@pytest.mark.parametrize(
    ("varh", "down", "nearest", "up"), [(50, 256, 256, 257), (53, 265, 266, 266), (30, 200, 200, 200)]
)
def test_a_fraction_of_apparent_demand_is_rounded_as_said(varh: int, down: int, nearest: int, up: int) -> None:
    wh, reactive = np.full((1, 4), 40, dtype=np.int32), np.full((1, 4), varh, dtype=np.int32)
    found = [peak_apparent_demand(wh, reactive, 15, BLOCK_15, rounding).tolist() for rounding in Rounding]
    assert found == [[down], [nearest], [up]]


def test_roots_beyond_64_bits_are_rounded_as_said() -> None:
    largest = np.full((1, 4), 2**31 - 1, dtype=np.int32)
    one, two = largest.copy(), np.zeros((1, 4), dtype=np.int32)
    two[:] = 2
    found = [peak_apparent_demand(one, two, 15, BLOCK_15, rounding).tolist()[0] for rounding in Rounding]
    watts = 4 * (2**31 - 1)
    assert found == [watts, watts, watts + 1]  # the root of W² and 64 lies just above W


def test_apparent_demand_is_exact_where_squares_exceed_64_bits() -> None:
    largest = np.array([[2**31 - 1] * 4], dtype=np.int32)
    w = 4 * (2**31 - 1)
    assert peak_apparent_demand(largest, largest, 15, BLOCK_60).tolist() == [math.isqrt(2 * w * w)]


@pytest.mark.parametrize(
    ("demand_minutes", "minutes"), [(15, 60), (15, 30), (60, 45), (15, 10), (60, 7)], ids=lambda value: str(value)
)
@pytest.mark.parametrize("method", Method)
def test_demand_finer_than_the_data_or_no_multiple_of_it_is_refused(
    demand_minutes: int, minutes: int, method: Method
) -> None:
    expected = f"^{demand_minutes}-minute demand cannot be taken from {minutes}-minute intervals$"
    wh = np.zeros((1, 24), dtype=np.int32)
    with pytest.raises(DemandError, match=expected):
        peak_demand(wh, minutes, Demand(demand_minutes, method))


@pytest.mark.parametrize("square", [0, 1, 2, 3, 4, 2**52 - 1, 2**53 + 1, 2**62 - 1, 2**62, 2**63 - 1])
def test_the_floor_of_a_root_is_exact(square: int) -> None:
    assert floor_root(np.array([square])).tolist() == [math.isqrt(square)]


@settings(settings.get_profile("framing"), max_examples=200)
@given(root=st.integers(1, 2**31), off=st.integers(-2, 2))
def test_the_floor_of_a_root_is_exact_beside_squares(root: int, off: int) -> None:
    square = root * root + off
    if square >= 0:
        assert floor_root(np.array([square])).tolist() == [math.isqrt(square)]
