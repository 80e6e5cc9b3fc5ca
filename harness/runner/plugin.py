"""The pytest plugin that executes the tasks of a plan and puts what became of each on its report.

A scenario's verdict is settled here, from the step in which something went wrong and the kind of thing it was: only a
check in a `Then` is a fail. What is found travels on the report object, which survives pytest-xdist.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from _pytest.nodeid import NodeId
from pytest_bdd.exceptions import StepDefinitionNotFoundError
from pytest_bdd.parser import Scenario, ScenarioTemplate, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry

from harness import memory, siblings
from harness.errors import OutputError, SuiteMistake
from harness.port.failure import AdapterFailure
from harness.port.keeper import die_with_parent, let_nobody_stay_stopped, take_in_orphans
from harness.port.replay import Diverged
from harness.runner.performing import Performance, Performer, adapter_error, at_fault, note_ended
from harness.runner.plan import OWNER, SAFE_PATH, SEARCH_PATH, Plan, Task
from harness.stage.chapters.mailboxes import misfit_in, misfits
from harness.stage.chapters.reported import quoted
from harness.stage.conversation import Conversation
from harness.suite import step_index
from harness.suite.inventory import (
    PLACEHOLDER,
    Inventory,
    feature_file_of,
    outline_of,
    scenario_id,
    take_inventory,
)
from harness.suite.verdicts import NotApplicable, Outcome, Pending, ScenarioVerdict, Unmet, Unreadable

siblings.find_beside()  # a worker comes here before it loads the steps

_active: list[Session] = []

Against: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""A system, and the readings that a task takes otherwise than the profile."""


@dataclass(slots=True)
class StepRecord:
    """One step of a scenario, and what became of it."""

    keyword: str
    text: str
    line: int
    type: str
    outcome: str = "not run"


@dataclass(slots=True)
class Session:
    """What the plugin holds between hooks: the plan, who performs it, and the steps of the scenario that is running."""

    plan: Plan
    performer: Performer
    inventory: Inventory = field(default_factory=lambda: Inventory((), {}))
    task: Task | None = None
    steps: list[StepRecord] = field(default_factory=list)
    current: StepRecord | None = None
    replaced_lookup: Any = None
    last: pytest.Item | None = None
    _systems: dict[str, dict[Against, None]] = field(default_factory=dict)

    def systems_of(self, scenario: str) -> list[Against]:
        """The systems against which the plan runs a scenario, or any of its cases, in the plan's order."""
        if not self._systems:
            for task in self.plan.tasks:
                against = task.system, tuple(sorted(task.readings.items()))
                self._systems.setdefault(outline_of(task.scenario), {})[against] = None
        return list(self._systems.get(scenario, ()))


def session() -> Session:
    """The session that is running in this process."""
    return _active[-1]


def feature_files_to_run() -> tuple[Path, list[str]]:
    """The features folder, and the files below it that hold a scenario of the plan, in order.

    :raises InputError: a file does not parse, a scenario in it judges no rule or several, or two have one id.
    """
    here = session()
    folder, files = Path(here.plan.features).absolute(), {feature_file_of(task.scenario) for task in here.plan.tasks}
    here.inventory = take_inventory(folder, sorted(files))
    return folder, sorted(files)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--conform-plan", help="the tasks to run, as JSON text")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # what kept the user's folders off a worker's path is none of the system's
        os.environ.pop(SAFE_PATH, None)
        if (path := config.workerinput[SEARCH_PATH]) is not None:
            os.environ[SEARCH_PATH] = path
        die_with_parent(config.workerinput[OWNER])
        let_nobody_stay_stopped()
        take_in_orphans()
        memory.look_seldom()
    plan = Plan.from_text(config.getoption("--conform-plan"))
    for module in step_index.step_modules(plan.step_package):
        config.pluginmanager.import_plugin(module)
    _active.append(Session(plan, Performer(plan)))


def pytest_internalerror() -> bool:
    """Let pytest print no traceback of its own: whoever watches the session hears of it, and says so in a sentence."""
    return True


def pytest_unconfigure() -> None:
    ended = _active.pop()
    ended.performer.drop()
    if ended.replaced_lookup is not None:
        step_index.uninstall(ended.replaced_lookup)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag() -> bool:
    """Let no tag become a mark of pytest: what a tag means is said by the suite, and ``skip`` means nothing."""
    return True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let each scenario function stand for every task that its scenarios have."""
    template = scenario_wrapper_template_registry.get(metafunc.function)
    if template is None:
        return
    systems = session().systems_of(scenario_id(_file_of(template), template.name, None))
    metafunc.fixturenames.append("_against")
    metafunc.parametrize("_against", systems, ids=[str(number) for number in range(len(systems))])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the items that the plan asks for, in its order; each knows its task."""
    wanted = {task.key: (order, task) for order, task in enumerate(session().plan.tasks)}
    chosen: list[tuple[int, pytest.Item]] = []
    left: list[pytest.Item] = []
    for item in items:
        task = _task_of(item)
        if task is not None and task.key in wanted:
            order, item.stash[TASK] = wanted[task.key]
            item._id = NodeId(path=task.key)  # what pytest-xdist knows a task by, where its worker dies
            chosen.append((order, item))
        else:
            left.append(item)
    items[:] = [item for _, item in sorted(chosen, key=lambda pair: pair[0])]
    if left:
        config.hook.pytest_deselected(items=left)
    if items:
        session().replaced_lookup = step_index.install(step_index.index_of(items[0].session))


def _file_of(template: ScenarioTemplate) -> str:
    """The feature file of a scenario, below the features folder."""
    folder = os.path.abspath(session().plan.features)  # noqa: PTH100 (as pytest-bdd makes its paths)
    return Path(template.feature.filename).relative_to(folder).as_posix()


TASK = pytest.StashKey[Task]()
RESULT = pytest.StashKey[dict[str, Any]]()
REPORTED = pytest.StashKey[bool]()
UNWRITTEN = pytest.StashKey[str]()


def _task_of(item: pytest.Item) -> Task | None:
    if not isinstance(item, pytest.Function):
        return None
    template = scenario_wrapper_template_registry.get(item.function)
    if template is None:
        return None
    parameters: dict[str, Any] = dict(item.callspec.params)
    row = parameters.get("_pytest_bdd_example", {})
    identifier = scenario_id(_file_of(template), template.name, next(iter(row.values()), None))
    against = parameters["_against"]
    if not isinstance(against, tuple):  # what pytest puts for a scenario that has no task in this plan
        return None
    system, readings = against
    return Task(identifier, system, dict(readings))


@pytest.fixture
def conversation() -> Conversation:
    """The conversation of the scenario with the system under test."""
    return session().performer.conversation


# --- one scenario --------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Perform a scenario, and keep what came of it instead of raising it."""
    here, task = session(), pyfuncitem.stash[TASK]
    here.task, here.steps, here.current = task, [], None
    with _writing(pyfuncitem):
        _perform(here, task, pyfuncitem)
    return True


@contextlib.contextmanager
def _writing(item: pytest.Item) -> Iterator[None]:
    """Where journals are written: where one cannot be, the session ends, and an item's report says so."""
    try:
        yield
    except OutputError as error:
        item.stash[UNWRITTEN] = str(error)
        item.session.shouldstop = "what comes out cannot be written"


def _perform(here: Session, task: Task, item: pytest.Function) -> None:
    """Perform a scenario; once it has ended, write that down and report it, with this item's report or after it.

    :raises OutputError: its journal, or that it has ended, cannot be written.
    """
    arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}

    def run() -> None:
        item.obj(**arguments)

    def ended(performance: Performance) -> None:
        result = _result(task, steps, performance)
        if here.plan.mode == "live" and here.plan.folder and performance.outcome.verdict is not ScenarioVerdict.PENDING:
            note_ended(Path(here.plan.folder), result)
        if item.stash.get(REPORTED, False):
            _report(here, "conform", result)
        else:
            item.stash[RESULT] = result

    def play() -> Outcome:
        try:
            outcome = _with_misfits(here, _settled(here, run))
        finally:
            steps.extend(here.steps)
        if here.current is not None and here.current.outcome == "not run":
            here.current.outcome = "failed" if outcome.verdict is ScenarioVerdict.FAIL else str(outcome.verdict)
        return outcome

    steps: list[StepRecord] = []
    here.last = item
    here.performer.perform(task, play, ended)


def _report(here: Session, name: str, what: Any) -> None:
    """Report something of a scenario whose report has been made: on one more of the item that is run last."""
    item = here.last
    if item is not None:  # pytest-xdist takes reports of that item alone
        report = pytest.TestReport(item.nodeid, item.location, {}, "passed", None, "call")
        setattr(report, name, what)
        item.config.hook.pytest_runtest_logreport(report=report)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(exitstatus: int) -> None:
    """Let go of the system, before this process says that it has finished: only then is its last scenario settled."""
    here = session()
    if here.last is None or exitstatus == pytest.ExitCode.INTERRUPTED:
        here.performer.drop()
        return
    with _writing(here.last):
        here.performer.close()
    if UNWRITTEN in here.last.stash:
        _report(here, "unwritten", here.last.stash[UNWRITTEN])


def _settled(here: Session, run: Callable[[], None]) -> Outcome:
    """Run a scenario's steps; what went wrong, and in which step, gives the verdict."""
    try:
        run()
    except Unmet as unmet:
        return _unmet(here, unmet)
    except Unreadable as unreadable:
        return Outcome(ScenarioVerdict.BLOCKED, unreadable.message, file=unreadable.file, record=unreadable.record)
    except (Pending, NotApplicable) as kept:
        verdict = ScenarioVerdict.PENDING if isinstance(kept, Pending) else ScenarioVerdict.NOT_APPLICABLE
        return Outcome(verdict, str(kept))
    except AdapterFailure as failure:
        return adapter_error(failure)
    except (Diverged, OutputError, KeyboardInterrupt):
        raise
    except BaseException as mistake:  # noqa: BLE001 (whatever else a step raises, the suite is at fault)
        return Outcome(ScenarioVerdict.BLOCKED, _suite_mistake(mistake))
    if not any(step.type == "then" for step in here.steps):
        return Outcome(ScenarioVerdict.BLOCKED, "the suite is at fault: the scenario has no Then, so it proves nothing")
    if any(step.outcome != "passed" for step in here.steps):
        return Outcome(ScenarioVerdict.BLOCKED, "the suite is at fault: not every step of the scenario was run")
    return Outcome(ScenarioVerdict.PASS)


def _with_misfits(here: Session, outcome: Outcome) -> Outcome:
    return replace(outcome, misfits=misfits(here.performer.conversation))


def _unmet(here: Session, unmet: Unmet) -> Outcome:
    if here.current is not None and here.current.type == "then":
        misfit = misfit_in(here.performer.conversation, unmet.file, unmet.record)
        if misfit is None:
            return Outcome(ScenarioVerdict.FAIL, str(unmet), unmet.expected, unmet.observed, unmet.file, unmet.record)
        return Outcome(
            ScenarioVerdict.BLOCKED, f"{misfit}, so that nothing is known", file=misfit.file, record=misfit.line
        )
    said = quoted(here.performer.conversation, unmet.expected)
    message = "; ".join((f"a premise could not be established: {unmet}", *said))
    verdict = ScenarioVerdict.BLOCKED
    return Outcome(verdict, message, unmet.expected, unmet.observed, unmet.file, unmet.record, reported=said)


def _suite_mistake(mistake: BaseException) -> str:
    if isinstance(mistake, SuiteMistake):
        return f"the suite is at fault: {mistake}"
    if isinstance(mistake, StepDefinitionNotFoundError):
        return "the suite is at fault: no step definition matches this step"
    return at_fault(mistake)


def _result(task: Task, steps: Sequence[StepRecord], performance: Performance) -> dict[str, Any]:
    outcome = performance.outcome
    return {
        "task": task.key,
        "scenario": task.scenario,
        "system": task.system,
        "verdict": str(outcome.verdict),
        "message": outcome.message,
        "expected": outcome.expected,
        "observed": outcome.observed,
        "file": outcome.file,
        "record": outcome.record,
        "stderr": list(outcome.stderr),
        "reported": list(outcome.reported),
        "misfits": [asdict(misfit) for misfit in outcome.misfits],
        "steps": [{"keyword": s.keyword, "text": s.text, "line": s.line, "outcome": s.outcome} for s in steps],
        "noticed": [noticed.as_json() for noticed in performance.noticed],
        "journal": performance.journal,
        "diverged": performance.diverged,
    }


def pytest_bdd_before_scenario(scenario: Scenario) -> None:
    """Hold what is about to run against what the feature file says.

    :raises SuiteMistake: it is something else: another scenario of the same name, or one whose gaps are not filled.
    """
    here = session()
    here.steps = [StepRecord(step.keyword.strip(), step.name, step.line_number, step.type) for step in scenario.steps]
    identifier = "" if here.task is None else here.task.scenario
    if identifier not in here.inventory:
        raise SuiteMistake(f"the feature files hold no scenario {identifier!r}")
    written = [(step.keyword, step.type, step.text, step.line) for step in here.inventory.case(identifier).steps]
    if written != [(step.keyword, step.type, step.text, step.line) for step in here.steps]:
        raise SuiteMistake(f"what would run as {identifier!r} is not what the feature file says")
    if unfilled := next((step.text for step in here.steps if PLACEHOLDER.search(step.text)), None):
        raise SuiteMistake(f"{unfilled!r} has a placeholder that no row of Examples fills in")


def pytest_bdd_before_step(scenario: Scenario, step: Step) -> None:
    here = session()
    here.current = here.steps[scenario.steps.index(step)]


def pytest_bdd_after_step() -> None:
    here = session()
    if here.current is not None:
        here.current.outcome = "passed"


def pytest_bdd_step_func_lookup_error(scenario: Scenario, step: Step) -> None:
    pytest_bdd_before_step(scenario, step)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    report = yield
    if call.when == "call":
        item.stash[REPORTED] = True
        report.conform, report.unwritten = item.stash.get(RESULT, None), item.stash.get(UNWRITTEN, "")
    return report
