"""The form of the file sets of a CIS under test: files, segments, manifest, headers, records in their files (SYN)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.interface.file_sets import (
    COMPONENTS,
    FILE_NUMBERS,
    FIRST_SEGMENT,
    MANDATORY,
    MANIFEST,
    Place,
    files_unlisted,
    manifest_of,
)
from harness.interface.files import FILE_NAME_CODE
from harness.interface.instants import Instant, iso
from harness.stage.chapters.cis_sync_directory import Library
from harness.stage.chapters.cis_sync_sets import GivenSet, SetFile
from harness.stage.chapters.file_sets import Kind
from harness.suite.verdicts import Unmet

_WHOLE_RECORDS = frozenset({"record-type", "field-count", "line-too-long", "too-many-fields"})
"""Findings of lines that are no whole records."""


class FormDesk:
    """Holds the files of sets to their form. There must be a set to be held to it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.sets = library.sets
        self.seat = library.seat

    def _files(self, ldc: str) -> Iterator[tuple[GivenSet, SetFile]]:
        for each in self.sets.demanded(ldc):
            yield from ((each, each.files[place]) for place in sorted(each.files))

    # --- files, segments and manifest (SYN-01, SYN-05 to SYN-07) ---------------------------------------

    def check_files(self, ldc: str) -> None:
        """Each set has files 00 to 05, and its manifest lists 01 to 05 (SYN-01).

        :raises Unmet: a file is missing, or not listed.
        """
        for each in self.sets.demanded(ldc):
            missing = [file_no for file_no in MANDATORY if file_no not in {place.file_no for place in each.files}]
            if missing:
                raise Unmet(
                    f"files {', '.join(MANDATORY)} in the {each}", f"no {_listed(missing)}", file=each.any_file.name
                )
            manifest = manifest_of(each.manifest.reading)
            unlisted = MANDATORY[1:] if manifest is None else files_unlisted(manifest)
            if unlisted:
                expected = f"a manifest of the {each} that lists files 01 to 05"
                raise Unmet(expected, f"it does not list {_listed(unlisted)}", file=each.manifest.file.name)

    def check_one_manifest(self, ldc: str) -> None:
        """The manifest of each set is one file (SYN-05).

        :raises Unmet: there are several, or none.
        """
        for each in self.sets.demanded(ldc):
            manifests = [place for place in each.files if place.file_no == MANIFEST]
            if len(manifests) != 1:
                raise Unmet(f"one file 00 in the {each}", _listed(manifests) or "none", file=each.any_file.name)

    def check_first_segments(self, ldc: str) -> None:
        """The segments of each file begin with 01 (SYN-06).

        :raises Unmet: a file has no segment 01, or one before it.
        """
        for each in self.sets.demanded(ldc):
            for file_no in sorted({place.file_no for place in each.files}):
                numbers = sorted(place.segment_no for place in each.files if place.file_no == file_no)
                if numbers[0] != FIRST_SEGMENT:
                    file = each.files[Place(file_no, numbers[0])].file.name
                    expected = f"segments of file {file_no} from {FIRST_SEGMENT} on in the {each}"
                    raise Unmet(expected, f"segments {_listed(numbers)}", file=file)

    def check_listed(self, ldc: str) -> None:
        """The manifest of each set lists each segment that came, and each that it lists came (SYN-07).

        :raises Unmet: they differ.
        """
        for each in self.sets.demanded(ldc):
            manifest = manifest_of(each.manifest.reading)
            listed = set() if manifest is None else set(manifest.listed)
            came = {place for place in each.files if place.file_no != MANIFEST}
            if listed != came:
                expected = f"a manifest of the {each} that lists {_listed(sorted(came))}"
                raise Unmet(expected, f"it lists {_listed(sorted(listed))}", file=each.manifest.file.name)

    def check_components_file(self, ldc: str, kind: Kind, virtual: str) -> None:
        """A set of a kind tells of a virtual SDP in file 07, which its manifest lists (SYN-02).

        :raises Unmet: file 07 is missing in all of them, not listed, or says nothing of the SDP.
        """
        identifier = self.library.universal_sdp_id(virtual)
        given = self.sets.demanded(ldc, kind)
        if not any(_tells_in_components_file(each, identifier) for each in given):
            expected = f"file {COMPONENTS} in one {kind} set, listed in its manifest, with records of {virtual!r}"
            held = (f"files {_listed(sorted({place.file_no for place in each.files}))} in the {each}" for each in given)
            raise Unmet(expected, "; ".join(held), file=given[-1].any_file.name)

    # --- headers (SYN-04, SYN-09) ----------------------------------------------------------------------

    def check_headed(self, ldc: str) -> None:
        """Each file of each set begins with a File Name Record, and a File Header Record follows (SYN-04).

        :raises Unmet: one of them is missing.
        """
        for _, each in self._files(ldc):
            codes = _codes(each)[:2]
            header = None if each.reading.file is None else each.reading.file.header
            if codes[:1] != [FILE_NAME_CODE] or header is None or header.line != len(codes):
                raise Unmet(
                    "a File Name Record, and a File Header Record after it", _listed(codes), file=each.file.name
                )

    def check_one_extracted_time(self, ldc: str) -> None:
        """The headers of all files of a set give one Extracted Date Time (SYN-09).

        :raises Unmet: two of them differ.
        """
        for each in self.sets.demanded(ldc):
            for place in sorted(each.files):
                file = each.files[place].reading.file
                header = None if file is None else file.header
                stated = None if header is None else header["extracted_date_time"]
                if stated != each.extracted:
                    expected = f"{iso(each.extracted)} in file {place} of the {each}, as in its manifest"
                    raise Unmet(expected, str(stated), file=each.files[place].file.name)

    def check_extracted_after(self, ldc: str, kind: Kind, told: Instant) -> None:
        """The last set of a kind was extracted at or after an instant, and not later than it left (SYN-09).

        :raises Unmet: it states another time.
        """
        last = self.sets.demanded(ldc, kind)[-1]
        if not told <= last.extracted <= last.first:
            expected = f"an Extracted Date Time from {iso(told)}, when it was put on record, until {iso(last.first)}"
            raise Unmet(expected, iso(last.extracted), file=last.manifest.file.name)

    # --- records (SYN-03, SYN-08, SYN-11) --------------------------------------------------------------

    def check_layouts(self, ldc: str) -> None:
        """Each file keeps to the layout of its file number, in I-Sync and P-Sync alike (SYN-03).

        :raises Unmet: something in one does not.
        """
        for _, each in self._files(ldc):
            found = [
                one for one in each.reading.findings if one.severity == "ERROR" and not one.code.startswith("name-")
            ]
            if found:
                raise Unmet("the layout of its file number", str(found[0]), file=each.file.name, record=found[0].line)

    def check_whole_records(self, ldc: str) -> None:
        """No record of a set is parted by the end of a segment (SYN-08).

        :raises Unmet: a line is no whole record.
        """
        for _, each in self._files(ldc):
            found = next((one for one in each.reading.findings if one.code in _WHOLE_RECORDS), None)
            if found is not None:
                raise Unmet("whole records in each segment", str(found), file=each.file.name, record=found.line)

    def check_in_their_files(self, ldc: str) -> None:
        """Each record stands in the file in which its kind belongs (SYN-11).

        :raises Unmet: one stands in another.
        """
        profile = self.seat.profile
        for given, each in self._files(ldc):
            file_type, version = given.key.file_type, profile.file_types[given.key.file_type].active
            layouts = {number: profile.file(file_type, version, number) for number in FILE_NUMBERS}
            homes = {
                record.code: number
                for number, layout in layouts.items()
                for record in (() if layout is None else layout.records)
                if record.role == "detail"
            }
            for line, code in enumerate(_codes(each), start=1):
                if homes.get(code, each.place.file_no) != each.place.file_no:
                    expected = f"record {code} in file {homes[code]}"
                    raise Unmet(expected, f"in file {each.place.file_no}", file=each.file.name, record=line)


def _codes(each: SetFile) -> list[str]:
    """The record type of each line."""
    return [line.partition("|")[0] for line in each.file.content.decode("latin-1").splitlines()]


def _tells_in_components_file(given: GivenSet, identifier: str) -> bool:
    """Whether a set has a file 07 that its manifest lists, with a record of an SDP."""
    manifest = manifest_of(given.manifest.reading)
    if manifest is None or all(place.file_no != COMPONENTS for place in manifest.listed):
        return False
    of_components = (record for each, record in given.records() if each.place.file_no == COMPONENTS)
    return any(record["universal_sdp_id"] == identifier for record in of_components)


def _listed(things: Iterable[object]) -> str:
    return ", ".join(map(str, things))
