"""The state of the CIS, and how a file leaves it: what every chapter may see and change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from harness.interface.files import Value, write_file
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day, Instant
from harness.interface.profile import Profile
from reference_impl.cis import file_transfer
from reference_impl.cis.billing_cycle_schedule import Schedule
from reference_impl.cis.billing_quantities import Quantities
from reference_impl.cis.billing_requests import Requests
from reference_impl.cis.book import Book
from reference_impl.cis.file_transfer import Parties
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.open_matters import OpenMatters
from reference_impl.cis.records import Source
from reference_impl.cis.sequence import Sequence


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that was submitted, and when."""

    name: str
    content: bytes
    instant: Instant


@dataclass(slots=True)
class Desk:
    """What the CIS keeps of one LDC.

    :param withheld: SDPs and attributes that failed to be synchronized, and wait for a person's word.
    """

    ldc: OrgId
    sequence: Sequence
    book: Book = field(default_factory=Book)
    ids: Identifiers = field(default_factory=Identifiers)
    withheld: set[tuple[SdpId, str]] = field(default_factory=set)
    schedule: Schedule = field(default_factory=Schedule)
    requests: Requests = field(default_factory=Requests)
    quantities: Quantities = field(default_factory=Quantities)
    matters: OpenMatters = field(default_factory=OpenMatters)


Deed: TypeAlias = "Callable[[State, Desk], None]"
"""What is done at a desk."""


@dataclass(slots=True)
class State:
    """What one CIS holds in one conversation, and the way out of it.

    :param seen: the files that came whole, by name and SHA-256; what comes again says nothing new.
    :param due: what is to be done when, in the order in which it was told.
    """

    profile: Profile
    parties: Parties
    now: Instant
    values: Mapping[str, Any]
    readings: Mapping[str, str]
    holidays: frozenset[Day]
    desks: dict[OrgId, Desk]
    seen: set[tuple[str, str]] = field(default_factory=set)
    due: list[tuple[Instant, OrgId, Deed]] = field(default_factory=list)
    tx_ids: int = 0
    detail_ids: int = 0
    names: set[str] = field(default_factory=set)
    outbox: list[Submission] = field(default_factory=list)

    def source(self, desk: Desk) -> Source:
        """What records of an LDC are written from."""
        return Source(desk.book, desk.ids.known, self.profile)

    def send(self, ldc: OrgId, file_id: str, details: Iterable[tuple[str, Mapping[str, Value]]]) -> str:
        """Write a file that is no file of a set, and submit it; its name."""
        you = self.parties.you
        name = file_transfer.outgoing_name(ldc, you, file_id, self.now, self.names, self.profile)
        content = write_file(self.profile, name, {"ldc_org_id": ldc, "created_date_time": self.now}, details)
        self.submit(str(name), content)
        return str(name)

    def submit(self, name: str, content: bytes) -> None:
        """Let a file leave."""
        self.names.add(name)
        self.outbox.append(Submission(name, content, self.now))
