"""Billing quantities worked out hour by hour: what was metered, how a period is divided, what each part comes to.

What is metered is kept as lists of values and statuses, a day of an SDP at a time. An hour counts once every interval
of it is there with a status that is eligible. Reading AMB-25: a Central day begins at 01:00 EST
(BQ-01 to BQ-11, SEG-01 to -05).
"""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple, TypeAlias, TypeVar

from harness.interface.instants import Day, Instant, day_of, midnight
from harness.oracle.calendar import BUCKETS, Calendar, every_day, next_day

Fields: TypeAlias = "dict[str, Any]"
S = TypeVar("S", bound=Hashable)
ENERGY = ("6000", "6100")
"""The file types of energy."""
NOT_JUDGED = "not judged"
"""For a quantity that the slides leave open."""


# --- What was metered ----------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def shared(value: S) -> S:
    """The first of values that are equal: many SDPs are metered alike, on the same days."""
    return value


@dataclass(slots=True)
class MeteredDay:
    """The intervals of an EST day; a status is None where none has come, varh where no reactive energy was metered."""

    minutes: int
    wh: array[int]
    status: tuple[str | None, ...]
    varh: list[int | None] | None = None

    @classmethod
    def empty(cls, minutes: int) -> MeteredDay:
        """A day of which nothing has come."""
        number = 24 * 60 // minutes
        return cls(minutes, array("q", [0] * number), shared((None,) * number))

    def write(self, place: int, wh: Sequence[int], status: str, varh: Sequence[int] | None) -> None:
        """Write down consecutive intervals, from one on."""
        end, number = place + len(wh), len(self.status)
        self.wh[place:end] = array("q", wh)
        self.status = shared((*self.status[:place], *(status,) * len(wh), *self.status[end:]))
        if varh is not None or self.varh is not None:
            self.varh = [None] * number if self.varh is None else self.varh
            self.varh[place:end] = [None] * len(wh) if varh is None else varh


@dataclass(slots=True)
class MeterBook:
    """Everything that was metered, by SDP and EST day. `eligible` are the statuses that count.

    :param received_until: the end of the last interval that was received of each SDP.
    """

    eligible: Collection[str]
    days: dict[str, dict[Day, MeteredDay]] = field(default_factory=dict)
    received_until: dict[str, Instant] = field(default_factory=dict)

    def take(
        self, sdp: str, start: Instant, minutes: int, wh: Sequence[int], status: str, varh: Sequence[int] | None = None
    ) -> None:
        """Write down consecutive intervals that were received; what comes later replaces what was there."""
        self.write(sdp, start, minutes, wh, status, varh)
        end = Instant(start + timedelta(minutes=minutes * len(wh)))
        if end > self.received_until.get(sdp, start):
            self.received_until[sdp] = end

    def is_missing(self, sdp: str, moment: Instant) -> bool:
        """Whether there is no interval at a moment."""
        held = self.days.get(sdp, {}).get(day_of(moment))
        if held is None:
            return True
        minute = int((moment - midnight(day_of(moment))).total_seconds()) // 60
        return held.status[minute // held.minutes] is None

    def write(
        self, sdp: str, start: Instant, minutes: int, wh: Sequence[int], status: str, varh: Sequence[int] | None = None
    ) -> None:
        """Write down consecutive intervals, wherever they come from."""
        per_day = 24 * 60 // minutes
        day = shared(day_of(start))
        place = int((start - midnight(day)).total_seconds()) // 60 // minutes
        by_day, written = self.days.setdefault(sdp, {}), 0
        while written < len(wh):
            held = by_day.get(day)
            if held is None or held.minutes != minutes:
                held = by_day[day] = MeteredDay.empty(minutes)
            cut = slice(written, written + per_day - place)
            held.write(place, wh[cut], status, None if varh is None else varh[cut])
            written, day, place = cut.stop, shared(next_day(day)), 0

    def has(self, sdp: str, days: Iterable[Day], *, central: bool) -> bool:
        """Whether every interval of some days of an SDP is there, and eligible."""
        by_day = self.days.get(sdp, {})
        for day, hours in est_hours(days, central=central):
            held = by_day.get(day)
            if held is None:
                return False
            per_hour = 60 // held.minutes
            if any(
                status not in self.eligible for status in held.status[hours.start * per_hour : hours.stop * per_hour]
            ):
                return False
        return True

    def energy(self, sdp: str, day: Day, hours: range) -> Sequence[int]:
        """The energy of some hours of an EST day, in Wh."""
        held = self.days[sdp][day]
        per_hour = 60 // held.minutes
        wh = held.wh[hours.start * per_hour : hours.stop * per_hour]
        return wh if per_hour == 1 else [sum(wh[place : place + per_hour]) for place in range(0, len(wh), per_hour)]


def est_hours(days: Iterable[Day], *, central: bool) -> Iterator[tuple[Day, range]]:
    """The EST days, and which hours of them, that days of a zone are made of."""
    for day in days:
        if central:
            yield day, range(1, 24)
            yield next_day(day), range(1)
        else:
            yield day, range(24)


# --- How a period is divided ---------------------------------------------------------------------------------


class Part(NamedTuple):
    """A part of a period, from a day until another, exclusive: its framing structure, by its name in the profile."""

    start: Day
    end: Day
    framing: str


class Structure(NamedTuple):
    """A framing structure: ``tou_cpp``, ``hourly`` or ``periodic``; demand over no minutes where there is none."""

    energy: str
    central: bool
    minutes: int
    rolling: bool


def structure_of(framing: str) -> Structure:
    """The framing structure of a name such as ``hourly`` or ``tou_cpp_15_block_central``."""
    words = framing.split("_")
    energy = "tou_cpp" if words[0] == "tou" else words[0]
    minutes = next((int(word) for word in words if word.isdigit()), 0)
    return Structure(energy, words[-1] in {"cst", "central"}, minutes, "rolling" in words)


def parts_of(
    start: Day,
    end: Day,
    framing_on: Callable[[Day], str | None],
    account_on: Callable[[Day], str | None],
    calendar: Calendar,
) -> list[Part] | None:
    """Walk through a period, and begin a new part where framing or account differ from the day before.

    Where prices change, too, unless the day is framed as Hourly. None where a day has no framing structure.
    """
    parts: list[Part] = []
    before: tuple[str, str | None] | None = None
    for day in every_day(start, end):
        framing, account = framing_on(day), account_on(day)
        if framing is None:
            return None
        prices = calendar.prices_change_on(day) and structure_of(framing).energy != "hourly"
        if before != (framing, account) or prices:
            parts.append(Part(day, next_day(day), framing))
        else:
            parts[-1] = parts[-1]._replace(end=next_day(day))
        before = framing, account
    return parts


# --- What a part comes to ------------------------------------------------------------------------------------


def energy_file(framing: str) -> str:
    """The file type that energy of a framing structure is delivered in (BQ-11)."""
    return "6100" if structure_of(framing).energy == "hourly" else "6000"


def is_complete(book: MeterBook, sdp: str, part: Part) -> bool:
    """Whether everything that a part needs was metered."""
    return book.has(sdp, every_day(part.start, part.end), central=structure_of(part.framing).central)


def quantities(book: MeterBook, sdp: str, part: Part, calendar: Calendar) -> dict[str, list[Fields]]:
    """The quantities of a part for which everything was metered: fields of records, by file type."""
    structure = structure_of(part.framing)
    days = every_day(part.start, part.end)
    if structure.energy == "hourly":
        records = [hourly(book, sdp, day, central=structure.central) for day in days]
    elif structure.energy == "periodic":
        records = [{"total_wh": sum(wh for day in days for wh in hours_of(book, sdp, day, central=structure.central))}]
    else:
        records = [tou(book, sdp, days, calendar, central=structure.central)]
    found = {energy_file(part.framing): records}
    if structure.minutes:
        found["6200"] = [demand(book, sdp, days, structure)]
    return found


def hours_of(book: MeterBook, sdp: str, day: Day, *, central: bool) -> list[int]:
    """The energy of the 24 hours of a day of a zone."""
    return [wh for est, hours in est_hours([day], central=central) for wh in book.energy(sdp, est, hours)]


def hourly(book: MeterBook, sdp: str, day: Day, *, central: bool) -> Fields:
    """The record of a day that is framed as Hourly (BQ-07)."""
    wh = hours_of(book, sdp, day, central=central)
    return {"day": day, **{f"hour_{hour:02}_wh": energy for hour, energy in enumerate(wh, start=1)}}


def tou(book: MeterBook, sdp: str, days: Iterable[Day], calendar: Calendar, *, central: bool) -> Fields:
    """The record of days that are framed as TOU/CPP (BQ-05)."""
    sums = dict.fromkeys(BUCKETS, 0)
    for day in days:
        for bucket, energy in zip(calendar.buckets(day), hours_of(book, sdp, day, central=central), strict=True):
            sums[bucket] += energy
    return {f"{bucket}_wh": energy for bucket, energy in sums.items()} | {"total_wh": sum(sums.values())}


def demand(book: MeterBook, sdp: str, days: Iterable[Day], structure: Structure) -> Fields:
    """The highest demand within days, in W, and in VA where reactive energy was metered all along (BQ-08).

    What kVA is where reactive energy was metered for a part of the days alone, or what replaced it came without, the
    slides do not say. Nothing where the demand is over a shorter time than the intervals, or no whole number of them.
    """
    wh: list[int] = []
    varh: list[int | None] = []
    lengths, is_reactive = set(), False
    for day, hours in est_hours(days, central=structure.central):
        held = book.days[sdp][day]
        lengths.add(held.minutes)
        is_reactive = is_reactive or held.varh is not None
        cut = slice(hours.start * 60 // held.minutes, hours.stop * 60 // held.minutes)
        wh += held.wh[cut]
        varh += [None] * len(held.wh[cut]) if held.varh is None else held.varh[cut]
    if len(lengths) != 1 or structure.minutes % max(lengths):
        return {"peak_w": None, "peak_va": None}
    width = structure.minutes // max(lengths)
    firsts = range(0, len(wh) - width + 1, 1 if structure.rolling else width)
    times = 60 // structure.minutes
    watts = [sum(wh[first : first + width]) * times for first in firsts]
    metered = [each for each in varh if each is not None]
    if len(metered) != len(wh):
        return {"peak_w": max(watts), "peak_va": NOT_JUDGED if is_reactive else None}
    vars_ = [sum(metered[first : first + width]) * times for first in firsts]
    apparent = max(active * active + reactive * reactive for active, reactive in zip(watts, vars_, strict=True))
    return {"peak_w": max(watts), "peak_va": math.isqrt(apparent)}


def day_before(day: Day) -> Day:
    """The day before."""
    return Day(day - timedelta(days=1))


def energy(by_type: Mapping[str, list[Fields]]) -> list[Fields]:
    """The records of energy among quantities."""
    return [fields for file_type in ENERGY for fields in by_type.get(file_type, ())]


def total_wh(parts: Iterable[Iterable[Fields]]) -> int:
    """The energy of all parts of a period."""
    return sum(
        value
        for records in parts
        for fields in records
        for name, value in fields.items()
        if name == "total_wh" or name.startswith("hour_")
    )
