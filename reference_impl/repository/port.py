"""The port: messages in and out, as `docs/adapter-protocol.md` says. The one place that may touch the disk."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, instant, iso
from harness.interface.profile import EITHER, Profile
from reference_impl.repository.billing_operations import load_meter_data
from reference_impl.repository.file_transfer import Outages, Participants
from reference_impl.repository.repository import Repository
from reference_impl.repository.state import Delivery

CONTENT_LIMIT = 1024 * 1024
"""Content of more bytes goes by path through the shared folder."""
CLASSES = ("FTS", "USDP", "SYNC", "BILLING-ENERGY", "BILLING-DEMAND", "ODEST", "REPORTS")
"""The conformance classes that the chapters here cover."""


class Refusal(Exception):
    """A message that cannot be answered, with the protocol's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


class Port:
    """The reference implementation as a system under test."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.repository: Repository | None = None
        self.shared_folder: Path | None = None
        self._answers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "hello": self._hello,
            "begin": self._begin,
            "submit": self._submit,
            "load": self._load,
            "advance": self._advance,
            "end": self._end,
        }

    def exchange(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one message; never raises. What is wrong with the message is told apart from what breaks here."""
        number = request.get("id")
        try:
            answer = self._answers.get(str(request.get("message")))
            if answer is None:
                raise Refusal("unsupported", f"message {request.get('message')!r} is not supported")
            return {"id": number, "ok": answer(request)}
        except Refusal as refusal:
            return {"id": number, "error": {"code": refusal.code, "message": refusal.message}}
        except Exception as error:  # noqa: BLE001 (a defect of ours is answered as one, whatever it is)
            return {"id": number, "error": {"code": "failed", "message": f"{type(error).__name__}: {error}"}}

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
            values, readings = dict(stated["values"]), taken_readings(self.profile, stated["readings"])
            expected = expected_numbers_of(request)
            calendar = request["calendar"]
            holidays = days_of(calendar["holidays"])
            off_peak = days_of(calendar.get("price_plan_holidays", calendar["holidays"]))
            outages = outages_of(request)
        profile = as_read(self.profile, readings)
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
            content = self._content(request["content"])
            organisation, name = OrgId(request["organisation"]), str(request["name"])
        self._open().submit(organisation, name, content)
        return {}

    def _load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        repository = self._open()
        with reading(request):  # which is all that loading does: nothing is worked out from it yet
            load_meter_data(repository, request, instant)
        return {}

    def _content(self, content: Mapping[str, Any]) -> bytes:
        if "text" in content:
            return str(content["text"]).encode("ascii")
        if "base64" in content:
            return base64.b64decode(content["base64"], validate=True)
        if self.shared_folder is None:
            raise Refusal("bad_message", "content by path, and no shared folder")
        path = (self.shared_folder / content["path"]).resolve()
        if not path.is_relative_to(self.shared_folder.resolve()):
            raise Refusal("bad_message", "the path leads out of the shared folder")
        data: bytes = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != content["sha256"]:
            raise Refusal("bad_message", "the file does not have the SHA-256 stated")
        return data

    def _advance(self, request: Mapping[str, Any]) -> dict[str, Any]:
        repository = self._open()
        with reading(request):
            to = instant(request["to"])
        if to < repository.now:
            raise Refusal("bad_message", f"time does not run back: it is {iso(repository.now)}")
        return {"files": [self._file_message(file) for file in repository.advance(to)], "instant": iso(to)}

    def _file_message(self, file: Delivery) -> dict[str, Any]:
        """A delivered file as it stands in a reply."""
        content = self._as_content(file.content)
        return {"recipient": file.recipient, "name": file.name, "content": content, "instant": iso(file.instant)}

    def _as_content(self, content: bytes) -> dict[str, str]:
        if len(content) > CONTENT_LIMIT:
            if self.shared_folder is None:
                raise Refusal("failed", f"content of {len(content)} bytes goes by path, and there is no shared folder")
            digest = hashlib.sha256(content).hexdigest()
            (self.shared_folder / digest).write_bytes(content)
            return {"path": digest, "sha256": digest}
        if content.isascii():
            return {"text": content.decode("ascii")}
        return {"base64": base64.b64encode(content).decode("ascii")}

    def _end(self, _: Mapping[str, Any]) -> dict[str, Any]:
        self.repository = None
        return {}


@contextlib.contextmanager
def reading(request: Mapping[str, Any]) -> Iterator[None]:
    """Where a message is taken apart: what fails here is on account of what stands in it.

    :raises Refusal: something did.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        text = f"message {request.get('message')!r}: {type(error).__name__}: {error}"
        raise Refusal("bad_message", text) from error


def expected_numbers_of(request: Mapping[str, Any]) -> dict[OrgId, int]:
    """The synchronization sequence number that is expected next of each organisation, as `begin` says."""
    return {OrgId(entry["id"]): int(entry["next_sequence_number"]) for entry in request["organisations"]}


def days_of(stated: Iterable[str]) -> list[Day]:
    """Days that a message names."""
    return [Day(date.fromisoformat(day)) for day in stated]


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


def as_read(profile: Profile, readings: Mapping[str, str]) -> Profile:
    """A profile under the readings that a conversation states, as far as the profile knows them."""
    for ambiguity, reading in sorted(readings.items()):
        if reading in profile.known_readings.get(ambiguity, {}) and profile.readings[ambiguity] != reading:
            profile = profile.with_reading(ambiguity, reading)
    return profile


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
