"""Register reads from Parquet: a row for each, with SDP, instant and what the dials show (SUM-02, SUM-04).

Where two rows say that a register showed two things at an instant, the reads of that SDP are in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from harness.errors import InputError
from harness.interface.interval_data import INSTANT, READING, SDP
from harness.recompute import tables
from harness.recompute.computing import RegisterReads
from harness.recompute.findings import Findings
from harness.recompute.groups import Group, Range, stated_range
from harness.recompute.interval_reading import EST_MINUTES

_PER_SECOND = {"s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000}
LARGEST = 10**9 - 1
"""The most that a register of nine digits shows."""


@dataclass(frozen=True, slots=True)
class ReadsSource:
    """A file of register reads, and how its columns are called, by our names."""

    path: Path
    columns: Mapping[str, str]


class Reads(NamedTuple):
    """The register reads of some SDPs.

    :param doubtful: bool ``[sdp]``, of which SDPs they contradict each other.
    """

    reads: RegisterReads
    doubtful: NDArray[np.bool_]


def is_of_reads(path: Path, named: Mapping[str, str]) -> bool:
    """Whether a file holds register reads.

    :raises InputError: it does not read.
    """
    names = tables.opened(path).schema_arrow.names
    return all(named.get(ours, ours) in names for ours in (INSTANT, READING))


def reads_sources(paths: Sequence[Path], columns: Mapping[str, str]) -> list[ReadsSource]:
    """The files of register reads. Interval data beside them in a folder is left out.

    :raises InputError: one does not read, or is laid out otherwise; or there is none.
    """
    named = tables.names_in("reads", columns)
    stated = set(paths)
    found = [path for path in tables.parquet_files(paths) if path in stated or is_of_reads(path, named)]
    if not found:
        where = ", ".join(map(str, paths))
        expected = f"Parquet files with the columns {SDP}, {INSTANT} and {READING}"
        raise InputError("holds no register reads", where=where, expected=expected)
    return [_source(path, named) for path in found]


def _source(path: Path, named: Mapping[str, str]) -> ReadsSource:
    schema = tables.opened(path).schema_arrow
    columns = {ours: tables.wanted_column(path, schema, ours, named) for ours in (SDP, INSTANT, READING)}
    fits = {
        SDP: (lambda kind: tables.is_text(kind) or pa.types.is_integer(kind), "text"),
        INSTANT: (pa.types.is_timestamp, "a timestamp"),
        READING: (pa.types.is_integer, "whole numbers"),
    }
    for ours, theirs in columns.items():
        is_right, expected = fits[ours]
        tables.wanted_type(path, schema, theirs, is_right(schema.field(theirs).type), expected)
    tables.stated_zone(path, columns[INSTANT])
    return ReadsSource(path, columns)


def groups_of_reads(sources: Sequence[ReadsSource], findings: Findings) -> list[Group]:
    """The groups of rows of files, and what their statistics say of SDPs."""
    found = []
    for number, source in enumerate(sources):
        meta = tables.opened(source.path).metadata
        paths = {meta.schema.column(place).path: place for place in range(meta.num_columns)}
        for place in range(meta.num_row_groups):
            group = meta.row_group(place)
            lowest, highest = stated_range(group, paths[source.columns[SDP]])
            nulls = [_nulls(group, paths[theirs]) for theirs in source.columns.values()]
            if any(nulls):
                told = f"rows without one in {source.path.name}"
                findings.add("", "read-incomplete", -1, max(nulls), told, "an SDP, an instant and a reading in each")
            found.append(Group(number, place, lowest, highest, group.num_rows))
    return found


def _nulls(group: Any, column: int) -> int:
    stated = group.column(column).statistics
    return int(stated.null_count) if stated is not None and stated.has_null_count else 0


def reads_of(
    sources: Sequence[ReadsSource],
    groups: Iterable[Group],
    wanted: Range,
    sdps: Sequence[str],
    known: Any,
    findings: Findings,
) -> Reads:
    """The register reads of some SDPs, in order of time.

    :param sdps: those that are wanted, in order; `known`: those that the master data tells of, a pyarrow array.
    :raises InputError: a file cannot be read to its end.
    """
    parts = []
    for number, source in enumerate(sources):
        chosen = [group.number for group in groups if group.source == number and group.may_hold(wanted)]
        if chosen:
            file = tables.opened(source.path, [source.columns[SDP]])
            for batch in tables.batches(source.path, file, list(source.columns.values()), chosen):
                columns = {ours: batch.column(theirs) for ours, theirs in source.columns.items()}
                _note_unknown(columns[SDP], known, wanted, findings)
                parts.append(_of_batch(columns, sdps, findings))
    sdp, seconds, readings = (
        np.concatenate([part[place] for part in parts] or [np.zeros(0, dtype=np.int64)]) for place in range(3)
    )
    order = np.lexsort((readings, seconds, sdp))
    return _once(sdp[order], seconds[order], readings[order], sdps, findings)


def _note_unknown(names: Any, known: Any, wanted: Range, findings: Findings) -> None:
    """Find the SDPs that nobody knows, of those that are asked for."""
    counts = pc.value_counts(tables.plain_texts(names))
    values = counts.field("values")
    unknown = pc.and_(wanted.chosen(values), pc.invert(pc.is_in(values, value_set=known)))
    found = counts.filter(pc.fill_null(unknown, False))
    for name, count in zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True):
        findings.add(name, "sdp-unknown", -1, count, "register reads", "an SDP that the master data tells of")


def _of_batch(columns: Mapping[str, Any], sdps: Sequence[str], findings: Findings) -> tuple[NDArray[np.int64], ...]:
    """Place of the SDP, seconds since 1970 UTC, and dial units, of the rows that are wanted and whole."""
    place = pc.fill_null(pc.index_in(tables.plain_texts(columns[SDP]), pa.array(sdps, pa.string())), -1)
    places = place.to_numpy(zero_copy_only=False).astype(np.int64)
    instants = columns[INSTANT]
    whole = pc.and_(pc.is_valid(instants), pc.is_valid(columns[READING])).to_numpy(zero_copy_only=False)
    ticks = pc.fill_null(instants.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    seconds = ticks // _PER_SECOND[instants.type.unit]
    if instants.type.tz is None:
        seconds = seconds + EST_MINUTES * 60
    readings = pc.fill_null(columns[READING], 0).to_numpy(zero_copy_only=False).astype(np.int64)
    shows = (readings >= 0) & (readings <= LARGEST)
    for row in np.flatnonzero((places >= 0) & whole & ~shows).tolist():
        told = f"a reading of {readings[row]}"
        findings.add(sdps[places[row]], "read-range", int(seconds[row]) // 60, 1, told, f"0 to {LARGEST}")
    kept = (places >= 0) & whole & shows
    return places[kept], seconds[kept], readings[kept]


def _once(
    sdp: NDArray[np.int64],
    seconds: NDArray[np.int64],
    readings: NDArray[np.int64],
    sdps: Sequence[str],
    findings: Findings,
) -> Reads:
    """Reads of which each is there once; those that contradict each other are in doubt."""
    again = np.zeros(sdp.size, dtype=bool)
    again[1:] = (sdp[1:] == sdp[:-1]) & (seconds[1:] == seconds[:-1])
    differs = np.zeros(sdp.size, dtype=bool)
    differs[1:] = again[1:] & (readings[1:] != readings[:-1])
    doubtful = np.zeros(len(sdps), dtype=bool)
    doubtful[sdp[differs]] = True
    for row in np.flatnonzero(again).tolist():
        minute = int(seconds[row]) // 60
        if differs[row]:
            told = f"{readings[row - 1]} and {readings[row]} at one instant"
            findings.add(sdps[sdp[row]], "read-contradiction", minute, 1, told, "one reading at an instant")
        else:
            findings.add(sdps[sdp[row]], "read-twice", minute, 1, f"{readings[row]} twice", "each read once")
    kept = ~again
    offsets = np.searchsorted(sdp[kept], np.arange(len(sdps) + 1)).astype(np.int64)
    return Reads(RegisterReads(offsets, seconds[kept], readings[kept]), doubtful)
