"""The billing window. Days are counted by hand on the calendars of 2010 and 2011; then day by day, at any holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.interface.instants import Day, at
from reference_impl.repository.billing_window import (
    a_business_day_after,
    hours_before,
    next_billing_run,
    no_data_response_due,
    window_closes,
    window_opens,
)

MANY = settings(derandomize=True, deadline=None, database=None)
HOLIDAYS = frozenset(
    Day(date.fromisoformat(text))
    for text in ("2010-02-15", "2010-04-02", "2010-12-27", "2010-12-28", "2011-01-03", "2011-02-21")
)
DAYS = st.dates(date(2009, 1, 1), date(2012, 12, 31)).map(Day)


@pytest.mark.parametrize(
    ("end", "closes"),
    [
        pytest.param("2010-06-01", "2010-06-03", id="Tuesday to Thursday"),
        pytest.param("2010-06-04", "2010-06-08", id="Friday, over a weekend"),
        pytest.param("2010-06-05", "2010-06-09", id="Saturday"),
        pytest.param("2010-06-06", "2010-06-09", id="Sunday"),
        pytest.param("2010-04-01", "2010-04-06", id="the Thursday before Good Friday"),
        pytest.param("2010-04-02", "2010-04-07", id="Good Friday"),
        pytest.param("2010-02-12", "2010-02-17", id="the Friday before Family Day"),
        pytest.param("2010-12-24", "2010-12-30", id="Christmas Eve, with two days in lieu"),
        pytest.param("2010-12-31", "2011-01-05", id="New Year's Eve"),
    ],
)
def test_the_last_day_of_the_window(end: str, closes: str) -> None:
    opens = Day(date.fromisoformat(end))
    assert window_closes(opens, 3, HOLIDAYS) == Day(date.fromisoformat(closes))


@MANY
@given(DAYS, st.integers(1, 5), st.frozensets(DAYS, max_size=20))
def test_the_window_is_so_many_business_days_long(opens: Day, length: int, holidays: frozenset[Day]) -> None:
    closes = window_closes(opens, length, holidays)
    days = [opens + timedelta(days=ahead) for ahead in range((closes - opens).days + 1)]
    counted = [each for each in days if each.isoweekday() <= 5 and Day(each) not in holidays]
    assert len(counted) == length
    assert counted[-1] == closes


@MANY
@given(DAYS, DAYS)
def test_a_late_request_has_a_whole_window_or_the_rest_of_one(end: Day, received: Day) -> None:
    assert window_opens(end, received, "from-receipt") == max(received, end)
    assert window_opens(end, received, "from-period-end") == end


@pytest.mark.parametrize(
    ("received", "loaded"), [(3, 4), (4, 7), (5, 7), (6, 8)], ids=["Thursday", "Friday", "Saturday", "holiday"]
)
def test_a_schedule_is_loaded_by_the_same_time_of_the_next_business_day(received: int, loaded: int) -> None:
    june = [Day(date(2010, 6, number)) for number in range(1, 15)]  # of which the 4th is a Friday
    holidays = {june[6]} if received == 6 else set()
    assert a_business_day_after(at(june[received - 1], 9, 30), holidays) == at(june[loaded - 1], 9, 30)


@pytest.mark.parametrize(("clock", "earlier"), [("23:30", "22:30"), ("01:05", "00:05"), ("00:40", "00:00")])
def test_an_hour_before_is_an_hour_of_the_same_day(clock: str, earlier: str) -> None:
    assert hours_before(clock, 1) == earlier


def test_no_data_is_told_on_the_next_calendar_day_be_it_a_saturday() -> None:
    friday = Day(date(2010, 6, 4))
    assert no_data_response_due(friday, "08:00") == at(Day(date(2010, 6, 5)), 8, 0)


@pytest.mark.parametrize(
    ("after", "run"),
    [((0, 0), (8, 0)), ((7, 59), (8, 0)), ((8, 0), (11, 0)), ((19, 30), (20, 0)), ((20, 0), (23, 0))],
)
def test_the_next_run_of_the_day(after: tuple[int, int], run: tuple[int, int]) -> None:
    day = Day(date(2010, 6, 1))
    assert next_billing_run(at(day, *after), "08:00", "23:00", 3) == at(day, *run)


def test_after_the_last_run_comes_the_first_of_the_next_day() -> None:
    assert next_billing_run(at(Day(date(2010, 6, 1)), 23, 0), "08:00", "23:00", 3) == at(Day(date(2010, 6, 2)), 8, 0)
