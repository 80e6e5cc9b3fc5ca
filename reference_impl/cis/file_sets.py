"""Synchronization file sets as they are sent: manifest, files, segments (FTS-02 to -05; SYN-01 to -09, SYN-11).

A set is what was extracted at one instant, which stands in the header of each of its files. It has files 00 to 05,
with or without records, and 07 where it tells of virtual SDPs. A file of many records goes in segments of whole ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.interface.file_sets import FIRST_SEGMENT, MANDATORY, MANIFEST
from harness.interface.files import Value, write_file
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Instant
from harness.interface.names import FileName, SetPart
from harness.interface.profile import Profile
from reference_impl.cis import file_transfer
from reference_impl.cis.book import Days
from reference_impl.cis.records import Entry

SEGMENT_RECORDS = 200
"""The number of records above which a file goes in several segments."""
MOST_SEGMENTS = 99
"""So many segments two digits can number."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What was extracted from the CIS at an instant.

    :param kind: the file type of the set that tells it.
    :param told: what was untold until then and is told by it, by SDP and attribute.
    """

    kind: str
    moment: Instant
    entries: tuple[Entry, ...]
    told: Mapping[SdpId, Days]


@dataclass(frozen=True, slots=True)
class Addressed:
    """A set's place among others: of which LDC and submitter, sent when, under which TX_ID and sequence number."""

    ldc: OrgId
    you: OrgId
    sent: Instant
    tx_id: str
    number: int


def written(extract: Extract, addressed: Addressed, profile: Profile) -> Iterator[tuple[FileName, bytes]]:
    """The files of a set, manifest first."""
    header: dict[str, Value] = {"ldc_org_id": addressed.ldc, "extracted_date_time": extract.moment}
    parts = [
        (file_no, segment_no, entries)
        for file_no in files_of(extract)
        for segment_no, entries in segments([entry for entry in extract.entries if entry.file_no == file_no])
    ]
    manifest = [("manifest_entry", manifest_fields(*part)) for part in parts]
    first = name_of(extract, addressed, MANIFEST, FIRST_SEGMENT, profile)
    yield first, write_file(profile, first, {**header, "sequence_number": addressed.number}, manifest)
    for file_no, segment_no, entries in parts:
        name = name_of(extract, addressed, file_no, segment_no, profile)
        yield name, write_file(profile, name, header, ((entry.kind, dict(entry.fields)) for entry in entries))


def files_of(extract: Extract) -> Sequence[str]:
    """The files of a set beside its manifest: 01 to 05, and 07 where it tells of virtual SDPs (SYN-01, SYN-02)."""
    with_records = {entry.file_no for entry in extract.entries}
    return (*MANDATORY[1:], *sorted(with_records.difference(MANDATORY)))


def segments(entries: Sequence[Entry]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """The segments of a file, from 01 on, each of whole records (FTS-05, SYN-05, SYN-06, SYN-08)."""
    size = max(SEGMENT_RECORDS, -(-len(entries) // MOST_SEGMENTS))
    for number, start in enumerate(range(0, max(1, len(entries)), size), start=1):
        yield f"{number:02}", entries[start : start + size]


def manifest_fields(file_no: str, segment_no: str, entries: Sequence[Entry]) -> Mapping[str, Value]:
    """What the manifest says of a segment (SYN-07)."""
    return {"file_no": file_no, "segment_no": segment_no, "record_count": len(entries)}


def name_of(extract: Extract, addressed: Addressed, file_no: str, segment_no: str, profile: Profile) -> FileName:
    """The name of a file of a set: one TX_ID for them all (FTS-02, FTS-03)."""
    part = SetPart(addressed.tx_id, file_no, segment_no)
    return file_transfer.set_file_name(addressed.ldc, addressed.you, extract.kind, addressed.sent, part, profile)
