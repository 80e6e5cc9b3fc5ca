"""Faults of the reports on the billing staging table, BR04 and BR01, and of what a mailbox refused (BRP-04 to -06, TXS-05)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, Instant, at, day_of, later
from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    only,
    replaced,
)
from reference_impl.bent.report_bending import (
    DETAILS,
    FAILED_SUM_CHECKS,
    SUMMARY,
    dated_next_day,
    run_at,
    stops_at_new_year,
)
from reference_impl.repository import billing_reports, billing_staging, file_transfer, repository


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
    return replaced(billing_staging, "is_listed", lambda _: lambda entry, today, _reading: decide(entry, today))


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


DELIVERY_DETAIL_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "BRP-04", text, application)
    for identifier, text, application in (
        (
            "details_every_three_hours",
            "BR04 also runs with each billing run.",
            run_at(DETAILS, "08:00", "11:00", "12:00", "14:00", "17:00", "20:00", "23:00", "23:30"),
        ),
        ("details_once_a_day", "BR04 runs at 12:00 alone.", run_at(DETAILS, "12:00")),
        ("details_after_midnight", "BR04 of 23:30 runs at midnight.", run_at(DETAILS, "12:00", "00:00")),
        ("details_an_hour_late", "BR04 of 12:00 runs at 13:00.", run_at(DETAILS, "13:00", "23:30")),
        (
            "details_of_last_billing_run",
            "BR04 shows the requests that the last billing run has seen.",
            _with_entries(DETAILS, _before_last_run),
        ),
        (
            "evening_details_of_last_billing_run",
            "BR04 of 23:30 shows the requests that the run of 23:00 has seen.",
            _with_entries(DETAILS, lambda here, entry: here.now.hour == 12 or _before_last_run(here, entry)),
        ),
        ("details_stop_at_new_year", "BR04 runs no more after the year's end.", stops_at_new_year(DETAILS)),
        ("details_dated_next_day", "BR04 of 23:30 is dated on the next day.", only("BR04", dated_next_day)),
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
            "A mailbox that has refused files is not tried again until noon of the next day.",
            replaced(file_transfer, "refuses_until", _never_again),
        ),
    )
)


DELIVERY_SUMMARY_FAULTS: tuple[Bent, ...] = (
    *(
        fault(identifier, "BRP-05", text, application)
        for identifier, text, application in (
            ("summary_every_hour", "BR01 also runs at 18:00.", run_at(SUMMARY, "12:00", "18:00", "23:30")),
            ("summary_once_a_day", "BR01 runs at 23:30 alone.", run_at(SUMMARY, "23:30")),
            ("summary_after_midnight", "BR01 of 23:30 runs at midnight.", run_at(SUMMARY, "12:00", "00:00")),
            ("summary_stops_at_new_year", "BR01 runs no more after the year's end.", stops_at_new_year(SUMMARY)),
            ("summary_dated_next_day", "BR01 of 23:30 is dated on the next day.", only("BR01", dated_next_day)),
            (
                "summary_of_last_billing_run",
                "BR01 counts the requests that the last billing run has seen.",
                _with_entries(SUMMARY, _before_last_run),
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
        )
    ),
    *(
        fault(identifier, "BRP-06", text, application)
        for identifier, text, application in (
            (
                "noon_summary_of_eleven",
                "BR01 of 12:00 counts the requests that the run of 11:00 has seen.",
                _with_entries(SUMMARY, _before_last_run),
            ),
            (
                "evening_summary_of_eleven",
                "BR01 of 23:30 counts the requests that the run of 23:00 has seen.",
                _with_entries(SUMMARY, lambda here, entry: here.now.hour == 12 or _before_last_run(here, entry)),
            ),
            (
                "summary_without_delivery_failed",
                "BR01 leaves out what a mailbox refused.",
                _with_entries(SUMMARY, lambda here, entry: not set(entry.files) & billing_reports.undelivered(here)),
            ),
            (
                "summary_without_closed",
                "BR01 leaves out what was closed after its window.",
                _with_entries(SUMMARY, lambda here, entry: entry.window_end >= day_of(here.now)),
            ),
        )
    ),
)


STATUS_FAULTS: tuple[Bent, ...] = tuple(
    fault(identifier, "TXS-05", text, application)
    for identifier, text, application in (
        (
            "sum_check_failures_shown_as_delivered",
            "BR04 shows 00 of what was delivered with 06 or 07.",
            _detail(lambda entry, _: {"transaction_status": "00"} if entry.status in FAILED_SUM_CHECKS else {}),
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
            "BR04 shows no status of what was answered after noon.",
            _detail(
                lambda entry, _: (
                    {"transaction_status": None} if entry.completed is not None and entry.completed.hour >= 12 else {}
                )
            ),
        ),
        ("status_never_shown", "BR04 shows no status.", _detail(lambda *_: {"transaction_status": None})),
    )
)


DELIVERY_REPORT_FAULTS: tuple[Bent, ...] = (*DELIVERY_DETAIL_FAULTS, *DELIVERY_SUMMARY_FAULTS, *STATUS_FAULTS)
