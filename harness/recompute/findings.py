"""What is found in the data that quantities are computed from. Nothing is guessed: what is in doubt is left out.

Findings are told by SDP and code, with their number and the first instant that they are about. Each code stands in
`CODES`; docs/volume.md has the same table for people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from harness.interface.findings import FindingCode, Severity
from harness.interface.instants import EST

_WARNING = Severity.WARNING
CODES: Mapping[str, FindingCode] = {
    "sdp-unknown": FindingCode("The master data tells of no such SDP."),
    "sdp-missing": FindingCode("Rows of interval data name no SDP, or no instant, and were left out."),
    "value-missing": FindingCode("An interval has no Wh or no status, and counts as missing."),
    "value-range": FindingCode("An interval has more Wh or varh than 2,147,483,647, and counts as missing."),
    "value-fraction": FindingCode("An interval's energy is no whole number of Wh; it counts as missing."),
    "value-negative": FindingCode("An interval has less than no Wh, which no response can say, and is in doubt."),
    "instant-range": FindingCode("An interval begins before 1970 or after 9998, and was left out."),
    "status-unknown": FindingCode("An interval has a status that is none of the profile's, and is in doubt."),
    "interval-length": FindingCode("An interval is not 5, 15, 30 or 60 minutes long, and is in doubt."),
    "interval-misaligned": FindingCode("An interval does not begin at a whole multiple of its length; it is in doubt."),
    "interval-twice": FindingCode("An interval stands there twice and says the same; it counts once.", _WARNING),
    "interval-contradiction": FindingCode("An interval stands there twice and says two things; it is in doubt."),
    "interval-overlap": FindingCode("Intervals of different lengths overlap; they are in doubt."),
    "interval-lengths": FindingCode("A day has intervals of two lengths; it is in doubt."),
    "clock-change": FindingCode(
        "Where clocks change, an hour is there twice or is missing, or a day has 23 or 25: the clock is not EST."
    ),
    "day-length": FindingCode("A day's list has another number of intervals than a day has; it is in doubt."),
    "interval-missing": FindingCode("Intervals of a requested period are missing.", _WARNING),
    "interval-not-eligible": FindingCode("Intervals of a requested period are not eligible for billing.", _WARNING),
    "read-incomplete": FindingCode("Rows of register reads lack SDP, instant or reading, and were left out."),
    "read-range": FindingCode("A register read is less than nothing, or more than nine digits show; it was left out."),
    "read-twice": FindingCode("A register read stands there twice and says the same; it counts once.", _WARNING),
    "read-contradiction": FindingCode(
        "Two register reads of one instant say two things: the SDP's reads are in doubt."
    ),
    "sum-check-undetermined": FindingCode("What the sum check of a request rests on is missing or in doubt.", _WARNING),
    "framing-missing": FindingCode("A day of a requested period has no framing structure."),
    "framing-unknown": FindingCode("A framing structure is none of the profile's."),
    "master-incomplete": FindingCode("Rows of master data lack SDP or start, and were left out."),
    "span-empty": FindingCode("The master data has a span that ends on the day on which it starts, or before."),
    "history-overlap": FindingCode("The master data gives an SDP two values of one attribute at a time."),
    "request-twice": FindingCode("A request stands there twice; it counts once.", _WARNING),
    "response-twice": FindingCode("A file has two records of one thing; both are held to what was computed.", _WARNING),
    "oracle-disagrees": FindingCode("The second model computes other quantities: neither is to be believed."),
}
"""What can be found; all but the warnings may leave a request undetermined."""


class DataFinding(NamedTuple):
    """A kind of thing that is wrong with the data of an SDP, and how often.

    :param sdp: empty where it is about no SDP.
    :param times: how many rows or intervals it is about.
    :param minute: the first instant that it is about, in minutes since 1970-01-01 00:00 UTC; -1 where there is none.
    """

    sdp: str
    code: str
    minute: int
    times: int
    found: str
    expected: str

    @property
    def at(self) -> str:
        """The instant as ISO 8601, EST."""
        return "" if self.minute < 0 else instant_of(self.minute)


def instant_of(minute: int) -> str:
    """An instant as ISO 8601, EST, from minutes since 1970-01-01 00:00 UTC."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return moment.astimezone(EST).isoformat(timespec="minutes")


@dataclass(slots=True)
class Findings:
    """Findings as they come up: those of one SDP and code are one."""

    _found: dict[tuple[str, str], DataFinding] = field(default_factory=dict)

    def add(self, sdp: str, code: str, minute: int, times: int, found: str, expected: str) -> None:
        """Note a finding."""
        key = (sdp, code)
        before = self._found.get(key)
        new = DataFinding(sdp, code, minute, times, found, expected)
        if before is not None:
            first = min(before, new, key=lambda each: (each.minute, each.found))
            new = first._replace(times=before.times + times)
        self._found[key] = new

    def extend(self, others: Iterable[DataFinding]) -> None:
        for other in others:
            self.add(*other)

    def __iter__(self) -> Iterator[DataFinding]:
        """All findings, by SDP and code."""
        return iter(sorted(self._found.values()))

    def __len__(self) -> int:
        return len(self._found)

    def by_code(self) -> Counter[str]:
        """How many SDPs have findings of each code."""
        return Counter(found.code for found in self._found.values())
