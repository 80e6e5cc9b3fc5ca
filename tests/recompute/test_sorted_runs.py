"""Rows that are more than memory should hold: however they come and are put by, a range of SDPs is what it was."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import InputError
from harness.recompute import sorted_runs
from harness.recompute.sorted_runs import SortedRuns
from tests.recompute.conftest import World
from tests.recompute.test_comparison import NAMES, answered, change, with_field

__all__ = ["answered"]
SCHEMA = pa.schema([("sdp", pa.string()), ("number", pa.int64())])
SDPS = st.sampled_from(["", "1", "10", "100000", "2", "Z", "é"])


def table(names: list[str], since: int) -> pa.Table:
    return pa.table({"sdp": names, "number": range(since, since + len(names))}, schema=SCHEMA)


@given(st.lists(st.lists(SDPS, max_size=6), max_size=5), SDPS, st.none() | SDPS)
def test_a_range_has_all_rows_of_its_sdps(
    tmp_path_factory: pytest.TempPathFactory, tables: list[list[str]], first: str, end: str | None
) -> None:
    runs = SortedRuns(tmp_path_factory.mktemp("runs"), "rows", SCHEMA)
    rows = []
    for names in tables:
        runs.add(table(names, len(rows)))
        rows += [(name, len(rows) + place) for place, name in enumerate(names)]
    found = [tuple(row.values()) for row in runs.part(first, end).to_pylist()]
    wanted = [row for row in rows if first <= row[0] and (end is None or row[0] < end)]
    assert sorted(found) == sorted(wanted)
    every = [tuple(row.values()) for run in runs.runs() for row in run.to_pylist()]
    assert (sorted(every), runs.rows) == (sorted(rows), len(rows))


def test_groups_of_rows_of_other_sdps_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_runs, "_GROUP", 2)
    runs = SortedRuns(tmp_path, "rows", SCHEMA)
    runs.add(table([f"{number:02}" for number in range(10)], 0))
    runs.add(table([], 0))
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    content[4:40] = bytes(36)
    path.write_bytes(content)
    assert runs.part("06", "08").num_rows == 2
    with pytest.raises(InputError, match="rows-000000"):
        runs.part("00", "02")


def test_many_responses_come_to_the_same_as_few(answered: World, monkeypatch: pytest.MonkeyPatch) -> None:
    change(answered, "6000", NAMES[0], with_field(9, "000000000001"))
    change(answered, "6100", NAMES[2], lambda _: [])
    expected = answered.recompute().bytes()
    monkeypatch.setattr(sorted_runs, "ROWS", 2)
    assert answered.recompute().bytes() == expected
    answered.requests.clear()
    without_requests = answered.recompute().bytes()
    monkeypatch.undo()
    assert answered.recompute().bytes() == without_requests
