"""Billing quantities as the slides tell them, slowly: plain loops over intervals, one at a time, and Python's integers.

Nothing here comes from the framing core, calendars included. It is what the core is held to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

EASTERN = timezone(timedelta(hours=-5))
CENTRAL = timezone(timedelta(hours=-6))

OFF_PEAK, MID_PEAK, ON_PEAK, CRITICAL_PEAK = "off peak", "mid peak", "on peak", "critical peak"


@dataclass(frozen=True)
class Interval:
    """Energy from an instant on, for some minutes. An interval that is missing is in no list of them."""

    start: datetime
    minutes: int
    wh: int
    varh: int
    status: str


@dataclass(frozen=True)
class Year:
    """Days that are not like others."""

    holidays: frozenset[date] = frozenset()  # those of the price plan
    critical_peak_days: frozenset[date] = frozenset()


def bucket_of(day: date, hour: int, year: Year) -> str:
    """Which bucket an hour of a day is in (Ontario Energy Board, Regulated Price Plan)."""
    if day.weekday() in (5, 6) or day in year.holidays:
        return OFF_PEAK
    evening_ends = 19 if day >= date(2011, 5, 1) else 21
    midday = 11 <= hour < 17
    morning_or_evening = 7 <= hour < 11 or 17 <= hour < evening_ends
    summer = 5 <= day.month <= 10
    on_peak, mid_peak = (midday, morning_or_evening) if summer else (morning_or_evening, midday)
    if on_peak:
        return CRITICAL_PEAK if day in year.critical_peak_days else ON_PEAK
    return MID_PEAK if mid_peak else OFF_PEAK


def daily_framed_usage(intervals: Sequence[Interval], day: date, zone: timezone, year: Year) -> dict[str, int]:
    """The energy of a day, by bucket."""
    usage = {OFF_PEAK: 0, MID_PEAK: 0, ON_PEAK: 0, CRITICAL_PEAK: 0}
    for interval in intervals:
        clock = interval.start.astimezone(zone)
        if clock.date() == day:
            usage[bucket_of(day, clock.hour, year)] += interval.wh
    return usage


def tou_cpp(intervals: Sequence[Interval], days: Sequence[date], zone: timezone, year: Year) -> dict[str, int]:
    """For each bucket, the sum of the daily framed usage of every day."""
    total = {OFF_PEAK: 0, MID_PEAK: 0, ON_PEAK: 0, CRITICAL_PEAK: 0}
    for day in days:
        for bucket, wh in daily_framed_usage(intervals, day, zone, year).items():
            total[bucket] += wh
    return total


def periodic(intervals: Sequence[Interval], days: Sequence[date], zone: timezone) -> int:
    """The sum of the interval data."""
    total = 0
    for interval in intervals:
        if interval.start.astimezone(zone).date() in days:
            total += interval.wh
    return total


def hourly(intervals: Sequence[Interval], days: Sequence[date], zone: timezone) -> list[list[int]]:
    """24 values for each day."""
    values = [[0] * 24 for _ in days]
    for interval in intervals:
        clock = interval.start.astimezone(zone)
        if clock.date() in days:
            values[days.index(clock.date())][clock.hour] += interval.wh
    return values


def eligible(intervals: Sequence[Interval], day: date, zone: timezone, statuses: Sequence[str]) -> bool:
    """Whether every interval of a day is there, with one of these statuses."""
    of_day = [interval for interval in intervals if interval.start.astimezone(zone).date() == day]
    minutes = sum(interval.minutes for interval in of_day)
    return minutes == 24 * 60 and all(interval.status in statuses for interval in of_day)


def spans(days: Sequence[date], zone: timezone, minutes: int, step: int) -> list[tuple[datetime, datetime]]:
    """Spans of some minutes, one begun every `step` minutes, that lie in a period."""
    start = datetime(days[0].year, days[0].month, days[0].day, tzinfo=zone)
    end = start + timedelta(days=len(days))
    found = []
    while start + timedelta(minutes=minutes) <= end:
        found.append((start, start + timedelta(minutes=minutes)))
        start += timedelta(minutes=step)
    return found


def demand(
    intervals: Sequence[Interval], days: Sequence[date], zone: timezone, minutes: int, rolling: bool
) -> tuple[int, int]:
    """The highest demand in W, and in VA, over spans that follow one another, or that begin with each interval."""
    length = intervals[0].minutes
    watts, volt_amperes = [], []
    for start, end in spans(days, zone, minutes, length if rolling else minutes):
        inside = [interval for interval in intervals if start <= interval.start < end]
        w = sum(interval.wh for interval in inside) * 60 // minutes
        var = sum(interval.varh for interval in inside) * 60 // minutes
        watts.append(w)
        volt_amperes.append(math.isqrt(w * w + var * var))
    return max(watts), max(volt_amperes)
