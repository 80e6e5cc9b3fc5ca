"""Finds the definition of a step by an index, and refuses a step that two definitions match.

pytest-bdd tries every fixture of the session for every step, and takes the last definition that matches. Here all
step definitions are global, so one index by type and first word serves every scenario; what a text resolved to is
remembered.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from harness.conversation import SuiteMistake


class StepIndex:
    """All step definitions of a session, by type and the first word of their text."""

    def __init__(self, contexts: Iterable[StepFunctionContext]) -> None:
        self._by_word: dict[tuple[str, str | None], list[StepFunctionContext]] = defaultdict(list)
        self._resolved: dict[tuple[str, str], StepFunctionContext | None] = {}
        for context in contexts:
            word = _first_word(context.parser.name)
            for step_type in (context.type,) if context.type else ("given", "when", "then"):
                self._by_word[step_type, word].append(context)

    def find(self, step_type: str, text: str) -> StepFunctionContext | None:
        """The one definition that matches a step, or None.

        :raises SuiteMistake: more than one definition matches.
        """
        key = (step_type, text)
        if key not in self._resolved:
            self._resolved[key] = self._search(step_type, text)
        return self._resolved[key]

    def _search(self, step_type: str, text: str) -> StepFunctionContext | None:
        candidates = [*self._by_word[step_type, text.split(" ", 1)[0]], *self._by_word[step_type, None]]
        matching = [context for context in candidates if context.parser.is_matching(text)]
        if len(matching) > 1:
            patterns = " and ".join(repr(context.parser.name) for context in matching)
            raise SuiteMistake(f"{step_type} {text!r} matches more than one step definition: {patterns}")
        return matching[0] if matching else None


def _first_word(pattern: str) -> str | None:
    """The word that every step of a pattern begins with, or None where the pattern leaves it open."""
    word, space, _ = pattern.partition(" ")
    return word if space and "{" not in word and "(" not in word and "\\" not in word else None


def index_of(session: pytest.Session) -> StepIndex:
    """Index the step definitions that the session's plugins registered."""
    names = session._fixturemanager._arg2node2fixturedefs
    found = [
        context
        for name in names
        for definition in session._fixturemanager.getfixturedefs(name, session) or ()
        if (context := step_function_context_registry.get(definition.func)) is not None
        and context.parser.name != "trace"
    ]
    return StepIndex(found)


_BDD_SCENARIO: Any = importlib.import_module("pytest_bdd.scenario")
"""The module, which pytest-bdd hides behind a function of the same name."""


def install(index: StepIndex) -> Any:
    """Let pytest-bdd look steps up in an index; returns what it replaces, for `uninstall`."""
    replaced = _BDD_SCENARIO.get_step_function

    def find(request: pytest.FixtureRequest, step: Any) -> StepFunctionContext | None:  # noqa: ARG001 (called by name)
        return index.find(step.type, step.name)

    _BDD_SCENARIO.get_step_function = find
    return replaced


def uninstall(replaced: Any) -> None:
    """Give pytest-bdd its own look-up back."""
    _BDD_SCENARIO.get_step_function = replaced
