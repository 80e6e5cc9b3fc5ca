"""Lets the lines of an explored conversation happen, by the very functions that perform the steps of scenarios."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.errors import SuiteMistake
from harness.exploration.lines import Line, Lines, typed
from harness.stage.conversation import Conversation
from harness.suite.definitions import read_definitions
from harness.suite.step_index import StepIndex, step_modules


class Vocabulary:
    """The steps of a package, and what their functions are given.

    :param package: the import name of the package with the step definitions.
    """

    def __init__(self, package: str) -> None:
        self.index: StepIndex = read_definitions(package).index
        self._fixtures = {
            name: inspect.unwrap(marker)
            for module in step_modules(package)
            for name, value in vars(importlib.import_module(module)).items()
            if not name.startswith("__") and (marker := getattr(value, "_fixture_function", None)) is not None
        }

    def speak(self, conversation: Conversation, lines: Lines, heard: Callable[[], None] = lambda: None) -> None:
        """Let lines happen in a conversation, one after the other.

        :param heard: is called after each line.
        :raises SuiteMistake: a line says nothing that the vocabulary knows, or nothing that fits what came before.
        """
        self.perform(conversation, typed(lines), heard)

    def perform(
        self, conversation: Conversation, steps: Sequence[tuple[str, Line]], heard: Callable[[], None] = lambda: None
    ) -> None:
        """Let steps happen, each as ``given``, ``when`` or ``then``; else as `speak` does."""
        given: dict[str, Any] = {"conversation": conversation}
        for step_type, line in steps:
            self._say(step_type, line, given)
            heard()

    def _say(self, step_type: str, line: Line, given: dict[str, Any]) -> None:
        context = self.index.find(step_type, line.text)
        if context is None:
            raise SuiteMistake(f"no step definition matches {step_type} {line.text!r}")
        arguments: dict[str, Any] = dict(context.parser.parse_arguments(line.text) or {})
        if line.table:
            arguments["datatable"] = [list(row) for row in line.table]
        for name in _parameters(context.step_func):
            if name not in arguments:
                arguments[name] = self._given(name, given)
        returned = context.step_func(**arguments)
        if context.target_fixture is not None:
            given[context.target_fixture] = returned

    def _given(self, name: str, given: dict[str, Any]) -> Any:
        """What a step asks for by name: made when it is first asked for, and one for the whole conversation."""
        if name not in given:
            if name not in self._fixtures:
                raise SuiteMistake(f"a step asks for {name!r}, which nothing gives")
            make = self._fixtures[name]
            given[name] = make(**{each: self._given(each, given) for each in _parameters(make)})
        return given[name]


@functools.cache
def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


@functools.cache
def vocabulary(package: str) -> Vocabulary:
    """The steps of a package; read once, for all conversations of a process."""
    return Vocabulary(package)
