"""Faults of BR05, BR06 and BR03, of who receives the BR reports, and of their names (BRP-07 to -10, FTS-08)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, at, day_of, later
from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    only,
    renamed,
    replaced,
    text_changed,
    together,
)
from reference_impl.bent.report_bending import (
    FAILED_SUM_CHECKS,
    FAILURES,
    NO_READS,
    REBILLING,
    dated_next_day,
    run_at,
    stops_at_new_year,
)
from reference_impl.repository import billing_reports, billing_staging
from reference_impl.repository.state import Delivery

_SUNDAY = 6


def _created_next_day(file: Delivery) -> Delivery:
    today, tomorrow = (f"{day:%Y%m%d}" for day in (file.instant, later(file.instant, days=1)))
    return text_changed(file, lambda text: re.sub(rf"(?m)^(FH\|[^|]*\|){today}", rf"\g<1>{tomorrow}", text))


def no_reads_made_of(keep: Callable[[Any, Any], bool]) -> Application:
    """BR06 is made of some of what was closed; the rest is never told."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            here.billing.staging.no_reads = [entry for entry in here.billing.staging.no_reads if keep(here, entry)]
            original(here)

        return run

    return replaced(billing_reports, "run_no_reads", make)


def _no_reads_of_every_ldc(_: Any) -> Any:
    def run(here: Any) -> None:
        closed, here.billing.staging.no_reads = here.billing.staging.no_reads, []
        codes = here.profile.codes["transaction_status"]
        for ldc in billing_reports.reporting_ldcs(here):
            details = [billing_reports.no_reads_detail(entry, codes) for entry in closed]
            billing_reports.send_report(here, "BR06", ldc, details)

    return run


def _no_reads_and(more: Callable[[Any, Any], bool]) -> Application:
    """BR06 lists more than what was closed without quantities."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            table = here.billing.staging
            table.no_reads += [entry for entry in table.entries.values() if more(here, entry)]
            original(here)

        return run

    return replaced(billing_reports, "run_no_reads", make)


def _told_again(noted: str) -> Callable[[Any], Any]:
    """What is noted for a report is kept after it."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            every = list(getattr(here.billing.staging, noted))
            original(here)
            setattr(here.billing.staging, noted, every)

        return run

    return make


def not_on(is_so: Callable[[Day], bool]) -> Callable[[Any], Any]:
    """A report is not made on some days; what it would have told stays noted."""
    return lambda original: lambda here: None if is_so(day_of(here.now)) else original(here)


def _first_list_repeated(original: Any) -> Any:
    """What was listed on the first day that had something to list is listed on every other such day."""
    first: dict[tuple[str, Any], list[Any]] = {}

    def send(here: Any, report: str, ldc: Any, details: Any) -> None:
        records = list(details)
        if records and report in {"BR05", "BR06"}:
            records = first.setdefault((report, ldc), records)
        original(here, report, ldc, records)

    return send


def _answered_today(here: Any, entry: Any) -> bool:
    return entry.completed is not None and day_of(entry.completed) == day_of(here.now)


def _no_reads_detail(change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Application:
    """Change the fields of each record of BR06."""

    def make(original: Any) -> Any:
        def detail(*arguments: Any) -> Any:
            kind, fields = original(*arguments)
            return kind, {**fields, **change(fields)}

        return detail

    return replaced(billing_reports, "no_reads_detail", make)


def failures_listed(change: Callable[[Any, list[Any]], list[Any]]) -> Application:
    """BR05 is made of other responses than those that failed the sum check."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            table = here.billing.staging
            table.sum_check_failures = change(here, table.sum_check_failures)
            original(here)

        return run

    return replaced(billing_reports, "run_sum_check_failures", make)


def _of_today(here: Any, response: Any) -> bool:
    entry = here.billing.staging.entries.get(response.request)
    return entry is not None and _answered_today(here, entry)


def _answered_with(*statuses: str) -> Callable[[Any, list[Any]], list[Any]]:
    """The responses of the day with some statuses come on top."""

    def change(here: Any, failures: list[Any]) -> list[Any]:
        every = [each for kept in here.billing.delivered.values() for each in kept]
        today = [each.response for each in every if day_of(each.instant) == day_of(here.now)]
        return [*failures, *(response for response in today if response.status in statuses)]

    return change


def _failure_detail(change: Callable[[Any, dict[str, Any]], Mapping[str, Any]]) -> Application:
    """Change the fields of each record of BR05, by its response."""

    def make(original: Any) -> Any:
        def detail(response: Any, *others: Any) -> Any:
            kind, fields = original(response, *others)
            return kind, {**fields, **change(response, fields)}

        return detail

    return replaced(billing_reports, "failure_detail", make)


def _total_of_period(response: Any, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "interval_total_wh": fields["interval_total_wh"]
        and billing_reports.energy_wh(response, response.request.start, response.request.end)
    }


def _reads_at_boundaries(response: Any, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    if fields["start_read_date_time"] is None:
        return {}
    return {"start_read_date_time": at(response.request.start, 0), "end_read_date_time": at(response.request.end, 0)}


def _reads_exchanged(_: Any, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"start_reading": fields["end_reading"], "end_reading": fields["start_reading"]}


def _event(change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Application:
    """Change the fields of each record of BR03."""

    def make(original: Any) -> Any:
        def event(*arguments: Any) -> Any:
            kind, fields = original(*arguments)
            return kind, {**fields, **change(fields)}

        return event

    return replaced(billing_reports, "event_period", make)


def _percent_of_new(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    new = fields["new_wh"]
    return {"percent_change": fields["difference_wh"] * 10_000 // new if new else None}


def _turned_round(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    percent = fields["percent_change"]
    return {"difference_wh": -fields["difference_wh"], "percent_change": None if percent is None else -percent}


def _unsigned(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    percent = fields["percent_change"]
    return {"difference_wh": abs(fields["difference_wh"]), "percent_change": None if percent is None else abs(percent)}


def rebillings_listed(change: Callable[[list[Any]], list[Any]]) -> Application:
    return replaced(billing_reports, "rebillings", lambda original: lambda *given: iter(change(list(original(*given)))))


def _was_something(found: Any) -> bool:
    request = found.delivered.request
    return billing_reports.energy_wh(found.delivered, request.start, request.end) != 0


def _first_delivered(original: Any) -> Any:
    """What was delivered first of a period is compared, not what was delivered last."""

    def rebillings(delivered: Any, days: Any, billing: Any) -> Any:
        return original(list(reversed(list(delivered))), days, billing)

    return rebillings


def _all_that_came(_: Any) -> Any:
    """Whatever data came after delivery is listed, changed or not."""
    return property(lambda _self: True)


def _of_first_part(original: Any) -> Any:
    def energy(response: Any, start: Any, end: Any) -> int:
        first = min(part.start for part in billing_reports.sub_periods(response))
        records = {
            file: tuple(each for each in fields if each["sub_period_start_date"] == first)
            for file, fields in response.records.items()
        }
        return int(original(dataclasses.replace(response, records=records), start, end))

    return energy


def _forgetful(original: Any) -> Any:
    def run(here: Any) -> None:
        here.billing.rebilled = {}
        original(here)

    return run


def _to(choose: Callable[[Any, str, Any], tuple[Any, ...]]) -> Application:
    """Reports go to others."""
    return replaced(billing_reports, "recipients", lambda _: choose)


def _every_agent(here: Any, _report: str, ldc: Any) -> tuple[Any, ...]:
    return (ldc, *sorted(here.participants.agents))


def _agent_in_place_of_ldc(original: Any) -> Any:
    def recipients(here: Any, report: str, ldc: Any) -> Any:
        found = original(here, report, ldc)
        return found[1:] or found

    return recipients


def _submitters_too(original: Any) -> Any:
    def recipients(here: Any, report: str, ldc: Any) -> Any:
        asked = {request.requester for request in here.billing.staging.entries if request.ldc == ldc}
        return (*original(here, report, ldc), *sorted(asked - {None, ldc}))

    return recipients


def _authorised_for_any(here: Any, _report: str, ldc: Any) -> tuple[Any, ...]:
    """An agent that any LDC authorised for the report receives it of all of them."""
    found = {agent for _, agent, kind, way in here.participants.authorisations if kind == _report and way == "receive"}
    return (ldc, *sorted(found))


def _authorised_for_one(here: Any, _report: str, ldc: Any) -> tuple[Any, ...]:
    found = {agent for owner, agent, kind, _ in here.participants.authorisations if owner == ldc and kind[:2] == "BR"}
    return (ldc, *sorted(found))


def _ldc_alone(_here: Any, _report: str, ldc: Any) -> tuple[Any, ...]:
    return (ldc,)


def _of_every_ldc(_: Any) -> Any:
    """The table of all LDCs is shown to each."""

    def listed(table: Any, _ldc: Any, *when: Any) -> Any:
        return [entry for entry in table.entries.values() if billing_staging.is_listed(entry, *when)]

    return listed


def _version(report: str, version: str) -> Application:
    """A report is named as one of another version."""

    def other(name: str) -> str:
        elements = name.split(".")
        return ".".join([*elements[:3], version, *elements[4:]])

    return only(report, lambda file: renamed(file, other))


SUM_CHECK_FAILURE_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-07", text, application)
    for identifier, text, application in (
        (
            "sum_check_failures_without_07",
            "BR05 leaves out what got 07.",
            failures_listed(lambda _, found: [each for each in found if each.status != "sum_check_no_register_read"]),
        ),
        (
            "sum_check_failures_without_06",
            "BR05 leaves out what got 06.",
            failures_listed(lambda _, found: [each for each in found if each.status != "sum_check_threshold"]),
        ),
        (
            "sum_check_failures_without_pushed",
            "BR05 leaves out what a schedule asked for.",
            failures_listed(lambda _, found: [each for each in found if not each.request.is_pushed]),
        ),
        (
            "one_sum_check_failure_of_an_sdp",
            "BR05 lists one failure of each SDP.",
            failures_listed(lambda _, found: list({each.request.universal_sdp_id: each for each in found}.values())),
        ),
        (
            "sum_check_failures_with_passed",
            "BR05 lists what got 00 as well.",
            failures_listed(_answered_with("delivered")),
        ),
        (
            "sum_check_failures_with_no_data",
            "BR05 lists what got 02 as well.",
            failures_listed(_answered_with("no_data")),
        ),
        (
            "sum_check_failures_told_again",
            "BR05 lists every day what it has ever listed.",
            replaced(billing_reports, "run_sum_check_failures", _told_again("sum_check_failures")),
        ),
        (
            "sum_check_failures_of_the_first_day",
            "BR05 lists on a later day what it listed on the first that had failures.",
            replaced(billing_reports, "send_report", _first_list_repeated),
        ),
        (
            "sum_check_failures_of_the_night_lost",
            "What fails after BR05 has run is in no BR05.",
            failures_listed(lambda here, found: [each for each in found if _of_today(here, each)]),
        ),
        ("sum_check_failures_after_midnight", "BR05 comes at 00:30.", run_at(FAILURES, "00:30")),
        ("sum_check_failures_at_noon", "BR05 runs at 12:00.", run_at(FAILURES, "12:00")),
        (
            "sum_check_failures_stop_at_new_year",
            "BR05 runs no more after the year's end.",
            stops_at_new_year(FAILURES),
        ),
        (
            "sum_check_failures_created_next_day",
            "The header of BR05 says that it was created on the next day.",
            only("BR05", _created_next_day),
        ),
        ("sum_check_failures_dated_next_day", "BR05 is dated on the next day.", only("BR05", dated_next_day)),
        (
            "total_variant_left_out",
            "BR05 does not say by how much a response failed.",
            _failure_detail(lambda *_: {"total_variant_wh": None}),
        ),
        (
            "total_variant_in_kilowatt_hours",
            "BR05 gives the total variant in kWh.",
            _failure_detail(lambda _, fields: {"total_variant_wh": (fields["total_variant_wh"] or 0) // 1000}),
        ),
        (
            "total_variant_of_register",
            "BR05 gives the register's difference as the total variant.",
            _failure_detail(lambda response, _: {"total_variant_wh": response.sum_check.register_wh}),
        ),
        ("interval_total_of_period", "BR05 gives the energy of the whole period.", _failure_detail(_total_of_period)),
        (
            "reads_at_boundaries",
            "BR05 gives the reads the time of the boundary.",
            _failure_detail(_reads_at_boundaries),
        ),
        ("reads_exchanged", "BR05 exchanges the start and the end reading.", _failure_detail(_reads_exchanged)),
        (
            "register_reads_left_out",
            "BR05 does not give the register reads.",
            _failure_detail(lambda *_: dict.fromkeys(("start_reading", "end_reading"))),
        ),
    )
)


NO_READS_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-08", text, application)
    for identifier, text, application in (
        (
            "no_reads_without_02",
            "BR06 leaves out what got 02.",
            no_reads_made_of(lambda _, entry: entry.status != "no_data"),
        ),
        (
            "no_reads_without_08",
            "BR06 leaves out what got 08.",
            no_reads_made_of(lambda _, entry: entry.status != "not_billing_agent"),
        ),
        (
            "no_reads_without_pushed",
            "BR06 leaves out what a schedule asked for.",
            no_reads_made_of(lambda _, entry: not entry.request.is_pushed),
        ),
        (
            "no_reads_without_those_of_agents",
            "BR06 leaves out what an agent asked for.",
            no_reads_made_of(lambda _, entry: entry.request.requester in {None, entry.request.ldc}),
        ),
        (
            "no_reads_of_recent_periods_alone",
            "BR06 leaves out what was asked for long after its period.",
            no_reads_made_of(lambda here, entry: entry.request.end > Day(day_of(here.now) - timedelta(days=7))),
        ),
        (
            "no_reads_of_periods_that_end_today",
            "BR06 lists only requests whose period ends on the day itself.",
            no_reads_made_of(lambda here, entry: entry.request.end == day_of(here.now)),
        ),
        (
            "no_reads_with_delivered",
            "BR06 lists what got 00 as well.",
            _no_reads_and(lambda here, entry: entry.status == "delivered" and _answered_today(here, entry)),
        ),
        (
            "no_reads_with_failed_sum_checks",
            "BR06 lists what got 06 or 07 as well.",
            _no_reads_and(lambda here, entry: entry.status in FAILED_SUM_CHECKS and _answered_today(here, entry)),
        ),
        (
            "no_reads_of_every_ldc",
            "BR06 lists what was closed of other LDCs as well.",
            replaced(billing_reports, NO_READS, _no_reads_of_every_ldc),
        ),
        (
            "no_reads_with_active",
            "BR06 lists requests that are still active.",
            _no_reads_and(lambda _, entry: entry.status is None),
        ),
        (
            "no_reads_told_again",
            "BR06 lists every day what it has ever listed.",
            replaced(billing_reports, NO_READS, _told_again("no_reads")),
        ),
        (
            "no_reads_of_the_first_day",
            "BR06 lists on a later day what it listed on the first that had something to list.",
            replaced(billing_reports, "send_report", _first_list_repeated),
        ),
        (
            "no_reads_not_on_leap_day",
            "There is no BR06 on 29 February.",
            replaced(billing_reports, NO_READS, not_on(lambda day: (day.month, day.day) == (2, 29))),
        ),
        (
            "no_reads_of_the_evening_lost",
            "What is closed after BR06 has run is in no BR06.",
            no_reads_made_of(_answered_today),
        ),
        ("no_reads_an_hour_late", "BR06 comes at 22:30.", run_at(NO_READS, "22:30")),
        ("no_reads_in_the_night", "BR06 comes in the night after.", run_at(NO_READS, "01:00")),
        (
            "no_reads_of_the_afternoon",
            "BR06 runs at 12:00, and what is closed later waits for the next day.",
            run_at(NO_READS, "12:00"),
        ),
        ("no_reads_stop_at_new_year", "BR06 runs no more after the year's end.", stops_at_new_year(NO_READS)),
        (
            "no_reads_period_end_inclusive",
            "The period end date of BR06 is the last day of the period.",
            _no_reads_detail(lambda fields: {"period_end_date": Day(fields["period_end_date"] - timedelta(days=1))}),
        ),
        (
            "no_reads_all_with_02",
            "BR06 says 02 of everything.",
            _no_reads_detail(lambda _: {"transaction_status": "02"}),
        ),
    )
)


REBILLING_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-09", text, application)
    for identifier, text, application in (
        ("rebilling_sign_turned_round", "The difference of BR03 is original minus new.", _event(_turned_round)),
        ("rebilling_without_sign", "BR03 shows by how much, and not which way.", _event(_unsigned)),
        (
            "rebilling_percent_of_new",
            "The percent change of BR03 is that of the new quantity.",
            _event(_percent_of_new),
        ),
        (
            "rebilling_of_nothing_left_out",
            "BR03 leaves out what was nothing at first: there is no percentage of it.",
            rebillings_listed(lambda found: [each for each in found if _was_something(each)]),
        ),
        (
            "rebilling_original_is_new",
            "BR03 shows the new quantity as the original.",
            _event(lambda fields: {"original_wh": fields["new_wh"]}),
        ),
        (
            "rebilling_of_interval_data_alone",
            "BR03 calls every change one of interval data.",
            replaced(billing_reports, "kind_of_change", lambda _: lambda *_: "interval_data"),
        ),
        ("rebilling_of_one_period", "BR03 lists one period of an SDP.", rebillings_listed(lambda found: found[:1])),
        (
            "rebilling_against_first_delivery",
            "BR03 compares with what was delivered first.",
            replaced(billing_reports, "rebillings", _first_delivered),
        ),
        (
            "rebilling_of_unchanged",
            "BR03 lists whatever data comes again.",
            together(
                replaced(billing_reports.Rebilling, "differs", _all_that_came),
                replaced(billing_reports, "run_rebilling", _forgetful),
            ),
        ),
        (
            "rebilling_of_what_passed_alone",
            "BR03 leaves out what was delivered with 06 or 07.",
            rebillings_listed(lambda found: [one for one in found if one.delivered.status == "delivered"]),
        ),
        (
            "rebilling_of_pulled_alone",
            "BR03 leaves out what a schedule asked for.",
            rebillings_listed(lambda found: [one for one in found if not one.delivered.request.is_pushed]),
        ),
        (
            "rebilling_of_first_part",
            "BR03 shows the energy of the first part of a response.",
            replaced(billing_reports, "energy_wh", _of_first_part),
        ),
        ("rebilling_never", "BR03 lists nothing.", rebillings_listed(lambda _: [])),
        (
            "rebilling_not_on_sundays",
            "There is no BR03 on Sundays.",
            replaced(billing_reports, REBILLING, not_on(lambda day: day.weekday() == _SUNDAY)),
        ),
        ("rebilling_stops_at_new_year", "BR03 runs no more after the year's end.", stops_at_new_year(REBILLING)),
    )
)


RECIPIENT_FAULTS: tuple[Bent, ...] = (
    *(
        fault(identifier, "BRP-10", text, application)
        for identifier, text, application in (
            ("reports_to_every_agent", "Reports go to every agent there is.", _to(_every_agent)),
            (
                "reports_to_agent_in_place_of_ldc",
                "Where an agent is authorised, the LDC does not receive the report.",
                replaced(billing_reports, "recipients", _agent_in_place_of_ldc),
            ),
            ("reports_to_ldc_alone", "No agent receives a report.", _to(_ldc_alone)),
            (
                "reports_to_submitters",
                "Whoever submits requests receives the reports.",
                replaced(billing_reports, "recipients", _submitters_too),
            ),
            (
                "reports_of_other_ldcs_to_agent",
                "An agent that one LDC authorised receives the report of the others.",
                _to(_authorised_for_any),
            ),
            (
                "reports_of_all_kinds_to_authorised_agent",
                "An agent that is authorised for one of the reports receives all of them.",
                _to(_authorised_for_one),
            ),
            (
                "reports_of_all_ldcs_together",
                "The report of an LDC lists the requests of others.",
                replaced(billing_staging, "listed", _of_every_ldc),
            ),
        )
    ),
    *(
        fault(
            f"{report.lower()}_of_another_version",
            "FTS-08",
            f"{report} is produced in version {version}.",
            _version(report, version),
        )
        for report, version in (("BR01", "00"), ("BR03", "00"), ("BR04", "01"), ("BR05", "01"), ("BR06", "01"))
    ),
)


NAME_FAULTS: tuple[Bent, ...] = tuple(
    fault(
        f"{report.lower()}_named_without_ending",
        "FTS-06",
        f"{report} is named without .DAT.",
        only(report, lambda file: renamed(file, lambda name: name.removesuffix(".DAT"))),
    )
    for report in ("BR01", "BR03", "BR04", "BR05", "BR06")
)


FAILURE_REPORT_FAULTS: tuple[Bent, ...] = (
    *SUM_CHECK_FAILURE_FAULTS,
    *NO_READS_FAULTS,
    *REBILLING_FAULTS,
    *RECIPIENT_FAULTS,
    *NAME_FAULTS,
)
