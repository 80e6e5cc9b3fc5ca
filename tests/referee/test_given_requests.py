"""What was closed without quantities is asked for again once somebody has said so, and not before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harness.interface.instants import Instant
from harness.referee.given_requests import GivenRequestsCheck
from harness.referee.stream import Delivered, Happening, Loaded
from tests.referee.conftest import AGENT, LAKE, at, delivered, name, request, response, submitted, violated
from tests.referee.test_given import business, seat

ONE = "3746317213"


def order(instruction: str, moment: Instant, first: int, last: int, **more: Any) -> Loaded:
    """What people say of days of January."""
    days = {"first_day": f"2011-01-{first:02}", "last_day": f"2011-01-{last:02}"}
    told = {"instruction": instruction, "ldc": LAKE, "sdp_ids": ["A-1"], **days, **more}
    return Loaded({"instructions": [told]}, moment)


def asked(first: int, end: int, moment: Instant, detail_id: str = "1", **more: Any) -> Happening:
    days = {"period_start_date": date(2011, 1, first), "period_end_date": date(2011, 1, end)}
    line = {"request_detail_id": detail_id, "universal_sdp_id": ONE, "cycle": "N", **days, **more}
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return submitted(name("5000", moment), header, [("billing_request", line)], moment)


def closed(first: int, end: int, moment: Instant, detail_id: str | None = "1", status: str = "02") -> Delivered:
    days = {"period_start_date": date(2011, 1, first), "period_end_date": date(2011, 1, end)}
    line = {"request_detail_id": detail_id, "universal_sdp_id": ONE, **days, "transaction_status": status}
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return delivered(name("BR06", moment), header, [("no_reads", line)], moment)


def agent_changes(agent: str, since: str, moment: Instant) -> Loaded:
    event = {"event": "billing_agent_changed", "ldc": LAKE, "sdp_id": "A-1", "effective": since, "organisation": agent}
    return Loaded({"events": [event]}, moment)


def broken(*happenings: Happening, until: Instant | None = None) -> list[str]:
    one = request(at("08:05"), "A-1")
    known = [business("A-1"), one, response(one, at("08:15"), ("A-1", ONE, "00"))]
    return violated(seat(), *known, *happenings, until=until, checks=[GivenRequestsCheck])


# --- what was closed -----------------------------------------------------------------------------------------


def test_nothing_is_asked_for_again_before_its_problem_is_corrected() -> None:
    first = asked(3, 8, at("09:00"))
    assert broken(first, closed(3, 8, at("08:00", 13)), asked(3, 8, at("08:05", 13), "2")) == ["BRP-11"]
    assert broken(first, closed(3, 8, at("08:00", 13), status="08"), asked(3, 8, at("08:05", 13), "2")) == []


@pytest.mark.parametrize(("first", "last", "rules"), [(7, 7, []), (1, 3, []), (8, 9, ["BRP-11"]), (1, 2, ["BRP-11"])])
def test_the_problem_is_one_of_its_days(first: int, last: int, rules: list[str]) -> None:
    word = order("problem_corrected", at("10:00", 13), first, last, what="the meter is read")
    told = [asked(3, 8, at("09:00")), closed(3, 8, at("08:00", 13)), word, asked(3, 8, at("10:05", 13), "2")]
    assert broken(*told) == rules


def test_the_whole_is_asked_for_again_in_parts() -> None:
    word = order("problem_corrected", at("10:00", 13), 7, 7, what="the meter is read")
    parts = [asked(3, 5, at("10:05", 13), "2"), asked(5, 8, at("10:06", 13), "3")]
    assert broken(asked(3, 8, at("09:00")), closed(3, 8, at("08:00", 13)), word, *parts) == []


def test_what_is_corrected_is_asked_for_again() -> None:
    first, word = asked(3, 8, at("09:00")), order("problem_corrected", at("10:00", 13), 7, 7, what="it is read")
    told = [first, closed(3, 8, at("08:00", 13)), word]
    assert broken(*told, until=at("10:59", 13)) == []
    assert broken(*told, until=at("12:00", 13)) == ["WIN-11"]
    assert broken(*told, asked(3, 7, at("10:05", 13), "2"), until=at("12:00", 13)) == ["WIN-11"]
    assert broken(*told, asked(3, 8, at("10:05", 13), "2"), until=at("12:00", 13)) == []


def test_what_comes_late_of_a_request_that_was_made_anew_is_no_news() -> None:
    """The 02 of the first request comes after the second was made: the problem is corrected once more meanwhile."""
    first, second = asked(3, 8, at("09:00")), asked(3, 8, at("10:05", 13), "2")
    word = order("problem_corrected", at("10:00", 13), 7, 7, what="it is read")
    again = order("problem_corrected", at("12:00", 14), 7, 7, what="it is read")
    told = [first, closed(3, 8, at("08:00", 13)), word, second, closed(3, 8, at("08:00", 14)), again]
    assert broken(*told, until=at("15:00", 14)) == []


def test_another_billing_agent_owes_nothing() -> None:
    changed = agent_changes(AGENT, "2011-01-08", at("10:00", 12))
    word = order("problem_corrected", at("10:00", 13), 7, 7, what="it is read")
    told = [asked(3, 8, at("09:00")), changed, closed(3, 8, at("08:00", 13)), word]
    assert broken(*told, until=at("15:00", 13)) == []
