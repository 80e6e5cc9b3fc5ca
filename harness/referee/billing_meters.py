"""Meter data and register reads as they reached the system, and what each reading takes for eligible (AMB-04)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from harness.interface.instants import Day, Instant, day_of, instant, later, midnight
from harness.oracle.calendar import every_day, next_day
from harness.oracle.quantities import MeterBook, shared
from harness.oracle.sum_check import Read, RegisterBook
from harness.referee.billing_terms import BillingTerms
from harness.referee.case import Case
from harness.referee.stream import Loaded

LENGTHS = frozenset({5, 15, 30, 60})
"""The lengths of intervals, in minutes."""
_UNREADABLE = "meter data was loaded that cannot be read"


@dataclass(slots=True)
class MeterRoom:
    """Everything that was metered.

    :param books: of each reading of AMB-04; they share their days.
    :param registers: of each reading of AMB-11; they share their reads.
    :param not_validated: the SDPs of which data came that only one reading takes for eligible.
    :param unclear: why nothing can be said of any data; empty where it can.
    :param came: when data of which days came, by SDP; `counted` when data that is eligible by every reading did.
    :param replaced: the register reads that others of the same instants have replaced, by SDP.
    """

    books: Mapping[str, MeterBook]
    registers: Mapping[str, RegisterBook]
    nv: str
    not_validated: set[str] = field(default_factory=set)
    unclear: str = ""
    came: dict[str, list[tuple[Instant, frozenset[Day]]]] = field(default_factory=lambda: defaultdict(list))
    replaced: dict[str, set[Read]] = field(default_factory=lambda: defaultdict(set))
    counted: dict[str, list[tuple[Instant, frozenset[Day]]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, case: Case, terms: BillingTerms) -> MeterRoom:
        """The room of a case, empty."""
        codes = case.profile.codes["validation_status"]
        always = frozenset({codes["valid"], codes["estimated"]})
        eligible = {"nv-eligible": always | {codes["not_validated"]}, "nv-not-eligible": always}
        first = MeterBook(frozenset())
        books = {
            reading: MeterBook(eligible[reading], first.days, first.received_until)
            for reading in case.answers("AMB-04")
        }
        reads: dict[str, dict[Instant, int]] = {}
        registers = {reading: RegisterBook(each, reads) for reading, each in terms.sum_checks.items()}
        return cls(books, registers, codes["not_validated"])

    @property
    def book(self) -> MeterBook:
        """The data, by whichever reading."""
        return next(iter(self.books.values()))

    def take(self, loaded: Loaded) -> set[str]:
        """Write down what was loaded; the SDPs whose intervals, or reads, have changed.

        What makes no sense is left out, and from then on nothing is said of any data: what became of it is not known.
        """
        changed: set[str] = set()
        for kind, take in (("intervals", self._take_intervals), ("register_reads", self._take_read)):
            entries = loaded.data.get(kind, ())
            if not isinstance(entries, Iterable):
                self.unclear = _UNREADABLE
                continue
            for entry in entries:
                try:
                    changed.add(take(entry, loaded.instant))
                except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
                    self.unclear = _UNREADABLE
        return changed

    def _take_read(self, entry: Mapping[str, Any], _: Instant) -> str:
        sdp, moment = str(entry["universal_sdp_id"]), instant(entry["instant"])
        register, reading = next(iter(self.registers.values())), int(entry["reading"])
        before = register.reads.get(sdp, {}).get(moment, reading)
        if before != reading:
            self.replaced[sdp].add(Read(moment, before))
        register.take(sdp, moment, reading)
        return sdp

    def was_read(self, sdp: str, moment: object, reading: object) -> bool:
        """Whether a register was ever read so, as far as anything is said of it: what is None is not."""
        held = next(iter(self.registers.values())).reads.get(sdp, {}).items()
        return any(
            moment in {None, when} and reading in {None, what} for when, what in (*held, *self.replaced.get(sdp, ()))
        )

    def _take_intervals(self, entry: Mapping[str, Any], moment: Instant) -> str:
        sdp, minutes, wh = str(entry["universal_sdp_id"]), int(entry["interval_minutes"]), entry["wh"]
        stated, varh = entry["status"], entry.get("varh")
        start = instant(entry["start"])
        statuses: Sequence[str] = [stated] * len(wh) if isinstance(stated, str) else stated
        seconds = int((start - midnight(day_of(start))).total_seconds())
        lengths = {len(wh), len(statuses), len(wh if varh is None else varh)}
        if minutes not in LENGTHS or seconds % (60 * minutes) or len(lengths) != 1 or not wh:
            raise ValueError(f"{len(wh)} intervals of {minutes} minutes from {start}")
        if self.nv in statuses:
            self.not_validated.add(sdp)
        place = 0
        for status, run in groupby(statuses):
            end = place + len(list(run))
            since = later(start, minutes=minutes * place)
            self.book.take(sdp, since, minutes, wh[place:end], status, None if varh is None else varh[place:end])
            place = end
        last = day_of(later(start, minutes=minutes * len(wh), seconds=-1))
        coming = shared((moment, _days(day_of(start), last)))
        self.came[sdp].append(coming)
        if any(all(status in book.eligible for book in self.books.values()) for status in statuses):
            self.counted[sdp].append(coming)
        return sdp


@functools.lru_cache(maxsize=4096)
def _days(first: Day, last: Day) -> frozenset[Day]:
    """The days from one to another, both included."""
    return frozenset(every_day(first, next_day(last)))
