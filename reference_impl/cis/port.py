"""The port: messages in and out, as `docs/adapter-protocol.md` and `docs/cis-adapter.md` say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from harness.interface.identifiers import OrgId
from harness.interface.instants import instant, iso
from harness.interface.profile import Profile
from reference_impl.cis import kept
from reference_impl.cis.cis import Cis
from reference_impl.cis.file_transfer import Parties
from reference_impl.cis.sequence import sequences
from reference_impl.cis.state import Desk, Submission
from reference_impl.messages import Message, Readings, Refusal, days_of, exchanged, packed, reading, unpacked

CLASSES = ("CIS-FTS", "CIS-USDP", "CIS-SYNC", "CIS-BILLING", "CIS-READING")
"""The conformance classes that the chapters here cover."""


class Port:
    """The reference CIS as a system under test."""

    def __init__(self, profile: Profile) -> None:
        self.readings = Readings(profile)
        self.cis: Cis | None = None
        self.shared_folder: Path | None = None
        self.heard: list[Message] = []
        self._answers: Mapping[str, Callable[[Message], dict[str, Any]]] = {
            "hello": self._hello,
            "begin": self._begin,
            "load": self._kept(self._load),
            "deliver": self._kept(self._deliver),
            "advance": self._kept(self._advance),
            "ask": self._ask,
            "restart": self._restart,
            "end": self._end,
        }

    def exchange(self, request: Message) -> dict[str, Any]:
        """Answer one message; never raises."""
        return exchanged(request, self._answers)

    def _kept(self, answer: Callable[[Message], dict[str, Any]]) -> Callable[[Message], dict[str, Any]]:
        """What answers a message, and keeps it in mind where it could be answered.

        Of times that pass one after the other the last alone is kept: whoever hears of it comes to the same.
        """

        def answered(request: Message) -> dict[str, Any]:
            found = answer(request)
            if request["message"] == self.heard[-1]["message"] == "advance":
                self.heard.pop()
            self.heard.append(request)
            return found

        return answered

    def _hello(self, _: Message) -> dict[str, Any]:
        return {
            "protocol": 2,
            "name": "mdmr-conform reference CIS",
            "version": "0.1.0",
            "role": "cis",
            "classes": list(CLASSES),
            "clock": "settable",
            "state": "process",
            "isolation": "conversation",
            "values": {},
            "sends_within_minutes": 0,
            "keeps": "all",
        }

    def _begin(self, request: Message) -> dict[str, Any]:
        with reading(request):
            folder = request["shared_folder"]
            shared_folder = None if folder is None else Path(folder)
            conversation, resumed = str(request["conversation"]), request.get("resumed", False)
            cis = opened(request, self.readings)
        self.cis, self.shared_folder, self.heard = cis, shared_folder, [request]
        if resumed:
            self._take_up(conversation)
        return {}

    def _take_up(self, conversation: str) -> None:
        """Hear everything once more that was put away; what it came to was sent before."""
        folder = self.shared_folder
        try:
            messages = kept.taken_up(conversation, folder)
        except (KeyError, OSError) as error:
            raise Refusal("failed", "nothing was kept of this conversation, expected a restart before") from error
        for message in messages:
            reply = self.exchange({**message, "resumed": False})
            if "error" in reply:
                raise Refusal("failed", f"what was kept cannot be taken up: {reply['error']['message']}")
        self.shared_folder = folder

    def _open(self) -> Cis:
        if self.cis is None:
            raise Refusal("failed", "no conversation has begun")
        return self.cis

    def _load(self, request: Message) -> dict[str, Any]:
        cis = self._open()
        with reading(request):
            cis.load(request.get("events", ()), request.get("instructions", ()))
        return {}

    def _deliver(self, request: Message) -> dict[str, Any]:
        with reading(request):
            content = unpacked(request["content"], self.shared_folder)
            organisation, name = OrgId(request["organisation"]), str(request["name"])
        self._open().deliver(organisation, name, content)
        return {}

    def _advance(self, request: Message) -> dict[str, Any]:
        cis = self._open()
        with reading(request):
            to = instant(request["to"])
        if to < cis.now:
            raise Refusal("bad_message", f"time does not run back: it is {iso(cis.now)}")
        return {"files": [self._file_message(file) for file in cis.advance(to)], "instant": iso(to)}

    def _file_message(self, file: Submission) -> dict[str, Any]:
        """A submitted file as it stands in a reply."""
        content = packed(file.content, self.shared_folder)
        you = self._open().parties.you
        return {"organisation": you, "name": file.name, "content": content, "instant": iso(file.instant)}

    def _ask(self, request: Message) -> dict[str, Any]:
        cis = self._open()
        with reading(request):
            return {"answer": cis.ask(request["question"], OrgId(request["ldc"]))}

    def _restart(self, _: Message) -> dict[str, Any]:
        self._open()
        kept.put_away(self.heard, str(self.heard[0]["conversation"]), self.shared_folder)
        return {}

    def _end(self, _: Message) -> dict[str, Any]:
        if self.heard:
            kept.forget(str(self.heard[0]["conversation"]), self.shared_folder)
        self.cis, self.heard = None, []
        return {}


def opened(request: Message, under: Readings) -> Cis:
    """A CIS as a conversation finds it: an empty book, nothing sent."""
    stated = request["profile"]
    readings = under.profile.decided(stated["readings"])
    parties = parties_of(request)
    next_numbers = {OrgId(each["id"]): int(each["next_sequence_number"]) for each in request["organisations"]}
    counted = sequences(parties.ldcs, parties.you, next_numbers, readings)
    return Cis(
        profile=under.taken(readings),
        parties=parties,
        now=instant(request["instant"]),
        values=dict(stated["values"]),
        readings=readings,
        holidays=frozenset(days_of(request["calendar"]["holidays"])),
        desks={ldc: Desk(ldc, sequence) for ldc, sequence in counted.items()},
    )


def parties_of(request: Message) -> Parties:
    """Who takes part, and whose CIS this is."""
    you = OrgId(request["you"])
    ldcs = tuple(OrgId(each["id"]) for each in request["organisations"] if each["kind"] == "ldc")
    may = [(each["ldc"], each["type"]) for each in request["authorisations"] if _lets(each, you)]
    return Parties(you, ldcs, {ldc: frozenset(kind for owner, kind in may if owner == ldc) for ldc in ldcs})


def _lets(authorisation: Message, you: OrgId) -> bool:
    return bool(authorisation["agent"] == you and authorisation["direction"] == "submit")
