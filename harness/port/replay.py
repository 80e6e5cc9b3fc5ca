"""A journal in place of the systems: it answers as is written there, if the suite asks what it asked then."""

from __future__ import annotations

from typing import TypeGuard

from harness.port.failure import AdapterFailure, Side
from harness.port.journal import Entry, canonical
from harness.port.protocol import Json, Role
from harness.port.replies import parse_reply


class Diverged(Exception):
    """A replay that does not go as its journal says."""


class Replay:
    """Answers requests from a journal, and holds the suite to asking what it asked then, in the order in which it did.

    It stands for the system under test; `of` gives the other side of a journal of two connections.

    :param role: of the system under test.
    """

    def __init__(self, entries: tuple[Entry, ...], role: Role = Role.REPOSITORY) -> None:
        self._left = list(entries)
        self._roles: dict[Side, Role] = {"system": role, "counterpart": Role.REPOSITORY}

    def of(self, side: Side) -> ReplaySide:
        """One side of the journal: both draw from the same entries."""
        return ReplaySide(self, side)

    def exchange(self, request: Json, side: Side = "system") -> Json:
        asked = self._next("request", side, "the suite now asks more than it did")
        recorded = canonical(dict(asked.body))
        now = canonical({**request, **({"shared_folder": "shared"} if request.get("shared_folder") else {})})
        if recorded != now:
            raise Diverged(
                f"entry {asked.number}: recorded was the request {_short(recorded)}, now it is {_short(now)}"
            )
        if self._fails_next(side):
            raise self.failure()
        reply = self._reply(request, side)
        if self._fails_next(side):  # the reply was one, but its content was no good
            raise self.failure()
        return reply

    def _reply(self, request: Json, side: Side) -> Json:
        """The reply that the journal holds next, read as one that comes from a system."""
        entry = self._next("reply", side, "a request without an answer")
        try:
            return parse_reply(canonical(dict(entry.body)), request, self._roles[side])
        except AdapterFailure as failure:
            raise Diverged(f"entry {entry.number}: no system can have answered so: {failure.detail}") from failure

    def failure(self) -> AdapterFailure:
        """The failure of the adapter that the journal records next."""
        entry = self._left.pop(0)
        kind, detail, stderr = (entry.body.get(key) for key in ("failure", "detail", "stderr"))
        if (
            not isinstance(kind, str)
            or kind not in AdapterFailure.KINDS
            or not isinstance(detail, str)
            or not _are_lines(stderr)
        ):
            raise Diverged(f"entry {entry.number}: is no failure of an adapter: it was changed")
        return AdapterFailure(kind, detail, tuple(stderr), entry.side)

    @property
    def begins_with_failure(self) -> bool:
        return bool(self._left) and self._left[0].kind == "event"

    def _fails_next(self, side: Side) -> bool:
        return self.begins_with_failure and self._left[0].side == side

    def check_used_up(self) -> None:
        """:raises Diverged: the journal holds entries that the suite did not come to."""
        if self._left:
            raise Diverged(f"entry {self._left[0].number} and those after it were not asked for by the suite")

    def _next(self, kind: str, side: Side, otherwise: str) -> Entry:
        if not self._left:
            raise Diverged(f"the journal ends early: {otherwise}")
        entry = self._left.pop(0)
        if (entry.kind, entry.side) != (kind, side):
            other = "" if entry.side == side else f" of the {entry.side}"
            raise Diverged(f"entry {entry.number} is {entry.kind!r}{other} where {kind!r} belongs: {otherwise}")
        return entry


class ReplaySide:
    """One side of a journal of two connections."""

    def __init__(self, replay: Replay, side: Side) -> None:
        self._replay = replay
        self._side = side

    def exchange(self, request: Json) -> Json:
        return self._replay.exchange(request, self._side)


def _are_lines(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _short(text: bytes) -> str:
    shown = text.decode()
    return shown if len(shown) <= 200 else f"{shown[:200]}… ({len(shown)} characters)"


def failure_event(failure: AdapterFailure) -> Json:
    """How a failure of the adapter stands in a journal."""
    return {"failure": failure.kind, "detail": failure.detail, "stderr": list(failure.stderr)}
