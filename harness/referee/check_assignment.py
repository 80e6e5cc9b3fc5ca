"""Invariants of Universal SDP ID assignment: each SDP ID gets one ID, for ever, and no other SDP ID has it (USDP)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from harness.interface.instants import Instant, iso, later
from harness.referee.ledger import Ledger
from harness.referee.mail import PostOffice, Seen


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for Universal SDP IDs."""

    name: str
    ldc: str
    submitter: str
    sdp_ids: tuple[str, ...]
    at: Instant


@dataclass(slots=True)
class AssignmentCheck:
    """What was asked for, and what is known of IDs.

    :param within_minutes: how long a run may be away.
    """

    ledger: Ledger
    office: PostOffice
    codes: Mapping[str, str]
    within_minutes: int
    asked: list[Asked] = field(default_factory=list)
    issued: dict[tuple[str, str], str] = field(default_factory=dict)
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)

    def judge(self, seen: Iterable[Seen]) -> None:
        """Hold the responses and summaries that came to the requests that were made."""
        files = [each for each in seen if each.type in {"2000", "IR01"}]
        asked, self.asked = self.asked, []
        for request in asked:
            self._judge_request(request, files)
        names = {request.name for request in asked}
        for each in files:
            if each.type == "2000":
                named = each.content.header and str(each.content.header["request_file_name"])
                self.ledger.hold(
                    "USDP-01",
                    named in names,
                    each.file.instant,
                    "2000",
                    "a response to a request",
                    named,
                    each.file.name,
                )

    def _judge_request(self, request: Asked, files: Iterable[Seen]) -> None:
        due = self.office.latest(request.submitter, later(request.at, minutes=self.within_minutes))
        about = f"request {request.name}"
        found = [
            each
            for each in files
            if each.type == "2000"
            and each.content.header is not None
            and each.content.header["request_file_name"] == request.name
        ]
        in_time = [each for each in found if request.at <= each.file.instant <= due]
        self.ledger.hold(
            "USDP-11",
            len(in_time) == 1 == len(found),
            due,
            about,
            f"one response by {iso(due)}",
            [iso(each.file.instant) for each in found],
        )
        for each in found:
            to = each.file.recipient
            self.ledger.hold("USDP-09", to == request.submitter, due, about, request.submitter, to, each.file.name)
        for each in found[:1]:
            self._judge_response(request, each)
            self._judge_summary(request, each, files)

    def _judge_response(self, request: Asked, response: Seen) -> None:
        name, at, about = response.file.name, response.file.instant, f"request {request.name}"
        listed = sorted(str(record["sdp_id"]) for record in response.details)
        self.ledger.hold("USDP-01", listed == sorted(request.sdp_ids), at, about, sorted(request.sdp_ids), listed, name)
        for record in response.details:
            sdp_id, given = str(record["sdp_id"]), str(record["universal_sdp_id"])
            key = (request.ldc, sdp_id)
            before = self.issued.get(key)
            word = "issued" if before is None else "already_issued"
            hold, about_sdp = self.ledger.hold, f"SDP ID {sdp_id} of {request.ldc}"
            held = record["status"] == self.codes[word] and before in {None, given}
            expected = f"{word}{'' if before is None else f' as {before}'}"
            hold("USDP-03", held, at, about_sdp, expected, f"{record['status']}: {given}", name, record.line)
            owner = self.owners.setdefault(given, key)
            hold("USDP-02", owner == key, at, about_sdp, "an ID of its own", f"{given}, of {owner}", name, record.line)
            hold("USDP-04", given.isdigit(), at, about_sdp, "a number", given, name, record.line)
            self.issued.setdefault(key, given)

    def _judge_summary(self, request: Asked, response: Seen, files: Iterable[Seen]) -> None:
        """The summary record of a request counts what its response says."""
        said = [
            (each, record)
            for each in files
            if each.type == "IR01" and each.file.recipient == request.submitter
            for record in each.details
            if record["request_file_name"] == request.name
        ]
        counts = [sum(record["status"] == self.codes[word] for record in response.details) for word in self.codes]
        expected = [len(request.sdp_ids), *counts]
        stated = [[record[field] for field in ("requested", *self.codes)] for _, record in said if record is not None]
        held = bool(stated) and all(each == expected for each in stated)
        about = f"request {request.name}"
        self.ledger.hold("USDP-13", held, response.file.instant, about, f"IR01 counts {expected}", stated)
