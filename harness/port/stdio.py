"""A system as a command: one JSON object a line, requests to its stdin, replies from its stdout.

One process serves many conversations. It is watched closely: time, line length, turns and exit. Its three pipes are
served by one loop, so that a system that writes much to its error output, or to its output while it is being written
to, blocks nobody; the end of its error output is kept. Whoever fails is ended with its whole process group.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from typing import IO

from harness.port.failure import AdapterFailure
from harness.port.protocol import LINE_LIMIT, Json
from harness.port.replies import parse_reply, shown, too_long

_STDERR_LINES = 50
_STDERR_WIDTH = 2000
_STDERR_KEPT = _STDERR_LINES * _STDERR_WIDTH
_CHUNK = 65536
_POLITE_SECONDS = 2.0
"""How long a system has to end by itself when its input is closed."""
_GRACE_SECONDS = 1.0
"""How long it has after a signal, and how long its last words are waited for."""
_LOOK_SECONDS = 0.5
"""How often a system that says nothing is looked after: it may have gone, and left its pipes to a child."""


class Stdio:
    """A connection to a command.

    :raises AdapterFailure: the command cannot be started.
    """

    def __init__(self, command: list[str], time_limit: float) -> None:
        self.time_limit = time_limit
        self._buffer = bytearray()
        self._stderr_kept = bytearray()
        self._stdout_open = True
        self._closed = False
        try:
            self._process = subprocess.Popen(  # noqa: S603 (to run the user's command is what this is for)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                bufsize=0,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise AdapterFailure("start", f"{command[0]!r} cannot be started: {reason}") from error
        pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._stdin, self._stdout, self._stderr = (_descriptor(pipe) for pipe in pipes)
        self._poll = select.poll()
        self._poll.register(self._stdout, select.POLLIN)
        self._poll.register(self._stderr, select.POLLIN)

    @property
    def process_id(self) -> int:
        return self._process.pid

    # --- one request, one reply ------------------------------------------------------------------------

    def exchange(self, request: Json) -> Json:
        if self._closed:
            raise AdapterFailure("exit", "the connection was closed", self.stderr_tail())
        try:
            return self._exchange(request)
        except AdapterFailure as failure:
            self._end_by_signal()
            raise AdapterFailure(failure.kind, failure.detail, self.stderr_tail()) from failure

    def _exchange(self, request: Json) -> Json:
        deadline = time.monotonic() + self.time_limit
        message = request["message"]
        self._serve(0)
        if self._buffer:
            raise AdapterFailure(
                "out_of_turn",
                f"before {message!r} was asked, stdout held {shown(bytes(self._buffer))} "
                "(stdout is for replies alone, logs go to stderr)",
            )
        self._send(json.dumps(request).encode() + b"\n", deadline, message)
        line = self._receive(deadline, request)
        reply = parse_reply(line, request)
        if self._buffer:
            raise AdapterFailure(
                "out_of_turn", f"after the reply to {message!r} came {shown(bytes(self._buffer))}, expected nothing"
            )
        return reply

    def _send(self, data: bytes, deadline: float, message: str) -> None:
        left = memoryview(data)
        self._poll.register(self._stdin, select.POLLOUT)
        try:
            while left:
                ready = self._wait(deadline, f"{message!r} was not read")
                if self._buffer:
                    raise AdapterFailure(
                        "out_of_turn",
                        f"before {message!r} was sent whole, stdout held {shown(bytes(self._buffer))}",
                    )
                if self._stdin in ready:
                    left = left[self._written(left[:_CHUNK], message) :]
        finally:
            self._poll.unregister(self._stdin)

    def _written(self, data: memoryview, message: str) -> int:
        try:
            return os.write(self._stdin, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise AdapterFailure("exit", f"{message!r} could not be sent: {self._ending()}") from error

    def _receive(self, deadline: float, request: Json) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LINE_LIMIT:
                raise too_long(request)
            self._wait(deadline, f"no answer to {request['message']!r}")
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _wait(self, deadline: float, otherwise: str) -> set[int]:
        """Serve the pipes until something happened on one of them; the pipes on which it did."""
        while (left := deadline - time.monotonic()) > 0:
            gone = self._process.poll() is not None
            served = self._serve(0 if gone else min(left, _LOOK_SECONDS))
            if not self._stdout_open:
                raise AdapterFailure("exit", f"{otherwise}: {self._ending()}{self._unfinished()}")
            if served:
                return served
            if gone:
                raise AdapterFailure("exit", f"{otherwise}: {self._ending()}, and left its output to a child")
        raise AdapterFailure("timeout", f"{otherwise} within {self.time_limit:g} s{self._unfinished()}")

    def _unfinished(self) -> str:
        return f"; stdout held {shown(bytes(self._buffer))} without a line feed" if self._buffer else ""

    def _serve(self, seconds: float) -> set[int]:
        """Wait for the pipes and read what came; the pipes that were ready."""
        ready = {descriptor for descriptor, _ in self._poll.poll(seconds * 1000)}
        if self._stdout in ready:
            data = self._read(self._stdout)
            self._buffer += data
            self._stdout_open = bool(data)
        if self._stderr in ready:
            self._keep_stderr(self._read(self._stderr))
        return ready

    def _read(self, descriptor: int) -> bytes:
        """Read from a pipe that is ready; no bytes are its end, and it is waited for no more."""
        try:
            data = os.read(descriptor, _CHUNK)
        except OSError:
            data = b""
        if not data:
            self._poll.unregister(descriptor)
        return data

    # --- error output, and the end ---------------------------------------------------------------------

    def _keep_stderr(self, data: bytes) -> None:
        self._stderr_kept += data
        if len(self._stderr_kept) > 2 * _STDERR_KEPT:
            del self._stderr_kept[:-_STDERR_KEPT]

    def stderr_tail(self) -> tuple[str, ...]:
        if not self._closed:
            self._serve(0)
        lines = bytes(self._stderr_kept[-_STDERR_KEPT:]).decode("utf-8", "backslashreplace").splitlines()
        return tuple(line[:_STDERR_WIDTH] for line in lines[-_STDERR_LINES:])

    def _ending(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_SECONDS)
        code = self._process.returncode
        if code is None:
            return "the system closed its output and runs on"
        if code < 0:
            return f"the system was ended by signal {_signal_name(-code)}"
        return f"the system exited with code {code}"

    def close(self) -> None:
        """End the process: by closing its input, and by signal where it does not go."""
        if self._closed:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._ends_within(_POLITE_SECONDS)
        self._end_by_signal()

    def _end_by_signal(self) -> None:
        if self._closed:
            return
        self._signal_group(signal.SIGTERM)
        self._ends_within(_GRACE_SECONDS)
        self._signal_group(signal.SIGKILL)  # who stayed, and children that were left behind
        self._ends_within(_GRACE_SECONDS)
        self._let_go()

    def _ends_within(self, seconds: float) -> bool:
        """Whether the process ends in time. Its last words are read meanwhile, so that they do not keep it."""
        deadline = time.monotonic() + seconds
        while self._process.poll() is None:
            if (left := deadline - time.monotonic()) <= 0:
                return False
            self._serve(min(left, 0.01))
            self._buffer.clear()
        return True

    def _signal_group(self, sent: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, sent)

    def _let_go(self) -> None:
        """Read what is left of the error output, but not from one who never stops, and close the pipes."""
        for _ in range(_STDERR_KEPT // _CHUNK + 1):
            self._serve(0)
        self._closed = True
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _descriptor(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise AdapterFailure("start", "the command has no pipes")
    os.set_blocking(pipe.fileno(), False)
    return pipe.fileno()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
