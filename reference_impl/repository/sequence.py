"""In which order sets are processed, and how long they wait (SEQ-01 to SEQ-10; AMB-05, AMB-06, AMB-22, AMB-23).

I-Sync and P-Sync sets of an LDC share one sequence; two LDCs never wait for each other. A set that is complete and next
is processed at once, and after it whatever was held behind it. A set that is still there when its wait-time is over is
rejected.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from harness.interface.instants import Instant, later
from reference_impl.repository.file_sets import ArrivingSet, is_complete


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


def deadline(arriving: ArrivingSet, wait_minutes: int, reading: str) -> Instant:
    """When the wait-time of a set is over (SEQ-05, SEQ-06, AMB-06)."""
    since = arriving.last_received if reading == "from-last-file" else arriving.first_received
    return later(since, minutes=wait_minutes)


def number_after_processing(expected: int, *, loaded: bool, reading: str) -> int:
    """The number expected next once a set was processed: one that failed to load keeps it (AMB-22)."""
    return expected + 1 if loaded or reading == "number-used-up" else expected


def number_after_rejection(expected: int, rejected: ArrivingSet, reading: str) -> int:
    """The number expected next once a set was rejected: the same (SEQ-08, AMB-05)."""
    if reading != "number-used-up" or rejected.manifest is None:
        return expected
    return max(expected, rejected.manifest.sequence_number + 1)
