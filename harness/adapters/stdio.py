"""A system as a command: one JSON object a line, requests to its stdin, replies from its stdout.

One process serves many conversations. It is watched closely: time, line length, turns and exit; its error output is
drained as it comes and its end kept. Whoever fails is killed with its whole process group.
"""

from __future__ import annotations

import collections
import contextlib
import json
import os
import selectors
import signal
import subprocess
import threading
import time
from typing import IO

from harness.adapters.failure import AdapterFailure
from harness.adapters.replies import parse_reply
from harness.protocol import LINE_LIMIT, Json

_STDERR_LINES = 50
_STDERR_WIDTH = 2000
_CHUNK = 65536
_GRACE_SECONDS = 1.0


class Stdio:
    """A connection to a command.

    :raises AdapterFailure: the command cannot be started.
    """

    def __init__(self, command: list[str], time_limit: float) -> None:
        self._time_limit = time_limit
        self._buffer = bytearray()
        self._stderr: collections.deque[str] = collections.deque(maxlen=_STDERR_LINES)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (to run the user's command is what this is for)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise AdapterFailure("start", f"{command[0]!r} cannot be started: {error.strerror}") from error
        self._stdin, self._stdout = self._pipe(self._process.stdin), self._pipe(self._process.stdout)
        os.set_blocking(self._stdin, False)
        os.set_blocking(self._stdout, False)
        self._drain = threading.Thread(target=self._keep_stderr, daemon=True)
        self._drain.start()

    @staticmethod
    def _pipe(stream: IO[bytes] | None) -> int:
        if stream is None:
            raise AdapterFailure("start", "the command has no pipes")
        return stream.fileno()

    def _keep_stderr(self) -> None:
        stream = self._process.stderr
        while stream is not None and (line := stream.readline(_STDERR_WIDTH)):
            self._stderr.append(line.decode("utf-8", "backslashreplace").rstrip("\r\n"))

    def exchange(self, request: Json) -> Json:
        try:
            return self._exchange(request)
        except AdapterFailure as failure:
            self.close()
            raise AdapterFailure(failure.kind, failure.detail, self.stderr_tail()) from failure

    def _exchange(self, request: Json) -> Json:
        deadline = time.monotonic() + self._time_limit
        message = request["message"]
        self._read_available()
        if self._buffer:
            raise AdapterFailure("out_of_turn", f"before {message!r} was asked, stdout held {self._shown()}")
        self._send(json.dumps(request).encode() + b"\n", deadline, message)
        line = self._receive(deadline, message)
        reply = parse_reply(line, request)
        if self._buffer:
            raise AdapterFailure("out_of_turn", f"after the reply to {message!r} came {self._shown()}")
        return reply

    def _shown(self) -> str:
        return repr(bytes(self._buffer[:200]).decode("ascii", "backslashreplace"))

    def _wait(self, descriptor: int, event: int, deadline: float, message: str) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise AdapterFailure("timeout", f"no answer to {message!r} within {self._time_limit:g} s")

    def _send(self, data: bytes, deadline: float, message: str) -> None:
        view = memoryview(data)
        while view:
            self._wait(self._stdin, selectors.EVENT_WRITE, deadline, message)
            try:
                view = view[os.write(self._stdin, view[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise AdapterFailure("exit", f"{message!r} could not be sent: {self._ending()}") from error

    def _receive(self, deadline: float, message: str) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LINE_LIMIT:
                raise AdapterFailure("flood", f"the answer to {message!r} is a line of more than {LINE_LIMIT} bytes")
            self._wait(self._stdout, selectors.EVENT_READ, deadline, message)
            if not self._read_once():
                raise AdapterFailure("exit", f"no answer to {message!r}: {self._ending()}")
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _read_once(self) -> bool:
        try:
            data = os.read(self._stdout, _CHUNK)
        except BlockingIOError:
            return True
        self._buffer += data
        return bool(data)

    def _read_available(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._buffer += os.read(self._stdout, _CHUNK)

    def _ending(self) -> str:
        try:
            code = self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return "the system closed its output and runs on"
        if code < 0:
            return f"the system was ended by signal {signal.Signals(-code).name}"
        return f"the system exited with code {code}"

    def stderr_tail(self) -> tuple[str, ...]:
        self._drain.join(_GRACE_SECONDS)
        return tuple(self._stderr)

    def close(self) -> None:
        """End the process: first by closing its input, then by signal."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)
        for sent in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, sent)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE_SECONDS)
                break
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._drain.join(_GRACE_SECONDS)
        if self._process.stderr is not None and not self._drain.is_alive():
            self._process.stderr.close()
