"""Where a rule lives: its slide, features, steps, chapters, checks, books, reference and faults.

Nothing is listed by hand but the lines of the slides, which do not change. Features are found by tag, steps by the
scenarios (those of a `Then` with their lines), chapters by what the steps of a `Then` use, faults by their ids, and all
other code by the rule ids that its docstrings and constants name: ``(USDP-01 to -05, -08)`` names six rules.
"""

from __future__ import annotations

import ast
import bisect
import functools
import importlib
import importlib.resources
import inspect
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.port.naming import bents
from harness.suite.definitions import Definition, Definitions, read_definitions
from harness.suite.inventory import Inventory

SLIDES = "workshop-2010-10-20.txt"
"""The text of the workshop, whose lines are told."""
_CHAPTERS = "harness.stage.chapters"
_NAMED = re.compile(r"\b([A-Z]{2,4})-(\d{2})(?!\d)(?: to (?:[A-Z]{2,4})?-(\d{2}))?")
_CARRIED_ON = re.compile(r"(?:, | and )-(\d{2})(?: to -(\d{2}))?")
_Documented: typing.TypeAlias = ast.Module | ast.ClassDef | ast.FunctionDef


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file, a line in it where that is told, and what stands there."""

    path: str
    line: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a rule, by the kind of place; a kind that has none is left empty."""

    slide: tuple[Place, ...]
    features: tuple[Place, ...]
    steps: tuple[Place, ...]
    chapters: tuple[Place, ...]
    checks: tuple[Place, ...]
    oracle: tuple[Place, ...]
    reference: tuple[Place, ...]
    faults: tuple[Place, ...]


def places_of(rule: str, slide: str, inventory: Inventory, step_package: str) -> Places:
    """The places of a rule.

    :param slide: the heading of the slide it is read from.
    """
    cases = [case for case in inventory.cases if case.judges == rule]
    found = _definitions(step_package)
    used = {
        (step.type, definition.function): definition
        for case in cases
        for step in case.steps
        for context in found.index.matching(step.type, step.text)
        for definition in [found.of(context)]
    }
    judging = [definition for (step_type, _), definition in used.items() if step_type == "then"]
    features = {(case.file, case.line) for case in cases}
    faults = [bent for bent in bents() if rule in bent.rules]
    return Places(
        slide=tuple(Place(SLIDES, line) for line in lines_of_slides().get(slide, ())),
        features=tuple(Place(f"features/{file}", line) for file, line in sorted(features)),
        steps=_unique(place for definition in used.values() for place in _places_of_step(definition, judging)),
        chapters=_unique(Place(_shown(Path(str(each.__file__)))) for step in judging for each in _chapters(step)),
        checks=_named_in("harness.referee").get(rule, ()),
        oracle=_named_in("harness.oracle").get(rule, ()),
        reference=_unique(
            place
            for package in {_package_of(bent) for bent in bents()}
            for place in _named_in(package).get(rule, ())
            if not place.path.startswith(f"{package}/bent/")
        ),
        faults=_unique(_place_of(bent) for bent in faults),
    )


@functools.cache
def lines_of_slides() -> Mapping[str, tuple[int, ...]]:
    """The lines of the workshop's text at which each slide that a rule names begins."""
    return {title: tuple(lines) for title, lines in _slides()["named"].items()}


@functools.cache
def numbers_of_slides() -> Mapping[str, tuple[int, ...]]:
    """The numbers of each slide that a rule names: its place among the headings of the workshop's text, from 1.

    The text numbers no slide. One without text would not be counted, so that printed pages may be numbered otherwise.
    """
    every = _slides()["every"]
    return {
        title: tuple(dict.fromkeys(bisect.bisect_right(every, line) for line in lines))
        for title, lines in lines_of_slides().items()
    }


@functools.cache
def _slides() -> Mapping[str, Any]:
    return tomllib.loads(importlib.resources.files("corpus").joinpath("slides.toml").read_text(encoding="utf-8"))


def rules_named(text: str) -> set[str]:
    """The ids of rules that a text names, spans included: ``SEQ-01 to -03, -05`` names four."""
    found: set[str] = set()
    for first in _NAMED.finditer(text):
        area, place = first[1], first.end()
        found |= _span(area, first[2], first[3])
        while (more := _CARRIED_ON.match(text, place)) is not None:
            found |= _span(area, more[1], more[2])
            place = more.end()
    return found


def _span(area: str, first: str, last: str | None) -> set[str]:
    return {f"{area}-{number:02}" for number in range(int(first), int(last or first) + 1)}


# --- steps and chapters -----------------------------------------------------------------------------------------


@functools.cache
def _definitions(step_package: str) -> Definitions:
    return read_definitions(step_package)


def _places_of_step(definition: Definition, judging: Sequence[Definition]) -> Iterator[Place]:
    """The module of a step definition; its line as well, where it is among those that judge."""
    module = _shown(definition.path)
    yield Place(module)
    if definition in judging:
        yield Place(module, definition.line, inspect.unwrap(definition.function).__name__)


def _chapters(definition: Definition) -> set[types.ModuleType]:
    """The chapters that a step definition uses: by name, by the class of what it is given, or through a helper."""
    function = inspect.unwrap(definition.function)
    given = [each for each in typing.get_type_hints(function).values() if isinstance(each, type)]
    modules = {getattr(each, "__module__", "") for each in given} | set(_modules_named(function))
    return {importlib.import_module(name) for name in modules if name.startswith(f"{_CHAPTERS}.")}


def _modules_named(function: types.FunctionType) -> Iterator[str]:
    for name in _names(function.__code__):
        value = function.__globals__.get(name)
        if isinstance(value, types.ModuleType):
            yield value.__name__
        elif isinstance(value, types.FunctionType) and value.__module__ == function.__module__ and value != function:
            yield from _modules_named(value)
        elif value is not None:
            yield str(getattr(value, "__module__", ""))


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _names(inner)


# --- code that names rules --------------------------------------------------------------------------------------


def _package_of(bent: Any) -> str:
    """The package that a fault or variant belongs to."""
    return str(type(bent).__module__).partition(".")[0]


def _place_of(bent: Any) -> Place:
    """Where a fault stands: where its id does, or the text that it is put together from."""
    package = _package_of(bent)
    named = _named_in(package).get(bent.id) or [
        place for pattern, place in _put_together_in(package) if pattern.fullmatch(bent.id)
    ]
    return replace(named[0], what=bent.id) if named else Place(f"{package}/", None, bent.id)


@functools.cache
def _put_together_in(package: str) -> tuple[tuple[re.Pattern[str], Place], ...]:
    """The f-strings in a package, as patterns of what they may come to."""
    return tuple(
        (re.compile("".join(map(_pattern, node.values))), Place(_shown(path), node.lineno))
        for path in _modules_of(package)
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values)
    )


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"


def _modules_of(package: str) -> list[Path]:
    (folder,) = importlib.import_module(package).__path__
    return sorted(Path(folder).rglob("*.py"))


@functools.cache
def _named_in(package: str) -> Mapping[str, tuple[Place, ...]]:
    """What each id, of a rule or a fault, is named by in a package: docstrings, and constants that are the id."""
    found: dict[str, list[Place]] = {}
    for path in _modules_of(package):
        for identifier, line, what in _named_by(ast.parse(path.read_bytes())):
            found.setdefault(identifier, []).append(Place(_shown(path), line, what))
    return {identifier: _unique(places) for identifier, places in found.items()}


def _named_by(module: ast.Module) -> Iterator[tuple[str, int | None, str]]:
    """The ids that a module names, each with its line and the name of the class, function or constant around it.

    Those that the module's own docstring names have neither.
    """
    pending: list[tuple[ast.AST, int | None, str]] = [(module, None, "")]
    while pending:
        node, line, what = pending.pop()
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            line, what = node.lineno, node.name
        elif line is None:
            what = _assigned(node) or what
        if isinstance(node, _Documented):
            for rule in rules_named(ast.get_docstring(node) or ""):
                yield rule, line, what
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            yield node.value, line or node.lineno, what
        pending += [(child, line, what) for child in ast.iter_child_nodes(node)]


def _assigned(node: ast.AST) -> str:
    """The name of the constant that a statement defines; empty where it defines none, or several."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _unique(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places), key=lambda place: (place.path, place.line or 0, place.what)))


def _shown(path: Path) -> str:
    """A path of one of our packages as it stands in the tree."""
    return path.relative_to(Path(__file__).parents[2]).as_posix()
