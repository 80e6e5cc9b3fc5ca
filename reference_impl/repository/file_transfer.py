"""File Transfer Services: file names, registration and authorisation (FTS-01, -02, -04 to -08, -10 to -13).

A file refused at the door leaves no trace but the silence after it: the workshop names no report of a refusal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, later
from harness.interface.names import FileName, read_name
from harness.interface.profile import Profile

Direction = Literal["submit", "receive"]
Outages: TypeAlias = Mapping[OrgId, Sequence[tuple[Instant, Instant]]]
"""The spans in which mailboxes refuse files, by organisation: from an instant on, until another."""


@dataclass(frozen=True, slots=True)
class Participants:
    """Who is registered with the MDM/R, and whom the LDCs authorised for what (SME_FORM_0006)."""

    ldcs: frozenset[OrgId]
    agents: frozenset[OrgId]
    authorisations: frozenset[tuple[OrgId, OrgId, str, Direction]]


def is_registered(organisation: OrgId, participants: Participants) -> bool:
    """Whether an organisation is registered with the MDM/R. Source: slide "Who can submit a request?"."""
    return organisation in participants.ldcs or organisation in participants.agents


def may_submit(organisation: OrgId, ldc: OrgId, file_id: str, participants: Participants) -> bool:
    """Whether an organisation may submit a file type for an LDC: the LDC itself, or an agent it authorised (FTS-10).

    So it is for requests 1000 (USDP-08), sets (SYN-10), and requests and schedules for billing (BSV-07).
    """
    return organisation == ldc or (ldc, organisation, file_id, "submit") in participants.authorisations


def may_receive(organisation: OrgId, ldc: OrgId, file_id: str, participants: Participants) -> bool:
    """Whether an organisation may receive a file or report type of an LDC (FTS-11, FTS-13)."""
    return organisation == ldc or (ldc, organisation, file_id, "receive") in participants.authorisations


def admitted(submitter: OrgId, text: str, participants: Participants, profile: Profile) -> FileName | None:
    """The name of a file that is let in, or None where it is refused at the door.

    Refused are: a name that is not as FTS-01, FTS-02 and FTS-04 say or of a retired version (FTS-07), an organisation
    that is not registered, one that submits under another's name, an LDC that is none, and an agent without
    authorisation (FTS-10).
    """
    name, findings = read_name(text, profile)
    if name is None or findings or name.org_2 != submitter:
        return None
    if not is_registered(submitter, participants) or name.org_1 not in participants.ldcs:
        return None
    return name if may_submit(submitter, name.org_1, name.file_id, participants) else None


def active_version(file_id: str, profile: Profile) -> str:
    """The version in which a file or report type is produced (FTS-07, FTS-08)."""
    return profile.file_types[file_id].active


def outgoing_name(
    ldc: OrgId, recipient: OrgId, file_id: str, moment: Instant, taken: Collection[str], profile: Profile
) -> FileName:
    """The name of a file that is sent: the LDC first, then the recipient (FTS-01, FTS-06, AMB-03, AMB-28).

    Two files of a kind at one instant would carry one name: the later gets the next free second.
    """
    bare = file_id == "IR08" and {"dat-ending": False, "ir08-bare": True}[profile.decision("AMB-03")]
    while True:
        created = moment.strftime("%Y%m%d%H%M%S")
        name = FileName(ldc, recipient, file_id, active_version(file_id, profile), created, bare=bare)
        if str(name) not in taken:
            return name
        moment = later(moment, seconds=1)


def tried_again_at(organisation: OrgId, refused: Instant, outages: Outages) -> Instant:
    """When what a mailbox refused at an instant is tried again: as soon as it takes files again (AMB-58)."""
    until = refuses_until(organisation, refused, outages)
    return refused if until is None else until


def refuses_until(organisation: OrgId, moment: Instant, outages: Outages) -> Instant | None:
    """Until when a mailbox refuses files, as far as the outage of a moment goes; None where it takes them."""
    return max((end for start, end in outages.get(organisation, ()) if start <= moment < end), default=None)
