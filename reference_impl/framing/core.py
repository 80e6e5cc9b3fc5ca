"""The framing core: intervals in, quantities out, for one SDP or a million, by the same code (BQ-01, BQ-05 to BQ-08).

Arrays are ``[sdp, interval]``: energy in watt-hours as int32, validation status as uint8. The first interval is that
of the first day by the clock of the framing's zone. A missing interval has status `MISSING`. Quantities are int64,
exact in any order of summation; nothing here is binary floating point.

Where numba is installed a kernel does the same, to the last unit; see `kernels`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reference_impl.framing import kernels
from reference_impl.framing.calendar import BUCKETS, HOURS
from reference_impl.framing.structures import Demand, Method

WattHours: TypeAlias = NDArray[np.int32] | NDArray[np.int64]
Statuses: TypeAlias = NDArray[np.uint8]
Quantities: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

MINUTES_OF_DAY = 24 * 60
_MANY = 2**20
"""Intervals from which on a compiled kernel is worth having."""

_BLOCK = 2**18
"""Intervals that numpy works on at a time, so that they stay in the cache."""

_SAFE = 2**31
"""Watts and vars below this have squares whose sum fits 64 bits."""

_LARGEST_ROOT = math.isqrt(2**63 - 1)


class Status(IntEnum):
    """The validation status of an interval. Those from VAL to NV are eligible for billing (BQ-01)."""

    MISSING = 0
    VAL = 1
    EST = 2
    NV = 3
    NVE = 4


class Rounding(StrEnum):
    """What becomes of the fraction of an apparent demand; the words are those of the readings (AMB-57)."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


class DemandError(ValueError):
    """Demand cannot be taken from intervals of that length."""


@dataclass(frozen=True, slots=True)
class Period:
    """Energy by bucket over a period.

    :param quantities: int64 Wh ``[sdp, bucket]``.
    :param eligible: bool ``[sdp]``, whether every interval is there and eligible.
    """

    quantities: Quantities
    eligible: Flags


def last_eligible(*, nv_eligible: bool) -> Status:
    """The last of the eligible statuses: NV, or EST where NV is not (AMB-04)."""
    return Status.NV if nv_eligible else Status.EST


def period_quantities(wh: WattHours, status: Statuses, buckets: NDArray[np.uint8], last: Status = Status.NV) -> Period:
    """Energy by bucket over all intervals, and whether all of them are eligible (BQ-05, BQ-06).

    An SDP with intervals that are missing has the energy of those that are there.

    :param buckets: the bucket of each interval, ``[interval]``.
    """
    if _worth_compiling(wh, status):
        return Period(*kernels.period(wh, status, buckets, int(last)))
    found = Period(np.empty((wh.shape[0], BUCKETS), dtype=np.int64), np.empty(wh.shape[0], dtype=np.bool_))
    for block in _blocks(wh):
        lowest, highest = (
            status[block].min(axis=1, initial=Status.NVE),
            status[block].max(axis=1, initial=Status.MISSING),
        )
        found.eligible[block] = (lowest >= Status.VAL) & (highest <= last)
        there = present(wh[block], status[block]) if (lowest == Status.MISSING).any() else wh[block]
        _by_bucket(there, buckets, found.quantities[block])
    return found


def _worth_compiling(*arrays: NDArray[Any]) -> bool:
    """Whether there is a compiler, there are many intervals, and they lie in memory as kernels read them."""
    return kernels.AVAILABLE and arrays[0].size >= _MANY and all(array.flags.c_contiguous for array in arrays)


def _blocks(wh: WattHours) -> Iterator[slice]:
    """Rows to work on at a time; one block at least, though it be empty."""
    rows = max(1, _BLOCK // max(1, wh.shape[1]))
    return (slice(begin, begin + rows) for begin in range(0, max(1, wh.shape[0]), rows))


def present(wh: WattHours, status: Statuses) -> WattHours:
    """Energy with nothing where an interval is missing."""
    return np.where(status == Status.MISSING, wh.dtype.type(0), wh)


def _by_bucket(wh: WattHours, buckets: NDArray[np.uint8], found: Quantities) -> None:
    largest = max(int(wh.max(initial=0)), -int(wh.min(initial=0)))
    narrow = largest * wh.shape[1] < _SAFE  # then no sum exceeds 32 bits, at which they are several times quicker
    width: Any = np.int32 if narrow else np.int64
    wh = wh.astype(width, copy=False)
    found[:, 0] = wh.sum(axis=1, dtype=width)
    for bucket in range(1, BUCKETS):
        counts = (buckets == bucket).astype(width)
        found[:, bucket] = np.einsum("si,i->s", wh, counts) if counts.any() else 0
    found[:, 0] -= found[:, 1:].sum(axis=1)


def eligible(status: Statuses, last: Status = Status.NV) -> Flags:
    """Whether each interval is eligible for billing (BQ-01)."""
    return (status >= Status.VAL) & (status <= last)


def daily_framed_usage(wh: WattHours, buckets: NDArray[np.uint8], per_day: int) -> Quantities:
    """Energy by day and bucket, int64 Wh ``[sdp, day, bucket]`` (BQ-05)."""
    sdps, intervals = wh.shape
    days = wh.reshape(sdps, intervals // per_day, per_day)
    by_day = buckets.reshape(-1, per_day)
    found = np.zeros((sdps, days.shape[1], BUCKETS), dtype=np.int64)
    for bucket in range(BUCKETS):
        found[:, :, bucket] = np.where(by_day == bucket, days, 0).sum(axis=2, dtype=np.int64)
    return found


def eligible_days(status: Statuses, per_day: int, last: Status = Status.NV) -> Flags:
    """Whether every interval of each day is eligible, bool ``[sdp, day]``."""
    sdps, intervals = status.shape
    whole: Flags = np.asarray(eligible(status, last).reshape(sdps, intervals // per_day, per_day).all(axis=2))
    return whole


def hourly_quantities(wh: WattHours, per_day: int) -> Quantities:
    """Energy of each hour, int64 Wh ``[sdp, day, 24]`` (BQ-07)."""
    sdps, intervals = wh.shape
    hours = wh.reshape(sdps, intervals // per_day, HOURS, per_day // HOURS)
    found: Quantities = hours.sum(axis=3, dtype=np.int64)
    return found


# --- demand -------------------------------------------------------------------------------------------------


def check_demand(demand: Demand, interval_minutes: int) -> None:
    """Hold a demand structure to the data it is to be taken from.

    :raises DemandError: the demand is finer than the data, or no whole multiple of its interval.
    """
    if demand.minutes < interval_minutes or demand.minutes % interval_minutes:
        raise DemandError(f"{demand.minutes}-minute demand cannot be taken from {interval_minutes}-minute intervals")


def demand_series(energy: NDArray[np.integer], interval_minutes: int, demand: Demand) -> Quantities:
    """Demand over each span, int64 ``[sdp, span]``: W from Wh, var from varh.

    Energy of a span, times how often the span goes into an hour: whole units, since spans are 15 or 60 minutes.

    :raises DemandError: see `check_demand`.
    """
    width, step, times = _spans(interval_minutes, demand)
    return _span_sums(energy, width, step).astype(np.int64) * times


def _spans(interval_minutes: int, demand: Demand) -> tuple[int, int, int]:
    """How many intervals a span has, how many the next one begins later, and how often a span goes into an hour."""
    check_demand(demand, interval_minutes)
    width = demand.minutes // interval_minutes
    return width, width if demand.method is Method.BLOCK else 1, 60 // demand.minutes


def _span_sums(energy: NDArray[np.integer], width: int, step: int) -> NDArray[np.integer]:
    """Energy of each span, at 32 bits where no sum exceeds them."""
    largest = max(int(energy.max(initial=0)), -int(energy.min(initial=0)))
    begins = energy.shape[1] - width + 1
    sums: NDArray[Any] = energy[:, :begins:step].astype(np.int32 if largest * width < _SAFE else np.int64)
    for place in range(1, width):
        sums += energy[:, place : begins + place : step]
    return sums


def peak_demand(wh: WattHours, interval_minutes: int, demand: Demand) -> Quantities:
    """The highest demand of each SDP, int64 W ``[sdp]`` (BQ-08).

    :raises DemandError: see `check_demand`.
    """
    width, step, times = _spans(interval_minutes, demand)
    if _worth_compiling(wh):
        return kernels.peak(wh, width, step) * times
    blocks = [_span_sums(wh[block], width, step).max(axis=1) for block in _blocks(wh)]
    return np.concatenate(blocks).astype(np.int64) * times


def peak_apparent_demand(
    wh: WattHours, varh: WattHours, interval_minutes: int, demand: Demand, rounding: Rounding = Rounding.DOWN
) -> Quantities:
    """The highest apparent demand of each SDP, int64 VA ``[sdp]``: the root of W² + var² (BQ-08).

    :param varh: reactive energy, as `wh`.
    :param rounding: what becomes of a fraction (AMB-57).
    :raises DemandError: see `check_demand`.
    """
    width, step, times = _spans(interval_minutes, demand)
    if _worth_compiling(wh, varh):
        squares, fits = kernels.peak_square(wh, varh, width, step, times)
        found = rounded_root(np.where(fits, squares, 0), rounding)
        if not fits.all():
            found[~fits] = _apparent(wh[~fits], varh[~fits], interval_minutes, demand, rounding)
        return found
    blocks = [_apparent(wh[block], varh[block], interval_minutes, demand, rounding) for block in _blocks(wh)]
    return np.concatenate(blocks)


def _apparent(wh: WattHours, varh: WattHours, interval_minutes: int, demand: Demand, rounding: Rounding) -> Quantities:
    watts, vars_ = (demand_series(energy, interval_minutes, demand) for energy in (wh, varh))
    if max(int(np.abs(watts).max(initial=0)), int(np.abs(vars_).max(initial=0))) < _SAFE:
        return rounded_root((watts * watts + vars_ * vars_).max(axis=1), rounding)
    rows = zip(watts.tolist(), vars_.tolist(), strict=True)
    highest = [max(w * w + v * v for w, v in zip(*row, strict=True)) for row in rows]
    roots = [math.isqrt(square) for square in highest]
    rests = [square - root * root for square, root in zip(highest, roots, strict=True)]
    return np.array([root + _up(rest, root, rounding) for root, rest in zip(roots, rests, strict=True)], dtype=np.int64)


def rounded_root(squares: Quantities, rounding: Rounding) -> Quantities:
    """The square root as an integer, exact."""
    roots = floor_root(squares)
    roots += _up(squares - roots * roots, roots, rounding)
    return roots


def _up(rest: Any, root: Any, rounding: Rounding) -> Any:
    """1 where a root with a rest is rounded up, else 0: the half of a root r is at a rest of r and a quarter."""
    return {Rounding.DOWN: 0, Rounding.NEAREST: rest > root, Rounding.UP: rest > 0}[rounding]


def floor_root(squares: Quantities) -> Quantities:
    """The floor of the square root, exact: a root in floating point is put right by integers."""
    roots = np.minimum(np.sqrt(squares.astype(np.float64)).astype(np.int64), _LARGEST_ROOT)
    roots -= roots * roots > squares
    roots += squares - roots * roots > 2 * roots
    return roots
