"""The core against the obvious version, for every framing structure and length of interval (BQ-01, BQ-04 to BQ-08)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.framing import (
    FRAMINGS,
    Bucket,
    DemandError,
    Energy,
    Framing,
    Method,
    Zone,
    daily_framed_usage,
    eligible_days,
    hourly_quantities,
    last_eligible,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
    present,
)
from tests.reference_impl.framing import obvious
from tests.reference_impl.framing.world import ZONES, World, worlds

LENGTHS = (60, 30, 15, 5)
WORDS = {
    Bucket.OFF_PEAK: obvious.OFF_PEAK,
    Bucket.MID_PEAK: obvious.MID_PEAK,
    Bucket.ON_PEAK: obvious.ON_PEAK,
    Bucket.CRITICAL_PEAK: obvious.CRITICAL_PEAK,
}


def energy_of(world: World, framing: Framing) -> list[object]:
    """The energy of each SDP by the core, as the obvious version gives it."""
    wh, _, status = world.by_the_clock_of(framing.zone)
    if framing.energy is Energy.HOURLY:
        return hourly_quantities(present(wh, status), world.per_day).tolist()
    sums = period_quantities(wh, status, world.buckets()).quantities.tolist()
    if framing.energy is Energy.PERIODIC:
        return [sum(row) for row in sums]
    return [{WORDS[bucket]: row[bucket] for bucket in Bucket} for row in sums]


def obvious_energy_of(world: World, framing: Framing, sdp: int) -> object:
    intervals, zone = world.intervals(sdp), ZONES[framing.zone]
    if framing.energy is Energy.HOURLY:
        return obvious.hourly(intervals, world.days, zone)
    if framing.energy is Energy.PERIODIC:
        return obvious.periodic(intervals, world.days, zone)
    return obvious.tou_cpp(intervals, world.days, zone, world.year)


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("word", FRAMINGS)
@settings(settings.get_profile("framing"), max_examples=4)
@given(data=st.data())
def test_energy_is_what_the_slides_say(word: str, minutes: int, data: st.DataObject) -> None:
    world, framing = data.draw(worlds(minutes)), FRAMINGS[word]
    expected = [obvious_energy_of(world, framing, sdp) for sdp in range(len(world.wh))]
    assert energy_of(world, framing) == expected


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("word", [word for word, framing in FRAMINGS.items() if framing.demand])
@settings(settings.get_profile("framing"), max_examples=2)
@given(data=st.data())
def test_demand_is_what_the_slides_say(word: str, minutes: int, data: st.DataObject) -> None:
    world, framing = data.draw(worlds(minutes, sdps=1, most=2**27)), FRAMINGS[word]
    assert framing.demand is not None
    wh, varh, status = world.by_the_clock_of(framing.zone)
    wh, varh = present(wh, status), present(varh, status)
    if minutes > framing.demand.minutes:
        with pytest.raises(DemandError):
            peak_demand(wh, minutes, framing.demand)
        return
    rolling = framing.demand.method is Method.ROLLING
    found = peak_demand(wh, minutes, framing.demand), peak_apparent_demand(wh, varh, minutes, framing.demand)
    expected = obvious.demand(world.intervals(0), world.days, ZONES[framing.zone], framing.demand.minutes, rolling)
    assert (int(found[0][0]), int(found[1][0])) == expected


@pytest.mark.parametrize("nv_eligible", [True, False])
@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("minutes", LENGTHS)
@settings(settings.get_profile("framing"))
@given(data=st.data())
def test_a_day_is_eligible_when_all_its_intervals_are(
    minutes: int, zone: Zone, nv_eligible: bool, data: st.DataObject
) -> None:
    world = data.draw(worlds(minutes))
    statuses = ["VAL", "EST", "NV"] if nv_eligible else ["VAL", "EST"]
    expected = [
        [obvious.eligible(world.intervals(sdp), day, ZONES[zone], statuses) for day in world.days]
        for sdp in range(len(world.wh))
    ]
    wh, _, status = world.by_the_clock_of(zone)
    last = last_eligible(nv_eligible=nv_eligible)
    assert eligible_days(status, world.per_day, last).tolist() == expected
    assert period_quantities(wh, status, world.buckets(), last).eligible.tolist() == [all(row) for row in expected]


@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("minutes", LENGTHS)
@settings(settings.get_profile("framing"))
@given(data=st.data())
def test_daily_framed_usage_is_what_the_slides_say(minutes: int, zone: Zone, data: st.DataObject) -> None:
    world = data.draw(worlds(minutes))
    wh, _, status = world.by_the_clock_of(zone)
    found = daily_framed_usage(present(wh, status), world.buckets(), world.per_day).tolist()
    expected = [
        [obvious.daily_framed_usage(world.intervals(sdp), day, ZONES[zone], world.year) for day in world.days]
        for sdp in range(len(world.wh))
    ]
    assert [[{WORDS[bucket]: day[bucket] for bucket in Bucket} for day in sdp] for sdp in found] == expected
