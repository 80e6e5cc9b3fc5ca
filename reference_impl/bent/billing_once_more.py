"""Faults of billing that show when something comes once more: a read, an edit, a request, an agent, a year."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from harness.interface.instants import day_of
from reference_impl.bent.bending import Application, Bent, fault, replaced, together
from reference_impl.framing import Status, Zone
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    file_transfer,
    meter_data,
)
from reference_impl.repository.master_directory import Key

_HOURS = 24
_FEW = 2


def _wrapped(module: Any, name: str, change: Callable[..., Any]) -> Application:
    """A public function does otherwise: `change` is given the original and its arguments."""
    return replaced(module, name, lambda original: lambda *given, **named: change(original, *given, **named))


# --- data -----------------------------------------------------------------------------------------------------------


def _first_hour_of(response: Any, parts: Any, billing: Any) -> list[int]:
    """The energy of the first EST hour of each part but the first."""
    held = [billing.data.day(response.request.universal_sdp_id, part.start) for part, _ in parts[1:]]
    return [0 if day is None else int(day.wh[: 60 // day.minutes].sum()) for day in held]


def _central_parts_by_eastern_days(original: Any, *given: Any) -> Any:
    """Inside a period a Central sub-period ends at the Eastern midnight: its last hour is of the next one."""
    found = original(*given)
    parts, billing = list(given[2]), given[3]
    energy = found.records.get(billing_quantities.TOU_OR_PERIODIC, ())
    if len(energy) != len(parts) or any(billing.framing_of(part.framing).zone is not Zone.CENTRAL for part, _ in parts):
        return found
    first = [0, *_first_hour_of(found, parts, billing), 0]
    moved = tuple(
        {**each, "total_wh": each["total_wh"] + first[place] - first[place + 1]} for place, each in enumerate(energy)
    )
    return dataclasses.replace(found, records={**found.records, billing_quantities.TOU_OR_PERIODIC: moved})


def _first_read_stays(original: Any, data: Any, entry: Any, moment: Any) -> None:
    if moment not in data.reads.get(str(entry["universal_sdp_id"]), {}):
        original(data, entry, moment)


def _first_interval_of_shorter_ones(original: Any, data: Any, sdp: Any, days: Any, *others: Any) -> Any:
    """On a day whose intervals are shorter than those of the first day, the first of each hour counts."""
    found = original(data, sdp, days, *others)
    held = [data.day(sdp, day) for day in days]
    for place, day in enumerate(held):
        if day is not None and held[0] is not None and day.minutes < held[0].minutes:
            found.wh[place * _HOURS : (place + 1) * _HOURS] = day.wh.reshape(_HOURS, -1)[:, 0]
    return found


def _estimated_once(original: Any) -> Any:
    """An SDP is estimated once, and then no more."""
    done: set[tuple[int, str]] = set()

    def start(here: Any) -> None:
        every = here.billing.active
        starting = [each for each in every if billing_operations.estimation_starts(here, each) == here.now]
        again = [each for each in starting if (id(here.billing), each.universal_sdp_id) in done]
        here.billing.active = [each for each in every if each not in again]
        original(here)
        here.billing.active = every
        done.update((id(here.billing), each.universal_sdp_id) for each in starting)

    return start


def _checked_once(original: Any) -> Any:
    """A period has the sum check that it had when it was first asked for."""
    known: dict[Any, Any] = {}

    def checked(request: Any, parts: Any, billing: Any) -> Any:
        key = id(billing.data), request.universal_sdp_id, request.start, request.end
        if key not in known:
            known[key] = original(request, parts, billing)
        return known[key]

    return checked


# --- who asks, and when ---------------------------------------------------------------------------------------------


def _authorised_by_anybody(file_type: str) -> Application:
    """An agent that any LDC has authorised for a type may submit it on behalf of all."""

    def may_submit(original: Any, organisation: Any, ldc: Any, file_id: str, participants: Any) -> Any:
        anybody = any(
            (agent, kind, way) == (organisation, file_type, "submit")
            for _, agent, kind, way in participants.authorisations
        )
        return original(organisation, ldc, file_id, participants) or (file_id == file_type and anybody)

    return _wrapped(file_transfer, "may_submit", may_submit)


def _first_agents_schedules(original: Any) -> Any:
    first: dict[tuple[int, str], str] = {}

    def load(here: Any, name: Any, *others: Any) -> None:
        if first.setdefault((id(here.billing), name.org_1), name.org_2) == name.org_2:
            original(here, name, *others)

    return load


def _by_the_day_of_the_year(original: Any, reading: Any, schedule: Any, rules: Any) -> Any:
    """A period takes the place of those of its cycle that begin on the same day of other years."""
    found = original(reading, schedule, rules)
    last = {(cycle, start.month, start.day): start for cycle, start in sorted(schedule.ends)}
    for cycle, start in list(schedule.ends):
        if last[cycle, start.month, start.day] != start:
            del schedule.ends[cycle, start]
    return found


def _two_of_a_cycle(original: Any, reading: Any, schedule: Any, rules: Any) -> Any:
    """Of the periods of one file a cycle keeps the first two."""
    found = original(reading, schedule, rules)
    of_cycle: dict[str, int] = {}
    for cycle in sorted(found.loaded):
        of_cycle[cycle.billing_cycle_id] = of_cycle.get(cycle.billing_cycle_id, 0) + 1
        if of_cycle[cycle.billing_cycle_id] > _FEW:
            del schedule.ends[cycle.billing_cycle_id, cycle.start]
    return found


def _two_of_a_day(original: Any, here: Any) -> None:
    """Of the SDPs of one cycle that fall due on a day the first two are pushed."""
    known = set(here.billing.active)
    original(here)
    of_cycle: dict[Any, int] = {}
    kept = []
    for each in here.billing.active:
        if each not in known:
            cycle = (each.ldc, each.start, each.end)
            of_cycle[cycle] = of_cycle.get(cycle, 0) + 1
            if of_cycle[cycle] > _FEW:
                continue
        kept.append(each)
    here.billing.active = kept


def _cycle_that_has_ended(original: Any, here: Any, ldc: Any, sdp: str, end: Any) -> Any:
    history = here.directories[ldc].history(Key("sdp", sdp, "billing_cycle_id"))
    return original(here, ldc, sdp, end) or next((state.value for state in reversed(history)), None)


def _cycle_of_the_first(original: Any, *given: Any) -> Any:
    found = original(*given)
    alike = (dataclasses.replace(each, on_cycle=found.requests[0].on_cycle) for each in found.requests)
    return dataclasses.replace(found, requests=tuple(alike))


def _first_part_as_it_was(original: Any, *given: Any) -> Any:
    """Of what is recovered the first record alone has the status that it had; the others are said to be delivered."""
    found = original(*given)
    if found is None:
        return None
    records = {
        kind: (every[0], *({**each, "transaction_status": "00"} for each in every[1:]))
        for kind, every in found.records.items()
    }
    return dataclasses.replace(found, records=records)


# --- reports --------------------------------------------------------------------------------------------------------


def _estimates_are_final() -> Application:
    """BR03 overlooks what comes in place of estimates."""
    estimated: set[tuple[int, str, Any]] = set()

    def take(original: Any, data: Any, new: Any) -> None:
        for day in new.days():
            held = data.day(new.sdp, day)
            if held is not None and (held.status == Status.EST).any():
                estimated.add((id(data), new.sdp, day))
        original(data, new)

    def rebillings(original: Any, delivered: Any, days: Any, billing: Any) -> Any:
        every = list(delivered)
        sdps = {each.response.request.universal_sdp_id for each in every}
        kept = [day for day in days if not any((id(billing.data), sdp, day) in estimated for sdp in sdps)]
        return original(every, kept, billing)

    return together(_wrapped(meter_data, "take_intervals", take), _wrapped(billing_reports, "rebillings", rebillings))


def _not_on_the_day(original: Any, delivered: Any, days: Any, billing: Any) -> Any:
    return original([each for each in delivered if day_of(each.instant) != billing.today], days, billing)


def _once_each(noted: str, run: str, request_of: Callable[[Any], Any]) -> Application:
    """A report tells one failure of a period, whoever asked for it, and however often."""

    def once(original: Any, here: Any) -> None:
        table = here.billing.staging
        first: dict[Any, Any] = {}
        for each in getattr(table, noted):
            request = request_of(each)
            first.setdefault((request.ldc, request.universal_sdp_id, request.start, request.end), each)
        setattr(table, noted, list(first.values()))
        original(here)

    return _wrapped(billing_reports, run, once)


def _total_of_the_period(original: Any, response: Any, *others: Any) -> Any:
    kind, fields = original(response, *others)
    is_divided = len(billing_reports.sub_periods(response)) > 1 and fields["interval_total_wh"] is not None
    whole = billing_reports.energy_wh(response, response.request.start, response.request.end)
    return kind, {**fields, "interval_total_wh": whole} if is_divided else fields


BILLING_ONCE_MORE_FAULTS: tuple[Bent, ...] = tuple(
    fault(*each)
    for each in (
        (
            "shorter_intervals_after_longer_ones",
            "BQ-06",
            "On a day whose intervals are shorter the first of each hour counts.",
            _wrapped(billing_quantities, "hours", _first_interval_of_shorter_ones),
        ),
        (
            "central_parts_by_eastern_days",
            "SEG-02",
            "Sub-periods of a Central SDP meet at the Eastern midnight.",
            _wrapped(billing_services, "with_quantities", _central_parts_by_eastern_days),
        ),
        (
            "first_read_of_an_instant_stays",
            "SUM-02",
            "A register read that is corrected stays as it was.",
            _wrapped(meter_data, "take_register_read", _first_read_stays),
        ),
        (
            "sum_check_once_for_a_period",
            "SUM-01",
            "A period that is asked for again is not checked again.",
            replaced(billing_services, "sum_checked", _checked_once),
        ),
        (
            "estimation_once_for_an_sdp",
            "ODE-02",
            "An SDP is estimated for one request, and then no more.",
            replaced(billing_operations, "start_estimation", _estimated_once),
        ),
        (
            "requests_of_anybodys_agents",
            "BSV-07",
            "An agent that one LDC authorised for 5000 may submit it for others.",
            _authorised_by_anybody("5000"),
        ),
        (
            "schedules_of_anybodys_agents",
            "BSV-07",
            "An agent that one LDC authorised for 8000 may submit it for others.",
            _authorised_by_anybody("8000"),
        ),
        (
            "schedules_of_the_first_agent",
            "BSV-07",
            "Of several who submit schedules for an LDC the first alone counts.",
            replaced(billing_operations, "load_schedule", _first_agents_schedules),
        ),
        (
            "schedule_by_the_day_of_the_year",
            "BSV-01",
            "A period replaces that of its cycle a year before.",
            _wrapped(billing_requests, "load_schedule", _by_the_day_of_the_year),
        ),
        (
            "third_period_of_a_cycle_not_loaded",
            "BSV-01",
            "Of the periods that a file gives a cycle the first two are loaded.",
            _wrapped(billing_requests, "load_schedule", _two_of_a_cycle),
        ),
        (
            "third_sdp_of_a_cycle_not_pushed",
            "BSV-01",
            "Of the SDPs whose cycle is due on a day the first two are pushed.",
            _wrapped(billing_operations, "load_push_requests", _two_of_a_day),
        ),
        (
            "pushed_after_its_cycle_has_ended",
            "BSV-01",
            "An SDP is pushed whose Billing Cycle ID has ended.",
            _wrapped(billing_operations, "billing_cycle_of", _cycle_that_has_ended),
        ),
        (
            "cycle_of_the_first_of_a_file",
            "WIN-06",
            "All requests of a file are on cycle, or off, as the first is.",
            _wrapped(billing_requests, "validate", _cycle_of_the_first),
        ),
        (
            "recovered_with_the_first_status",
            "BSV-10",
            "Of a divided response all but the first part is recovered with 00.",
            _wrapped(billing_services, "recovered", _first_part_as_it_was),
        ),
        (
            "rebilling_without_what_was_estimated",
            "BRP-09",
            "BR03 leaves out what came in place of an estimate.",
            _estimates_are_final(),
        ),
        (
            "rebilling_from_the_next_day_on",
            "BRP-09",
            "BR03 leaves out what changes on the day of delivery.",
            _wrapped(billing_reports, "rebillings", _not_on_the_day),
        ),
        (
            "no_reads_once_for_a_period",
            "BRP-08",
            "Of several requests for a period that are closed BR06 lists one.",
            _once_each("no_reads", "run_no_reads", lambda entry: entry.request),
        ),
        (
            "sum_check_failure_once_for_a_period",
            "BRP-07",
            "Of several responses for a period that fail BR05 lists one.",
            _once_each("sum_check_failures", "run_sum_check_failures", lambda response: response.request),
        ),
        (
            "interval_total_of_a_divided_period",
            "BRP-07",
            "BR05 gives the energy of the whole period where it is divided.",
            _wrapped(billing_reports, "failure_detail", _total_of_the_period),
        ),
    )
)
