"""Synchronization file sets: which files make one up, what its manifest says, and whether all of it is there.

Rules FTS-03 to FTS-05 and SYN-01, -02, -05 to -07. The files of a set are those of one LDC, submitter, file type and
TX_ID; its manifest lists every file and segment, with the number of its detail records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from harness.interface.files import Reading
from harness.interface.identifiers import OrgId
from harness.interface.names import FileName

MANIFEST = "00"
MANDATORY = ("00", "01", "02", "03", "04", "05")
"""The files that every set has; file 07 only where virtual SDPs are used (SYN-01, SYN-02)."""
FIRST_SEGMENT = "01"
COMPONENTS = "07"
FILE_NUMBERS = (*MANDATORY, COMPONENTS)
"""The file numbers that there are (FTS-04)."""
PERIODIC_AUDIT = "3000"
INCREMENTAL = "4000"


class SetKey(NamedTuple):
    """What makes files belong to one set."""

    ldc: OrgId
    submitter: OrgId
    file_type: str
    tx_id: str


class Place(NamedTuple):
    """A file and segment of a set."""

    file_no: str
    segment_no: str

    def __str__(self) -> str:
        return f"{self.file_no}.{self.segment_no}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What file 00 says: the set's sequence number, and how many detail records each listed segment has.

    A number in another form than the layout's is None: no slide says which form it has.
    """

    sequence_number: int
    listed: Mapping[Place, int | None]


def key_of(name: FileName) -> SetKey:
    """The set that a file belongs to.

    :raises ValueError: it is no file of a set.
    """
    if name.part is None:
        raise ValueError(f"{name} is no file of a synchronization set")
    return SetKey(name.org_1, name.org_2, name.file_id, name.part.tx_id)


def place_of(name: FileName) -> Place:
    """Which file and segment of its set a file is.

    :raises ValueError: it is no file of a set.
    """
    if name.part is None:
        raise ValueError(f"{name} is no file of a synchronization set")
    return Place(name.part.file_no, name.part.segment_no)


def manifest_of(reading: Reading) -> Manifest | None:
    """What a manifest says, or None where it does not give its sequence number."""
    if reading.file is None or reading.file.header is None:
        return None
    number = reading.file.header["sequence_number"]
    if not isinstance(number, int):
        return None
    listed = {
        Place(str(record["file_no"]), str(record["segment_no"])): count if isinstance(count, int) else None
        for record in reading.file.details
        for count in (record["record_count"],)
    }
    return Manifest(number, listed)


def files_unlisted(manifest: Manifest) -> tuple[str, ...]:
    """The mandatory files of which a manifest lists no segment (SYN-01)."""
    numbers = {place.file_no for place in manifest.listed}
    return tuple(file_no for file_no in MANDATORY[1:] if file_no not in numbers)


def segments_awaited(manifest: Manifest, there: Container[Place]) -> tuple[Place, ...]:
    """The segments that a manifest lists and that are not there (SYN-07)."""
    return tuple(place for place in sorted(manifest.listed) if place not in there)


def only_segments(manifest: Manifest | None, there: Collection[Place]) -> Iterator[Place]:
    """The segments that are there of files sent as one: no other is there, and the manifest lists no more (FTS-05)."""
    came = Counter(place.file_no for place in there)
    listed = Counter(() if manifest is None else (place.file_no for place in manifest.listed))
    return (place for place in sorted(there) if came[place.file_no] == 1 and listed[place.file_no] <= 1)


class Disagreement(NamedTuple):
    """A thing in which a manifest and the files of its set disagree.

    :param place: the segment that it is about, or None where it is about the manifest.
    """

    code: str
    place: Place | None
    found: str
    expected: str


def disagreements(manifest: Manifest | None, there: Mapping[Place, int]) -> Iterator[Disagreement]:
    """In what a manifest and the segments that are there disagree; those that are not there are no matter here.

    Each segment is listed, with its number of detail records; the manifest is one segment; others start at 01
    (SYN-05, SYN-06, SYN-07).

    :param there: the number of detail records of each segment.
    """
    listed = {} if manifest is None else manifest.listed
    for place, records in sorted(there.items()):
        if place.file_no == MANIFEST:
            continue
        if place not in listed:
            yield Disagreement("not-in-manifest", place, f"segment {place}", "a segment that the manifest lists")
        elif listed[place] not in {None, records}:
            yield Disagreement("record-count", place, f"{records} records", f"{listed[place]}, as the manifest says")
    for place in sorted(there):
        if place.file_no == MANIFEST and place.segment_no != FIRST_SEGMENT:
            yield Disagreement("manifest-segmented", place, f"segment {place}", "one manifest, in one segment")
    for file_no in sorted({place.file_no for place in listed}):
        if Place(file_no, FIRST_SEGMENT) not in listed:
            expected = f"segments of file {file_no} from {FIRST_SEGMENT} on"
            yield Disagreement("segment-01-missing", None, f"no segment {file_no}.{FIRST_SEGMENT} listed", expected)
