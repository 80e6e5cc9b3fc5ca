"""What becomes of mutants: each is run against the scenarios, and where all of them pass it is explored.

A mutant lives in a process of its own, whose reference is changed before it is imported; the process has so many
seconds, after which the system ends it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from harness.exploration.course import ROUND
from harness.exploration.drawing import Source
from harness.exploration.lines import Line
from harness.exploration.mutants import Mutant, changed, modules_of
from harness.exploration.playing import ERROR, Player
from harness.exploration.speaking import vocabulary
from harness.port.failure import AdapterFailure
from harness.port.naming import REFERENCES
from harness.port.protocol import Role
from harness.runner.performing import Performance, Performer, adapter_error
from harness.runner.plan import Plan, Task
from harness.suite.verdicts import Outcome, ScenarioVerdict, Unmet

PACKAGE = "reference_impl.repository"
PACKAGES: Mapping[Role, str] = {Role.REPOSITORY: PACKAGE, Role.CIS: "reference_impl.cis"}
"""The chapters of the references, by name: what is changed is read, and imported by nobody but the system itself."""
MOST_ERRORS = 20
"""A mutant that ends so many conversations with an error, and none with a fail, has crashed."""
KILLED, EXPLORED, CRASHED, TIMED_OUT, ALIVE = "killed by run", "killed by explore", "crashed", "timed out", "alive"
EQUIVALENT = "declared equivalent"
"""Alive as well, and rightly: it does what the reference does."""
FATES = (KILLED, EXPLORED, CRASHED, TIMED_OUT, ALIVE, EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as it is performed: its id, its steps with their types, and the readings under which it holds."""

    id: str
    steps: tuple[tuple[str, Line], ...]
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mutant is held against.

    :param scenarios: in the order in which they are performed.
    :param conversations: how many are explored where every scenario passes.
    :param seconds: how long a mutant may take in all.
    """

    plan: Plan
    scenarios: tuple[Scenario, ...]
    source: Source
    conversations: int
    seconds: int

    @property
    def adapter(self) -> str:
        """The reference that is changed."""
        return REFERENCES[self.source.role]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: one of `FATES`, and what showed it."""

    mutant: Mutant
    word: str
    by: str = ""


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module as it was changed."""

    def __init__(self, mutant: Mutant, path: Path) -> None:
        self._name = mutant.module
        self._code = compile(changed(mutant, path), str(path), "exec")

    def find_spec(self, fullname: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102 (the reference's own source, changed in one place)


def _tried(mutant: Mutant, trial: Trial, answers: Connection) -> None:
    """Try a mutant in this process, and answer with its fate."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(trial.seconds)
    sys.meta_path.insert(0, _Changed(mutant, modules_of(PACKAGES[trial.source.role])[mutant.module]))
    answers.send(_fate(mutant, trial))


def _fate(mutant: Mutant, trial: Trial) -> Fate:
    performer, errors = Performer(trial.plan), 0
    for scenario in trial.scenarios:
        verdict = _verdict(performer, trial.adapter, scenario)
        if verdict is ScenarioVerdict.FAIL:
            return Fate(mutant, KILLED, scenario.id)
        errors += verdict is ScenarioVerdict.ERROR
        if errors == MOST_ERRORS:
            return Fate(mutant, CRASHED, scenario.id)
    player = Player(trial.plan, trial.adapter)
    for number in range(trial.conversations):
        name = f"explore/{number // ROUND}/{number % ROUND}"
        broken = [each.key for each in player.play(name, trial.source.drawn(*divmod(number, ROUND))[1]).breaches]
        if any(key != ERROR for key in broken):
            return Fate(mutant, EXPLORED, f"{broken[0]} in conversation {number}")
        errors += bool(broken)
    return Fate(mutant, CRASHED if errors else ALIVE)


def _verdict(performer: Performer, adapter: str, scenario: Scenario) -> ScenarioVerdict:
    """What a scenario comes to; what the referee noticed in it is a fail."""
    heard = 0

    def hear() -> None:
        nonlocal heard
        heard += 1

    def speak() -> Outcome:
        try:
            vocabulary(performer.plan.step_package).perform(performer.conversation, scenario.steps, hear)
        except Unmet as unmet:
            is_judged = scenario.steps[heard][0] == "then"
            return Outcome(ScenarioVerdict.FAIL if is_judged else ScenarioVerdict.BLOCKED, str(unmet))
        except AdapterFailure as failure:
            return adapter_error(failure)
        except Exception as other:  # noqa: BLE001 (nothing is known then, whatever it was)
            return Outcome(ScenarioVerdict.BLOCKED, str(other))
        return Outcome(ScenarioVerdict.PASS)

    ended: list[Performance] = []
    performer.perform(Task(scenario.id, adapter, scenario.readings), speak, ended.append)
    if not ended:
        performer.close()
    return ScenarioVerdict.FAIL if ended[0].noticed else ended[0].outcome.verdict


def try_all(mutants: Sequence[Mutant], trial: Trial, workers: int, ended: Callable[[Fate], None]) -> list[Fate]:
    """Try mutants, so many at a time, each in a process of its own; their fates in the order of the mutants.

    :param ended: is told of each fate as it comes.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    left, fates = list(mutants), dict[Mutant, Fate]()
    running: dict[Connection, tuple[Mutant, ForkServerProcess]] = {}
    try:
        while left or running:
            while left and len(running) < workers:
                begun = left.pop(0)
                answers, given = context.Pipe(duplex=False)
                process = context.Process(target=_tried, args=(begun, trial, given))
                process.start()
                given.close()
                running[answers] = begun, process
            ready = set(wait(list(running)))
            for answers in [each for each in running if each in ready]:
                mutant, its = running.pop(answers)
                fates[mutant] = _answered(mutant, its, answers)
                ended(fates[mutant])
    finally:
        for _, left_over in running.values():
            left_over.kill()
    return [fates[mutant] for mutant in mutants]


def _answered(mutant: Mutant, process: ForkServerProcess, answers: Connection) -> Fate:
    """The fate of a mutant whose process has answered, or ended without."""
    try:
        fate: Fate = answers.recv()
    except EOFError:
        process.join()
        return Fate(mutant, TIMED_OUT if process.exitcode == -signal.SIGALRM else CRASHED)
    process.join()
    return fate
