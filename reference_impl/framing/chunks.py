"""Interval data of any number of SDPs, a chunk at a time, so that memory does not grow with their number.

SDPs come one by one, with what intervals they have: some are gained or lost during the period, some lack intervals.
Each becomes a row of an array, with status MISSING where it has none; those with intervals of one length share arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from harness.interface.instants import Day
from reference_impl.framing.calendar import BillingCalendar
from reference_impl.framing.core import MINUTES_OF_DAY, Period, Status, Statuses, period_quantities

LENGTHS = (5, 15, 30, 60)
"""Minutes that an interval may have."""

CHUNK_BYTES = 2**27
"""What a chunk's arrays take at most: with one being filled for each length of interval, less than 1 GiB in all."""

_BYTES = np.dtype(np.int32).itemsize + np.dtype(np.uint8).itemsize


@dataclass(frozen=True, slots=True)
class Series:
    """Interval data of an SDP.

    :param begins: how many intervals after the start of the period its first one is; before it, if negative.
    :param wh: Wh of each interval, ``[interval]``; `status`: their statuses.
    """

    sdp: str
    minutes: int
    begins: int
    wh: NDArray[np.int32]
    status: Statuses


@dataclass(frozen=True, slots=True)
class Chunk:
    """SDPs with intervals of one length, and their data as arrays ``[sdp, interval]``."""

    sdps: tuple[str, ...]
    minutes: int
    wh: NDArray[np.int32]
    status: Statuses


@dataclass(slots=True)
class _Filling:
    minutes: int
    wh: NDArray[np.int32]
    status: Statuses
    sdps: list[str] = field(default_factory=list)

    def add(self, series: Series) -> None:
        row, intervals = len(self.sdps), self.wh.shape[1]
        begin, end = max(0, series.begins), min(intervals, series.begins + series.wh.size)
        if begin < end:
            part = slice(begin - series.begins, end - series.begins)
            self.wh[row, begin:end] = series.wh[part]
            self.status[row, begin:end] = series.status[part]
        self.sdps.append(series.sdp)

    def chunk(self) -> Chunk:
        rows = len(self.sdps)
        return Chunk(tuple(self.sdps), self.minutes, self.wh[:rows], self.status[:rows])


def in_chunks(sdps: Iterable[Series], days: int, chunk_bytes: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """Put SDPs into chunks, in the order in which they come, by length of interval.

    :param days: those of the period; intervals before or after it are left out.
    :raises ValueError: intervals of an SDP have a length that there is not, values and statuses differ in number, or
        values have another type than int32, or one that it holds.
    """
    filling: dict[int, _Filling] = {}
    for series in sdps:
        _check(series)
        intervals = days * MINUTES_OF_DAY // series.minutes
        rows = max(1, chunk_bytes // (intervals * _BYTES))
        if series.minutes not in filling:
            shape = rows, intervals
            wh, status = np.zeros(shape, dtype=np.int32), np.full(shape, Status.MISSING, dtype=np.uint8)
            filling[series.minutes] = _Filling(series.minutes, wh, status)
        filling[series.minutes].add(series)
        if len(filling[series.minutes].sdps) == rows:
            yield filling.pop(series.minutes).chunk()
    for rest in filling.values():
        yield rest.chunk()


def _check(series: Series) -> None:
    if series.minutes not in LENGTHS:
        raise ValueError(f"{series.sdp}: intervals of {series.minutes} minutes; expected one of {LENGTHS}")
    if series.wh.size != series.status.size:
        raise ValueError(f"{series.sdp}: {series.wh.size} values and {series.status.size} statuses; expected as many")
    if not np.can_cast(series.wh.dtype, np.int32):
        raise ValueError(f"{series.sdp}: values of type {series.wh.dtype}; expected int32")


def framed_chunks(
    held: Iterable[Chunk], calendar: BillingCalendar, first: Day, last: Status = Status.NV
) -> Iterator[tuple[Chunk, Period]]:
    """Energy by bucket, and eligibility, of each chunk as it comes.

    :param first: the first day of the period.
    :param last: the last eligible status (AMB-04).
    """
    buckets: dict[int, NDArray[np.uint8]] = {}
    for chunk in held:
        per_day = MINUTES_OF_DAY // chunk.minutes
        if chunk.minutes not in buckets:
            buckets[chunk.minutes] = calendar.buckets(first, chunk.wh.shape[1] // per_day, per_day)
        yield chunk, period_quantities(chunk.wh, chunk.status, buckets[chunk.minutes], last)
