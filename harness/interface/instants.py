"""Instants and days, as the MDM/R counts them: EST all year round (WIN-09).

An `Instant` is a moment, a `Day` a date of the EST calendar. Nothing here reads the machine's clock.
"""

from __future__ import annotations

import functools
from datetime import date, datetime, timedelta, timezone
from typing import NewType

EST = timezone(timedelta(hours=-5), "EST")

Instant = NewType("Instant", datetime)
Day = NewType("Day", date)


@functools.lru_cache(maxsize=4096)
def instant(text: str) -> Instant:
    """Read an ISO 8601 instant that states its offset, such as ``2011-01-10T08:00:00-05:00``.

    :raises ValueError: the text is no instant, has no offset, or is not whole seconds.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"instant without an offset: {text!r}")
    if moment.microsecond:
        raise ValueError(f"instant finer than a second: {text!r}")
    return Instant(moment.astimezone(EST))


def _there(moment: Instant) -> datetime:
    """An instant as clocks show it that are never put forward."""
    return moment if moment.tzinfo is EST else moment.astimezone(EST)


@functools.lru_cache(maxsize=4096)
def iso(moment: Instant) -> str:
    """Write an instant as ISO 8601 with ``-05:00``."""
    return _there(moment).isoformat(timespec="seconds")


def from_digits(text: str) -> Instant:
    """Read a date and time as interface files write it: ``yyyymmddhh24miss``, EST; seconds may be left out.

    :raises ValueError: it is not 12 or 14 digits, or there is no such date and time.
    """
    if len(text) not in {12, 14} or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"not 12 or 14 digits: {text!r}")
    day = int(text[:4]), int(text[4:6]), int(text[6:8])
    return Instant(datetime(*day, int(text[8:10]), int(text[10:12]), int(text[12:] or 0), tzinfo=EST))


def digits(moment: Instant) -> str:
    """Write an instant as ``yyyymmddhh24miss``, EST."""
    there = _there(moment)
    return f"{there.year:04}{there:%m%d%H%M%S}"


def day_from_digits(text: str) -> Day:
    """Read a day as interface files write it: ``yyyymmdd``.

    :raises ValueError: it is not 8 digits, or there is no such day.
    """
    if len(text) != 8 or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"not 8 digits: {text!r}")
    return Day(date(int(text[:4]), int(text[4:6]), int(text[6:])))


def day_digits(day: Day) -> str:
    """Write a day as ``yyyymmdd``."""
    return f"{day.year:04}{day:%m%d}"


def day_of(moment: Instant) -> Day:
    """The EST calendar day an instant belongs to."""
    return Day(_there(moment).date())


def at(day: Day, hour: int, minute: int = 0, second: int = 0) -> Instant:
    """The instant of a clock time on a day."""
    return Instant(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=EST))


def midnight(day: Day) -> Instant:
    """The first instant of a day."""
    return at(day, 0)


def later(moment: Instant, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> Instant:
    """The instant a given time after another (or before it, where negative)."""
    return Instant(moment + timedelta(days, seconds + 60 * minutes + 3600 * hours))
