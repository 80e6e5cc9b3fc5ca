"""Readings: where the profile leaves an ambiguity open, a system's own decides which scenarios are judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.evidence.results import set_aside
from harness.interface.profile import EITHER
from harness.suite.verdicts import ScenarioVerdict

RUNS = "runs"
LEFT_OUT = "left out"
NOT_APPLICABLE = str(ScenarioVerdict.NOT_APPLICABLE)


def verdict_on(small: Any, taken: str, stated: str | None, rests_on: str | None) -> str:
    """What becomes of a scenario that rests on a reading, or on none in particular."""
    small.profile = replace(small.profile, readings={"AMB-01": taken})
    small.system = replace(small.system, readings={} if stated is None else {"AMB-01": stated})
    aside = set_aside(small.case("USDP-01/a", readings=(("AMB-01", rests_on),)), small.subject([]))
    if aside is None:
        return RUNS
    return LEFT_OUT if aside.verdict is None else str(aside.verdict)


@pytest.mark.parametrize(
    ("taken", "stated", "rests_on", "expected"),
    [
        (EITHER, None, None, RUNS),
        (EITHER, "one", None, RUNS),
        ("one", None, None, RUNS),
        ("one", "another", None, RUNS),
        (EITHER, None, "one", LEFT_OUT),
        (EITHER, "one", "one", RUNS),
        (EITHER, "another", "one", LEFT_OUT),
        ("one", None, "one", RUNS),
        ("one", "one", "one", RUNS),
        ("one", "another", "one", NOT_APPLICABLE),
        ("one", None, "another", LEFT_OUT),
        ("one", "another", "another", LEFT_OUT),
    ],
)
def test_a_scenario_of_one_reading_is_judged_where_that_alone_is_taken(
    small: Any, taken: str, stated: str | None, rests_on: str | None, expected: str
) -> None:
    assert verdict_on(small, taken, stated, rests_on) == expected


def test_the_verdict_names_a_reading_that_the_system_states(small: Any) -> None:
    small.profile = small.workshop = replace(small.profile, readings={"AMB-01": EITHER})
    small.system = replace(small.system, readings={"AMB-01": "another"})
    results = small.results({"USDP-01/a": "pass"})
    assert "AMB-01 read as another" in results["statement"]
    assert results["profile"]["readings"] == {"AMB-01": "another"}


def test_of_many_readings_the_verdict_gives_the_number(small: Any) -> None:
    names = [f"AMB-0{number}" for number in range(1, 5)]
    small.profile = small.workshop = replace(small.profile, readings=dict.fromkeys(names, EITHER))
    small.system = replace(small.system, readings=dict.fromkeys(names, "another"))
    results = small.results({"USDP-01/a": "pass"})
    assert "4 ambiguities read otherwise than in the workshop's profile" in results["statement"]
    assert results["profile"]["readings"] == dict.fromkeys(names, "another")


@pytest.mark.parametrize(("spoken", "expected"), [(1, LEFT_OUT), (2, RUNS)])
def test_a_scenario_of_protocol_2_is_left_out_for_a_system_of_protocol_1(
    small: Any, spoken: int, expected: str
) -> None:
    small.system = replace(small.system, protocol=spoken)
    aside = set_aside(small.case("USDP-01/a", protocol=2), small.subject([]))
    assert (LEFT_OUT if aside is not None and aside.verdict is None else RUNS) == expected
