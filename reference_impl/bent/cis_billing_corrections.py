"""Faults of a CIS in asking again for what was closed without quantities: too early, too little, too much, or never."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import (
    Wanted,
    asked_otherwise,
    cis_fault,
    of_type,
    reads_a_name_once,
    without_last_record,
)
from reference_impl.cis import billing_requests, instructions
from reference_impl.cis import cis as mailbox
from reference_impl.cis.billing_requests import Period, Requests
from reference_impl.cis.cis import next_work
from reference_impl.cis.state import Desk, State, Submission

TWICE = 2
ONE_DAY = timedelta(days=1)
Closed = list[tuple[Period, bool]]
"""Periods that are to be asked for again, and whether each was on cycle."""


def _again(change: Callable[[Closed, Requests], Closed]) -> Application:
    """Change what is asked for again once a problem is corrected."""

    def make(original: Any) -> Any:
        return lambda requests, sdps, corrected: change(original(requests, sdps, corrected), requests)

    return replaced(billing_requests, "to_ask_again", make)


def _made_before(requests: Requests, period: Period) -> int:
    """How many requests were made for a period, apart from those that recover a response."""
    return sum(made.period == period and made.version is None for made in requests.made.values())


def _whoevers(original: Any) -> Any:
    """Whosever problem is corrected, all that was closed is asked for again."""
    return lambda requests, _, corrected: original(requests, (), corrected)


def _nobodys(original: Any) -> Any:
    """Where people name days and no SDPs nothing is asked for again."""

    def to_ask_again(requests: Requests, sdps: Any, corrected: Any) -> Closed:
        return list(original(requests, sdps, corrected)) if sdps or corrected is None else []

    return to_ask_again


def _corrected_days(original: Any) -> Any:
    """Of what was closed the days alone are asked for of which the problem was."""

    def to_ask_again(requests: Requests, sdps: Any, corrected: Any) -> Closed:
        found = original(requests, sdps, corrected)
        if corrected is None:
            return list(found)
        days = billing_requests.period_of(sdps[0], *corrected)
        return [
            (Period(period.sdp_id, max(period.start, days.start), min(period.end, days.end)), on_cycle)
            for period, on_cycle in found
        ]

    return to_ask_again


def _all_of_the_days(original: Any) -> Any:
    """Whatever was asked for of the days of the problem is asked for again, answered or not."""

    def to_ask_again(requests: Requests, sdps: Any, corrected: Any) -> Closed:
        made = {each.period: each.on_cycle for each in requests.made.values() if each.period.sdp_id in sdps}
        return list(made.items()) if original(requests, sdps, corrected) else []

    return to_ask_again


def _with_first_version(wanted: list[Wanted], state: State, desk: Desk) -> list[Wanted]:
    """Of a period that was asked for before, the closed response is asked for as it was delivered."""
    return [each._replace(version=state.now) if _made_before(desk.requests, each.period) else each for each in wanted]


def _file_sent_again(original: Any) -> Any:
    """A period that was asked for before is asked for by sending the former file once more."""
    kept: list[Submission] = []

    def submit_requests(state: State, desk: Desk, wanted: Any) -> None:
        if any(_made_before(desk.requests, period) for period, _, __ in wanted):
            former = [file for file in kept if file.name in state.names]
            state.outbox += [dataclasses.replace(file, instant=state.now) for file in former[:1]]
        else:
            original(state, desk, wanted)
            kept.extend(file for file in state.outbox if of_type(file, "5000"))

    return submit_requests


def _at_once(deed: Callable[[State, Desk], None], *types: str) -> Application:
    """Something is done as soon as a file of some types has come."""

    def make(original: Any) -> Any:
        def receive(cis: State, recipient: Any, name: str, content: bytes) -> None:
            original(cis, recipient, name, content)
            if name.split(".")[2:3] and name.split(".")[2] in types:
                cis.due += [(next_work(cis.now), ldc, deed) for ldc in cis.desks]

        return receive

    return replaced(mailbox, "receive", make)


def _ask_for_closed(state: State, desk: Desk) -> None:
    instructions.request_quantities(state, desk, list(desk.requests.closed.items()))


def _told(desk: Desk) -> list[Period]:
    """The periods of which BR03 told, and on which nobody has decided."""
    return [key[1] for key in desk.matters.held if key[0] == "rebilling" and isinstance(key[1], Period)]


def _bill_all_again(state: State, desk: Desk) -> None:
    """Ask for whatever BR03 told of and nobody has decided on."""
    instructions.decide(state, desk, _told(desk), rebill=True)


def _decided(change: Callable[[list[Period], Desk, bool], tuple[list[Period], bool]]) -> Application:
    """Change what becomes of a decision about what BR03 told of."""

    def make(original: Any) -> Any:
        def decide(state: State, desk: Desk, periods: Any, *, rebill: bool) -> None:
            changed, again = change(list(periods), desk, rebill)
            original(state, desk, changed, rebill=again)

        return decide

    return replaced(instructions, "decide", make)


def _with_all_told(periods: list[Period], desk: Desk, rebill: bool) -> tuple[list[Period], bool]:
    return [*periods, *(period for period in _told(desk) if period not in periods)], rebill


def _with_following(periods: list[Period], desk: Desk, rebill: bool) -> tuple[list[Period], bool]:
    """With a period all that were asked for of the SDP and follow it."""
    made = dict.fromkeys(request.period for request in desk.requests.made.values())
    following = [
        period for period in made if any(period.sdp_id == each.sdp_id and period.start >= each.end for each in periods)
    ]
    return [*periods, *following], rebill


def _not_of_the_schedule(original: Any) -> Any:
    """Of a BR06 the lines without a Request Detail ID, which the schedule asked for, are passed over."""

    def take_no_reads(file: Any, requests: Any, ids: Any, matters: Any) -> None:
        own = [record for record in file.details if record["request_detail_id"] is not None]
        original(dataclasses.replace(file, details=own), requests, ids, matters)

    return take_no_reads


CIS_BILLING_CORRECTION_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_closed_never_asked_again", "WIN-11", "what was answered 02 is never asked for again", _again(lambda *_: [])
    ),
    cis_fault(
        "cis_closed_asked_again_once",
        "WIN-11",
        "what was answered 02 is asked for again once, and not after it was answered 02 for a second time",
        _again(
            lambda closed, requests: [(period, on) for period, on in closed if _made_before(requests, period) < TWICE]
        ),
    ),
    cis_fault(
        "cis_last_closed_not_asked_again",
        "WIN-11",
        "of several periods that were answered 02 the last is not asked for again",
        _again(lambda closed, _: closed[:-1] if len(closed) > 1 else closed),
    ),
    cis_fault(
        "cis_closed_of_schedule_not_asked_again",
        "WIN-11",
        "what the schedule had asked for is not asked for again",
        _again(lambda closed, requests: [each for each in closed if _made_before(requests, each[0])]),
    ),
    cis_fault(
        "cis_closed_on_cycle_not_asked_again",
        "WIN-11",
        "what was asked for on cycle is left to the next cycle, and not asked for again",
        _again(lambda closed, _: [each for each in closed if not each[1]]),
    ),
    cis_fault(
        "cis_closed_days_alone_asked_again",
        "WIN-11",
        "of a period the days alone are asked for again whose meter data had been missing",
        replaced(billing_requests, "to_ask_again", _corrected_days),
    ),
    cis_fault(
        "cis_problem_of_all_taken_for_none",
        "WIN-11",
        "where people name the days of a problem and no SDPs nothing is asked for again",
        replaced(billing_requests, "to_ask_again", _nobodys),
    ),
    cis_fault(
        "cis_whole_no_data_passed_over",
        "WIN-11",
        "a response that came cut short is not looked at when it comes whole",
        replaced(mailbox, "receive", reads_a_name_once),
    ),
    cis_fault(
        "cis_closed_response_recovered",
        "WIN-08",
        "instead of a new request one is made that recovers the response of the closed one",
        asked_otherwise(_with_first_version),
    ),
    cis_fault(
        "cis_closed_file_sent_again",
        "WIN-08",
        "instead of a new request the file with the closed one is sent once more",
        replaced(instructions, "submit_requests", _file_sent_again),
    ),
    cis_fault(
        "cis_closed_off_cycle_waited_for",
        "WIN-08",
        "of a request off cycle that was closed an answer is still waited for",
        _again(lambda closed, _: [each for each in closed if each[1]]),
    ),
    cis_fault(
        "cis_second_closed_waited_for",
        "WIN-08",
        "where the first of two requests was answered with quantities, the second is still waited for",
        _again(
            lambda closed, requests: [
                each for each in closed if next(iter(requests.made.values())).period.sdp_id == each[0].sdp_id
            ]
        ),
    ),
    cis_fault(
        "cis_no_reads_report_unread",
        "BRP-11",
        "BR06 is not read",
        replaced(billing_requests, "take_no_reads", lambda _: lambda *_: None),
    ),
    cis_fault(
        "cis_first_listed_alone_asked_again",
        "BRP-11",
        "of several requests that BR06 lists the first alone is submitted again",
        _again(lambda closed, _: closed[:1]),
    ),
    cis_fault(
        "cis_last_listed_not_asked_again",
        "BRP-11",
        "of several requests that BR06 lists the last is not submitted again",
        _again(lambda closed, _: closed[:-1] or closed),
    ),
    cis_fault(
        "cis_listed_asked_again_whosever",
        "BRP-11",
        "once the problem of one SDP is corrected, all that BR06 lists is submitted again",
        replaced(billing_requests, "to_ask_again", _whoevers),
    ),
    cis_fault(
        "cis_listed_asked_again_at_once",
        "BRP-11",
        "what BR06 lists is submitted again as soon as the report has come",
        _at_once(_ask_for_closed, "BR06"),
    ),
    cis_fault(
        "cis_closed_asked_again_at_once",
        "BRP-11",
        "what was answered 02 is submitted again as soon as the response has come",
        _at_once(_ask_for_closed, "6000", "6100"),
    ),
    cis_fault(
        "cis_answered_asked_again",
        "BRP-11",
        "with what BR06 lists all that was ever asked for of the SDP is submitted again",
        replaced(billing_requests, "to_ask_again", _all_of_the_days),
    ),
    cis_fault(
        "cis_listed_of_schedule_passed_over",
        "BRP-11",
        "lines of BR06 without a Request Detail ID are passed over",
        replaced(billing_requests, "take_no_reads", _not_of_the_schedule),
    ),
    cis_fault(
        "cis_not_billing_agent_asks_again",
        "BSV-08",
        "what was answered 08 is asked for again as soon as the response has come",
        _at_once(_ask_for_closed, "6000", "6100"),
    ),
    cis_fault(
        "cis_never_bills_again",
        "BRP-12",
        "whatever people decide, nothing is asked for again",
        _decided(lambda periods, _, __: (periods, False)),
    ),
    cis_fault(
        "cis_always_bills_again",
        "BRP-12",
        "whatever people decide, it is asked for again",
        _decided(lambda periods, _, __: (periods, True)),
    ),
    cis_fault(
        "cis_bills_all_again",
        "BRP-12",
        "with the one that people decide on all that BR03 tells of is asked for again",
        _decided(_with_all_told),
    ),
    cis_fault(
        "cis_bills_following_again",
        "BRP-12",
        "with the period that people decide on those that follow it are asked for again",
        _decided(_with_following),
    ),
    cis_fault(
        "cis_bills_again_unasked",
        "BRP-12",
        "what BR03 tells of is asked for again before anybody has decided",
        _at_once(_bill_all_again, "BR03"),
    ),
    cis_fault(
        "cis_last_day_billed_again",
        "BRP-12",
        "of a period that is billed again the last day is left out",
        _decided(lambda periods, _, rebill: ([each._replace(end=Day(each.end - ONE_DAY)) for each in periods], rebill)),
    ),
    cis_fault(
        "cis_no_reads_filed_away",
        "BRP-13",
        "BR06 is filed away, and nobody hears of what it lists",
        replaced(billing_requests, "take_no_reads", lambda _: lambda *_: None),
    ),
    cis_fault(
        "cis_no_reads_without_last_line",
        "BRP-13",
        "of what BR06 lists the last record is not read",
        replaced(billing_requests, "take_no_reads", without_last_record),
    ),
)
