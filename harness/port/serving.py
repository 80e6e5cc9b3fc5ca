"""The other side of stdio: an object with ``exchange(request) -> reply`` as JSON lines, one reply to each request.

Nothing that comes in ends it but the end of its input: a line that is no request gets an error reply. Where not even
the id of a line can be read, the reply's id is null; the harness sends no such line, but whoever tries it by hand may.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from harness.errors import nearest
from harness.port.protocol import LINE_LIMIT, Json
from harness.port.replies import located, read_json
from harness.port.shapes import schema, shape

_SKIPPED_AT_ONCE = 65536


def serve(system: Any, lines_in: IO[bytes], lines_out: IO[bytes]) -> None:
    """Answer each line until there are no more."""
    for line in _lines(lines_in):
        reply = _unreadable(f"a line has at most {LINE_LIMIT} bytes") if line is None else answer(system, line)
        data = json.dumps(reply).encode()
        if len(data) > LINE_LIMIT:
            data = json.dumps(_error(reply["id"], "failed", f"the reply has more than {LINE_LIMIT} bytes")).encode()
        lines_out.write(data + b"\n")
        lines_out.flush()


def answer(system: Any, line: bytes) -> Json:
    """The reply to a line."""
    try:
        request = read_json(line)
    except ValueError as error:
        return _unreadable(f"the line is not JSON: {error}")
    if not isinstance(request, dict) or shape("id")(request.get("id")) is not None:
        return _unreadable('the line is no request, expected an object with an id, such as {"id": 1, "message": "end"}')
    problem = _problem(request)
    if problem is not None:
        return _error(request["id"], "bad_message", problem)
    try:
        reply: Json = system.exchange(request)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is answered, and the next request may do better)
        return _error(request["id"], "failed", f"{type(error).__name__}: {error}")
    return reply


def _problem(request: Json) -> str | None:
    """What is wrong with a request by the schema; None where nothing is."""
    message, known = request.get("message"), [each["$ref"].rpartition("/")[2] for each in schema()["oneOf"]]
    if not isinstance(message, str) or message not in known:
        hint = nearest(message, known) if isinstance(message, str) else ""
        return f"message {message!a} is not of the protocol; {hint or 'there are ' + ', '.join(known)}"
    problem = shape(message)(request)
    return None if problem is None else f"message {message!r}: {located(problem)}"


def _error(number: int | None, code: str, message: str) -> Json:
    return {"id": number, "error": {"code": code, "message": message}}


def _unreadable(message: str) -> Json:
    return _error(None, "bad_message", message)


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is too long. The last may lack its line feed."""
    while line := stream.readline(LINE_LIMIT + 1):
        if line.endswith(b"\n") or len(line) <= LINE_LIMIT:
            yield line.removesuffix(b"\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_SKIPPED_AT_ONCE)
        yield None
