"""What exploration has caught is caught again, by the smallest conversation: its feature has the name of the fault."""

from __future__ import annotations

import pytest

from harness.exploration.exploring import Subject, Wish, subject_of
from harness.exploration.lines import Line
from harness.exploration.playing import Player
from harness.port.naming import bents
from harness.suite.inventory import ScenarioCase, take_inventory
from tests.exploration.catching import CAUGHT, REFERENCE, trial_of

FAULTS = {bent.id: bent for bent in bents(REFERENCE) if bent.kind == "fault"}
CASES = take_inventory(CAUGHT.parent, sorted(f"{CAUGHT.name}/{path.name}" for path in CAUGHT.glob("*.feature"))).cases


def fault_of(case: ScenarioCase) -> str:
    return case.file.removeprefix(f"{CAUGHT.name}/").removesuffix(".feature")


@pytest.fixture(scope="module")
def subject() -> Subject:
    return subject_of(Wish(REFERENCE, None, 0, None, None, 1, 3600.0))


@pytest.mark.parametrize("case", CASES, ids=fault_of)
def test_the_smallest_conversation_catches_its_fault_and_harms_nobody_else(
    case: ScenarioCase, subject: Subject
) -> None:
    fault = fault_of(case)
    trial = trial_of(subject, FAULTS[fault])
    *before, last = case.steps
    assert last.text == f"no rule {case.judges} is broken"
    assert case.judges in trial.rules
    lines = tuple(Line(step.text, step.table) for step in before)
    seen = {}
    for adapter in (f"{REFERENCE}+{fault}", REFERENCE):
        player = Player(subject.plan(), adapter, None, trial.readings)
        played = player.play(case.id, lines)
        player.close()
        assert (played.heard, played.mistake) == (len(lines), None)
        seen[adapter] = {breach.key for breach in played.breaches}
    assert case.judges in seen[f"{REFERENCE}+{fault}"]
    assert seen[REFERENCE] == set()


AREAS = {"BQ", "BRP", "BSV", "FTS", "ISY", "ODE", "PSY", "SEG", "SEQ", "SRP", "STL", "SUM", "TXS", "USDP", "WIN"}
"""All but SYN and FUT, where the referee names a neighbouring rule of what it sees."""


def test_each_of_these_areas_has_a_catch() -> None:
    assert {case.judges.partition("-")[0] for case in CASES} >= AREAS
