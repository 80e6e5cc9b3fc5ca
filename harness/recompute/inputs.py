"""Reading what was given: interval data, master data, requests and responses, each by what it is.

A path stands for a file or a folder of files. What is no Parquet is an interface file, known by its name; one that is
not as it should be is refused, with what is wrong with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from harness.errors import InputError, UsageError
from harness.interface.columns import read_columns
from harness.interface.file_sets import (
    INCREMENTAL,
    MANIFEST,
    PERIODIC_AUDIT,
    Manifest,
    disagreements,
    key_of,
    manifest_of,
    place_of,
    segments_awaited,
)
from harness.interface.files import BLOCK, InterfaceFile, Reading, Record, read_blocks
from harness.interface.findings import Finding, Severity
from harness.interface.instants import Day, Instant, day_of
from harness.interface.names import FileName, read_name
from harness.interface.profile import Profile
from harness.recompute import tables
from harness.recompute.delivered import FIELDS, ResponsesBuilder, StoredResponses
from harness.recompute.findings import Findings
from harness.recompute.interval_reading import Source, source
from harness.recompute.master_data import ATTRIBUTES, METER, OF_SUM_CHECK, VEE, MasterData, MasterDataBuilder
from harness.recompute.reach import Reach
from harness.recompute.register_reads import is_of_reads
from harness.recompute.requests import RequestsBuilder

UPDATES = "IR06"
REQUESTS, SCHEDULE = "5000", "8000"
_SETS = {PERIODIC_AUDIT, INCREMENTAL}


@dataclass(frozen=True, slots=True)
class Given:
    """The paths that were given.

    :param columns: how columns are called in Parquet files, by our names: see `tables.names_in`.
    :param reads: register reads; without any, the sum check is not computed.
    """

    intervals: Sequence[Path]
    master: Sequence[Path]
    requests: Sequence[Path]
    delivered: Sequence[Path]
    columns: Mapping[str, str] = field(default_factory=dict)
    reads: Sequence[Path] = ()


class Named(NamedTuple):
    """An interface file that was given: its path, and its name taken apart."""

    path: Path
    name: FileName


def _by_creation(file: Named) -> tuple[str, str]:
    return file.name.created, str(file.name)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Files by their paths; a folder stands for the files in it and in its folders, by name, hidden ones apart.

    :raises UsageError: a path is of no file, or a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file() and not _is_hidden(each, path))
            if not inside:
                raise UsageError("holds no files", where=str(path), expected="interface files, or Parquet")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            what = "is no regular file" if path.exists() else "cannot be read: No such file or directory"
            raise UsageError(what, where=str(path), expected="a file, or a folder of files")
    return found


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def sources(given: Given) -> list[Source]:
    """The files of interval data, and how they are laid out. Register reads beside them in a folder are left out.

    :raises InputError: one does not read, or is laid out in no known way.
    """
    stated = set(given.intervals)
    paths = tables.parquet_files(given.intervals)
    named = tables.names_in("intervals", given.columns)
    reads = tables.names_in("reads", given.columns)
    return [source(path, named) for path in paths if path in stated or not is_of_reads(path, reads)]


def parted(paths: Iterable[Path], profile: Profile, wanted: Iterable[str]) -> tuple[list[Path], list[Named]]:
    """Parquet files, and interface files of some types, among some paths; files of other types are left out.

    :raises InputError: there is none of either.
    """
    types = set(wanted)
    parquet, named = [], []
    files = files_in(paths)
    for path in files:
        if path.suffix == tables.ENDING:
            parquet.append(path)
            continue
        name, _ = read_name(path.name, profile)
        if name is not None and name.file_id in types:
            named.append(Named(path, name))
    if files and not parquet and not named:
        expected = f"Parquet files, or interface files {', '.join(sorted(types))}"
        raise InputError("is nothing that can be read here", where=str(files[0]), expected=expected)
    return parquet, named


def master_data(
    given: Given, profile: Profile, findings: Findings, step: Callable[[], None], reach: Reach | None = None
) -> MasterData:
    """The master data that was given.

    :param reach: of which SDPs; it is narrowed to those that memory holds. All, where there is none.
    :raises InputError: a file does not read, or is not as it should be.
    """
    attributes = (*ATTRIBUTES, *OF_SUM_CHECK) if given.reads else ATTRIBUTES
    builder = MasterDataBuilder(profile, findings, attributes, reach)
    parquet, named = parted(given.master, profile, {*_SETS, UPDATES})
    for of_set in _sets([each for each in named if each.name.file_id in _SETS], profile):
        builder.take_set(of_set.ldc, of_set.audited, _whole_files(of_set, profile, step))
    updates = [each for each in named if each.name.file_id == UPDATES]
    for each in sorted(updates, key=_by_creation):
        updates_of = builder.updates(each.name.org_1)
        _read_through(each.path, profile, updates_of.see, "an interface file")
        updates_of.close()
        step()
    for path in parquet:
        builder.take_table(path, tables.names_in("master", given.columns))
        step()
    return builder.built()


def wanted_for_sum_check(told: Container[str], given: Given) -> None:
    """Hold master data to what the sum check rests on.

    :param told: the attributes that it tells of.
    :raises InputError: it tells nothing of one that is needed.
    """
    for attribute, what, column in ((VEE, "VEE services", "vee_service"), (METER, "meters", "meter")):
        if attribute not in told:
            raise InputError(
                f"tells of no {what}",
                where=", ".join(map(str, given.master)),
                expected="the VEE service and the meter of each SDP, for with --reads the sum check is computed",
                remedy=f"in Parquet they stand in column {column}; if it is called otherwise: --column {column}=NAME",
            )


class _Set(NamedTuple):
    """A synchronization set. `files`: all but its manifest."""

    ldc: str
    manifest: Manifest
    audited: Day | None
    files: list[Named]


def _sets(files: Sequence[Named], profile: Profile) -> list[_Set]:
    """The synchronization sets among files, in the order of LDCs and sequence numbers.

    :raises InputError: a set has no manifest that gives its number, or lacks a segment that its manifest lists.
    """
    by_set: dict[Any, list[Named]] = {}
    for each in files:
        if each.name.part is not None:
            by_set.setdefault(key_of(each.name), []).append(each)
    found = []
    for key, members in by_set.items():
        manifests = [each for each in members if each.name.part is not None and each.name.part.file_no == MANIFEST]
        if not manifests:
            expected = "the manifest, file 00 of its set, beside it"
            raise InputError("is of a set without a manifest", where=str(members[0].path), expected=expected)
        reading = _reading(manifests[0].path, profile)
        manifest = manifest_of(reading)
        if manifest is None or reading.file is None or reading.file.header is None:
            raise InputError("gives no sequence number", where=str(manifests[0].path), expected="a manifest")
        lacking = segments_awaited(manifest, {place_of(each.name) for each in members})
        if lacking:
            raise InputError(
                f"is of a set that lacks {', '.join(map(str, lacking))}",
                where=str(manifests[0].path),
                expected="every segment that the manifest lists, beside it",
            )
        moment = reading.file.header["extracted_date_time"]
        audited = None
        if key.file_type == PERIODIC_AUDIT and isinstance(moment, datetime):
            audited = day_of(Instant(moment))
        rest = sorted((each for each in members if each not in manifests), key=lambda each: each.path)
        found.append(_Set(key.ldc, manifest, audited, rest))
    return sorted(found, key=lambda one: (one.ldc, one.manifest.sequence_number))


def _whole_files(of_set: _Set, profile: Profile, step: Callable[[], None]) -> Iterator[tuple[str, InterfaceFile]]:
    """:raises InputError: a file is not as it should be, or has other records than the manifest says."""
    for path, name in of_set.files:
        file = _whole(path, profile)
        for each in disagreements(of_set.manifest, {place_of(name): len(file.details)}):
            if each.place is not None:
                raise InputError(f"is not as its manifest says: {each.found}", where=str(path), expected=each.expected)
        yield path.name, file
        step()


def _reading(path: Path, profile: Profile) -> Reading:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), expected="an interface file") from error
    return read_columns(path.name, content, profile)


def _whole(path: Path, profile: Profile) -> InterfaceFile:
    """A file that is as it should be.

    :raises InputError: it is not.
    """
    reading = _reading(path, profile)
    _refuse(path, reading.findings)
    if reading.file is None:
        raise InputError("does not read", where=str(path), expected="an interface file")
    return reading.file


def _refuse(path: Path, findings: Sequence[Finding]) -> None:
    """:raises InputError: something is wrong with a file."""
    wrong = [found for found in findings if found.severity is Severity.ERROR]
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise InputError(
            f"is not as it should be: {wrong[0]}{more}",
            where=str(path),
            expected="a file that reads without errors",
            remedy=f"all that is wrong with it: mdmr-conform inspect {path}",
        )


def _read_through(path: Path, profile: Profile, see: Callable[[Record], None], expected: str) -> None:
    """Read a file of any size, record by record.

    :raises InputError: it is not as it should be.
    """
    try:
        with path.open("rb") as stream:
            summary = read_blocks(path.name, iter(lambda: stream.read(BLOCK), b""), profile, see)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=os.fspath(path), expected=expected) from error
    _refuse(path, summary.findings)


def take_requests(builder: RequestsBuilder, given: Given, profile: Profile, step: Callable[[], None]) -> None:
    """Take up what was asked for.

    :raises InputError: a file does not read, or is not as it should be.
    """
    parquet, named = parted(given.requests, profile, {REQUESTS, SCHEDULE})
    for each in sorted(named, key=_by_creation):
        file = _whole(each.path, profile)
        (builder.take_schedule if each.name.file_id == SCHEDULE else builder.take_request_file)(file)
        step()
    for path in parquet:
        builder.take_table(path, tables.names_in("requests", given.columns))
        step()


def delivered(given: Given, profile: Profile, folder: Path, step: Callable[[], None]) -> dict[str, StoredResponses]:
    """What was delivered, by file type.

    :param folder: where records go that are more than memory should hold.
    :raises InputError: a file does not read, or is not as it should be; one that is cut short is not.
    """
    _, named = parted(given.delivered, profile, FIELDS)
    if not named:
        where = ", ".join(map(str, given.delivered))
        raise InputError("is nothing that can be read here", where=where, expected="response files 6000, 6100 or 6200")
    builders = {file_type: ResponsesBuilder(file_type, folder) for file_type in FIELDS}
    for each in sorted(named, key=_by_creation):
        builder = builders[each.name.file_id]
        builder.begin(each.name)
        _read_through(each.path, profile, builder.see, "a response file")
        step()
    return {file_type: builder.built() for file_type, builder in builders.items()}
