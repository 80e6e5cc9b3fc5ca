"""Faults of a CIS in numbering its file sets, and in sending them in time (SEQ-02, SEQ-05, SEQ-06, SEQ-08)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.bent.cis_bending import CIS, cis_fault
from reference_impl.bent.cis_sync_bending import INCREMENTAL, MANIFEST, PERIODIC, Part, held_back
from reference_impl.cis import cis as mailbox
from reference_impl.cis import instructions, port, sequence
from reference_impl.cis.port import Port
from reference_impl.cis.sequence import SentSet, Sequence
from reference_impl.cis.state import Desk, State

TOO_LATE_MINUTES = 61
FIRST_SET = 1


def _reading_fault(identifier: str, rule: str, text: str, apply: Application, **readings: str) -> Bent:
    """A fault of a CIS where one reading alone is taken."""
    return dataclasses.replace(fault(identifier, rule, text, apply, **readings), system=CIS)


# --- numbers (SEQ-02) ---------------------------------------------------------------------------------------


def _before_a_set(change: Callable[[State, Desk, str], None]) -> Application:
    """Change what the CIS has on record before it sends a set: `change` is given the set's kind."""

    def make(original: Any) -> Any:
        def send_set(state: State, desk: Desk, extract: Any) -> None:
            change(state, desk, extract.kind)
            original(state, desk, extract)

        return send_set

    return replaced(instructions, "send_set", make)


def _own_number_of_audits(_: State, desk: Desk, kind: str) -> None:
    if kind == PERIODIC:
        audits = [each for each in desk.sequence.sent.values() if each.extract.kind == PERIODIC]
        desk.sequence.next_number = min((each.number for each in desk.sequence.sent.values()), default=1) + len(audits)


def _skip_before_audit(_: State, desk: Desk, kind: str) -> None:
    desk.sequence.next_number += kind == PERIODIC


def _number_of_all_ldcs(state: State, desk: Desk, _: str) -> None:
    desk.sequence.next_number = max(other.sequence.next_number for other in state.desks.values())


def _apart(_: Any) -> Any:
    def sequences(ldcs: Iterable[Any], you: Any, next_numbers: Mapping[Any, int], _: Any) -> Mapping[Any, Sequence]:
        return {ldc: Sequence(next_numbers[you]) for ldc in ldcs}

    return sequences


def _from_the_first_ldc(_: Any) -> Any:
    def sequences(ldcs: Iterable[Any], _: Any, next_numbers: Mapping[Any, int], __: Any) -> Mapping[Any, Sequence]:
        counted = list(ldcs)
        return dict.fromkeys(counted, Sequence(next_numbers[counted[0]]))

    return sequences


def _second_uses_no_number(original: Any) -> Any:
    def take_number(kept: Sequence, number: int) -> None:
        if len(kept.sent) != FIRST_SET:
            original(kept, number)

    return take_number


def _restarted(change: Callable[[Desk], None]) -> Application:
    """Change what the CIS has on record when it is started again."""

    def make(original: Any) -> Any:
        def take_up(port: Port, conversation: str) -> None:
            original(port, conversation)
            for desk in () if port.cis is None else port.cis.desks.values():
                change(desk)

        return take_up

    return replaced(Port, "_take_up", make)


def _moved_by(number: int) -> Callable[[Desk], None]:
    def move(desk: Desk) -> None:
        desk.sequence.next_number += number

    return move


# --- what was rejected (SEQ-08) -----------------------------------------------------------------------------


def _overlooks_rejections_without_number(original: Any) -> Any:
    """Where the manifest got lost, a rejection names the TX_ID of the set alone."""

    def receive(cis: Any, recipient: Any, name: str, content: bytes) -> None:
        if ".IR10." in name:
            lines = [line.split(b"|") for line in content.splitlines(keepends=True)]
            content = b"".join(b"|".join(fields) for fields in lines if fields[0] != b"DT" or fields[3])
        original(cis, recipient, name, content)

    return receive


def _repeated_as(number: Callable[[Sequence, SentSet], int]) -> Application:
    """Give a rejected set that is sent again another number."""
    return replaced(sequence, "number_of_repeated", lambda _: lambda kept, rejected, __: number(kept, rejected))


def _first_rejected(kept: Sequence, rejected: SentSet) -> int:
    """The number of the first set that was rejected."""
    others = (each.number for each in kept.sent.values() if each.outcome is sequence.Outcome.REJECTED)
    return min(others, default=rejected.number)


def _forget(kept_back: Callable[[list[SentSet]], list[SentSet]]) -> Application:
    """Let only some of the rejected sets be sent again."""

    def make(original: Any) -> Any:
        def repeat_rejected(state: State, desk: Desk) -> None:
            desk.sequence.to_repeat = kept_back(sequence.in_order(desk.sequence.to_repeat))
            original(state, desk)

        return repeat_rejected

    return replaced(instructions, "repeat_rejected", make)


def _renumber_rejected(desk: Desk) -> None:
    for rejected in desk.sequence.to_repeat:
        rejected.number += 2


# --- time (SEQ-05, SEQ-06) ----------------------------------------------------------------------------------


def _late(concerns: Callable[[Part], bool], minutes: int = TOO_LATE_MINUTES) -> Application:
    """Hold back files of any set but the first."""
    return held_back(lambda part: minutes if part.tx_id > FIRST_SET and concerns(part) else 0)


def _frees(is_meant: Callable[[SentSet], bool], *, free: bool) -> Application:
    """Whether the number of some sets that failed to load is free for what comes next."""

    def make(original: Any) -> Any:
        def take_load(kept: Sequence, tx_id: str, **more: Any) -> SentSet | None:
            failed: SentSet | None = original(kept, tx_id, **more)
            if failed is not None and is_meant(failed):
                kept.free = [*([failed.number] if free else []), *(each for each in kept.free if each != failed.number)]
            return failed

        return take_load

    return replaced(sequence, "take_load", make)


CIS_SEQUENCE_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_audits_numbered_apart",
        "SEQ-02",
        "P-Sync sets have a sequence of numbers of their own",
        _before_a_set(_own_number_of_audits),
    ),
    cis_fault(
        "cis_audit_skips_number",
        "SEQ-02",
        "a number is left out before each P-Sync set",
        _before_a_set(_skip_before_audit),
    ),
    cis_fault(
        "cis_numbers_from_one",
        "SEQ-02",
        "numbers begin with 1, whatever the next one is",
        replaced(sequence, "number_for", lambda _: lambda kept: len(kept.sent) + 1),
    ),
    cis_fault(
        "cis_second_set_repeats_number",
        "SEQ-02",
        "the third set has the number of the second",
        replaced(sequence, "take_number", _second_uses_no_number),
    ),
    cis_fault(
        "cis_number_used_again_after_restart",
        "SEQ-02",
        "started again, the CIS uses its last number once more",
        _restarted(_moved_by(-1)),
    ),
    cis_fault(
        "cis_number_left_out_after_restart",
        "SEQ-02",
        "started again, the CIS leaves out a number, to be safe",
        _restarted(_moved_by(1)),
    ),
    cis_fault(
        "cis_one_sequence_for_all_ldcs",
        "SEQ-02",
        "an agent counts the sets of all its LDCs together",
        _before_a_set(_number_of_all_ldcs),
    ),
    _reading_fault(
        "cis_agent_counts_each_ldc_apart",
        "SEQ-02",
        "an agent's sets are counted LDC by LDC, though it counts together what it submits",
        replaced(port, "sequences", _apart),
        AMB_34="per-submitter",
    ),
    _reading_fault(
        "cis_agent_begins_with_number_of_ldc",
        "SEQ-02",
        "what an agent counts together begins with the number that is expected of its first LDC",
        replaced(port, "sequences", _from_the_first_ldc),
        AMB_34="per-submitter",
    ),
    cis_fault(
        "cis_i_sync_overtaken",
        "SEQ-05",
        "I-Sync sets leave an hour and a minute after the set that is numbered after them",
        _late(lambda part: part.kind == INCREMENTAL),
    ),
    cis_fault(
        "cis_p_sync_overtaken",
        "SEQ-05",
        "P-Sync sets leave more than an hour after the set that is numbered after them",
        _late(lambda part: part.kind == PERIODIC, 81),
    ),
    cis_fault(
        "cis_every_second_set_overtaken",
        "SEQ-05",
        "every second set leaves more than an hour after the one that is numbered after it",
        _late(lambda part: part.tx_id % 2 == 0, 81),
    ),
    cis_fault(
        "cis_last_file_of_predecessor_late",
        "SEQ-05",
        "the last file of a set leaves more than an hour after the set that is numbered after it",
        _late(lambda part: part.tx_id % 2 == 0 and part.file_no == "05", 81),
    ),
    cis_fault(
        "cis_manifest_of_predecessor_late",
        "SEQ-05",
        "the manifest of a P-Sync set leaves two hours after the set that is numbered after it",
        _late(lambda part: part.kind == PERIODIC and part.file_no == MANIFEST, 120),
    ),
    cis_fault(
        "cis_last_file_late",
        "SEQ-06",
        "file 05 leaves more than an hour late",
        _late(lambda part: part.file_no == "05"),
    ),
    cis_fault(
        "cis_manifest_late",
        "SEQ-06",
        "the manifest leaves more than an hour after its files",
        _late(lambda part: part.file_no == MANIFEST),
    ),
    cis_fault(
        "cis_last_segments_late",
        "SEQ-06",
        "segments of a P-Sync after the first leave more than an hour late",
        _late(lambda part: part.kind == PERIODIC and part.segment_no > "01"),
    ),
    cis_fault(
        "cis_premises_of_audit_late",
        "SEQ-06",
        "file 02 of a P-Sync set leaves an hour and a half late",
        _late(lambda part: part.kind == PERIODIC and part.file_no == "02", 90),
    ),
    _reading_fault(
        "cis_files_drip",
        "SEQ-06",
        "each file leaves 13 minutes after the one before it, and the last more than an hour after the first",
        held_back(lambda part: 13 * int(part.file_no) if part.tx_id > FIRST_SET else 0),
        AMB_06="from-first-file",
    ),
    cis_fault(
        "cis_repeated_under_number_before",
        "SEQ-08",
        "a rejected set comes again with the number of the set before it",
        _repeated_as(lambda _, rejected: rejected.number - 1),
    ),
    cis_fault(
        "cis_repeated_with_a_gap",
        "SEQ-08",
        "a rejected set comes again with a number further on, and one is left out",
        _repeated_as(lambda kept, _: kept.next_number + 1),
    ),
    cis_fault(
        "cis_repeated_audit_under_number_before",
        "SEQ-08",
        "a rejected P-Sync set comes again with the number of the last set that was taken",
        _repeated_as(lambda _, rejected: rejected.number - (rejected.extract.kind == PERIODIC)),
    ),
    cis_fault(
        "cis_second_rejected_under_number_of_first",
        "SEQ-08",
        "of two rejected sets the second comes again with the number of the first",
        _repeated_as(_first_rejected),
    ),
    cis_fault(
        "cis_rejected_renumbered_by_restart",
        "SEQ-08",
        "started again, the CIS sends a rejected set with a number further on",
        _restarted(_renumber_rejected),
    ),
    _reading_fault(
        "cis_rejected_number_given_up",
        "SEQ-08",
        "a rejected set comes again with the next number, and its own is never used",
        _repeated_as(lambda kept, _: kept.next_number),
        AMB_05="number-stays",
    ),
    _reading_fault(
        "cis_rejected_number_used_again",
        "SEQ-08",
        "a rejected set comes again with its own number, which is used up",
        _repeated_as(lambda _, rejected: rejected.number),
        AMB_05="number-used-up",
    ),
    _reading_fault(
        "cis_failed_number_given_up",
        "SEQ-08",
        "the number of an I-Sync set that failed to load is given up, and the next set has the next one",
        _frees(lambda failed: failed.extract.kind == INCREMENTAL, free=False),
        AMB_22="number-stays",
    ),
    _reading_fault(
        "cis_failed_audit_number_given_up",
        "SEQ-08",
        "the number of a P-Sync set that failed to load is given up, and the next set has the next one",
        _frees(lambda failed: failed.extract.kind == PERIODIC, free=False),
        AMB_22="number-stays",
    ),
    _reading_fault(
        "cis_failed_number_used_again",
        "SEQ-08",
        "the number of a set that failed to load is used again, though it is used up",
        _frees(lambda _: True, free=True),
        AMB_22="number-used-up",
    ),
    cis_fault(
        "cis_rejection_without_number_overlooked",
        "SEQ-08",
        "a rejection that names no number is not acted upon, and the set is not sent again",
        replaced(mailbox, "receive", _overlooks_rejections_without_number),
    ),
    cis_fault("cis_rejected_set_forgotten", "SEQ-08", "a rejected set is not sent again", _forget(lambda _: [])),
    cis_fault(
        "cis_second_rejected_set_forgotten",
        "SEQ-08",
        "of two rejected sets the first alone is sent again",
        _forget(lambda rejected: rejected[:1]),
    ),
)
