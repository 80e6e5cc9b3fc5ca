"""Interval data that is made is plausible, rests on its seed alone, and is of the SDPs that sets are made of."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from harness.errors import OutputError, UsageError
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day
from harness.interface.profile import load_profile
from harness.stories.load_shapes import Trouble
from harness.stories.made_ldc import MadeLdc
from harness.stories.make_intervals import Made, Wish, make

LDC, FIRST = OrgId("ORG11111"), Day(date(2011, 6, 1))
NONE = Trouble(0, 0, 0, 0)


def made(folder: Path, sdps: int = 20, days: int = 3, **more: Any) -> Made:
    first = more.pop("first", FIRST)
    seed = more.pop("seed", 1)
    return make(Wish(sdps, first, days, seed, LDC, **more), load_profile(), folder)


def rows(files: Made) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(files.files[0]).to_pylist()
    return found


def test_the_same_wish_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = made(tmp_path / "a", reactive=True), made(tmp_path / "b", reactive=True)
    assert [path.read_bytes() for path in one.files] == [path.read_bytes() for path in other.files]


def test_these_are_the_values_of_this_seed_on_every_machine(tmp_path: Path) -> None:
    wh = np.array([row["wh"] for row in rows(made(tmp_path, trouble=NONE))], dtype="<i4")
    assert hashlib.sha256(wh.tobytes()).hexdigest()[:16] == "f98468210e90ad48"


def test_the_sdps_are_those_of_sets_of_the_same_seed(tmp_path: Path) -> None:
    ldc = MadeLdc(LDC, 20, 1, load_profile())
    names = {row["universal_sdp_id"] for row in rows(made(tmp_path, trouble=NONE))}
    assert names == {ldc.universal_sdp_id(number) for number in range(20)}


def test_an_sdp_has_the_same_data_however_many_there_are_and_in_either_layout(tmp_path: Path) -> None:
    few = made(tmp_path / "few", sdps=5, trouble=NONE)
    many = made(tmp_path / "many", sdps=50, trouble=NONE)
    listed = made(tmp_path / "days", sdps=5, trouble=NONE, layout="days")
    of_few = [(row["universal_sdp_id"], row["start"], row["wh"], row["status"]) for row in rows(few)]
    of_many = {(row["universal_sdp_id"], row["start"], row["wh"], row["status"]) for row in rows(many)}
    assert set(of_few) <= of_many
    assert [wh for row in rows(listed) for wh in row["wh"]] == [wh for _, _, wh, _ in of_few]


def test_a_day_has_as_many_intervals_as_their_length_says(tmp_path: Path) -> None:
    for minutes, size in ((5, 288), (15, 96), (30, 48), (60, 24)):
        files = made(tmp_path / str(minutes), sdps=3, days=1, minutes=minutes, trouble=NONE)
        assert files.intervals == 3 * size
        assert {row["minutes"] for row in rows(files)} == {minutes}


def test_troubles_come_as_often_as_is_wished(tmp_path: Path) -> None:
    everything = made(tmp_path / "all", sdps=200, trouble=Trouble(1000, 1000, 1000, 1000))
    statuses = {row["status"] for row in rows(everything)}
    assert statuses == {"VAL", "EST", "NV", "NVE"}
    assert everything.intervals < 200 * 72
    none = made(tmp_path / "none", sdps=200, trouble=NONE)
    assert ({row["status"] for row in rows(none)}, none.intervals) == ({"VAL"}, 200 * 72)


def test_summer_afternoons_need_more_than_those_of_spring(tmp_path: Path) -> None:
    july = made(tmp_path / "july", sdps=200, days=5, first=Day(date(2011, 7, 18)), trouble=NONE)
    may = made(tmp_path / "may", sdps=200, days=5, first=Day(date(2011, 5, 9)), trouble=NONE)
    afternoon = [sum(row["wh"] for row in rows(each) if row["start"].hour == 15) for each in (july, may)]
    assert afternoon[0] > 1.2 * afternoon[1]


def test_some_sdps_have_reactive_energy_where_it_is_wished(tmp_path: Path) -> None:
    found = rows(made(tmp_path, sdps=200, days=1, reactive=True, trouble=NONE))
    reactive = {row["universal_sdp_id"] for row in found if row["varh"] is not None}
    assert 0 < len(reactive) < 40
    assert {row["universal_sdp_id"] for row in found if row["varh"] is None} == {
        row["universal_sdp_id"] for row in found
    } - reactive


def test_registers_go_on_by_what_was_metered(tmp_path: Path) -> None:
    files = made(tmp_path, sdps=20, days=4, reads=True, trouble=NONE)
    reads = pq.read_table(files.files[1]).to_pylist()
    ldc = MadeLdc(LDC, 20, 1, load_profile())
    used: dict[str, int] = {}
    for row in rows(files):
        used[row["universal_sdp_id"]] = used.get(row["universal_sdp_id"], 0) + row["wh"]
    for number in range(20):
        digits, unit_wh = ldc.register(number)
        name = ldc.universal_sdp_id(number)
        own = [read["reading"] for read in reads if read["universal_sdp_id"] == name]
        assert len(own) == 5
        assert abs((own[-1] - own[0]) % 10**digits * unit_wh - used[name]) < unit_wh


def test_files_hold_so_many_sdps_in_order(tmp_path: Path) -> None:
    files = made(tmp_path, sdps=25, file_sdps=10, trouble=NONE).files
    names = [[row["universal_sdp_id"] for row in pq.read_table(path).to_pylist()] for path in files]
    assert [len(set(each)) for each in names] == [10, 10, 5]
    assert sorted(name for each in names for name in each) == [name for each in names for name in each]


def test_earlier_data_gives_way_only_where_it_is_told_to(tmp_path: Path) -> None:
    made(tmp_path, sdps=25, file_sdps=5)
    with pytest.raises(UsageError, match=r"holds intervals-0001\.parquet already"):
        made(tmp_path)
    made(tmp_path, replace=True)
    assert [path.name for path in tmp_path.iterdir()] == ["intervals-0001.parquet"]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(OutputError, match="No space left"):
        made(tmp_path)
    assert list(tmp_path.iterdir()) == []
