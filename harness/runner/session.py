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

from harness.protocol import Json
from harness.runner.plan import Plan

_HERE = Path(__file__).parent
_HIDDEN = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_THEME", "PYTHONWARNINGS")
_PLUGINS = ("pytest_bdd.plugin", "harness.runner.plugin")


@dataclass(slots=True)
class SessionRecord:
    """What a session brought: the result of each task by its key, whether it was interrupted, and what went wrong.

    :param trouble: what pytest had to say where collection or a worker failed.
    """

    results: dict[str, Json] = field(default_factory=dict)
    interrupted: bool = False
    trouble: list[str] = field(default_factory=list)


class _Collector:
    """The controller's side: takes the results off the reports, wherever they were made."""

    def __init__(self, record: SessionRecord, on_result: Callable[[Json], None]) -> None:
        self._record = record
        self._on_result = on_result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        result = getattr(report, "conform", None)
        if result is not None:
            self._record.results[result["task"]] = result
            self._on_result(result)
        elif report.failed:
            self._record.trouble.append(f"{report.nodeid}: {report.longreprtext.strip()}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._record.trouble.append(f"{report.nodeid}: {report.longreprtext.strip()}")

    def pytest_keyboard_interrupt(self) -> None:
        self._record.interrupted = True


def run_session(plan: Plan, *, workers: int = 1, on_result: Callable[[Json], None] = lambda _: None) -> SessionRecord:
    """Run every task of a plan.

    :param workers: processes that share the tasks; one runs them in this process.
    :param on_result: called with each result as it comes.
    """
    record = SessionRecord()
    if not plan.tasks:
        return record
    with _undisturbed():
        code = pytest.main(_arguments(plan, workers), plugins=[_Collector(record, on_result)])
    if code == pytest.ExitCode.INTERRUPTED and not record.trouble:
        record.interrupted = True
    if code in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR}:
        record.trouble.append(f"pytest ended with {pytest.ExitCode(code).name}")
    return record


def _arguments(plan: Plan, workers: int) -> list[str]:
    plugins = [argument for name in (*_PLUGINS, *step_modules(plan.step_package)) for argument in ("-p", name)]
    shared = ["-p", "xdist.plugin", "-n", str(workers), "--dist", "load"] if workers > 1 else []
    return [
        *("-c", str(_HERE / "pytest.ini"), "--rootdir", str(_HERE), "--confcutdir", str(_HERE)),
        *("--noconftest", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:terminal"),
        *("--conform-plan", plan.to_text()),
        *plugins,
        *shared,
        str(_HERE / "suite.py"),
    ]


def step_modules(package: str) -> list[str]:
    """The modules with step definitions: the package itself and those in it, by name."""
    import importlib
    import pkgutil

    found = importlib.import_module(package)
    return sorted(f"{package}.{module.name}" for module in pkgutil.iter_modules(found.__path__))


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hide the variables by which a user's environment speaks to pytest, and put them back afterwards."""
    hidden = {name: os.environ.pop(name) for name in _HIDDEN if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    path, modules = list(sys.path), set(sys.modules)
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
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
