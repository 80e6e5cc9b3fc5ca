"""Billing quantity requests, 5000: on cycle and off, recovered, and made anew once a problem is corrected.

Rules BSV-02, -08, -09, -10; WIN-08, -11; BRP-11. A period is asked for once, by the organisation that bills for the
SDP. What was closed without quantities waits on a list: responses 02 and 08, and what BR06 tells of. It is asked for
again when a person says that the problem is corrected, and not before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from harness.interface.files import InterfaceFile, Record, Value
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day, Instant
from harness.interface.set_records import day_or_none
from reference_impl.cis import book as books
from reference_impl.cis.book import Sdp
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.open_matters import OpenMatters


class Period(NamedTuple):
    """A period of an SDP: its first day, and the first day after it (BSV-09)."""

    sdp_id: SdpId
    start: Day
    end: Day


@dataclass(frozen=True, slots=True)
class Request:
    """A line of a request 5000.

    :param asked: when it was made.
    :param version: the instant whose response is to be recovered (BSV-10), or None.
    """

    detail_id: str
    period: Period
    on_cycle: bool
    asked: Instant
    version: Instant | None = None


@dataclass(slots=True)
class Requests:
    """What an LDC's CIS has asked for.

    :param made: every request, by its detail ID; `active`: those that have not been answered.
    :param latest: the request made last for a period.
    :param closed: periods whose request was closed without quantities, and whether it was on cycle; `refused`: those
        of them of which an IR08 said so.
    """

    made: dict[str, Request] = field(default_factory=dict)
    active: set[str] = field(default_factory=set)
    latest: dict[Period, str] = field(default_factory=dict)
    closed: dict[Period, bool] = field(default_factory=dict)
    refused: set[Period] = field(default_factory=set)


def period_of(sdp_id: SdpId, first_day: Day, last_day: Day) -> Period:
    """A period as people say it, the last day included; in a request the end is exclusive (BSV-09)."""
    return Period(sdp_id, first_day, Day(last_day + timedelta(days=1)))


def is_billed_by(sdp: Sdp, period: Period, you: OrgId) -> bool:
    """Whether an organisation is the SDP's billing agent on the period's last day: no other gets values (BSV-08)."""
    return books.value_on(sdp, "billing_agent", Day(period.end - timedelta(days=1))) == you


def is_active(requests: Requests, period: Period) -> bool:
    """Whether a period was asked for and the answer is still to come."""
    return requests.latest.get(period) in requests.active


def remember(requests: Requests, made: Iterable[Request]) -> None:
    """Keep in mind what was asked for. What recovers a response leaves the period as it is."""
    for request in made:
        requests.made[request.detail_id] = request
        if request.version is None:
            requests.active.add(request.detail_id)
            requests.latest[request.period] = request.detail_id
            requests.closed.pop(request.period, None)
            requests.refused.discard(request.period)


def request_details(
    made: Iterable[Request], ids: Identifiers, codes: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The detail records of a request 5000."""
    for request in made:
        yield (
            "billing_request",
            {
                "request_detail_id": request.detail_id,
                "universal_sdp_id": ids.known[request.period.sdp_id],
                "cycle": codes["on_cycle" if request.on_cycle else "off_cycle"],
                "period_start_date": request.period.start,
                "period_end_date": request.period.end,
                "version_date_time": request.version,
            },
        )


# --- what comes of requests ---------------------------------------------------------------------------------


def answered(requests: Requests, period: Period, detail_id: str | None) -> None:
    """Keep in mind that quantities came for a period; a recovered response answers the request it was delivered for."""
    requests.active.discard(detail_id or "")
    made, latest = requests.made.get(detail_id or ""), requests.made.get(requests.latest.get(period, ""))
    if made is not None and made.version is not None and latest is not None and latest.asked <= made.version:
        requests.active.discard(latest.detail_id)
    requests.closed.pop(period, None)


def close(requests: Requests, period: Period, detail_id: str | None) -> bool:
    """Keep in mind that a request was closed without quantities; whether that is news.

    It is none where the request was answered before, or where another was made for the period since.

    :param detail_id: None where the schedule made the request.
    """
    latest = requests.latest.get(period)
    if latest is None:
        requests.closed[period] = True
        return True
    if latest != detail_id or latest not in requests.active:
        return False
    requests.active.discard(latest)
    requests.closed[period] = requests.made[latest].on_cycle
    return True


def take_exceptions(file: InterfaceFile, requests: Requests, matters: OpenMatters) -> None:
    """Take an IR08 in: the requests that it names were refused; of others in its files it says nothing."""
    for record in file.details:
        request = requests.made.get(str(record["request_detail_id"]))
        says = f"a request was refused: {record['code']}, {record['message'] or ''}"
        if request is None:
            matters.note(("request", str(file.name), record.line), "request", says, file=str(file.name))
        elif close(requests, request.period, request.detail_id) or request.version is not None:
            requests.refused.add(request.period)
            key, sdp_id = ("request", request.period), request.period.sdp_id
            matters.note(key, "request", says, sdp_id=sdp_id, file=str(file.name))


def take_no_reads(file: InterfaceFile, requests: Requests, ids: Identifiers, matters: OpenMatters) -> None:
    """Take a BR06 in, the to-do list of what was closed without quantities (BRP-11)."""
    for record in file.details:
        period = period_in(record, ids)
        detail_id = None if record["request_detail_id"] is None else str(record["request_detail_id"])
        if period is not None and close(requests, period, detail_id):
            says = f"no quantities came for {period.start} until {period.end}: status {record['transaction_status']}"
            matters.note(("request", period), "request", says, sdp_id=period.sdp_id, file=str(file.name))


def take_rebilling(file: InterfaceFile, ids: Identifiers, matters: OpenMatters) -> None:
    """Take a BR03 in: a person decides on each event period."""
    for record in file.details:
        period = period_in(record, ids)
        if period is not None:
            says = (
                f"quantities of {period.start} until {period.end} may have changed: "
                f"{record['original_wh']} Wh were delivered, {record['new_wh']} Wh would be now"
            )
            matters.note(("rebilling", period), "quantities", says, sdp_id=period.sdp_id, file=str(file.name))


def period_in(record: Record, ids: Identifiers) -> Period | None:
    """The period that a record is about, of an SDP that is known; else None."""
    sdp_id = ids.sdp_of(str(record["universal_sdp_id"]))
    start, end = day_or_none(record["period_start_date"]), day_or_none(record["period_end_date"])
    return None if sdp_id is None or start is None or end is None else Period(sdp_id, start, end)


def to_ask_again(
    requests: Requests, sdps: Collection[SdpId], corrected: tuple[Day, Day] | None
) -> list[tuple[Period, bool]]:
    """The periods that are asked for again now that a problem is corrected, and whether each was on cycle (WIN-11).

    :param sdps: whose problem it was; empty where it was everybody's.
    :param corrected: the first and last day for which it kept quantities away; None where it was of another kind, and
        only kept requests from being accepted.
    """
    return [
        (period, on_cycle)
        for period, on_cycle in requests.closed.items()
        if (not sdps or period.sdp_id in sdps)
        and (
            period in requests.refused
            if corrected is None
            else period.start <= corrected[1] and corrected[0] < period.end
        )
    ]
