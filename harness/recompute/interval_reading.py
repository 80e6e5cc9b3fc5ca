"""Interval data from Parquet, batch by batch: values as arrays, times as runs, and what is wrong with rows.

A run is consecutive rows of one SDP whose intervals have one length and follow each other without a gap. Data that is
as it should be has few runs, so that whatever has to be thought of times is thought of runs (BQ-01).

Instants are minutes since 1970-01-01 00:00 UTC. A timestamp without a zone is EST, as all times of the MDM/R are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from harness.interface.interval_data import (
    DAY,
    KWH,
    LARGEST,
    LAYOUTS,
    LENGTHS,
    MINUTES,
    MINUTES_OF_DAY,
    SDP,
    START,
    STATUS,
    VARH,
    WH,
)
from harness.interface.profile import Profile
from harness.recompute import tables
from harness.recompute.findings import Findings

MISSING, DOUBTFUL = 0, 5
"""Statuses beside those of the profile: there is no interval, or nobody can tell what it says."""
EST_MINUTES = 300
"""EST is so many minutes behind UTC."""
_WORDS = ("valid", "estimated", "not_validated", "needs_verification_or_edit")
_UNKNOWN = 255
_BLOCK = 2**18
LAST_DAY = (date(9998, 12, 31) - date(1970, 1, 1)).days
"""The last day that an interval may be of, in days since 1970-01-01: what follows is in no calendar."""
_UNITS = {"s": 60, "ms": 60_000, "us": 60_000_000, "ns": 60_000_000_000}


class Runs(NamedTuple):
    """Consecutive intervals, a row for each run.

    :param sdp: places in the list of SDPs that are looked for; `start`: when the first interval begins.
    :param begin: where their values begin in the arrays of the batch.
    """

    sdp: NDArray[np.int64]
    start: NDArray[np.int64]
    minutes: NDArray[np.int64]
    begin: NDArray[np.int64]
    length: NDArray[np.int64]
    reactive: NDArray[np.bool_]

    def rows(self, chosen: Any) -> Runs:
        return Runs._make(each[chosen] for each in self)

    @property
    def end(self) -> NDArray[np.int64]:
        return self.start + self.minutes * self.length


class Spans(NamedTuple):
    """Times of SDPs, from a minute until another: those that are in doubt."""

    sdp: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that were read: int32 Wh, uint8 status, int32 varh or None, and their runs."""

    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32] | None
    runs: Runs


@dataclass(frozen=True, slots=True)
class Source:
    """A file of interval data, and how its columns are called.

    :param columns: by our names; `unit`: ``wh`` or ``kwh``.
    """

    path: Path
    layout: Literal["long", "days"]
    columns: Mapping[str, str]
    unit: str

    @property
    def described(self) -> str:
        """The layout in words."""
        rows = "a row for each interval" if self.layout == "long" else "a row for each SDP and day"
        return f"{rows}: {', '.join(self.columns.values())}"


def source(path: Path, named: Mapping[str, str]) -> Source:
    """Find out how a file is laid out.

    :param named: how columns are called there, by our names.
    :raises InputError: it does not read, or is laid out in neither way.
    """
    schema = tables.opened(path).schema_arrow
    start, day = tables.column(path, schema, START, named), tables.column(path, schema, DAY, named)
    layout: Literal["long", "days"] = "days" if start is None and day is not None else "long"
    kwh = tables.column(path, schema, KWH, named)
    unit = KWH if kwh is not None and tables.column(path, schema, WH, named) is None else WH
    columns = {
        ours: tables.wanted_column(path, schema, unit if ours == WH else ours, named) for ours in LAYOUTS[layout]
    }
    for ours in (VARH, MINUTES):
        found = tables.column(path, schema, ours, named)
        if found is not None:
            columns[ours] = found
    _check_types(path, schema, layout, columns, unit)
    if layout == "long":
        tables.stated_zone(path, columns[START])
    return Source(path, layout, columns, unit)


def _check_types(path: Path, schema: Any, layout: str, columns: Mapping[str, str], unit: str) -> None:
    number, quantity = "whole numbers", "whole numbers" if unit == WH else "numbers"
    is_quantity = pa.types.is_integer if unit == WH else _is_number
    wants: dict[str, tuple[Callable[[Any], bool], str]] = {
        SDP: (lambda kind: tables.is_text(kind) or pa.types.is_integer(kind), "text"),
        START: (pa.types.is_timestamp, "a timestamp"),
        DAY: (pa.types.is_date, "a date"),
        MINUTES: (pa.types.is_integer, number),
        WH: (is_quantity, quantity),
        STATUS: (tables.is_text, "text"),
        VARH: (pa.types.is_integer, number),
    }
    for ours, theirs in columns.items():
        kind, (fits, expected) = schema.field(theirs).type, wants[ours]
        if layout == "days" and ours in {WH, STATUS, VARH}:
            is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
            tables.wanted_type(path, schema, theirs, is_list and fits(kind.value_type), f"lists of {expected}")
        else:
            tables.wanted_type(path, schema, theirs, fits(kind), expected)


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


class IntervalReader:
    """Reads the intervals of some SDPs from files.

    :param wanted: the SDPs whose intervals are kept, in order; `known`: those that the master data tells of.
    :param within: which SDPs are asked for at all: from one ID until another, exclusive.
    """

    def __init__(
        self, profile: Profile, wanted: Sequence[str], known: Any, within: tuple[str, str | None], findings: Findings
    ) -> None:
        codes = profile.codes["validation_status"]
        self.statuses = {codes[word]: number for number, word in enumerate(_WORDS, start=1)}
        self.wanted = wanted
        self._wanted = pa.array(wanted, pa.string())
        self._known = known
        self._within = within
        self.findings = findings
        self.doubts: list[Spans] = []

    def batches(self, source: Source, groups: Sequence[int] | None = None) -> Iterator[Batch]:
        """The intervals of a file.

        :raises InputError: it cannot be read to its end.
        """
        columns = source.columns
        file = tables.opened(source.path, [columns[SDP], columns[STATUS]])
        for batch in tables.batches(source.path, file, list(columns.values()), groups):
            rows = _Rows({ours: batch.column(theirs) for ours, theirs in columns.items()}, source)
            found = self._read(rows)
            if found is not None:
                yield found

    def _read(self, rows: _Rows) -> Batch | None:
        places = self._places(rows)
        if places is None:
            return None
        return (self._long if rows.source.layout == "long" else self._days)(rows, places)

    def _places(self, rows: _Rows) -> NDArray[np.int64] | None:
        """Which of the wanted SDPs each row is of; -1 where it is of none. None where no row is."""
        names = rows.columns[SDP]
        if not pa.types.is_dictionary(names.type):
            names = names.cast(pa.string()).dictionary_encode()
        dictionary = names.dictionary.cast(pa.string())
        found = pc.fill_null(pc.index_in(dictionary, self._wanted), -1).to_numpy(zero_copy_only=False).astype(np.int64)
        codes = pc.fill_null(names.indices, -1).to_numpy(zero_copy_only=False)
        rows.length = len(codes)
        self._note_unknown(dictionary, codes)
        if (found < 0).all():
            return None
        places: NDArray[np.int64] = np.append(found, -1)[codes]
        return places

    def _note_unknown(self, dictionary: Any, codes: NDArray[np.integer[Any]]) -> None:
        """Find the SDPs that nobody knows, of those that are asked for."""
        if self._known is None or not len(dictionary):
            return
        unknown = pc.is_null(pc.index_in(dictionary, self._known)).to_numpy(zero_copy_only=False)
        if not unknown.any():
            return
        first, end = self._within
        counts = np.bincount(codes[codes >= 0], minlength=len(dictionary))
        for place in np.flatnonzero(unknown & (counts > 0)).tolist():
            name = dictionary[place].as_py()
            if first <= name and (end is None or name < end):
                expected = "an SDP that the master data tells of"
                self.findings.add(name, "sdp-unknown", -1, int(counts[place]), "interval data", expected)

    # --- a row for each interval -------------------------------------------------------------------------

    def _long(self, rows: _Rows, places: NDArray[np.int64]) -> Batch | None:
        starts, per_minute, out_of_time = rows.starts()
        if np.any(out_of_time):
            self._note_out_of_time(places[out_of_time])
        minutes = rows.integers(MINUTES, 0)
        wh, wh_bad = rows.quantities(WH)
        status = self._status(rows.columns[STATUS])
        varh, has_varh, varh_range = rows.reactive()
        trouble = _Trouble(self, places, starts, per_minute, minutes)
        trouble.note(wh_bad.missing | (status == MISSING), "value-missing", "no Wh or no status", "both")
        trouble.note_quantities(wh_bad, varh_range)
        trouble.note(status == _UNKNOWN, "status-unknown", "another status", f"one of {', '.join(self.statuses)}", True)
        wrong_length = ~np.isin(minutes, LENGTHS) if _varies_or_odd(minutes) else np.False_
        trouble.note(wrong_length, "interval-length", "another length", "5, 15, 30 or 60 minutes", True)
        kept = trouble.kept
        if kept is not None:
            places, starts, minutes = places[kept], starts[kept], minutes[kept]
            wh, status = wh[kept], status[kept]
            varh, has_varh = (None if varh is None else varh[kept]), (None if has_varh is None else has_varh[kept])
        if not places.size:
            return None
        runs = runs_of(places, starts, minutes, per_minute, has_varh)
        return Batch(wh, status, varh, self._of_wanted(runs))

    def _note_out_of_time(self, places: NDArray[np.int64]) -> None:
        """Find the SDPs of rows that begin at no time of any calendar."""
        sdps, times = np.unique(places[places >= 0], return_counts=True)
        for sdp, number in zip(sdps.tolist(), times.tolist(), strict=True):
            found, expected = "an instant before 1970 or after 9998", "one that something is billed at"
            self.findings.add(self.wanted[sdp], "instant-range", -1, number, found, expected)

    def _of_wanted(self, runs: Runs) -> Runs:
        return runs if (runs.sdp >= 0).all() else runs.rows(runs.sdp >= 0)

    def _status(self, column: Any) -> NDArray[np.uint8]:
        """Statuses as numbers."""
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        words = column.dictionary.cast(pa.string()).to_pylist()
        numbers = np.array([self.statuses.get(word, _UNKNOWN) for word in words] + [MISSING], dtype=np.uint8)
        found: NDArray[np.uint8] = numbers[pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)]
        return found

    # --- a row for each SDP and day ----------------------------------------------------------------------

    def _days(self, rows: _Rows, places: NDArray[np.int64]) -> Batch | None:
        days = pc.fill_null(rows.columns[DAY].cast(pa.date32()).cast(pa.int32()), -1).to_numpy(zero_copy_only=False)
        out_of_time = ((days < 0) & rows.columns[DAY].is_valid().to_numpy(zero_copy_only=False)) | (days > LAST_DAY)
        if out_of_time.any():
            self._note_out_of_time(places[out_of_time])
        days = np.where(out_of_time, -1, days)
        starts = days.astype(np.int64) * MINUTES_OF_DAY + EST_MINUTES
        lengths = (
            pc.fill_null(pc.list_value_length(rows.columns[WH]), 0).to_numpy(zero_copy_only=False).astype(np.int64)
        )
        minutes = np.where(lengths > 0, MINUTES_OF_DAY // np.maximum(lengths, 1), MINUTES_OF_DAY)
        places = np.where(days < 0, -1, places)
        fits = self._fitting(rows, places, starts, lengths, minutes)
        chosen = np.flatnonzero((places >= 0) & fits)
        if not chosen.size:
            return None
        return self._flattened(rows, places[chosen], starts[chosen], minutes[chosen], lengths[chosen], chosen)

    def _fitting(
        self,
        rows: _Rows,
        places: NDArray[np.int64],
        starts: NDArray[np.int64],
        lengths: NDArray[np.int64],
        minutes: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """Which rows have lists of as many entries as a day has intervals; of the others, findings."""
        empty = lengths == 0
        fits = np.isin(minutes, LENGTHS) & (minutes * lengths == MINUTES_OF_DAY)
        for name in (STATUS, VARH):
            if name in rows.columns:
                other = pc.list_value_length(rows.columns[name])
                empty &= pc.fill_null(other, 0).to_numpy(zero_copy_only=False) == 0
                fits &= pc.fill_null(pc.equal(other, pa.array(lengths)), name == VARH).to_numpy(zero_copy_only=False)
        if MINUTES in rows.columns:
            fits &= rows.integers(MINUTES, 0) == minutes
        off = np.flatnonzero(~fits & ~empty & (places >= 0))
        for row in off.tolist():
            sdp, length = self.wanted[places[row]], int(lengths[row])
            changed = length in {hours * (60 // each) for hours in (23, 25) for each in LENGTHS}
            code, day = "clock-change" if changed else "day-length", int(starts[row])
            expected = "24, 48, 96 or 288 entries in each list"
            self.findings.add(sdp, code, day, 1, f"a list of {length} intervals", expected)
        self.doubts.append(Spans(places[off], starts[off], starts[off] + MINUTES_OF_DAY))
        return np.asarray(fits)

    def _flattened(
        self,
        rows: _Rows,
        places: NDArray[np.int64],
        starts: NDArray[np.int64],
        minutes: NDArray[np.int64],
        lengths: NDArray[np.int64],
        chosen: NDArray[np.int64],
    ) -> Batch | None:
        """Days end to end, as if each interval had a row."""
        if chosen.size < rows.length:
            rows = rows.taken(chosen)
        has_varh = rows.has_lists(VARH)
        flat = _Rows(
            {name: pc.list_flatten(rows.columns[name]) for name in (WH, STATUS)}, rows.source, int(lengths.sum())
        )
        wh, wh_bad = flat.quantities(WH)
        status = self._status(flat.columns[STATUS])
        varh: NDArray[np.int32] | None = None
        varh_range: Any = _NOTHING
        if has_varh is not None:
            varh, varh_range = _spread(rows.columns[VARH], has_varh, lengths)
        status[wh_bad.missing | wh_bad.fraction | wh_bad.range | varh_range] = MISSING
        if (status == _UNKNOWN).any() or wh_bad.any() or np.any(varh_range):
            self._note_in_days(places, starts, minutes, lengths, status, wh_bad, varh_range)
        runs = _joined(places, starts, minutes, lengths, has_varh)
        return Batch(wh, status, varh, runs)

    def _note_in_days(
        self,
        places: NDArray[np.int64],
        starts: NDArray[np.int64],
        minutes: NDArray[np.int64],
        lengths: NDArray[np.int64],
        status: NDArray[np.uint8],
        bad: _Bad,
        varh_range: Any,
    ) -> None:
        """Note what is wrong with intervals of days; an entry that is empty is an interval that is missing."""
        row = np.repeat(np.arange(places.size), lengths)
        place = np.arange(row.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        instants = starts[row] + place * minutes[row]
        trouble = _Trouble(self, places[row], instants, 1, minutes[row])
        trouble.note_quantities(bad, varh_range)
        trouble.note(status == _UNKNOWN, "status-unknown", "another status", f"one of {', '.join(self.statuses)}", True)
        status[(status == _UNKNOWN) | bad.negative] = MISSING


def _varies_or_odd(minutes: NDArray[np.int64]) -> bool:
    low, high = int(minutes.min(initial=60)), int(minutes.max(initial=60))
    return low != high or low not in LENGTHS


class _Bad(NamedTuple):
    """What is wrong with quantities, bool ``[row]`` or a single False where nothing is."""

    missing: Any
    fraction: Any
    range: Any
    negative: Any

    def any(self) -> bool:
        return any(bool(np.any(each)) for each in self)


_NOTHING = np.False_
TOO_LARGE = LARGEST + 1
"""Stands for whatever an interval cannot hold."""


@dataclass(slots=True)
class _Rows:
    """The columns of a batch by our names."""

    columns: Mapping[str, Any]
    source: Source
    length: int = 0

    def starts(self) -> tuple[NDArray[np.int64], int, Any]:
        """When intervals begin, in units since 1970 UTC, how many of it a minute has, and which are out of time.

        It is -1 where no instant is said, or one before 1970 or after `LAST_DAY`. A timestamp without a zone is EST.
        """
        column = self.columns[START]
        per_minute = _UNITS[column.type.unit]
        found = column.cast(pa.int64())
        values: NDArray[np.int64] = pc.fill_null(found, 0).to_numpy(zero_copy_only=False)
        ahead = EST_MINUTES * per_minute if column.type.tz is None else 0
        last = min((LAST_DAY + 1) * MINUTES_OF_DAY * per_minute, np.iinfo(np.int64).max - ahead)
        out: Any = _NOTHING
        if int(values.min(initial=0)) < -ahead or int(values.max(initial=0)) > last:
            out = (values < -ahead) | (values > last)
        nowhere = out | found.is_null().to_numpy(zero_copy_only=False) if found.null_count else out
        if np.any(nowhere):
            return np.where(nowhere, -1, np.where(nowhere, 0, values) + ahead), per_minute, out
        return (values + ahead if ahead else values), per_minute, out

    def integers(self, name: str, missing: int) -> NDArray[np.int64]:
        column = self.columns[name]
        found = pc.fill_null(column, missing) if column.null_count else column
        values: NDArray[np.int64] = found.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
        return values

    def quantities(self, name: str) -> tuple[NDArray[np.int32], _Bad]:
        """Wh, int32, and what is wrong with them."""
        column = self.columns[name]
        missing = _NOTHING
        if column.null_count:
            missing = pc.is_null(column).to_numpy(zero_copy_only=False)
            column = pc.fill_null(column, 0)
        if self.source.unit == WH:
            found, fraction = column.to_numpy(zero_copy_only=False), _NOTHING
        else:
            found, fraction = _wh_of_kwh(column)
        too_large, least = _NOTHING, int(found.min(initial=0))
        if found.dtype != np.int32 or least < -LARGEST:
            if max(int(found.max(initial=0)), -least) > LARGEST:
                too_large = (found > LARGEST) | (found < -LARGEST)
                found = np.where(too_large, 0, found)
            found = found.astype(np.int32)
        return found, _Bad(missing, fraction, too_large, found < 0 if least < 0 else _NOTHING)

    def reactive(self) -> tuple[NDArray[np.int32] | None, NDArray[np.bool_] | None, Any]:
        """Int32 varh, where there are any, and where too many; None and None where there are none at all."""
        column = self.columns.get(VARH)
        if column is None or column.null_count == len(column):
            return None, None, _NOTHING
        has = pc.is_valid(column).to_numpy(zero_copy_only=False) if column.null_count else np.ones(len(column), bool)
        values = (pc.fill_null(column, 0) if column.null_count else column).to_numpy(zero_copy_only=False)
        values, too_large = _within_range(values)
        return values, has, too_large

    def has_lists(self, name: str) -> NDArray[np.bool_] | None:
        """Which rows have a list without an empty entry; None where no row has."""
        column = self.columns.get(name)
        if column is None:
            return None
        lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False).astype(np.int64)
        flat = pc.list_flatten(column)
        empty = np.zeros(lengths.size, dtype=bool)
        if flat.null_count:
            row = np.repeat(np.arange(lengths.size), lengths)
            empty[row[pc.is_null(flat).to_numpy(zero_copy_only=False)]] = True
        has = (lengths > 0) & ~empty
        return has if has.any() else None

    def taken(self, chosen: NDArray[np.int64]) -> _Rows:
        places = pa.array(chosen)
        return _Rows({name: column.take(places) for name, column in self.columns.items()}, self.source, chosen.size)


def _spread(
    column: Any, has: NDArray[np.bool_], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The varh of days end to end, nothing where a day has none, and where there are too many."""
    found, too_large = np.zeros(int(lengths.sum()), dtype=np.int32), np.zeros(int(lengths.sum()), dtype=bool)
    chosen = pc.list_flatten(column.take(pa.array(np.flatnonzero(has))))
    own = np.repeat(has, lengths)
    found[own], too_large[own] = _within_range(pc.fill_null(chosen, 0).to_numpy(zero_copy_only=False))
    return found, too_large


def _within_range(values: NDArray[Any]) -> tuple[NDArray[np.int32], Any]:
    """Values as int32, nothing in place of those that are too large, and which these are."""
    too_large = (values > LARGEST) | (values < -LARGEST)
    if too_large.any():
        values = np.where(too_large, 0, values)
    return values.astype(np.int32, copy=False), too_large


def _wh_of_kwh(column: Any) -> tuple[NDArray[np.int64], Any]:
    """Wh of kWh, and where there is a fraction of a Wh.

    A binary fraction counts as the decimal with three places that it is the nearest to; where it is the nearest to
    none, it says a fraction of a Wh.
    """
    if pa.types.is_decimal(column.type):
        try:
            exact = pc.multiply(column.cast(pa.decimal128(30, 9)), pa.scalar(1000, pa.decimal128(4, 0)))
        except pa.ArrowInvalid:  # more digits than that
            return _wh_of_decimals(column.to_pylist())
        whole = pc.floor(exact)
        fraction = pc.not_equal(whole, exact).to_numpy(zero_copy_only=False)
        return _no_further(whole.cast(pa.decimal128(38, 0))), fraction
    values = column.to_numpy(zero_copy_only=False)
    if values.dtype.kind in "iu":
        far = (values > LARGEST) | (values < -LARGEST)
        return np.where(far, TOO_LARGE, values).astype(np.int64) * 1000, _NOTHING
    exactly = values.astype(np.float64)
    finite = np.isfinite(exactly)
    far = finite & (np.abs(exactly) > LARGEST)
    wh = np.rint(np.where(finite & ~far, exactly, 0) * 1000)
    same = (wh / 1000).astype(values.dtype) == values
    return np.where(far, TOO_LARGE, wh.astype(np.int64)), ~same & ~far


def _no_further(wh: Any) -> NDArray[np.int64]:
    """Decimals that are whole as int64; those that are too large are but that."""
    far = pc.greater(pc.abs(wh), pa.scalar(LARGEST, pa.decimal128(38, 0)))
    found: NDArray[np.int64] = (
        pc.if_else(far, pa.scalar(TOO_LARGE, wh.type), wh).cast(pa.int64()).to_numpy(zero_copy_only=False)
    )
    return found


def _wh_of_decimals(kwh: Sequence[Decimal]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Wh of kWh with more digits than Arrow computes with."""
    wh = [each.scaleb(3, Context(prec=len(each.as_tuple().digits) + 1)) for each in kwh]
    whole = [int(each) if abs(each) <= LARGEST else TOO_LARGE for each in wh]
    fraction = [number not in (each, TOO_LARGE) for number, each in zip(whole, wh, strict=True)]
    return np.array(whole, dtype=np.int64), np.array(fraction, dtype=bool)


class _Trouble:
    """Notes what is wrong with rows, and which are to be kept."""

    def __init__(
        self,
        reader: IntervalReader,
        places: NDArray[np.int64],
        starts: NDArray[np.int64],
        per_minute: int,
        minutes: NDArray[np.int64],
    ) -> None:
        self.reader = reader
        self.places = places
        self.starts = starts
        self.per_minute = per_minute
        self.minutes = minutes
        self.kept: NDArray[np.bool_] | None = None
        nowhere = starts == -1
        if nowhere.any():
            self._drop(nowhere)

    def _drop(self, bad: NDArray[np.bool_]) -> None:
        self.kept = ~bad if self.kept is None else self.kept & ~bad

    def note_quantities(self, bad: _Bad, varh_range: Any) -> None:
        """Note what is wrong with quantities that there are."""
        self.note(bad.fraction, "value-fraction", "a fraction of a Wh", "a whole number of Wh")
        large, most = "more than an interval holds", f"at most {LARGEST}"
        self.note(bad.range | varh_range, "value-range", large, f"{most} Wh and varh")
        self.note(bad.negative, "value-negative", "less than no Wh", "0 Wh at least", True)

    def note(self, bad: Any, code: str, found: str, expected: str, doubtful: bool = False) -> None:
        """Note a kind of trouble, where there is any."""
        if not np.any(bad):
            return
        bad = np.broadcast_to(bad, self.places.shape)
        self._drop(bad)
        rows = np.flatnonzero(bad & (self.places >= 0))
        sdps, instants = self.places[rows], self.starts[rows] // self.per_minute
        for sdp in np.unique(sdps).tolist():
            own = instants[sdps == sdp]
            self.reader.findings.add(self.reader.wanted[sdp], code, int(own.min()), own.size, found, expected)
        if doubtful:
            lasts = np.clip(self.minutes[rows], 1, MINUTES_OF_DAY)
            self.reader.doubts.append(Spans(sdps, instants, instants + lasts))


def runs_of(
    places: NDArray[np.int64],
    starts: NDArray[np.int64],
    minutes: NDArray[np.int64],
    per_minute: int,
    reactive: NDArray[np.bool_] | None,
) -> Runs:
    """The runs of rows.

    :param starts: in units since 1970 UTC, of which a minute has `per_minute`.
    """
    one_length = bool(minutes[0] == minutes.max() == minutes.min())
    breaks: list[NDArray[np.int64]] = [np.zeros(1, dtype=np.int64)]
    for begin in range(0, places.size - 1, _BLOCK):
        end = min(begin + _BLOCK, places.size - 1)
        here, there = slice(begin, end), slice(begin + 1, end + 1)
        step = minutes[0] * per_minute if one_length else minutes[here] * per_minute
        broken = (places[there] != places[here]) | (starts[there] - starts[here] != step)
        if not one_length:
            broken |= minutes[there] != minutes[here]
        if reactive is not None:
            broken |= reactive[there] != reactive[here]
        breaks.append(np.flatnonzero(broken) + begin + 1)
    begins = np.concatenate(breaks)
    lengths = np.diff(begins, append=places.size)
    first = starts[begins]
    instants = first // per_minute
    if (first % per_minute).any():  # within a minute: such a one is on no boundary, and its minute is told
        instants = np.where(first % per_minute, instants | 1, instants)
    has = np.zeros(begins.size, dtype=bool) if reactive is None else reactive[begins]
    return Runs(places[begins], instants, minutes[begins], begins, lengths, has)


def _joined(
    places: NDArray[np.int64],
    starts: NDArray[np.int64],
    minutes: NDArray[np.int64],
    lengths: NDArray[np.int64],
    reactive: NDArray[np.bool_] | None,
) -> Runs:
    """The runs of days that lie end to end."""
    has = np.zeros(places.size, dtype=bool) if reactive is None else reactive
    broken = (
        (places[1:] != places[:-1])
        | (starts[1:] - starts[:-1] != MINUTES_OF_DAY)
        | (minutes[1:] != minutes[:-1])
        | (has[1:] != has[:-1])
    )
    rows = np.concatenate([[0], np.flatnonzero(broken) + 1])
    edges = np.cumsum(lengths) - lengths
    begins = edges[rows]
    ends = np.append(begins[1:], int(lengths.sum()))
    return Runs(places[rows], starts[rows], minutes[rows], begins, ends - begins, has[rows])
