"""Faults of billing that show on days that are easily forgotten: where a year or a season ends, and clocks are moved."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, later
from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.framing import Zone
from reference_impl.framing.calendar import BillingCalendar
from reference_impl.repository import (
    billing_quantities,
    billing_requests,
    billing_services,
    billing_window,
    segmentation,
)

_SUNDAY = 6
_CLOCKS_GO_FORWARD = range(8, 15)
_CLOCKS_GO_BACK = range(1, 8)
_THE_HOUR_SKIPPED = 2
_THE_HOUR_TWICE = 1
_NOON = 12


def _new_years_eve(day: Any) -> bool:
    return (day.month, day.day) == (12, 31)


def _clocks_go_forward(day: Any) -> bool:
    return day.month == 3 and day.weekday() == _SUNDAY and day.day in _CLOCKS_GO_FORWARD


def _clocks_go_back(day: Any) -> bool:
    return day.month == 11 and day.weekday() == _SUNDAY and day.day in _CLOCKS_GO_BACK


# --- quantities -----------------------------------------------------------------------------------------------------


def _hours_of_the_day_before(month: int) -> Callable[[Any], Any]:
    def make(original: Any) -> Any:
        def bucket(calendar: Any, day: Any, hour: int) -> Any:
            is_first = (day.month, day.day) == (month, 1)
            return original(calendar, Day(day - timedelta(days=1)) if is_first else day, hour)

        return bucket

    return make


def _nothing_in_the_last_central_hour(original: Any) -> Any:
    def hours(data: Any, sdp: Any, days: Any, zone: Any, last: Any) -> Any:
        found = original(data, sdp, days, zone, last)
        if zone is Zone.CENTRAL and _new_years_eve(days[-1]):
            found.wh[-1] = 0
        return found

    return hours


def _nothing_in_hour_24(original: Any) -> Any:
    def records(energy: Any, days: Any) -> Any:
        return [{**each, "hour_24_wh": 0} if _new_years_eve(each["day"]) else each for each in original(energy, days)]

    return records


def _demand_without(hour: int, is_affected: Callable[[Any], bool]) -> Application:
    """Demand leaves out an hour of a day."""

    def make(original: Any) -> Any:
        def spans(data: Any, sdp: Any, days: Any, zone: Any) -> Any:
            found = original(data, sdp, days, zone)
            if len(found) > 1 or not any(map(is_affected, days)):
                return found
            (span,) = found
            place = next(number for number, day in enumerate(days) if is_affected(day)) * 24 + hour
            in_hour = 60 // span.minutes
            energy = span.wh.copy()
            energy[place * in_hour : (place + 1) * in_hour] = 0
            return [dataclasses.replace(span, wh=energy)]

        return spans

    return replaced(billing_quantities, "spans_of_equal_length", make)


# --- when -----------------------------------------------------------------------------------------------------------


def _labour_day_counts(original: Any) -> Any:
    def is_business_day(day: Any, holidays: Any) -> bool:
        is_labour_day = day.month == 9 and day.weekday() == 0 and day.day <= 7
        return is_labour_day or bool(original(day, holidays))

    return is_business_day


def _no_run(is_left_out: Callable[[Any], bool]) -> Application:
    def make(original: Any) -> Any:
        def next_run(after: Any, *clocks: Any) -> Any:
            found = original(after, *clocks)
            while is_left_out(found):
                found = original(found, *clocks)
            return found

        return next_run

    return replaced(billing_window, "next_billing_run", make)


def _moved(name: str, hours: int, is_moved: Callable[..., bool]) -> Application:
    """What is done at a time is done some hours from it: `is_moved` is given that time, and what it was asked with."""

    def make(original: Any) -> Any:
        def next_time(after: Any, *clocks: Any) -> Any:
            found = original(after, *clocks)
            if not is_moved(found, *clocks):
                return found
            moved = later(found, hours=hours)
            return moved if moved > after else original(found, *clocks)

        return next_time

    return replaced(billing_window, name, make)


def _undivided_on(month: int, day: int) -> Application:
    return replaced(
        segmentation,
        "account_events",
        lambda original: (
            lambda *arguments: {each for each in original(*arguments) if (each.month, each.day) != (month, day)}
        ),
    )


def _lead_shorter_over_a_new_year(original: Any) -> Any:
    def earliest(today: Any, *others: Any) -> Any:
        found = original(today, *others)
        return Day(found - timedelta(days=1)) if found.year != today.year else found

    return earliest


def _with_the_end_on_new_years_eve(original: Any) -> Any:
    def days(start: Any, end: Any) -> Any:
        return original(start, Day(end + timedelta(days=1)) if _new_years_eve(end) else end)

    return days


SELDOM_DAY_FAULTS: tuple[Bent, ...] = (
    fault(
        "summer_hours_on_the_first_of_november",
        "BQ-05",
        "On 1 November the hours of summer still hold.",
        replaced(BillingCalendar, "_bucket", _hours_of_the_day_before(11)),
    ),
    fault(
        "winter_hours_on_the_first_of_may",
        "BQ-05",
        "On 1 May the hours of winter still hold.",
        replaced(BillingCalendar, "_bucket", _hours_of_the_day_before(5)),
    ),
    fault(
        "nothing_in_the_last_central_hour_of_a_year",
        "BQ-04",
        "The last hour of a Central SDP's year counts as nothing.",
        replaced(billing_quantities, "hours", _nothing_in_the_last_central_hour),
    ),
    fault(
        "nothing_in_the_last_hour_of_a_year",
        "BQ-07",
        "An Hourly response shows nothing for the last hour of a year.",
        replaced(billing_quantities, "hourly_records", _nothing_in_hour_24),
    ),
    fault(
        "no_demand_in_the_hour_that_clocks_skip",
        "WIN-09",
        "Demand leaves out the hour that clocks on daylight saving time skip in March.",
        _demand_without(_THE_HOUR_SKIPPED, _clocks_go_forward),
    ),
    fault(
        "no_demand_in_the_hour_that_comes_twice",
        "WIN-09",
        "Demand leaves out the hour that clocks on daylight saving time show twice in November.",
        _demand_without(_THE_HOUR_TWICE, _clocks_go_back),
    ),
    fault(
        "labour_day_counts",
        "WIN-01",
        "Labour Day counts among the business days of a window.",
        replaced(billing_window, "is_business_day", _labour_day_counts),
    ),
    fault(
        "no_last_run_of_a_year",
        "WIN-05",
        "There is no run at 23:00 on New Year's Eve.",
        _no_run(lambda run: _new_years_eve(run) and run.hour == 23),
    ),
    fault(
        "no_runs_after_noon_of_29_february",
        "WIN-05",
        "There are no runs after noon on 29 February.",
        _no_run(lambda run: (run.month, run.day) == (2, 29) and run.hour > _NOON),
    ),
    fault(
        "no_run_at_20_on_sundays",
        "WIN-05",
        "There is no run at 20:00 on Sundays.",
        _no_run(lambda run: run.weekday() == _SUNDAY and run.hour == 20),
    ),
    fault(
        "push_an_hour_early_when_clocks_go_forward",
        "WIN-09",
        "Push requests are loaded at 06:30 on the day on which clocks go forward.",
        _moved("next_at_clock", -1, lambda found, clock: clock == "07:30" and _clocks_go_forward(found)),
    ),
    fault(
        "push_an_hour_late_when_clocks_go_back",
        "WIN-09",
        "Push requests are loaded at 08:30 on the day on which clocks go back.",
        _moved("next_at_clock", 1, lambda found, clock: clock == "07:30" and _clocks_go_back(found)),
    ),
    fault(
        "last_run_an_hour_early_when_clocks_go_forward",
        "WIN-09",
        "The run at 23:00 is at 22:00 on the day on which clocks go forward.",
        _moved("next_billing_run", -1, lambda found, *_: found.hour == 23 and _clocks_go_forward(found)),
    ),
    fault(
        "new_years_day_divides_nothing",
        "SEG-02",
        "A new account as of 1 January divides nothing.",
        _undivided_on(1, 1),
    ),
    fault(
        "leap_day_divides_nothing",
        "SEG-02",
        "A new account as of 29 February divides nothing.",
        _undivided_on(2, 29),
    ),
    fault(
        "lead_shorter_over_a_new_year",
        "BSV-04",
        "An update may change dates a day nearer where the third day ahead is of another year.",
        replaced(billing_requests, "earliest_change", _lead_shorter_over_a_new_year),
    ),
    fault(
        "end_on_new_years_eve_inclusive",
        "BSV-09",
        "A period that ends on 31 December takes that day in.",
        replaced(billing_services, "days_between", _with_the_end_on_new_years_eve),
    ),
)
