"""The first message: a system is asked who it is, before any conversation."""

from __future__ import annotations

from harness.port.failure import AdapterFailure, Connection
from harness.port.protocol import Hello, Role, SystemDescription, request


def introduced(connection: Connection, role: Role = Role.REPOSITORY) -> SystemDescription:
    """Ask a system who it is, before any conversation.

    :param role: the role that it is asked to take; the connection checks its replies accordingly from now on.
    :raises AdapterFailure: it does not say, or does not take that role.
    """
    connection.role = role
    reply = connection.exchange(request(0, Hello(role)))
    if "error" in reply:
        error = reply["error"]
        raise AdapterFailure(
            "refused",
            f"the system answered 'hello' with error {error['code']}: {error['message']}",
            connection.stderr_tail(),
        )
    return SystemDescription.from_reply(reply["ok"])
