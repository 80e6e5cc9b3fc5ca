"""On-demand estimation, ODEST (ODE-01 to ODE-07; slide "Validation and Estimation Services (3 of 3)").

Where the last intervals of a billing period are missing and the VEE service provides for it, they are extrapolated:
once two business days of the billing window have passed, from the end of the most recently received interval to the
end of the period, by historic or class load profile estimation, unscaled. A gap before that is not filled. What is
estimated has status EST; what is received later replaces it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from harness.interface.instants import Day, Instant, day_of, later, midnight
from reference_impl.framing import Status
from reference_impl.repository.billing_window import is_business_day, window_closes
from reference_impl.repository.meter_data import DayData, Intervals, MeterData

Method: TypeAlias = Literal["historic", "class_load_profile"]
HOUR = 60


@dataclass(frozen=True, slots=True)
class LoadProfile:
    """What an SDP of a class uses: Wh of each of the 24 hours of a business day, and of any other day."""

    business_day: Sequence[int]
    other_day: Sequence[int]

    def hours_of(self, day: Day, holidays: Collection[Day]) -> Sequence[int]:
        return self.business_day if is_business_day(day, holidays) else self.other_day


@dataclass(frozen=True, slots=True)
class EstimationRules:
    """What the profile says of on-demand estimation.

    :param methods: by VEE service, of those that provide it (ODE-01).
    :param load_profiles: by VEE service, of those that estimate by class load profile.
    :param look_back_days: how far back historic estimation looks.
    :param last_eligible: the last eligible validation status (AMB-04).
    """

    methods: Mapping[str, Method]
    load_profiles: Mapping[str, LoadProfile]
    look_back_days: int
    holidays: frozenset[Day]
    last_eligible: Status


def starts(opens: Day, business_days: int, holidays: Collection[Day]) -> Instant:
    """When estimation starts for what is still active: when two business days of the window have passed (ODE-02)."""
    return later(midnight(window_closes(opens, business_days, holidays)), days=1)


def estimated(
    data: MeterData, sdp: str, end: Instant, vee_service: str | None, rules: EstimationRules
) -> list[Intervals]:
    """The intervals that extrapolation gives an SDP until the end of a period: none where it cannot (ODE-07).

    It needs a most recently received interval to begin at (ODE-03), and an estimate of each interval after it.
    """
    start = data.received_until.get(sdp)
    if start is None or vee_service is None or vee_service not in rules.methods:
        return []
    length = _length(data, sdp, start)
    found = [_estimate(data, sdp, moment, length, vee_service, rules) for moment in _moments(start, end, length)]
    energies = [energy for energy in found if energy is not None]
    if not energies or len(energies) != len(found):
        return []
    varh = [reactive for _, reactive in energies if reactive is not None]
    return [
        Intervals(
            sdp,
            start,
            length,
            [wh for wh, _ in energies],
            [Status.EST] * len(energies),
            varh if len(varh) == len(energies) else None,
        )
    ]


def _length(data: MeterData, sdp: str, start: Instant) -> int:
    """The length of the most recently received interval, in minutes."""
    held = data.day(sdp, day_of(later(start, minutes=-1)))
    return HOUR if held is None else held.minutes


def _moments(start: Instant, end: Instant, length: int) -> Iterator[Instant]:
    moment = start
    while moment < end:
        yield moment
        moment = later(moment, minutes=length)


def _estimate(
    data: MeterData, sdp: str, moment: Instant, length: int, vee_service: str, rules: EstimationRules
) -> tuple[int, int | None] | None:
    """Wh and varh of an interval, as its VEE service estimates it (ODE-04); None where it cannot."""
    if rules.methods[vee_service] == "historic":
        return historic(data, sdp, moment, length, rules)
    return from_load_profile(moment, length, rules.load_profiles[vee_service], rules.holidays), None


def historic(
    data: MeterData, sdp: str, moment: Instant, length: int, rules: EstimationRules
) -> tuple[int, int | None] | None:
    """The average of the eligible intervals of like days at the same time, looking back from the last received one.

    Like days are business days, or those that are none. Nothing is scaled to a register read (ODE-05).
    """
    day = day_of(moment)
    place = _minute_of_day(moment) // length
    found = [held for held in like_days(data, sdp, day, length, rules) if _is_eligible(held, place, rules)]
    if not found:
        return None
    reactive = [int(held.varh[place]) for held in found if held.varh is not None]
    return (
        sum(int(held.wh[place]) for held in found) // len(found),
        sum(reactive) // len(found) if len(reactive) == len(found) else None,
    )


def like_days(data: MeterData, sdp: str, day: Day, length: int, rules: EstimationRules) -> Iterator[DayData]:
    """The days of data before the last received interval that are like another, whole days of the look-back."""
    last = day_of(data.received_until[sdp])
    for back in range(1, rules.look_back_days + 1):
        earlier = Day(last - timedelta(days=back))
        held = data.day(sdp, earlier)
        if held is not None and held.minutes == length and is_like(earlier, day, rules.holidays):
            yield held


def is_like(one: Day, other: Day, holidays: Collection[Day]) -> bool:
    """Whether two days are alike: business days both, or neither."""
    return is_business_day(one, holidays) == is_business_day(other, holidays)


def _is_eligible(held: DayData, place: int, rules: EstimationRules) -> bool:
    return bool(Status.VAL <= held.status[place] <= rules.last_eligible)


def from_load_profile(moment: Instant, length: int, profile: LoadProfile, holidays: Collection[Day]) -> int:
    """The energy of an interval in Wh, by a class load profile: its share of the hour, which all shares add up to."""
    minute = _minute_of_day(moment)
    hour_wh = profile.hours_of(day_of(moment), holidays)[minute // HOUR]
    into = minute % HOUR
    return hour_wh * (into + length) // HOUR - hour_wh * into // HOUR


def _minute_of_day(moment: Instant) -> int:
    return moment.hour * HOUR + moment.minute
