"""The billing services: what becomes of active requests, pushed or pulled (BSV-05, -06, -08; WIN-02 to -08; TXS).

A request ends with one response: quantities with status 00, or with 06 or 07 where the sum check fails; or no
quantities with 02 or 08. Until then it stays active.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from harness.interface.files import Value
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, day_of
from harness.interface.set_records import SDP_TO_METER
from reference_impl.framing import BillingCalendar, Framing, Rounding, Status, Zone
from reference_impl.repository.billing_quantities import Framed, days_between, energy_file, framed
from reference_impl.repository.billing_requests import BillingRequest
from reference_impl.repository.master_directory import Key, MasterDirectory, value_on
from reference_impl.repository.meter_data import MeterData, day_begins, energy_between
from reference_impl.repository.segmentation import SubPeriod, changes, divided_at, split_at_events
from reference_impl.repository.sum_check import (
    Register,
    SumCheck,
    SumCheckRules,
    has_sum_check,
    reads_near,
    register_of,
)
from reference_impl.repository.sum_check import check as sum_check

Fields: TypeAlias = Mapping[str, Value]

RESPONSE_RECORDS = {"6000": "energy_response", "6100": "hourly_response", "6200": "demand_response"}
"""The kind of record that each response file is made of."""

ANNOUNCED_EVENTS = {"meter_change": SDP_TO_METER, "ct_pt_multiplier_change": "ct_pt_multiplier"}
"""Events that do not divide today, and the attribute that they are changes of."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response to a request: detail fields by file type.

    :param status: the Transaction Status, by its name in the profile.
    :param sum_check: what the sum check came to; None where there was none.
    """

    request: BillingRequest
    recipient: OrgId
    status: str
    records: Mapping[str, tuple[Fields, ...]]
    sum_check: SumCheck | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A response as it was delivered, and when: what Request Version Date Time recovers."""

    response: Response
    instant: Instant


@dataclass(frozen=True, slots=True)
class Billing:
    """What requests are processed with.

    :param statuses: transaction status codes by their names in the profile.
    :param framing_of: the framing structure of a code.
    :param last_eligible: the last eligible validation status (AMB-04).
    :param register_digits: of a meter of which the Master Directory says nothing.
    :param dividing: the events that divide a response, as the profile names them.
    :param today: the day on which requests are processed; `agent_of`: the reading of AMB-26.
    :param rounding: of a fraction of a VA (AMB-57).
    :param demand_fails: whether demand carries the status of energy that failed the sum check (AMB-63).
    """

    directory: MasterDirectory
    data: MeterData
    calendar: BillingCalendar
    statuses: Mapping[str, str]
    framing_of: Callable[[str], Framing]
    last_eligible: Status
    sum_check: SumCheckRules
    register_digits: int
    dividing: frozenset[str]
    today: Day
    agent_of: str
    rounding: Rounding
    demand_fails: bool


@dataclass(slots=True)
class Processed:
    """What a run made of the active requests: responses, and the requests that stay active."""

    responses: list[Response] = field(default_factory=list)
    active: list[BillingRequest] = field(default_factory=list)


def process(requests: Iterable[BillingRequest], billing: Billing) -> Processed:
    """Process active requests: each is answered as soon as everything it needs is there (WIN-02)."""
    found = Processed()
    for request in requests:
        response = respond(request, billing)
        if response is None:
            found.active.append(request)
        else:
            found.responses.append(response)
    return found


def respond(request: BillingRequest, billing: Billing) -> Response | None:
    """The response to a request, or None while it has to wait."""
    agent = billing_agent(request, billing)
    if is_refused_to(request, agent):
        return without_quantities(request, request.requester or agent, "not_billing_agent", billing)
    parts = quantities(request, billing)
    if parts is None:
        return None
    return with_quantities(request, agent, parts, billing, sum_checked(request, parts, billing))


def billing_agent(request: BillingRequest, billing: Billing) -> OrgId:
    """The organisation that receives an SDP's quantities: its billing agent (BSV-05).

    Where the Master Directory names none, it is the LDC.
    """
    history = billing.directory.history(Key("sdp", request.universal_sdp_id, "sdp_to_billing_agent"))
    named = value_on(history, agent_day(request, billing))
    return request.ldc if named is None else OrgId(named)


def agent_day(request: BillingRequest, billing: Billing) -> Day:
    """The day whose billing agent counts: the period's last, or that of the response (AMB-26)."""
    days = {"last-day-of-period": Day(request.end - timedelta(days=1)), "when-answered": billing.today}
    return days[billing.agent_of]


def is_refused_to(request: BillingRequest, agent: OrgId) -> bool:
    """Whether a requester is not the SDP's billing agent, and gets status 08 (BSV-08)."""
    return request.requester is not None and request.requester != agent


def sub_periods(request: BillingRequest, billing: Billing) -> tuple[SubPeriod, ...] | None:
    """The sub-periods of a request's period (SEG-01 to SEG-05); None where a day has no framing structure."""
    parts = split_at_events(
        request.start,
        request.end,
        billing.directory.history(Key("sdp", request.universal_sdp_id, "framing_structure")),
        billing.directory.history(Key("sdp", request.universal_sdp_id, "sdp_to_account")),
        billing.calendar.price_changes(request.start, request.end),
        billing.framing_of,
    )
    return parts if parts is None else divided_at(parts, announced_events(request, billing))


def announced_events(request: BillingRequest, billing: Billing) -> set[Day]:
    """Meter and CT/PT multiplier changes within a period, as far as they are in force (SEG-07, SEG-08)."""
    histories = (
        billing.directory.history(Key("sdp", request.universal_sdp_id, attribute))
        for event, attribute in ANNOUNCED_EVENTS.items()
        if event in billing.dividing
    )
    return {day for history in histories for day in changes(history, request.start, request.end)}


def period_ends(request: BillingRequest, billing: Billing) -> Instant:
    """When a request's period ends, by the clock of its last sub-period's zone; Eastern where that is unknown."""
    parts = sub_periods(request, billing)
    return day_begins(request.end, billing.framing_of(parts[-1].framing).zone if parts else Zone.EASTERN)


def quantities(request: BillingRequest, billing: Billing) -> list[tuple[SubPeriod, Framed]] | None:
    """The quantities of every sub-period, as the intervals give them (FUT-04); None unless all can be had (WIN-03)."""
    parts = sub_periods(request, billing)
    if parts is None:
        return None
    found = []
    for part in parts:
        framing = billing.framing_of(part.framing)
        days = days_between(part.start, part.end)
        got = framed_with(billing, request.universal_sdp_id, days, framing)
        if got is None:
            return None
        found.append((part, got))
    return found


def framed_with(billing: Billing, sdp: str, days: Sequence[Day], framing: Framing) -> Framed | None:
    """The quantities of some days of an SDP; None while data of any of them is missing or not eligible."""
    return framed(billing.data, sdp, days, framing, billing.calendar, billing.last_eligible, billing.rounding)


def sum_checked(
    request: BillingRequest, parts: Sequence[tuple[SubPeriod, Framed]], billing: Billing
) -> SumCheck | None:
    """The sum check of a response that is ready, over its whole period (SUM-01); None where there is none (SUM-05)."""
    sdp = request.universal_sdp_id
    if not has_sum_check(vee_service(request, billing.directory), billing.sum_check):
        return None
    start = day_begins(request.start, billing.framing_of(parts[0][0].framing).zone)
    end = day_begins(request.end, billing.framing_of(parts[-1][0].framing).zone)
    first, last = reads_near(billing.data.register_reads(sdp), start, end, billing.sum_check)
    if first is None or last is None:
        return sum_check(first, last, (None, None), 0, billing.sum_check)
    registers = register_on(sdp, day_of(first.instant), billing), register_on(sdp, day_of(last.instant), billing)
    energy = energy_between(billing.data, sdp, first.instant, last.instant)
    return sum_check(first, last, registers, energy, billing.sum_check)


def vee_service(request: BillingRequest, directory: MasterDirectory) -> str | None:
    """The VEE service of an SDP on the last day of a request's period, or None."""
    history = directory.history(Key("sdp", request.universal_sdp_id, "vee_service"))
    return value_on(history, Day(request.end - timedelta(days=1)))


def register_on(sdp: str, day: Day, billing: Billing) -> Register | None:
    """The register that an SDP is read from on a day; None where its parameters make no sense."""
    directory = billing.directory
    meter = value_on(directory.history(Key("sdp", sdp, SDP_TO_METER)), day)
    of_sdp = Key("sdp", sdp, "ct_pt_multiplier")
    of_meter = [Key("meter", meter or "", attribute) for attribute in ("register_digits", "register_multiplier")]
    parameters = {key.attribute: value_on(directory.history(key), day) for key in (of_sdp, *of_meter)}
    return register_of(meter, parameters, billing.register_digits)


def with_quantities(
    request: BillingRequest,
    recipient: OrgId,
    parts: Iterable[tuple[SubPeriod, Framed]],
    billing: Billing,
    checked: SumCheck | None = None,
) -> Response:
    """The response that delivers quantities, sub-period by sub-period: 00, or 06 or 07 (TXS-02, TXS-04)."""
    status = "delivered" if checked is None else checked.status
    records: dict[str, list[Fields]] = {}
    for part, got in parts:
        where: Fields = {
            "sub_period_start_date": part.start,
            "sub_period_end_date": part.end,
            "framing_structure": part.framing,
        }
        for file_type, fields in got.records.items():
            failed = file_type != "6200" or billing.demand_fails
            head = response_head(request, billing.statuses[status if failed else "delivered"])
            records.setdefault(file_type, []).extend({**head, **where, **more} for more in fields)
    return Response(request, recipient, status, {key: tuple(fields) for key, fields in records.items()}, checked)


def without_quantities(request: BillingRequest, recipient: OrgId, status: str, billing: Billing) -> Response:
    """A response without quantities: 02, no data available (TXS-03), or 08, not the billing agent (BSV-08)."""
    history = billing.directory.history(Key("sdp", request.universal_sdp_id, "framing_structure"))
    framing = value_on(history, Day(request.end - timedelta(days=1)))
    file_type = "6000" if framing is None else energy_file(billing.framing_of(framing))
    fields = response_head(request, billing.statuses[status]) | {
        "sub_period_start_date": request.start,
        "sub_period_end_date": request.end,
        "framing_structure": framing,
    }
    return Response(request, recipient, status, {file_type: (fields,)})


def response_head(request: BillingRequest, status: str) -> dict[str, Value]:
    """What stands in every record of a response, its Transaction Status among it (TXS-01)."""
    return {
        "request_detail_id": request.request_detail_id,
        "universal_sdp_id": request.universal_sdp_id,
        "period_start_date": request.start,
        "period_end_date": request.end,
        "transaction_status": status,
    }


def for_agents(refused: Iterable[BillingRequest], billing: Billing) -> Iterator[Response]:
    """The quantities, as far as they are there, of requests that got 08: for the billing agents (AMB-59)."""
    for request in refused:
        parts = quantities(request, billing)
        if parts is not None:
            checked = sum_checked(request, parts, billing)
            yield with_quantities(request, billing_agent(request, billing), parts, billing, checked)


def no_data(request: BillingRequest, billing: Billing) -> Response:
    """The 'no data available' response, to whoever would have received the quantities (WIN-07, TXS-03)."""
    return without_quantities(request, billing_agent(request, billing), "no_data", billing)


def recovered(request: BillingRequest, delivered: Iterable[Delivered], reading: str) -> Response | None:
    """The response that was delivered by the instant asked for, unchanged but for the request (BSV-10).

    :param reading: of AMB-09: the newest until that instant, or the one of that very instant.
    """
    same = [
        earlier
        for earlier in delivered
        if request.version is not None
        and {"newest-until": earlier.instant <= request.version, "that-very-one": earlier.instant == request.version}[
            reading
        ]
        and earlier.response.recipient == request.requester
        and _what(earlier.response.request) == _what(request)
    ]
    if not same:
        return None
    former = max(same, key=lambda earlier: earlier.instant).response
    records = {
        file_type: tuple({**fields, "request_detail_id": request.request_detail_id} for fields in every)
        for file_type, every in former.records.items()
    }
    return Response(request, former.recipient, former.status, records)


def _what(request: BillingRequest) -> tuple[str, Day, Day]:
    return request.universal_sdp_id, request.start, request.end
