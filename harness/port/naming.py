"""Adapters by name."""

from __future__ import annotations

import importlib
import importlib.metadata
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.errors import UsageError, nearest
from harness.port.failure import Connection
from harness.port.in_process import InProcess, Watched
from harness.port.stdio import Stdio

SYSTEMS = "mdmr_conform.systems"
"""Entry points of systems that come with an installed package: ``create(*, profile_path, bent)``."""
_FORMS = 'reference, module:factory, or "stdio:COMMAND ARGS"'


def opener(name: str, *, profile_path: Path | None, time_limit: float) -> Callable[[], Connection]:
    """How to make connections to the system of a name; each call makes a fresh one.

    :param time_limit: seconds that the system has for each answer.
    :raises UsageError: there is no such system, command, module or factory.
    """
    if name.startswith("stdio:"):
        return _command(name, time_limit)
    if ":" in name:
        return _factory(name, time_limit)
    return _entry_point(name, profile_path)


def _command(name: str, time_limit: float) -> Callable[[], Connection]:
    where = f"--adapter {name!r}"
    try:
        command = shlex.split(name.removeprefix("stdio:"))
    except ValueError as error:
        raise UsageError(
            f"cannot be split into words: {error}", where=where, expected='"stdio:COMMAND ARGS"'
        ) from error
    if not command:
        raise UsageError("names no command", where=where, expected='"stdio:COMMAND ARGS"')
    if shutil.which(command[0]) is None:
        raise UsageError(f"command {command[0]!r} is not found", where=where, expected="a program that can be run")
    return lambda: Stdio(command, time_limit)


def _factory(name: str, time_limit: float) -> Callable[[], Connection]:
    where = f"--adapter {name!r}"
    module_name, _, factory_name = name.partition(":")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)  # last: a user's own modules must not stand before those of the suite
    try:
        module = importlib.import_module(module_name)
    except (Exception, SystemExit) as error:  # a module of somebody else's may raise anything when it is imported
        what = f"module {module_name!r} cannot be imported: {type(error).__name__}: {error}"
        raise UsageError(what, where=where, expected=_FORMS) from error
    factory = getattr(module, factory_name, None)
    if not callable(factory):
        callables = [name for name, value in vars(module).items() if callable(value)]
        raise UsageError(
            f"module {module_name!r} has no factory {factory_name!r}",
            where=where,
            expected="a callable without arguments that returns an object with exchange(request)",
            remedy=nearest(factory_name, callables),
        )
    return lambda: Watched(factory, time_limit)


def _entry_point(name: str, profile_path: Path | None) -> Callable[[], Connection]:
    create, bent = system_factory(name)
    create(profile_path=profile_path, bent=bent).close()
    return lambda: InProcess(create(profile_path=profile_path, bent=bent))


def system_factory(name: str) -> tuple[Callable[..., Any], str | None]:
    """The entry point of a system, and the fault or variant that ``name+BENT`` asks for.

    :raises UsageError: no installed system has that name, or it has no such fault or variant.
    """
    base, plus, bent = name.partition("+")
    found = {point.name: point for point in importlib.metadata.entry_points(group=SYSTEMS)}
    if base not in found:
        raise UsageError(
            f"no system {base!r}", where=f"--adapter {name!r}", expected=_FORMS, remedy=nearest(base, found)
        )
    if plus and bent not in (known := {entry.id for entry in bents()}):
        raise UsageError(
            f"{base!r} has no fault or variant {bent!r}",
            where=f"--adapter {name!r}",
            expected="one that 'mdmr-conform rules' lists",
            remedy=nearest(bent, known),
        )
    create: Callable[..., Any] = found[base].load()
    return create, bent or None


PROOF = "mdmr_conform.proof"
"""Entry points of the seeded faults and allowed variants: callables that return them."""


def bents() -> tuple[Any, ...]:
    """Every fault and variant that installed packages offer, by id. Each has id, kind, rules, text and readings."""
    points = sorted(importlib.metadata.entry_points(group=PROOF), key=lambda point: point.name)
    return tuple(entry for point in points for entry in point.load()())
