"""Billing quantities of an SDP over a sub-period, as records of the response files (BQ-01 to BQ-11).

Energy framed as TOU/CPP or Periodic goes into 6000, as Hourly into 6100; each demand framing structure adds a demand
response in 6200. Nothing is adjusted for losses (BQ-10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

import numpy as np

from harness.interface.files import Value
from harness.interface.instants import Day
from reference_impl.framing import (
    BillingCalendar,
    Bucket,
    Demand,
    DemandError,
    Energy,
    Framing,
    Rounding,
    Status,
    Zone,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
)
from reference_impl.repository.meter_data import HOURS_OF_DAY, Hours, MeterData, hours, spans_of_equal_length

TOU_OR_PERIODIC = "6000"
HOURLY = "6100"
DEMAND = "6200"

Quantities: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Framed:
    """The quantities of a sub-period: fields of one or more records, by file type."""

    records: Mapping[str, tuple[Quantities, ...]]


def energy_file(framing: Framing) -> str:
    """The file type that energy is delivered in (BQ-11)."""
    return HOURLY if framing.energy is Energy.HOURLY else TOU_OR_PERIODIC


def days_between(start: Day, end: Day) -> list[Day]:
    """The days from one until another, exclusive (BSV-09)."""
    return [Day(start + timedelta(days=ahead)) for ahead in range((end - start).days)]


def framed(
    data: MeterData,
    sdp: str,
    days: Sequence[Day],
    framing: Framing,
    calendar: BillingCalendar,
    last: Status,
    rounding: Rounding = Rounding.DOWN,
) -> Framed | None:
    """The quantities of some days; None while data of any of them is missing or not eligible (BQ-02, WIN-03).

    :param last: the last eligible status (AMB-04); `rounding`: of a fraction of a VA (AMB-57).
    """
    energy = hours(data, sdp, days, framing.zone, last)
    if not energy.eligible.all():
        return None
    records = {energy_file(framing): tuple(energy_records(energy, days, framing, calendar))}
    if framing.demand is not None:
        records[DEMAND] = (demand_record(data, sdp, days, framing.zone, framing.demand, rounding),)
    return Framed(records)


def energy_records(
    energy: Hours, days: Sequence[Day], framing: Framing, calendar: BillingCalendar
) -> Sequence[Quantities]:
    """The energy of a sub-period, as its framing structure has it."""
    if framing.energy is Energy.HOURLY:
        return hourly_records(energy, days)
    if framing.energy is Energy.PERIODIC:
        return [{"total_wh": int(energy.wh.sum())}]
    return [tou_record(energy, days, calendar)]


def hourly_records(energy: Hours, days: Sequence[Day]) -> Sequence[Quantities]:
    """24 values for each day (BQ-07)."""
    by_day = energy.wh.reshape(len(days), HOURS_OF_DAY).tolist()
    return [
        {"day": day, **{f"hour_{hour:02}_wh": value for hour, value in enumerate(values, start=1)}}
        for day, values in zip(days, by_day, strict=True)
    ]


def tou_record(energy: Hours, days: Sequence[Day], calendar: BillingCalendar) -> Quantities:
    """The sum of the daily framed usage of every day, for each bucket (BQ-05)."""
    buckets = calendar.buckets(days[0], len(days), HOURS_OF_DAY)
    status = np.full((1, energy.wh.size), Status.VAL, dtype=np.uint8)
    sums = period_quantities(energy.wh.reshape(1, -1), status, buckets).quantities[0].tolist()
    return {
        "on_peak_wh": sums[Bucket.ON_PEAK],
        "mid_peak_wh": sums[Bucket.MID_PEAK],
        "off_peak_wh": sums[Bucket.OFF_PEAK],
        "critical_peak_wh": sums[Bucket.CRITICAL_PEAK],
        "total_wh": sum(sums),
    }


def demand_record(
    data: MeterData, sdp: str, days: Sequence[Day], zone: Zone, demand: Demand, rounding: Rounding
) -> Quantities:
    """The highest demand of a sub-period, in W, and in VA with reactive data; nothing where the data is too coarse."""
    watts, apparent = [], []
    for span in spans_of_equal_length(data, sdp, days, zone):
        wh = span.wh.reshape(1, -1)
        try:
            watts.append(int(peak_demand(wh, span.minutes, demand)[0]))
            if span.varh is not None:
                varh = span.varh.reshape(1, -1)
                apparent.append(int(peak_apparent_demand(wh, varh, span.minutes, demand, rounding)[0]))
        except DemandError:
            return {"peak_w": None, "peak_va": None}
    return {"peak_w": max(watts, default=None), "peak_va": max(apparent, default=None)}
