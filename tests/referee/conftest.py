"""Streams written by hand: two LDCs, an agent of both, and files as a careful repository would write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from harness.interface.files import Value, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST, Instant, digits
from harness.interface.names import FileName
from harness.interface.profile import Profile, load_profile
from harness.port.protocol import Authorisation, Organisation, Outage
from harness.referee.judgements import Judgement
from harness.referee.referee import Makes, Referee
from harness.referee.stream import Delivered, Happening, Opening, Passed, Submitted

PROFILE = replace(load_profile(), readings=load_profile().decided())
"""The workshop's profile where it takes a side everywhere; what is open, a test says."""
LAKE, HILL, AGENT, STRANGER = OrgId("LAKE"), OrgId("HILL"), OrgId("AGENT"), OrgId("NOBODY")
ISSUED, AGAIN, INVALID, INCOMPLETE = "00", "01", "02", "03"
DATA = ("2000", "6000", "6100", "6200")


def at(clock: str, day: int = 10) -> Instant:
    """An instant of January 2011, such as ``08:15`` or ``08:15:59``."""
    return Instant(datetime.fromisoformat(f"2011-01-{day:02}T{clock}").replace(tzinfo=EST))


def opening(
    *,
    receive: Sequence[str] = (*DATA, "IR01", "IR06", "IR07", "IR10", "IR14"),
    submit: Sequence[str] = ("1000", "3000", "4000"),
    outages: Mapping[OrgId, tuple[Outage, ...]] | None = None,
    either: Iterable[str] = (),
    **more: Any,
) -> Opening:
    """Lakeside and Hilltop, and an agent whom both authorise.

    :param either: the ambiguities of which any reading is right.
    """
    kinds = {LAKE: "ldc", HILL: "ldc", AGENT: "agent"}
    organisations = tuple(
        Organisation(each.title(), each, kind, 1, (outages or {}).get(each, ()))  # type: ignore[arg-type]
        for each, kind in kinds.items()
    )
    authorisations = [
        Authorisation(ldc, AGENT, file_type, direction)  # type: ignore[arg-type]
        for ldc in (LAKE, HILL)
        for types, direction in ((submit, "submit"), (receive, "receive"))
        for file_type in types
    ]
    profile = with_either(*either)
    more = {"seat": "repository", "instant": at("00:00"), "profile": profile, **more}
    return Opening(organisations=organisations, authorisations=tuple(authorisations), **more)


def with_either(*ambiguities: str) -> Profile:
    """The workshop's profile, in which any reading of some ambiguities is right."""
    return replace(PROFILE, readings={**PROFILE.readings, **dict.fromkeys(ambiguities, "either")})


# --- files -------------------------------------------------------------------------------------------------


def name(file_type: str, moment: Instant, ldc: str = LAKE, other: str | None = None, version: str | None = None) -> str:
    active = PROFILE.file_types[file_type].active
    return str(FileName(OrgId(ldc), OrgId(other or ldc), file_type, version or active, digits(moment)))


def written(name: str, header: Mapping[str, Value], details: Iterable[tuple[str, Mapping[str, Value]]] = ()) -> bytes:
    elements = name.split(".")
    parsed = FileName(OrgId(elements[0]), OrgId(elements[1]), elements[2], elements[3], elements[4])
    return write_file(PROFILE, parsed, header, details)


def submitted(
    name: str, header: Mapping[str, Value], details: Any, moment: Instant, by: str | None = None
) -> Submitted:
    organisation = OrgId(by or name.split(".")[1])
    return Submitted(organisation, name, written(name, header, details), moment)


def delivered(
    name: str, header: Mapping[str, Value], details: Any, moment: Instant, to: str | None = None
) -> Delivered:
    """A file that arrived when it was sent."""
    content = written(name, header, details)
    return Delivered(OrgId(to or name.split(".")[1]), name, content, moment, moment)


def request(
    moment: Instant, *sdps: str | None, ldc: str = LAKE, by: str | None = None, lines: Any = None, seconds: int = 0
) -> Submitted:
    """A request for Universal SDP IDs; `lines` gives LDC and SDP ID of each where they are not all the LDC's own."""
    made = Instant(moment.replace(second=seconds))
    header = {"ldc_org_id": ldc, "created_date_time": made}
    details = [
        ("assignment_request", {"ldc_org_id": org, "sdp_id": sdp}) for org, sdp in lines or [(ldc, sdp) for sdp in sdps]
    ]
    return submitted(name("1000", made, ldc, by), header, details, moment)


def response(
    to: Submitted, moment: Instant, *rows: tuple[Any, ...], made: Instant | None = None, recipient: str | None = None
) -> Delivered:
    """A response: of each row LDC, SDP ID, Universal SDP ID and status; or, shorter, SDP ID, ID and status."""
    ldc, by = to.name.split(".")[:2]
    whole = [row if len(row) == 4 else (ldc, *row) for row in rows]
    header = {"ldc_org_id": ldc, "request_file_name": to.name, "created_date_time": made or moment}
    fields = ("ldc_org_id", "sdp_id", "universal_sdp_id", "status")
    details = [("assignment_response", dict(zip(fields, row, strict=True))) for row in whole]
    return delivered(name("2000", made or moment, ldc, recipient or by), header, details, moment)


def summary(
    moment: Instant, *rows: tuple[Any, ...], to: str = LAKE, ldc: str = LAKE, made: Instant | None = None
) -> Delivered:
    """An IR01: of each row the request, when it was processed, and the five counts."""
    header = {"ldc_org_id": ldc, "created_date_time": made or moment}
    fields = ("requested", "issued", "already_issued", "invalid_organisation", "incomplete_data")
    details = [
        (
            "assignment_summary",
            {
                "request_file_name": row[0].name,
                "processed_date_time": row[1],
                **dict(zip(fields, row[2:], strict=True)),
            },
        )
        for row in rows
    ]
    return delivered(name("IR01", made or moment, ldc, to), header, details, moment)


# --- judging -----------------------------------------------------------------------------------------------


def judged(
    opened: Opening, *happenings: Happening, until: Instant | None = None, checks: Sequence[Makes] | None = None
) -> list[Judgement]:
    """What the referee says of a stream; or some of its checks alone."""
    referee = Referee(opened, checks)
    told = [*happenings, *([Passed(until)] if until is not None else [])]
    return [judgement for each in told for judgement in referee.see(each)] + referee.close()


def violated(
    opened: Opening, *happenings: Happening, until: Instant | None = None, checks: Sequence[Makes] | None = None
) -> list[str]:
    """The rules that a stream violates, those alone that follow from nothing else."""
    found = judged(opened, *happenings, until=until, checks=checks)
    return [each.rule for each in found if each.outcome == "violated" and each.follows is None]
