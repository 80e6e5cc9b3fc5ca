"""Faults that show in cases easily overlooked: an agent of two LDCs, the day of the extract, a segment that is not the last.

Of everything else the reference is right.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from harness.interface.file_sets import segments_awaited
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, day_of, later
from reference_impl.bent.bending import beside, fault, replaced
from reference_impl.framing import Bucket, Energy, Framing, Status, Zone
from reference_impl.framing.structures import Method
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    billing_window,
    file_sets,
    identifiers,
    meter_data,
    repository,
    synchronization,
    synchronization_reports,
)
from reference_impl.repository.identifiers import Assignment, AssignmentStatus
from reference_impl.repository.master_directory import MasterDirectory

_SUNDAY = 6
_SEVEN = 7
_FEW = 2

# --- an agent of two LDCs ---------------------------------------------------------------------------------------


def _ids_of_its_ldcs_together(original: Any) -> Any:
    """What an agent asks for has the ID that was issued for the same SDP ID of another LDC."""

    def assign(line: Any, request: Any, ids: Any) -> Assignment:
        for (ldc, sdp_id), issued in ids.issued.items():
            of_another = sdp_id == line.sdp_id and ldc != line.ldc and (line.ldc, sdp_id) not in ids.issued
            if of_another and line.ldc == request.ldc != request.submitter:
                return Assignment(line, issued, AssignmentStatus.ALREADY_ISSUED)
        found: Assignment = original(line, request, ids)
        return found

    return assign


def _first_ldc_of_the_run(original: Any) -> Any:
    """The responses that one run sends to an agent are named as of the LDC of the first of them."""
    last: dict[OrgId, tuple[Instant, OrgId]] = {}

    def respond(here: Any, request: Any, assignments: Any) -> None:
        send = type(here).send
        run, ldc = last.get(request.submitter, (None, request.ldc))
        first = ldc if run == here.now else request.ldc
        last[request.submitter] = here.now, first
        if first == request.ldc or request.submitter == request.ldc:
            original(here, request, assignments)
            return
        codes = here.profile.codes["assignment_status"]
        header = {"ldc_org_id": request.ldc, "request_file_name": request.name}
        reading = here.readings["AMB-30"]
        for recipient in identifiers.response_recipients(request, here.participants, reading):
            send(here, first, recipient, "2000", header, identifiers.response_fields(assignments, codes))

    return respond


# --- sets -------------------------------------------------------------------------------------------------------


def _last_segments_alone(original: Any) -> Any:
    """A set lacks nothing of a file of which the last listed segment has come."""

    def missing(arriving: Any) -> tuple[str, ...]:
        lacking: tuple[str, ...] = original(arriving)
        if arriving.manifest is None:
            return lacking
        listed = {place.file_no: place for place in sorted(segments_awaited(arriving.manifest, {}))}
        awaited = segments_awaited(arriving.manifest, arriving.files)
        passed_over = {str(place) for place in awaited if listed[place.file_no] in arriving.files}
        return tuple(each for each in lacking if each not in passed_over)

    return missing


def _created_that_day_kept(original: Any) -> Any:
    """What exists since the day of the extract is not taken for left out."""

    def omitted_sdps(staged: Any, directory: MasterDirectory, extracted: Day) -> list[str]:
        return [sdp for sdp in original(staged, directory, extracted) if _since(directory, sdp) != extracted]

    return omitted_sdps


def _since(directory: MasterDirectory, sdp: str) -> Day | None:
    return min((state.start for key in directory.dated(sdp) for state in directory.history(key)), default=None)


def _failures_told_the_ldc(original: Any) -> Any:
    """IR14 on an agent's set that fails to load goes to the LDC, too."""

    def report_load(here: Any, loaded: Any, load: Any) -> None:
        original(here, loaded, load)
        ldc = loaded.key.ldc
        if loaded.key.submitter != ldc and not load.succeeded:
            details = synchronization_reports.load_details(loaded, load, here.profile)
            here.send(ldc, ldc, "IR14", {"ldc_org_id": ldc}, details)

    return report_load


# --- quantities and reports -------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class _Priced:
    """A calendar of which the buckets are bent, day by day."""

    usual: Any
    bend: Any

    def buckets(self, first: Day, days: int, per_day: int) -> Any:
        found = self.usual.buckets(first, days, per_day).copy().reshape(days, per_day)
        for ahead, of_day in enumerate(found):
            self.bend(self.usual, Day(first + timedelta(days=ahead)), of_day)
        return found.reshape(-1)


def _central_holiday(usual: Any, day: Day, of_day: Any) -> None:
    if day in usual.holidays:
        hours = usual.schedules.hours_on(day)
        of_day[_SEVEN] = Bucket.ON_PEAK if _SEVEN in hours.on_peak else Bucket.MID_PEAK


def _last_mid_peak_hour(_: Any, __: Day, of_day: Any) -> None:
    last = np.flatnonzero(of_day == Bucket.MID_PEAK)[-1:]
    of_day[last] = Bucket.OFF_PEAK


def _is_rolling_hour(framing: Framing) -> bool:
    return framing.demand is not None and framing.demand.minutes == 60 and framing.demand.method is Method.ROLLING


def _priced_otherwise(where: Any, bend: Any) -> Any:
    def make(original: Any) -> Any:
        def energy_records(energy: Any, days: Any, framing: Framing, calendar: Any) -> Any:
            return original(energy, days, framing, _Priced(calendar, bend) if where(framing) else calendar)

        return energy_records

    return replaced(billing_quantities, "energy_records", make)


def _last_hour_of_the_day_before(original: Any) -> Any:
    def energy_records(energy: Any, days: Any, framing: Framing, calendar: Any) -> Any:
        found = original(energy, days, framing, calendar)
        if framing.energy is not Energy.HOURLY or framing.zone is not Zone.CENTRAL:
            return found
        return [*found[:1], *({**of_day, "hour_24_wh": before["hour_24_wh"]} for before, of_day in pairwise(found))]

    return energy_records


def _without_sundays_estimates(original: Any) -> Any:
    def energy_between(data: Any, sdp: str, first: Instant, last: Instant) -> int:
        total: int = original(data, sdp, first, last)
        days = range((day_of(last) - day_of(first)).days + 1)
        for day in (Day(day_of(first) + timedelta(days=ahead)) for ahead in days):
            held = data.day(sdp, day)
            if day.weekday() == _SUNDAY and held is not None:
                estimated = meter_data.MeterData({sdp: {day: _estimates_of(held)}})
                total -= original(estimated, sdp, first, last)
        return total

    return energy_between


def _estimates_of(held: Any) -> Any:
    return dataclasses.replace(held, wh=np.where(held.status == Status.EST, held.wh, 0).astype(np.int32))


def _last_of_three_waits(original: Any) -> Any:
    """The last of three or more off-cycle requests of a file is processed with the next run."""

    def validate(*given: Any) -> Any:
        found = original(*given)
        off_cycle = [each for each in found.requests if not each.on_cycle]
        late = off_cycle[-1:] if len(off_cycle) > _FEW else []
        requests = (dataclasses.replace(each, on_cycle=each.on_cycle or each in late) for each in found.requests)
        return billing_requests.Validated(tuple(requests), found.exceptions)

    return validate


def _report_of_one_ldc(original: Any) -> Any:
    """An agent that several LDCs authorised for a report receives that of the first."""

    def recipients(here: Any, report: str, ldc: OrgId) -> tuple[OrgId, ...]:
        found: tuple[OrgId, ...] = original(here, report, ldc)
        earlier = [other for other in billing_reports.reporting_ldcs(here) if other < ldc]
        served = {each for other in earlier for each in original(here, report, other)}
        return tuple(each for each in found if each == ldc or each not in served)

    return recipients


def _pulled_alone(original: Any) -> Any:
    """Of what was pulled and pushed of one period, what was pulled is listed."""

    def staged(here: Any, ldc: OrgId) -> list[Any]:
        found = original(here, ldc)
        pulled = {_what(entry) for entry in found if not entry.request.is_pushed}
        return [entry for entry in found if not entry.request.is_pushed or _what(entry) not in pulled]

    return staged


def _what(entry: Any) -> tuple[str, Day, Day]:
    return entry.request.universal_sdp_id, entry.request.start, entry.request.end


def _processed_by_the_run_after(original: Any) -> Any:
    """What is submitted off cycle in the minute of a billing run is processed by the run after it."""

    def answer(here: Any, requests: Any) -> Any:
        every = list(requests)
        waiting = [each for each in every if not each.on_cycle and each.received == here.now and _is_of_a_run(here)]
        return [*original(here, [each for each in every if each not in waiting]), *waiting]

    return answer


def _is_of_a_run(here: Any) -> bool:
    runs = (here.values[f"billing_run_{each}"] for each in ("first", "last", "every_hours"))
    return bool(billing_window.next_billing_run(later(here.now, seconds=-1), *runs) == here.now)


def _read_by_the_next_but_one(original: Any) -> Any:
    """A request file that comes in the minute of a run of the reads processor is read by the next run but one."""

    def read(here: Any, name: Any, reading: Any, received: Instant) -> None:
        every = here.values["billing_reads_processor_every_minutes"]
        if received.minute % every == 0 and here.now < later(received, minutes=2 * every):
            here.billing.unread.append((name, reading, received))
        else:
            original(here, name, reading, received)

    return read


OVERLOOKED_CASE_FAULTS = (
    fault(
        "ids_of_an_agents_ldcs_together",
        "USDP-05",
        "What an agent asks for has the Universal SDP ID of another LDC's same SDP ID.",
        replaced(identifiers, "assign", _ids_of_its_ldcs_together),
    ),
    dataclasses.replace(
        beside(
            "responses_of_a_run_named_by_the_first_ldc",
            "USDP-01",
            "The responses 2000 of a run to one agent bear the name of the first LDC.",
            replaced(repository, "respond", _first_ldc_of_the_run),
        ),
        rules=("USDP-01", "USDP-05"),
    ),
    fault(
        "complete_with_the_last_segment",
        "SYN-07",
        "A set is complete when the last listed segment of each file has come.",
        replaced(file_sets, "missing", _last_segments_alone),
    ),
    fault(
        "created_that_day_stays",
        "PSY-02",
        "An SDP that was created on the day of the extract stays where a P-Sync leaves it out.",
        replaced(synchronization, "omitted_sdps", _created_that_day_kept),
    ),
    fault(
        "first_central_hour_of_holidays_has_a_price",
        "BQ-05",
        "By the Central clock the hour from 07:00 of a holiday is priced as on a business day.",
        _priced_otherwise(lambda framing: framing.zone is Zone.CENTRAL, _central_holiday),
    ),
    fault(
        "last_mid_peak_hour_beside_rolling_demand",
        "BQ-05",
        "Where TOU/CPP has rolling demand over an hour, the last mid-peak hour of a day counts as off-peak.",
        _priced_otherwise(_is_rolling_hour, _last_mid_peak_hour),
    ),
    fault(
        "central_last_hour_of_the_day_before",
        "BQ-07",
        "By the Central clock the last hour of each further day is that of the day before.",
        replaced(billing_quantities, "energy_records", _last_hour_of_the_day_before),
    ),
    fault(
        "sundays_estimates_not_in_the_sum_check",
        "SUM-02",
        "What was estimated of a Sunday does not count in the sum check.",
        replaced(billing_services, "energy_between", _without_sundays_estimates),
    ),
    fault(
        "off_cycle_in_the_minute_of_a_run_waits_for_the_next",
        "WIN-06",
        "An off-cycle request that comes in the minute of a billing run waits for the run after it.",
        replaced(billing_operations, "answer", _processed_by_the_run_after),
    ),
    fault(
        "off_cycle_in_the_minute_of_a_reads_run_is_read_late",
        "WIN-06",
        "A request file that comes in the minute of a run of the reads processor is read by the next run but one.",
        replaced(billing_operations, "read_request_file", _read_by_the_next_but_one),
    ),
    fault(
        "last_of_three_off_cycle_requests_waits",
        "WIN-06",
        "Of three or more off-cycle requests of a file the last waits for the next run.",
        replaced(billing_requests, "validate", _last_of_three_waits),
    ),
    fault(
        "report_of_one_ldc_for_an_agent_of_two",
        "BRP-10",
        "An agent that two LDCs authorised for a report receives that of one.",
        replaced(billing_reports, "recipients", _report_of_one_ldc),
    ),
    fault(
        "pulled_hides_pushed",
        "BRP-04",
        "Of what was pulled and pushed of one period of an SDP, BR04 lists what was pulled.",
        replaced(billing_reports, "staged", _pulled_alone),
    ),
    fault(
        "agents_failed_load_told_the_ldc",
        "STL-06",
        "IR14 on an agent's set that fails to load goes to the LDC, too.",
        replaced(repository, "report_load", _failures_told_the_ldc),
    ),
)
