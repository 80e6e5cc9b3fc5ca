"""The billing window and the times of the billing services (WIN-01 to WIN-09; AMB-07, AMB-13, AMB-24).

A request stays active for three business days after the last day of its period; what is unfulfilled by then gets the
'no data available' response at 08:00 on the next calendar day. All times are EST, all year round.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from harness.interface.instants import Day, Instant, at, day_of, later

SATURDAY = 5


def is_business_day(day: Day, holidays: Collection[Day]) -> bool:
    """Monday to Friday without Ontario's statutory holidays (AMB-07)."""
    return day.weekday() < SATURDAY and day not in holidays


def window_opens(period_end: Day, received: Day, reading: str) -> Day:
    """The first day of the window: the period's exclusive end, or the day of a late request's receipt (AMB-24)."""
    return {"from-receipt": max(period_end, received), "from-period-end": period_end}[reading]


def window_closes(opens: Day, business_days: int, holidays: Collection[Day]) -> Day:
    """The last day of the window: so many business days from its opening on; no other day counts (WIN-01)."""
    day, left = opens, business_days
    while True:
        left -= is_business_day(day, holidays)
        if left == 0:
            return day
        day = Day(day + timedelta(days=1))


def no_data_response_due(closes: Day, clock: str) -> Instant:
    """When the 'no data available' response falls due: on the calendar day after the window's last (WIN-07)."""
    return at_clock(Day(closes + timedelta(days=1)), clock)


def a_business_day_after(moment: Instant, holidays: Collection[Day]) -> Instant:
    """The same time of the next business day: by when a schedule is loaded by hand (AMB-19)."""
    moment = later(moment, days=1)
    while not is_business_day(day_of(moment), holidays):
        moment = later(moment, days=1)
    return moment


def day_before(day: Day) -> Day:
    """The day before another."""
    return Day(day - timedelta(days=1))


def at_clock(day: Day, clock: str) -> Instant:
    """A clock time such as ``07:30`` on a day."""
    hour, minute = clock.split(":")
    return at(day, int(hour), int(minute))


def hours_before(clock: str, hours: int) -> str:
    """A clock time of the day so many hours before another, or the day's first minute."""
    hour, minute = clock.split(":")
    return f"{int(hour) - hours:02}:{minute}" if int(hour) >= hours else "00:00"


def next_at_clock(after: Instant, clock: str) -> Instant:
    """The next instant of a clock time after another."""
    today = at_clock(day_of(after), clock)
    return today if today > after else later(today, days=1)


def next_billing_run(after: Instant, first: str, last: str, every_hours: int) -> Instant:
    """The next billing run after an instant: every three hours from 08:00 to 23:00, every day (WIN-05)."""
    day = day_of(after)
    run, end = at_clock(day, first), at_clock(day, last)
    while run <= end:
        if run > after:
            return run
        run = later(run, hours=every_hours)
    return later(at_clock(day, first), days=1)
