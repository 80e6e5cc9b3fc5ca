"""Parquet files that were given: found, opened, and held to what columns are wanted of them.

Whatever is wrong with a file ends in a message that names it. Columns that are called otherwise than here are named by
the user; nothing is taken for a column because it looks like one.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harness.errors import InputError, UsageError, nearest, writing

ENDING = ".parquet"
REMEDY = "make room, and give the command again: it goes on where it was"
WRITTEN = {"compression": "zstd", "write_page_checksum": True}
"""How tables are written: so that bytes that change later are noticed."""
_MILLISECONDS_OF_DAY = 86_400_000
_DAYS = range((date.min - date(1970, 1, 1)).days, (date.max - date(1970, 1, 1)).days + 1)
_TOGETHER = 2**20
"""Rows that are read together."""


def parquet_files(paths: Iterable[Path]) -> list[Path]:
    """Parquet files by their paths; a folder stands for those in it and in its folders, by name, hidden ones apart.

    :raises UsageError: a path is of no file, or a folder holds no Parquet files.
    """
    return [file for path in paths for file in _found(path)]


def _found(path: Path) -> list[Path]:
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"cannot be read: {what}", where=str(path), expected="a Parquet file, or a folder") from error
    if stat.S_ISREG(kind):
        return [path]
    if not stat.S_ISDIR(kind):
        raise UsageError("is no regular file", where=str(path), expected="a file, not a pipe or a device")
    found = sorted(
        each
        for each in path.rglob(f"*{ENDING}")
        if each.is_file() and not any(part.startswith(".") for part in each.relative_to(path).parts)
    )
    if not found:
        raise UsageError("holds no Parquet files", where=str(path), expected=f"files that end in {ENDING}")
    return found


@contextlib.contextmanager
def reading(path: Path, of: str = "a Parquet file") -> Iterator[None]:
    """Where a Parquet file is read.

    :raises InputError: it cannot be, for whatever reason: it is cut short, or another kind of file.
    """
    try:
        yield
    except (OSError, pa.ArrowException, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error).splitlines()[0]
        raise InputError(f"cannot be read: {reason}", where=str(path), expected=f"{of}, whole") from error


def opened(path: Path, dictionaries: Sequence[str] = ()) -> Any:
    """A Parquet file, opened. Where it has checksums, what is read of it is held to them.

    :param dictionaries: columns of text that repeat.
    :raises InputError: it does not read as one.
    """
    with reading(path):
        file = pq.ParquetFile(path, page_checksum_verification=True)
        paths = [file.schema.column(place).path for place in range(len(file.schema))]
        wanted = [each for each in paths if each.split(".")[0] in dictionaries]
        texts = [each for each in wanted if _is_text(file, paths.index(each))]
        return pq.ParquetFile(path, read_dictionary=texts, page_checksum_verification=True) if texts else file


def _is_text(file: Any, place: int) -> bool:
    return bool(file.schema.column(place).physical_type == "BYTE_ARRAY")


def batches(path: Path, file: Any, columns: Sequence[str], groups: Sequence[int] | None = None) -> Iterator[Any]:
    """The rows of a file, some at a time.

    :param groups: the groups of rows that are wanted; all, where none are named.
    :raises InputError: they cannot be read to their end.
    """
    chosen = list(range(file.num_row_groups)) if groups is None else list(groups)
    with reading(path):
        coming = file.iter_batches(batch_size=_TOGETHER, row_groups=chosen, columns=list(columns))
    while True:
        with reading(path):
            batch = next(coming, None)
            if batch is not None:
                batch.validate(full=True)  # else bytes that are no text come up where nobody expects them
        if batch is None:
            return
        yield batch


def names_in(table: str, named: Mapping[str, str]) -> dict[str, str]:
    """How columns are called in one kind of table, as the user says: in all, or, as ``table.column``, in that alone."""
    prefix = f"{table}."
    everywhere = {ours: theirs for ours, theirs in named.items() if "." not in ours}
    return everywhere | {ours[len(prefix) :]: name for ours, name in named.items() if ours.startswith(prefix)}


def column(path: Path, schema: Any, ours: str, named: Mapping[str, str]) -> str | None:
    """How a column is called in a file: as the user says, else as here; None where it has none, or an empty one.

    :raises InputError: the user names one that the file has not, or the file has several of that name.
    """
    theirs = named.get(ours, ours)
    if schema.names.count(theirs) > 1:
        found = f"has {schema.names.count(theirs)} columns {theirs!r}"
        raise InputError(
            found, where=str(path), expected="one column of that name: which of them counts is not guessed"
        )
    if theirs in schema.names:
        return None if pa.types.is_null(schema.field(theirs).type) else theirs
    if ours in named:
        raise InputError(
            f"has no column {theirs!r}",
            where=str(path),
            expected=_one_of(schema, theirs),
            remedy=f"where some tables alone call it so: --column intervals.{ours}={theirs}, or master, or requests",
        )
    return None


def wanted_column(path: Path, schema: Any, ours: str, named: Mapping[str, str]) -> str:
    """How a column that a file must have is called in it.

    :raises InputError: the file has none.
    """
    found = column(path, schema, ours, named)
    if found is None:
        theirs = named.get(ours, ours)
        if theirs in schema.names:
            remedy = f"if another is meant, say so: --column {ours}=NAME"
            nothing = f"has nothing in column {theirs!r}"
            raise InputError(nothing, where=str(path), expected="a column with values", remedy=remedy)
        raise InputError(
            f"has no column {ours!r}",
            where=str(path),
            expected=_one_of(schema, ours),
            remedy=f"if it is called otherwise, say so: --column {ours}=NAME",
        )
    return found


def _one_of(schema: Any, word: str) -> str:
    near = nearest(word, schema.names)
    return f"one of its columns {', '.join(schema.names) or '(none)'}" + (f" ({near})" if near else "")


def wanted_type(path: Path, schema: Any, name: str, fits: bool, expected: str) -> None:
    """Hold a column to its type.

    :raises InputError: it has another.
    """
    if not fits:
        raise InputError(f"column {name!r} is of type {schema.field(name).type}", where=str(path), expected=expected)


def wanted_text(path: Path, schema: Any, name: str) -> None:
    """Hold a column to be text, or whole numbers that are written as such.

    :raises InputError: it is neither.
    """
    kind = schema.field(name).type
    wanted_type(path, schema, name, is_text(kind) or pa.types.is_integer(kind), "text")


def dates(path: Path, name: str, values: Any) -> Any:
    """A column of dates, as days since 1970-01-01.

    :raises InputError: one of them is in no year from 1 to 9999.
    """
    if pa.types.is_date64(values.type):
        values = pc.divide(values.cast(pa.int64()), _MILLISECONDS_OF_DAY)
    numbers = values.cast(pa.int32() if pa.types.is_date32(values.type) else pa.int64())
    found = pc.min_max(numbers).as_py()
    if found["min"] is not None and (found["min"] < _DAYS.start or found["max"] >= _DAYS.stop):
        what = f"column {name!r} has a date that no calendar has"
        raise InputError(what, where=str(path), expected="dates of the years 1 to 9999")
    return numbers.cast(pa.int32()).cast(pa.date32())


def stated_zone(path: Path, name: str) -> None:
    """Hold a column of instants to its form in the file: one has no way to say whether it is of UTC or of no zone.

    :raises InputError: it has that form.
    """
    columns = opened(path).schema
    if any(
        columns.column(at).path == name and columns.column(at).physical_type == "INT96" for at in range(len(columns))
    ):
        raise InputError(
            f"column {name!r} is of the Parquet type INT96, which does not say whether its instants are of UTC",
            where=str(path),
            expected="a timestamp with a zone, or without one",
            remedy="write it as such; in Spark: spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS",
        )


def is_text(kind: Any) -> bool:
    """Whether a type is text, as it is or by a dictionary."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def plain_texts(values: Any) -> Any:
    """A column of text, or of whole numbers that are written as such, as plain text."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    return values.cast(pa.string())


def write(path: Path, table: Any, *, rows: int = 2**17) -> None:
    """Write a table, so that equal tables give equal bytes; the file has its name once it is whole.

    :raises OutputError: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with writing(path, REMEDY):
            with pq.ParquetWriter(unfinished, table.schema, **WRITTEN) as writer:
                writer.write_table(table.combine_chunks(), row_group_size=rows)
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
