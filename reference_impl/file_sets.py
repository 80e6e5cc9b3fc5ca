"""Synchronization file sets as they arrive: segments, manifest, completeness (SYN-01, -02, -05 to -07).

The files of a set are those of one LDC, submitter, file type and TX_ID (FTS-03). They may come in any order, and
between the files of other sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.interface.files import Reading
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant
from harness.interface.names import FileName

MANIFEST = "00"
MANDATORY = ("00", "01", "02", "03", "04", "05")
"""The files that every set has; file 07 only where virtual SDPs are used (SYN-01, SYN-02)."""
FIRST_SEGMENT = "01"
PERIODIC_AUDIT = "3000"


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


@dataclass(frozen=True, slots=True)
class Manifest:
    """What file 00 says: the set's sequence number, and how many detail records each listed segment has."""

    sequence_number: int
    listed: Mapping[Place, int]


@dataclass(slots=True)
class ArrivingSet:
    """A set of which files have come."""

    key: SetKey
    first_received: Instant
    last_received: Instant
    files: dict[Place, Reading] = field(default_factory=dict)
    manifest: Manifest | None = None

    @property
    def is_periodic_audit(self) -> bool:
        return self.key.file_type == PERIODIC_AUDIT


def key_of(name: FileName) -> SetKey:
    """The set that a file belongs to.

    :raises ValueError: it is no file of a set.
    """
    if name.part is None:
        raise ValueError(f"{name} is no file of a synchronization set")
    return SetKey(name.org_1, name.org_2, name.file_id, name.part.tx_id)


def take_segment(arriving: ArrivingSet, name: FileName, reading: Reading, moment: Instant) -> None:
    """Let a file join its set. A segment that has come before changes nothing: the first stands (AMB-23)."""
    if name.part is None:
        return
    place = Place(name.part.file_no, name.part.segment_no)
    if place in arriving.files:
        return
    arriving.files[place] = reading
    arriving.last_received = moment
    if place == Place(MANIFEST, FIRST_SEGMENT):
        arriving.manifest = manifest_of(reading)


def manifest_of(reading: Reading) -> Manifest | None:
    """What a manifest says, or None where it does not give its sequence number."""
    if reading.file is None or reading.file.header is None:
        return None
    number = reading.file.header["sequence_number"]
    if not isinstance(number, int):
        return None
    listed = {
        Place(str(record["file_no"]), str(record["segment_no"])): int(str(record["record_count"] or 0))
        for record in reading.file.details
    }
    return Manifest(number, listed)


def missing(arriving: ArrivingSet) -> tuple[str, ...]:
    """What a set still lacks, as file numbers or file and segment numbers; empty when it is complete (SYN-07)."""
    if arriving.manifest is None:
        return (MANIFEST,)
    listed = arriving.manifest.listed
    unlisted = [file_no for file_no in MANDATORY[1:] if not any(place.file_no == file_no for place in listed)]
    awaited = [f"{place.file_no}.{place.segment_no}" for place in sorted(listed) if place not in arriving.files]
    return (*unlisted, *awaited)


def is_complete(arriving: ArrivingSet) -> bool:
    """Whether each mandatory file is listed, and each listed segment has arrived, whatever the order (SYN-07)."""
    return not missing(arriving)


def segments_in_order(arriving: ArrivingSet) -> Iterable[tuple[Place, Reading]]:
    """The files of a set, by file and segment number."""
    return sorted(arriving.files.items(), key=lambda entry: entry[0])
