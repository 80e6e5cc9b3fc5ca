"""What a CIS asks for and publishes, held to what people ordered: whose quantities, of which days, which dates.

Rules BSV-02, BSV-09 and BSV-10 of requests for quantities, BSV-04 and BSV-12 of schedules. Into how many requests a
period is parted, and whether a schedule is sent whole or in part, is left to the CIS. That something was not sent is
not judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from harness.interface.files import Record, Value
from harness.interface.instants import Day, day_of, instant
from harness.interface.set_records import day_or_none
from harness.referee.case import Case, Check, Letter, Received
from harness.referee.given_reading import Span, hold_records, issued, ordered, period_of
from harness.referee.stream import Loaded

_CYCLES: Mapping[str, str] = {"on": "on_cycle", "off": "off_cycle"}


class Period(NamedTuple):
    """A period of a billing cycle of an LDC, by its first day."""

    ldc: str
    cycle: str
    start: Day


@dataclass(slots=True)
class _Orders:
    """What people at the LDCs ordered.

    :ivar wanted: the days of which quantities were ordered, by SDP; `lost` those whose response got lost; `amended`
        those that a corrected problem had kept away.
    :ivar published: the dates that were ever ordered of a period, its exclusive ends.
    """

    wanted: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    lost: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    amended: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    published: dict[Period, set[Day]] = field(default_factory=lambda: defaultdict(set))

    def all_of(self, ldc: str, sdp_id: str) -> list[Span]:
        """The days that anybody may have meant of an SDP."""
        cycles = [Span(each.start, end) for each, ends in self.published.items() if each.ldc == ldc for end in ends]
        return [*self.wanted[ldc, sdp_id], *self.lost[ldc, sdp_id], *self.amended[ldc], *cycles]


class GivenOrdersCheck(Check):
    """Holds requests for quantities, and schedules, to what people ordered."""

    situations: ClassVar[Mapping[str, str]] = {
        "orders/days that meet": "Quantities are asked for of days that follow those of an order before.",
        "orders/date moved": "A schedule moves a date that was given before.",
        "orders/response recovered": "A response is asked for as it was delivered.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._orders = _Orders()
        self._sdp_of: dict[str, tuple[str, str]] = {}
        self._dates: dict[Period, Day] = {}
        self._codes = case.profile.codes["request_cycle"]

    # --- what people order -----------------------------------------------------------------------------------

    def loaded(self, loaded: Loaded) -> None:
        for each in loaded.data.get("instructions", ()):
            self._ordered(each)

    def _ordered(self, order: Mapping[str, Any]) -> None:
        name, ldc = order["instruction"], order["ldc"]
        if name == "publish_billing_schedule":
            for each in order["cycles"]:
                span = ordered(each)
                self._orders.published[Period(ldc, each["billing_cycle_id"], span.start)].add(span.end)
        elif name in {"request_quantities", "decide"}:
            cycle = self._codes[_CYCLES[order["cycle"]]] if "cycle" in order else None
            for sdp_id in order["sdp_ids"]:
                self._orders.wanted[ldc, sdp_id].append(ordered(order)._replace(cycle=cycle))
        elif name == "response_lost":
            for sdp_id in order["sdp_ids"]:
                lost = ordered(order)._replace(delivered=instant(order["delivered"]))
                self._orders.lost[ldc, sdp_id].append(lost)
        elif name == "problem_corrected" and "first_day" in order:
            self._orders.amended[ldc].append(ordered(order))

    def arrived(self, letter: Letter) -> None:
        """Take Universal SDP IDs, and note which dates were refused: what the MDM/R has of these is not known."""
        self._sdp_of |= issued(letter)
        if letter.type == "IR03" and letter.details:
            self._dates = {each: end for each, end in self._dates.items() if each.ldc != letter.ldc}

    # --- what is given ---------------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        if received.admission.verdict == "refused" or not self.case.opening.from_the_beginning:
            return
        content = self.case.content_of(received).file
        details = [] if content is None else list(content.details)
        if received.type == "5000":
            self._check_requests(received, details)
        elif received.type == "8000":
            self._check_schedule(received, details)

    def _check_requests(self, received: Received, details: list[Record]) -> None:
        wrong: dict[str, list[tuple[int, str]]] = {"BSV-02": [], "BSV-09": [], "BSV-10": []}
        for record in details:
            key, period = self._sdp_of.get(str(record["universal_sdp_id"])), period_of(record)
            if key is None or period is None:
                continue
            for rule in self._broken_by(record, key, period):
                wrong[rule].append((record.line, f"{key[1]} {period}"))
        for rule, found in wrong.items():
            hold_records(self.case, rule, received, _EXPECTED[rule], found)

    def _broken_by(self, record: Record, key: tuple[str, str], period: Span) -> Iterator[str]:
        spans = self._orders.all_of(*key)
        meant = [each for each in spans if each.meets(period)]
        if any(each.end == period.start for each in spans):
            self.case.meet("orders/days that meet")
        if meant and not _covers(meant, period):
            yield "BSV-09"
        if record["version_date_time"] is not None:
            self.case.meet("orders/response recovered")
            lost = [each for each in self._orders.lost[key] if each.meets(period)]
            if not any(_recovers(record["version_date_time"], each) for each in lost):
                yield "BSV-10"
        elif meant and None not in {each.cycle for each in meant}:
            cycle = record["cycle"]
            if cycle not in {each.cycle for each in meant}:
                yield "BSV-02"

    def _check_schedule(self, received: Received, details: list[Record]) -> None:
        today = day_of(received.instant)
        earliest = Day(today + timedelta(days=int(self.case.value("schedule_update_lead_days"))))
        unknown: list[tuple[int, str]] = []
        late: list[tuple[int, str]] = []
        for record in details:
            start, end = day_or_none(record["period_start_date"]), day_or_none(record["period_end_date"])
            if start is None or end is None or record["billing_cycle_id"] is None:
                continue
            period = Period(received.ldc, str(record["billing_cycle_id"]), start)
            shown = f"{period.cycle} from {start} until {end}"
            if end not in self._orders.published.get(period, ()):
                unknown.append((record.line, shown))
            held = self._dates.get(period, end)
            if held != end:
                self.case.meet("orders/date moved")
                if max(held, end) < earliest:
                    late.append((record.line, f"{shown}, before it until {held}"))
            self._dates[period] = end
        hold_records(self.case, "BSV-12", received, _EXPECTED["BSV-12"], unknown)
        hold_records(self.case, "BSV-04", received, f"no date moved that is before {earliest}, held or new", late)


_EXPECTED: Mapping[str, str] = {
    "BSV-02": "requests on cycle or off cycle, as people ordered the days",
    "BSV-09": "requests for days alone that people named, with the day after the last as the end",
    "BSV-10": "a Request Version Date Time where a response got lost, not before it was delivered, and nowhere else",
    "BSV-12": "periods of billing cycles as people published them, the end exclusive",
}


def _recovers(version: Value, lost: Span) -> bool:
    """Whether a request as of a time is for a response that got lost: it had been delivered by then."""
    return lost.delivered is None or not isinstance(version, datetime) or lost.delivered <= version


def _covers(spans: list[Span], period: Span) -> bool:
    """Whether every day of a period lies in one of some spans."""
    reached = period.start
    for each in sorted(spans, key=lambda each: (each.start, each.end)):
        if each.start <= reached < each.end:
            reached = each.end
    return reached >= period.end
