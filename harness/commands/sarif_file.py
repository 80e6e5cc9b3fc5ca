"""``--sarif FILE``: findings of a command also as SARIF, for whatever shows them beside the lines they are about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.commands.options import PATH
from harness.errors import InputError
from harness.interface.regular import read_regular
from harness.report.sarif import Result, sarif
from harness.runner.folder import is_ours, write

_Command = TypeVar("_Command", bound=Callable[..., Any])


def sarif_option(function: _Command) -> _Command:
    """``--sarif``: a file that the findings are written to as well."""
    return click.option(
        "--sarif",
        type=PATH,
        metavar="FILE",
        callback=_nobody_elses,
        help="Write the findings to FILE, too, as SARIF 2.1.0.",
    )(function)


def _nobody_elses(_context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    """The file that was given, where nothing is lost: ``--sarif outbox/*`` names the first file that is to be read.

    :raises InputError: something else lies there, or a link, a folder or a device.
    """
    if path is None or not os.path.lexists(path):
        return path
    if path.is_symlink() or not (path.is_file() and (path.stat().st_size == 0 or _is_ours(path))):
        raise InputError(
            "is no file that --sarif wrote earlier: it would be lost",
            where=str(path),
            expected="a new file for the findings, or one that --sarif wrote",
            remedy="name another file with --sarif",
        )
    return path


def _is_ours(path: Path) -> bool:
    return is_ours(path, "$schema") and b'"name": "mdmr-conform"' in read_regular(path)


def write_sarif(path: Path, meanings: Mapping[str, str], results: Iterable[Result]) -> None:
    """Write findings as SARIF, whole or not at all.

    :param meanings: what each code means.
    :raises OutputError: the file cannot be written.
    """
    write(path, sarif(meanings, results, Path.cwd()))
