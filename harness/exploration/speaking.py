"""Lets the lines of an explored conversation happen, by the very functions that perform the steps of scenarios."""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.errors import SuiteMistake
from harness.exploration.lines import Line
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

    def perform(
        self, conversation: Conversation, steps: Sequence[tuple[str, Line]], heard: Callable[[], None] = lambda: None
    ) -> Speech:
        """Let steps happen in a conversation, one after the other, each as ``given``, ``when`` or ``then``.

        :param heard: is called after each step.
        :return: with which more can be said in it.
        :raises SuiteMistake: a step says nothing that the vocabulary knows, or nothing that fits what came before.
        """
        speech = self.speech(conversation)
        for step_type, line in steps:
            speech.say(step_type, line)
            heard()
        return speech

    def speech(self, conversation: Conversation) -> Speech:
        """What is to be said in a conversation, step by step."""
        return Speech(self.index, self._fixtures, {"conversation": conversation})


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said in one conversation.

    :param fixtures: what makes that for which steps ask by name.
    :param given: what there is by now of it.
    """

    index: StepIndex
    fixtures: Mapping[str, Callable[..., Any]]
    given: dict[str, Any]

    def say(self, step_type: str, line: Line) -> None:
        """Let a step happen.

        :raises SuiteMistake: it is none that the vocabulary knows, or makes no sense after the others.
        """
        context = self.index.find(step_type, line.text)
        if context is None:
            raise SuiteMistake(f"no step definition matches {step_type} {line.text!r}")
        arguments: dict[str, Any] = dict(context.parser.parse_arguments(line.text) or {})
        if line.table:
            arguments["datatable"] = [list(row) for row in line.table]
        for name in _parameters(context.step_func):
            if name not in arguments:
                arguments[name] = self._asked_for(name)
        returned = context.step_func(**arguments)
        if context.target_fixture is not None:
            self.given[context.target_fixture] = returned

    def _asked_for(self, name: str) -> Any:
        """What a step asks for by name: made when it is first asked for, and one for the whole conversation."""
        if name not in self.given:
            if name not in self.fixtures:
                raise SuiteMistake(f"a step asks for {name!r}, which nothing gives")
            make = self.fixtures[name]
            self.given[name] = make(**{each: self._asked_for(each) for each in _parameters(make)})
        return self.given[name]


@functools.cache
def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


@functools.cache
def vocabulary(package: str) -> Vocabulary:
    """The steps of a package; read once, for all conversations of a process."""
    return Vocabulary(package)
