"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from harness.errors import UsageError
from harness.evidence.results import COUNTERPART
from harness.interface.instants import EST
from harness.port.protocol import Role

_Command = TypeVar("_Command", bound=Callable[..., Any])

SEED_LIMIT = 2**53 - 1

_FROM_INPUT = "-"
"""Given as the secret: it is asked for, or read from standard input; what stands on a command line, others can see."""

_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST_SECRET = 1000
"""So many characters of a secret are read: no input is read without end."""

SELECT_HELP = "Scenarios to run: ids and tags joined by and, or, not and parentheses; more than once: what any selects."


class GivenPath(click.Path):
    """A path that was given: an empty text is none, though it would pass for the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("is empty; expected a path ('.' is the current folder).", param, ctx)
        return super().convert(value, param, ctx)


PATH = GivenPath()


class Whole(click.IntRange):
    """A whole number within limits, called so where something else was given: digits, and nothing that passes for one.

    Python also reads ``1_000``, blanks around a number, and the digits of every script.
    """

    name = "whole number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and not _WHOLE.fullmatch(value):
            self.fail(f"{value!r} is not a valid whole number.", param, ctx)
        return super().convert(value, param, ctx)


class Finite(click.FloatRange):
    """A number within limits, and one that is a number."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            self.fail(f"{value!r} is not a valid number.", param, ctx)
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number.", param, ctx)
        return number


def names_for_selection(context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """What a shell offers for a selection: rules, tags and areas of the role, and features once a slash is typed."""
    from harness.runner.controller import features_folder
    from harness.suite.inventory import take_inventory

    role = context.params.get("role", Role.REPOSITORY.value)
    before, mark, word = typed.rpartition(" ")
    cases = [case for case in take_inventory(features_folder()).cases if case.role == role]
    tags = {name for case in cases for name in (case.area, *case.classes, *case.tags)}
    features = {f"{case.file.removesuffix('.feature')}/" for case in cases}
    names = features if "/" in word else tags
    return sorted(f"{before}{mark}{name}" for name in names if name.lower().startswith(word.lower()))


def names_of_the_catalogue(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """What a shell offers where a rule, area or ambiguity may be named."""
    from harness.suite.catalogue import load_catalogue

    catalogue = load_catalogue()
    names = {*catalogue.areas, *(rule.id for rule in catalogue.rules), *(each.id for each in catalogue.ambiguities)}
    return sorted(name for name in names if name.startswith(typed.upper()))


def role_options(function: _Command) -> _Command:
    """``--role``, ``--counterpart``: which side of the interface is under test, and who is on the other."""
    counterpart = click.option(
        "--counterpart",
        default=COUNTERPART,
        show_default=True,
        metavar="B",
        help="The repository that answers a CIS under test, named as systems under test are.",
    )
    role = click.option(
        "--role",
        type=click.Choice([role.value for role in Role]),
        default=Role.REPOSITORY.value,
        show_default=True,
        help="Which side of the interface is under test.",
    )
    return role(counterpart(function))


def refuse_idle_counterpart(context: click.Context, role: Role) -> None:
    """Refuse a counterpart where nobody needs one, rather than judge another system than the user has in mind.

    :raises UsageError: one is named, and a repository is under test.
    """
    if role is Role.REPOSITORY and context.get_parameter_source("counterpart") is not ParameterSource.DEFAULT:
        raise UsageError(
            "is named, and a repository is under test, which no counterpart answers",
            where="--counterpart",
            expected="--role cis beside it",
            remedy="name a repository that is to be judged with --adapter",
        )


def adapter_option(function: _Command) -> _Command:
    """``--adapter``: the system under test."""
    return click.option(
        "--adapter",
        default="reference",
        show_default=True,
        metavar="A",
        help='The system under test: reference, reference-cis, module:factory, "stdio:COMMAND ARGS", or person:FOLDER.',
    )(function)


def selection_option(function: _Command) -> _Command:
    """``--select``: which scenarios. Given more than once, what any of them selects."""
    return click.option(
        "--select",
        metavar="EXPR",
        multiple=True,
        callback=_any_of,
        help=SELECT_HELP,
        shell_complete=names_for_selection,
    )(function)


def _any_of(_: click.Context, __: click.Parameter, selections: tuple[str, ...]) -> str | None:
    if len(selections) > 1:
        return " or ".join(f"({each})" for each in selections)
    return selections[0] if selections else None


def profile_option(function: _Command) -> _Command:
    """``--profile``: another profile than the workshop's."""
    return click.option("--profile", type=PATH, metavar="FILE", help="A profile other than the workshop's.")(function)


def features_option(function: _Command) -> _Command:
    """``--features``: other features than the shipped ones."""
    return click.option(
        "--features", type=PATH, metavar="DIR", help="A folder of features in place of the shipped ones."
    )(function)


def seed_option(function: _Command) -> _Command:
    """``--seed``: what everything that is drawn comes from."""
    return click.option(
        "--seed", type=Whole(0, SEED_LIMIT), default=0, show_default=True, help="What all drawing comes from."
    )(function)


def secret_option(function: _Command) -> _Command:
    """``--secret``: what else everything that is drawn comes from, so that nobody can know it beforehand."""
    return click.option(
        "--secret",
        metavar="TEXT",
        callback=_secret,
        help="Let all drawing rest on this text too, so that no system can know it beforehand; - reads it from input.",
    )(function)


def _secret(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """The secret that was given.

    :raises UsageError: it is empty, or no text.
    """
    expected = "a text that a system cannot guess, such as ten letters and digits"
    if given == _FROM_INPUT:
        given = click.prompt("Secret", hide_input=True) if sys.stdin.isatty() else _line_of_input()
    if given is None:
        return None
    if len(given) > _LONGEST_SECRET:
        raise UsageError(f"the secret is longer than {_LONGEST_SECRET} characters", where="--secret", expected=expected)
    if not given.isprintable() or not given.strip() or given == _FROM_INPUT:
        raise UsageError("the secret is empty, or holds what cannot be printed", where="--secret", expected=expected)
    return given


def _line_of_input() -> str:
    """The first line of standard input, as far as a secret may go and a little farther."""
    return sys.stdin.readline(_LONGEST_SECRET + 2).rstrip("\r\n")


def workers_option(function: _Command) -> _Command:
    """``--workers``: processes that share the scenarios."""
    return click.option(
        "--workers", type=Whole(1, 64), default=1, show_default=True, help="Processes that share the work."
    )(function)


def out_option(default: str) -> Callable[[_Command], _Command]:
    """``--out``: the folder that the results go to."""
    return click.option(
        "--out",
        type=PATH,
        default=Path(default),
        show_default=True,
        metavar="DIR",
        help="The folder for what comes out.",
    )


def time_limit_option(function: _Command) -> _Command:
    """``--time-limit``: how long a system may take for an answer."""
    return click.option(
        "--time-limit",
        type=Finite(0.1, 3600),
        default=10.0,
        show_default=True,
        metavar="SECONDS",
        envvar="MDMR_CONFORM_TIME_LIMIT",
        show_envvar=True,
        help="How long the system may take for each answer; the variable says it for all commands.",
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
