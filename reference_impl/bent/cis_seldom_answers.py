"""Faults of a CIS where answers cross, come in several files, or late, and where people say something once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from harness.interface.files import InterfaceFile
from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_bending import cis_fault, rows_of
from reference_impl.bent.cis_rare_cases import forgotten
from reference_impl.cis import billing_cycle_schedule, billing_quantities, billing_requests, book, instructions
from reference_impl.cis import cis as mailbox
from reference_impl.cis.billing_cycle_schedule import Cycle, Schedule
from reference_impl.cis.billing_quantities import Delivered, SubPeriod
from reference_impl.cis.billing_requests import Period, Requests
from reference_impl.cis.book import Book, Sdp
from reference_impl.cis.state import Desk, State

ONE_DAY = timedelta(days=1)
FAILED = frozenset({"06", "07"})
LEAP_DAY = (2, 29)
AGENT = "billing_agent"
FIRST_DAYS = 4
"""So many days of a year, and those of the year before that lead to them, are mistaken for days long past."""
NAME_LENGTH = 8
Parts = Mapping[SubPeriod, Delivered]
Corrected = tuple[Day, Day]


# --- quantities (SUM-07, FTS-16) ------------------------------------------------------------------------------


def _parts(change: Callable[[str | None, Parts], Parts]) -> Application:
    """Of what a response delivers the sub-periods are taken otherwise: `change` is given the Request Detail ID, too."""

    def make(original: Any) -> Any:
        def delivered_in(file: InterfaceFile, *more: Any) -> Any:
            found = original(file, *more)
            return {key: change(key[1], parts) for key, parts in found.items()}

        return delivered_in

    return replaced(billing_quantities, "delivered_in", make)


def _first_and_last(_: str | None, parts: Parts) -> Parts:
    return {span: parts[span] for span in sorted(parts) if span in {min(parts), max(parts)}}


def _of_several_days(_: str | None, parts: Parts) -> Parts:
    longer = {span: part for span, part in parts.items() if span[1] - span[0] > ONE_DAY}
    return longer if len(parts) > 1 else parts


def _sound_where_unasked(detail_id: str | None, parts: Parts) -> Parts:
    """What nobody asked for, the schedule apart, is taken to be without fault."""
    if detail_id is not None:
        return parts
    return {span: Delivered("00" if part.status in FAILED else part.status, part.wh) for span, part in parts.items()}


def _last_file_alone(original: Any) -> Any:
    def keep(quantities: Any, period: Period, detail_id: str | None, parts: Parts, *, is_demand: bool) -> None:
        if not is_demand and period in quantities.answers:
            quantities.answers[period].energy.clear()
        original(quantities, period, detail_id, parts, is_demand=is_demand)

    return keep


def _cut_before_restart_passed_over() -> Application:
    """What came cut short before the CIS was started again is not looked at any more."""
    given_up: set[str] = set()

    def give_up(desk: Desk) -> None:
        given_up.update(str(key[1]) for key in desk.matters.held if key[0] == "mail")

    def make(original: Any) -> Any:
        return lambda cis, recipient, name, content: (
            None if name in given_up else original(cis, recipient, name, content)
        )

    return together(forgotten(give_up), replaced(mailbox, "receive", make))


# --- requests (BSV-08, BSV-09) --------------------------------------------------------------------------------


def _told_last() -> Application:
    """The billing agent told last counts, be it of days before those of the one on record."""
    told: dict[str, list[tuple[Day, Any]]] = {}

    def entering(original: Any) -> Any:
        def enter(known: Book, sdp: Sdp, attribute: str, day: Day, value: Any) -> None:
            if attribute == AGENT:
                told.setdefault(sdp.sdp_id, []).append((day, value))
            original(known, sdp, attribute, day, value)

        return enter

    def billing(_: Any) -> Any:
        def is_billed_by(sdp: Sdp, period: Period, you: str) -> bool:
            begun = [agent for day, agent in told.get(sdp.sdp_id, ()) if day < period.end]
            return bool(begun) and begun[-1] == you

        return is_billed_by

    return together(replaced(book, "enter", entering), replaced(billing_requests, "is_billed_by", billing))


def _after_leap_day(original: Any) -> Any:
    """A period from 29 February on begins with March."""

    def period_of(sdp_id: Any, first_day: Day, last_day: Day) -> Period:
        is_leap_day = (first_day.month, first_day.day) == LEAP_DAY
        found: Period = original(sdp_id, first_day, last_day)
        return found._replace(start=Day(found.start + ONE_DAY * is_leap_day))

    return period_of


# --- what was closed (BRP-11, WIN-11) -------------------------------------------------------------------------


def _as_if_corrected(change: Callable[[Corrected], tuple[date, date]]) -> Application:
    """The days whose problem is corrected are taken for others."""

    def make(original: Any) -> Any:
        def to_ask_again(requests: Requests, sdps: Any, corrected: Corrected | None) -> Any:
            return original(requests, sdps, corrected if corrected is None else change(corrected))

        return to_ask_again

    return replaced(billing_requests, "to_ask_again", make)


def _of_every_ldc(original: Any) -> Any:
    """A problem of one LDC is taken for one of all."""

    def problem_corrected(state: State, desk: Desk, sdps: Any, days: Corrected | None) -> None:
        original(state, desk, sdps, days)
        for other in state.desks.values():
            if other is not desk and days is not None:
                again = billing_requests.to_ask_again(other.requests, (), days)
                instructions.request_quantities(state, other, again)

    return problem_corrected


def _whichever_request(_: Any) -> Any:
    """Whatever request was closed, its period waits for nothing any more."""

    def close(requests: Requests, period: Period, _: str | None) -> bool:
        latest = requests.latest.get(period)
        requests.active.discard(latest or "")
        requests.closed[period] = latest is None or requests.made[latest].on_cycle
        return True

    return close


# --- what is billed again (BRP-12) ----------------------------------------------------------------------------


def _first_decision() -> Application:
    """What people have decided of a period is not decided again, be it later days of it alone."""
    decided: dict[int, set[str]] = {}

    def make(original: Any) -> Any:
        def decide(state: State, desk: Desk, periods: Any, *, rebill: bool) -> None:
            before = decided.setdefault(id(desk), set())
            original(state, desk, [each for each in periods if each.sdp_id not in before], rebill=rebill)
            before.update(each.sdp_id for each in periods)

        return decide

    return replaced(instructions, "decide", make)


# --- schedules (BSV-04, BSV-12) -------------------------------------------------------------------------------


def _never_twice() -> Application:
    """What was sent once is not sent again, whatever was sent since."""
    sent: dict[int, set[Cycle]] = {}

    def choosing(original: Any) -> Any:
        def changed(cycles: Any, schedule: Schedule) -> list[Cycle]:
            return [each for each in original(cycles, schedule) if each not in sent.get(id(schedule), ())]

        return changed

    def sending(original: Any) -> Any:
        def publish(cycles: Any, schedule: Schedule) -> None:
            sent.setdefault(id(schedule), set()).update(cycles)
            original(cycles, schedule)

        return publish

    return together(
        replaced(billing_cycle_schedule, "changed", choosing), replaced(billing_cycle_schedule, "publish", sending)
    )


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


def _not_in_first_days(original: Any) -> Any:
    """Dates are compared by their day of the year, and one of January is never too near."""

    def comes_too_late(cycle: Cycle, schedule: Schedule, earliest: Day) -> bool:
        is_in_first_days = _day_of_year(cycle.end) <= FIRST_DAYS and _day_of_year(earliest) <= FIRST_DAYS
        return bool(original(cycle, schedule, earliest)) and not is_in_first_days

    return comes_too_late


def _february_whole(rows: list[list[str]]) -> list[list[str]]:
    """A period that ends with 28 February, the day before leap day, ends with the month."""
    return [[*row[:3], f"{row[3][:4]}0301" if row[3].endswith("0229") else row[3]] for row in rows]


CIS_SELDOM_ANSWER_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_inner_sub_periods_dropped",
        "SUM-07",
        "of three sub-periods the first and the last are kept",
        _parts(_first_and_last),
    ),
    cis_fault(
        "cis_sub_periods_of_a_day_dropped",
        "SUM-07",
        "of several sub-periods those of a single day are left out",
        _parts(_of_several_days),
    ),
    cis_fault(
        "cis_second_file_alone",
        "SUM-07",
        "where a period comes in two files, the sub-periods of the second take the place of those of the first",
        replaced(billing_quantities, "keep", _last_file_alone),
    ),
    cis_fault(
        "cis_failed_of_schedule_used",
        "SUM-07",
        "quantities with 06 and 07 that the schedule had asked for are used like those with 00",
        _parts(_sound_where_unasked),
    ),
    cis_fault(
        "cis_cut_before_restart_passed_over",
        "FTS-16",
        "a response that came cut short is not looked at when it comes whole after the CIS was started again",
        _cut_before_restart_passed_over(),
    ),
    cis_fault(
        "cis_agent_told_last_counts",
        "BSV-08",
        "of two billing agents the one told last counts, though the other has billed since a later day",
        _told_last(),
    ),
    cis_fault(
        "cis_first_day_on_leap_day_left_out",
        "BSV-09",
        "a period from 29 February on is asked for from March on",
        replaced(billing_requests, "period_of", _after_leap_day),
    ),
    cis_fault(
        "cis_closed_again_with_the_day_after",
        "BRP-11",
        "what was closed is submitted again where the problem was that of the day after its last",
        _as_if_corrected(lambda days: (days[0] - ONE_DAY, days[1])),
    ),
    cis_fault(
        "cis_closed_again_with_the_day_before",
        "BRP-11",
        "what was closed is submitted again where the problem was that of the day before its first",
        _as_if_corrected(lambda days: (days[0], days[1] + ONE_DAY)),
    ),
    cis_fault(
        "cis_agent_asks_again_for_all_ldcs",
        "BRP-11",
        "once the problem of one LDC is corrected, an agent submits again what was closed of all",
        replaced(instructions, "problem_corrected", _of_every_ldc),
    ),
    cis_fault(
        "cis_late_closing_closes_the_new_request",
        "WIN-11",
        "a response 02 that comes late is taken for the answer to the request that was made since",
        replaced(billing_requests, "close", _whichever_request),
    ),
    cis_fault(
        "cis_first_decision_counts",
        "BRP-12",
        "what people once decided about an SDP's quantities cannot be decided otherwise",
        _first_decision(),
    ),
    cis_fault(
        "cis_date_not_moved_back",
        "BSV-04",
        "a date that is moved back to where it was is not sent",
        _never_twice(),
    ),
    cis_fault(
        "cis_first_dates_of_a_year_whenever",
        "BSV-04",
        "a date is moved within the first days of a year whenever",
        replaced(billing_cycle_schedule, "comes_too_late", _not_in_first_days),
    ),
    cis_fault(
        "cis_schedule_of_february_whole",
        "BSV-12",
        "a period until 28 February of a leap year ends with the month",
        rows_of("8000", _february_whole),
    ),
    cis_fault(
        "cis_schedule_names_cut",
        "BSV-12",
        "of Billing Cycle IDs the first eight characters stand in schedules",
        rows_of("8000", lambda rows: [[row[0], row[1][:NAME_LENGTH], *row[2:]] for row in rows]),
    ),
)
