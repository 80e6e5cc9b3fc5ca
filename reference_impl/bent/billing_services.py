"""Faults of the billing services, of the statuses of responses, and of IR03 and IR08 (BSV, TXS, BRP-01 to -03)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, details_of, fault, field_of, replaced, together
from reference_impl.repository import billing_operations, billing_requests, billing_services, file_transfer, repository


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


def _first_alone(original: Any) -> Any:
    """Of several the first is taken."""
    return lambda *arguments: iter(list(original(*arguments))[:1])


def _first_ldc_alone(original: Any) -> Any:
    def load(here: Any) -> None:
        every = here.billing.schedules
        here.billing.schedules = dict(sorted(every.items())[:1])
        original(here)
        here.billing.schedules = every

    return load


def _recovered_with(change: Callable[[str, Any], Any]) -> Callable[[Any], Any]:
    """Of a response that is recovered some records alone: `change` is given a file type and its records."""

    def make(original: Any) -> Any:
        def recovered(*arguments: Any) -> Any:
            found = original(*arguments)
            if found is None:
                return None
            records = {file: change(file, every) for file, every in found.records.items()}
            return dataclasses.replace(found, records={file: every for file, every in records.items() if every})

        return recovered

    return make


def _first_refused_alone(original: Any) -> Any:
    def process(requests: Any, billing: Any) -> Any:
        found = original(requests, billing)
        places = [place for place, each in enumerate(found.responses) if each.status == "not_billing_agent"]
        for place in places[1:]:
            request = found.responses[place].request
            parts = billing_services.quantities(request, billing)
            if parts is not None:
                found.responses[place] = billing_services.with_quantities(request, request.requester, parts, billing)
        return found

    return process


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
        lambda original: lambda today, lead, *counting: original(today, lead + days, *counting),
    )


def _late_dates_loaded_all_the_same(original: Any) -> Any:
    def load(reading: Any, schedule: Any, rules: Any) -> Any:
        found = original(reading, schedule, rules)
        for refused in found.exceptions:
            if refused.cycle is not None:
                schedule.ends[refused.cycle.billing_cycle_id, refused.cycle.start] = refused.cycle.end
        return found

    return load


def _agent_on(ahead: int) -> Application:
    """The billing agent of the period's first day counts, or that of the day after the period."""
    return replaced(
        billing_services, "agent_day", lambda _: lambda request, _: request.start if ahead < 0 else request.end
    )


def _pushed_without_framing(rows: list[list[str]]) -> list[list[str]]:
    """Records that answer no request are pushed."""
    return [row if row[1] else [*row[:FRAMING], "", *row[FRAMING + 1 :]] for row in rows]


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
        refused = any(billing_services.is_refused_to(r, billing_services.billing_agent(r, billing)) for r in every)
        if not refused:
            return original(every, billing)
        responses = [
            billing_services.without_quantities(r, r.requester or r.ldc, "not_billing_agent", billing) for r in every
        ]
        return billing_services.Processed(responses, [])

    return process


def _period(start: int, end: int) -> Application:
    """The days of a period are others, so long as any are left: moved at its start or end."""

    def make(original: Any) -> Any:
        def days(first: Any, last: Any) -> Any:
            moved = original(Day(first + timedelta(days=start)), Day(last + timedelta(days=end)))
            return moved or original(first, last)

        return days

    return replaced(billing_services, "days_between", make)


def _recomputed(original: Any) -> Any:
    def recover(here: Any, name: Any, requests: Any) -> None:
        billing_operations.answer(here, [dataclasses.replace(request, version=None) for request in requests])

    return recover


def _any_version(pick: Callable[..., Any]) -> Application:
    def make(original: Any) -> Any:
        def recovered(request: Any, delivered: Any, reading: str) -> Any:
            every = [one for one in delivered if one.response.request.start == request.start]
            if not every:
                return original(request, delivered, reading)
            return original(dataclasses.replace(request, version=pick(one.instant for one in every)), every, reading)

        return recovered

    return replaced(billing_services, "recovered", make)


def _versions_before(original: Any) -> Any:
    def recovered(request: Any, delivered: Any, reading: str) -> Any:
        return original(request, [one for one in delivered if one.instant < request.version], reading)

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
        if file_transfer.is_registered(submitter, here.participants) or name.split(".")[2] != "5000":
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


FRAMING = 7
"""The place of the framing structure in a response record, the record type counted as 0."""
STATUS = 8
"""The place of the Transaction Status in a response record, the record type counted as 0."""


def _without_the_last_day_of_the_year(original: Any) -> Any:
    def request_of(*arguments: Any) -> Any:
        found = original(*arguments)
        ends_with_the_year = (found.end.month, found.end.day) == (1, 1)
        return dataclasses.replace(found, end=Day(found.end - timedelta(days=1))) if ends_with_the_year else found

    return request_of


def _first_schedule_of_a_minute(original: Any) -> Any:
    first: dict[Any, Any] = {}

    def load(here: Any, name: Any, reading: Any, received: Any) -> None:
        minute = name.org_1, name.org_2, received.replace(second=0, microsecond=0)
        if first.setdefault(minute, name) == name:
            original(here, name, reading, received)
        else:
            with replaced(repository.Repository, "send", lambda _: lambda *_: "")(None):
                original(here, name, reading, received)

    return load


def _first_request_file_of_a_minute(original: Any) -> Any:
    first: dict[Any, Any] = {}

    def read(here: Any, name: Any, reading: Any, received: Any) -> None:
        minute = name.org_1, name.org_2, received.replace(second=0, microsecond=0)
        before = {key: list(found) for key, found in here.billing.exceptions.items()}
        original(here, name, reading, received)
        if first.setdefault(minute, name) != name:
            here.billing.exceptions = before

    return read


BILLING_SERVICE_FAULTS: tuple[Bent, ...] = (
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
        "one_cycle_a_day_pushed",
        "BSV-01",
        "Of several cycles that are due on one day one is pushed.",
        replaced(billing_requests.Schedule, "due_on", _first_alone),
    ),
    fault(
        "one_ldc_pushed",
        "BSV-01",
        "Of several LDCs with a schedule one gets its quantities.",
        replaced(billing_operations, "load_push_requests", _first_ldc_alone),
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
    fault("schedule_updates_at_any_time", "BSV-04", "Updates may come at any time.", _lead(-3)),
    fault(
        "late_schedule_update_takes_effect",
        "BSV-04",
        "A late update is reported as refused, and takes effect.",
        replaced(billing_requests, "load_schedule", _late_dates_loaded_all_the_same),
    ),
    fault(
        "quantities_to_the_ldc",
        "BSV-05",
        "Quantities always go to the LDC.",
        replaced(billing_services, "billing_agent", lambda _: lambda request, _billing: request.ldc),
    ),
    fault(
        "quantities_to_the_first_agent", "BSV-05", "The billing agent of the period's first day counts.", _agent_on(-1)
    ),
    fault(
        "quantities_to_any_agent",
        "BSV-05",
        "Pushed quantities that are the LDC's go to nobody.",
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
        together(*(details_of(file_id, _pushed_without_framing) for file_id in ("6000", "6100", "6200"))),
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
        "Requests 5000 of organisations that are not registered are answered.",
        replaced(repository.Repository, "submit", _strangers_served),
    ),
    fault(
        "not_billing_agent_with_quantities",
        "BSV-08",
        "Status 08 comes with quantities.",
        replaced(billing_services, "respond", _not_agent_with_quantities),
    ),
    fault(
        "second_sdp_of_another_agent_served",
        "BSV-08",
        "Of the SDPs of a run that have another billing agent, the first alone gets 08.",
        replaced(billing_services, "process", _first_refused_alone),
    ),
    fault(
        "not_billing_agent_refuses_the_file",
        "BSV-08",
        "One SDP with another billing agent gives 08 for all that is processed with it.",
        replaced(billing_services, "process", _whole_file_refused),
    ),
    fault(
        "not_billing_agent_served",
        "BSV-08",
        "Whoever asks gets the quantities.",
        replaced(billing_services, "is_refused_to", lambda _: lambda _request, _agent: False),
    ),
    fault("billing_agent_of_the_day_after", "BSV-08", "The billing agent of the exclusive end counts.", _agent_on(1)),
    fault(
        "last_day_of_the_year_cut_off",
        "BSV-09",
        "A period that ends on 1 January is taken to end on 31 December.",
        replaced(billing_requests, "request_of", _without_the_last_day_of_the_year),
    ),
    fault("end_date_inclusive", "BSV-09", "The end date is taken for inclusive.", _period(0, 1)),
    fault(
        "start_date_exclusive", "BSV-09", "The start date of more than one day is taken for exclusive.", _period(1, 0)
    ),
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
        "version_without_demand",
        "BSV-10",
        "A former response is recovered without its demand response.",
        replaced(
            billing_services, "recovered", _recovered_with(lambda file, records: () if file == "6200" else records)
        ),
    ),
    fault(
        "version_of_first_part_alone",
        "BSV-10",
        "Of a former response that was divided the first sub-period is recovered.",
        replaced(
            billing_services,
            "recovered",
            _recovered_with(lambda file, records: records[:1] if file == "6000" else records),
        ),
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
    fault(
        "status_left_out_of_no_data",
        "TXS-01",
        "Hourly responses without data carry a status that is none.",
        field_of("6100", STATUS, lambda text: "99" if text == "02" else text),
    ),
    fault(
        "fulfilled_with_another_status",
        "TXS-02",
        "Hourly quantities that were processed without exception carry status 06.",
        field_of("6100", STATUS, lambda text: "06" if text == "00" else text),
    ),
    fault(
        "no_data_as_processed",
        "TXS-03",
        "Hourly responses without data when the window closes carry status 00.",
        field_of("6100", STATUS, lambda text: "00" if text == "02" else text),
    ),
    fault(
        "data_that_needs_edit_delivered_at_the_end",
        "TXS-03",
        "The response when the window closes, without quantities, carries status 00.",
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
        "second_schedule_of_a_minute_without_report",
        "BRP-01",
        "Of two schedules that come in one minute the first is reported.",
        replaced(billing_operations, "load_schedule", _first_schedule_of_a_minute),
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
        "second_request_file_of_a_minute_without_report",
        "BRP-02",
        "Of two request files that come in one minute the first is reported.",
        replaced(billing_operations, "read_request_file", _first_request_file_of_a_minute),
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
        "IR08 comes where there are no exceptions, and says so in a record.",
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
