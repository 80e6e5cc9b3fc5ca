"""Plausible interval data of a made LDC, of any size, straight into Parquet.

It is what `recompute`, and others, can be tried by. The SDPs are those of `make_set` with the same seed and LDC. A file
holds some of them, in the order of their Universal SDP IDs; a group of rows holds whole SDPs, so that whoever wants
some SDPs reads little else. Needs pyarrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from harness.errors import UsageError, writing
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST, Day
from harness.interface.interval_data import DAY, INSTANT, MINUTES, READING, SDP, START, STATUS, VARH, WH
from harness.interface.profile import Profile
from harness.stories.load_shapes import MISSING, VALID, LoadShapes, Trouble
from harness.stories.made_ldc import MadeLdc

Layout: TypeAlias = Literal["long", "days"]

ROWS_TOGETHER = 2**20
"""Rows of intervals that are made together, and written as one group; whole SDPs."""
_WORDS = ("valid", "estimated", "not_validated", "needs_verification_or_edit")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made.

    :param sdps: how many SDPs the LDC has, `minutes`: the length of every interval.
    :param file_sdps: how many SDPs a file holds.
    :param reactive: whether some SDPs have varh, too; `reads`: whether register reads are made.
    :param universal_ids: those that were issued, by SDP ID; drawn where there are none.
    """

    sdps: int
    first: Day
    days: int
    seed: int
    ldc: OrgId
    minutes: int = 60
    layout: Layout = "long"
    file_sdps: int = 100_000
    trouble: Trouble = field(default_factory=Trouble)
    reactive: bool = False
    reads: bool = False
    universal_ids: dict[str, str] | None = field(default=None, repr=False)
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were made, and how many intervals are in them."""

    files: tuple[Path, ...]
    intervals: int


def make(wish: Wish, profile: Profile, folder: Path, step: Callable[[], None] = lambda: None) -> Made:
    """Write interval data into a folder, file by file. A file has its name once it is whole.

    :param step: called each time that a file is done.
    :raises UsageError: the folder holds other files, or those of an earlier call that are not to give way.
    :raises OutputError: a file cannot be written.
    """
    ldc = MadeLdc(wish.ldc, wish.sdps, wish.seed, profile, wish.universal_ids)
    shapes = LoadShapes(wish.seed, wish.ldc, wish.first, wish.days, wish.minutes, wish.trouble)
    numbers = np.arange(wish.sdps, dtype=np.uint64)
    names = np.array([ldc.universal_sdp_id(number) for number in range(wish.sdps)])
    order = np.argsort(names, kind="stable")
    maker = _Maker(wish, shapes, [profile.codes["validation_status"][word] for word in _WORDS])
    _clear(folder, replace=wish.replace)
    files, intervals = [], 0
    for place, begin in enumerate(range(0, wish.sdps, wish.file_sdps), start=1):
        chosen = order[begin : begin + wish.file_sdps]
        path = folder / f"intervals-{place:04}.parquet"
        intervals += _write(path, maker.schema, maker.tables(numbers[chosen], names[chosen]))
        files.append(path)
        if wish.reads:
            path = folder / f"register-reads-{place:04}.parquet"
            _write(path, _READS, maker.reads(numbers[chosen], names[chosen], ldc))
            files.append(path)
        step()
    return Made(tuple(files), intervals)


def _clear(folder: Path, *, replace: bool) -> None:
    """Make the folder ready."""
    if folder.exists() and not folder.is_dir():
        raise UsageError("is no folder", where=str(folder), expected="a folder to write to")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        earlier = sorted([*folder.glob("intervals-*.parquet"), *folder.glob("register-reads-*.parquet")])
        if earlier and not replace:
            raise UsageError(
                f"holds {earlier[0].name} already",
                where=str(folder),
                expected="a folder without interval data",
                remedy="name another --out, or let it give way by --replace",
            )
        for path in earlier:
            path.unlink()


def _write(path: Path, schema: pa.Schema, tables: Iterator[tuple[pa.Table, int]]) -> int:
    """Write tables one after the other, each made while the one before is written; how many intervals they hold."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    intervals = 0
    try:
        with (
            writing(path),
            pq.ParquetWriter(unfinished, schema, **_encoded(schema)) as writer,
            ThreadPoolExecutor(1) as ahead,
        ):
            coming = ahead.submit(next, tables, None)
            while (made := coming.result()) is not None:
                coming = ahead.submit(next, tables, None)
                writer.write_table(made[0], row_group_size=made[0].num_rows)
                intervals += made[1]
        with writing(path):
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return intervals


def _encoded(schema: pa.Schema) -> dict[str, Any]:
    """How columns are written: what repeats as a dictionary, what runs on as differences."""
    repeats = [name for name in (SDP, MINUTES, STATUS) if name in schema.names]
    running = [name for name in (START, DAY, INSTANT, READING) if name in schema.names]
    return {
        "compression": "zstd",
        "write_page_checksum": True,
        "use_dictionary": [*repeats, f"{STATUS}.list.element"],
        "column_encoding": dict.fromkeys(running, "DELTA_BINARY_PACKED"),
        "write_statistics": [SDP, *running],
    }


_TIME = pa.timestamp("s", "-05:00")
_STATUSES = pa.dictionary(pa.int8(), pa.string())
_NAMES = pa.dictionary(pa.int32(), pa.string())
_READS = pa.schema([(SDP, _NAMES), (INSTANT, _TIME), (READING, pa.int32())])


class _Maker:
    """Makes tables of some SDPs."""

    def __init__(self, wish: Wish, shapes: LoadShapes, codes: list[str]) -> None:
        self.wish = wish
        self.shapes = shapes
        self.codes = pa.array(codes)
        begins = datetime(wish.first.year, wish.first.month, wish.first.day, tzinfo=EST)
        self.begins = np.int64(begins.timestamp())
        reactive = [(VARH, pa.int32())] if wish.reactive else []
        if wish.layout == "long":
            columns = [(SDP, _NAMES), (START, _TIME), (MINUTES, pa.int16()), (WH, pa.int32()), (STATUS, _STATUSES)]
            self.schema = pa.schema([*columns, *reactive])
        else:
            columns = [(SDP, _NAMES), (DAY, pa.date32()), (WH, pa.list_(pa.int32())), (STATUS, pa.list_(_STATUSES))]
            self.schema = pa.schema([*columns, *((name, pa.list_(kind)) for name, kind in reactive)])

    def tables(self, numbers: NDArray[np.uint64], names: NDArray[np.str_]) -> Iterator[tuple[pa.Table, int]]:
        """The intervals of some SDPs, a group of rows at a time, and how many there are."""
        together = max(1, ROWS_TOGETHER // self.shapes.intervals)
        for begin in range(0, numbers.size, together):
            part = slice(begin, begin + together)
            wh, status = self.shapes.wh(numbers[part]), self.shapes.status(numbers[part])
            varh = has = None
            if self.wish.reactive:
                has = self.shapes.is_reactive(numbers[part])
                varh = self.shapes.varh(numbers[part], wh)
            table = (self._long if self.wish.layout == "long" else self._days)(names[part], wh, status, varh, has)
            yield table, int((status != MISSING).sum())

    def _long(self, names: Any, wh: Any, status: Any, varh: Any, has: Any) -> pa.Table:
        sdps, intervals = wh.shape
        flags = status.reshape(-1)
        starts = self.begins + np.arange(intervals, dtype=np.int64) * (self.wish.minutes * 60)
        columns = {
            SDP: _coded(np.repeat(np.arange(sdps, dtype=np.int32), intervals), names),
            START: pa.array(np.tile(starts, sdps)).view(_TIME),
            MINUTES: pa.array(np.full(wh.size, self.wish.minutes, dtype=np.int16)),
            WH: pa.array(wh.reshape(-1)),
            STATUS: pa.DictionaryArray.from_arrays(
                pa.array((np.maximum(flags, VALID) - VALID).view(np.int8)), self.codes
            ),
        }
        if varh is not None:
            columns[VARH] = pa.array(varh.reshape(-1), mask=~np.repeat(has, intervals))
        table = pa.table(columns, schema=self.schema)
        edges = np.flatnonzero(np.diff(flags != MISSING, prepend=False, append=False)).reshape(-1, 2).tolist()
        return pa.concat_tables([table.slice(begin, end - begin) for begin, end in edges] or [table.slice(0, 0)])

    def _days(self, names: Any, wh: Any, status: Any, varh: Any, has: Any) -> pa.Table:
        sdps, days = wh.shape[0], self.wish.days
        missing = status.reshape(-1) == MISSING
        codes = pa.array((status.reshape(-1) - VALID).view(np.int8), mask=missing)
        columns = {
            SDP: _coded(np.repeat(np.arange(sdps, dtype=np.int32), days), names),
            DAY: pa.array(np.tile(np.datetime64(self.wish.first, "D") + np.arange(days), sdps)),
            WH: self._lists(pa.array(wh.reshape(-1), mask=missing), sdps),
            STATUS: self._lists(pa.DictionaryArray.from_arrays(codes, self.codes), sdps),
        }
        if varh is not None:
            none = ~np.repeat(has, days)
            columns[VARH] = self._lists(pa.array(varh.reshape(-1), mask=missing), sdps, none)
        return pa.table(columns, schema=self.schema)

    def _lists(self, values: Any, sdps: int, none: Any = None) -> Any:
        """A list for each SDP and day."""
        per_day = self.shapes.per_day
        edges = pa.array(np.arange(0, sdps * self.shapes.intervals + 1, per_day, dtype=np.int32))
        return pa.ListArray.from_arrays(edges, values, mask=None if none is None else pa.array(none))

    def reads(
        self, numbers: NDArray[np.uint64], names: NDArray[np.str_], ldc: MadeLdc
    ) -> Iterator[tuple[pa.Table, int]]:
        """Register reads at the beginning of each day and at the end of the last, in dial units."""
        days = self.wish.days + 1
        instants = self.begins + np.arange(days, dtype=np.int64) * 86_400
        together = max(1, ROWS_TOGETHER // self.shapes.intervals)
        for begin in range(0, numbers.size, together):
            part = slice(begin, begin + together)
            chosen = numbers[part]
            used = self.shapes.wh(chosen).reshape(chosen.size, -1, self.shapes.per_day).sum(axis=2, dtype=np.int64)
            registers = [ldc.register(int(number)) for number in chosen]
            capacity = np.array([10**digits for digits, _ in registers])[:, None]
            unit_wh = np.array([unit for _, unit in registers])[:, None]
            total = np.concatenate([np.zeros((chosen.size, 1), dtype=np.int64), used.cumsum(axis=1)], axis=1)
            total += self.shapes.drawn(chosen, 7, 2**31)[:, None]
            readings = (total // unit_wh % capacity).astype(np.int32)
            columns = {
                SDP: _coded(np.repeat(np.arange(chosen.size, dtype=np.int32), days), names[part]),
                INSTANT: pa.array(np.tile(instants, chosen.size)).view(_TIME),
                READING: pa.array(readings.reshape(-1)),
            }
            yield pa.table(columns, schema=_READS), 0


def _coded(codes: Any, names: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names))


def last_day(wish: Wish) -> Day:
    """The last day of which intervals are made."""
    return Day(wish.first + timedelta(days=wish.days - 1))
