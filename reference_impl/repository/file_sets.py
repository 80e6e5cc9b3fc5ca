"""Synchronization file sets as they arrive: segments, manifest, completeness (SYN-01, -02, -05 to -07).

The files of a set are those of one LDC, submitter, file type and TX_ID (FTS-03). They may come in any order, and
between the files of other sets. What a set is, and what a manifest says, stands in `harness.interface.file_sets`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.interface.columns import ColumnRecords
from harness.interface.file_sets import (
    FIRST_SEGMENT,
    MANIFEST,
    PERIODIC_AUDIT,
    Manifest,
    Place,
    SetKey,
    files_unlisted,
    key_of,
    manifest_of,
    place_of,
    segments_awaited,
)
from harness.interface.files import Reading
from harness.interface.instants import Instant
from harness.interface.names import FileName
from harness.interface.set_records import hold_names_once

__all__ = [
    "FIRST_SEGMENT",
    "MANIFEST",
    "ArrivingSet",
    "Manifest",
    "Place",
    "SetKey",
    "is_complete",
    "key_of",
    "manifest_of",
    "missing",
    "names",
    "segments_in_order",
    "take_segment",
]


@dataclass(slots=True)
class ArrivingSet:
    """A set of which files have come.

    :param names: the names of assets that its records share; nothing once it is processed.
    """

    key: SetKey
    first_received: Instant
    last_received: Instant
    files: dict[Place, Reading] = field(default_factory=dict)
    manifest: Manifest | None = None
    names: dict[str, str] = field(default_factory=dict)

    @property
    def is_periodic_audit(self) -> bool:
        return self.key.file_type == PERIODIC_AUDIT


def take_segment(arriving: ArrivingSet, name: FileName, reading: Reading, moment: Instant) -> None:
    """Let a file join its set. A segment that has come before changes nothing: the first stands (AMB-23)."""
    place = place_of(name)
    if place in arriving.files:
        return
    arriving.files[place] = reading
    if reading.file is not None and isinstance(reading.file.details, ColumnRecords):
        hold_names_once(reading.file.details.kinds, arriving.names)
    arriving.last_received = moment
    if place == Place(MANIFEST, FIRST_SEGMENT):
        arriving.manifest = manifest_of(reading)


def missing(arriving: ArrivingSet) -> tuple[str, ...]:
    """What a set still lacks, as file numbers or file and segment numbers; empty when it is complete (SYN-07)."""
    if arriving.manifest is None:
        return (MANIFEST,)
    awaited = segments_awaited(arriving.manifest, arriving.files)
    return (*files_unlisted(arriving.manifest), *map(str, awaited))


def is_complete(arriving: ArrivingSet) -> bool:
    """Whether each mandatory file is listed, and each listed segment has arrived, whatever the order (SYN-07)."""
    return not missing(arriving)


def names(arriving: ArrivingSet) -> Iterable[str]:
    """The names of the files that have come of a set; of those that can be read."""
    return (str(reading.file.name) for reading in arriving.files.values() if reading.file is not None)


def segments_in_order(arriving: ArrivingSet) -> Iterable[tuple[Place, Reading]]:
    """The files of a set, by file and segment number."""
    return sorted(arriving.files.items(), key=lambda entry: entry[0])
