"""``--sarif FILE``: findings of a command also as SARIF, for whatever shows them beside the lines they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.commands.options import PATH
from harness.report.sarif import Result, sarif
from harness.runner.folder import write

_Command = TypeVar("_Command", bound=Callable[..., Any])


def sarif_option(function: _Command) -> _Command:
    """``--sarif``: a file that the findings are written to as well."""
    return click.option("--sarif", type=PATH, metavar="FILE", help="Write the findings to FILE, too, as SARIF 2.1.0.")(
        function
    )


def write_sarif(path: Path, meanings: Mapping[str, str], results: Iterable[Result]) -> None:
    """Write findings as SARIF, whole or not at all.

    :param meanings: what each code means.
    :raises OutputError: the file cannot be written.
    """
    write(path, sarif(meanings, results, Path.cwd()))
