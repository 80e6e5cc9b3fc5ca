"""A journal in place of the system: it answers as is written there, if the suite asks what it asked then."""

from __future__ import annotations

from harness.port.failure import AdapterFailure
from harness.port.journal import Entry, canonical
from harness.port.protocol import Json


class Diverged(Exception):
    """A replay that does not go as its journal says."""


class Replay:
    """Answers requests from a journal, and holds the suite to asking what it asked then."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._left = list(entries)

    def exchange(self, request: Json) -> Json:
        asked = self._next("request", "the suite now asks more than it did")
        recorded = canonical(dict(asked.body))
        now = canonical({**request, **({"shared_folder": "shared"} if request.get("shared_folder") else {})})
        if recorded != now:
            raise Diverged(
                f"entry {asked.number}: recorded was the request {_short(recorded)}, now it is {_short(now)}"
            )
        if self.begins_with_failure:
            raise self.failure()
        reply = dict(self._next("reply", "a request without an answer").body)
        if self.begins_with_failure:  # the reply was one, but its content was no good
            raise self.failure()
        return reply

    def failure(self) -> AdapterFailure:
        """The failure of the adapter that the journal records next."""
        body = self._left.pop(0).body
        return AdapterFailure(body["failure"], body["detail"], tuple(body["stderr"]))

    @property
    def begins_with_failure(self) -> bool:
        return bool(self._left) and self._left[0].kind == "event"

    def check_used_up(self) -> None:
        """:raises Diverged: the journal holds entries that the suite did not come to."""
        if self._left:
            raise Diverged(f"entry {self._left[0].number} and those after it were not asked for by the suite")

    def _next(self, kind: str, otherwise: str) -> Entry:
        if not self._left:
            raise Diverged(f"the journal ends early: {otherwise}")
        entry = self._left.pop(0)
        if entry.kind != kind:
            raise Diverged(f"entry {entry.number} is {entry.kind!r} where {kind!r} belongs: {otherwise}")
        return entry


def _short(text: bytes) -> str:
    shown = text.decode()
    return shown if len(shown) <= 200 else f"{shown[:200]}… ({len(shown)} characters)"


def failure_event(failure: AdapterFailure) -> Json:
    """How a failure of the adapter stands in a journal."""
    return {"failure": failure.kind, "detail": failure.detail, "stderr": list(failure.stderr)}
