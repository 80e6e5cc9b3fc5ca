"""``mdmr-conform export``: a run in the forms that other tools show."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from harness.commands import console
from harness.commands.options import PATH
from harness.evidence.stored import stored_results
from harness.port.protocol import Json
from harness.report.cucumber import cucumber_messages
from harness.report.summary import badge, summary
from harness.runner import controller
from harness.runner.folder import stored_run_record

_FORMS: Mapping[str, Callable[[Json, datetime], str]] = {
    "markdown": lambda results, _: summary(results),
    "badge": lambda results, _: json.dumps(badge(results)),
    "cucumber": lambda results, started: cucumber_messages(results, controller.features_folder(), started),
}
_UNKNOWN = datetime.fromtimestamp(0, UTC)


@click.command(
    epilog="""\b
Examples:
  mdmr-conform export mdmr-conform-out >> "$GITHUB_STEP_SUMMARY"
  mdmr-conform export mdmr-conform-out --as badge > badge.json
  mdmr-conform export mdmr-conform-out --as cucumber > messages.ndjson

Exit code: 0 printed; 2 wrong usage, or no results of a run."""
)
@click.argument("run", type=PATH, metavar="RUN")
@click.option(
    "--as",
    "form",
    type=click.Choice(list(_FORMS)),
    default="markdown",
    show_default=True,
    help="Markdown for the page of a job, a badge as shields.io reads it, or Cucumber messages.",
)
def command(run: Path, form: str) -> int:
    """Print a run in a form that other tools show.

    RUN is the folder of a run, or its results.json. Whatever the verdict is, the exit code is 0: the run itself gates.
    """
    results = stored_results(run)
    record = stored_run_record(run if run.is_dir() else run.parent) or {}
    console.say_document(_FORMS[form](results, _began(record)))
    return 0


def _began(record: Json) -> datetime:
    """When a run began, as its record says; the beginning of all computers' time where nothing says so."""
    try:
        began = datetime.fromisoformat(record["started"])
    except (KeyError, TypeError, ValueError):
        return _UNKNOWN
    return began if began.tzinfo else _UNKNOWN
