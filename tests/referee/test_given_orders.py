"""What a CIS asks for and publishes is what people ordered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harness.interface.instants import Instant, later
from harness.referee.given_orders import GivenOrdersCheck
from harness.referee.stream import Happening, Loaded
from tests.referee.conftest import LAKE, at, delivered, name, request, response, submitted, violated
from tests.referee.test_given import NOON, business, seat

ONE = "3746317213"


def order(instruction: str, moment: Instant | None = None, **more: Any) -> Loaded:
    return Loaded({"instructions": [{"instruction": instruction, "ldc": LAKE, **more}]}, moment or at("09:00"))


def wanted(first: str, last: str, cycle: str = "off", instruction: str = "request_quantities", **more: Any) -> Loaded:
    days = {"first_day": f"2011-01-{first}", "last_day": f"2011-01-{last}"}
    kind = {"cycle": cycle} if instruction == "request_quantities" else {}
    return order(instruction, sdp_ids=["A-1"], **days, **kind, **more)


def asked(first: int, end: int, cycle: str = "F", moment: Instant = NOON, **more: Any) -> Happening:
    """A request for quantities of A-1, of days of January; `end` is the day after the last."""
    days = {"period_start_date": date(2011, 1, first), "period_end_date": date(2011, 1, end)}
    line = {"request_detail_id": "1", "universal_sdp_id": ONE, "cycle": cycle, **days, **more}
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return submitted(name("5000", moment), header, [("billing_request", line)], moment)


def broken(*happenings: Happening) -> list[str]:
    one = request(at("08:05"), "A-1")
    known = [business("A-1"), one, response(one, at("08:15"), ("A-1", ONE, "00"))]
    return violated(seat(), *known, *happenings, checks=[GivenOrdersCheck])


@pytest.mark.parametrize(
    ("first", "end", "rules"),
    [(3, 8, []), (3, 5, []), (5, 8, []), (3, 9, ["BSV-09"]), (2, 8, ["BSV-09"]), (8, 9, []), (20, 25, [])],
)
def test_no_day_is_asked_for_beside_those_that_were_ordered(first: int, end: int, rules: list[str]) -> None:
    assert broken(wanted("03", "07"), asked(first, end)) == rules


def test_days_of_orders_that_meet_may_be_asked_for_together() -> None:
    assert broken(wanted("03", "07"), wanted("08", "09"), asked(3, 10)) == []
    assert broken(wanted("03", "07"), wanted("09", "09"), asked(3, 10)) == ["BSV-09"]


@pytest.mark.parametrize(("cycle", "rules"), [("F", []), ("N", ["BSV-02"])])
def test_what_was_ordered_off_cycle_is_asked_for_off_cycle(cycle: str, rules: list[str]) -> None:
    assert broken(wanted("03", "07"), asked(3, 8, cycle)) == rules


def test_days_that_were_ordered_in_both_ways_may_be_asked_for_in_either() -> None:
    assert broken(wanted("03", "07"), wanted("03", "07", "on"), asked(3, 8, "N")) == []
    amended = wanted("05", "05", instruction="problem_corrected", what="the meter is read again")
    assert broken(wanted("03", "07"), amended, asked(3, 8, "N")) == []


@pytest.mark.parametrize(("lost", "rules"), [(("03", "07"), []), (("09", "09"), ["BSV-10"])])
def test_a_version_is_named_where_a_response_got_lost(lost: tuple[str, str], rules: list[str]) -> None:
    told = wanted(*lost, instruction="response_lost", delivered="2011-01-10T09:00:00-05:00")
    assert broken(wanted("03", "07"), told, asked(3, 8, version_date_time=at("09:00"))) == rules


@pytest.mark.parametrize(("version", "rules"), [("08:59", ["BSV-10"]), ("09:00", []), ("09:30", [])])
def test_a_version_is_not_before_the_response_that_got_lost(version: str, rules: list[str]) -> None:
    told = wanted("03", "07", instruction="response_lost", delivered="2011-01-10T09:00:00-05:00")
    assert broken(wanted("03", "07"), told, asked(3, 8, version_date_time=at(version))) == rules


# --- schedules -----------------------------------------------------------------------------------------------


def published(last: date, moment: Instant) -> Loaded:
    cycle = {"billing_cycle_id": "C1", "first_day": "2011-01-01", "last_day": last.isoformat()}
    return order("publish_billing_schedule", moment, cycles=[cycle])


def schedule(end: date, moment: Instant) -> Happening:
    line = {"billing_cycle_id": "C1", "period_start_date": date(2011, 1, 1), "period_end_date": end}
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return submitted(name("8000", moment), header, [("billing_cycle", line)], moment)


def moved(held: date, new: date, *between: Happening) -> list[str]:
    """What is broken by an update on 10 January of a date that was published on the 10th, early; both exclusive."""
    early, noon = at("08:30"), at("11:00")
    last = [date.fromordinal(each.toordinal() - 1) for each in (held, new)]
    told = [published(last[0], early), schedule(held, early), *between]
    return broken(*told, published(last[1], noon), schedule(new, later(noon, minutes=1)))


@pytest.mark.parametrize(("end", "rules"), [(14, []), (13, ["BSV-12"]), (15, ["BSV-12"])])
def test_a_schedule_says_what_people_publish(end: int, rules: list[str]) -> None:
    assert broken(published(date(2011, 1, 13), NOON), schedule(date(2011, 1, end), NOON)) == rules


@pytest.mark.parametrize(
    ("held", "new", "rules"),
    [(12, 11, ["BSV-04"]), (11, 12, ["BSV-04"]), (9, 12, ["BSV-04"]), (12, 13, []), (13, 12, []), (20, 25, [])],
)  # fmt: skip
def test_a_date_is_moved_three_days_ahead(held: int, new: int, rules: list[str]) -> None:
    assert moved(date(2011, 1, held), date(2011, 1, new)) == rules


def test_of_a_date_that_was_refused_it_is_not_known_what_is_held() -> None:
    header = {"ldc_org_id": LAKE, "created_date_time": at("10:00")}
    line = {"billing_cycle_id": "C1", "code": "01", "message": "too late"}
    refused = delivered(name("IR03", at("10:00")), header, [("schedule_exception", line)], at("10:00"))
    assert moved(date(2011, 1, 12), date(2011, 1, 11), refused) == []
