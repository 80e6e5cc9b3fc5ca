"""``mdmr-conform export``: a run in the forms that other tools show."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from harness.commands import console
from harness.commands.options import PATH
from harness.evidence.stored import stored_results
from harness.port.protocol import Json
from harness.report.cucumber import cucumber_messages
from harness.report.summary import badge, summary
from harness.runner import controller

_FORMS: Mapping[str, Callable[[Json], str]] = {
    "markdown": summary,
    "badge": lambda results: json.dumps(badge(results)),
    "cucumber": lambda results: cucumber_messages(results, controller.features_folder()),
}


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
    console.say_document(_FORMS[form](stored_results(run)))
    return 0
