"""A system in this process: an object with ``exchange(request) -> reply``.

Request and reply pass through JSON text, so that a system sees and may answer the same as over stdio. A system of
somebody else's is made and called in a thread of its own: one that takes too long cannot be ended from outside, and is
left to that thread, which dies with the process.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import threading
import traceback
from collections.abc import Callable
from typing import Any

from harness.port.failure import AdapterFailure
from harness.port.protocol import Json
from harness.port.replies import parse_reply

_TAIL_LINES = 20
_THREAD = "system under test"
_end_process = os._exit


class InProcess:
    """A connection to an object of ours, called directly: so are systems that come as entry points."""

    def __init__(self, system: Any) -> None:
        self._system = system

    def exchange(self, request: Json) -> Json:
        given = json.loads(json.dumps(request))
        try:
            reply = self._system.exchange(given)
        except Exception as error:
            raise _raised(error) from error
        return parse_reply(_line(reply), request)

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        self._system.close()


class Watched:
    """A connection to an object that a factory makes, in a thread of its own.

    :raises AdapterFailure: the factory raises, takes too long, or makes no such object.
    """

    def __init__(self, factory: Callable[[], Any], time_limit: float) -> None:
        self._time_limit = time_limit
        self._calls: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[tuple[Any, AdapterFailure | None]] = queue.SimpleQueue()
        self._usable = True
        _outlive(os.getpid())
        threading.Thread(target=self._work, daemon=True, name=_THREAD).start()
        try:
            self._system = self._called(factory, "the factory made no system")
            if not callable(getattr(self._system, "exchange", None)):
                made = type(self._system).__name__
                raise AdapterFailure(
                    "start", f"the factory returned {made!r}, expected an object with exchange(request)"
                )
        except AdapterFailure as failure:
            self._abandon()
            raise AdapterFailure("start", failure.detail, failure.stderr) from failure

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            try:
                self._outcomes.put((call(), None))
            except BaseException as error:  # noqa: BLE001 (a system may raise anything, SystemExit included)
                self._outcomes.put((None, _raised(error)))

    def _called(self, call: Callable[[], Any], otherwise: str) -> Any:
        if not self._usable:
            raise AdapterFailure("exit", "the connection was closed")
        self._calls.put(call)
        try:
            result, failure = self._outcomes.get(timeout=self._time_limit)
        except queue.Empty:
            self._abandon()
            raise AdapterFailure("timeout", f"{otherwise} within {self._time_limit:g} s") from None
        if failure is not None:
            raise failure
        return result

    def _abandon(self) -> None:
        self._usable = False
        self._calls.put(None)

    def exchange(self, request: Json) -> Json:
        given = json.loads(json.dumps(request))
        line = self._called(lambda: _line(self._system.exchange(given)), f"no answer to {request['message']!r}")
        return parse_reply(line, request)

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def _close_system(self) -> None:
        close = getattr(self._system, "close", None)
        if close is not None:
            close()

    def close(self) -> None:
        """Call the object's ``close``, where it has one; what comes of that is nobody's verdict."""
        if self._usable:
            with contextlib.suppress(AdapterFailure):
                self._called(self._close_system, "the system did not close")
            self._abandon()


def _outlive(process: int) -> None:
    """Let a system that calls ``os._exit`` end its own thread alone: its exit code would pass for a verdict."""

    def end(status: int) -> None:
        if os.getpid() == process and threading.current_thread().name == _THREAD:
            raise SystemExit(status)
        _end_process(status)

    os._exit = end  # type: ignore[assignment]


def _line(reply: Any) -> bytes:
    try:
        return json.dumps(reply).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise AdapterFailure("malformed", f"the reply is not JSON: {error}") from error


def _raised(error: BaseException) -> AdapterFailure:
    if isinstance(error, AdapterFailure):
        return error
    lines = "".join(traceback.format_exception(error)).splitlines()
    return AdapterFailure(
        "exit", f"the system raised {type(error).__name__}: {_text(error)}", tuple(lines[-_TAIL_LINES:])
    )


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 (an exception whose text raises is a nasty one, and no reason to fall)
        return "(it cannot say what)"
