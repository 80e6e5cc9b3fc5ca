"""The repository: owns state and clock, and lets the chapters act when something falls due. No I/O.

Time only moves in `advance`. The order of events at one instant stands in `schedule`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.interface.files import Value, read_file, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, day_of
from harness.interface.profile import Profile
from reference_impl import file_transfer, identifiers, schedule
from reference_impl.file_transfer import Participants
from reference_impl.identifiers import Request, Summary, UniversalSdpIds


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file in an organisation's mailbox."""

    recipient: OrgId
    name: str
    content: bytes
    instant: Instant


@dataclass(slots=True)
class Repository:
    """One MDM/R in one conversation."""

    profile: Profile
    participants: Participants
    now: Instant
    values: Mapping[str, Any]
    readings: Mapping[str, str]
    ids: UniversalSdpIds
    waiting: list[Request] = field(default_factory=list)
    reported: dict[tuple[OrgId, ...], tuple[Summary, ...]] = field(default_factory=dict)
    names_sent: set[str] = field(default_factory=set)
    outbox: list[Delivery] = field(default_factory=list)

    @classmethod
    def opened(
        cls,
        profile: Profile,
        participants: Participants,
        now: Instant,
        seed: int,
        values: Mapping[str, Any],
        readings: Mapping[str, str],
    ) -> Repository:
        """A repository as a conversation finds it: nothing issued, nothing waiting."""
        return cls(profile, participants, now, values, readings, UniversalSdpIds(random.Random(seed)))

    def submit(self, submitter: OrgId, name: str, content: bytes) -> None:
        """Take a file in, or refuse it at the door."""
        admitted = file_transfer.admitted(submitter, name, self.participants, self.profile)
        if admitted is None or admitted.file_id != "1000":
            return
        reading = read_file(name, content, self.profile)
        if reading.file is None or not reading.complete:
            return
        lines = identifiers.request_lines(reading.file.details)
        self.waiting.append(Request(name, admitted.org_1, submitter, lines))

    def advance(self, to: Instant) -> list[Delivery]:
        """Let everything fall due until an instant, that instant included; the files that were delivered meanwhile."""
        every = self.values["assignment_run_every_minutes"]
        while (due := schedule.next_run(self.now, every)) <= to:
            self.now = due
            run_assignment(self)
        self.now = to
        delivered, self.outbox = self.outbox, []
        return sorted(delivered, key=lambda file: (file.instant, file.recipient, file.name))

    def send(
        self,
        ldc: OrgId,
        recipient: OrgId,
        file_id: str,
        header: Mapping[str, Value],
        details: Iterable[tuple[str, Mapping[str, Value]]],
    ) -> None:
        """Write a file about an LDC and deliver it."""
        name = file_transfer.outgoing_name(ldc, recipient, file_id, self.now, self.names_sent, self.profile)
        self.names_sent.add(str(name))
        content = write_file(self.profile, name, {**header, "created_date_time": self.now}, details)
        self.outbox.append(Delivery(recipient, str(name), content, self.now))


def run_assignment(repository: Repository) -> None:
    """The assignment run (USDP-11): answer every request that waits, then report on all of them at once."""
    requests, repository.waiting = repository.waiting, []
    new: dict[tuple[OrgId, ...], list[Summary]] = {}
    for request in requests:
        assignments = identifiers.assign_all(request, repository.ids)
        respond(repository, request, assignments)
        summary = identifiers.summarise(request, assignments, repository.now)
        reading = repository.readings["AMB-01"]
        for recipient in identifiers.summary_recipients(request, repository.participants, reading):
            new.setdefault(report_key(request.ldc, recipient, repository.readings["AMB-29"]), []).append(summary)
    for key, summaries in new.items():
        report(repository, key, summaries)


def report_key(ldc: OrgId, recipient: OrgId, reading: str) -> tuple[OrgId, ...]:
    """Which requests share an IR01: those of one LDC and recipient (AMB-29)."""
    return (recipient,) if reading == "one-per-recipient" else (recipient, ldc)


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
