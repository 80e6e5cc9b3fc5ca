"""What simulations have turned up, as examples worked out by hand: sets after the opening one, and what IR06 says."""

from __future__ import annotations

import pytest

from harness.interface.instants import later
from harness.oracle.master_directory import Attribute, Change, Record
from harness.oracle.sequence import SetName
from harness.oracle.synchronization import AcceptedSet
from tests.reference_impl.properties.judge import received
from tests.reference_impl.properties.stories import TODAY, opened
from tests.reference_impl.properties.world import FIRST_NUMBERS, LAKE, Plan, day

CYCLE = Attribute("sdp", "A", "billing_cycle_id")
"""Its value is 01 from day 2 on."""


def record(start: int, end: int | None, value: str) -> Record:
    return Record(CYCLE, day(start), None if end is None else day(end), value)


def change(since: int, until: int | None, prior: str | None, new: str | None) -> Change:
    return Change(CYCLE, day(since), None if until is None else day(until), prior, new)


def updates_of(*sets: tuple[Record, ...]) -> list[list[Change]]:
    """What IR06 says of I-Syncs that follow one another."""
    world, _ = opened()
    for place, records in enumerate(sets, 1):
        content = AcceptedSet("I-Sync", day(TODAY), records=records)
        for file in world.writer.files(
            Plan(SetName(LAKE, LAKE, "4000", f"x{place}"), FIRST_NUMBERS[LAKE] + place, content)
        ):
            world.send(file)
    world.advance(world.now)
    return [report.changes() for expected, report in received(world) if expected.kind == "IR06"]


@pytest.mark.parametrize(
    "records",
    [(record(4, 6, "02"), record(6, 8, "03")), (record(6, 8, "03"), record(4, 6, "02"))],
    ids=["in order", "the other way round"],
)
def test_two_spans_of_a_set_that_touch_leave_what_comes_after_them(records: tuple[Record, ...]) -> None:
    assert updates_of(records) == [[change(4, 6, "01", "02"), change(6, 8, "01", "03")]]


def test_a_value_that_is_said_to_hold_anew_can_be_ended_from_then_on() -> None:
    assert updates_of((record(5, None, "01"),), (record(5, 9, "01"),)) == [[], [change(9, None, "01", None)]]


def test_a_span_inside_an_open_record_of_the_same_set_leaves_the_rest_of_it() -> None:
    assert updates_of((record(6, 8, "03"), record(4, None, "02"))) == [
        [change(4, 6, "01", "02"), change(6, 8, "01", "03"), change(8, None, "01", "02")]
    ]


def test_where_a_rejection_uses_up_its_number_the_next_set_is_processed_in_the_same_moment() -> None:
    world, _ = opened(AMB_05="number-used-up")
    empty = AcceptedSet("I-Sync", day(TODAY))
    torn, whole = (
        Plan(SetName(LAKE, LAKE, "4000", f"x{place}"), FIRST_NUMBERS[LAKE] + place, empty) for place in (1, 2)
    )
    for file in world.writer.files(torn)[:-1] + world.writer.files(whole):
        world.send(file)
    world.advance(later(world.now, minutes=60))
    assert [(expected.kind, expected.tx_id) for expected, _ in received(world)] == [
        ("IR06", "x2"),
        ("IR07", "x2"),
        ("IR10", "x1"),
        ("IR14", "x2"),
    ]
