"""Faults of the billing quantity process reports, and of what becomes of files that a mailbox refuses."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, Instant, at, day_of, later
from reference_impl import billing_reports, billing_staging, file_transfer, repository
from reference_impl.faults.bending import (
    Application,
    Bent,
    fault,
    only,
    renamed,
    replaced,
    text_changed,
    together,
)
from reference_impl.repository import Delivery

# --- when reports run --------------------------------------------------------------------------------------------

_NEW_YEAR = 2012


def _run_at(run: str, *clocks: str) -> Application:
    """A report runs at other times of the day."""

    def make(original: Any) -> Any:
        def runs(values: Any) -> Iterator[tuple[Sequence[str], Any]]:
            wanted = getattr(billing_reports, run)
            for usual, happen in original(values):
                yield (clocks if happen is wanted else usual), happen

        return runs

    return replaced(repository, "_report_runs", make)


def _stops_at_new_year(run: str) -> Application:
    return replaced(
        billing_reports, run, lambda original: lambda here: original(here) if here.now.year < _NEW_YEAR else None
    )


def _dated_next_day(file: Delivery) -> Delivery:
    """What is produced at 23:30 carries the next day's date."""
    if file.instant.hour < 23:
        return file
    today, tomorrow = (f"{day:%Y%m%d}" for day in (file.instant, later(file.instant, days=1)))
    return renamed(file, lambda name: name.replace(f".{today}", f".{tomorrow}"))


def _created_next_day(file: Delivery) -> Delivery:
    today, tomorrow = (f"{day:%Y%m%d}" for day in (file.instant, later(file.instant, days=1)))
    return text_changed(file, lambda text: re.sub(rf"(?m)^(FH\|[^|]*\|){today}", rf"\g<1>{tomorrow}", text))


def _with_entries(run: str, keep: Callable[[Any, Any], bool]) -> Application:
    """A report is made of some entries of the staging table only."""

    def make(original: Any) -> Any:
        def bent(here: Any) -> None:
            table = here.billing.staging
            every = table.entries
            table.entries = {request: entry for request, entry in every.items() if keep(here, entry)}
            original(here)
            table.entries = every

        return bent

    return replaced(billing_reports, run, make)


def _before_last_run(here: Any, entry: Any) -> bool:
    """Whether a request was there at the last billing run."""
    runs = [at(day_of(here.now), hour) for hour in (8, 11, 14, 17, 20, 23)]
    last = max((run for run in runs if run <= here.now), default=here.now)
    return bool(entry.request.received < last)


# --- what BR04 and BR01 show -----------------------------------------------------------------------------------


def _detail(change: Callable[[Any, dict[str, Any]], Mapping[str, Any]]) -> Application:
    """Change the fields of each record of BR04, by its entry."""

    def make(original: Any) -> Any:
        def detail(entry: Any, *others: Any) -> Any:
            kind, fields = original(entry, *others)
            return kind, {**fields, **change(entry, fields)}

        return detail

    return replaced(billing_reports, "delivery_detail", make)


def _summary(change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Application:
    """Change the fields of each record of BR01."""

    def make(original: Any) -> Any:
        def details(*arguments: Any) -> Any:
            for kind, fields in original(*arguments):
                yield kind, {**fields, **change(fields)}

        return details

    return replaced(billing_reports, "summary_details", make)


def _read(word: str, shown: str) -> Application:
    return replaced(
        billing_staging,
        "read_status",
        lambda original: lambda entry: shown if original(entry) == word else original(entry),
    )


def _export(word: str, shown: str) -> Application:
    return replaced(
        billing_staging,
        "export_status",
        lambda original: lambda entry, refused: shown if original(entry, refused) == word else original(entry, refused),
    )


def _category(word: str, shown: str) -> Application:
    return replaced(
        billing_staging,
        "category",
        lambda original: lambda entry, refused: shown if original(entry, refused) == word else original(entry, refused),
    )


def _listed(decide: Callable[[Any, Day], bool]) -> Application:
    return replaced(billing_staging, "is_listed", lambda _: decide)


def _pulled_alone(original: Any) -> Any:
    def insert(table: Any, request: Any, window_end: Any) -> None:
        if not request.is_pushed:
            original(table, request, window_end)

    return insert


def _one_record_for_all_periods(original: Any) -> Any:
    def details(entries: Any, refused: Any) -> Any:
        every = list(entries)
        first = min((entry.request.end for entry in every), default=None)
        same = [
            dataclasses.replace(
                entry, request=dataclasses.replace(entry.request, end=first), window_end=every[0].window_end
            )
            for entry in every
        ]
        return original(same, refused)

    return details


def _one_record_for_each_window(original: Any) -> Any:
    def details(entries: Any, refused: Any) -> Any:
        every = list(entries)
        first: dict[Any, Any] = {}
        for entry in every:
            first.setdefault(entry.window_end, entry.request.end)
        same = [
            dataclasses.replace(entry, request=dataclasses.replace(entry.request, end=first[entry.window_end]))
            for entry in every
        ]
        return original(same, refused)

    return details


def _one_record_for_each_period(original: Any) -> Any:
    def details(entries: Any, refused: Any) -> Any:
        every = list(entries)
        first: dict[Any, Any] = {}
        for entry in every:
            first.setdefault(entry.request.end, entry.window_end)
        return original([dataclasses.replace(each, window_end=first[each.request.end]) for each in every], refused)

    return details


def _failed_for_ever(original: Any) -> Any:
    """A file that was refused once is shown as such for ever, delivered or not."""
    ever: set[str] = set()

    def status(entry: Any, refused: Any) -> Any:
        ever.update(refused)
        return original(entry, ever)

    return status


# --- mailboxes that refuse ---------------------------------------------------------------------------------------


def _dropped(_: Any) -> Any:
    def deliver_again(here: Any) -> None:
        here.undelivered = []

    return deliver_again


def _never_again(_: Any) -> Any:
    """A mailbox that has refused files once is not tried again that day."""

    def until(organisation: Any, moment: Instant, outages: Any) -> Instant | None:
        started = [start for start, _ in outages.get(organisation, ()) if start <= moment]
        return at(day_of(later(max(started), days=1)), 12) if started and moment < later(max(started), days=1) else None

    return until


# --- BR05, BR06 and BR03 --------------------------------------------------------------------------------------------


def _no_reads_of(keep: Callable[[Any, Any], bool]) -> Application:
    """BR06 is made of some of what was closed; the rest is never told."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            here.billing.staging.no_reads = [entry for entry in here.billing.staging.no_reads if keep(here, entry)]
            original(here)

        return run

    return replaced(billing_reports, "run_no_reads", make)


def _no_reads_and(more: Callable[[Any, Any], bool]) -> Application:
    """BR06 lists more than what was closed without quantities."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            table = here.billing.staging
            table.no_reads += [entry for entry in table.entries.values() if more(here, entry)]
            original(here)

        return run

    return replaced(billing_reports, "run_no_reads", make)


def _told_again(original: Any) -> Any:
    def run(here: Any) -> None:
        every = list(here.billing.staging.no_reads)
        original(here)
        here.billing.staging.no_reads = every

    return run


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


def _failures(change: Callable[[Any, list[Any]], list[Any]]) -> Application:
    """BR05 is made of other responses than those that failed the sum check."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            table = here.billing.staging
            table.sum_check_failures = change(here, table.sum_check_failures)
            original(here)

        return run

    return replaced(billing_reports, "run_sum_check_failures", make)


def _failures_told_again(original: Any) -> Any:
    def run(here: Any) -> None:
        every = list(here.billing.staging.sum_check_failures)
        original(here)
        here.billing.staging.sum_check_failures = every

    return run


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
    return {"interval_total_wh": fields["interval_total_wh"] and billing_reports.energy_wh(response)}


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


def _rebillings(change: Callable[[list[Any]], list[Any]]) -> Application:
    return replaced(billing_reports, "rebillings", lambda original: lambda *given: iter(change(list(original(*given)))))


def _first_delivered(original: Any) -> Any:
    """What was delivered first of a period is compared, not what was delivered last."""

    def rebillings(delivered: Any, days: Any, billing: Any) -> Any:
        return original(list(reversed(list(delivered))), days, billing)

    return rebillings


def _all_that_came(_: Any) -> Any:
    """Whatever data came after delivery is listed, changed or not."""
    return property(lambda _self: True)


def _of_first_part(original: Any) -> Any:
    def energy(response: Any) -> int:
        first = min(part.start for part in billing_reports.sub_periods(response))
        records = {
            file: tuple(each for each in fields if each["sub_period_start_date"] == first)
            for file, fields in response.records.items()
        }
        return int(original(dataclasses.replace(response, records=records)))

    return energy


def _forgetful(original: Any) -> Any:
    def run(here: Any) -> None:
        here.billing.rebilled = {}
        original(here)

    return run


# --- recipients ---------------------------------------------------------------------------------------------------


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

    def listed(table: Any, _ldc: Any, today: Any) -> Any:
        return [entry for entry in table.entries.values() if billing_staging.is_listed(entry, today)]

    return listed


def _version(report: str, version: str) -> Application:
    """A report is named as one of another version."""

    def other(name: str) -> str:
        elements = name.split(".")
        return ".".join([*elements[:3], version, *elements[4:]])

    return only(report, lambda file: renamed(file, other))


_FAILED_SUM_CHECKS = billing_staging.SUM_CHECK_FAILED
_DETAILS, _SUMMARY, _FAILURES, _NO_READS, _REBILLING = (
    "run_delivery_details",
    "run_delivery_summary",
    "run_sum_check_failures",
    "run_no_reads",
    "run_rebilling",
)

DELIVERY_DETAIL_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-04", text, application)
    for identifier, text, application in (
        (
            "details_every_three_hours",
            "BR04 also runs with each billing run.",
            _run_at(_DETAILS, "08:00", "11:00", "12:00", "14:00", "17:00", "20:00", "23:00", "23:30"),
        ),
        ("details_once_a_day", "BR04 runs at 12:00 alone.", _run_at(_DETAILS, "12:00")),
        ("details_after_midnight", "BR04 of 23:30 runs at midnight.", _run_at(_DETAILS, "12:00", "00:00")),
        ("details_an_hour_late", "BR04 of 12:00 runs at 13:00.", _run_at(_DETAILS, "13:00", "23:30")),
        (
            "details_of_last_billing_run",
            "BR04 shows the requests that the last billing run has seen.",
            _with_entries(_DETAILS, _before_last_run),
        ),
        (
            "evening_details_of_last_billing_run",
            "BR04 of 23:30 shows the requests that the run of 23:00 has seen.",
            _with_entries(_DETAILS, lambda here, entry: here.now.hour == 12 or _before_last_run(here, entry)),
        ),
        ("details_stop_at_new_year", "BR04 runs no more after the year's end.", _stops_at_new_year(_DETAILS)),
        ("details_dated_next_day", "BR04 of 23:30 is dated on the next day.", only("BR04", _dated_next_day)),
        (
            "pushed_requests_not_listed",
            "BR04 lists what was pulled, not what a schedule asked for.",
            replaced(billing_staging, "insert", _pulled_alone),
        ),
        (
            "insert_time_of_period_end",
            "The insert time of BR04 is the end of the period.",
            _detail(lambda entry, _: {"inserted_date_time": at(entry.request.end, 0)}),
        ),
        (
            "insert_time_of_processing",
            "The insert time of BR04 is that at which the request was answered.",
            _detail(
                lambda entry, fields: {"inserted_date_time": entry.completed or later(entry.request.received, hours=3)}
            ),
        ),
        (
            "window_end_exclusive",
            "The window end date of BR04 is the day after the window.",
            _detail(lambda entry, _: {"window_end_date": Day(entry.window_end + timedelta(days=1))}),
        ),
        (
            "window_of_calendar_days_shown",
            "The window end date of BR04 counts calendar days.",
            _detail(lambda entry, _: {"window_end_date": Day(entry.request.end + timedelta(days=2))}),
        ),
        (
            "period_end_inclusive_in_details",
            "The period end date of BR04 is the last day of the period.",
            _detail(lambda entry, _: {"period_end_date": Day(entry.request.end - timedelta(days=1))}),
        ),
        (
            "details_without_request_detail_id",
            "BR04 does not say which request it was.",
            _detail(lambda _, __: {"request_detail_id": None}),
        ),
        (
            "pending_shown_as_in_process",
            "What was not yet processed is shown as in process.",
            _read("pending", "in_process"),
        ),
        (
            "no_data_shown_as_in_process",
            "A request without any data is shown as in process.",
            _read("no_data", "in_process"),
        ),
        (
            "in_process_shown_as_no_data",
            "A request with some data is shown as one without.",
            _read("in_process", "no_data"),
        ),
        (
            "failed_shown_as_found",
            "A request closed without quantities is shown as found.",
            _read("failed", "data_found"),
        ),
        (
            "completion_time_left_out",
            "BR04 does not say when a request was answered.",
            _detail(lambda _, __: {"completed_date_time": None}),
        ),
        (
            "completion_time_of_insertion",
            "The completion time of BR04 is the insert time.",
            _detail(lambda entry, _: {"completed_date_time": entry.request.received}),
        ),
        (
            "answered_requests_leave_at_once",
            "BR04 lists active requests alone.",
            _listed(lambda entry, _: entry.status is None),
        ),
        ("closed_requests_listed_for_ever", "What is closed is never let go of.", _listed(lambda *_: True)),
        (
            "closed_requests_leave_with_the_window",
            "A request that was closed after its window is not shown on that day.",
            _listed(lambda entry, today: entry.status is None or today <= entry.window_end),
        ),
        (
            "delivery_failed_shown_as_sent",
            "What a mailbox refused is shown as sent.",
            _export("delivery_failed", "sent"),
        ),
        ("sent_shown_as_not_sent", "What was sent is shown as not sent.", _export("sent", "not_sent")),
        (
            "delivery_failed_for_ever",
            "What a mailbox refused once is shown as Delivery Failed for ever.",
            replaced(billing_staging, "export_status", _failed_for_ever),
        ),
        ("refused_files_lost", "What a mailbox refused is dropped.", replaced(repository, "deliver_again", _dropped)),
        (
            "refusal_not_noticed",
            "A mailbox that refuses is taken for one that takes files.",
            replaced(file_transfer, "refuses_until", lambda _: lambda *_: None),
        ),
        (
            "refusing_mailbox_shunned",
            "A mailbox that has refused files is not tried again until the next day.",
            replaced(file_transfer, "refuses_until", _never_again),
        ),
    )
)

DELIVERY_SUMMARY_FAULTS: tuple[Bent, ...] = (
    *(
        fault(identifier, "BRP-05", text, application)
        for identifier, text, application in (
            ("summary_every_hour", "BR01 also runs at 18:00.", _run_at(_SUMMARY, "12:00", "18:00", "23:30")),
            ("summary_once_a_day", "BR01 runs at 23:30 alone.", _run_at(_SUMMARY, "23:30")),
            ("summary_after_midnight", "BR01 of 23:30 runs at midnight.", _run_at(_SUMMARY, "12:00", "00:00")),
            ("summary_stops_at_new_year", "BR01 runs no more after the year's end.", _stops_at_new_year(_SUMMARY)),
            ("summary_dated_next_day", "BR01 of 23:30 is dated on the next day.", only("BR01", _dated_next_day)),
            (
                "summary_of_last_billing_run",
                "BR01 counts the requests that the last billing run has seen.",
                _with_entries(_SUMMARY, _before_last_run),
            ),
            (
                "one_count_for_all_periods",
                "BR01 counts all requests together, whatever their period.",
                replaced(billing_reports, "summary_details", _one_record_for_all_periods),
            ),
            (
                "one_count_for_all_periods_of_a_window",
                "BR01 counts all requests of a window together, whatever their period.",
                replaced(billing_reports, "summary_details", _one_record_for_each_window),
            ),
            (
                "one_count_for_all_windows_of_a_period",
                "BR01 counts all requests of a period together, whatever their window.",
                replaced(billing_reports, "summary_details", _one_record_for_each_period),
            ),
            (
                "no_data_counted_twice",
                "A request without data counts as in process as well.",
                _summary(lambda fields: {"in_process": fields["in_process"] + fields["in_process_no_data"]}),
            ),
            (
                "total_of_active_alone",
                "The total of BR01 leaves out what was answered.",
                _summary(
                    lambda fields: {"total": fields["pending"] + fields["in_process"] + fields["in_process_no_data"]}
                ),
            ),
            (
                "pending_counted_as_in_process",
                "What was not yet processed counts as in process.",
                _category("pending", "in_process"),
            ),
            (
                "not_billing_agent_counted_as_found",
                "A request that got 08 counts as found and sent.",
                _category("failed_and_sent", "found_and_sent"),
            ),
            (
                "delivery_failed_counted_as_sent",
                "What a mailbox refused counts as sent.",
                _category("found_and_delivery_failed", "found_and_sent"),
            ),
            (
                "failed_delivery_of_no_quantities_counted_as_sent",
                "A response without quantities that a mailbox refused counts as sent.",
                _category("failed_and_delivery_failed", "failed_and_sent"),
            ),
            (
                "delivery_failed_not_counted",
                "What a mailbox refused is in the total and in no category.",
                _summary(lambda _: {"found_and_delivery_failed": 0, "failed_and_delivery_failed": 0}),
            ),
            (
                "failed_not_counted",
                "A request closed without quantities is in the total and in no category.",
                _summary(lambda _: {"failed_and_sent": 0}),
            ),
            (
                "refused_files_lost_and_counted",
                "What a mailbox refused is dropped.",
                replaced(repository, "deliver_again", _dropped),
            ),
        )
    ),
    *(
        fault(identifier, "BRP-06", text, application)
        for identifier, text, application in (
            (
                "noon_summary_of_eleven",
                "BR01 of 12:00 counts the requests that the run of 11:00 has seen.",
                _with_entries(_SUMMARY, _before_last_run),
            ),
            (
                "evening_summary_of_eleven",
                "BR01 of 23:30 counts the requests that the run of 23:00 has seen.",
                _with_entries(_SUMMARY, lambda here, entry: here.now.hour == 12 or _before_last_run(here, entry)),
            ),
            (
                "summary_without_delivery_failed",
                "BR01 leaves out what a mailbox refused.",
                _with_entries(_SUMMARY, lambda here, entry: not set(entry.files) & billing_reports.undelivered(here)),
            ),
            (
                "summary_without_closed",
                "BR01 leaves out what was closed after its window.",
                _with_entries(_SUMMARY, lambda here, entry: entry.window_end >= day_of(here.now)),
            ),
        )
    ),
)

SUM_CHECK_FAILURE_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-07", text, application)
    for identifier, text, application in (
        (
            "sum_check_failures_without_07",
            "BR05 leaves out what got 07.",
            _failures(lambda _, found: [each for each in found if each.status != "sum_check_no_register_read"]),
        ),
        (
            "sum_check_failures_without_06",
            "BR05 leaves out what got 06.",
            _failures(lambda _, found: [each for each in found if each.status != "sum_check_threshold"]),
        ),
        (
            "sum_check_failures_without_pushed",
            "BR05 leaves out what a schedule asked for.",
            _failures(lambda _, found: [each for each in found if not each.request.is_pushed]),
        ),
        ("sum_check_failures_with_passed", "BR05 lists what got 00 as well.", _failures(_answered_with("delivered"))),
        ("sum_check_failures_with_no_data", "BR05 lists what got 02 as well.", _failures(_answered_with("no_data"))),
        (
            "sum_check_failures_told_again",
            "BR05 lists every day what it has ever listed.",
            replaced(billing_reports, "run_sum_check_failures", _failures_told_again),
        ),
        (
            "sum_check_failures_of_the_night_lost",
            "What fails after BR05 has run is in no BR05.",
            _failures(lambda here, found: [each for each in found if _of_today(here, each)]),
        ),
        ("sum_check_failures_after_midnight", "BR05 comes at 00:30.", _run_at(_FAILURES, "00:30")),
        ("sum_check_failures_at_noon", "BR05 runs at 12:00.", _run_at(_FAILURES, "12:00")),
        (
            "sum_check_failures_stop_at_new_year",
            "BR05 runs no more after the year's end.",
            _stops_at_new_year(_FAILURES),
        ),
        (
            "sum_check_failures_created_next_day",
            "The header of BR05 says that it was created on the next day.",
            only("BR05", _created_next_day),
        ),
        ("sum_check_failures_dated_next_day", "BR05 is dated on the next day.", only("BR05", _dated_next_day)),
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

STATUS_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "TXS-05", text, application)
    for identifier, text, application in (
        (
            "sum_check_failures_shown_as_delivered",
            "BR04 shows 00 of what was delivered with 06 or 07.",
            _detail(lambda entry, _: {"transaction_status": "00"} if entry.status in _FAILED_SUM_CHECKS else {}),
        ),
        (
            "not_billing_agent_shown_as_no_data",
            "BR04 shows 02 of what got 08.",
            _detail(lambda entry, _: {"transaction_status": "02"} if entry.status == "not_billing_agent" else {}),
        ),
        (
            "no_data_shown_while_active",
            "BR04 shows 02 of a request that still waits for data.",
            _detail(lambda entry, _: {"transaction_status": "02"} if entry.status is None else {}),
        ),
        (
            "no_data_without_status",
            "BR04 shows no status of what got 02.",
            _detail(lambda entry, _: {"transaction_status": None} if entry.status == "no_data" else {}),
        ),
        (
            "status_of_the_morning",
            "BR04 of 23:30 shows the statuses of 12:00.",
            _detail(
                lambda entry, _: (
                    {"transaction_status": None} if entry.completed is not None and entry.completed.hour >= 12 else {}
                )
            ),
        ),
        ("status_never_shown", "BR04 shows no status.", _detail(lambda *_: {"transaction_status": None})),
    )
)

NO_READS_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-08", text, application)
    for identifier, text, application in (
        (
            "no_reads_without_02",
            "BR06 leaves out what got 02.",
            _no_reads_of(lambda _, entry: entry.status != "no_data"),
        ),
        (
            "no_reads_without_08",
            "BR06 leaves out what got 08.",
            _no_reads_of(lambda _, entry: entry.status != "not_billing_agent"),
        ),
        (
            "no_reads_without_pushed",
            "BR06 leaves out what a schedule asked for.",
            _no_reads_of(lambda _, entry: not entry.request.is_pushed),
        ),
        (
            "no_reads_without_those_of_agents",
            "BR06 leaves out what an agent asked for.",
            _no_reads_of(lambda _, entry: entry.request.requester in {None, entry.request.ldc}),
        ),
        (
            "no_reads_of_recent_periods_alone",
            "BR06 leaves out what was asked for long after its period.",
            _no_reads_of(lambda here, entry: entry.request.end > Day(day_of(here.now) - timedelta(days=7))),
        ),
        (
            "no_reads_of_periods_that_end_today",
            "BR06 lists the requests whose period ends on the day itself.",
            _no_reads_of(lambda here, entry: entry.request.end == day_of(here.now)),
        ),
        (
            "no_reads_with_delivered",
            "BR06 lists what got 00 as well.",
            _no_reads_and(lambda here, entry: entry.status == "delivered" and _answered_today(here, entry)),
        ),
        (
            "no_reads_with_failed_sum_checks",
            "BR06 lists what got 06 or 07 as well.",
            _no_reads_and(lambda here, entry: entry.status in _FAILED_SUM_CHECKS and _answered_today(here, entry)),
        ),
        (
            "no_reads_with_active",
            "BR06 lists requests that are still active.",
            _no_reads_and(lambda _, entry: entry.status is None),
        ),
        (
            "no_reads_told_again",
            "BR06 lists every day what it has ever listed.",
            replaced(billing_reports, _NO_READS, _told_again),
        ),
        (
            "no_reads_of_the_evening_lost",
            "What is closed after BR06 has run is in no BR06.",
            _no_reads_of(_answered_today),
        ),
        ("no_reads_an_hour_late", "BR06 comes at 22:30.", _run_at(_NO_READS, "22:30")),
        ("no_reads_in_the_night", "BR06 comes in the night after.", _run_at(_NO_READS, "01:00")),
        (
            "no_reads_of_the_afternoon",
            "BR06 runs at 12:00, and what is closed later waits for the next day.",
            _run_at(_NO_READS, "12:00"),
        ),
        ("no_reads_stop_at_new_year", "BR06 runs no more after the year's end.", _stops_at_new_year(_NO_READS)),
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
            "rebilling_percent_of_nothing",
            "BR03 shows 100 per cent where nothing was delivered.",
            _event(
                lambda fields: {"percent_change": 10_000 if fields["original_wh"] == 0 else fields["percent_change"]}
            ),
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
        ("rebilling_of_one_period", "BR03 lists one period of an SDP.", _rebillings(lambda found: found[:1])),
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
            "rebilling_of_pulled_alone",
            "BR03 leaves out what a schedule asked for.",
            _rebillings(lambda found: [one for one in found if not one.delivered.request.is_pushed]),
        ),
        (
            "rebilling_of_first_part",
            "BR03 shows the energy of the first part of a response.",
            replaced(billing_reports, "energy_wh", _of_first_part),
        ),
        ("rebilling_never", "BR03 lists nothing.", _rebillings(lambda _: [])),
        ("rebilling_stops_at_new_year", "BR03 runs no more after the year's end.", _stops_at_new_year(_REBILLING)),
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

BILLING_REPORT_FAULTS: tuple[Bent, ...] = (
    *DELIVERY_DETAIL_FAULTS,
    *DELIVERY_SUMMARY_FAULTS,
    *SUM_CHECK_FAILURE_FAULTS,
    *STATUS_FAULTS,
    *NO_READS_FAULTS,
    *REBILLING_FAULTS,
    *RECIPIENT_FAULTS,
    *NAME_FAULTS,
)
