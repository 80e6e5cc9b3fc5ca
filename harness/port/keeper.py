"""Keeps a system under test: starts its command, and sees to it that nothing of it lives on.

It is a process of its own between the harness and the command, and uses the standard library alone:
``python keeper.py CONTROL POLITE GRACE COMMAND ARGS…``. CONTROL is the descriptor of a socket, over which it says
``started PID`` or ``failed WHY``, and ``ended CODE``. Where the harness closes the socket, or dies, whatever kills it,
the command has POLITE seconds to end by itself, for its input has ended too; where the harness sent ``now`` before, it
has none. Then its process group and all its descendants, also those that have made a session of their own, get SIGTERM,
and GRACE seconds later SIGKILL. The keeper ends when nothing is left.

Linux tells it of all descendants. Elsewhere it knows the process group alone, and a child that leaves it gets away.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

STARTED, FAILED, ENDED, NOW = b"started", b"failed", b"ended", b"now"
_SET_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36
_OTHERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_LOOK_SECONDS = 0.01
_STOPS = 100
"""How often a process that something stops is let go on."""
_LAST_SECONDS = 10.0
"""How long SIGKILL is sent again to those who are still there: who makes children faster than that has won."""


def die_with_parent(parent: int) -> None:
    """Let this process be killed as soon as its parent dies, where the system can do that.

    :param parent: the process id of the parent, which may have died before this is called.
    """
    if _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL) and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def go_on_with_harness_gone() -> None:
    """Let this process go on where it was stopped, once its parent dies: it has to end what it keeps."""
    _prctl(_SET_DEATH_SIGNAL, signal.SIGCONT)


_here_before: set[int] = set()
"""The children that this process had before it took in orphans."""


def take_in_orphans() -> None:
    """Let what a killed keeper leaves behind come to this process, which can end it, and not get away."""
    if _prctl(_SET_CHILD_SUBREAPER, 1):
        _here_before.update(_children_of_another_session())


def end_orphans(keepers: Collection[int] = ()) -> None:
    """End what keepers that were killed have left to this process.

    A keeper makes a session of its own, and nobody below it can come into that of this process.

    :param keepers: the keepers that still keep something.
    """
    deadline = time.monotonic() + _LAST_SECONDS
    while left := set(_children_of_another_session()) - _here_before - set(keepers):
        for orphan in left:
            for process in (orphan, *descendants(orphan)):
                _kill(process, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(orphan, os.WNOHANG)
        if time.monotonic() > deadline:
            return
        time.sleep(_LOOK_SECONDS)


def _children_of_another_session() -> Iterator[int]:
    here = os.getpid(), os.getsid(0)
    for each in _processes():
        if each.parent == here[0] and each.session != here[1]:
            yield each.number


def let_nobody_stay_stopped() -> None:
    """Let the children of this process go on wherever something stops them, from now on.

    A system has the rights of whoever runs it, and may stop any process of theirs. One that is stopped answers no more,
    and no time limit of its own ends it. Its parent is told of it, and lets it go on; where it is stopped again and
    again it is killed in the end, and its parent goes on without it.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(os, "waitid"):
        return
    stops: Counter[int] = Counter()

    def told(*_: object) -> None:
        with contextlib.suppress(ChildProcessError, ProcessLookupError):
            while stopped := os.waitid(os.P_ALL, 0, os.WSTOPPED | os.WNOHANG):
                stops[stopped.si_pid] += 1
                is_enough = stops[stopped.si_pid] > _STOPS
                os.kill(stopped.si_pid, signal.SIGKILL if is_enough else signal.SIGCONT)

    signal.signal(signal.SIGCHLD, told)


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    import ctypes

    return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)


class Keeper:
    """Keeps one command."""

    def __init__(self, control: socket.socket, polite: float, grace: float) -> None:
        self._control = control
        self._polite = polite
        self._grace = grace
        self._main = 0
        self._is_over = False

    def keep(self, command: list[str]) -> None:
        """Start a command, and stay until the harness lets go of it and nothing of it is left."""
        woken, wakes = os.pipe()
        for descriptor in (woken, wakes):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, *_OTHERS):
            signal.signal(number, lambda *_: None)
        _prctl(_SET_CHILD_SUBREAPER, 1)
        go_on_with_harness_gone()
        if not self._starts(command):
            return
        self._stay(woken)

    def _starts(self, command: list[str]) -> bool:
        keeper = os.getpid()
        try:
            started = subprocess.Popen(  # noqa: S603 (to run the user's command is what this is for)
                command,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(keeper),  # noqa: PLW1509 (there are no threads here)
            )
        except (OSError, ValueError) as error:
            self._say(FAILED, error.strerror or str(error) if isinstance(error, OSError) else str(error))
            return False
        self._main = started.pid
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):  # the pipes are the command's: they are to end where it ends
            os.dup2(nothing, descriptor)
        self._say(STARTED, str(started.pid))
        started.returncode = 0  # it is waited for below, with all others
        return True

    def _say(self, what: bytes, more: str) -> None:
        with contextlib.suppress(OSError):  # whoever asked has gone
            self._control.sendall(what + b" " + more.encode("ascii", "backslashreplace") + b"\n")

    def _stay(self, woken: int) -> None:
        control = self._control.fileno()
        while True:
            ready, _, _ = select.select([control, woken], [], [])
            signals = os.read(woken, 4096) if woken in ready else b""
            self._bury()
            if any(number in signals for number in _OTHERS):
                return self._end(politely=False)
            if control in ready:
                return self._end(politely=not self._told_now())

    def _told_now(self) -> bool:
        try:
            return self._control.recv(16) == NOW
        except OSError:
            return False

    def _bury(self) -> bool:
        """Take note of who has died; whether any child is left."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if process == 0:
                return True
            if process == self._main:
                self._is_over = True
                self._say(ENDED, str(os.waitstatus_to_exitcode(status)))

    def _end(self, *, politely: bool) -> None:
        if politely:
            self._until(lambda: not self._bury() or self._is_over, self._polite)
        if self._bury():
            self._signal_all(signal.SIGTERM)
            self._until(lambda: not self._bury(), self._grace)
        self._until(self._killed, _LAST_SECONDS)

    def _killed(self) -> bool:
        if self._bury():
            self._signal_all(signal.SIGKILL)
        return not self._bury()

    @staticmethod
    def _until(happened: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not happened() and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)

    def _signal_all(self, number: signal.Signals) -> None:
        if sys.platform != "linux":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._main, number)
        for process in descendants(os.getpid()):
            _kill(process, number)


def _kill(process: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, number)


class _Process(NamedTuple):
    """A process, as the system tells of it."""

    number: int
    parent: int
    session: int


def _processes() -> Iterator[_Process]:
    """The processes that the system tells of: on Linux all, elsewhere none."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            _, parent, _, session = entry.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
            yield _Process(int(entry.parent.name), int(parent), int(session))


def descendants(root: int) -> Iterator[int]:
    """The children of a process, their children, and so on, as far as the system tells."""
    children: dict[int, list[int]] = {}
    for each in _processes():
        children.setdefault(each.parent, []).append(each.number)
    found = list(children.get(root, ()))
    for process in found:  # grows meanwhile
        found += children.get(process, ())
        yield process


def main() -> None:
    """Keep the command of the command line."""
    control, polite, grace, *command = sys.argv[1:]
    with socket.socket(fileno=int(control)) as told:
        Keeper(told, float(polite), float(grace)).keep(command)


if __name__ == "__main__":
    main()
