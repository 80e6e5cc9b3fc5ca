"""The sum check of requests that have quantities: which Transaction Status they may carry (SUM-01 to SUM-06).

Where the slides leave open what comes of a check, any of the statuses is right: where a meter or a multiplier changes
between the reads, where a read lies within an interval, or where the period has VEE services with and without the sum
check. Where what a check rests on is missing or in doubt, it is undetermined, and nothing is held against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.interval_data import MINUTES_OF_DAY
from harness.recompute.computing import Computing, RegisterReads
from harness.recompute.delivered import NONE
from harness.recompute.findings import Findings
from harness.recompute.interval_arrays import Grid, Intervals, OneDay
from harness.recompute.interval_reading import DOUBTFUL, EST_MINUTES, MISSING
from harness.recompute.master_data import METER, MULTIPLIER, OF_METERS, VEE, MasterData, day_number
from harness.recompute.quantities import OUTCOMES, QUANTITIES, OfSdps, Quantities
from harness.recompute.register_reads import Reads
from harness.recompute.requests import Requests

PASSED, OVER, NO_READ = 0, 1, 2
WORDS = ("delivered", "sum_check_threshold", "sum_check_no_register_read")
"""The statuses that a sum check may come to, by their names in the profile."""
LEFT_OPEN, UNDETERMINED, NONE_DUE = -1, -2, -3
COUNTED = (*WORDS, "undetermined", "left open")
"""What is counted of requests with quantities: a status that is negative is counted from the end."""
ANY = 7
"""All statuses, as bits."""
_CELLS = 2**24
"""Intervals that are looked at together at most."""
_DAY = MINUTES_OF_DAY * 60


@dataclass(slots=True)
class SumChecks:
    """What the sum checks of requests came to.

    :param status: int8 by request, a number of `WORDS`; `LEFT_OPEN` by the slides, or `UNDETERMINED` for want of data;
        `NONE_DUE` where there are no quantities.
    :param accepted: uint8 by request, a bit for each status that is right.
    :param interval_wh: energy between the reads, `NONE` where nothing was compared; `register_wh`, `variance_wh` alike.
    :param why: by request, why it is undetermined.
    """

    status: NDArray[np.int8]
    accepted: NDArray[np.uint8]
    interval_wh: NDArray[np.int64]
    register_wh: NDArray[np.int64]
    variance_wh: NDArray[np.int64]
    why: dict[int, str] = field(default_factory=dict)


def days_around(computing: Computing) -> int:
    """How many days before and after a period intervals may count, for the reads may lie there."""
    return -(-computing.sum_check.range_hours // 24)


def sum_checks(
    requests: Requests,
    place: NDArray[np.int64],
    sdps: Sequence[str],
    found: Quantities,
    intervals: Intervals,
    reads: Reads,
    master: MasterData,
    computing: Computing,
) -> SumChecks:
    """The sum checks of all requests that have quantities.

    :param place: of each request's SDP among `sdps`.
    """
    return _Checking(requests, place, sdps, found, intervals, reads, master, computing).checked()


def note_undetermined(
    checks: SumChecks, requests: Requests, place: NDArray[np.int64], sdps: Sequence[str], findings: Findings
) -> None:
    """Findings about sum checks that are undetermined."""
    for row, why in sorted(checks.why.items()):
        period = f"{day_number(int(requests.start[row]))} to {day_number(int(requests.end[row]))}"
        midnight = int(requests.start[row]) * MINUTES_OF_DAY + EST_MINUTES
        expected = "all that the sum check rests on"
        findings.add(sdps[int(place[row])], "sum-check-undetermined", midnight, 1, f"{period}: {why}", expected)


class _Between(NamedTuple):
    """What lies between two reads of some requests: energy, intervals that are missing, and whether edges fit."""

    wh: NDArray[np.int64]
    lacking: NDArray[np.int64]
    odd: NDArray[np.bool_]


class _Checking:
    """The way of requests through the sum check."""

    def __init__(
        self,
        requests: Requests,
        place: NDArray[np.int64],
        sdps: Sequence[str],
        found: Quantities,
        intervals: Intervals,
        reads: Reads,
        master: MasterData,
        computing: Computing,
    ) -> None:
        self.requests, self.place, self.found = requests, place, found
        self.intervals, self.reads, self.computing = intervals, reads, computing
        self.of_sdps = {
            name: OfSdps(master.spans[name], sdps, master.values[name]) for name in (VEE, METER, MULTIPLIER)
        }
        self.master = master
        size = requests.sdp.size
        self.result = SumChecks(
            np.full(size, NONE_DUE, dtype=np.int8),
            np.full(size, ANY, dtype=np.uint8),
            np.full(size, NONE),
            np.full(size, NONE),
            np.full(size, NONE),
        )

    def checked(self) -> SumChecks:
        due = np.flatnonzero(self.found.outcome == OUTCOMES.index(QUANTITIES))
        rows = self._that_have_one(due)
        in_doubt = self.reads.doubtful[self.place[rows]]
        self._cannot_tell(rows[in_doubt], "register reads are in doubt")
        rows = rows[~in_doubt]
        if rows.size:
            own = _reads_of_requests(self.reads.reads, self.place[rows])
            starts, ends = self._boundaries(rows)
            checking = self.computing.sum_check
            both = zip(checking.nearest(own, starts), checking.nearest(own, ends), strict=True)
            for number, (first, last) in enumerate(both):
                self._take_reading(rows, own, first, last, primary=number == 0)
        return self.result

    # --- which requests have one --------------------------------------------------------------------------------

    def _that_have_one(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of requests those whose VEE service has the sum check; others carry the status of success (SUM-05)."""
        vee, place = self.of_sdps[VEE], self.place[rows]
        start, end = self.requests.start[rows].astype(np.int64), self.requests.end[rows].astype(np.int64)
        applies = np.array([*(self.computing.sum_check.applies(word) for word in vee.values), False])
        number, whole = vee.throughout(place, start, end)
        for row in rows[~whole].tolist():
            period = int(self.requests.start[row]), int(self.requests.end[row])
            states = vee.within(int(self.place[row]), *period)
            has = {bool(self.computing.sum_check.applies(state.value)) for state in states}
            last = vee.on(self.place[[row]], self.requests.end[[row]].astype(np.int64) - 1)[0]
            if last < 0:
                self._cannot_tell(np.array([row]), "no VEE service on the last day")
            elif len(has) > 1:
                self._leave_open(np.array([row]))
        number = np.where(whole, number, vee.on(place, end - 1))
        decided = self.result.status[rows] == NONE_DUE
        without = rows[decided & ~applies[number]]
        self.result.status[without] = PASSED
        self.result.accepted[without] = 1 << PASSED
        found: NDArray[np.int64] = rows[decided & applies[number]]
        return found

    def _leave_open(self, rows: NDArray[np.int64]) -> None:
        self.result.status[rows] = LEFT_OPEN
        self.result.accepted[rows] = ANY

    def _cannot_tell(self, rows: NDArray[np.int64], why: str) -> None:
        self.result.status[rows] = UNDETERMINED
        self.result.accepted[rows] = ANY
        self.result.why.update(dict.fromkeys(rows.tolist(), why))

    def _boundaries(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When periods begin and end, by the zones of their first and last sub-periods, in seconds since 1970 UTC."""
        parts = self.found.parts
        late = np.array([self._begins_late(code) for code in parts.framings] or [False])
        first = np.searchsorted(parts.request, rows)
        last = np.searchsorted(parts.request, rows, side="right") - 1
        hours = 3600 * late.astype(np.int64)
        starts = self.requests.start[rows] * np.int64(_DAY) + EST_MINUTES * 60 + hours[parts.framing[first]]
        ends = self.requests.end[rows] * np.int64(_DAY) + EST_MINUTES * 60 + hours[parts.framing[last]]
        return starts, ends

    def _begins_late(self, code: str) -> bool:
        try:
            return self.computing.begins_late(code)
        except (KeyError, ValueError):
            return False

    # --- one reading of which reads are nearest ----------------------------------------------------------------

    def _take_reading(
        self,
        rows: NDArray[np.int64],
        reads: RegisterReads,
        first: NDArray[np.int64],
        last: NDArray[np.int64],
        *,
        primary: bool,
    ) -> None:
        """Let requests have the statuses that some choice of reads leads to."""
        none = (first < 0) | (last < 0)
        alone = ~none & (first == last)
        self._take(rows[none], 1 << NO_READ, NO_READ, primary=primary)
        serves = self.computing.sum_check.one_read_serves()
        bits = sum({1 << (PASSED if each else NO_READ) for each in serves})
        self._take(rows[alone], bits, PASSED if serves[0] else NO_READ, primary=primary)
        both = np.flatnonzero(~none & ~alone)
        if both.size:
            self._compare(rows[both], reads, first[both], last[both], primary=primary)

    def _take(self, rows: NDArray[np.int64], bits: int, status: int, *, primary: bool) -> None:
        if primary:
            self.result.status[rows] = status
            self.result.accepted[rows] = bits
        else:
            self.result.accepted[rows] |= np.uint8(bits)

    def _compare(
        self,
        rows: NDArray[np.int64],
        reads: RegisterReads,
        first: NDArray[np.int64],
        last: NDArray[np.int64],
        *,
        primary: bool,
    ) -> None:
        seconds = reads.seconds[first], reads.seconds[last]
        registers = self._registers(rows, seconds[0])
        same = registers.same_as(self._registers(rows, seconds[1]))
        between = self._between(rows, *seconds)
        self._leave_open(rows[~same | between.odd])
        lacking = same & ~between.odd & (between.lacking > 0)
        for row, number in zip(rows[lacking].tolist(), between.lacking[lacking].tolist(), strict=True):
            self._cannot_tell(np.array([row]), f"{number} intervals between the reads are missing or in doubt")
        clear = np.flatnonzero(same & ~between.odd & ~lacking)
        rows, wh = rows[clear], between.wh[clear]
        readings = reads.readings[first[clear]], reads.readings[last[clear]]
        got = self.computing.sum_check.compared(wh, readings, registers.digits[clear], registers.unit_wh[clear])
        bits = np.where(got.over, 1 << OVER, np.where(got.beyond_percent, 1 << OVER | 1 << PASSED, 1 << PASSED))
        if not primary:
            self.result.accepted[rows] |= bits.astype(np.uint8)
            return
        self.result.status[rows] = np.where(got.over, OVER, PASSED)
        self.result.accepted[rows] = bits
        self.result.interval_wh[rows] = wh
        self.result.register_wh[rows], self.result.variance_wh[rows] = got.register_wh, got.variance_wh

    # --- registers ------------------------------------------------------------------------------------------------

    def _registers(self, rows: NDArray[np.int64], seconds: NDArray[np.int64]) -> _Registers:
        """The registers of requests' SDPs on the EST days of instants."""
        days = (seconds - EST_MINUTES * 60) // _DAY
        meter = self.of_sdps[METER].on(self.place[rows], days)
        used, place = np.unique(meter, return_inverse=True)
        names = [self.master.values[METER][number] if number >= 0 else "" for number in used.tolist()]
        stated = [self.of_sdps[MULTIPLIER].on(self.place[rows], days)]
        for name in OF_METERS:
            of_meters = OfSdps(self.master.spans[name], names, self.master.values[name])
            stated.append(of_meters.on(place.reshape(-1), days))
        distinct, which = np.unique(np.stack(stated, axis=1), axis=0, return_inverse=True)
        known = [self._register(numbers) for numbers in distinct.tolist()]
        digits = np.array([0 if each is None else each[0] for each in known], dtype=np.int64)
        unit_wh = np.array([0 if each is None else each[1] for each in known], dtype=np.int64)
        return _Registers(meter, digits[which.reshape(-1)], unit_wh[which.reshape(-1)])

    def _register(self, numbers: Sequence[int]) -> tuple[int, int] | None:
        names = (MULTIPLIER, *OF_METERS)
        words = {
            name: self.master.values[name][number] if number >= 0 else None
            for name, number in zip(names, numbers, strict=True)
        }
        return self.computing.sum_check.register(words)

    # --- intervals ------------------------------------------------------------------------------------------------

    def _between(self, rows: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]) -> _Between:
        """What lies between two instants, in seconds since 1970 UTC, of requests' SDPs."""
        found = _Between(
            np.zeros(rows.size, dtype=np.int64), np.zeros(rows.size, dtype=np.int64), np.zeros(rows.size, dtype=bool)
        )
        sdps = self.place[rows]
        for grid in self.intervals.grids.values():
            row = np.minimum(np.searchsorted(grid.sdps, sdps), grid.sdps.size - 1)
            there = np.flatnonzero(grid.sdps[row] == sdps)
            together = max(1, _CELLS // grid.wh.shape[1])
            for begin in range(0, there.size, together):
                own = there[begin : begin + together]
                self._between_in_grid(found, own, grid, row[own], first[own], last[own])
        for number in np.flatnonzero(np.isin(sdps, list(self.intervals.by_day))).tolist():
            days = self.intervals.by_day[int(sdps[number])]
            self._between_in_days(found, number, days, int(first[number]), int(last[number]))
        return found

    def _between_in_grid(
        self,
        found: _Between,
        own: NDArray[np.int64],
        grid: Grid,
        row: NDArray[np.int64],
        first: NDArray[np.int64],
        last: NDArray[np.int64],
    ) -> None:
        begins, length = grid.first * _DAY + EST_MINUTES * 60, grid.minutes * 60
        found.odd[own] = ((first - begins) % length != 0) | ((last - begins) % length != 0)
        places = -((begins - first) // length), -((begins - last) // length)
        energy = self.computing.sum_check.energy
        found.wh[own] = energy(grid.wh[row], *places)
        status = grid.status[row]
        lacks = (status == MISSING) | (status == DOUBTFUL)
        if lacks.any():
            found.lacking[own] = energy(lacks.astype(np.int32), *places)

    def _between_in_days(self, found: _Between, number: int, days: Mapping[int, OneDay], first: int, last: int) -> None:
        """The same of an SDP whose intervals differ in length from day to day."""
        starts, values, lacks, lacking = [], [], [], 0
        for day in range((first - EST_MINUTES * 60) // _DAY, (last - 1 - EST_MINUTES * 60) // _DAY + 1):
            held = days.get(day)
            if held is None:
                lacking += 1
                continue
            begins = day * _DAY + EST_MINUTES * 60
            starts.append(begins + np.arange(held.wh.size, dtype=np.int64) * held.minutes * 60)
            values.append(held.wh)
            lacks.append((held.status == MISSING) | (held.status == DOUBTFUL))
            found.odd[number] |= any(
                begins <= each < begins + _DAY and (each - begins) % (held.minutes * 60) for each in (first, last)
            )
        if starts:
            places = np.searchsorted(np.concatenate(starts), np.array([[first], [last]]))
            energy = self.computing.sum_check.energy
            found.wh[number] = energy(np.concatenate(values)[None, :], *places)[0]
            lacking += int(energy(np.concatenate(lacks).astype(np.int32)[None, :], *places)[0])
        found.lacking[number] = lacking


class _Registers(NamedTuple):
    """Registers: numbers of meters, -1 where there is none; digits, 0 where there is no sense in them; Wh of a unit."""

    meter: NDArray[np.int64]
    digits: NDArray[np.int64]
    unit_wh: NDArray[np.int64]

    def same_as(self, other: _Registers) -> NDArray[np.bool_]:
        """Where both are one register of which everything is known."""
        same = [one == two for one, two in zip(self, other, strict=True)]
        found: NDArray[np.bool_] = np.logical_and.reduce([*same, self.meter >= 0, self.digits > 0])
        return found


def _reads_of_requests(reads: RegisterReads, place: NDArray[np.int64]) -> RegisterReads:
    """The reads of each request's SDP, request after request."""
    begins, counts = reads.offsets[place], reads.offsets[place + 1] - reads.offsets[place]
    offsets = np.concatenate([[0], np.cumsum(counts)])
    chosen = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1], counts) + np.repeat(begins, counts)
    return RegisterReads(offsets, reads.seconds[chosen], reads.readings[chosen])
