"""What both ports of the reference share: messages answered one by one, and content of files in and out.

`docs/adapter-protocol.md` says what a message is. Here alone, and where a CIS puts away what it must not lose, the
reference touches the disk.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from harness.interface.instants import Day
from harness.interface.profile import Profile

CONTENT_LIMIT = 1024 * 1024
"""Content of more bytes goes by path through the shared folder."""

Message: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = Callable[[Message], dict[str, Any]]


class Refusal(Exception):
    """A message that cannot be answered, with the protocol's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


class reading:  # noqa: N801 (it is called where a function with a context would be, and costs less)
    """Where a message is taken apart: what fails here is on account of what stands in it.

    :raises Refusal: something did.
    """

    def __init__(self, request: Message) -> None:
        self._request = request

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, KeyError | TypeError | ValueError | AttributeError):
            text = f"message {self._request.get('message')!r}: {type(error).__name__}: {error}"
            raise Refusal("bad_message", text) from error


def exchanged(request: Message, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answer one message; never raises. What is wrong with the message is told apart from what breaks here."""
    number = request.get("id")
    try:
        answer = answers.get(str(request.get("message")))
        if answer is None:
            raise Refusal("unsupported", f"message {request.get('message')!r} is not supported")
        return {"id": number, "ok": answer(request)}
    except Refusal as refusal:
        return {"id": number, "error": {"code": refusal.code, "message": refusal.message}}
    except Exception as error:  # noqa: BLE001 (a defect of ours is answered as one, whatever it is)
        return {"id": number, "error": {"code": "failed", "message": f"{type(error).__name__}: {error}"}}


def unpacked(content: Message, shared_folder: Path | None) -> bytes:
    """The bytes of a file that came in a message.

    :raises Refusal: it goes by path, and leads out of the shared folder or does not have the hash stated.
    """
    if "text" in content:
        return str(content["text"]).encode("ascii")
    if "base64" in content:
        return base64.b64decode(content["base64"], validate=True)
    if shared_folder is None:
        raise Refusal("bad_message", "content by path, and no shared folder")
    path = (shared_folder / content["path"]).resolve()
    if not path.is_relative_to(shared_folder.resolve()):
        raise Refusal("bad_message", "the path leads out of the shared folder")
    data: bytes = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != content["sha256"]:
        raise Refusal("bad_message", "the file does not have the SHA-256 stated")
    return data


def packed(content: bytes, shared_folder: Path | None) -> dict[str, str]:
    """The bytes of a file as they stand in a message.

    :raises Refusal: they are many, and there is no shared folder to go by.
    """
    if len(content) > CONTENT_LIMIT:
        if shared_folder is None:
            raise Refusal("failed", f"content of {len(content)} bytes goes by path, and there is no shared folder")
        digest = hashlib.sha256(content).hexdigest()
        (shared_folder / digest).write_bytes(content)
        return {"path": digest, "sha256": digest}
    if content.isascii():
        return {"text": content.decode("ascii")}
    return {"base64": base64.b64encode(content).decode("ascii")}


def days_of(stated: Iterable[str]) -> list[Day]:
    """Days that a message names."""
    return [Day(date.fromisoformat(day)) for day in stated]


class Readings:
    """A profile under the readings that conversations state: most state the same ones, for which it is made once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._made: dict[tuple[tuple[str, str], ...], Profile] = {}

    def taken(self, readings: Mapping[str, str]) -> Profile:
        """The profile under some readings, as far as it knows them."""
        key = tuple(sorted(readings.items()))
        if key not in self._made:
            self._made[key] = _as_read(self.profile, readings)
        return self._made[key]


def _as_read(profile: Profile, readings: Mapping[str, str]) -> Profile:
    for ambiguity, taken in sorted(readings.items()):
        if taken in profile.known_readings.get(ambiguity, {}) and profile.readings[ambiguity] != taken:
            profile = profile.with_reading(ambiguity, taken)
    return profile
