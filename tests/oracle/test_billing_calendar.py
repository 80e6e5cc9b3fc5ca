"""The oracle's calendar: business days, windows and hours, counted out on the calendars of 2010 to 2012."""

from __future__ import annotations

from datetime import date

import pytest

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.instants import Day
from harness.oracle.calendar import Calendar, customers_clock_is_ahead

CALENDAR = Calendar(statutory_holidays(), price_plan_holidays(), tou_schedules())
ON_CUSTOMERS_CLOCKS = Calendar(statutory_holidays(), price_plan_holidays(), tou_schedules(), prevailing=True)


def day(text: str) -> Day:
    return Day(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("opens", "last"),
    [
        ("2011-01-10", "2011-01-12"),  # Monday, Tuesday, Wednesday
        ("2011-01-13", "2011-01-17"),  # Thursday, Friday, Monday
        ("2011-01-15", "2011-01-19"),  # Saturday: Monday to Wednesday
        ("2011-02-18", "2011-02-23"),  # Friday, then Family Day on Monday: Tuesday, Wednesday
        ("2011-07-29", "2011-08-02"),  # Friday; Civic Holiday on Monday counts, and Tuesday
        ("2011-12-23", "2011-12-28"),  # Friday, then Boxing Day on Monday the 26th: Tuesday, Wednesday
        ("2012-01-01", "2012-01-05"),  # Sunday, New Year's Day observed on Monday: Tuesday to Thursday
    ],
)
def test_a_window_is_three_business_days(opens: str, last: str) -> None:
    assert CALENDAR.last_day_of_window(day(opens), 3) == day(last)


@pytest.mark.parametrize(
    ("when", "hour", "bucket"),
    [
        ("2011-04-29", 6, "off_peak"),
        ("2011-04-29", 7, "on_peak"),
        ("2011-04-29", 10, "on_peak"),
        ("2011-04-29", 11, "mid_peak"),
        ("2011-04-29", 17, "on_peak"),
        ("2011-04-29", 20, "on_peak"),
        ("2011-04-29", 21, "off_peak"),
        ("2011-05-02", 7, "mid_peak"),
        ("2011-05-02", 11, "on_peak"),
        ("2011-05-02", 18, "mid_peak"),
        ("2011-05-02", 19, "off_peak"),
        ("2011-05-23", 12, "off_peak"),  # Victoria Day
        ("2011-05-28", 12, "off_peak"),  # Saturday
        ("2011-08-01", 12, "off_peak"),  # Civic Holiday
        ("2011-12-27", 12, "off_peak"),  # the weekday next following Christmas Day
        ("2011-12-28", 12, "mid_peak"),
        ("2011-10-31", 12, "on_peak"),
        ("2011-11-01", 12, "mid_peak"),
    ],
)
def test_hours_have_the_bucket_of_their_season(when: str, hour: int, bucket: str) -> None:
    assert CALENDAR.bucket(day(when), hour) == bucket


def test_on_customers_clocks_the_summers_hours_come_an_hour_earlier() -> None:
    assert [ON_CUSTOMERS_CLOCKS.bucket(day("2011-07-04"), hour) for hour in (9, 10, 15, 16)] == [
        "mid_peak",
        "on_peak",
        "on_peak",
        "mid_peak",
    ]


@pytest.mark.parametrize(
    ("when", "hour", "ahead"),
    [
        ("2011-03-13", 1, False),
        ("2011-03-13", 2, True),
        ("2011-11-06", 0, True),
        ("2011-11-06", 1, False),
        ("2012-03-11", 2, True),
    ],
)
def test_customers_clocks_are_changed_on_sundays(when: str, hour: int, ahead: bool) -> None:
    assert customers_clock_is_ahead(day(when), hour) is ahead


def test_a_critical_peak_day_has_critical_peak_hours_for_on_peak_ones() -> None:
    calendar = Calendar(statutory_holidays(), price_plan_holidays(), tou_schedules(), {day("2011-07-04")})
    assert [calendar.bucket(day("2011-07-04"), hour) for hour in (10, 11)] == ["mid_peak", "critical_peak"]


@pytest.mark.parametrize(("when", "changes"), [("2011-05-01", True), ("2011-05-02", False), ("2011-11-01", True)])
def test_prices_change_when_a_season_begins(when: str, changes: bool) -> None:
    assert CALENDAR.prices_change_on(day(when)) is changes
