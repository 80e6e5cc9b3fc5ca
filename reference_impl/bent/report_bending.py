"""How the reports of the billing quantity process are bent by faults of more than one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from harness.interface.instants import later
from reference_impl.bent.bending import (
    Application,
    renamed,
    replaced,
)
from reference_impl.repository import billing_reports, billing_staging, repository
from reference_impl.repository.state import Delivery

_NEW_YEAR = 2012


def run_at(run: str, *clocks: str) -> Application:
    """A report runs at other times of the day."""

    def make(original: Any) -> Any:
        def runs(*told: Any) -> Iterator[tuple[Sequence[str], Any]]:
            wanted = getattr(billing_reports, run)
            for usual, happen in original(*told):
                yield (clocks if happen is wanted else usual), happen

        return runs

    return replaced(repository, "_report_runs", make)


def stops_at_new_year(run: str) -> Application:
    return replaced(
        billing_reports, run, lambda original: lambda here: original(here) if here.now.year < _NEW_YEAR else None
    )


def dated_next_day(file: Delivery) -> Delivery:
    """What is produced at 23:30 carries the next day's date."""
    if file.instant.hour < 23:
        return file
    today, tomorrow = (f"{day:%Y%m%d}" for day in (file.instant, later(file.instant, days=1)))
    return renamed(file, lambda name: name.replace(f".{today}", f".{tomorrow}"))


FAILED_SUM_CHECKS = billing_staging.SUM_CHECK_FAILED


DETAILS, SUMMARY, FAILURES, NO_READS, REBILLING = (
    "run_delivery_details",
    "run_delivery_summary",
    "run_sum_check_failures",
    "run_no_reads",
    "run_rebilling",
)
