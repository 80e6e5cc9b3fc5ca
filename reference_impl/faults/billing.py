"""Faults of the billing chapters: quantities, services, windows, segments and statuses."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from harness.interface.calendars import TouSchedule
from harness.interface.instants import Day, day_of, later
from reference_impl import (
    billing_operations,
    billing_quantities,
    billing_requests,
    billing_services,
    billing_window,
    file_transfer,
    meter_data,
    repository,
    segmentation,
)
from reference_impl.faults.bending import Application, Bent, details_changed, fault, only, replaced, text_changed
from reference_impl.framing import Energy, Framing, Method, Status, Zone, calendar, core
from reference_impl.master_directory import Key, value_on

SUNDAY = 6


def _details(file_id: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Application:
    return only(file_id, lambda file: text_changed(file, lambda text: details_changed(text, change)))


def _field(file_id: str, place: int, change: Callable[[str], str]) -> Application:
    """Change one field of each detail record; the record type is at place 0."""
    return _details(file_id, lambda rows: [[*row[:place], change(row[place]), *row[place + 1 :]] for row in rows])


# --- quantities -------------------------------------------------------------------------------------------------


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


def _first_data_is_enough(original: Any) -> Any:
    def framed(data: Any, sdp: str, days: Any, *others: Any) -> Any:
        for last in range(len(days), 0, -1):
            if (got := original(data, sdp, days[:last], *others)) is not None:
                return got
        return None

    return framed


def _only_when_the_window_ends(original: Any) -> Any:
    return lambda request, billing: None if request.end > Day(request.received.date()) else original(request, billing)


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


def _holidays_like_weekdays(original: Any) -> Any:
    def bucket(self: Any, day: Any, hour: int) -> Any:
        return original(dataclasses.replace(self, holidays=frozenset()), day, hour)

    return bucket


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
    def apparent(wh: Any, varh: Any, minutes: int, demand: Any) -> Any:
        watts, vars_ = (core.demand_series(energy, minutes, demand).max(axis=1) for energy in (wh, varh))
        return core.floor_root(watts * watts + vars_ * vars_)

    return apparent


def _kva_where_kw_is_highest(_: Any) -> Any:
    def apparent(wh: Any, varh: Any, minutes: int, demand: Any) -> Any:
        watts, vars_ = (core.demand_series(energy, minutes, demand)[0] for energy in (wh, varh))
        place = int(watts.argmax())
        return core.floor_root(watts[[place]] ** 2 + vars_[[place]] ** 2)

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
        return lambda data, sdp, days, zone, demand: original(data, sdp, days, zone, change(demand))

    return replaced(billing_quantities, "demand_record", make)


def _demand_zone(original: Any) -> Any:
    return lambda data, sdp, days, _zone, demand: original(data, sdp, days, Zone.EASTERN, demand)


def _energy_for_power(original: Any) -> Any:
    def series(energy: Any, minutes: int, demand: Any) -> Any:
        return original(energy, minutes, demand) // (60 // demand.minutes)

    return series


# --- services ---------------------------------------------------------------------------------------------------


def _every_sdp_is_due(_: Any) -> Any:
    def due(here: Any, ldc: Any, sdp: str, end: Any) -> Any:
        return next((cycle for (cycle, _), last in here.billing.schedules[ldc].ends.items() if last == end), None)

    return due


def _push_shortened(original: Any) -> Any:
    def load(here: Any) -> None:
        before = len(here.billing.active)
        original(here)
        for place in range(before, len(here.billing.active)):
            request = here.billing.active[place]
            here.billing.active[place] = dataclasses.replace(request, start=Day(request.end - timedelta(days=1)))

    return load


def _push_tried_once(original: Any) -> Any:
    def run(here: Any) -> None:
        original(here)
        here.billing.active = [request for request in here.billing.active if not request.is_pushed]

    return run


def _requests_of_kind_ignored(on_cycle: bool) -> Application:
    def make(original: Any) -> Any:
        def validate(*arguments: Any) -> Any:
            found = original(*arguments)
            kept = tuple(request for request in found.requests if request.on_cycle is not on_cycle)
            return billing_requests.Validated(kept, found.exceptions)

        return validate

    return replaced(billing_requests, "validate", make)


def _push_or_pull(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        if name.org_1 not in here.billing.schedules:
            original(here, name, reading)

    return receive


def _lead(days: int) -> Application:
    return replaced(
        billing_requests,
        "earliest_change",
        lambda original: lambda today, lead, reading, business: original(today, lead + days, reading, business),
    )


def _late_dates_loaded_all_the_same(original: Any) -> Any:
    def load(reading: Any, schedule: Any, earliest: Any) -> Any:
        found = original(reading, schedule, earliest)
        for refused in found.exceptions:
            if refused.cycle is not None:
                schedule.ends[refused.cycle.billing_cycle_id, refused.cycle.start] = refused.cycle.end
        return found

    return load


def _all_or_nothing_schedule(original: Any) -> Any:
    def load(reading: Any, schedule: Any, earliest: Any) -> Any:
        held = dict(schedule.ends)
        found = original(reading, schedule, earliest)
        if not found.exceptions:
            return found
        schedule.ends = held
        refused = [billing_requests.ScheduleException(None, cycle, "refused", "-") for cycle in found.loaded]
        return billing_requests.ScheduleLoad((), (*found.exceptions, *refused))

    return load


def _agent_on(ahead: int) -> Application:
    """The billing agent of another day of the period counts."""

    def make(original: Any) -> Any:
        def agent(request: Any, directory: Any) -> Any:
            end = Day(request.start + timedelta(days=1)) if ahead < 0 else Day(request.end + timedelta(days=1))
            return original(dataclasses.replace(request, end=end), directory)

        return agent

    return replaced(billing_services, "billing_agent", make)


def _pushed_without_framing(original: Any) -> Any:
    def response(request: Any, *others: Any) -> Any:
        found = original(request, *others)
        if not request.is_pushed:
            return found
        records = {f: tuple({**r, "framing_structure": None} for r in rs) for f, rs in found.records.items()}
        return dataclasses.replace(found, records=records)

    return response


def _not_agent_with_quantities(original: Any) -> Any:
    def respond(request: Any, billing: Any) -> Any:
        found = original(request, billing)
        if found is None or found.status != "not_billing_agent":
            return found
        parts = billing_services.quantities(request, billing)
        if parts is None:
            return found
        full = billing_services.with_quantities(request, found.recipient, parts, billing)
        code = billing.statuses["not_billing_agent"]
        records = {f: tuple({**r, "transaction_status": code} for r in rs) for f, rs in full.records.items()}
        return dataclasses.replace(full, status=found.status, records=records)

    return respond


def _whole_file_refused(original: Any) -> Any:
    def process(requests: Any, billing: Any) -> Any:
        every = list(requests)
        refused = any(
            billing_services.is_refused_to(r, billing_services.billing_agent(r, billing.directory)) for r in every
        )
        if not refused:
            return original(every, billing)
        responses = [
            billing_services.without_quantities(r, r.requester or r.ldc, "not_billing_agent", billing) for r in every
        ]
        return billing_services.Processed(responses, [])

    return process


def _period(start: int, end: int) -> Application:
    """The days of a period are others: moved at its start or end."""

    def make(original: Any) -> Any:
        def days(first: Any, last: Any) -> Any:
            return original(Day(first + timedelta(days=start)), Day(last + timedelta(days=end)))

        return days

    return replaced(billing_services, "days_between", make)


def _recomputed(original: Any) -> Any:
    def recover(here: Any, name: Any, requests: Any) -> None:
        billing_operations.answer(here, [dataclasses.replace(request, version=None) for request in requests])

    return recover


def _any_version(pick: Callable[..., Any]) -> Application:
    def make(original: Any) -> Any:
        def recovered(request: Any, delivered: Any) -> Any:
            every = [one for one in delivered if one.response.request.start == request.start]
            return original(dataclasses.replace(request, version=pick(one.instant for one in every)), every)

        return recovered

    return replaced(billing_services, "recovered", make)


def _versions_before(original: Any) -> Any:
    def recovered(request: Any, delivered: Any) -> Any:
        return original(request, [one for one in delivered if one.instant < request.version])

    return recovered


def _not_pushed_where_pulled(original: Any) -> Any:
    def load(here: Any) -> None:
        loaded, here.billing.active = here.billing.active, []
        original(here)
        for request in here.billing.active:
            delivered = here.billing.delivered.get((request.ldc, request.universal_sdp_id), ())
            periods = {(one.response.request.start, one.response.request.end) for one in delivered}
            if (request.start, request.end) not in periods:
                loaded.append(request)
        here.billing.active = loaded

    return load


def _only_on(name: str, days: Callable[[Any, Day], bool]) -> Application:
    """What falls due in billing is done on some days alone."""

    def make(original: Any) -> Any:
        def happen(here: Any) -> None:
            if days(here, day_of(here.now)):
                original(here)

        return happen

    return replaced(billing_operations, name, make)


def _push_closed_silently(original: Any) -> Any:
    def close(here: Any) -> None:
        here.billing.active = [
            request
            for request in here.billing.active
            if not request.is_pushed or billing_operations.no_data_due(here, request) > here.now
        ]
        original(here)

    return close


def _restated_values_divide(_: Any) -> Any:
    def changes(history: Any, start: Any, end: Any) -> set[Day]:
        days = {state.start for state in history} | {state.end for state in history if state.end is not None}
        return {day for day in days if start < day < end}

    return changes


def _price_changes_by_first_framing(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
        first = value_on(framings, start)
        divides = first is not None and segmentation.divides_at_prices(framing_of(first))
        parts = original(start, end, framings, accounts, (), framing_of)
        return parts if parts is None or not divides else segmentation.divided_at(parts, prices)

    return split


def _demand_of_the_day_after_too(original: Any) -> Any:
    return lambda data, sdp, days, zone: original(data, sdp, [*days, Day(days[-1] + timedelta(days=1))], zone)


def _demand_of_the_day_before_too(original: Any) -> Any:
    return lambda data, sdp, days, zone: original(data, sdp, [Day(days[0] - timedelta(days=1)), *days], zone)


def _agents_admitted(file_id: str) -> Application:
    def make(original: Any) -> Any:
        def may(organisation: Any, ldc: Any, wanted: str, parties: Any) -> bool:
            if wanted == file_id and organisation in parties.agents:
                return any((a, b, d) == (ldc, organisation, "submit") for a, b, _, d in parties.authorisations)
            return bool(original(organisation, ldc, wanted, parties))

        return may

    return replaced(file_transfer, "may_submit", make)


def _agents_refused(file_id: str) -> Application:
    def make(original: Any) -> Any:
        return lambda who, ldc, wanted, parties: (
            original(who, ldc, wanted, parties) and (wanted != file_id or who == ldc)
        )

    return replaced(file_transfer, "may_submit", make)


def _strangers_served(original: Any) -> Any:
    def submit(here: Any, submitter: Any, name: str, content: bytes) -> None:
        if file_transfer.is_registered(submitter, here.participants):
            original(here, submitter, name, content)
            return
        ldc = name.split(".")[0]
        taken_for = name.replace(f".{submitter}.", f".{ldc}.", 1)
        original(here, ldc, taken_for, content.replace(name.encode(), taken_for.encode()))

    return submit


def _schedule_reported_to_ldc(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        original(here, dataclasses.replace(name, org_2=name.org_1), reading)

    return receive


def _schedule_reported_to_agents(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        before = len(here.outbox)
        original(here, name, reading)
        for file in here.outbox[before:]:
            for agent in sorted(here.participants.agents - {file.recipient}):
                if file_transfer.may_receive(agent, name.org_1, "IR03", here.participants):
                    here.outbox.append(dataclasses.replace(file, recipient=agent))

    return receive


def _first_exception_alone(original: Any) -> Any:
    def validate(*arguments: Any) -> Any:
        found = original(*arguments)
        return billing_requests.Validated(found.requests, found.exceptions[:1])

    return validate


def _always_reported(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        original(here, name, reading)
        nothing = billing_requests.RequestException(str(name), None, None, "none", "no exceptions")
        found = here.billing.exceptions.setdefault((name.org_1, name.org_2), [])
        if not found:
            found.append(nothing)

    return receive


# --- windows and runs -------------------------------------------------------------------------------------------


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


def _run_before_closing(original: Any) -> Any:
    def close(here: Any) -> None:
        billing_operations.run_billing(here)
        original(here)

    return close


def _foreshortened_at_the_end(original: Any) -> Any:
    def no_data(request: Any, billing: Any) -> Any:
        for days in range((request.end - request.start).days - 1, 0, -1):
            shorter = dataclasses.replace(request, end=Day(request.start + timedelta(days=days)))
            parts = billing_services.quantities(shorter, billing)
            if parts is not None:
                agent = billing_services.billing_agent(request, billing.directory)
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


def _off_cycle_waits(original: Any) -> Any:
    def validate(*arguments: Any) -> Any:
        found = original(*arguments)
        requests = tuple(dataclasses.replace(request, on_cycle=True) for request in found.requests)
        return billing_requests.Validated(requests, found.exceptions)

    return validate


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


def _at(clock: str) -> Application:
    return replaced(
        billing_window,
        "next_at_clock",
        lambda original: lambda after, wanted: original(after, clock if wanted == "07:30" else wanted),
    )


def _summer_days_shifted(original: Any) -> Any:
    def hours(data: Any, sdp: str, days: Any, zone: Any, last: Any) -> Any:
        found = original(data, sdp, days, zone, last)
        _, hour = calendar.prevailing(days[0], 12)
        return found if hour == 12 else dataclasses.replace(found, wh=np.roll(found.wh, 1))

    return hours


# --- segments ---------------------------------------------------------------------------------------------------


def _no_events(_: Any) -> Any:
    return lambda _history, _start, _end: set()


def _events_on_boundary(first: bool) -> Application:
    """An event on the first day, or on the exclusive end, divides as well: an empty part is a day long."""

    def make(original: Any) -> Any:
        def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
            parts = original(start, end, framings, accounts, prices, framing_of)
            wide = Day(start - timedelta(days=1)), Day(end + timedelta(days=1))
            inner = segmentation.changes(accounts, *wide) | segmentation.changes(framings, *wide)
            if parts and first and start in inner and (end - start).days > 1:
                middle = Day(start + timedelta(days=1))
                return (
                    segmentation.SubPeriod(start, middle, parts[0].framing),
                    parts[0]._replace(start=middle),
                    *parts[1:],
                )
            if parts and not first and end in inner and (end - start).days > 1:
                middle = Day(end - timedelta(days=1))
                return (
                    *parts[:-1],
                    parts[-1]._replace(end=middle),
                    segmentation.SubPeriod(middle, end, parts[-1].framing),
                )
            return parts

        return split

    return replaced(billing_services, "split_at_events", make)


def _prices_on_boundary(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
        parts = original(start, end, framings, accounts, prices, framing_of)
        starts = {(5, 1), (11, 1)}
        if parts and (start.month, start.day) in starts:
            middle = Day(start + timedelta(days=1))
            return (parts[0]._replace(end=middle), parts[0]._replace(start=middle), *parts[1:])
        if parts and (end.month, end.day) in starts:
            middle = Day(end - timedelta(days=1))
            return (*parts[:-1], parts[-1]._replace(end=middle), parts[-1]._replace(start=middle))
        return parts

    return split


def _whole_period_by_last_framing(original: Any) -> Any:
    def split(*arguments: Any) -> Any:
        parts = original(*arguments)
        return parts and tuple(part._replace(framing=parts[-1].framing) for part in parts)

    return split


def _only_first_event(original: Any) -> Any:
    def split(*arguments: Any) -> Any:
        parts = original(*arguments)
        if not parts or len(parts) < 3:
            return parts
        return (parts[0], parts[1]._replace(end=parts[-1].end))

    return split


def _twice_on_one_day(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, *others: Any) -> Any:
        parts = original(start, end, framings, accounts, *others)
        both = segmentation.changes(framings, start, end) & segmentation.changes(accounts, start, end)
        if not parts or not both:
            return parts
        found = []
        for part in parts:
            middle = Day(part.start + timedelta(days=1))
            found += [part._replace(end=middle), part._replace(start=middle)] if part.start in both else [part]
        return tuple(found)

    return split


def _parts_delivered_singly(original: Any) -> Any:
    def quantities(request: Any, billing: Any) -> Any:
        got = original(request, billing)
        parts = billing_services.sub_periods(request, billing)
        if got is not None or parts is None or len(parts) < 2:
            return got
        first = parts[0]
        return original(dataclasses.replace(request, start=first.start, end=first.end), billing)

    return quantities


def _pull_undivided(original: Any) -> Any:
    def sub_periods(request: Any, billing: Any) -> Any:
        parts = original(request, billing)
        if not parts or not request.is_pushed:
            return parts
        return (parts[0]._replace(end=parts[-1].end),)

    return sub_periods


def _in_force(event: str) -> Application:
    """An announced event divides as if it were in force."""
    return replaced(
        billing_services,
        "announced_events",
        lambda original: (
            lambda request, billing: original(request, dataclasses.replace(billing, dividing=frozenset([event])))
        ),
    )


def _divides(*energies: Energy) -> Application:
    return replaced(segmentation, "divides_at_prices", lambda _: lambda framing: framing.energy in energies)


def _no_price_changes(months: int) -> Application:
    def make(original: Any) -> Any:
        return lambda self, start, end: tuple(day for day in original(self, start, end) if day.month != months)

    return replaced(calendar.BillingCalendar, "price_changes", make)


STATUS = 8
"""The place of the Transaction Status in a response record, the record type counted as 0."""


_E = Energy
BILLING_FAULTS: tuple[Bent, ...] = (
    fault("validated_data_alone_eligible", "BQ-01", "Only VAL is eligible.", _eligible(Status.VAL)),
    fault("not_validated_data_not_eligible", "BQ-01", "NV is not eligible.", _eligible(Status.VAL, Status.EST)),
    fault("estimated_data_not_eligible", "BQ-01", "EST is not eligible.", _eligible(Status.VAL, Status.NV)),
    fault("valid_data_not_eligible", "BQ-01", "Only EST and NV are eligible.", _eligible(Status.EST, Status.NV)),
    fault(
        "data_that_needs_edit_eligible",
        "BQ-01",
        "NVE is eligible.",
        _eligible(Status.VAL, Status.EST, Status.NV, Status.NVE),
    ),
    fault(
        "not_validated_data_eligible",
        "BQ-01",
        "NV is eligible, where it is not to be.",
        _eligible(Status.VAL, Status.EST, Status.NV),
        AMB_04="nv-not-eligible",
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
        "A request is not fulfilled by the run after the data has come.",
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
        replaced(billing_requests, "validate", _off_cycle_waits),
    ),
    fault(
        "everything_framed_as_periodic",
        "BQ-03",
        "Every SDP is framed as Periodic.",
        _framing(lambda framing: dataclasses.replace(framing, energy=_E.PERIODIC)),
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
        replaced(calendar.BillingCalendar, "_bucket", _holidays_like_weekdays),
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
                    if framing.energy is _E.PERIODIC and len(days) > 1
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
        "demand_without_kva", "BQ-08", "kVA is left out where there is reactive data.", _field("6200", 9, lambda _: "")
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
    fault("losses_added", "BQ-10", "Quantities are raised by three per cent for losses.", _scaled(103, 100)),
    fault(
        "multiplied_by_ct_pt",
        "BQ-10",
        "Quantities are multiplied by the CT/PT multiplier.",
        replaced(billing_services, "quantities", _multiplied),
    ),
    fault("hourly_energy_in_6000", "BQ-11", "Hourly energy comes in 6000.", _energy_in("6100", "6000")),
    fault("other_energy_in_6100", "BQ-11", "TOU/CPP and Periodic energy comes in 6100.", _energy_in("6000", "6100")),
    fault(
        "every_sdp_pushed",
        "BSV-01",
        "When a cycle is due, every SDP of the LDC is.",
        replaced(billing_operations, "billing_cycle_of", _every_sdp_is_due),
    ),
    fault(
        "push_covers_the_last_day",
        "BSV-01",
        "Push delivers the last day of the scheduled period.",
        replaced(billing_operations, "load_push_requests", _push_shortened),
    ),
    fault(
        "push_tried_once",
        "BSV-01",
        "A push request that cannot be fulfilled at once is dropped.",
        replaced(billing_operations, "run_billing", _push_tried_once),
    ),
    fault(
        "off_cycle_requests_ignored",
        "BSV-02",
        "Off-cycle requests are not answered.",
        _requests_of_kind_ignored(on_cycle=False),
    ),
    fault(
        "on_cycle_requests_ignored",
        "BSV-02",
        "On-cycle requests are not answered.",
        _requests_of_kind_ignored(on_cycle=True),
    ),
    fault(
        "no_push_of_what_was_pulled",
        "BSV-03",
        "A period that was asked for is not pushed any more.",
        replaced(billing_operations, "load_push_requests", _not_pushed_where_pulled),
    ),
    fault(
        "no_pull_with_a_schedule",
        "BSV-03",
        "An LDC with a billing cycle schedule gets no answer to requests.",
        replaced(repository, "RECEIVERS", lambda held: {**held, "5000": _push_or_pull(held["5000"])}),
    ),
    fault("schedule_updates_four_days_ahead", "BSV-04", "Updates have to come four days ahead.", _lead(1)),
    fault("schedule_updates_two_days_ahead", "BSV-04", "Updates may come two days ahead.", _lead(-1)),
    fault(
        "late_schedule_update_takes_effect",
        "BSV-04",
        "A late update is reported as refused, and takes effect.",
        replaced(billing_requests, "load_schedule", _late_dates_loaded_all_the_same),
    ),
    fault(
        "late_date_refuses_whole_update",
        "BSV-04",
        "One late date refuses the whole file.",
        replaced(billing_requests, "load_schedule", _all_or_nothing_schedule),
    ),
    fault(
        "schedule_lead_in_calendar_days",
        "BSV-04",
        "The lead is counted in calendar days, where it is to be business days.",
        replaced(
            billing_requests,
            "earliest_change",
            lambda original: lambda today, lead, _, business: original(today, lead, "calendar-days-in-part", business),
        ),
        AMB_27="business-days-in-part",
    ),
    fault(
        "quantities_to_the_ldc",
        "BSV-05",
        "Quantities always go to the LDC.",
        replaced(billing_services, "billing_agent", lambda _: lambda request, _directory: request.ldc),
    ),
    fault(
        "quantities_to_the_first_agent", "BSV-05", "The billing agent of the period's first day counts.", _agent_on(-1)
    ),
    fault(
        "quantities_to_any_agent",
        "BSV-05",
        "Quantities go to agents alone.",
        replaced(
            billing_services,
            "with_quantities",
            lambda original: (
                lambda request, recipient, *others: original(
                    request, recipient if recipient != request.ldc or not request.is_pushed else "ORG00000", *others
                )
            ),
        ),
    ),
    fault(
        "push_response_without_framing",
        "BSV-06",
        "Push responses leave the framing structure out.",
        replaced(billing_services, "with_quantities", _pushed_without_framing),
    ),
    fault(
        "agents_request_with_any_authorisation",
        "BSV-07",
        "An authorisation for any file type is taken for one for 5000.",
        _agents_admitted("5000"),
    ),
    fault(
        "agents_schedule_with_any_authorisation",
        "BSV-07",
        "An authorisation for any file type is taken for one for 8000.",
        _agents_admitted("8000"),
    ),
    fault("agents_never_request", "BSV-07", "Agents are refused, authorised for 5000 or not.", _agents_refused("5000")),
    fault(
        "agents_never_schedule", "BSV-07", "Agents are refused, authorised for 8000 or not.", _agents_refused("8000")
    ),
    fault(
        "strangers_request",
        "BSV-07",
        "Requests of organisations that are not registered are answered.",
        replaced(repository.Repository, "submit", _strangers_served),
    ),
    fault(
        "not_billing_agent_with_quantities",
        "BSV-08",
        "Status 08 comes with quantities.",
        replaced(billing_services, "respond", _not_agent_with_quantities),
    ),
    fault(
        "not_billing_agent_refuses_the_file",
        "BSV-08",
        "One SDP with another billing agent gives 08 for the whole file.",
        replaced(billing_services, "process", _whole_file_refused),
    ),
    fault(
        "not_billing_agent_served",
        "BSV-08",
        "Whoever asks gets the quantities.",
        replaced(billing_services, "is_refused_to", lambda _: lambda _request, _agent: False),
    ),
    fault("billing_agent_of_the_day_after", "BSV-08", "The billing agent of the exclusive end counts.", _agent_on(1)),
    fault("end_date_inclusive", "BSV-09", "The end date is taken for inclusive.", _period(0, 1)),
    fault("start_date_exclusive", "BSV-09", "The start date is taken for exclusive.", _period(1, 0)),
    fault(
        "version_of_another_period",
        "BSV-10",
        "The newest response for the SDP is recovered, whatever its period.",
        replaced(billing_services, "_what", lambda _: lambda request: (request.universal_sdp_id,)),
    ),
    fault(
        "version_of_that_moment_left_out",
        "BSV-10",
        "What was delivered at the instant asked for is not recovered.",
        replaced(billing_services, "recovered", _versions_before),
    ),
    fault(
        "version_recomputed",
        "BSV-10",
        "A former response is computed anew.",
        replaced(billing_operations, "recover", _recomputed),
    ),
    fault(
        "version_always_newest",
        "BSV-10",
        "The newest response is recovered, whatever instant is asked for.",
        _any_version(max),
    ),
    fault(
        "version_always_oldest",
        "BSV-10",
        "The oldest response is recovered, whatever instant is asked for.",
        _any_version(min),
    ),
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
        replaced(billing_window, "window_opens", lambda _: lambda _end, received: received),
    ),
    fault(
        "christmas_day_counts",
        "WIN-01",
        "Christmas Day is taken for a business day.",
        replaced(billing_window, "is_business_day", _christmas_is_a_business_day),
    ),
    fault(
        "late_request_without_window",
        "WIN-01",
        "The window of a late request is over on receipt.",
        replaced(billing_window, "window_opens", lambda _: lambda end, _received: end),
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
        "Data that comes in the last minutes before a run is not seen by it.",
        _skipping(23),
    ),
    fault(
        "edits_ignored",
        "WIN-02",
        "Data that was edited is not taken.",
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
        "Where the last day is missing, the others are delivered.",
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
        replaced(billing_requests, "validate", _off_cycle_waits),
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
    fault(
        "no_data_on_the_next_business_day",
        "WIN-07",
        "02 comes on the next business day.",
        replaced(billing_window, "no_data_response_due", _due_on_business_day),
    ),
    fault(
        "no_data_with_quantities",
        "WIN-07",
        "02 comes with the quantities of the days that are there.",
        replaced(
            billing_services,
            "without_quantities",
            lambda original: (
                lambda request, recipient, status, billing: dataclasses.replace(
                    found := original(request, recipient, status, billing),
                    records={
                        f: tuple({**r, **({"hour_01_wh": 0} if f == "6100" else {"total_wh": 0})} for r in rs)
                        for f, rs in found.records.items()
                    },
                )
            ),
        ),
    ),
    fault(
        "expired_request_run_once_more",
        "WIN-07",
        "An expired request is fulfilled with data that came overnight.",
        replaced(
            billing_operations,
            "close_expired",
            _run_before_closing,
        ),
    ),
    fault(
        "expired_request_not_run_once_more",
        "WIN-07",
        "An expired request gets 02 although the data came overnight, where it is to be run once more.",
        replaced(
            billing_operations,
            "answer",
            lambda original: (
                lambda here, requests: (
                    list(requests)
                    if here.now.hour == 8 and all(billing_operations.no_data_due(here, r) <= here.now for r in requests)
                    else original(here, requests)
                )
            ),
        ),
        AMB_13="run-first",
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
        "framing_change_divides_not",
        "SEG-01",
        "A framing structure change inside the period does not divide it.",
        replaced(segmentation, "framing_events", _no_events),
    ),
    fault(
        "last_framing_for_every_part",
        "SEG-01",
        "Each sub-period is framed as the last one.",
        replaced(billing_services, "split_at_events", _whole_period_by_last_framing),
    ),
    fault(
        "account_change_divides_not",
        "SEG-02",
        "An account change inside the period does not divide it.",
        replaced(segmentation, "account_events", _no_events),
    ),
    fault(
        "end_of_account_divides_not",
        "SEG-02",
        "The end of an account does not divide the period.",
        replaced(
            segmentation,
            "account_events",
            lambda original: (
                lambda history, start, end: {
                    day for day in original(history, start, end) if value_on(history, day) is not None
                }
            ),
        ),
    ),
    fault(
        "values_stated_again_divide",
        "SEG-02",
        "An account that is stated again divides, though it is the same.",
        replaced(segmentation, "changes", _restated_values_divide),
    ),
    fault(
        "price_changes_by_first_framing",
        "SEG-03",
        "Whether a price change divides goes by the framing on the period's first day.",
        replaced(billing_services, "split_at_events", _price_changes_by_first_framing),
    ),
    fault(
        "price_change_divides_hourly",
        "SEG-03",
        "A seasonal price change divides Hourly responses too.",
        _divides(_E.TOU_CPP, _E.PERIODIC, _E.HOURLY),
    ),
    fault(
        "price_change_divides_tou_alone",
        "SEG-03",
        "A seasonal price change does not divide Periodic responses.",
        _divides(_E.TOU_CPP),
    ),
    fault(
        "price_change_divides_periodic_alone",
        "SEG-03",
        "A seasonal price change does not divide TOU/CPP responses.",
        _divides(_E.PERIODIC),
    ),
    fault(
        "winter_price_change_overlooked",
        "SEG-03",
        "The price change of 1 November does not divide.",
        _no_price_changes(11),
    ),
    fault(
        "only_first_event_divides",
        "SEG-04",
        "Only the first event divides the period.",
        replaced(billing_services, "split_at_events", _only_first_event),
    ),
    fault(
        "events_of_one_day_divide_twice",
        "SEG-04",
        "Two events on one day divide twice.",
        replaced(billing_services, "split_at_events", _twice_on_one_day),
    ),
    fault(
        "first_part_delivered_alone",
        "SEG-04",
        "A sub-period is delivered while another lacks data.",
        replaced(billing_services, "quantities", _parts_delivered_singly),
    ),
    fault(
        "event_on_first_day_divides", "SEG-05", "An event on the first day divides.", _events_on_boundary(first=True)
    ),
    fault(
        "event_on_exclusive_end_divides",
        "SEG-05",
        "An event on the exclusive end divides.",
        _events_on_boundary(first=False),
    ),
    fault(
        "price_change_on_boundary_divides",
        "SEG-05",
        "A price change on the first day or the exclusive end divides.",
        replaced(billing_services, "split_at_events", _prices_on_boundary),
    ),
    fault(
        "event_on_last_day_divides_not",
        "SEG-05",
        "An event on the last day does not divide.",
        replaced(
            segmentation,
            "account_events",
            lambda original: lambda history, start, end: original(history, start, Day(end - timedelta(days=1))),
        ),
    ),
    fault(
        "push_undivided",
        "SEG-06",
        "Push responses are not divided.",
        replaced(billing_services, "sub_periods", _pull_undivided),
    ),
    fault(
        "multiplier_change_divides",
        "SEG-07",
        "A CT/PT multiplier change divides the response.",
        _in_force("ct_pt_multiplier_change"),
    ),
    fault("meter_change_divides", "SEG-07", "A meter change divides the response.", _in_force("meter_change")),
    fault(
        "status_left_out_of_no_data",
        "TXS-01",
        "Responses without data carry a blank status.",
        _field("6100", STATUS, lambda text: "99" if text == "02" else text),
    ),
    fault(
        "fulfilled_with_another_status",
        "TXS-02",
        "What was processed without exception carries status 01.",
        _field("6100", STATUS, lambda text: "06" if text == "00" else text),
    ),
    fault(
        "no_data_as_processed",
        "TXS-03",
        "What has no data when the window closes carries status 00.",
        _field("6100", STATUS, lambda text: "00" if text == "02" else text),
    ),
    fault(
        "data_that_needs_edit_delivered_at_the_end",
        "TXS-03",
        "When the window closes, data that is not eligible is delivered with status 00.",
        replaced(
            billing_services,
            "no_data",
            lambda original: (
                lambda request, billing: dataclasses.replace(
                    found := original(request, billing),
                    records={
                        f: tuple({**r, "transaction_status": "00"} for r in rs) for f, rs in found.records.items()
                    },
                )
            ),
        ),
    ),
    fault(
        "schedule_report_to_the_ldc",
        "BRP-01",
        "IR03 goes to the LDC, whoever submits.",
        replaced(repository, "RECEIVERS", lambda held: {**held, "8000": _schedule_reported_to_ldc(held["8000"])}),
    ),
    fault(
        "schedule_report_says_loaded_always",
        "BRP-01",
        "IR03 says that everything was loaded.",
        replaced(
            billing_requests,
            "schedule_details",
            lambda original: (
                lambda name, load, codes: original(name, billing_requests.ScheduleLoad(load.loaded, ()), codes)
            ),
        ),
    ),
    fault(
        "schedule_report_to_every_agent",
        "BRP-01",
        "IR03 goes to every agent that may receive it.",
        replaced(repository, "RECEIVERS", lambda held: {**held, "8000": _schedule_reported_to_agents(held["8000"])}),
    ),
    fault(
        "only_first_request_exception",
        "BRP-02",
        "IR08 lists the first exception of a file only.",
        replaced(billing_requests, "validate", _first_exception_alone),
    ),
    fault(
        "request_exceptions_of_last_file",
        "BRP-02",
        "IR08 lists the exceptions of the last file of a run only.",
        replaced(
            billing_requests,
            "exception_details",
            lambda original: lambda found: original([one for one in found if one.file == list(found)[-1].file]),
        ),
    ),
    fault(
        "request_report_without_exceptions",
        "BRP-02",
        "IR08 comes without exceptions, too.",
        replaced(repository, "RECEIVERS", lambda held: {**held, "5000": _always_reported(held["5000"])}),
    ),
    fault(
        "request_report_to_submitter_alone",
        "BRP-03",
        "IR08 goes to the submitter alone.",
        replaced(
            billing_operations, "request_report_recipients", lambda _: lambda _here, _ldc, submitter: (submitter,)
        ),
    ),
    fault(
        "request_report_to_ldc_alone",
        "BRP-03",
        "IR08 goes to the LDC alone.",
        replaced(billing_operations, "request_report_recipients", lambda _: lambda _here, ldc, _submitter: (ldc,)),
    ),
)
