"""File Transfer Services from the CIS's side: names of files out, and which files in are acted upon.

Rules FTS-01 to -05, -07, -10 and -16; USDP-08, SYN-10 and BSV-07 where an agent submits. A file that is not whole is
not acted upon until it comes whole: one whose End Of File record is missing, that is cut within a record, or whose
records are not so many as it says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from harness.interface.files import Reading
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, digits, later
from harness.interface.names import FileName, SetPart
from harness.interface.profile import Profile

COUNTED = {"IR14": ("errors", "warnings"), "IR06": ("updates",), "IR07": ("exceptions",)}
"""Reports whose status record says how many detail records there are, and the fields that say so."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose CIS this is, whom it works for, and who takes part.

    :param you: the organisation that submits; it stands second in every name.
    :param authorised: by LDC, the file types that it lets `you` submit, where `you` is its agent.
    """

    you: OrgId
    ldcs: tuple[OrgId, ...]
    authorised: Mapping[OrgId, frozenset[str]]


def works_for(parties: Parties) -> tuple[OrgId, ...]:
    """The LDCs whose files the CIS submits: its own, or those that authorised the agent for any."""
    return tuple(ldc for ldc in parties.ldcs if ldc == parties.you or parties.authorised.get(ldc))


def may_submit(parties: Parties, ldc: OrgId, file_id: str) -> bool:
    """Whether a file type may be submitted for an LDC: its own, or as the agent that it authorised (FTS-10)."""
    return ldc == parties.you or file_id in parties.authorised.get(ldc, frozenset())


def active_version(file_id: str, profile: Profile) -> str:
    """The version in which a file type is sent (FTS-07)."""
    return profile.file_types[file_id].active


def outgoing_name(
    ldc: OrgId, you: OrgId, file_id: str, moment: Instant, taken: Collection[str], profile: Profile
) -> FileName:
    """The name of a data file: the LDC that it is about, the submitter, the type, the version, the time (FTS-01).

    Two files of a kind at one instant would carry one name: the later gets the next free second.
    """
    while True:
        name = FileName(ldc, you, file_id, active_version(file_id, profile), digits(moment))
        if str(name) not in taken:
            return name
        moment = later(moment, seconds=1)


def set_file_name(ldc: OrgId, you: OrgId, file_id: str, moment: Instant, part: SetPart, profile: Profile) -> FileName:
    """The name of a file of a set: as of any data file, with TX_ID, FILE_NO and SEGMENT_NO before the end (FTS-02)."""
    return FileName(ldc, you, file_id, active_version(file_id, profile), digits(moment), part)


def is_for(parties: Parties, name: FileName | None, recipient: OrgId) -> bool:
    """Whether a file in the mailbox is meant for this CIS: about an LDC that it works for, and addressed to it."""
    return (
        name is not None and recipient == parties.you and name.org_2 == parties.you and name.org_1 in works_for(parties)
    )


def is_whole(reading: Reading) -> bool:
    """Whether a file came whole, as far as it can tell: the End Of File record is there, no record is cut (FTS-16)."""
    if reading.name is None or reading.file is None or not reading.complete:
        return False
    if any(found.code == "field-count" for found in reading.findings):
        return False
    fields = COUNTED.get(reading.name.file_id, ())
    stated = [record[field] for record in reading.file.others for field in fields if field in record.layout.positions]
    return not fields or sum(count for count in stated if isinstance(count, int)) == len(reading.file.details)
