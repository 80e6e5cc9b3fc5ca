"""Who received what: quantities are the billing agent's, and 08 is for whoever is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.recompute.conftest import FIRST, SDP, World, days, hours
from tests.recompute.test_comparison import change

LAST, END = days(3)[1:]
AGENT, OTHER = "ORG22222", "ORG33333"


def delivered_to(world: World, recipient: str, status: str = "00") -> Path:
    """What was computed of an SDP for two days, delivered to somebody, with a status."""
    world.ask(2)
    world.intervals = hours(2)
    results = world.recompute(files=True)
    world.delivered = sorted((results.folder / "files").iterdir())
    if status == "08":
        change(world, "6000", SDP, lambda fields: [[*fields[:8], "08", "", "", "", "", ""]])
    (path,) = world.delivered
    elements = path.name.split(".")
    world.delivered = [path.rename(path.with_name(".".join([elements[0], recipient, *elements[2:]])))]
    lines = world.delivered[0].read_text().splitlines()
    lines[0] = lines[0].replace(path.name, world.delivered[0].name)
    world.delivered[0].write_text("\r\n".join([*lines, ""]))
    return world.delivered[0]


@pytest.mark.parametrize(
    ("recipient", "status", "expected"),
    [
        (AGENT, "00", (0, None)),
        (AGENT, "08", (1, "08 delivered to ORG22222, which is the billing agent")),
        (OTHER, "00", (1, "quantities for ORG33333, which is not the billing agent")),
        (OTHER, "08", (0, None)),
    ],
)
def test_the_billing_agent_alone_receives_quantities(
    world: World, recipient: str, status: str, expected: tuple[int, str | None]
) -> None:
    world.sdp(billing_agent=AGENT)
    world.sdp("1000000009", billing_agent=OTHER)
    delivered_to(world, recipient, status)
    results = world.recompute()
    told = [found["told"] for found in results.differences]
    assert (results.code, told) == (expected[0], [] if expected[1] is None else [expected[1]])


@pytest.mark.parametrize("recipient", [AGENT, OTHER])
@pytest.mark.parametrize("status", ["00", "08"])
def test_who_is_the_agent_on_one_of_two_days_may_receive_either(world: World, recipient: str, status: str) -> None:
    world.sdp(billing_agent=AGENT, end=END)
    world.sdp(start=END, billing_agent=OTHER)
    delivered_to(world, recipient, status)
    assert world.recompute().code == (3 if status == "08" else 0)


def test_a_reading_that_is_taken_decides(world: World) -> None:
    world.sdp(billing_agent=AGENT, end=END)
    world.sdp(start=END, billing_agent=OTHER)
    delivered_to(world, OTHER)
    world.profile = world.profile.with_reading("AMB-26", "last-day-of-period")
    assert world.recompute().code == 1
    world.profile = world.profile.with_reading("AMB-26", "when-answered")
    assert world.recompute().code == 0


def test_where_the_master_data_names_no_agent_nothing_is_judged(world: World) -> None:
    world.sdp()
    world.sdp("1000000009", start=FIRST - timedelta(days=9), billing_agent=AGENT)
    delivered_to(world, OTHER)
    assert world.recompute().code == 0
