"""Partitions that are done, kept in the output folder, so that an interrupted recomputation goes on where it was.

A part says what it is of: everything that its results rest on, and its SDPs. One that is of something else, or that is
not whole, counts as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from harness import __version__
from harness.interface.profile import Profile
from harness.recompute.groups import Range
from harness.recompute.inputs import Given, files_in
from harness.recompute.output_folder import PARTS, TABLES, VERSION, write
from harness.recompute.partitions import Outcome
from harness.recompute.sample import Sampled

_END_OF_HEAD = b"\n"


def key_of(given: Given, profile: Profile, computing: str, sample: int, seed: int) -> str:
    """What stands for everything that results rest on. A file counts as the same while size and time of change are.

    :raises UsageError: a path that was given is of no file.
    """
    kinds = {
        "intervals": given.intervals,
        "master": given.master,
        "requests": given.requests,
        "delivered": given.delivered,
        "reads": given.reads,
    }
    told = {
        "versions": [__version__, VERSION],
        "profile": profile.hash,
        "computing": computing,
        "sample": [sample, seed],
        "columns": dict(given.columns),
        "files": {kind: [_of_file(path) for path in files_in(paths)] for kind, paths in kinds.items()},
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _of_file(path: Path) -> list[Any]:
    stated = path.stat()
    return [str(path.absolute()), stated.st_size, stated.st_mtime_ns]


class KeptParts:
    """The parts of a recomputation.

    :param key: see `key_of`.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key = folder / PARTS, key

    def _path(self, number: int) -> Path:
        return self.folder / f"part-{number:06}"

    def _key(self, wanted: Range) -> str:
        return json.dumps([self.key, *wanted])

    def missing(self, ranges: Iterable[Range]) -> list[int]:
        """The numbers of the ranges that are still to be computed."""
        return [number for number, wanted in enumerate(ranges) if self._content(number, wanted) is None]

    def outcome(self, number: int, wanted: Range) -> Outcome | None:
        """What came of a range; None where no whole part says so."""
        content = self._content(number, wanted)
        return None if content is None else _outcome(content)

    def _content(self, number: int, wanted: Range) -> bytes | None:
        try:
            head, _, content = self._path(number).read_bytes().partition(_END_OF_HEAD)
            told = json.loads(head)
            whole = told["of"] == self._key(wanted) and told["sha256"] == hashlib.sha256(content).hexdigest()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return content if whole else None

    def keep(self, number: int, wanted: Range, content: bytes) -> None:
        """Keep what came of a range, as `content_of` gives it.

        :raises OutputError: it cannot be written.
        """
        head = {"of": self._key(wanted), "sha256": hashlib.sha256(content).hexdigest()}
        write(self._path(number), json.dumps(head).encode() + _END_OF_HEAD + content)


def content_of(outcome: Outcome) -> bytes:
    """An outcome as bytes: counts as JSON, with the length of each table, and the tables."""
    tables = [_table_bytes(getattr(outcome, name)) for name in TABLES]
    counts = {
        "counts": outcome.counts,
        "moved": outcome.moved,
        "sampled": [[each.sdp, each.disagreement] for each in outcome.sampled],
        "undue": outcome.undue,
        "sizes": [len(each) for each in tables],
    }
    return b"".join([json.dumps(counts).encode(), _END_OF_HEAD, *tables])


def _table_bytes(table: Any) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _outcome(content: bytes) -> Outcome:
    head, _, rest = content.partition(_END_OF_HEAD)
    told = json.loads(head)
    tables, begin = {}, 0
    for name, size in zip(TABLES, told["sizes"], strict=True):
        tables[name] = pa.ipc.open_stream(pa.py_buffer(rest[begin : begin + size])).read_all()
        begin += size
    return Outcome(
        counts={name: Counter(counts) for name, counts in told["counts"].items()},
        moved=[(moved, sdp) for moved, sdp in told["moved"]],
        sampled=[Sampled(*row) for row in told["sampled"]],
        undue=told["undue"],
        **tables,
    )
