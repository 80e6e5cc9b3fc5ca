"""Schedules and requests: what is asked for, when, and what is asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from harness.interface.instants import instant
from tests.reference_impl.cis.pair import (
    AGENT,
    LDC,
    File,
    Pair,
    alone,
    created,
    event,
    file_for_cis,
    response,
    rows,
)

U = {"Mill": "1000000001", "Bakery": "1000000002"}
DECEMBER = {"first_day": "2010-12-01", "last_day": "2010-12-31"}


@pytest.fixture
def pair() -> Pair:
    pair = alone()
    pair.load(created("Mill", "2010-06-01"), created("Bakery", "2010-06-01"))
    pair.deliver(response(*(f"{LDC}|{sdp}|{universal}|00|" for sdp, universal in U.items())))
    return pair


def ask_for(pair: Pair, *sdps: str, cycle: str = "on", **period: str) -> list[File]:
    return pair.tell("request_quantities", sdp_ids=list(sdps), cycle=cycle, **(period or DECEMBER))


def answer(sdp: str, detail: str, status: str, number: int, wh: str = "", **dates: str) -> File:
    """A response 6000 with one record."""
    start, end = dates.get("start", "20101201"), dates.get("end", "20110101")
    energy = f"||||{wh}" if wh else "||||"
    detail_line = f"DT|{detail}|{U[sdp]}|{start}|{end}|{start}|{end}|E01|{status}|{energy}"
    return file_for_cis("6000.01", [f"FH|{LDC}|20110110090000", detail_line, "EF|1"], number=number)


def no_reads(number: int, *lines: tuple[str, str]) -> File:
    """A BR06 that lists requests for December, by detail ID and SDP."""
    details = [f"DT|{detail}|{U[sdp]}|20101201|20110101|02" for detail, sdp in lines]
    return file_for_cis("BR06.00", [f"FH|{LDC}|20110110090000", *details], number=number)


@pytest.mark.parametrize(("cycle", "code"), [("on", "N"), ("off", "F")])
def test_a_request_has_an_inclusive_start_and_an_exclusive_end(pair: Pair, cycle: str, code: str) -> None:
    (request,) = ask_for(pair, "Mill", "Bakery", cycle=cycle)
    assert rows(request) == [
        ["00000001", U["Mill"], code, "20101201", "20110101", ""],
        ["00000002", U["Bakery"], code, "20101201", "20110101", ""],
    ]


def test_a_period_of_one_day_ends_on_the_next(pair: Pair) -> None:
    (request,) = ask_for(pair, "Mill", first_day="2011-01-09", last_day="2011-01-09")
    assert rows(request)[0][3:5] == ["20110109", "20110110"]


def test_an_sdp_that_another_bills_is_not_asked_for(pair: Pair) -> None:
    pair.load(event("billing_agent_changed", "Mill", "2010-12-31", organisation=AGENT))
    (request,) = ask_for(pair, "Mill", "Bakery")
    assert [row[1] for row in rows(request)] == [U["Bakery"]]
    assert [(matter["about"], matter["sdp_id"]) for matter in pair.ask("open_matters")] == [("request", "Mill")]


def test_the_billing_agent_of_the_periods_last_day_counts(pair: Pair) -> None:
    pair.load(event("billing_agent_changed", "Mill", "2011-01-01", organisation=AGENT))
    (request,) = ask_for(pair, "Mill")
    assert [row[1] for row in rows(request)] == [U["Mill"]]


def test_a_period_is_not_asked_for_twice_while_an_answer_is_to_come(pair: Pair) -> None:
    ask_for(pair, "Mill")
    assert ask_for(pair, "Mill") == []
    (request,) = ask_for(pair, "Mill", "Bakery")
    assert [row[1] for row in rows(request)] == [U["Bakery"]]


def test_after_no_data_a_new_request_is_made_once_the_problem_is_corrected_and_not_before(pair: Pair) -> None:
    ask_for(pair, "Mill", "Bakery")
    pair.deliver(answer("Mill", "00000001", "02", 1))
    pair.deliver(answer("Bakery", "00000002", "02", 2))
    assert pair.step() == []
    assert pair.tell("problem_corrected", sdp_ids=[], what="the line works again") == []
    (again,) = pair.tell("problem_corrected", sdp_ids=["Mill"], what="the meter was read", **DECEMBER)
    assert rows(again) == [["00000003", U["Mill"], "N", "20101201", "20110101", ""]]
    assert pair.tell("problem_corrected", sdp_ids=["Mill"], what="the meter was read", **DECEMBER) == []


def test_a_corrected_problem_of_some_days_sends_no_other_thing_again(pair: Pair) -> None:
    pair.tell("synchronize")
    rejected = f"DT|4000|000001|000000001|20110110080100|20110110090100|INCOMPLETE|{LDC}"
    pair.deliver(file_for_cis("IR10.00", [f"FH|{LDC}|20110110090100", rejected]))
    pair.load(created("Forge", "2010-06-01"))
    pair.deliver(response(f"{LDC}|Forge||03|", number=3))
    assert pair.tell("problem_corrected", sdp_ids=[], what="read", **DECEMBER) == []
    assert len(pair.tell("problem_corrected", sdp_ids=[], what="the line works again")) == 7


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ({"first_day": "2010-12-31", "last_day": "2011-01-05"}, True),
        ({"first_day": "2011-01-01", "last_day": "2011-01-05"}, False),
        ({"first_day": "2010-11-01", "last_day": "2010-11-30"}, False),
    ],
)
def test_periods_without_a_corrected_day_are_not_asked_for_again(pair: Pair, days: Any, asked: bool) -> None:
    ask_for(pair, "Mill")
    pair.deliver(answer("Mill", "00000001", "02", 1))
    assert bool(pair.tell("problem_corrected", sdp_ids=["Mill"], what="read", **days)) is asked


def test_exactly_what_the_no_reads_report_lists_is_asked_for_again(pair: Pair) -> None:
    ask_for(pair, "Mill", "Bakery")
    pair.deliver(no_reads(1, ("00000001", "Mill")))
    (again,) = pair.tell("problem_corrected", sdp_ids=[], what="read", **DECEMBER)
    assert [row[1] for row in rows(again)] == [U["Mill"]]
    pair.deliver(no_reads(2, ("00000001", "Mill"), ("", "Mill")))
    assert pair.tell("problem_corrected", sdp_ids=[], what="read", **DECEMBER) == []


def test_what_the_schedule_asked_for_and_was_closed_is_asked_for_on_cycle(pair: Pair) -> None:
    pair.deliver(answer("Mill", "", "02", 1))
    pair.deliver(no_reads(2, ("", "Mill")))
    (again,) = pair.tell("problem_corrected", sdp_ids=["Mill"], what="read", **DECEMBER)
    assert rows(again) == [["00000001", U["Mill"], "N", "20101201", "20110101", ""]]


def test_a_period_for_which_quantities_came_is_not_asked_for_again(pair: Pair) -> None:
    ask_for(pair, "Mill")
    pair.deliver(answer("Mill", "00000001", "00", 1, wh="000000000500"))
    pair.deliver(no_reads(2, ("00000001", "Mill")))
    assert pair.tell("problem_corrected", sdp_ids=["Mill"], what="read", **DECEMBER) == []


def test_one_who_is_not_the_billing_agent_does_not_ask_blindly_again(pair: Pair) -> None:
    ask_for(pair, "Mill")
    pair.deliver(answer("Mill", "00000001", "08", 1))
    assert pair.step() == []
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["request"]
    pair.load(event("billing_agent_changed", "Mill", "2010-06-01", organisation=AGENT))
    assert pair.tell("problem_corrected", sdp_ids=["Mill"], what="who bills", **DECEMBER) == []


def refused(*details: str) -> File:
    lines = [f"DT|a request file|000000003|{detail}|universal-sdp-id-unknown|" for detail in details]
    return file_for_cis("IR08.00", [f"FH|{LDC}|20110110090000", *lines], number=9)


def test_refused_requests_are_made_again_once_corrected_and_no_others(pair: Pair) -> None:
    ask_for(pair, "Mill", "Bakery")
    pair.deliver(refused("00000002", "99999999"))
    assert sorted(str(matter["sdp_id"]) for matter in pair.ask("open_matters")) == ["Bakery", "None"]
    (again,) = pair.tell("problem_corrected", sdp_ids=[], what="the SDP is known now")
    assert [row[1] for row in rows(again)] == [U["Bakery"]]


def test_a_lost_response_is_recovered_by_its_instant(pair: Pair) -> None:
    ask_for(pair, "Mill", cycle="off")
    delivered = "2011-01-10T08:05:00-05:00"
    (request,) = pair.tell("response_lost", sdp_ids=["Mill"], delivered=delivered, **DECEMBER)
    assert rows(request) == [["00000002", U["Mill"], "F", "20101201", "20110101", "20110110080500"]]


def test_what_was_recovered_is_billed_again_like_what_was_answered(pair: Pair) -> None:
    ask_for(pair, "Mill")
    delivered = "2011-01-10T09:00:00-05:00"
    pair.tell("response_lost", sdp_ids=["Mill"], delivered=delivered, **DECEMBER)
    assert pair.tell("decide", sdp_ids=["Mill"], rebill=True, **DECEMBER) == []
    pair.deliver(answer("Mill", "00000002", "00", 1, "100"))
    (request,) = pair.tell("decide", sdp_ids=["Mill"], rebill=True, **DECEMBER)
    assert [row[1] for row in rows(request)] == [U["Mill"]]


def rebilling(number: int = 1) -> File:
    detail = f"DT|{U['Mill']}|20101201|20110101|USAGE|000000000500|000000000700|000000000200|40"
    return file_for_cis("BR03.01", [f"FH|{LDC}|20110110090000", detail], number=number)


@pytest.mark.parametrize("rebill", [True, False])
def test_a_person_decides_whether_a_period_is_billed_again(pair: Pair, rebill: bool) -> None:
    ask_for(pair, "Mill")
    pair.deliver(answer("Mill", "00000001", "00", 1, wh="000000000500"))
    pair.deliver(rebilling())
    assert pair.step() == []
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["quantities"]
    sent = pair.tell("decide", sdp_ids=["Mill"], rebill=rebill, **DECEMBER)
    expected = [["00000002", U["Mill"], "F", "20101201", "20110101", ""]] if rebill else []
    assert [row for file in sent for row in rows(file)] == expected
    assert pair.ask("open_matters") == []


# --- the schedule -------------------------------------------------------------------------------------------

FEBRUARY = {"billing_cycle_id": "BC01", "first_day": "2011-02-01", "last_day": "2011-02-28"}
MARCH = {"billing_cycle_id": "BC01", "first_day": "2011-03-01", "last_day": "2011-03-31"}


def publish(pair: Pair, *cycles: Mapping[str, str]) -> list[list[str]]:
    return [row for file in pair.tell("publish_billing_schedule", cycles=list(cycles)) for row in rows(file)]


def test_the_first_schedule_of_all_is_no_update(pair: Pair) -> None:
    assert publish(pair, {**FEBRUARY, "first_day": "2011-01-01", "last_day": "2011-01-10"}) != []


def test_a_schedule_is_sent_once_and_then_what_is_new_of_it(pair: Pair) -> None:
    assert publish(pair, FEBRUARY, MARCH) == [["BC01", "20110201", "20110301"], ["BC01", "20110301", "20110401"]]
    assert publish(pair, FEBRUARY, MARCH) == []
    april = {**MARCH, "first_day": "2011-04-01", "last_day": "2011-04-30"}
    assert publish(pair, FEBRUARY, MARCH, april) == [["BC01", "20110401", "20110501"]]


@pytest.mark.parametrize(("day", "is_sent"), [("2011-02-26", True), ("2011-02-27", False), ("2011-03-02", False)])
def test_a_date_is_moved_three_days_ahead_and_not_later(pair: Pair, day: str, is_sent: bool) -> None:
    publish(pair, FEBRUARY, MARCH)
    pair.jump(instant(f"{day}T09:00:00-05:00"))
    sent = publish(pair, {**FEBRUARY, "last_day": "2011-03-10"})
    assert sent == ([["BC01", "20110201", "20110311"]] if is_sent else [])
    assert [matter["about"] for matter in pair.ask("open_matters")] == ([] if is_sent else ["schedule"])


def test_a_date_is_not_moved_to_one_that_is_too_near_and_others_of_the_update_are_sent(pair: Pair) -> None:
    publish(pair, FEBRUARY, MARCH)
    pair.jump(instant("2011-02-20T09:00:00-05:00"))
    sent = publish(pair, {**FEBRUARY, "last_day": "2011-02-21"}, {**MARCH, "last_day": "2011-04-05"})
    assert sent == [["BC01", "20110301", "20110406"]]


def test_where_business_days_count_three_of_them_lie_between(pair: Pair) -> None:
    pair = alone(readings={"AMB-27": "business-days-in-part"})
    publish(pair, FEBRUARY)
    pair.jump(instant("2011-02-24T09:00:00-05:00"))  # a Thursday: Friday, Monday, Tuesday 1 March
    assert publish(pair, {**FEBRUARY, "last_day": "2011-03-10"}) != []
    pair.jump(instant("2011-03-08T09:00:00-05:00"))  # a Tuesday: Wednesday, Thursday, Friday 11 March
    assert publish(pair, {**FEBRUARY, "last_day": "2011-03-12"}) != []
    pair.jump(instant("2011-03-09T09:00:00-05:00"))
    assert publish(pair, {**FEBRUARY, "last_day": "2011-03-13"}) == []


def test_a_refused_date_is_a_matter_for_people_and_not_sent_again_by_itself(pair: Pair) -> None:
    publish(pair, FEBRUARY)
    status, detail = "SS|a schedule|REFUSED|000000000|000000001", "DT|000000003|BC01|20110201|20110301|too-late|"
    pair.deliver(file_for_cis("IR03.00", [f"FH|{LDC}|20110110090000", status, detail]))
    assert pair.step() == []
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["schedule"]
    assert publish(pair, FEBRUARY) == [["BC01", "20110201", "20110301"]]


# --- what was understood ------------------------------------------------------------------------------------


def quantities(pair: Pair) -> list[tuple[Any, ...]]:
    return [tuple(each.values()) for each in pair.ask("quantities")]


@pytest.mark.parametrize(
    ("status", "wh", "about"),
    [
        ("00", 500, []),
        ("06", None, ["quantities"]),
        ("07", None, ["quantities"]),
        ("02", None, ["request"]),
        ("08", None, ["request"]),
        ("17", None, ["request"]),
    ],
)
def test_quantities_are_used_with_status_00_alone(pair: Pair, status: str, wh: int | None, about: list[str]) -> None:
    ask_for(pair, "Mill")
    pair.deliver(answer("Mill", "00000001", status, 1, wh="000000000500"))
    assert quantities(pair) == [("Mill", "2010-12-01", "2010-12-31", status, wh)]
    assert [matter["about"] for matter in pair.ask("open_matters")] == about


def in_parts(number: int, *parts: str) -> File:
    head = f"DT|00000001|{U['Mill']}|20101201|20110101"
    details = [f"{head}|{part}" for part in parts]
    return file_for_cis("6000.01", [f"FH|{LDC}|20110110090000", *details, f"EF|{len(details)}"], number=number)


FIRST = "20101201|20101216|E01|00|000000000100|000000000020|000000000003||"
SECOND = "20101216|20110101|E04|00|||||000000000400"


def test_several_sub_periods_answer_one_request_together(pair: Pair) -> None:
    ask_for(pair, "Mill")
    pair.deliver(in_parts(1, FIRST, SECOND))
    assert quantities(pair) == [
        ("Mill", "2010-12-01", "2010-12-15", "00", 123),
        ("Mill", "2010-12-16", "2010-12-31", "00", 400),
    ]
    assert pair.ask("open_matters") == []


def test_a_sub_period_that_does_not_come_is_noticed(pair: Pair) -> None:
    ask_for(pair, "Mill")
    pair.deliver(in_parts(1, SECOND))
    (matter,) = pair.ask("open_matters")
    assert (matter["about"], matter["sdp_id"]) == ("quantities", "Mill")
    pair.deliver(in_parts(2, FIRST))
    assert len(quantities(pair)) == 2
    assert pair.ask("open_matters") == []


def test_the_hours_of_all_days_are_added_up(pair: Pair) -> None:
    head = f"DT|00000001|{U['Mill']}|20110101|20110103|20110101|20110103|E03|00"
    hours = "|".join(["000000000010"] * 24)
    lines = [f"{head}|{day}|{hours}" for day in ("20110101", "20110102")]
    pair.deliver(file_for_cis("6100.01", [f"FH|{LDC}|20110110090000", *lines, "EF|2"]))
    assert quantities(pair) == [("Mill", "2011-01-01", "2011-01-02", "00", 480)]


def test_demand_stands_beside_energy_and_takes_nothing_from_it(pair: Pair) -> None:
    pair.deliver(in_parts(1, FIRST, SECOND))
    demand = f"DT|00000001|{U['Mill']}|20101201|20110101|20101201|20110101|D17|00|000000000900|"
    pair.deliver(file_for_cis("6200.01", [f"FH|{LDC}|20110110090000", demand, "EF|1"], number=2))
    assert [row[-1] for row in quantities(pair)] == [123, 400]


def test_the_answer_to_another_request_takes_the_place_of_the_former(pair: Pair) -> None:
    pair.deliver(in_parts(1, FIRST, SECOND))
    pair.deliver(answer("Mill", "00000002", "00", 2, wh="000000000700"))
    assert quantities(pair) == [("Mill", "2010-12-01", "2010-12-31", "00", 700)]


def test_a_response_that_is_cut_changes_nothing_until_it_comes_whole(pair: Pair) -> None:
    whole = answer("Mill", "00000001", "00", 1, wh="000000000500")
    cut = {**whole, "content": {"text": whole["content"]["text"].removesuffix("EF|1\r\n")}}
    pair.deliver(cut)
    assert quantities(pair) == []
    assert [matter["file"] for matter in pair.ask("open_matters")] == [whole["name"]]
    pair.deliver(whole)
    assert len(quantities(pair)) == 1
    assert pair.ask("open_matters") == []


def test_the_sum_check_failure_report_says_by_how_much(pair: Pair) -> None:
    ask_for(pair, "Mill")
    pair.deliver(answer("Mill", "00000001", "06", 1, wh="000000000500"))
    detail = f"DT|00000001|{U['Mill']}|20101201|20110101|06|000000000077|||||"
    pair.deliver(file_for_cis("BR05.00", [f"FH|{LDC}|20110110090000", detail], number=2))
    (matter,) = pair.ask("open_matters")
    assert "77 Wh" in matter["says"]
