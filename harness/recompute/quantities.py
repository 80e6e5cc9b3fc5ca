"""Quantities by request and sub-period, for many SDPs: what segmentation and framing make of their intervals.

Requests that are divided in the same way are divided once, and sub-periods of one framing structure over the same days
are computed together. A request has quantities if all its sub-periods have (WIN-03); else it has no data, or, where
something that it rests on is in doubt, it is undetermined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.interval_data import MINUTES_OF_DAY
from harness.recompute.clock_changes import is_hour_left_out
from harness.recompute.computing import Computing, DayOfIntervals, IntervalArrays, Part, State
from harness.recompute.delivered import FIELDS, HOURS, NONE
from harness.recompute.findings import Findings, instant_of
from harness.recompute.interval_arrays import Grid, Intervals
from harness.recompute.interval_reading import DOUBTFUL, EST_MINUTES
from harness.recompute.master_data import ACCOUNT, FRAMING, MasterData, Spans, day_number, days_since_1970, states_of
from harness.recompute.requests import Requests

QUANTITIES, NO_DATA, UNDETERMINED = "quantities", "no data", "undetermined"
OUTCOMES = (QUANTITIES, NO_DATA, UNDETERMINED)
"""What becomes of a request."""
TOTALS = (*FIELDS["6000"], *FIELDS["6200"])
"""The quantities of a sub-period that are no hours."""
NOT_JUDGED = NONE + 1
"""Stands for a quantity that the slides leave open."""


class Parts(NamedTuple):
    """Sub-periods, by request: days since 1970-01-01, and numbers of framing structures.

    :param request: the row of the request.
    """

    request: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    framing: NDArray[np.int32]
    framings: Sequence[str]


@dataclass(slots=True)
class Quantities:
    """What requests came to.

    :param outcome: by request, a number of `OUTCOMES`; `why`: by request, what kept it from being decided.
    :param totals: int64 ``[part, field of TOTALS]``, `NONE` where a field is not delivered.
    :param hours: int64 ``[days * 24]`` of each part that is framed as Hourly, by part.
    :param missing: by request, intervals that are missing; `barred`: that are not eligible; `doubtful`: in doubt.
    """

    parts: Parts
    outcome: NDArray[np.int8]
    totals: NDArray[np.int64]
    hours: dict[int, NDArray[np.int64]]
    missing: NDArray[np.int64]
    barred: NDArray[np.int64]
    doubtful: NDArray[np.int64]
    why: dict[int, str] = field(default_factory=dict)


def divided(
    requests: Requests, place: NDArray[np.int64], sdps: Sequence[str], master: MasterData, computing: Computing
) -> tuple[Parts, dict[int, str]]:
    """Divide every request into its sub-periods (SEG-01 to SEG-06).

    :param place: of each request's SDP among `sdps`.
    :returns: the parts, and why requests have none, by request.
    """
    found = _Division(requests, place, sdps, master, computing)
    return found.parts()


class _Division:
    """Divides requests, those that are alike together."""

    def __init__(
        self,
        requests: Requests,
        place: NDArray[np.int64],
        sdps: Sequence[str],
        master: MasterData,
        computing: Computing,
    ) -> None:
        self.requests, self.place, self.sdps = requests, place, sdps
        self.computing = computing
        self.framings = master.values[FRAMING]
        self.known = [self._is_known(code) for code in self.framings]
        self.histories = {name: OfSdps(master.spans[name], sdps, master.values[name]) for name in (FRAMING, ACCOUNT)}
        self.numbers: dict[str, int] = {code: number for number, code in enumerate(self.framings)}
        self.why: dict[int, str] = {}

    def _is_known(self, code: str) -> bool:
        try:
            self.computing.file_types(code)
        except (KeyError, ValueError):
            return False
        return True

    def parts(self) -> tuple[Parts, dict[int, str]]:
        divisions: dict[tuple[Any, ...], Sequence[Part] | None] = {}
        columns: list[tuple[NDArray[np.int64], Sequence[Part]]] = []
        for key, rows in self._alike():
            if key not in divisions:
                divisions[key] = self._sub_periods(*key)
            parts = divisions[key]
            if parts is None:
                unknown = [state.value for state in key[2] if not self.known[self.numbers[state.value]]]
                reason = f"framing-unknown {unknown[0]}" if unknown else "framing-missing"
                self.why.update(dict.fromkeys(rows.tolist(), reason))
            else:
                columns.append((rows, parts))
        return self._in_order(columns), self.why

    def _sub_periods(
        self, start: int, end: int, framings: Sequence[State], accounts: Sequence[State]
    ) -> Sequence[Part] | None:
        if any(not self.known[self.numbers[state.value]] for state in framings):
            return None
        return self.computing.sub_periods(day_number(start), day_number(end), framings, accounts)

    def _alike(self) -> Iterator[tuple[tuple[Any, ...], NDArray[np.int64]]]:
        """Requests that are divided alike: by period, framing structures and accounts within it."""
        start, end = self.requests.start.astype(np.int64), self.requests.end.astype(np.int64)
        framing, plain = self.histories[FRAMING].throughout(self.place, start, end)
        plain &= self.histories[ACCOUNT].is_one(self.place, start, end)
        rows = np.flatnonzero(plain)
        keys = np.stack([start[rows], end[rows], framing[rows]], axis=1)
        distinct, group = np.unique(keys, axis=0, return_inverse=True)
        order = np.argsort(group.reshape(-1), kind="stable")
        edges = np.searchsorted(group.reshape(-1)[order], np.arange(len(distinct) + 1))
        for number, (first, last, code) in enumerate(distinct.tolist()):
            state = State(day_number(first), None, self.framings[code])
            yield (first, last, (state,), ()), rows[order[edges[number] : edges[number + 1]]]
        several: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for row in np.flatnonzero(~plain).tolist():
            first, last = int(start[row]), int(end[row])
            within = (self.histories[name].within(int(self.place[row]), first, last) for name in (FRAMING, ACCOUNT))
            several[first, last, *within].append(row)
        for key, members in several.items():
            yield key, np.array(members, dtype=np.int64)

    def _in_order(self, columns: Sequence[tuple[NDArray[np.int64], Sequence[Part]]]) -> Parts:
        request = np.concatenate([np.tile(rows, len(parts)) for rows, parts in columns] or [np.zeros(0, np.int64)])
        sizes = [rows.size for rows, _ in columns]

        def spread(of: Any) -> NDArray[np.int32]:
            values = [
                np.full(size, of(part), dtype=np.int32)
                for (_, parts), size in zip(columns, sizes, strict=True)
                for part in parts
            ]
            return np.concatenate(values or [np.zeros(0, np.int32)])

        start = spread(lambda part: days_since_1970(part.start))
        order = np.lexsort((start, request))
        end = spread(lambda part: days_since_1970(part.end))
        framing = spread(lambda part: self.numbers[part.framing])
        return Parts(request[order], start[order], end[order], framing[order], self.framings)


class OfSdps:
    """The spans of one attribute of some SDPs."""

    def __init__(self, spans: Spans, sdps: Sequence[str], values: Sequence[str]) -> None:
        self.spans, self.values = spans, values
        ids = np.array([sdp.encode() for sdp in sdps], dtype=bytes) if len(sdps) else np.zeros(0, dtype="S1")
        self.first = np.searchsorted(spans.sdp, ids)
        self.last = np.searchsorted(spans.sdp, ids, side="right")

    def _overlapping(
        self, place: NDArray[np.int64], start: Any, end: Any
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first span of each SDP that holds after a day, and how many from there on begin before another."""
        first, last = self.first[place].copy(), self.last[place]
        while True:  # few SDPs have more than a few spans
            behind = (first < last) & (self._at(self.spans.end, first) <= start)
            if not behind.any():
                break
            first[behind] += 1
        count = np.zeros(first.size, dtype=np.int64)
        while True:
            more = (first + count < last) & (self._at(self.spans.start, first + count) < end)
            if not more.any():
                return first, count
            count[more] += 1

    def _at(self, column: NDArray[Any], places: NDArray[np.int64]) -> NDArray[Any]:
        if not column.size:
            return np.zeros(places.size, dtype=np.int64)
        found: NDArray[Any] = column[np.minimum(places, column.size - 1)]
        return found

    def throughout(self, place: NDArray[np.int64], start: Any, end: Any) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The number of the value that holds over whole periods, and in which periods one does."""
        first, count = self._overlapping(place, start, end)
        whole = (count == 1) & (self._at(self.spans.start, first) <= start) & (self._at(self.spans.end, first) >= end)
        return self._at(self.spans.value, first).astype(np.int64), whole

    def is_one(self, place: NDArray[np.int64], start: Any, end: Any) -> NDArray[np.bool_]:
        """In which periods one value holds throughout, or none at all."""
        first, count = self._overlapping(place, start, end)
        whole = (count == 1) & (self._at(self.spans.start, first) <= start) & (self._at(self.spans.end, first) >= end)
        found: NDArray[np.bool_] = whole | (count == 0)
        return found

    def on(self, place: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the value that holds on a day; -1 where none does."""
        first, count = self._overlapping(place, day, day + 1)
        return np.where(count > 0, self._at(self.spans.value, first), -1).astype(np.int64)

    def within(self, place: int, start: int, end: int) -> tuple[State, ...]:
        """The states of an SDP that hold on a day from one until another."""
        states = states_of(self.spans, slice(int(self.first[place]), int(self.last[place])), self.values)
        first, last = day_number(start), day_number(end)
        return tuple(state for state in states if state.start < last and (state.end is None or state.end > first))


def computed(
    requests: Requests,
    place: NDArray[np.int64],
    parts: Parts,
    why: Mapping[int, str],
    intervals: Intervals,
    computing: Computing,
) -> Quantities:
    """The quantities of every request that is divided.

    :param place: of each request's SDP.
    :param why: requests that cannot be divided, with the reason.
    """
    size = requests.sdp.size
    missing, barred, doubtful = (np.zeros(size, dtype=np.int64) for _ in range(3))
    totals = np.full((parts.request.size, len(TOTALS)), NONE)
    outcome = np.zeros(size, dtype=np.int8)
    found = Quantities(parts, outcome, totals, {}, missing, barred, doubtful, dict(why))
    whole = np.zeros(parts.request.size, dtype=bool)
    for minutes, row, members, part in _together(parts, place, intervals):
        grid = intervals.grids[minutes]
        whole[members] = _of_grid(found, grid, row, members, part, computing)
    for member in np.flatnonzero(np.isin(place[parts.request], list(intervals.by_day))).tolist():
        days = intervals.by_day[int(place[parts.request[member]])]
        whole[member] = _of_days(found, days, member, _part(parts, member), computing)
    _decide(found, whole, size)
    _count_what_lacks(found, requests, place, intervals, computing)
    return found


def _part(parts: Parts, member: int) -> Part:
    first, last = day_number(int(parts.start[member])), day_number(int(parts.end[member]))
    return Part(first, last, parts.framings[int(parts.framing[member])])


def _together(
    parts: Parts, place: NDArray[np.int64], intervals: Intervals
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64], Part]]:
    """Parts that are computed together: minutes, rows of the arrays, places among the parts, and the part."""
    sdps = place[parts.request]
    for minutes, grid in intervals.grids.items():
        row = np.searchsorted(grid.sdps, sdps)
        there = np.flatnonzero((row < grid.sdps.size) & (grid.sdps[np.minimum(row, grid.sdps.size - 1)] == sdps))
        if not there.size:
            continue
        keys = np.stack([parts.start[there], parts.end[there], parts.framing[there]], axis=1)
        _, firsts, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(group.reshape(-1), kind="stable")
        edges = np.searchsorted(group.reshape(-1)[order], np.arange(firsts.size + 1))
        for number in range(firsts.size):
            members = there[order[edges[number] : edges[number + 1]]]
            yield minutes, row[members], members, _part(parts, int(members[0]))


_CELLS = 2**24
"""Intervals that are computed together at most."""


def _of_grid(
    found: Quantities, grid: Grid, rows: NDArray[np.int64], members: NDArray[np.int64], part: Part, computing: Computing
) -> NDArray[np.bool_]:
    """Compute parts that are alike; which of them have all their data."""
    whole = np.zeros(members.size, dtype=bool)
    together = max(1, _CELLS // max(1, grid.wh.shape[1]))
    first = (days_since_1970(part.start) - grid.first) * (MINUTES_OF_DAY // grid.minutes)
    width = ((part.end - part.start).days + 1) * (MINUTES_OF_DAY // grid.minutes)
    window = np.s_[first : first + width]
    for begin in range(0, members.size, together):
        chosen, own = rows[begin : begin + together], members[begin : begin + together]
        varh = None if grid.varh is None else grid.varh[chosen, window]
        arrays = IntervalArrays(
            grid.minutes, part.start, grid.wh[chosen, window], grid.status[chosen, window], varh, grid.reactive[chosen]
        )
        got = computing.quantities(arrays, part)
        whole[begin : begin + together] = got.eligible
        for place, name in enumerate(TOTALS):
            if name in got.quantities and (name != "total_wh" or got.hourly is None):
                found.totals[own, place] = got.quantities[name]
        if "peak_w" in got.quantities:
            has = np.zeros(own.size, dtype=bool) if got.apparent is None else got.apparent
            apparent = TOTALS.index("peak_va")
            found.totals[own[~has], apparent] = NONE
            found.totals[own[grid.partly[chosen]], apparent] = NOT_JUDGED
        if got.hourly is not None:
            hours = got.hourly.reshape(own.size, -1)
            found.hours.update((member, hours[number]) for number, member in enumerate(own.tolist()))
    return whole


def _of_days(found: Quantities, days: Mapping[int, Any], member: int, part: Part, computing: Computing) -> bool:
    """Compute one part of an SDP whose intervals differ in length; whether it has all its data."""
    by_day = {day_number(number): DayOfIntervals(*held) for number, held in days.items()}
    records = computing.quantities_by_day(by_day, part)
    if records is None:
        return False
    for of_type in records.values():
        for fields in of_type:
            for place, name in enumerate(TOTALS):
                value = fields.get(name)
                if isinstance(value, int):
                    found.totals[member, place] = value
    if "6100" in records:
        hours = [int(str(fields[hour])) for fields in records["6100"] for hour in HOURS]
        found.hours[member] = np.array(hours, dtype=np.int64)
    reactive = {held.varh is None for day, held in days.items() if part.start <= day_number(day) <= part.end}
    if len(reactive) > 1 and "6200" in records:
        found.totals[member, TOTALS.index("peak_va")] = NOT_JUDGED
    return True


def _decide(found: Quantities, whole: NDArray[np.bool_], size: int) -> None:
    """Which requests have quantities: those of which every part has (WIN-03)."""
    lacking = np.ones(size, dtype=bool)
    lacking[found.parts.request] = False
    lacking[found.parts.request[~whole]] = True
    found.outcome[lacking] = OUTCOMES.index(NO_DATA)


def _count_what_lacks(
    found: Quantities, requests: Requests, place: NDArray[np.int64], intervals: Intervals, computing: Computing
) -> None:
    """Count what requests without quantities lack, and which are undetermined."""
    parts = found.parts
    framed = np.zeros(requests.sdp.size, dtype=bool)
    framed[parts.request] = True
    lacking = np.flatnonzero(found.outcome == OUTCOMES.index(NO_DATA))
    begins = np.searchsorted(parts.request, lacking)
    ends = np.searchsorted(parts.request, lacking, side="right")
    for request, first, last in zip(lacking.tolist(), begins.tolist(), ends.tolist(), strict=True):
        if first == last:
            found.outcome[request] = OUTCOMES.index(UNDETERMINED)
            continue
        for member in range(first, last):
            status = _statuses(int(place[request]), _part(parts, member), intervals, computing)
            found.missing[request] += int((status == 0).sum())
            found.doubtful[request] += int((status == DOUBTFUL).sum())
            found.barred[request] += int(((status > 0) & (status < DOUBTFUL)).sum()) - _eligible(status, computing)
        if found.doubtful[request]:
            found.outcome[request] = OUTCOMES.index(UNDETERMINED)
            found.why[request] = f"{found.doubtful[request]} intervals in doubt"


def _eligible(status: NDArray[np.uint8], computing: Computing) -> int:
    return int(((status >= 1) & (status <= computing.last_eligible)).sum())


def _statuses(sdp: int, part: Part, intervals: Intervals, computing: Computing) -> NDArray[np.uint8]:
    """The statuses of an SDP's intervals over the days of a part; of hours, where it has no intervals at all."""
    late = 60 if computing.begins_late(part.framing) else 0
    first = days_since_1970(part.start)
    for grid in intervals.grids.values():
        row = int(np.searchsorted(grid.sdps, sdp))
        if row < grid.sdps.size and grid.sdps[row] == sdp:
            per_day = MINUTES_OF_DAY // grid.minutes
            begin = (first - grid.first) * per_day + late // grid.minutes
            return grid.status[row, begin : begin + (part.end - part.start).days * per_day]
    days = intervals.by_day.get(sdp, {})
    found = []
    for number in range(first, days_since_1970(part.end) + (1 if late else 0)):
        held = days.get(number)
        status = np.zeros(24, dtype=np.uint8) if held is None else held.status
        found.append(status)
    if late and found:
        found[0] = found[0][found[0].size // 24 :]
        found[-1] = found[-1][: found[-1].size // 24]
    return np.concatenate(found)


def note_what_lacks(
    found: Quantities,
    requests: Requests,
    place: NDArray[np.int64],
    names: Sequence[str],
    findings: Findings,
    intervals: Intervals,
    computing: Computing,
) -> None:
    """Findings about requests that have no quantities."""
    for request in np.flatnonzero(found.outcome != OUTCOMES.index(QUANTITIES)).tolist():
        name = names[int(place[request])]
        period = f"{day_number(int(requests.start[request]))} to {day_number(int(requests.end[request]))}"
        midnight = int(requests.start[request]) * MINUTES_OF_DAY + EST_MINUTES
        reason = found.why.get(request, "")
        if reason.startswith("framing-"):
            code, _, value = reason.partition(" ")
            expected = "a framing structure of the profile on each day"
            findings.add(name, code, midnight, 1, f"{value or 'none'} in the period {period}", expected)
        if found.missing[request]:
            minute, left_out = _first_missing(found, request, int(place[request]), intervals, computing)
            told = f"{found.missing[request]} of the period {period}, the first at {instant_of(minute)}"
            findings.add(name, "interval-missing", minute, int(found.missing[request]), told, "every interval")
            if left_out:
                findings.add(name, "clock-change", minute, 1, "an hour left out", "EST all year round")
        if found.barred[request]:
            told = f"{found.barred[request]} of the period {period}"
            findings.add(name, "interval-not-eligible", midnight, int(found.barred[request]), told, "eligible ones")


def _first_missing(
    found: Quantities, request: int, sdp: int, intervals: Intervals, computing: Computing
) -> tuple[int, bool]:
    """The first instant at which a request lacks an interval, and whether all it lacks is the hour that clocks skip."""
    first = int(np.searchsorted(found.parts.request, request))
    last = int(np.searchsorted(found.parts.request, request, side="right"))
    instants = []
    for member in range(first, last):
        part = _part(found.parts, member)
        status = _statuses(sdp, part, intervals, computing)
        minutes = (part.end - part.start).days * MINUTES_OF_DAY // status.size
        begins = days_since_1970(part.start) * MINUTES_OF_DAY + EST_MINUTES
        begins += 60 if computing.begins_late(part.framing) else 0
        instants.append(begins + np.flatnonzero(status == 0) * minutes)
    every = np.concatenate(instants)
    return int(every[0]), bool(is_hour_left_out(every).all())
