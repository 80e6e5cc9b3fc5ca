"""The port: messages in and out, as `docs/adapter-protocol.md` says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.interface.identifiers import OrgId
from harness.interface.instants import instant, iso
from harness.interface.profile import EITHER, Profile
from reference_impl.messages import Answer, Readings, Refusal, days_of, exchanged, packed, reading, unpacked
from reference_impl.repository.billing_operations import load_meter_data
from reference_impl.repository.file_transfer import Outages, Participants
from reference_impl.repository.repository import Repository
from reference_impl.repository.state import Delivery

CLASSES = ("FTS", "USDP", "SYNC", "BILLING-ENERGY", "BILLING-DEMAND", "ODEST", "REPORTS")
"""The conformance classes that the chapters here cover."""


class Port:
    """The reference implementation as a system under test."""

    def __init__(self, profile: Profile) -> None:
        self.readings = Readings(profile)
        self.repository: Repository | None = None
        self.shared_folder: Path | None = None
        self._answers: Mapping[str, Answer] = {
            "hello": self._hello,
            "begin": self._begin,
            "submit": self._submit,
            "load": self._load,
            "advance": self._advance,
            "end": self._end,
        }

    def exchange(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one message; never raises."""
        return exchanged(request, self._answers)

    def _hello(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "protocol": 2,
            "name": "mdmr-conform reference implementation",
            "version": "0.1.0",
            "role": "repository",
            "classes": list(CLASSES),
            "clock": "settable",
            "state": "process",
            "isolation": "conversation",
            "values": {},
        }

    def _begin(self, request: Mapping[str, Any]) -> dict[str, Any]:
        with reading(request):
            stated = request["profile"]
            folder = request["shared_folder"]
            shared_folder = None if folder is None else Path(folder)
            participants = participants_of(request)
            begins, seed = instant(request["instant"]), int(request["seed"])
            values, readings = dict(stated["values"]), taken_readings(self.readings.profile, stated["readings"])
            expected = expected_numbers_of(request)
            calendar = request["calendar"]
            holidays = days_of(calendar["holidays"])
            off_peak = days_of(calendar.get("price_plan_holidays", calendar["holidays"]))
            outages = outages_of(request)
        profile = self.readings.taken(readings)
        self.shared_folder = shared_folder
        self.repository = Repository.opened(
            profile, participants, begins, seed, values, readings, expected, holidays, outages, off_peak
        )
        return {}

    def _open(self) -> Repository:
        if self.repository is None:
            raise Refusal("failed", "no conversation has begun")
        return self.repository

    def _submit(self, request: Mapping[str, Any]) -> dict[str, Any]:
        with reading(request):
            content = unpacked(request["content"], self.shared_folder)
            organisation, name = OrgId(request["organisation"]), str(request["name"])
        self._open().submit(organisation, name, content)
        return {}

    def _load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        repository = self._open()
        with reading(request):  # which is all that loading does: nothing is worked out from it yet
            load_meter_data(repository, request, instant)
        return {}

    def _advance(self, request: Mapping[str, Any]) -> dict[str, Any]:
        repository = self._open()
        with reading(request):
            to = instant(request["to"])
        if to < repository.now:
            raise Refusal("bad_message", f"time does not run back: it is {iso(repository.now)}")
        return {"files": [self._file_message(file) for file in repository.advance(to)], "instant": iso(to)}

    def _file_message(self, file: Delivery) -> dict[str, Any]:
        """A delivered file as it stands in a reply."""
        content = packed(file.content, self.shared_folder)
        return {"recipient": file.recipient, "name": file.name, "content": content, "instant": iso(file.instant)}

    def _end(self, _: Mapping[str, Any]) -> dict[str, Any]:
        self.repository = None
        return {}


def expected_numbers_of(request: Mapping[str, Any]) -> dict[OrgId, int]:
    """The synchronization sequence number that is expected next of each organisation, as `begin` says."""
    return {OrgId(entry["id"]): int(entry["next_sequence_number"]) for entry in request["organisations"]}


def outages_of(request: Mapping[str, Any]) -> Outages:
    """When mailboxes refuse files, as `begin` says."""
    return {
        OrgId(entry["id"]): [(instant(span["from"]), instant(span["to"])) for span in entry["mailbox_outages"]]
        for entry in request["organisations"]
    }


def taken_readings(profile: Profile, stated: Mapping[str, str]) -> dict[str, str]:
    """The readings by which the repository acts: those stated, and where any is right or none is, the default one."""
    taken = {
        ambiguity: profile.default_readings.get(ambiguity, reading) if reading == EITHER else reading
        for ambiguity, reading in stated.items()
    }
    return {**profile.decided(), **taken}


def participants_of(request: Mapping[str, Any]) -> Participants:
    """Who takes part, as `begin` says."""
    of_kind = {
        kind: frozenset(OrgId(entry["id"]) for entry in request["organisations"] if entry["kind"] == kind)
        for kind in ("ldc", "agent")
    }
    authorisations = frozenset(
        (OrgId(entry["ldc"]), OrgId(entry["agent"]), str(entry["type"]), entry["direction"])
        for entry in request["authorisations"]
    )
    return Participants(of_kind["ldc"], of_kind["agent"], authorisations)
