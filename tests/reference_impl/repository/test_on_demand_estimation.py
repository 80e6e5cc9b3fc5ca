"""On-demand estimation against tables worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.interface.calendars import statutory_holidays
from harness.interface.instants import Day, Instant, at, later
from reference_impl.framing import Status
from reference_impl.repository.meter_data import Intervals, MeterData, hold, take_intervals
from reference_impl.repository.on_demand_estimation import (
    EstimationRules,
    LoadProfile,
    estimated,
    from_load_profile,
    starts,
)

MANY = settings(derandomize=True, deadline=None, database=None, max_examples=50)
HOLIDAYS = frozenset(statutory_holidays())
MONDAY = Day(date(2011, 1, 10))
PROFILE = LoadProfile([100 * hour for hour in range(24)], [7] * 24)
RULES = EstimationRules({"13": "historic", "14": "class_load_profile"}, {"14": PROFILE}, 28, HOLIDAYS, Status.NV)


def day(number: int) -> Day:
    """Days since Monday 10 January 2011."""
    return Day(MONDAY + timedelta(days=number))


def daily(data: MeterData, first: int, wh: list[int], *, minutes: int = 60, status: Status = Status.VAL) -> None:
    """Let days be received, each with one value for all its intervals."""
    per_day = 24 * 60 // minutes
    values = [value for value in wh for _ in range(per_day)]
    take_intervals(data, Intervals("1", at(day(first), 0), minutes, values, [status] * len(values)))


@pytest.mark.parametrize(
    ("opens", "start"),
    [
        (Day(date(2011, 1, 11)), Day(date(2011, 1, 13))),  # Tuesday and Wednesday have passed
        (Day(date(2011, 1, 13)), Day(date(2011, 1, 15))),  # Thursday and Friday
        (Day(date(2011, 1, 14)), Day(date(2011, 1, 18))),  # Friday and Monday
        (Day(date(2011, 1, 15)), Day(date(2011, 1, 19))),  # Monday and Tuesday
        (Day(date(2011, 2, 19)), Day(date(2011, 2, 24))),  # Monday is Family Day: Tuesday and Wednesday
        (Day(date(2011, 4, 21)), Day(date(2011, 4, 26))),  # Thursday and Easter Monday; Good Friday between them
    ],
)
def test_estimation_starts_when_two_business_days_have_passed(opens: Day, start: Day) -> None:
    assert starts(opens, 2, HOLIDAYS) == at(start, 0)


def test_historic_estimation_averages_like_days_rounded_down() -> None:
    data = MeterData()
    daily(data, 0, [100, 100, 100, 100, 105, 900, 900])  # Monday to Sunday
    (found,) = estimated(data, "1", at(day(8), 0), "13", RULES)
    assert found == Intervals("1", at(day(7), 0), 60, [101] * 24, [Status.EST] * 24)
    assert estimated(data, "1", at(day(14), 0), "13", RULES)[0].wh == [101] * 120 + [900] * 48


def test_only_what_is_eligible_and_within_the_look_back_counts() -> None:
    data = MeterData()
    daily(data, 0, [100, 200, 300])
    daily(data, 1, [200], status=Status.NVE)
    daily(data, 3, [400], status=Status.NV)
    daily(data, 35, [500] * 2)  # Monday and Tuesday, five weeks on
    assert estimated(data, "1", at(day(38), 0), "13", RULES)[0].wh == [500] * 24
    wide = EstimationRules(RULES.methods, RULES.load_profiles, 60, HOLIDAYS, Status.NV)
    assert estimated(data, "1", at(day(38), 0), "13", wide)[0].wh == [360] * 24
    strict = EstimationRules(RULES.methods, RULES.load_profiles, 60, HOLIDAYS, Status.EST)
    assert estimated(data, "1", at(day(38), 0), "13", strict)[0].wh == [350] * 24


def test_what_was_extrapolated_is_no_history() -> None:
    data = MeterData()
    daily(data, 0, [100])
    hold(data, Intervals("1", at(day(1), 0), 60, [900] * 24, [Status.EST] * 24))
    assert estimated(data, "1", at(day(3), 0), "13", RULES)[0].wh == [100] * 48


def test_a_day_received_in_part_goes_on_from_there_with_intervals_of_its_length() -> None:
    data = MeterData()
    daily(data, 0, [10], minutes=15)
    take_intervals(data, Intervals("1", at(day(1), 0), 15, [3] * 41, [Status.VAL] * 41))
    (found,) = estimated(data, "1", at(day(2), 0), "13", RULES)
    assert (found.start, found.minutes, list(found.wh)) == (at(day(1), 10, 15), 15, [10] * 55)
    take_intervals(data, Intervals("1", found.start, 15, [3] * 55, [Status.VAL] * 55))
    assert (estimated(data, "1", at(day(3), 0), "13", RULES)[0].minutes) == 15


def test_reactive_energy_is_estimated_where_all_like_days_have_it() -> None:
    data = MeterData()
    for number, varh in ((0, [4] * 24), (1, [8] * 24)):
        take_intervals(data, Intervals("1", at(day(number), 0), 60, [10] * 24, [Status.VAL] * 24, varh))
    assert estimated(data, "1", at(day(3), 0), "13", RULES)[0].varh == [6] * 24
    daily(data, 2, [10])
    assert estimated(data, "1", at(day(4), 0), "13", RULES)[0].varh is None


@pytest.mark.parametrize("service", [None, "01", "03", "04"])
def test_other_services_estimate_nothing(service: str | None) -> None:
    data = MeterData()
    daily(data, 0, [100] * 7)
    assert estimated(data, "1", at(day(8), 0), service, RULES) == []


def test_estimation_fails_without_data_and_without_a_like_day() -> None:
    data = MeterData()
    assert estimated(data, "1", at(day(1), 0), "13", RULES) == []
    assert estimated(data, "1", at(day(1), 0), "14", RULES) == []
    daily(data, 5, [100, 100])  # a weekend
    assert estimated(data, "1", at(day(8), 0), "13", RULES) == []
    assert estimated(data, "1", at(day(7), 0), "13", RULES) == []  # nothing is missing
    assert estimated(data, "1", at(day(14), 0), "13", RULES) == []  # a part of it would not do


def test_a_class_load_profile_has_business_days_and_others() -> None:
    data = MeterData()
    daily(data, 0, [1] * 4)
    (found,) = estimated(data, "1", at(day(6), 0), "14", RULES)
    assert list(found.wh) == [100 * hour for hour in range(24)] + [7] * 24  # Friday and Saturday


@MANY
@given(hour=st.integers(0, 23), minutes=st.sampled_from([5, 15, 30, 60]), wh=st.integers(0, 10_000))
def test_the_shares_of_an_hour_add_up_to_it(hour: int, minutes: int, wh: int) -> None:
    profile = LoadProfile([wh] * 24, [0] * 24)
    start = at(MONDAY, hour)
    shares = [from_load_profile(later(start, minutes=m), minutes, profile, HOLIDAYS) for m in range(0, 60, minutes)]
    assert sum(shares) == wh
    assert max(shares) - min(shares) <= 1


@MANY
@given(received=st.integers(1, 20), hours=st.integers(0, 23), end=st.integers(0, 30))
def test_estimates_begin_where_received_data_ends_and_reach_to_the_end(received: int, hours: int, end: int) -> None:
    data = MeterData()
    daily(data, 0, [100] * received)
    if hours:
        take_intervals(data, Intervals("1", at(day(received), 0), 60, [5] * hours, [Status.VAL] * hours))
    until: Instant = data.received_until["1"]
    for found in estimated(data, "1", at(day(end), 0), "14", RULES):
        assert found.start == until
        assert later(found.start, hours=len(found.wh)) == at(day(end), 0)
    assert bool(estimated(data, "1", at(day(end), 0), "14", RULES)) is (until < at(day(end), 0))
