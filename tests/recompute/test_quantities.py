"""Quantities by request, sub-period and bucket: worked by hand, and as the repository's own chapters give them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from harness.interface.instants import EST, Day, Instant
from harness.interface.profile import Profile, load_profile
from harness.recompute.delivered import HOURS
from reference_impl.computing import Computing
from reference_impl.framing import Status, framing_of
from reference_impl.repository.billing_quantities import days_between, framed
from reference_impl.repository.meter_data import Intervals, MeterData, take_intervals
from tests.recompute.conftest import FIRST, SDP, World, at, days, hours

BUCKETS = ("on_peak_wh", "mid_peak_wh", "off_peak_wh", "critical_peak_wh")


def test_a_winter_monday_goes_into_the_buckets_of_its_hours(world: World) -> None:
    """On-peak 7 to 11 and 17 to 21, mid-peak 11 to 17; hour h has 2**h Wh, so that each sum tells its hours."""
    world.sdp()
    world.ask(1)
    world.intervals = hours(1, lambda hour: 2**hour)
    (row,) = world.recompute().quantities
    on, mid = [*range(7, 11), *range(17, 21)], range(11, 17)
    off = [*range(7), *range(21, 24)]
    assert [row[name] for name in BUCKETS] == [*(sum(2**hour for hour in each) for each in (on, mid, off)), 0]
    assert row["total_wh"] == 2**24 - 1


def test_a_critical_peak_day_has_critical_peak_hours(world: World) -> None:
    import dataclasses
    from types import MappingProxyType

    values = {**world.profile.values, "critical_peak_days": (FIRST.isoformat(),)}
    world.profile = dataclasses.replace(world.profile, values=MappingProxyType(values))
    world.sdp()
    world.ask(1)
    world.intervals = hours(1)
    results = world.recompute()
    assert [results.quantities[0][name] for name in BUCKETS] == [0, 600, 1000, 800]
    assert results.document["sample"]["agreed"] == 1


def test_periodic_is_the_sum_alone(world: World) -> None:
    world.sdp(framing="E04")
    world.ask(3)
    world.intervals = hours(3)
    (row,) = world.recompute().quantities
    assert [row[name] for name in (*BUCKETS, "total_wh")] == [None, None, None, None, 7200]


def test_hourly_is_24_values_for_each_day(world: World) -> None:
    world.sdp(framing="E03")
    world.ask(2)
    world.intervals = hours(2, lambda hour: hour)
    (row,) = world.recompute().quantities
    assert (row["hours_wh"], row["total_wh"]) == (list(range(48)), None)


def test_a_central_day_begins_at_one_in_the_morning(world: World) -> None:
    world.sdp(framing="E02")
    world.ask(1)
    world.intervals = hours(2, lambda hour: 2**hour if hour < 25 else 0)
    (row,) = world.recompute().quantities
    assert row["total_wh"] == 2**25 - 2
    assert row["mid_peak_wh"] == sum(2**hour for hour in range(12, 18))


def test_a_central_day_needs_the_hour_after_its_last(world: World) -> None:
    world.sdp(framing="E02")
    world.ask(1)
    world.intervals = hours(1)
    (row,) = world.recompute().quantities
    assert (row["outcome"], row["intervals_missing"]) == ("no data", 1)


def quarters(wh: list[int], varh: list[int] | None = None) -> list[dict[str, Any]]:
    rows = [
        {**hours(1)[0], "start": at(FIRST) + timedelta(minutes=15 * place), "minutes": 15, "wh": each}
        for place, each in enumerate(wh)
    ]
    return rows if varh is None else [{**row, "varh": each} for row, each in zip(rows, varh, strict=True)]


@pytest.mark.parametrize(
    ("framing", "watts"),
    [("D01", 4 * 90), ("D03", 4 * 90), ("D05", 40 + 90 + 30 + 20), ("D07", 60 + 40 + 90 + 30)],
    ids=["15 block", "15 rolling", "60 block", "60 rolling"],
)
def test_demand_by_block_and_rolling(world: World, framing: str, watts: int) -> None:
    """Quarters of 60, then 40, 90, 30 and 20 Wh from an hour's beginning on."""
    wh = [0] * 96
    wh[31:36] = [60, 40, 90, 30, 20]
    world.sdp(framing=framing)
    world.ask(1)
    world.intervals = quarters(wh)
    (row,) = world.recompute().quantities
    assert (row["peak_w"], row["peak_va"]) == (watts, None)


def test_apparent_demand_where_reactive_energy_is_metered(world: World) -> None:
    world.sdp(framing="D01")
    world.ask(1)
    world.intervals = quarters([30] * 96, [40] * 96)
    (row,) = world.recompute().quantities
    assert (row["peak_w"], row["peak_va"]) == (120, 200)


def test_apparent_demand_of_a_part_of_the_days_is_left_open(world: World) -> None:
    world.sdp(framing="D01")
    world.ask(1)
    world.intervals = [
        {**row, "varh": row["varh"] if n < 48 else None} for n, row in enumerate(quarters([30] * 96, [40] * 96))
    ]
    results = world.recompute()
    assert results.quantities[0]["peak_va"] is None
    assert results.document["sample"]["agreed"] == 1


def test_demand_over_less_than_an_interval_is_none(world: World) -> None:
    world.sdp(framing="D01")
    world.ask(1)
    world.intervals = hours(1)
    (row,) = world.recompute().quantities
    assert (row["peak_w"], row["total_wh"]) == (None, 2400)


# --- sub-periods --------------------------------------------------------------------------------------------------


def parts_of(rows: list[dict[str, Any]]) -> list[tuple[date, date, str]]:
    return [(row["sub_period_start_date"], row["sub_period_end_date"], row["framing_structure"]) for row in rows]


def test_a_change_of_framing_divides_the_period(world: World) -> None:
    world.sdp()
    world.master[0]["end"] = days(3)[2]
    world.sdp(framing="E03", start=days(3)[2])
    world.ask(4)
    world.intervals = hours(4)
    rows = world.recompute().quantities
    assert parts_of(rows) == [(FIRST, days(3)[2], "E01"), (days(3)[2], days(5)[4], "E03")]
    assert [row["total_wh"] for row in rows] == [4800, None]


def test_another_account_divides_the_period(world: World) -> None:
    world.sdp()
    world.master.append({**world.master[0], "framing_structure": None, "account": "A2", "start": days(2)[1]})
    world.ask(3)
    world.intervals = hours(3)
    results = world.recompute()
    assert parts_of(results.quantities) == [(FIRST, days(2)[1], "E01"), (days(2)[1], days(4)[3], "E01")]
    assert results.document["sample"]["agreed"] == 1


def test_a_change_on_the_first_day_or_on_the_end_divides_nothing(world: World) -> None:
    world.sdp(start=date(2006, 1, 1))
    for number, day in enumerate((FIRST, days(3)[2])):
        world.master.append({**world.master[0], "framing_structure": None, "account": f"B{number}", "start": day})
    world.ask(2)
    world.intervals = hours(2)
    assert len(world.recompute().quantities) == 1


@pytest.mark.parametrize(("framing", "parts"), [("E01", 2), ("E04", 2), ("E03", 1)])
def test_a_seasonal_price_change_divides_all_but_hourly(world: World, framing: str, parts: int) -> None:
    first = date(2011, 4, 30)
    world.sdp(framing=framing)
    world.ask(2, first=first)
    world.intervals = [{**row, "start": at(first) + timedelta(hours=n)} for n, row in enumerate(hours(2))]
    assert len(world.recompute().quantities) == parts


def test_a_day_without_a_framing_structure_leaves_the_request_undetermined(world: World) -> None:
    world.sdp(start=days(2)[1])
    world.ask(2)
    world.intervals = hours(2)
    results = world.recompute()
    assert (results.quantities[0]["outcome"], results.codes) == ("undetermined", {"framing-missing"})


def test_a_framing_structure_that_there_is_not_leaves_the_request_undetermined(world: World) -> None:
    world.sdp(framing="X99")
    world.ask(1)
    world.intervals = hours(1)
    results = world.recompute()
    assert (results.quantities[0]["outcome"], results.codes) == ("undetermined", {"framing-unknown"})


def test_nothing_is_foreshortened(world: World) -> None:
    """A sub-period without its data leaves the whole request without quantities (WIN-03)."""
    world.sdp()
    world.master.append({**world.master[0], "framing_structure": None, "account": "A2", "start": days(2)[1]})
    world.ask(2)
    world.intervals = hours(1)
    (row,) = world.recompute().quantities
    assert (row["outcome"], row["sub_period_start_date"], row["intervals_missing"]) == ("no data", None, 24)


# --- as the repository gives them -----------------------------------------------------------------------------------

FRAMINGS = load_profile().codes["framing_structure"]


@given(
    framing=some.sampled_from(sorted(FRAMINGS.values())),
    minutes=some.sampled_from([5, 15, 30, 60]),
    first=some.dates(date(2010, 12, 1), date(2012, 3, 1)),
    length=some.integers(1, 5),
    seed=some.integers(0, 2**32),
    reactive=some.booleans(),
)
def test_quantities_are_those_of_the_repository(
    tmp_path_factory: pytest.TempPathFactory,
    framing: str,
    minutes: int,
    first: date,
    length: int,
    seed: int,
    reactive: bool,
) -> None:
    profile = load_profile()
    chance = np.random.default_rng(seed)
    size = (length + 1) * 24 * 60 // minutes
    wh = chance.integers(0, 2**31 - 1 if seed % 3 == 0 else 5000, size).tolist()
    varh = chance.integers(0, 5000, size).tolist() if reactive else None
    world = World(tmp_path_factory.mktemp("world"), profile)
    world.sdp(framing=framing)
    world.ask(length, first=first)
    world.intervals = [
        {
            "universal_sdp_id": SDP,
            "start": at(first) + timedelta(minutes=minutes * place),
            "minutes": minutes,
            "wh": each,
            "status": "VAL",
            **({} if varh is None else {"varh": varh[place]}),
        }
        for place, each in enumerate(wh)
    ]
    results = world.recompute()
    assert results.document["sample"]["agreed"] == 1
    assert found_in(results.quantities) == expected(profile, framing, minutes, first, length, wh, varh)


def found_in(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = (*BUCKETS, "total_wh", "peak_w", "peak_va", "hours_wh")
    return [{name: row[name] for name in names if row[name] is not None} for row in rows]


def expected(
    profile: Profile, code: str, minutes: int, first: date, length: int, wh: list[int], varh: list[int] | None
) -> list[dict[str, Any]]:
    """What the repository's chapters give, day by day and one by one."""
    computing = Computing(profile)
    data = MeterData()
    start = Instant(at(first).astimezone(EST))
    take_intervals(data, Intervals(SDP, start, minutes, wh, [Status.VAL] * len(wh), varh))
    end = Day(first + timedelta(days=length))
    words = {code: word for word, code in FRAMINGS.items()}
    found = []
    for part in computing.sub_periods(Day(first), end, [(Day(date(2006, 1, 1)), None, code)], []) or ():
        days_of_part = days_between(part.start, part.end)
        got = framed(data, SDP, days_of_part, framing_of(words[code]), computing.calendar, Status.NV)
        assert got is not None
        row: dict[str, Any] = {}
        for file_type, records in got.records.items():
            if file_type == "6100":
                row["hours_wh"] = [record[hour] for record in records for hour in HOURS]
            else:
                row |= {name: value for name, value in records[0].items() if value is not None}
        found.append(row)
    return found
