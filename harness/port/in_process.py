"""A system of ours in this process: an object with ``exchange(request) -> reply``.

Request and reply pass through JSON text, so that a system sees and may answer the same as over stdio.
"""

from __future__ import annotations

import json
from typing import Any

from harness.port.failure import AdapterFailure
from harness.port.hosting import Failed, line_of, raised
from harness.port.protocol import Json, Role
from harness.port.replies import parse_reply


def _is_flat(message: Json) -> bool:
    """Whether a message is of texts and integers alone: a copy of it is what comes of its JSON."""
    return set(map(type, message.values())) <= _PLAIN


_PLAIN = {str, int}


class InProcess:
    """A connection to an object that is called directly."""

    def __init__(self, system: Any) -> None:
        self._system = system
        self.role = Role.REPOSITORY
        self.is_open = True

    def exchange(self, request: Json) -> Json:
        given = dict(request) if _is_flat(request) else json.loads(json.dumps(request))
        try:
            line = line_of(self._system.exchange(given))
        except Failed as failed:
            raise AdapterFailure(failed.kind, failed.detail) from failed
        except Exception as error:
            what, lines = raised(error)
            raise AdapterFailure("exit", f"the system raised {what}", tuple(lines)) from error
        return parse_reply(line, request, self.role)

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        self.is_open = False
        self._system.close()
