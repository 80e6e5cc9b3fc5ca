"""Nothing of a system lives on: not what ignores signals, nor what has made a session of its own, whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.port import keeper, stdio
from harness.port.failure import AdapterFailure
from harness.port.stdio import Stdio
from tests.port.test_stdio import BEGIN, HELLO, alive

STUBBORN = """
import json, os, signal, sys, time

def stays():
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    with open("pids", "a") as pids:
        pids.write(f"{os.getpid()}\\n")

hello = {
    "protocol": 1, "name": "stubborn", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
def settles():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            stays()
            time.sleep(3600)
        os._exit(0)
    stays()
    while len(open("pids").readlines()) < 2:
        time.sleep(0.01)

first = json.loads(sys.stdin.readline())["id"]
if sys.argv[1:] == ["at once"]:
    settles()
print(json.dumps({"id": first, "ok": hello}), flush=True)
if not json.loads(sys.stdin.readline() or "null"):
    sys.exit(0)
if not sys.argv[1:]:
    settles()
time.sleep(3600)
"""
"""A system that answers nothing but `hello`: it and a child of it, in a session of its own, stay where they are."""
HARNESS = """
import sys
from harness.port.stdio import Stdio
connection = Stdio([sys.executable, "-I", "-S", "stubborn.py"], 3600)
connection.exchange({"id": 0, "message": "hello", "protocol": 1, "role": "repository"})
connection.exchange({"id": 1, "message": "begin"})
"""
RUN = [sys.executable, "-m", "harness", "run", "--features", str(Path(__file__).parents[2] / "features" / "usdp")]
"""Runs a part of the suite: reading all of it would be most of what such a run does."""
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere who leaves the process group gets away")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a stubborn system; whatever of it a test leaves behind is killed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    yield tmp_path
    for process in pids(tmp_path):
        if alive(process):
            os.kill(process, signal.SIGKILL)


def pids(folder: Path) -> list[int]:
    path = folder / "pids"
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for as long as it takes."""
    while not happened():
        time.sleep(0.02)


def wait_until_nothing_lives(folder: Path) -> None:
    wait_until(lambda: not any(map(alive, pids(folder))))


def begun(monkeypatch: pytest.MonkeyPatch, *more: str) -> Stdio:
    """A connection to a stubborn system that has answered `hello`, its last answer."""
    monkeypatch.setattr(stdio, "_POLITE_SECONDS", 0.2)
    monkeypatch.setattr(stdio, "_GRACE_SECONDS", 0.2)
    connection = Stdio([sys.executable, "-I", "-S", "stubborn.py", *more], 3600)
    connection.exchange(HELLO)
    return connection


@ON_LINUX
def test_nothing_of_a_system_that_did_not_answer_in_time_lives_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = begun(monkeypatch, "at once")
    connection.time_limit = 0.3
    with pytest.raises(AdapterFailure, match="timeout"):
        connection.exchange(BEGIN)
    assert len(pids(folder)) == 2
    wait_until_nothing_lives(folder)


@ON_LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_nothing_of_a_system_lives_on_where_its_harness_is_killed(folder: Path, number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", HARNESS], stderr=subprocess.DEVNULL) as harness:
        wait_until(lambda: len(pids(folder)) == 2)
        harness.send_signal(number)
        assert harness.wait() != 0
    wait_until_nothing_lives(folder)


@ON_LINUX
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 3), (signal.SIGINT, 3), (signal.SIGHUP, 3), (signal.SIGKILL, -9)]
)
def test_nothing_of_a_system_lives_on_where_a_run_is_killed(folder: Path, number: signal.Signals, code: int) -> None:
    adapter = f"stdio:{sys.executable} -I -S stubborn.py"
    command = [*RUN, "--adapter", adapter, "--select", "USDP-03", "--out", "out"]
    with subprocess.Popen([*command, "--time-limit", "3600"], stdout=subprocess.PIPE, text=True) as run:
        wait_until(lambda: len(pids(folder)) == 2)
        run.send_signal(number)
        said = run.communicate()[0]
        assert run.returncode == code
    assert (folder / "out" / "results.json").exists() == (code == 3)
    assert ("interrupted: the same command goes on" in said) == (code == 3)
    wait_until_nothing_lives(folder)


@ON_LINUX
def test_a_keeper_that_is_killed_takes_the_command_along(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = begun(monkeypatch)
    (kept,) = (process for process in keeper.descendants(os.getpid()) if process == connection.process_id)
    os.kill(connection._keeper.pid, signal.SIGKILL)
    with pytest.raises(AdapterFailure, match="the system was ended by signal SIGKILL"):
        connection.exchange(BEGIN)
    wait_until(lambda: not alive(kept))


@ON_LINUX
def test_nothing_of_a_system_lives_on_where_it_has_stopped_its_keeper_and_its_harness_is_killed(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HARNESS], stderr=subprocess.DEVNULL) as harness:
        wait_until(lambda: len(pids(folder)) == 2)
        keeping = next(keeper.descendants(harness.pid))
        os.kill(keeping, signal.SIGSTOP)
        wait_until(lambda: state_of(keeping) == "T")
        harness.kill()
    wait_until_nothing_lives(folder)


def state_of(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def run_of_one_scenario(adapter: str) -> subprocess.CompletedProcess[str]:
    """A run of one scenario that has all the time that it needs."""
    one = "usdp/identity/the-same-sdp-id-is-asked-for-twice"
    command = [*RUN, "--adapter", adapter, "--select", one, "--out", "out"]
    return subprocess.run([*command, "--time-limit", "3600"], stdout=subprocess.PIPE, text=True, check=False)


STOPS = """
import json, os, signal, sys, time

def parent(process):
    return int(open(f"/proc/{process}/stat").read().rpartition(")")[2].split()[1])

keeper = os.getppid()
whom = {"keeper": keeper, "worker": parent(keeper)}[sys.argv[1]]
hello = {
    "protocol": 1, "name": "stops", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
if sys.argv[2] == "at_once":
    os.kill(whom, signal.SIGSTOP)
for line in sys.stdin:
    request = json.loads(line)
    if request["message"] != "hello":
        for _ in range(int(sys.argv[3])):
            os.kill(whom, signal.SIGSTOP)
            time.sleep(0.001)
        os._exit(7)
    print(json.dumps({"id": request["id"], "ok": hello}), flush=True)
"""
"""A system that stops its keeper, or the process that runs its scenario, and ends when it has."""


@ON_LINUX
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("keeper later 1", "the system exited with code 7"),
        ("worker later 1", "the system exited with code 7"),
        ("worker later 1000000", "the process that ran the scenario died"),
        ("keeper at_once 1", "the system exited with code 7"),
    ],
)
def test_whoever_a_system_stops_goes_on(folder: Path, how: str, said: str) -> None:
    (folder / "stops.py").write_text(STOPS)
    adapter = f"stdio:{sys.executable} -I -S stops.py {how}"
    assert run_of_one_scenario(adapter).returncode == 3
    verdicts = json.loads((folder / "out" / "results.json").read_text())["scenarios"]
    (ended,) = (each for each in verdicts if each["verdict"] != "not selected")
    assert ended["verdict"] == "error"
    assert said in ended["message"]


GETS_AWAY = """
import ctypes, json, os, signal, sys, time

HELLO = {
    "protocol": 1, "name": "gets away", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}

def parent(process):
    return int(open(f"/proc/{process}/stat").read().rpartition(")")[2].split()[1])

def stays():
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    with open("pids", "a") as pids:
        pids.write(f"{os.getpid()}\\n")

def gets_away():
    keeper = os.getppid()
    whom = [keeper, *([parent(keeper)] if sys.argv[1] == "worker" else [])]
    if os.fork() == 0:
        os.setsid()
        stays()
    else:
        stays()
        while len(open("pids").readlines()) < 2:
            time.sleep(0.01)
        for process in whom:
            os.kill(process, signal.SIGKILL)
    time.sleep(3600)

for line in sys.stdin:
    request = json.loads(line)
    if request["message"] != "hello":
        gets_away()
    print(json.dumps({"id": request["id"], "ok": HELLO}), flush=True)
"""
"""A system that kills its keeper, and perhaps the process above, to get away with a child of its own."""


@ON_LINUX
@pytest.mark.parametrize("whom", ["keeper", "worker"])
def test_nothing_of_a_system_gets_away_by_killing_who_keeps_it(folder: Path, whom: str) -> None:
    (folder / "gets_away.py").write_text(GETS_AWAY)
    adapter = f"stdio:{sys.executable} -I -S gets_away.py {whom}"
    assert run_of_one_scenario(adapter).returncode == 3
    assert len(pids(folder)) == 2
    assert [process for process in pids(folder) if alive(process)] == []
