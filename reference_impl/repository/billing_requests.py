"""Billing quantity requests (5000) and billing cycle schedules (8000): what is asked for, and what is wrong with it.

Pull and push requests are the same thing once they are active (BSV-01 to -04, -06, -09, -10; BRP-01, BRP-02).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from harness.interface.files import Reading, Record, Value
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant
from harness.interface.names import FileName


@dataclass(frozen=True, slots=True)
class BillingRequest:
    """A request for the quantities of one SDP over one period.

    :param requester: who submitted it; None where the schedule did (push).
    :param start: the first day; `end`: the first day after the period (BSV-09).
    :param version: the instant whose response is to be recovered (BSV-10), or None.
    """

    ldc: OrgId
    requester: OrgId | None
    request_detail_id: str | None
    universal_sdp_id: str
    start: Day
    end: Day
    received: Instant
    on_cycle: bool = True
    version: Instant | None = None

    @property
    def is_pushed(self) -> bool:
        return self.requester is None


class RequestException(NamedTuple):
    """One line of IR08."""

    file: str
    line: int | None
    request_detail_id: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Validated:
    """What validating a request file came to."""

    requests: tuple[BillingRequest, ...]
    exceptions: tuple[RequestException, ...]


def validate(
    name: FileName, reading: Reading, known_sdps: Collection[str] | None, on_cycle: str, received: Instant
) -> Validated:
    """Validate a request file, line by line: a bad line does not keep the good ones from being processed.

    :param known_sdps: the Universal SDP IDs of the LDC's SDPs; None where any is taken (AMB-64).
    :param on_cycle: the code of an on-cycle request.
    """
    requests: list[BillingRequest] = []
    exceptions = [
        RequestException(
            str(name), found.line, None, found.code, f"found {found.found}, expected {found.expected}"[:200]
        )
        for found in reading.findings
    ]
    spoilt = {found.line for found in reading.findings}
    seen: set[str] = set()
    for record in () if reading.file is None else reading.file.details:
        if record.line in spoilt:
            continue
        wrong = exception_of(name, record, known_sdps, seen)
        seen.add(str(record["request_detail_id"]))
        if wrong is not None:
            exceptions.append(wrong)
        else:
            requests.append(request_of(name, record, on_cycle, received))
    return Validated(tuple(requests), tuple(exceptions))


def exception_of(
    name: FileName, record: Record, known_sdps: Collection[str] | None, seen: Collection[str]
) -> RequestException | None:
    """What is wrong with a request, or None."""
    detail = str(record["request_detail_id"])

    def wrong(code: str, message: str) -> RequestException:
        return RequestException(str(name), record.line, detail, code, message)

    if detail in seen:
        return wrong("request-detail-id-repeated", "another request of the file carries it")
    if known_sdps is not None and record["universal_sdp_id"] not in known_sdps:
        return wrong("universal-sdp-id-unknown", "it is of no SDP of the LDC")
    if _day(record["period_end_date"]) <= _day(record["period_start_date"]):
        return wrong("period-empty", "the exclusive end date does not lie after the start date")
    return None


def request_of(name: FileName, record: Record, on_cycle: str, received: Instant) -> BillingRequest:
    """The request that a record makes."""
    version = record["version_date_time"]
    return BillingRequest(
        name.org_1,
        name.org_2,
        str(record["request_detail_id"]),
        str(record["universal_sdp_id"]),
        _day(record["period_start_date"]),
        _day(record["period_end_date"]),
        received,
        record["cycle"] == on_cycle,
        None if version is None else Instant(version),  # type: ignore[arg-type]
    )


def _day(value: Value) -> Day:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day")
    return Day(value)


# --- the billing cycle schedule -----------------------------------------------------------------------------


class Cycle(NamedTuple):
    """One period of a billing cycle: bought for on its exclusive end, the day after its last."""

    billing_cycle_id: str
    start: Day
    end: Day


class ScheduleException(NamedTuple):
    """One line of IR03."""

    line: int | None
    cycle: Cycle | None
    code: str
    message: str


@dataclass(slots=True)
class Schedule:
    """An LDC's billing cycle schedule: the exclusive end of each period, by billing cycle and first day."""

    ends: dict[tuple[str, Day], Day]

    def due_on(self, day: Day) -> Iterator[Cycle]:
        """The periods whose quantities are to be produced on a day (BSV-01)."""
        for (billing_cycle_id, start), end in sorted(self.ends.items()):
            if end == day:
                yield Cycle(billing_cycle_id, start, end)


@dataclass(frozen=True, slots=True)
class ScheduleLoad:
    """What loading a schedule file came to."""

    loaded: tuple[Cycle, ...]
    exceptions: tuple[ScheduleException, ...]


@dataclass(frozen=True, slots=True)
class UpdateRules:
    """What an update of a schedule is held to.

    :param earliest: the first billing cycle date that it may still change (AMB-27).
    :param date: which date of a change has to lie no earlier (AMB-50); `others`: what becomes of the other dates of a
        file with one that cannot be loaded (AMB-51): readings.
    """

    earliest: Day
    date: str
    others: str


def load_schedule(reading: Reading, schedule: Schedule, rules: UpdateRules) -> ScheduleLoad:
    """Load a schedule, date by date: those that come too late are refused (BSV-04, AMB-51)."""
    loaded: list[Cycle] = []
    exceptions = [
        ScheduleException(found.line, None, found.code, f"found {found.found}, expected {found.expected}"[:200])
        for found in reading.findings
    ]
    spoilt = {found.line for found in reading.findings}
    is_update = bool(schedule.ends)
    for record in () if reading.file is None else reading.file.details:
        if record.line in spoilt:
            continue
        cycle = Cycle(
            str(record["billing_cycle_id"]), _day(record["period_start_date"]), _day(record["period_end_date"])
        )
        held = schedule.ends.get((cycle.billing_cycle_id, cycle.start))
        if cycle.end <= cycle.start:
            exceptions.append(
                ScheduleException(record.line, cycle, "period-empty", "the end does not lie after the start")
            )
        elif is_update and comes_too_late(cycle, held, rules):
            message = f"an update may change billing cycle dates from {rules.earliest} on"
            exceptions.append(ScheduleException(record.line, cycle, "too-late", message))
        else:
            loaded.append(cycle)
    if exceptions and {"in-part": False, "whole-file": True}[rules.others]:
        exceptions += [ScheduleException(None, cycle, "file-refused", "another date was refused") for cycle in loaded]
        loaded = []
    for cycle in loaded:
        schedule.ends[cycle.billing_cycle_id, cycle.start] = cycle.end
    return ScheduleLoad(tuple(loaded), tuple(exceptions))


def comes_too_late(cycle: Cycle, held: Day | None, rules: UpdateRules) -> bool:
    """Whether an update would change a billing cycle date that lies too near (BSV-04, AMB-50).

    :param held: the date held; None where there is none: then it is the new one that counts, or none at all.
    """
    if cycle.end == held:
        return False
    first = cycle.end if held is None else min(cycle.end, held)
    date = {"earlier-of-both": first, "date-held": held, "new-date": cycle.end}[rules.date]
    return date is not None and date < rules.earliest


def earliest_change(today: Day, lead_days: int, reading: str, is_business_day: Callable[[Day], bool]) -> Day:
    """The first billing cycle date that an update of today may change: three days ahead (BSV-04, AMB-27)."""
    every_day = {"calendar-days": True, "business-days": False}[reading]
    day, left = today, lead_days
    while left > 0:
        day = Day(day + timedelta(days=1))
        left -= every_day or is_business_day(day)
    return day


def schedule_details(
    name: FileName, load: ScheduleLoad, codes: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The records of IR03: the load's status, then its exceptions."""
    status = "loaded" if not load.exceptions else "in_part" if load.loaded else "refused"
    yield (
        "schedule_status",
        {
            "file_name": str(name),
            "status": codes[status],
            "loaded": len(load.loaded),
            "refused": len(load.exceptions),
        },
    )
    for exception in load.exceptions:
        cycle = exception.cycle
        yield (
            "schedule_exception",
            {
                "line": exception.line,
                "billing_cycle_id": None if cycle is None else cycle.billing_cycle_id,
                "period_start_date": None if cycle is None else cycle.start,
                "period_end_date": None if cycle is None else cycle.end,
                "code": exception.code,
                "message": _printable(exception.message),
            },
        )


def exception_details(exceptions: Iterable[RequestException]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The records of IR08 (BRP-02)."""
    for exception in exceptions:
        yield (
            "request_exception",
            {
                "file_name": exception.file,
                "line": exception.line,
                "request_detail_id": exception.request_detail_id,
                "code": exception.code,
                "message": _printable(exception.message),
            },
        )


def _printable(text: str) -> str:
    return "".join(char if char.isascii() and char.isprintable() and char != "|" else "?" for char in text)[
        :200
    ].strip()
