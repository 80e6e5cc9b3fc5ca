"""On-demand estimation, interval by interval (ODE-01 to ODE-07).

What is missing from the end of the last received interval on, until the end of the period, is written down with status
EST: the average of what was metered at that time on like days before, or what a class load profile says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from harness.interface.instants import Day, Instant, at, day_of, midnight
from harness.oracle.calendar import Calendar, next_day
from harness.oracle.quantities import MeterBook

HISTORIC = "historic"


@dataclass(frozen=True, slots=True)
class EstimationTerms:
    """The configured values of on-demand estimation.

    :param methods: how each VEE service estimates that does.
    :param profiles: the Wh of each hour, of business days and of other days, by VEE service.
    :param status: that of an interval that was estimated.
    """

    business_days: int
    methods: Mapping[str, str]
    profiles: Mapping[str, tuple[Sequence[int], Sequence[int]]]
    look_back_days: int
    status: str


@dataclass(frozen=True, slots=True)
class Estimation:
    """Estimates for a meter book."""

    terms: EstimationTerms
    calendar: Calendar
    meters: MeterBook

    def starts(self, opens: Day) -> Instant:
        """When what is still active is estimated: as soon as two business days of its window are over (ODE-02)."""
        return at(next_day(self.calendar.last_day_of_window(opens, self.terms.business_days)), 0)

    def extrapolate(self, sdp: str, end: Instant, vee_service: str | None) -> bool:
        """Write down the estimates of what is missing at the end of a period, if all of them can be had (ODE-03).

        :returns: whether there are any.
        """
        moment = self.meters.received_until.get(sdp)
        method = self.terms.methods.get(vee_service or "")
        if moment is None or method is None:
            return False
        start = moment
        last = self.meters.days[sdp][day_of(Instant(start - timedelta(minutes=1)))]
        found: list[tuple[Instant, int, int | None]] = []
        while moment < end:
            wh = (
                self.of_history(sdp, moment, last.minutes)
                if method == HISTORIC
                else self.of_class(vee_service, moment, last.minutes)
            )
            if wh is None:
                return False
            found.append((moment, *wh))
            moment = Instant(moment + timedelta(minutes=last.minutes))
        reactive = all(varh is not None for _, _, varh in found)
        for each, energy, varh in found:
            held = self.meters.days[sdp].get(day_of(each))
            if self.meters.is_missing(sdp, each) and (held is None or held.minutes == last.minutes):
                more = [varh] if reactive and varh is not None else None
                self.meters.write(sdp, each, last.minutes, [energy], self.terms.status, more)
        return bool(found)

    def of_history(self, sdp: str, moment: Instant, minutes: int) -> tuple[int, int | None] | None:
        """The average, rounded down, of the same time on like days that were received whole."""
        place = int((moment - midnight(day_of(moment))).total_seconds()) // 60 // minutes
        energies: list[int] = []
        reactive: list[int] = []
        day = day_of(self.meters.received_until[sdp])
        for _ in range(self.terms.look_back_days):
            day = Day(day - timedelta(days=1))
            held = self.meters.days[sdp].get(day)
            like = self.calendar.is_business_day(day) == self.calendar.is_business_day(day_of(moment))
            if held is None or held.minutes != minutes or not like or held.status[place] not in self.meters.eligible:
                continue
            energies.append(held.wh[place])
            varh = None if held.varh is None else held.varh[place]
            if varh is not None:
                reactive.append(varh)
        if not energies:
            return None
        return sum(energies) // len(energies), sum(reactive) // len(reactive) if len(reactive) == len(
            energies
        ) else None

    def of_class(self, vee_service: str | None, moment: Instant, minutes: int) -> tuple[int, int | None] | None:
        """The share of the hour that a class load profile gives an interval; None where the service has none."""
        if (vee_service or "") not in self.terms.profiles:
            return None
        business, other = self.terms.profiles[vee_service or ""]
        hour = (business if self.calendar.is_business_day(day_of(moment)) else other)[moment.hour]
        return hour * (moment.minute + minutes) // 60 - hour * moment.minute // 60, None
