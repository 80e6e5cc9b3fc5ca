"""Allowed variants of a CIS: what the workshop leaves to it."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from harness.interface.instants import Day, later
from reference_impl.bent.bending import Bent, replaced, together
from reference_impl.bent.cis_bending import RESPONSE, Wanted, asked_otherwise, cis_variant
from reference_impl.cis import (
    billing_cycle_schedule,
    billing_quantities,
    file_sets,
    file_transfer,
    identifiers,
    incremental,
    instructions,
)
from reference_impl.cis import cis as mailbox
from reference_impl.cis.billing_cycle_schedule import Cycle
from reference_impl.cis.billing_quantities import Delivered
from reference_impl.cis.cis import next_work
from reference_impl.cis.state import Desk, State, Submission

_NAMES_IN_A_MINUTE = 50
_DAY_MINUTES = 24 * 60


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


def _other_files(file_id: str, parts: Callable[[list[Any]], list[list[Any]]]) -> Callable[[Any], Any]:
    """What would go in one file of a type goes in several."""

    def make(original: Any) -> Any:
        def send(state: State, ldc: Any, file_type: str, details: Any) -> str:
            listed = list(details)
            files = parts(listed) if file_type == file_id else [listed]
            return [str(original(state, ldc, file_type, part)) for part in files][-1]

        return send

    return make


def _by_cycle(details: list[Any]) -> list[list[Any]]:
    cycles = dict.fromkeys(values["billing_cycle_id"] for _, values in details)
    return [[each for each in details if each[1]["billing_cycle_id"] == cycle] for cycle in cycles]


def _in_parts(wanted: list[Wanted], _: State, __: Desk) -> list[Wanted]:
    """A period of several days is asked for in two parts that meet."""
    parts = []
    for each in wanted:
        start, end = each.period.start, each.period.end
        middle = Day(start + (end - start) // 2)
        spans = [(start, middle), (middle, end)] if start < middle else [(start, end)]
        parts += [each._replace(period=each.period._replace(start=first, end=last)) for first, last in spans]
    return parts


def _whole_schedule(original: Any) -> Any:
    """Whenever something of the schedule is new, the whole of it is sent."""

    def changed(cycles: Any, schedule: Any) -> Any:
        new = original(cycles, schedule)
        keys = {(cycle.billing_cycle_id, cycle.start) for cycle in new}
        known = [Cycle(name, start, end) for (name, start), end in schedule.ends.items() if (name, start) not in keys]
        return [*known, *new] if new else []

    return changed


def _known_is_in_time(original: Any) -> Any:
    """What is sent as it was before changes no date, and is never late."""

    def comes_too_late(cycle: Any, schedule: Any, earliest: Any) -> bool:
        is_known = schedule.ends.get((cycle.billing_cycle_id, cycle.start)) == cycle.end
        return not is_known and bool(original(cycle, schedule, earliest))

    return comes_too_late


def _all_in_time_or_none(original: Any) -> Any:
    """Where one date of an update comes too late, nothing of the update is sent."""

    def publish_billing_schedule(state: State, desk: Desk, cycles: Any) -> None:
        sent = state.outbox
        state.outbox, before = [], dict(desk.schedule.ends)
        late = len(desk.matters.held)
        original(state, desk, cycles)
        if len(desk.matters.held) > late:
            state.outbox, desk.schedule.ends = [], before
        state.outbox = [*sent, *state.outbox]

    return publish_billing_schedule


def _in_a_day(original: Any) -> Any:
    return lambda now: later(original(now), minutes=_DAY_MINUTES - 1)


@contextlib.contextmanager
def _says_a_day(port: Any) -> Iterator[None]:
    """The CIS says of itself that it may take a day."""
    answers = port._answers
    port._answers = {
        **answers,
        "hello": lambda request: {**answers["hello"](request), "sends_within_minutes": _DAY_MINUTES},
    }
    try:
        yield
    finally:
        port._answers = answers


def _minutes_apart(original: Any) -> Any:
    """Twelve digits for every file; the next of a kind is named a minute later."""

    def outgoing_name(ldc: Any, you: Any, file_id: str, moment: Any, taken: Any, profile: Any) -> Any:
        while True:
            name = _to_the_minute(original(ldc, you, file_id, moment, (), profile))
            if str(name) not in taken:
                return name
            moment = later(moment, minutes=1)

    return outgoing_name


def _to_the_minute(name: Any) -> Any:
    return dataclasses.replace(name, created=name.created[:12])


def _status_of_first(original: Any) -> Any:
    """The status of a period's first sub-period in a file stands for all: a response is checked once (docs/readings-billing.md)."""

    def delivered_in(file: Any, ids: Any, matters: Any) -> Any:
        found = original(file, ids, matters)
        first = {key: next(iter(parts.values())).status for key, parts in found.items()}
        return {
            key: {span: Delivered(first[key], part.wh) for span, part in parts.items()} for key, parts in found.items()
        }

    return delivered_in


CIS_VARIANTS: tuple[Bent, ...] = (
    cis_variant(
        "cis_names_a_minute_apart",
        "names carry 12 digits of date-time, and the next file of a kind is named a minute later",
        together(
            replaced(file_transfer, "outgoing_name", _minutes_apart),
            replaced(file_transfer, "set_file_name", lambda original: lambda *told: _to_the_minute(original(*told))),
        ),
    ),
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
    cis_variant(
        "cis_a_file_for_each_request",
        "each request for quantities goes in a file of its own",
        replaced(State, "send", _other_files("5000", lambda details: [[each] for each in details])),
    ),
    cis_variant(
        "cis_billing_requests_last_first",
        "the requests of a file stand in another order",
        replaced(State, "send", _other_files("5000", lambda details: [details[::-1]])),
    ),
    cis_variant(
        "cis_periods_in_parts",
        "a period of several days is asked for in two parts that meet",
        asked_otherwise(_in_parts),
    ),
    cis_variant(
        "cis_detail_ids_with_letters",
        "Request Detail IDs have letters, and do not count up",
        replaced(
            instructions,
            "new_detail_id",
            lambda original: lambda state: f"LK-{int(original(state)) * 7919 % 1_000_000:06}",
        ),
    ),
    cis_variant(
        "cis_whole_schedule_again",
        "with each update the whole schedule is sent again",
        together(
            replaced(billing_cycle_schedule, "changed", _whole_schedule),
            replaced(billing_cycle_schedule, "comes_too_late", _known_is_in_time),
        ),
    ),
    cis_variant(
        "cis_a_schedule_for_each_cycle",
        "each cycle is published in a schedule 8000 of its own",
        replaced(State, "send", _other_files("8000", _by_cycle)),
    ),
    cis_variant(
        "cis_all_dates_in_time_or_none",
        "where one date of an update comes too late, nothing of the update is sent",
        replaced(instructions, "publish_billing_schedule", _all_in_time_or_none),
    ),
    cis_variant(
        "cis_refused_dates_taken_for_published",
        "dates that IR03 refused are not sent again, whatever people order: no slide says what follows from it",
        replaced(billing_cycle_schedule, "withdraw", lambda _: lambda *__: None),
    ),
    cis_variant(
        "cis_dates_changed_a_week_ahead",
        "dates are changed a week ahead at the latest",
        replaced(
            billing_cycle_schedule,
            "earliest_change",
            lambda original: lambda today, lead, reading, holidays: original(today, lead + 4, reading, holidays),
        ),
    ),
    cis_variant(
        "cis_works_in_a_day",
        "what it is told is done a day later, as it says of itself",
        together(replaced(mailbox, "next_work", _in_a_day), _says_a_day),
    ),
    cis_variant(
        "cis_one_status_for_a_response",
        "the status of a period's first sub-period is taken for that of all",
        replaced(billing_quantities, "delivered_in", _status_of_first),
    ),
)
