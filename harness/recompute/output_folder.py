"""The output folder of a recomputation: what stands in it, and how it is written.

It holds one recomputation. A finished one is replaced; of an unfinished one of the same inputs the parts are kept that
were done. Every file has its name once it is whole.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from harness.errors import UsageError, writing
from harness.recompute.response_files import FOLDER
from harness.recompute.result_tables import DIFFERENCES, FINDINGS, QUANTITIES
from harness.recompute.tables import REMEDY, WRITTEN
from harness.runner.folder import LOCK, is_ours, kept_for

FILE, PAGE = "recompute.json", "recompute.html"
MEMBER, VERSION = "recompute", 1
TABLES: Mapping[str, pa.Schema] = {"quantities": QUANTITIES, "differences": DIFFERENCES, "findings": FINDINGS}
PARTS = "parts"
"""The folder of parts that are done, while a recomputation is unfinished."""
_ROWS = 2**17


@contextlib.contextmanager
def kept_for_results(folder: Path, given: Iterable[Path]) -> Iterator[None]:
    """Keep the folder for one recomputation alone while it writes there.

    :raises UsageError: something of what was given lies in it, where it would be removed, or it lies in that.
    :raises InputError: another command writes in it.
    :raises OutputError: it cannot be kept.
    """
    own, remedy = folder.resolve(), "name another folder with --out"
    for path in given:
        if path.resolve().is_relative_to(own):
            expected = f"a path outside of {folder}, from which what an earlier recomputation wrote is removed"
            raise UsageError("lies in the folder for what comes out", where=str(path), expected=expected, remedy=remedy)
        if own.is_relative_to(path.resolve()) and path.is_dir():
            expected = f"a folder without {folder}, else what comes out would be taken for what was given"
            raise UsageError("holds the folder for what comes out", where=str(path), expected=expected, remedy=remedy)
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file", where=str(folder), expected="a folder for what comes out")
    with writing(folder, REMEDY):
        folder.mkdir(parents=True, exist_ok=True)
    with kept_for(folder, (FILE, PAGE, PARTS, FOLDER, *(f"{name}.parquet" for name in TABLES))):
        yield


def prepare(folder: Path, key: str) -> None:
    """Make the folder ready: what an earlier recomputation wrote is removed, but for parts of the same one.

    :param key: stands for everything that results rest on.
    :raises UsageError: it holds something else, which must not be lost.
    :raises OutputError: it cannot be written to.
    """
    names = {path.name for path in folder.iterdir()} - {LOCK}
    if names and not is_ours(folder / FILE, MEMBER):
        raise UsageError(
            f"holds files, but no {FILE} of a recomputation: they would be lost",
            where=str(folder),
            expected="a new folder, or one that an earlier recomputation wrote",
            remedy="name another folder with --out, or empty this one yourself",
        )
    with writing(folder, REMEDY):
        if _key_in(folder / FILE) != key:
            shutil.rmtree(folder / PARTS, ignore_errors=True)
        for name in (PAGE, *(f"{name}.parquet" for name in TABLES)):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        (folder / PARTS).mkdir(exist_ok=True)
    write(folder / FILE, (json.dumps({MEMBER: VERSION, "state": "unfinished", "key": key}) + "\n").encode())


def _key_in(path: Path) -> str | None:
    """The key of the unfinished recomputation that a file tells of, if it tells of one."""
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    found = told.get("key") if isinstance(told, dict) else None
    return found if isinstance(found, str) else None


def let_go_of_parts(folder: Path) -> None:
    """Remove the parts: everything that comes of them is written."""
    shutil.rmtree(folder / PARTS, ignore_errors=True)


def write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all.

    :raises OutputError: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with writing(path, REMEDY):
            unfinished.write_bytes(content)
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class Writers:
    """Writes the tables that come out, in groups of one size, however their rows come."""

    def __init__(self, folder: Path) -> None:
        self.paths = {name: folder / f"{name}.parquet" for name in TABLES}
        self.unfinished = {name: path.with_name(f".{path.name}.unfinished") for name, path in self.paths.items()}
        self.writers: dict[str, Any] = {}
        self.waiting: dict[str, list[Any]] = {name: [] for name in TABLES}

    def __enter__(self) -> Writers:
        for name, schema in TABLES.items():
            with writing(self.paths[name], REMEDY):
                self.writers[name] = pq.ParquetWriter(self.unfinished[name], schema, **WRITTEN)
        return self

    def add(self, name: str, table: Any) -> None:
        self.waiting[name].append(table)
        rows = sum(each.num_rows for each in self.waiting[name])
        if rows < _ROWS:
            return
        together = pa.concat_tables(self.waiting[name])
        whole = rows - rows % _ROWS
        for begin in range(0, whole, _ROWS):
            self._write(name, together.slice(begin, _ROWS))
        self.waiting[name] = [together.slice(whole)]

    def _write(self, name: str, table: Any) -> None:
        with writing(self.paths[name], REMEDY):
            self.writers[name].write_table(table.combine_chunks(), row_group_size=_ROWS)

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            for name, writer in self.writers.items():
                if kind is None and self.waiting[name]:
                    self._write(name, pa.concat_tables(self.waiting[name]))
                with writing(self.paths[name], REMEDY):
                    writer.close()
                    if kind is None:
                        self.unfinished[name].replace(self.paths[name])
        finally:
            for path in self.unfinished.values():
                path.unlink(missing_ok=True)
