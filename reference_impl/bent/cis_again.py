"""Faults of a CIS that show the second time: what changes after it was told, moves after it was moved, comes after it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import Wanted, asked_otherwise, cis_fault
from reference_impl.cis import billing_cycle_schedule, billing_quantities, billing_requests, book
from reference_impl.cis.billing_cycle_schedule import Cycle, Schedule
from reference_impl.cis.billing_requests import Period
from reference_impl.cis.book import Book, History, Sdp, Value
from reference_impl.cis.open_matters import OpenMatters
from reference_impl.cis.state import Desk, State

ONE_DAY = timedelta(days=1)
CUT, BOOTED = "cut_at_pole", "booted"


# --- what is on record (ISY) --------------------------------------------------------------------------------


def taken_for_told(is_meant: Callable[[Sdp, str, Day, Value | None, History], bool]) -> Application:
    """Some of what is put on record is taken for told: `is_meant` is given what was on record of the attribute before."""

    def make(original: Any) -> Any:
        def enter(known: Book, sdp: Sdp, attribute: str, day: Day, value: Value | None) -> None:
            before, untold = sdp.histories.get(attribute, ()), known.untold.get(sdp.sdp_id, {}).get(attribute, set())
            waits = day in untold
            original(known, sdp, attribute, day, value)
            if not waits and before and is_meant(sdp, attribute, day, value, before):
                book.mark_told(known, sdp.sdp_id, {attribute: frozenset({day})})

        return enter

    return replaced(book, "enter", make)


def _is_correction(_: Sdp, __: str, day: Day, ___: Value | None, before: History) -> bool:
    return any(since == day for since, _ in before)


def _is_of_virtual(sdp: Sdp, attribute: str, *_: Any) -> bool:
    return sdp.is_virtual and attribute != "components"


def _is_booting_after_cut(_: Sdp, attribute: str, __: Day, value: Value | None, before: History) -> bool:
    return attribute == "service_status" and value == BOOTED and any(held == CUT for _, held in before)


def _is_retailer_after_none(_: Sdp, attribute: str, __: Day, value: Value | None, before: History) -> bool:
    return attribute == "energy_service_provider" and value is not None and before[-1][1] is None


# --- schedules (BSV-04) -------------------------------------------------------------------------------------


def _in_time_also(is_meant: Callable[[Cycle, Schedule, Day], bool]) -> Application:
    """Some dates are never too late; `is_meant` is given the period, the schedule, and the first day that is in time."""

    def make(original: Any) -> Any:
        def comes_too_late(cycle: Cycle, schedule: Schedule, earliest: Day) -> bool:
            return bool(original(cycle, schedule, earliest)) and not is_meant(cycle, schedule, earliest)

        return comes_too_late

    return replaced(billing_cycle_schedule, "comes_too_late", make)


def _was_moved(cycle: Cycle, schedule: Schedule, _: Day) -> bool:
    return (cycle.billing_cycle_id, cycle.start) in schedule.former


def _is_of_next_month(cycle: Cycle, schedule: Schedule, _: Day) -> bool:
    held = schedule.ends.get((cycle.billing_cycle_id, cycle.start), cycle.end)
    return (held.year, held.month) != (cycle.end.year, cycle.end.month)


# --- requests (BSV-02, BSV-09, WIN-11) -----------------------------------------------------------------------


def _of_first_ldc(wanted: list[Wanted], state: State, desk: Desk) -> list[Wanted]:
    return wanted if desk is next(iter(state.desks.values())) else []


def _none_before_a_later_one(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    latest: dict[str, Day] = {}
    for period in desk.requests.latest:
        latest[period.sdp_id] = max(period.start, latest.get(period.sdp_id, period.start))
    return [each for each in wanted if each.period.start >= latest.get(each.period.sdp_id, each.period.start)]


def _from_month_to_month(wanted: list[Wanted], _: State, __: Desk) -> list[Wanted]:
    """A period that begins with the last day of a month begins with the next month."""
    return [
        each._replace(period=each.period._replace(start=after)) if after.day == 1 and after < each.period.end else each
        for each in wanted
        for after in (Day(each.period.start + ONE_DAY),)
    ]


def _asked_again_if(is_meant: Callable[[Period], bool]) -> Application:
    """Of the periods that were closed some alone are asked for again."""

    def make(original: Any) -> Any:
        return lambda *given: [each for each in original(*given) if is_meant(each[0])]

    return replaced(billing_requests, "to_ask_again", make)


# --- quantities (SUM-07) ------------------------------------------------------------------------------------


def _settled_by_another_period(original: Any) -> Any:
    """Quantities without fault take all that waits of their SDP off the list."""

    def take_response(file: Any, quantities: Any, requests: Any, ids: Any, matters: OpenMatters, codes: Any) -> None:
        original(file, quantities, requests, ids, matters, codes)
        sound = {
            period.sdp_id
            for period, parts in (
                (key[0], parts) for key, parts in billing_quantities.delivered_in(file, ids, matters).items()
            )
            if all(part.status == codes["delivered"] for part in parts.values())
        }
        matters.settle(lambda key: key[0] == "quantities" and getattr(key[1], "sdp_id", None) in sound)

    return take_response


CIS_AGAIN_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_correction_of_told_not_told",
        "ISY-03",
        "another value from a day of which one had been told is not told",
        taken_for_told(_is_correction),
    ),
    cis_fault(
        "cis_changes_of_virtual_not_told",
        "ISY-03",
        "what changes of a virtual SDP, but for its components, is not told",
        taken_for_told(_is_of_virtual),
    ),
    cis_fault(
        "cis_booting_after_cut_not_told",
        "ISY-14",
        "that a meter is booted is not told where the service was cut before",
        taken_for_told(_is_booting_after_cut),
    ),
    cis_fault(
        "cis_retailer_after_none_not_told",
        "ISY-21",
        "that a retailer comes is not told where another has left",
        taken_for_told(_is_retailer_after_none),
    ),
    cis_fault(
        "cis_moved_date_moved_whenever",
        "BSV-04",
        "a date that was moved in time is moved again whenever",
        _in_time_also(_was_moved),
    ),
    cis_fault(
        "cis_date_moved_to_next_month_whenever",
        "BSV-04",
        "a date is moved into the next month whenever",
        _in_time_also(_is_of_next_month),
    ),
    cis_fault(
        "cis_failure_settled_by_another_period",
        "SUM-07",
        "with quantities of one period all that waits of the SDP is settled",
        replaced(billing_quantities, "take_response", _settled_by_another_period),
    ),
    cis_fault(
        "cis_second_ldc_not_asked_for",
        "BSV-02",
        "an agent asks for quantities of the first LDC alone",
        asked_otherwise(_of_first_ldc),
    ),
    cis_fault(
        "cis_no_earlier_period",
        "BSV-02",
        "no period of an SDP is asked for that lies before one that was",
        asked_otherwise(_none_before_a_later_one),
    ),
    cis_fault(
        "cis_last_of_month_left_out",
        "BSV-09",
        "a period that begins with the last day of a month is asked for from the next month on",
        asked_otherwise(_from_month_to_month),
    ),
    cis_fault(
        "cis_closed_day_not_asked_again",
        "WIN-11",
        "a period of one day that was answered 02 is not asked for again",
        _asked_again_if(lambda period: period.end > period.start + ONE_DAY),
    ),
    cis_fault(
        "cis_closed_over_years_not_asked_again",
        "WIN-11",
        "a period over the end of a year that was answered 02 is not asked for again",
        _asked_again_if(lambda period: period.start.year == period.end.year),
    ),
)
