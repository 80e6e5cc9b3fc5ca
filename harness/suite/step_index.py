"""Finds the definition of a step by an index, and refuses a step that two definitions match.

pytest-bdd tries every fixture of the session for every step, and takes the last definition that matches. Here all
step definitions are global, so one index by type and first word serves every scenario; what a text resolved to is
remembered. Refused, too, is what pytest-bdd would pass over in silence: a step that is not run when it is called
(`async`, a generator), and a table or text that its definition does not read.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from pytest_bdd import parsers
from pytest_bdd.parsers import StepParser
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from harness.errors import SuiteMistake


class StepIndex:
    """All step definitions of a session, by type and the first word of their text."""

    def __init__(self, contexts: Iterable[StepFunctionContext]) -> None:
        self._by_word: dict[tuple[str, str | None], list[tuple[str, StepFunctionContext]]] = defaultdict(list)
        self._matching: dict[tuple[str, str], list[StepFunctionContext]] = {}
        for context in {id(context): context for context in contexts}.values():
            word, literal = _first_word(context.parser), _literal(context.parser)
            for step_type in (context.type,) if context.type else ("given", "when", "then"):
                self._by_word[step_type, word].append((literal, context))

    def find(self, step_type: str, text: str) -> StepFunctionContext | None:
        """The one definition that matches a step, or None.

        :raises SuiteMistake: more than one definition matches.
        """
        matching = self.matching(step_type, text)
        if len(matching) > 1:
            patterns = " and ".join(repr(context.parser.name) for context in matching)
            raise SuiteMistake(f"{step_type} {text!r} matches more than one step definition: {patterns}")
        return matching[0] if matching else None

    def matching(self, step_type: str, text: str) -> list[StepFunctionContext]:
        """Every definition that matches a step."""
        key = step_type, text
        if key not in self._matching:
            self._matching[key] = self._search(step_type, text)
        return self._matching[key]

    def _search(self, step_type: str, text: str) -> list[StepFunctionContext]:
        by_word, anywhere = (step_type, text.split(" ", 1)[0]), (step_type, None)
        within = text.lower()
        return [
            context
            for literal, context in (*self._by_word.get(by_word, ()), *self._by_word.get(anywhere, ()))
            if literal in within and context.parser.is_matching(text)
        ]


def _first_word(parser: StepParser) -> str | None:
    """The word that every step of a pattern begins with, or None where the pattern leaves it open."""
    if not isinstance(parser, parsers.parse | parsers.string):
        return None
    word, space, _ = parser.name.partition(" ")
    return word if space and "{" not in word else None


_GAP = re.compile(r"\{.*?\}|[{}]")


def _literal(parser: StepParser) -> str:
    """The longest text, in lower case, that every step of a pattern holds; looked for before the pattern is tried."""
    if not isinstance(parser, parsers.parse | parsers.string):
        return ""
    between = (text for text in _GAP.split(parser.name) if text.isascii())
    return max(between, key=len, default="").lower()


def gaps_of(parser: StepParser) -> tuple[frozenset[str], bool]:
    """The names of a pattern's gaps, and whether it has gaps without a name."""
    if isinstance(parser, parsers.parse):
        return frozenset(parser.parser.named_fields), bool(parser.parser.fixed_fields)
    if isinstance(parser, parsers.re):
        return frozenset(parser.regex.groupindex), False
    return frozenset(), False


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


def step_modules(package: str) -> list[str]:
    """The modules with step definitions in a package, by name."""
    found = importlib.import_module(package)
    return sorted(f"{package}.{module.name}" for module in pkgutil.iter_modules(found.__path__))


@functools.cache
def _parameters(function: Any) -> frozenset[str]:
    return frozenset(inspect.signature(function).parameters)


def _read_whole(step: Any, context: StepFunctionContext) -> None:
    """:raises SuiteMistake: the step has a table or text that its definition does not read."""
    for name in ("datatable", "docstring"):
        if getattr(step, name) is not None and name not in _parameters(context.step_func):
            raise SuiteMistake(f"{step.name!r} has a {name}, which its step definition does not read")


def _called(fixturefunc: Any, request: pytest.FixtureRequest, kwargs: dict[str, Any]) -> Any:  # noqa: ARG001
    """Call a step function, in place of pytest's own way, which leaves a coroutine alone.

    :raises SuiteMistake: the call has not run the step.
    """
    returned = fixturefunc(**kwargs)
    if inspect.isawaitable(returned) or inspect.isasyncgen(returned) or inspect.isgenerator(returned):
        if inspect.iscoroutine(returned):
            returned.close()
        name = getattr(fixturefunc, "__name__", repr(fixturefunc))
        raise SuiteMistake(f"step function {name} is async or a generator: calling it has not run it")
    return returned


_BDD_SCENARIO: Any = importlib.import_module("pytest_bdd.scenario")
"""The module, which pytest-bdd hides behind a function of the same name."""


def install(index: StepIndex) -> Any:
    """Let pytest-bdd look steps up in an index, and each step function's signature once; returns what it replaces."""

    def find(request: pytest.FixtureRequest, step: Any) -> StepFunctionContext | None:  # noqa: ARG001 (called by name)
        context = index.find(step.type, step.name)
        if context is not None:
            _read_whole(step, context)
        return context

    ours = {
        "get_step_function": find,
        "call_fixture_func": _called,
        "signature": functools.cache(inspect.signature),
        "get_required_args": functools.cache(_BDD_SCENARIO.get_required_args),
    }
    replaced = {name: getattr(_BDD_SCENARIO, name) for name in ours}
    vars(_BDD_SCENARIO).update(ours)
    return replaced


def uninstall(replaced: Any) -> None:
    """Give pytest-bdd its own ways back."""
    vars(_BDD_SCENARIO).update(replaced)
