"""What an adapter can do, and how it fails."""

from __future__ import annotations

from typing import Protocol

from harness.protocol import Json


class AdapterFailure(Exception):
    """The system gave no answer, or none that makes sense.

    :param kind: ``timeout``, ``exit``, ``malformed``, ``out_of_turn``, ``flood``, ``start``, ``refused`` or
        ``unsupported``.
    :param stderr: the last lines of the system's error output.
    """

    def __init__(self, kind: str, detail: str, stderr: tuple[str, ...] = ()) -> None:
        super().__init__(kind, detail, stderr)
        self.kind = kind
        self.detail = detail
        self.stderr = stderr

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


class Connection(Protocol):
    """A line to a system under test."""

    def exchange(self, request: Json) -> Json:
        """Send one request and return its one reply, checked against the protocol.

        :raises AdapterFailure: there is none, or it is not what the protocol says.
        """

    def stderr_tail(self) -> tuple[str, ...]:
        """The last lines that the system wrote to its error output."""

    def close(self) -> None:
        """Let go of the system."""
