"""What holds for all tests, and the command called in this process."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck

from harness import cli, memory

hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
"""Hypothesis without chance and clock: how fast a machine draws is no reason to fail."""
hypothesis.settings.load_profile("steady")


def pytest_configure() -> None:
    """Let systems have all the time that a busy machine needs, and signals reach the processes that tests start.

    A script's background job starts with SIGINT ignored, what outlives its terminal with SIGHUP ignored.
    """
    memory.look_seldom()
    os.environ["MDMR_CONFORM_TIME_LIMIT"] = str(3600)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


LONGEST = ("test_prove.py",)
"""Modules of which a test takes a minute: begun last, one of them would run alone in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest tests begin first; workers that have done their own take the shorter ones of others."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def outputs_of(folder: Path) -> dict[str, bytes]:
    """What came out of a run, by path, but for what tells when it was: its record, and the foot of the report."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    foot = re.compile(rb"<footer>.*</footer>", re.DOTALL)
    return {name: foot.sub(b"", content) for name, content in found.items() if name != "run.json"}


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def called(*arguments: str, folder: Path) -> Said:
    """Run the command in this process, in a folder: what it raises, the test raises.

    A run's session is a process of its own all the same; only reading and checking the suite is not begun anew.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    path = list(sys.path)
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(arguments)
    finally:
        sys.path[:] = path
    for stream in (out, err):
        stream.seek(0)
    return Said(code, out.read(), err.read())


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    """What running the whole suite against the reference said, and its folder, which nobody changes.

    It is run once, whichever worker of pytest-xdist comes first.
    """
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "whole"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = root / "said.json"
        if not said.exists():
            command = [sys.executable, "-m", "harness", "run"]
            ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
            said.write_text(json.dumps([ran.returncode, ran.stdout, ran.stderr]))
    return Said(*json.loads(said.read_bytes())), root / "mdmr-conform-out"


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Runs the command in this process, in the test's folder; see `called`."""
    monkeypatch.chdir(tmp_path)
    return functools.partial(called, folder=tmp_path)


def stating(**members: dict[str, object]) -> str:
    """The source of a system, ``create``, that says so in `hello`, and otherwise is the reference with those values."""
    return f"""
from harness.interface.profile import load_profile
from reference_impl.repository.port import Port

MEMBERS = {members!r}


class System:
    def __init__(self):
        self.port = Port(load_profile())

    def exchange(self, request):
        if request["message"] == "begin":
            profile = request["profile"]
            values = {{**profile["values"], **MEMBERS.get("values", {{}})}}
            request = {{**request, "profile": {{**profile, "values": values}}}}
        reply = self.port.exchange(request)
        if request["message"] == "hello":
            reply["ok"] |= MEMBERS
        return reply


create = System
"""
