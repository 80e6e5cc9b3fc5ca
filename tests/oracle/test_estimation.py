"""The oracle's on-demand estimation, against tables worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.instants import Day, Instant, at
from harness.oracle.calendar import Calendar
from harness.oracle.estimation import Estimation, EstimationTerms
from harness.oracle.quantities import MeterBook

MONDAY = Day(date(2011, 1, 10))
CALENDAR = Calendar(
    frozenset(statutory_holidays()), frozenset(price_plan_holidays()), tou_schedules(), frozenset(), False
)
TERMS = EstimationTerms(
    2, {"13": "historic", "14": "class_load_profile"}, {"14": ([100] * 24, [7] * 24)}, 28, status="EST"
)


def day(number: int) -> Day:
    return Day(MONDAY + timedelta(days=number))


def estimation(*wh_of_days: int) -> Estimation:
    """An estimation over days from Monday on, each with one value for all its hours."""
    meters = MeterBook({"VAL", "EST"})
    for number, wh in enumerate(wh_of_days):
        meters.take("1", at(day(number), 0), 60, [wh] * 24, "VAL")
    return Estimation(TERMS, CALENDAR, meters)


def of_day(found: Estimation, number: int) -> set[tuple[int, str | None]]:
    held = found.meters.days["1"].get(day(number))
    return set() if held is None else set(zip(held.wh, held.status, strict=True))


def test_history_is_that_of_like_days_rounded_down() -> None:
    found = estimation(10, 10, 10, 10, 13, 90, 90)
    assert found.extrapolate("1", at(day(14), 0), "13")
    assert [of_day(found, number) for number in (7, 11, 12, 13)] == [
        {(10, "EST")},
        {(10, "EST")},
        {(90, "EST")},
        {(90, "EST")},
    ]
    assert found.meters.received_until["1"] == at(day(7), 0)


def test_a_class_load_profile_has_business_days_and_others() -> None:
    found = estimation(1, 1, 1, 1)
    assert found.extrapolate("1", at(day(6), 0), "14")
    assert [of_day(found, number) for number in (4, 5, 6)] == [{(100, "EST")}, {(7, "EST")}, set()]


def test_nothing_is_estimated_without_history_service_or_gap() -> None:
    weekend = MeterBook({"VAL"})
    weekend.take("1", at(day(5), 0), 60, [5] * 48, "VAL")
    found = Estimation(TERMS, CALENDAR, weekend)
    assert not found.extrapolate("1", at(day(8), 0), "13")
    assert not found.extrapolate("1", at(day(8), 0), "03")
    assert not found.extrapolate("1", at(day(8), 0), None)
    assert not found.extrapolate("1", at(day(7), 0), "14")
    assert not found.extrapolate("2", at(day(8), 0), "14")
    assert set(weekend.days["1"]) == {day(5), day(6)}


def test_what_was_estimated_stays_and_what_is_received_replaces_it() -> None:
    found = estimation(10, 10, 10)
    assert found.extrapolate("1", at(day(4), 0), "13")
    found.meters.take("1", at(day(1), 0), 60, [40] * 24, "VAL")
    assert found.extrapolate("1", at(day(5), 0), "13")
    assert [of_day(found, number) for number in (3, 4)] == [{(10, "EST")}, {(20, "EST")}]
    found.meters.take("1", at(day(3), 0), 60, [33] * 24, "VAL")
    assert of_day(found, 3) == {(33, "VAL")}


def test_it_starts_when_two_business_days_of_the_window_are_over() -> None:
    starts: list[Instant] = [estimation(1).starts(Day(date(2011, 1, each))) for each in (11, 13, 14)]
    assert starts == [at(Day(date(2011, 1, each)), 0) for each in (13, 15, 18)]
