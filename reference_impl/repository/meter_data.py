"""Meter data as the repository holds it: intervals with their validation status, by SDP and day, and register reads.

It comes from outside these interfaces. What comes later for an interval replaces what was there (an edit, for one).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.interface.instants import Day, Instant, at, day_of, later, midnight
from reference_impl.framing import Status, Zone
from reference_impl.framing.core import MINUTES_OF_DAY
from reference_impl.repository.sum_check import Read

HOURS_OF_DAY = 24
LENGTHS = (5, 15, 30, 60)
"""The lengths of intervals, in minutes."""
LARGEST = 2**31 - 1
"""The energy of an interval, in Wh or varh, is held in 32 bits."""


@dataclass(slots=True)
class DayData:
    """The intervals of an EST day: int32 Wh, int32 varh where there is reactive data, uint8 status."""

    minutes: int
    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32] | None = None


@dataclass(slots=True)
class MeterData:
    """All intervals and register reads that have come, by Universal SDP ID.

    :param days: intervals by EST day; `received_until`: the end of the last one that was received.
    :param reads: dial units by instant.
    """

    days: dict[str, dict[Day, DayData]] = field(default_factory=dict)
    received_until: dict[str, Instant] = field(default_factory=dict)
    reads: dict[str, dict[Instant, int]] = field(default_factory=dict)

    def day(self, sdp: str, day: Day) -> DayData | None:
        return self.days.get(sdp, {}).get(day)

    def register_reads(self, sdp: str) -> list[Read]:
        """The register reads of an SDP, in order of time."""
        return [Read(moment, reading) for moment, reading in sorted(self.reads.get(sdp, {}).items())]


@dataclass(frozen=True, slots=True)
class Intervals:
    """Consecutive intervals of an SDP from an instant on.

    :param statuses: one of them for each interval.
    """

    sdp: str
    start: Instant
    minutes: int
    wh: Sequence[int]
    statuses: Sequence[Status]
    varh: Sequence[int] | None = None

    def days(self) -> Iterator[Day]:
        """The EST days that they fall into."""
        day, end = day_of(self.start), later(self.start, minutes=len(self.wh) * self.minutes)
        while midnight(day) < end:
            yield day
            day = Day(day + timedelta(days=1))


def intervals_of(entry: Mapping[str, Any], statuses: Mapping[str, Status], start: Instant) -> Intervals:
    """Intervals as a `load` message gives them.

    :raises ValueError: the interval length, a status or the number of values makes no sense.
    """
    minutes, wh = int(entry["interval_minutes"]), [int(value) for value in entry["wh"]]
    stated = entry["status"]
    words = [stated] * len(wh) if isinstance(stated, str) else list(stated)
    varh = entry.get("varh")
    if minutes not in LENGTHS or len(words) != len(wh) or (varh is not None and len(varh) != len(wh)):
        raise ValueError(f"intervals of {minutes} minutes with {len(wh)} values and {len(words)} statuses")
    if int((start - midnight(day_of(start))).total_seconds()) % (minutes * 60):
        raise ValueError(f"intervals of {minutes} minutes that start at {start}")
    if not all(abs(value) <= LARGEST for value in (*wh, *(varh or ()))):
        raise ValueError(f"an interval of more than {LARGEST} Wh or varh")
    codes = [statuses[word] for word in words]
    return Intervals(str(entry["universal_sdp_id"]), start, minutes, wh, codes, varh)


def take_intervals(data: MeterData, new: Intervals) -> None:
    """Let intervals be held that were received."""
    hold(data, new)
    end = later(new.start, minutes=len(new.wh) * new.minutes)
    data.received_until[new.sdp] = max(end, data.received_until.get(new.sdp, end))


def take_register_read(data: MeterData, entry: Mapping[str, Any], moment: Instant) -> None:
    """Let a register read be held, as a `load` message gives it; it replaces one of the same instant.

    :raises ValueError: the reading is negative.
    """
    reading = int(entry["reading"])
    if reading < 0:
        raise ValueError(f"a register read of {reading}")
    data.reads.setdefault(str(entry["universal_sdp_id"]), {})[moment] = reading


def hold(data: MeterData, new: Intervals, *, only_where_missing: bool = False) -> None:
    """Let intervals be held. A day whose intervals come in another length than before is replaced as a whole.

    :param only_where_missing: leave what is held already as it is, and a day of another length with it.
    """
    by_day = data.days.setdefault(new.sdp, {})
    for number, (energy, status) in enumerate(zip(new.wh, new.statuses, strict=True)):
        moment = new.start + timedelta(minutes=number * new.minutes)
        day = day_of(Instant(moment))
        held = by_day.get(day)
        place = (moment.hour * 60 + moment.minute) // new.minutes
        if only_where_missing and held is not None and (held.minutes != new.minutes or held.status[place]):
            continue
        if held is None or held.minutes != new.minutes:
            held = by_day[day] = _empty(new.minutes)
        held.wh[place], held.status[place] = energy, status
        if new.varh is not None:
            if held.varh is None:
                held.varh = np.zeros(held.wh.size, dtype=np.int32)
            held.varh[place] = new.varh[number]


def _empty(minutes: int) -> DayData:
    size = MINUTES_OF_DAY // minutes
    return DayData(minutes, np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.uint8))


def day_begins(day: Day, zone: Zone) -> Instant:
    """When a day begins by the clock of a zone: a Central day at 01:00 EST (AMB-25)."""
    return at(day, 1 if zone is Zone.CENTRAL else 0)


def energy_between(data: MeterData, sdp: str, first: Instant, last: Instant) -> int:
    """The energy, in Wh, of the intervals that begin at or after an instant and before another, of any status."""
    total, day = 0, day_of(first)
    while day <= day_of(last):
        held = data.day(sdp, day)
        if held is not None:
            total += int(
                held.wh[_place(day, first, held.minutes) : _place(day, last, held.minutes)].sum(dtype=np.int64)
            )
        day = Day(day + timedelta(days=1))
    return total


def _place(day: Day, moment: Instant, minutes: int) -> int:
    """The place in a day of the first interval that begins at or after an instant, within the day."""
    seconds = int((moment - midnight(day)).total_seconds())
    return min(max(0, -(-seconds // (minutes * 60))), MINUTES_OF_DAY // minutes)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hourly energy of an SDP over some days of a zone: int64 Wh and bool eligible, ``[day * 24]``."""

    wh: NDArray[np.int64]
    eligible: NDArray[np.bool_]


def hours(data: MeterData, sdp: str, days: Sequence[Day], zone: Zone, last: Status) -> Hours:
    """The hourly energy of an SDP, whatever the length of its intervals.

    :param zone: a Central day begins at 01:00 EST (AMB-25).
    :param last: the last eligible status.
    """
    shift = 1 if zone is Zone.CENTRAL else 0
    spread = [*days, Day(days[-1] + timedelta(days=1))] if shift else list(days)
    parts = [_hours_of_day(data.day(sdp, day), last) for day in spread]
    wh = np.concatenate([energy for energy, _ in parts])
    eligible = np.concatenate([flags for _, flags in parts])
    size = len(days) * HOURS_OF_DAY
    return Hours(wh[shift : shift + size], eligible[shift : shift + size])


def _hours_of_day(held: DayData | None, last: Status) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    if held is None:
        return np.zeros(HOURS_OF_DAY, dtype=np.int64), np.zeros(HOURS_OF_DAY, dtype=np.bool_)
    energy = held.wh.reshape(HOURS_OF_DAY, -1).sum(axis=1, dtype=np.int64)
    flags = ((held.status >= Status.VAL) & (held.status <= last)).reshape(HOURS_OF_DAY, -1).all(axis=1)
    return energy, np.asarray(flags)


def spans_of_equal_length(data: MeterData, sdp: str, days: Sequence[Day], zone: Zone) -> list[DayData]:
    """The intervals of an SDP over days of a zone, joined as far as their length and reactive data stay the same."""
    shift = 1 if zone is Zone.CENTRAL else 0
    spread = [*days, Day(days[-1] + timedelta(days=1))] if shift else list(days)
    found: list[DayData] = []
    for day in spread:
        held = data.day(sdp, day)
        if held is not None:
            first = shift if day == spread[0] else 0
            last = shift if shift and day == spread[-1] else HOURS_OF_DAY
            _join(found, _part(held, first, last))
    return found


def _part(held: DayData, first_hour: int, last_hour: int) -> DayData:
    per_hour = 60 // held.minutes
    cut = slice(first_hour * per_hour, last_hour * per_hour)
    return DayData(held.minutes, held.wh[cut], held.status[cut], None if held.varh is None else held.varh[cut])


def _join(found: list[DayData], part: DayData) -> None:
    last = found[-1] if found else None
    if last is None or last.minutes != part.minutes or (last.varh is None) != (part.varh is None):
        found.append(part)
        return
    last.wh = np.concatenate([last.wh, part.wh])
    last.status = np.concatenate([last.status, part.status])
    if last.varh is not None and part.varh is not None:
        last.varh = np.concatenate([last.varh, part.varh])
