"""Faults that show in days of operation alone: simulations catch them, by their rule, and no scenario does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.stories.story import drawn
from reference_impl.bent.operations import OPERATION_FAULTS
from tests.conftest import Said
from tests.stories.simulation.conftest import Simulate

IDS = [fault.id for fault in OPERATION_FAULTS]
RULES = {fault.id: fault.rules[0] for fault in OPERATION_FAULTS}


@pytest.mark.parametrize("fault", IDS)
def test_a_simulation_catches_it_by_its_rule(simulate: Simulate, fault: str) -> None:
    assert RULES[fault] in simulate(drawn(30, 100, 0), fault=fault).ledger.broken


@pytest.mark.parametrize(
    ("fault", "areas"),
    [("thirty_first_day_off_peak", "BQ or SEG or BSV"), ("returned_sdps_end_dated_again", "PSY or ISY or SRP")],
)
def test_no_scenario_of_the_areas_that_it_touches_catches_it(said: Callable[..., Said], fault: str, areas: str) -> None:
    assert said("run", "--adapter", f"reference+{fault}", "--select", areas).code == 0


def test_the_proof_holds_them_to_both(said: Callable[..., Said]) -> None:
    answer = said("prove", "--select", "BQ-05")
    assert answer.code == 0
    (entry,) = json.loads(Path("mdmr-conform-proof/proof.json").read_bytes())["in_operation"]
    assert entry["id"] == "thirty_first_day_off_peak"
    assert set(entry["violated"]) == {"BQ-05"}
    assert entry["scenarios"] == []
    assert "1 of 1 faults that show in operation alone are caught by a simulation" in answer.out
