"""One system of a conversation: its messages are recorded, its clock is held to what time can do, its files read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from harness.errors import SuiteMistake
from harness.interface.instants import Instant, iso
from harness.interface.profile import Profile
from harness.interface.regular import read_regular
from harness.port.failure import AdapterFailure, Side
from harness.port.journal import JournalWriter, without_place
from harness.port.protocol import (
    CONTENT_LIMIT,
    Advance,
    Advanced,
    ErrorCode,
    File,
    Holidays,
    Json,
    ProfileStatement,
    Refusal,
    Request,
    SystemDescription,
    content_hash,
    pack,
    request,
    unpack,
)
from harness.port.replay import failure_event
from harness.port.shared_folder import ContentLeft, content_by_path, keep_content
from harness.suite.verdicts import Pending


class Exchanges(Protocol):
    """Anything that answers requests: a connection to a system, or a journal read back."""

    def exchange(self, request: Json) -> Json: ...


class Recorder:
    """Numbers the requests of a conversation and writes each of them, and what came of it, to the journal.

    :param revive: ends the system's process and starts another; nothing where a journal answers.
    """

    def __init__(
        self,
        system: Exchanges,
        journal: JournalWriter | None,
        side: Side = "system",
        revive: Callable[[], None] = lambda: None,
    ) -> None:
        self._system = system
        self._journal = journal
        self._revive = revive
        self.side = side
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
                f"the {self.side} answered {message.message!r} with error {refusal.code}: {refusal.message}",
                side=self.side,
            )
        ok: Json = reply["ok"]
        return ok

    def restart(self) -> None:
        """Let the system go on in a process of its own.

        :raises AdapterFailure: it does not come back.
        """
        try:
            self._revive()
        except AdapterFailure as failure:
            raise self.noted(failure) from failure

    def noted(self, failure: AdapterFailure) -> AdapterFailure:
        """Write down a failure of the adapter, as an event after the request or reply that it belongs to."""
        failure.side = self.side
        self._write("event", failure_event(failure))
        return failure

    def _write(self, kind: Literal["request", "reply", "event"], body: Json) -> None:
        if self._journal is not None:
            self._journal.append(kind, body, self.side)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every conversation of a run starts from.

    :param shared_folder: where content over 1 MiB passes by path: what the system is told.
    :param replayed: whether a journal answers; then content is read as it was kept, and nothing is written.
    :param kept_folder: where such content is kept under its SHA-256; the shared folder where none is named.
    :param stated: readings that hold besides those that the system states: what a CIS states holds for its counterpart
        too, and what that states and the CIS does not holds for the CIS.
    """

    profile: Profile
    system: SystemDescription
    holidays: Holidays
    anchor: Instant
    shared_folder: Path | None = None
    replayed: bool = False
    kept_folder: Path | None = None
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> Path | None:
        """Where content by path is kept."""
        return self.kept_folder or self.shared_folder

    def told_holidays(self) -> Holidays:
        """The holidays that a conversation states: a system of protocol 1 is told the statutory ones alone."""
        return replace(self.holidays, price_plan=()) if self.system.protocol == 1 else self.holidays

    def held_readings(self) -> Mapping[str, str]:
        """The readings that hold: the profile's, narrowed to those that are stated where any is right."""
        return self.profile.narrowed({**self.system.readings, **self.stated})

    def told_readings(self) -> Mapping[str, str]:
        """The readings that a conversation states: a system of protocol 1 is told a certain one of each ambiguity."""
        held = self.held_readings()
        return self.profile.decided(held) if self.system.protocol == 1 else held

    def value(self, name: str) -> Any:
        """A configured value as this system has it: the profile's, unless the system said that it differs."""
        return self.system.values.get(name, self.profile.values[name])


class Link:
    """A system's end of a conversation."""

    def __init__(self, setting: Setting, recorder: Recorder) -> None:
        self.setting = setting
        self._recorder = recorder
        self._by_path: dict[tuple[str, str], bytes] = {}
        self._content_left = ContentLeft()

    def ask(self, message: Request) -> Json:
        """Send one message; the body of its `ok`.

        :raises AdapterFailure: there was no reply, or none that makes sense, or the system says it cannot.
        """
        return self._recorder.ask(message)

    def restart(self) -> None:
        """Let the system go on in a process of its own.

        :raises AdapterFailure: it does not come back, or as somebody else.
        """
        self._recorder.restart()

    def profile_statement(self) -> ProfileStatement:
        """What the system is told of the profile."""
        profile = self.setting.profile
        return ProfileStatement(profile.name, profile.hash, profile.values, self.setting.told_readings())

    def advance(self, now: Instant, to: Instant, kind: type[File]) -> tuple[Instant, list[tuple[File, bytes]]]:
        """Let the system's time pass; the instant reached, and the files that left it meanwhile with their content.

        :raises Pending: the system's own clock has not come to the present instant yet.
        :raises AdapterFailure: the reply contradicts what time can do, or a file cannot be read.
        """
        clock = self.setting.system.clock
        brought = self.ask(Advance(to))
        if not brought["files"] and brought["instant"] == iso(to):
            return to, []
        answer = Advanced.from_reply(brought, kind)
        reached = answer.instant
        if reached < now and clock != "settable":  # the conversation opens at a time to come
            raise Pending(iso(to), iso(reached))
        if not now <= reached <= to or (reached < to and clock == "settable"):
            answered = f"advance from {iso(now)} to {iso(to)} was answered with instant {iso(reached)}"
            if now <= reached <= to:
                raise self.failure(f"{answered}; a settable clock comes to the instant that was asked for")
            raise self.failure(f"{answered}, which lies outside that span")
        self._content_left.of_next_reply()
        for file in answer.files:
            if not now <= file.instant <= reached:
                raise self.failure(
                    f"advance from {iso(now)} to {iso(reached)} brought file {file.name!a} "
                    f"with instant {iso(file.instant)}, which lies outside that span"
                )
        return reached, [(file, self._content(file.name, file.content)) for file in answer.files]

    def failure(self, detail: str) -> AdapterFailure:
        """What a reply comes to that contradicts its request."""
        return AdapterFailure("malformed", detail, side=self._recorder.side)

    def as_content(self, content: bytes) -> Json:
        """Content as it stands in a message; where it is large, it is put into the shared folder."""
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

    def _content(self, name: str, content: Json) -> bytes:
        try:
            return self._from_shared_folder(content) if "path" in content else unpack(content)
        except (ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise self._recorder.noted(self.failure(f"content of file {name!a}: {reason}")) from error

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
