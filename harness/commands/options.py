"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.errors import UsageError
from harness.interface.instants import EST

_Command = TypeVar("_Command", bound=Callable[..., Any])

SEED_LIMIT = 2**53 - 1

SELECT_HELP = "Scenarios to run: ids and tags joined by and, or, not and parentheses."


def adapter_option(function: _Command) -> _Command:
    """``--adapter``: the system under test."""
    return click.option(
        "--adapter",
        default="reference",
        show_default=True,
        metavar="A",
        help='The system under test: reference, module:factory, or "stdio:COMMAND ARGS".',
    )(function)


def selection_option(function: _Command) -> _Command:
    """``--select``: which scenarios."""
    return click.option("--select", metavar="EXPR", help=SELECT_HELP)(function)


def profile_option(function: _Command) -> _Command:
    """``--profile``: another profile than the workshop's."""
    return click.option(
        "--profile", type=click.Path(path_type=Path), metavar="FILE", help="A profile other than the workshop's."
    )(function)


def seed_option(function: _Command) -> _Command:
    """``--seed``: what everything that is drawn comes from."""
    return click.option(
        "--seed", type=click.IntRange(0, SEED_LIMIT), default=0, show_default=True, help="What all drawing comes from."
    )(function)


def workers_option(function: _Command) -> _Command:
    """``--workers``: processes that share the scenarios."""
    return click.option(
        "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that share the work."
    )(function)


def out_option(default: str) -> Callable[[_Command], _Command]:
    """``--out``: the folder that the results go to."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=Path(default),
        show_default=True,
        metavar="DIR",
        help="The folder for what comes out.",
    )


def time_limit_option(function: _Command) -> _Command:
    """``--time-limit``: how long a system may take for an answer."""
    return click.option(
        "--time-limit",
        type=click.FloatRange(0.1, 3600),
        default=10.0,
        show_default=True,
        metavar="SECONDS",
        help="How long the system may take for each answer.",
    )(function)


def today() -> date:
    """The day, EST: read once by a command, and handed on."""
    return datetime.now(EST).date()


def as_day(text: str | None, option: str) -> date | None:
    """A day that was given as text.

    :raises UsageError: it is no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", where=option, expected="a day such as 2027-06-30") from error
