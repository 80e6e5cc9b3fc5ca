"""The calendar that TOU/CPP framing goes by: which bucket each hour of a day belongs to, and when prices change.

Weekdays have on-peak, mid-peak and off-peak hours by season; weekends and the price plan's holidays are off-peak; on a
critical peak day the on-peak hours are critical peak ones. Readings AMB-14 (standard or prevailing time) and AMB-15.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from harness.interface.calendars import TouSchedules
from harness.interface.instants import Day

HOURS = 24


class Bucket(IntEnum):
    """What an interval's energy counts as. Periodic framing has one bucket, `ALL`, alone."""

    OFF_PEAK = 0
    MID_PEAK = 1
    ON_PEAK = 2
    CRITICAL_PEAK = 3


BUCKETS = len(Bucket)
Buckets: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class BillingCalendar:
    """TOU schedules, the price plan's holidays and critical peak days.

    :param prevailing: whether hours follow the daylight saving time that customers live by (AMB-14).
    """

    schedules: TouSchedules
    holidays: frozenset[Day]
    critical_peak_days: frozenset[Day] = frozenset()
    prevailing: bool = False

    def buckets_of_day(self, day: Day) -> tuple[Bucket, ...]:
        """The bucket of each of the 24 standard-time hours of a day."""
        if not self.prevailing:
            return tuple(self._bucket(day, hour) for hour in range(HOURS))
        return tuple(self._bucket(*prevailing(day, hour)) for hour in range(HOURS))

    def _bucket(self, day: Day, hour: int) -> Bucket:
        if day.weekday() >= 5 or day in self.holidays:
            return Bucket.OFF_PEAK
        hours = self.schedules.hours_on(day)
        if hour in hours.on_peak:
            return Bucket.CRITICAL_PEAK if day in self.critical_peak_days else Bucket.ON_PEAK
        return Bucket.MID_PEAK if hour in hours.mid_peak else Bucket.OFF_PEAK

    def buckets(self, first: Day, days: int, per_day: int) -> Buckets:
        """The bucket of every interval of some days, as ``[day * per_day]`` in order of time.

        :param per_day: intervals of a day: 24, 48, 96 or 288.
        """
        hourly = np.array(
            [self.buckets_of_day(Day(first + timedelta(days=ahead))) for ahead in range(days)], dtype=np.uint8
        )
        return np.repeat(hourly.reshape(-1), per_day // HOURS)

    def price_changes(self, start: Day, end: Day) -> tuple[Day, ...]:
        """The days of seasonal price changes after a day and before another (SEG-03, SEG-05)."""
        return tuple(day for day in self.schedules.season_starts(start.year, end.year) if start < day < end)


def prevailing(day: Day, hour: int) -> tuple[Day, int]:
    """The day and hour that a clock on daylight saving time shows in a standard-time hour of a day."""
    begins, ends = _second_sunday_of_march(day.year), _first_sunday_of_november(day.year)
    after_start = day > begins or (day == begins and hour >= 2)
    before_end = day < ends or (day == ends and hour < 1)
    if not (after_start and before_end):
        return day, hour
    return (day, hour + 1) if hour < HOURS - 1 else (Day(day + timedelta(days=1)), 0)


@functools.cache
def _second_sunday_of_march(year: int) -> Day:
    return _sunday_from(date(year, 3, 8))


@functools.cache
def _first_sunday_of_november(year: int) -> Day:
    return _sunday_from(date(year, 11, 1))


def _sunday_from(day: date) -> Day:
    return Day(day + timedelta(days=(6 - day.weekday()) % 7))


def billing_calendar(
    schedules: TouSchedules, holidays: Iterable[Day], critical_peak_days: Collection[Day], *, prevailing_time: bool
) -> BillingCalendar:
    """Put a calendar together."""
    return BillingCalendar(schedules, frozenset(holidays), frozenset(critical_peak_days), prevailing_time)
