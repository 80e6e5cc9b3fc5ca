"""What the names of a CIS's synchronization files say: TX_ID, file number, segment number (FTS-03 to FTS-05)."""

from __future__ import annotations

from collections.abc import Iterable

from harness.interface.file_sets import (
    FILE_NUMBERS,
    FIRST_SEGMENT,
    MANIFEST,
    Manifest,
    Place,
    manifest_of,
    only_segments,
)
from harness.interface.instants import iso
from harness.stage.chapters.cis_sync_sets import GivenSet, SetDesk, sets_named
from harness.suite.verdicts import Unmet

_ENDINGS = ("IR06", "IR07", "IR10", "IR14")
"""The reports that say what became of a set."""


class SetNames:
    """Holds the names of the files of sets to their rules. There must be a set to be held to them."""

    def __init__(self, sets: SetDesk) -> None:
        self.sets = sets
        self.seat = sets.seat

    # --- the TX_ID (FTS-03) ------------------------------------------------------------------------------

    def check_grouped(self, ldc: str) -> None:
        """No file of a set carries another TX_ID than its manifest, and no two sets under way at one time share one.

        :raises Unmet: one does, or there is no set.
        """
        given = self.sets.demanded(ldc)
        for each in given:
            self._check_no_strays(each, given)
        for number, each in enumerate(given):
            for before in given[:number]:
                self._check_apart(before, each)

    def _check_no_strays(self, given: GivenSet, others: Iterable[GivenSet]) -> None:
        """What a set's manifest lists and the set lacks has not come under a TX_ID that no manifest carries."""
        missing = _missing(given)
        for other in others:
            same_kind = other.key.file_type == given.key.file_type
            has_manifest = any(place.file_no == MANIFEST for place in other.files)
            if same_kind and not has_manifest and (strays := missing & set(other.files)):
                file = other.files[min(strays)].file.name
                raise Unmet(f"file {min(strays)} in the {given}", f"it carries TX_ID {other.key.tx_id}", file=file)

    def _check_apart(self, before: GivenSet, given: GivenSet) -> None:
        """A set that is not another's repetition has a TX_ID of its own, as long as that is under way."""
        one, other = _manifest(before), _manifest(given)
        if before.key != given.key or one is None or other is None or one.sequence_number == other.sequence_number:
            return
        ended = any(
            named == before.told_as and before.first <= instant <= given.first
            for named, instant in sets_named(self.seat, _ENDINGS)
        )
        if not ended:
            expected = f"another TX_ID than that of the {before}, which is under way at {iso(given.first)}"
            raise Unmet(expected, f"TX_ID {given.key.tx_id} in set {other.sequence_number}", file=given.any_file.name)

    # --- file and segment numbers (FTS-04, FTS-05) -------------------------------------------------------

    def check_file_numbers(self, ldc: str) -> None:
        """Each file of a set has a FILE_NO that there is (FTS-04).

        :raises Unmet: one has another, or there is no set.
        """
        for each in self.sets.demanded(ldc):
            for place, file in each.files.items():
                if place.file_no not in FILE_NUMBERS:
                    expected = f"a file number among {', '.join(FILE_NUMBERS)}"
                    raise Unmet(expected, place.file_no, file=file.file.name)

    def check_only_segments(self, ldc: str) -> None:
        """A file that is sent as one segment carries SEGMENT_NO 01 (FTS-05).

        :raises Unmet: one carries another, or there is no set.
        """
        for each in self.sets.demanded(ldc):
            for place in only_segments(_manifest(each), each.files):
                if place.segment_no != FIRST_SEGMENT:
                    expected = f"segment {FIRST_SEGMENT} of file {place.file_no}, the only one in the {each}"
                    raise Unmet(expected, f"segment {place.segment_no}", file=each.files[place].file.name)


def _manifest(given: GivenSet) -> Manifest | None:
    """What the manifest of a set says; None where it has none that can be read."""
    found = next((each for place, each in given.files.items() if place.file_no == MANIFEST), None)
    return None if found is None else manifest_of(found.reading)


def _missing(given: GivenSet) -> set[Place]:
    """What the manifest of a set lists, and the set has not."""
    manifest = _manifest(given)
    return set() if manifest is None else set(manifest.listed) - set(given.files)
