"""Faults of billing that show where two things come together that seldom do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from harness.interface.instants import day_of
from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.framing import Energy, Method, Status, Zone
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    billing_staging,
    meter_data,
    on_demand_estimation,
    segmentation,
)
from reference_impl.repository.billing_window import day_before
from reference_impl.repository.master_directory import Key

_FINEST = 5
_QUARTER = 15
_HOUR = 60
_SATURDAY = 5
_FIVE_DIGITS = 100_000
_SEVERAL = 2


# --- demand ---------------------------------------------------------------------------------------------------------


def _demand_field(name: str, change: Callable[..., Any]) -> Application:
    """KW or kVA alone is another: `change` is given the original, its arguments and what it says of both."""

    def make(original: Any) -> Any:
        def record(*arguments: Any) -> Any:
            found = original(*arguments)
            return found if found[name] is None else {**found, name: change(original, arguments, found)}

        return record

    return replaced(billing_quantities, "demand_record", make)


def _kva_by_blocks(original: Any, arguments: Any, _: Any) -> Any:
    *before, demand, rounding = arguments
    return original(*before, dataclasses.replace(demand, method=Method.BLOCK), rounding)["peak_va"]


def _kva_by_eastern_days(original: Any, arguments: Any, _: Any) -> Any:
    data, sdp, days, _zone, *others = arguments
    return original(data, sdp, days, Zone.EASTERN, *others)["peak_va"]


def _no_kva_of_fine_data(_: Any, arguments: Any, found: Any) -> Any:
    data, sdp, days, *_others = arguments
    held = [data.day(sdp, day) for day in days]
    return None if any(day is not None and day.minutes == _FINEST for day in held) else found["peak_va"]


def _kw_of_weekdays(original: Any, arguments: Any, _: Any) -> Any:
    data, sdp, days, *others = arguments
    return original(data, sdp, [day for day in days if day.weekday() < _SATURDAY] or days, *others)["peak_w"]


def _kw_without_the_last_central_day(original: Any, arguments: Any, found: Any) -> Any:
    data, sdp, days, zone, *others = arguments
    return original(data, sdp, days[:-1] or days, zone, *others)["peak_w"] if zone is Zone.CENTRAL else found["peak_w"]


def _one_structure_without_demand(original: Any) -> Any:
    def framed(data: Any, sdp: Any, days: Any, framing: Any, *others: Any) -> Any:
        found = original(data, sdp, days, framing, *others)
        demand = framing.demand
        if found is None or framing.energy is not Energy.PERIODIC or framing.zone is not Zone.CENTRAL or demand is None:
            return found
        if demand.method is not Method.ROLLING or demand.minutes != _HOUR:
            return found
        kept = {file: records for file, records in found.records.items() if file != billing_quantities.DEMAND}
        return dataclasses.replace(found, records=kept)

    return framed


def _kva_of_all_parts(original: Any) -> Any:
    def response(*arguments: Any) -> Any:
        found = original(*arguments)
        every = found.records.get(billing_quantities.DEMAND, ())
        highest = max((each["peak_va"] or 0 for each in every), default=0)
        alike = tuple({**each, "peak_va": each["peak_va"] and highest} for each in every)
        return dataclasses.replace(found, records=found.records | ({billing_quantities.DEMAND: alike} if alike else {}))

    return response


def _last_part_without_demand(original: Any) -> Any:
    def response(*arguments: Any) -> Any:
        found = original(*arguments)
        every = found.records.get(billing_quantities.DEMAND, ())
        kept = {billing_quantities.DEMAND: every[:-1]} if len(every) > 1 else {}
        return dataclasses.replace(found, records=found.records | kept)

    return response


# --- energy ---------------------------------------------------------------------------------------------------------


def _last_central_hour_not_awaited(original: Any) -> Any:
    def hours(data: Any, sdp: Any, days: Any, zone: Any, last: Any) -> Any:
        found = original(data, sdp, days, zone, last)
        if zone is Zone.CENTRAL:
            found.eligible[-1] = True
        return found

    return hours


def _eastern_energy_of(energy: Energy) -> Application:
    """What is framed in one way, by the Central clock, is taken an hour early."""

    def make(original: Any) -> Any:
        def records(hours: Any, days: Any, framing: Any, calendar: Any) -> Any:
            if framing.zone is Zone.CENTRAL and framing.energy is energy:
                hours = dataclasses.replace(hours, wh=np.append(0, hours.wh[:-1]))
            return original(hours, days, framing, calendar)

        return records

    return replaced(billing_quantities, "energy_records", make)


def _nothing_needs_no_edit(original: Any) -> Any:
    def hours(held: Any, last: Any) -> Any:
        energy, eligible = original(held, last)
        if held is None:
            return energy, eligible
        is_there = (held.status != Status.MISSING).reshape(energy.size, -1).all(axis=1)
        return energy, eligible | (is_there & (energy == 0))

    return hours


def _partly_estimated_quarters_need_edit(original: Any) -> Any:
    def hours(held: Any, last: Any) -> Any:
        energy, eligible = original(held, last)
        if held is None or held.minutes != _QUARTER:
            return energy, eligible
        estimated = held.status == Status.EST
        return energy, eligible & (estimated.all() or not estimated.any())

    return hours


# --- when, and to whom ----------------------------------------------------------------------------------------------


def _one_of_an_sdp_told(original: Any) -> Any:
    def no_data(here: Any) -> None:
        first: dict[Any, Any] = {}
        for request in here.billing.active:
            if billing_operations.no_data_due(here, request) <= here.now:
                first.setdefault((request.ldc, request.universal_sdp_id), request)
        told = set(first.values())
        here.billing.active = [
            request
            for request in here.billing.active
            if request in told or billing_operations.no_data_due(here, request) > here.now
        ]
        original(here)

    return no_data


def _not_at(hour: int, is_left: Callable[[Any], bool]) -> Application:
    """Some active requests are not processed by the run at an hour."""

    def make(original: Any) -> Any:
        def run(here: Any) -> None:
            left = [each for each in here.billing.active if here.now.hour == hour and is_left(each)]
            here.billing.active = [each for each in here.billing.active if each not in left]
            original(here)
            here.billing.active += left

        return run

    return replaced(billing_operations, "run_billing", make)


def _scheduled_foreshortened(original: Any) -> Any:
    def quantities(request: Any, billing: Any) -> Any:
        found = original(request, billing)
        if found is not None or not request.is_pushed or (request.end - request.start).days < _SEVERAL:
            return found
        return original(dataclasses.replace(request, end=day_before(request.end)), billing)

    return quantities


def _to_the_ldc(original: Any) -> Any:
    def response(request: Any, *others: Any) -> Any:
        found = original(request, *others)
        return None if found is None else dataclasses.replace(found, recipient=request.ldc)

    return response


def _recovered_once(original: Any) -> Any:
    known: set[Any] = set()

    def recovered(request: Any, *others: Any) -> Any:
        found = original(request, *others)
        asked = request.universal_sdp_id, request.start, request.end, request.version
        if found is None or asked in known:
            return None
        known.add(asked)
        return found

    return recovered


def _check_of_the_last_part(original: Any) -> Any:
    def checked(request: Any, parts: Any, billing: Any) -> Any:
        return original(dataclasses.replace(request, start=parts[-1][0].start), parts[-1:], billing)

    return checked


# --- what is asked for ----------------------------------------------------------------------------------------------


def _due_on_either_day(original: Any) -> Any:
    ends: dict[tuple[int, str, Any], set[Any]] = {}

    def due_on(schedule: Any, day: Any) -> Any:
        for (cycle, start), end in schedule.ends.items():
            ends.setdefault((id(schedule), cycle, start), set()).add(end)
        found = list(original(schedule, day))
        moved = [
            billing_requests.Cycle(cycle, start, day)
            for (whose, cycle, start), known in sorted(ends.items())
            if whose == id(schedule) and day in known and schedule.ends[cycle, start] != day
        ]
        return iter([*found, *moved])

    return due_on


def _second_of_an_sdp_dropped(original: Any) -> Any:
    def load(here: Any) -> None:
        before = {(each.ldc, each.universal_sdp_id) for each in here.billing.active if each.is_pushed}
        known = set(here.billing.active)
        original(here)
        here.billing.active = [
            each
            for each in here.billing.active
            if each in known or not each.is_pushed or (each.ldc, each.universal_sdp_id) not in before
        ]

    return load


def _former_agent(original: Any) -> Any:
    def agent(request: Any, billing: Any) -> Any:
        found = original(request, billing)
        if found != request.ldc:
            return found
        history = billing.directory.history(Key("sdp", request.universal_sdp_id, "sdp_to_billing_agent"))
        former = [state.value for state in history if state.end is not None and state.value is not None]
        return former[-1] if former else found

    return agent


def _found_again(is_kept: Callable[[Any], bool]) -> Application:
    """Some former responses are not found again."""

    def make(original: Any) -> Any:
        def recovered(request: Any, delivered: Any, reading: str) -> Any:
            return original(request, [each for each in delivered if is_kept(each.response)], reading)

        return recovered

    return replaced(billing_services, "recovered", make)


def _no_check_where_divided(original: Any) -> Any:
    def checked(request: Any, parts: Any, billing: Any) -> Any:
        return None if len(parts) > 1 else original(request, parts, billing)

    return checked


def _no_digits_where_multiplied(original: Any) -> Any:
    def register(meter: Any, parameters: Any, digits: int) -> Any:
        multiplied = (parameters["register_multiplier"] or "1") != "1"
        return original(meter, {**parameters, "register_digits": None} if multiplied else parameters, digits)

    return register


def _none_where_nothing(original: Any) -> Any:
    def check(first: Any, last: Any, *others: Any) -> Any:
        return original(first, None if last is not None and last.reading == 0 else last, *others)

    return check


def _last_day_as_processed(original: Any) -> Any:
    def response(request: Any, recipient: Any, parts: Any, billing: Any, *checked: Any) -> Any:
        found = original(request, recipient, parts, billing, *checked)
        days = found.records.get(billing_quantities.HOURLY, ())
        if len(days) < _SEVERAL:
            return found
        last = {**days[-1], "transaction_status": billing.statuses["delivered"]}
        return dataclasses.replace(found, records={**found.records, billing_quantities.HOURLY: (*days[:-1], last)})

    return response


# --- estimates ------------------------------------------------------------------------------------------------------


def _whole_hour_in_each(original: Any) -> Any:
    def energy(moment: Any, length: int, profile: Any, holidays: Any) -> Any:
        return profile.hours_of(day_of(moment), holidays)[moment.hour]

    return energy


# --- reports --------------------------------------------------------------------------------------------------------


def _counted_as_found(original: Any) -> Any:
    def category(entry: Any, undelivered: Any) -> Any:
        failed = entry.status in billing_staging.SUM_CHECK_FAILED
        return original(dataclasses.replace(entry, status="delivered") if failed else entry, undelivered)

    return category


def _rebillings_of(kept: Callable[[Any, Iterable[Any]], bool]) -> Application:
    """BR03 leaves out periods: `kept` is given a response that was delivered, and the days whose data has changed."""

    def make(original: Any) -> Any:
        def rebillings(delivered: Any, days: Any, billing: Any) -> Any:
            return original([each for each in delivered if kept(each.response, days)], days, billing)

        return rebillings

    return replaced(billing_reports, "rebillings", make)


def _categories_with(change: Callable[[Any, str], str]) -> Application:
    """BR01 counts some requests elsewhere: `change` is given what is staged, and the category that it falls into."""

    def make(original: Any) -> Any:
        return lambda entry, undelivered: change(entry, original(entry, undelivered))

    return replaced(billing_staging, "category", make)


def _scheduled_as_pending(entry: Any, found: str) -> str:
    return "pending" if entry.request.is_pushed and found == "in_process_no_data" else found


def _sent_where_several(entry: Any, found: str) -> str:
    return "found_and_sent" if found == "found_and_delivery_failed" and len(entry.files) > 1 else found


def _late_window_a_day_less(original: Any) -> Any:
    def detail(entry: Any, *others: Any) -> Any:
        kind, fields = original(entry, *others)
        is_late = day_of(entry.request.received) > entry.request.end
        return kind, {**fields, "window_end_date": day_before(entry.window_end) if is_late else entry.window_end}

    return detail


def _end_reading_as_if_it_had_gone_on(original: Any) -> Any:
    def detail(*arguments: Any) -> Any:
        kind, fields = original(*arguments)
        start, end = fields["start_reading"], fields["end_reading"]
        began_again = None not in (start, end) and end < start
        return kind, {**fields, "end_reading": end + _FIVE_DIGITS if began_again else end}

    return detail


def _no_reads_of_one_agent(original: Any) -> Any:
    def run(here: Any) -> None:
        table = here.billing.staging
        others = sorted(here.participants.agents)[1:]
        table.no_reads = [each for each in table.no_reads if each.request.requester not in others]
        original(here)

    return run


def _failures_without_agents(original: Any) -> Any:
    def run(here: Any) -> None:
        table = here.billing.staging
        table.sum_check_failures = [each for each in table.sum_check_failures if each.recipient == each.request.ldc]
        original(here)

    return run


SELDOM_BILLING_FAULTS: tuple[Bent, ...] = (
    fault(
        "no_kva_where_nothing_was_used",
        "BQ-08",
        "kVA is left out where there is reactive energy alone.",
        _demand_field("peak_va", lambda _original, _arguments, found: found["peak_va"] if found["peak_w"] else None),
    ),
    fault(
        "rolling_kva_as_block",
        "BQ-08",
        "Rolling demand is taken as block demand in kVA, and rightly in kW.",
        _demand_field("peak_va", _kva_by_blocks),
    ),
    fault(
        "central_kva_by_eastern_days",
        "BQ-08",
        "kVA of Central SDPs is taken over Eastern days, kW over Central ones.",
        _demand_field("peak_va", _kva_by_eastern_days),
    ),
    fault(
        "no_kva_of_five_minutes",
        "BQ-08",
        "kVA is left out where intervals are of five minutes.",
        _demand_field("peak_va", _no_kva_of_fine_data),
    ),
    fault(
        "demand_of_weekdays_alone",
        "BQ-08",
        "kW is that of weekdays, where a period has any.",
        _demand_field("peak_w", _kw_of_weekdays),
    ),
    fault(
        "kw_without_the_last_central_day",
        "BQ-08",
        "kW of a Central SDP is that of all days but the last; kVA and Eastern demand are right.",
        _demand_field("peak_w", _kw_without_the_last_central_day),
    ),
    fault(
        "one_structure_without_demand",
        "BQ-08",
        "Of the 24 structures one, Periodic with rolling 60-minute demand by the Central clock, gives energy alone.",
        replaced(billing_services, "framed", _one_structure_without_demand),
    ),
    fault(
        "partly_estimated_quarter_hours_need_edit",
        "BQ-01",
        "A day of quarter hours of which some are estimated, and others are valid, is not eligible.",
        replaced(meter_data, "_hours_of_day", _partly_estimated_quarters_need_edit),
    ),
    fault(
        "one_kva_for_every_part",
        "SEG-01",
        "Each sub-period shows the highest kVA of the whole period.",
        replaced(billing_services, "with_quantities", _kva_of_all_parts),
    ),
    fault(
        "last_part_without_demand",
        "BQ-09",
        "Of a divided response the last sub-period has no demand response.",
        replaced(billing_services, "with_quantities", _last_part_without_demand),
    ),
    fault(
        "last_central_hour_not_awaited",
        "BQ-04",
        "The last hour of a Central SDP's period is not awaited.",
        replaced(billing_quantities, "hours", _last_central_hour_not_awaited),
    ),
    fault(
        "central_periodic_an_hour_early",
        "BQ-04",
        "Periodic energy of a Central SDP is that of an hour earlier.",
        _eastern_energy_of(Energy.PERIODIC),
    ),
    fault(
        "central_hourly_an_hour_early",
        "BQ-04",
        "Hourly energy of a Central SDP is that of an hour earlier.",
        _eastern_energy_of(Energy.HOURLY),
    ),
    fault(
        "nothing_needs_no_edit",
        "BQ-01",
        "An interval of nothing is eligible, whatever its status.",
        replaced(meter_data, "_hours_of_day", _nothing_needs_no_edit),
    ),
    fault(
        "no_data_once_for_each_sdp",
        "WIN-07",
        "Of the requests for an SDP whose windows close on one day the first alone gets 02.",
        replaced(billing_operations, "close_expired", _one_of_an_sdp_told),
    ),
    fault(
        "pending_off_cycle_not_at_23",
        "WIN-06",
        "A pending off-cycle request is not processed by the run at 23:00.",
        _not_at(23, lambda request: not request.on_cycle),
    ),
    fault(
        "scheduled_not_at_20",
        "WIN-05",
        "A pending request of the schedule is not processed by the run at 20:00.",
        _not_at(20, lambda request: request.is_pushed),
    ),
    fault(
        "scheduled_without_its_last_day",
        "WIN-03",
        "A scheduled period whose last day is missing is answered without it.",
        replaced(billing_services, "quantities", _scheduled_foreshortened),
    ),
    fault(
        "no_data_to_the_ldc",
        "BSV-05",
        "That there is no data is told the LDC, whoever is the billing agent.",
        replaced(billing_services, "no_data", _to_the_ldc),
    ),
    fault(
        "put_off_and_due_all_the_same",
        "BSV-01",
        "A date that was moved is due on the day on which it was, too.",
        replaced(billing_requests.Schedule, "due_on", _due_on_either_day),
    ),
    fault(
        "second_scheduled_period_dropped",
        "BSV-01",
        "A period that falls due while another of its SDP waits for data is dropped.",
        replaced(billing_operations, "load_push_requests", _second_of_an_sdp_dropped),
    ),
    fault(
        "former_agent_stays",
        "BSV-05",
        "Where an LDC bills for itself again, its former billing agent still receives the quantities.",
        replaced(billing_services, "billing_agent", _former_agent),
    ),
    fault(
        "refusals_not_recovered",
        "BSV-10",
        "A former response with status 08 is not found again.",
        _found_again(lambda response: response.status != "not_billing_agent"),
    ),
    fault(
        "scheduled_not_recovered",
        "BSV-10",
        "A former response that a schedule asked for is not found again.",
        _found_again(lambda response: not response.request.is_pushed),
    ),
    fault(
        "version_to_the_ldc",
        "BSV-10",
        "A former response goes to the LDC, whoever asks for it.",
        replaced(billing_services, "recovered", _to_the_ldc),
    ),
    fault(
        "version_recovered_once",
        "BSV-10",
        "A former response is recovered once, and then no more.",
        replaced(billing_services, "recovered", _recovered_once),
    ),
    fault(
        "price_change_divides_no_demand",
        "SEG-03",
        "A seasonal price change divides nothing whose framing structure has demand.",
        replaced(
            segmentation,
            "divides_at_prices",
            lambda original: lambda framing: original(framing) and framing.demand is None,
        ),
    ),
    fault(
        "price_change_divides_hourly_with_demand",
        "SEG-03",
        "A seasonal price change divides Hourly responses whose framing structure has demand.",
        replaced(
            segmentation,
            "divides_at_prices",
            lambda original: lambda framing: original(framing) or framing.demand is not None,
        ),
    ),
    fault(
        "sum_check_of_the_last_part",
        "SUM-01",
        "Of a divided period the last sub-period alone is checked.",
        replaced(billing_services, "sum_checked", _check_of_the_last_part),
    ),
    fault(
        "no_sum_check_where_divided",
        "SUM-01",
        "A period that is divided is not checked.",
        replaced(billing_services, "sum_checked", _no_check_where_divided),
    ),
    fault(
        "holiday_profile_like_business_days",
        "ODE-04",
        "The class load profile of business days is used on holidays.",
        replaced(
            on_demand_estimation.LoadProfile,
            "hours_of",
            lambda original: lambda profile, day, _: original(profile, day, ()),
        ),
    ),
    fault(
        "profile_of_an_hour_in_each_interval",
        "ODE-04",
        "An interval that is shorter than an hour is estimated to have what the class load profile has of the hour.",
        replaced(on_demand_estimation, "from_load_profile", _whole_hour_in_each),
    ),
    fault(
        "sum_check_failures_counted_as_found",
        "BRP-05",
        "BR01 counts what was delivered with 06 or 07 among status 00.",
        replaced(billing_staging, "category", _counted_as_found),
    ),
    fault(
        "scheduled_without_data_counted_as_pending",
        "BRP-05",
        "BR01 counts requests of the schedule that wait for data as pending.",
        _categories_with(_scheduled_as_pending),
    ),
    fault(
        "demand_that_was_refused_counted_as_sent",
        "BRP-05",
        "BR01 counts a response of several files as sent, where the mailbox has refused them.",
        _categories_with(_sent_where_several),
    ),
    fault(
        "window_end_of_late_requests_a_day_less",
        "BRP-04",
        "BR04 shows the window of a late request to end a day earlier.",
        replaced(billing_reports, "delivery_detail", _late_window_a_day_less),
    ),
    fault(
        "end_reading_as_if_the_register_had_gone_on",
        "BRP-07",
        "Where a register began again from nothing, BR05 shows its end reading with the digits that it lacks.",
        replaced(billing_reports, "failure_detail", _end_reading_as_if_it_had_gone_on),
    ),
    fault(
        "no_reads_of_one_agent_alone",
        "BRP-08",
        "BR06 leaves out what other agents than one asked for.",
        replaced(billing_reports, "run_no_reads", _no_reads_of_one_agent),
    ),
    fault(
        "rebilling_of_agents_left_out",
        "BRP-09",
        "BR03 leaves out what a billing agent received.",
        _rebillings_of(lambda response, _: response.recipient == response.request.ldc),
    ),
    fault(
        "rebilling_without_the_last_central_hour",
        "BRP-09",
        "BR03 overlooks a change of the last hour of a Central SDP's period.",
        _rebillings_of(
            lambda response, days: any(response.request.start <= day < response.request.end for day in days)
        ),
    ),
    fault(
        "sum_check_failures_without_agents",
        "BRP-07",
        "BR05 leaves out what a billing agent received.",
        replaced(billing_reports, "run_sum_check_failures", _failures_without_agents),
    ),
    fault(
        "no_digits_where_a_register_multiplies",
        "SUM-02",
        "Where a register has a multiplier, the digits that the Master Directory has of it do not count.",
        replaced(billing_services, "register_of", _no_digits_where_multiplied),
    ),
    fault(
        "register_at_nothing_taken_for_07",
        "SUM-02",
        "A register that stands at nothing counts as none.",
        replaced(billing_services, "sum_check", _none_where_nothing),
    ),
    fault(
        "06_not_on_the_last_day_of_hourly",
        "SUM-03",
        "The last day of an Hourly response carries status 00, whatever the others carry.",
        replaced(billing_services, "with_quantities", _last_day_as_processed),
    ),
)
