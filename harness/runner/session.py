"""Runs a plan's tasks in a pytest session of its own, and reconciles what ran with what was to run.

The user's own pytest configuration, plugins, environment and working directory change nothing: configuration file and
root are the package's, plugins are named one by one, conftest files are not read, and the variables by which pytest
takes options are hidden while it runs.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InputError
from harness.port.keeper import end_orphans
from harness.port.protocol import Json
from harness.runner.plan import OWNER, SAFE_PATH, SEARCH_PATH, Plan
from harness.suite.check import refuse_to_run

_HERE = Path(__file__).parent
_HIDDEN = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG", "PYTEST_THEME", "PYTHONWARNINGS")
_NO_AUTOLOAD = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
_NAMED = 20
"""How many of those that got lost are named in a message."""
_PLUGINS = ("pytest_bdd.plugin", "harness.runner.plugin")
_NOT_NEEDED = (
    *("cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "pastebin"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "terminal", "threadexception"),
    *("unittest", "unraisableexception"),
)
"""Plugins of pytest's own that a scenario has no use for: each would have its say several times a scenario."""


class Enough(KeyboardInterrupt):
    """Whoever watches a session has seen enough: it ends there, on purpose."""


@dataclass(slots=True)
class SessionRecord:
    """What a session brought: the result of each task by its key, whether it was interrupted, and what went wrong.

    :param enough: whether whoever watched it ended it on purpose; then it was interrupted too.
    :param died: the keys of tasks during which the process that ran them died.
    :param unwritten: what came out and could not be written, where that ended the session.
    :param trouble: what pytest had to say where collection or a worker failed.
    """

    results: dict[str, Json] = field(default_factory=dict)
    interrupted: bool = False
    enough: bool = False
    died: set[str] = field(default_factory=set)
    unwritten: str = ""
    trouble: list[str] = field(default_factory=list)


class _Collector:
    """The controller's side: takes the results off the reports, wherever they were made."""

    def __init__(self, record: SessionRecord, on_result: Callable[[Json], None]) -> None:
        self._record = record
        self._on_result = on_result
        self._search_path = os.environ.get(SEARCH_PATH)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Let a worker know whose it is, for it goes where this process goes, and what it hands on to systems."""
        node.workerinput[OWNER] = os.getpid()
        node.workerinput[SEARCH_PATH] = self._search_path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        result = getattr(report, "conform", None)
        if result is not None:
            self._record.results[result["task"]] = result
            self._tell(result)
        elif unwritten := getattr(report, "unwritten", ""):
            self._record.unwritten = self._record.unwritten or unwritten
        elif report.failed:
            if str(report.when) == "???":  # what pytest-xdist puts for a worker that is gone
                self._record.died.add(report.nodeid)
            self._record.trouble.append(f"{report.nodeid}: {report.longreprtext.strip()}")

    def _tell(self, result: Json) -> None:
        """Hand a result on; where nobody reads what is said of it any more, the session ends as if interrupted."""
        try:
            self._on_result(result)
        except OSError as error:
            self._record.unwritten = f"standard output cannot be written: {error.strerror or error}"
            raise KeyboardInterrupt from error

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._record.trouble.append(f"{report.nodeid}: {report.longreprtext.strip()}")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        if excinfo.type is KeyboardInterrupt:  # pytest's own kinds of it stand for collection that failed
            self._record.interrupted = True
        elif excinfo.type is Enough:
            self._record.interrupted = self._record.enough = True

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._record.trouble.append(f"pytest: {excinfo.exconly()}")


def run_session(plan: Plan, *, workers: int = 1, on_result: Callable[[Json], None] = lambda _: None) -> SessionRecord:
    """Run every task of a plan.

    :param workers: child processes that share the tasks: what ends one of them ends no more than its scenario. With
        none the tasks are run in this process; no command does that.
    :param on_result: called with each result as it comes.
    :raises InputError: the feature check finds what could make a scenario get lost or pass by accident.
    """
    if not plan.tasks:
        return SessionRecord()
    refuse_to_run(Path(plan.features), plan.step_package)
    return run_unchecked(plan, workers=workers, on_result=on_result)


def refuse_no_folder() -> None:
    """Refuse to run where the current folder is gone: pytest does not start there.

    :raises InputError: it is.
    """
    try:
        Path.cwd()
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            f"the current folder: {why}; expected: one that exists, from which paths are counted"
        ) from error


def run_unchecked(plan: Plan, *, workers: int = 1, on_result: Callable[[Json], None] = lambda _: None) -> SessionRecord:
    """Run every task of a plan whose features were checked, or are to be run all the same: what is wrong is blocked.

    :raises InputError: the current folder is gone.
    """
    record = SessionRecord()
    if not plan.tasks:
        return record
    refuse_no_folder()
    with _undisturbed(workers):
        try:
            code = pytest.main(_arguments(plan, workers), plugins=[_Collector(record, on_result)])
        except KeyboardInterrupt:
            code = pytest.ExitCode.INTERRUPTED
        except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever a step module raises on import comes through)
            record.trouble.append(f"pytest: {type(error).__name__}: {error}")
            code = pytest.ExitCode.USAGE_ERROR
    if record.died:
        end_orphans()
    if code == pytest.ExitCode.INTERRUPTED and not record.trouble:
        record.interrupted = True
    if code in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR}:
        record.trouble.append(f"pytest ended with {pytest.ExitCode(code).name}")
    if not record.interrupted and (lost := missing(plan, record)):
        record.trouble.append(f"{len(lost)} of {len(plan.tasks)} left no result: {', '.join(lost[:_NAMED])}")
    return record


def _arguments(plan: Plan, workers: int) -> list[str]:
    names = (*(f"no:{name}" for name in _NOT_NEEDED), *_PLUGINS)
    plugins = [argument for name in names for argument in ("-p", name)]
    restarts = str(len(plan.tasks))  # a system that kills its process kills each scenario's, and no other scenario
    shared = ["-p", "xdist.plugin", "-n", str(workers), "--dist", "load", "--max-worker-restart", restarts]
    return [
        *("-c", str(_HERE / "pytest.ini"), "--rootdir", str(_HERE), "--confcutdir", str(_HERE)),
        *("--noconftest", "--import-mode=importlib", "--assert=plain"),
        *("--conform-plan", plan.to_text()),
        *plugins,
        *(shared if workers else ()),
        str(_HERE / "suite.py"),
    ]


@contextlib.contextmanager
def _undisturbed(workers: int) -> Iterator[None]:
    """Hide the variables by which a user's environment speaks to pytest, and put them back afterwards.

    Workers start with the working directory and the folders of PYTHONPATH off their path, where packages of the user's
    may be called like those that a worker starts with; the plugin puts that right again once they have started, for it
    would reach the system under test.
    """
    own = {_NO_AUTOLOAD: "1", **({SAFE_PATH: "1"} if workers else {})}
    hiding = (*_HIDDEN, *own, *([SEARCH_PATH] if workers else []))
    hidden = {name: os.environ.pop(name) for name in hiding if name in os.environ}
    os.environ.update(own)
    path, modules = list(sys.path), set(sys.modules)
    try:
        yield
    finally:
        for name in own:
            os.environ.pop(name, None)
        os.environ.update(hidden)
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            if name == "suite" or name.endswith(".runner.suite"):
                del sys.modules[name]


def missing(plan: Plan, record: SessionRecord) -> list[str]:
    """The keys of tasks that left no result: lost, however that happened."""
    return [task.key for task in plan.tasks if task.key not in record.results]


def of_scenarios(record: SessionRecord) -> dict[str, Any]:
    """The results of a session against one system, by scenario id."""
    return {result["scenario"]: result for result in record.results.values()}
