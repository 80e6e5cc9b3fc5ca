"""A system that comes as a Python object of somebody else's: it is made, and called, in a child process of its own.

Whatever it does there (ends the process natively, keeps the interpreter to itself, replaces functions of the runner),
it does to itself alone; it is reached, watched and ended like any command.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from harness.port import hosting
from harness.port.failure import AdapterFailure
from harness.port.protocol import Json
from harness.port.replies import parse_reply, shown
from harness.port.stdio import Stdio


class NoFactory(Exception):
    """The module cannot be imported, or has no such factory.

    :param what: which of them, in a sentence.
    :param known: the names of the module's callables, where it could be imported.
    """

    def __init__(self, what: str, known: list[str] | None) -> None:
        super().__init__(what, known)
        self.what = what
        self.known = known


class Hosted(Stdio):
    """A connection to an object that a factory makes.

    :param options: what the factory is called with.
    :raises NoFactory: there is no such module or factory.
    :raises AdapterFailure: the factory raises, takes too long, or makes no such object.
    """

    def __init__(self, module: str, factory: str, time_limit: float, options: Mapping[str, Any] | None = None) -> None:
        super().__init__([sys.executable, "-P", hosting.__file__], time_limit)
        given = {"path": sys.path, "here": os.fspath(Path.cwd()), "module": module, "factory": factory}
        try:
            deadline = time.monotonic() + time_limit
            self._sent(json.dumps({**given, "options": options}).encode() + b"\n", deadline, "what to make")
            self._came(hosting.IMPORTED, f"module {module!r} was not imported", time_limit)
            self._came(hosting.MADE, "the factory made no system", time_limit)
        except AdapterFailure as failure:
            self._end(now=True)
            raise AdapterFailure("start", failure.detail, (*self.stderr_tail(), *failure.stderr)) from failure
        except NoFactory:
            self._end(now=False)
            raise

    def _came(self, expected: bytes, otherwise: str, seconds: float) -> None:
        flood = AdapterFailure("flood", f"{otherwise}: a line without an end came")
        line = self._line(time.monotonic() + seconds, otherwise, flood)
        if line.startswith(hosting.UNKNOWN):
            raise _told(line, lambda told: NoFactory(str(told["what"]), told["known"]))
        _check_failure(line)
        if line != expected:
            raise AdapterFailure("malformed", f"{otherwise}: {shown(line)} came")

    def _parsed(self, line: bytes, request: Json) -> Json:
        _check_failure(line)
        return parse_reply(line, request, self.role)


def _check_failure(line: bytes) -> None:
    """:raises AdapterFailure: the line says that the system failed, and how."""
    if line.startswith(hosting.FAILURE):
        raise _told(line, lambda told: AdapterFailure(told["kind"], told["detail"], tuple(map(str, told["lines"]))))


def _told(line: bytes, make: Callable[[Json], Exception]) -> Exception:
    """The exception that a line of the child's tells of; a system that has found the pipe may have written it."""
    try:
        return make(json.loads(line[1:]))
    except (ValueError, TypeError, KeyError):
        return AdapterFailure("malformed", f"{shown(line)} is not a reply in JSON")
