"""Retells what was found as a feature in the suite's own words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from harness.exploration.lines import LAST, Line, Lines, typed
from harness.exploration.playing import Breach
from harness.port.protocol import Role
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import AGENT, CIS_FOLDER, FOUND_FOLDER, scenario_id

OF_AN_AGENT = "the CIS of agent "
SCENARIO = "The smallest conversation that was found"
_WIDTH = 110


def file_of(rule: str, role: Role) -> str:
    """The feature file of what was found of a rule, below the folder of what comes out."""
    folder = FOUND_FOLDER if role is Role.REPOSITORY else f"{FOUND_FOLDER}/{CIS_FOLDER}"
    return f"{folder}/{rule}.feature"


def scenario_of(rule: str, role: Role) -> str:
    """The id of the scenario that tells what was found of a rule."""
    return scenario_id(file_of(rule, role), SCENARIO, None)


def feature(breach: Breach, lines: Lines, role: Role, about: str) -> str:
    """A feature that tells a conversation which broke a rule.

    :param about: where the conversation comes from, as a comment.
    """
    rule = load_catalogue().rule(breach.key)
    agent = [f"@{AGENT}"] if any(line.text.startswith(OF_AN_AGENT) for line in lines) else []
    tags = " ".join(dict.fromkeys((f"@{rule.area}", f"@{rule.class_of(role)}", *agent)))
    text = [f"# {about}", tags, f"Feature: {rule.id} in a conversation that exploration found"]
    seen = f"About: {breach.about}", f"Expected: {breach.expected}", f"Observed: {breach.observed}"
    for words in (rule.text, *seen):
        text += [f"  > {line}" for line in textwrap.wrap(words, _WIDTH)]  # no line of it begins as a step does
    text += ["", f"  @{rule.id}", f"  Scenario: {SCENARIO}", *(f"    {line}" for line in _steps(lines))]
    duty = breach.duty or Line(f"no rule {rule.id} is broken")
    text += [f"    {line}" for line in (f"Then {duty.text}", *_table(duty))]
    return "".join(f"{line}\n" for line in text)


def _steps(lines: Lines) -> Iterator[str]:
    keyword = "Given"
    for kind, line in typed(lines):
        yield f"{'When' if kind == LAST else keyword} {line.text}"
        yield from _table(line)
        keyword = "And"


def _table(line: Line) -> Iterator[str]:
    """The rows of a table, their columns aligned."""
    widths = [max(len(row[place]) for row in line.table) for place in range(len(line.table[0]))] if line.table else []
    for row in line.table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  | {' | '.join(cells)} |"
