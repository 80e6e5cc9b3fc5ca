"""Where a clock with daylight saving time jumps: an hour that comes twice, and one that is left out.

The MDM/R's clock is EST all year round. Data by another clock shows on two days of the year: the first Sunday of
November, of which 01:00 to 02:00 comes twice, and the second Sunday of March, which has no 02:00 to 03:00.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from harness.interface.interval_data import MINUTES_OF_DAY

_EPOCH = date(1970, 1, 1)
_EST_MINUTES = 300


def first_sunday(year: int, month: int, since: int) -> date:
    """The first Sunday of a month on or after a day of it."""
    day = date(year, month, since)
    return day + timedelta(days=(6 - day.weekday()) % 7)


def is_hour_that_comes_twice(minutes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which instants, in minutes since 1970 UTC, are in the hour that clocks show twice, read as EST."""
    return _in_hour(minutes, 11, 1, 1)


def is_hour_left_out(minutes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which instants are in the hour that clocks leave out, read as EST."""
    return _in_hour(minutes, 3, 8, 2)


def _in_hour(minutes: NDArray[np.int64], month: int, since: int, hour: int) -> NDArray[np.bool_]:
    if not minutes.size:
        return np.zeros(0, dtype=bool)
    there = minutes - _EST_MINUTES
    first, last = (_EPOCH + timedelta(minutes=int(each)) for each in (there.min(), there.max()))
    days = [(first_sunday(year, month, since) - _EPOCH).days for year in range(first.year, last.year + 1)]
    begins = np.array(days, dtype=np.int64) * MINUTES_OF_DAY + hour * 60
    return np.isin(there // 60, begins // 60)
