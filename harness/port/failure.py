"""What an adapter can do, and how it fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal, Protocol, TypeAlias

from harness.port.protocol import Json, Role

_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff\t]")
"""Control characters and what no text file can hold: a system's words go to terminals, journals and XML reports."""
_DETAIL_LIMIT = 2000


Side: TypeAlias = Literal["system", "counterpart"]
"""At whose end of a conversation something happens: the system under test, or the repository that answers a CIS."""


def printable(text: str) -> str:
    """A text with its control characters and lone surrogates written out."""
    return _UNPRINTABLE.sub(lambda match: ascii(match[0])[1:-1], text)


class AdapterFailure(Exception):
    """The system gave no answer, or none that makes sense.

    :param kind: what happened, one of `KINDS`.
    :param detail: what happened, in a sentence; kept printable and bounded.
    :param stderr: the last lines of the system's error output.
    :param side: whose adapter it was: that of the system under test, or of the counterpart of a CIS.
    """

    KINDS: ClassVar[Mapping[str, str]] = {
        "start": "the system could not be started",
        "timeout": "it did not answer in time",
        "exit": "it exited, closed its output, or raised",
        "malformed": "its answer is no message of the protocol, or contradicts the request",
        "out_of_turn": "it wrote when nothing was asked, or answered another request",
        "flood": "its answer is longer than a line may be",
        "refused": "it answered with an error, or takes another role or protocol version",
        "unsupported": "it answered that it does not support what it claims",
    }

    def __init__(self, kind: str, detail: str, stderr: tuple[str, ...] = (), side: Side = "system") -> None:
        if len(detail) > _DETAIL_LIMIT:
            detail = f"{detail[:_DETAIL_LIMIT]}…"
        self.kind = kind
        self.detail = printable(detail)
        self.stderr = tuple(printable(line) for line in stderr)
        self.side = side
        super().__init__(self.kind, self.detail, self.stderr)

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


class Connection(Protocol):
    """A line to a system under test.

    :param role: the role that the system has taken, by which its replies are checked.
    """

    role: Role

    def exchange(self, request: Json) -> Json:
        """Send one request and return its one reply, checked against the protocol.

        :raises AdapterFailure: there is none, or it is not what the protocol says.
        """

    def stderr_tail(self) -> tuple[str, ...]:
        """The last lines that the system wrote to its error output."""

    def close(self) -> None:
        """Let go of the system."""
