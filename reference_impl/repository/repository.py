"""The repository: takes files in, and lets the chapters act when something falls due. No I/O.

Time only moves in `advance`. The order of events at one instant stands in `schedule`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from harness.interface.columns import read_columns
from harness.interface.files import Reading, read_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST, Day, Instant, day_of
from harness.interface.names import FileName
from reference_impl.repository import billing_operations as billing
from reference_impl.repository import (
    billing_reports,
    billing_window,
    file_sets,
    file_transfer,
    identifiers,
    schedule,
    sequence,
    staging_table_loader,
    synchronization,
)
from reference_impl.repository import synchronization_reports as reports
from reference_impl.repository.file_sets import ArrivingSet
from reference_impl.repository.identifiers import Request, Summary
from reference_impl.repository.state import Delivery, State
from reference_impl.repository.synchronization import Audit

FOR_EVER = Instant(datetime.max.replace(tzinfo=EST))


class Repository(State):
    """One MDM/R in one conversation: takes files in, and lets what falls due happen."""

    __slots__ = ()

    def submit(self, submitter: OrgId, name: str, content: bytes) -> None:
        """Take a file in, or refuse it at the door."""
        self.quiet_until = None
        admitted = file_transfer.admitted(submitter, name, self.participants, self.profile)
        if admitted is None:
            return
        read = read_file if admitted.part is None else read_columns
        reading = read(name, content, self.profile)
        if admitted.part is not None:
            receive_segment(self, admitted, reading)
        elif reading.file is not None and reading.complete:
            RECEIVERS.get(admitted.file_id, _not_received)(self, admitted, reading)

    def advance(self, to: Instant) -> list[Delivery]:
        """Let everything fall due until an instant, that instant included; the files that were delivered meanwhile."""
        while self.quiet_until is None or self.quiet_until <= to:
            moment, happenings = next_events(self)
            self.quiet_until = FOR_EVER if moment is None else moment
            if self.quiet_until > to:
                break
            self.now, self.quiet_until = self.quiet_until, None
            for happen in happenings:
                happen(self)
        self.now = to
        delivered, self.outbox = self.outbox, []
        return sorted(delivered, key=lambda file: (file.instant, file.recipient, file.name))


def deliver_again(repository: Repository) -> None:
    """Deliver what mailboxes have refused, to those that take files again."""
    held, repository.undelivered = repository.undelivered, []
    now, outages = repository.now, repository.outages
    for file in held:
        if file_transfer.tried_again_at(file.recipient, file.instant, outages) > now:
            repository.undelivered.append(file)
        elif file_transfer.refuses_until(file.recipient, now, outages) is not None:
            repository.undelivered.append(dataclasses.replace(file, instant=now))
        else:
            repository.outbox.append(dataclasses.replace(file, instant=now))


def next_events(repository: Repository) -> tuple[Instant | None, list[Callable[[Repository], None]]]:
    """What falls due next, and when: all that does at one instant, in the order that `schedule` gives."""
    due = list(_falling_due(repository))
    first = min((moment for moment, _ in due), default=None)
    return first, [happen for moment, happen in due if moment == first]


def _falling_due(repository: Repository) -> Iterator[tuple[Instant, Callable[[Repository], None]]]:
    """When each kind of event falls due next, where it has anything to do."""
    now, values = repository.now, repository.values
    tried_again = {"tried-again": True, "not-tried-again": False}[repository.readings["AMB-58"]]
    if repository.undelivered and tried_again:
        again = file_transfer.tried_again_at
        held = repository.undelivered
        yield min(again(file.recipient, file.instant, repository.outages) for file in held), deliver_again
    if repository.waiting:
        yield schedule.next_run(now, values["assignment_run_every_minutes"]), run_assignment
    if repository.sets:
        wait, reading = values["set_wait_time_minutes"], repository.readings["AMB-06"]
        yield min(sequence.deadline(waiting, wait, reading) for waiting in repository.sets.values()), reject_overdue
    yield from _falling_due_in_billing(repository)


def _falling_due_in_billing(repository: Repository) -> Iterator[tuple[Instant, Callable[[Repository], None]]]:
    now, values, desk = repository.now, repository.values, repository.billing
    if desk.unloaded:
        yield min(due for due, *_ in desk.unloaded), billing.load_schedules
    if desk.exceptions or desk.unread:
        every = values["billing_reads_processor_every_minutes"]
        yield schedule.next_run(now, every), billing.run_billing_reads_processor
    if desk.schedules:
        yield billing_window.next_at_clock(now, values["push_load_at"]), billing.load_push_requests
    starts = [start for request in desk.active if (start := billing.estimation_starts(repository, request)) > now]
    if starts:
        yield min(starts), billing.start_estimation
    if desk.active:
        runs = values["billing_run_first"], values["billing_run_last"], values["billing_run_every_hours"]
        yield billing_window.next_at_clock(now, values["no_data_response_at"]), billing.close_expired
        yield billing_window.next_billing_run(now, *runs), billing.run_billing
    if desk.staging.ldcs:
        for clocks, run in _report_runs(values, repository.readings):
            yield min(billing_window.next_at_clock(now, clock) for clock in clocks), run


def _report_runs(
    values: Mapping[str, Any], readings: Mapping[str, str]
) -> Iterator[tuple[Sequence[str], Callable[[Repository], None]]]:
    """The billing quantity process reports, and the clock times at which they run every day.

    Those that are due by a time run at that time, or an hour before it (AMB-12).
    """
    ahead = {"at-that-time": 0, "any-time-before": 1}[readings["AMB-12"]]
    yield values["br01_at"], billing_reports.run_delivery_summary
    yield values["br04_at"], billing_reports.run_delivery_details
    yield [billing_window.hours_before(values["br05_by"], ahead)], billing_reports.run_sum_check_failures
    yield [billing_window.hours_before(values["br06_by"], ahead)], billing_reports.run_no_reads
    yield [values["br03_at"]], billing_reports.run_rebilling


# --- Universal SDP ID assignment ---------------------------------------------------------------------------


def receive_request(repository: Repository, name: FileName, reading: Reading) -> None:
    """Take a request 1000 in: it waits for the next run."""
    details = () if reading.file is None else reading.file.details
    request = Request(str(name), name.org_1, name.org_2, identifiers.request_lines(details))
    repository.waiting.append(request)


def run_assignment(repository: Repository) -> None:
    """The assignment run (USDP-11): answer every request that waits, then report on all of them at once."""
    requests, repository.waiting = repository.waiting, []
    new: dict[tuple[OrgId, ...], list[Summary]] = {}
    for request in requests:
        assignments = identifiers.assign_all(request, repository.ids)
        respond(repository, request, assignments)
        summary = identifiers.summarise(request, assignments, repository.now)
        for recipient in identifiers.summary_recipients(request, repository.participants, repository.readings):
            new.setdefault(report_key(request.ldc, recipient, repository.readings["AMB-29"]), []).append(summary)
    for key, summaries in new.items():
        report(repository, key, summaries)


def report_key(ldc: OrgId, recipient: OrgId, reading: str) -> tuple[OrgId, ...]:
    """Which requests share an IR01: those of one LDC and recipient (AMB-29)."""
    shared: Mapping[str, tuple[OrgId, ...]] = {"one-per-recipient": (recipient,), "one-per-ldc": (recipient, ldc)}
    return shared[reading]


def respond(repository: Repository, request: Request, assignments: tuple[identifiers.Assignment, ...]) -> None:
    """Send the response 2000 to whoever receives it."""
    codes = repository.profile.codes["assignment_status"]
    header = {"ldc_org_id": request.ldc, "request_file_name": request.name}
    reading = repository.readings["AMB-30"]
    for recipient in identifiers.response_recipients(request, repository.participants, reading):
        details = identifiers.response_fields(assignments, codes)
        repository.send(request.ldc, recipient, "2000", header, details)


def report(repository: Repository, key: tuple[OrgId, ...], new: list[Summary]) -> None:
    """Send an IR01, with the summary records of the day's earlier ones (USDP-12)."""
    records = identifiers.summaries_of_day(repository.reported.get(key, ()), new, day_of(repository.now))
    repository.reported[key] = records
    ldc = new[0].request.ldc
    repository.send(ldc, key[0], "IR01", {"ldc_org_id": ldc}, identifiers.summary_fields(records))


# --- synchronization ------------------------------------------------------------------------------------------


def receive_segment(repository: Repository, name: FileName, reading: Reading) -> None:
    """Let a file join its set, and process what is now complete and in turn (SEQ-09)."""
    if str(name) in repository.names_loaded:
        return  # a repeated segment changes nothing (AMB-23)
    key = file_sets.key_of(name)
    arriving = repository.sets.setdefault(key, ArrivingSet(key, repository.now, repository.now))
    file_sets.take_segment(arriving, name, reading, repository.now)
    process_in_turn(repository, sequence.counted_for(key, repository.readings["AMB-34"]))


def process_in_turn(repository: Repository, owner: OrgId) -> None:
    """Process the set whose turn it is in somebody's sequence, and those held behind it, one by one (SEQ-04)."""
    reading = repository.readings["AMB-34"]
    while True:
        own = [each for each in repository.sets.values() if sequence.counted_for(each.key, reading) == owner]
        for past in own:
            if sequence.turn_of(past, repository.expected_numbers[owner]) is sequence.Turn.PAST:
                del repository.sets[past.key]
        due = sequence.next_in_turn(own, repository.expected_numbers[owner])
        if due is None:
            return
        del repository.sets[due.key]
        due.names.clear()
        with uncollected():
            process(repository, due)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: a large set is millions of values in no circle, each looked at again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def process(repository: Repository, due: ArrivingSet) -> None:
    """Load a set, synchronize what was loaded, and report on both."""
    ldc, readings = due.key.ldc, repository.readings
    owner = sequence.counted_for(due.key, readings["AMB-34"])
    directory = repository.directories[ldc]
    issued = frozenset(str(issued) for (owner, _), issued in repository.ids.issued.items() if owner == ldc)
    limits = staging_table_loader.dating_limits(repository.values, repository.readings["AMB-18"])
    load = staging_table_loader.load(due, directory, issued, repository.profile, limits)
    extracted = staging_table_loader.extracted_date_time(due)
    audit = audit_of(repository, day_of(extracted)) if due.is_periodic_audit else None
    if audit is not None:
        refused = synchronization.errors_at_load(load.staged, directory, audit, readings)
        load = dataclasses.replace(load, findings=(*load.findings, *refused))
    if load.succeeded:
        in_use = synchronization.meters_refused_at_load(
            load.staged, directory, day_of(extracted), audit, readings["AMB-61"]
        )
        load = dataclasses.replace(load, findings=(*load.findings, *in_use))
    report_load(repository, due, load)
    repository.expected_numbers[owner] = sequence.number_after_processing(
        repository.expected_numbers[owner], loaded=load.succeeded, reading=readings["AMB-22"]
    )
    if not load.succeeded:
        if {"after-load-alone": False, "stopped-at-load-too": True}[readings["AMB-08"]]:
            report_synchronization(repository, due, extracted, synchronization.STOPPED_AT_LOAD)
        return
    repository.names_loaded.update(file_sets.names(due))
    due.files.clear()  # a large set's records: what the Master Directory does not hold of them is needed no more
    outcome = synchronization.synchronize(load.staged, directory, day_of(extracted), audit)
    del load  # millions of values of a large set, which its reports need no more
    report_synchronization(repository, due, extracted, outcome)


def audit_of(repository: Repository, extracted: Day) -> Audit:
    """How a P-Sync that is processed now does away with what it leaves out (AMB-17, AMB-32, AMB-37)."""
    readings = repository.readings
    limit = int(repository.values["psync_deactivation_limit_percent"])
    limits = {"stopped-whole": limit, "refused-at-load": limit, "not-checked": 100}
    ends = {"day-of-extract": extracted, "day-of-processing": day_of(repository.now)}
    related = {"sdp-alone": False, "related-assets-too": True}
    return Audit(extracted, ends[readings["AMB-32"]], limits[readings["AMB-17"]], related[readings["AMB-37"]])


def reject_overdue(repository: Repository) -> None:
    """Reject every set whose wait-time is over now, and process what may follow (SEQ-05, SEQ-06, SEQ-08)."""
    wait, reading = repository.values["set_wait_time_minutes"], repository.readings["AMB-06"]
    overdue = [s for s in repository.sets.values() if sequence.deadline(s, wait, reading) <= repository.now]
    for rejected in sorted(overdue, key=lambda s: s.key):  # whichever came first at one instant
        if repository.sets.pop(rejected.key, None) is None:
            continue  # the rejection before it has made it due
        report_rejection(repository, rejected)
        owner = sequence.counted_for(rejected.key, repository.readings["AMB-34"])
        repository.expected_numbers[owner] = sequence.number_after_rejection(
            repository.expected_numbers[owner], rejected, repository.readings["AMB-05"]
        )
        process_in_turn(repository, owner)


def report_rejection(repository: Repository, rejected: ArrivingSet) -> None:
    """Send IR10 to whoever submitted a set that was rejected."""
    reading = repository.readings["AMB-44"]
    for recipient in reports.submitter_alone(rejected.key, "IR10", repository.participants, reading):
        details = reports.rejected_details(rejected, repository.now, repository.profile.codes["rejection"])
        repository.send(rejected.key.ldc, recipient, "IR10", {"ldc_org_id": rejected.key.ldc}, details)


def report_load(repository: Repository, loaded: ArrivingSet, load: staging_table_loader.Load) -> None:
    """Send IR14 to whoever submitted a set that was loaded, or could not be."""
    reading = repository.readings["AMB-44"]
    for recipient in reports.submitter_alone(loaded.key, "IR14", repository.participants, reading):
        details = reports.load_details(loaded, load, repository.profile)
        repository.send(loaded.key.ldc, recipient, "IR14", {"ldc_org_id": loaded.key.ldc}, details)


def report_synchronization(
    repository: Repository, processed: ArrivingSet, extracted: Instant, outcome: synchronization.Outcome
) -> None:
    """Send IR06 and IR07 on a set whose synchronization was completed (SRP-01)."""
    header = {"ldc_org_id": processed.key.ldc}
    status = reports.status_record(processed, extracted, outcome, repository.profile)
    for report, details in (("IR06", reports.update_details), ("IR07", reports.exception_details)):
        for recipient in reports.ldc_and_authorised(
            processed.key, report, repository.participants, repository.readings["AMB-31"]
        ):
            records = details(status, outcome, repository.profile)
            repository.send(processed.key.ldc, recipient, report, header, records)


def _not_received(_: Repository, __: FileName, ___: Reading) -> None:
    """What becomes of a file that nobody but the repository itself sends."""


RECEIVERS: Mapping[str, Callable[[Repository, FileName, Reading], None]] = {
    "1000": receive_request,
    "5000": billing.receive_request_file,
    "8000": billing.receive_schedule,
}
"""What receives a data file, by type; synchronization files join their set."""
