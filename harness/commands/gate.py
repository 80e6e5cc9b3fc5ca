"""``--allow-not-applicable``: the exit code of a gate that lets scenarios pass that cannot be asked of a system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from harness.evidence.results import UNSETTLED
from harness.runner.controller import Run
from harness.suite.verdicts import ScenarioVerdict

_Command = TypeVar("_Command", bound=Callable[..., Any])
_NO_VERDICT = 3
_JUDGED = {ScenarioVerdict.PASS, ScenarioVerdict.WAIVED}


def allow_not_applicable_option(function: _Command) -> _Command:
    """``--allow-not-applicable``: scenarios that are not applicable do not keep the exit code from 0."""
    return click.option(
        "--allow-not-applicable",
        is_flag=True,
        help="Exit with 0 where only scenarios that are not applicable stand against it; the verdict stays.",
    )(function)


def gate_code(run: Run, *, allow_not_applicable: bool) -> int:
    """The exit code of a run; the verdict in its results is as it is, whatever the gate allows."""
    if not allow_not_applicable or run.exit_code != _NO_VERDICT or run.interrupted:
        return run.exit_code
    judging = [scenario for scenario in run.results["scenarios"] if not scenario["advice"]]
    verdicts = {ScenarioVerdict(case["verdict"]) for case in (*judging, *run.results["noticed"])}
    passes = verdicts & UNSETTLED == {ScenarioVerdict.NOT_APPLICABLE} and verdicts & _JUDGED
    return 0 if passes else _NO_VERDICT
