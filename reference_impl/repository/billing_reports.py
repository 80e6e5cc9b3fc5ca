"""The billing quantity process reports: BR01 and BR04, BR05, BR06, BR03 (BRP-04 to BRP-10; AMB-12, AMB-16, AMB-20).

BR01 and BR04 show the billing staging table as it stands when they run, the one as counts, the other record by record.
BR05 and BR06 tell what has failed since the last of their kind, BR03 what would come out differently now than it was
delivered. Each LDC receives them from its first request on, and each agent those it is authorised for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from harness.interface.files import Value
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, day_of
from reference_impl.framing import Energy
from reference_impl.repository import billing_services, billing_staging
from reference_impl.repository.billing_operations import billing_of
from reference_impl.repository.billing_quantities import HOURLY, TOU_OR_PERIODIC, days_between
from reference_impl.repository.billing_requests import BillingRequest
from reference_impl.repository.billing_services import Billing, Delivered, Fields, Response
from reference_impl.repository.billing_staging import CATEGORIES, StagedRequest
from reference_impl.repository.file_transfer import may_receive
from reference_impl.repository.segmentation import SubPeriod
from reference_impl.repository.state import State

Detail: TypeAlias = tuple[str, Mapping[str, Value]]


def send_report(repository: State, report: str, ldc: OrgId, details: Iterable[Detail]) -> None:
    """Send a report on an LDC to it, and to every agent that it authorised for that report (BRP-10)."""
    records = list(details)
    for recipient in recipients(repository, report, ldc):
        repository.send(ldc, recipient, report, {"ldc_org_id": ldc}, records)


def recipients(repository: State, report: str, ldc: OrgId) -> tuple[OrgId, ...]:
    """Who receives a report on an LDC: the LDC, and the agents it authorised for it (BRP-10)."""
    parties = repository.participants
    return (ldc, *(agent for agent in sorted(parties.agents) if may_receive(agent, ldc, report, parties)))


def reporting_ldcs(repository: State) -> list[OrgId]:
    """The LDCs that reports are about."""
    return sorted(repository.billing.staging.ldcs)


# --- BR01 and BR04: the staging table ---------------------------------------------------------------------------


def run_delivery_summary(repository: State) -> None:
    """BR01: how many requests stand where, for each open window and period end date (BRP-05, BRP-06)."""
    for ldc in reporting_ldcs(repository):
        send_report(repository, "BR01", ldc, summary_details(staged(repository, ldc), undelivered(repository)))


def run_delivery_details(repository: State) -> None:
    """BR04: each request that is in the staging table (BRP-04, TXS-05)."""
    for ldc in reporting_ldcs(repository):
        codes = repository.profile.codes
        details = (delivery_detail(entry, undelivered(repository), codes) for entry in staged(repository, ldc))
        send_report(repository, "BR04", ldc, details)
    billing_staging.let_go(repository.billing.staging, day_of(repository.now), repository.readings["AMB-54"])


def staged(repository: State, ldc: OrgId) -> list[StagedRequest]:
    """What BR01 and BR04 of now are about."""
    return billing_staging.listed(
        repository.billing.staging, ldc, day_of(repository.now), repository.readings["AMB-54"]
    )


def undelivered(repository: State) -> frozenset[str]:
    """The names of the files that a mailbox has refused so far."""
    return frozenset(file.name for file in repository.undelivered)


def summary_details(entries: Iterable[StagedRequest], refused: frozenset[str]) -> Iterator[Detail]:
    """The records of BR01."""
    counts: dict[tuple[Day, Day], dict[str, int]] = {}
    for entry in entries:
        nothing = dict.fromkeys(("total", *CATEGORIES.values()), 0)
        of_window = counts.setdefault((entry.window_end, entry.request.end), nothing)
        of_window["total"] += 1
        of_window[billing_staging.category(entry, refused)] += 1
    for (window_end, period_end), numbers in sorted(counts.items()):
        yield "delivery_summary", {"window_end_date": window_end, "period_end_date": period_end, **numbers}


def delivery_detail(entry: StagedRequest, refused: frozenset[str], codes: Mapping[str, Mapping[str, str]]) -> Detail:
    """A record of BR04."""
    request = entry.request
    fields = {
        "request_detail_id": request.request_detail_id,
        "universal_sdp_id": request.universal_sdp_id,
        "read_status": codes["read_status"][billing_staging.read_status(entry)],
        "transaction_status": None if entry.status is None else codes["transaction_status"][entry.status],
        "inserted_date_time": request.received,
        "export_status": codes["export_status"][billing_staging.export_status(entry, refused)],
        "period_start_date": request.start,
        "period_end_date": request.end,
        "window_end_date": entry.window_end,
        "completed_date_time": entry.completed,
    }
    return "delivery_detail", fields


# --- BR05 and BR06: what failed since the last report -----------------------------------------------------------


def run_sum_check_failures(repository: State) -> None:
    """BR05: the responses that failed the sum check since the last one (BRP-07, AMB-12)."""
    table = repository.billing.staging
    failures, table.sum_check_failures = table.sum_check_failures, []
    codes = repository.profile.codes["transaction_status"]
    for ldc in reporting_ldcs(repository):
        own = [response for response in failures if response.request.ldc == ldc]
        send_report(repository, "BR05", ldc, (failure_detail(response, codes) for response in own))


def failure_detail(response: Response, codes: Mapping[str, str]) -> Detail:
    """A record of BR05: the total variant of an 06, and the reads and interval total as far as there are any."""
    checked = response.sum_check
    start = end = interval_wh = variance_wh = None
    if checked is not None:
        start, end, interval_wh, variance_wh = checked.first, checked.last, checked.interval_wh, checked.variance_wh
    fields = asked_for(response.request) | {
        "transaction_status": codes[response.status],
        "total_variant_wh": variance_wh,
        "start_read_date_time": None if start is None else start.instant,
        "start_reading": None if start is None else start.reading,
        "end_read_date_time": None if end is None else end.instant,
        "end_reading": None if end is None else end.reading,
        "interval_total_wh": interval_wh,
    }
    return "sum_check_failure", fields


def run_no_reads(repository: State) -> None:
    """BR06: the requests closed without quantities since the last one (BRP-08, AMB-12, AMB-20)."""
    table = repository.billing.staging
    closed, table.no_reads = table.no_reads, []
    codes = repository.profile.codes["transaction_status"]
    for ldc in reporting_ldcs(repository):
        own = [entry for entry in closed if entry.request.ldc == ldc]
        send_report(repository, "BR06", ldc, (no_reads_detail(entry, codes) for entry in own))


def no_reads_detail(entry: StagedRequest, codes: Mapping[str, str]) -> Detail:
    """A record of BR06."""
    status = None if entry.status is None else codes[entry.status]
    return "no_reads", asked_for(entry.request) | {"transaction_status": status}


def asked_for(request: BillingRequest) -> dict[str, Value]:
    return {
        "request_detail_id": request.request_detail_id,
        "universal_sdp_id": request.universal_sdp_id,
        "period_start_date": request.start,
        "period_end_date": request.end,
    }


# --- BR03: what would come out differently now --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rebilling:
    """A billing period whose quantities were delivered, and may have changed since.

    :param delivered: the last response that delivered quantities of it; `now`: what it would be with the data of now.
    """

    delivered: Response
    now: Response

    @property
    def period(self) -> tuple[str, Day, Day]:
        request = self.delivered.request
        return request.universal_sdp_id, request.start, request.end

    @property
    def differs(self) -> bool:
        return energy_records(self.now) != energy_records(self.delivered)


def run_rebilling(repository: State) -> None:
    """BR03: quantities that changed after delivery, as far as it has not told them yet (BRP-09).

    It runs on every day, or on one of as many as its values say.
    """
    if day_of(repository.now).toordinal() % repository.values["br03_within_days"]:
        return
    desk = repository.billing
    changed, desk.changed = sorted(desk.changed.items()), {}
    kinds = repository.profile.codes["rebilling_change"]
    for ldc in reporting_ldcs(repository):
        billing = billing_of(repository, ldc)
        found = [one for sdp, days in changed for one in rebillings(desk.delivered.get((ldc, sdp), ()), days, billing)]
        news = [one for one in found if one.differs and desk.rebilled.get((ldc, *one.period)) != one]
        desk.rebilled.update({(ldc, *one.period): one for one in found})
        parts = {"whole-period": whole_period, "each-sub-period": sub_periods_changed}[repository.readings["AMB-55"]]
        details = (event_period(one, start, end, billing, kinds) for one in news for start, end in parts(one))
        send_report(repository, "BR03", ldc, details)


def rebillings(delivered: Iterable[Delivered], days: Collection[Day], billing: Billing) -> Iterator[Rebilling]:
    """The periods of an SDP whose quantities were delivered, and what they would be now, where all data is eligible.

    :param days: the EST days whose data has changed; a Central period goes on for an hour on its exclusive end.
    """
    last: dict[tuple[Day, Day], Response] = {}
    for each in delivered:
        request = each.response.request
        touched = any(request.start <= day <= request.end for day in days)
        if touched and each.response.status not in billing_staging.WITHOUT_QUANTITIES:
            last[request.start, request.end] = each.response
    for response in last.values():
        now = delivered_now(response, billing)
        if now is not None:
            yield Rebilling(response, now)


def delivered_now(response: Response, billing: Billing) -> Response | None:
    """A response as it would be with the data of now: the sub-periods and framing structures stay what they were."""
    parts = []
    for part in sub_periods(response):
        days = days_between(part.start, part.end)
        framing = billing.framing_of(part.framing)
        got = billing_services.framed_with(billing, response.request.universal_sdp_id, days, framing)
        if got is None:
            return None
        parts.append((part, got))
    return billing_services.with_quantities(response.request, response.recipient, parts, billing)


def sub_periods(response: Response) -> list[SubPeriod]:
    """The sub-periods that a response with quantities was divided into."""
    return sorted(
        {
            SubPeriod(each["sub_period_start_date"], each["sub_period_end_date"], each["framing_structure"])  # type: ignore[arg-type]
            for each in _energy(response)
        }
    )


def energy_records(response: Response) -> list[Fields]:
    """What a response says of energy, its Transaction Status apart."""
    return [{name: value for name, value in each.items() if name != "transaction_status"} for each in _energy(response)]


def _energy(response: Response) -> list[Fields]:
    return [fields for file_type in (TOU_OR_PERIODIC, HOURLY) for fields in response.records.get(file_type, ())]


def energy_wh(response: Response, start: Day, end: Day) -> int:
    """The energy of the sub-periods from a day until another, in Wh."""
    names = ("total_wh", *(f"hour_{hour:02}_wh" for hour in range(1, 25)))
    records = [each for each in _energy(response) if start <= each["sub_period_start_date"] < end]  # type: ignore[operator]
    return sum(value for each in records for name in names if isinstance(value := each.get(name), int))


def whole_period(found: Rebilling) -> list[tuple[Day, Day]]:
    """The one event period of a billing period (AMB-55)."""
    return [(found.delivered.request.start, found.delivered.request.end)]


def sub_periods_changed(found: Rebilling) -> list[tuple[Day, Day]]:
    """An event period for each sub-period that has changed (AMB-55)."""
    delivered, now = energy_records(found.delivered), energy_records(found.now)
    changed = {each["sub_period_start_date"] for each in delivered if each not in now}
    return [(part.start, part.end) for part in sub_periods(found.delivered) if part.start in changed]


def event_period(found: Rebilling, start: Day, end: Day, billing: Billing, kinds: Mapping[str, str]) -> Detail:
    """A record of BR03, about a billing period or a part of it."""
    original, new = energy_wh(found.delivered, start, end), energy_wh(found.now, start, end)
    parts = [part for part in sub_periods(found.delivered) if start <= part.start < end]
    fields: dict[str, Value] = {
        "universal_sdp_id": found.delivered.request.universal_sdp_id,
        "period_start_date": start,
        "period_end_date": end,
        "change": kinds[kind_of_change(parts, billing)],
        "original_wh": original,
        "new_wh": new,
        "difference_wh": new - original,
        "percent_change": percent_change(original, new),
    }
    return "event_period", fields


def kind_of_change(parts: Sequence[SubPeriod], billing: Billing) -> str:
    """Interval data for Hourly, daily framed usage for TOU/CPP and Periodic: as the period's last framing has it."""
    return "interval_data" if billing.framing_of(parts[-1].framing).energy is Energy.HOURLY else "usage"


def percent_change(original: int, new: int) -> int | None:
    """The change in hundredths of a per cent of the original, rounded half away from zero; None where that is 0."""
    if original == 0:
        return None
    size = (abs(new - original) * 20_000 + original) // (2 * original)
    return size if new >= original else -size
