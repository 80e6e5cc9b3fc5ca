"""The CIS: hears of events, is told what to do, finds files in its mailbox, and submits files. No I/O.

Time only moves in `advance`. What people tell it is done at the next full minute, in the order in which it was told; a
periodic audit that is meant for an instant is made at that instant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from harness.interface.files import InterfaceFile, read_file
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Instant, later
from reference_impl.cis import (
    billing_cycle_schedule,
    billing_quantities,
    billing_requests,
    book,
    file_transfer,
    identifiers,
    instructions,
    synchronization_reports,
)
from reference_impl.cis.open_matters import About, OpenMatter
from reference_impl.cis.sequence import Outcome
from reference_impl.cis.state import Desk, State, Submission

UNHEARD_OF_MINUTES = 120
"""After so long a set of which nothing was heard is a matter for people."""


class Cis(State):
    """One CIS in one conversation."""

    __slots__ = ()

    def load(self, events: Sequence[Mapping[str, Any]], told: Sequence[Mapping[str, Any]]) -> None:
        """Enter facts of the LDCs' business, and take down what people want done. Either all of it or nothing.

        :raises KeyError, ValueError: one of them does not read, or is of an LDC that does not take part.
        """
        for event in events:
            book.values_of(event, self.profile.codes)
        desks = [self.desks[OrgId(each["ldc"])] for each in (*events, *told)]
        wanted = [(instructions.due(each), instructions.understood(each)) for each in told]
        for event, desk in zip(events, desks, strict=False):
            take_event(self, desk, event)
        for (moment, deed), desk in zip(wanted, desks[len(events) :], strict=True):
            self.due.append((max(moment, self.now) if moment else next_work(self.now), desk.ldc, deed))

    def deliver(self, recipient: OrgId, name: str, content: bytes) -> None:
        """Take a file from the mailbox, and understand it."""
        receive(self, recipient, name, content)

    def advance(self, to: Instant) -> list[Submission]:
        """Do what is due until an instant, that instant included; the files that were submitted meanwhile."""
        while due := [entry for entry in self.due if entry[0] <= to]:
            moment, ldc, deed = entry = min(due, key=lambda each: each[0])
            self.due.remove(entry)
            self.now = max(self.now, moment)
            deed(self, self.desks[ldc])
        self.now = to
        submitted, self.outbox = self.outbox, []
        return submitted

    def ask(self, question: str, ldc: OrgId) -> list[Mapping[str, Any]]:
        """What the CIS has understood.

        :raises KeyError: there is no such question or LDC.
        """
        return list(QUESTIONS[question](self, self.desks[ldc]))


def next_work(now: Instant) -> Instant:
    """When what is told now is done: at the next full minute."""
    return later(now, seconds=60 - now.second)


def take_event(cis: State, desk: Desk, event: Mapping[str, Any]) -> None:
    """Enter an event. What it changes is no longer withheld: it may be told anew."""
    sdp_id = SdpId(event["sdp_id"])
    wrong = book.take_event(desk.book, event, cis.profile.codes)
    if wrong is not None:
        desk.matters.note(("id", "event", sdp_id), "id", wrong, sdp_id=sdp_id)
        return
    changed = {(sdp_id, attribute) for attribute in book.values_of(event, cis.profile.codes)}
    desk.withheld -= changed
    desk.matters.settle(lambda key: key[0] == "set" and key[1:] in changed)


# --- the mailbox --------------------------------------------------------------------------------------------


def receive(cis: State, recipient: OrgId, name: str, content: bytes) -> None:
    """Act upon a file that is whole and has not come before; of one that is not, people hear (FTS-16)."""
    reading = read_file(name, content, cis.profile)
    if reading.name is None or not file_transfer.is_for(cis.parties, reading.name, recipient):
        return
    desk = cis.desks[reading.name.org_1]
    key = (name, hashlib.sha256(content).hexdigest())
    if not file_transfer.is_whole(reading) or reading.file is None:
        about = ABOUT.get(reading.name.file_id, "set")
        desk.matters.note(("mail", name), about, "the file did not come whole, and is not acted upon", file=name)
    elif key not in cis.seen:
        cis.seen.add(key)
        desk.matters.settle(lambda key: key == ("mail", name))
        RECEIVERS.get(reading.name.file_id, _leave)(cis, desk, reading.file)


def _leave(_: State, __: Desk, ___: InterfaceFile) -> None:
    """What is done with a report that only people look at."""


def _response(cis: State, desk: Desk, file: InterfaceFile) -> None:
    codes = cis.profile.codes["assignment_status"]
    identifiers.take_response(file.details, str(file.name), desk.ldc, desk.book, desk.ids, desk.matters, codes)


def _quantities(cis: State, desk: Desk, file: InterfaceFile) -> None:
    codes = cis.profile.codes["transaction_status"]
    billing_quantities.take_response(file, desk.quantities, desk.requests, desk.ids, desk.matters, codes)


RECEIVERS: Mapping[str, Callable[[State, Desk, InterfaceFile], None]] = {
    "2000": _response,
    "IR10": synchronization_reports.take_rejections,
    "IR14": synchronization_reports.take_load,
    "IR06": synchronization_reports.take_synchronization,
    "IR07": synchronization_reports.take_synchronization,
    "IR03": lambda _, desk, file: billing_cycle_schedule.take_exceptions(file, desk.schedule, desk.matters),
    "IR08": lambda _, desk, file: billing_requests.take_exceptions(file, desk.requests, desk.matters),
    "BR06": lambda _, desk, file: billing_requests.take_no_reads(file, desk.requests, desk.ids, desk.matters),
    "BR03": lambda _, desk, file: billing_requests.take_rebilling(file, desk.ids, desk.matters),
    "BR05": lambda _, desk, file: billing_quantities.take_sum_check_failures(file, desk.ids, desk.matters),
    **dict.fromkeys(("6000", "6100", "6200"), _quantities),
}
"""What understands a file, by its type. IR01, BR01 and BR04 repeat what other files say."""
ABOUT: Mapping[str, About] = {
    **dict.fromkeys(("2000", "IR01"), "id"),
    **dict.fromkeys(("IR08", "BR06"), "request"),
    **dict.fromkeys(("6000", "6100", "6200", "BR01", "BR03", "BR04", "BR05"), "quantities"),
    "IR03": "schedule",
}
"""What files are about, where they are not about sets."""


# --- what was understood ------------------------------------------------------------------------------------


def universal_sdp_ids(_: State, desk: Desk) -> Iterator[Mapping[str, Any]]:
    """The Universal SDP IDs that are known."""
    for sdp_id, universal in sorted(desk.ids.known.items()):
        yield {"sdp_id": sdp_id, "universal_sdp_id": universal}


def quantities(cis: State, desk: Desk) -> Iterator[Mapping[str, Any]]:
    """Every sub-period that was delivered."""
    codes = cis.profile.codes["transaction_status"]
    for sdp_id, first, last, status, wh in billing_quantities.understood(desk.quantities, codes):
        days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
        yield {"sdp_id": sdp_id, **days, "status": status, "wh": wh}


def open_matters(cis: State, desk: Desk) -> Iterator[Mapping[str, Any]]:
    """What waits for a person: what is on the list, and what has not come that should have."""
    for matter in (*desk.matters.held.values(), *missing_parts(desk), *unheard_of(cis, desk)):
        yield {"about": matter.about, "sdp_id": matter.sdp_id, "file": matter.file, "says": matter.says}


def missing_parts(desk: Desk) -> Iterator[OpenMatter]:
    """The parts of periods of which only other parts came."""
    for period, start, end in billing_quantities.missing_parts(desk.quantities):
        says = f"of the period from {period.start} until {period.end} nothing came for {start} until {end}"
        yield OpenMatter("quantities", period.sdp_id, None, says)


def unheard_of(cis: State, desk: Desk) -> Iterator[OpenMatter]:
    """The sets of which nothing was heard for long."""
    for each in desk.sequence.sent.values():
        is_long_ago = later(each.sent, minutes=UNHEARD_OF_MINUTES) <= cis.now
        if each.ldc == desk.ldc and each.outcome is Outcome.WAITING and is_long_ago:
            yield OpenMatter("set", None, each.manifest, f"nothing was heard of set {each.number}")


QUESTIONS: Mapping[str, Callable[[State, Desk], Iterator[Mapping[str, Any]]]] = {
    "universal_sdp_ids": universal_sdp_ids,
    "quantities": quantities,
    "open_matters": open_matters,
}
