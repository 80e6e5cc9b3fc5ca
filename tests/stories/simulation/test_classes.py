"""A simulation looks at nothing of a class that the system does not claim."""

from __future__ import annotations

from dataclasses import replace

from harness.stories.living import Lived
from harness.stories.playing import Cast, play
from harness.stories.story import drawn
from reference_impl.bent.bending import replaced
from reference_impl.repository import on_demand_estimation
from reference_impl.repository.port import Port

SDPS, DAYS, SEED = 50, 60, 3
NO_ESTIMATES = replaced(on_demand_estimation, "estimated", lambda _: lambda *_given: [])


def simulated_without_estimates(cast: Cast) -> Lived:
    """What a simulation comes to where nothing is ever estimated."""
    with NO_ESTIMATES(Port.__new__(Port)):
        played = play(cast, drawn(SDPS, DAYS, SEED), None, lambda: None)
    assert played.trouble is None
    return played.lived


def test_whoever_claims_on_demand_estimation_is_held_to_it(cast: Cast) -> None:
    assert "ODE-02" in simulated_without_estimates(cast).ledger.broken


def test_whoever_does_not_is_not(cast: Cast) -> None:
    claims = tuple(name for name in cast.system.classes if name != "ODEST")
    lived = simulated_without_estimates(replace(cast, system=replace(cast.system, classes=claims)))
    assert not lived.ledger.broken
    assert not any(rule.startswith("ODE") for rule in lived.ledger.checks)
