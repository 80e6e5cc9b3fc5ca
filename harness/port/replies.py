"""Reading a line of the protocol: strict JSON of integers and text, then the published schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from harness.interface.instants import instant
from harness.port.failure import AdapterFailure
from harness.port.passing import answers_it, brought_nothing
from harness.port.protocol import CONTENT_LIMIT, LINE_LIMIT, Json, Role
from harness.port.shapes import shape

DEPTH_LIMIT = 64
"""How deep a message may be nested; none of the protocol's own comes to 10."""
_SHOWN = 200
_SYSTEMS = {Role.REPOSITORY: "repository", Role.CIS: "CIS"}
INTEGER_LIMIT = 2**53 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")
_ONLY_REPLIES = "stdout is for replies alone, logs go to stderr"


def read_json(line: bytes) -> Any:
    """Read a line as JSON that RFC 8785 can write again: UTF-8, no fractions, no huge integers, no name twice.

    :raises ValueError: it is not, or it is nested deeper than `DEPTH_LIMIT`.
    """
    try:
        value = _DECODER.decode(line.decode())
        if line.count(b"{") + line.count(b"[") > DEPTH_LIMIT and _too_deep(value):
            raise ValueError(f"it is nested deeper than {DEPTH_LIMIT} levels")
        if b"\\u" in line and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
            raise ValueError("a text holds a lone surrogate")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is not UTF-8") from error
    except RecursionError as error:
        raise ValueError(f"it is nested deeper than {DEPTH_LIMIT} levels") from error
    return value


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEPTH_LIMIT + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
        ]
    return bool(level)


def parse_reply(line: bytes, request: Json, role: Role = Role.REPOSITORY) -> Json:
    """Read the line that answers a request.

    :param role: the role that the system has taken.

    :raises AdapterFailure: the line is not JSON, not canonicalisable, not a reply, or not the reply to that request.
    """
    if len(line) > LINE_LIMIT:
        raise too_long(request)
    try:
        reply = read_json(line)
    except ValueError as error:
        raise AdapterFailure("malformed", f"{shown(line)} is not a reply in JSON: {error} ({_ONLY_REPLIES})") from error
    return check_reply(reply, request, role)


def too_long(request: Json) -> AdapterFailure:
    """What a reply that is longer than a line may be comes to."""
    return AdapterFailure(
        "flood",
        f"the reply to {request['message']!r} is a line of more than {LINE_LIMIT} bytes "
        f"(content over {CONTENT_LIMIT} bytes goes by path in the shared folder)",
    )


def check_reply(reply: Any, request: Json, role: Role = Role.REPOSITORY) -> Json:
    """Hold a reply against the schema and its request.

    :param role: the role that the system has taken.

    :raises AdapterFailure: it is not the reply to that request.
    """
    if answers_it(reply, request):
        known: Json = reply
        return known
    message = request["message"]
    if not isinstance(reply, dict):
        raise AdapterFailure("malformed", f"the reply to {message!r} is {shown(reply)}, expected an object")
    if reply.get("id") != request["id"] or isinstance(reply.get("id"), bool):
        raise AdapterFailure(
            "out_of_turn", f"the reply to {message!r} has id {shown(reply.get('id'))}, expected {request['id']}"
        )
    if message == "hello":
        _check_hello(reply.get("ok"), request)
    problem = _problem(reply, request, role)
    if problem is None and message == "ask" and "ok" in reply:
        problem = shape(f"{request['question']}_answer")(reply["ok"]["answer"])
    if problem is not None:
        raise AdapterFailure("malformed", f"the reply to {message!r}: {located(problem)}")
    if message == "advance" and "ok" in reply:
        _check_instants(reply["ok"])
    return reply


def _problem(reply: Json, request: Json, role: Role) -> tuple[tuple[str | int, ...], str] | None:
    """Where a reply does not fit the schema."""
    message = request["message"]
    if message == "advance" and brought_nothing(reply):
        return None
    return shape(_reply_shape(message, Role(request["role"]) if message == "hello" else role))(reply)


def _reply_shape(message: str, role: Role) -> str:
    """The schema's name for the reply to a message."""
    return f"cis_{message}_reply" if role is Role.CIS and message in {"hello", "advance"} else f"{message}_reply"


def located(problem: tuple[tuple[str | int, ...], str]) -> str:
    """A problem with its place, for people."""
    where, what = problem
    place = "/".join(str(part) for part in where)
    return f"{place}: {what}" if place else f"it {what}" if what.startswith("has ") else what


def _check_hello(ok: Any, request: Json) -> None:
    """What is worth a message of its own, before the schema would say it in general words."""
    if not isinstance(ok, Mapping):
        return
    spoken = Role(request["role"]).protocols
    version, role = ok.get("protocol", spoken[0]), ok.get("role", request["role"])
    if role != request["role"]:
        remedy = f"; run it with --role {role}" if role in list(Role) else ""
        what = f"the system takes the role {shown(role)}, asked was {request['role']!r}{remedy}"
        raise AdapterFailure("refused", what)
    if version not in spoken:
        raise AdapterFailure(
            "refused",
            f"the system speaks version {shown(version)} of the protocol, this harness "
            f"{' and '.join(map(str, spoken))} with a {_SYSTEMS[Role(request['role'])]}"
            f"{': a number, without quotes' if isinstance(version, str) else ''}",
        )


def _check_instants(ok: Json) -> None:
    for stated in (ok["instant"], *(file["instant"] for file in ok["files"])):
        try:
            instant(stated)
        except ValueError as error:
            raise AdapterFailure("malformed", f"the reply to 'advance': {stated!r} is no instant: {error}") from error


def _refuse_float(text: str) -> Any:
    raise ValueError(f"{text[:40]} is no integer; numbers are integers")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > INTEGER_LIMIT:
        raise ValueError(f"{text[:40]} is beyond ±(2^53-1)")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has two members of one name")
    return found


_DECODER = json.JSONDecoder(
    parse_float=_refuse_float, parse_constant=_refuse_float, parse_int=_integer, object_pairs_hook=_object
)


def shown(what: object) -> str:
    """Something a system wrote, quoted, printable and bounded."""
    text = what[: 2 * _SHOWN].decode("utf-8", "backslashreplace") if isinstance(what, bytes) else what
    if not isinstance(text, str):
        return _bounded(ascii(text))
    return repr(_bounded(text[: 2 * _SHOWN].encode("ascii", "backslashreplace").decode()))


def _bounded(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
