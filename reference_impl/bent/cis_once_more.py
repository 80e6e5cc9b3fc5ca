"""Faults of a CIS that show where something happens once more, or in great number, or to an agent."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from harness.interface.file_sets import FIRST_SEGMENT
from harness.interface.files import Record
from harness.interface.instants import Day
from harness.interface.names import SetPart
from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_again import taken_for_told
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.cis import (
    billing_cycle_schedule,
    billing_quantities,
    billing_requests,
    file_sets,
    identifiers,
    instructions,
    synchronization_reports,
)
from reference_impl.cis import cis as mailbox
from reference_impl.cis.billing_cycle_schedule import Cycle
from reference_impl.cis.billing_requests import Period, Requests
from reference_impl.cis.book import History, Sdp, Value
from reference_impl.cis.file_sets import Extract
from reference_impl.cis.sequence import Outcome
from reference_impl.cis.state import Desk, State

PERIODS_A_CYCLE = 24
COMPONENTS = "07"
COMPONENTS_OF = "components"


# --- requests and schedules -----------------------------------------------------------------------------------


def _a_period_once(original: Any) -> Any:
    """The response about a period is recovered once; that it got lost again is passed over."""
    recovered: set[tuple[int, Period]] = set()

    def recover_quantities(state: State, desk: Desk, periods: Any, delivered: Any) -> None:
        new = [period for period in periods if (id(desk), period) not in recovered]
        recovered.update((id(desk), period) for period in new)
        original(state, desk, new, delivered)

    return recover_quantities


def _first_alone(original: Any) -> Any:
    return lambda state, desk, periods, delivered: original(state, desk, periods[:1], delivered)


def _first_minute_alone(original: Any) -> Any:
    """Of several responses that got lost, of which people tell at one time, the first is recovered alone."""
    done: set[tuple[int, Any]] = set()

    def recover_quantities(state: State, desk: Desk, periods: Any, delivered: Any) -> None:
        if (id(desk), state.now) not in done:
            done.add((id(desk), state.now))
            original(state, desk, periods, delivered)

    return recover_quantities


def _so_many_of_a_cycle(original: Any) -> Any:
    """Of a billing cycle no more than so many periods are sent."""

    def schedule_details(cycles: Sequence[Cycle]) -> Any:
        counted: Counter[str] = Counter()
        kept = []
        for cycle in cycles:
            counted[cycle.billing_cycle_id] += 1
            if counted[cycle.billing_cycle_id] <= PERIODS_A_CYCLE:
                kept.append(cycle)
        return original(kept)

    return schedule_details


def _twice_and_no_more(original: Any) -> Any:
    """What was closed is asked for again twice."""
    asked: Counter[tuple[int, Period]] = Counter()

    def to_ask_again(requests: Requests, *about: Any) -> list[Any]:
        found = []
        for period, on_cycle in original(requests, *about):
            asked[id(requests), period] += 1
            if asked[id(requests), period] <= 2:
                found.append((period, on_cycle))
        return found

    return to_ask_again


def _read_if(report: str, is_meant: Callable[[State, Desk], bool]) -> Application:
    """Some of the reports of a type alone are looked at."""

    def make(original: Any) -> Any:
        def receive(cis: Any, recipient: Any, name: str, content: bytes) -> None:
            desk = next((each for ldc, each in cis.desks.items() if name.startswith(f"{ldc}.")), None)
            if f".{report}." not in name or desk is None or is_meant(cis, desk):
                original(cis, recipient, name, content)

        return receive

    return replaced(mailbox, "receive", make)


def _receiving(report: str, change: Callable[[Any], Any]) -> Application:
    """What takes a report in is another."""

    def make(original: Any) -> Any:
        return {**original, report: change(original[report])}

    return replaced(mailbox, "RECEIVERS", make)


def _is_own(cis: State, desk: Desk) -> bool:
    return desk.ldc == cis.parties.you


def _is_first(cis: State, desk: Desk) -> bool:
    return desk is next(iter(cis.desks.values()))


def _not_of_removed(original: Any) -> Any:
    """Nothing is asked for of an SDP that was given up, be it of the days before that."""

    def can_be_asked_for(state: State, desk: Desk, period: Period) -> bool:
        sdp = desk.book.sdps.get(period.sdp_id)
        return (sdp is None or sdp.removed is None) and bool(original(state, desk, period))

    return can_be_asked_for


def _is_earlier_grouping(_: Sdp, attribute: str, day: Day, __: Value | None, before: History) -> bool:
    return attribute == COMPONENTS_OF and any(since > day for since, _ in before)


def _first_report_alone(original: Any) -> Any:
    """The first BR05 that lists anything is looked at, and none that comes later."""
    first: dict[int, str] = {}

    def take_sum_check_failures(file: Any, ids: Any, matters: Any) -> None:
        if file.details and first.setdefault(id(matters), str(file.name)) == str(file.name):
            original(file, ids, matters)

    return take_sum_check_failures


# --- file sets and reports on them ------------------------------------------------------------------------------


def _repeating(bent: Callable[[list[bool]], Application]) -> Application:
    """Something is bent while rejected sets are sent again: `bent` is given a list that is not empty meanwhile."""
    under_way: list[bool] = []

    def make(original: Any) -> Any:
        def repeat_rejected(state: State, desk: Desk) -> None:
            under_way.append(True)
            try:
                original(state, desk)
            finally:
                under_way.pop()

        return repeat_rejected

    return together(replaced(instructions, "repeat_rejected", make), bent(under_way))


def _without_files(stays_behind: Callable[[SetPart], bool]) -> Callable[[list[bool]], Application]:
    """Some files stand in the manifest, and stay behind."""

    def bent(under_way: list[bool]) -> Application:
        def make(original: Any) -> Any:
            def written(*about: Any) -> Any:
                return [each for each in original(*about) if not (under_way and stays_behind(each[0].part))]

            return written

        return replaced(file_sets, "written", make)

    return bent


def _without_components(under_way: list[bool]) -> Application:
    """Nothing of components is told again."""

    def make(original: Any) -> Any:
        def written(extract: Extract, *about: Any) -> Any:
            kept = tuple(each for each in extract.entries if not (under_way and each.file_no == COMPONENTS))
            return original(dataclasses.replace(extract, entries=kept), *about)

        return written

    return replaced(file_sets, "written", make)


def _warned_as_failed(original: Any) -> Any:
    """A set that was loaded with a warning is taken for one that failed to load, whatever other reports say of it."""

    def take_load(state: State, desk: Desk, file: Any) -> None:
        failed = state.profile.codes["load_status"]["failed"]

        def as_failed(record: Record) -> Record:
            if "warnings" not in record.layout.positions or not record["warnings"]:
                return record
            if (sent := desk.sequence.sent.get(str(record["tx_id"]))) is not None:
                sent.outcome = Outcome.WAITING
            at = record.layout.positions["status"]
            return dataclasses.replace(record, values=(*record.values[:at], failed, *record.values[at + 1 :]))

        original(state, desk, dataclasses.replace(file, others=[as_failed(each) for each in file.others]))

    return take_load


def _first_exception(original: Any) -> Any:
    return lambda desk, found, file: original(desk, found, dataclasses.replace(file, details=file.details[:1]))


def _last_exception(original: Any) -> Any:
    return lambda desk, found, file: original(desk, found, dataclasses.replace(file, details=file.details[-1:]))


# --- responses ----------------------------------------------------------------------------------------------------


def _by_line(original: Any) -> Any:
    """Where a response has as many lines as the request, each ID is taken for the SDP that was asked for in its line."""

    def take_response(details: Any, file: str, ldc: Any, known: Any, ids: Any, *more: Any) -> None:
        lines = list(details)
        asked = [sdp for sdp in known.sdps if sdp in ids.asked]
        if len(asked) == len(lines):
            lines = [_about(record, sdp) for record, sdp in zip(lines, asked, strict=True)]
        original(lines, file, ldc, known, ids, *more)

    return take_response


def _about(record: Record, sdp: str) -> Record:
    """A record that names another SDP."""
    at = record.layout.positions["sdp_id"]
    return dataclasses.replace(record, values=(*record.values[:at], sdp, *record.values[at + 1 :]))


def _one_file_a_minute(original: Any) -> Any:
    """Of several files with quantities that come in one minute the first alone is looked at."""
    seen: dict[tuple[int, Any], str] = {}

    def receive(cis: Any, recipient: Any, name: str, content: bytes) -> None:
        is_response = name.split(".")[2] in {"6000", "6100", "6200"}
        if not is_response or seen.setdefault((id(cis), cis.now), name) == name:
            original(cis, recipient, name, content)

    return receive


CIS_ONCE_MORE_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_lost_recovered_once",
        "BSV-10",
        "the response about a period is recovered once, though it gets lost twice",
        replaced(instructions, "recover_quantities", _a_period_once),
    ),
    cis_fault(
        "cis_first_of_lost_recovered_alone",
        "BSV-10",
        "of several SDPs whose response got lost that of the first alone is recovered",
        replaced(instructions, "recover_quantities", _first_alone),
    ),
    cis_fault(
        "cis_one_loss_at_a_time",
        "BSV-10",
        "of two responses that got lost, of which people tell at one time, one is recovered",
        replaced(instructions, "recover_quantities", _first_minute_alone),
    ),
    cis_fault(
        "cis_24_periods_of_a_cycle",
        "BSV-12",
        "of a billing cycle 24 periods are published, and no more",
        replaced(billing_cycle_schedule, "schedule_details", _so_many_of_a_cycle),
    ),
    cis_fault(
        "cis_closed_asked_again_twice_alone",
        "WIN-11",
        "a period that was answered 02 for a third time is not asked for again",
        replaced(billing_requests, "to_ask_again", _twice_and_no_more),
    ),
    cis_fault(
        "cis_agent_reads_no_br06",
        "BRP-11",
        "an agent does not look at BR06",
        _read_if("BR06", _is_own),
    ),
    cis_fault(
        "cis_br06_of_second_ldc_unread",
        "BRP-11",
        "an agent does not look at the BR06 of any LDC but the first",
        _read_if("BR06", _is_first),
    ),
    cis_fault(
        "cis_repeated_without_components_file",
        "SYN-07",
        "a rejected set is sent again without file 07, which its manifest lists",
        _repeating(_without_files(lambda part: part.file_no == COMPONENTS)),
    ),
    cis_fault(
        "cis_repeated_in_first_segments_alone",
        "SYN-07",
        "of a rejected set the first segment of each file alone is sent again",
        _repeating(_without_files(lambda part: part.segment_no != FIRST_SEGMENT)),
    ),
    cis_fault(
        "cis_repeated_without_components",
        "SEQ-08",
        "a rejected set is sent again without what it told of virtual SDPs",
        _repeating(_without_components),
    ),
    cis_fault(
        "cis_first_exception_alone",
        "ISY-05",
        "of several attributes that an IR07 names the first alone is told again",
        replaced(synchronization_reports, "take_exceptions", _first_exception),
    ),
    cis_fault(
        "cis_last_exception_alone",
        "ISY-05",
        "of several attributes that an IR07 names the last alone is told again",
        replaced(synchronization_reports, "take_exceptions", _last_exception),
    ),
    cis_fault(
        "cis_ir10_of_second_ldc_unread",
        "SEQ-08",
        "an agent does not look at the IR10 of any LDC but the first",
        _read_if("IR10", _is_first),
    ),
    cis_fault(
        "cis_ids_taken_by_line",
        "USDP-20",
        "each Universal SDP ID is taken for the SDP that was asked for in its line",
        replaced(identifiers, "take_response", _by_line),
    ),
    cis_fault(
        "cis_one_response_a_minute",
        "WIN-11",
        "of several responses that come in one minute the first alone is looked at",
        replaced(mailbox, "receive", _one_file_a_minute),
    ),
    cis_fault(
        "cis_no_last_days_of_removed",
        "BSV-09",
        "of an SDP that was given up no quantities are asked for, be it of the days before that",
        replaced(instructions, "can_be_asked_for", _not_of_removed),
    ),
    cis_fault(
        "cis_earlier_components_not_told",
        "SYN-13",
        "which SDPs a virtual one aggregates from an earlier day is not told where a later one is on record",
        taken_for_told(_is_earlier_grouping),
    ),
    cis_fault(
        "cis_first_br05_alone",
        "SUM-08",
        "the first BR05 that lists anything is looked at, and none that comes later",
        replaced(billing_quantities, "take_sum_check_failures", _first_report_alone),
    ),
    cis_fault(
        "cis_warned_set_sent_again",
        "SEQ-02",
        "a set that was loaded with a warning is sent again under its number",
        _receiving("IR14", _warned_as_failed),
    ),
)
