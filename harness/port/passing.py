"""What most messages of a long conversation say, known at a glance: time is to pass, or has passed and brought nothing.

Thousands of them pass in a conversation with a CIS, for time passes there in small steps. What they are is known
without looking through them member by member, so that to copy, check and write one costs next to nothing. Whatever is
not exactly so goes the way of all other messages, and a test holds the two ways together.
"""

from __future__ import annotations

import re
from typing import Any

_INSTANT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}-05:00")
_LARGEST_NUMBER = 2**53 - 1


class AskedForTime(dict[str, Any]):
    """A message of ours that asks for time, and is known to: nobody has to look through it again."""


class BroughtNothing(dict[str, Any]):
    """A copy of ours of a reply by which time brought nothing, and is known to have."""


def asks_for_time(message: Any) -> bool:
    """Whether a message is ``{"id": …, "message": "advance", "to": …}``, as the protocol has it."""
    return type(message) is AskedForTime or (
        type(message) is dict
        and len(message) == 3
        and message.get("message") == "advance"
        and _is_number(message.get("id"))
        and _is_instant(message.get("to"))
    )


def brought_nothing(message: Any) -> bool:
    """Whether a message is ``{"id": …, "ok": {"files": [], "instant": …}}``, as the protocol has it."""
    if type(message) is BroughtNothing:
        return True
    if type(message) is not dict or len(message) != 2 or not _is_number(message.get("id")):
        return False
    ok = message.get("ok")
    return type(ok) is dict and len(ok) == 2 and ok.get("files") == [] and _is_instant(ok.get("instant"))


def copy_of_request(message: dict[str, Any]) -> dict[str, Any]:
    """A copy of a message that asks for time."""
    return {"id": message["id"], "message": "advance", "to": message["to"]}


def copy_of_reply(message: dict[str, Any]) -> BroughtNothing:
    """A copy of a message by which time brought nothing."""
    return BroughtNothing(id=message["id"], ok={"files": [], "instant": message["ok"]["instant"]})


def answers_it(reply: Any, request: dict[str, Any]) -> bool:
    """Whether a reply is known to say that time has come as far as was asked, and brought nothing."""
    return (
        type(reply) is BroughtNothing
        and type(request) is AskedForTime
        and reply["id"] == request["id"]
        and reply["ok"]["instant"] == request["to"]
    )


def canonical_request(message: dict[str, Any]) -> str:
    """The canonical JSON of a message that asks for time."""
    return f'{{"id":{message["id"]},"message":"advance","to":"{message["to"]}"}}'


def canonical_reply(message: dict[str, Any]) -> str:
    """The canonical JSON of a message by which time brought nothing."""
    return f'{{"id":{message["id"]},"ok":{{"files":[],"instant":"{message["ok"]["instant"]}"}}}}'


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST_NUMBER


def _is_instant(value: Any) -> bool:
    return type(value) is str and _INSTANT.fullmatch(value) is not None
