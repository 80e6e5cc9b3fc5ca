"""The billing cycle schedule, 8000: established, renewed, and changed in time (BSV-04, -11, -12; AMB-27).

A date that is moved too late, within three days of itself or during the window that it opens, is not sent: a person
hears of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from harness.interface.files import InterfaceFile, Value
from harness.interface.instants import Day
from harness.interface.set_records import day_or_none
from reference_impl.cis.open_matters import OpenMatters

SATURDAY = 5


class Cycle(NamedTuple):
    """A period of a billing cycle; its end is the day after its last, on which the quantities are produced."""

    billing_cycle_id: str
    start: Day
    end: Day


@dataclass(slots=True)
class Schedule:
    """What was sent: the exclusive end of each period, by Billing Cycle ID and first day.

    :param former: the ends that the last updates moved.
    """

    ends: dict[tuple[str, Day], Day] = field(default_factory=dict)
    former: dict[tuple[str, Day], Day] = field(default_factory=dict)


def changed(cycles: Iterable[Cycle], schedule: Schedule) -> list[Cycle]:
    """Of the periods that are to be published those that the MDM/R does not have so."""
    return [cycle for cycle in cycles if schedule.ends.get((cycle.billing_cycle_id, cycle.start)) != cycle.end]


def earliest_change(today: Day, lead_days: int, reading: str, holidays: Iterable[Day]) -> Day:
    """The first billing cycle date that an update of today may still change: three days ahead (BSV-04, AMB-27)."""
    if reading != "business-days-in-part":
        return Day(today + timedelta(days=lead_days))
    day, left, closed = today, lead_days, frozenset(holidays)
    while left > 0:
        day = Day(day + timedelta(days=1))
        left -= day.weekday() < SATURDAY and day not in closed
    return day


def comes_too_late(cycle: Cycle, schedule: Schedule, earliest: Day) -> bool:
    """Whether an update would set or move a date that is too near. The first schedule of all is no update."""
    held = schedule.ends.get((cycle.billing_cycle_id, cycle.start), cycle.end)
    return bool(schedule.ends) and min(cycle.end, held) < earliest


def schedule_details(cycles: Iterable[Cycle]) -> Iterable[tuple[str, Mapping[str, Value]]]:
    """The detail records of a schedule 8000."""
    for cycle in cycles:
        yield (
            "billing_cycle",
            {
                "billing_cycle_id": cycle.billing_cycle_id,
                "period_start_date": cycle.start,
                "period_end_date": cycle.end,
            },
        )


def publish(cycles: Iterable[Cycle], schedule: Schedule) -> None:
    """Keep in mind what was sent."""
    for cycle in cycles:
        key = cycle.billing_cycle_id, cycle.start
        if key in schedule.ends:
            schedule.former[key] = schedule.ends[key]
        schedule.ends[key] = cycle.end


def take_exceptions(file: InterfaceFile, schedule: Schedule, matters: OpenMatters) -> None:
    """Take an IR03 in: what was refused is as it was before, and a matter for people; it is not sent again."""
    for record in file.details:
        cycle, start = record["billing_cycle_id"], day_or_none(record["period_start_date"])
        if cycle is not None and start is not None:
            withdraw((str(cycle), start), schedule)
        says = f"the schedule of {cycle or 'a billing cycle'} was refused: {record['code']}, {record['message'] or ''}"
        matters.note(("schedule", str(file.name), record.line), "schedule", says, file=str(file.name))


def withdraw(key: tuple[str, Day], schedule: Schedule) -> None:
    """Let a period be as it was before it was sent last."""
    former = schedule.former.pop(key, None)
    if former is not None:
        schedule.ends[key] = former
    else:
        schedule.ends.pop(key, None)


def said_of_late(cycle: Cycle, earliest: Day) -> str:
    """What people hear of a date that comes too late."""
    return (
        f"the period of {cycle.billing_cycle_id} from {cycle.start} until {cycle.end} was not sent: "
        f"billing cycle dates from {earliest} on can be changed today"
    )
