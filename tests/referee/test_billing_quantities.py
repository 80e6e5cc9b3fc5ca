"""What responses say: quantities of every framing, sub-periods, demand, the sum check, and on-demand estimation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from harness.interface.files import Value
from harness.interface.instants import Day, Instant, later
from harness.referee.stream import Loaded
from tests.referee.billing_streams import (
    FRAMINGS,
    MILL,
    MONDAY,
    SINCE,
    TUESDAY,
    WEDNESDAY,
    answered,
    found,
    hours,
    metered,
    parameter,
    read,
    requested,
    rules,
    since,
    synchronized,
)
from tests.referee.conftest import AGENT, LAKE, at

NINE = at("09:10", 12)
NOON = at("12:00", 12)
DAY: Mapping[str, Value] = {"total_wh": 240}
# a winter Monday of 10 Wh an hour: on-peak 07-11 and 17-21, mid-peak 11-17
BUCKETS: Mapping[str, Value] = {
    "on_peak_wh": 80,
    "mid_peak_wh": 60,
    "off_peak_wh": 100,
    "critical_peak_wh": 0,
    "total_wh": 240,
}


def said(framing: str, *responses: Any, data: Any = None, either: Any = ()) -> list[str]:
    stream = [*synchronized(framing), *(data or [metered()]), requested(NINE, "R1"), *responses]
    return rules(*stream, until=NOON, either=either)


def one(framing: str, row: Mapping[str, Value], file_type: str = "6000", **more: Any) -> Any:
    return answered(NINE, "R1", row, framing=framing, file_type=file_type, **more)


# --- energy ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("framing", "row", "rule"),
    [
        ("periodic", {"total_wh": 241}, "BQ-06"),
        ("tou_cpp_est", {**BUCKETS, "on_peak_wh": 79, "off_peak_wh": 101}, "BQ-05"),
        ("tou_cpp_est", {**BUCKETS, "total_wh": 241}, "BQ-05"),
        ("periodic", {"on_peak_wh": 80, "mid_peak_wh": 60, "off_peak_wh": 100, "total_wh": 240}, "BQ-06"),
    ],
)
def test_a_quantity_is_the_sum_of_what_was_metered(framing: str, row: Mapping[str, Value], rule: str) -> None:
    right = BUCKETS if framing == "tou_cpp_est" else DAY
    assert said(framing, one(framing, right)) == []
    assert said(framing, one(framing, row)) == [rule]


@pytest.mark.parametrize("row", [{**BUCKETS, "critical_peak_wh": None}, {**BUCKETS, "total_wh": None}])
def test_what_may_be_left_blank_beside_buckets_is_not_held_against_it(row: Mapping[str, Value]) -> None:
    assert said("tou_cpp_est", one("tou_cpp_est", row)) == []


def test_hourly_is_24_values_a_day() -> None:
    def response(*rows: Mapping[str, Value]) -> Any:
        return answered(NINE, "R1", *rows, framing="hourly", file_type="6100")

    assert said("hourly", response(hours(MONDAY))) == []
    assert said("hourly", response({**hours(MONDAY), "hour_03_wh": 9})) == ["BQ-07"]
    assert said("hourly", response(hours(MONDAY), hours(TUESDAY))) == ["BSV-09"]
    assert said("hourly", one("hourly", DAY)) == ["BQ-11"]


def test_the_framing_structure_is_the_one_that_was_assigned() -> None:
    assert said("periodic", one("hourly", DAY)) == ["BQ-03"]
    assert said("periodic", answered(NINE, "R1", DAY, framing=None)) == []


def test_the_clock_of_the_hours_may_be_open_and_stays_so() -> None:
    """A summer Monday: on-peak 11-17, mid-peak 07-11 and 17-19, by either clock; 1 Wh in the first hour of on-peak."""
    july = Day(date(2011, 7, 11))
    moment = Instant(NINE.replace(month=7, day=13))

    def response(row: Mapping[str, Value], number: str = "R1", at: Instant = moment) -> Any:
        end = Day(date(2011, 7, 12))
        return answered(at, number, row, framing="tou_cpp_est", start=july, end=end)

    wh = [10] * 24
    wh[10] = 500  # 10:00 to 11:00 EST is 11:00 to 12:00 of the customers' clock
    entry = {
        "universal_sdp_id": MILL,
        "start": "2011-07-11T00:00:00-05:00",
        "interval_minutes": 60,
        "wh": wh,
        "status": "VAL",
    }
    data = Loaded({"intervals": [entry]}, Instant(moment.replace(hour=1)))
    asked = requested(moment, "R1", start=july, end=date(2011, 7, 12))
    stream = [*synchronized("tou_cpp_est"), data, asked]
    standard = {"on_peak_wh": 60, "mid_peak_wh": 550, "off_peak_wh": 120, "critical_peak_wh": 0, "total_wh": 730}
    prevailing = {**standard, "on_peak_wh": 550, "mid_peak_wh": 60}
    until = Instant(moment.replace(hour=16))
    assert rules(*stream, response(standard), until=until) == []
    assert rules(*stream, response(prevailing), until=until) == ["WIN-09"]
    for first, second, held in (
        (standard, standard, True),
        (prevailing, prevailing, True),
        (prevailing, standard, False),
    ):
        again = Instant(moment.replace(hour=14))
        more = [requested(again, "R2", start=july, end=date(2011, 7, 12)), response(second, "R2", again)]
        assert (rules(*stream, response(first), *more, until=until, either=("AMB-14",)) == []) is held


def test_data_that_is_not_eligible_is_waited_for() -> None:
    def early(status: str, either: Any = ()) -> list[str]:
        return said("periodic", one("periodic", DAY), data=[metered(status=status)], either=either)

    assert early("NVE") == ["BQ-01"]
    assert early("NV") == early("NV", ("AMB-04",)) == early("EST") == []


@pytest.mark.parametrize("day", [date(2012, 2, 29), date(2011, 12, 31), date(2011, 3, 13), date(2011, 11, 6)])
def test_every_day_has_24_hours(day: date) -> None:
    """A leap day, the last of a year, and those on which the customers' clock is moved."""
    start, end = Day(day), Day(date.fromordinal(day.toordinal() + 1))
    moment = Instant(NINE.replace(year=end.year, month=end.month, day=end.day))
    data = metered(start=start, moment=Instant(moment.replace(hour=1)))
    stream = [*synchronized("hourly"), data, requested(moment, "R1", start=start, end=end)]
    until = Instant(moment.replace(hour=12))
    for rows, expected in (([hours(start)], []), ([{**hours(start), "hour_24_wh": None}], ["BQ-07"])):
        came = answered(moment, "R1", *rows, framing="hourly", file_type="6100", start=start, end=end)
        assert rules(*stream, came, until=until) == expected


def test_a_quantity_that_is_wrong_in_a_telling_way_names_the_rule_of_it() -> None:
    """Losses of 5 per cent, the buckets of the other zone, and one day more than was asked for."""
    with_losses = {f"hour_{hour:02}_wh": 105 for hour in range(1, 25)}
    data = [metered(100)]
    lossy = one("hourly", {"day": MONDAY, **with_losses}, "6100")
    assert said("hourly", lossy, data=data) == ["BQ-10"]
    entry = {
        "universal_sdp_id": MILL,
        "start": "2011-01-10T00:00:00-05:00",
        "interval_minutes": 60,
        "wh": list(range(48)),
        "status": "VAL",
    }
    data = [Loaded({"intervals": [entry]}, at("01:00", 12))]
    central = {"on_peak_wh": 116, "mid_peak_wh": 87, "off_peak_wh": 97, "critical_peak_wh": 0, "total_wh": 300}
    assert said("tou_cpp_est", one("tou_cpp_est", central), data=data) == ["BQ-04"]
    assert said("periodic", one("periodic", {"total_wh": sum(range(48))}), data=data) == ["BSV-09"]


# --- demand ----------------------------------------------------------------------------------------------------


def test_demand_supplements_energy() -> None:
    framing = "periodic_15_block_eastern"
    data = [metered(10, minutes=15, varh=10)]
    energy = one(framing, {"total_wh": 960})

    def demand(**row: Value) -> Any:
        return one(framing, row, "6200")

    assert said(framing, energy, demand(peak_w=40, peak_va=56), data=data) == []
    assert said(framing, energy, demand(peak_w=41, peak_va=56), data=data) == ["BQ-08"]
    assert said(framing, energy, demand(peak_w=40, peak_va=58), data=data) == ["BQ-08"]
    assert said(framing, energy, demand(peak_w=40, peak_va=57), data=data) == ["BQ-08"]
    assert said(framing, energy, demand(peak_w=40, peak_va=57), data=data, either=("AMB-57",)) == []
    assert said(framing, energy, data=data) == ["BQ-09"]


@pytest.mark.parametrize(("seconds", "expected"), [(59, []), (60, ["BQ-09"])])
def test_the_files_of_an_answer_come_within_the_seconds_of_delivery(seconds: int, expected: list[str]) -> None:
    framing, moment = "periodic_15_block_eastern", at("09:10", 12)
    stream = [*synchronized(framing), metered(10, minutes=15, varh=10), requested(moment, "R1")]
    energy = answered(moment, "R1", {"total_wh": 960}, framing=framing)
    demand = answered(
        later(moment, seconds=seconds), "R1", {"peak_w": 40, "peak_va": 56}, file_type="6200", framing=framing
    )
    assert rules(*stream, energy, demand, until=at("12:00", 12))[:1] == expected


# --- sub-periods -----------------------------------------------------------------------------------------------


def divided(*rows: Mapping[str, Value], more: Any, days: int = 2, framing: str = "periodic") -> list[str]:
    end = Day(date.fromordinal(MONDAY.toordinal() + days))
    data = metered(days=days, moment=at("01:00", 20))
    stream = [*synchronized(framing, *more), data, requested(at("09:10", 20), "R1", end=end)]
    came = answered(at("09:10", 20), "R1", *rows, end=end, framing=framing)
    return rules(*stream, came, until=at("12:00", 20))


def part(start: date, end: date, **fields: Value) -> Mapping[str, Value]:
    return {"sub_period_start_date": start, "sub_period_end_date": end, **fields}


FIRST = part(MONDAY, TUESDAY, total_wh=240)
SECOND = part(TUESDAY, WEDNESDAY, total_wh=240)
WHOLE = part(MONDAY, WEDNESDAY, total_wh=480)


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ([("sdp_to_account", since(start=TUESDAY, account_id="A2"))], "SEG-02"),
        ([("service_agreement", since(start=TUESDAY, framing_structure=FRAMINGS["periodic_60_block_eastern"]))], ""),
    ],
)
def test_an_event_divides_a_period(more: Any, rule: str) -> None:
    if rule:
        assert divided(FIRST, SECOND, more=more) == []
        assert divided(WHOLE, more=more) == [rule]
    else:
        assert divided(WHOLE, more=more)[0] == "BQ-09"


def test_demand_supplements_the_energy_of_every_sub_period() -> None:
    framing, moment, end = "periodic_60_block_eastern", at("09:10", 20), WEDNESDAY
    more = [("sdp_to_account", since(start=TUESDAY, account_id="A2"))]
    data = metered(days=2, moment=at("01:00", 20))
    stream = [*synchronized(framing, *more), data, requested(moment, "R1", end=end)]
    demands = [part(day, following, peak_w=10) for day, following in ((MONDAY, TUESDAY), (TUESDAY, WEDNESDAY))]
    for demand, expected in ((demands, []), (demands[:1], ["BQ-09"]), (demands[1:], ["BQ-09"])):
        came = [
            answered(moment, "R1", *rows, end=end, framing=framing, file_type=file_type)
            for rows, file_type in (([FIRST, SECOND], "6000"), (demand, "6200"))
        ]
        assert rules(*stream, *came, until=at("12:00", 20)) == expected


def test_a_change_of_framing_divides_a_period() -> None:
    more = [("service_agreement", since(start=TUESDAY, framing_structure=FRAMINGS["tou_cpp_est"]))]
    second = {**SECOND, **BUCKETS, "framing_structure": FRAMINGS["tou_cpp_est"]}
    assert divided(FIRST, second, more=more) == []
    assert divided(WHOLE, more=more) == ["SEG-01"]


def test_a_part_of_which_the_billing_agent_may_receive_nothing_is_not_awaited() -> None:
    """Hourly quantities come in 6100, those of the rest in 6000, and the agent is authorised for 6000 alone."""
    more = [
        ("sdp_to_billing_agent", since(organisation_id=str(AGENT))),
        ("service_agreement", since(start=TUESDAY, framing_structure=FRAMINGS["periodic"])),
    ]
    moment = at("09:10", 20)
    asked = requested(moment, "R1", end=WEDNESDAY, by=AGENT)
    stream = [*synchronized("hourly", *more), metered(days=2, moment=at("01:00", 20)), asked]
    come = answered(moment, "R1", SECOND, end=WEDNESDAY, to=AGENT)
    assert rules(*stream, come, until=at("12:00", 20), receive=("6000",)) == []
    assert rules(*stream, come, until=at("12:00", 20)) != []


@pytest.mark.parametrize("start", [MONDAY, WEDNESDAY])
def test_an_event_on_the_edge_of_a_period_divides_nothing(start: Day) -> None:
    more = [("sdp_to_account", since(start=start, account_id="A2"))]
    assert divided(WHOLE, more=more) == []
    assert divided(FIRST, SECOND, more=more) != []


def test_what_does_not_divide_a_period() -> None:
    more = [parameter("ct_pt_multiplier", "40", TUESDAY)]
    assert divided(WHOLE, more=more) == []
    assert divided(FIRST, SECOND, more=more) == ["SEG-08"]


def test_sub_periods_are_those_of_the_days_on_either_side_of_a_tenth() -> None:
    """From Sunday the 9th until Tuesday the 11th, with another account from Monday the 10th on."""
    sunday = Day(date(2011, 1, 9))
    more = [("sdp_to_account", since(start=MONDAY, account_id="A2"))]
    data = metered(start=sunday, days=2, moment=at("01:00", 12))
    asked = requested(NINE, "R1", start=sunday)
    rows = [part(sunday, MONDAY, total_wh=240), part(MONDAY, TUESDAY, total_wh=240)]
    stream = [*synchronized("periodic", *more), data, asked]
    assert rules(*stream, answered(NINE, "R1", *rows, start=sunday), until=NOON) == []


def test_a_change_of_prices_divides_a_period_that_is_not_hourly() -> None:
    april, may, second = (Day(date(2011, *day)) for day in ((4, 30), (5, 1), (5, 2)))
    moment = Instant(NINE.replace(month=5, day=3))

    def priced(*rows: Mapping[str, Value]) -> list[str]:
        data = metered(start=april, days=2, moment=Instant(moment.replace(hour=1)))
        stream = [*synchronized(), data, requested(moment, "R1", start=april, end=second)]
        came = answered(moment, "R1", *rows, start=april, end=second)
        return rules(*stream, came, until=Instant(moment.replace(hour=12)))

    assert priced(part(april, may, total_wh=240), part(may, second, total_wh=240)) == []
    assert priced(part(april, second, total_wh=480)) == ["SEG-03"]


# --- the sum check ---------------------------------------------------------------------------------------------

METERED = [
    ("meter", {"meter_id": "M1"}),
    ("sdp_to_meter", since(meter_id="M1")),
    parameter("vee_service", "03"),
]


def checked(status: str, *reads: Loaded, wh: int = 1000, either: Any = (), more: Any = METERED) -> list[str]:
    stream = [*synchronized("periodic", *more), metered(wh), *reads, requested(NINE, "R1")]
    came = answered(NINE, "R1", {"total_wh": 24 * wh}, status=status)
    return rules(*stream, came, until=NOON, either=either)


def reads(first: int, last: int) -> list[Loaded]:
    return [read(at("00:00", 10), first), read(at("00:00", 11), last)]


def test_demand_may_carry_the_status_of_its_energy_or_none_of_a_failure() -> None:
    framing, asked = "periodic_15_block_eastern", requested(NINE, "R1")
    stream = [*synchronized(framing, *METERED), metered(1000), *reads(100, 130), asked]

    def came(energy: str, demand: str, either: Any = ("AMB-63",)) -> list[str]:
        first = answered(NINE, "R1", {"peak_w": 1000}, file_type="6200", framing=framing, status=demand)
        second = answered(NINE, "R1", {"total_wh": 24_000}, framing=framing, status=energy)
        return rules(*stream, first, second, until=NOON, either=either)

    assert came("06", "06") == came("06", "00") == []
    assert came("06", "06", ()) == []
    assert came("06", "00", ()) == ["SUM-03"]
    assert came("00", "00") == ["SUM-03"]
    assert came("06", "07") == ["SUM-03"]


def test_the_sum_check_compares_intervals_with_reads() -> None:
    assert checked("00", *reads(100, 124)) == []
    assert checked("00", *reads(100, 130)) == ["SUM-03"]
    assert checked("06", *reads(100, 130)) == []
    assert checked("06", *reads(100, 124)) == ["SUM-02"]
    assert checked("07", *reads(100, 124)) == ["SUM-02"]
    assert checked("00", read(at("00:00", 10), 100)) == ["SUM-04"]
    assert checked("07", read(at("00:00", 10), 100)) == []


def test_services_01_and_02_have_no_sum_check() -> None:
    exempt = [*METERED[:2], parameter("vee_service", "01")]
    assert checked("00", *reads(100, 130), more=exempt) == []
    assert checked("06", *reads(100, 130), more=exempt) == ["SUM-05"]


CHANGING = [*METERED[:2], ("sdp_parameter", since(end=TUESDAY, parameter="VEE_SERVICE", value="01"))]


def changing(*responses: Any, to: str, data: list[Loaded], asked: Instant, until: Instant) -> list[str]:
    """An SDP whose VEE service is 01 on Monday and another on Tuesday; both days are asked for."""
    stream = synchronized("periodic", *CHANGING, parameter("vee_service", to, TUESDAY))
    return rules(*stream, *data, requested(asked, "R1", end=WEDNESDAY, cycle="N"), *responses, until=until)


@pytest.mark.parametrize("status", ["00", "06"])
def test_which_days_vee_service_counts_for_the_sum_check_is_not_judged(status: str) -> None:
    data = [metered(1000, days=2), read(at("00:00", 10), 100), read(at("00:00", 12), 160)]
    came = answered(at("11:00", 12), "R1", {"total_wh": 48_000}, status=status, end=WEDNESDAY)
    assert changing(came, to="03", data=data, asked=NINE, until=NOON) == []
    always = [came, metered(1000, days=2), *data[1:]]
    same = [*synchronized("periodic", *METERED), *always[1:], requested(NINE, "R1", end=WEDNESDAY, cycle="N"), came]
    assert rules(*same, until=NOON) == ([] if status == "06" else ["SUM-03"])


def test_nor_is_it_for_on_demand_estimation() -> None:
    """The last four hours of Tuesday are missing; by the class load profile they have 3000 Wh."""
    data = [metered(10, hours=44, moment=at("01:00", 12))]
    came = answered(at("08:00", 14), "R1", {"total_wh": 440 + 3000}, status="07", end=WEDNESDAY)
    silent = answered(at("08:00", 15), "R1", status="02", end=WEDNESDAY)
    for each in (came, silent):
        assert changing(each, to="14", data=data, asked=NINE, until=at("12:00", 15)) == []


def test_what_one_read_that_is_nearest_to_both_ends_is_worth_may_be_open() -> None:
    middle = read(at("12:00", 10), 100)
    assert checked("00", middle) == ["SUM-04"]
    assert checked("07", middle) == []
    assert checked("00", middle, either=("AMB-56",)) == checked("07", middle, either=("AMB-56",)) == []


def test_which_of_two_reads_at_one_distance_is_taken_may_be_open() -> None:
    """At 23:00 and 01:00 about the start: 24 kWh to the one, 20 to the other."""
    around = [read(at("23:00", 9), 100), read(at("01:00", 10), 110), read(at("00:00", 11), 133)]
    assert checked("06", *around) == []
    assert checked("00", *around) == ["SUM-03"]
    assert checked("00", *around, either=("AMB-11",)) == checked("06", *around, either=("AMB-11",)) == []


# --- on-demand estimation --------------------------------------------------------------------------------------

PROFILED = [*METERED[:2], parameter("vee_service", "14")]
ESTIMATED = at("08:00", 13)  # two business days after Monday: Tuesday and Wednesday


def estimated(
    moment: Instant, total: int, *, service: str = "14", hours: int = 20, minutes: int = 60, **more: Any
) -> list[str]:
    extra = [*METERED[:2], parameter("vee_service", service)]
    data = metered(10, hours=hours, minutes=minutes, moment=at("01:00", 11))
    stream = [*synchronized("periodic", *extra), data, requested(at("09:10", 11), "R1", cycle="N")]
    came = answered(moment, "R1", {"total_wh": total}, status="07")
    return rules(*stream, came, until=at("12:00", 14), **more)


def test_what_is_missing_at_the_end_of_a_period_is_estimated() -> None:
    """The last four hours of a business day by the class load profile: 1200, 600, 600, 600."""
    assert estimated(ESTIMATED, 200 + 3000) == []
    assert estimated(ESTIMATED, 200 + 3001) == ["ODE-04"]
    assert estimated(at("08:00", 12), 200 + 3000) == ["ODE-02"]


def test_how_a_share_of_an_hour_of_the_profile_is_rounded_is_not_judged() -> None:
    """Nine hours before the day's end an hour of the profile has 500 Wh, which twelve intervals cannot share alike."""
    hour_by_hour = 2 * 500 + 4 * 1200 + 3 * 600
    for last in (hour_by_hour, hour_by_hour - 16):
        assert estimated(ESTIMATED, 1800 + last, hours=15, minutes=5) == []
    assert estimated(ESTIMATED, 2400 + 3000, minutes=5) == []
    assert estimated(ESTIMATED, 2400 + 3001, minutes=5) == ["ODE-04"]


def test_by_which_clock_the_hours_of_a_profile_go_is_not_judged() -> None:
    """Metered until 17:00 EST: then 1200 an hour, 600 from 21:00, 300 from 00:00; or, by CST, each an hour later."""
    data = metered(10, hours=17, moment=at("01:00", 11))
    stream = [*synchronized("tou_cpp_cst", *PROFILED), data, requested(at("09:10", 11), "R1", cycle="N")]
    for total in (160 + 4 * 1200 + 3 * 600 + 300, 160 + 500 + 4 * 1200 + 3 * 600):
        came = answered(ESTIMATED, "R1", {"total_wh": total}, status="07", framing="tou_cpp_cst")
        assert rules(*stream, came, until=at("12:00", 14)) == []


def test_without_the_service_nothing_is_estimated() -> None:
    assert estimated(ESTIMATED, 200 + 3000, service="04") == ["ODE-01"]


def test_whether_a_system_estimates_that_does_not_claim_it_is_not_judged() -> None:
    classes = frozenset({"BILLING-ENERGY"})
    assert estimated(ESTIMATED, 200 + 3000, classes=classes) == estimated(ESTIMATED, 1, classes=classes) == []


def test_how_history_is_weighed_is_not_judged() -> None:
    """Two Mondays of 10 and 30 Wh an hour before the one whose last hours are missing."""
    extra = [*METERED[:2], parameter("vee_service", "13")]
    history = [metered(10, Day(date(2010, 12, 27))), metered(30, Day(date(2011, 1, 3)))]
    history = [Loaded(each.data, at("00:30")) for each in history]
    data = metered(10, hours=20, moment=at("01:00", 11))
    stream = [*synchronized("periodic", *extra), *history, data, requested(at("09:10", 11), "R1", cycle="N")]
    for total in (240, 280, 320):
        came = answered(ESTIMATED, "R1", {"total_wh": total}, status="07")
        assert rules(*stream, came, until=at("12:00", 14)) == []
    late = answered(at("11:00", 13), "R1", {"total_wh": 240}, status="07")
    assert rules(*stream, late, until=at("12:00", 14)) == ["ODE-02"]


def test_nor_what_a_later_request_has_of_it() -> None:
    """The estimates of Monday's last hours are in the quantities of another request as well, and in its sum check."""
    extra = [*METERED[:2], parameter("vee_service", "13")]
    history = [metered(10, Day(date(2010, 12, 27))), metered(30, Day(date(2011, 1, 3)))]
    history = [Loaded(each.data, at("00:30")) for each in history]
    data = metered(10, hours=20, moment=at("01:00", 11))
    stream = [*synchronized("periodic", *extra), *history, data, requested(at("09:10", 11), "R1", cycle="N")]
    stream += [answered(ESTIMATED, "R1", {"total_wh": 280}, status="07"), requested(at("09:10", 13), "R2")]
    for total, status in ((240, "07"), (280, "06"), (320, "00")):
        came = answered(at("09:10", 13), "R2", {"total_wh": total}, status=status)
        assert rules(*stream, came, until=at("12:00", 14)) == []


# --- words -----------------------------------------------------------------------------------------------------


def test_a_sub_period_that_is_missing_is_shown() -> None:
    more = [("sdp_to_account", since(start=TUESDAY, account_id="A2"))]
    data = metered(days=2, moment=at("01:00", 20))
    asked = requested(at("09:10", 20), "R1", end=WEDNESDAY)
    came = answered(at("09:10", 20), "R1", WHOLE, end=WEDNESDAY)
    judgement = found(*synchronized("periodic", *more), data, asked, came, until=at("12:00", 20))[0]
    assert judgement.expected == "sub-periods 2011-01-10 to 2011-01-11, 2011-01-11 to 2011-01-12"
    assert judgement.observed == "sub-periods 2011-01-10 to 2011-01-12"
    assert judgement.about == f"request R1 of {LAKE}"
    assert SINCE < MONDAY


def test_nor_is_a_later_request_about_data_of_which_it_is_open_whether_it_was_estimated() -> None:
    """By the one reading estimation starts two business days after the period of the first request, else after it."""
    extra = [*METERED[:2], parameter("vee_service", "14")]
    eighth, ninth = Day(date(2011, 1, 8)), Day(date(2011, 1, 9))
    third = Loaded(metered(10, Day(date(2011, 1, 3)), hours=12).data, at("00:30"))
    first = requested(at("07:31", 11), "R1", start=eighth, end=ninth, cycle="N")
    again = requested(at("08:01", 15), "R2", start=eighth, end=ninth)
    came = answered(at("08:01", 15), "R2", {"total_wh": 1}, start=eighth, end=ninth, status="07")
    stream = [*synchronized("periodic", *extra), third, first, again]
    assert rules(*stream, came, until=at("12:00", 15), either=("AMB-24",)) == []
    rest = metered(10, Day(date(2011, 1, 3)), days=7, moment=at("03:00", 14))
    known = [*stream[:-1], rest, again, came]
    assert rules(*known, until=at("12:00", 15), either=("AMB-24",)) == ["BQ-06"]
