"""The port of the reference: what is wrong with a message is told apart from what breaks inside."""

from __future__ import annotations

from typing import Any

import pytest

from harness.interface.profile import load_profile
from reference_impl.repository.port import Port
from reference_impl.repository.repository import Repository

PROFILE = load_profile()
BEGIN: dict[str, Any] = {
    "id": 1,
    "message": "begin",
    "instant": "2011-01-10T00:00:00-05:00",
    "seed": 0,
    "calendar": {"holidays": []},
    "organisations": [
        {"alias": "Lakeside", "id": "ORG11111", "kind": "ldc", "next_sequence_number": 1, "mailbox_outages": []}
    ],
    "authorisations": [],
    "shared_folder": None,
    "profile": {"values": dict(PROFILE.values), "readings": dict(PROFILE.decided())},
}
SUBMIT = {"id": 2, "message": "submit", "organisation": "ORG11111", "name": "a letter", "content": {"text": ""}}
LOAD = {"id": 3, "message": "load", "intervals": [], "register_reads": []}
ADVANCE = {"id": 4, "message": "advance", "to": "2011-01-10T01:00:00-05:00"}


@pytest.fixture
def port() -> Port:
    """A port in a conversation."""
    port = Port(PROFILE)
    assert port.exchange(BEGIN) == {"id": 1, "ok": {}}
    return port


@pytest.mark.parametrize("request_", [SUBMIT, LOAD, ADVANCE], ids=lambda request: request["message"])
def test_a_message_as_it_should_be_is_answered(port: Port, request_: dict[str, Any]) -> None:
    assert "ok" in port.exchange(request_)


def test_what_comes_in_after_an_hour_in_which_nothing_was_due_is_acted_upon(port: Port) -> None:
    name = "ORG11111.ORG11111.1000.00.20110110010000.DAT"
    lines = f"FN|{name}", "FH|ORG11111|20110110010000", "DT|ORG11111|Mill", ""
    assert port.exchange(ADVANCE)["ok"]["files"] == []
    assert "ok" in port.exchange({**SUBMIT, "name": name, "content": {"text": "\r\n".join(lines)}})
    brought = port.exchange({**ADVANCE, "to": "2011-01-10T01:15:00-05:00"})["ok"]["files"]
    assert [file["name"].split(".")[2] for file in brought] == ["2000", "IR01"]


@pytest.mark.parametrize(
    ("stated", "off_peak"),
    [
        ({"holidays": ["2011-07-01"]}, {"2011-07-01"}),
        ({"holidays": ["2011-07-01"], "price_plan_holidays": ["2011-08-01"]}, {"2011-08-01"}),
    ],
    ids=["one list", "two lists"],
)
def test_prices_go_by_the_statutory_holidays_where_no_others_are_stated(stated: Any, off_peak: set[str]) -> None:
    port = Port(PROFILE)
    port.exchange({**BEGIN, "calendar": stated})
    assert port.repository is not None
    assert {str(day) for day in port.repository.price_plan_holidays} == off_peak


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({**BEGIN, "instant": "today"}, id="no instant"),
        pytest.param({**BEGIN, "instant": "2011-01-10T00:00:00"}, id="an instant without a zone"),
        pytest.param({**BEGIN, "profile": None}, id="no profile"),
        pytest.param({**BEGIN, "calendar": {"holidays": ["Christmas"]}}, id="no day"),
        pytest.param(
            {**BEGIN, "calendar": {"holidays": [], "price_plan_holidays": ["Christmas"]}}, id="no off-peak day"
        ),
        pytest.param({**BEGIN, "organisations": [{"kind": "ldc"}]}, id="an organisation without an id"),
        pytest.param({"id": 2, "message": "submit"}, id="no content"),
        pytest.param({**SUBMIT, "content": {"text": "Montr\u00e9al"}}, id="text beyond ASCII"),
        pytest.param({**SUBMIT, "content": {"base64": "*"}}, id="no base64"),
        pytest.param({**LOAD, "intervals": [{}]}, id="intervals of nothing"),
        pytest.param({"id": 4, "message": "advance"}, id="to no instant"),
        pytest.param({**ADVANCE, "to": "2011-01-09T23:59:59-05:00"}, id="back in time"),
    ],
)
def test_what_is_wrong_with_a_message_is_a_bad_message(port: Port, wrong: dict[str, Any]) -> None:
    reply = port.exchange(wrong)
    assert (reply["id"], reply["error"]["code"]) == (wrong["id"], "bad_message")


@pytest.mark.parametrize(
    "error", [KeyError("Mill"), TypeError("None"), ValueError("1"), AttributeError("x"), OSError(28)]
)
@pytest.mark.parametrize(("request_", "method"), [(BEGIN, "opened"), (SUBMIT, "submit"), (ADVANCE, "advance")])
def test_what_breaks_inside_has_failed(
    port: Port, request_: dict[str, Any], method: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_: Any) -> None:
        raise error

    monkeypatch.setattr(Repository, method, breaking)
    reply = port.exchange(request_)
    assert reply["error"] == {"code": "failed", "message": f"{type(error).__name__}: {error}"}


def test_a_begin_that_does_not_read_leaves_the_conversation_as_it_was(port: Port) -> None:
    port.exchange({**BEGIN, "instant": "today"})
    assert "ok" in port.exchange(ADVANCE)


def test_a_message_that_is_none_is_unsupported(port: Port) -> None:
    assert port.exchange({"id": 9, "message": "deliver"})["error"]["code"] == "unsupported"
