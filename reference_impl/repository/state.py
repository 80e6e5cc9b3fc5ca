"""The state of the repository, and how a file leaves it: what every chapter may see and change."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from harness.interface.files import Reading, ToWrite, Value, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant
from harness.interface.names import FileName
from harness.interface.profile import Profile
from reference_impl.repository import file_transfer
from reference_impl.repository.billing_requests import BillingRequest, RequestException, Schedule
from reference_impl.repository.billing_services import Delivered
from reference_impl.repository.billing_staging import StagingTable
from reference_impl.repository.file_sets import ArrivingSet, SetKey
from reference_impl.repository.file_transfer import Outages, Participants
from reference_impl.repository.identifiers import Request, Summary, UniversalSdpIds
from reference_impl.repository.master_directory import MasterDirectory
from reference_impl.repository.meter_data import MeterData


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file in an organisation's mailbox."""

    recipient: OrgId
    name: str
    content: bytes
    instant: Instant


@dataclass(slots=True)
class BillingDesk:
    """What the repository keeps for billing: meter data, schedules, active requests, and what was delivered.

    :param unread: request files that wait for the reads processor, each with the instant of its receipt; `unloaded`:
        schedules that wait to be loaded, each with when that is due.
    :param changed: by SDP, the days of which intervals have come since the last BR03; `rebilled`: what that told last.
    """

    data: MeterData = field(default_factory=MeterData)
    schedules: dict[OrgId, Schedule] = field(default_factory=dict)
    active: list[BillingRequest] = field(default_factory=list)
    delivered: dict[tuple[OrgId, str], list[Delivered]] = field(default_factory=dict)
    exceptions: dict[tuple[OrgId, OrgId], list[RequestException]] = field(default_factory=dict)
    unread: list[tuple[FileName, Reading, Instant]] = field(default_factory=list)
    unloaded: list[tuple[Instant, FileName, Reading, Instant]] = field(default_factory=list)
    staging: StagingTable = field(default_factory=StagingTable)
    changed: dict[str, set[Day]] = field(default_factory=dict)
    rebilled: dict[tuple[OrgId, str, Day, Day], object] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """What one MDM/R holds in one conversation, and the way out of it.

    :param quiet_until: when something falls due next, as long as nothing comes in; None where that is to be found out.
    """

    profile: Profile
    participants: Participants
    now: Instant
    values: Mapping[str, Any]
    readings: Mapping[str, str]
    ids: UniversalSdpIds
    waiting: list[Request] = field(default_factory=list)
    reported: dict[tuple[OrgId, ...], tuple[Summary, ...]] = field(default_factory=dict)
    directories: dict[OrgId, MasterDirectory] = field(default_factory=dict)
    expected_numbers: dict[OrgId, int] = field(default_factory=dict)
    sets: dict[SetKey, ArrivingSet] = field(default_factory=dict)
    holidays: frozenset[Day] = frozenset()
    price_plan_holidays: frozenset[Day] = frozenset()
    outages: Outages = field(default_factory=dict)
    billing: BillingDesk = field(default_factory=BillingDesk)
    names_loaded: set[str] = field(default_factory=set)
    names_sent: set[str] = field(default_factory=set)
    outbox: list[Delivery] = field(default_factory=list)
    undelivered: list[Delivery] = field(default_factory=list)
    quiet_until: Instant | None = None

    @classmethod
    def opened(
        cls,
        profile: Profile,
        participants: Participants,
        now: Instant,
        seed: int,
        values: Mapping[str, Any],
        readings: Mapping[str, str],
        expected_numbers: Mapping[OrgId, int],
        holidays: Iterable[Day] = (),
        outages: Outages | None = None,
        price_plan_holidays: Iterable[Day] = (),
    ) -> Self:
        """A repository as a conversation finds it: nothing issued, nothing waiting, nothing in the Master Directory."""
        return cls(
            profile,
            participants,
            now,
            values,
            readings,
            UniversalSdpIds(random.Random(seed), readings["AMB-36"]),
            directories={ldc: MasterDirectory() for ldc in participants.ldcs},
            expected_numbers=dict(expected_numbers),
            holidays=frozenset(holidays),
            price_plan_holidays=frozenset(price_plan_holidays),
            outages=outages or {},
        )

    def send(
        self,
        ldc: OrgId,
        recipient: OrgId,
        file_id: str,
        header: Mapping[str, Value],
        details: Iterable[ToWrite],
    ) -> str:
        """Write a file about an LDC and deliver it, as soon as the recipient's mailbox takes it; the file's name.

        The layout says whether an End Of File record closes it (FTS-09).
        """
        name = file_transfer.outgoing_name(ldc, recipient, file_id, self.now, self.names_sent, self.profile)
        self.names_sent.add(str(name))
        content = write_file(self.profile, name, {**header, "created_date_time": self.now}, details)
        file = Delivery(recipient, str(name), content, self.now)
        refused = file_transfer.refuses_until(recipient, self.now, self.outages) is not None
        (self.undelivered if refused else self.outbox).append(file)
        return file.name
