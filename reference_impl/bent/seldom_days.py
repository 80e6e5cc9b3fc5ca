"""Faults of billing that show on days that are easily forgotten: where a year or a season ends, and clocks are moved."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Bent, fault, replaced
from reference_impl.framing import Zone
from reference_impl.framing.calendar import BillingCalendar
from reference_impl.repository import billing_quantities

_SUNDAY = 6
_CLOCKS_GO_FORWARD = range(8, 15)
_THE_HOUR_SKIPPED = 2


def _new_years_eve(day: Any) -> bool:
    return (day.month, day.day) == (12, 31)


def _clocks_go_forward(day: Any) -> bool:
    return day.month == 3 and day.weekday() == _SUNDAY and day.day in _CLOCKS_GO_FORWARD


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


def _demand_without_the_hour_skipped(original: Any) -> Any:
    def spans(data: Any, sdp: Any, days: Any, zone: Any) -> Any:
        found = original(data, sdp, days, zone)
        if len(found) > 1 or not any(map(_clocks_go_forward, days)):
            return found
        (span,) = found
        place = next(number for number, day in enumerate(days) if _clocks_go_forward(day)) * 24 + _THE_HOUR_SKIPPED
        in_hour = 60 // span.minutes
        energy = span.wh.copy()
        energy[place * in_hour : (place + 1) * in_hour] = 0
        return [dataclasses.replace(span, wh=energy)]

    return spans


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
        replaced(billing_quantities, "spans_of_equal_length", _demand_without_the_hour_skipped),
    ),
)
