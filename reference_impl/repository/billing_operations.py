"""What the repository does for billing, and when: files come in, runs fall due, responses and reports go out.

Push requests are loaded at 07:30; active requests, pushed or pulled, are processed every three hours; what is
unfulfilled when its window has closed gets 02 at 08:00; the billing reads processor reports on request files every ten
minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from harness.interface.calendars import tou_schedules
from harness.interface.files import Reading, Value
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, day_of
from harness.interface.names import FileName
from reference_impl.framing import Rounding, Status, billing_calendar, framing_of, last_eligible
from reference_impl.repository import (
    billing_requests,
    billing_services,
    billing_staging,
    billing_window,
    meter_data,
    on_demand_estimation,
)
from reference_impl.repository.billing_requests import BillingRequest, RequestException, Schedule, UpdateRules
from reference_impl.repository.billing_services import Billing, Delivered, Response
from reference_impl.repository.file_transfer import may_receive
from reference_impl.repository.master_directory import Key, value_on
from reference_impl.repository.on_demand_estimation import EstimationRules, LoadProfile
from reference_impl.repository.state import State
from reference_impl.repository.sum_check import SumCheckRules


def load_meter_data(repository: State, message: Mapping[str, Any], at: Callable[[str], Instant]) -> None:
    """Take intervals and register reads in that come from outside these interfaces.

    :param at: reads an instant.
    """
    words = {
        "valid": Status.VAL,
        "estimated": Status.EST,
        "not_validated": Status.NV,
        "needs_verification_or_edit": Status.NVE,
    }
    codes = repository.profile.codes["validation_status"]
    statuses = {codes[word]: status for word, status in words.items()}
    data = repository.billing.data
    repository.quiet_until = None
    for entry in message.get("intervals", ()):
        new = meter_data.intervals_of(entry, statuses, at(entry["start"]))
        meter_data.take_intervals(data, new)
        repository.billing.changed.setdefault(new.sdp, set()).update(new.days())
    for entry in message.get("register_reads", ()):
        meter_data.take_register_read(data, entry, at(entry["instant"]))


# --- files that come in -------------------------------------------------------------------------------------


def receive_request_file(repository: State, name: FileName, reading: Reading) -> None:
    """Take a request file in: it is read at once, or by the next run of the reads processor (AMB-52)."""
    if {"on-receipt": True, "next-reads-run": False}[repository.readings["AMB-52"]]:
        read_request_file(repository, name, reading, repository.now)
    else:
        repository.billing.unread.append((name, reading, repository.now))


def read_request_file(repository: State, name: FileName, reading: Reading, received: Instant) -> None:
    """Read a request file: off-cycle requests are processed at once, on-cycle ones with the next run (WIN-06)."""
    desk, ldc = repository.billing, name.org_1
    on_cycle = repository.profile.codes["request_cycle"]["on_cycle"]
    sdps = frozenset(repository.directories[ldc].sdps())
    known = {"exception": sdps, "answered": None}[repository.readings["AMB-64"]]
    validated = billing_requests.validate(name, reading, known, on_cycle, received)
    desk.exceptions.setdefault((ldc, name.org_2), []).extend(validated.exceptions)
    versions = [request for request in validated.requests if request.version is not None]
    recover(repository, name, versions)
    others = [request for request in validated.requests if request.version is None]
    stage(repository, others)
    desk.active += [request for request in others if request.on_cycle]
    at_once = [request for request in others if not request.on_cycle]
    desk.active += answer(repository, at_once)


def stage(repository: State, requests: Iterable[BillingRequest]) -> None:
    """Let requests enter the billing staging table."""
    for request in requests:
        billing_staging.insert(repository.billing.staging, request, window_end(repository, request))


def recover(repository: State, name: FileName, requests: Iterable[BillingRequest]) -> None:
    """Deliver former responses again; where there is none, IR08 says so (BSV-10)."""
    found: list[Response] = []
    for request in requests:
        earlier = repository.billing.delivered.get((request.ldc, request.universal_sdp_id), ())
        response = billing_services.recovered(request, earlier, repository.readings["AMB-09"])
        if response is not None:
            found.append(response)
        else:
            wrong = RequestException(
                str(name), None, request.request_detail_id, "no-such-version", "no response was delivered by then"
            )
            repository.billing.exceptions.setdefault((name.org_1, name.org_2), []).append(wrong)
    send_responses(repository, found, remember=False)


def receive_schedule(repository: State, name: FileName, reading: Reading) -> None:
    """Take a billing cycle schedule in: it is loaded on receipt, or by hand a business day later (AMB-19)."""
    now = repository.now
    if {"on-receipt": True, "within-a-business-day": False}[repository.readings["AMB-19"]]:
        load_schedule(repository, name, reading, now)
    else:
        due = billing_window.a_business_day_after(now, repository.holidays)
        repository.billing.unloaded.append((due, name, reading, now))


def load_schedules(repository: State) -> None:
    """Load the schedules whose time has come."""
    desk = repository.billing
    waiting, desk.unloaded = desk.unloaded, []
    for due, name, reading, received in waiting:
        if due > repository.now:
            desk.unloaded.append((due, name, reading, received))
        else:
            load_schedule(repository, name, reading, received)


def load_schedule(repository: State, name: FileName, reading: Reading, received: Instant) -> None:
    """Load a billing cycle schedule, and report on it to its submitter (BRP-01)."""
    readings = repository.readings
    earliest = billing_requests.earliest_change(
        day_of(received),
        repository.values["schedule_update_lead_days"],
        readings["AMB-27"],
        lambda day: billing_window.is_business_day(day, repository.holidays),
    )
    schedule = repository.billing.schedules.setdefault(name.org_1, Schedule({}))
    rules = UpdateRules(earliest, readings["AMB-50"], readings["AMB-51"])
    load = billing_requests.load_schedule(reading, schedule, rules)
    codes = repository.profile.codes["schedule_status"]
    always = {"authorised-alone": False, "submitter": True}[readings["AMB-44"]]
    if always or may_receive(name.org_2, name.org_1, "IR03", repository.participants):
        details = billing_requests.schedule_details(name, load, codes)
        repository.send(name.org_1, name.org_2, "IR03", {"ldc_org_id": name.org_1}, details)


# --- runs that fall due ---------------------------------------------------------------------------------------


def run_billing_reads_processor(repository: State) -> None:
    """Report all exceptions of the request files that came since the last run: one IR08 for them (BRP-02, BRP-03).

    Files without exceptions get none, or one without records (AMB-53).
    """
    unread, repository.billing.unread = repository.billing.unread, []
    for name, reading, received in unread:
        read_request_file(repository, name, reading, received)
    exceptions, repository.billing.exceptions = repository.billing.exceptions, {}
    without = {"with-exceptions-only": False, "for-each-file": True}[repository.readings["AMB-53"]]
    for (ldc, submitter), found in exceptions.items():
        if not found and not without:
            continue
        for recipient in request_report_recipients(repository, ldc, submitter):
            details = billing_requests.exception_details(found)
            repository.send(ldc, recipient, "IR08", {"ldc_org_id": ldc}, details)


def request_report_recipients(repository: State, ldc: OrgId, submitter: OrgId) -> tuple[OrgId, ...]:
    """Who receives IR08: the LDC, and a submitting agent where it is authorised for it (BRP-03)."""
    if submitter == ldc or not may_receive(submitter, ldc, "IR08", repository.participants):
        return (ldc,)
    return (ldc, submitter)


def load_push_requests(repository: State) -> None:
    """Load the SDPs whose billing cycle is due today (BSV-01, WIN-04)."""
    today = day_of(repository.now)
    for ldc, schedule in sorted(repository.billing.schedules.items()):
        directory = repository.directories[ldc]
        for cycle in schedule.due_on(today):
            for sdp in sorted(directory.sdps()):
                if billing_cycle_of(repository, ldc, sdp, cycle.end) == cycle.billing_cycle_id:
                    request = BillingRequest(ldc, None, None, sdp, cycle.start, cycle.end, repository.now)
                    repository.billing.active.append(request)
                    stage(repository, [request])


def billing_cycle_of(repository: State, ldc: OrgId, sdp: str, end: Day) -> str | None:
    """The Billing Cycle ID of an SDP on the last day of a period that ends before a day."""
    history = repository.directories[ldc].history(Key("sdp", sdp, "billing_cycle_id"))
    return value_on(history, billing_window.day_before(end))


def run_billing(repository: State) -> None:
    """Process every active request (WIN-02, WIN-05)."""
    requests, repository.billing.active = repository.billing.active, []
    repository.billing.active = answer(repository, requests)


def close_expired(repository: State) -> None:
    """Answer every request whose window has expired with 'no data available', and close it (WIN-07, WIN-08)."""
    expired = [request for request in repository.billing.active if no_data_due(repository, request) <= repository.now]
    if {"no-data-first": False, "run-first": True}[repository.readings["AMB-13"]]:
        expired = answer(repository, expired)
    repository.billing.active = [r for r in repository.billing.active if no_data_due(repository, r) > repository.now]
    responses = [billing_services.no_data(request, billing_of(repository, request.ldc)) for request in expired]
    send_responses(repository, responses)


def no_data_due(repository: State, request: BillingRequest) -> Instant:
    """When a request gets the 'no data available' response if it is still active (WIN-07)."""
    return billing_window.no_data_response_due(
        window_end(repository, request), repository.values["no_data_response_at"]
    )


def window_end(repository: State, request: BillingRequest) -> Day:
    """The last day of a request's billing window (WIN-01)."""
    days = repository.values["billing_window_business_days"]
    return billing_window.window_closes(window_start(repository, request), days, repository.holidays)


def window_start(repository: State, request: BillingRequest) -> Day:
    """The first day of a request's billing window (WIN-01)."""
    return billing_window.window_opens(request.end, day_of(request.received), repository.readings["AMB-24"])


def start_estimation(repository: State) -> None:
    """Extrapolate the missing last intervals of every request whose time for it has come (ODE-02)."""
    rules = estimation_rules(repository)
    data = repository.billing.data
    for request in repository.billing.active:
        if estimation_starts(repository, request) == repository.now:
            billing = billing_of(repository, request.ldc)
            service = billing_services.vee_service(request, billing.directory)
            end = billing_services.period_ends(request, billing)
            for new in on_demand_estimation.estimated(data, request.universal_sdp_id, end, service, rules):
                meter_data.hold(data, new, only_where_missing=True)


def estimation_starts(repository: State, request: BillingRequest) -> Instant:
    """When on-demand estimation starts for a request that is active by then."""
    days = repository.values["odest_after_business_days"]
    return on_demand_estimation.starts(window_start(repository, request), days, repository.holidays)


def estimation_rules(repository: State) -> EstimationRules:
    """What the profile says of on-demand estimation."""
    values = repository.values
    return EstimationRules(
        {code: service["method"] for code, service in values["odest_vee_services"].items()},
        {code: LoadProfile(**profile) for code, profile in values["class_load_profiles"].items()},
        values["odest_look_back_days"],
        repository.holidays,
        last_eligible_status(repository.readings),
    )


def last_eligible_status(readings: Mapping[str, str]) -> Status:
    """The last of the validation statuses that are eligible (AMB-04)."""
    return last_eligible(nv_eligible={"nv-eligible": True, "nv-not-eligible": False}[readings["AMB-04"]])


# --- responses --------------------------------------------------------------------------------------------------


def answer(repository: State, requests: Iterable[BillingRequest]) -> list[BillingRequest]:
    """Process requests and send what can be answered; those that stay active."""
    responses: list[Response] = []
    active: list[BillingRequest] = []
    for ldc, own in by_ldc(requests):
        billing = billing_of(repository, ldc)
        processed = billing_services.process(own, billing)
        responses += processed.responses
        active += processed.active
        if {"nothing-to-the-agent": False, "quantities-to-the-agent": True}[repository.readings["AMB-59"]]:
            refused = (each.request for each in processed.responses if each.status == "not_billing_agent")
            send_responses(repository, billing_services.for_agents(refused, billing), remember=False)
    counts_some = {"nothing-there": True, "not-complete": False}[repository.readings["AMB-62"]]
    for request in active:
        has_data = counts_some and billing_staging.has_data(request, repository.billing.data)
        billing_staging.processed_in_vain(repository.billing.staging, request, has_data=has_data)
    send_responses(repository, responses)
    return active


def by_ldc(requests: Iterable[BillingRequest]) -> Iterator[tuple[OrgId, list[BillingRequest]]]:
    """Requests by LDC, in the order of its ID."""
    found: dict[OrgId, list[BillingRequest]] = {}
    for request in requests:
        found.setdefault(request.ldc, []).append(request)
    yield from sorted(found.items())


def billing_of(repository: State, ldc: OrgId) -> Billing:
    """What the requests of an LDC are processed with."""
    profile, values, readings = repository.profile, repository.values, repository.readings
    words = {code: word for word, code in profile.codes["framing_structure"].items()}
    critical = [Day(date.fromisoformat(day)) for day in values["critical_peak_days"]]
    calendar = billing_calendar(
        tou_schedules(),
        repository.price_plan_holidays,
        critical,
        prevailing_time={"standard-time": False, "prevailing-time": True}[readings["AMB-14"]],
    )
    return Billing(
        repository.directories[ldc],
        repository.billing.data,
        calendar,
        profile.codes["transaction_status"],
        lambda code: framing_of(words[code]),
        last_eligible_status(readings),
        SumCheckRules(
            frozenset(values["vee_services_without_sum_check"]),
            values["sum_check_threshold_percent"],
            values["sum_check_register_range_hours"],
            {"nearest-earlier-on-a-tie": False, "nearest-later-on-a-tie": True}[readings["AMB-11"]],
            {"two-reads-needed": False, "one-read-serves": True}[readings["AMB-56"]],
        ),
        values["register_digits"],
        frozenset(values["events_that_divide"]),
        day_of(repository.now),
        readings["AMB-26"],
        Rounding(readings["AMB-57"]),
        {"as-the-energy": True, "as-processed": False}[readings["AMB-63"]],
    )


def send_responses(repository: State, responses: Iterable[Response], *, remember: bool = True) -> None:
    """Send responses: one file for each LDC, recipient and file type of a run (BSV-05, BSV-06).

    :param remember: whether they are to be recovered later: what was recovered is not remembered again.
    """
    answers = list(responses)
    files: dict[tuple[OrgId, OrgId, str], list[tuple[str, Mapping[str, Value]]]] = {}
    for response in answers:
        request = response.request
        kept = repository.billing.delivered.setdefault((request.ldc, request.universal_sdp_id), [])
        if remember:
            kept.append(Delivered(response, repository.now))
            billing_staging.answered(repository.billing.staging, response, repository.now)
        for file_type, records in response.records.items():
            kind = billing_services.RESPONSE_RECORDS[file_type]
            details = files.setdefault((request.ldc, response.recipient, file_type), [])
            details.extend((kind, fields) for fields in records)
    sent: dict[tuple[OrgId, OrgId, str], str] = {}
    for (ldc, recipient, file_type), details in files.items():
        if may_receive(recipient, ldc, file_type, repository.participants):
            sent[ldc, recipient, file_type] = repository.send(ldc, recipient, file_type, {"ldc_org_id": ldc}, details)
    for response in answers:
        keys = [(response.request.ldc, response.recipient, file_type) for file_type in response.records]
        billing_staging.exported(repository.billing.staging, response, [sent[key] for key in keys if key in sent])
