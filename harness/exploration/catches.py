"""Conversations that caught a seeded fault before, each made as small as it can be: features in ``corpus/caught``.

A feature has the name of its fault; those of a CIS lie in a folder of their own.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from harness.exploration.lines import Line, Lines
from harness.port.protocol import Role
from harness.suite.inventory import CIS_FOLDER, ScenarioCase, take_inventory

FOLDER = Path(str(importlib.resources.files("corpus") / "caught"))


@dataclass(frozen=True, slots=True)
class Catch:
    """A conversation that caught a fault.

    :param name: on which its drawing rests: the id of its scenario.
    :param rule: that it saw broken.
    """

    fault: str
    role: Role
    name: str
    rule: str
    lines: Lines


@functools.cache
def catches() -> tuple[Catch, ...]:
    """Every kept catch, by the names of the faults."""
    return tuple(map(_catch, take_inventory(FOLDER).cases))


def file_of(fault: str, role: Role) -> str:
    """The feature of a fault, below the folder."""
    return f"{fault}.feature" if role is Role.REPOSITORY else f"{CIS_FOLDER}/{fault}.feature"


def _catch(case: ScenarioCase) -> Catch:
    lines = tuple(Line(step.text, step.table) for step in case.steps[:-1])
    return Catch(PurePosixPath(case.file).stem, case.role, case.id, case.judges, lines)


def likely(kept: Iterable[Catch], bent: str, rules: Iterable[str], role: Role) -> Sequence[Catch]:
    """What may catch a fault: the catch of that fault, those of faults of its rules, then those of their areas."""
    of_rules = set(rules)
    areas = {_area(rule) for rule in of_rules}

    def distance(catch: Catch) -> int:
        return 0 if catch.fault == bent else 1 if catch.rule in of_rules else 2

    near = [catch for catch in kept if catch.role is role and (catch.fault == bent or _area(catch.rule) in areas)]
    return sorted(near, key=distance)


def _area(rule: str) -> str:
    return rule.partition("-")[0]
