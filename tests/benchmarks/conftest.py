"""One report of all benchmarks: a table of marks with ratios and aims, and a line for each other measurement.

A benchmark hands its rows in as ``extra_info["rows"]``; of one without, the fastest round and what else it noted stand
in the second table. With ``--benchmarks-md FILE`` the report is written there too.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

TOLD = ("numpy", "numba", "duckdb", "polars", "pandas", "pytest-benchmark")


@dataclass(frozen=True, slots=True)
class Row:
    """A mark: what was measured, in which unit, how it compares with what, and what was aimed at."""

    what: str
    measured: str
    ratio: str = ""
    aim: str = ""
    remark: str = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--benchmarks-md", default=None, help="write the report of the benchmarks to this file")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    session = getattr(config, "_benchmarksession", None)
    done = [] if session is None else [bench for bench in session.benchmarks if not bench.has_error]
    if not done:
        return
    text = "\n".join(report(done))
    terminalreporter.write("\n" + text + "\n")
    target = config.getoption("--benchmarks-md")
    if target:
        Path(target).write_text(text + "\n", encoding="utf-8")


def report(benchmarks: list[Any]) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "Written by `make bench`. Ratios are of measurements of one run on one machine; figures alone say little."
    yield ""
    yield from (f"- {line}" for line in machine())
    marks = [row for bench in benchmarks for row in bench.extra_info.get("rows", ())]
    if marks:
        yield from ("", "## Marks", "")
        yield from table(("What", "Measured", "Ratio", "Aim", "Remark"), [list(row) for row in marks])
    others = [bench for bench in benchmarks if "rows" not in bench.extra_info]
    if others:
        yield from ("", "## Other measurements", "")
        yield from table(("What", "Fastest round", "Noted"), [other(bench) for bench in others])


def other(bench: Any) -> list[str]:
    noted = ", ".join(f"{name.replace('_', ' ')} {figure(value)}" for name, value in bench.extra_info.items())
    name = bench.name.removeprefix("test_").replace("_", " ")
    return [name, f"{bench.stats.min * 1e3:,.2f} ms", noted]


def figure(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def table(head: tuple[str, ...], rows: list[list[str]]) -> Iterator[str]:
    """A table in Markdown that reads as well without it."""
    cells = [[cell.replace("|", "/") for cell in row] for row in [list(head), *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    yield lines[0]
    yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    yield from lines[1:]


def machine() -> Iterator[str]:
    """What a reader must know of the machine, and nothing that names it."""
    import cpuinfo  # of pytest-benchmark; looking takes a second

    brand = cpuinfo.get_cpu_info().get("brand_raw", platform.machine())
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    yield f"{brand}, {os.cpu_count()} cores, {pages:.0f} GiB, {platform.system()} {platform.machine()}"
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in TOLD)
    yield f"{platform.python_implementation()} {platform.python_version()}, {versions}"
