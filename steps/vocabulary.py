"""How steps are declared: as text with typed gaps, such as ``"{who:Name}" has received {file_type:FileType}``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pytest_bdd import given, parsers, then, when

from harness.stage.words import TYPES

_CALLER = 2
"""Where pytest-bdd puts a definition: into the module that calls `done` or `seen`."""

_Step = TypeVar("_Step", bound=Callable[..., Any])


def phrase(text: str) -> parsers.parse:
    """A step's text, with gaps typed by `harness.stage.words.TYPES`."""
    return parsers.parse(text, extra_types=dict(TYPES))


def done(text: str) -> Callable[[_Step], _Step]:
    """Declare what somebody does: it may stand before what is judged (Given), or be it (When)."""

    def declare(function: _Step) -> _Step:
        step: Any = function
        for keyword in (given, when):
            step = keyword(phrase(text), stacklevel=_CALLER)(step)
        return function

    return declare


def seen(text: str, *, target_fixture: str | None = None) -> Callable[[_Step], _Step]:
    """Declare what is seen: judged in a Then, and a premise in a Given or When.

    :param target_fixture: the fixture under which later steps find what the step returns.
    """

    def declare(function: _Step) -> _Step:
        step: Any = function
        for keyword in (given, when, then):
            step = keyword(phrase(text), target_fixture=target_fixture, stacklevel=_CALLER)(step)
        return function

    return declare
