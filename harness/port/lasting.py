"""A connection that lasts over many conversations, and knows to which of them a failure between two belongs.

A system may misbehave after it has answered `end`: it writes a line, or goes. That shows where the next conversation
is to begin, and by then nobody can tell when it happened. So a fresh process is asked to begin it. Where that one does,
the conversation before is to blame; where it does not, it is the new conversation. However fast or slow the system is,
the same is found, and the new conversation goes on with the fresh process as if nothing had been.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from harness.port.failure import AdapterFailure, Connection
from harness.port.introduction import introduced
from harness.port.journal import canonical
from harness.port.protocol import Json, Role, SystemDescription
from harness.port.replies import shown
from harness.port.stdio import Stdio

Settle = Callable[[AdapterFailure | None], None]


class Lasting:
    """A connection that is opened anew where a conversation cannot begin on account of the one before.

    :param role: the role that the system is asked to take.
    :param known: how it has described itself before; it is held to that whenever it introduces itself again.
    :raises AdapterFailure: the system cannot be reached, or does not introduce itself as before.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        role: Role = Role.REPOSITORY,
        known: SystemDescription | None = None,
    ) -> None:
        self._connect = connect
        self._role = role
        self._connection, self.description = self._opened(known)
        self._begin: Json | None = None
        self._has_ended = False
        self._settle: Settle | None = None

    def _opened(self, known: SystemDescription | None) -> tuple[Connection, SystemDescription]:
        connection = self._connect()
        try:
            described = introduced(connection, self._role)
            if known is not None:
                _check_same(known, described)
        except AdapterFailure:
            connection.close()
            raise
        return connection, described

    def settles(self, settle: Settle) -> None:
        """Say what is to be called once it is known whether the conversation that has just ended was the last straw.

        That is at once where it was not ended by `end`, or the system is one of ours in this process. Otherwise it is
        called while the next conversation begins, or the connection is closed: with the failure for which it is to
        blame, or None.
        """
        if self._has_ended and self._settle is None and isinstance(self._connection, Stdio):
            self._settle = settle
        else:
            settle(None)

    def exchange(self, request: Json) -> Json:
        reply = self._begun(request) if request["message"] == "begin" else self._connection.exchange(request)
        self._has_ended = request["message"] == "end"
        return reply

    def _begun(self, request: Json) -> Json:
        self._begin = request
        if self._settle is None:
            return self._connection.exchange(request)
        try:
            reply = self._connection.exchange(request)
        except AdapterFailure as failure:
            reply = self._begun_afresh(request, failure)
        self._settled(None)
        return reply

    def _begun_afresh(self, request: Json, failure: AdapterFailure) -> Json:
        """Let a fresh process begin the conversation, and settle who is to blame that the other did not."""
        try:
            if failure.kind == "timeout":  # it would be waited for twice
                raise failure
            self._connection.close()
            self._connection, _ = self._opened(self.description)
            reply = self._connection.exchange(request)
        except AdapterFailure:
            self._settled(None)
            raise
        detail = f"after 'end' it could not begin another conversation, as a fresh process could: {failure.detail}"
        self._settled(AdapterFailure(failure.kind, detail, failure.stderr))
        return reply

    def restart(self) -> None:
        """End the system's process as at the end of its input, and go on with another.

        :raises AdapterFailure: it does not come back, or describes itself otherwise than before.
        """
        self._connection.close()
        self._connection, _ = self._opened(self.description)

    def _settled(self, blame: AdapterFailure | None) -> None:
        settle, self._settle = self._settle, None
        if settle is not None:
            settle(blame)

    def stderr_tail(self) -> tuple[str, ...]:
        return self._connection.stderr_tail()

    def close(self) -> None:
        """Let go of the system; before, where a conversation is unsettled, it is asked to begin once more."""
        if self._settle is not None and self._begin is not None:
            with contextlib.suppress(AdapterFailure):
                self._begun({**self._begin, "shared_folder": None})  # that of the conversation is gone
                self._connection.exchange({"id": self._begin["id"] + 1, "message": "end"})
        self.drop()

    def drop(self) -> None:
        """Let go of the system at once: what is unsettled stays so."""
        self._settle = None
        self._connection.close()


def _check_same(before: SystemDescription, now: SystemDescription) -> None:
    """Hold a system to what it has said of itself: who says another thing each time could be judged by neither.

    :raises AdapterFailure: it describes itself otherwise than before.
    """
    was, said = _lasting(before), _lasting(now)
    for key, value in said.items():
        if canonical(was[key]) != canonical(value):
            what = f"the system answered 'hello' otherwise than before: {key!r} was {shown(was[key])}"
            raise AdapterFailure("malformed", f"{what}, now {shown(value)}")


def _lasting(described: SystemDescription) -> Json:
    """What stays of a description: the number of an organisation's next file set counts on."""
    counted_alike = tuple(replace(each, next_sequence_number=1) for each in described.organisations)
    return replace(described, organisations=counted_alike).as_json()
