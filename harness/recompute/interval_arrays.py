"""Intervals of many SDPs as arrays ``[sdp, interval]``, or what of them is in doubt (BQ-01, BQ-02).

An SDP whose intervals have one length becomes a row of the arrays of that length. Where its rows contradict each other,
overlap or begin at odd times, what is clear is kept and the rest is marked as doubtful: what touches it is not decided.
An SDP that has intervals of several lengths on different days is kept day by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.interval_data import MINUTES_OF_DAY
from harness.recompute.clock_changes import is_hour_that_comes_twice
from harness.recompute.findings import Findings, instant_of
from harness.recompute.interval_reading import DOUBTFUL, EST_MINUTES, MISSING, Batch, Runs, Spans

_FEW = 16
"""Runs that begin at one place and are of one length are copied together from this number on, on the average."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The intervals of SDPs that have intervals of one length.

    :param sdps: int64 ``[row]``, places in the list of SDPs, in order.
    :param first: the EST day, in days since 1970-01-01, at whose midnight the first interval begins.
    :param varh: int32 as `wh`, or None where no SDP has any; `reactive`: bool ``[row]``, whether all intervals of a row
        have it, and `partly`: whether only some of them have.
    """

    minutes: int
    first: int
    sdps: NDArray[np.int64]
    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32] | None
    reactive: NDArray[np.bool_]
    partly: NDArray[np.bool_]


class OneDay(NamedTuple):
    """The intervals of an EST day of an SDP."""

    minutes: int
    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32] | None


@dataclass(slots=True)
class Intervals:
    """All intervals of some SDPs within some days.

    :param grids: by minutes; `by_day`: SDPs with intervals of several lengths, by EST day since 1970-01-01.
    """

    grids: Mapping[int, Grid]
    by_day: Mapping[int, Mapping[int, OneDay]]


class _Elements(NamedTuple):
    """Intervals one by one, a row for each."""

    sdp: NDArray[np.int64]
    start: NDArray[np.int64]
    minutes: NDArray[np.int64]
    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32]
    reactive: NDArray[np.bool_]

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> _Elements:
        return _Elements._make(each[chosen] for each in self)


@dataclass(slots=True)
class Collected:
    """Batches as they were read; `arrays` makes arrays of them.

    :param names: the SDPs, in order.
    """

    names: Sequence[str]
    findings: Findings
    batches: list[Batch] = field(default_factory=list)

    def take(self, batches: Iterable[Batch]) -> None:
        self.batches.extend(batch for batch in batches if batch.runs.sdp.size)

    def elements(
        self, sdps: NDArray[np.int64]
    ) -> Iterator[tuple[int, int, int, list[int], list[int], list[int] | None]]:
        """The runs of some SDPs as they were read: SDP, start, minutes, Wh, statuses and varh."""
        for batch in self.batches:
            for row in np.flatnonzero(np.isin(batch.runs.sdp, sdps)).tolist():
                sdp, start, minutes, begin, length, reactive = (each[row].item() for each in batch.runs)
                part = slice(begin, begin + length)
                varh = batch.varh[part].tolist() if reactive and batch.varh is not None else None
                yield sdp, start, minutes, batch.wh[part].tolist(), batch.status[part].tolist(), varh

    def arrays(self, first: int, days: int, doubts: Iterable[Spans]) -> Intervals:
        """Put the intervals of some days into arrays.

        :param first: the first EST day, in days since 1970-01-01.
        :param doubts: what is in doubt for other reasons.
        """
        found = _Placing(self, first, days, list(doubts))
        return found.placed()

    def release(self) -> None:
        """Let go of what was read."""
        self.batches.clear()


class _Placing:
    """One way of batches into arrays."""

    def __init__(self, collected: Collected, first: int, days: int, doubts: list[Spans]) -> None:
        self.names, self.findings = collected.names, collected.findings
        self.batches = list(collected.batches)
        self.first, self.days, self.doubts = first, days, doubts
        self.begins = first * MINUTES_OF_DAY + EST_MINUTES

    def placed(self) -> Intervals:
        sdp, minutes = self._together("sdp"), self._together("minutes")
        tangled = self._tangled(sdp, self._together("start"), minutes)
        if tangled.size:
            self._untangle(tangled)
            sdp, minutes = self._together("sdp"), self._together("minutes")
        size = len(self.names)
        shortest, longest = np.full(size, MINUTES_OF_DAY), np.zeros(size, dtype=np.int64)
        np.minimum.at(shortest, sdp, minutes)
        np.maximum.at(longest, sdp, minutes)
        grids = {
            each: self._grid(each, np.flatnonzero((shortest == each) & (longest == each)))
            for each in np.unique(minutes).tolist()
        }
        mixed = np.flatnonzero(longest > shortest)
        by_day = self._by_day(mixed) if mixed.size else {}
        doubts = _joined_spans(self.doubts)
        if doubts is not None:
            self._add_days(np.setdiff1d(doubts.sdp, np.flatnonzero(longest)), doubts, by_day)
            self._mark(doubts, grids, by_day)
        return Intervals({each: grid for each, grid in grids.items() if grid.sdps.size}, by_day)

    def _together(self, name: str) -> NDArray[np.int64]:
        return np.concatenate([getattr(batch.runs, name) for batch in self.batches] or [np.zeros(0, dtype=np.int64)])

    def _tangled(
        self, sdp: NDArray[np.int64], start: NDArray[np.int64], minutes: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """SDPs of which intervals overlap, or begin at no whole multiple of their length."""
        end = start + minutes * self._together("length")
        odd = (start - EST_MINUTES) % minutes != 0
        if not (np.diff(sdp) > 0).all():  # else each has one run
            order = np.lexsort((start, sdp))
            same = sdp[order][1:] == sdp[order][:-1]
            overlap = same & (start[order][1:] < end[order][:-1])
            return np.union1d(sdp[odd], sdp[order][1:][overlap])
        return np.unique(sdp[odd])

    # --- what contradicts itself ------------------------------------------------------------------------------

    def _untangle(self, tangled: NDArray[np.int64]) -> None:
        """Let the intervals of some SDPs be such as do not overlap, and note what is in doubt."""
        elements = self._elements_of(tangled)
        kept = []
        for batch in self.batches:
            own = ~np.isin(batch.runs.sdp, tangled)
            if own.any():
                kept.append(batch if own.all() else Batch(batch.wh, batch.status, batch.varh, batch.runs.rows(own)))
        self.batches = kept
        clear = self._without_odd(elements)
        clear = self._without_twins(clear)
        clear = self._without_overlaps(clear)
        if clear.sdp.size:
            self.batches.append(_batch_of(clear))

    def _elements_of(self, sdps: NDArray[np.int64]) -> _Elements:
        parts = []
        for batch in self.batches:
            runs = batch.runs.rows(np.isin(batch.runs.sdp, sdps))
            if not runs.sdp.size:
                continue
            run = np.repeat(np.arange(runs.sdp.size), runs.length)
            inner = np.arange(run.size) - np.repeat(np.cumsum(runs.length) - runs.length, runs.length)
            place = runs.begin[run] + inner
            start = runs.start[run] + inner * runs.minutes[run]
            varh = np.zeros(run.size, dtype=np.int32) if batch.varh is None else batch.varh[place]
            parts.append(
                _Elements(
                    runs.sdp[run],
                    start,
                    runs.minutes[run],
                    batch.wh[place],
                    batch.status[place],
                    varh,
                    runs.reactive[run],
                )
            )
        columns = (np.concatenate(each) for each in zip(*parts, strict=True))
        elements = _Elements(*columns)
        return elements.rows(elements.status != MISSING)

    def _doubt(self, elements: _Elements, code: str, found: str, expected: str) -> None:
        """Note intervals that are in doubt."""
        self._note(elements, code, found, expected)
        self.doubts.append(Spans(elements.sdp, elements.start, elements.start + elements.minutes))

    def _note(self, elements: _Elements, code: str, found: str, expected: str) -> None:
        sdps, firsts, counts = np.unique(elements.sdp, return_index=True, return_counts=True)
        for sdp, first, count in zip(sdps.tolist(), firsts.tolist(), counts.tolist(), strict=True):
            minute = int(elements.start[first])
            about = f"{found} at {instant_of(minute)}, {elements.wh[first]} Wh"
            self.findings.add(self.names[sdp], code, minute, count, about, expected)

    def _without_odd(self, elements: _Elements) -> _Elements:
        said = elements.reactive, elements.varh, elements.status, elements.wh  # so that the order of rows tells nothing
        elements = elements.rows(np.lexsort((*said, elements.minutes, elements.start, elements.sdp)))
        odd = (elements.start - EST_MINUTES) % elements.minutes != 0
        if odd.any():
            self._doubt(
                elements.rows(odd), "interval-misaligned", "an interval", "one that begins at a multiple of its length"
            )
        return elements.rows(~odd)

    def _without_twins(self, elements: _Elements) -> _Elements:
        """Of intervals that are there several times, one where all say the same; else none."""
        if not elements.sdp.size:
            return elements
        new = np.ones(elements.sdp.size, dtype=bool)
        for column in (elements.sdp, elements.start, elements.minutes):
            new[1:] &= column[1:] == column[:-1]
        new[0] = False
        again = new  # the same interval as in the row before
        group = np.cumsum(~again) - 1
        differs = np.zeros(elements.sdp.size, dtype=bool)
        for values in (elements.wh, elements.status, elements.varh, elements.reactive):
            differs[1:] |= values[1:] != values[:-1]
        torn = np.zeros(int(group[-1]) + 1, dtype=bool)
        torn[group[again & differs]] = True
        contradicted = torn[group]
        changed = _comes_more_often(elements.rows(~again), np.bincount(group))[group]
        if changed.any():
            self._doubt(elements.rows(changed), "clock-change", "an hour twice", "EST all year round")
        if (contradicted & ~changed).any():
            expected = "the same Wh and status each time"
            self._doubt(elements.rows(contradicted & ~changed), "interval-contradiction", "an interval twice", expected)
        same = again & ~contradicted & ~changed
        if same.any():
            self._note(elements.rows(same), "interval-twice", "an interval twice", "each interval once")
        return elements.rows(~again & ~contradicted & ~changed)

    def _without_overlaps(self, elements: _Elements) -> _Elements:
        if not elements.sdp.size:
            return elements
        end = elements.start + elements.minutes
        span = int(end.max()) - int(elements.start.min()) + 1
        axis = elements.sdp * span - int(elements.start.min())  # SDPs end to end on one axis of time
        furthest = np.maximum.accumulate(axis + end)
        over = np.zeros(elements.sdp.size, dtype=bool)
        over[1:] = (axis + elements.start)[1:] < furthest[:-1]
        ahead = np.append((axis + elements.start)[1:] < (axis + end)[:-1], False)
        if (over | ahead).any():
            expected = "intervals that follow one another"
            self._doubt(elements.rows(over | ahead), "interval-overlap", "an interval over another", expected)
        return elements.rows(~(over | ahead))

    # --- arrays ---------------------------------------------------------------------------------------------------

    def _grid(self, minutes: int, sdps: NDArray[np.int64]) -> Grid:
        """The arrays of the SDPs whose intervals have one length."""
        shape = sdps.size, self.days * MINUTES_OF_DAY // minutes
        row_of = np.full(len(self.names) + 1, -1, dtype=np.int64)
        row_of[sdps] = np.arange(sdps.size)
        wh, status = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.uint8)
        has = np.zeros(sdps.size, dtype=np.int8)  # 1: some intervals are reactive; 2: some are not; 3: both
        any_varh = any(batch.runs.reactive.any() for batch in self.batches)
        varh = np.zeros(shape, dtype=np.int32) if any_varh else None
        for batch in self.batches:
            rows = row_of[batch.runs.sdp]
            runs = batch.runs.rows(rows >= 0)
            rows = rows[rows >= 0]
            np.bitwise_or.at(has, rows, np.where(runs.reactive, 1, 2).astype(np.int8))
            arrays: list[tuple[NDArray[Any], NDArray[Any]]] = [(wh, batch.wh), (status, batch.status)]
            if varh is not None and batch.varh is not None:
                arrays.append((varh, batch.varh))
            _copy(arrays, *_clipped(rows, runs, (runs.start - self.begins) // minutes, shape[1]))
        return Grid(minutes, self.first, sdps, wh, status, varh, has == 1, has == 3)

    def _by_day(self, sdps: NDArray[np.int64]) -> dict[int, dict[int, OneDay]]:
        """The intervals of some SDPs day by day; a day that has two lengths is in doubt."""
        found: dict[int, dict[int, OneDay]] = {}
        elements = self._elements_of(sdps)
        day = (elements.start - EST_MINUTES) // MINUTES_OF_DAY
        order = np.lexsort((elements.start, day, elements.sdp))
        elements, day = elements.rows(order), day[order]
        breaks = np.flatnonzero((np.diff(elements.sdp) != 0) | (np.diff(day) != 0)) + 1
        for begin, end in zip([0, *breaks.tolist()], [*breaks.tolist(), day.size], strict=True):
            part = elements.rows(np.arange(begin, end))
            sdp, number = int(part.sdp[0]), int(day[begin])
            if part.minutes.min() != part.minutes.max():
                self._doubt(part, "interval-lengths", "intervals of two lengths", "one length on a day")
                midnight = number * MINUTES_OF_DAY + EST_MINUTES
                self.doubts.append(Spans(np.array([sdp]), np.array([midnight]), np.array([midnight + MINUTES_OF_DAY])))
            found.setdefault(sdp, {})[number] = _one_day(part, number)
        return found

    def _add_days(self, sdps: NDArray[np.int64], doubts: Spans, by_day: dict[int, dict[int, OneDay]]) -> None:
        """Let SDPs of which nothing is clear have days without intervals, in which what is in doubt is marked."""
        for place in np.flatnonzero(np.isin(doubts.sdp, sdps)).tolist():
            days = by_day.setdefault(int(doubts.sdp[place]), {})
            for day in _days_of(int(doubts.start[place]), int(doubts.end[place])):
                nothing = np.zeros(24, dtype=np.int32), np.zeros(24, dtype=np.uint8)
                days.setdefault(day, OneDay(60, *nothing, None))

    def _mark(self, doubts: Spans, grids: Mapping[int, Grid], by_day: Mapping[int, Mapping[int, OneDay]]) -> None:
        """Mark what is in doubt. An interval that is clear beside it stays as it is, where there is one."""
        for grid in grids.values():
            rows = np.searchsorted(grid.sdps, doubts.sdp)
            own = np.flatnonzero((rows < grid.sdps.size) & np.isin(doubts.sdp, grid.sdps))
            begins = (doubts.start[own] - self.begins) // grid.minutes
            ends = -((self.begins - doubts.end[own]) // grid.minutes)
            for row, begin, end in zip(rows[own].tolist(), begins.tolist(), ends.tolist(), strict=True):
                if end > 0:
                    part = slice(max(0, begin), end)
                    grid.status[row, part] = DOUBTFUL
                    grid.wh[row, part] = 0
        for sdp, start, end in zip(*(each.tolist() for each in doubts), strict=True):
            for day in _days_of(start, end):
                held = by_day.get(sdp, {}).get(day)
                if held is not None:
                    midnight = day * MINUTES_OF_DAY + EST_MINUTES
                    held.status[max(0, (start - midnight) // held.minutes) : -((midnight - end) // held.minutes)] = (
                        DOUBTFUL
                    )


def _days_of(start: int, end: int) -> range:
    """The EST days that a time falls into."""
    return range((start - EST_MINUTES) // MINUTES_OF_DAY, (end - 1 - EST_MINUTES) // MINUTES_OF_DAY + 1)


def _joined_spans(spans: Sequence[Spans]) -> Spans | None:
    filled = [each for each in spans if each.sdp.size]
    return Spans(*(np.concatenate(each) for each in zip(*filled, strict=True))) if filled else None


def _batch_of(elements: _Elements) -> Batch:
    """A batch of intervals, in order, that do not overlap."""
    broken = elements.sdp[1:] != elements.sdp[:-1]
    broken |= elements.start[1:] - elements.start[:-1] != elements.minutes[:-1]
    broken |= (elements.minutes[1:] != elements.minutes[:-1]) | (elements.reactive[1:] != elements.reactive[:-1])
    begin = np.concatenate([[0], np.flatnonzero(broken) + 1])
    length = np.diff(begin, append=elements.sdp.size)
    runs = Runs(
        elements.sdp[begin], elements.start[begin], elements.minutes[begin], begin, length, elements.reactive[begin]
    )
    return Batch(elements.wh, elements.status, elements.varh, runs)


def _one_day(part: _Elements, day: int) -> OneDay:
    """The intervals of a day; where they are of two lengths, those of the shortest alone."""
    minutes = int(part.minutes.min())
    part = part.rows(part.minutes == minutes)
    size = MINUTES_OF_DAY // minutes
    place = (part.start - EST_MINUTES - day * MINUTES_OF_DAY) // minutes
    wh, status = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.uint8)
    wh[place], status[place] = part.wh, part.status
    varh = None
    if part.reactive.all():
        varh = np.zeros(size, dtype=np.int32)
        varh[place] = part.varh
    return OneDay(minutes, wh, status, varh)


def _clipped(
    rows: NDArray[np.int64], runs: Runs, offset: NDArray[np.int64], width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rows, places in the row, places in the batch, and lengths: of runs as far as they are within the days."""
    skipped = np.maximum(0, -offset)
    length = np.minimum(runs.length - skipped, width - offset - skipped)
    inside = length > 0
    return rows[inside], (offset + skipped)[inside], (runs.begin + skipped)[inside], length[inside]


def _comes_more_often(intervals: _Elements, times: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which intervals of the hour that clocks show twice are there more often than those just before and after it.

    A file that was given twice has all of them twice.

    :param intervals: each once, in order.
    :param times: how often each is there.
    """
    hour, places = is_hour_that_comes_twice(intervals.start), np.arange(times.size)
    usual = np.full(times.size, times.max(initial=1))
    is_alone = np.ones(times.size, dtype=bool)
    before = np.maximum.accumulate(np.where(hour, -1, places))
    after = np.minimum.accumulate(np.where(hour, times.size, places)[::-1])[::-1]
    for beside in (before, after):
        there = (beside >= 0) & (beside < times.size)
        there[there] = intervals.sdp[beside[there]] == intervals.sdp[there]
        usual[there] = np.minimum(usual[there], times[beside[there]])
        is_alone &= ~there
    usual[is_alone] = 1
    found: NDArray[np.bool_] = hour & (times > usual)
    return found


def _copy(
    arrays: Sequence[tuple[NDArray[Any], NDArray[Any]]],
    rows: NDArray[np.int64],
    offset: NDArray[np.int64],
    begin: NDArray[np.int64],
    length: NDArray[np.int64],
) -> None:
    """Copy runs to their places: those of one place and length together, or, where there are too few, one by one."""
    if not rows.size:
        return
    width = arrays[0][0].shape[1]
    shape, group = np.unique(offset * (width + 1) + length, return_inverse=True)
    if shape.size * _FEW <= rows.size:
        order = np.argsort(group, kind="stable")
        edges = np.searchsorted(group[order], np.arange(shape.size + 1))
        for number, (here, there) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            chosen = order[here:there]
            first, size = divmod(int(shape[number]), width + 1)
            for target, values in arrays:
                windows = np.lib.stride_tricks.sliding_window_view(values, size)
                target[rows[chosen], first : first + size] = windows[begin[chosen]]
        return
    run = np.repeat(np.arange(rows.size), length)
    inner = np.arange(run.size) - np.repeat(np.cumsum(length) - length, length)
    place = (rows * width + offset)[run] + inner
    taken = begin[run] + inner
    for target, values in arrays:
        target.reshape(-1)[place] = values[taken]
