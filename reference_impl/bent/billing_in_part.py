"""Faults of billing quantities that show in one kind of data, of framing, of day or of request alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from harness.interface.instants import later
from reference_impl.bent.bending import Application, Bent, fault, only, renamed, replaced
from reference_impl.framing import Energy, Method, Status, Zone
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_services,
    meter_data,
    on_demand_estimation,
    segmentation,
    sum_check,
)
from reference_impl.repository.master_directory import Key, value_on
from reference_impl.repository.state import Delivery

_QUARTER, _HALF, _HOUR = 15, 30, 60
_SATURDAY = 5
_MONTH = 31
_SEVERAL = 3


def _wrapped(module: Any, name: str, change: Callable[..., Any]) -> Application:
    """A public function does otherwise: `change` is given the original and its arguments."""
    return replaced(module, name, lambda original: lambda *given, **named: change(original, *given, **named))


# --- intervals ------------------------------------------------------------------------------------------------------


def _reactive_needs_no_edit(original: Any, held: Any, last: Any) -> Any:
    energy, eligible = original(held, last)
    if held is None or held.varh is None:
        return energy, eligible
    return energy, eligible | (held.status == Status.NVE).reshape(energy.size, -1).any(axis=1)


def _first_quarter_not_awaited(original: Any, held: Any, last: Any) -> Any:
    if held is None or held.minutes != _QUARTER or held.status[0] != Status.MISSING:
        return original(held, last)
    return original(dataclasses.replace(held, status=np.append(held.status[1], held.status[1:])), last)


def _in_tens(original: Any, held: Any, last: Any) -> Any:
    energy, eligible = original(held, last)
    is_shorter = held is not None and held.minutes != _QUARTER and held.minutes < _HOUR
    return energy // 10 * 10 if is_shorter else energy, eligible


def _not_awaited(place: slice, days_at_least: int) -> Application:
    """Some hours of a period of several days are not awaited."""

    def hours(original: Any, data: Any, sdp: Any, days: Any, *others: Any) -> Any:
        found = original(data, sdp, days, *others)
        if len(days) >= days_at_least:
            found.eligible[place] = True
        return found

    return _wrapped(billing_quantities, "hours", hours)


def _bucketed_late(original: Any, data: Any, sdp: Any, days: Any, framing: Any, calendar: Any, *others: Any) -> Any:
    found = original(data, sdp, days, framing, calendar, *others)
    held = data.day(sdp, days[0])
    if found is None or framing.energy is not Energy.TOU_CPP or held.minutes != _QUARTER:
        return found
    energy = meter_data.hours(data, sdp, days, framing.zone, others[0])
    moved = dataclasses.replace(energy, wh=np.roll(energy.wh, 1))
    records = billing_quantities.energy_records(moved, days, framing, calendar)
    return dataclasses.replace(found, records={**found.records, billing_quantities.TOU_OR_PERIODIC: tuple(records)})


# --- demand ---------------------------------------------------------------------------------------------------------


def _demand(change: Callable[..., Any]) -> Application:
    """Demand is another: `change` is given the original, its arguments, and what it says."""

    def record(original: Any, *given: Any) -> Any:
        return change(original, given, original(*given))

    return _wrapped(billing_quantities, "demand_record", record)


def _central_quarters_over_an_hour(original: Any, given: Any, found: Any) -> Any:
    *before, zone, demand, rounding = given
    if zone is not Zone.CENTRAL or demand.method is not Method.ROLLING:
        return found
    return original(*before, zone, dataclasses.replace(demand, minutes=_HOUR), rounding)


def _every_half_hour(_: Any, given: Any, found: Any) -> Any:
    data, sdp, days, zone, demand, _rounding = given
    spans = meter_data.spans_of_equal_length(data, sdp, days, zone)
    if (demand.method, demand.minutes, spans[0].minutes) != (Method.ROLLING, _HOUR, _QUARTER):
        return found
    quarters = spans[0].wh.tolist()
    return {**found, "peak_w": max(sum(quarters[place : place + 4]) for place in range(0, len(quarters) - 3, 2))}


def _anew_at_midnight(minutes: int) -> Application:
    """Spans of intervals of so many minutes do not go over midnight."""

    def record(original: Any, given: Any, found: Any) -> Any:
        data, sdp, days, *others = given
        if data.day(sdp, days[0]).minutes != minutes:
            return found
        each = [original(data, sdp, [day], *others) for day in days]
        return {name: None if value is None else max(one[name] for one in each) for name, value in found.items()}

    return _demand(record)


def _of_days(is_kept: Callable[[int, date], bool]) -> Application:
    """Demand is that of some of the days: `is_kept` is given the place of each, from 1, and the day."""

    def record(original: Any, given: Any, _: Any) -> Any:
        data, sdp, days, *others = given
        return original(data, sdp, [day for place, day in enumerate(days, start=1) if is_kept(place, day)], *others)

    return _demand(record)


def _losses(_original: Any, _given: Any, found: Any) -> Any:
    return {name: None if value is None else value * 103 // 100 for name, value in found.items()}


def _without_estimates(original: Any, *given: Any) -> Any:
    return [dataclasses.replace(span, wh=np.where(span.status == Status.EST, 0, span.wh)) for span in original(*given)]


# --- responses ------------------------------------------------------------------------------------------------------


def _records(change: Callable[[str, Any, Any, Any], Any]) -> Application:
    """Records of responses are others: `change` is given the type of their file, them, the request and `Billing`."""

    def response(original: Any, request: Any, recipient: Any, parts: Any, billing: Any, *checked: Any) -> Any:
        found = original(request, recipient, parts, billing, *checked)
        changed = {kind: tuple(change(kind, every, request, billing)) for kind, every in found.records.items()}
        return dataclasses.replace(found, records={kind: every for kind, every in changed.items() if every})

    return _wrapped(billing_services, "with_quantities", response)


def _without_demand(is_so: Callable[[Any, Any], bool]) -> Application:
    """Some responses have no demand: `is_so` is given a record of it, and the request."""
    is_demand = billing_quantities.DEMAND.__eq__
    return _records(lambda kind, every, request, _: () if is_demand(kind) and is_so(every[0], request) else every)


def _demand_changed(change: Callable[[Any, Any, Any], Any]) -> Application:
    return _records(
        lambda kind, every, request, billing: (
            change(every, request, billing) if kind == billing_quantities.DEMAND else every
        )
    )


def _multiplied(every: Any, request: Any, billing: Any) -> Any:
    history = billing.directory.history(Key("sdp", request.universal_sdp_id, "ct_pt_multiplier"))
    times = int(value_on(history, request.start) or 1)
    return [{**each, "peak_w": each["peak_w"] and each["peak_w"] * times} for each in every]


def _second_like_the_first(every: Any, _request: Any, _billing: Any) -> Any:
    if len(every) < _SEVERAL:
        return every
    return [every[0], {**every[1], "peak_w": every[0]["peak_w"]}, *every[2:]]


def _estimated(record: Any, request: Any, data: Any) -> bool:
    held = (data.day(record["universal_sdp_id"], day) for day in _days(request))
    return any(day is not None and (day.status == Status.EST).any() for day in held)


def _days(request: Any) -> Any:
    return billing_quantities.days_between(request.start, request.end)


def _estimated_without_demand(kind: str, every: Any, request: Any, billing: Any) -> Any:
    is_left_out = kind == billing_quantities.DEMAND and _estimated(every[0], request, billing.data)
    return () if is_left_out else every


def _energy_in_another_file(file: Delivery) -> Delivery:
    """Hourly energy beside demand is in a file that is named as one of the other kind."""
    is_so = ".6100." in file.name and any(f"|{code}|" in file.content.decode() for code in _HOURLY_WITH_DEMAND)
    return renamed(file, lambda name: name.replace(".6100.", ".6000.")) if is_so else file


_HOURLY_WITH_DEMAND = tuple(f"D{number:02}" for number in range(1, 25))


def _same_in_one_run(original: Any, requests: Any, billing: Any) -> Any:
    done = original(requests, billing)
    first: dict[str, Any] = {}
    for place, response in enumerate(done.responses):
        records = response.records.get(billing_quantities.TOU_OR_PERIODIC, ())
        if records and "total_wh" in records[0]:
            total = first.setdefault(response.request.universal_sdp_id, records[0]["total_wh"])
            changed = {billing_quantities.TOU_OR_PERIODIC: tuple({**each, "total_wh": total} for each in records)}
            done.responses[place] = dataclasses.replace(response, records={**response.records, **changed})
    return done


def _framed_as_today(original: Any, request: Any, billing: Any) -> Any:
    history = billing.directory.history(Key("sdp", request.universal_sdp_id, "framing_structure"))
    now = value_on(history, billing.today)
    parts = original(request, billing)
    return None if parts is None else tuple(part._replace(framing=now or part.framing) for part in parts)


# --- sub-periods ----------------------------------------------------------------------------------------------------


def _second_framed_as_the_first(original: Any, *given: Any) -> Any:
    parts = original(*given)
    if parts is None or len(parts) < _SEVERAL:
        return parts
    return (parts[0], parts[1]._replace(framing=parts[0].framing), *parts[2:])


def _not_where_it_comes_back(original: Any, history: Any, start: Any, end: Any) -> Any:
    return {day for day in original(history, start, end) if value_on(history, day) != value_on(history, start)}


def _not_after_nobody(original: Any, history: Any, start: Any, end: Any) -> Any:
    before = timedelta(days=1)
    return {day for day in original(history, start, end) if value_on(history, day - before) is not None}


def _also_at(attribute: str) -> Application:
    def events(original: Any, request: Any, billing: Any) -> Any:
        history = billing.directory.history(Key("sdp", request.universal_sdp_id, attribute))
        return original(request, billing) | segmentation.changes(history, request.start, request.end)

    return _wrapped(billing_services, "announced_events", events)


def _scheduled_over_price_changes(original: Any, request: Any, billing: Any) -> Any:
    parts = original(request, billing)
    if parts is None or not request.is_pushed:
        return parts
    prices = set(billing.calendar.price_changes(request.start, request.end))
    return _joined(parts, lambda before, part: part.start in prices and before.framing == part.framing)


def _a_day_apart(original: Any, *given: Any) -> Any:
    parts = original(*given)
    return None if parts is None else _joined(parts, lambda before, part: (before.end - before.start).days == 1)


def _joined(parts: Any, belongs: Callable[[Any, Any], bool]) -> Any:
    """Sub-periods joined with the one before, where that has the same framing and they belong together."""
    found: list[Any] = []
    for part in parts:
        if found and found[-1].framing == part.framing and belongs(found[-1], part):
            found[-1] = found[-1]._replace(end=part.end)
        else:
            found.append(part)
    return tuple(found)


# --- sum check and estimation -----------------------------------------------------------------------------------------


def _unchecked(is_so: Callable[[Any, Any], bool]) -> Application:
    """Some responses are not checked."""

    def checked(original: Any, request: Any, parts: Any, billing: Any) -> Any:
        return None if is_so(request, billing) else original(request, parts, billing)

    return _wrapped(billing_services, "sum_checked", checked)


def _five_digits_at_most(original: Any, *given: Any) -> Any:
    register = original(*given)
    return register and register._replace(digits=min(5, register.digits))


def _passes(is_over: Callable[[Any, Any, int], Any]) -> Application:
    """Another variance passes: `is_over` is given what was compared, the Wh of a dial unit, and the per cent."""

    def compared(original: Any, interval: Any, first: Any, last: Any, registers: Any, percent: int) -> Any:
        found = original(interval, first, last, registers, percent)
        return dataclasses.replace(found, over=is_over(found, registers[1], percent))

    return _wrapped(sum_check, "compared", compared)


def _over(found: Any, percent: int) -> Any:
    return found.variance_wh * 100 > found.register_wh * percent


def _not_estimated(is_so: Callable[[Any], bool]) -> Application:
    """On-demand estimation does not start for some requests."""

    def start(original: Any, here: Any) -> None:
        every = here.billing.active
        here.billing.active = [request for request in every if not is_so(request)]
        original(here)
        here.billing.active = every

    return _wrapped(billing_operations, "start_estimation", start)


def _until_the_years_end(original: Any, start: Any, *others: Any) -> Any:
    return (moment for moment in original(start, *others) if moment.year == start.year)


def _saturdays_like_business_days(original: Any, profile: Any, day: Any, holidays: Any) -> Any:
    return profile.business_day if day.weekday() == _SATURDAY else original(profile, day, holidays)


def _is_of_an_agent(request: Any) -> bool:
    return request.requester not in {None, request.ldc}


def _without_status(kind: str, every: Any, _request: Any, _billing: Any) -> Any:
    return [each if place == 0 else {**each, "transaction_status": "99"} for place, each in enumerate(every)]


_PARTS: tuple[tuple[str, str, str, Application], ...] = (
    (
        "reactive_data_needs_no_edit",
        "BQ-01",
        "What comes with reactive energy is eligible, whatever its status.",
        _wrapped(meter_data, "_hours_of_day", _reactive_needs_no_edit),
    ),
    (
        "first_quarter_hour_not_awaited",
        "BQ-02",
        "The first quarter hour of a day is not awaited.",
        _wrapped(meter_data, "_hours_of_day", _first_quarter_not_awaited),
    ),
    (
        "framed_as_today",
        "BQ-03",
        "The framing structure of the day of the response is that of the period.",
        _wrapped(billing_services, "sub_periods", _framed_as_today),
    ),
    (
        "quarter_hours_in_the_bucket_after",
        "BQ-05",
        "A quarter hour counts in the bucket of the hour after its own.",
        _wrapped(billing_services, "framed", _bucketed_late),
    ),
    (
        "periods_of_one_run_alike",
        "BQ-06",
        "Of two periods of an SDP in one run the second gets the total of the first.",
        _wrapped(billing_services, "process", _same_in_one_run),
    ),
    (
        "hours_in_tens",
        "BQ-07",
        "Hours of half hours or five minutes are rounded down to tens.",
        _wrapped(meter_data, "_hours_of_day", _in_tens),
    ),
    (
        "central_quarters_over_an_hour",
        "BQ-08",
        "Rolling 15-minute demand by the Central clock is taken over an hour.",
        _demand(_central_quarters_over_an_hour),
    ),
    (
        "rolling_every_half_hour",
        "BQ-08",
        "Rolling hours of quarter hours begin every half hour.",
        _demand(_every_half_hour),
    ),
    ("five_minutes_anew_at_midnight", "BQ-08", "Spans of five minutes do not go over midnight.", _anew_at_midnight(5)),
    ("half_hours_anew_at_midnight", "BQ-08", "Spans of half hours do not go over midnight.", _anew_at_midnight(_HALF)),
    ("demand_multiplied_by_ct_pt", "BQ-08", "kW is multiplied by the CT/PT multiplier.", _demand_changed(_multiplied)),
    (
        "demand_without_estimates",
        "BQ-08",
        "Estimated intervals have no part in demand.",
        _wrapped(billing_quantities, "spans_of_equal_length", _without_estimates),
    ),
    (
        "demand_of_a_month_alone",
        "BQ-08",
        "Demand is that of the first 31 days.",
        _of_days(lambda place, _: place <= _MONTH),
    ),
    (
        "demand_without_29_february",
        "BQ-08",
        "29 February has no part in demand.",
        _of_days(lambda _, day: (day.month, day.day) != (2, 29)),
    ),
    (
        "demand_without_christmas",
        "BQ-08",
        "Christmas Day has no part in demand.",
        _of_days(lambda _, day: (day.month, day.day) != (12, 25)),
    ),
    (
        "scheduled_without_demand",
        "BQ-09",
        "What the schedule asked for has no demand response.",
        _without_demand(lambda _, request: request.is_pushed),
    ),
    (
        "failed_without_demand",
        "BQ-09",
        "What failed the sum check has no demand response.",
        _without_demand(lambda record, _: record["transaction_status"] in {"06", "07"}),
    ),
    (
        "agents_without_demand",
        "BQ-09",
        "What an agent asked for has no demand response.",
        _without_demand(lambda _, request: _is_of_an_agent(request)),
    ),
    ("losses_added_to_demand", "BQ-10", "Demand is raised by three per cent for losses.", _demand(_losses)),
    (
        "hourly_energy_beside_demand_in_6000",
        "BQ-11",
        "Hourly energy beside demand comes in a file named 6000.",
        only("6100", _energy_in_another_file),
    ),
    (
        "second_of_three_framed_as_the_first",
        "SEG-01",
        "Of three sub-periods the second is framed as the first.",
        _wrapped(billing_services, "split_at_events", _second_framed_as_the_first),
    ),
    (
        "second_of_three_has_the_first_demand",
        "SEG-01",
        "Of three sub-periods the second has the kW of the first.",
        _demand_changed(_second_like_the_first),
    ),
    (
        "framing_that_comes_back",
        "SEG-01",
        "That the framing structure of the first day comes back does not divide.",
        _wrapped(segmentation, "framing_events", _not_where_it_comes_back),
    ),
    (
        "account_after_nobody",
        "SEG-02",
        "An account that begins where nobody had one does not divide.",
        _wrapped(segmentation, "account_events", _not_after_nobody),
    ),
    (
        "energy_service_provider_divides",
        "SEG-02",
        "Another energy service provider divides.",
        _also_at("sdp_to_energy_service_provider"),
    ),
    ("billing_cycle_divides", "SEG-02", "Another Billing Cycle ID divides.", _also_at("billing_cycle_id")),
    (
        "price_change_divides_nothing_scheduled",
        "SEG-03",
        "A price change does not divide what the schedule asked for.",
        _wrapped(billing_services, "sub_periods", _scheduled_over_price_changes),
    ),
    (
        "events_of_consecutive_days_divide_once",
        "SEG-04",
        "An event on the day after another does not divide.",
        _wrapped(billing_services, "split_at_events", _a_day_apart),
    ),
    (
        "agents_unchecked",
        "SUM-01",
        "What goes to an agent has no sum check.",
        _unchecked(lambda request, billing: billing_services.billing_agent(request, billing) != request.ldc),
    ),
    (
        "five_digits_at_most",
        "SUM-02",
        "A register of more than five digits has five.",
        _wrapped(billing_services, "register_of", _five_digits_at_most),
    ),
    (
        "first_interval_after_a_read_left_out",
        "SUM-02",
        "The interval that begins with the first read does not count.",
        _wrapped(
            billing_services,
            "energy_between",
            lambda original, data, sdp, first, last: original(data, sdp, later(first, minutes=1), last),
        ),
    ),
    (
        "scheduled_at_weekends_unchecked",
        "SUM-03",
        "What is pushed on a Saturday or Sunday is not checked.",
        _unchecked(lambda request, billing: request.is_pushed and billing.today.weekday() >= _SATURDAY),
    ),
    (
        "vee_service_14_unchecked",
        "SUM-05",
        "VEE service 14 has no sum check.",
        _wrapped(billing_services, "has_sum_check", lambda original, vee, rules: vee != "14" and original(vee, rules)),
    ),
    (
        "no_unit_passes",
        "SUM-06",
        "A variance of one unit of the register passes for its per cents alone.",
        _passes(lambda found, _, percent: _over(found, percent)),
    ),
    (
        "two_units_pass",
        "SUM-06",
        "A variance of two units of the register passes.",
        _passes(lambda found, unit, percent: _over(found, percent) & (found.variance_wh > 2 * unit)),
    ),
    (
        "estimation_not_on_cycle",
        "ODE-02",
        "Estimation does not start for what was asked for on cycle.",
        _not_estimated(lambda request: request.on_cycle and not request.is_pushed),
    ),
    (
        "estimation_not_for_agents",
        "ODE-02",
        "Estimation does not start for what an agent asked for.",
        _not_estimated(_is_of_an_agent),
    ),
    (
        "estimation_until_the_years_end",
        "ODE-03",
        "Nothing is estimated beyond the end of a year.",
        _wrapped(on_demand_estimation, "_moments", _until_the_years_end),
    ),
    (
        "saturday_profile_like_business_days",
        "ODE-04",
        "The class load profile of business days is used on Saturdays.",
        _wrapped(on_demand_estimation.LoadProfile, "hours_of", _saturdays_like_business_days),
    ),
    (
        "estimated_without_demand",
        "ODE-06",
        "What was estimated in part has no demand response.",
        _records(_estimated_without_demand),
    ),
    (
        "later_parts_without_status",
        "TXS-01",
        "Of a divided response the first sub-period alone has a status.",
        _records(_without_status),
    ),
    (
        "demand_with_another_status",
        "TXS-02",
        "Demand that was processed without exception carries status 07.",
        _demand_changed(lambda every, _request, _billing: [{**each, "transaction_status": "07"} for each in every]),
    ),
    (
        "first_of_several_days_not_awaited",
        "WIN-03",
        "The first day of several is not awaited.",
        _not_awaited(slice(0, 24), 2),
    ),
    (
        "days_between_not_awaited",
        "WIN-03",
        "The days between the first and the last are not awaited.",
        _not_awaited(slice(24, -24), _SEVERAL),
    ),
)

BILLING_IN_PART_FAULTS: tuple[Bent, ...] = tuple(fault(*each) for each in _PARTS)
