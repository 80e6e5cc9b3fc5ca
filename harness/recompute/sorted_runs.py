"""Rows by SDP, more than memory should hold: runs on disk, each in order, of which a range of SDPs is read at a time.

Few rows stay in memory. Runs are Parquet, so that the statistics of their groups of rows say which of them are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from harness.recompute import tables
from harness.recompute.groups import Range, stated_range

SDP = "sdp"
"""The column that rows are in the order of."""
ROWS = 2**15
"""Rows of a run, and how many may be waiting to become one."""
_GROUP = 2**12


class SortedRuns:
    """Rows of one kind.

    :param folder: where runs are written; `name`: what the names of their files begin with.
    """

    def __init__(self, folder: Path, name: str, schema: Any) -> None:
        self.folder, self.name, self.schema = folder, name, schema
        self.rows = 0
        self._paths: list[Path] = []
        self._last = schema.empty_table()

    def add(self, rows: Any) -> None:
        """Take up a table, and let the one before go to disk.

        :raises OutputError: it cannot be written.
        """
        if self._last.num_rows:
            self._write(self._last)
        self._last = rows.sort_by(SDP)
        self.rows += rows.num_rows

    def _write(self, rows: Any) -> None:
        path = self.folder / f"{self.name}-{len(self._paths):06}{tables.ENDING}"
        tables.write(path, rows, rows=_GROUP)
        self._paths.append(path)

    def part(self, first: str, end: str | None) -> Any:
        """The rows of the SDPs from one ID until another, exclusive: in order within each run."""
        wanted = Range(first, end)
        on_disk = (rows for path in self._paths for rows in _groups(path, wanted))
        return pa.concat_tables(rows.filter(wanted.chosen(rows.column(SDP))) for rows in chain(on_disk, [self._last]))

    def runs(self) -> Iterator[Any]:
        """All rows, run by run."""
        for path in self._paths:
            yield from _groups(path, Range("", None))
        yield self._last


def _groups(path: Path, wanted: Range) -> Iterator[Any]:
    """The groups of rows of a run that may hold SDPs of a range."""
    file = tables.opened(path)
    place = file.schema_arrow.get_field_index(SDP)
    for number in range(file.num_row_groups):
        if wanted.may_meet(*stated_range(file.metadata.row_group(number), place)):
            with tables.reading(path):
                yield file.read_row_group(number)
