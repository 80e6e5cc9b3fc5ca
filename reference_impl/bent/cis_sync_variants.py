"""Allowed variants of a CIS in synchronizing: how much it tells, in how many sets, when, and in which order."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from harness.interface.file_sets import INCREMENTAL, MANDATORY
from harness.interface.instants import Instant, at, day_of, later
from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_bending import cis_variant
from reference_impl.bent.cis_sync_bending import entries_of_sets, held_back
from reference_impl.cis import cis as mailbox
from reference_impl.cis import file_sets, incremental, instructions, port, sequence, synchronization_reports
from reference_impl.cis.book import ASSET, Sdp
from reference_impl.cis.cis import next_work
from reference_impl.cis.incremental import Wanted
from reference_impl.cis.records import Entry, Source
from reference_impl.cis.state import Desk, State

# --- how much is told ---------------------------------------------------------------------------------------


def _everything_of(sdp: Sdp) -> dict[str, frozenset[Any]]:
    """All that is on record of an SDP: its asset, and every day on which anything begins or ends."""
    own = {name: frozenset(day for day, _ in history) for name, history in sdp.histories.items()}
    ends = frozenset() if sdp.removed is None else frozenset({sdp.removed})
    return {ASSET: frozenset({sdp.created}), **{name: days | ends for name, days in own.items()}}


def _extracting(more: Callable[[Source, Wanted], Wanted]) -> Application:
    """Tell more than what is wanted."""

    def make(original: Any) -> Any:
        def extract(source: Source, wanted: Wanted, moment: Any) -> Any:
            return dataclasses.replace(original(source, more(source, wanted), moment), told=wanted)

        return extract

    return replaced(incremental, "extract", make)


def _all_of_those(source: Source, wanted: Wanted) -> Wanted:
    return {sdp_id: _everything_of(source.book.sdps[sdp_id]) for sdp_id in wanted}


def _all_of_all(source: Source, _: Wanted) -> Wanted:
    known = (sdp for sdp in source.book.sdps.values() if incremental.can_be_synchronized(source, sdp))
    return {sdp.sdp_id: _everything_of(sdp) for sdp in known}


# --- in how many sets ---------------------------------------------------------------------------------------


def _a_set_for_each_change(original: Any) -> Any:
    """Each attribute of each SDP is told of in a set of its own; a virtual SDP comes with its components."""

    def tell(state: State, desk: Desk, wanted: Wanted) -> None:
        for sdp_id, attributes in wanted.items():
            first = {name: days for name, days in attributes.items() if name in {ASSET, "components"}}
            others = ({name: days} for name, days in attributes.items() if name not in first)
            for days in (first, *others):
                if days:
                    original(state, desk, {sdp_id: days})

    return tell


def _empty_sets_too(_: Any) -> Any:
    """A set is sent also where nothing is new."""

    def tell(state: State, desk: Desk, wanted: Wanted) -> None:
        instructions.send_set(state, desk, incremental.extract(state.source(desk), wanted, state.now))

    return tell


def _i_sync_before_audit(original: Any) -> Any:
    def audit(state: State, desk: Desk) -> None:
        if instructions.is_authorised(state, desk, INCREMENTAL, "set"):
            instructions.synchronize(state, desk)
        original(state, desk)

    return audit


# --- when ---------------------------------------------------------------------------------------------------


def _within(minutes: int) -> Application:
    """Say how long the CIS may take to send."""

    @contextlib.contextmanager
    def apply(port: Any) -> Iterator[None]:
        original = port.exchange

        def exchange(request: Mapping[str, Any]) -> dict[str, Any]:
            reply: dict[str, Any] = original(request)
            if request["message"] == "hello":
                reply["ok"]["sends_within_minutes"] = minutes
            return reply

        port.exchange = exchange
        try:
            yield
        finally:
            port.exchange = original

    return apply


def _works_at(when: Callable[[Instant], Instant], minutes: int) -> Application:
    """Do what is told at times of its own."""
    return together(replaced(mailbox, "next_work", lambda _: when), _within(minutes))


def _next_hour(now: Instant) -> Instant:
    return later(at(day_of(now), now.hour), minutes=60)


def _repeats_at_once(original: Any) -> Any:
    """A rejected set is sent again as soon as its rejection is known."""

    def receive(cis: Any, recipient: Any, name: str, content: bytes) -> None:
        original(cis, recipient, name, content)
        if ".IR10." in name:
            cis.due += [(next_work(cis.now), ldc, instructions.repeat_rejected) for ldc in cis.desks]

    return receive


def _under_their_tx_ids(_: Any) -> Any:
    """A rejected set is sent again under the TX_ID that it had: it is the same set."""

    def repeat_rejected(state: State, desk: Desk) -> None:
        rejected, desk.sequence.to_repeat = sequence.in_order(desk.sequence.to_repeat), []
        for each in rejected:
            issued, state.tx_ids = state.tx_ids, int(each.tx_id) - 1
            number = sequence.number_of_repeated(desk.sequence, each, state.readings)
            instructions.send_files(state, state.desks[each.ldc], each.extract, number)
            state.tx_ids = issued
        instructions.settle_sets(desk, rejected)

    return repeat_rejected


def _made_anew(_: Any) -> Any:
    """What a rejected set told is extracted once more, and takes the number that came free."""

    def repeat_rejected(state: State, desk: Desk) -> None:
        rejected, desk.sequence.to_repeat = sequence.in_order(desk.sequence.to_repeat), []
        for each in rejected:
            synchronization_reports.untell(desk, each)
            if state.readings["AMB-05"] != sequence.USED_UP:
                desk.sequence.free.append(each.number)
        instructions.settle_sets(desk, rejected)
        for _ in rejected[1:]:
            instructions.send_set(state, desk, incremental.extract(state.source(desk), {}, state.now))
        if rejected:
            instructions.tell(state, desk, incremental.untold(state.source(desk), desk.withheld))

    return repeat_rejected


def _counted_together(original: Any) -> Any:
    def sequences(ldcs: Any, you: Any, next_numbers: Any, readings: Mapping[str, str]) -> Any:
        return original(ldcs, you, next_numbers, {**readings, "AMB-34": sequence.OF_SUBMITTER})

    return sequences


def _tx_ids_ldc_by_ldc(original: Any) -> Any:
    def send_files(state: State, desk: Desk, extract: Any, number: int) -> None:
        issued, own = state.tx_ids, (int(each.tx_id) for each in desk.sequence.sent.values())
        state.tx_ids = max(own, default=0)
        original(state, desk, extract, number)
        state.tx_ids = issued

    return send_files


# --- in which form ------------------------------------------------------------------------------------------


def _with_gaps(original: Any) -> Any:
    """Segments are numbered 01, 03, 05, as far as two digits go."""

    def segments(entries: Sequence[Entry]) -> Any:
        found = list(original(entries))
        step = 2 if len(found) * 2 <= file_sets.MOST_SEGMENTS else 1
        for place, (_, part) in enumerate(found):
            yield f"{1 + place * step:02}", part

    return segments


def _padded(entries: list[Entry], _: str) -> list[Entry]:
    """Multipliers and numbers of digits are filled up with zeros in their field of text."""

    def padded(entry: Entry) -> Entry:
        fields = dict(entry.fields)
        if fields.get("parameter") in {"CT_PT_MULTIPLIER", "REGISTER_DIGITS", "REGISTER_MULTIPLIER"}:
            fields["value"] = str(fields["value"]).zfill(5)
        return entry._replace(fields=tuple(fields.items()))

    return [padded(entry) for entry in entries]


def _in_capitals(entries: list[Entry], _: str) -> list[Entry]:
    """A premise is written in capitals, and its postal code without a blank."""

    def written(entry: Entry) -> Entry:
        fields = dict(entry.fields)
        if entry.kind == "premise":
            fields |= {name: value.upper() for name, value in fields.items() if isinstance(value, str)}
            fields["postal_code"] = str(fields["postal_code"] or "").replace(" ", "") or None
        return entry._replace(fields=tuple(fields.items()))

    return [written(entry) for entry in entries]


CIS_SYNC_VARIANTS: tuple[Bent, ...] = (
    cis_variant("cis_full_sets", "a set tells all of each SDP of which it tells", _extracting(_all_of_those)),
    cis_variant("cis_full_population", "each set tells all of all SDPs", _extracting(_all_of_all)),
    cis_variant(
        "cis_a_set_for_each_change",
        "each attribute of each SDP is told of in a set of its own",
        replaced(instructions, "tell", _a_set_for_each_change),
    ),
    cis_variant(
        "cis_counts_what_it_submits",
        "an agent counts together the sets that it submits, for whichever LDC",
        replaced(port, "sequences", _counted_together),
        takes="AMB-34",
    ),
    cis_variant(
        "cis_tx_ids_ldc_by_ldc",
        "TX_IDs are counted LDC by LDC: the first sets of two have the same",
        replaced(instructions, "send_files", _tx_ids_ldc_by_ldc),
    ),
    cis_variant(
        "cis_empty_sets",
        "told to synchronize, it sends a set also where nothing is new",
        replaced(instructions, "tell", _empty_sets_too),
    ),
    cis_variant(
        "cis_i_sync_before_audit",
        "before an audit what is untold is told by an I-Sync",
        replaced(instructions, "audit", _i_sync_before_audit),
    ),
    cis_variant("cis_works_by_the_hour", "it sends at full hours alone, and says so", _works_at(_next_hour, 60)),
    cis_variant(
        "cis_files_one_by_one",
        "the files of a set leave one minute after another, and it says so",
        together(held_back(lambda part: int(part.file_no)), _within(10)),
    ),
    cis_variant(
        "cis_repeats_at_once",
        "a rejected set is sent again as soon as its rejection is known",
        replaced(mailbox, "receive", _repeats_at_once),
    ),
    cis_variant(
        "cis_repeats_under_tx_id",
        "a rejected set is sent again under the TX_ID that it had",
        replaced(instructions, "repeat_rejected", _under_their_tx_ids),
    ),
    cis_variant(
        "cis_rejected_made_anew",
        "what a rejected set told is extracted once more, and takes its number",
        replaced(instructions, "repeat_rejected", _made_anew),
    ),
    cis_variant(
        "cis_one_segment_each",
        "no file goes in several segments",
        replaced(file_sets, "SEGMENT_RECORDS", lambda _: 1_000_000),
    ),
    cis_variant("cis_segments_with_gaps", "segment numbers have gaps", replaced(file_sets, "segments", _with_gaps)),
    cis_variant(
        "cis_components_file_always",
        "file 07 is sent in each set, with records or without",
        replaced(file_sets, "files_of", lambda _: lambda __: (*MANDATORY[1:], "07")),
    ),
    cis_variant(
        "cis_numbers_padded",
        "multipliers and numbers of digits are filled up with zeros",
        entries_of_sets(_padded),
    ),
    cis_variant(
        "cis_premises_in_capitals",
        "addresses are kept in capitals, postal codes without a blank",
        entries_of_sets(_in_capitals),
    ),
    cis_variant(
        "cis_records_last_first",
        "the records of a set stand in another order",
        entries_of_sets(lambda entries, _: entries[::-1]),
    ),
)
