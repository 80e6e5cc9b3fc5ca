"""Billing cycle schedules as people publish them, and as the CIS gives them to the MDM/R."""

from __future__ import annotations

import pytest

from harness.stage import words
from harness.stage.chapters.cis_billing import RequestDesk
from harness.stage.chapters.cis_billing_schedules import Cycle, ScheduleDesk
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_every_type import order_every_type
from harness.stage.chapters.cis_files import Outbox
from steps.vocabulary import done, seen


@pytest.fixture
def schedules(business: Business, outbox: Outbox) -> ScheduleDesk:
    """What people order about schedules, and what became of it."""
    return ScheduleDesk(business, outbox)


def _cycles(business: Business, datatable: list[list[str]]) -> list[Cycle]:
    return [
        Cycle(row["cycle"], business.day(row["first day"]), business.day(row["last day"]))
        for row in words.table(datatable)
    ]


@done('"{ldc:Name}" is told to publish this billing cycle schedule')
def _publishes(schedules: ScheduleDesk, ldc: str, datatable: list[list[str]]) -> None:
    schedules.publish(ldc, _cycles(schedules.business, datatable))


@done('"{ldc:Name}" is told to send a file of every type about {sdps:Names}')
def _every_type(requests_of_cis: RequestDesk, schedules: ScheduleDesk, ldc: str, sdps: list[str]) -> None:
    order_every_type(requests_of_cis, schedules, ldc, sdps)


@seen('the MDM/R has been given exactly this schedule of "{ldc:Name}"')
def _given(schedules: ScheduleDesk, ldc: str, datatable: list[list[str]]) -> None:
    schedules.check_schedule(ldc, _cycles(schedules.business, datatable))


@seen('no date of the schedule of "{ldc:Name}" has been changed less than three days ahead')
def _in_time(schedules: ScheduleDesk, ldc: str) -> None:
    schedules.check_in_time(ldc)
