"""The billing cycle schedule of an LDC: twenty cycles, each with a date a month."""

from __future__ import annotations

from datetime import date, timedelta

from harness.interface.instants import Day
from harness.stories.utility import CYCLES

_LAST_DAY = 28
"""No month has fewer days."""
_FIRST_AFTER = 2
_SPREAD = 28


def billing_cycle_dates(first: Day, days: int) -> list[tuple[str, Day, Day]]:
    """The periods of every cycle: billing cycle, first day and exclusive end; the first ones begin together.

    :param first: the first day there is data of; `days`: how many are to be covered.
    """
    horizon = Day(first + timedelta(days=days + 2 * _SPREAD))
    dates: list[tuple[str, Day, Day]] = []
    for place, cycle in enumerate(CYCLES):
        start, end = first, _first_date(first, place)
        while end < horizon:
            dates.append((cycle, start, end))
            start, end = end, _a_month_later(end)
    return dates


def _first_date(first: Day, place: int) -> Day:
    return Day(first + timedelta(days=_FIRST_AFTER + place * _SPREAD // len(CYCLES)))


def _a_month_later(day: Day) -> Day:
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return Day(date(year, month, min(day.day, _LAST_DAY)))
