"""Features, steps and systems made for one test, and sessions that run them, in this process or in one of their own."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy  # noqa: F401  (what a session in this process starts may not be the first to import it)
import pytest

from harness.runner.plan import Plan, Task
from harness.runner.session import SessionRecord, run_unchecked

STEPS = """
from pytest_bdd import given, parsers, then, when

@given("a premise")
@when("something happens")
@then("it is seen")
def _plain(conversation):
    pass

@then(parsers.parse("it is seen {times:d} times"))
def _times(conversation, times):
    pass
"""
"""A vocabulary in which everything holds."""

SYSTEM = """
class System:
    def exchange(self, request):
        answer = {"hello": HELLO, "advance": {"instant": request.get("to"), "files": []}}
        return {"id": request["id"], "ok": answer.get(request["message"], {})}

HELLO = {
    "protocol": 1, "name": "test", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
"""
"""A system that answers everything and does nothing."""

RUN = """
import json, sys
from pathlib import Path
from harness.runner.plan import Plan
from harness.runner.session import run_unchecked

if __name__ == "__main__":
    record = run_unchecked(Plan.from_text(Path(sys.argv[1]).read_text()), workers=int(sys.argv[2]))
    found = {
        "results": list(record.results.values()), "trouble": record.trouble,
        "died": sorted(record.died), "interrupted": record.interrupted,
    }
    Path(sys.argv[3]).write_text(json.dumps(found))
"""

_numbers = itertools.count()


class Theatre:
    """A features folder, a package of steps and a folder for journals, in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.steps = f"steps_of_run_{next(_numbers)}"
        self.define(STEPS)

    def feature(self, body: str, file: str = "usdp/a.feature") -> None:
        """Write a feature file with a body of scenarios."""
        path = self.root / "features" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"@USDP\nFeature: A\n{textwrap.dedent(body)}", encoding="utf-8")

    def define(self, code: str, module: str = "words") -> None:
        """Write a module of step definitions."""
        path = self.root / self.steps / f"{module}.py"
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(textwrap.dedent(code), encoding="utf-8")

    def system(self, code: str = SYSTEM) -> str:
        """Write a module with a system; the adapter's name."""
        name = f"system_of_{self.steps}"
        (self.root / f"{name}.py").write_text(textwrap.dedent(code), encoding="utf-8")
        return f"{name}:System"

    def plan(self, *scenarios: str, system: str = "reference", **more: Any) -> Plan:
        """A plan of scenarios against a system."""
        settings: dict[str, Any] = {
            "mode": "live",
            "tasks": tuple(Task(scenario, system) for scenario in scenarios),
            "features": str(self.root / "features"),
            "step_package": self.steps,
            "suite_hash": "0" * 64,
            "profile_path": None,
            "seed": 0,
            "namespace": "",
            "anchor": "2011-01-10T00:00:00-05:00",
            "time_limit_seconds": 3600.0,
            "folder": str(self.root / "out"),
        }
        return Plan(**{**settings, **more})

    def run(self, *scenarios: str, **more: Any) -> SessionRecord:
        """Run scenarios in this process, without the feature check."""
        return run_unchecked(self.plan(*scenarios, **more), workers=0)

    def program(self, *scenarios: str, workers: int = 1, **more: Any) -> tuple[list[str], dict[str, str], Path]:
        """A process that runs scenarios without the feature check: command, environment, and the file it writes."""
        program, plan, found = self.root / "run_apart.py", self.root / "plan.json", self.root / "found.json"
        program.write_text(RUN)
        plan.write_text(self.plan(*scenarios, **more).to_text())
        found.unlink(missing_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        command = [sys.executable, str(program), str(plan), str(workers), str(found)]
        return command, {**environment, "PYTHONPATH": str(self.root)}, found

    def run_apart(self, *scenarios: str, workers: int = 1, **more: Any) -> dict[str, Any]:
        """Run scenarios in a process of its own, without the feature check."""
        command, environment, found = self.program(*scenarios, workers=workers, **more)
        subprocess.run(command, env=environment, capture_output=True, check=True)
        return told(found)

    def journals(self) -> dict[str, bytes]:
        """The journals of a run, by path."""
        folder = self.root / "out" / "journals"
        return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.jsonl"))}


def told(found: Path) -> dict[str, Any]:
    """What a program of `Theatre.program` tells, with its results by scenario."""
    raw: dict[str, Any] = json.loads(found.read_text())
    return {**raw, "results": {result["scenario"]: result for result in raw["results"]}}


@pytest.fixture
def theatre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theatre]:
    """Features, steps and systems for one test."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made = Theatre(tmp_path)
    yield made
    for name in [name for name in sys.modules if made.steps in name]:
        del sys.modules[name]
