"""The billing quantity process reports, and mailboxes that refuse files."""

from __future__ import annotations

import pytest
from pytest_bdd import given

from harness.interface.instants import Instant
from harness.stage import words
from harness.stage.chapters.billing import BillingDesk
from harness.stage.chapters.billing_reports import ReportDesk
from harness.stage.conversation import Conversation
from harness.stage.words import ClockTime
from steps.vocabulary import phrase, seen


@pytest.fixture
def reports(conversation: Conversation, billing: BillingDesk) -> ReportDesk:
    """Where the reports of the billing quantity process are read."""
    return ReportDesk(conversation, billing)


@given(phrase('the mailbox of "{alias:Name}" refuses files from {start:Moment} until {end:Moment}'))
def _refuses(conversation: Conversation, alias: str, start: ClockTime, end: ClockTime) -> None:
    begins = start.at_or_after(conversation.now)
    conversation.refuse_deliveries(alias, begins, end.at_or_after(begins))


def _moment(reports: ReportDesk, day: str, time: str) -> Instant:
    return words.clock_on(reports.billing.day(day), time)


@seen('{report:FileType} of "{alias:Name}" on {day:Day} at {time:Clock} lists')
def _lists(reports: ReportDesk, report: str, alias: str, day: str, time: str, datatable: list[list[str]]) -> None:
    reports.check_lists(reports.run(report, alias, _moment(reports, day, time)), words.table(datatable))


@seen('{report:FileType} of "{alias:Name}" on {day:Day} at {time:Clock} lists nothing')
def _lists_nothing(reports: ReportDesk, report: str, alias: str, day: str, time: str) -> None:
    reports.check_lists(reports.run(report, alias, _moment(reports, day, time)), [])


@seen('{report:FileType} of "{alias:Name}" by {day:Day} at {time:Clock} lists')
def _lists_by(reports: ReportDesk, report: str, alias: str, day: str, time: str, datatable: list[list[str]]) -> None:
    reports.check_lists(reports.of_the_day(report, alias, _moment(reports, day, time)), words.table(datatable))


@seen('{report:FileType} of "{alias:Name}" by {day:Day} at {time:Clock} lists nothing')
def _lists_nothing_by(reports: ReportDesk, report: str, alias: str, day: str, time: str) -> None:
    reports.check_lists(reports.of_the_day(report, alias, _moment(reports, day, time)), [])


@seen('{report:FileType} of "{alias:Name}" from {start:Day} until {day:Day} at {time:Clock} lists')
def _lists_between(
    reports: ReportDesk, report: str, alias: str, start: str, day: str, time: str, datatable: list[list[str]]
) -> None:
    run = reports.between(report, alias, _moment(reports, start, "00:00"), _moment(reports, day, time))
    reports.check_lists(run, words.table(datatable))


@seen('{report:FileType} of "{alias:Name}" from {start:Day} until {day:Day} at {time:Clock} lists nothing')
def _lists_nothing_between(reports: ReportDesk, report: str, alias: str, start: str, day: str, time: str) -> None:
    run = reports.between(report, alias, _moment(reports, start, "00:00"), _moment(reports, day, time))
    reports.check_lists(run, [])


@seen('each {report:FileType} of "{alias:Name}" has come by {time:Clock} of its day')
def _has_come_by(reports: ReportDesk, report: str, alias: str, time: str) -> None:
    reports.check_comes_by(report, alias, time)


@seen('{report:FileType} of "{alias:Name}" since {day:Day} at {time:Clock} lists')
def _lists_since(reports: ReportDesk, report: str, alias: str, day: str, time: str, datatable: list[list[str]]) -> None:
    reports.check_lists(reports.since(report, alias, _moment(reports, day, time)), words.table(datatable))


@seen('{report:FileType} of "{alias:Name}" since {day:Day} at {time:Clock} lists nothing')
def _lists_nothing_since(reports: ReportDesk, report: str, alias: str, day: str, time: str) -> None:
    reports.check_lists(reports.since(report, alias, _moment(reports, day, time)), [])


@seen('{report:FileType} comes to "{alias:Name}" at {first:Clock} and {second:Clock}, and at no other time')
def _comes_at(reports: ReportDesk, report: str, alias: str, first: str, second: str) -> None:
    reports.check_times(report, alias, (first, second))


@seen('BR01 of "{alias:Name}" on {day:Day} at {time:Clock} counts')
def _counts(reports: ReportDesk, alias: str, day: str, time: str, datatable: list[list[str]]) -> None:
    reports.check_counts(reports.run("BR01", alias, _moment(reports, day, time)), words.table(datatable))


@seen('BR01 of "{alias:Name}" on {day:Day} at {time:Clock} counts what BR04 lists')
def _counts_details(reports: ReportDesk, alias: str, day: str, time: str) -> None:
    reports.check_counts_details(reports.run("BR01", alias, _moment(reports, day, time)))


@seen('the categories of BR01 of "{alias:Name}" on {day:Day} at {time:Clock} add up to its totals')
def _adds_up(reports: ReportDesk, alias: str, day: str, time: str) -> None:
    reports.check_adds_up(reports.run("BR01", alias, _moment(reports, day, time)))


@seen('BR04 of "{alias:Name}" on {day:Day} at {time:Clock} shows whether the response to "{request:Name}" was sent')
def _export_is_true(reports: ReportDesk, alias: str, day: str, time: str, request: str) -> None:
    reports.check_export_is_true(reports.run("BR04", alias, _moment(reports, day, time)), request)


@seen('BR04 of "{alias:Name}" shows the status of the response to {requests:Names}')
def _status_agrees(reports: ReportDesk, alias: str, requests: list[str]) -> None:
    reports.check_status_agrees(alias, requests)
