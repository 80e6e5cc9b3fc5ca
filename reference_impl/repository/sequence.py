"""In which order sets are processed, and how long they wait (SEQ-01 to SEQ-10; AMB-05, AMB-06, AMB-22, AMB-23, AMB-34).

I-Sync and P-Sync sets of an LDC share one sequence; two LDCs never wait for each other. A set that is complete and next
is processed at once, and after it whatever was held behind it. A set that is still there when its wait-time is over is
rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, later
from reference_impl.repository.file_sets import ArrivingSet, SetKey, is_complete

USED_UP: Mapping[str, bool] = {"number-stays": False, "number-used-up": True}
"""Whether a set that was rejected or did not load uses up its number, by the readings of AMB-05 and AMB-22."""


class Turn(StrEnum):
    """What becomes of a set now."""

    WAITS = "waits"
    """Files are missing."""
    HELD = "held"
    """It is complete, and ahead of its turn."""
    NEXT = "next"
    """It is complete, and its number is the one expected."""
    PAST = "past"
    """Its number was used before: it changes nothing."""


def turn_of(arriving: ArrivingSet, expected: int) -> Turn:
    """Whose turn it is (SEQ-01, SEQ-02, SEQ-03)."""
    if arriving.manifest is None or not is_complete(arriving):
        return Turn.WAITS
    if arriving.manifest.sequence_number > expected:
        return Turn.HELD
    return Turn.NEXT if arriving.manifest.sequence_number == expected else Turn.PAST


def next_in_turn(sets: Iterable[ArrivingSet], expected: int) -> ArrivingSet | None:
    """The set to process now: of several that carry the expected number, the one that began to arrive first."""
    due = [arriving for arriving in sets if turn_of(arriving, expected) is Turn.NEXT]
    return min(due, key=lambda arriving: (arriving.first_received, arriving.key), default=None)


def counted_for(key: SetKey, reading: str) -> OrgId:
    """In whose sequence a set counts (AMB-34)."""
    return {"per-ldc": key.ldc, "per-submitter": key.submitter}[reading]


def deadline(arriving: ArrivingSet, wait_minutes: int, reading: str) -> Instant:
    """When the wait-time of a set is over (SEQ-05, SEQ-06, AMB-06)."""
    since = {"from-first-file": arriving.first_received, "from-last-file": arriving.last_received}
    return later(since[reading], minutes=wait_minutes)


def number_after_processing(expected: int, *, loaded: bool, reading: str) -> int:
    """The number expected next once a set was processed: one that failed to load keeps it (AMB-22)."""
    return expected + (loaded or USED_UP[reading])


def number_after_rejection(expected: int, rejected: ArrivingSet, reading: str) -> int:
    """The number expected next once a set was rejected: the same (SEQ-08, AMB-05)."""
    if not USED_UP[reading] or rejected.manifest is None:
        return expected
    return max(expected, rejected.manifest.sequence_number + 1)
