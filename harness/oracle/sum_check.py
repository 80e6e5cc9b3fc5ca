"""The sum check of a response, read by read and interval by interval (SUM-01 to SUM-06).

Reading taken, as told: AMB-11 (which of two equally near reads is taken).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from harness.interface.instants import Day, Instant, at, day_of, midnight
from harness.oracle.calendar import every_day, next_day
from harness.oracle.quantities import MeterBook, Part, structure_of
from harness.oracle.spans import SpanDirectory

THRESHOLD = "sum_check_threshold"
NO_READ = "sum_check_no_register_read"
WH_OF_A_UNIT = 1000


class Read(NamedTuple):
    """A register read: when, and dial units."""

    instant: Instant
    reading: int


class Register(NamedTuple):
    """What a read was read from: the meter, how many digits it has, and the Wh of a dial unit."""

    meter: str
    digits: int
    unit_wh: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sum check came to; the status is None where it passed.

    :param variance_wh: by how much intervals and registers differ, where both are known.
    """

    status: str | None
    first: Read | None = None
    last: Read | None = None
    interval_wh: int | None = None
    variance_wh: int | None = None


@dataclass(frozen=True, slots=True)
class SumCheckTerms:
    """The configured values of the sum check.

    :param exempt: the VEE services that have none.
    """

    exempt: Collection[str]
    percent: int
    within: timedelta
    digits: int
    later_on_a_tie: bool = False


@dataclass(slots=True)
class RegisterBook:
    """The register reads that have come, by SDP."""

    terms: SumCheckTerms
    reads: dict[str, dict[Instant, int]] = field(default_factory=dict)

    def take(self, sdp: str, moment: Instant, reading: int) -> None:
        """Write down a read; it replaces one of the same instant."""
        self.reads.setdefault(sdp, {})[moment] = reading

    def check(self, meters: MeterBook, directory: SpanDirectory, sdp: str, parts: list[Part]) -> Checked | None:
        """The sum check of a period that is ready for delivery; None where the SDP has none."""
        end = parts[-1].end
        vee = directory.value("sdp", sdp, "vee_service", Day(end - timedelta(days=1)))
        if vee is None or vee in self.terms.exempt:
            return None
        first = self.nearest(sdp, boundary(parts[0].start, parts[0].framing))
        last = self.nearest(sdp, boundary(end, parts[-1].framing))
        if first is None or last is None or first == last:
            return Checked(NO_READ, first, last)
        registers = [self.register(directory, sdp, day_of(read.instant)) for read in (first, last)]
        energy = energy_between(meters, sdp, first.instant, last.instant)
        if registers[0] is None or registers[0] != registers[1]:
            return Checked(NO_READ, first, last, energy)
        _, digits, unit = registers[0]
        turned = (last.reading - first.reading) % 10**digits * unit
        variance = abs(energy - turned)
        over = variance > unit and variance * 100 > self.terms.percent * turned
        return Checked(THRESHOLD if over else None, first, last, energy, variance)

    def nearest(self, sdp: str, moment: Instant) -> Read | None:
        """The read at the smallest distance from a moment, within the maximum register range."""
        best: Read | None = None
        for instant, reading in sorted(self.reads.get(sdp, {}).items()):
            distance = abs(instant - moment)
            nearer = best is None or distance < abs(best.instant - moment)
            tie = best is not None and distance == abs(best.instant - moment) and self.terms.later_on_a_tie
            if distance <= self.terms.within and (nearer or tie):
                best = Read(instant, reading)
        return best

    def register(self, directory: SpanDirectory, sdp: str, day: Day) -> Register | None:
        """The register that an SDP is read from on a day; None where there is no meter, or no sense in its numbers."""
        meter = directory.value("sdp", sdp, "sdp_to_meter", day)
        if meter is None:
            return None
        words = (
            directory.value("meter", meter, "register_digits", day) or str(self.terms.digits),
            directory.value("meter", meter, "register_multiplier", day) or "1",
            directory.value("sdp", sdp, "ct_pt_multiplier", day) or "1",
        )
        if not all(word.isdecimal() and int(word) > 0 for word in words):
            return None
        digits, multiplier, transformers = map(int, words)
        return Register(meter, digits, WH_OF_A_UNIT * multiplier * transformers)


def boundary(day: Day, framing: str) -> Instant:
    """When a day begins in the zone of a framing structure (AMB-25)."""
    return at(day, 1 if structure_of(framing).central else 0)


def energy_between(meters: MeterBook, sdp: str, first: Instant, last: Instant) -> int:
    """The energy of the intervals that begin from one moment on and before another; one that is missing is nothing."""
    total = 0
    for day in every_day(day_of(first), next_day(day_of(last))):
        held = meters.days.get(sdp, {}).get(day)
        for place, wh in enumerate([] if held is None else held.wh):
            if held is not None and first <= midnight(day) + timedelta(minutes=place * held.minutes) < last:
                total += wh
    return total
