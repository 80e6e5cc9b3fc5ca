"""The folder of a course that a person takes by hand: what it holds, what is taken from it, and what is put into it.

::

    FOLDER/
      course.json            when the course was begun, and what its identifiers are drawn from
      about-your-cis.toml    what the person says of the CIS
      conversation-1/
        tasks.txt            all tasks so far, the open one last
        from-mdmr/           files for the CIS
        to-mdmr/             where the person copies the files of the CIS
        taken/               what was copied there, a folder for each task, as it was
      given-up/              conversations that were begun again
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from harness.errors import InputError, UsageError, nearest, writing
from harness.interface.names import is_organisation
from harness.interface.regular import read_regular
from harness.interface.toml import read_toml
from harness.port.conversation_folder import AGAIN, CONVERSATION, Conversation, number_of, write_whole
from harness.port.protocol import Json
from harness.port.replies import read_json

COURSE, ABOUT = "course.json", "about-your-cis.toml"
CLASSES = ("CIS-FTS", "CIS-USDP", "CIS-SYNC")
"""The classes that can be judged by hand."""
_GIVEN_UP = "given-up"
_ABOUT = f"""\
# What is said of your CIS in the verdict, and what it is to be judged by.
# Lines that begin with # are not read.

name = "our CIS"
version = "1"

# The classes that it claims: all of {", ".join(CLASSES)}, or some.
classes = ["CIS-FTS", "CIS-USDP", "CIS-SYNC"]

# Whose CIS it can be: that of a utility ("ldc"), of an agent of utilities ("agent"), or either.
acts_as = ["ldc", "agent"]

# The utilities and agents that it has of its own, where it cannot be set up for others. Without these lines each
# conversation has new ones. With them it has some of these, the next file set of a utility having the number below
# whenever a conversation begins; what needs more of them, or other authorisations, is not judged. An agent has such a
# number too, where it counts together the file sets that it submits, for whichever utility.
# [[organisations]]
# id = "ORG12345"
# kind = "ldc"
# next_sequence_number = 1
#
# What a utility of them has authorised an agent of them for.
# [[authorisations]]
# ldc = "ORG12345"
# agent = "ORG67890"
# type = "1000"
# direction = "submit"
"""
_KINDS = ("ldc", "agent")
_NUMBERS = 10**9
"""So many sequence numbers nine digits can tell apart."""


class Course:
    """A course that was begun in a folder."""

    def __init__(self, folder: Path, record: Json) -> None:
        self.folder = folder
        self.namespace = str(record["namespace"])
        self.begun = date.fromisoformat(record["begun"])
        self.seed = int(record["seed"])

    # --- beginning -----------------------------------------------------------------------------------

    @classmethod
    def read(cls, folder: Path) -> Course:
        """The course of a folder.

        :raises UsageError: none was begun there.
        :raises InputError: its record was changed.
        """
        path = folder / COURSE
        try:
            return cls(folder, read_json(read_regular(path)))
        except FileNotFoundError as error:
            expected = "a folder in which 'mdmr-conform run --role cis --adapter person:FOLDER' has begun a course"
            raise UsageError("no course was begun there", where=str(folder), expected=expected) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"cannot be read: {error}",
                where=str(path),
                expected="the record of the course, as it was written: it was changed",
                remedy="begin the course in a new folder",
            ) from error

    @classmethod
    def begin(cls, folder: Path, *, seed: int, today: date, namespace: str) -> Course:
        """Begin a course in a folder, or go on with the one that lies there.

        :param today: on the next Monday the course begins; `namespace`: identifiers are drawn from.
        :raises InputError: the folder cannot be made, holds something else, or a course of another seed.
        """
        if not (folder / COURSE).exists():
            _make(folder)
            if found := sorted(path.name for path in folder.iterdir() if path.name != ".lock"):
                raise InputError(
                    f"holds {found[0]!r}, and no course",
                    where=str(folder),
                    expected="a new folder, an empty one, or one in which a course was begun",
                )
            write_whole(folder / ABOUT, _ABOUT)
            record = {"course": 1, "namespace": namespace, "begun": today.isoformat(), "seed": seed}
            write_whole(folder / COURSE, json.dumps(record, indent=1) + "\n")
        course = cls.read(folder)
        if course.seed != seed:
            raise InputError(
                f"holds a course with --seed {course.seed}, now it is {seed}",
                where=str(folder),
                expected="the seed with which the course was begun, or a new folder",
            )
        return course

    def about(self) -> Json:
        """What the person says of the CIS: name, version, classes, whose CIS it can be, organisations of its own.

        :raises InputError: it does not read so.
        """
        path = self.folder / ABOUT
        try:
            stated = read_toml(read_regular(path).decode("utf-8-sig"))
        except (OSError, ValueError) as error:
            remedy = f"remove the file {COURSE} only to begin anew; put {ABOUT} back to go on"
            raise InputError(f"cannot be read: {error}", where=str(path), expected="TOML", remedy=remedy) from error
        for name in ("name", "version"):
            if not (isinstance(stated.get(name), str) and stated[name].strip()):
                raise InputError("is no text", where=f"{path}, {name}", expected=f'a line such as {name} = "4.2"')
        for name, known in (("classes", CLASSES), ("acts_as", _KINDS)):
            _check_list(stated.get(name), known, f"{path}, {name}")
        _check_known(stated, ("name", "version", "classes", "acts_as", "organisations", "authorisations"), f"{path}")
        _check_organisations(stated.get("organisations", []), f"{path}, organisations")
        _check_authorisations(stated, f"{path}, authorisations")
        return stated

    # --- conversations -------------------------------------------------------------------------------

    def conversations(self) -> list[Conversation]:
        """The conversations that were begun, in order."""
        found = [path for path in self.folder.glob(f"{CONVERSATION}*") if path.is_dir()]
        return sorted(
            (Conversation(path) for path in found if number_of(path) is not None), key=lambda each: each.number
        )

    def conversation(self, identifier: str) -> Conversation | None:
        """The conversation of an identifier, where it was begun."""
        return next((each for each in self.conversations() if each.identifier == identifier), None)

    def open_conversation(self) -> Conversation | None:
        """The conversation that is going on."""
        return next((each for each in self.conversations() if not each.is_over), None)

    def start(self, identifier: str) -> Conversation:
        """Begin a conversation."""
        numbers = [each.number for each in self.conversations()]
        number = next(count for count in range(1, len(numbers) + 2) if count not in numbers)
        conversation = Conversation(self.folder / f"{CONVERSATION}{number}")
        conversation.make(identifier)
        return conversation

    # --- begun again ---------------------------------------------------------------------------------

    def given_up(self) -> tuple[str, ...]:
        """The identifiers of conversations that were begun again: no other may have them."""
        return tuple(
            Conversation(path).identifier for path in sorted((self.folder / _GIVEN_UP).glob(f"{CONVERSATION}*"))
        )

    def begin_again(self) -> list[str]:
        """Put the conversations away that are to begin again; their names."""
        wanted = [each for each in self.conversations() if (each.path / AGAIN).exists()]
        for each in wanted:
            with writing(each.path):
                (self.folder / _GIVEN_UP).mkdir(exist_ok=True)
                count = len(list((self.folder / _GIVEN_UP).iterdir())) + 1
                each.path.rename(self.folder / _GIVEN_UP / f"{each.path.name}-{count}")
        return [each.title for each in wanted]


def _check_list(stated: object, known: tuple[str, ...], where: str) -> None:
    expected = f"a list of some of {', '.join(known)}"
    if not isinstance(stated, list) or not stated or len({*map(str, stated)}) < len(stated):
        raise InputError("is no list of different names", where=where, expected=expected)
    for each in stated:
        if each not in known:
            raise InputError(f"names {each!r}", where=where, expected=expected, remedy=nearest(str(each), known))


def _check_known(stated: Json, known: tuple[str, ...], where: str) -> None:
    for name in stated:
        if name not in known:
            expected = f"one of {', '.join(known)}"
            raise InputError("is not known", where=f"{where}, {name}", expected=expected, remedy=nearest(name, known))


def _tables(stated: object, head: str, where: str) -> list[Json]:
    """Tables of TOML that have one head."""
    if not (isinstance(stated, list) and all(isinstance(each, dict) for each in stated)):
        raise InputError("is not stated table by table", where=where, expected=f"tables, each under [[{head}]]")
    return stated


def _check_organisations(stated: object, where: str) -> None:
    """:raises InputError: the organisations of a CIS's own are not such as there can be."""
    seen: set[str] = set()
    for number, each in enumerate(_tables(stated, "organisations", where), start=1):
        at = f"{where}, number {number}"
        if each.get("kind") not in _KINDS:
            raise InputError("has no kind", where=at, expected='kind = "ldc" or kind = "agent"')
        _check_known(each, ("id", "kind", "next_sequence_number"), at)
        if not (isinstance(each.get("id"), str) and is_organisation(each["id"])) or each["id"] in seen:
            expected = "1 to 20 letters and digits, other ones than those of the others"
            raise InputError("has no ID of its own", where=f"{at}, id", expected=expected)
        seen.add(each["id"])
        number_of_next = each.get("next_sequence_number", 1)
        if type(number_of_next) is not int or not 0 <= number_of_next < _NUMBERS:
            expected = "a whole number of at most nine digits"
            raise InputError("is no sequence number", where=f"{at}, next_sequence_number", expected=expected)


def _check_authorisations(stated: Json, where: str) -> None:
    """:raises InputError: what is authorised is not of an LDC and an agent that were stated."""
    owned = {kind: {each["id"] for each in stated.get("organisations", []) if each["kind"] == kind} for kind in _KINDS}
    for number, each in enumerate(_tables(stated.get("authorisations", []), "authorisations", where), start=1):
        at, members = f"{where}, number {number}", ("ldc", "agent", "type", "direction")
        _check_known(each, members, at)
        for kind in _KINDS:
            if each.get(kind) not in owned[kind]:
                expected = f"the id of one of the [[organisations]] whose kind is {kind}"
                raise InputError(f"names {each.get(kind)!r}", where=f"{at}, {kind}", expected=expected)
        if not isinstance(each.get("type"), str):
            raise InputError("has no type", where=f"{at}, type", expected='a type of file or report, such as "1000"')
        if each.get("direction") not in ("submit", "receive"):
            raise InputError("has no direction", where=f"{at}, direction", expected='"submit" or "receive"')


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        expected = "a folder, or a path at which one can be made"
        raise InputError(f"cannot be made: {error.strerror}", where=str(folder), expected=expected) from error
