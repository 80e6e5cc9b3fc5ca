"""Nothing is guessed: what contradicts itself is found, and what rests on it is undetermined; what is clear counts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.recompute.conftest import FIRST, SDP, Results, World, at, days, hours

SPRING, AUTUMN = date(2011, 3, 13), date(2011, 11, 6)


@pytest.fixture
def asked(world: World) -> World:
    """An SDP of which two days are asked for, one by one."""
    world.sdp()
    world.ask(1)
    world.ask(1, first=days(2)[1])
    world.intervals = hours(2)
    return world


def outcomes(results: Results) -> list[str]:
    return [row["outcome"] for row in results.quantities]


def finding(results: Results, code: str) -> dict[str, Any]:
    (found,) = [row for row in results.rows("findings") if row["code"] == code]
    return found


def test_data_without_fault_has_no_findings(asked: World) -> None:
    results = asked.recompute()
    assert (outcomes(results), results.rows("findings"), results.code) == (["quantities"] * 2, [], 0)


def test_an_interval_twice_that_says_the_same_counts_once(asked: World) -> None:
    asked.intervals.append(dict(asked.intervals[5]))
    results = asked.recompute()
    assert results.quantities[0]["total_wh"] == 2400
    assert finding(results, "interval-twice")["count"] == 1


def test_a_whole_file_given_twice_counts_once(asked: World) -> None:
    asked.put(hours(2))
    results = asked.recompute()
    assert [row["total_wh"] for row in results.quantities] == [2400, 2400]
    assert finding(results, "interval-twice")["count"] == 48


@pytest.mark.parametrize("other", [{"wh": 101}, {"status": "EST"}])
def test_an_interval_twice_that_says_two_things_is_in_doubt(asked: World, other: dict[str, Any]) -> None:
    asked.intervals.append({**asked.intervals[5], **other})
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    found = finding(results, "interval-contradiction")
    assert (found["count"], found["first_at"]) == (2, "2011-02-07T05:00-05:00")
    assert results.quantities[0]["intervals_in_doubt"] == 1
    assert results.code == 3


def test_intervals_of_two_lengths_that_overlap_are_in_doubt(asked: World) -> None:
    asked.intervals.append({**asked.intervals[5], "minutes": 30})
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    assert finding(results, "interval-overlap")["count"] == 2


def test_an_interval_over_several_others_puts_all_of_them_in_doubt(asked: World) -> None:
    asked.intervals = [row for row in asked.intervals if row["start"] != at(FIRST, 5)]
    quarters = [{**hours(1)[5], "start": at(FIRST, 5, minute), "minutes": 15} for minute in (0, 15, 30, 45)]
    asked.intervals += [*quarters, {**hours(1)[5]}]
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    assert finding(results, "interval-overlap")["count"] == 5


@pytest.mark.parametrize("late", [timedelta(minutes=7), timedelta(seconds=20)])
def test_an_interval_that_begins_at_an_odd_time_is_in_doubt(asked: World, late: timedelta) -> None:
    asked.intervals[5]["start"] += late
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    assert finding(results, "interval-misaligned")["count"] == 1


@pytest.mark.parametrize("minutes", [0, 7, 45, 120, -60])
def test_an_interval_of_a_length_that_there_is_not_is_in_doubt(asked: World, minutes: int) -> None:
    asked.intervals[5]["minutes"] = minutes
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    assert finding(results, "interval-length")["count"] == 1


def test_a_status_that_there_is_not_is_in_doubt(asked: World) -> None:
    asked.intervals[5]["status"] = "OK"
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    assert finding(results, "status-unknown")["expected"] == "one of VAL, EST, NV, NVE"


@pytest.mark.parametrize("column", ["wh", "status"])
def test_an_interval_without_a_value_is_missing(asked: World, column: str) -> None:
    asked.intervals[5][column] = None
    results = asked.recompute()
    assert outcomes(results) == ["no data", "quantities"]
    assert results.codes == {"value-missing", "interval-missing"}


@pytest.mark.parametrize(("wh", "outcome"), [(2**31 - 1, "quantities"), (2**31, "no data"), (-(2**31), "no data")])
def test_more_than_an_interval_holds_is_a_finding(asked: World, wh: int, outcome: str) -> None:
    asked.intervals[5]["wh"] = wh
    results = asked.recompute()
    assert outcomes(results)[0] == outcome
    assert ("value-range" in results.codes) == (outcome == "no data")


def test_a_gap_is_no_data_and_says_where(asked: World) -> None:
    del asked.intervals[5:8]
    results = asked.recompute()
    row = results.quantities[0]
    assert (row["outcome"], row["intervals_missing"], row["total_wh"]) == ("no data", 3, None)
    told = "3 of the period 2011-02-07 to 2011-02-08, the first at 2011-02-07T05:00-05:00"
    assert finding(results, "interval-missing")["found"] == told
    assert results.code == 0


@pytest.mark.parametrize(("status", "outcome"), [("EST", "quantities"), ("NV", "quantities"), ("NVE", "no data")])
def test_what_needs_verification_is_not_eligible(asked: World, status: str, outcome: str) -> None:
    asked.intervals[5]["status"] = status
    results = asked.recompute()
    assert outcomes(results) == [outcome, "quantities"]
    assert ("interval-not-eligible" in results.codes) == (outcome == "no data")


def test_where_nv_is_not_eligible_a_profile_says_so(asked: World) -> None:
    asked.profile = asked.profile.with_reading("AMB-04", "nv-not-eligible")
    asked.intervals[5]["status"] = "NV"
    results = asked.recompute()
    assert outcomes(results) == ["no data", "quantities"]
    assert results.quantities[0]["intervals_not_eligible"] == 1
    assert results.document["sample"]["agreed"] == 1


def test_a_day_of_two_lengths_is_in_doubt_and_the_day_after_is_not(asked: World) -> None:
    quarters = [{**row, "start": at(FIRST, 12 + n // 4, n % 4 * 15), "minutes": 15} for n, row in enumerate(hours(2))]
    asked.intervals = [row for row in asked.intervals if not at(FIRST, 12) <= row["start"] < at(days(2)[1])] + quarters
    results = asked.recompute()
    assert outcomes(results) == ["undetermined", "quantities"]
    assert "interval-lengths" in results.codes


def test_days_of_different_lengths_both_count(asked: World) -> None:
    asked.requests.clear()
    asked.ask(2)
    second = [{**hours(1)[0], "start": at(days(2)[1], n // 4, n % 4 * 15), "minutes": 15, "wh": 1} for n in range(96)]
    asked.intervals = [*hours(1), *second]
    (row,) = asked.recompute().quantities
    assert row["total_wh"] == 2400 + 96


def test_an_sdp_that_the_master_data_does_not_tell_of_is_a_finding(asked: World) -> None:
    asked.intervals += hours(1, sdp="1999999999")
    results = asked.recompute()
    found = finding(results, "sdp-unknown")
    assert (found["universal_sdp_id"], found["count"]) == ("1999999999", 24)


def test_a_request_for_an_sdp_that_nobody_knows_is_undetermined(asked: World) -> None:
    asked.ask(1, sdp="1999999999")
    results = asked.recompute()
    assert (outcomes(results)[-1], results.quantities[-1]["why"]) == ("undetermined", "sdp-unknown")
    assert results.code == 3


def test_rows_that_name_no_sdp_are_counted_once(asked: World) -> None:
    asked.intervals += [{**asked.intervals[0], "universal_sdp_id": None}, {**asked.intervals[1], "start": None}]
    results = asked.recompute()
    assert outcomes(results) == ["quantities"] * 2
    assert finding(results, "sdp-missing")["count"] == 2


# --- clocks that change -------------------------------------------------------------------------------------------


def by_local_clock(world: World, day: date) -> None:
    """Give the data of a day as a clock shows it that changes, without a zone."""
    import zoneinfo

    toronto = zoneinfo.ZoneInfo("America/Toronto")
    world.sdp()
    world.ask(3, first=day - timedelta(days=1))
    rows = hours(3)
    for number, row in enumerate(rows):
        moment = at(day - timedelta(days=1)) + timedelta(hours=number)
        row["start"] = moment.astimezone(toronto).replace(tzinfo=None)
    world.intervals = rows


def test_an_hour_that_comes_twice_where_clocks_go_back_is_told_as_that(world: World) -> None:
    by_local_clock(world, AUTUMN)
    results = world.recompute()
    assert outcomes(results) == ["undetermined"]
    assert finding(results, "clock-change")["first_at"] == "2011-11-06T01:00-05:00"


@pytest.mark.parametrize(
    ("wh", "code", "count", "outcome"),
    [(100, "interval-twice", 72, "quantities"), (101, "interval-contradiction", 144, "undetermined")],
)
def test_a_file_given_twice_has_no_hour_twice_where_clocks_go_back(
    world: World, wh: int, code: str, count: int, outcome: str
) -> None:
    world.sdp()
    world.ask(3, first=AUTUMN - timedelta(days=1))
    world.intervals = [{**row, "start": row["start"] + (AUTUMN - FIRST) - timedelta(days=1)} for row in hours(3)]
    world.put([{**row, "wh": wh} for row in world.intervals])
    results = world.recompute()
    assert [(row["code"], row["count"]) for row in results.rows("findings")] == [(code, count)]
    assert outcomes(results) == [outcome]


def test_a_file_by_a_clock_that_goes_back_is_told_as_that_when_it_is_given_twice(world: World) -> None:
    by_local_clock(world, AUTUMN)
    world.put(list(world.intervals))
    results = world.recompute()
    assert finding(results, "clock-change")["count"] == 4
    assert outcomes(results) == ["undetermined"]


def test_an_hour_that_is_left_out_where_clocks_go_forward_is_told_as_that(world: World) -> None:
    by_local_clock(world, SPRING)
    world.requests.clear()
    world.ask(1, first=SPRING)
    results = world.recompute()
    assert outcomes(results) == ["no data"]
    assert finding(results, "clock-change")["first_at"] == "2011-03-13T02:00-05:00"


@pytest.mark.parametrize("size", [23, 25, 92, 100])
def test_a_list_of_a_day_with_an_hour_too_few_or_too_many_is_told_as_that(world: World, size: int) -> None:
    world.sdp()
    world.ask(1)
    row = {"universal_sdp_id": SDP, "day": FIRST, "wh": [1] * size, "status": ["VAL"] * size}
    world.put([row])
    results = world.recompute()
    assert outcomes(results) == ["undetermined"]
    assert finding(results, "clock-change")["found"] == f"a list of {size} intervals"


@pytest.mark.parametrize(("wh", "status"), [(22, 22), (24, 23), (48, 24)])
def test_a_list_of_another_length_is_in_doubt(world: World, wh: int, status: int) -> None:
    world.sdp()
    world.ask(1)
    world.put([{"universal_sdp_id": SDP, "day": FIRST, "wh": [1] * wh, "status": ["VAL"] * status}])
    results = world.recompute()
    assert outcomes(results) == ["undetermined"]
    assert "day-length" in results.codes


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_days_on_which_clocks_change_are_days_as_any_other(world: World, day: date) -> None:
    world.sdp()
    world.ask(1, first=day)
    world.intervals = [{**row, "start": at(day) + timedelta(hours=hour)} for hour, row in enumerate(hours(1))]
    results = world.recompute()
    assert (outcomes(results), results.rows("findings")) == (["quantities"], [])


@pytest.mark.parametrize("layout", ["long", "days"])
def test_less_than_no_energy_is_in_doubt(world: World, layout: str) -> None:
    world.sdp()
    world.ask(1)
    wh = [-7 if hour == 3 else 100 for hour in range(24)]
    if layout == "long":
        world.intervals = hours(1, wh.__getitem__)
    else:
        world.put([{"universal_sdp_id": SDP, "day": FIRST, "wh": wh, "status": ["VAL"] * 24}])
    results = world.recompute()
    assert results.quantities[0]["outcome"] == "undetermined"
    (finding,) = results.rows("findings")
    assert (finding["code"], finding["count"]) == ("value-negative", 1)
    assert finding["first_at"] == "2011-02-07T03:00-05:00"


@pytest.mark.parametrize("layout", ["long", "days"])
def test_more_reactive_energy_than_an_interval_holds_is_a_finding(world: World, layout: str) -> None:
    world.sdp()
    world.ask(1)
    varh = [2**40 if hour == 3 else 5 for hour in range(24)]
    if layout == "long":
        world.intervals = [{**row, "varh": each} for row, each in zip(hours(1), varh, strict=True)]
    else:
        row = {"universal_sdp_id": SDP, "day": FIRST, "wh": [100] * 24, "status": ["VAL"] * 24}
        world.put([{**row, "varh": varh}])
    results = world.recompute()
    assert (results.quantities[0]["outcome"], results.quantities[0]["intervals_missing"]) == ("no data", 1)
    assert "value-range" in results.codes


@pytest.mark.parametrize("kwh", [2**62, 3_000_000_000, 3e9, Decimal(10) ** 20, Decimal("3000000000.0000000001")])
def test_more_kilowatt_hours_than_an_interval_holds_are_a_finding(world: World, kwh: Any) -> None:
    world.sdp()
    world.ask(1)
    rows = [{key: value for key, value in row.items() if key != "wh"} | {"kwh": kwh} for row in hours(1)]
    world.put(rows)
    results = world.recompute()
    assert results.quantities[0]["intervals_missing"] == 24
    assert results.codes == {"value-range", "interval-missing"}


def test_kilowatt_hours_with_many_digits_count_exactly(world: World) -> None:
    world.sdp()
    world.ask(1)
    rows = [{key: value for key, value in row.items() if key != "wh"} for row in hours(1)]
    kinds = {"universal_sdp_id": pa.string(), "start": pa.timestamp("us", "UTC"), "minutes": pa.int64()}
    schema = pa.schema({**kinds, "status": pa.string(), "kwh": pa.decimal128(38, 20)})
    world.put([{**row, "kwh": Decimal("0.157")} for row in rows], schema=schema)
    assert world.recompute().quantities[0]["total_wh"] == 24 * 157
    world.files.clear()
    world.put([{**row, "kwh": Decimal("0.15700000000000000001")} for row in rows], schema=schema)
    results = world.recompute()
    assert results.quantities[0]["outcome"] == "no data"
    assert "value-fraction" in results.codes


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_an_instant_that_no_calendar_has_is_left_out(world: World, year: int) -> None:
    world.sdp()
    world.ask(1)
    world.intervals = [*hours(1), {**hours(1)[0], "start": at(date(year, 6, 1))}]
    results = world.recompute()
    assert results.quantities[0]["total_wh"] == 2400
    assert results.codes == {"instant-range"}
    world.intervals = hours(1)
    world.put([{"universal_sdp_id": SDP, "day": date(year, 6, 1), "wh": [1] * 24, "status": ["VAL"] * 24}])
    assert world.recompute().codes == {"instant-range"}


@pytest.mark.parametrize("zone", [None, "UTC"])
@pytest.mark.parametrize("statistics", [True, False])
def test_rows_without_an_instant_are_told(world: World, zone: str | None, statistics: bool) -> None:
    world.sdp()
    world.ask(1)
    rows = [{**row, "start": None if hour == 3 else row["start"]} for hour, row in enumerate(hours(1))]
    table = pa.Table.from_pylist(rows)
    starts = table["start"].cast(pa.timestamp("us", "-05:00"))
    starts = pc.local_timestamp(starts) if zone is None else starts.cast(pa.timestamp("us", zone))
    path = world.put(hours(1))
    pq.write_table(table.set_column(1, "start", starts), path, write_statistics=statistics)
    results = world.recompute()
    assert results.codes == {"sdp-missing", "interval-missing"}
    assert next(row["count"] for row in results.rows("findings") if row["code"] == "sdp-missing") == 1


def test_columns_may_have_dots_in_their_names(world: World) -> None:
    world.sdp()
    world.ask(1)
    world.put([{("energy.wh" if key == "wh" else key): value for key, value in row.items()} for row in hours(1)])
    world.columns = {"wh": "energy.wh"}
    assert world.recompute().quantities[0]["total_wh"] == 2400
