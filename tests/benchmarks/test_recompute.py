"""What `recompute` costs from Parquet to results: against reading the columns, and against other engines.

The other engines do the same checks, and their answers are asserted equal. What memory ten times the SDPs take is
measured in processes of their own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.interface.instants import Day, midnight
from harness.interface.profile import load_profile
from reference_impl.computing import calendar_of
from tests.benchmarks.recomputing import COLUMNS, OUTCOMES, Task, duckdb_program, polars_program
from tests.benchmarks.test_framing import Row, fastest, hand_in

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

SDPS, DAYS, ROUNDS = 4_000, 62, 2
FIRST = Day(date(2011, 6, 1))
END = Day(FIRST + timedelta(days=DAYS - 1))
FEW, MEMORY = 8_000, "64M"
_WITH_ITS_PEAK = """
import atexit, resource, sys
atexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr))
from harness.cli import main
main()
"""

pytestmark = pytest.mark.filterwarnings("default")  # engines may warn of what they will


def made(folder: Path, sdps: int, days: int) -> tuple[list[Path], list[str]]:
    """Interval data, master data and requests of made SDPs; the files of interval data, and the SDPs."""
    from harness.interface.identifiers import OrgId
    from harness.stories.make_intervals import Wish, make

    files = list(make(Wish(sdps, FIRST, days, 0, OrgId("ORG11111")), load_profile(), folder / "intervals").files)
    names = sorted({name for path in files for name in _names(path)})
    end = Day(FIRST + timedelta(days=days - 1))
    master = {
        "universal_sdp_id": names,
        "start": [date(2009, 1, 1)] * sdps,
        "framing_structure": ["E01"] * sdps,
        "ldc": ["ORG11111"] * sdps,
    }
    pq.write_table(pa.table(master), folder / "master.parquet")
    asked = {
        "universal_sdp_id": names,
        "period_start_date": [FIRST] * sdps,
        "period_end_date": [end] * sdps,
    }
    pq.write_table(pa.table(asked), folder / "requests.parquet")
    return files, names


def _names(path: Path) -> Iterator[str]:
    yield from pq.read_table(path, columns=["universal_sdp_id"])["universal_sdp_id"].unique().to_pylist()


def spoil(folder: Path, names: list[str]) -> Path:
    """A file more, in which intervals are there again, are odd or out of place, or are of SDPs that nobody knows."""
    source = pq.read_table(
        folder / "intervals" / "intervals-0001.parquet", filters=[("universal_sdp_id", "in", names[:600:10])]
    )
    rows = source.group_by("universal_sdp_id").aggregate([("start", "min"), ("wh", "min")]).to_pylist()
    columns: dict[str, list[Any]] = {name: [] for name in source.column_names}
    for number, row in enumerate(rows):
        start = row["start_min"] + timedelta(hours=30)
        kind = number % 5
        columns["universal_sdp_id"].append("9" * 9 + str(number) if kind == 3 else row["universal_sdp_id"])
        columns["start"].append(start + timedelta(minutes=30 if kind == 1 else 0))
        columns["minutes"].append(60)
        columns["wh"].append(-7 if kind == 4 else 11)
        columns["status"].append("XXX" if kind == 2 else "VAL")
    path = folder / "intervals" / "spoilt.parquet"
    pq.write_table(pa.table(columns).cast(source.schema), path)
    return path


def answer_of(answer: Any) -> list[tuple[Any, ...]]:
    """The rows of an engine's answer, with outcomes in words."""
    rows = answer.table.to_pylist()
    return [(row[COLUMNS[0]], OUTCOMES[row["outcome"]], *(row[name] for name in COLUMNS[2:])) for row in rows]


def test_recompute_of_two_months(benchmark: Any, tmp_path: Path) -> None:
    from harness.recompute import run
    from harness.recompute.inputs import Given

    files, names = made(tmp_path, SDPS, DAYS)
    files.append(spoil(tmp_path, names))
    profile = load_profile()
    given = Given([tmp_path / "intervals"], [tmp_path / "master.parquet"], [tmp_path / "requests.parquet"], [])
    wish = run.Wish(given, "reference", 2**30, 0, 0, tmp_path / "out")
    task = Task(
        files,
        tmp_path / "master.parquet",
        int(midnight(FIRST).timestamp()),
        calendar_of(profile).buckets(FIRST, DAYS - 1, 24),
    )
    works = {
        "read": lambda: [pq.read_table(path) for path in files],
        "recompute": lambda: run.recompute(wish, profile),
        "DuckDB": duckdb_program(task),
        "Polars": polars_program(task),
    }
    document = works["recompute"]()
    ours = [
        tuple(row[name] for name in COLUMNS)
        for row in pq.read_table(tmp_path / "out" / "quantities.parquet").to_pylist()
    ]
    for engine in ("DuckDB", "Polars"):
        answer = works[engine]()
        assert answer_of(answer) == ours
        assert answer.unknown == document["findings"]["sdp-unknown"]["sdps"]
    assert {row[1] for row in ours} == set(OUTCOMES)
    times = fastest(works, ROUNDS)
    benchmark.pedantic(works["recompute"], rounds=1)
    intervals = document["read"]["intervals"]
    what = f"recompute, {SDPS:,} SDPs x {DAYS} days, hourly, from Parquet"
    best = min(times["DuckDB"], times["Polars"])
    rows = [
        Row(
            f"{what} to results",
            f"{intervals / times['recompute'] / 1e6:.1f} M intervals/s",
            f"{times['recompute'] / times['read']:.1f} times reading, {best / times['recompute']:.2f} times the best",
            "at most 2 times reading, at least 1 time the best engine",
        )
    ]
    rows += [
        Row(f"{what}: {name}", f"{intervals / times[name] / 1e6:.1f} M intervals/s")
        for name in ("read", "DuckDB", "Polars")
    ]
    hand_in(benchmark, *rows)


def peak(folder: Path, sdps: int) -> int:
    """MiB that a process takes at most that recomputes a week of some SDPs."""
    folder.mkdir()
    made(folder, sdps, 8)
    given = ["--intervals", "intervals", "--master", "master.parquet", "--requests", "requests.parquet"]
    command = [sys.executable, "-c", _WITH_ITS_PEAK, "recompute", *given, "--memory", MEMORY, "--out", "out"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return int(ended.stderr.split()[-1])


def test_memory_of_ten_times_the_sdps(benchmark: Any, tmp_path: Path) -> None:
    few = peak(tmp_path / "few", FEW)
    many = benchmark.pedantic(lambda: peak(tmp_path / "many", FEW * 10), rounds=1)
    what = f"memory of recompute, {FEW * 10:,} SDPs against {FEW:,}, --memory {MEMORY}"
    hand_in(benchmark, Row(what, f"{many:,} MiB", f"{many / few:.2f} times", "1"))
