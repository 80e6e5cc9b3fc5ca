"""What a system does after it has answered `end` is charged to the scenario that ended, however late it is noticed."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from harness.port.journal import JournalMark, read_journal
from tests.runner.test_session import BUSY, NAMES, SCENARIOS, STEPS

SYSTEM = """
import fcntl, json, os, sys, time

mode, seconds = sys.argv[1], float(sys.argv[2])
hello = {
    "protocol": 1, "name": "test", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}

def say(text):
    print(text, flush=True)

def count():
    with open("begun", "a") as begun:
        fcntl.flock(begun, fcntl.LOCK_EX)  # of two workers one counts after the other
        begun.write("x")
        begun.flush()
        return begun.tell()

def misbehave():
    time.sleep(seconds)
    if mode == "says":
        say("INFO conversation ended")
    elif mode == "goes":
        os._exit(5)

number = 0
for line in sys.stdin:
    request = json.loads(line)
    if request["message"] == "begin":
        number = count()
        if mode == "cannot" and number >= 3:
            os._exit(6)
    answer = {"hello": hello, "advance": {"instant": request.get("to"), "files": []}}
    say(json.dumps({"id": request["id"], "ok": answer.get(request["message"], {})}))
    if request["message"] == "end" and number == 2:
        misbehave()
"""
"""A system that misbehaves after the `end` of the second conversation, at once or later; or cannot begin the third."""
SAID = {
    "says": "'INFO conversation ended' is not a reply in JSON",
    "goes": "no answer to 'begin': the system exited with code 5",
}


@pytest.fixture
def busy(theatre: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Five scenarios that talk with the system."""
    theatre.define(BUSY)
    theatre.feature("".join(f"\n@USDP-03\nScenario: {name}\n{STEPS}" for name in NAMES))
    (theatre.root / "between.py").write_text(SYSTEM)
    monkeypatch.chdir(theatre.root)
    return theatre


def system(mode: str, seconds: float = 0) -> str:
    return f"stdio:{sys.executable} between.py {mode} {seconds}"


@pytest.mark.parametrize("seconds", [0, 0.5], ids=["at once", "later"])
@pytest.mark.parametrize("mode", ["says", "goes"])
@pytest.mark.parametrize("scenarios", [2, 5], ids=["the last scenario", "not the last scenario"])
def test_what_comes_after_the_end_is_charged_to_the_scenario_that_ended(
    busy: Any, mode: str, seconds: float, scenarios: int
) -> None:
    record = busy.run(*SCENARIOS[:scenarios], system=system(mode, seconds))
    verdicts = {result["scenario"]: result["verdict"] for result in record.results.values()}
    assert verdicts == {**dict.fromkeys(SCENARIOS[:scenarios], "pass"), SCENARIOS[1]: "error"}
    (message,) = [result["message"] for result in record.results.values() if result["message"]]
    found = "after 'end' it could not begin another conversation, as a fresh process could:"
    assert found in message
    assert SAID[mode] in message


@pytest.mark.parametrize("workers", [1, 2])
def test_in_worker_processes_it_is_charged_to_the_same_scenario(busy: Any, workers: int) -> None:
    found = busy.run_apart(*SCENARIOS, system=system("goes"), workers=workers)
    verdicts = [result["verdict"] for result in found["results"].values()]
    assert sorted(verdicts) == ["error", "pass", "pass", "pass", "pass"]
    if workers == 1:
        assert found["results"][SCENARIOS[1]]["verdict"] == "error"


def test_a_conversation_that_cannot_begin_is_not_charged_to_the_scenario_before(busy: Any) -> None:
    record = busy.run(*SCENARIOS[:3], system=system("cannot"))
    assert [result["verdict"] for result in record.results.values()] == ["pass", "pass", "error"]


def test_the_journal_says_so_too_and_replays_to_the_same(busy: Any) -> None:
    plan_of = {"system": system("says"), "suite_hash": "0" * 64}
    record = busy.run(*SCENARIOS[:3], **plan_of)
    result = record.results[f"{SCENARIOS[1]} @ {system('says')}"]
    mark = JournalMark(result["journal"]["entries"], result["journal"]["last_hash"])
    content = busy.journals()[f"{SCENARIOS[1]}.jsonl"]
    last = read_journal(content, mark)[-1]
    assert (last.kind, last.body["failure"]) == ("event", "malformed")
    ended = [json.loads(line) for line in (busy.root / "out" / "ended.jsonl").read_text().splitlines()]
    assert [(each["scenario"], each["verdict"]) for each in ended] == [
        (name, "error" if name == SCENARIOS[1] else "pass") for name in SCENARIOS[:3]
    ]


TWO_FACED = """
import os

HELLO = {
    "protocol": 1, "name": "test", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
ANOTHER = %s

class System:
    def __init__(self):
        with open("made", "a") as made:
            made.write("x")
        self.number = os.stat("made").st_size

    def exchange(self, request):
        if request["message"] == "end" and self.number == 1:
            os._exit(5)
        answer = {"advance": {"instant": request.get("to"), "files": []}}
        answer["hello"] = {**HELLO, **(ANOTHER if self.number == 2 else {})}
        return {"id": request["id"], "ok": answer.get(request["message"], {})}
"""
"""A system that goes at its first `end`; started again, it describes itself otherwise."""
KNOWN = {
    "protocol": 1,
    "name": "test",
    "version": "1",
    "role": "repository",
    "classes": ["FTS", "USDP"],
    "clock": "settable",
    "state": "process",
    "isolation": "conversation",
    "values": {},
    "readings": {},
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("classes", ["FTS"]),
        ("clock", "real"),
        ("values", {"assignment_run_every_minutes": 60}),
        ("readings", {"AMB-01": "either"}),
        ("version", "2"),
    ],
)
def test_a_system_is_held_to_what_it_has_said_of_itself(busy: Any, key: str, value: Any) -> None:
    name = busy.system(TWO_FACED % repr({key: value}))
    record = busy.run(*SCENARIOS[:3], system=name, introduced={"system": (name, KNOWN)})
    said = [(result["verdict"], result["message"]) for result in record.results.values()]
    assert [verdict for verdict, _ in said] == ["error", "error", "pass"]
    assert f"the system answered 'hello' otherwise than before: '{key}' was " in said[1][1]


def test_it_is_held_to_that_from_the_first_scenario_on(busy: Any) -> None:
    name = busy.system()
    known = {**KNOWN, "classes": ["FTS"]}
    record = busy.run(SCENARIOS[0], system=name, introduced={"system": (name, known)})
    ((verdict, message),) = [(result["verdict"], result["message"]) for result in record.results.values()]
    assert verdict == "error"
    assert "'classes' was ['FTS'], now ['FTS', 'USDP']" in message
