"""The billing staging table: what has become of each request, from its insertion on (BRP-04, BRP-05, TXS-05).

A request is listed while its billing window is open, while it is active, and on the day on which it was closed, where
that is shown (AMB-54). What it
is shown as follows from four facts: whether it was processed, whether data was found, its Transaction Status, and what
became of the files that its response went out in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, day_of
from reference_impl.repository.billing_quantities import days_between
from reference_impl.repository.billing_requests import BillingRequest
from reference_impl.repository.billing_services import Response
from reference_impl.repository.meter_data import MeterData

WITHOUT_QUANTITIES = frozenset({"no_data", "not_billing_agent"})
"""The Transaction Statuses that close a request without quantities, by their names in the profile."""
SUM_CHECK_FAILED = frozenset({"sum_check_threshold", "sum_check_no_register_read"})


@dataclass(slots=True)
class StagedRequest:
    """A request in the staging table.

    :param window_end: the last day of its billing window.
    :param has_data: whether there was any data of its period when it was last processed, where some counts (AMB-62).
    :param status: its Transaction Status, by its name in the profile; None while it is active.
    :param files: the names of the files that its response went out in.
    """

    request: BillingRequest
    window_end: Day
    is_processed: bool = False
    has_data: bool = False
    status: str | None = None
    completed: Instant | None = None
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class StagingTable:
    """The staged requests, and what the daily reports have not told yet.

    :param ldcs: the LDCs of which a request was ever staged: from then on they receive reports.
    :param no_reads: closed without quantities since the last BR06 (AMB-20).
    :param sum_check_failures: responses since the last BR05 (AMB-12).
    """

    entries: dict[BillingRequest, StagedRequest] = field(default_factory=dict)
    ldcs: set[OrgId] = field(default_factory=set)
    no_reads: list[StagedRequest] = field(default_factory=list)
    sum_check_failures: list[Response] = field(default_factory=list)


# --- what happens to a request --------------------------------------------------------------------------------


def insert(table: StagingTable, request: BillingRequest, window_end: Day) -> None:
    """Let a request, pulled or pushed, enter the table."""
    table.entries[request] = StagedRequest(request, window_end)
    table.ldcs.add(request.ldc)


def processed_in_vain(table: StagingTable, request: BillingRequest, *, has_data: bool) -> None:
    """Note that a request was processed and stays active."""
    entry = table.entries.get(request)
    if entry is not None:
        entry.is_processed, entry.has_data = True, has_data


def answered(table: StagingTable, response: Response, now: Instant) -> None:
    """Note what a request was answered with."""
    entry = table.entries.get(response.request)
    if entry is None:
        return
    entry.is_processed, entry.status, entry.completed = True, response.status, now
    if response.status in WITHOUT_QUANTITIES:
        table.no_reads.append(entry)
    if response.status in SUM_CHECK_FAILED:
        table.sum_check_failures.append(response)


def exported(table: StagingTable, response: Response, files: Iterable[str]) -> None:
    """Note which files a response went out in: none, where nobody may receive it."""
    entry = table.entries.get(response.request)
    if entry is not None:
        entry.files = tuple(files)


def has_data(request: BillingRequest, data: MeterData) -> bool:
    """Whether there is any interval of a request's period, of whatever validation status."""
    held = (data.day(request.universal_sdp_id, day) for day in days_between(request.start, request.end))
    return any(day is not None and day.status.any() for day in held)


# --- what is shown of it -------------------------------------------------------------------------------------


def is_listed(entry: StagedRequest, today: Day, reading: str) -> bool:
    """Whether a request is in the table on a day.

    :param reading: of AMB-54: whether what was closed after its window is listed on that day.
    """
    closed_today = entry.completed is not None and day_of(entry.completed) == today
    still = {"closed-on-their-day": closed_today, "open-window-alone": False}[reading]
    return entry.status is None or today <= entry.window_end or still


def listed(table: StagingTable, ldc: OrgId, today: Day, reading: str) -> list[StagedRequest]:
    """The requests of an LDC that are in the table on a day, in the order in which they were inserted."""
    return [entry for entry in table.entries.values() if entry.request.ldc == ldc and is_listed(entry, today, reading)]


def let_go(table: StagingTable, today: Day, reading: str) -> None:
    """Let the requests leave that are listed no more."""
    table.entries = {request: entry for request, entry in table.entries.items() if is_listed(entry, today, reading)}


def read_status(entry: StagedRequest) -> str:
    """The read status of a request, by its name in the profile."""
    if entry.status is not None:
        return "failed" if entry.status in WITHOUT_QUANTITIES else "data_found"
    if not entry.is_processed:
        return "pending"
    return "in_process" if entry.has_data else "no_data"


def export_status(entry: StagedRequest, undelivered: Collection[str]) -> str:
    """The export status of a request, by its name in the profile.

    :param undelivered: the names of files that a mailbox has refused so far.
    """
    if not entry.files:
        return "not_sent"
    return "delivery_failed" if any(name in undelivered for name in entry.files) else "sent"


CATEGORIES: Mapping[tuple[str, str], str] = {
    ("active", "pending"): "pending",
    ("active", "in_process"): "in_process",
    ("active", "no_data"): "in_process_no_data",
    ("00", "not_sent"): "data_found",
    ("00", "sent"): "found_and_sent",
    ("00", "delivery_failed"): "found_and_delivery_failed",
    ("others", "not_sent"): "request_failed",
    ("others", "sent"): "failed_and_sent",
    ("others", "delivery_failed"): "failed_and_delivery_failed",
}
"""The categories of BR01, by the group of Transaction Statuses and the read or export status (AMB-16)."""


def category(entry: StagedRequest, undelivered: Collection[str]) -> str:
    """The one category of BR01 that a request falls into (AMB-16)."""
    if entry.status is None:
        return CATEGORIES["active", read_status(entry)]
    return CATEGORIES["00" if entry.status == "delivered" else "others", export_status(entry, undelivered)]
