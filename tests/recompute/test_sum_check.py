"""The sum check of computed quantities, worked by hand, and the statuses that it is held to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest

from harness.errors import InputError
from harness.recompute import sum_checks
from harness.recompute.register_reads import reads_sources
from reference_impl.computing import SumChecking
from tests.recompute.conftest import FIRST, SDP, World, at, days, hours
from tests.recompute.test_comparison import change, with_field

LAST = days(3)[-1]
"""The day on which the period of two days ends."""


def read(moment: datetime, reading: int | None, sdp: str = SDP) -> dict[str, Any]:
    return {"universal_sdp_id": sdp, "instant": moment, "reading": reading}


def one(world: World, **more: Any) -> None:
    """An SDP of 100 kWh a day, 5 kWh in an hour of four, whose period is two days; data is there around it."""
    world.sdp(**{"framing": "E04", "vee_service": "03", "meter": "M1"} | more)
    world.requests.append(
        {
            "universal_sdp_id": SDP,
            "ldc": "ORG11111",
            "request_detail_id": None,
            "period_start_date": FIRST,
            "period_end_date": LAST,
        }
    )
    for row in hours(6, lambda _: 4000):
        world.intervals.append({**row, "start": row["start"] - timedelta(days=2)})


def came_to(world: World, *reads: dict[str, Any]) -> dict[str, Any]:
    """The row of the request; the period has 192 kWh."""
    world.reads = list(reads)
    results = world.recompute()
    assert results.document["sample"]["agreed"] == results.document["sample"]["sdps"]
    (row,) = results.quantities
    return row


START, END = at(FIRST), at(LAST)


@pytest.mark.parametrize(
    ("second", "status"),
    [(1192, "00"), (1189, "00"), (1188, "06"), (1195, "00"), (1196, "06")],
    ids=["equal", "3 kWh of 189", "4 kWh of 188", "3 kWh of 195", "4 kWh of 196"],
)
def test_two_per_cent_of_the_register_decide(world: World, second: int, status: str) -> None:
    one(world)
    row = came_to(world, read(START, 1000), read(END, second))
    assert (row["transaction_status"], row["sum_check_interval_wh"]) == (status, 192_000)
    assert row["sum_check_register_wh"] == (second - 1000) * 1000


def test_a_register_rolls_over_and_counts_with_all_multipliers(world: World) -> None:
    one(world, ct_pt_multiplier=40, register_digits=4, register_multiplier=2)
    row = came_to(world, read(START, 9999), read(END, 1))
    assert (row["sum_check_register_wh"], row["transaction_status"]) == (160_000, "00")


def test_what_a_register_cannot_tell_may_pass_or_not(world: World) -> None:
    one(world, ct_pt_multiplier=80)
    assert held_with(world, read(START, 5), read(END, 7)) == {"00": 0, "06": 0, "07": 1}


def held_with(world: World, *reads: dict[str, Any]) -> dict[str, int]:
    """The exit code for each status that is delivered."""
    found = {}
    for status in ("00", "06", "07"):
        world.delivered = [delivered_with(world, status, *reads)]
        found[status] = world.recompute().code
    return found


def delivered_with(world: World, status: str, *reads: dict[str, Any]) -> Any:
    """A response file of what was computed, with another status."""
    world.reads, world.delivered = list(reads), []
    results = world.recompute(files=True)
    world.delivered = sorted((results.folder / "files").iterdir())
    return change(world, "6000", SDP, with_field(8, status))


@pytest.mark.parametrize(
    ("moments", "status"),
    [
        ((-48, 48 + 48), "00"),
        ((-49, 48), "07"),
        ((0, 48 + 49), "07"),
        ((0,), "07"),
        ((), "07"),
    ],
    ids=["just within the range", "an hour too early", "an hour too late", "one read", "no read"],
)
def test_reads_within_the_maximum_register_range_are_needed(
    world: World, moments: tuple[int, ...], status: str
) -> None:
    one(world)
    for row in hours(3, lambda _: 4000):
        world.intervals.append({**row, "start": row["start"] + timedelta(days=4)})
    reads = [read(START + timedelta(hours=hour), 500 + 4 * (hour - moments[0])) for hour in moments]
    assert came_to(world, *reads, read(at(date(2010, 1, 1)), 1))["transaction_status"] == status


def test_a_vee_service_without_sum_check_passes_whatever_registers_say(world: World) -> None:
    one(world, vee_service="01")
    row = came_to(world, read(START, 0), read(END, 9))
    assert (row["transaction_status"], row["sum_check_interval_wh"]) == ("00", None)


def test_the_day_of_a_central_time_zone_begins_an_hour_later(world: World) -> None:
    one(world, framing="E02")
    reads = read(START, 4), read(START + timedelta(hours=1), 8), read(END, 196), read(END + timedelta(hours=1), 201)
    row = came_to(world, *reads)
    assert (row["sum_check_interval_wh"], row["sum_check_register_wh"]) == (192_000, 193_000)


def test_both_of_two_reads_that_are_equally_near_are_right(world: World) -> None:
    one(world)
    reads = (
        read(START - timedelta(hours=2), 992),
        read(START + timedelta(hours=2), 900),
        read(END, 1192),
    )
    assert held_with(world, *reads) == {"00": 0, "06": 0, "07": 1}


def test_one_read_that_is_nearest_to_both_ends_may_serve_or_not(world: World) -> None:
    one(world)
    assert held_with(world, read(START + timedelta(hours=20), 992)) == {"00": 0, "06": 1, "07": 0}


def test_a_wrong_status_is_a_difference_told_once(world: World) -> None:
    one(world, framing="D13")
    world.reads = [read(START, 1000), read(END, 1150)]
    results = world.recompute(files=True)
    world.delivered = sorted((results.folder / "files").iterdir())
    for file_type in ("6000", "6100", "6200"):
        if any(f".{file_type}." in path.name for path in world.delivered):
            change(world, file_type, SDP, with_field(8, "00"))
    (found,) = world.recompute().differences
    assert (found["kind"], found["quantity"]) == ("different", "transaction_status")
    assert found["told"] == "06 computed, 00 delivered"


@pytest.mark.parametrize(("status", "told"), [("00", []), ("07", ["06 computed, 07 delivered"])])
def test_demand_may_carry_the_status_of_no_failure_where_energy_failed(
    world: World, status: str, told: list[str]
) -> None:
    one(world, framing="D13")
    world.reads = [read(START, 1000), read(END, 1150)]
    results = world.recompute(files=True)
    world.delivered = sorted((results.folder / "files").iterdir())
    change(world, "6200", SDP, with_field(8, status))
    assert [each["told"] for each in world.recompute().differences] == told


def test_without_register_reads_the_status_is_not_held(world: World) -> None:
    one(world)
    world.delivered = [delivered_with(world, "07", read(START, 1000), read(END, 1192))]
    world.reads = []
    results = world.recompute()
    assert (results.code, results.document["sum_check"]) == (0, None)


def test_a_meter_that_changes_between_the_reads_is_left_open(world: World) -> None:
    one(world, end=days(2)[1])
    world.sdp(start=days(2)[1], framing="E04", vee_service="03", meter="M2")
    world.delivered = [delivered_with(world, "06", read(START, 1000), read(END, 1192))]
    results = world.recompute()
    assert (results.code, results.document["sum_check"]) == (
        0,
        {"00": 0, "06": 0, "07": 0, "undetermined": 0, "left open": 1},
    )


def left_out(world: World) -> list[dict[str, Any]]:
    world.intervals = [row for row in world.intervals if row["start"] != END + timedelta(hours=3)]
    return [read(START, 1000), read(END + timedelta(hours=6), 1216)]


def contradicted(_: World) -> list[dict[str, Any]]:
    return [read(START, 1000), read(END, 1192), read(END, 1193)]


def in_no_vee_service(world: World) -> list[dict[str, Any]]:
    world.master[0]["vee_service"] = None
    world.sdp("1000000002", vee_service="03")
    return [read(START, 1000), read(END, 1192)]


@pytest.mark.parametrize("given", [left_out, contradicted, in_no_vee_service])
def test_what_lacks_data_is_undetermined_and_gives_no_verdict(
    world: World, given: Callable[[World], list[dict[str, Any]]]
) -> None:
    one(world)
    world.delivered = [delivered_with(world, "06", read(START, 1000), read(END, 1192))]
    world.reads = given(world)
    results = world.recompute()
    assert results.document["sum_check"]["undetermined"] == 1
    assert (results.code, "sum-check-undetermined" in results.codes) == (3, True)


def test_findings_about_register_reads_name_their_kind(world: World) -> None:
    one(world)
    good = read(START, 1000), read(END, 1192)
    world.reads = [
        *good,
        good[0],
        read(START, 5, sdp="7"),
        read(START, -1),
        read(START, None),
        {**good[0], "instant": None},
    ]
    results = world.recompute()
    assert results.codes == {"read-twice", "read-range", "read-incomplete", "sdp-unknown"}
    assert results.quantities[0]["transaction_status"] == "00"


def test_intervals_of_several_lengths_are_summed_day_by_day(world: World) -> None:
    one(world)
    own = [row for row in world.intervals if row["start"].date() != FIRST]
    quarters = [
        {**hours(1)[0], "start": START + timedelta(minutes=15 * number), "minutes": 15, "wh": 1000}
        for number in range(96)
    ]
    world.intervals = [*own, *quarters]
    row = came_to(world, read(START - timedelta(hours=5), 980), read(END - timedelta(hours=3), 1180))
    assert (row["sum_check_interval_wh"], row["transaction_status"]) == (200_000, "00")


def test_master_data_without_meters_is_refused(world: World) -> None:
    world.sdp(vee_service="03")
    world.ask(2)
    world.intervals = hours(2)
    world.reads = [read(START, 1)]
    with pytest.raises(InputError, match="tells of no meters"):
        world.recompute()


def test_the_second_model_sees_another_sum(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one(world)
    world.reads = [read(START, 1000), read(END, 1192)]
    right = SumChecking.compared
    monkeypatch.setattr(SumChecking, "compared", lambda self, wh, *rest: right(self, wh + 9000, *rest))
    results = world.recompute()
    assert (results.code, "oracle-disagrees" in results.codes) == (3, True)
    (found,) = [row for row in results.rows("findings") if row["code"] == "oracle-disagrees"]
    assert "the sum check comes to delivered, sum_check_threshold computed" in found["found"]


def test_the_second_model_sees_another_variance(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one(world)
    world.reads = [read(START, 1000), read(END, 1192)]
    right = SumChecking.compared

    def another(*given: Any) -> Any:
        found = right(*given)
        return found._replace(variance_wh=found.variance_wh + 1)

    monkeypatch.setattr(SumChecking, "compared", another)
    assert world.recompute().document["sample"]["agreed"] == 0


def test_what_is_looked_at_together_makes_no_difference(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one(world)
    world.reads = [read(START, 1000), read(END, 1150)]
    before = world.recompute().bytes()
    monkeypatch.setattr(sum_checks, "_CELLS", 1)
    assert world.recompute().bytes() == before


def test_columns_of_register_reads_may_be_called_otherwise(world: World) -> None:
    one(world)
    world.reads = [{"sdp": SDP, "when": START, "dials": 1000}, {"sdp": SDP, "when": END, "dials": 1192}]
    with pytest.raises(InputError, match="has no column 'universal_sdp_id'"):
        world.recompute()
    world.columns = {"reads.universal_sdp_id": "sdp", "reads.instant": "when", "reads.reading": "dials"}
    assert world.recompute().quantities[0]["transaction_status"] == "00"


def test_register_reads_whose_instants_say_nothing_of_zones_are_refused(world: World) -> None:
    path = world.write("reads", [read(START, 1000)])
    pq.write_table(pq.read_table(path), path, use_deprecated_int96_timestamps=True)
    with pytest.raises(InputError, match="column 'instant' is of the Parquet type INT96"):
        reads_sources([path], {})


def test_register_reads_that_are_cut_short_are_refused_by_their_name(world: World) -> None:
    one(world)
    path = world.write("reads", [read(START, 1000)])
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"reads\.parquet: cannot be read"):
        reads_sources([path], {})
