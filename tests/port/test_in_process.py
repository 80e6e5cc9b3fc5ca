"""A system of ours in this process sees and answers what it would over stdio."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.port.failure import AdapterFailure
from harness.port.in_process import InProcess
from harness.port.protocol import CONTENT_LIMIT, LINE_LIMIT
from harness.port.replies import parse_reply

REQUEST = {"id": 7, "message": "load", "intervals": [], "more": {"of": ["a", 1, None, True]}}


class System:
    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self.exchange = answer
        self.close = lambda: None


def answered(reply: Any, request: dict[str, Any]) -> Any:
    """What comes of a reply: itself, or the kind and text of the failure."""
    try:
        return InProcess(System(lambda _: reply)).exchange(request)
    except AdapterFailure as failure:
        return failure.kind, failure.detail


def written(reply: Any, request: dict[str, Any]) -> Any:
    """What comes of it as a line."""
    try:
        return parse_reply(json.dumps(reply).encode(), request)
    except AdapterFailure as failure:
        return failure.kind, failure.detail


class Colour(StrEnum):
    RED = "red"


NESTED: Any = {"text": "a"}
for _ in range(70):
    NESTED = [NESTED]
FILE = {"recipient": "ORG11111", "name": "a.DAT", "instant": "2011-01-10T08:00:00-05:00"}
TEXTS = st.text() | st.sampled_from(["\ud800", "\x00", "a" * 300, Colour.RED])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(2**53 - 2, 2**53 + 1) | TEXTS | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner) | st.dictionaries(TEXTS | st.integers(), inner),
)


@given(VALUES)
def test_a_reply_comes_as_its_line_does(value: Any) -> None:
    request = {"id": 7, "message": "ask", "question": "quantities"}
    for reply in (value, {"id": 7, "ok": value}, {"id": 7, "ok": {"answer": value}}):
        assert answered(reply, request) == written(reply, request)


@pytest.mark.parametrize(
    "content", [NESTED, {"text": "a" * CONTENT_LIMIT}, {"text": "a" * LINE_LIMIT}, {"text": "\x00" * (LINE_LIMIT // 4)}]
)
def test_what_is_deep_or_large_comes_as_its_line_does(content: Any) -> None:
    reply = {"id": 7, "ok": {"instant": FILE["instant"], "files": [{**FILE, "content": content}]}}
    request = {"id": 7, "message": "advance"}
    assert answered(reply, request) == written(reply, request)


def test_what_a_system_does_with_a_message_stays_with_it() -> None:
    def answer(request: dict[str, Any]) -> dict[str, Any]:
        assert request == REQUEST
        request["more"]["of"].clear()
        request["intervals"] += [1]
        return {"id": request.pop("id"), "ok": {}}

    assert InProcess(System(answer)).exchange(REQUEST) == {"id": 7, "ok": {}}
    assert REQUEST == {"id": 7, "message": "load", "intervals": [], "more": {"of": ["a", 1, None, True]}}


def test_what_a_system_does_later_with_an_answer_stays_with_it() -> None:
    kept: dict[str, Any] = {"id": 7, "ok": {"files": [], "instant": FILE["instant"]}}
    reply = InProcess(System(lambda _: kept)).exchange({"id": 7, "message": "advance"})
    kept["ok"]["files"].append(FILE)
    assert reply["ok"]["files"] == []
