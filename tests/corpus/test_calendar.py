"""Both frozen calendars against the library where it knows the day, and against lists by hand where it does not."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.instants import Day

YEARS = range(2006, 2036)
NEXT_WEEKDAYS = {  # by hand: no other holiday can fall on a weekend
    "New Year's Day": "2006-01-02 2011-01-03 2012-01-02 2017-01-02 2022-01-03 "
    "2023-01-02 2028-01-03 2033-01-03 2034-01-02",
    "Canada Day": "2006-07-03 2007-07-02 2012-07-02 2017-07-03 2018-07-02 "
    "2023-07-03 2028-07-03 2029-07-02 2034-07-03 2035-07-02",
    "Christmas Day": "2010-12-27 2011-12-27 2016-12-27 2021-12-27 2022-12-27 2027-12-27 2032-12-27 2033-12-27",
    "Boxing Day": "2009-12-28 2010-12-28 2015-12-28 2020-12-28 2021-12-28 2026-12-28 2027-12-28 2032-12-28",
}
BETWEEN_CHRISTMAS_AND_NEW_YEAR = {  # by hand, of the years in which one of the days is on a weekend
    2009: ["2009-12-28"],
    2010: ["2010-12-27", "2010-12-28", "2011-01-03"],
    2011: ["2012-01-02"],
    2015: ["2015-12-28"],
    2016: ["2017-01-02"],
}


def library(category: str) -> dict[date, str]:
    return dict(
        holidays.country_holidays("CA", subdiv="ON", years=YEARS, language="en_US", categories=(category,)).items()
    )


@pytest.mark.parametrize("calendar", [statutory_holidays, price_plan_holidays])
def test_a_calendar_has_every_year_in_order(calendar: object) -> None:
    days = list(calendar())  # type: ignore[operator]
    assert {day.year for day in days} == set(YEARS)
    assert days == sorted(days)


# --- business days --------------------------------------------------------------------------------------


def test_business_days_go_by_the_librarys_statutory_holidays_of_ontario() -> None:
    assert dict(statutory_holidays()) == {Day(day): name for day, name in library("public").items()}


def test_a_statutory_holiday_on_a_weekend_is_observed_on_a_weekday_after_it() -> None:
    named_on = {(1, 1), (12, 25), (12, 26)}
    for year, observed in BETWEEN_CHRISTMAS_AND_NEW_YEAR.items():
        winter = [day for day in statutory_holidays() if date(year, 12, 1) < day < date(year + 1, 1, 31)]
        assert [str(day) for day in winter if (day.month, day.day) not in named_on] == observed


def test_civic_holiday_is_a_business_day() -> None:
    assert not [day for day in statutory_holidays() if day.month == 8]


@pytest.mark.parametrize("calendar", [statutory_holidays, price_plan_holidays])
def test_remembrance_day_and_easter_monday_are_no_holidays(calendar: object) -> None:
    held = {str(day) for day in calendar()}  # type: ignore[operator]
    assert held.isdisjoint({"2011-11-11", "2011-04-25"})


# --- prices ---------------------------------------------------------------------------------------------


def test_prices_go_by_the_days_that_the_regulation_names_as_the_library_knows_them() -> None:
    public = {
        day: name for day, names in library("public").items() for name in names.split("; ") if "observed" not in name
    }
    named = public | {day: name for day, name in library("optional").items() if name == "Civic Holiday"}
    expected = {Day(day): name.replace("Labor", "Labour") for day, name in named.items()}
    assert {day: name for day, name in price_plan_holidays().items() if "next weekday" not in name} == expected


def test_after_a_holiday_on_a_weekend_the_next_weekday_that_is_none_is_off_peak() -> None:
    expected = {f"{day} {name} (next weekday)" for name, days in NEXT_WEEKDAYS.items() for day in days.split()}
    assert {f"{day} {name}" for day, name in price_plan_holidays().items() if "next weekday" in name} == expected


def test_the_holidays_of_2017_are_those_that_a_utility_published() -> None:
    weekdays = [f"{day:%m-%d}" for day in price_plan_holidays() if day.year == 2017 and day.weekday() < 5]
    published = (
        "01-02 02-20 04-14 05-22 07-03 08-07 09-04 10-09 12-25 12-26"  # Bluewater Power, "Off-Peak Pricing Holiday"
    )
    assert " ".join(weekdays) == published


@pytest.mark.parametrize(
    ("day", "evening_ends"),
    [
        ("2009-11-02", 21),
        ("2010-07-05", 21),
        ("2010-12-01", 21),
        ("2011-04-29", 21),
        ("2011-05-02", 19),
        ("2024-12-02", 19),
    ],
)
def test_the_evenings_of_the_price_plan_end_at_21_until_may_2011_and_at_19_since(day: str, evening_ends: int) -> None:
    hours = tou_schedules().hours_on(Day(date.fromisoformat(day)))
    assert max(hours.on_peak | hours.mid_peak) + 1 == evening_ends
