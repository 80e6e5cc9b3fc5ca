"""The frozen calendar against the library it was frozen from."""

from __future__ import annotations

import holidays

from harness.interface.calendars import statutory_holidays
from harness.interface.instants import Day

FIRST, LAST = 2008, 2035


def test_the_calendar_has_every_year_from_first_to_last() -> None:
    assert {day.year for day in statutory_holidays()} == set(range(FIRST, LAST + 1))


def test_the_calendar_holds_the_librarys_statutory_holidays_of_ontario() -> None:
    library = holidays.country_holidays("CA", subdiv="ON", years=range(FIRST, LAST + 1), language="en_US")
    assert dict(statutory_holidays()) == {Day(day): name for day, name in library.items()}


def test_days_are_in_order() -> None:
    assert list(statutory_holidays()) == sorted(statutory_holidays())


def test_civic_holiday_is_not_statutory() -> None:
    assert not [day for day in statutory_holidays() if day.month == 8]


def test_remembrance_day_is_not_statutory_in_ontario() -> None:
    assert not [day for day in statutory_holidays() if day.month == 11]
