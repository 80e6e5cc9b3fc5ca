"""One conversation that a person takes part in: its folder, the open task, and what was taken for each.

Nothing is taken before the person has said that a task is done, by a file ``done.txt``, and all of it is taken at once:
the folder ``to-mdmr`` becomes that of the task below ``taken``. So a command that is interrupted loses nothing.
"""

from __future__ import annotations

import codecs
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import InputError, writing
from harness.interface.file_sets import MANDATORY, MANIFEST
from harness.interface.instants import Instant, day_of, from_digits, instant, iso
from harness.interface.regular import read_regular
from harness.port.protocol import CONTENT_LIMIT, Json, content_hash
from harness.port.replies import read_json
from harness.port.task_words import on_day

DONE, AGAIN = "done.txt", "begin-again.txt"
ALL = "all"
"""A line of ``done.txt`` that says of every file that it is as the CIS has made it."""
CONVERSATION = "conversation-"
"""Begins the name of a conversation's folder; its number follows."""
_OF_A_FILE, _OF_A_SET = 6, 9
"""How many elements the names of files have."""
_TYPE, _DATE, _TX_ID, _FILE_NO = 2, 4, 5, 6
"""The places of some of them."""
_OF_ITS_OWN = f"write into {DONE} the name of each such file, one a line, or the word {ALL} for all that lie there"
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that was taken: its instant is the date-time in its name, or the task's start where it shows none."""

    name: str
    content: bytes
    instant: Instant


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken for a task.

    :param heard: a hash of all that the CIS had been told by then.
    """

    heard: str
    files: tuple[TakenFile, ...]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits for its files.

    :param start: the instant from which it is to be done, in the course of that day.
    """

    number: int
    heard: str
    start: Instant

    def as_json(self) -> Json:
        return {"task": self.number, "heard": self.heard, "start": iso(self.start)}

    def is_on_its_day(self, moment: Instant) -> bool:
        """Whether an instant is of the day on which the task is to be done."""
        return day_of(moment) == day_of(self.start)


class Conversation:
    """The folder of one conversation."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.from_mdmr, self.to_mdmr = path / "from-mdmr", path / "to-mdmr"
        self._record, self._open, self._taken = path / "conversation.json", path / "open-task.json", path / "taken"

    @property
    def number(self) -> int:
        return number_of(self.path) or 0

    @property
    def title(self) -> str:
        """What it is called for people."""
        return f"Conversation {self.number}"

    @property
    def identifier(self) -> str:
        return str(self._read(self._record)["conversation"])

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked in it."""
        return bool(self._read(self._record)["over"])

    def _read(self, path: Path) -> Json:
        """What was written down here.

        :raises InputError: it was changed, or is gone.
        """
        try:
            read = read_json(read_regular(path))
        except (OSError, ValueError) as error:
            raise self._changed(path, str(error)) from error
        if not isinstance(read, dict):
            raise self._changed(path, "no object")
        return read

    def _changed(self, path: Path, why: str) -> InputError:
        return InputError(
            f"was changed: {why}",
            where=str(path),
            expected="what mdmr-conform wrote there",
            remedy=f"put it back as it was; or put a file named {AGAIN} into {self.path}, and begin again",
        )

    def make(self, identifier: str) -> None:
        """Make the folder."""
        with writing(self.path):
            for folder in (self.path, self.from_mdmr, self.to_mdmr, self._taken):
                folder.mkdir(exist_ok=True)
        write_whole(self._record, json.dumps({"conversation": identifier, "over": False}) + "\n")

    def close(self) -> None:
        """Note that nothing more is asked in it."""
        if not self.is_over:
            write_whole(self._record, json.dumps({"conversation": self.identifier, "over": True}) + "\n")

    def put(self, name: str, content: bytes) -> None:
        """Put a file of the MDM/R where the person finds it."""
        path = self.from_mdmr / name
        with writing(path):
            self.from_mdmr.mkdir(exist_ok=True)
            if not path.exists():
                path.write_bytes(content)

    # --- the open task -------------------------------------------------------------------------------

    def open(self, task: OpenTask, text: str) -> None:
        """Write a task down, below those before it."""
        write_whole(self._task_text(task.number), text)
        write_whole(self.path / "tasks.txt", "\n\n".join(map(self._text, range(1, task.number + 1))))
        with writing(self.to_mdmr):
            self.to_mdmr.mkdir(exist_ok=True)
        write_whole(self._open, json.dumps(task.as_json()) + "\n")

    def _task_text(self, number: int) -> Path:
        return self._taken / f"task-{number}.txt"

    @property
    def open_task(self) -> OpenTask | None:
        """The task that waits for its files."""
        if not self._open.exists():
            return None
        read = self._read(self._open)
        return OpenTask(read["task"], read["heard"], instant(read["start"]))

    def text(self, task: OpenTask) -> str:
        """The task, as the person reads it."""
        return self._text(task.number)

    def _text(self, number: int) -> str:
        return read_regular(self._task_text(number)).decode()

    # --- what is taken -------------------------------------------------------------------------------

    def take(self) -> list[str] | None:
        """Take the files of the open task, if the person has said that it is done; their names.

        :raises InputError: a file there is not one that a CIS gives, or not one of the task's day; nothing is taken.
        """
        task = self.open_task
        if task is None:
            return None
        folder = self._taken / f"task-{task.number}"
        if not folder.exists():  # else a command that was to take it was interrupted
            if not (self.to_mdmr / DONE).exists():
                return None
            self._checked(task)
            with writing(folder):
                self.to_mdmr.rename(folder)
        files = [
            {
                "name": path.name,
                "sha256": content_hash(read_regular(path)),
                "instant": iso(_instant_of(path.name, task)),
            }
            for path in _files(folder)
        ]
        write_whole(folder.with_suffix(".json"), json.dumps({"heard": task.heard, "files": files}, indent=1) + "\n")
        with writing(self.to_mdmr):
            self.to_mdmr.mkdir(exist_ok=True)
            self._open.unlink()
        return [each["name"] for each in files]

    def waiting(self) -> list[str]:
        """The names of files that lie there, and are not taken before the person says that the task is done."""
        return [path.name for path in _files(self.to_mdmr)]

    def misnamed(self) -> list[tuple[Path, Path]]:
        """What was to say something to the command and does not, by its name or its place; and where it belongs."""
        wanted = ((self.to_mdmr, DONE, self.to_mdmr), (self.to_mdmr, AGAIN, self.path), (self.path, AGAIN, self.path))
        return [
            (path, right / name)
            for folder, name, right in (*wanted, (self.path, DONE, self.to_mdmr))
            if folder.is_dir()
            for path in sorted(folder.iterdir(), key=lambda path: path.name)
            if path != right / name and _is_nearly(path.name, name)
        ]

    def _checked(self, task: OpenTask) -> None:
        stated = _lines(self.to_mdmr / DONE)
        names = [path.name for path in _files(self.to_mdmr)]
        confirmed = {*stated, *names} - {ALL} if ALL in stated else set(stated)
        for name in sorted(confirmed):
            if not (self.to_mdmr / name).exists():
                raise InputError(
                    f"names {name!r}, and no such file lies there",
                    where=str(self.to_mdmr / DONE),
                    expected="an empty file, or the names of files beside it whose names are unusual",
                )
        for path in self._misplaced(task):
            raise InputError(
                "lies where nothing is taken from, so nothing was taken",
                where=str(path),
                expected=f"files that your CIS has made, in {self.to_mdmr}",
                remedy=f"move it there; or, if it lies here by mistake, remove it: {DONE} may stay where it is",
            )
        for path in _files(self.to_mdmr):
            _check_file(path, task, path.name in confirmed)
        _check_sets(names, confirmed, self.to_mdmr)

    def _misplaced(self, task: OpenTask) -> list[Path]:
        """Files of the interface that lie beside the folder they are taken from, and that no task has told of."""
        told = "\n".join(map(self._text, range(1, task.number + 1)))
        beside = [path for folder in (self.path, self.path.parent, self.from_mdmr) for path in _files(folder)]
        return [path for path in beside if _stated(path.name) is not None and path.name not in told]

    def taken(self, number: int) -> Taken | None:
        """What was taken for a task; None where nothing was yet.

        :raises InputError: it was changed since.
        """
        path = self._taken / f"task-{number}.json"
        if not path.exists():
            return None
        record = self._read(path)
        return Taken(record["heard"], tuple(self._file(path.with_suffix(""), each) for each in record["files"]))

    def _file(self, folder: Path, stated: Mapping[str, Any]) -> TakenFile:
        path = folder / stated["name"]
        try:
            content = read_regular(path)
        except OSError as error:
            raise self._changed(path, str(error.strerror)) from error
        if content_hash(content) != stated["sha256"]:
            raise self._changed(path, "it does not have the SHA-256 that it had when it was taken")
        return TakenFile(stated["name"], content, instant(stated["instant"]))


def number_of(path: Path) -> int | None:
    count = path.name.removeprefix(CONVERSATION)
    return int(count) if count.isascii() and count.isdecimal() else None


def _files(folder: Path) -> Iterator[Path]:
    """What lies in a folder, in the order of names, but for what an operating system hides there, and the answer."""
    if not folder.is_dir():
        return iter(())
    found = (path for path in folder.iterdir() if not path.name.startswith(".") and path.name != DONE)
    return iter(sorted(found, key=lambda path: path.name))


def _check_file(path: Path, task: OpenTask, confirmed: bool) -> None:
    """Hold a file that was copied to what a CIS can have made on the day of the task.

    :raises InputError: it is none, or it is not sure that it is.
    """
    where = str(path)
    try:
        content = read_regular(path, CONTENT_LIMIT)
    except OSError as error:
        expected = f"a file of at most {CONTENT_LIMIT} bytes"
        raise InputError(f"cannot be taken: {error.strerror}", where=where, expected=expected) from error
    if not path.name.isascii():
        raise InputError("has a name with letters beyond ASCII", where=where, expected="a name in ASCII")
    moment = _stated(path.name)
    if moment is None and not confirmed:
        raise InputError(
            "is not named as files for the MDM/R are, so nothing was taken",
            where=where,
            expected="<ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>[.<TX_ID>.<FILE_NO>.<SEGMENT_NO>].DAT",
            remedy=f"remove it; or, if your CIS itself has named it so, {_OF_ITS_OWN}",
        )
    if moment is not None and not task.is_on_its_day(moment) and not confirmed:
        raise InputError(
            f"says by its name that it was made on {on_day(day_of(moment))}, so nothing was taken",
            where=where,
            expected=f"a file that your CIS has made on {on_day(day_of(task.start))}, the day of the task",
            remedy=f"let your CIS make it again with the right date; or, if it was made on that day, {_OF_ITS_OWN}",
        )
    if (wrong := _looks_handled(content)) is not None and not confirmed:
        raise InputError(
            f"{wrong}, so nothing was taken",
            where=where,
            expected="the file as your CIS has made it, copied whole and not opened in an editor",
            remedy=f"copy it again; or, if your CIS itself has made it so, {_OF_ITS_OWN}",
        )


def _looks_handled(content: bytes) -> str | None:
    """What a file has that comes from the hands through which it went rather than from a CIS; None where nothing."""
    if not content:
        return "is empty"
    if content.startswith(_BYTE_ORDER_MARKS):
        return "begins with a byte order mark, as editors put it there"
    return None if content.endswith(b"\n") else "ends in the midst of a line"


def _check_sets(names: list[str], confirmed: set[str], folder: Path) -> None:
    """Hold the files of each synchronization set to those that every set has.

    :raises InputError: some were not copied, it seems.
    """
    sets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        if _stated(name) is not None and len(elements := name.split(".")) == _OF_A_SET:
            sets[elements[_TYPE], elements[_TX_ID]].append(name)
    for (kind, tx_id), of_it in sorted(sets.items()):
        there = {name.split(".")[_FILE_NO] for name in of_it}
        missing = [number for number in MANDATORY if number not in there]
        if missing and not confirmed.issuperset(of_it):
            raise InputError(
                f"holds a file set, {kind} with TX_ID {tx_id}, without file {', '.join(missing)}, so nothing was taken",
                where=str(folder),
                expected=f"files {', '.join(MANDATORY)}, of which {MANIFEST} is the manifest",
                remedy=f"copy what is missing; or, if your CIS itself has made no more of the set, {_OF_ITS_OWN}",
            )


def _is_nearly(name: str, wanted: str) -> bool:
    """Whether a name is, but for capitals and endings, the wanted one: ``Done.txt.txt``."""
    return name.lower().partition(".")[0].strip() == wanted.partition(".")[0]


def _stated(name: str) -> Instant | None:
    """The date-time that a name states; None where it is not a name of this interface."""
    elements = name.split(".")
    if len(elements) not in {_OF_A_FILE, _OF_A_SET} or elements[-1].upper() != "DAT":
        return None
    try:
        return from_digits(elements[_DATE])
    except ValueError:
        return None


def _instant_of(name: str, task: OpenTask) -> Instant:
    moment = _stated(name)
    return moment if moment is not None and task.is_on_its_day(moment) else task.start


def _lines(path: Path) -> list[str]:
    try:
        return [
            line.strip() for line in read_regular(path, CONTENT_LIMIT).decode("utf-8-sig").splitlines() if line.strip()
        ]
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), expected="an empty file, or names") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file whole, or not at all."""
    unfinished = path.with_name(f".{path.name}")
    with writing(path):
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
