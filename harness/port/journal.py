"""The journal: every message to and from a system under test, and its counterpart, append-only and hash-chained.

One file for each scenario. Each line is RFC 8785 canonical JSON, integers only, closed by one LF. Entry 0 names the
journal version, the hashes of suite and profile, the conversation and the scenario; each later entry is a request, a
reply, or an event of the adapter (time-out, exit, malformed line), and carries the SHA-256 of the line before it.
Where a CIS is under test there are two connections, and each later entry names its own: that is version 2.

The same journal is evidence, the input of `verify`, the memory from which an interrupted conversation with a
persistent system goes on, and half of a bug report. The one thing it does not keep is where the shared folder lies on
the machine: `begin` is recorded with the folder's name alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import rfc8785

from harness.errors import unwritten, writing
from harness.interface.regular import open_to_write, read_regular
from harness.port.failure import Side
from harness.port.passing import asks_for_time, brought_nothing, canonical_reply, canonical_request
from harness.port.protocol import Json, content_hash

JOURNAL_VERSIONS = (1, 2)
"""Version 1 tells of one connection; in version 2 each entry but the opening names the connection that it is of."""
NO_PREDECESSOR = "0" * 64
SHARED_FOLDER_NAME = "shared"
KINDS = ("opening", "request", "reply", "event")
SIDES = ("system", "counterpart")

Kind: TypeAlias = Literal["opening", "request", "reply", "event"]


class JournalError(Exception):
    """A journal that is not as it was written: which entry, and what is wrong with it."""

    def __init__(self, entry: int | None, what: str) -> None:
        super().__init__(entry, what)
        self.entry = entry
        self.what = what

    def __str__(self) -> str:
        return self.what if self.entry is None else f"entry {self.entry}: {self.what}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal.

    :param side: with whom the message was exchanged: the system under test, or the counterpart of a CIS.
    """

    number: int
    kind: Kind
    body: Mapping[str, Any]
    side: Side = "system"


@dataclass(frozen=True, slots=True)
class JournalMark:
    """How long a journal is and how it ends: kept elsewhere, so that a cut tail is noticed."""

    entries: int
    last_hash: str


_WRITTEN_ALIKE = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))
"""Writes plain JSON (see `_is_plain`) as RFC 8785 does, in a fraction of the time; a test holds the two together."""
_TIME_PASSES = re.compile(
    rb'\{"body":\{"id":(0|[1-9][0-9]{0,14}),'
    rb'(?:"message":"advance","to":"([0-9T:+-]{25})"|"ok":\{"files":\[\],"instant":"([0-9T:+-]{25})"\})\},'
    rb'"entry":([1-9][0-9]{0,14}),"kind":"(request|reply)","prev":"([0-9a-f]{64})"'
    rb'(?:,"with":"(system|counterpart)")?\}'
)
"""What most lines of a long journal say, in canonical form: time is to pass, or has passed and brought nothing."""
_CHAINED_WITHIN = len('"prev":""') + len(NO_PREDECESSOR) + len(',"with":"counterpart"}')
"""How many bytes at the end of a line name the line before it."""
_KINDS: Mapping[bytes, Kind] = {b"request": "request", b"reply": "reply"}
_SIDES: Mapping[bytes | None, Side] = {None: "system", b"system": "system", b"counterpart": "counterpart"}
_INTEGER_LIMIT = 2**53 - 1


def canonical(value: Any) -> bytes:
    """RFC 8785 canonical JSON.

    :raises ValueError: the value holds what canonical JSON of integers and text cannot.
    """
    return _WRITTEN_ALIKE.encode(value).encode() if _is_plain(value) else rfc8785.dumps(value)


def _canonical_body(body: Json) -> bytes:
    """Canonical JSON of a message."""
    if asks_for_time(body):
        return canonical_request(body).encode()
    if brought_nothing(body):
        return canonical_reply(body).encode()
    return canonical(body)


def _is_plain(value: Any) -> bool:
    """Whether a value is of texts, integers, lists and objects alone, with names whose order nobody disputes: ASCII."""
    kind = type(value)
    if kind is dict:
        return _are_ascii(value) and all(map(_is_plain, value.values()))
    if kind is list or kind is tuple:
        return _are_texts(value) or all(map(_is_plain, value))
    if kind is int:
        return bool(-_INTEGER_LIMIT <= value <= _INTEGER_LIMIT)
    return kind is str or kind is bool or value is None


def _are_texts(values: Iterable[Any]) -> bool:
    return set(map(type, values)) <= {str}


def _are_ascii(names: Iterable[Any]) -> bool:
    return _are_texts(names) and all(map(str.isascii, names))


def line_hash(line: bytes) -> str:
    """The SHA-256, in hexadecimal, of a line without its LF."""
    return hashlib.sha256(line).hexdigest()


def without_place(message: Json) -> Json:
    """A message as it is recorded: the shared folder by its name, not by its place on this machine."""
    if message.get("shared_folder") is None:
        return message
    return {**message, "shared_folder": SHARED_FOLDER_NAME}


class JournalWriter:
    """Appends entries to a scenario's journal, each written whole before the next message goes out.

    :param version: 2 where there is a counterpart.
    :raises OutputError: the journal, or an entry, cannot be written.
    """

    def __init__(self, path: Path, opening: Json, version: int = JOURNAL_VERSIONS[0]) -> None:
        self.path = path
        self._version = version
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = open_to_write(path, os.O_TRUNC | os.O_APPEND)
        self._entries = 0
        self._last_hash = NO_PREDECESSOR
        self.append("opening", {"journal": version, **opening})

    def append(self, kind: Kind, body: Json, side: Side = "system") -> None:
        """Write one entry; version 1 knows one side alone."""
        named = f',"with":"{side}"' if self._version > 1 and kind != "opening" else ""
        about = f',"entry":{self._entries},"kind":"{kind}","prev":"{self._last_hash}"{named}}}'
        line = b'{"body":' + _canonical_body(body) + about.encode()  # the members in the order of their names
        left = line + b"\n"
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except OSError as error:
            raise unwritten(self.path, error) from error
        self._entries += 1
        self._last_hash = line_hash(line)

    @property
    def mark(self) -> JournalMark:
        return JournalMark(self._entries, self._last_hash)

    def close(self) -> None:
        os.close(self._file)


def read_journal(content: bytes, mark: JournalMark | None = None) -> tuple[Entry, ...]:
    """Read a journal and check its chain, and against `mark` its length and end.

    :raises JournalError: names the first entry that is changed, missing, added or out of order, or the cut tail.
    """
    entries = tuple(_checked(content))
    if not entries:
        raise JournalError(None, "the journal is empty")
    if mark is not None:
        _check_mark(content, entries, mark)
    return entries


def is_whole(content: bytes, mark: JournalMark) -> bool:
    """Whether a journal's lines are chained as they were written, up to its mark; what they say is not looked at."""
    *lines, rest = content.split(b"\n")
    previous = NO_PREDECESSOR
    for line in lines:
        if f'"prev":"{previous}"'.encode() not in line[-_CHAINED_WITHIN:]:
            return False
        previous = line_hash(line)
    return rest == b"" and JournalMark(len(lines), previous) == mark


def check_contents(entries: Iterable[Entry], folder: Path) -> None:
    """Check the file contents that a journal names by hash: each lies in the shared folder, as it was.

    :param folder: the run's shared folder, in which such content is kept under its SHA-256.
    :raises JournalError: names the first entry whose content is missing or changed.
    """
    entries = tuple(entries)
    for entry, following in zip(entries, (*entries[1:], None), strict=True):
        if entry.kind == "reply" and following is not None and following.kind == "event":
            continue  # its content was no good when it came, as the event says
        for digest in _digests(entry.body):
            try:
                found = content_hash(read_regular(folder / digest))
            except OSError as error:
                what = f"its content {digest[:12]}… cannot be read from the shared folder: {error.strerror}"
                raise JournalError(entry.number, what) from error
            if found != digest:
                raise JournalError(
                    entry.number,
                    f"its content {digest[:12]}… in the shared folder has hash {found[:12]}…: it was changed",
                )


def _digests(value: Any) -> Iterator[str]:
    """The hashes of all contents by path within a message, in its order."""
    if isinstance(value, Mapping):
        if set(value) == {"path", "sha256"}:
            yield str(value["sha256"])
        for inner in value.values():
            yield from _digests(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _digests(inner)


def _checked(content: bytes) -> Iterator[Entry]:
    lines = content.split(b"\n")
    if lines[-1] != b"":
        raise JournalError(len(lines) - 1, "the last line is not closed by a line feed: the journal is cut")
    previous, version = NO_PREDECESSOR, JOURNAL_VERSIONS[0]
    for number, line in enumerate(lines[:-1]):
        entry = _entry(number, line, previous, version)
        if number == 0:
            version = _version(entry)
        yield entry
        previous = line_hash(line)


def _version(opening: Entry) -> int:
    version = opening.body.get("journal")
    if version not in JOURNAL_VERSIONS or isinstance(version, bool):
        expected = " or ".join(map(str, JOURNAL_VERSIONS))
        raise JournalError(0, f"is of journal version {str(version)[:20]}, expected {expected}")
    return int(version)


def _of_time_passing(number: int, line: bytes, previous: str, version: int) -> Entry | None:
    """An entry that says no more than that time passes, where it is as it was written: what `_entry` makes of it."""
    found = _TIME_PASSES.fullmatch(line)
    if found is None:
        return None
    message, to, reached, stated, kind, prev, side = found.groups()
    if int(stated) != number or prev.decode() != previous or (side is not None) != (version > 1):
        return None
    said: Json = {"message": "advance", "to": to.decode()} if to else {"ok": {"files": [], "instant": reached.decode()}}
    return Entry(number, _KINDS[kind], {"id": int(message), **said}, _SIDES[side])


def _entry(number: int, line: bytes, previous: str, version: int) -> Entry:
    if (passing := _of_time_passing(number, line, previous, version)) is not None:
        return passing
    try:
        raw = json.loads(line)
        kind, stated, prev, body = raw["kind"], raw["entry"], raw["prev"], raw["body"]
        is_canonical = canonical(raw) == line
        side: Side = raw["with"] if version > 1 and number > 0 else "system"
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise JournalError(number, f"not a journal entry ({type(error).__name__}): it was changed") from error
    members = 5 if version > 1 and number > 0 else 4
    if not is_canonical or len(raw) != members or not isinstance(body, dict) or side not in SIDES:
        raise JournalError(number, "is not in the canonical form it was written in: it was changed")
    if stated != number:
        raise JournalError(number, f"carries number {str(stated)[:20]}: an entry was dropped, added or moved")
    if prev != previous:
        raise JournalError(
            number,
            f"names {str(prev)[:12]}… as the hash of the entry before it, which is {previous[:12]}…: "
            f"{'it' if number == 0 else f'entry {number - 1} or this one'} was changed",
        )
    if kind not in KINDS or (number == 0) != (kind == "opening"):
        raise JournalError(number, f"is of kind {str(kind)[:20]!r}: it was changed")
    return Entry(number, kind, body, side)


def _check_mark(content: bytes, entries: tuple[Entry, ...], mark: JournalMark) -> None:
    if len(entries) < mark.entries:
        raise JournalError(len(entries), f"missing: the journal had {mark.entries} entries, its tail was cut")
    if len(entries) > mark.entries:
        raise JournalError(mark.entries, f"added: the journal had {mark.entries} entries")
    found = line_hash(content.split(b"\n")[-2])
    if found != mark.last_hash:
        raise JournalError(
            len(entries) - 1,
            f"its hash is {found[:12]}…, recorded was {mark.last_hash[:12]}…: it was changed",
        )
