"""Interval data of some SDPs, drawn, as the core takes it and as the obvious version does."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.instants import Day
from reference_impl.framing import BillingCalendar, Status, Zone, billing_calendar
from tests.reference_impl.framing import obvious

ZONES = {Zone.EASTERN: obvious.EASTERN, Zone.CENTRAL: obvious.CENTRAL}
FIRST_DAYS = [
    date(2010, 10, 30),  # a Saturday; winter begins on Monday
    date(2010, 12, 24),
    date(2011, 1, 10),
    date(2011, 2, 20),  # Family Day is Monday
    date(2011, 4, 29),  # a Friday; summer and the new schedule begin on Sunday
    date(2011, 7, 20),
    date(2011, 7, 31),  # Civic Holiday is Monday
    date(2011, 12, 26),  # Boxing Day; the next weekday is off-peak for Christmas Day
    date(2011, 10, 31),
]


@dataclass(frozen=True)
class World:
    """SDPs over some days, in arrays that begin at midnight EST and go on for an hour beyond the last day."""

    days: list[date]
    minutes: int
    wh: NDArray[np.int32]
    varh: NDArray[np.int32]
    status: NDArray[np.uint8]
    critical: frozenset[date]

    @property
    def per_day(self) -> int:
        return 24 * 60 // self.minutes

    @property
    def calendar(self) -> BillingCalendar:
        critical = [Day(day) for day in self.critical]
        return billing_calendar(tou_schedules(), price_plan_holidays(), critical, prevailing_time=False)

    @property
    def year(self) -> obvious.Year:
        return obvious.Year(frozenset(price_plan_holidays()), self.critical)

    def buckets(self) -> NDArray[np.uint8]:
        return self.calendar.buckets(Day(self.days[0]), len(self.days), self.per_day)

    def by_the_clock_of(self, zone: Zone) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
        """Energy, reactive energy and statuses of the days, as the clock of a zone counts them."""
        begin = 60 // self.minutes if zone is Zone.CENTRAL else 0
        cut = np.s_[:, begin : begin + len(self.days) * self.per_day]
        return self.wh[cut], self.varh[cut], self.status[cut]

    def intervals(self, sdp: int) -> list[obvious.Interval]:
        """Those of an SDP, without the missing ones."""
        first = self.days[0]
        midnight = datetime(first.year, first.month, first.day, tzinfo=obvious.EASTERN)
        columns = zip(self.wh[sdp].tolist(), self.varh[sdp].tolist(), self.status[sdp].tolist(), strict=True)
        return [
            obvious.Interval(
                midnight + timedelta(minutes=place * self.minutes), self.minutes, wh, varh, Status(status).name
            )
            for place, (wh, varh, status) in enumerate(columns)
            if status != Status.MISSING
        ]


@st.composite
def worlds(draw: st.DrawFn, minutes: int, sdps: int = 3, most: int = 2**31 - 1) -> World:
    """SDPs with small values and large ones, whose intervals are mostly eligible."""
    first = draw(st.sampled_from(FIRST_DAYS))
    days = [first + timedelta(days=ahead) for ahead in range(draw(st.integers(1, 2)))]
    size = (len(days) * 24 + 1) * 60 // minutes
    chance = random.Random(draw(st.integers(0, 2**32)))
    largest = draw(st.sampled_from([10, 5000, most]))
    weights = draw(st.sampled_from([[0, 1, 0, 0, 0], [0, 8, 3, 1, 0], [1, 90, 5, 5, 1], [1, 1, 1, 1, 1]]))
    wh = [[chance.randint(0, largest) for _ in range(size)] for _ in range(sdps)]
    varh = [[chance.randint(-largest, largest) for _ in range(size)] for _ in range(sdps)]
    status = [chance.choices(range(5), weights, k=size) for _ in range(sdps)]
    critical = frozenset(day for day in days if draw(st.booleans()))
    return World(
        days,
        minutes,
        np.array(wh, dtype=np.int32),
        np.array(varh, dtype=np.int32),
        np.array(status, dtype=np.uint8),
        critical,
    )
