"""Faults of files, times and quantities that show in rare cases alone: beside another, by another clock, on a rare day."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, Instant, day_of, midnight
from reference_impl.bent.bending import Application, Bent, details_of, fault, outgoing, renamed, replaced
from reference_impl.framing import Energy, Status
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    billing_window,
    file_transfer,
    repository,
)
from reference_impl.repository.master_directory import value_on

_FIRST_RUN, _LAST_RUN = 8, 23
_SUNDAY = 6
_FEW = 3
_LITTLE = 1000
"""A change of less than one in so many is little."""

# --- files ------------------------------------------------------------------------------------------------------


def _retired_for_agents(file: Any) -> Any:
    ldc, recipient, file_id, *_ = file.name.split(".")
    is_agents = file_id in {"IR06", "IR07"} and recipient != ldc
    return renamed(file, lambda name: name.replace(f".{file_id}.02.", f".{file_id}.01.")) if is_agents else file


def _of_one_ldc(original: Any) -> Any:
    def may_submit(organisation: Any, ldc: Any, file_id: str, participants: Any) -> bool:
        of = [
            each
            for each, agent, of_type, direction in participants.authorisations
            if (agent, of_type, direction) == (organisation, file_id, "submit")
        ]
        is_first = ldc in {organisation, min(of, default=ldc)}
        return bool(original(organisation, ldc, file_id, participants)) and is_first

    return may_submit


def _forgotten_at_new_year(original: Any) -> Any:
    def run(here: Any) -> None:
        before = max((one.processed for each in here.reported.values() for one in each), default=here.now)
        if before.year != here.now.year:
            here.ids.issued.clear()
        original(here)

    return run


# --- times ------------------------------------------------------------------------------------------------------


def _off_cycle(waits: Callable[[Any, list[Any]], list[Any]]) -> Application:
    """Some off-cycle requests wait for the next run: `waits` is given the repository and those of a file."""

    def make(original: Any) -> Any:
        def read(here: Any, *arguments: Any) -> None:
            def answering(answer: Any) -> Any:
                def some(_: Any, requests: Any) -> list[Any]:
                    every = list(requests)
                    later = waits(here, every)
                    return [*answer(here, [each for each in every if each not in later]), *later]

                return some

            with replaced(billing_operations, "answer", answering)(None):
                original(here, *arguments)

        return read

    return replaced(billing_operations, "read_request_file", make)


def _at(is_so: Callable[[Instant], bool]) -> Callable[[Any, list[Any]], list[Any]]:
    return lambda here, every: every if is_so(here.now) else []


def _no_business_day(is_so: Callable[[Day], bool]) -> Application:
    def make(original: Any) -> Any:
        return lambda day, holidays: original(day, holidays) and not is_so(day)

    return replaced(billing_window, "is_business_day", make)


def _one_of_each_sdp(original: Any) -> Any:
    def process(requests: Any, billing: Any) -> Any:
        every = list(requests)
        first = {each.universal_sdp_id: each for each in reversed(every)}
        done = original(first.values(), billing)
        done.active += [each for each in every if each not in first.values()]
        return done

    return process


def _replacing(original: Any) -> Any:
    def read(here: Any, *arguments: Any) -> None:
        before = list(here.billing.active)
        original(here, *arguments)
        asked = {_asked(each) for each in here.billing.active if each not in before}
        here.billing.active = [
            each for each in here.billing.active if each not in before or each.is_pushed or _asked(each) not in asked
        ]

    return read


def _some_of_a_file(original: Any) -> Any:
    def validated(*arguments: Any) -> Any:
        found = original(*arguments)
        return dataclasses.replace(found, requests=found.requests[:_FEW])

    return validated


def _without_the_last_of_several(original: Any) -> Any:
    def load(reading: Any, schedule: Any, rules: Any) -> Any:
        found = original(reading, schedule, rules)
        if len(found.loaded) >= _FEW:
            last = found.loaded[-1]
            del schedule.ends[last.billing_cycle_id, last.start]
        return found

    return load


def _asked(request: Any) -> Any:
    return request.universal_sdp_id, request.start, request.end


def _not_on_leap_days(original: Any) -> Any:
    return lambda schedule, day: iter(()) if (day.month, day.day) == (2, 29) else original(schedule, day)


# --- quantities -------------------------------------------------------------------------------------------------


def _hourly_by_no_account(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
        framing = value_on(framings, start)
        is_hourly = framing is not None and framing_of(framing).energy is Energy.HOURLY
        return original(start, end, framings, () if is_hourly else accounts, prices, framing_of)

    return split


def _demand_of_all_parts(original: Any) -> Any:
    def response(*arguments: Any) -> Any:
        found = original(*arguments)
        every = found.records.get(billing_quantities.DEMAND, ())
        highest = max((each["peak_w"] or 0 for each in every), default=0)
        alike = tuple({**each, "peak_w": highest} for each in every)
        return dataclasses.replace(found, records={**found.records, billing_quantities.DEMAND: alike} if every else {})

    return lambda *arguments: response(*arguments) if _has_demand(arguments[2]) else original(*arguments)


def _has_demand(parts: Any) -> bool:
    return any(billing_quantities.DEMAND in got.records for _, got in parts)


def _without_leap_days(original: Any) -> Any:
    def records(energy: Any, days: Any) -> Any:
        return [each for each in original(energy, days) if (each["day"].month, each["day"].day) != (2, 29)]

    return records


def _blank_where_nothing(original: Any) -> Any:
    def record(*arguments: Any) -> Any:
        found = original(*arguments)
        return {**found, "peak_w": found["peak_w"] or None}

    return record


# --- sum check, estimation and reports ---------------------------------------------------------------------------


def _by_eastern_days(original: Any) -> Any:
    def checked(*arguments: Any) -> Any:
        with replaced(billing_services, "day_begins", lambda _: lambda day, __: midnight(day))(None):
            return original(*arguments)

    return checked


def _measured_alone(original: Any) -> Any:
    """What was estimated between two reads does not count."""

    def energy(data: Any, sdp: str, first: Instant, last: Instant) -> int:
        total, day = int(original(data, sdp, first, last)), day_of(first)
        while day < day_of(last):
            held = data.day(sdp, day)
            total -= 0 if held is None else int(held.wh[held.status == Status.EST].sum())
            day = Day(day + timedelta(days=1))
        return total

    return energy


def _not_with_demand(original: Any) -> Any:
    return lambda request, parts, billing: None if _has_demand(parts) else original(request, parts, billing)


def _status_of_the_first(rows: list[list[str]]) -> list[list[str]]:
    first: dict[str, str] = {}
    return [[*row[:4], first.setdefault(row[2], row[4]), *row[5:]] for row in rows]


def _much(original: Any) -> Any:
    def changed(*arguments: Any) -> Any:
        for each in original(*arguments):
            period = each.delivered.request.start, each.delivered.request.end
            before, now = (billing_reports.energy_wh(one, *period) for one in (each.delivered, each.now))
            if abs(now - before) * _LITTLE >= before:
                yield each

    return changed


RARE_REQUEST_FAULTS: tuple[Bent, ...] = (
    fault(
        "agents_reports_of_retired_version",
        "FTS-08",
        "Agents receive IR06 and IR07 in the retired version.",
        outgoing(_retired_for_agents),
    ),
    fault(
        "agent_of_one_ldc_alone",
        "FTS-10",
        "An agent may submit for one of the LDCs that have authorised it.",
        replaced(file_transfer, "may_submit", _of_one_ldc),
    ),
    fault(
        "universal_sdp_ids_forgotten_at_new_year",
        "USDP-03",
        "Issued Universal SDP IDs are forgotten when a year ends.",
        replaced(repository, "run_assignment", _forgotten_at_new_year),
    ),
    fault(
        "first_off_cycle_request_of_a_file",
        "WIN-06",
        "Of the off-cycle requests of a file the first is processed on receipt.",
        _off_cycle(lambda _, every: every[1:]),
    ),
    fault(
        "off_cycle_not_at_night",
        "WIN-06",
        "Off-cycle requests that come between 23:00 and 08:00 wait.",
        _off_cycle(_at(lambda now: not _FIRST_RUN <= now.hour < _LAST_RUN)),
    ),
    fault(
        "off_cycle_not_on_sundays",
        "WIN-06",
        "Off-cycle requests that come on a Sunday wait.",
        _off_cycle(_at(lambda now: now.weekday() == _SUNDAY)),
    ),
    fault(
        "remembrance_day_no_business_day",
        "WIN-01",
        "Remembrance Day does not count for the window.",
        _no_business_day(lambda day: (day.month, day.day) == (11, 11)),
    ),
    fault(
        "civic_holiday_no_business_day",
        "WIN-01",
        "The first Monday of August does not count for the window.",
        _no_business_day(lambda day: day.month == 8 and day.weekday() == 0 and day.day <= 7),
    ),
    fault(
        "one_request_of_an_sdp_a_run",
        "WIN-02",
        "Of several requests for an SDP a run processes the first.",
        replaced(billing_services, "process", _one_of_each_sdp),
    ),
    fault(
        "later_request_replaces_the_former",
        "WIN-02",
        "A request takes the place of one for the same period that waits.",
        replaced(billing_operations, "read_request_file", _replacing),
    ),
    fault(
        "three_requests_of_a_file",
        "BSV-02",
        "Of a request file the first three requests are taken.",
        replaced(billing_requests, "validate", _some_of_a_file),
    ),
    fault(
        "last_of_several_cycles_not_loaded",
        "BSV-01",
        "Of a schedule with three dates or more the last one is not loaded.",
        replaced(billing_requests, "load_schedule", _without_the_last_of_several),
    ),
    fault(
        "nothing_pushed_on_leap_day",
        "WIN-04",
        "Nothing is loaded for push on 29 February.",
        replaced(billing_requests.Schedule, "due_on", _not_on_leap_days),
    ),
    fault(
        "account_does_not_divide_hourly",
        "SEG-02",
        "An account change does not divide what is framed as Hourly.",
        replaced(billing_services, "split_at_events", _hourly_by_no_account),
    ),
    fault(
        "demand_of_all_parts",
        "SEG-02",
        "Each sub-period has the highest demand of all of them.",
        replaced(billing_services, "with_quantities", _demand_of_all_parts),
    ),
    fault(
        "leap_day_left_out_of_hourly",
        "BQ-07",
        "Hourly quantities have no 29 February.",
        replaced(billing_quantities, "hourly_records", _without_leap_days),
    ),
    fault(
        "no_demand_left_blank",
        "BQ-08",
        "A demand of nothing is left blank.",
        replaced(billing_quantities, "demand_record", _blank_where_nothing),
    ),
    fault(
        "no_sum_check_with_demand",
        "SUM-01",
        "An SDP whose framing structure has demand has no sum check.",
        replaced(billing_services, "sum_checked", _not_with_demand),
    ),
    fault(
        "sum_check_by_eastern_days",
        "SUM-02",
        "Reads are looked for at the Eastern midnight, whatever the zone.",
        replaced(billing_services, "sum_checked", _by_eastern_days),
    ),
    fault(
        "estimates_left_out_of_sum_check",
        "SUM-02",
        "Estimated intervals between the reads do not count.",
        replaced(billing_services, "energy_between", _measured_alone),
    ),
    fault(
        "estimates_until_the_eastern_midnight",
        "ODE-03",
        "Estimation ends at the Eastern midnight, whatever the zone.",
        replaced(billing_services, "period_ends", lambda _: lambda request, __: midnight(request.end)),
    ),
    fault(
        "status_of_the_first_request_of_an_sdp",
        "TXS-05",
        "BR04 shows for every request for an SDP the status of the first.",
        details_of("BR04", _status_of_the_first),
    ),
    fault(
        "little_changes_untold",
        "BRP-09",
        "BR03 leaves out changes of less than a thousandth.",
        replaced(billing_reports, "rebillings", _much),
    ),
)
"""Each leaves the plain case as it should be."""
