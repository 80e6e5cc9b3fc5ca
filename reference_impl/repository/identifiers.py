"""Universal SDP ID assignment: requests 1000, responses 2000 and summaries IR01 (USDP-01 to -05, -08 to -14).

The assignment does not create the SDP (USDP-07): nothing here knows of the Master Directory, nor
whether an SDP is physical or virtual (USDP-06).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.interface.files import Record, Value
from harness.interface.identifiers import OrgId, SdpId, UniversalSdpId
from harness.interface.instants import Day, Instant, day_of
from reference_impl.repository.file_transfer import Participants, may_receive

UNIVERSAL_SDP_ID_DIGITS = 10


class AssignmentStatus(StrEnum):
    """The transaction status of one SDP ID in a response, by the names of the profile's code list."""

    ISSUED = "issued"
    ALREADY_ISSUED = "already_issued"
    INVALID_ORGANISATION = "invalid_organisation"
    INCOMPLETE_DATA = "incomplete_data"


MESSAGES: Mapping[AssignmentStatus, str] = {
    AssignmentStatus.ISSUED: "Universal SDP ID issued",
    AssignmentStatus.ALREADY_ISSUED: "Universal SDP ID already issued",
    AssignmentStatus.INVALID_ORGANISATION: "Invalid LDC organisation ID",
    AssignmentStatus.INCOMPLETE_DATA: "Incomplete data",
}


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One SDP ID of a request, with the LDC it is said to be of; either may be missing."""

    ldc: OrgId | None
    sdp_id: SdpId | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request 1000 that was let in."""

    name: str
    ldc: OrgId
    submitter: OrgId
    lines: tuple[RequestLine, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What became of one line of a request."""

    line: RequestLine
    universal_sdp_id: UniversalSdpId | None
    status: AssignmentStatus


@dataclass(frozen=True, slots=True)
class Summary:
    """One request in IR01 (USDP-13)."""

    request: Request
    processed: Instant
    counts: Mapping[AssignmentStatus, int]


WITHOUT_LDC: Mapping[str, AssignmentStatus] = {
    "incomplete-data": AssignmentStatus.INCOMPLETE_DATA,
    "invalid-organisation": AssignmentStatus.INVALID_ORGANISATION,
}
"""What a line of a request without an LDC is, by the readings of AMB-36."""


class UniversalSdpIds:
    """The Universal SDP IDs of Ontario: issued once, kept for ever (USDP-02, USDP-03).

    :param without_ldc: what a line without an LDC is, as AMB-36 is read.
    """

    def __init__(self, chance: random.Random, without_ldc: str = "incomplete-data") -> None:
        self.without_ldc = WITHOUT_LDC[without_ldc]
        self.issued: dict[tuple[OrgId, SdpId], UniversalSdpId] = {}
        self.taken: set[UniversalSdpId] = set()
        self.chance = chance


def request_lines(details: Iterable[Record]) -> tuple[RequestLine, ...]:
    """The lines of a request, in the file's order."""
    return tuple(
        RequestLine(
            None if record["ldc_org_id"] is None else OrgId(str(record["ldc_org_id"])),
            None if record["sdp_id"] is None else SdpId(str(record["sdp_id"])),
        )
        for record in details
    )


def new_universal_sdp_id(ids: UniversalSdpIds) -> UniversalSdpId:
    """Draw a number that nobody has: at random, so that requests reveal no sequence (USDP-04)."""
    while True:
        low = 10 ** (UNIVERSAL_SDP_ID_DIGITS - 1)
        drawn = UniversalSdpId(str(ids.chance.randrange(low, 10 * low)))
        if drawn not in ids.taken:
            return drawn


def pair_of(ldc: OrgId, sdp_id: SdpId) -> tuple[OrgId, SdpId]:
    """What a Universal SDP ID belongs to: one LDC's SDP ID, and no other LDC's (USDP-05)."""
    return ldc, sdp_id


def assign(line: RequestLine, request: Request, ids: UniversalSdpIds) -> Assignment:
    """Answer one line: a bad line does not keep the good ones from being assigned (USDP-14)."""
    if line.sdp_id is None:
        return Assignment(line, None, AssignmentStatus.INCOMPLETE_DATA)
    if line.ldc is None:
        return Assignment(line, None, ids.without_ldc)
    if line.ldc != request.ldc:
        return Assignment(line, None, AssignmentStatus.INVALID_ORGANISATION)
    return issue(line, ids)


def issue(line: RequestLine, ids: UniversalSdpIds) -> Assignment:
    """Issue the Universal SDP ID of a complete line, or give back the one that was issued before (USDP-03)."""
    pair = pair_of(OrgId(str(line.ldc)), SdpId(str(line.sdp_id)))
    if pair in ids.issued:
        return Assignment(line, ids.issued[pair], AssignmentStatus.ALREADY_ISSUED)
    ids.issued[pair] = new_universal_sdp_id(ids)
    ids.taken.add(ids.issued[pair])
    return Assignment(line, ids.issued[pair], AssignmentStatus.ISSUED)


def assign_all(request: Request, ids: UniversalSdpIds) -> tuple[Assignment, ...]:
    """Answer every line of a request, in its order (USDP-01)."""
    return tuple(assign(line, request, ids) for line in request.lines)


def summarise(request: Request, assignments: Iterable[Assignment], moment: Instant) -> Summary:
    """Count the assignments of a request: issued, already issued and exceptions add up to requested (USDP-13)."""
    statuses = [assignment.status for assignment in assignments]
    return Summary(request, moment, {status: statuses.count(status) for status in AssignmentStatus})


def response_recipients(request: Request, participants: Participants, reading: str) -> tuple[OrgId, ...]:
    """Who receives the response: the submitter alone (USDP-09); where it was not authorised, see AMB-30 (FTS-13)."""
    if may_receive(request.submitter, request.ldc, "2000", participants):
        return (request.submitter,)
    otherwise: Mapping[str, tuple[OrgId, ...]] = {
        "nobody": (),
        "ldc": (request.ldc,),
        "submitter": (request.submitter,),
    }
    return otherwise[reading]


def summary_recipients(request: Request, participants: Participants, readings: Mapping[str, str]) -> tuple[OrgId, ...]:
    """Who receives IR01: the submitter, where it was authorised (USDP-10, FTS-11, AMB-43), and the LDC too (AMB-01)."""
    always = {"authorised-alone": False, "submitter": True}[readings["AMB-43"]]
    ldc_too = {"submitter-alone": False, "ldc-too": True}[readings["AMB-01"]]
    may = always or may_receive(request.submitter, request.ldc, "IR01", participants)
    submitter = (request.submitter,) if may else ()
    also = (request.ldc,) if ldc_too and request.ldc != request.submitter else ()
    return (*submitter, *also)


def summaries_of_day(earlier: Iterable[Summary], new: Iterable[Summary], day: Day) -> tuple[Summary, ...]:
    """The records of an IR01: those of the day's earlier reports, then the new ones (USDP-12)."""
    return (*(summary for summary in earlier if day_of(summary.processed) == day), *new)


def response_fields(
    assignments: Iterable[Assignment], codes: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The detail records of a response 2000."""
    for assignment in assignments:
        yield (
            "assignment_response",
            {
                "ldc_org_id": assignment.line.ldc,
                "sdp_id": assignment.line.sdp_id,
                "universal_sdp_id": assignment.universal_sdp_id,
                "status": codes[assignment.status],
                "message": MESSAGES[assignment.status],
            },
        )


def summary_fields(summaries: Iterable[Summary]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The detail records of an IR01."""
    for summary in summaries:
        counts = {status.value: count for status, count in summary.counts.items()}
        yield (
            "assignment_summary",
            {
                "request_file_name": summary.request.name,
                "processed_date_time": summary.processed,
                "requested": sum(summary.counts.values()),
                **counts,
            },
        )
