"""How the references are bent: functions replaced for a while, and files changed on their way out."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal, TypeVar

from reference_impl.cis.state import Submission
from reference_impl.repository.repository import Repository
from reference_impl.repository.state import Delivery

FileT = TypeVar("FileT", Delivery, Submission)
Application = Callable[[Any], AbstractContextManager[None]]
"""Bends a system until the context ends; it is given the system's port."""


@dataclass(frozen=True, slots=True)
class Bent:
    """A fault, or an allowed variant.

    :param rules: the rules that a fault breaks; it is caught by one of them.
    :param text: what it does, in a sentence.
    :param readings: readings of ambiguities that it needs.
    :param takes: the ambiguity of which a variant takes another reading than the reference: it runs where any is right.
    :param system: the name of the system that it bends.
    :param shows_in: what catches a fault: a scenario; the referee alone, which watches scenarios of the rule; or days of
        operation, that is, a simulation alone.
    """

    id: str
    kind: Literal["fault", "variant"]
    rules: tuple[str, ...]
    text: str
    apply: Application
    readings: Mapping[str, str] = field(default_factory=dict)
    takes: str | None = None
    shows_in: Literal["scenarios", "referee", "operation"] = "scenarios"
    system: str = "reference"


def fault(identifier: str, rule: str, text: str, apply: Application, **readings: str) -> Bent:
    """A fault of one rule; `readings` are those under which alone it is one, as in ``AMB_02="accept-13-digits"``."""
    needed = {name.replace("_", "-"): reading for name, reading in readings.items()}
    return Bent(identifier, "fault", (rule,), text, apply, needed)


def beside(identifier: str, rule: str, text: str, apply: Application) -> Bent:
    """A fault of one rule that no scenario catches, and the referee notices in conversations of its scenarios."""
    return Bent(identifier, "fault", (rule,), text, apply, shows_in="referee")


def in_operation(identifier: str, rule: str, text: str, apply: Application) -> Bent:
    """A fault of one rule that no scenario catches, and a simulation does."""
    return Bent(identifier, "fault", (rule,), text, apply, shows_in="operation")


def variant(
    identifier: str, text: str, apply: Application, takes: str | None = None, readings: Mapping[str, str] | None = None
) -> Bent:
    """A conformant difference; in a known reading of the ambiguity `takes`, or under certain `readings` alone."""
    return Bent(identifier, "variant", (), text, apply, readings or {}, takes=takes)


def replaced(module: ModuleType | type, name: str, make: Callable[[Any], Any]) -> Application:
    """Replace a public function: `make` is given the original."""

    @contextlib.contextmanager
    def apply(_: object) -> Iterator[None]:
        original = getattr(module, name)
        setattr(module, name, make(original))
        try:
            yield
        finally:
            setattr(module, name, original)

    return apply


def together(*applications: Application) -> Application:
    """Apply several changes at once."""

    @contextlib.contextmanager
    def apply(port: object) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            for application in applications:
                stack.enter_context(application(port))
            yield

    return apply


def outgoing(change: Callable[[Delivery], Delivery | None]) -> Application:
    """Change each file on its way out of the repository, or drop it."""

    def make(original: Callable[..., list[Delivery]]) -> Callable[..., list[Delivery]]:
        def advance(repository: Repository, to: Any) -> list[Delivery]:
            return [new for file in original(repository, to) if (new := change(file)) is not None]

        return advance

    return replaced(Repository, "advance", make)


def only(file_id: str, change: Callable[[Delivery], Delivery | None]) -> Application:
    """Change files of one type on their way out."""
    return outgoing(lambda file: change(file) if file.name.split(".")[2] == file_id else file)


def text_changed(file: FileT, change: Callable[[str], str]) -> FileT:
    """A file with another content."""
    return dataclasses.replace(file, content=change(file.content.decode()).encode())


def renamed(file: FileT, change: Callable[[str], str]) -> FileT:
    """A file under another name, inside as well as outside."""
    new = change(file.name)
    changed = text_changed(file, lambda text: text.replace(f"FN|{file.name}", f"FN|{new}"))
    return dataclasses.replace(changed, name=new)


def details_changed(text: str, change: Callable[[list[list[str]]], list[list[str]]]) -> str:
    """A file whose detail records, as lists of fields, are changed."""
    lines = [line.split("|") for line in text.split("\r\n") if line]
    places = [number for number, line in enumerate(lines) if line[0] == "DT"]
    if not places:
        return text
    new = change([lines[number] for number in places])
    lines[places[0] : places[-1] + 1] = new
    return "".join(f"{'|'.join(line)}\r\n" for line in lines)


def details_of(file_id: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Application:
    """Change the detail records, as lists of fields, of files of one type on their way out."""
    return only(file_id, lambda file: text_changed(file, lambda text: details_changed(text, change)))


def field_of(file_id: str, place: int, change: Callable[[str], str]) -> Application:
    """Change one field of each detail record of files of one type; the record type is at place 0."""
    return details_of(file_id, lambda rows: [[*row[:place], change(row[place]), *row[place + 1 :]] for row in rows])
