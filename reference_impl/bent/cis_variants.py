"""Allowed variants of a CIS: what the workshop leaves to it."""

from __future__ import annotations

from typing import Any

from reference_impl.bent.bending import Bent, replaced
from reference_impl.bent.cis_bending import RESPONSE, cis_variant
from reference_impl.cis import cis as mailbox
from reference_impl.cis import file_sets, identifiers, incremental, instructions
from reference_impl.cis.cis import next_work
from reference_impl.cis.state import Desk, State, Submission

_NAMES_IN_A_MINUTE = 50


def _a_request_each(original: Any) -> Any:
    """Each SDP is asked for with a request of its own, as far as each can be named after a second of its minute."""

    def send(state: State, ldc: Any, file_id: str, details: Any) -> str:
        lines = list(details)
        size = -(-len(lines) // _NAMES_IN_A_MINUTE) if file_id == "1000" else max(1, len(lines))
        parts = [lines[start : start + size] for start in range(0, max(1, len(lines)), size)]
        return [str(original(state, ldc, file_id, part)) for part in parts][-1]

    return send


def _a_set_each(original: Any) -> Any:
    """Each SDP is told of in a set of its own."""

    def tell(state: Any, desk: Any, wanted: Any) -> None:
        for sdp, days in wanted.items():
            original(state, desk, {sdp: days})

    return tell


def _other_tx_ids(original: Any) -> Any:
    """TX_IDs do not count up from one."""

    def addressed(ldc: Any, you: Any, sent: Any, tx_id: str, number: int) -> Any:
        return original(ldc, you, sent, f"{int(tx_id) * 7919 % 1_000_000:06}", number)

    return addressed


def _asks_by_itself(original: Any) -> Any:
    """A new SDP is asked for as soon as it is on record."""

    def take_event(cis: State, desk: Desk, event: Any) -> None:
        original(cis, desk, event)
        if event["event"] == "sdp_created":
            cis.due.append((next_work(cis.now), desk.ldc, _ask_for_all))

    return take_event


def _ask_for_all(state: State, desk: Desk) -> None:
    instructions.request_universal_sdp_ids(state, desk, None)


def _synchronizes_by_itself(original: Any) -> Any:
    """New SDPs are synchronized as soon as a response has come."""

    def receive(cis: State, recipient: Any, name: str, content: bytes) -> None:
        original(cis, recipient, name, content)
        if f".{RESPONSE}." in name:
            cis.due += [(next_work(cis.now), ldc, instructions.synchronize) for ldc in cis.desks]

    return receive


def _all_or_none(original: Any) -> Any:
    """No set is sent as long as an SDP waits for its Universal SDP ID."""

    def untold(source: Any, withheld: Any) -> Any:
        free = all(incremental.can_be_synchronized(source, sdp) for sdp in source.book.sdps.values())
        return original(source, withheld) if free else {}

    return untold


def _last_first(original: Any) -> Any:
    return lambda files, sdps: original(files, list(sdps)[::-1])


def _data_first(original: Any) -> Any:
    """The files of an advance are submitted in another order: of a set, the manifest last."""

    def advance(cis: Any, to: Any) -> list[Submission]:
        files: list[Submission] = original(cis, to)
        return files[::-1]

    return advance


CIS_VARIANTS: tuple[Bent, ...] = (
    cis_variant(
        "cis_a_request_for_each_sdp",
        "each SDP is asked for with a request 1000 of its own",
        replaced(State, "send", _a_request_each),
    ),
    cis_variant(
        "cis_requests_last_first",
        "the SDPs of a request stand in another order",
        replaced(identifiers, "request_details", _last_first),
    ),
    cis_variant(
        "cis_a_set_for_each_sdp", "each SDP is told of in a set of its own", replaced(instructions, "tell", _a_set_each)
    ),
    cis_variant(
        "cis_small_segments", "a segment holds two records", replaced(file_sets, "SEGMENT_RECORDS", lambda _: 2)
    ),
    cis_variant("cis_other_tx_ids", "TX_IDs do not count up", replaced(instructions, "Addressed", _other_tx_ids)),
    cis_variant(
        "cis_works_at_once",
        "what it is told is done at once, not at the next minute",
        replaced(mailbox, "next_work", lambda _: lambda now: now),
    ),
    cis_variant(
        "cis_asks_by_itself",
        "IDs are asked for as soon as SDPs are on record, without being told to",
        replaced(mailbox, "take_event", _asks_by_itself),
    ),
    cis_variant(
        "cis_synchronizes_by_itself",
        "SDPs are synchronized as soon as their IDs have come, without being told to",
        replaced(mailbox, "receive", _synchronizes_by_itself),
    ),
    cis_variant(
        "cis_waits_for_all_ids",
        "no set is sent as long as an SDP waits for its ID",
        replaced(incremental, "untold", _all_or_none),
    ),
    cis_variant(
        "cis_manifest_last",
        "the files of a set are submitted in another order, the manifest last",
        replaced(mailbox.Cis, "advance", _data_first),
    ),
)
