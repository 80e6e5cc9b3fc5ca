"""Faults of the billing window and of the times of runs (WIN)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np

from harness.interface.instants import Day, day_of, later
from reference_impl.bent.bending import Application, Bent, fault, replaced, together
from reference_impl.framing import calendar
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_requests,
    billing_services,
    billing_window,
    meter_data,
)

_SUNDAY = 6


def off_cycle_waits(original: Any) -> Any:
    """Off-cycle requests are processed with the next run, as those on cycle are."""

    def validate(*arguments: Any) -> Any:
        found = original(*arguments)
        requests = tuple(dataclasses.replace(request, on_cycle=True) for request in found.requests)
        return billing_requests.Validated(requests, found.exceptions)

    return validate


def _only_on(name: str, days: Callable[[Any, Day], bool]) -> Application:
    """What falls due in billing is done on some days alone."""

    def make(original: Any) -> Any:
        def happen(here: Any) -> None:
            if days(here, day_of(here.now)):
                original(here)

        return happen

    return replaced(billing_operations, name, make)


def _not_on_holidays(original: Any) -> Any:
    def due(here: Any, request: Any) -> Any:
        moment = original(here, request)
        while day_of(moment) in here.holidays and day_of(moment).weekday() < billing_window.SATURDAY:
            moment = later(moment, days=1)
        return moment

    return due


def _new_year(day: Day) -> bool:
    return (day.month, day.day) == (1, 1)


def _new_years_day_counts(original: Any) -> Any:
    return lambda day, holidays: original(day, [each for each in holidays if not _new_year(each)])


def _window_opens_in_the_old_year(original: Any) -> Any:
    """A period that ends with the year has a window that opens on its last day, not on the day after."""

    def opens(*arguments: Any) -> Any:
        day = original(*arguments)
        return billing_window.day_before(day) if _new_year(day) else day

    return opens


def _of_one_year(original: Any) -> Any:
    """What a schedule says of a period that lies in two years is not loaded for push."""

    def due_on(schedule: Any, day: Day) -> Any:
        return (each for each in original(schedule, day) if each.start.year == billing_window.day_before(day).year)

    return due_on


def _push_closed_silently(original: Any) -> Any:
    def close(here: Any) -> None:
        here.billing.active = [
            request
            for request in here.billing.active
            if not request.is_pushed or billing_operations.no_data_due(here, request) > here.now
        ]
        original(here)

    return close


def _window(days: int) -> Application:
    return replaced(
        billing_window,
        "window_closes",
        lambda original: lambda opens, business, holidays: original(opens, business + days, holidays),
    )


def _calendar_days(_: Any) -> Any:
    return lambda opens, business, _holidays: Day(opens + timedelta(days=business - 1))


def _no_holidays(original: Any) -> Any:
    return lambda opens, business, _holidays: original(opens, business, frozenset())


def _christmas_is_a_business_day(original: Any) -> Any:
    def business(day: Any, holidays: Any) -> bool:
        return bool(original(day, [held for held in holidays if (held.month, held.day) != (12, 25)]))

    return business


def _due_on_business_day(original: Any) -> Any:
    def due(closes: Any, clock: str) -> Any:
        moment = original(closes, clock)
        while day_of(moment).weekday() >= 5:
            moment = later(moment, days=1)
        return moment

    return due


def _run_times(change: Callable[..., Any]) -> Application:
    return replaced(billing_window, "next_billing_run", lambda original: lambda *a: change(original, *a))


def _skipping(hour: int) -> Application:
    def change(original: Any, after: Any, *others: Any) -> Any:
        moment = original(after, *others)
        while moment.hour == hour:
            moment = original(moment, *others)
        return moment

    return _run_times(change)


def _not_on_weekends(original: Any, after: Any, *others: Any) -> Any:
    moment = original(after, *others)
    while moment.weekday() >= 5:
        moment = original(moment, *others)
    return moment


def _on_daylight_saving_time(original: Any, after: Any, *others: Any) -> Any:
    """The runs follow the clock on the wall: in summer an hour earlier, by EST."""
    moment = original(later(after, hours=1), *others)
    day, hour = calendar.prevailing(day_of(moment), moment.hour)
    del day
    return later(moment, hours=-1) if hour != moment.hour else original(after, *others)


def _still_active_after_no_data(original: Any) -> Any:
    """A request is answered with 02 and stays active, as if a new window had opened."""

    def close(here: Any) -> None:
        due = [r for r in here.billing.active if billing_operations.no_data_due(here, r) <= here.now]
        original(here)
        here.billing.active += [dataclasses.replace(request, received=later(here.now, days=1)) for request in due]

    return close


def _closed_for_ever(original: Any) -> Any:
    def answer(here: Any, requests: Any) -> Any:
        closed = {
            (one.response.request.universal_sdp_id, one.response.request.start, one.response.request.end)
            for every in here.billing.delivered.values()
            for one in every
            if one.response.status == "no_data"
        }
        return original(here, [r for r in requests if (r.universal_sdp_id, r.start, r.end) not in closed])

    return answer


def _answered_twice(original: Any) -> Any:
    def answer(here: Any, requests: Any) -> Any:
        every = list(requests)
        active = original(here, every)
        return [*active, *(request for request in every if not request.on_cycle and request not in active)]

    return answer


def _foreshortened_at_the_end(original: Any) -> Any:
    def no_data(request: Any, billing: Any) -> Any:
        for days in range((request.end - request.start).days - 1, 0, -1):
            shorter = dataclasses.replace(request, end=Day(request.start + timedelta(days=days)))
            parts = billing_services.quantities(shorter, billing)
            if parts is not None:
                agent = billing_services.billing_agent(request, billing)
                return billing_services.with_quantities(request, agent, parts, billing)
        return original(request, billing)

    return no_data


def _foreshortened_at_once(original: Any) -> Any:
    def respond(request: Any, billing: Any) -> Any:
        found = original(request, billing)
        if found is not None or request.on_cycle:
            return found
        shorter = dataclasses.replace(request, end=Day(request.end - timedelta(days=1)))
        return original(shorter, billing) if shorter.end > shorter.start else None

    return respond


def _on_cycle_at_once(original: Any) -> Any:
    def validate(*arguments: Any) -> Any:
        found = original(*arguments)
        requests = tuple(dataclasses.replace(request, on_cycle=False) for request in found.requests)
        return billing_requests.Validated(requests, found.exceptions)

    return validate


def _pending_off_cycle_waits_a_day(original: Any) -> Any:
    def run(here: Any) -> None:
        pending = [r for r in here.billing.active if not r.on_cycle and here.now.hour != 8]
        here.billing.active = [request for request in here.billing.active if request not in pending]
        original(here)
        here.billing.active += pending

    return run


def _data_seen_on_weekdays(original: Any) -> Any:
    def run(here: Any) -> None:
        if here.now.weekday() < 5:
            original(here)

    return run


def _edits_ignored(original: Any) -> Any:
    def take(data: Any, new: Any) -> None:
        day = day_of(new.start)
        if data.day(new.sdp, day) is None:
            original(data, new)

    return take


def _no_data_at(clock: str) -> Application:
    """The 'no data available' responses come at another time of the day."""
    return together(
        replaced(
            billing_window,
            "next_at_clock",
            lambda original: lambda after, wanted: original(after, clock if wanted == "08:00" else wanted),
        ),
        replaced(billing_window, "no_data_response_due", lambda original: lambda closes, _: original(closes, clock)),
    )


def _at(clock: str) -> Application:
    return replaced(
        billing_window,
        "next_at_clock",
        lambda original: lambda after, wanted: original(after, clock if wanted == "07:30" else wanted),
    )


def _clocks_are_moved(day: Day) -> str | None:
    """Which way the clocks that customers live by are moved on a day."""
    is_ahead = [calendar.prevailing(day, hour) != (day, hour) for hour in (0, 12)]
    return {(False, True): "forward", (True, False): "back"}.get((is_ahead[0], is_ahead[1]))


def _where_clocks_are_moved(way: str, change: Callable[[Any], None]) -> Application:
    """Other energy on a day on which clocks are moved: `change` is given its hours."""

    def make(original: Any) -> Any:
        def hours(data: Any, sdp: str, days: Any, *others: Any) -> Any:
            found = original(data, sdp, days, *others)
            for place, day in enumerate(days):
                if _clocks_are_moved(day) == way:
                    change(found.wh[24 * place : 24 * place + 24])
            return found

        return hours

    return replaced(billing_quantities, "hours", make)


def _without_the_third_hour(hours: Any) -> None:
    hours[2] = 0


def _with_the_second_hour_twice(hours: Any) -> None:
    hours[1] *= 2


def _summer_days_shifted(original: Any) -> Any:
    def hours(data: Any, sdp: str, days: Any, zone: Any, last: Any) -> Any:
        found = original(data, sdp, days, zone, last)
        _, hour = calendar.prevailing(days[0], 12)
        return found if hour == 12 else dataclasses.replace(found, wh=np.roll(found.wh, 1))

    return hours


BILLING_WINDOW_FAULTS: tuple[Bent, ...] = (
    fault("window_of_two_business_days", "WIN-01", "The window is two business days.", _window(-1)),
    fault("window_of_four_business_days", "WIN-01", "The window is four business days.", _window(1)),
    fault(
        "window_in_calendar_days",
        "WIN-01",
        "Weekends count.",
        replaced(billing_window, "window_closes", _calendar_days),
    ),
    fault(
        "window_without_holidays", "WIN-01", "Holidays count.", replaced(billing_window, "window_closes", _no_holidays)
    ),
    fault(
        "window_of_an_early_request_from_its_receipt",
        "WIN-01",
        "The window of a request that comes before its period has ended runs from its receipt.",
        replaced(billing_window, "window_opens", lambda _: lambda _end, received, _reading: received),
    ),
    fault(
        "christmas_day_counts",
        "WIN-01",
        "Christmas Day is taken for a business day.",
        replaced(billing_window, "is_business_day", _christmas_is_a_business_day),
    ),
    fault(
        "new_years_day_counts",
        "WIN-01",
        "1 January counts as a business day.",
        replaced(billing_window, "is_business_day", _new_years_day_counts),
    ),
    fault(
        "window_opens_in_the_old_year",
        "WIN-01",
        "The window of a period that ends on 1 January opens on 31 December.",
        replaced(billing_window, "window_opens", _window_opens_in_the_old_year),
    ),
    fault(
        "runs_look_at_data_on_weekdays",
        "WIN-02",
        "Data that comes on a Saturday is used on Monday.",
        replaced(billing_operations, "run_billing", _data_seen_on_weekdays),
    ),
    fault(
        "late_run_misses_data",
        "WIN-02",
        "There is no run at 23:00: what comes before it waits until the next day.",
        _skipping(23),
    ),
    fault(
        "edits_ignored",
        "WIN-02",
        "Of a day of which there is data no more is taken.",
        replaced(meter_data, "take_intervals", _edits_ignored),
    ),
    fault(
        "foreshortened_when_the_window_closes",
        "WIN-03",
        "When the window closes, the days that are there are delivered.",
        replaced(billing_services, "no_data", _foreshortened_at_the_end),
    ),
    fault(
        "foreshortened_at_once",
        "WIN-03",
        "Where the last day is missing of an off-cycle request, the others are delivered.",
        replaced(billing_services, "respond", _foreshortened_at_once),
    ),
    fault(
        "no_push_at_weekends",
        "WIN-04",
        "Nothing is loaded for push on Saturdays and Sundays.",
        _only_on("load_push_requests", lambda _, day: day.weekday() < 5),
    ),
    fault(
        "no_push_on_holidays",
        "WIN-04",
        "Nothing is loaded for push on holidays.",
        _only_on("load_push_requests", lambda here, day: day not in here.holidays),
    ),
    fault(
        "no_push_over_new_year",
        "WIN-04",
        "No period that begins in one year and ends in another is loaded for push.",
        replaced(billing_requests.Schedule, "due_on", _of_one_year),
    ),
    fault("push_loaded_at_07_00", "WIN-04", "Push requests are loaded at 07:00.", _at("07:00")),
    fault("push_loaded_at_07_55", "WIN-04", "Push requests are loaded at 07:55.", _at("07:55")),
    fault("no_run_at_08", "WIN-05", "The run at 08:00 is missing.", _skipping(8)),
    fault("no_run_at_11", "WIN-05", "The run at 11:00 is missing.", _skipping(11)),
    fault("no_run_at_14", "WIN-05", "The run at 14:00 is missing.", _skipping(14)),
    fault("no_run_at_17", "WIN-05", "The run at 17:00 is missing.", _skipping(17)),
    fault("no_run_at_20", "WIN-05", "The run at 20:00 is missing.", _skipping(20)),
    fault("no_run_at_23", "WIN-05", "The run at 23:00 is missing.", _skipping(23)),
    fault(
        "no_runs_on_holidays",
        "WIN-05",
        "There are no runs on holidays.",
        _only_on("run_billing", lambda here, day: day not in here.holidays),
    ),
    fault("no_runs_at_weekends", "WIN-05", "There are no runs on Saturdays and Sundays.", _run_times(_not_on_weekends)),
    fault(
        "runs_every_hour",
        "WIN-05",
        "Requests are processed every hour.",
        _run_times(lambda original, after, first, last, _: original(after, first, last, 1)),
    ),
    fault(
        "off_cycle_waits_for_run",
        "WIN-06",
        "An off-cycle request waits for the next run.",
        replaced(billing_requests, "validate", off_cycle_waits),
    ),
    fault(
        "on_cycle_on_receipt",
        "WIN-06",
        "An on-cycle request is processed on receipt.",
        replaced(billing_requests, "validate", _on_cycle_at_once),
    ),
    fault(
        "pending_off_cycle_once_a_day",
        "WIN-06",
        "A pending off-cycle request is processed at 08:00 only.",
        replaced(billing_operations, "run_billing", _pending_off_cycle_waits_a_day),
    ),
    fault(
        "push_closed_silently",
        "WIN-07",
        "A push request that expires gets no response.",
        replaced(billing_operations, "close_expired", _push_closed_silently),
    ),
    fault("no_data_at_midnight", "WIN-07", "02 comes as soon as the window has closed.", _no_data_at("00:00")),
    fault("no_data_at_11", "WIN-07", "02 comes with the second run of the day.", _no_data_at("11:00")),
    fault(
        "no_data_on_the_next_business_day",
        "WIN-07",
        "02 comes on the next business day.",
        replaced(billing_window, "no_data_response_due", _due_on_business_day),
    ),
    fault(
        "no_data_not_on_sundays",
        "WIN-07",
        "02 comes on no Sunday.",
        _only_on("close_expired", lambda _, day: day.weekday() != _SUNDAY),
        AMB_24="from-period-end",
    ),
    fault(
        "no_data_not_on_holidays",
        "WIN-07",
        "Where the day after the window is a holiday on a weekday, 02 comes on the day after it.",
        replaced(billing_operations, "no_data_due", _not_on_holidays),
    ),
    fault(
        "no_data_with_quantities",
        "WIN-07",
        "02 comes with quantities of nothing.",
        replaced(
            billing_services,
            "without_quantities",
            lambda original: (
                lambda request, recipient, status, billing: dataclasses.replace(
                    found := original(request, recipient, status, billing),
                    records={
                        f: tuple({**r, **({"hour_01_wh": 0} if f == "6100" else {"total_wh": 0})} for r in rs)
                        for f, rs in found.records.items()
                        if status == "no_data"
                    }
                    or found.records,
                )
            ),
        ),
    ),
    fault(
        "closed_request_goes_on",
        "WIN-08",
        "A request that got 02 stays active.",
        replaced(billing_operations, "close_expired", _still_active_after_no_data),
    ),
    fault(
        "answered_request_goes_on",
        "WIN-08",
        "An off-cycle request that was answered stays active.",
        replaced(billing_operations, "answer", _answered_twice),
    ),
    fault(
        "new_request_after_closing_ignored",
        "WIN-08",
        "A new request for a period that was closed is ignored.",
        replaced(billing_operations, "answer", _closed_for_ever),
    ),
    fault(
        "runs_on_daylight_saving_time",
        "WIN-09",
        "The runs follow daylight saving time.",
        _run_times(_on_daylight_saving_time),
    ),
    fault(
        "summer_hours_on_daylight_saving_time",
        "WIN-09",
        "The hours of summer days follow daylight saving time.",
        replaced(billing_quantities, "hours", _summer_days_shifted),
    ),
    fault(
        "hour_left_out_when_clocks_go_forward",
        "WIN-09",
        "On the Sunday on which clocks go forward the hour from 02:00 has no energy.",
        _where_clocks_are_moved("forward", _without_the_third_hour),
    ),
    fault(
        "hour_counted_twice_when_clocks_go_back",
        "WIN-09",
        "On the Sunday on which clocks go back the hour from 01:00 counts twice.",
        _where_clocks_are_moved("back", _with_the_second_hour_twice),
    ),
)
