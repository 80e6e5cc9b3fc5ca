"""A system as a command: one JSON object a line, requests to its stdin, replies from its stdout.

One process serves many conversations. It is watched closely: time, line length, turns and exit. Its pipes are
served by one loop, so that a system that writes much to its error output, or to its output while it is being written
to, blocks nobody; the end of its error output is kept. A keeper stands between: see `harness.port.keeper`.

What is said of a system rests on what it wrote and how it ended, not on which of them is noticed first: the lines of
its output are taken one after the other as answers to what it is asked, whenever they came, and what it wrote before
it went is read before it is said to have gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from typing import IO

from harness.port import keeper
from harness.port.failure import AdapterFailure
from harness.port.protocol import LINE_LIMIT, Json, Role
from harness.port.replies import parse_reply, shown, too_long

_STDERR_LINES = 50
_STDERR_WIDTH = 2000
_STDERR_KEPT = _STDERR_LINES * _STDERR_WIDTH
_CHUNK = 65536
_PIPE_READS = 1024 * 1024 // _CHUNK + 1
"""How often is read from a pipe until all that was in it at first has come out: no pipe holds more than 1 MiB."""
_POLITE_SECONDS = 2.0
"""How long a system has to end by itself when its input is closed."""
_GRACE_SECONDS = 1.0
"""How long it has after a signal."""
_KEEPER_SECONDS = 15.0
"""How long the keeper has beyond that to find that nothing is left."""


_keepers: set[int] = set()
"""The keepers of this process's connections."""


class Stdio:
    """A connection to a command.

    :raises AdapterFailure: the command cannot be started.
    """

    def __init__(self, command: list[str], time_limit: float) -> None:
        self.time_limit = time_limit
        self.role = Role.REPOSITORY
        self._buffer = bytearray()
        self._stderr_kept = bytearray()
        self._told = bytearray()
        self._stdout_open = True
        self._exit_code: int | None = None
        self._closed = False
        self._control, of_keeper = socket.socketpair()
        settings = [str(of_keeper.fileno()), str(_POLITE_SECONDS), str(_GRACE_SECONDS)]
        try:
            with of_keeper:
                self._keeper = subprocess.Popen(  # noqa: S603 (to run the user's command is what this is for)
                    [sys.executable, "-I", "-S", keeper.__file__, *settings, *command],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    pass_fds=[of_keeper.fileno()],
                    env=_environment(),
                    start_new_session=True,
                    bufsize=0,
                )
        except (OSError, ValueError) as error:
            self._control.close()
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise AdapterFailure("start", f"{command[0]!r} cannot be started: {reason}") from error
        _keepers.add(self._keeper.pid)
        pipes = (self._keeper.stdin, self._keeper.stdout, self._keeper.stderr)
        self._stdin, self._stdout, self._stderr = (_descriptor(pipe) for pipe in pipes)
        self._poll = select.poll()
        for descriptor in (self._stdout, self._stderr, self._control.fileno()):
            self._poll.register(descriptor, select.POLLIN)
        self.process_id = self._started(command)

    def _started(self, command: list[str]) -> int:
        """The id of the command's process, once its keeper says that it runs.

        :raises AdapterFailure: it does not.
        """
        while (end := self._told.find(b"\n")) < 0:
            if not (data := self._control.recv(_CHUNK)):
                break
            self._told += data
        what, _, more = bytes(self._told[: max(end, 0)]).partition(b" ")
        del self._told[: end + 1]
        if what != keeper.STARTED:
            self._let_go()
            reason = more.decode() if what == keeper.FAILED else "its keeper has gone"
            raise AdapterFailure("start", f"{command[0]!r} cannot be started: {reason}")
        self._control.setblocking(False)
        self._note_the_end()  # a command that ends at once may be told of together with its start
        return int(more)

    # --- one request, one reply ------------------------------------------------------------------------

    def exchange(self, request: Json) -> Json:
        if self._closed:
            raise AdapterFailure("exit", "the connection was closed", self.stderr_tail())
        try:
            return self._exchange(request)
        except AdapterFailure as failure:
            self._end(now=failure.kind in {"timeout", "flood"})  # others have a moment for their last words
            raise AdapterFailure(failure.kind, failure.detail, (*self.stderr_tail(), *failure.stderr)) from failure

    def _exchange(self, request: Json) -> Json:
        deadline = time.monotonic() + self.time_limit
        message = request["message"]
        self._serve(0)
        early = not self._sent(json.dumps(request).encode() + b"\n", deadline, message)
        line = self._line(deadline, f"no answer to {message!r}", too_long(request))
        reply = self._parsed(line, request)
        if early:
            raise AdapterFailure("out_of_turn", f"the reply to {message!r} came before it was asked")
        return reply

    def _parsed(self, line: bytes, request: Json) -> Json:
        return parse_reply(line, request, self.role)

    def _sent(self, data: bytes, deadline: float, message: str) -> bool:
        """Send a request, unless an answer is there before; whether there was none.

        Who does not take it because it has gone, or has closed its input, may still have said something before.
        """
        left = memoryview(data)
        self._poll.register(self._stdin, select.POLLOUT)
        try:
            while left:
                if b"\n" in self._buffer or len(self._buffer) > LINE_LIMIT:
                    return False
                if self._is_over():
                    return True
                if self._stdin in self._wait(deadline, f"{message!r} was not read"):
                    with contextlib.suppress(BlockingIOError):
                        left = left[os.write(self._stdin, left[:_CHUNK]) :]
        except BrokenPipeError:
            return True
        finally:
            self._poll.unregister(self._stdin)
        return True

    def _line(self, deadline: float, otherwise: str, flood: AdapterFailure) -> bytes:
        """The next line of the system's output.

        :raises AdapterFailure: none comes in time, none can come any more, or it is longer than a line may be.
        """
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LINE_LIMIT:
                raise flood
            if self._is_over():
                if len(self._buffer) > searched:
                    continue
                raise AdapterFailure("exit", f"{otherwise}: {self._ending(deadline)}{self._unfinished()}")
            self._wait(deadline, otherwise)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _is_over(self) -> bool:
        """Whether nothing more can come: its output is closed, or it has gone and all that it had written was read."""
        if self._exit_code is not None:
            for _ in range(_PIPE_READS):
                if not self._serve(0) & {self._stdout, self._stderr}:
                    break
        return not self._stdout_open or self._exit_code is not None

    def _wait(self, deadline: float, otherwise: str) -> set[int]:
        """Serve the pipes until something happened on one of them; the pipes on which it did."""
        while (left := deadline - time.monotonic()) > 0:
            if served := self._serve(left):
                return served
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
        if self._control.fileno() in ready:
            self._hear(self._read(self._control.fileno()))
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

    def _hear(self, data: bytes) -> None:
        """Take note of what the keeper says: how the command ended. One that has gone itself took the command along."""
        self._told += data
        self._note_the_end()
        if not data and self._exit_code is None:
            self._exit_code = -signal.SIGKILL

    def _note_the_end(self) -> None:
        what, _, code = bytes(self._told).partition(b" ")
        if what == keeper.ENDED and code.endswith(b"\n"):
            self._exit_code = int(code)

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

    def _ending(self, deadline: float) -> str:
        """How the system ended; it is given the time that it had for an answer."""
        while self._exit_code is None and (left := deadline - time.monotonic()) > 0:
            self._serve(left)
        if self._exit_code is None:
            return "the system closed its output and runs on"
        if self._exit_code < 0:
            return f"the system was ended by signal {_signal_name(-self._exit_code)}"
        left_to_a_child = ", and left its output to a child" if self._stdout_open else ""
        return f"the system exited with code {self._exit_code}{left_to_a_child}"

    def close(self) -> None:
        """End the process: by closing its input, and by signal where it does not go."""
        self._end(now=False)

    def _end(self, *, now: bool) -> None:
        """Let the keeper end the system, and read its last words meanwhile, so that they do not keep it."""
        if self._closed:
            return
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        with contextlib.suppress(OSError):
            if now:
                self._control.send(keeper.NOW)
            self._control.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + _POLITE_SECONDS + _GRACE_SECONDS + _KEEPER_SECONDS
        while self._keeper.poll() is None and (left := deadline - time.monotonic()) > 0:
            self._serve(min(left, 0.01))
            self._buffer.clear()
        for _ in range(_PIPE_READS):
            self._serve(0)
            self._buffer.clear()
        self._let_go()

    def _let_go(self) -> None:
        self._closed = True
        self._control.close()
        self._keeper.kill()
        self._keeper.wait()
        _keepers.discard(self._keeper.pid)
        if self._keeper.returncode != 0:  # it was killed before nothing was left of the system
            keeper.end_orphans(_keepers)
        for pipe in (self._keeper.stdin, self._keeper.stdout, self._keeper.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _environment() -> dict[str, str]:
    """What a system finds in its environment: not what pytest puts there, which names the scenario that is running."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


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
