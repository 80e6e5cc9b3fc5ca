"""A small world for recomputations: interval data, master data and requests of a few rows, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.interface.instants import EST
from harness.interface.profile import Profile, load_profile
from harness.recompute import run
from harness.recompute.inputs import Given

hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=40)
hypothesis.settings.load_profile("steady")

FIRST = date(2011, 2, 7)
"""A Monday in winter, without a holiday in its week."""
SDP = "1000000001"


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=EST)


def days(number: int, first: date = FIRST) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(number)]


def hours(number_of_days: int, wh: Callable[[int], int] = lambda _: 100, sdp: str = SDP) -> list[dict[str, Any]]:
    """An interval for each hour of some days; `wh` is given the hour, counted from the first."""
    begins = at(FIRST)
    return [
        {
            "universal_sdp_id": sdp,
            "start": begins + timedelta(hours=hour),
            "minutes": 60,
            "wh": wh(hour),
            "status": "VAL",
        }
        for hour in range(24 * number_of_days)
    ]


@dataclass(slots=True)
class Results:
    """What a recomputation wrote."""

    document: Mapping[str, Any]
    folder: Path

    @property
    def code(self) -> int:
        code: int = self.document["exit_code"]
        return code

    def rows(self, table: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = pq.read_table(self.folder / f"{table}.parquet").to_pylist()
        return found

    @property
    def quantities(self) -> list[dict[str, Any]]:
        return self.rows("quantities")

    @property
    def differences(self) -> list[dict[str, Any]]:
        return self.rows("differences")

    @property
    def codes(self) -> set[str]:
        return {row["code"] for row in self.rows("findings")}

    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir()) if path.is_file()}


@dataclass(slots=True)
class World:
    """What is given to a recomputation; each part is a table in a file of its own."""

    folder: Path
    profile: Profile
    intervals: list[dict[str, Any]] = field(default_factory=list)
    master: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    reads: list[dict[str, Any]] = field(default_factory=list)
    delivered: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def sdp(self, name: str = SDP, framing: str = "E01", **more: Any) -> None:
        """Let the master data tell of an SDP that was there before everything."""
        row = {"universal_sdp_id": name, "start": date(2006, 1, 1), "end": None, "framing_structure": framing}
        self.master.append({**row, "account": "A1", "ldc": "ORG11111", **more})

    def ask(self, number_of_days: int = 1, first: date = FIRST, sdp: str = SDP, detail: str | None = None) -> None:
        """Ask for the quantities of an SDP over some days."""
        period = {"period_start_date": first, "period_end_date": first + timedelta(days=number_of_days)}
        self.requests.append({"universal_sdp_id": sdp, "ldc": "ORG11111", "request_detail_id": detail, **period})

    def write(self, name: str, rows: Sequence[Mapping[str, Any]], schema: pa.Schema | None = None) -> Path:
        path = self.folder / f"{name}.parquet"
        table = pa.Table.from_pylist(list(rows), schema=schema)
        if not path.exists() or not pq.read_table(path).equals(table):  # a file that is written anew is another one
            pq.write_table(table, path)
        return path

    def put(self, rows: Iterable[Mapping[str, Any]], name: str = "more", schema: pa.Schema | None = None) -> Path:
        """Give another file of interval data."""
        self.files.append(self.write(f"{name}-{len(self.files)}", list(rows), schema))
        return self.files[-1]

    def recompute(
        self,
        *,
        memory: int = 2**30,
        sample: int = 10,
        files: bool = False,
        out: Path | None = None,
        scheduler: str | None = None,
    ) -> Results:
        """Compute everything again, into a folder of its own where none is named."""
        self.number += 1
        given = [*self.files, *([self.write("intervals", self.intervals)] if self.intervals else [])]
        requests = [self.write("requests", self.requests)] if self.requests else []
        master = [self.write("master", self.master)]
        out = self.folder / f"out{self.number}" if out is None else out
        reads = [self.write("reads", self.reads)] if self.reads else []
        paths = Given(given, master, requests, self.delivered, self.columns, reads)
        run.recompute(run.Wish(paths, "reference", memory, sample, 0, out, files, scheduler), self.profile)
        return Results(json.loads((out / run.FILE).read_bytes()), out)


@pytest.fixture
def world(tmp_path: Path, profile: Profile) -> World:
    return World(tmp_path, profile)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
