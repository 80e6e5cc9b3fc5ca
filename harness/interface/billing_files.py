"""What the records of a billing file say against one another: periods, request detail IDs, the schedule of a cycle.

A start date is inclusive and an end date exclusive (BSV-09): a period ends after it begins, and one that ends on the
day on which the next begins neither overlaps it nor leaves a gap. Where it is known which SDPs there are, it also finds
those that there are not.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Set
from typing import NamedTuple

from harness.interface.files import Record, Value
from harness.interface.findings import FINDING_LIMIT, Finding, finding

NAME_SDPS = frozenset({"5000", "6000", "6100", "6200"})
"""The billing files that name SDPs."""
TELL_SDPS = frozenset({"2000", "3000", "4000"})
"""The files that tell which SDPs there are: responses to requests for IDs, and synchronization file sets."""

_SDP = "universal_sdp_id"
_BUCKETS = ("on_peak_wh", "mid_peak_wh", "off_peak_wh", "critical_peak_wh")
_TOTAL = "total_wh"
_PERIODS = (("period_start_date", "period_end_date"), ("sub_period_start_date", "sub_period_end_date"))
_WHOSE = {
    "billing_request": ("universal_sdp_id",),
    "billing_cycle": ("billing_cycle_id",),
    "energy_response": ("request_detail_id", "universal_sdp_id", "period_start_date", "period_end_date"),
    "hourly_response": ("request_detail_id", "universal_sdp_id", "period_start_date", "period_end_date"),
    "demand_response": ("request_detail_id", "universal_sdp_id", "period_start_date", "period_end_date"),
}
"""By kind of record, what the periods are those of: records that agree in it must not overlap."""


class _Period(NamedTuple):
    start: datetime.date
    end: datetime.date
    line: int

    def __str__(self) -> str:
        return f"{self.start:%Y%m%d} to {self.end:%Y%m%d}"


def sdp_told(record: Record) -> str | None:
    """The Universal SDP ID that a record of one of the files `TELL_SDPS` gives, or None where it gives none."""
    position = record.layout.positions.get(_SDP)
    told = None if position is None else record.values[position]
    return told if isinstance(told, str) else None


def quantity(record: Record, field: str) -> Value:
    """A quantity of a response, as it is meant; None where the record has none.

    Beside another bucket one that is left blank is 0, and beside buckets a total that is left blank is their sum: an
    assumption, see docs/assumptions.md.
    """
    positions = record.layout.positions
    stated = record.values[positions[field]] if field in positions else None
    if stated is not None or field not in (*_BUCKETS, _TOTAL) or field not in positions:
        return stated
    buckets = [wh for name in _BUCKETS if isinstance(wh := record[name], int)]
    if not buckets:
        return None
    return sum(buckets) if field == _TOTAL else 0


class BillingFileCheck:
    """The check of one file. `see` is given each detail record; `findings` tells at the end.

    It remembers periods and IDs, and is no more than silent on files that have none.

    :param file: the file's name, for the findings.
    :param known: the Universal SDP IDs that there are, or None where that is not known.
    """

    def __init__(self, file: str, known: Set[str] | None = None) -> None:
        self.file = file
        self._known = known
        self._unknown: set[Value] = set()
        self._found: list[Finding] = []
        self._requests: dict[Value, int] = {}
        self._periods: dict[tuple[str, Hashable], dict[tuple[datetime.date, datetime.date], _Period]] = {}

    def see(self, record: Record) -> None:
        """Take note of a detail record."""
        whose = _WHOSE.get(record.kind)
        if whose is None:
            return
        if self._known is not None and record.kind != "billing_cycle":
            self._see_sdp(record, self._known)
        if record.kind == "billing_request":
            self._see_request_id(record)
        periods = [self._period(record, *names) for names in _PERIODS if names[0] in record.layout.positions]
        period = periods[-1]
        if len(periods) > 1:
            self._see_sub_period(periods[0], period)
        if period is None:
            return
        whole = tuple(record[name] for name in whose)
        known = self._periods.setdefault((record.kind, whole), {})
        twice = known.setdefault((period.start, period.end), period) is not period
        if twice and record.kind != "hourly_response":  # which has a record for each day of a sub-period
            self._say(
                period.line, "period-overlap", str(period), f"another period than in line {known[period[:2]].line}"
            )

    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of their lines."""
        for (kind, _), periods in self._periods.items():
            self._see_neighbours(kind, sorted(periods.values()))
        return tuple(sorted(self._found, key=lambda found: found.line or 0))

    def _say(self, line: int, code: str, found: str, expected: str, field: str | None = None) -> None:
        if len(self._found) < FINDING_LIMIT:
            self._found.append(finding(self.file, line, field, code, found, expected))

    def _see_sdp(self, record: Record, known: Set[str]) -> None:
        """Find an SDP that there is not, where it is named first."""
        sdp = record[_SDP]
        if sdp is None or sdp in known or sdp in self._unknown or len(self._found) >= FINDING_LIMIT:
            return
        self._unknown.add(sdp)
        self._say(record.line, "sdp-unknown", repr(sdp), f"one of the SDPs known here ({len(known)})", _SDP)

    def _see_request_id(self, record: Record) -> None:
        request = record["request_detail_id"]
        if request is None:
            return
        first = self._requests.setdefault(request, record.line)
        if first != record.line:
            expected = f"another ID than in line {first}"
            self._say(record.line, "request-id-twice", repr(request), expected, "request_detail_id")

    def _period(self, record: Record, start_field: str, end_field: str) -> _Period | None:
        start, end = record[start_field], record[end_field]
        if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
            return None
        if end <= start:
            expected = f"a day after {start:%Y%m%d}: the end date is exclusive"
            self._say(record.line, "period-end", f"{end:%Y%m%d}", expected, end_field)
            return None
        return _Period(start, end, record.line)

    def _see_sub_period(self, period: _Period | None, part: _Period | None) -> None:
        if period is not None and part is not None and not (period.start <= part.start and part.end <= period.end):
            self._say(part.line, "sub-period-outside", str(part), f"days of the period {period}")

    def _see_neighbours(self, kind: str, periods: list[_Period]) -> None:
        for latest, period in _pairs(periods):
            if period.start < latest.end:
                expected = f"a start from {latest.end:%Y%m%d} on, the end of the period in line {latest.line}"
                self._say(period.line, "period-overlap", str(period), expected)
            elif period.start > latest.end and kind == "billing_cycle":
                expected = f"a start on {latest.end:%Y%m%d}, the end of the period in line {latest.line}"
                self._say(period.line, "schedule-gap", str(period), expected)


def _pairs(periods: list[_Period]) -> Iterator[tuple[_Period, _Period]]:
    """Each period but the first, in the order of their starts, behind the one before it that ends last."""
    latest = periods[0]
    for period in periods[1:]:
        yield latest, period
        latest = max(latest, period, key=lambda each: each.end)
