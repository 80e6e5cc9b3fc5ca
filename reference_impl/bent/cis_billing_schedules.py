"""Faults of a CIS in billing cycle schedules: what it publishes of them, and how late it changes a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, later
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.cis import billing_cycle_schedule, instructions
from reference_impl.cis.billing_cycle_schedule import Cycle, Schedule
from reference_impl.cis.state import Desk, State

MONTHS = 12
ONE_DAY = timedelta(days=1)
SUNDAY = 6
Cycles = list[Cycle]


def _written(change: Callable[[Cycles], Cycles]) -> Application:
    """Change the periods that are written into a schedule."""
    return replaced(
        billing_cycle_schedule, "schedule_details", lambda original: lambda cycles: original(change(list(cycles)))
    )


def _new(change: Callable[[Cycles, Schedule], Cycles]) -> Application:
    """Change which periods are published, of those that are new."""

    def make(original: Any) -> Any:
        return lambda cycles, schedule: change(original(cycles, schedule), schedule)

    return replaced(billing_cycle_schedule, "changed", make)


def _late(judge: Callable[[Cycle, Day | None, Day], bool]) -> Application:
    """Say otherwise whether an update comes too late.

    :param judge: is given the period, the date that was sent before, and the first that may still be changed.
    """

    def comes_too_late(cycle: Cycle, schedule: Schedule, earliest: Day) -> bool:
        return bool(schedule.ends) and judge(cycle, schedule.ends.get((cycle.billing_cycle_id, cycle.start)), earliest)

    return replaced(billing_cycle_schedule, "comes_too_late", lambda _: comes_too_late)


def _nearer(cycle: Cycle, held: Day | None) -> Day:
    return min(cycle.end, held or cycle.end)


def _without_last_cycle(cycles: Cycles) -> Cycles:
    names = list(dict.fromkeys(cycle.billing_cycle_id for cycle in cycles))
    return [cycle for cycle in cycles if len(names) == 1 or cycle.billing_cycle_id != names[-1]]


def _first_period_of_each(cycles: Cycles) -> Cycles:
    return list({cycle.billing_cycle_id: cycle for cycle in reversed(cycles)}.values())


def _year_not_carried(cycle: Cycle) -> Cycle:
    return cycle._replace(end=Day(cycle.end.replace(year=(cycle.end - ONE_DAY).year)))


def _first_ldcs_alone(original: Any) -> Any:
    """Of several LDCs' schedules that of the first is published alone."""

    def publish_billing_schedule(state: State, desk: Desk, cycles: Cycles) -> None:
        if not any(other.schedule.ends for ldc, other in state.desks.items() if ldc != desk.ldc):
            original(state, desk, cycles)

    return publish_billing_schedule


def _looks_at_first(original: Any) -> Any:
    """Of an update the first period alone is looked at."""

    def publish_billing_schedule(state: State, desk: Desk, cycles: Cycles) -> None:
        first = tuple(cycles[0])
        known = billing_cycle_schedule.comes_too_late
        billing_cycle_schedule.comes_too_late = lambda cycle, *more: tuple(cycle) == first and known(cycle, *more)
        try:
            original(state, desk, cycles)
        finally:
            billing_cycle_schedule.comes_too_late = known

    return publish_billing_schedule


def _kept_for_next(original: Any) -> Any:
    """What came too late is sent with the next update."""

    def publish_billing_schedule(state: State, desk: Desk, cycles: Cycles) -> None:
        late = [key[1] for key in desk.matters.held if key[0] == "schedule" and isinstance(key[1], Cycle)]
        known = billing_cycle_schedule.comes_too_late
        billing_cycle_schedule.comes_too_late = lambda cycle, *more: cycle not in late and known(cycle, *more)
        try:
            original(state, desk, [*cycles, *late])
        finally:
            billing_cycle_schedule.comes_too_late = known

    return publish_billing_schedule


def _each_day(original: Any) -> Any:
    """What is published is sent again a day later, and so on."""

    def publish_billing_schedule(state: State, desk: Desk, cycles: Cycles) -> None:
        original(state, desk, cycles)
        _again_tomorrow(state, desk, cycles)

    return publish_billing_schedule


def _again_tomorrow(state: State, desk: Desk, cycles: Cycles) -> None:
    def send(state: State, desk: Desk) -> None:
        state.send(desk.ldc, "8000", billing_cycle_schedule.schedule_details(cycles))
        _again_tomorrow(state, desk, cycles)

    state.due.append((later(state.now, days=1), desk.ldc, send))


CIS_BILLING_SCHEDULE_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_last_cycle_not_published",
        "BSV-12",
        "of several cycles the last is left out of the schedule",
        _written(_without_last_cycle),
    ),
    cis_fault(
        "cis_first_periods_published",
        "BSV-12",
        "of each cycle the first period alone is published",
        _written(_first_period_of_each),
    ),
    cis_fault(
        "cis_schedule_of_a_year_at_most",
        "BSV-12",
        "of a schedule the first twelve periods alone are published",
        _written(lambda cycles: cycles[:MONTHS]),
    ),
    cis_fault(
        "cis_dates_are_last_days",
        "BSV-12",
        "the last day of a period stands as its date",
        _written(lambda cycles: [cycle._replace(end=Day(cycle.end - ONE_DAY)) for cycle in cycles]),
    ),
    cis_fault(
        "cis_new_year_in_the_old",
        "BSV-12",
        "the date of a period that ends with a year stands in that year",
        _written(lambda cycles: [_year_not_carried(cycle) for cycle in cycles]),
    ),
    cis_fault(
        "cis_schedule_published_once",
        "BSV-12",
        "a schedule that was published is not renewed",
        _new(lambda cycles, schedule: [] if schedule.ends else cycles),
    ),
    cis_fault(
        "cis_new_cycle_not_published",
        "BSV-12",
        "a cycle that comes later is not published",
        _new(
            lambda cycles, schedule: [
                cycle
                for cycle in cycles
                if not schedule.ends or cycle.billing_cycle_id in {name for name, _ in schedule.ends}
            ]
        ),
    ),
    cis_fault(
        "cis_second_ldcs_schedule_not_published",
        "BSV-12",
        "an agent publishes one LDC's schedule, and not the second's",
        replaced(instructions, "publish_billing_schedule", _first_ldcs_alone),
    ),
    cis_fault(
        "cis_dates_changed_whenever",
        "BSV-04",
        "a date is changed however late it is",
        _late(lambda *_: False),
    ),
    cis_fault(
        "cis_later_date_counts_a_day_ahead",
        "BSV-04",
        "a date is changed where the date held or the new one lies a day ahead",
        _late(lambda cycle, held, earliest: max(cycle.end, held or cycle.end) < earliest - 2 * ONE_DAY),
    ),
    cis_fault(
        "cis_past_dates_changed",
        "BSV-04",
        "a date that has passed is changed, though its billing window is open",
        _late(lambda cycle, held, earliest: earliest - 3 * ONE_DAY <= _nearer(cycle, held) < earliest),
    ),
    cis_fault(
        "cis_first_date_looked_at",
        "BSV-04",
        "whether an update comes too late is judged by its first date alone",
        replaced(instructions, "publish_billing_schedule", _looks_at_first),
    ),
    cis_fault(
        "cis_late_date_sent_with_next",
        "BSV-04",
        "a date that came too late is sent with the next update",
        replaced(instructions, "publish_billing_schedule", _kept_for_next),
    ),
    cis_fault(
        "cis_sundays_dates_changed",
        "BSV-04",
        "a Sunday's date is changed up to the day before",
        _late(
            lambda cycle, held, earliest: _nearer(cycle, held) < earliest and (held or cycle.end).weekday() != SUNDAY
        ),
    ),
    cis_fault(
        "cis_dates_not_changed",
        "BSV-04",
        "a date that was published is not changed any more",
        _late(lambda cycle, held, _: held is not None),
    ),
    cis_fault(
        "cis_dates_not_brought_forward",
        "BSV-04",
        "a date is put off, and never brought forward",
        _late(lambda cycle, held, earliest: _nearer(cycle, held) < earliest or cycle.end < (held or cycle.end)),
    ),
    cis_fault(
        "cis_schedule_sent_each_day",
        "BSV-11",
        "what was published is sent again each day",
        replaced(instructions, "publish_billing_schedule", _each_day),
    ),
)
