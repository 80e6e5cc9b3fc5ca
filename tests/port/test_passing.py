"""What says that time passes is known at a glance, and treated as all other messages are."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from harness.interface.instants import instant
from harness.port.failure import AdapterFailure
from harness.port.in_process import _Copying
from harness.port.passing import (
    answers_it,
    asks_for_time,
    brought_nothing,
    canonical_reply,
    canonical_request,
    copy_of_reply,
    copy_of_request,
)
from harness.port.protocol import Advance, Role, request
from harness.port.replies import check_reply
from harness.port.shapes import shape

NUMBERS = st.integers(0, 2**53 - 1)
INSTANTS = st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}-05:00".rjust(25, "0"))
REQUESTS = st.builds(lambda number, to: {"id": number, "message": "advance", "to": to}, NUMBERS, INSTANTS)
REPLIES = st.builds(lambda number, to: {"id": number, "ok": {"files": [], "instant": to}}, NUMBERS, INSTANTS)


@given(REQUESTS)
def test_what_asks_for_time_is_copied_and_written_as_any_message(message: dict[str, Any]) -> None:
    assert asks_for_time(message)
    assert copy_of_request(message) == _Copying().of(message)
    assert canonical_request(message).encode() == rfc8785.dumps(message)


@given(REPLIES)
def test_what_brought_nothing_is_copied_written_and_fits_as_any_reply(message: dict[str, Any]) -> None:
    assert brought_nothing(message)
    assert copy_of_reply(message) == _Copying().of(message)
    assert copy_of_reply(message)["ok"]["files"] is not message["ok"]["files"]
    assert canonical_reply(message).encode() == rfc8785.dumps(message)
    assert shape("advance_reply")(message) is None
    assert shape("cis_advance_reply")(message) is None


AT = "2011-01-10T08:00:00-05:00"


@pytest.mark.parametrize(
    "message",
    [
        {"id": True, "message": "advance", "to": AT},
        {"id": -1, "message": "advance", "to": AT},
        {"id": 2**53, "message": "advance", "to": AT},
        {"id": 1, "message": "Advance", "to": AT},
        {"id": 1, "message": "advance", "to": AT[:-6]},
        {"id": 1, "message": "advance", "to": AT + "\n"},
        {"id": 1, "message": "advance", "to": AT.replace("8", "\u0668")},
        {"id": 1, "message": "advance", "to": AT, "by": 1},
        {"id": 1, "ok": {"files": [{}], "instant": AT}},
        {"id": 1, "ok": {"files": (), "instant": AT}},
        {"id": 1, "ok": {"files": [], "instant": None}},
        {"id": 1, "ok": {"files": [], "instant": AT, "more": 1}},
        {"id": 1, "ok": {"files": [], "instant": AT}, "more": 1},
        {"id": 1, "ok": []},
        [1, {"files": [], "instant": AT}],
        None,
    ],
    ids=ascii,
)
def test_whatever_is_not_exactly_so_goes_the_long_way(message: Any) -> None:
    assert not asks_for_time(message)
    assert not brought_nothing(message)


def test_the_reply_to_another_message_is_held_to_its_own_form() -> None:
    reply = {"id": 1, "ok": {"files": [], "instant": AT}}
    assert check_reply(reply, {"id": 1, "message": "advance", "to": AT}) == reply
    with pytest.raises(Exception, match="has a member"):
        check_reply(reply, {"id": 1, "message": "submit"}, Role.REPOSITORY)


def test_of_a_message_of_ours_it_is_known_and_of_a_copy_of_it_found_out() -> None:
    ours = request(1, Advance(instant(AT)))
    copy = copy_of_request(ours)
    assert type(copy) is dict
    assert ours == copy == {"id": 1, "message": "advance", "to": AT}
    assert asks_for_time(ours)
    assert asks_for_time(copy)


@pytest.mark.parametrize(
    "reply",
    [{"id": 2, "ok": {"files": [], "instant": AT}}, {"id": 1, "ok": {"files": [], "instant": AT[:-7] + "1-05:00"}}],
)
def test_what_answers_another_message_or_comes_short_is_known_for_no_answer(reply: dict[str, Any]) -> None:
    ours = request(1, Advance(instant(AT)))
    assert answers_it(copy_of_reply({"id": 1, "ok": {"files": [], "instant": AT}}), ours)
    assert not answers_it(copy_of_reply(reply), ours)
    assert not answers_it({"id": 1, "ok": {"files": [], "instant": AT}}, ours)


def test_an_instant_that_there_is_not_is_malformed_all_the_same() -> None:
    never = copy_of_reply({"id": 1, "ok": {"files": [], "instant": AT.replace("2011-01", "2011-13")}})
    with pytest.raises(AdapterFailure, match="is no instant"):
        check_reply(never, request(1, Advance(instant(AT))))
