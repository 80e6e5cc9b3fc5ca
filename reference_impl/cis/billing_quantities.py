"""Billing quantities as they come: read and kept by period, sub-period and status (SUM-07, SUM-08).

Quantities with status 00 are used. Those with 06 or 07 failed the sum check and are set aside for people. A response
with 02, 08 or any other status has none that may be used. Several sub-periods answer one request together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from harness.interface.billing_files import quantity
from harness.interface.files import InterfaceFile, Record
from harness.interface.identifiers import SdpId
from harness.interface.instants import Day
from harness.interface.set_records import day_or_none
from reference_impl.cis import billing_requests
from reference_impl.cis.billing_requests import Period, Requests
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.open_matters import OpenMatters

USED = frozenset({"delivered"})
SET_ASIDE = frozenset({"sum_check_threshold", "sum_check_no_register_read"})
"""Statuses with quantities that may be used, and with quantities that people look at; by their names in the profile."""
BUCKETS = ("on_peak_wh", "mid_peak_wh", "off_peak_wh", "critical_peak_wh")
HOURS = tuple(f"hour_{hour:02}_wh" for hour in range(1, 25))
SubPeriod: TypeAlias = tuple[Day, Day]


@dataclass(slots=True)
class Delivered:
    """What came for a sub-period: a status as delivered, and the energy in watt-hours, None where none was stated."""

    status: str
    wh: int | None = None


@dataclass(slots=True)
class Answer:
    """What came for a period, sub-period by sub-period; of energy and of demand apart."""

    detail_id: str | None
    energy: dict[SubPeriod, Delivered] = field(default_factory=dict)
    demand: dict[SubPeriod, Delivered] = field(default_factory=dict)


@dataclass(slots=True)
class Quantities:
    """All answers of an LDC, by period."""

    answers: dict[Period, Answer] = field(default_factory=dict)


def take_response(
    file: InterfaceFile,
    quantities: Quantities,
    requests: Requests,
    ids: Identifiers,
    matters: OpenMatters,
    codes: Mapping[str, str],
) -> None:
    """Take a response 6000, 6100 or 6200 in: keep what came, and what it means for the requests."""
    words = {code: word for word, code in codes.items()}
    for (period, detail_id), parts in delivered_in(file, ids, matters).items():
        keep(quantities, period, detail_id, parts, is_demand=file.name.file_id == "6200")
        statuses = {words.get(part.status, "") for part in parts.values()}
        told = ", ".join(sorted({part.status for part in parts.values()}))
        if statuses <= USED | SET_ASIDE:
            billing_requests.answered(requests, period, detail_id)
            matters.settle(lambda key, period=period: key in {("request", period), ("quantities", period)})  # type: ignore[misc]
        elif billing_requests.close(requests, period, detail_id):
            says = f"no quantities came for {period.start} until {period.end}: status {told}"
            matters.note(("request", period), "request", says, sdp_id=period.sdp_id, file=str(file.name))
        if statuses & SET_ASIDE:
            says = f"quantities of {period.start} until {period.end} failed the sum check: status {told}"
            matters.note(("quantities", period), "quantities", says, sdp_id=period.sdp_id, file=str(file.name))


def delivered_in(
    file: InterfaceFile, ids: Identifiers, matters: OpenMatters
) -> Mapping[tuple[Period, str | None], dict[SubPeriod, Delivered]]:
    """What a response delivers, by period and request; the hours of all its days are added up."""
    found: dict[tuple[Period, str | None], dict[SubPeriod, Delivered]] = {}
    for record in file.details:
        period, part = billing_requests.period_in(record, ids), sub_period_in(record)
        if period is None or part is None:
            says = f"a response is about no SDP of the LDC: {record['universal_sdp_id']}"
            matters.note(("quantities", str(file.name), record.line), "quantities", says, file=str(file.name))
            continue
        detail_id = None if record["request_detail_id"] is None else str(record["request_detail_id"])
        parts = found.setdefault((period, detail_id), {})
        held = parts.setdefault(part, Delivered(str(record["transaction_status"])))
        energy = energy_in(record)
        if energy is not None:
            held.wh = (held.wh or 0) + energy
    return found


def sub_period_in(record: Record) -> SubPeriod | None:
    """The sub-period of a record."""
    start, end = day_or_none(record["sub_period_start_date"]), day_or_none(record["sub_period_end_date"])
    return None if start is None or end is None else (start, end)


def energy_in(record: Record) -> int | None:
    """The energy of a record in watt-hours: its total, else its buckets or hours together; None where it has none."""
    fields = HOURS if record.kind == "hourly_response" else BUCKETS if record.kind == "energy_response" else ()
    total = record["total_wh"] if "total_wh" in record.layout.positions else None
    stated = [total] if total is not None else [quantity(record, field) for field in fields]
    energies = [energy for energy in stated if isinstance(energy, int)]
    return sum(energies) if energies else None


def keep(
    quantities: Quantities,
    period: Period,
    detail_id: str | None,
    parts: Mapping[SubPeriod, Delivered],
    *,
    is_demand: bool,
) -> None:
    """Keep what came. Parts of one request add to each other; those of another take the place of what was there."""
    answer = quantities.answers.get(period)
    if answer is None or answer.detail_id != detail_id:
        answer = quantities.answers[period] = Answer(detail_id)
    (answer.demand if is_demand else answer.energy).update(parts)


def usable(part: Delivered, codes: Mapping[str, str]) -> int | None:
    """The energy that may be used: that of status 00 alone."""
    return part.wh if part.status in {codes[word] for word in USED} else None


def understood(quantities: Quantities, codes: Mapping[str, str]) -> Iterator[tuple[SdpId, Day, Day, str, int | None]]:
    """Of every sub-period that came: SDP, first and last day, status, and the energy that may be used."""
    for period, answer in sorted(quantities.answers.items(), key=lambda entry: entry[0]):
        for (start, end), part in sorted(answer.energy.items(), key=lambda entry: entry[0]):
            yield period.sdp_id, start, Day(end - timedelta(days=1)), part.status, usable(part, codes)


def missing_parts(quantities: Quantities) -> Iterator[tuple[Period, Day, Day]]:
    """The spans of periods of which a part came, and of which nothing came so far."""
    for period, answer in quantities.answers.items():
        known = period.start
        for start, end in sorted(answer.energy):
            if start > known:
                yield period, known, start
            known = max(known, end)
        if answer.energy and known < period.end:
            yield period, known, period.end


def take_sum_check_failures(file: InterfaceFile, ids: Identifiers, matters: OpenMatters) -> None:
    """Take a BR05 in: by how much the sum check failed stands with the matter (SUM-08)."""
    for record in file.details:
        period = billing_requests.period_in(record, ids)
        if period is not None:
            variant = record["total_variant_wh"]
            found = "no register readings" if variant is None else f"a total variant of {variant} Wh"
            says = (
                f"quantities of {period.start} until {period.end} failed the sum check: "
                f"status {record['transaction_status']}, {found}"
            )
            matters.note(("quantities", period), "quantities", says, sdp_id=period.sdp_id, file=str(file.name))
