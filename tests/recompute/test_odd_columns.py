"""Columns of requests and master data that hold what nobody expects end in a message, or in a finding."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.errors import InputError
from harness.recompute import run
from harness.recompute.inputs import Given
from tests.recompute.conftest import World, hours

INSTANT = pa.array([1], pa.int64()).cast(pa.timestamp("us"))
NO_TEXT = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")]
)  # as a byte that changed in a file without checksums


@pytest.fixture
def asked(world: World) -> World:
    world.sdp()
    world.ask(detail="D1")
    world.intervals = hours(1)
    return world


def recomputed(world: World, table: str, column: str, values: Any) -> World:
    """Compute everything again where a column of a table holds other values than it should."""
    paths = {name: world.write(name, getattr(world, name)) for name in ("intervals", "master", "requests")}
    rows = pa.Table.from_pylist(getattr(world, table))
    pq.write_table(rows.set_column(rows.schema.get_field_index(column), column, values), paths[table])
    given = Given([paths["intervals"]], [paths["master"]], [paths["requests"]], [])
    run.recompute(run.Wish(given, "reference", 2**30, 10, 0, world.folder / "out"), world.profile)
    return world


@pytest.mark.parametrize("column", ["universal_sdp_id", "ldc", "request_detail_id"])
@pytest.mark.parametrize("values", [pa.array([{"a": 1}]), pa.array([[1]]), pa.array([b"\xff"]), INSTANT])
def test_a_column_of_a_request_that_is_no_text_is_refused(asked: World, column: str, values: Any) -> None:
    with pytest.raises(InputError, match="is of type") as refused:
        recomputed(asked, "requests", column, values)
    assert (column in refused.value.what, refused.value.expected) == (True, "text")


def test_of_several_columns_that_are_no_text_the_sdps_is_told(asked: World) -> None:
    rows = pa.Table.from_pylist(asked.requests)
    for column in ("ldc", "request_detail_id"):
        rows = rows.set_column(rows.schema.get_field_index(column), column, pa.array([[1]]))
    asked.requests = rows.to_pylist()
    with pytest.raises(InputError, match="column 'universal_sdp_id' is of type"):
        recomputed(asked, "requests", "universal_sdp_id", pa.array([[1]]))


@pytest.mark.parametrize("table", ["requests", "master"])
def test_bytes_that_are_no_text_are_refused_by_the_name_of_their_file(asked: World, table: str) -> None:
    with pytest.raises(InputError, match="cannot be read") as refused:
        recomputed(asked, table, "universal_sdp_id", NO_TEXT)
    assert refused.value.where.endswith(f"{table}.parquet")


@pytest.mark.parametrize("days", [2**31 - 1, -(2**31), 3_000_000])
@pytest.mark.parametrize(("table", "column"), [("master", "start"), ("master", "end"), ("requests", "period_end_date")])
def test_a_date_that_no_calendar_has_is_refused(asked: World, table: str, column: str, days: int) -> None:
    with pytest.raises(InputError, match="a date that no calendar has"):
        recomputed(asked, table, column, pa.array([days], pa.int32()).cast(pa.date32()))


def test_a_date_in_milliseconds_that_no_calendar_has_is_refused(asked: World) -> None:
    with pytest.raises(InputError, match="a date that no calendar has"):
        recomputed(asked, "master", "start", pa.array([2**62], pa.int64()).cast(pa.date64()))


def test_a_request_for_an_sdp_beyond_ascii_is_undetermined(asked: World) -> None:
    folder = recomputed(asked, "requests", "universal_sdp_id", pa.array(["é1"])).folder / "out"
    (row,) = pq.read_table(folder / "quantities.parquet").to_pylist()
    assert (row["universal_sdp_id"], row["outcome"]) == ("é1", "undetermined")
    assert [each["code"] for each in pq.read_table(folder / "findings.parquet").to_pylist()] == ["sdp-unknown"]
