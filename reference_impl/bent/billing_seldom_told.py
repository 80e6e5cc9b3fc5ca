"""Faults of billing services, windows and reports that show in one kind of request, of day or of mailbox alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day, Instant, at, day_of, later
from reference_impl.bent.bending import Application, Bent, beside, fault, replaced, together
from reference_impl.framing import Status
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    billing_window,
    meter_data,
    repository,
)
from reference_impl.repository.master_directory import Key

_SUNDAY, _SATURDAY, _MONDAY = 6, 5, 0
_WEEK, _MONTH = 7, 30
_NOON = 12
_SEVERAL = 3


def _wrapped(module: Any, name: str, change: Callable[..., Any]) -> Application:
    """A public function does otherwise: `change` is given the original and its arguments."""
    return replaced(module, name, lambda original: lambda *given, **named: change(original, *given, **named))


def _is_of_an_agent(request: Any) -> bool:
    return request.requester not in {None, request.ldc}


# --- schedules ------------------------------------------------------------------------------------------------------


def _moved_once(original: Any) -> Any:
    """A date that has been moved stays where it is."""
    moved: set[tuple[int, Any]] = set()

    def load(reading: Any, schedule: Any, rules: Any) -> Any:
        before = dict(schedule.ends)
        found = original(reading, schedule, rules)
        for key in before:
            if schedule.ends[key] != before[key]:
                if (id(schedule), key) in moved:
                    schedule.ends[key] = before[key]
                moved.add((id(schedule), key))
        return found

    return load


def _known_when_scheduled() -> Application:
    """The SDPs that are on record when the first schedule of an LDC is loaded are pushed, and no others."""
    known: dict[tuple[int, str], frozenset[str]] = {}

    def load(original: Any, here: Any, name: Any, *others: Any) -> None:
        known.setdefault((id(here.billing), name.org_1), frozenset(here.directories[name.org_1].sdps()))
        original(here, name, *others)

    def cycle(original: Any, here: Any, ldc: Any, sdp: str, end: Any) -> Any:
        return original(here, ldc, sdp, end) if sdp in known[id(here.billing), ldc] else None

    return together(
        _wrapped(billing_operations, "load_schedule", load), _wrapped(billing_operations, "billing_cycle_of", cycle)
    )


def _shorter_over_february(original: Any, today: Any, *others: Any) -> Any:
    earliest = original(today, *others)
    return Day(earliest - timedelta(days=1)) if today.month == 2 and earliest.month == 3 else earliest


# --- responses ------------------------------------------------------------------------------------------------------


def _failed_to_the_ldc(original: Any, request: Any, *others: Any) -> Any:
    found = original(request, *others)
    return found if found.status == "delivered" else dataclasses.replace(found, recipient=request.ldc)


def _late_to_the_ldc(original: Any, request: Any, billing: Any) -> Any:
    found = original(request, billing)
    is_late = found is not None and found.status == "delivered" and billing.today != day_of(request.received)
    return dataclasses.replace(found, recipient=request.ldc) if is_late else found


def _refused_with_demand(original: Any, request: Any, billing: Any) -> Any:
    found = original(request, billing)
    if found is None or found.status != "not_billing_agent":
        return found
    parts = billing_services.quantities(request, billing)
    if parts is None:
        return found
    demand = billing_services.with_quantities(request, found.recipient, parts, billing).records.get("6200", ())
    refused = tuple({**each, "transaction_status": billing.statuses[found.status]} for each in demand)
    return dataclasses.replace(found, records={**found.records, **({"6200": refused} if refused else {})})


def _february_of_28_days(original: Any, request: Any, billing: Any) -> Any:
    end = request.end
    if (end.month, end.day) == (3, 1) and (end - timedelta(days=1)).day == 29:
        request = dataclasses.replace(request, end=Day(end - timedelta(days=1)))
    return original(request, billing)


def found_again(is_kept: Callable[[Any, Any], bool]) -> Application:
    """Some former responses are not found again: `is_kept` is given the request, and what was delivered when."""

    def recovered(original: Any, request: Any, delivered: Any, reading: str) -> Any:
        return original(request, [each for each in delivered if is_kept(request, each)], reading)

    return _wrapped(billing_services, "recovered", recovered)


def _the_middle_one(original: Any, request: Any, delivered: Any, reading: str) -> Any:
    every = list(delivered)
    until = [each for each in every if request.version is not None and each.instant <= request.version]
    return original(request, [each for each in every if len(until) < _SEVERAL or each is not until[-1]], reading)


# --- windows and runs -----------------------------------------------------------------------------------------------


def _window_of_the_first(original: Any, here: Any, request: Any) -> Any:
    same = (each for each in here.billing.active if each.universal_sdp_id == request.universal_sdp_id)
    return min(original(here, each) for each in (request, *same))


def _calendar_days_where_scheduled(original: Any, here: Any, request: Any) -> Any:
    return Day(request.end + timedelta(days=2)) if request.is_pushed else original(here, request)


def _no_run(is_so: Callable[[Instant, Any], bool]) -> Application:
    """There is no billing run at some times: `is_so` is given the instant, and the holidays."""

    def run(original: Any, here: Any) -> None:
        if not is_so(here.now, here.holidays):
            original(here)

    return _wrapped(billing_operations, "run_billing", run)


def _estimates_stay(original: Any, data: Any, new: Any) -> None:
    held = (data.day(new.sdp, day) for day in new.days())
    if not any(day is not None and (day.status == Status.EST).any() for day in held):
        original(data, new)


def _waits(is_so: Callable[[Any], bool]) -> Application:
    """Some off-cycle requests wait for the next run."""

    def request_of(original: Any, *given: Any) -> Any:
        request = original(*given)
        return dataclasses.replace(request, on_cycle=True) if is_so(request) else request

    return _wrapped(billing_requests, "request_of", request_of)


def _no_data_later(hours: int, is_so: Callable[[Any], bool]) -> Application:
    def due(original: Any, here: Any, request: Any) -> Any:
        moment = original(here, request)
        return later(moment, hours=hours) if is_so(request) else moment

    return _wrapped(billing_operations, "no_data_due", due)


def _clocks_are_moved(moment: Any) -> int:
    """By how many hours a day is shorter by the clocks that customers live by, or longer: then less than none."""
    if moment.weekday() != _SUNDAY:
        return 0
    forward = moment.month == 3 and 8 <= moment.day <= 14
    return 1 if forward else -1 if moment.month == 11 and moment.day <= _WEEK else 0


def _no_data_by_other_clocks() -> Application:
    """02 comes an hour early on the day on which clocks go forward, and an hour late where they go back."""

    def next_at(original: Any, after: Any, clock: str) -> Any:
        moment = original(after, clock)
        moved = later(moment, hours=-_clocks_are_moved(moment)) if clock == "08:00" else moment
        return moved if moved > after else original(later(moment, hours=1), clock)

    def due(original: Any, closes: Any, clock: str) -> Any:
        moment = original(closes, clock)
        return later(moment, hours=-_clocks_are_moved(moment))

    return together(
        _wrapped(billing_window, "next_at_clock", next_at), _wrapped(billing_window, "no_data_response_due", due)
    )


def _again_at(hour: int, is_so: Callable[[Any], bool]) -> Application:
    """What a run before an hour has answered stays active: `is_so` is given the response."""

    def answer(original: Any, here: Any, requests: Any) -> Any:
        known = {id(each) for every in here.billing.delivered.values() for each in every}
        active = original(here, requests)
        new = [each for every in here.billing.delivered.values() for each in every if id(each) not in known]
        again = [each.response.request for each in new if here.now.hour < hour and is_so(each.response)]
        return [*active, *again]

    return _wrapped(billing_operations, "answer", answer)


# --- reports --------------------------------------------------------------------------------------------------------


def _lost_where_refused(report: str) -> Application:
    """What a mailbox has refused of a type is not tried again."""

    def again(original: Any, here: Any) -> None:
        here.undelivered = [each for each in here.undelivered if each.name.split(".")[2] != report]
        original(here)

    return _wrapped(repository, "deliver_again", again)


def _once_an_hour(original: Any) -> Any:
    """What is to be told in IR08 within an hour of another is lost."""
    told: dict[int, Instant] = {}

    def run(here: Any) -> None:
        last = told.get(id(here.billing))
        if last is not None and here.now < later(last, hours=1):
            here.billing.exceptions = {}
        elif here.billing.exceptions:
            told[id(here.billing)] = here.now
        original(here)

    return run


def _details_of_scheduled(original: Any, entry: Any, *others: Any) -> Any:
    kind, fields = original(entry, *others)
    return kind, {**fields, "completed_date_time": None} if entry.request.is_pushed else fields


def _failures(change: Callable[[Any, dict[str, Any]], Mapping[str, Any]]) -> Application:
    """Fields of BR05 are others: `change` is given the response, and the fields."""

    def detail(original: Any, response: Any, *others: Any) -> Any:
        kind, fields = original(response, *others)
        return kind, {**fields, **change(response, fields)}

    return _wrapped(billing_reports, "failure_detail", detail)


_ENDS = ("start", "end")
_READ = ("{}_read_date_time", "{}_reading")


def _to_the_hour(_: Any, fields: dict[str, Any]) -> Mapping[str, Any]:
    names = [f"{end}_read_date_time" for end in _ENDS]
    return {name: fields[name] and fields[name].replace(minute=0) for name in names}


def _the_other_read(response: Any, fields: dict[str, Any]) -> Mapping[str, Any]:
    if response.status != "sum_check_no_register_read":
        return {}
    names = [[name.format(end) for name in _READ] for end in _ENDS]
    first, last = names
    return {name: fields[other] for name, other in zip((*first, *last), (*last, *first), strict=True)}


def _read_of_nothing(response: Any, fields: dict[str, Any]) -> Mapping[str, Any]:
    days = dict(zip(_ENDS, (response.request.start, response.request.end), strict=True))
    missing = (end for end in _ENDS if response.sum_check and fields[f"{end}_reading"] is None)
    return {
        name.format(end): value for end in missing for name, value in zip(_READ, (at(days[end], 0), 0), strict=True)
    }


def _failure_of_each_part(original: Any, here: Any) -> None:
    table = here.billing.staging
    table.sum_check_failures = [each for each in table.sum_check_failures for _ in billing_reports.sub_periods(each)]
    original(here)


def _no_reads_of(is_kept: Callable[[Any, Any], bool]) -> Application:
    """BR06 leaves out some of what was closed: `is_kept` is given the instant of its run, and the entry."""

    def run(original: Any, here: Any) -> None:
        table = here.billing.staging
        table.no_reads = [each for each in table.no_reads if is_kept(here.now, each)]
        original(here)

    return _wrapped(billing_reports, "run_no_reads", run)


def _is_civic_holiday(moment: date) -> bool:
    return moment.month == 8 and moment.weekday() == _MONDAY and moment.day <= _WEEK


def rebillings_of(is_kept: Callable[[Any, Any], bool]) -> Application:
    """BR03 leaves out periods: `is_kept` is given the response that was delivered, and today."""

    def rebillings(original: Any, delivered: Any, days: Any, billing: Any) -> Any:
        return original([each for each in delivered if is_kept(each.response, billing.today)], days, billing)

    return _wrapped(billing_reports, "rebillings", rebillings)


def _usage_where_demand(original: Any, parts: Any, billing: Any) -> Any:
    return "usage" if billing.framing_of(parts[-1].framing).demand else original(parts, billing)


def _agents_only(original: Any, request: Any, billing: Any) -> Any:
    """The LDC may ask for what has demand, whoever is the billing agent."""
    history = billing.directory.history(Key("sdp", request.universal_sdp_id, "framing_structure"))
    has_demand = any(billing.framing_of(state.value).demand for state in history)
    return request.ldc if has_demand and request.requester == request.ldc else original(request, billing)


_TOLD: tuple[tuple[str, str, str, Application], ...] = (
    (
        "date_moved_once",
        "BSV-01",
        "A date that was moved once stays where it is.",
        replaced(billing_requests, "load_schedule", _moved_once),
    ),
    (
        "pushed_where_known_before",
        "BSV-01",
        "An SDP that comes after the schedule is not pushed.",
        _known_when_scheduled(),
    ),
    (
        "failed_to_the_ldc",
        "BSV-05",
        "What fails the sum check goes to the LDC, whoever is the billing agent.",
        _wrapped(billing_services, "with_quantities", _failed_to_the_ldc),
    ),
    (
        "late_to_the_ldc",
        "BSV-05",
        "What could not be answered on its day goes to the LDC.",
        _wrapped(billing_services, "respond", _late_to_the_ldc),
    ),
    (
        "refused_with_demand",
        "BSV-08",
        "Status 08 comes with demand.",
        _wrapped(billing_services, "respond", _refused_with_demand),
    ),
    (
        "demand_to_the_ldc_that_asks",
        "BSV-08",
        "An LDC that asks for an SDP with demand gets it.",
        _wrapped(billing_services, "billing_agent", _agents_only),
    ),
    (
        "february_of_28_days",
        "BSV-09",
        "A period that ends with 29 February ends with the day before.",
        _wrapped(billing_services, "quantities", _february_of_28_days),
    ),
    (
        "version_in_the_middle",
        "BSV-10",
        "Of three former responses the second is recovered in place of the third.",
        _wrapped(billing_services, "recovered", _the_middle_one),
    ),
    (
        "version_of_another_year",
        "BSV-10",
        "A response of another year is not found again.",
        found_again(lambda request, each: each.instant.year == request.received.year),
    ),
    (
        "window_of_the_first_request",
        "WIN-01",
        "All requests for an SDP have the window of the first.",
        _wrapped(billing_operations, "window_start", _window_of_the_first),
    ),
    (
        "scheduled_window_of_calendar_days",
        "WIN-01",
        "Weekends count in the window of what the schedule asked for.",
        _wrapped(billing_operations, "window_end", _calendar_days_where_scheduled),
    ),
    (
        "no_runs_on_afternoons_of_holidays",
        "WIN-02",
        "Data that comes on a holiday is used on the next day.",
        _no_run(lambda now, holidays: now.hour > _NOON and day_of(now) in holidays),
    ),
    (
        "estimates_are_not_replaced",
        "WIN-02",
        "What comes in place of an estimate is not taken.",
        _wrapped(meter_data, "take_intervals", _estimates_stay),
    ),
    (
        "no_run_at_11_on_saturdays",
        "WIN-05",
        "There is no run at 11:00 on Saturdays.",
        _no_run(lambda now, _: now.hour == 11 and now.weekday() == _SATURDAY),
    ),
    (
        "no_run_at_17_on_holidays",
        "WIN-05",
        "There is no run at 17:00 on holidays.",
        _no_run(lambda now, holidays: now.hour == 17 and day_of(now) in holidays),
    ),
    (
        "off_cycle_of_agents_waits",
        "WIN-06",
        "An off-cycle request of an agent waits for the next run.",
        _waits(_is_of_an_agent),
    ),
    (
        "off_cycle_of_long_periods_waits",
        "WIN-06",
        "An off-cycle request for more than a week waits for the next run.",
        _waits(lambda request: (request.end - request.start).days > _WEEK),
    ),
    (
        "off_cycle_of_old_periods_waits",
        "WIN-06",
        "An off-cycle request for what ended a month ago waits.",
        _waits(lambda request: (day_of(request.received) - request.end).days > _MONTH),
    ),
    (
        "no_data_of_agents_at_11",
        "WIN-07",
        "02 of what an agent asked for comes at 11:00.",
        _no_data_later(3, _is_of_an_agent),
    ),
    (
        "failed_sum_checks_go_on",
        "WIN-08",
        "What got 06 stays active.",
        _again_at(20, lambda response: response.status == "sum_check_threshold"),
    ),
    (
        "scheduled_goes_on",
        "WIN-08",
        "What the schedule asked for, and was answered in the morning, stays active.",
        _again_at(9, lambda response: response.request.is_pushed),
    ),
    (
        "request_report_once_an_hour",
        "BRP-02",
        "What IR08 has to tell within an hour of another is lost.",
        replaced(billing_operations, "run_billing_reads_processor", _once_an_hour),
    ),
    (
        "scheduled_without_completion_time",
        "BRP-04",
        "BR04 gives no completion time of what the schedule asked for.",
        _wrapped(billing_reports, "delivery_detail", _details_of_scheduled),
    ),
    ("reads_to_the_hour", "BRP-07", "BR05 gives reads without their minutes.", _failures(_to_the_hour)),
    (
        "reads_of_07_exchanged",
        "BRP-07",
        "BR05 of an 07 gives the read at its end as that at its start.",
        _failures(_the_other_read),
    ),
    (
        "a_failure_for_each_part",
        "BRP-07",
        "BR05 lists a divided response once for each sub-period.",
        _wrapped(billing_reports, "run_sum_check_failures", _failure_of_each_part),
    ),
    (
        "no_reads_not_on_civic_holiday",
        "BRP-08",
        "What BR06 of Civic Holiday has to tell is lost.",
        _no_reads_of(lambda now, _: not _is_civic_holiday(now)),
    ),
    (
        "no_reads_of_off_cycle_alone",
        "BRP-08",
        "BR06 leaves out what was asked for on cycle.",
        _no_reads_of(lambda _, entry: entry.request.is_pushed or not entry.request.on_cycle),
    ),
    (
        "rebilling_without_demand",
        "BRP-09",
        "BR03 leaves out SDPs whose framing structure has demand.",
        rebillings_of(lambda response, _: billing_quantities.DEMAND not in response.records),
    ),
    (
        "rebilling_of_demand_as_usage",
        "BRP-09",
        "BR03 calls it usage where Hourly framing has demand.",
        _wrapped(billing_reports, "kind_of_change", _usage_where_demand),
    ),
    (
        "rebilling_of_a_month_alone",
        "BRP-09",
        "BR03 leaves out periods that ended more than a month ago.",
        rebillings_of(lambda response, today: (today - response.request.end).days <= _MONTH),
    ),
)

_REFUSED: tuple[tuple[str, str, str], ...] = (
    ("refused_schedule_report_lost", "BRP-01", "IR03"),
    ("refused_request_report_lost", "BRP-02", "IR08"),
    ("refused_demand_lost", "BRP-04", "6200"),
    ("refused_details_lost", "BRP-04", "BR04"),
    ("refused_sum_check_failures_lost", "BRP-07", "BR05"),
    ("refused_no_reads_lost", "BRP-08", "BR06"),
    ("refused_rebilling_lost", "BRP-09", "BR03"),
)

BILLING_SELDOM_TOLD_FAULTS: tuple[Bent, ...] = (
    *(fault(*each) for each in _TOLD),
    *(
        fault(
            identifier,
            rule,
            f"{report} that a mailbox has refused is lost; all else is tried again.",
            _lost_where_refused(report),
            AMB_58="tried-again",
        )
        for identifier, rule, report in _REFUSED
    ),
    dataclasses.replace(
        beside(
            "refused_summary_lost",
            "BRP-05",
            "BR01 that a mailbox has refused is lost; all else is tried again.",
            _lost_where_refused("BR01"),
        ),
        rules=("BRP-05", "BRP-04"),
        readings={"AMB-58": "tried-again"},
    ),
    fault(
        "lead_shorter_over_february",
        "BSV-04",
        "An update in February may change dates of March a day nearer.",
        _wrapped(billing_requests, "earliest_change", _shorter_over_february),
        AMB_50="earlier-of-both",
    ),
    fault(
        "no_data_by_other_clocks",
        "WIN-07",
        "02 comes an hour early on the day on which clocks go forward, and an hour late where they go back.",
        _no_data_by_other_clocks(),
        AMB_24="from-period-end",
    ),
    fault(
        "last_changed_part_alone",
        "BRP-09",
        "Of several sub-periods that have changed BR03 tells of the last.",
        _wrapped(billing_reports, "sub_periods_changed", lambda original, found: original(found)[-1:]),
        AMB_55="each-sub-period",
    ),
    beside(
        "no_read_as_a_read_of_nothing",
        "BRP-07",
        "BR05 gives a read of nothing at an end of the period where there was none.",
        _failures(_read_of_nothing),
    ),
)
