"""Sessions: any order and any number of workers give the same; what dies or is interrupted is never lost in silence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.runner.plan import Task
from harness.runner.session import of_scenarios, run_unchecked
from tests.runner.conftest import told

BUSY = """
from pytest_bdd import given, then, when

from harness.interface.instants import later

@given("LDC takes part")
def _party(conversation):
    conversation.register("Lakeside", "ldc")

@when("a day passes")
def _day(conversation):
    conversation.advance(later(conversation.now, days=1))

@then("nothing was delivered")
def _nothing(conversation):
    if conversation.delivered:
        raise AssertionError
"""
STEPS = "  Given LDC takes part\n  When a day passes\n  Then nothing was delivered\n"
NAMES = ("one", "two", "three", "four", "five")
SCENARIOS = tuple(f"usdp/a/{name}" for name in NAMES)


@pytest.fixture
def busy(theatre: Any) -> Any:
    """Five scenarios that talk with the system."""
    theatre.define(BUSY)
    theatre.feature("".join(f"\n@USDP-03\nScenario: {name}\n{STEPS}" for name in NAMES))
    return theatre


def by_id(found: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(found.items()))


def test_any_order_and_any_number_of_workers_give_the_same_results_and_journals(busy: Any) -> None:
    system = busy.system()
    results = by_id(of_scenarios(busy.run(*SCENARIOS, system=system)))
    journals = busy.journals()
    assert [result["verdict"] for result in results.values()] == ["pass"] * 5
    for order, workers in ((reversed(SCENARIOS), 1), (SCENARIOS, 2)):
        out = busy.root / f"out-{workers}"
        found = busy.run_apart(*order, workers=workers, system=system, folder=str(out))
        assert by_id(found["results"]) == results
        folder = out / "journals"
        assert {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.jsonl"))} == journals


def test_each_task_is_reported_once_as_it_ends(busy: Any) -> None:
    seen: list[str] = []
    run_unchecked(busy.plan(*SCENARIOS), workers=0, on_result=lambda result: seen.append(result["scenario"]))
    assert seen == list(SCENARIOS)


def test_one_scenario_may_be_run_against_several_systems(busy: Any) -> None:
    other = busy.system()
    plan = busy.plan(mode="prove", folder=None)
    plan = replace(plan, tasks=tuple(Task(name, system) for system in ("reference", other) for name in SCENARIOS[:2]))
    record = run_unchecked(plan, workers=0)
    assert [(result["system"], result["scenario"]) for result in record.results.values()] == [
        (system, name) for system in ("reference", other) for name in SCENARIOS[:2]
    ]


# --- a process that dies ------------------------------------------------------------------------------------------

DYING = """
class System:
    def exchange(self, request):
        if request["message"] == "begin":
            self.begun = request["conversation"]
        if request["message"] == "advance":
            ENDING
        answer = {"hello": HELLO}
        return {"id": request["id"], "ok": answer.get(request["message"], {})}

HELLO = {
    "protocol": 1, "name": "test", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
"""


ENDINGS = {
    "a signal": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "os._exit": "import os; os._exit(0)",
    "_exit from C": "import ctypes; ctypes.CDLL(None)._exit(0)",
    "a crash": "import ctypes; ctypes.string_at(0)",
    "sys.exit": "import sys; sys.exit(0)",
    "Ctrl-C": "raise KeyboardInterrupt",
    "a plain error": "raise ValueError",
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_a_system_that_ends_its_process_ends_its_scenario_in_error_and_no_other(busy: Any, ending: str) -> None:
    found = busy.run_apart(*SCENARIOS[:2], system=busy.system(DYING.replace("ENDING", ending)))
    assert [result["verdict"] for result in found["results"].values()] == ["error", "error"]
    assert (found["died"], found["interrupted"]) == ([], False)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_step_that_ends_its_worker_takes_no_other_scenario_with_it(busy: Any, workers: int) -> None:
    busy.define('import os\nfrom pytest_bdd import then\n\n@then("it ends")\ndef _ends():\n    os._exit(0)\n', "more")
    busy.feature("\n@USDP-03\nScenario: dies\n  Then it ends\n", file="usdp/b.feature")
    found = busy.run_apart("usdp/b/dies", *SCENARIOS, workers=workers)
    assert by_id(found["results"]).keys() == set(SCENARIOS)
    assert found["died"] == ["usdp/b/dies @ reference"]


# --- Ctrl-C -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("workers", "surely"), [(1, {"usdp/a/one", "usdp/a/two"}), (2, set())])
def test_ctrl_c_ends_the_session_and_keeps_what_had_ended(busy: Any, workers: int, surely: set[str]) -> None:
    busy.define(
        """
        import time
        from pathlib import Path
        from pytest_bdd import then

        @then("it takes for ever")
        def _waits():
            Path(__file__).with_name("waiting").touch()
            time.sleep(600)
        """,
        "more",
    )
    busy.feature("\n@USDP-03\nScenario: waits\n  Then it takes for ever\n", file="usdp/b.feature")
    found = interrupted(busy, ["usdp/a/one", "usdp/a/two", "usdp/b/waits", "usdp/a/three"], workers)
    assert found["interrupted"]
    assert "usdp/b/waits" not in found["results"]
    assert surely <= found["results"].keys()
    assert all(result["verdict"] == "pass" for result in found["results"].values())


def interrupted(theatre: Any, scenarios: list[str], workers: int) -> dict[str, Any]:
    """Run scenarios as from a terminal, and press Ctrl-C as soon as one of them waits."""
    command, environment, out = theatre.program(*scenarios, workers=workers)
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        try:
            _wait_for(theatre.root / theatre.steps / "waiting", process)
            os.killpg(process.pid, signal.SIGINT)
            process.wait()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    found: dict[str, Any] = json.loads(out.read_text())
    return {**found, "results": {result["scenario"]: result for result in found["results"]}}


def _wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists():
        assert process.poll() is None, "it ended before it waited"
        time.sleep(0.02)


def test_what_goes_wrong_in_pytest_itself_is_said_in_a_sentence(busy: Any) -> None:
    busy.define("def pytest_collection_modifyitems():\n    raise ValueError('broken')\n", "more")
    command, environment, found = busy.program(SCENARIOS[0], system=busy.system())
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert any("ValueError: broken" in each for each in told(found)["trouble"])
    assert "Traceback" not in done.stdout + done.stderr
