"""How interval data is laid out is found out, and said; what is laid out in no known way is refused with a message."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.errors import InputError, UsageError
from tests.recompute.conftest import FIRST, SDP, World, at, days, hours, utc


@pytest.fixture
def asked(world: World) -> World:
    """An SDP of which a day is asked for."""
    world.sdp()
    world.ask(1)
    return world


def total(world: World) -> int | None:
    (row,) = world.recompute().quantities
    found: int | None = row["total_wh"]
    return found


def day_rows(**columns: Any) -> list[dict[str, Any]]:
    row = {"universal_sdp_id": SDP, "day": FIRST, "wh": list(range(24)), "status": ["VAL"] * 24}
    return [{**row, **columns}]


def test_a_row_for_each_interval(asked: World) -> None:
    asked.intervals = hours(1, lambda hour: hour)
    results = asked.recompute()
    assert results.quantities[0]["total_wh"] == sum(range(24))
    assert list(results.document["read"]["layouts"]) == [
        "a row for each interval: universal_sdp_id, start, minutes, wh, status"
    ]


def test_a_row_for_each_sdp_and_day(asked: World) -> None:
    asked.put(day_rows())
    results = asked.recompute()
    assert results.quantities[0]["total_wh"] == sum(range(24))
    assert list(results.document["read"]["layouts"]) == [
        "a row for each SDP and day: universal_sdp_id, day, wh, status"
    ]


@pytest.mark.parametrize(("minutes", "size"), [(5, 288), (15, 96), (30, 48), (60, 24)])
def test_the_length_of_the_lists_says_how_long_intervals_are(asked: World, minutes: int, size: int) -> None:
    asked.put(day_rows(wh=[7] * size, status=["VAL"] * size, minutes=minutes))
    assert total(asked) == 7 * size


def test_both_layouts_can_be_given_together(asked: World) -> None:
    asked.requests.clear()
    asked.ask(2)
    asked.put(day_rows())
    asked.intervals = [{**row, "start": row["start"] + timedelta(days=1)} for row in hours(1)]
    assert total(asked) == sum(range(24)) + 2400


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["-05:00", "UTC", "America/Toronto", None])
def test_instants_are_read_in_any_unit_and_zone_and_without_one_as_est(
    asked: World, unit: str, zone: str | None
) -> None:
    rows = hours(1, lambda hour: hour)
    if zone is None:
        rows = [{**row, "start": row["start"].replace(tzinfo=None)} for row in rows]
    kinds = [("universal_sdp_id", pa.string()), ("start", pa.timestamp(unit, zone)), ("minutes", pa.int64())]
    asked.put(rows, schema=pa.schema([*kinds, ("wh", pa.int64()), ("status", pa.string())]))
    assert total(asked) == sum(range(24))


@pytest.mark.parametrize("kind", [pa.int16(), pa.int64(), pa.uint32()])
def test_whole_numbers_of_any_width_will_do(asked: World, kind: Any) -> None:
    rows = hours(1)
    schema = pa.Table.from_pylist(rows).schema
    asked.put(rows, schema=schema.set(schema.get_field_index("wh"), pa.field("wh", kind)))
    assert total(asked) == 2400


def test_sdps_may_be_whole_numbers(asked: World) -> None:
    asked.intervals = [{**row, "universal_sdp_id": int(SDP)} for row in hours(1)]
    assert total(asked) == 2400


@pytest.mark.parametrize(
    "kwh", [0.157, 2, Decimal("0.157"), Decimal("0.157000000")], ids=["float", "int", "decimal", "long decimal"]
)
def test_kilowatt_hours_count_as_the_watt_hours_that_they_say(asked: World, kwh: Any) -> None:
    asked.intervals = [{key: value for key, value in row.items() if key != "wh"} | {"kwh": kwh} for row in hours(1)]
    assert total(asked) == 24 * round(float(kwh) * 1000)


@pytest.mark.parametrize("kwh", [0.1575, float("nan"), float("inf"), Decimal("0.1575")])
def test_a_fraction_of_a_watt_hour_is_a_finding(asked: World, kwh: Any) -> None:
    whole = type(kwh)("0.157")
    rows = [{key: value for key, value in row.items() if key != "wh"} | {"kwh": whole} for row in hours(1)]
    rows[5]["kwh"] = kwh
    asked.put(rows)
    results = asked.recompute()
    assert results.quantities[0]["outcome"] == "no data"
    assert "value-fraction" in results.codes


def test_columns_may_be_called_otherwise_where_the_user_says_so(asked: World) -> None:
    names = {"universal_sdp_id": "meter_point", "start": "read_time", "wh": "value"}
    asked.put([{names.get(key, key): value for key, value in row.items()} for row in hours(1)])
    asked.columns = {f"intervals.{ours}": theirs for ours, theirs in names.items()}
    assert total(asked) == 2400


def test_a_column_may_be_called_otherwise_in_every_table(asked: World) -> None:
    for rows in (asked.master, asked.requests, given := hours(1)):
        for row in rows:
            row["meter_point"] = row.pop("universal_sdp_id")
    asked.put(given)
    asked.columns = {"universal_sdp_id": "meter_point"}
    assert total(asked) == 2400


@pytest.mark.parametrize("column", ["universal_sdp_id", "minutes", "wh", "status"])
def test_a_column_that_is_called_otherwise_is_asked_for(asked: World, column: str) -> None:
    asked.put([{(f"{key}_x" if key == column else key): value for key, value in row.items()} for row in hours(1)])
    with pytest.raises(InputError) as refused:
        asked.recompute()
    assert f"has no column '{column}'" in str(refused.value)
    assert f"did you mean {column}_x" in str(refused.value)
    assert f"--column {column}=NAME" in str(refused.value)


def test_a_named_column_has_to_be_there(asked: World) -> None:
    asked.intervals = hours(1)
    asked.columns = {"wh": "energy"}
    with pytest.raises(InputError, match="has no column 'energy'"):
        asked.recompute()


def test_an_empty_column_is_not_offered_in_its_own_place(asked: World) -> None:
    asked.put([{**hour, "wh": None} for hour in hours(1)])
    with pytest.raises(InputError, match="has nothing in column 'wh'") as refused:
        asked.recompute()
    assert "did you mean" not in str(refused.value)


def test_of_two_columns_of_one_name_none_is_taken(asked: World) -> None:
    path = asked.put(hours(1))
    table = pq.read_table(path)
    pq.write_table(pa.Table.from_arrays([*table.columns, table["wh"]], names=[*table.column_names, "wh"]), path)
    with pytest.raises(InputError, match="has 2 columns 'wh'"):
        asked.recompute()


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("start", "2011-02-07 00:00", "expected: a timestamp"),
        ("minutes", "60", "expected: whole numbers"),
        ("wh", 1.5, "expected: whole numbers"),
        ("status", 1, "expected: text"),
    ],
)
def test_a_column_of_another_type_is_refused(asked: World, column: str, values: Any, expected: str) -> None:
    asked.intervals = [{**row, column: values} for row in hours(1)]
    with pytest.raises(InputError) as refused:
        asked.recompute()
    assert f"column {column!r} is of type" in str(refused.value)
    assert expected in str(refused.value)


def test_instants_that_say_nothing_of_zones_are_refused(asked: World) -> None:
    path = asked.put(hours(1))
    pq.write_table(pq.read_table(path), path, use_deprecated_int96_timestamps=True)
    with pytest.raises(InputError, match="column 'start' is of the Parquet type INT96"):
        asked.recompute()


def test_a_file_that_is_cut_short_is_refused_by_its_name(asked: World) -> None:
    path = asked.put(hours(1))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match=r"more-0\.parquet: cannot be read"):
        asked.recompute()


def test_a_file_whose_inside_is_damaged_is_refused_by_its_name(asked: World) -> None:
    path = asked.put(hours(1, lambda hour: hour * 977))
    content = bytearray(path.read_bytes())
    content[4:400] = b"\xff" * 396
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"more-0\.parquet: cannot be read"):
        asked.recompute()


def test_what_is_no_parquet_is_refused(asked: World) -> None:
    path = asked.folder / "notes.parquet"
    path.write_text("notes")
    asked.files.append(path)
    with pytest.raises(InputError, match=r"notes\.parquet: cannot be read"):
        asked.recompute()


def test_a_folder_without_parquet_is_refused(asked: World) -> None:
    (asked.folder / "empty").mkdir()
    asked.files.append(asked.folder / "empty")
    with pytest.raises(UsageError, match="holds no Parquet files"):
        asked.recompute()


def test_a_pipe_is_not_waited_for(asked: World) -> None:
    import os

    path = asked.folder / "pipe"
    os.mkfifo(path)
    asked.files.append(path)
    with pytest.raises(UsageError, match="is no regular file"):
        asked.recompute()


def test_folders_are_gone_through_and_register_reads_in_them_left_out(asked: World) -> None:
    inner = asked.folder / "data" / "2011-02"
    inner.mkdir(parents=True)
    asked.put(hours(1)).rename(inner / "part.parquet")
    reads = [{"universal_sdp_id": SDP, "instant": at(FIRST), "reading": 5}]
    asked.write("reads", reads).rename(inner / "reads.parquet")
    asked.files = [asked.folder / "data"]
    assert total(asked) == 2400


def test_days_of_lists_that_are_empty_are_days_without_data(asked: World) -> None:
    asked.put([*day_rows(), {"universal_sdp_id": SDP, "day": days(2)[1], "wh": None, "status": None}])
    asked.requests.clear()
    asked.ask(2)
    (row,) = asked.recompute().quantities
    assert (row["outcome"], row["intervals_missing"]) == ("no data", 24)


def test_an_empty_entry_of_a_list_is_an_interval_that_is_missing(asked: World) -> None:
    asked.put(day_rows(wh=[None, *range(1, 24)], status=[None, *["VAL"] * 23]))
    (row,) = asked.recompute().quantities
    assert (row["outcome"], row["intervals_missing"]) == ("no data", 1)


def test_what_lies_before_and_after_the_period_does_not_count(asked: World) -> None:
    asked.requests.clear()
    asked.ask(1, first=days(3)[2])
    asked.sdp("1000000002")
    asked.ask(1, first=days(3)[2], sdp="1000000002")
    for name in (SDP, "1000000002"):
        asked.intervals += hours(5, lambda hour: 1 if 48 <= hour < 72 else 1000, sdp=name)
    assert [row["total_wh"] for row in asked.recompute().quantities] == [24, 24]


def test_an_instant_is_the_same_in_every_zone(asked: World) -> None:
    asked.intervals = [{**row, "start": utc(row["start"])} for row in hours(1, lambda hour: hour)]
    assert total(asked) == sum(range(24))
