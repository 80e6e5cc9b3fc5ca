"""What whoever computes quantities again is offered, for any number of SDPs (BQ-01 to BQ-11, SEG, SUM-01 to SUM-06).

It is the repository's own chapters, without requests and windows: which sub-periods a period has, what the intervals
of SDPs come to in one of them, and what register reads say of it.
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
from harness.interface.profile import EITHER, Profile
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
from reference_impl.repository.sum_check import (
    RegisterReads,
    compared,
    nearest_reads,
    register_of,
    sums_between,
)

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


class Compared(NamedTuple):
    """Energy of intervals against registers, by SDP; see `harness.recompute.computing`."""

    register_wh: NDArray[np.int64]
    variance_wh: NDArray[np.int64]
    over: NDArray[np.bool_]
    beyond_percent: NDArray[np.bool_]


class Computing:
    """What the repository computes, under a profile."""

    def __init__(self, profile: Profile) -> None:
        self.words = {code: word for word, code in profile.codes["framing_structure"].items()}
        self.calendar = calendar_of(profile)
        self.last_eligible = last_eligible(nv_eligible=profile.decision("AMB-04") == "nv-eligible")
        self.sum_check = SumChecking(profile)

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


class SumChecking:
    """The sum check under a profile (SUM-01 to SUM-06)."""

    def __init__(self, profile: Profile) -> None:
        values = profile.values
        self.exempt = frozenset(values["vee_services_without_sum_check"])
        self.percent = int(values["sum_check_threshold_percent"])
        self.range_hours = int(values["sum_check_register_range_hours"])
        self.digits = int(values["register_digits"])
        self.later_on_a_tie = [reading == "nearest-later-on-a-tie" for reading in _readings(profile, "AMB-11")]
        self.serves = [reading == "one-read-serves" for reading in _readings(profile, "AMB-56")]

    def applies(self, vee_service: str) -> bool:
        """Whether a VEE service has the sum check (SUM-05)."""
        return vee_service not in self.exempt

    def nearest(self, reads: Any, boundaries: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """The read of each SDP that is nearest to a boundary, by each reading that may be taken (AMB-11)."""
        own = RegisterReads(*reads)
        seconds = self.range_hours * 3600
        return [nearest_reads(own, boundaries, seconds, later_on_a_tie=later) for later in self.later_on_a_tie]

    def one_read_serves(self) -> list[bool]:
        """Whether one read can be compared with itself: all answers that are right (AMB-56)."""
        return self.serves

    def register(self, parameters: Mapping[str, str | None]) -> tuple[int, int] | None:
        """Digits, and Wh of a dial unit, of a register; None where its parameters make no sense."""
        found = register_of(None, parameters, self.digits)
        return None if found is None else (found.digits, found.unit_wh)

    def energy(self, wh: NDArray[np.int32], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """The energy of each SDP from one interval until another, exclusive (SUM-02)."""
        return sums_between(wh, first, last)

    def compared(
        self,
        interval_wh: NDArray[np.int64],
        readings: tuple[NDArray[np.int64], NDArray[np.int64]],
        digits: NDArray[np.int64],
        unit_wh: NDArray[np.int64],
    ) -> Compared:
        """The energy of intervals against the difference of reads (SUM-02, SUM-03, SUM-06)."""
        registers = np.int64(10) ** digits, unit_wh
        found = compared(interval_wh, *readings, registers, self.percent)
        beyond = found.variance_wh * 100 > found.register_wh * self.percent
        return Compared(found.register_wh, found.variance_wh, found.over, beyond)


def _readings(profile: Profile, ambiguity: str) -> list[str]:
    """The readings of an ambiguity that are right under a profile, the one that is taken first."""
    taken = profile.decision(ambiguity)
    known = profile.known_readings[ambiguity] if profile.readings[ambiguity] == EITHER else ()
    return [taken, *(reading for reading in known if reading != taken)]


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
    prevailing = profile.decision("AMB-14") == "prevailing-time"
    return billing_calendar(tou_schedules(), price_plan_holidays(), critical, prevailing_time=prevailing)
