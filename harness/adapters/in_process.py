"""A system in this process: an object with ``exchange(request) -> reply``.

Request and reply pass through JSON text, so that a system sees and may answer the same as over stdio. A call that takes
too long cannot be ended from outside: it is left to a thread that dies with the process.
"""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable
from typing import Any

from harness.adapters.failure import AdapterFailure
from harness.adapters.replies import parse_reply
from harness.protocol import Json

_TAIL_LINES = 20


class InProcess:
    """A connection to an object.

    :param trusted: whether the object may be called without a watching thread; so are our own systems.
    """

    def __init__(self, system: Any, time_limit: float, *, trusted: bool) -> None:
        self._system = system
        self._time_limit = time_limit
        self._trusted = trusted

    def exchange(self, request: Json) -> Json:
        given = json.loads(json.dumps(request))
        reply = self._system_reply(given) if self._trusted else self._watched(given)
        try:
            line = json.dumps(reply).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise AdapterFailure("malformed", f"the reply is not JSON: {error}") from error
        return parse_reply(line, request)

    def _system_reply(self, request: Json) -> Any:
        try:
            return self._system.exchange(request)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a system may raise anything, SystemExit included
            lines = "".join(traceback.format_exception(error)).splitlines()
            raise AdapterFailure(
                "exit", f"the system raised {type(error).__name__}: {error}", tuple(lines[-_TAIL_LINES:])
            ) from error

    def _watched(self, request: Json) -> Any:
        answers: list[Any] = []
        failures: list[AdapterFailure] = []

        def call() -> None:
            try:
                answers.append(self._system_reply(request))
            except AdapterFailure as failure:
                failures.append(failure)

        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(self._time_limit)
        if thread.is_alive():
            raise AdapterFailure("timeout", f"no answer to {request['message']!r} within {self._time_limit:g} s")
        if failures:
            raise failures[0]
        return answers[0]

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        close: Callable[[], None] | None = getattr(self._system, "close", None)
        if close is not None:
            close()
