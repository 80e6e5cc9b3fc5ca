"""What a scenario costs: one worker, journal included; and how much of it the referee costs that watches.

The marginal cost is (time of 1,000 scenarios - time of 100) / 900 against a system that answers at once, with the
project's own step definitions and with 300. No two of the scenarios have the same text. A journal is a file: what
creating one costs on this machine is measured beside it, and processor time too, for a machine that is busy otherwise.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import steps
from harness.port.protocol import Role
from harness.runner import controller
from harness.runner.plan import Plan, Task
from harness.runner.session import run_session
from harness.runner.watching import Watch
from harness.suite.inventory import take_inventory
from harness.suite.step_index import step_modules
from tests.benchmarks.conftest import Row
from tests.benchmarks.test_framing import hand_in

FEW, MANY = 100, 1000
ROUNDS = 3
DEFINITIONS = 300

SYSTEM = '''
"""A repository that answers at once and delivers nothing."""

HELLO = {
    "protocol": 1, "name": "at once", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation", "values": {},
}


class AtOnce:
    def exchange(self, request):
        message = request["message"]
        if message == "hello":
            return {"id": request["id"], "ok": HELLO}
        if message == "advance":
            return {"id": request["id"], "ok": {"instant": request["to"], "files": []}}
        return {"id": request["id"], "ok": {}}
'''

FEATURE = """
@USDP
Feature: Scenarios by the hundred

  Background:
    Given LDC "Lakeside" is registered
    And agent "Metering Partners" is registered
    And "Lakeside" has authorised "Metering Partners" to submit 1000

  Rule: What costs is the running of a scenario, not what it says
"""

SCENARIO = """
    @USDP-09
    Scenario: Number {number}
      Given it is Monday 08:00
      When "Metering Partners" requests Universal SDP IDs for "Mill {number}" and "Depot" on behalf of "Lakeside"
      And it is Monday 08:15
      Then "Lakeside" has received no 2000
      And nobody has received IR01
"""

FILLER = """
@done('"{{who:Name}}" writes letter {number} about {{sdps:Names}}')
def _letter_{number}(who: str, sdps: list[str]) -> None:
    raise AssertionError("nobody writes letters")
"""


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a system and features of 100 and of 1,000 scenarios, which is also the working directory."""
    (tmp_path / "answers_at_once.py").write_text(SYSTEM)
    for number in (FEW, MANY):
        area = tmp_path / f"features-{number}" / "usdp"
        area.mkdir(parents=True)
        scenarios = "".join(SCENARIO.format(number=each) for each in range(1, number + 1))
        (area / "many.feature").write_text(FEATURE + scenarios)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] in {"answers_at_once", "many_steps"}]:
        del sys.modules[name]


def _definitions(package: str) -> int:
    """How many functions of a package are declared as steps."""
    sources = [Path(str(importlib.import_module(name).__file__)).read_text() for name in step_modules(package)]
    return sum(source.count(f"@{word}(") for source in sources for word in ("done", "seen", "given", "when", "then"))


def _with_fillers(folder: Path) -> str:
    """A package with the project's step definitions, and as many that no step uses as make 300; its name."""
    source = Path(str(steps.__file__)).parent
    package = folder / "many_steps"
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__", "vocabulary.py"))
    fillers = "".join(FILLER.format(number=number) for number in range(DEFINITIONS - _definitions("steps")))
    (package / "letters.py").write_text(f"from steps.vocabulary import done\n{fillers}")
    return package.name


def _seconds(folder: Path, number: int, step_package: str) -> tuple[float, float]:
    """How long a session of so many scenarios takes, every one of which passes: by the clock, and of the processor."""
    features, out = folder / f"features-{number}", folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    plan = Plan(
        mode="live",
        tasks=tuple(Task(f"usdp/many/number-{each}", "answers_at_once:AtOnce") for each in range(1, number + 1)),
        features=str(features),
        step_package=step_package,
        suite_hash="0" * 64,
        profile_path=None,
        seed=0,
        namespace="",
        anchor="2011-01-10T00:00:00-05:00",
        time_limit_seconds=10.0,
        folder=str(out),
    )
    start, worked = time.perf_counter(), _processor_seconds()
    record = run_session(plan)
    seconds = time.perf_counter() - start, _processor_seconds() - worked
    assert {result["verdict"] for result in record.results.values()} == {"pass"}
    assert len(record.results) == number
    return seconds


def _processor_seconds() -> float:
    """The processor time of this process, and of those that it has started and that have ended."""
    return sum(os.times()[:4])


def _marginal(folder: Path, step_package: str) -> dict[str, float]:
    few = [_seconds(folder, FEW, step_package) for _ in range(ROUNDS)]
    many = [_seconds(folder, MANY, step_package) for _ in range(ROUNDS)]
    (few_s, few_cpu), (many_s, many_cpu) = (map(min, zip(*rounds, strict=True)) for rounds in (few, many))
    return {
        "few_s": round(few_s, 3),
        "many_s": round(many_s, 3),
        "marginal_ms": round((many_s - few_s) / (MANY - FEW) * 1e3, 2),
        "marginal_cpu_ms": round((many_cpu - few_cpu) / (MANY - FEW) * 1e3, 2),
        "a_file_ms": round(min(_file_ms(folder) for _ in range(ROUNDS)), 3),
    }


def _file_ms(folder: Path) -> float:
    """What it costs to create a file on this machine, in milliseconds."""
    files = folder / "files"
    files.mkdir()
    start = time.perf_counter()
    for number in range(MANY):
        (files / str(number)).touch()
    seconds = time.perf_counter() - start
    shutil.rmtree(files)
    return seconds / MANY * 1e3


@pytest.mark.parametrize(
    ("definitions", "aim_ms"), [("the project's own", 3.0), (DEFINITIONS, 6.0)], ids=["own", "300"]
)
def test_marginal_cost_of_a_scenario(
    benchmark: Any, workshop: Path, capsys: pytest.CaptureFixture[str], definitions: object, aim_ms: float
) -> None:
    package = "steps" if definitions != DEFINITIONS else _with_fillers(workshop)
    _seconds(workshop, FEW, package)  # imports, and the feature check's first look at the step modules
    found = benchmark.pedantic(_marginal, args=(workshop, package), rounds=1)
    benchmark.extra_info.update({**found, "aim_ms": aim_ms, "step_definitions": _definitions(package)})
    with capsys.disabled():
        sys.stdout.write(
            f"\n{_definitions(package)} step definitions: {FEW} scenarios {found['few_s']:.2f} s, {MANY} scenarios "
            f"{found['many_s']:.2f} s, each further one {found['marginal_ms']:.2f} ms (aim {aim_ms:g} ms); "
            f"{found['marginal_cpu_ms']:.2f} ms of the processor, creating a file {found['a_file_ms']:.2f} ms\n"
        )


def test_scenarios_of_the_suite_against_the_reference(
    benchmark: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = _plan_of(Role.REPOSITORY, tmp_path / "out")

    def afresh() -> None:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)

    record = benchmark.pedantic(run_session, args=(plan,), setup=afresh, rounds=ROUNDS, warmup_rounds=1)
    assert len(record.results) == len(plan.tasks)
    seconds = benchmark.stats.stats.min
    found = {
        "scenarios": len(plan.tasks),
        "per_second": round(len(plan.tasks) / seconds),
        "ms": round(seconds / len(plan.tasks) * 1e3, 2),
    }
    benchmark.extra_info.update(found)
    with capsys.disabled():
        sys.stdout.write(
            f"\nthe suite against the reference: {found['scenarios']} scenarios in {seconds:.2f} s, "
            f"{found['per_second']} a second, {found['ms']:.2f} ms each\n"
        )


def _plan_of(role: Role, folder: Path) -> Plan:
    """All scenarios of a role against the reference of that role."""
    wish = controller.Wish(adapter={Role.REPOSITORY: "reference", Role.CIS: "reference-cis"}[role], role=role)
    inventory = take_inventory(controller.features_folder())
    system = controller.introduce(wish)
    counterpart = controller.introduce_counterpart(wish, system)
    subject = controller.subject_of(
        wish, system, inventory, namespace="", today=date(2011, 1, 10), counterpart=counterpart
    )
    to_run = controller.sort_out(controller.chosen(wish, inventory), subject).to_run
    tasks = [Task(case.id, wish.adapter) for case in to_run]
    return controller.plan_of(subject, wish, tasks, mode="live", folder=str(folder))


def _worked(plan: Plan) -> float:
    """The processor time of a session in which every scenario passes."""
    shutil.rmtree(str(plan.folder), ignore_errors=True)
    (Path(str(plan.folder)) / "shared").mkdir(parents=True)  # where a CIS that is restarted keeps what it knows
    started = time.process_time()
    record = run_session(plan, workers=0)
    worked = time.process_time() - started
    assert {result["verdict"] for result in record.results.values()} == {"pass"}
    return worked


def test_what_the_referee_costs_and_how_long_the_suite_of_the_cis_takes(
    benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both suites with the referee watching, and without; one round in turn, the quickest of each counts."""
    plans = {role: _plan_of(role, tmp_path / role.value) for role in Role}

    def measured() -> dict[Role, dict[str, float]]:
        took: dict[Role, dict[str, float]] = {}
        for role, plan in plans.items():
            watched = min(_worked(plan) for _ in range(ROUNDS))
            with monkeypatch.context() as patch:
                patch.setattr(Watch, "begun", lambda *_: None)  # it never hears that the conversation has begun
                unwatched = min(_worked(plan) for _ in range(ROUNDS))
            took[role] = {"watched": watched, "unwatched": unwatched}
        return took

    took = benchmark.pedantic(measured, rounds=1)
    repository, cis = took[Role.REPOSITORY], took[Role.CIS]
    for what, role in (("repositories", Role.REPOSITORY), ("CISs", Role.CIS)):
        ratio = took[role]["watched"] / took[role]["unwatched"]
        seconds = f"{took[role]['watched']:.1f} s"
        hand_in(benchmark, Row(f"the suite of {what}, the referee watching", seconds, f"{ratio:.2f}", "at most 1.5"))
    ratio = cis["watched"] / repository["watched"]
    against = "the suite of CISs against that of repositories"
    hand_in(benchmark, Row(against, f"{cis['watched']:.1f} s", f"{ratio:.2f}", "at most 1"))
