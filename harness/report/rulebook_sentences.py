"""Scenarios as they are told in the feature files: sentences, their tables, and the cases of an outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from harness.suite.inventory import ScenarioCase, outline_of, parse_feature

Node: TypeAlias = Mapping[str, Any]
_KINDS = {"Given": "given", "When": "when", "Then": "then"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a scenario, with its table as rows of cells; `type` is given, when or then."""

    keyword: str
    type: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """A table of cases: what stands for each gap, and which case each row is."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ScenarioCase], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario with all its cases; where it has a table of cases, sentences have gaps such as ``<version>``."""

    id: str
    name: str
    sentences: tuple[Sentence, ...]
    examples: tuple[Examples, ...]
    cases: tuple[ScenarioCase, ...]

    @property
    def first(self) -> ScenarioCase:
        return self.cases[0]

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of it that people read, each with the kind of its sentence; cells of cases have none."""
        for sentence in self.sentences:
            yield sentence.type, sentence.text
            yield from ((sentence.type, cell) for row in sentence.table for cell in row)
        yield from (("", cell) for examples in self.examples for row, _ in examples.rows for cell in row)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The readings that it rests on, as in ``AMB-01:ldc-too``."""
        return tuple(f"{name}:{reading}" for name, reading in self.first.readings if reading is not None)


def told(cases: Iterable[ScenarioCase], features: Path) -> list[Told]:
    """The scenarios of some cases, in the order of the feature files.

    :param features: the folder in which the feature files lie.
    :raises InputError: a feature file does not parse.
    """
    ordered = sorted(cases, key=lambda case: (case.file, case.line))
    found = []
    for identifier, group in groupby(ordered, key=lambda case: outline_of(case.id)):
        of_it = tuple(group)
        background, scenario = _nodes(features / of_it[0].file)[of_it[0].name]
        sentences = tuple(_sentences([*background, *scenario["steps"]]))
        found.append(Told(identifier, scenario["name"], sentences, tuple(_examples(scenario, of_it)), of_it))
    return found


def _nodes(path: Path) -> Mapping[str, tuple[Sequence[Node], Node]]:
    """The scenarios of a feature file by name, each with the steps that come before its own."""
    found = {}
    before: list[Node] = []
    for child in parse_feature(path)["feature"]["children"]:
        if "background" in child:
            before = child["background"]["steps"]
        inner = list(before)
        for entry in child["rule"]["children"] if "rule" in child else [child]:
            if "scenario" in entry:
                found[entry["scenario"]["name"]] = inner, entry["scenario"]
            elif "rule" in child:
                inner = [*before, *entry["background"]["steps"]]
    return found


def _sentences(steps: Iterable[Node]) -> Iterator[Sentence]:
    kind = "given"
    for step in steps:
        keyword = step["keyword"].strip()
        kind = _KINDS.get(keyword, kind)
        rows = step.get("dataTable", {}).get("rows", ())
        yield Sentence(keyword, kind, step["text"], tuple(_cells(row) for row in rows))


def _examples(scenario: Node, cases: Sequence[ScenarioCase]) -> Iterator[Examples]:
    by_line = {case.line: case for case in cases}
    for examples in scenario["examples"]:
        rows = [(_cells(row), by_line[row["location"]["line"]]) for row in examples.get("tableBody", ())]
        if rows:
            yield Examples(examples["name"], _cells(examples["tableHeader"]), tuple(rows))


def _cells(row: Node) -> tuple[str, ...]:
    return tuple(cell["value"] for cell in row["cells"])
