"""Universal SDP IDs: asked for with requests 1000, known from responses 2000 (USDP-01, -06, -15, -17, -18).

An ID is asked for each SDP, physical or virtual. Until it has come, nothing of the SDP goes into a set. What comes back
as an exception waits for a person's word, and is then asked for again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from harness.interface.files import Record, Value
from harness.interface.identifiers import OrgId, SdpId, UniversalSdpId
from reference_impl.cis.book import Book
from reference_impl.cis.open_matters import OpenMatters

ISSUED = ("issued", "already_issued")
"""The statuses that come with a Universal SDP ID, by their names in the profile."""
Details: TypeAlias = Iterable[tuple[str, Mapping[str, Value]]]


@dataclass(slots=True)
class Identifiers:
    """What is known of an LDC's Universal SDP IDs, and what has been asked for and not been answered."""

    known: dict[SdpId, UniversalSdpId] = field(default_factory=dict)
    asked: set[SdpId] = field(default_factory=set)

    def sdp_of(self, universal_sdp_id: str) -> SdpId | None:
        """The LDC's own SDP ID of a Universal SDP ID, or None."""
        return next((sdp for sdp, known in self.known.items() if known == universal_sdp_id), None)


def without_id(book: Book, ids: Identifiers) -> list[SdpId]:
    """The SDPs that have no Universal SDP ID and are not being asked for, virtual ones too (USDP-06, USDP-18)."""
    return [
        sdp.sdp_id
        for sdp in book.sdps.values()
        if sdp.created is not None and sdp.sdp_id not in ids.known and sdp.sdp_id not in ids.asked
    ]


def to_ask(wanted: Collection[SdpId], book: Book, ids: Identifiers) -> list[SdpId]:
    """Of some SDPs those that are on record and have no Universal SDP ID, each once."""
    return [sdp for sdp in dict.fromkeys(wanted) if sdp in book.sdps and sdp not in ids.known]


def request_details(ldc: OrgId, sdps: Iterable[SdpId]) -> Details:
    """The detail records of a request 1000: each SDP ID, tied to the LDC's organisation ID (USDP-01)."""
    for sdp in sdps:
        yield "assignment_request", {"ldc_org_id": ldc, "sdp_id": sdp}


def take_response(
    details: Iterable[Record],
    file: str,
    ldc: OrgId,
    book: Book,
    ids: Identifiers,
    matters: OpenMatters,
    codes: Mapping[str, str],
) -> None:
    """Take the records of a response 2000 in, one by one: an exception does not keep the others from being used."""
    issued = {codes[word] for word in ISSUED}
    for record in details:
        named, universal, status = record["sdp_id"], record["universal_sdp_id"], str(record["status"])
        sdp = None if named is None else SdpId(str(named))
        if record["ldc_org_id"] != ldc or sdp is None or sdp not in book.sdps:
            matters.note(("id", file, record.line), "id", f"a response names no SDP of the LDC: {named}", file=file)
        elif status in issued and universal is not None:
            learn(sdp, UniversalSdpId(str(universal)), file, ids, matters)
        else:
            ids.asked.discard(sdp)
            says = f"no Universal SDP ID was assigned: status {status}, {record['message']}"
            matters.note(("id", sdp), "id", says, sdp_id=sdp, file=file)


def learn(sdp: SdpId, universal: UniversalSdpId, file: str, ids: Identifiers, matters: OpenMatters) -> None:
    """Keep a Universal SDP ID for ever; another one for the same SDP, or one that another SDP has, is a matter."""
    other = ids.sdp_of(universal)
    if ids.known.get(sdp, universal) != universal or other not in {None, sdp}:
        says = f"a response gives {universal}, and {ids.known.get(sdp) or other} is on record"
        matters.note(("id", file, sdp), "id", says, sdp_id=sdp, file=file)
        return
    ids.known[sdp] = universal
    ids.asked.discard(sdp)
    matters.settle(lambda key: key == ("id", sdp))


def exceptions_of(matters: OpenMatters, ids: Identifiers, sdps: Collection[SdpId]) -> list[SdpId]:
    """The SDPs that came back as exceptions, or were asked for in vain; of some SDPs, or of all where none is named."""
    came_back = [key[1] for key in matters.held if key[0] == "id" and len(key) == 2]
    waiting = [sdp for sdp in (*came_back, *sorted(ids.asked)) if isinstance(sdp, str)]
    return [SdpId(sdp) for sdp in waiting if not sdps or sdp in sdps]
