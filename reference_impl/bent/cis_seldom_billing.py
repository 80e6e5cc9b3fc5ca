"""Faults of a CIS in billing files of few cases: a single day, the end of a year, a second LDC, after a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_bending import Wanted, asked_otherwise, cis_fault, rows_of, whoever_bills
from reference_impl.bent.cis_details import in_version
from reference_impl.bent.cis_rare_cases import forgotten
from reference_impl.cis import billing_cycle_schedule, billing_requests, instructions
from reference_impl.cis.billing_cycle_schedule import Cycle, Schedule
from reference_impl.cis.billing_requests import Period, Requests
from reference_impl.cis.state import Desk, State, Submission

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=62)
MARCH, SUNDAY = 3, 6
LAST_OF_YEAR = (12, 31)
DETAIL, VERSION = "DT|", -1


# --- requests -------------------------------------------------------------------------------------------------


def _recovers(file: Submission) -> bool:
    """Whether a request asks for an earlier response."""
    lines = file.content.decode().split("\r\n")
    return any(line.split("|")[VERSION] for line in lines if line.startswith(DETAIL))


def _each(change: Callable[[Wanted, Desk], Wanted]) -> Application:
    """Each period that is asked for is asked for otherwise."""
    return asked_otherwise(lambda wanted, _, desk: [change(each, desk) for each in wanted])


def _periods(change: Callable[[Period], tuple[date, date]]) -> Application:
    """The days of what is asked for are others: from a day until another."""

    def changed(each: Wanted, _: Desk) -> Wanted:
        start, end = change(each.period)
        return each._replace(period=each.period._replace(start=Day(start), end=Day(end)))

    return _each(changed)


def _clocks_go_forward(day: date) -> bool:
    return day.month == MARCH and day.weekday() == SUNDAY and 7 < day.day <= 14


def _from_the_day_before(period: Period) -> tuple[date, date]:
    return period.start - ONE_DAY * _clocks_go_forward(period.start), period.end


def _into_the_new_year(period: Period) -> tuple[date, date]:
    is_last = (period.start.month, period.start.day) == LAST_OF_YEAR
    return period.start, period.end + ONE_DAY * is_last


def _two_days_as_one(period: Period) -> tuple[date, date]:
    return period.start, period.end - ONE_DAY * (period.end - period.start == 2 * ONE_DAY)


def _single_days_off_cycle(each: Wanted, _: Desk) -> Wanted:
    return each._replace(on_cycle=each.on_cycle and each.period.end - each.period.start > ONE_DAY)


def _virtual_off_cycle(each: Wanted, desk: Desk) -> Wanted:
    return each._replace(on_cycle=each.on_cycle and not desk.book.sdps[each.period.sdp_id].is_virtual)


def _once_restarted(bent: Callable[[set[int]], Application]) -> Application:
    """Something is bent from a restart on: `bent` is given the desks that have seen one."""
    restarted: set[int] = set()
    return together(forgotten(lambda desk: restarted.add(id(desk))), bent(restarted))


def _asked_anew(restarted: set[int]) -> Application:
    return _each(lambda each, desk: each._replace(version=None) if id(desk) in restarted else each)


def _whoever_bills(restarted: set[int]) -> Application:
    def make(original: Any) -> Any:
        return lambda state, desk, period: id(desk) in restarted or original(state, desk, period)

    return replaced(instructions, "can_be_asked_for", make)


def _first_billed_again(original: Any) -> Any:
    return lambda state, desk, periods, *, rebill: original(state, desk, periods[:1], rebill=rebill)


# --- what was closed ------------------------------------------------------------------------------------------


def _forget_requests(desk: Desk) -> None:
    desk.requests.active.clear()
    desk.requests.latest = dict.fromkeys(desk.requests.latest, "")


def _asked_again_if(is_meant: Callable[[Period, bool, Any], bool]) -> Application:
    """Of what was closed some is asked for again: `is_meant` is given the period, its cycle, and the corrected days."""

    def make(original: Any) -> Any:
        def to_ask_again(requests: Requests, sdps: Any, corrected: Any) -> list[Any]:
            found = original(requests, sdps, corrected)
            return [(period, on_cycle) for period, on_cycle in found if is_meant(period, on_cycle, corrected)]

        return to_ask_again

    return replaced(billing_requests, "to_ask_again", make)


def _reaches_beyond_first(period: Period, _: bool, corrected: Any) -> bool:
    return corrected is None or period.start < corrected[1] or corrected[0] == corrected[1]


# --- schedules ------------------------------------------------------------------------------------------------


def _renewed_before_restart_alone(restarted: set[int]) -> Application:
    def make(original: Any) -> Any:
        return lambda state, desk, cycles: None if id(desk) in restarted else original(state, desk, cycles)

    return replaced(instructions, "publish_billing_schedule", make)


def _longer_ones(original: Any) -> Any:
    """Periods of one day are left out of schedules."""

    def changed(cycles: list[Cycle], schedule: Schedule) -> list[Cycle]:
        return [each for each in original(cycles, schedule) if each.end - each.start > ONE_DAY]

    return changed


def _second_ldc_whenever(original: Any) -> Any:
    """Dates of any LDC but the first are changed whenever."""

    def publish(state: State, desk: Desk, cycles: Any) -> None:
        if desk is next(iter(state.desks.values())):
            original(state, desk, cycles)
            return
        with replaced(billing_cycle_schedule, "comes_too_late", lambda _: lambda *_: False)(None):
            original(state, desk, cycles)

    return publish


CIS_SELDOM_BILLING_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_recovering_in_next_version",
        "FTS-07",
        "requests that recover a response are sent in version 01",
        in_version("5000", "01", _recovers),
    ),
    cis_fault(
        "cis_single_days_off_cycle", "BSV-02", "a single day is asked for off cycle", _each(_single_days_off_cycle)
    ),
    cis_fault("cis_virtual_off_cycle", "BSV-02", "virtual SDPs are asked for off cycle", _each(_virtual_off_cycle)),
    cis_fault(
        "cis_from_before_clocks_go_forward",
        "BSV-09",
        "a period from the day on which clocks go forward begins the day before",
        _periods(_from_the_day_before),
    ),
    cis_fault(
        "cis_last_of_year_with_first",
        "BSV-09",
        "a period from the last day of a year on takes in a day too many",
        _periods(_into_the_new_year),
    ),
    cis_fault(
        "cis_two_days_as_one",
        "BSV-09",
        "of two days the first alone is asked for",
        _periods(_two_days_as_one),
    ),
    cis_fault(
        "cis_two_months_at_most",
        "BSV-09",
        "of a long period two months are asked for",
        _periods(lambda period: (period.start, min(period.end, period.start + LONGEST))),
    ),
    cis_fault(
        "cis_lost_asked_anew_after_restart",
        "BSV-10",
        "started again, the CIS asks for lost responses anew, not as they were delivered",
        _once_restarted(_asked_anew),
    ),
    cis_fault(
        "cis_bills_again_whoever_bills",
        "BSV-08",
        "what is billed again is asked for whoever bills",
        replaced(instructions, "decide", whoever_bills),
    ),
    cis_fault(
        "cis_recovers_whoever_bills",
        "BSV-08",
        "responses that got lost are recovered whoever bills",
        replaced(instructions, "recover_quantities", whoever_bills),
    ),
    cis_fault(
        "cis_whoever_bills_after_restart",
        "BSV-08",
        "started again, the CIS asks for quantities whoever bills",
        _once_restarted(_whoever_bills),
    ),
    cis_fault(
        "cis_first_decided_alone",
        "BRP-12",
        "of several that are billed again the first alone is asked for",
        replaced(instructions, "decide", _first_billed_again),
    ),
    cis_fault(
        "cis_unanswered_lost_in_restart",
        "WIN-11",
        "started again, the CIS has forgotten which requests wait for an answer",
        forgotten(_forget_requests),
    ),
    cis_fault(
        "cis_closed_first_day_passed_over",
        "WIN-11",
        "what was closed is not asked for again where the problem ended with its first day",
        _asked_again_if(_reaches_beyond_first),
    ),
    cis_fault(
        "cis_listed_off_cycle_passed_over",
        "BRP-11",
        "what was asked for off cycle is not submitted again",
        _asked_again_if(lambda _, on_cycle, __: on_cycle),
    ),
    cis_fault(
        "cis_schedule_zeros_dropped",
        "BSV-12",
        "zeros with which a Billing Cycle ID begins are left out of schedules",
        rows_of("8000", lambda rows: [[row[0], row[1].lstrip("0"), *row[2:]] for row in rows]),
    ),
    cis_fault(
        "cis_single_days_not_published",
        "BSV-12",
        "periods of one day are left out of the schedule",
        replaced(billing_cycle_schedule, "changed", _longer_ones),
    ),
    cis_fault(
        "cis_not_renewed_after_restart",
        "BSV-12",
        "started again, the CIS renews no schedule",
        _once_restarted(_renewed_before_restart_alone),
    ),
    cis_fault(
        "cis_second_ldcs_dates_whenever",
        "BSV-04",
        "an agent changes the second LDC's dates whenever",
        replaced(instructions, "publish_billing_schedule", _second_ldc_whenever),
    ),
)
