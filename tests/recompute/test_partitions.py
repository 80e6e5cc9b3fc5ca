"""Results are the same to the byte however the work is parted and the data lies."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.recompute.findings import Findings
from harness.recompute.groups import BYTES_OF_DAY, BYTES_OF_INTERVAL, Group, Range, ranges
from harness.recompute.master_data import MasterDataBuilder
from harness.recompute.requests import RequestsBuilder
from harness.stories.load_shapes import Trouble
from harness.stories.make_intervals import Wish as MadeWish
from harness.stories.make_intervals import make
from tests.recompute.conftest import FIRST, World, at, hours

NAMES = [f"10000000{number:02}" for number in range(40)]
FRAMINGS = ("E01", "E02", "E03", "E04", "D08", "D14")


@pytest.fixture
def many(world: World) -> World:
    """Forty SDPs, each with something of its own, some of which is in doubt."""
    chance = random.Random(7)
    for number, name in enumerate(NAMES):
        world.sdp(name, FRAMINGS[number % len(FRAMINGS)], vee_service="03", meter=f"M{number}")
        world.ask(2, sdp=name)
        for ahead, reading in ((0, 5), (2, chance.randrange(200))):
            moment = at(FIRST + timedelta(days=ahead), number % 3)
            world.reads.append({"universal_sdp_id": name, "instant": moment, "reading": reading})
        rows = hours(3, lambda _: chance.randrange(5000), sdp=name)
        if number % 9 == 0:
            del rows[chance.randrange(24) : 30]
        if number % 9 == 1:
            rows.append({**rows[10], "wh": 1})
        if number % 9 == 2:
            rows[20]["status"] = "NVE"
        world.intervals += rows
    world.intervals += hours(1, sdp="5000000000")
    return world


def parted(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let there be so many partitions, whatever the memory."""

    def some(requests: Any, groups: Sequence[Group], memory: int) -> list[Range]:
        sdps = np.unique(requests.sdp)
        count = min(number, sdps.size)
        edges = [sdps[sdps.size * place // count].decode() for place in range(1, count)]
        return [Range(first, end) for first, end in zip(["", *edges], [*edges, None], strict=True)]

    monkeypatch.setattr("harness.recompute.run.ranges", some)


@pytest.mark.parametrize("number", [2, 7, 40, 1000])
def test_any_number_of_partitions_gives_the_same_bytes(
    many: World, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = many.recompute()
    parted(monkeypatch, number)
    assert many.recompute().bytes() == whole.bytes()


def shuffled(rows: list[Any]) -> list[Any]:
    return random.Random(3).sample(rows, len(rows))


def by_time(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row["start"])


@pytest.mark.parametrize("order", [shuffled, by_time], ids=["shuffled", "by time"])
def test_the_order_of_rows_makes_no_difference(many: World, order: Callable[[list[Any]], list[Any]]) -> None:
    before = many.recompute().bytes()
    many.intervals = order(many.intervals)
    assert many.recompute().bytes() == before


def test_how_rows_lie_in_files_and_groups_makes_no_difference(many: World) -> None:
    expected = many.recompute()
    rows = many.intervals
    many.intervals = []
    folder = many.folder / "daily"
    folder.mkdir()
    for ahead in range(3):
        day = FIRST + timedelta(days=ahead)
        table = pa.Table.from_pylist([row for row in rows if row["start"].date() == day])
        pq.write_table(table, folder / f"{day}.parquet", row_group_size=100)
    many.files = [folder]
    found = many.recompute()
    for name in ("quantities", "differences", "findings"):
        assert found.rows(name) == expected.rows(name)


def test_a_partition_reads_the_groups_of_rows_that_may_hold_its_sdps() -> None:
    group = Group(0, 0, "B", "D", 1)
    held = [group.may_hold(Range(*each)) for each in [("", "B"), ("", "C"), ("D", "E"), ("E", None)]]
    assert held == [False, True, True, False]
    assert Group(0, 0, None, None, 1).may_hold(Range("X", "Y"))


def test_more_intervals_than_memory_holds_make_more_partitions(many: World) -> None:
    made = make(
        MadeWish(300, FIRST, 20, 0, "ORG11111", trouble=Trouble(0, 0, 0, 0)), many.profile, many.folder / "made"
    )  # type: ignore[arg-type]
    assert made.intervals == 300 * 20 * 24
    requests = _requests_of(many, made.files)
    assert len(ranges(requests, [Group(0, 0, None, None, made.intervals)], 2**21)) == 3


def test_a_partition_has_as_many_sdps_as_the_intervals_of_its_own_groups_leave_room_for(many: World) -> None:
    requests = _requested(many, NAMES)
    dense, sparse = Group(0, 0, NAMES[0], NAMES[3], 4 * 5_000), Group(0, 1, NAMES[4], NAMES[39], 36 * 50)
    room = 10_000 * BYTES_OF_INTERVAL
    edges = [NAMES[2], NAMES[4], None]
    assert ranges(requests, [dense, sparse], room) == [
        Range(first, end) for first, end in zip(["", *edges[:-1]], edges, strict=True)
    ]
    alone = ranges(requests, [dense, sparse], 2_000 * BYTES_OF_INTERVAL)
    assert [each.end for each in alone[:4]] == NAMES[1:5]


def test_days_that_are_asked_for_take_room_though_there_is_no_data(many: World) -> None:
    requests = _requested(many, NAMES, days=1_000)
    assert len(ranges(requests, [], 10 * 1_000 * BYTES_OF_DAY)) == 4


def _requests_of(world: World, files: Sequence[Path]) -> Any:
    return _requested(world, sorted({name for path in files for name in _sdps_in(path)}))


def _sdps_in(path: Path) -> list[str]:
    found: list[str] = pq.read_table(path)["universal_sdp_id"].unique().to_pylist()
    return found


def _requested(world: World, names: Sequence[str], days: int = 2) -> Any:
    world.requests.clear()
    for name in names:
        world.ask(days, sdp=name)
    builder = RequestsBuilder(Findings())
    builder.take_table(world.write("requests", world.requests), {})
    return builder.built(MasterDataBuilder(world.profile, Findings()).built())
