"""Faults of a CIS in asking for quantities: for whom, for which days, on which cycle, anew or as delivered before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, later
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import (
    Rows,
    Wanted,
    asked_otherwise,
    cis_fault,
    may_submit,
    rows_of,
    whoever_bills,
)
from reference_impl.cis import billing_requests, book, file_transfer, instructions
from reference_impl.cis.billing_requests import Period
from reference_impl.cis.state import Desk, State

REQUEST, CYCLE = "5000", 3
ONE_DAY = timedelta(days=1)
SUNDAY, NOVEMBER, FIRST_WEEK = 6, 11, 7


# --- on cycle and off cycle (BSV-02) ------------------------------------------------------------------------


def _cycles(change: Callable[[list[str]], list[str]]) -> Application:
    """Change the cycles of the lines of a request."""

    def changed(rows: Rows) -> Rows:
        cycles = change([row[CYCLE] for row in rows])
        return [[*row[:CYCLE], cycle, *row[CYCLE + 1 :]] for row, cycle in zip(rows, cycles, strict=True)]

    return rows_of(REQUEST, changed)


def _last_of_several_turned(cycles: list[str]) -> list[str]:
    return [*cycles[:-1], "F" if cycles[-1] == "N" else "N"] if len(cycles) > 1 else cycles


def _cycle_of_first(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    """Whatever is asked for has the cycle of the first request of all."""
    made = list(desk.requests.made.values())
    return [each._replace(on_cycle=made[0].on_cycle) for each in wanted] if made else wanted


def _one_at_a_time(_: Any) -> Any:
    def is_active(requests: Any, period: Period) -> bool:
        return any(requests.made[each].period.sdp_id == period.sdp_id for each in requests.active)

    return is_active


# --- the days (BSV-09) --------------------------------------------------------------------------------------


def _days(change: Callable[[Period], Period]) -> Application:
    """Change the days that stand for a period."""

    def make(original: Any) -> Any:
        return lambda sdp_id, first, last: change(original(sdp_id, first, last))

    return replaced(billing_requests, "period_of", make)


def _moved(period: Period, start: int = 0, end: int = 0) -> Period:
    return Period(period.sdp_id, Day(period.start + start * ONE_DAY), Day(period.end + end * ONE_DAY))


def _single_day_on_itself(period: Period) -> Period:
    return _moved(period, end=-1) if period.end - period.start == ONE_DAY else period


def _year_not_carried(period: Period) -> Period:
    last = period.end - ONE_DAY
    return period._replace(end=Day(period.end.replace(year=last.year)))


def _end_of_month_inclusive(period: Period) -> Period:
    return _moved(period, end=-1) if period.end.day == 1 else period


def _hours_counted(period: Period) -> Period:
    """The last day's end is 24 hours after it begins, by a clock that is put back on the first Sunday of November."""
    last = period.end - ONE_DAY
    is_longer = last.month == NOVEMBER and last.weekday() == SUNDAY and last.day <= FIRST_WEEK
    return _moved(period, end=-1) if is_longer else period


def _after_the_former(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    """A period that follows one that was asked for begins a day after the end of that."""
    ends = {(made.period.sdp_id, made.period.end) for made in desk.requests.made.values()}
    return [
        each._replace(period=_moved(each.period, start=1)) if (each.period.sdp_id, each.period.start) in ends else each
        for each in wanted
    ]


def _days_of_first(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    """Whatever SDP is asked for has the days of the first request of all."""
    made = list(desk.requests.made.values())
    if not made or wanted[0].period.sdp_id in {request.period.sdp_id for request in made}:
        return wanted
    first = made[0].period
    return [each._replace(period=first._replace(sdp_id=each.period.sdp_id)) for each in wanted]


# --- who bills (BSV-08) -------------------------------------------------------------------------------------


def _biller(agent_of: Callable[[Any, Period], Any]) -> Application:
    """Take another for the billing agent of an SDP."""
    return replaced(billing_requests, "is_billed_by", lambda _: lambda sdp, period, you: agent_of(sdp, period) == you)


def _entries(sdp: Any) -> list[Any]:
    return [value for _, value in sdp.histories["billing_agent"]]


def _all_or_none(wanted: list[Wanted], state: State, desk: Desk) -> list[Wanted]:
    return wanted if all(_is_ours(each, state, desk) for each in wanted) else []


def _is_ours(wanted: Wanted, state: State, desk: Desk) -> bool:
    sdp = desk.book.sdps[wanted.period.sdp_id]
    return billing_requests.is_billed_by(sdp, wanted.period, state.parties.you)


def _last_unseen(original: Any) -> Any:
    """The last period of a request is not looked at."""

    def submit_requests(state: State, desk: Desk, wanted: Any) -> None:
        ours = [each for each in wanted[:-1] if _is_ours(Wanted(*each), state, desk)]
        whoever_bills(original)(state, desk, [*ours, *wanted[-1:]])

    return submit_requests


def _for_the_ldc_too(original: Any) -> Any:
    """An agent asks for quantities of the SDPs that the LDC itself bills for."""

    def can_be_asked_for(state: State, desk: Desk, period: Period) -> bool:
        agent = book.value_on(desk.book.sdps[period.sdp_id], "billing_agent", period.start)
        return bool(agent == desk.ldc or original(state, desk, period))

    return can_be_asked_for


# --- who may submit (BSV-07) --------------------------------------------------------------------------------


def _any_ldcs_leave(_: Any) -> Any:
    def may_submit(parties: Any, ldc: Any, file_id: str) -> bool:
        return ldc == parties.you or any(file_id in types for types in parties.authorised.values())

    return may_submit


def _never_for_others(original: Any) -> Any:
    def may_submit(parties: Any, ldc: Any, file_id: str) -> bool:
        return bool(original(parties, ldc, file_id)) and (file_id != REQUEST or ldc == parties.you)

    return may_submit


# --- as it was delivered (BSV-10) ---------------------------------------------------------------------------


def _lost(change: Callable[[Wanted, State], Wanted]) -> Application:
    """Change what is asked for where a response got lost."""
    return asked_otherwise(lambda wanted, state, _: [change(each, state) if each.version else each for each in wanted])


def _all_that_was_asked(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    """Where one response got lost, those to all requests are recovered."""
    if not wanted[0].version:
        return wanted
    periods = dict.fromkeys(made.period for made in desk.requests.made.values())
    return [wanted[0]._replace(period=period) for period in periods]


def _of_first_sdp(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    first = next(iter(desk.requests.made.values())).period.sdp_id if desk.requests.made else None
    return [
        each._replace(period=each.period._replace(sdp_id=first)) if each.version and first else each for each in wanted
    ]


CIS_BILLING_REQUEST_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_all_on_cycle", "BSV-02", "whatever is asked for is on cycle", _cycles(lambda cycles: ["N"] * len(cycles))
    ),
    cis_fault(
        "cis_all_off_cycle",
        "BSV-02",
        "whatever is asked for is off cycle",
        _cycles(lambda cycles: ["F"] * len(cycles)),
    ),
    cis_fault(
        "cis_last_line_on_other_cycle",
        "BSV-02",
        "of several lines the last is made on the other cycle",
        _cycles(_last_of_several_turned),
    ),
    cis_fault(
        "cis_cycle_of_first_request",
        "BSV-02",
        "whatever is asked for has the cycle of the first request",
        asked_otherwise(_cycle_of_first),
    ),
    cis_fault(
        "cis_one_request_at_a_time",
        "BSV-02",
        "no days off cycle are asked for while the SDP's request on cycle has no answer",
        replaced(billing_requests, "is_active", _one_at_a_time),
    ),
    cis_fault(
        "cis_end_inclusive", "BSV-09", "the end of a request is the last day", _days(lambda p: _moved(p, end=-1))
    ),
    cis_fault(
        "cis_start_exclusive",
        "BSV-09",
        "a request starts with the day after the first",
        _days(lambda p: _moved(p, start=1)),
    ),
    cis_fault("cis_end_a_day_late", "BSV-09", "a request takes in a day too many", _days(lambda p: _moved(p, end=1))),
    cis_fault(
        "cis_single_day_ends_on_itself",
        "BSV-09",
        "a period of one day ends on the day on which it starts",
        _days(_single_day_on_itself),
    ),
    cis_fault(
        "cis_year_not_carried",
        "BSV-09",
        "the day after the last of December stands in the year that has ended",
        _days(_year_not_carried),
    ),
    cis_fault(
        "cis_end_of_month_inclusive",
        "BSV-09",
        "a period that ends with a month leaves its last day out",
        _days(_end_of_month_inclusive),
    ),
    cis_fault(
        "cis_hours_counted",
        "BSV-09",
        "a day on which clocks are put back ends an hour early, and with it the period",
        _days(_hours_counted),
    ),
    cis_fault(
        "cis_second_period_a_day_late",
        "BSV-09",
        "a period that follows another begins a day after the end of that",
        asked_otherwise(_after_the_former),
    ),
    cis_fault(
        "cis_days_of_first_request",
        "BSV-09",
        "further SDPs are asked for with the days of the first",
        asked_otherwise(_days_of_first),
    ),
    cis_fault(
        "cis_asks_whoever_bills",
        "BSV-08",
        "quantities are asked for whoever bills",
        replaced(billing_requests, "is_billed_by", lambda _: lambda *_: True),
    ),
    cis_fault(
        "cis_first_billing_agent_counts",
        "BSV-08",
        "the billing agent that an SDP had first counts for ever",
        _biller(lambda sdp, _: _entries(sdp)[0]),
    ),
    cis_fault(
        "cis_future_billing_agent_counts",
        "BSV-08",
        "the billing agent on record last counts, though it bills from a later day on",
        _biller(lambda sdp, _: _entries(sdp)[-1]),
    ),
    cis_fault(
        "cis_day_after_first_counts_too",
        "BSV-08",
        "who billed before the period's first day counts as well",
        replaced(
            billing_requests,
            "is_billed_by",
            lambda original: (
                lambda sdp, period, you: (
                    original(sdp, period, you)
                    or book.value_on(sdp, "billing_agent", Day(period.start - ONE_DAY)) == you
                )
            ),
        ),
    ),
    cis_fault(
        "cis_all_or_none_billed",
        "BSV-08",
        "where another bills for one SDP, none of those that were ordered with it is asked for",
        asked_otherwise(_all_or_none),
    ),
    cis_fault(
        "cis_last_billing_agent_unseen",
        "BSV-08",
        "of several SDPs the last is asked for whoever bills",
        replaced(instructions, "submit_requests", _last_unseen),
    ),
    cis_fault(
        "cis_agent_asks_for_the_ldc",
        "BSV-08",
        "an agent asks for quantities of SDPs that the LDC itself bills for",
        replaced(instructions, "can_be_asked_for", _for_the_ldc_too),
    ),
    cis_fault(
        "cis_agent_bills_without_leave",
        "BSV-07",
        "an agent submits billing files whatever the LDC has authorised",
        may_submit(lambda authorised, wanted: wanted in authorised or wanted in {"5000", "8000"}),
    ),
    cis_fault(
        "cis_leave_for_requests_is_for_schedules",
        "BSV-07",
        "an authorisation for requests is taken for one for schedules",
        may_submit(lambda authorised, wanted: wanted in authorised or (wanted == "8000" and "5000" in authorised)),
    ),
    cis_fault(
        "cis_leave_for_schedules_is_for_requests",
        "BSV-07",
        "an authorisation for schedules is taken for one for requests",
        may_submit(lambda authorised, wanted: wanted in authorised or (wanted == "5000" and "8000" in authorised)),
    ),
    cis_fault(
        "cis_leave_of_first_ldc_is_for_second",
        "BSV-07",
        "what one LDC has authorised is taken to be authorised by the second as well",
        replaced(file_transfer, "may_submit", _any_ldcs_leave),
    ),
    cis_fault(
        "cis_agent_never_asks_for_quantities",
        "BSV-07",
        "an agent asks for no quantities, though it is authorised",
        replaced(file_transfer, "may_submit", _never_for_others),
    ),
    cis_fault(
        "cis_lost_response_asked_anew",
        "BSV-10",
        "a response that got lost is asked for anew, not as it was delivered",
        _lost(lambda each, _: each._replace(version=None)),
    ),
    cis_fault(
        "cis_lost_response_of_hour_before",
        "BSV-10",
        "a response that got lost is asked for as of an hour before it was delivered",
        _lost(lambda each, _: each._replace(version=later(each.version, minutes=-60) if each.version else None)),
    ),
    cis_fault(
        "cis_newest_response_recovered",
        "BSV-10",
        "whichever response got lost, the newest is asked for",
        _lost(lambda each, state: each._replace(version=state.now)),
    ),
    cis_fault(
        "cis_all_responses_recovered",
        "BSV-10",
        "where one response got lost, all others are asked for again, too",
        asked_otherwise(_all_that_was_asked),
    ),
    cis_fault(
        "cis_first_sdp_recovered",
        "BSV-10",
        "whichever SDP's response got lost, that of the first is asked for",
        asked_otherwise(_of_first_sdp),
    ),
    cis_fault(
        "cis_last_day_recovered",
        "BSV-10",
        "of a response that got lost the last day alone is asked for",
        _lost(lambda each, _: each._replace(period=each.period._replace(start=Day(each.period.end - ONE_DAY)))),
    ),
    cis_fault(
        "cis_always_an_earlier_response",
        "BSV-10",
        "whatever is asked for is asked for as of now, and an earlier response answers it",
        asked_otherwise(lambda wanted, state, _: [each._replace(version=each.version or state.now) for each in wanted]),
    ),
)
