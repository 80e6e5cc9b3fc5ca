"""Ranges of SDPs, each small enough for the memory that there is, and which groups of rows may hold them.

The statistics of Parquet files say which SDPs may be in a group of rows: a partition reads no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from harness.interface.interval_data import DAY, SDP, START, WH
from harness.recompute import tables
from harness.recompute.findings import Findings
from harness.recompute.ids import Ids
from harness.recompute.interval_reading import Source
from harness.recompute.requests import Requests

BYTES_OF_INTERVAL = 40
"""What an interval takes at most, while it is read and put into arrays."""
BYTES_OF_DAY = 24 * 9
"""What the arrays of an SDP take at least for each day on which anything is asked for, whether there is data or not."""


class Range(NamedTuple):
    """The SDPs from one ID until another, exclusive; all that follow, where it is None."""

    first: str
    end: str | None

    def holds(self, sdp: str) -> bool:
        """Whether an SDP is one of them."""
        return self.first <= sdp and (self.end is None or sdp < self.end)

    def chosen(self, sdps: Any) -> Any:
        """Which of a pyarrow array of SDPs are some of them."""
        found = pc.greater_equal(sdps, self.first)
        return found if self.end is None else pc.and_(found, pc.less(sdps, self.end))

    def may_meet(self, lowest: str | None, highest: str | None) -> bool:
        """Whether one of them may be from an ID to another, inclusive; None where nobody knows."""
        if lowest is None or highest is None:
            return True
        return self.first <= highest and (self.end is None or lowest < self.end)


class Group(NamedTuple):
    """A group of rows of a file, and which SDPs may be in it; None where nobody knows."""

    source: int
    number: int
    lowest: str | None
    highest: str | None
    intervals: int

    def may_hold(self, wanted: Range) -> bool:
        """Whether SDPs of a range may be in it."""
        return wanted.may_meet(self.lowest, self.highest)


def groups_of(sources: Sequence[Source], findings: Findings) -> list[Group]:
    """The groups of rows of files, and what their statistics say of SDPs; rows that name none are a finding."""
    found: list[Group] = []
    for number, source in enumerate(sources):
        file = tables.opened(source.path)
        meta = file.metadata
        paths = {meta.schema.column(place).path: place for place in range(meta.num_columns)}
        wh = next(place for path, place in paths.items() if f"{path}.".startswith(f"{source.columns[WH]}."))
        sdp = paths[source.columns[SDP]]
        begins = paths[source.columns[START if source.layout == "long" else DAY]]
        for place in range(meta.num_row_groups):
            group = meta.row_group(place)
            lowest, highest = stated_range(group, sdp)
            for column in (sdp, begins):
                _note_unnamed(_nulls(file, place, column, source), source, findings)
            found.append(Group(number, place, lowest, highest, group.column(wh).num_values))
    return found


def stated_range(group: Any, column: int) -> tuple[str, str] | tuple[None, None]:
    """The least and the greatest text in a column of a group of rows, as the file states them."""
    stated = group.column(column).statistics
    try:
        known = stated is not None and stated.has_min_max and isinstance(stated.min, str)
        return (stated.min, stated.max) if known else (None, None)
    except UnicodeDecodeError:  # a writer may cut what it states within a character
        return None, None


def _nulls(file: Any, group: int, column: int, source: Source) -> int:
    """How many rows of a group have nothing in a column: as the file states, else as they are counted."""
    of_column = file.metadata.row_group(group).column(column)
    if of_column.statistics is not None and of_column.statistics.has_null_count:
        return int(of_column.statistics.null_count)
    with tables.reading(source.path):
        return int(file.read_row_group(group, columns=[of_column.path_in_schema]).column(0).null_count)


def _note_unnamed(rows: int, source: Source, findings: Findings) -> None:
    if rows:
        expected = "an SDP and an instant in each row"
        findings.add("", "sdp-missing", -1, rows, f"rows without one in {source.path.name}", expected)


def ranges(requests: Requests, groups: Iterable[Group], memory: int) -> list[Range]:
    """Ranges of SDPs, each small enough for the memory that there is; one SDP may take more than that."""
    sdps = np.unique(requests.sdp)
    if not sdps.size:
        return [Range("", None)]
    days = int(requests.end.max()) - int(requests.start.min())
    needed = np.maximum(_intervals_of(sdps, groups) * BYTES_OF_INTERVAL, float(days * BYTES_OF_DAY))
    ahead = np.cumsum(needed)
    edges, place = [], 0
    while place < sdps.size:
        before = float(ahead[place - 1]) if place else 0.0
        place = max(place + 1, int(np.searchsorted(ahead, before + memory, side="right")))
        edges.append(sdps[place].decode() if place < sdps.size else None)
    return [Range(first or "", end) for first, end in zip(["", *edges[:-1]], edges, strict=True)]


def _intervals_of(sdps: Ids, groups: Iterable[Group]) -> NDArray[np.float64]:
    """How many intervals there are of each SDP, where those of a group are of all alike that may be in it."""
    steps = np.zeros(sdps.size + 1)
    for group in groups:
        first, last = 0, sdps.size
        if group.lowest is not None and group.highest is not None:
            first = int(np.searchsorted(sdps, group.lowest.encode()))
            last = int(np.searchsorted(sdps, group.highest.encode(), side="right"))
        if first < last:
            steps[first] += group.intervals / (last - first)
            steps[last] -= group.intervals / (last - first)
    return np.maximum(np.cumsum(steps)[:-1], 0)
