"""What the feature check finds: each finding with its place, what was expected, and the nearest right spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Code(StrEnum):
    """The kinds of findings. What makes scenarios get lost, pass unrun or mean something else stands in `STOPS`."""

    DOES_NOT_PARSE = "does-not-parse"
    MISPLACED_FILE = "misplaced-file"
    LANGUAGE = "language"
    MISTYPED_KEYWORD = "mistyped-keyword"
    STRAY_LINE = "stray-line"
    NO_SCENARIO = "no-scenario"
    NO_NAME = "no-name"
    EQUAL_NAMES = "equal-names"
    NO_STEPS = "no-steps"
    NO_THEN = "no-then"
    STEP_ORDER = "step-order"
    NO_EXAMPLES = "no-examples"
    NO_ROWS = "no-rows"
    NEEDLESS_EXAMPLES = "needless-examples"
    COLUMN = "column"
    NO_COLUMN = "no-column"
    CASE = "case"

    MISPLACED_TAG = "misplaced-tag"
    UNKNOWN_TAG = "unknown-tag"
    UNKNOWN_RULE = "unknown-rule"
    UNKNOWN_READING = "unknown-reading"
    NOT_ONE_RULE = "not-one-rule"
    OWN_RULE = "own-rule"
    NOT_JUDGED = "not-judged"
    AREA = "area"
    CLASS = "class"
    NO_SCENARIO_FOR_RULE = "no-scenario-for-rule"

    NOT_IMPORTABLE = "not-importable"
    UNDEFINED_STEP = "undefined-step"
    AMBIGUOUS_STEP = "ambiguous-step"
    ASYNC_STEP = "async-step"
    GENERATOR_STEP = "generator-step"
    DROPPED_GAP = "dropped-gap"
    DROPPED_TABLE = "dropped-table"
    UNFED_ARGUMENT = "unfed-argument"
    ASSERT_IN_STEP = "assert-in-step"
    UNUSED_STEP = "unused-step"


STOPS = frozenset(
    {
        *(code for code in Code if list(Code).index(code) <= list(Code).index(Code.CASE)),
        *(Code.MISPLACED_TAG, Code.UNKNOWN_TAG, Code.UNKNOWN_RULE, Code.NOT_ONE_RULE),
        *(Code.NOT_IMPORTABLE, Code.AMBIGUOUS_STEP, Code.ASYNC_STEP, Code.GENERATOR_STEP),
        *(Code.DROPPED_GAP, Code.DROPPED_TABLE, Code.ASSERT_IN_STEP),
    }
)
"""With these nothing is run: the verdicts would not be about what the feature files say."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a feature or a step module that must not stay. `line` counts from 1; 0 is the file as a whole."""

    path: Path
    line: int
    code: Code
    what: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{_shown(self.path)}:{self.line}" if self.line else _shown(self.path)
        lines = [f"{place}: {self.what} [{self.code}]", f"  expected: {self.expected}"]
        return "\n".join([*lines, f"  {self.remedy}"] if self.remedy else lines)


def _shown(path: Path) -> str:
    """A path as short as the working directory allows."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@dataclass(frozen=True, slots=True)
class Source:
    """A feature file that parses.

    :param file: its path below the features folder, with slashes.
    :param feature: the feature, as gherkin-official gives it.
    """

    path: Path
    file: str
    lines: tuple[str, ...]
    feature: Mapping[str, Any]

    def finding(self, at: Mapping[str, Any] | int, code: Code, what: str, expected: str, remedy: str = "") -> Finding:
        """A finding at a line, or where a part of the document begins."""
        line = at if isinstance(at, int) else int(at["location"]["line"])
        return Finding(self.path, line, code, what, expected, remedy)


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario as it is written: one node of the document, whatever cases it has.

    :param above: the backgrounds whose steps go before its own.
    """

    node: Mapping[str, Any]
    above: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        return str(self.node["name"])

    @property
    def rows(self) -> list[tuple[list[str], list[str], Mapping[str, Any]]]:
        """Each row of its Examples: the headings, the values, and the row itself."""
        return [
            (
                [cell["value"] for cell in examples["tableHeader"]["cells"]],
                [cell["value"] for cell in row["cells"]],
                row,
            )
            for examples in self.node["examples"]
            if "tableHeader" in examples
            for row in examples["tableBody"]
        ]


def backgrounds(feature: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The backgrounds of a feature and of its Rules."""
    return [
        entry["background"]
        for parent in (feature, *rules(feature))
        for entry in parent["children"]
        if "background" in entry
    ]


def rules(feature: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The Rules of a feature."""
    return [child["rule"] for child in feature["children"] if "rule" in child]


def scenarios(feature: Mapping[str, Any]) -> list[Written]:
    """The scenarios of a feature, those in its Rules included, in the order of the file."""
    found: list[Written] = []
    above: tuple[Mapping[str, Any], ...] = ()
    for child in feature["children"]:
        if "background" in child:
            above = (child["background"],)
        elif "scenario" in child:
            found.append(Written(child["scenario"], above))
        else:
            inner = above
            for entry in child["rule"]["children"]:
                if "background" in entry:
                    inner = (*above, entry["background"])
                else:
                    found.append(Written(entry["scenario"], inner))
    return found
