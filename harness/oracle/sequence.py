"""Which file sets of an LDC are processed, and when: a timeline of arrivals read moment by moment.

A set's clock starts with its first file. At every moment the files that arrive are put with their sets first; then
sets are processed as long as the number that is expected is there, complete; then sets whose hour is over are
rejected. A file that arrives in the very moment of its set's deadline is a race that the slides do not decide
(SYN-07, SEQ-01 to -10).

Readings taken: AMB-05 (a rejected set does not use up its number), AMB-06 (the clock runs from the first file),
AMB-22 (nor does a set that fails to load), AMB-23 (an old number or a repeated segment changes nothing).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from harness.interface.instants import Instant

MANDATORY = ("00", "01", "02", "03", "04", "05")


class SetName(NamedTuple):
    """What the names of a set's files have in common."""

    ldc: str
    submitter: str
    file_type: str
    tx_id: str


class Segment(NamedTuple):
    """A file number and segment number."""

    file_no: str
    segment_no: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What file 00 says of its set."""

    number: int
    listed: frozenset[Segment]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that reaches the repository. `manifest` is what stands in it, where it is file 00."""

    at: Instant
    set: SetName
    segment: Segment
    manifest: Manifest | None = None


class Fate(StrEnum):
    """What becomes of a set."""

    PROCESSED = "processed"
    NOT_LOADED = "not loaded"
    REJECTED = "rejected"
    DROPPED = "dropped"
    HELD = "held"
    INCOMPLETE = "incomplete"


class Ending(NamedTuple):
    """What became of a set, and when; `at` is None for one that still waits. `first` is when its first file came."""

    set: SetName
    fate: Fate
    first: Instant
    at: Instant | None
    number: int | None


@dataclass(slots=True)
class _Waiting:
    """A set of which files have arrived."""

    name: SetName
    first: Instant
    segments: list[Segment] = field(default_factory=list)
    manifest: Manifest | None = None

    def is_complete(self) -> bool:
        """Whether the manifest is there, lists what it must, and everything that it lists has arrived."""
        if self.manifest is None:
            return False
        needed = [Segment(file_no, "01") for file_no in MANDATORY if file_no != "00"]
        arrived = all(segment in self.segments for segment in self.manifest.listed)
        return arrived and all(segment in self.manifest.listed for segment in needed)

    def ended(self, fate: Fate, at: Instant | None) -> Ending:
        return Ending(self.name, fate, self.first, at, None if self.manifest is None else self.manifest.number)


def follow(
    arrivals: Iterable[Arrival],
    expected: Mapping[str, int],
    wait: timedelta,
    until: Instant,
    faulty: Collection[SetName] = (),
) -> list[Ending]:
    """Read a timeline.

    :param expected: the number that is expected next of each LDC.
    :param wait: the wait-time.
    :param until: the moment up to which it is read, itself included.
    :param faulty: the sets that fail to load.
    :returns: the endings in the order in which they came about, then the sets that still wait.
    """
    timeline = [arrival for arrival in arrivals if arrival.at <= until]
    moments = {arrival.at for arrival in timeline} | {Instant(arrival.at + wait) for arrival in timeline}
    ledger = _Ledger(dict(expected), wait, faulty)
    for moment in sorted(moment for moment in moments if moment <= until):
        for arrival in timeline:
            if arrival.at == moment:
                ledger.put_with_its_set(arrival)
        ledger.process_in_turn(moment)
        ledger.reject_overdue(moment)
    return ledger.endings + [ledger.still_waiting(waiting) for waiting in ledger.waiting.values()]


@dataclass(slots=True)
class _Ledger:
    """The sets that wait, and what became of the others."""

    expected: dict[str, int]
    wait: timedelta
    faulty: Collection[SetName]
    waiting: dict[SetName, _Waiting] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)

    def put_with_its_set(self, arrival: Arrival) -> None:
        """Of a segment that comes twice the first stands, and a set that was processed is not begun again.

        The files of a set that was rejected or did not load are forgotten: it may be sent again.
        """
        over = {Fate.PROCESSED, Fate.DROPPED}
        if any(ending.set == arrival.set and ending.fate in over for ending in self.endings):
            return
        waiting = self.waiting.setdefault(arrival.set, _Waiting(arrival.set, arrival.at))
        if arrival.segment in waiting.segments:
            return
        waiting.segments.append(arrival.segment)
        if arrival.manifest is not None:
            waiting.manifest = arrival.manifest

    def process_in_turn(self, moment: Instant) -> None:
        """Process what is due; each set that is processed may make another one due."""
        while True:
            self.drop_old_numbers(moment)
            due = [waiting for waiting in self.waiting.values() if self.is_due(waiting)]
            if not due:
                return
            self.process(due[0], moment)

    def is_due(self, waiting: _Waiting) -> bool:
        """Whether a set is complete, and its number the one expected of its LDC."""
        return (
            waiting.is_complete()
            and waiting.manifest is not None
            and waiting.manifest.number == self.expected[waiting.name.ldc]
        )

    def process(self, due: _Waiting, moment: Instant) -> None:
        """Load a set, and synchronize it if it loads. A set that does not load does not use up its number."""
        loads = due.name not in self.faulty
        if loads:
            self.expected[due.name.ldc] += 1
        self.end(due, Fate.PROCESSED if loads else Fate.NOT_LOADED, moment)

    def drop_old_numbers(self, moment: Instant) -> None:
        """A set whose number was used before changes nothing."""
        for waiting in list(self.waiting.values()):
            if waiting.manifest is not None and waiting.manifest.number < self.expected[waiting.name.ldc]:
                self.end(waiting, Fate.DROPPED, moment)

    def reject_overdue(self, moment: Instant) -> None:
        """Reject the sets that have waited for the wait-time, for files of their own or for a predecessor."""
        for waiting in list(self.waiting.values()):
            if moment >= waiting.first + self.wait:
                self.end(waiting, Fate.REJECTED, moment)

    def end(self, waiting: _Waiting, fate: Fate, moment: Instant) -> None:
        del self.waiting[waiting.name]
        self.endings.append(waiting.ended(fate, moment))

    def still_waiting(self, waiting: _Waiting) -> Ending:
        """A set that is neither processed nor rejected yet."""
        return waiting.ended(Fate.HELD if waiting.is_complete() else Fate.INCOMPLETE, None)
