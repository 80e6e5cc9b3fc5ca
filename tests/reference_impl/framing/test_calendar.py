"""Which bucket an hour is in, and when prices change (AMB-14, AMB-15, SEG-03, SEG-05).

Days are written as a letter an hour: `.` off-peak, `m` mid-peak, `P` on-peak, `C` critical peak.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.instants import Day
from reference_impl.framing import BillingCalendar, billing_calendar
from reference_impl.framing.calendar import prevailing
from tests.reference_impl.framing import obvious

LETTERS = ".mPC"
#              0     6     12    18
OFF = "........................"
WINTER_2010 = ".......PPPPmmmmmmPPPP..."
SUMMER_2010 = ".......mmmmPPPPPPmmmm..."
WINTER_2011 = ".......PPPPmmmmmmPP....."
SUMMER_2011 = ".......mmmmPPPPPPmm....."
WORDS = {obvious.OFF_PEAK: ".", obvious.MID_PEAK: "m", obvious.ON_PEAK: "P", obvious.CRITICAL_PEAK: "C"}


def calendar(*critical: str, prevailing_time: bool = False) -> BillingCalendar:
    days = [Day(date.fromisoformat(day)) for day in critical]
    return billing_calendar(tou_schedules(), price_plan_holidays(), days, prevailing_time=prevailing_time)


def letters(held: BillingCalendar, day: str) -> str:
    return "".join(LETTERS[bucket] for bucket in held.buckets_of_day(Day(date.fromisoformat(day))))


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2010-04-30", WINTER_2010),  # a Friday
        ("2010-05-01", OFF),  # a Saturday
        ("2010-05-03", SUMMER_2010),
        ("2010-10-29", SUMMER_2010),  # a Friday
        ("2010-11-01", WINTER_2010),  # a Monday
        ("2011-04-29", WINTER_2010),  # the last business day of the old schedule
        ("2011-05-01", OFF),  # a Sunday
        ("2011-05-02", SUMMER_2011),
        ("2011-10-31", SUMMER_2011),  # a Monday
        ("2011-11-01", WINTER_2011),
        ("2012-04-30", WINTER_2011),  # a Monday
        ("2012-05-01", SUMMER_2011),
    ],
)
def test_seasons_and_schedules_begin_on_their_day(day: str, hours: str) -> None:
    assert letters(calendar(), day) == hours


@pytest.mark.parametrize(
    "day",
    [
        *("2011-01-08", "2011-01-09", "2011-07-02", "2011-07-03"),  # weekends
        *("2010-12-27", "2010-12-28", "2011-01-03", "2011-02-21", "2011-04-22", "2011-05-23", "2011-07-01"),
        *("2011-08-01", "2011-12-26", "2011-12-27"),  # Civic Holiday; Boxing Day; for Christmas Day, a Sunday
    ],
)
def test_weekends_and_holidays_are_off_peak(day: str) -> None:
    assert letters(calendar(), day) == OFF


def test_the_days_of_a_week_that_are_no_holidays_have_all_buckets() -> None:
    assert {letters(calendar(), f"2011-01-{day}") for day in range(10, 15)} == {WINTER_2010}


def test_on_a_critical_peak_day_the_on_peak_hours_are_critical() -> None:
    assert letters(calendar("2011-07-20"), "2011-07-20") == SUMMER_2011.replace("P", "C")


def test_the_day_after_a_critical_peak_day_is_as_ever() -> None:
    assert letters(calendar("2011-07-20"), "2011-07-21") == SUMMER_2011


@pytest.mark.parametrize("day", ["2011-07-01", "2011-07-02"], ids=["a holiday", "a Saturday"])
def test_a_day_that_is_off_peak_has_no_critical_peak(day: str) -> None:
    assert letters(calendar(day), day) == OFF


@pytest.mark.parametrize("critical", [frozenset(), frozenset({date(2011, 7, 20), date(2011, 12, 1)})])
def test_three_years_are_as_the_obvious_version_has_them(critical: frozenset[date]) -> None:
    held = calendar(*(day.isoformat() for day in critical))
    year = obvious.Year(frozenset(price_plan_holidays()), critical)
    days = [date(2010, 1, 1) + timedelta(days=ahead) for ahead in range(3 * 365 + 1)]
    found = {day: letters(held, day.isoformat()) for day in days}
    assert found == {day: "".join(WORDS[obvious.bucket_of(day, hour, year)] for hour in range(24)) for day in days}


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2011-03-11", WINTER_2010),  # the last business day before clocks go forward
        ("2011-03-13", OFF),  # a Sunday: they do
        ("2011-03-14", "......PPPPmmmmmmPPPP...."),  # an hour earlier by standard time
        ("2011-07-20", "......mmmmPPPPPPmm......"),
        ("2011-11-04", "......PPPPmmmmmmPP......"),  # the last business day before clocks go back
        ("2011-11-06", OFF),  # a Sunday: they do
        ("2011-11-07", WINTER_2011),
    ],
)
def test_prevailing_time_is_an_hour_ahead_while_clocks_are(day: str, hours: str) -> None:
    assert letters(calendar(prevailing_time=True), day) == hours


@pytest.mark.parametrize(
    ("day", "first_hours"),
    [("2011-03-13", [0, 1, 3, 4, 5]), ("2011-11-06", [1, 1, 2, 3, 4])],
    ids=["forward", "back"],
)
def test_the_hours_that_a_clock_shows_on_the_days_it_changes(day: str, first_hours: list[int]) -> None:
    shown = [prevailing(Day(date.fromisoformat(day)), hour)[1] for hour in range(5)]
    assert shown == first_hours


def test_the_last_hour_of_a_summer_day_is_the_first_of_the_next_by_prevailing_time() -> None:
    assert prevailing(Day(date(2011, 7, 20)), 23) == (Day(date(2011, 7, 21)), 0)


@pytest.mark.parametrize(("per_day", "each"), [(24, 1), (48, 2), (96, 4), (288, 12)])
def test_every_interval_of_an_hour_is_in_its_bucket(per_day: int, each: int) -> None:
    found = calendar().buckets(Day(date(2011, 1, 9)), 2, per_day)
    expected = "".join(letter * each for letter in OFF + WINTER_2010)
    assert "".join(LETTERS[bucket] for bucket in found) == expected


@pytest.mark.parametrize(
    ("start", "end", "changes"),
    [
        ("2011-04-15", "2011-05-15", ["2011-05-01"]),
        ("2011-04-15", "2011-05-01", []),  # on the exclusive end
        ("2011-05-01", "2011-06-01", []),  # on the first day
        ("2011-04-30", "2011-05-02", ["2011-05-01"]),
        ("2011-10-31", "2011-11-02", ["2011-11-01"]),
        ("2011-11-01", "2011-11-02", []),
        ("2011-06-01", "2011-10-01", []),
        ("2010-10-15", "2011-11-15", ["2010-11-01", "2011-05-01", "2011-11-01"]),
    ],
)
def test_prices_change_after_the_first_day_and_before_the_end(start: str, end: str, changes: list[str]) -> None:
    found = calendar().price_changes(Day(date.fromisoformat(start)), Day(date.fromisoformat(end)))
    assert [day.isoformat() for day in found] == changes
