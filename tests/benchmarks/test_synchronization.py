"""Size: P-Sync sets read, loaded, synchronized and reported, and inspected, against `csv` on the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from harness.interface.profile import load_profile
from harness.stories.make_set import Wish, make
from tests.benchmarks.conftest import Row
from tests.benchmarks.synchronizing import AT, LDC

ROOT = Path(__file__).parents[2]
SDPS = 100_000
LOADED, WHOLE = 15, 15
"""At most so many times the seconds of `csv`, for reading and loading, and for the whole."""
GIB = {100_000: 1, 1_000_000: 5}
GIB_INSPECTED = 1
NEEDED = 8
"""GiB without which a million SDPs are not tried."""
KINDS = ("into an empty directory", "1% changed")
BOUND = "reading, and a line of the report for each of the 22 attributes of an SDP"
BOUND_OF_GROWTH = "the first use of memory, and data that no longer fits into the processor's cache"
AVAILABLE = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**30
_measured: dict[int, Any] = {}


def measure(sdps: int, folder: Path) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.synchronizing", str(sdps), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def at_most(measured: float, aim: float, bound: str) -> tuple[str, str]:
    """An aim, and what bounds the measure where it is missed."""
    return f"at most {aim:g}", "" if measured <= aim else f"missed: {bound}"


def rows_of(sdps: int, found: Any) -> list[Row]:
    rows = []
    for kind, each in zip(KINDS, found["sets"], strict=True):
        for what, seconds, aim in (("read and loaded", each["loaded"], LOADED), ("the whole", each["whole"], WHOLE)):
            ratio = seconds / each["csv"]
            rows.append(
                Row(
                    f"P-Sync of {sdps:,} SDPs, {kind}: {what}",
                    f"{seconds:.1f} s",
                    f"{ratio:.1f} times csv",
                    *at_most(ratio, aim, BOUND),
                )
            )
    memory = found["bytes"] / 2**30
    rows.append(
        Row(f"memory of both P-Syncs of {sdps:,} SDPs", f"{memory:.2f} GiB", "", *at_most(memory, GIB[sdps], BOUND))
    )
    return rows


@pytest.mark.benchmark(group="synchronization")
def test_p_sync_of_a_hundred_thousand_sdps(benchmark: Any, tmp_path: Path) -> None:
    _measured[SDPS] = benchmark.pedantic(measure, args=(SDPS, tmp_path), rounds=1)
    benchmark.extra_info["rows"] = [astuple(row) for row in rows_of(SDPS, _measured[SDPS])]


@pytest.mark.skipif(NEEDED > AVAILABLE, reason=f"a million SDPs take up to {NEEDED} GiB, and there are {AVAILABLE}")
@pytest.mark.benchmark(group="synchronization")
def test_ten_times_the_sdps_cost_about_ten_times_as_much(benchmark: Any, tmp_path: Path) -> None:
    few = _measured.get(SDPS) or measure(SDPS, tmp_path / "few")
    many = benchmark.pedantic(measure, args=(10 * SDPS, tmp_path / "many"), rounds=1)
    ratios = [one["whole"] / other["whole"] for one, other in zip(many["sets"], few["sets"], strict=True)]
    grown = [
        Row(
            f"P-Sync of {10 * SDPS:,} SDPs, {kind}, against {SDPS:,}",
            "",
            f"{ratio:.1f} times",
            *at_most(ratio, 11, BOUND_OF_GROWTH),
        )
        for kind, ratio in zip(KINDS, ratios, strict=True)
    ]
    benchmark.extra_info["rows"] = [astuple(row) for row in (*rows_of(10 * SDPS, many), *grown)]


@pytest.mark.parametrize("sdps", [SDPS, 10 * SDPS])
@pytest.mark.benchmark(group="synchronization")
def test_a_set_is_inspected(benchmark: Any, tmp_path: Path, sdps: int) -> None:
    make(Wish("p-sync", sdps, seed=1, at=AT, ldc=LDC), load_profile(), tmp_path)
    found = benchmark.pedantic(inspected, args=(tmp_path,), rounds=1)
    memory, ratio = found["bytes"] / 2**30, found["inspected"] / found["csv"]
    rows = [
        Row(f"P-Sync of {sdps:,} SDPs, inspected", f"{found['inspected']:.1f} s", f"{ratio:.1f} times csv"),
        Row(
            f"memory of inspecting a P-Sync of {sdps:,} SDPs",
            f"{memory:.2f} GiB",
            "",
            *at_most(memory, GIB_INSPECTED, "what is kept of a set"),
        ),
    ]
    benchmark.extra_info["rows"] = [astuple(row) for row in rows]


def inspected(folder: Path) -> Any:
    command = [sys.executable, "-m", "tests.benchmarks.inspecting", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
