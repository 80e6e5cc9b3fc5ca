"""The port of the reference CIS: messages in and out, and a restart that loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.port.serving import answer as answered_by_schema
from reference_impl.cis.cis import Cis
from reference_impl.cis.port import Port
from tests.reference_impl.cis.pair import AGENT, LDC, PROFILE, begin, created, event, instruction, response, rows

LOAD = {"id": 2, "message": "load", "events": [created("Mill")], "instructions": [instruction("synchronize")]}
DELIVER = {"id": 3, "message": "deliver", "organisation": LDC, "name": "a letter", "content": {"text": ""}}
ADVANCE = {"id": 4, "message": "advance", "to": "2011-01-10T08:10:00-05:00"}
ASK = {"id": 5, "message": "ask", "question": "open_matters", "ldc": LDC}


@pytest.fixture
def port() -> Port:
    port = Port(PROFILE)
    assert port.exchange(begin()) == {"id": 1, "ok": {}}
    return port


@pytest.mark.parametrize("request_", [LOAD, DELIVER, ADVANCE, ASK], ids=lambda request: request["message"])
def test_a_message_as_it_should_be_is_answered(port: Port, request_: dict[str, Any]) -> None:
    assert "ok" in json.loads(json.dumps(answered_by_schema(port, json.dumps(request_).encode())))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({**LOAD, "events": [{"event": "sdp_created"}]}, id="an event that lacks everything"),
        pytest.param({**LOAD, "events": [event("sdp_painted", "Mill", "2011-01-10")]}, id="no event"),
        pytest.param({**LOAD, "events": [created("Mill", framing_structure="monthly")]}, id="no word of the profile"),
        pytest.param({**LOAD, "events": [{**created("Mill"), "ldc": "ORG99999"}]}, id="no LDC that takes part"),
        pytest.param({**LOAD, "events": [created("Mill"), event("sdp_painted", "Mill", "2011-01-10")]}, id="one of 2"),
        pytest.param({**LOAD, "instructions": [instruction("celebrate")]}, id="no instruction"),
        pytest.param({**LOAD, "instructions": [instruction("decide", sdp_ids=[])]}, id="a decision about nothing"),
        pytest.param({**LOAD, "instructions": [instruction("audit", at="soon")]}, id="no instant"),
        pytest.param({**DELIVER, "content": {"text": "Montr\u00e9al"}}, id="text beyond ASCII"),
        pytest.param({"id": 4, "message": "advance"}, id="to no instant"),
        pytest.param({**ADVANCE, "to": "2011-01-10T07:59:59-05:00"}, id="back in time"),
        pytest.param({**ASK, "question": "why"}, id="no question"),
        pytest.param({key: value for key, value in begin().items() if key != "you"}, id="whose CIS is not said"),
    ],
)
def test_what_is_wrong_with_a_message_is_a_bad_message_and_changes_nothing(port: Port, wrong: dict[str, Any]) -> None:
    reply = port.exchange(wrong)
    assert (reply["id"], reply["error"]["code"]) == (wrong["id"], "bad_message")
    assert port.exchange(ADVANCE)["ok"]["files"] == []
    port.exchange({"id": 3, "message": "load", "instructions": [instruction("request_universal_sdp_ids")]})
    assert port.exchange({**ADVANCE, "to": "2011-01-10T08:20:00-05:00"})["ok"]["files"] == []


@pytest.mark.parametrize(("request_", "method"), [(LOAD, "load"), (DELIVER, "deliver"), (ADVANCE, "advance")])
def test_what_breaks_inside_has_failed(
    port: Port, request_: dict[str, Any], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_: Any) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(Cis, method, breaking)
    assert port.exchange(request_)["error"]["code"] == "failed"


@pytest.mark.parametrize("request_", [LOAD, DELIVER, ADVANCE, ASK, {"id": 6, "message": "restart"}])
def test_before_a_conversation_nothing_can_be_done(request_: dict[str, Any]) -> None:
    assert Port(PROFILE).exchange(request_)["error"]["message"] == "no conversation has begun"


def test_a_message_of_the_other_role_is_unsupported(port: Port) -> None:
    assert port.exchange({"id": 9, "message": "submit"})["error"]["code"] == "unsupported"


def test_what_is_told_is_done_at_the_next_minute(port: Port) -> None:
    port.exchange({"id": 2, "message": "load", "events": [created("Mill")]})
    port.exchange({**ADVANCE, "to": "2011-01-10T08:00:30-05:00"})
    port.exchange({"id": 2, "message": "load", "instructions": [instruction("request_universal_sdp_ids")]})
    assert port.exchange({**ADVANCE, "to": "2011-01-10T08:00:59-05:00"})["ok"]["files"] == []
    (file,) = port.exchange({**ADVANCE, "to": "2011-01-10T08:01:00-05:00"})["ok"]["files"]
    assert (file["organisation"], file["instant"]) == (LDC, "2011-01-10T08:01:00-05:00")
    assert port.exchange({**ADVANCE, "to": "2011-01-10T08:01:00-05:00"})["ok"]["files"] == []


def conversation(port: Port, opening: dict[str, Any]) -> dict[str, Any]:
    """A conversation in which Mill was synchronized by set 1, an account has changed and an audit is due at 09:00."""
    port.exchange(opening)
    file = response(f"{LDC}|Mill|1000000001|00|")
    deliver = {"organisation": LDC, "name": file["name"], "content": file["content"]}
    port.exchange({"id": 2, "message": "load", "events": [created("Mill")]})
    port.exchange({"id": 3, "message": "deliver", **deliver})
    port.exchange({"id": 4, "message": "load", "instructions": [instruction("synchronize")]})
    port.exchange(ADVANCE)
    port.exchange(
        {
            "id": 5,
            "message": "load",
            "events": [event("account_changed", "Mill", "2011-01-10", account_id="A-2")],
            "instructions": [instruction("audit", at="2011-01-10T09:00:00-05:00"), instruction("synchronize")],
        }
    )
    reply: dict[str, Any] = port.exchange({**ADVANCE, "to": "2011-01-10T08:10:30-05:00"})
    return reply


def later_files(port: Port) -> list[tuple[str, list[list[str]]]]:
    files = port.exchange({**ADVANCE, "to": "2011-01-10T09:10:00-05:00"})["ok"]["files"]
    return [(file["name"], [row for code in ("FH", "AC") for row in rows(file, code)]) for file in files]


@pytest.mark.parametrize("with_folder", [True, False])
def test_after_a_restart_the_conversation_goes_on_as_if_there_had_been_none(tmp_path: Path, with_folder: bool) -> None:
    opening = begin(shared_folder=str(tmp_path) if with_folder else None)
    undisturbed, before = Port(PROFILE), Port(PROFILE)
    conversation(undisturbed, opening)
    conversation(before, opening)
    assert before.exchange({"id": 6, "message": "restart"}) == {"id": 6, "ok": {}}
    after = Port(PROFILE)
    assert after.exchange({**opening, "instant": "2011-01-10T08:10:30-05:00", "resumed": True}) == {"id": 1, "ok": {}}
    went_on = later_files(after)
    assert went_on == later_files(undisturbed)
    assert went_on[0][1][0][2] == "000000002"
    assert len(went_on) == 12
    after.exchange({"id": 7, "message": "end"})
    assert list(tmp_path.iterdir()) == []


def test_of_times_that_pass_one_after_the_other_the_last_alone_is_kept() -> None:
    port = Port(PROFILE)
    port.exchange(begin())
    for minute in ("05", "10", "15"):
        port.exchange({**ADVANCE, "to": f"2011-01-10T08:{minute}:00-05:00"})
    assert [(each["message"], each.get("to")) for each in port.heard[1:]] == [("advance", "2011-01-10T08:15:00-05:00")]


def test_a_conversation_that_was_not_put_away_cannot_be_taken_up(tmp_path: Path) -> None:
    reply = Port(PROFILE).exchange(begin(shared_folder=str(tmp_path), resumed=True))
    assert reply["error"] == {
        "code": "failed",
        "message": "nothing was kept of this conversation, expected a restart before",
    }


def test_large_content_goes_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reference_impl.messages.CONTENT_LIMIT", 100)
    port = Port(PROFILE)
    port.exchange(begin(shared_folder=str(tmp_path)))
    port.exchange({"id": 2, "message": "load", "events": [created("Mill"), created("Bakery")]})
    port.exchange({"id": 3, "message": "load", "instructions": [instruction("request_universal_sdp_ids")]})
    (file,) = port.exchange(ADVANCE)["ok"]["files"]
    assert (tmp_path / file["content"]["path"]).read_bytes().count(b"DT|") == 2


def test_the_cis_of_an_agent_works_for_those_that_authorised_it() -> None:
    port = Port(PROFILE)
    port.exchange(begin(you=AGENT, authorised=["1000"]))
    port.exchange({"id": 2, "message": "load", "events": [created("Mill")]})
    port.exchange({"id": 3, "message": "load", "instructions": [instruction("request_universal_sdp_ids")]})
    (file,) = port.exchange(ADVANCE)["ok"]["files"]
    assert (file["organisation"], file["name"]) == (AGENT, f"{LDC}.{AGENT}.1000.00.20110110080100.DAT")
