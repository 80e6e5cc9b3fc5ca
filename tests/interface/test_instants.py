"""Instants and days: EST all year, whole seconds, and never a time without its offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.interface.instants import (
    EST,
    Day,
    Instant,
    at,
    day_digits,
    day_from_digits,
    day_of,
    digits,
    from_digits,
    instant,
    iso,
    later,
    midnight,
)

INSTANTS = st.datetimes(timezones=st.just(EST)).map(lambda moment: Instant(moment.replace(microsecond=0)))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2011-01-10T08:00:00-05:00", "2011-01-10T08:00:00-05:00"),
        ("2011-01-10T13:00:00Z", "2011-01-10T08:00:00-05:00"),
        ("2011-01-10T14:00:00+01:00", "2011-01-10T08:00:00-05:00"),
        ("2011-07-10T08:00:00-04:00", "2011-07-10T07:00:00-05:00"),
        ("2011-01-01T03:00:00Z", "2010-12-31T22:00:00-05:00"),
    ],
)
def test_an_instant_is_written_in_est_whatever_offset_it_was_read_with(text: str, written: str) -> None:
    assert iso(instant(text)) == written


@pytest.mark.parametrize(
    "text",
    ["2011-01-10T08:00:00", "2011-01-10", "2011-01-10T08:00:00.5-05:00", "2011-13-10T08:00:00-05:00", "08:00", ""],
)
def test_what_is_no_instant_with_an_offset_in_whole_seconds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        instant(text)


# The nights on which Ontario's wall clocks move: the MDM/R's does not (WIN-09).
@pytest.mark.parametrize("day", [date(2011, 3, 13), date(2011, 11, 6)])
def test_a_day_on_which_wall_clocks_move_has_24_hours(day: date) -> None:
    assert midnight(Day(day + timedelta(days=1))) - midnight(Day(day)) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2011-01-10T00:00:00-05:00", date(2011, 1, 10)),
        ("2011-01-09T23:59:59-05:00", date(2011, 1, 9)),
        ("2011-01-10T04:59:59Z", date(2011, 1, 9)),
        ("2011-07-10T00:30:00-04:00", date(2011, 7, 9)),
    ],
)
def test_an_instant_belongs_to_its_day_in_est(moment: str, day: date) -> None:
    assert day_of(instant(moment)) == day


def test_a_clock_time_on_a_day_is_an_instant_of_est() -> None:
    assert at(Day(date(2011, 7, 10)), 8, 30, 5) == datetime(2011, 7, 10, 13, 30, 5, tzinfo=UTC)


def test_later_by_nothing_is_the_same_instant() -> None:
    assert later(at(Day(date(2011, 1, 10)), 8)) == at(Day(date(2011, 1, 10)), 8)


def test_later_by_less_than_nothing_is_earlier() -> None:
    assert iso(later(instant("2011-01-10T00:00:00-05:00"), seconds=-1)) == "2011-01-09T23:59:59-05:00"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("20110110080000", "20110110080000"),
        ("201101100800", "20110110080000"),
        ("20080229235959", "20080229235959"),
        ("00010101000000", "00010101000000"),
        ("99991231235959", "99991231235959"),
    ],
)
def test_digits_that_form_a_date_and_time_are_read(text: str, written: str) -> None:
    assert digits(from_digits(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20110110",
        "2011011008000",
        "201101100800000",
        "20110110240000",
        "20110110080060",
        "20110110086000",
        "20110229080000",
        "20111301080000",
        "20110100080000",
        "00000110080000",
        "2011-01-10 08:",
        "+2011011008000",
        "2011_110080000",
        " 2011110080000",
        "20110110T08000",
        "\u0662\u0660\u0661\u0661\u0660\u0661\u0661\u0660\u0660\u0668\u0660\u0660\u0660\u0660",
        "\uff12\uff10\uff11\uff11\uff10\uff11\uff11\uff10\uff10\uff18\uff10\uff10\uff10\uff10",
        "2011011008000\u00b2",
    ],
)
def test_digits_that_form_no_date_and_time_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_digits(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2011011",
        "201101100",
        "20110229",
        "20111301",
        "2011-1-1",
        "2011_101",
        "\uff12\uff10\uff11\uff11\uff10\uff11\uff11\uff10",
    ],
)
def test_digits_that_form_no_day_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        day_from_digits(text)


@given(INSTANTS)
def test_an_instant_is_read_back_as_it_was_written(moment: Instant) -> None:
    assert from_digits(digits(moment)) == moment
    assert instant(iso(moment)) == moment


@given(st.dates().map(Day))
def test_a_day_is_read_back_as_it_was_written(day: Day) -> None:
    assert day_from_digits(day_digits(day)) == day


def test_an_instant_of_another_offset_is_written_in_est() -> None:
    assert digits(Instant(datetime(2011, 1, 10, 14, tzinfo=timezone(timedelta(hours=1))))) == "20110110080000"
