"""What the files of a synchronization set say against one another, told from the files alone.

A set is what shares LDC, submitter, file type and TX_ID (FTS-03). Its manifest lists every segment with the number of
its records (SYN-01, SYN-05 to SYN-07), and the headers of all name its LDC and one Extracted Date Time (SYN-09).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from harness.interface.file_sets import (
    MANIFEST,
    Manifest,
    Place,
    disagreements,
    files_unlisted,
    key_of,
    place_of,
    segments_awaited,
)
from harness.interface.files import Record, Summary
from harness.interface.findings import FINDING_LIMIT, Finding, finding
from harness.interface.names import FileName
from harness.interface.set_records import day_or_none

_UNCOUNTED = frozenset({"record-type", "characters", "line-too-long", "too-many-fields", "more-findings"})
"""Findings of lines that were not read as records: how many records there are is not known then."""


class SetFileCheck:
    """The check of one file of a set. `see` is given each detail record; `findings` tells at the end.

    :param file: the file's name, for the findings.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: dict[Place, tuple[int, int]] = {}
        self._found: list[Finding] = []

    def see(self, record: Record) -> None:
        if record.kind == "manifest_entry":
            place = Place(str(record["file_no"]), str(record["segment_no"]))
            self.entries[place] = int(str(record["record_count"] or 0)), record.line
        elif "start_date" in record.layout.positions and len(self._found) < FINDING_LIMIT:
            start, end = day_or_none(record["start_date"]), day_or_none(record["end_date"])
            if start is not None and end is not None and end <= start:
                found, expected = f"{end:%Y%m%d}", f"a day after {start:%Y%m%d}"
                self._found.append(finding(self.file, record.line, "end_date", "end-not-after-start", found, expected))

    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._found)


class SetFile(NamedTuple):
    """A file of a set as it was read. `entries`: what it lists as a manifest, records and line by segment.

    `file`: what it is called where it lies, which may differ from what its name says, as by a missing ending.
    """

    file: str
    name: FileName
    read: Summary
    entries: Mapping[Place, tuple[int, int]]


def findings_of_sets(files: Iterable[SetFile]) -> Mapping[str, list[Finding]]:
    """What the files of one or several sets say against one another, by the name of the file that it is told of."""
    sets: dict[object, list[SetFile]] = defaultdict(list)
    for file in files:
        sets[key_of(file.name)].append(file)
    found: dict[str, list[Finding]] = defaultdict(list)
    for each in sets.values():
        for one in _of_set(sorted(each, key=lambda each: (place_of(each.name), each.file))):
            found[one.file].append(one)
    return found


def _of_set(files: list[SetFile]) -> Iterator[Finding]:
    """What is found of one set, its files in the order of their places."""
    there: dict[Place, SetFile] = {}
    for file in files:
        place = place_of(file.name)
        if place in there:
            expected = f"segment {place} once; {there[place].file} is it, too"
            yield _of_file(file, "segment-twice", f"segment {place}", expected)
        there.setdefault(place, file)
        yield from _of_header(file)
    manifest = next((file for file in files if place_of(file.name).file_no == MANIFEST), None)
    if manifest is None:
        yield _of_file(files[0], "manifest-missing", "no file 00 of its set", "a manifest, which lists the set's files")
        return
    yield from _against_manifest(manifest, there)
    extracted = None if manifest.read.header is None else manifest.read.header["extracted_date_time"]
    for file in files:
        header = file.read.header
        if header is not None and extracted is not None and header["extracted_date_time"] not in {extracted, None}:
            found, expected = f"{header['extracted_date_time']}", f"{extracted}, as in the manifest"
            yield finding(file.file, header.line, "extracted_date_time", "extracted-date-time", found, expected)


def _of_header(file: SetFile) -> Iterator[Finding]:
    header = file.read.header
    if header is not None and header["ldc_org_id"] not in {file.name.org_1, None}:
        found, expected = f"{header['ldc_org_id']}", f"{file.name.org_1}, as in the name"
        yield finding(file.file, header.line, "ldc_org_id", "header-ldc", found, expected)


def _against_manifest(manifest: SetFile, there: Mapping[Place, SetFile]) -> Iterator[Finding]:
    listed = Manifest(0, {place: records for place, (records, _) in manifest.entries.items()})
    for file_no in files_unlisted(listed):
        yield _of_file(manifest, "file-unlisted", f"no segment of file {file_no}", "each of files 01 to 05 listed")
    for place in segments_awaited(listed, there):
        _, line = manifest.entries[place]
        yield finding(manifest.file, line, None, "segment-missing", f"no segment {place} beside it", "all listed")
    counted = {place: file.read.details for place, file in there.items()}
    for code, about, found, expected in disagreements(listed, counted):
        file = manifest if about is None else there[about]
        uncounted = code == "record-count" and any(each.code in _UNCOUNTED for each in file.read.findings)
        if not uncounted and code != "manifest-segmented":  # its name was told to be none
            yield _of_file(file, code, found, expected)


def _of_file(file: SetFile, code: str, found: str, expected: str) -> Finding:
    return finding(file.file, None, None, code, found, expected)
