"""Sets of an agent's count with the LDC's, or by themselves (AMB-34): a simulation goes on either way."""

from __future__ import annotations

import pytest

from harness.stories.living import Lived
from harness.stories.sequences import Sequences
from harness.stories.story import drawn
from tests.stories.simulation.conftest import Simulate

_STORY = 5, 25, 3


def _processed(lived: Lived) -> int:
    return sum(day.files["IR06"] for day in lived.days)


@pytest.mark.parametrize("states", [{}, {"AMB-34": "per-submitter"}], ids=["open", "stated"])
def test_as_many_sets_are_processed_where_an_agent_has_a_sequence_of_its_own(
    simulate: Simulate, states: dict[str, str]
) -> None:
    together = simulate(drawn(*_STORY))
    apart = simulate(drawn(*_STORY), fault="amb_34_per_submitter", states=states)
    assert not apart.ledger.broken
    assert _processed(apart) >= _processed(together) > 25  # an agent that submits more receives copies of more


def test_an_agents_set_that_nobody_awaited_is_not_counted() -> None:
    sequences = Sequences.of_reading("either")
    sequences.use("LDC", "LDC")
    assert sequences.is_told_apart("LDC")
    sequences.use("LDC", "AGENT")
    sequences.shown_by = "TX"
    assert sequences.learn("LDC", [])
    assert (sequences.next_number("LDC", "LDC"), sequences.next_number("LDC", "AGENT")) == (2, 1)
