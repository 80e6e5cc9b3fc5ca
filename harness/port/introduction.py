"""The first message: a system is asked who it is, before any conversation."""

from __future__ import annotations

from harness.port.failure import AdapterFailure, Connection
from harness.port.protocol import Hello, SystemDescription, request


def introduced(connection: Connection) -> SystemDescription:
    """Ask a system who it is, before any conversation.

    :raises AdapterFailure: it does not say, or does not take the repository's role.
    """
    reply = connection.exchange(request(0, Hello()))
    if "error" in reply:
        error = reply["error"]
        raise AdapterFailure(
            "refused",
            f"the system answered 'hello' with error {error['code']}: {error['message']}",
            connection.stderr_tail(),
        )
    return SystemDescription.from_reply(reply["ok"])
