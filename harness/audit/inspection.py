"""Inspecting interface files where they lie: what each is by its name, and everything that its reading finds.

A path stands for one file here, or for a folder of them, where the files of a synchronization set are held together;
what is told of a file is what the codec finds (`harness.interface`). Files are read block
by block and their records are not kept, so that neither size nor content of a file costs memory or makes it hang; of
billing files, periods and IDs are kept until all of them can be told from one another, and the Universal SDP IDs of the
files that tell which there are.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from harness.errors import InputError, UsageError
from harness.interface.billing_files import NAME_SDPS, TELL_SDPS, BillingFileCheck, sdp_told
from harness.interface.file_sets import INCREMENTAL, PERIODIC_AUDIT
from harness.interface.files import BLOCK, Record, Summary, read_blocks
from harness.interface.findings import Finding, Severity, shown
from harness.interface.names import FileName, read_name
from harness.interface.profile import Profile, ProfileError, load_profile
from harness.interface.regular import SIZE_LIMIT, open_regular
from harness.interface.set_check import SetFile, SetFileCheck, findings_of_sets
from harness.port.protocol import Json

FORMAT = "mdmr-conform inspection 1"
SET_TYPES = frozenset({PERIODIC_AUDIT, INCREMENTAL})
"""The file types of synchronization sets."""
_UNIVERSAL_SDP_ID = re.compile(r"[A-Za-z0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was inspected. Its name is the last part of its path."""

    path: Path
    size: int
    read: Summary
    disagreements: tuple[Finding, ...] = ()
    """What its records say against one another, and against the other files of its set."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of their lines."""
        found = sorted((*self.read.findings, *self.disagreements), key=lambda each: each.line or 0)
        last = [each for each in found if each.code == "more-findings"]
        return (*(each for each in found if each.code != "more-findings"), *last)


def profile_to_inspect_with(path: Path | None) -> Profile:
    """The profile that says what is right: the workshop's where no path is given.

    :raises InputError: it does not read as a profile.
    """
    try:
        return load_profile(path)
    except ProfileError as error:
        raise InputError(error.what, where=error.where, expected=error.expected) from error


class Inspection:
    """An inspection of files: what is found of each, in the order in which they were given, as it is iterated over.

    :param known: the Universal SDP IDs that are known, or None where nothing tells them.
    :param wants_sdps: whether a file names SDPs, so that it matters which are known.
    :raises InputError: on iteration: a file cannot be read to its end, or grows beyond 4 GiB meanwhile.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        profile: Profile,
        known: Set[str] | None,
        wants_sdps: bool,
        done: Mapping[Path, Inspected],
        types: Mapping[Path, str | None],
    ) -> None:
        self.profile = profile
        self.known = known
        self.wants_sdps = wants_sdps
        self._paths = paths
        self._done = done
        self._types = types

    def __iter__(self) -> Iterator[Inspected]:
        for path in self._paths:
            yield self._done.get(path) or self._inspected(path)

    def _inspected(self, path: Path) -> Inspected:
        if self._types.get(path) in SET_TYPES:
            return _of_set(path, self.profile, None)[0]
        check = BillingFileCheck(path.name, self.known)
        size, read = _read(path, self.profile, check.see)
        return Inspected(path, size, read, check.findings())


def inspect(
    paths: Sequence[Path],
    profile: Profile,
    listed: Set[str] | None = None,
    step: Callable[[], None] = lambda: None,
) -> Inspection:
    """Inspect files, in the order in which they are given; one whose path is given twice, once.

    A folder stands for the files in it, by name, hidden ones apart; synchronization sets in it are held together.
    Where one of them names SDPs, those that tell which there are have been read when this returns, and so have those
    of sets in folders.

    :param listed: Universal SDP IDs that are known, whatever the files tell.
    :param step: called each time that a file of a set in a folder was read, or one that tells of SDPs.
    :raises UsageError: a path is of no file; this is seen of every path before the first file is read.
    :raises InputError: a file that tells SDPs cannot be read to its end, or grows beyond 4 GiB meanwhile.
    """
    folders = {path: _files_in(path) for path in paths if _is_folder(path)}
    distinct = list(dict.fromkeys(file for path in paths for file in folders.get(path, [path])))
    for path in distinct:
        os.close(_opened(path))
    types = {path: _file_id(path, profile) for path in distinct}
    wants_sdps = not NAME_SDPS.isdisjoint(types.values())
    telling = [path for path in distinct if types[path] in TELL_SDPS] if wants_sdps else []
    sets = {folder: [path for path in files if types[path] in SET_TYPES] for folder, files in folders.items()}
    told: set[str] = set()
    done: dict[Path, Inspected] = {}
    checks: dict[Path, SetFileCheck] = {}
    for path in dict.fromkeys([*telling, *chain.from_iterable(sets.values())]):
        done[path], checks[path] = _of_set(path, profile, told if path in telling else None)
        step()
    for paths_of_sets in sets.values():
        done |= _held_together([done[path] for path in paths_of_sets], checks)
    told |= listed or frozenset()
    known = told if wants_sdps and (told or listed is not None) else None
    return Inspection(distinct, profile, known, wants_sdps, done, types)


def files_in_folders(paths: Iterable[Path]) -> int:
    """How many files the folders among some paths hold.

    :raises UsageError: a folder cannot be read, or holds none.
    """
    return sum(len(_files_in(path)) for path in paths if _is_folder(path))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no such path can be
        return False


def _files_in(folder: Path) -> list[Path]:
    """The files in a folder, by name.

    :raises UsageError: it cannot be read, or holds none.
    """
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        where = str(folder)
        raise UsageError(f"cannot be read: {error.strerror}", where=where, expected="a folder of files") from error
    if not found:
        raise UsageError("holds no files", where=str(folder), expected="interface files")
    return found


def _held_together(files: Iterable[Inspected], checks: Mapping[Path, SetFileCheck]) -> dict[Path, Inspected]:
    """Hold the files of each set in a folder together: those of which something is found then."""
    by_name = {file.path.name: file for file in files}
    of_sets = [
        SetFile(file.path.name, file.read.name, file.read, checks[file.path].entries)
        for file in by_name.values()
        if file.read.name is not None and file.read.name.part is not None
    ]
    return {
        by_name[name].path: replace(by_name[name], disagreements=(*by_name[name].disagreements, *found))
        for name, found in findings_of_sets(of_sets).items()
    }


def _of_set(path: Path, profile: Profile, told: set[str] | None) -> tuple[Inspected, SetFileCheck]:
    """Inspect one file of a set by itself, or one that tells of SDPs.

    :param told: gets the Universal SDP IDs that it tells.
    """
    check = SetFileCheck(path.name)

    def see_and_take_down(record: Record) -> None:
        check.see(record)
        sdp = sdp_told(record)
        if told is not None and sdp is not None:
            told.add(sdp)

    size, read = _read(path, profile, check.see if told is None else see_and_take_down)
    return Inspected(path, size, read, check.findings()), check


def _file_id(path: Path, profile: Profile) -> str | None:
    name, _ = read_name(path.name, profile)
    return None if name is None else name.file_id


def listed_sdps(path: Path) -> frozenset[str]:
    """The Universal SDP IDs of a list, one a line; blank lines say nothing.

    :raises UsageError: there is no file of that path, it may not be read, or is too large.
    :raises InputError: a line is no Universal SDP ID, or there is none in it.
    """
    with open(_opened(path), encoding="utf-8-sig", errors="replace") as file:
        lines = {number: line.strip() for number, line in enumerate(file, 1)}
    for number, line in lines.items():
        if line and not _UNIVERSAL_SDP_ID.fullmatch(line):
            expected = "one Universal SDP ID a line, 1 to 20 letters and digits"
            raise InputError(f"is no Universal SDP ID: {shown(line)}", where=f"{path}:{number}", expected=expected)
    found = frozenset(filter(None, lines.values()))
    if not found:
        raise InputError("lists no SDP", where=str(path), expected="one Universal SDP ID a line")
    return found


def _read(path: Path, profile: Profile, see: Callable[[Record], None]) -> tuple[int, Summary]:
    """The size of a file, and what reading it gives."""
    descriptor = _opened(path)
    try:
        size = os.fstat(descriptor).st_size
        return size, read_blocks(path.name, _blocks(path, descriptor), profile, see)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), expected="a file") from error
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    """A file descriptor of a regular file.

    :raises UsageError: there is no file of that path, it may not be read, is no regular one, or is too large.
    """
    try:
        return open_regular(path)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise UsageError(what, where=str(path), expected="an interface file") from error


def _blocks(path: Path, descriptor: int) -> Iterator[bytes]:
    total = 0
    while block := os.read(descriptor, BLOCK):
        total += len(block)
        if total > SIZE_LIMIT:
            raise InputError("grows while it is read", where=str(path), expected=f"at most {SIZE_LIMIT} bytes")
        yield block


# --- What was found, as data -------------------------------------------------------------------------------


def as_json(inspection: Inspection) -> Json:
    """All that an inspection found, as inspection.schema.json describes it."""
    files, profile = list(inspection), inspection.profile
    findings = [finding for file in files for finding in file.findings]
    return {
        "format": FORMAT,
        "profile": {"name": profile.name, "hash": profile.hash, "assumed_layouts": profile.assumed_layouts},
        "known_sdps": None if inspection.known is None else len(inspection.known),
        "files": [_file_json(file, profile) for file in files],
        "summary": {
            "files": len(files),
            "files_with_findings": sum(bool(file.findings) for file in files),
            "errors": sum(finding.severity is Severity.ERROR for finding in findings),
            "warnings": sum(finding.severity is Severity.WARNING for finding in findings),
            "by_code": dict(sorted(Counter(finding.code for finding in findings).items())),
        },
    }


def _file_json(file: Inspected, profile: Profile) -> Json:
    name, read = file.read.name, file.read
    return {
        "path": str(file.path),
        "file": file.path.name,
        "bytes": file.size,
        "name": None if name is None else _name_json(name, profile),
        "content": None if read.layout is None else {"lines": read.lines, "detail_records": read.details},
        "findings": [
            {
                "file": finding.file,
                "line": finding.line,
                "field": finding.field,
                "code": finding.code,
                "severity": str(finding.severity),
                "found": finding.found,
                "expected": finding.expected,
            }
            for finding in file.findings
        ],
    }


def _name_json(name: FileName, profile: Profile) -> Json:
    known = profile.file_types.get(name.file_id)
    part = name.part
    return {
        "org_1": name.org_1,
        "org_2": name.org_2,
        "file_id": name.file_id,
        "version": name.version,
        "title": None if known is None else known.title,
        "created": name.created,
        "tx_id": None if part is None else part.tx_id,
        "file_no": None if part is None else part.file_no,
        "segment_no": None if part is None else part.segment_no,
    }
