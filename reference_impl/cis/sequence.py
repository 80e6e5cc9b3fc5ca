"""One sequence of sets, and what becomes of each (SEQ-02, SEQ-08; AMB-05, AMB-22, AMB-34).

I-Sync and P-Sync sets share the numbers. A set that was rejected (IR10) is sent again as it was, under a TX_ID of its
own, so that late files of the first attempt do not mix with it. One that failed to load (IR14) is made anew. Where such
a set does not use up its number, what comes in its place has it: no number is skipped, or used twice.

Each LDC has a sequence. Where each organisation that submits has one instead, that of an agent counts the sets of all
LDCs for which it works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant
from reference_impl.cis.file_sets import Extract

OF_SUBMITTER = "per-submitter"
"""The reading by which an agent counts what it submits, for whichever LDC."""
USED_UP = "number-used-up"
"""The reading by which a set that was not taken uses up its number."""


class Outcome(StrEnum):
    """What is known of a set that was sent."""

    WAITING = "waiting"
    """Nothing yet."""
    LOADED = "loaded"
    SYNCHRONIZED = "synchronized"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(slots=True)
class SentSet:
    """A set of an LDC, as it was sent.

    :ivar is_known_by_number: whether the MDM/R knows its number: not where its manifest got lost, and so uses up none.
    """

    ldc: OrgId
    tx_id: str
    number: int
    extract: Extract
    sent: Instant
    manifest: str
    outcome: Outcome = Outcome.WAITING
    is_known_by_number: bool = True


@dataclass(slots=True)
class Sequence:
    """The sets of an LDC, or all those of an agent (AMB-34).

    :param next_number: the number after the highest one that was used, and `free`: numbers of sets that failed to load.
    :param to_repeat: sets that were rejected, and `to_replace`: sets that failed to load, and were not sent again yet.
    """

    next_number: int
    free: list[int] = field(default_factory=list)
    sent: dict[str, SentSet] = field(default_factory=dict)
    to_repeat: list[SentSet] = field(default_factory=list)
    to_replace: list[SentSet] = field(default_factory=list)


def sequences(
    ldcs: Iterable[OrgId], you: OrgId, next_numbers: Mapping[OrgId, int], readings: Mapping[str, str]
) -> Mapping[OrgId, Sequence]:
    """The sequence in which the sets of each LDC are counted (SEQ-02, AMB-34).

    :param you: whose CIS it is.
    :param next_numbers: the number that is expected next of each organisation.
    """
    if readings["AMB-34"] == OF_SUBMITTER:
        return dict.fromkeys(ldcs, Sequence(next_numbers[you]))
    return {ldc: Sequence(next_numbers[ldc]) for ldc in ldcs}


def number_for(sequence: Sequence) -> int:
    """The number of the next set of whichever kind (SEQ-02): one that came free, else the next of all."""
    return min(sequence.free, default=sequence.next_number)


def take_number(sequence: Sequence, number: int) -> None:
    """Keep in mind that a number is used."""
    sequence.next_number = max(sequence.next_number, number + 1)
    sequence.free = [each for each in sequence.free if each != number]


def number_of_repeated(sequence: Sequence, rejected: SentSet, readings: Mapping[str, str]) -> int:
    """The number under which a rejected set is sent again: its own, which is still expected (SEQ-08, AMB-05)."""
    is_used_up = readings["AMB-05"] == USED_UP and rejected.is_known_by_number
    return sequence.next_number if is_used_up else rejected.number


def take_rejection(sequence: Sequence, tx_id: str, *, numbered: bool, out_of_sequence: bool) -> list[SentSet]:
    """Take an IR10 in: the sets that are to be sent again on account of it.

    Where a set waited in vain for those before it, of which nothing was heard either, they never arrived.

    :param numbered: whether it gives the set's number.
    """
    rejected = sequence.sent.get(tx_id)
    if rejected is None or rejected.outcome is not Outcome.WAITING:
        return []
    before = never_arrived(sequence, rejected) if out_of_sequence else []
    rejected.is_known_by_number = numbered
    for each in (*before, rejected):
        each.outcome = Outcome.REJECTED
    sequence.to_repeat += [*before, rejected]
    return [*before, rejected]


def never_arrived(sequence: Sequence, rejected: SentSet) -> list[SentSet]:
    """The sets before a rejected one, sent no later, of which nothing was heard."""
    return [
        each
        for each in sequence.sent.values()
        if each.outcome is Outcome.WAITING and each.number < rejected.number and each.sent <= rejected.sent
    ]


def take_load(sequence: Sequence, tx_id: str, *, loaded: bool, readings: Mapping[str, str]) -> SentSet | None:
    """Take the load status of an IR14 in: the set that failed to load, or None."""
    found = sequence.sent.get(tx_id)
    if found is None or found.outcome is not Outcome.WAITING:
        return None
    found.outcome = Outcome.LOADED if loaded else Outcome.FAILED
    if loaded:
        return None
    if readings["AMB-22"] != USED_UP:
        sequence.free.append(found.number)
    sequence.to_replace.append(found)
    return found


def take_synchronization(sequence: Sequence, tx_id: str) -> SentSet | None:
    """Take the status record of an IR06 or IR07 in: the set that was synchronized, or None."""
    found = sequence.sent.get(tx_id)
    if found is not None and found.outcome in {Outcome.WAITING, Outcome.LOADED}:
        found.outcome = Outcome.SYNCHRONIZED
    return found


def in_order(sets: Iterable[SentSet]) -> list[SentSet]:
    """Sets in the order in which they are sent again."""
    return sorted(sets, key=lambda each: (each.number, each.sent))
