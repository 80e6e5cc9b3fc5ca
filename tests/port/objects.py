"""Systems as Python objects, each of which misbehaves in one way: ``objects:MODE`` names its factory."""

import ctypes
import os
import re
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

print("imported")  # noqa: T201 (what a module says when it is imported)


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError


class System:
    """A system that answers as it is told to."""

    def __init__(self, answer):
        self.answer = answer

    def exchange(self, request):
        return self.answer(request)


def ok(request):
    return {"id": request["id"], "ok": {}}


def answering(make):
    return partial(System, lambda request: make())


def raising(error):
    def call(*_):
        raise error

    return call


def with_itself(request):
    reply = ok(request)
    reply["ok"]["self"] = reply
    return reply


def nested(_):
    reply = []
    for _level in range(100_000):
        reply = [reply]
    return reply


def told(request):
    """Replies with what the system finds about its process."""
    found = {
        "thread": threading.current_thread() is threading.main_thread(),
        "input": sys.stdin.read(),
        "folder": sys.path[-1],
        "runner": [name for name in sys.modules if name.startswith("harness")],
    }
    return {"id": request["id"], "error": {"code": "failed", "message": str(found)}}


def prints(request):
    print("a line of log")  # noqa: T201
    os.write(1, b"and one by its descriptor\n")
    return ok(request)


class Closing(System):
    """Notes in a file that it was closed."""

    def __init__(self):
        super().__init__(ok)

    def close(self):
        Path("closed").touch()
        raise SystemExit(1)


value_error = partial(System, raising(ValueError("disk full")))
system_exit = partial(System, raising(SystemExit(2)))
keyboard_interrupt = partial(System, raising(KeyboardInterrupt()))
unspeakable = partial(System, raising(Unspeakable()))
unprintable = partial(System, raising(ValueError("\ud800 \x1b")))
none = answering(lambda: None)
of_bytes = answering(lambda: b"bytes")
of_a_set = answering(lambda: {1, 2})
of_tuples = answering(lambda: {(1, 2): 3})
no_number = answering(lambda: {"id": 3, "ok": float("nan")})
cyclic = partial(System, with_itself)
deep = partial(System, nested)
of_another = answering(lambda: {"id": 4, "ok": {}})
long = answering(lambda: {"id": 3, "ok": "x" * 9_000_000})
telling = partial(System, told)
printing = partial(System, prints)
ends_natively = answering(lambda: ctypes.CDLL(None)._exit(0))
crashes = answering(lambda: os.kill(os.getpid(), signal.SIGSEGV))
hangs = answering(lambda: time.sleep(600))
keeps_the_interpreter = answering(lambda: re.match("(a+)+$", "a" * 60 + "b"))
sums_for_ever = answering(lambda: sum(range(10**15)))
no_system = partial(print, "no system")
raises_when_made = raising(OSError("no licence"))
exits_when_made = raising(SystemExit(1))
hangs_when_made = partial(time.sleep, 600)


def writes_to_every_descriptor():
    def scribbles(request):
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, b'!{"kind": 1}\n?\n')
            except OSError:
                continue
        return ok(request)

    return System(scribbles)
