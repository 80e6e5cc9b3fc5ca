"""Segmentation and framing for whoever computes quantities again, for any number of SDPs (BQ-01 to BQ-11, SEG).

It is the repository's own chapters, without requests and windows: which sub-periods a period has, and what the
intervals of SDPs come to in one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.files import Value
from harness.interface.instants import Day
from harness.interface.profile import Profile
from reference_impl.framing import (
    BillingCalendar,
    Bucket,
    DemandError,
    Energy,
    Framing,
    Zone,
    billing_calendar,
    framing_of,
    hourly_quantities,
    last_eligible,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
)
from reference_impl.framing.core import MINUTES_OF_DAY
from reference_impl.repository.billing_quantities import DEMAND, days_between, energy_file, framed
from reference_impl.repository.master_directory import State
from reference_impl.repository.meter_data import DayData, MeterData
from reference_impl.repository.segmentation import SubPeriod, split_at_events

_FIELDS = {
    "on_peak_wh": Bucket.ON_PEAK,
    "mid_peak_wh": Bucket.MID_PEAK,
    "off_peak_wh": Bucket.OFF_PEAK,
    "critical_peak_wh": Bucket.CRITICAL_PEAK,
}


class Computed(NamedTuple):
    """The quantities of a sub-period, int64 ``[sdp]`` by field; see `harness.recompute.computing`."""

    eligible: NDArray[np.bool_]
    quantities: Mapping[str, NDArray[np.int64]]
    hourly: NDArray[np.int64] | None = None
    apparent: NDArray[np.bool_] | None = None


class Computing:
    """What the repository computes, under a profile."""

    def __init__(self, profile: Profile) -> None:
        self.words = {code: word for word, code in profile.codes["framing_structure"].items()}
        self.calendar = calendar_of(profile)
        self.last_eligible = last_eligible(nv_eligible=profile.decided()["AMB-04"] == "nv-eligible")

    def framing(self, code: str) -> Framing:
        """The framing structure of a code of the profile."""
        return framing_of(self.words[code])

    def sub_periods(
        self, start: Day, end: Day, framings: Sequence[tuple[Any, ...]], accounts: Sequence[tuple[Any, ...]]
    ) -> tuple[SubPeriod, ...] | None:
        """Divide a period at its events; None where a day has no framing structure (SEG-01 to SEG-06)."""
        prices = self.calendar.price_changes(start, end)
        of_framing, of_account = (tuple(State(*state) for state in history) for history in (framings, accounts))
        return split_at_events(start, end, of_framing, of_account, prices, self.framing)

    def begins_late(self, framing: str) -> bool:
        """Whether a day of a framing structure begins at 01:00 EST (AMB-25)."""
        return self.framing(framing).zone is Zone.CENTRAL

    def file_types(self, framing: str) -> tuple[str, ...]:
        """The file types that quantities are delivered in, energy first (BQ-11)."""
        found = self.framing(framing)
        return (energy_file(found),) if found.demand is None else (energy_file(found), DEMAND)

    def quantities(self, intervals: Any, part: tuple[Any, ...]) -> Computed:
        """The quantities of a sub-period, for SDPs whose intervals have one length."""
        start, end, code = part
        framing, days = self.framing(code), (end - start).days
        per_day = MINUTES_OF_DAY // intervals.minutes
        begin = (start - intervals.first).days * per_day + (per_day // 24 if framing.zone is Zone.CENTRAL else 0)
        cut = np.s_[:, begin : begin + days * per_day]
        wh, status = np.ascontiguousarray(intervals.wh[cut]), np.ascontiguousarray(intervals.status[cut])
        buckets = self.calendar.buckets(start, days, per_day)
        if framing.energy is not Energy.TOU_CPP:
            buckets = np.zeros_like(buckets)
        period = period_quantities(wh, status, buckets, self.last_eligible)
        found = {"total_wh": period.quantities.sum(axis=1)}
        if framing.energy is Energy.TOU_CPP:
            found |= {name: period.quantities[:, bucket] for name, bucket in _FIELDS.items()}
        hourly = hourly_quantities(wh, per_day) if framing.energy is Energy.HOURLY else None
        apparent = None
        if framing.demand is not None:
            varh = None if intervals.varh is None else np.ascontiguousarray(intervals.varh[cut])
            demand, apparent = _demand(wh, varh, intervals.reactive, intervals.minutes, framing)
            found |= demand
        return Computed(period.eligible, found, hourly, apparent)

    def quantities_by_day(
        self, days: Mapping[Day, Any], part: tuple[Any, ...]
    ) -> Mapping[str, Sequence[Mapping[str, Value]]] | None:
        """The quantities of one SDP whose intervals may differ in length from day to day."""
        start, end, code = part
        data = MeterData(days={"": {day: DayData(*held) for day, held in days.items()}})
        found = framed(data, "", days_between(start, end), self.framing(code), self.calendar, self.last_eligible)
        return None if found is None else found.records


def _demand(
    wh: NDArray[np.int32],
    varh: NDArray[np.int32] | None,
    reactive: NDArray[np.bool_],
    minutes: int,
    framing: Framing,
) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.bool_] | None]:
    """The peak demand in W and VA; nothing where the data is too coarse for it."""
    if framing.demand is None:
        return {}, None
    try:
        found = {"peak_w": peak_demand(wh, minutes, framing.demand)}
        if varh is None or not reactive.any():
            return found, None
        apparent = np.zeros(wh.shape[0], dtype=np.int64)
        apparent[reactive] = peak_apparent_demand(wh[reactive], varh[reactive], minutes, framing.demand)
    except DemandError:
        return {}, None
    return found | {"peak_va": apparent}, reactive


def calendar_of(profile: Profile) -> BillingCalendar:
    """The calendar that a profile frames by (AMB-14, AMB-15)."""
    critical = [Day(date.fromisoformat(day)) for day in profile.values["critical_peak_days"]]
    prevailing = profile.decided()["AMB-14"] == "prevailing-time"
    return billing_calendar(tou_schedules(), price_plan_holidays(), critical, prevailing_time=prevailing)
