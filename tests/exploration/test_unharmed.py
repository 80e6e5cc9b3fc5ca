"""Conversations in which an allowed variant, or the reference itself, was once said to break a rule: it does not.

The name of a feature is that of a variant, or `reference`, and after a full stop what the conversation is about. Its
tags name the readings that hold in it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.exploration.exploring import Wish, subject_of
from harness.exploration.lines import Line
from harness.exploration.playing import Player
from harness.port.naming import REFERENCES
from harness.port.protocol import Role
from harness.suite.inventory import ScenarioCase, take_inventory

REFERENCE = REFERENCES[Role.REPOSITORY]
UNHARMED = Path(__file__).parent / "unharmed"
CASES = take_inventory(
    UNHARMED.parent, sorted(f"{UNHARMED.name}/{path.name}" for path in UNHARMED.glob("*.feature"))
).cases


def adapter_of(case: ScenarioCase) -> str:
    variant = Path(case.file).name.partition(".")[0]
    return REFERENCE if variant == REFERENCE else f"{REFERENCE}+{variant}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case.file).stem)
def test_nothing_is_said_to_be_broken(case: ScenarioCase) -> None:
    lines = tuple(Line(step.text, step.table) for step in case.steps[:-1])
    subject = subject_of(Wish(REFERENCE, None, 0, None, None, 1, 3600.0))
    readings = {ambiguity: reading for ambiguity, reading in case.readings if reading is not None}
    player = Player(subject.plan(), adapter_of(case), None, readings)
    played = player.play(case.id, lines)
    player.close()
    assert (played.heard, played.mistake) == (len(lines), None)
    assert [(breach.key, breach.expected, breach.observed) for breach in played.breaches] == []
