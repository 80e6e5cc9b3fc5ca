"""A system of ours in this process: an object with ``exchange(request) -> reply``.

Request and reply pass as through JSON text, so that a system sees and may answer the same as over stdio. Where it is
plain what would come of the text, it is copied; else it is written and read.
"""

from __future__ import annotations

import json
from typing import Any

from harness.port.failure import AdapterFailure
from harness.port.hosting import Failed, line_of, raised
from harness.port.passing import asks_for_time, brought_nothing, copy_of_reply, copy_of_request
from harness.port.protocol import LINE_LIMIT, Json, Role
from harness.port.replies import DEPTH_LIMIT, INTEGER_LIMIT, check_reply, parse_reply

_LONGEST_ESCAPE = 6
_AROUND = 24
"""No integer, and nothing that stands around a value in JSON, takes more characters."""


class _NotPlain(Exception):
    """What would come of a message's text cannot be told without writing it."""


def _copied(message: Any) -> Any:
    """What comes of the JSON of a message of ASCII texts, integers, lists and objects that is no line too long.

    :raises _NotPlain: it may not be such a message.
    """
    if asks_for_time(message):
        return copy_of_request(message)
    if brought_nothing(message):
        return copy_of_reply(message)
    copying = _Copying()
    copied = copying.of(message)
    if copying.length > LINE_LIMIT:
        raise _NotPlain
    return copied


class _Copying:
    """Copies a message and adds up how long its line can be, at most."""

    def __init__(self) -> None:
        self.length = 0

    def of(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        self.length += _AROUND
        if kind is str:
            return self._text(value)
        if kind is dict and depth < DEPTH_LIMIT:
            return {self._text(name): self.of(inner, depth + 1) for name, inner in value.items()}
        if kind is list and depth < DEPTH_LIMIT:
            return [self.of(inner, depth + 1) for inner in value]
        if (kind is int and -INTEGER_LIMIT <= value <= INTEGER_LIMIT) or kind is bool or value is None:
            return value
        raise _NotPlain

    def _text(self, value: Any) -> str:
        if type(value) is str and value.isascii():
            self.length += _LONGEST_ESCAPE * len(value)
            return value
        raise _NotPlain


class InProcess:
    """A connection to an object that is called directly."""

    def __init__(self, system: Any) -> None:
        self._system = system
        self.role = Role.REPOSITORY
        self.is_open = True

    def exchange(self, request: Json) -> Json:
        try:
            given = _copied(request)
        except _NotPlain:
            given = json.loads(json.dumps(request))
        try:
            answer = self._system.exchange(given)
        except Exception as error:
            what, lines = raised(error)
            raise AdapterFailure("exit", f"the system raised {what}", tuple(lines)) from error
        try:
            reply = _copied(answer)
        except _NotPlain:
            return parse_reply(_line_of(answer), request, self.role)
        return check_reply(reply, request, self.role)

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        self.is_open = False
        self._system.close()


def _line_of(answer: Any) -> bytes:
    """An answer as a line.

    :raises AdapterFailure: it is not JSON.
    """
    try:
        return line_of(answer)
    except Failed as failed:
        raise AdapterFailure(failed.kind, failed.detail) from failed
