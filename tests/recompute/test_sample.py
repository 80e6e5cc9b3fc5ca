"""The oracle computes some SDPs, too; where it comes to something else, there is no verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from harness.recompute import sample
from harness.recompute.ids import ids_of
from reference_impl.computing import Computing
from tests.recompute.conftest import World, hours

NAMES = [f"10000000{number:02}" for number in range(30)]


@pytest.fixture
def many(world: World) -> World:
    for name, framing in zip(NAMES, ["E01", "E03", "D13"] * 10, strict=True):
        world.sdp(name, framing)
        world.ask(1, sdp=name)
        world.intervals += hours(1, lambda hour: 1 + hour, sdp=name)
    return world


def test_as_many_sdps_as_are_wanted_are_drawn_and_agree(many: World) -> None:
    results = many.recompute(sample=12)
    assert results.document["sample"] == {"seed": 0, "sdps": 12, "agreed": 12}


def test_what_is_drawn_rests_on_the_seed() -> None:
    ids = ids_of(NAMES)
    assert sample.drawn(ids, 5, 1) == sample.drawn(ids, 5, 1) != sample.drawn(ids, 5, 2)
    assert sample.drawn(ids, 100, 1) == set(NAMES)


def doubled(name: str) -> Callable[..., Any]:
    """What computes a quantity wrongly."""
    right = Computing.quantities

    def quantities(self: Computing, intervals: Any, part: Any) -> Any:
        found = right(self, intervals, part)
        if name == "hours":
            return found._replace(hourly=None if found.hourly is None else found.hourly * 2)
        if name == "eligible":
            return found._replace(eligible=np.zeros_like(found.eligible))
        return found._replace(quantities={each: value + (each == name) for each, value in found.quantities.items()})

    return quantities


@pytest.mark.parametrize("name", ["on_peak_wh", "total_wh", "peak_w", "hours", "eligible"])
def test_where_the_second_model_comes_to_something_else_there_is_no_verdict(
    many: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Computing, "quantities", doubled(name))
    results = many.recompute(sample=30)
    assert results.code == 3
    assert results.document["verdict"] == "no verdict: the second model computes other quantities"
    assert results.document["sample"]["agreed"] < 30
    assert "oracle-disagrees" in results.codes


def test_another_division_is_seen(many: World, monkeypatch: pytest.MonkeyPatch) -> None:
    many.requests.clear()
    for name in NAMES:
        many.ask(2, sdp=name)
        many.intervals += [row for row in hours(2, sdp=name) if row not in many.intervals][24:]
    right = Computing.sub_periods

    def halves(self: Computing, start: Any, end: Any, framings: Any, accounts: Any) -> Any:
        (part,) = right(self, start, end, framings, accounts) or ()
        middle = start + (end - start) / 2
        return part._replace(end=middle), part._replace(start=middle)

    monkeypatch.setattr(Computing, "sub_periods", halves)
    assert many.recompute(sample=30).document["sample"]["agreed"] == 0
