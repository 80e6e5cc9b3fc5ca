"""The child process of a system that comes as a Python object: somebody else's code, and nobody else's.

The first line of its input says what to make: the `path` of modules, the user's folder (`here`), `module` and
`factory`, and `options`: None, or the profile's path and the fault of an entry point. Then each line is a request, and
each line of its output a reply, as of any command. What the system prints goes to its error output, for the pipes to
the harness are private, and not 0 or 1.

A line that begins with `FAILURE` is no reply: it says how the system failed, which could not be said of a command.
The standard library alone is loaded before the system is, so that nothing stands in its way.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

IMPORTED, MADE, UNKNOWN, FAILURE = b"imported", b"made", b"?", b"!"
_TAIL_LINES = 20


class Failed(Exception):
    """The system failed, in a way that has a name."""

    def __init__(self, kind: str, detail: str, lines: list[str]) -> None:
        super().__init__(kind, detail, lines)
        self.kind, self.detail, self.lines = kind, detail, lines


def raised(error: BaseException) -> tuple[str, list[str]]:
    """What was raised, in a sentence, and the end of its traceback."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    return f"{type(error).__name__}: {_text(error)}", lines[-_TAIL_LINES:]


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 (an exception whose text raises is a nasty one, and no reason to fall)
        return "(it cannot say what)"


def called(call: Callable[[], Any]) -> Any:
    """What a call of the system's returns.

    :raises Failed: it raises, whatever it is.
    """
    try:
        return call()
    except BaseException as error:  # SystemExit included
        what, lines = raised(error)
        raise Failed("exit", f"the system raised {what}", lines) from error


def line_of(reply: Any) -> bytes:
    """A reply as a line.

    :raises Failed: it is not JSON.
    """
    try:
        return json.dumps(reply).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise Failed("malformed", f"the reply is not JSON: {error}", []) from error


class Host:
    """Makes a system and lets it answer."""

    def __init__(self) -> None:
        self._lines_in = os.fdopen(os.dup(0), "rb")
        self._lines_out = os.fdopen(os.dup(1), "wb", buffering=0)
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 (as little as can be is loaded here)
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)
        if sys.stdout is not None:
            sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]

    def serve(self) -> None:
        """Make the system that the first line asks for, and answer each line until there are no more."""
        try:
            system = self._made(json.loads(self._lines_in.readline()))
            for line in self._lines_in:
                request = json.loads(line)
                self._say(line_of(called(lambda request=request: system.exchange(request))))  # type: ignore[misc]
        except Failed as failed:
            told = {"kind": failed.kind, "detail": failed.detail, "lines": failed.lines}
            self._say(FAILURE + json.dumps(told).encode())
            return
        with contextlib.suppress(BaseException):  # what comes of closing it is nobody's verdict
            close = getattr(system, "close", None)
            if close is not None:
                close()

    def _made(self, given: dict[str, Any]) -> Any:
        factory = self._factory(given)
        self._say(IMPORTED)
        try:
            system = called(lambda: factory(**_options(given)))
        except Failed as failed:
            raise Failed("start", failed.detail, failed.lines) from failed
        if not callable(getattr(system, "exchange", None)):
            made = type(system).__name__
            raise Failed("start", f"the factory returned {made!r}, expected an object with exchange(request)", [])
        self._say(MADE)
        return system

    def _factory(self, given: dict[str, Any]) -> Any:
        sys.path[:] = given["path"]
        if given["here"] not in sys.path:
            sys.path.append(given["here"])  # last: a user's own modules must not stand before those of the suite
        if given["options"] is not None:
            from harness.siblings import find_beside

            find_beside()
        module_name, name = given["module"], given["factory"]
        try:
            module = importlib.import_module(module_name)
        except BaseException as error:  # noqa: BLE001 (a module of somebody else's may raise anything)
            self._unknown(f"module {module_name!r} cannot be imported: {raised(error)[0]}", None)
        factory = _of(module, name)
        if not callable(factory):
            known = [known for known, value in vars(module).items() if callable(value)]
            self._unknown(f"module {module_name!r} has no factory {name!r}", known)
        return factory

    def _unknown(self, what: str, known: list[str] | None) -> NoReturn:
        self._say(UNKNOWN + json.dumps({"what": what, "known": known}).encode())
        raise SystemExit(0)

    def _say(self, line: bytes) -> None:
        left = memoryview(line + b"\n")
        while left:
            left = left[self._lines_out.write(left) :]


def _of(module: Any, name: str) -> Any:
    """What a dotted name stands for in a module, or None."""
    return functools.reduce(lambda found, part: getattr(found, part, None), name.split("."), module)


def _options(given: dict[str, Any]) -> dict[str, Any]:
    """What the factory is called with: nothing, or for an entry point what `create` takes."""
    options: dict[str, Any] = given["options"] or {}
    if options.get("profile_path") is not None:
        from pathlib import Path

        options["profile_path"] = Path(options["profile_path"])
    return options


if __name__ == "__main__":
    Host().serve()
