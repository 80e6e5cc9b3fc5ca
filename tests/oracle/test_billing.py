"""The oracle's billing, against tables worked by hand: January and May 2011, with round numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.instants import Day, Instant, instant
from harness.oracle.billing import runs_between
from harness.oracle.calendar import Calendar
from harness.oracle.quantities import NOT_JUDGED, MeterBook, Part, parts_of, quantities, structure_of

CALENDAR = Calendar(statutory_holidays(), price_plan_holidays(), tou_schedules())
ELIGIBLE = ("VAL", "EST", "NV")
SDP = "7"


def day(text: str) -> Day:
    return Day(date.fromisoformat(f"2011-{text}"))


def moment(text: str) -> Instant:
    return instant(f"2011-{text.replace(' ', 'T')}:00-05:00")


def metered(first: str, days: int, *, minutes: int = 60, status: str = "VAL") -> MeterBook:
    """Days of which interval number n, from 0, has 10 + n Wh."""
    book = MeterBook(ELIGIBLE)
    for ahead in range(days):
        start = Instant(moment(f"{first} 00:00") + (day("01-02") - day("01-01")) * ahead)
        book.take(SDP, start, minutes, [10 + number for number in range(24 * 60 // minutes)], status)
    return book


# --- quantities ----------------------------------------------------------------------------------------------


def test_a_winters_business_day_is_framed_by_the_hours_of_its_buckets() -> None:
    # off-peak 10..16 and 31..33: 91 + 96; on-peak 17..20 and 27..30: 74 + 114; mid-peak 21..26: 141
    found = quantities(metered("01-10", 1), SDP, Part(day("01-10"), day("01-11"), "tou_cpp_est"), CALENDAR)
    assert found == {
        "6000": [
            {
                "on_peak_wh": 188,
                "mid_peak_wh": 141,
                "off_peak_wh": 187,
                "critical_peak_wh": 0,
                "total_wh": 516,
            }
        ]
    }


def test_a_central_day_begins_an_hour_later_and_takes_an_hour_of_the_next_one() -> None:
    # hours 1-23 of the day are 11..33, and hour 0 of the next is 10; on-peak 7-10 are 18..21=78, 17-20 are 28..31=118
    found = quantities(metered("01-10", 2), SDP, Part(day("01-10"), day("01-11"), "tou_cpp_cst"), CALENDAR)
    assert found["6000"][0]["on_peak_wh"] == 196
    assert found["6000"][0]["total_wh"] == 516


def test_quarter_hours_are_added_up_to_hours() -> None:
    # the first hour is 10+11+12+13, the last one 102+103+104+105
    found = quantities(metered("01-10", 1, minutes=15), SDP, Part(day("01-10"), day("01-11"), "hourly"), CALENDAR)
    assert found["6100"][0]["hour_01_wh"] == 46
    assert found["6100"][0]["hour_24_wh"] == 414


@pytest.mark.parametrize(
    ("framing", "watts"),
    [
        ("periodic_15_block_eastern", 420),  # the last quarter: 105 Wh, four times an hour
        ("periodic_60_block_eastern", 414),
        ("periodic_60_rolling_eastern", 414),
        ("periodic_15_block_central", 420),
    ],
)
def test_demand_is_the_highest_of_any_span(framing: str, watts: int) -> None:
    book = metered("01-10", 2, minutes=15)
    found = quantities(book, SDP, Part(day("01-10"), day("01-11"), framing), CALENDAR)
    assert found["6200"] == [{"peak_w": watts, "peak_va": None}]


def test_kva_of_days_with_reactive_data_for_a_part_of_them_is_not_judged() -> None:
    book = metered("01-10", 1, minutes=15)
    book.take(SDP, moment("01-10 00:00"), 15, [9, 9], "VAL", [1, 2])
    part = Part(day("01-10"), day("01-11"), "periodic_60_block_eastern")
    assert quantities(book, SDP, part, CALENDAR)["6200"] == [{"peak_w": 414, "peak_va": NOT_JUDGED}]


def test_what_replaces_an_interval_replaces_its_reactive_energy_too() -> None:
    book = MeterBook(ELIGIBLE)
    book.take(SDP, moment("01-10 00:00"), 15, [9] * 96, "VAL", [1] * 96)
    book.take(SDP, moment("01-10 00:00"), 15, [9, 9], "VAL")
    part = Part(day("01-10"), day("01-11"), "periodic_60_block_eastern")
    assert quantities(book, SDP, part, CALENDAR)["6200"] == [{"peak_w": 36, "peak_va": NOT_JUDGED}]
    book.take(SDP, moment("01-10 00:00"), 15, [9] * 96, "VAL")
    assert quantities(book, SDP, part, CALENDAR)["6200"] == [{"peak_w": 36, "peak_va": NOT_JUDGED}]


def test_rolling_demand_is_taken_from_every_interval_on() -> None:
    book = MeterBook(ELIGIBLE)
    wh = [0] * 96
    wh[3] = wh[4] = wh[5] = wh[6] = 100  # from 00:45 until 01:45: blocks hold 100 and 300, a rolling hour all of it
    book.take(SDP, moment("01-10 00:00"), 15, wh, "VAL", [75 if each else 0 for each in wh])
    part = Part(day("01-10"), day("01-11"), "periodic_60_block_eastern")
    assert quantities(book, SDP, part, CALENDAR)["6200"] == [{"peak_w": 300, "peak_va": 375}]
    part = part._replace(framing="periodic_60_rolling_eastern")
    assert quantities(book, SDP, part, CALENDAR)["6200"] == [{"peak_w": 400, "peak_va": 500}]


def test_demand_that_is_finer_than_the_intervals_is_not_stated() -> None:
    found = quantities(metered("01-10", 1), SDP, Part(day("01-10"), day("01-11"), "hourly_15_block_eastern"), CALENDAR)
    assert found["6200"] == [{"peak_w": None, "peak_va": None}]


def test_a_framing_structure_is_read_off_its_name() -> None:
    assert structure_of("tou_cpp_15_rolling_central") == ("tou_cpp", True, 15, True)
    assert structure_of("hourly") == ("hourly", False, 0, False)


# --- how a period is divided ---------------------------------------------------------------------------------


def held(until: str, first: str, then: str) -> Callable[[Day], str]:
    return lambda one: first if one < day(until) else then


@pytest.mark.parametrize(
    ("start", "end", "framing_on", "account_on", "expected"),
    [
        ("01-10", "01-14", held("01-12", "periodic", "hourly"), held("12-31", "a", "a"), ["01-10", "01-12"]),
        ("01-10", "01-14", held("12-31", "hourly", ""), held("01-13", "a", "b"), ["01-10", "01-13"]),
        ("01-10", "01-14", held("01-10", "hourly", "periodic"), held("01-14", "a", "b"), ["01-10"]),
        ("01-10", "01-14", held("01-12", "periodic", "hourly"), held("01-12", "a", "b"), ["01-10", "01-12"]),
        ("04-29", "05-03", held("12-31", "periodic", ""), held("12-31", "a", ""), ["04-29", "05-01"]),
        ("04-29", "05-03", held("12-31", "hourly", ""), held("12-31", "a", ""), ["04-29"]),
        ("05-01", "05-03", held("12-31", "periodic", ""), held("12-31", "a", ""), ["05-01"]),
        ("04-29", "05-01", held("12-31", "periodic", ""), held("12-31", "a", ""), ["04-29"]),
    ],
)
def test_a_period_is_divided_at_its_events(
    start: str, end: str, framing_on: Callable[[Day], str], account_on: Callable[[Day], str], expected: list[str]
) -> None:
    parts = parts_of(day(start), day(end), framing_on, account_on, CALENDAR)
    assert parts is not None
    assert [part.start for part in parts] == [day(each) for each in expected]
    assert [part.end for part in parts] == [*(day(each) for each in expected[1:]), day(end)]


def test_a_day_without_a_framing_structure_leaves_nothing_to_deliver() -> None:
    assert parts_of(day("01-10"), day("01-12"), lambda _: None, lambda _: "a", CALENDAR) is None


# --- the times of a day ----------------------------------------------------------------------------------------------


def test_billing_runs_at_the_last_time_too_if_it_is_one_of_them() -> None:
    assert runs_between("08:00", "14:00", 3) == ((8, 0), (11, 0), (14, 0))
    assert runs_between("08:00", "13:59", 3) == ((8, 0), (11, 0))
