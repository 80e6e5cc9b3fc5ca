"""One self-contained conversation with a system under test: who takes part, what time it is, what was sent and seen.

A conversation draws its organisations, opens with `begin` at the first thing that happens, hands time to the system,
and keeps every file that came out of it. It knows no rules and judges nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from harness.errors import SuiteMistake
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, iso, later
from harness.interface.profile import Profile
from harness.interface.reader import Reader
from harness.interface.regular import read_regular
from harness.port.failure import AdapterFailure
from harness.port.journal import JournalWriter, without_place
from harness.port.protocol import (
    CONTENT_LIMIT,
    Advance,
    Advanced,
    Authorisation,
    Begin,
    DeliveredFile,
    End,
    ErrorCode,
    Holidays,
    Json,
    Load,
    Organisation,
    Outage,
    ProfileStatement,
    Refusal,
    Request,
    Submit,
    SystemDescription,
    content_hash,
    pack,
    request,
    unpack,
)
from harness.port.shared_folder import ContentLeft, content_by_path, keep_content
from harness.stage.draws import Draw
from harness.suite.verdicts import Pending


class Exchanges(Protocol):
    """Anything that answers requests: a connection to a system, or a journal read back."""

    def exchange(self, request: Json) -> Json: ...


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a scenario: an LDC, an agent, or a stranger whom the MDM/R does not know."""

    alias: str
    id: OrgId
    kind: Literal["ldc", "agent", "stranger"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was submitted."""

    organisation: OrgId
    name: str
    content: bytes
    instant: Instant


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that the system delivered to somebody's mailbox."""

    recipient: OrgId
    name: str
    content: bytes
    instant: Instant


class Witness(Protocol):
    """Whoever watches a conversation: told what happens in it, in order of time, once the system has answered."""

    def begun(self, begin: Begin) -> None:
        """The conversation has begun."""

    def submitted(self, file: Sent) -> None:
        """An organisation has submitted a file."""

    def loaded(self, data: Mapping[str, Any], moment: Instant) -> None:
        """Data has reached the system from outside."""

    def delivered(self, file: Delivered, *, arrived: bool) -> None:
        """The system has delivered a file, which has arrived, or which the mailbox has refused."""

    def passed(self, moment: Instant) -> None:
        """Time has come so far."""


class Recorder:
    """Numbers the requests of a conversation and writes each of them, and what came of it, to the journal."""

    def __init__(self, system: Exchanges, journal: JournalWriter | None) -> None:
        self._system = system
        self._journal = journal
        self._number = 0

    def ask(self, message: Request) -> Json:
        """Send one message; the body of its `ok`.

        :raises AdapterFailure: there was no reply, or none that makes sense, or the system says it cannot.
        """
        self._number += 1
        sent = request(self._number, message)
        self._write("request", without_place(sent))
        try:
            reply = self._system.exchange(sent)
        except AdapterFailure as failure:
            raise self.noted(failure) from failure
        self._write("reply", reply)
        if "error" in reply:
            refusal = Refusal.from_reply(reply["error"])
            raise AdapterFailure(
                "unsupported" if refusal.code is ErrorCode.UNSUPPORTED else "refused",
                f"the system answered {message.message!r} with error {refusal.code}: {refusal.message}",
            )
        ok: Json = reply["ok"]
        return ok

    def noted(self, failure: AdapterFailure) -> AdapterFailure:
        """Write down a failure of the adapter, as an event after the request or reply that it belongs to."""
        self._write("event", {"failure": failure.kind, "detail": failure.detail, "stderr": list(failure.stderr)})
        return failure

    def _write(self, kind: Literal["request", "reply", "event"], body: Json) -> None:
        if self._journal is not None:
            self._journal.append(kind, body)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every conversation of a run starts from.

    :param shared_folder: where content over 1 MiB passes by path: what the system is told.
    :param replayed: whether a journal answers; then content is read as it was kept, and nothing is written.
    :param kept_folder: where such content is kept under its SHA-256; the shared folder where none is named.
    """

    profile: Profile
    system: SystemDescription
    holidays: Holidays
    anchor: Instant
    shared_folder: Path | None = None
    replayed: bool = False
    kept_folder: Path | None = None

    @property
    def kept(self) -> Path | None:
        """Where content by path is kept."""
        return self.kept_folder or self.shared_folder

    def told_holidays(self) -> Holidays:
        """The holidays that a conversation states: a system of protocol 1 is told the statutory ones alone."""
        return replace(self.holidays, price_plan=()) if self.system.protocol == 1 else self.holidays

    def told_readings(self) -> Mapping[str, str]:
        """The readings that a conversation states: a system of protocol 1 is told a certain one of each ambiguity."""
        readings = self.profile.narrowed(self.system.readings)
        return self.profile.decided(readings) if self.system.protocol == 1 else readings

    def value(self, name: str) -> Any:
        """A configured value as this system has it: the profile's, unless the system said that it differs."""
        return self.system.values.get(name, self.profile.values[name])


class Conversation:
    """The world of one scenario, as the system under test is told of it."""

    def __init__(self, setting: Setting, draw: Draw, recorder: Recorder) -> None:
        self.setting = setting
        self._profile = replace(setting.profile, readings=setting.profile.narrowed(setting.system.readings))
        self.draw = draw
        self.reader = Reader()
        self.now = setting.anchor
        self.parties: dict[str, Party] = {}
        self.sent: list[Sent] = []
        self.delivered: list[Delivered] = []
        self._recorder = recorder
        self._watching: list[Witness] = []
        self._authorisations: list[Authorisation] = []
        self._sequence_numbers: dict[str, int] = {}
        self._outages: dict[str, list[Outage]] = {}
        self._begun = False
        self._openings: list[Callable[[], None]] = []
        self._by_path: dict[tuple[str, str], bytes] = {}
        self._content_left = ContentLeft()

    @property
    def profile(self) -> Profile:
        """The profile, with its open readings narrowed to those that the system states."""
        return self._profile

    def let_watch(self, witness: Witness) -> None:
        """Let somebody be told of what happens from here on."""
        self._watching.append(witness)

    # --- who takes part: told to the system once, in `begin` ---------------------------------------

    def register(self, alias: str, kind: Literal["ldc", "agent"]) -> Party:
        """Let an organisation take part, registered with the MDM/R."""
        self._still_open(f"registering {alias!r}")
        return self._join(alias, kind)

    def stranger(self, alias: str) -> Party:
        """Let somebody take part of whom the system is told nothing."""
        return self._join(alias, "stranger")

    def _join(self, alias: str, kind: Literal["ldc", "agent", "stranger"]) -> Party:
        if alias in self.parties:
            raise SuiteMistake(f"{alias!r} takes part already")
        party = Party(alias, self.draw.organisation_id(), kind)
        self.parties[alias] = party
        return party

    def party(self, alias: str) -> Party:
        """The organisation behind an alias.

        :raises SuiteMistake: nobody of that name takes part.
        """
        if alias not in self.parties:
            raise SuiteMistake(f"nobody called {alias!r} takes part; there are {', '.join(map(repr, self.parties))}")
        return self.parties[alias]

    def authorise(self, ldc: str, agent: str, file_type: str, direction: Literal["submit", "receive"]) -> None:
        """Record an LDC's authorisation (SME_FORM_0006) of an agent for one file or report type."""
        self._still_open(f"authorising {agent!r}")
        self._authorisations.append(Authorisation(self.party(ldc).id, self.party(agent).id, file_type, direction))

    def expect_sequence_number(self, ldc: str, number: int) -> None:
        """Fix the synchronization sequence number that the repository expects next of an LDC."""
        self._still_open(f"fixing the sequence number of {ldc!r}")
        self._sequence_numbers[self.party(ldc).alias] = number

    def expect_first_sequence_number(self, alias: str, number: int) -> None:
        """Fix the sequence number that is expected first of an organisation, where none was fixed; the least counts."""
        self._still_open(f"fixing the sequence number of {alias!r}")
        known = self._sequence_numbers.get(self.party(alias).alias, number)
        self._sequence_numbers[self.party(alias).alias] = min(known, number)

    def refuse_deliveries(self, alias: str, start: Instant, end: Instant) -> None:
        """Let an organisation's mailbox refuse files for a time: a file that comes meanwhile has not arrived."""
        self._still_open(f"an outage of {alias!r}")
        self._outages.setdefault(self.party(alias).alias, []).append(Outage(start, end))

    def opens_with(self, happening: Callable[[], None]) -> None:
        """Let something happen as soon as the conversation has begun, before anything else that a scenario does.

        Whoever takes part is known by then, also who is named only after this was asked for. In a conversation that
        has begun it happens at once.
        """
        if self._begun:
            happening()
        else:
            self._openings.append(happening)

    def _still_open(self, what: str) -> None:
        if self._begun:
            raise SuiteMistake(f"{what} comes after the conversation has begun")

    # --- what happens ------------------------------------------------------------------------------

    def submit(self, alias: str, name: str, content: bytes) -> Sent:
        """Let an organisation submit a file now."""
        self._begin()
        party = self.party(alias)
        sent = Sent(party.id, name, content, self.now)
        self.sent.append(sent)
        self._recorder.ask(Submit(party.id, name, self._as_content(content)))
        for witness in self._watching:
            witness.submitted(sent)
        return sent

    def load(self, data: Mapping[str, Any]) -> None:
        """Let data reach the system from outside these interfaces, now."""
        self._begin()
        self._recorder.ask(Load(data))
        for witness in self._watching:
            witness.loaded(data, self.now)

    def advance(self, to: Instant) -> None:
        """Let time pass until an instant, and collect what was delivered meanwhile.

        :raises Pending: the system's own clock has not come so far.
        :raises AdapterFailure: the reply contradicts what time can do.
        """
        self._begin()
        if to < self.now:
            raise SuiteMistake(f"time does not run back: it is {iso(self.now)}, asked for {iso(to)}")
        answer = Advanced.from_reply(self._recorder.ask(Advance(to)), DeliveredFile)
        reached = answer.instant
        if reached < self.now and self.setting.system.clock == "real":  # the conversation opens at a time to come
            raise Pending(iso(to), iso(reached))
        answered = f"advance from {iso(self.now)} to {iso(to)} was answered with instant {iso(reached)}"
        if not self.now <= reached <= to:
            raise AdapterFailure("malformed", f"{answered}, which lies outside that span")
        if reached < to and self.setting.system.clock == "settable":
            raise AdapterFailure("malformed", f"{answered}; a settable clock comes to the instant that was asked for")
        self._content_left.of_next_reply()
        files = sorted((self._received(file, reached) for file in answer.files), key=lambda file: file.instant)
        arrived = [self._arrives(file) for file in files]
        self.delivered.extend(itertools.compress(files, arrived))
        self.now = reached
        for witness in self._watching:
            for file, came in zip(files, arrived, strict=True):
                witness.delivered(file, arrived=came)
            witness.passed(reached)
        if reached < to:
            raise Pending(iso(to), iso(reached))

    def _arrives(self, file: Delivered) -> bool:
        """Whether a file reaches its recipient: the suite plays the mailbox, and a mailbox may refuse files."""
        outages = [
            outage
            for alias, spans in self._outages.items()
            if self.parties[alias].id == file.recipient
            for outage in spans
        ]
        return not any(outage.start <= file.instant < outage.end for outage in outages)

    def settle(self, moment: Instant) -> None:
        """Let time pass until what is due at `moment` must have been seen: `delivery_within_seconds` later."""
        due = later(moment, seconds=self.setting.value("delivery_within_seconds"))
        if due > self.now:
            self.advance(due)

    def end(self) -> None:
        """Close the conversation, if it was ever opened."""
        if self._begun:
            self._begun = False
            self._recorder.ask(End())

    def mailbox(self, alias: str) -> tuple[Delivered, ...]:
        """All files delivered to an organisation so far, by instant."""
        recipient = self.party(alias).id
        return tuple(file for file in self.delivered if file.recipient == recipient)

    def start(self) -> None:
        """Open the conversation, if it is not open yet, and let happen what it opens with."""
        self._begin()

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        profile = self.profile
        begin = Begin(
            conversation=self.draw.conversation,
            instant=self.setting.anchor,
            seed=self.draw.system_seed,
            holidays=self.setting.told_holidays(),
            organisations=tuple(
                Organisation(
                    party.alias,
                    party.id,
                    party.kind,
                    self._sequence_numbers.get(party.alias, 1),
                    tuple(self._outages.get(party.alias, ())),
                )
                for party in self.parties.values()
                if party.kind != "stranger"
            ),
            authorisations=tuple(self._authorisations),
            profile=ProfileStatement(profile.name, profile.hash, profile.values, self.setting.told_readings()),
            shared_folder=None if self.setting.shared_folder is None else str(self.setting.shared_folder),
        )
        self._recorder.ask(begin)
        for witness in self._watching:
            witness.begun(begin)
        for happening in self._openings:
            happening()

    def _as_content(self, content: bytes) -> Json:
        if len(content) <= CONTENT_LIMIT:
            return pack(content)
        folder, kept = self.setting.shared_folder, self.setting.kept
        if folder is None or kept is None:
            raise SuiteMistake(f"content of {len(content)} bytes goes by path, and there is no shared folder")
        digest = content_hash(content)
        if not self.setting.replayed:
            for each in dict.fromkeys((folder, kept)):
                keep_content(each, content)
        return {"path": digest, "sha256": digest}

    def _received(self, file: DeliveredFile, reached: Instant) -> Delivered:
        if not self.now <= file.instant <= reached:
            raise AdapterFailure(
                "malformed",
                f"advance from {iso(self.now)} to {iso(reached)} brought file {file.name!a} "
                f"with instant {iso(file.instant)}, which lies outside that span",
            )
        return Delivered(file.recipient, file.name, self._content(file), file.instant)

    def _content(self, file: DeliveredFile) -> bytes:
        content = file.content
        try:
            return self._from_shared_folder(content) if "path" in content else unpack(content)
        except (ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise self._recorder.noted(
                AdapterFailure("malformed", f"content of file {file.name!a}: {reason}")
            ) from error

    def _from_shared_folder(self, content: Json) -> bytes:
        folder, kept = self.setting.shared_folder, self.setting.kept
        if folder is None or kept is None:
            raise ValueError("came by path, but the conversation has no shared folder")
        if self.setting.replayed:
            return read_regular(kept / content["sha256"])
        key = content["path"], content["sha256"]
        if key not in self._by_path:
            self._by_path[key] = content_by_path(folder, *key, self._content_left.bytes)
            keep_content(kept, self._by_path[key])
        data = self._by_path[key]
        self._content_left.take(len(data))
        return data
