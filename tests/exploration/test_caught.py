"""What exploration has caught is caught again, by the smallest conversation: its feature has the name of the fault."""

from __future__ import annotations

import pytest

from harness.exploration.catches import Catch, catches, likely
from harness.exploration.exploring import Subject, Wish, subject_of
from harness.exploration.playing import Player
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Role
from tests.exploration.catching import trial_of

FAULTS = {bent.id: bent for adapter in REFERENCES.values() for bent in bents(adapter) if bent.kind == "fault"}


@pytest.fixture(scope="module")
def subjects() -> dict[Role, Subject]:
    return {
        role: subject_of(Wish(adapter, None, 0, None, None, 1, 3600.0, role)) for role, adapter in REFERENCES.items()
    }


@pytest.mark.parametrize("catch", catches(), ids=lambda catch: catch.fault)
def test_the_smallest_conversation_catches_its_fault_and_harms_nobody_else(
    catch: Catch, subjects: dict[Role, Subject]
) -> None:
    subject = subjects[catch.role]
    trial = trial_of(subject, FAULTS[catch.fault])
    assert catch.rule in trial.rules
    seen = {}
    for adapter in (f"{subject.wish.adapter}+{catch.fault}", subject.wish.adapter):
        player = Player(subject.plan(), adapter, None, trial.readings)
        played = player.play(catch.name, catch.lines)
        player.close()
        assert (played.heard, played.mistake) == (len(catch.lines), None)
        seen[adapter] = {breach.key for breach in played.breaches}
    assert catch.rule in seen[f"{subject.wish.adapter}+{catch.fault}"]
    assert seen[subject.wish.adapter] == set()


AREAS = {"BQ", "BRP", "BSV", "FTS", "ISY", "ODE", "PSY", "SEG", "SEQ", "SRP", "STL", "SUM", "TXS", "USDP", "WIN"}
"""All but SYN and FUT, where the referee names a neighbouring rule of what it sees."""


def test_each_of_these_areas_has_a_catch() -> None:
    assert {catch.rule.partition("-")[0] for catch in catches() if catch.role is Role.REPOSITORY} >= AREAS


def kept(fault: str, rule: str, role: Role = Role.REPOSITORY) -> Catch:
    return Catch(fault, role, fault, rule, ())


def test_what_caught_a_fault_before_comes_first_then_what_caught_one_of_its_rule_or_its_area() -> None:
    area, rule, own = kept("a", "SEQ-06"), kept("b", "SEQ-05"), kept("c", "STL-01")
    others = kept("d", "USDP-01"), kept("e", "SEQ-05", Role.CIS)
    assert likely([area, *others, rule, own], "c", {"SEQ-05"}, Role.REPOSITORY) == [own, rule, area]
