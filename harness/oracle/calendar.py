"""Which days are business days, when a billing window ends, and which price an hour has; counted one by one.

Readings taken: AMB-07 (business days), AMB-15 (seasons, hours and the price plan's holidays, from the corpus) and, as
told, AMB-14 (whether hours follow the clock that customers live by). All times are EST (WIN-01, WIN-09, BQ-04, SEG-03).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from harness.interface.calendars import TouHours, TouSchedules
from harness.interface.instants import Day

BUCKETS = ("on_peak", "mid_peak", "off_peak", "critical_peak")


def next_day(day: Day) -> Day:
    """The day after."""
    return Day(day + timedelta(days=1))


def every_day(start: Day, end: Day) -> list[Day]:
    """The days from one until another, exclusive."""
    days = []
    while start < end:
        days.append(start)
        start = next_day(start)
    return days


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of days.

    :param holidays: those that are no business days; `price_plan_holidays`: those that are off-peak all day.
    :param prevailing: whether hours follow the clock that customers live by (AMB-14).
    """

    holidays: Collection[Day]
    price_plan_holidays: Collection[Day]
    schedules: TouSchedules
    critical_peak_days: Collection[Day] = ()
    prevailing: bool = False
    _known: dict[Day, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def is_business_day(self, day: Day) -> bool:
        """Monday to Friday, and no statutory holiday."""
        return day.isoweekday() <= 5 and day not in self.holidays

    def last_day_of_window(self, opens: Day, business_days: int) -> Day:
        """The day with which so many business days are over, the first of them being `opens` or a later one."""
        day, counted = opens, 0
        while True:
            if self.is_business_day(day):
                counted += 1
            if counted == business_days:
                return day
            day = next_day(day)

    def prices_change_on(self, day: Day) -> bool:
        """Whether a season begins on a day."""
        return (day.month, day.day) in {self.schedules.summer_begins, self.schedules.winter_begins}

    def bucket(self, day: Day, hour: int) -> str:
        """The bucket of an hour of a day of standard time, 0 to 23."""
        if self.prevailing and customers_clock_is_ahead(day, hour):
            day, hour = (day, hour + 1) if hour < 23 else (next_day(day), 0)
        if day.isoweekday() > 5 or day in self.price_plan_holidays:
            return "off_peak"
        hours = self._hours(day)
        if hour in hours.on_peak:
            return "critical_peak" if day in self.critical_peak_days else "on_peak"
        return "mid_peak" if hour in hours.mid_peak else "off_peak"

    def buckets(self, day: Day) -> tuple[str, ...]:
        """The buckets of the 24 hours of a day of standard time; those of a day that was asked for are remembered."""
        if day not in self._known:
            self._known[day] = tuple(self.bucket(day, hour) for hour in range(24))
        return self._known[day]

    def _hours(self, day: Day) -> TouHours:
        """The hours of the schedule that came into effect last; of the first one, where none has yet."""
        in_effect = [schedule for schedule in self.schedules.schedules if schedule.effective <= day]
        schedule = max(in_effect, key=lambda one: one.effective, default=None) or min(
            self.schedules.schedules, key=lambda one: one.effective
        )
        begins, ends = self.schedules.summer_begins, self.schedules.winter_begins
        return schedule.summer if begins <= (day.month, day.day) < ends else schedule.winter


def customers_clock_is_ahead(day: Day, hour: int) -> bool:
    """Whether customers' clocks run an hour ahead of standard time in an hour of a day.

    From 02:00 on the second Sunday of March until 01:00 standard time on the first Sunday of November.
    """
    begins, ends = sunday_from(date(day.year, 3, 8)), sunday_from(date(day.year, 11, 1))
    return (begins, 2) <= (day, hour) < (ends, 1)


def sunday_from(day: date) -> Day:
    """The first Sunday on or after a day."""
    while day.isoweekday() != 7:
        day += timedelta(days=1)
    return Day(day)
