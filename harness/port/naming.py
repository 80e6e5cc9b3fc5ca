"""Adapters by name."""

from __future__ import annotations

import functools
import importlib.metadata
import shlex
import shutil
import sys
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from harness.errors import UsageError, nearest
from harness.port.failure import Connection
from harness.port.hosted import Hosted, NoFactory
from harness.port.in_process import InProcess
from harness.port.person import Person
from harness.port.protocol import Role
from harness.port.stdio import Stdio

REFERENCES: Mapping[Role, str] = {Role.REPOSITORY: "reference", Role.CIS: "reference-cis"}
"""The reference implementation of each role, by the name of its system."""
SYSTEMS = "mdmr_conform.systems"
"""Entry points of systems that come with an installed package: ``create(*, profile_path, bent)``."""
DISTRIBUTION = "mdmr-conform"
_FACTORY = "a callable without arguments that returns an object with exchange(request)"
_FORMS = 'reference, reference-cis, module:factory, "stdio:COMMAND ARGS", or person:FOLDER'
PERSON = "person:"
"""Begins the name of an adapter that is a person, who works with a CIS by hand; the folder of the course follows."""


def opener(
    name: str, *, profile_path: Path | None, time_limit: float, option: str = "--adapter"
) -> Callable[[], Connection]:
    """How to make connections to the system of a name; each call makes a fresh one.

    :param time_limit: seconds that the system has for each answer.
    :param option: by which the name was given, for what is said of it.
    :raises UsageError: there is no such system or command; or, from a call, no such module or factory.
    """
    where = f"{option} {name!r}"
    if name.startswith("stdio:"):
        return _command(name, time_limit, where)
    if is_person(name):
        return lambda: Person(person_folder(name))
    if ":" in name:
        return _factory(name, time_limit, where)
    return _entry_point(name, profile_path, time_limit, where)


def is_person(name: str) -> bool:
    """Whether an adapter is a person."""
    return name.startswith(PERSON)


def person_folder(name: str) -> Path:
    """The folder in which a person finds tasks.

    :raises UsageError: the name names none.
    """
    if name == PERSON:
        raise UsageError("names no folder", where=f"--adapter {name!r}", expected="person:FOLDER")
    return Path(name.removeprefix(PERSON)).absolute()


def _command(name: str, time_limit: float, where: str) -> Callable[[], Connection]:
    try:
        command = shlex.split(name.removeprefix("stdio:"))
    except ValueError as error:
        raise UsageError(
            f"cannot be split into words: {error}", where=where, expected='"stdio:COMMAND ARGS"'
        ) from error
    if not command:
        raise UsageError("names no command", where=where, expected='"stdio:COMMAND ARGS"')
    if shutil.which(command[0]) is None:
        why, remedy = "is not found", ""
        if Path(command[0]).is_file():
            why, remedy = "may not be run", f"chmod +x {command[0]}, or name what runs it: python3 {command[0]}, say"
        expected = "a program that can be run"
        raise UsageError(f"command {command[0]!r} {why}", where=where, expected=expected, remedy=remedy)
    return lambda: Stdio(command, time_limit)


def _factory(name: str, time_limit: float, where: str) -> Callable[[], Connection]:
    module, _, factory = name.partition(":")

    def connect() -> Connection:
        try:
            return Hosted(module, factory, time_limit)
        except NoFactory as none:
            raise UsageError(
                none.what,
                where=where,
                expected=_FORMS if none.known is None else _FACTORY,
                remedy=nearest(f"{module}:", ("stdio:", PERSON))
                if none.known is None
                else nearest(factory, none.known),
            ) from none

    return connect


def _entry_point(name: str, profile_path: Path | None, time_limit: float, where: str) -> Callable[[], Connection]:
    point, bent = _found(name, where)

    def connect() -> Connection:
        if is_ours(point) and not _would_bend(point.name, bent):
            _open[connection := InProcess(point.load()(profile_path=profile_path, bent=bent))] = point.name, bent
            return connection
        options = {"profile_path": None if profile_path is None else str(profile_path), "bent": bent}
        return Hosted(point.module, point.attr, time_limit, options)

    return connect


_open: weakref.WeakKeyDictionary[InProcess, tuple[str, str | None]] = weakref.WeakKeyDictionary()
"""The connections to systems of ours in this process, each with its name and the fault or variant that bends it."""


def _would_bend(name: str, bent: str | None) -> bool:
    """Whether a system of ours would bend another one of this process, or be bent by it: functions are replaced.

    Those of the repository and those of the CIS are not the same.
    """
    beside = [its for connection, (of, its) in _open.items() if of == name and connection.is_open]
    return bool(beside) and (bent is not None or any(its is not None for its in beside))


def is_ours(point: importlib.metadata.EntryPoint) -> bool:
    """Whether an entry point is of this distribution: others' systems are not let into this process."""
    return point.dist is not None and point.dist.name == DISTRIBUTION


def system_factory(name: str) -> tuple[Callable[..., Any], str | None]:
    """What makes a system of ours, and the fault or variant that ``name+BENT`` asks for.

    :raises UsageError: no installed system has that name, or it has no such fault or variant.
    """
    point, bent = _found(name, f"--adapter {name!r}")
    create: Callable[..., Any] = point.load()
    return create, bent


@functools.lru_cache(maxsize=64)
def _points(group: str, _: tuple[str, ...]) -> tuple[importlib.metadata.EntryPoint, ...]:
    """The entry points of a group that are installed along a search path, which is looked through once."""
    return tuple(importlib.metadata.entry_points(group=group))


def _found(name: str, where: str) -> tuple[importlib.metadata.EntryPoint, str | None]:
    """The entry point of a system, ours before others of that name, and the fault or variant of ``name+BENT``."""
    base, plus, bent = name.partition("+")
    points = sorted(_points(SYSTEMS, tuple(sys.path)), key=is_ours)
    found = {point.name: point for point in points}
    if base not in found:
        raise UsageError(
            f"no system {base!r}", where=where, expected=_FORMS, remedy=nearest(base, found) or _as_command(name)
        )
    if plus and bent not in (known := {entry.id for entry in bents(base)}):
        raise UsageError(
            f"{base!r} has no fault or variant {bent!r}",
            where=where,
            expected="one that 'mdmr-conform rules' lists",
            remedy=nearest(bent, known),
        )
    return found[base], bent or None


def _as_command(name: str) -> str:
    """A hint for somebody who named a program as it is called, or its file; an empty string where it is neither."""
    if shutil.which(name.partition(" ")[0]):
        return f'did you mean "stdio:{name}"?'
    return f'a program is named with what runs it: "stdio:COMMAND {name}"' if Path(name).is_file() else ""


PROOF = "mdmr_conform.proof"
"""Entry points of the seeded faults and allowed variants: callables that return them."""


def bents(system: str | None = None) -> tuple[Any, ...]:
    """Every fault and variant that installed packages offer, or those that bend one system.

    Each has id, kind, rules, text and readings, and says which system it bends.
    """
    points = sorted(_points(PROOF, tuple(sys.path)), key=lambda point: point.name)
    found = tuple(entry for point in points for entry in point.load()())
    return found if system is None else tuple(entry for entry in found if entry.system == system)
