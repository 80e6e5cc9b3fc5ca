"""How the checks of a CIS read what it is told and gives: Universal SDP IDs, days that are ordered or asked for.

And how they tell of a file in which some records are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from harness.interface.files import Record
from harness.interface.instants import Day, Instant
from harness.interface.set_records import day_or_none
from harness.referee.case import Case, Letter, Received
from harness.referee.given_books import SdpKey

_ONE_DAY = timedelta(days=1)
_SHOWN = 5


class Span(NamedTuple):
    """Days that people named or that a record is about, the end exclusive.

    :param cycle: the code of the cycle, None where either is right.
    :param delivered: of a response that got lost, when it was delivered.
    """

    start: Day
    end: Day
    cycle: str | None = None
    delivered: Instant | None = None

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        return f"from {self.start} until {self.end}"


def ordered(order: Mapping[str, Any]) -> Span:
    """The days that an order names, the last of which is included."""
    first, last = date.fromisoformat(order["first_day"]), date.fromisoformat(order["last_day"])
    return Span(Day(first), Day(last + _ONE_DAY))


def period_of(record: Record) -> Span | None:
    """The period of a record; None where it has none that reads, or one without a day."""
    start, end = day_or_none(record["period_start_date"]), day_or_none(record["period_end_date"])
    return None if start is None or end is None or end <= start else Span(start, end)


def issued(letter: Letter) -> Iterator[tuple[str, SdpKey]]:
    """The Universal SDP IDs that a response gives to a CIS, each with its SDP; none where it did not come whole."""
    if letter.type != "2000" or letter.findings:
        return
    for record in letter.details:
        if record["universal_sdp_id"] is not None and record["sdp_id"] is not None:
            yield str(record["universal_sdp_id"]), (str(record["ldc_org_id"]), str(record["sdp_id"]))


def hold_records(case: Case, rule: str, received: Received, expected: str, wrong: Sequence[tuple[int, str]]) -> None:
    """Hold a file to a rule that its records keep.

    :param wrong: the records that break it, each as its line and what it says.
    """
    about, file = f"{received.type} of {received.ldc}", received.file.name
    observed = "; ".join(what for _, what in wrong[:_SHOWN])
    line = wrong[0][0] if wrong else None
    case.hold(rule, not wrong, received.instant, about, expected, observed, file, line)
