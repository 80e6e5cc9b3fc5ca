"""Faults of billing quantities: eligibility, framing, demand (BQ)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from harness.interface.calendars import TouSchedule, statutory_holidays
from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, fault, field_of, replaced
from reference_impl.bent.billing_window import off_cycle_waits
from reference_impl.framing import Energy, Framing, Method, Status, Zone, calendar, core
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_requests,
    billing_services,
    meter_data,
)
from reference_impl.repository.master_directory import Key, value_on

SUNDAY = 6
AUGUST = 8
QUARTER = 15


def _eligible(*statuses: Status) -> Application:
    """Other statuses are eligible than those of the workshop."""

    def make(_: Any) -> Any:
        def hours_of_day(held: Any, _last: Any) -> Any:
            if held is None:
                return np.zeros(24, dtype=np.int64), np.zeros(24, dtype=np.bool_)
            energy = held.wh.reshape(24, -1).sum(axis=1, dtype=np.int64)
            return energy, np.isin(held.status, statuses).reshape(24, -1).all(axis=1)

        return hours_of_day

    return replaced(meter_data, "_hours_of_day", make)


def _framing(change: Callable[[Framing], Framing]) -> Application:
    """Every SDP is framed otherwise than its framing structure says."""

    def make(original: Any) -> Any:
        return lambda data, sdp, days, framing, *others: original(data, sdp, days, change(framing), *others)

    return replaced(billing_services, "framed", make)


def _first_framing_for_ever(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, *others: Any) -> Any:
        return original(start, end, tuple(s._replace(value=framings[0].value) for s in framings), *others)

    return split


def _zone(zone: Zone) -> Application:
    return _framing(lambda framing: dataclasses.replace(framing, zone=zone))


def _days_begin_at_eastern_midnight(original: Any) -> Any:
    """The buckets of a Central SDP are an hour behind, its days are Eastern ones."""

    def hours(data: Any, sdp: str, days: Any, zone: Any, last: Any) -> Any:
        found = original(data, sdp, days, Zone.EASTERN, last)
        if zone is Zone.CENTRAL:
            return dataclasses.replace(found, wh=np.roll(found.wh, -1), eligible=np.roll(found.eligible, -1))
        return found

    return hours


def _weekends_like_weekdays(original: Any) -> Any:
    def bucket(self: Any, day: Any, hour: int) -> Any:
        return original(self, day, hour) if day.weekday() < 5 else original(self, Day(day - timedelta(days=2)), hour)

    return bucket


def _holidays_only_if(held: Callable[[Day], bool]) -> Application:
    """Of the price plan's holidays only some are known."""

    def bent(original: Any) -> Any:
        return lambda self, day, hour: original(
            dataclasses.replace(self, holidays=frozenset(filter(held, self.holidays))), day, hour
        )

    return replaced(calendar.BillingCalendar, "_bucket", bent)


def _statutory(day: Day) -> bool:
    return day in statutory_holidays()


def _sundays_like_fridays(original: Any) -> Any:
    def bucket(self: Any, day: Any, hour: int) -> Any:
        return original(self, Day(day - timedelta(days=2)) if day.weekday() == SUNDAY else day, hour)

    return bucket


def _winter_hours_all_year(original: Any) -> Any:
    """The hours of the year's last day hold all year, weekends and holidays apart."""

    def bucket(self: Any, day: Any, hour: int) -> Any:
        hours = self.schedules.hours_on(Day(date(day.year, 12, 31)))
        schedules = dataclasses.replace(self.schedules, schedules=(TouSchedule(day, hours, hours),))
        return original(dataclasses.replace(self, schedules=schedules), day, hour)

    return bucket


def _first_schedule_for_ever(original: Any) -> Any:
    def bucket(self: Any, day: Any, hour: int) -> Any:
        schedules = dataclasses.replace(self.schedules, schedules=self.schedules.schedules[:1])
        return original(dataclasses.replace(self, schedules=schedules), day, hour)

    return bucket


def _last_day_left_out(original: Any) -> Any:
    return lambda energy, days, *others: original(
        dataclasses.replace(energy, wh=np.concatenate([energy.wh[:-24], np.zeros(24, dtype=np.int64)])), days, *others
    )


def _day_left_out(month: int, number: int) -> Application:
    """The energy of one day of the year is left out of sums over more than a day."""

    def make(original: Any) -> Any:
        def hours(data: Any, sdp: str, days: Any, *others: Any) -> Any:
            found = original(data, sdp, days, *others)
            for place, day in enumerate(days):
                if (day.month, day.day) == (month, number) and len(days) > 1:
                    found.wh[24 * place : 24 * place + 24] = 0
            return found

        return hours

    return replaced(billing_quantities, "hours", make)


def _missing_days_skipped(original: Any) -> Any:
    def hours(*arguments: Any) -> Any:
        found = original(*arguments)
        whole_days = found.eligible.reshape(-1, 24)
        return dataclasses.replace(found, eligible=(whole_days | ~whole_days.any(axis=1, keepdims=True)).reshape(-1))

    return hours


def _hours_eligible(change: Callable[[Any, Any, Any], Any]) -> Application:
    """Which hours of a day with data are eligible: `change` is given the data, the last eligible status, and the flags."""

    def make(original: Any) -> Any:
        def hours_of_day(held: Any, last: Any) -> Any:
            energy, flags = original(held, last)
            return energy, flags if held is None else change(held, last, flags)

        return hours_of_day

    return replaced(meter_data, "_hours_of_day", make)


def _hours_passed_over(*hours: int) -> Application:
    """Some hours of a day with data are eligible, whatever they are."""
    return _hours_eligible(lambda _held, _last, flags: flags | np.isin(np.arange(24), hours))


def _kept_in(change: Callable[[int], int]) -> Application:
    """Sums and hours are kept in another kind of number."""

    def make(original: Any) -> Any:
        def records(*arguments: Any) -> Any:
            return [
                {name: change(value) if name.endswith("_wh") else value for name, value in record.items()}
                for record in original(*arguments)
            ]

        return records

    return replaced(billing_quantities, "energy_records", make)


def _single_precision(value: int) -> int:
    return int(np.float32(value))


def _peaks_that_never_met(_: Any) -> Any:
    def apparent(wh: Any, varh: Any, minutes: int, demand: Any, rounding: Any) -> Any:
        watts, vars_ = (core.demand_series(energy, minutes, demand).max(axis=1) for energy in (wh, varh))
        return core.rounded_root(watts * watts + vars_ * vars_, rounding)

    return apparent


def _day_by_day(original: Any) -> Any:
    """Spans of demand do not go over midnight."""
    return lambda data, sdp, days, zone: [span for day in days for span in original(data, sdp, [day], zone)]


def _without_an_edge(cut: slice) -> Application:
    """The first or the last interval of a period has no part in demand."""

    def make(original: Any) -> Any:
        def spans(*arguments: Any) -> Any:
            found = original(*arguments)
            for span in found:
                span.wh = span.wh.copy()
                span.wh[cut] = 0
            return found

        return spans

    return replaced(billing_quantities, "spans_of_equal_length", make)


def _fine_data_by_blocks(original: Any) -> Any:
    def spans(interval_minutes: int, demand: Any) -> Any:
        width, step, times = original(interval_minutes, demand)
        return width, width if interval_minutes < QUARTER else step, times

    return spans


def _kva_where_kw_is_highest(_: Any) -> Any:
    def apparent(wh: Any, varh: Any, minutes: int, demand: Any, rounding: Any) -> Any:
        watts, vars_ = (core.demand_series(energy, minutes, demand)[0] for energy in (wh, varh))
        place = int(watts.argmax())
        return core.rounded_root(watts[[place]] ** 2 + vars_[[place]] ** 2, rounding)

    return apparent


def _scaled(numerator: int, denominator: int) -> Application:
    def make(original: Any) -> Any:
        def hours(*arguments: Any) -> Any:
            found = original(*arguments)
            return dataclasses.replace(found, wh=found.wh * numerator // denominator)

        return hours

    return replaced(billing_quantities, "hours", make)


def _multiplied(original: Any) -> Any:
    def quantities(request: Any, billing: Any) -> Any:
        parts = original(request, billing)
        key = Key("sdp", request.universal_sdp_id, "ct_pt_multiplier")
        by = int(value_on(billing.directory.history(key), request.start) or 1)
        if parts is None or by == 1:
            return parts
        return [
            (
                part,
                billing_quantities.Framed(
                    {
                        f: tuple({**r, "total_wh": r["total_wh"] * by} if "total_wh" in r else r for r in rs)
                        for f, rs in got.records.items()
                    }
                ),
            )
            for part, got in parts
        ]

    return quantities


def _quarter_hours_as_hours(original: Any) -> Any:
    def hours_of_day(held: Any, last: Any) -> Any:
        energy, flags = original(held, last)
        if held is not None and held.minutes < 60:
            energy = held.wh.reshape(24, -1)[:, 0].astype(np.int64)
        return energy, flags

    return hours_of_day


def _energy_in(wanted: str, unwanted: str) -> Application:
    """Energy that belongs into one file type comes in another, total and all."""

    def make(original: Any) -> Any:
        def framed(*arguments: Any) -> Any:
            got = original(*arguments)
            if got is None or wanted not in got.records:
                return got
            records = dict(got.records)
            moved = records.pop(wanted)
            records[unwanted] = tuple(
                {k: v for k, v in r.items() if k == "total_wh" and unwanted == "6000"} for r in moved
            )
            return billing_quantities.Framed(records)

        return framed

    return replaced(billing_services, "framed", make)


def _without_demand(original: Any) -> Any:
    def framed(*arguments: Any) -> Any:
        got = original(*arguments)
        if got is None:
            return None
        return billing_quantities.Framed({f: r for f, r in got.records.items() if f != "6200"})

    return framed


def _without_energy(original: Any) -> Any:
    def framed(*arguments: Any) -> Any:
        got = original(*arguments)
        if got is None or "6200" not in got.records:
            return got
        return billing_quantities.Framed({"6200": got.records["6200"]})

    return framed


def _demand(change: Callable[[Any], Any]) -> Application:
    def make(original: Any) -> Any:
        return lambda data, sdp, days, zone, demand, rounding: original(data, sdp, days, zone, change(demand), rounding)

    return replaced(billing_quantities, "demand_record", make)


def _demand_zone(original: Any) -> Any:
    return lambda data, sdp, days, _zone, *demand: original(data, sdp, days, Zone.EASTERN, *demand)


def _energy_for_power(original: Any) -> Any:
    def series(energy: Any, minutes: int, demand: Any) -> Any:
        return original(energy, minutes, demand) // (60 // demand.minutes)

    return series


def _demand_of_the_day_after_too(original: Any) -> Any:
    return lambda data, sdp, days, zone: original(data, sdp, [*days, Day(days[-1] + timedelta(days=1))], zone)


def _demand_of_the_day_before_too(original: Any) -> Any:
    return lambda data, sdp, days, zone: original(data, sdp, [Day(days[0] - timedelta(days=1)), *days], zone)


BILLING_QUANTITY_FAULTS: tuple[Bent, ...] = (
    fault("validated_data_alone_eligible", "BQ-01", "Only VAL is eligible.", _eligible(Status.VAL)),
    fault(
        "not_validated_data_not_eligible",
        "BQ-01",
        "NV is not eligible.",
        _eligible(Status.VAL, Status.EST),
        AMB_04="nv-eligible",
    ),
    fault("estimated_data_not_eligible", "BQ-01", "EST is not eligible.", _eligible(Status.VAL, Status.NV)),
    fault("valid_data_not_eligible", "BQ-01", "Only EST and NV are eligible.", _eligible(Status.EST, Status.NV)),
    fault(
        "data_that_needs_edit_eligible",
        "BQ-01",
        "NVE is eligible.",
        _eligible(Status.VAL, Status.EST, Status.NV, Status.NVE),
    ),
    fault(
        "most_of_a_day_is_enough",
        "BQ-01",
        "A day of which twelve hours are eligible is.",
        _hours_eligible(lambda _held, _last, flags: flags | (flags.sum() >= 12)),
    ),
    fault(
        "edits_awaited_for_whole_hours_alone",
        "BQ-01",
        "An hour of which a quarter is eligible is.",
        _hours_eligible(lambda held, last, flags: flags | core.eligible(held.status, last).reshape(24, -1).any(axis=1)),
    ),
    fault(
        "missing_hours_count_as_nothing",
        "BQ-02",
        "What is missing of a day counts as nothing.",
        _hours_eligible(lambda held, last, _flags: (held.status <= last).reshape(24, -1).all(axis=1)),
    ),
    fault(
        "no_use_taken_for_no_data",
        "BQ-02",
        "A day on which nothing was used counts as missing.",
        _hours_eligible(lambda held, _last, flags: flags & bool(held.wh.any())),
    ),
    fault("last_hour_not_awaited", "BQ-02", "The last hour of a day is not awaited.", _hours_passed_over(23)),
    fault("first_hour_not_awaited", "BQ-02", "The first hour of a day is not awaited.", _hours_passed_over(0)),
    fault(
        "missing_quarters_count_as_nothing",
        "BQ-02",
        "A quarter hour that is missing counts as nothing.",
        _hours_eligible(lambda held, last, flags: flags | core.eligible(held.status, last).reshape(24, -1).any(axis=1)),
    ),
    fault(
        "delivered_next_day_only",
        "BQ-02",
        "Requests are looked at by the run at 08:00 alone.",
        replaced(
            billing_operations,
            "run_billing",
            lambda original: lambda here: original(here) if here.now.hour == 8 else None,
        ),
    ),
    fault(
        "complete_data_waits_for_window",
        "BQ-02",
        "An off-cycle request with complete data has to wait.",
        replaced(billing_requests, "validate", off_cycle_waits),
    ),
    fault(
        "everything_framed_as_periodic",
        "BQ-03",
        "Every SDP is framed as Periodic.",
        _framing(lambda framing: dataclasses.replace(framing, energy=Energy.PERIODIC)),
    ),
    fault(
        "first_framing_for_ever",
        "BQ-03",
        "The framing structure that an SDP had first is used for ever.",
        replaced(billing_services, "split_at_events", _first_framing_for_ever),
    ),
    fault(
        "central_sdps_framed_as_eastern", "BQ-04", "TOU/CPP (CST) is framed like TOU/CPP (EST).", _zone(Zone.EASTERN)
    ),
    fault(
        "central_day_begins_at_eastern_midnight",
        "BQ-04",
        "The day of a Central SDP begins and ends at midnight EST.",
        replaced(billing_quantities, "hours", _days_begin_at_eastern_midnight),
    ),
    fault(
        "weekend_hours_like_weekdays",
        "BQ-05",
        "Weekends have on-peak hours.",
        replaced(calendar.BillingCalendar, "_bucket", _weekends_like_weekdays),
    ),
    fault(
        "holiday_hours_like_weekdays",
        "BQ-05",
        "Holidays have on-peak hours.",
        _holidays_only_if(lambda _: False),
    ),
    fault(
        "civic_holiday_like_weekdays",
        "BQ-05",
        "Civic Holiday has on-peak hours.",
        _holidays_only_if(lambda day: day.month != AUGUST),
    ),
    fault(
        "weekday_after_a_holiday_like_weekdays",
        "BQ-05",
        "Where Christmas Day is a Sunday, 27 December has on-peak hours.",
        _holidays_only_if(lambda day: (day.month, day.day) != (12, 27)),
    ),
    fault(
        "prices_by_statutory_holidays",
        "BQ-05",
        "Prices go by the statutory holidays, as business days do.",
        _holidays_only_if(_statutory),
    ),
    fault(
        "sunday_hours_like_weekdays",
        "BQ-05",
        "Sundays have on-peak hours.",
        replaced(calendar.BillingCalendar, "_bucket", _sundays_like_fridays),
    ),
    fault(
        "winter_hours_all_year",
        "BQ-05",
        "Summer has the hours of winter.",
        replaced(calendar.BillingCalendar, "_bucket", _winter_hours_all_year),
    ),
    fault(
        "first_time_of_use_schedule_for_ever",
        "BQ-05",
        "A new Time of Use schedule does not come into effect.",
        replaced(calendar.BillingCalendar, "_bucket", _first_schedule_for_ever),
    ),
    fault(
        "last_day_left_out_of_buckets",
        "BQ-05",
        "The last day is left out of the sum.",
        replaced(billing_quantities, "tou_record", _last_day_left_out),
    ),
    fault("leap_day_left_out", "BQ-05", "29 February is left out of the sum.", _day_left_out(2, 29)),
    fault("last_day_of_the_year_left_out", "BQ-05", "31 December is left out of the sum.", _day_left_out(12, 31)),
    fault(
        "missing_days_skipped",
        "BQ-05",
        "A day without data counts as nothing.",
        replaced(billing_quantities, "hours", _missing_days_skipped),
    ),
    fault(
        "periodic_sum_of_first_day",
        "BQ-06",
        "Periodic is the sum of the first day.",
        replaced(
            billing_quantities,
            "energy_records",
            lambda original: (
                lambda energy, days, framing, cal: (
                    [{"total_wh": int(energy.wh[:24].sum())}]
                    if framing.energy is Energy.PERIODIC and len(days) > 1
                    else original(energy, days, framing, cal)
                )
            ),
        ),
    ),
    fault("sums_in_single_precision", "BQ-06", "Sums are kept in single precision.", _kept_in(_single_precision)),
    fault("sums_of_31_bits", "BQ-06", "Sums over 31 bits wrap around.", _kept_in(lambda value: value % 2**31)),
    fault(
        "hours_in_single_precision",
        "BQ-07",
        "The energy of an hour is kept in single precision.",
        _kept_in(_single_precision),
    ),
    fault(
        "quarter_hours_taken_for_hours",
        "BQ-06",
        "Of four quarter hours the first is taken for the hour.",
        replaced(meter_data, "_hours_of_day", _quarter_hours_as_hours),
    ),
    fault(
        "hourly_quantities_shifted",
        "BQ-07",
        "Each hour has the quantity of the one before it.",
        replaced(
            billing_quantities,
            "hourly_records",
            lambda original: lambda energy, days: original(dataclasses.replace(energy, wh=np.roll(energy.wh, 1)), days),
        ),
    ),
    fault(
        "hourly_days_skipped_where_missing",
        "BQ-07",
        "A day without data counts as nothing.",
        replaced(billing_quantities, "hours", _missing_days_skipped),
    ),
    fault(
        "quarter_hours_taken_for_hours_in_hourly",
        "BQ-07",
        "Of four quarter hours the first is taken for the hour.",
        replaced(meter_data, "_hours_of_day", _quarter_hours_as_hours),
    ),
    fault(
        "block_demand_as_rolling",
        "BQ-08",
        "Block demand is taken as rolling demand.",
        _demand(lambda demand: dataclasses.replace(demand, method=Method.ROLLING)),
    ),
    fault(
        "rolling_demand_as_block",
        "BQ-08",
        "Rolling demand is taken as block demand.",
        _demand(lambda demand: dataclasses.replace(demand, method=Method.BLOCK)),
    ),
    fault(
        "all_demand_over_an_hour",
        "BQ-08",
        "15-minute demand is taken over an hour.",
        _demand(lambda demand: dataclasses.replace(demand, minutes=60)),
    ),
    fault(
        "demand_as_energy",
        "BQ-08",
        "Demand is the energy of the span, not the power.",
        replaced(core, "demand_series", _energy_for_power),
    ),
    fault(
        "demand_without_kva",
        "BQ-08",
        "kVA is left out where there is reactive data.",
        field_of("6200", 9, lambda _: ""),
    ),
    fault(
        "demand_of_the_day_after_too",
        "BQ-08",
        "Demand is taken over the exclusive end as well.",
        replaced(billing_quantities, "spans_of_equal_length", _demand_of_the_day_after_too),
    ),
    fault(
        "demand_of_the_day_before_too",
        "BQ-08",
        "Demand is taken over the day before the period as well.",
        replaced(billing_quantities, "spans_of_equal_length", _demand_of_the_day_before_too),
    ),
    fault(
        "kva_of_peaks_that_never_met",
        "BQ-08",
        "kVA is worked out from the highest kW and the highest kvar, whenever they were.",
        replaced(billing_quantities, "peak_apparent_demand", _peaks_that_never_met),
    ),
    fault(
        "kva_where_kw_is_highest",
        "BQ-08",
        "kVA is that of the moment of the highest kW.",
        replaced(billing_quantities, "peak_apparent_demand", _kva_where_kw_is_highest),
    ),
    fault(
        "rolling_demand_begins_anew_at_midnight",
        "BQ-08",
        "An hour of rolling demand does not go over midnight.",
        replaced(billing_quantities, "spans_of_equal_length", _day_by_day),
    ),
    fault(
        "demand_without_the_first_interval",
        "BQ-08",
        "The first interval of a period has no part in demand.",
        _without_an_edge(slice(0, 1)),
    ),
    fault(
        "demand_without_the_last_interval",
        "BQ-08",
        "The last interval of a period has no part in demand.",
        _without_an_edge(slice(-1, None)),
    ),
    fault(
        "rolling_demand_of_fine_data_by_blocks",
        "BQ-08",
        "Of intervals shorter than a quarter hour rolling demand is taken as block demand.",
        replaced(core, "_spans", _fine_data_by_blocks),
    ),
    fault(
        "central_demand_by_eastern_days",
        "BQ-08",
        "Demand of Central SDPs is taken over Eastern days.",
        replaced(billing_quantities, "demand_record", _demand_zone),
    ),
    fault(
        "demand_without_demand_response",
        "BQ-09",
        "A demand structure yields no demand response.",
        replaced(billing_services, "framed", _without_demand),
    ),
    fault(
        "demand_without_energy_response",
        "BQ-09",
        "A demand structure yields no energy response.",
        replaced(billing_services, "framed", _without_energy),
    ),
    fault("losses_added", "BQ-10", "Energy is raised by three per cent for losses.", _scaled(103, 100)),
    fault(
        "multiplied_by_ct_pt",
        "BQ-06",
        "Totals are multiplied by the CT/PT multiplier.",
        replaced(billing_services, "quantities", _multiplied),
    ),
    fault("hourly_energy_in_6000", "BQ-11", "Hourly energy comes in 6000.", _energy_in("6100", "6000")),
    fault("other_energy_in_6100", "BQ-11", "TOU/CPP and Periodic energy comes in 6100.", _energy_in("6000", "6100")),
)
