"""Reading a reply: strict JSON of integers and text, then the published schema."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from typing import Any

from harness.adapters.failure import AdapterFailure
from harness.interface.instants import instant
from harness.protocol import Json

_SHOWN = 200
_INTEGER_LIMIT = 2**53 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_reply(line: bytes, request: Json) -> Json:
    """Read the line that answers a request.

    :raises AdapterFailure: the line is not JSON, not canonicalisable, not a reply, or not the reply to that request.
    """
    try:
        text = line.decode()
        reply = json.loads(
            text, parse_float=_refuse_float, parse_constant=_refuse_float, parse_int=_integer, object_pairs_hook=_object
        )
        if _SURROGATE.search(json.dumps(reply, ensure_ascii=False)):
            raise ValueError("a text holds a lone surrogate")
    except (ValueError, RecursionError) as error:
        raise AdapterFailure("malformed", f"{_shown(line)} is not a reply in JSON: {error}") from error
    return check_reply(reply, request)


def check_reply(reply: Any, request: Json) -> Json:
    """Hold a reply against the schema and its request.

    :raises AdapterFailure: it is not the reply to that request.
    """
    message = request["message"]
    if not isinstance(reply, dict):
        raise AdapterFailure("malformed", f"the reply to {message!r} is {_shown(reply)}, expected an object")
    if reply.get("id") != request["id"] or isinstance(reply.get("id"), bool):
        raise AdapterFailure(
            "out_of_turn", f"the reply to {message!r} has id {reply.get('id')!r}, expected {request['id']}"
        )
    problem = next(iter(_validator(message).iter_errors(reply)), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path) or "the reply"
        raise AdapterFailure("malformed", f"the reply to {message!r}: {place}: {problem.message[:_SHOWN]}")
    if message == "advance" and "ok" in reply:
        _check_instants(reply["ok"])
    return reply


def _check_instants(ok: Json) -> None:
    for stated in (ok["instant"], *(file["instant"] for file in ok["files"])):
        try:
            instant(stated)
        except ValueError as error:
            raise AdapterFailure("malformed", f"the reply to 'advance': {stated!r} is no instant: {error}") from error


@functools.cache
def schema() -> Json:
    """The published JSON Schema of the protocol."""
    text = (importlib.resources.files("harness") / "protocol.schema.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


@functools.cache
def _validator(message: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator({"$ref": f"#/$defs/{message}_reply", "$defs": schema()["$defs"]})


def _refuse_float(text: str) -> Any:
    raise ValueError(f"{text} is no integer; numbers are integers")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _INTEGER_LIMIT:
        raise ValueError(f"{text[:40]} is beyond ±(2^53-1)")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has two members of one name")
    return found


def _shown(what: object) -> str:
    text = what.decode("utf-8", "backslashreplace") if isinstance(what, bytes) else repr(what)
    text = text.encode("ascii", "backslashreplace").decode()
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
