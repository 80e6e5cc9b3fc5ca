"""The feature check of step definitions: that each step has exactly one, and that it does what it seems to do.

pytest-bdd passes an `async` step without running it, takes the last of several definitions that match, and drops
silently what a definition does not ask for: the value of a gap, a table, a text. Nothing is run to find this out: the
step modules are imported, and what they registered is looked at.
"""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import inspect
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from harness.errors import nearest
from harness.suite.findings import Code, Finding, Source, Written, scenarios
from harness.suite.inventory import FOUND_FOLDER, PLACEHOLDER
from harness.suite.step_index import StepIndex, gaps_of, step_modules
from harness.suite.structure import typed

_FOUND_MODULE = "found.py"
"""The module of the steps that stand in found features alone."""
_GIVEN_BY_RUNNER = frozenset({"conversation", "request", "datatable", "docstring"})
_WORDS = {"given": "Given", "when": "When", "then": "Then"}


@dataclass(slots=True)
class Definition:
    """A step definition: one function under one pattern, for one or several types of steps."""

    pattern: str
    function: Any
    contexts: list[StepFunctionContext]
    used: bool = False

    @property
    def path(self) -> Path:
        return _file_of(self.function)

    @property
    def line(self) -> int:
        return int(inspect.unwrap(self.function).__code__.co_firstlineno)

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        return _parameters(self.function)

    @property
    def is_of_found_features(self) -> bool:
        """Whether it may stand in found features alone."""
        return self.path.name == _FOUND_MODULE

    def finding(self, code: Code, what: str, expected: str) -> Finding:
        return Finding(self.path, self.line, code, f"step {self.pattern!r} {what}", expected)


@functools.cache
def _file_of(function: Any) -> Path:
    return Path(inspect.unwrap(function).__code__.co_filename)


@functools.cache
def _parameters(function: Any) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


@dataclass(frozen=True, slots=True)
class Definitions:
    """All step definitions of a package, how steps find them, and what kept modules from being read."""

    all: tuple[Definition, ...]
    index: StepIndex
    fixtures: frozenset[str]
    modules: tuple[Path, ...]
    unread: tuple[Finding, ...]
    _of_context: Mapping[int, Definition] = field(repr=False)

    def of(self, context: StepFunctionContext) -> Definition:
        """The definition that a context is part of."""
        return self._of_context[id(context)]


def read_definitions(package: str) -> Definitions:
    """Import a package's step modules and collect what they define."""
    contexts: dict[int, StepFunctionContext] = {}
    fixtures: set[str] = set()
    modules, unread = [], []
    for name in step_modules(package):
        try:
            module = importlib.import_module(name)
        except (Exception, SystemExit) as error:  # noqa: BLE001 (a module may raise anything when it is run)
            unread.append(_unread(name, error))
            continue
        modules.append(Path(str(module.__file__)))
        for attribute, value in vars(module).items():
            marker = getattr(value, "_fixture_function", None)
            if marker is None:
                continue
            fixtures.add(str(getattr(value, "name", attribute)))
            context = step_function_context_registry.get(marker)
            if context is not None and attribute.startswith(StepNamePrefix.step_def.value):
                contexts[id(context)] = context
    grouped: dict[tuple[int, str], Definition] = {}
    of_context = {}
    for identity, context in contexts.items():
        key = (id(context.step_func), context.parser.name)
        definition = grouped.setdefault(key, Definition(context.parser.name, context.step_func, []))
        definition.contexts.append(context)
        of_context[identity] = definition
    fixtures |= {context.target_fixture for context in contexts.values() if context.target_fixture is not None}
    return Definitions(
        tuple(sorted(grouped.values(), key=lambda found: (str(found.path), found.line, found.pattern))),
        StepIndex(contexts.values()),
        frozenset(fixtures),
        tuple(modules),
        tuple(unread),
        of_context,
    )


def _unread(name: str, error: BaseException) -> Finding:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        spec = None
    path = Path(spec.origin) if spec is not None and spec.origin is not None else Path(name)
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == path]
    line = (error.lineno or 0) if isinstance(error, SyntaxError) else (lines[-1] if lines else 0)
    what = f"cannot be imported: {type(error).__name__}: {error}"
    return Finding(path, line, Code.NOT_IMPORTABLE, what, "a module with step definitions")


# --- definitions by themselves -----------------------------------------------------------------------------------


def definitions(found: Definitions) -> Iterator[Finding]:
    """Everything that is wrong with step definitions by themselves."""
    yield from found.unread
    for path in found.modules:
        yield from _asserts(path)
    for definition in found.all:
        yield from _kind(definition)
        yield from _arguments(definition, found.fixtures)


def _asserts(path: Path) -> Iterator[Finding]:
    source = path.read_bytes()
    for node in ast.walk(ast.parse(source)) if b"assert" in source else ():
        if isinstance(node, ast.Assert):
            what = "an assert: Python leaves it out when it is told to optimise"
            yield Finding(path, node.lineno, Code.ASSERT_IN_STEP, what, "a check of the harness, which raises Unmet")


def _kind(definition: Definition) -> Iterator[Finding]:
    function = inspect.unwrap(definition.function)
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        yield definition.finding(Code.ASYNC_STEP, "is async: it would pass without having run", "a plain function")
    elif inspect.isgeneratorfunction(function):
        what = "holds a yield: what comes after it would be run when the verdict is settled"
        yield definition.finding(Code.GENERATOR_STEP, what, "a plain function")


def _arguments(definition: Definition, fixtures: frozenset[str]) -> Iterator[Finding]:
    named, unnamed = gaps_of(definition.contexts[0].parser)
    parameters = definition.parameters
    for name in sorted(named - parameters.keys()):
        what = f"has a gap {name!r} that its function does not take: whatever stands there would do"
        yield definition.finding(Code.DROPPED_GAP, what, f"a parameter {name!r}")
    if unnamed:
        what = "has a gap without a name, which reaches no parameter: whatever stands there would do"
        yield definition.finding(Code.DROPPED_GAP, what, "a name for each gap")
    for name, parameter in parameters.items():
        needed = parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        if needed and name not in named | fixtures | _GIVEN_BY_RUNNER:
            known = sorted(named | _GIVEN_BY_RUNNER | {known for known in fixtures if known.isidentifier()})
            what = f"takes {name!r}, which nothing gives"
            yield definition.finding(Code.UNFED_ARGUMENT, what, f"one of {', '.join(known)}")


def unused(found: Definitions) -> Iterator[Finding]:
    """Step definitions that no step of the features checked so far has used."""
    for definition in found.all:
        if not definition.used and not definition.is_of_found_features:
            yield definition.finding(
                Code.UNUSED_STEP, "is used by no feature", "a feature that uses it, or no such step"
            )


# --- steps against definitions --------------------------------------------------------------------------------------


def steps(source: Source, found: Definitions) -> Iterator[Finding]:
    """Steps of a feature file that no definition matches, or several; each place once, whatever cases it has."""
    seen: set[tuple[int, Code]] = set()
    for written in scenarios(source.feature):
        for step, kind, text in _cases(written):
            for finding in _step(source, step, kind, text, found):
                if (finding.line, finding.code) not in seen:
                    seen.add((finding.line, finding.code))
                    yield finding


def _cases(written: Written) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """The steps of a scenario with their types and texts: once for each case where the text differs."""
    values = [dict(zip(header, cells, strict=True)) for header, cells, _ in written.rows] or [{}]
    for part in (*(background["steps"] for background in written.above), written.node["steps"]):
        for step, kind in typed(part):
            for text in dict.fromkeys(filled(step["text"], row) for row in values):
                yield step, kind, text


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled in, as far as there are values."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def _step(source: Source, step: Mapping[str, Any], kind: str, text: str, found: Definitions) -> Iterator[Finding]:
    try:
        matching = found.index.matching(kind, text)
    except Exception as error:  # noqa: BLE001 (a pattern's own converters may raise anything)
        what = f"reading {text!r} fails: {type(error).__name__}: {error}"
        yield source.finding(step, Code.UNDEFINED_STEP, what, "a text that a step definition understands")
        return
    for context in matching:
        found.of(context).used = True
    if not matching:
        yield _undefined(source, step, kind, text, found)
    elif len(matching) > 1:
        places = " and ".join(_place(found.of(context)) for context in matching)
        what = f"{_WORDS[kind]} {text!r} matches {len(matching)} step definitions: {places}"
        yield source.finding(step, Code.AMBIGUOUS_STEP, what, "one definition for each step")
    elif found.of(matching[0]).is_of_found_features and not source.file.startswith(f"{FOUND_FOLDER}/"):
        what = f"{text!r} stands outside folder {FOUND_FOLDER!r}"
        yield source.finding(step, Code.UNDEFINED_STEP, what, "a step that says what is judged, case by case")
    else:
        yield from _attachments(source, step, text, found.of(matching[0]))


def _place(definition: Definition) -> str:
    return f"{definition.pattern!r} ({definition.path.name}:{definition.line})"


def _undefined(source: Source, step: Mapping[str, Any], kind: str, text: str, found: Definitions) -> Finding:
    others = [other for other in _WORDS if other != kind and _matches(found, other, text)]
    if others:
        what = f"{text!r} is defined for {' and '.join(_WORDS[other] for other in others)}, not for {_WORDS[kind]}"
        return source.finding(step, Code.UNDEFINED_STEP, what, f"a step that may stand as {_WORDS[kind]}")
    patterns = {context.parser.name for definition in found.all for context in definition.contexts}
    what = f"no step definition matches {_WORDS[kind]} {text!r}"
    return source.finding(step, Code.UNDEFINED_STEP, what, "a step of the vocabulary", nearest(text, patterns))


def _matches(found: Definitions, kind: str, text: str) -> Sequence[StepFunctionContext]:
    try:
        return found.index.matching(kind, text)
    except Exception:  # noqa: BLE001 (see above)
        return ()


def _attachments(source: Source, step: Mapping[str, Any], text: str, definition: Definition) -> Iterator[Finding]:
    for key, name, what in (("dataTable", "datatable", "table"), ("docString", "docstring", "text below it")):
        parameter = definition.parameters.get(name)
        if key in step and parameter is None:
            found = f"{text!r} has a {what}, which its step definition does not read"
            yield source.finding(step, Code.DROPPED_TABLE, found, f"no {what}, or a definition that takes {name!r}")
        if key not in step and parameter is not None and parameter.default is parameter.empty:
            found = f"{text!r} lacks the {what} that its step definition reads"
            yield source.finding(step, Code.DROPPED_TABLE, found, f"a {what}")
