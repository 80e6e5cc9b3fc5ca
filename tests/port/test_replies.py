"""A reply is taken as it is said to be, or refused with what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.port.failure import AdapterFailure
from harness.port.protocol import LINE_LIMIT, Role
from harness.port.replies import parse_reply

FILE = {
    "recipient": "ORG11111",
    "name": "ORG11111.ORG11111.IR01.00.20110110081500.DAT",
    "content": {"text": "FN|…"},
    "instant": "2011-01-10T08:15:00-05:00",
}
HELLO: dict[str, Any] = {
    "protocol": 1,
    "name": "a system",
    "version": "2",
    "role": "repository",
    "classes": ["FTS"],
    "clock": "settable",
    "state": "process",
    "isolation": "conversation",
}


def failure_of(line: bytes, message: str = "advance") -> AdapterFailure:
    with pytest.raises(AdapterFailure) as caught:
        parse_reply(line, {"id": 7, "message": message, "role": "repository"})
    return caught.value


def advanced(**file: Any) -> bytes:
    ok = {"instant": "2011-01-10T08:15:59-05:00", "files": [{**FILE, **file}]}
    return json.dumps({"id": 7, "ok": ok}).encode()


def hello(**changed: Any) -> bytes:
    return json.dumps({"id": 7, "ok": {**HELLO, **changed}}).encode()


def test_a_reply_as_the_protocol_says_is_taken_as_it_is() -> None:
    request = {"id": 7, "message": "advance"}
    assert parse_reply(advanced(), request) == json.loads(advanced())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", "'' is not a reply in JSON"),
        (b"ready.", "'ready.' is not a reply in JSON: Expecting value"),
        (b'{"id": 7, "ok": {}', "Expecting ',' delimiter"),
        (b'{"id": 7, "ok": {}} {}', "Extra data"),
        (b'\xef\xbb\xbf{"id": 7, "ok": {}}', "is not a reply in JSON"),
        (b'{"id": 7, "ok": {"a": "\xff"}}', "byte 23 is not UTF-8"),
        ('{"id": 7, "ok": {}}'.encode("utf-16"), "byte 0 is not UTF-8"),
        (b'{"id": 7, "ok": NaN}', "NaN is no integer"),
        (b'{"id": 7, "ok": -Infinity}', "-Infinity is no integer"),
        (b'{"id": 7.0, "ok": {}}', "7.0 is no integer; numbers are integers"),
        (b'{"id": 7, "ok": 1e400}', "1e400 is no integer"),
        (b'{"id": 7, "ok": 9007199254740992}', "9007199254740992 is beyond"),
        (b'{"id": 7, "ok": -9007199254740992}', "-9007199254740992 is beyond"),
        (b'{"id": 7, "ok": ' + b"9" * 5000 + b"}", "is beyond"),
        (b'{"id": 7, "id": 7, "ok": {}}', "an object has two members of one name"),
        (b'{"id": 7, "ok": "\\ud800"}', "a text holds a lone surrogate"),
        (b'{"id": 7, "ok": ' + b"[" * 65 + b"1" + b"]" * 65 + b"}", "it is nested deeper than 64 levels"),
        (b"[" * 100_000, "it is nested deeper than 64 levels"),
        (b'{"a":' * 100_000, "it is nested deeper than 64 levels"),
        (b"[]", "the reply to 'advance' is [], expected an object"),
        (b'"ok"', "the reply to 'advance' is 'ok', expected an object"),
        (b"null", "the reply to 'advance' is None, expected an object"),
        (b'{"id": 7}', "{'id': 7}, expected exactly one of: an object with ok; an object with error"),
        (
            b'{"id": 7, "ok": {}, "error": {"code": "failed", "message": ""}}',
            "ok: has no member 'instant', expected 'instant', 'files'",
        ),
        (
            b'{"id": 7, "ok": {"instant": "2011-01-10T08:15:59-05:00", "files": []},'
            b' "error": {"code": "failed", "message": ""}}',
            "expected exactly one of: an object with ok; an object with error",
        ),
        (b'{"id": 7, "result": {}}', "it has a member 'result' that does not belong there"),
        (b'{"id": 7, "error": {"code": "nope", "message": ""}}', "error/code: 'nope', expected \"unsupported\" or"),
        (b'{"id": 7, "error": "no"}', "error: 'no', expected an object"),
    ],
)
def test_a_line_that_is_no_reply_is_malformed(line: bytes, said: str) -> None:
    failure = failure_of(line)
    assert failure.kind == "malformed"
    assert said in failure.detail


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"recipient": 5}, "ok/files/0/recipient: 5, expected an organisation's identifier"),
        ({"recipient": ""}, "ok/files/0/recipient: '', expected an organisation's identifier"),
        ({"recipient": "x" * 256}, "expected an organisation's identifier, such as ORG11111, of 1 to 255 characters"),
        ({"name": "x" * 1025}, "expected a file's name, of at most 1024 characters"),
        ({"size": 5}, "ok/files/0: has a member 'size' that does not belong there"),
        ({"content": "FN|"}, "ok/files/0/content: 'FN|', expected exactly one of: an object with text"),
        ({"content": {"text": ["FN|"]}}, "ok/files/0/content/text: ['FN|'], expected text of at most 1 MiB"),
        ({"content": {"text": "x" * (1024 * 1024 + 1)}}, "expected text of at most 1 MiB"),
        ({"content": {"path": "a", "sha256": "A" * 64}}, "ok/files/0/content/sha256: 'AAAA"),
        ({"instant": "2011-01-10 08:15"}, "ok/files/0/instant: '2011-01-10 08:15', expected an instant: ISO 8601"),
        ({"instant": "2011-01-10T13:15:00+00:00"}, "expected an instant: ISO 8601, whole seconds, EST (-05:00)"),
        ({"instant": "2011-01-10T08:15:00-05:00\n"}, "expected an instant"),
        ({"instant": "2011-02-29T08:15:00-05:00"}, "'2011-02-29T08:15:00-05:00' is no instant"),
    ],
)
def test_a_file_that_is_not_described_as_the_protocol_says_is_malformed(file: dict[str, Any], said: str) -> None:
    failure = failure_of(advanced(**file))
    assert failure.kind == "malformed"
    assert said in failure.detail


@pytest.mark.parametrize("identifier", ["8", '"7"', "null", "[7]", "-7"])
def test_the_answer_to_another_request_is_out_of_turn(identifier: str) -> None:
    failure = failure_of(f'{{"id": {identifier}, "ok": {{}}}}'.encode())
    assert failure.kind == "out_of_turn"
    assert "expected 7" in failure.detail


def test_true_is_no_number_of_a_request() -> None:
    with pytest.raises(AdapterFailure, match="out_of_turn"):
        parse_reply(b'{"id": true, "ok": {}}', {"id": 1, "message": "end"})


def test_a_line_may_be_as_long_as_the_limit_and_no_longer() -> None:
    reply = b'{"id": 7, "ok": {}}'
    request = {"id": 7, "message": "end"}
    assert parse_reply(reply + b" " * (LINE_LIMIT - len(reply)), request) == {"id": 7, "ok": {}}
    assert failure_of(reply + b" " * (LINE_LIMIT - len(reply) + 1), "end").kind == "flood"


@pytest.mark.parametrize(
    ("changed", "kind", "said"),
    [
        ({"protocol": 3}, "refused", "the system speaks version 3 of the protocol, this harness 1 and 2"),
        ({"protocol": "2"}, "refused", "this harness 1 and 2 with a repository: a number, without quotes"),
        ({"role": "cis"}, "refused", "takes the role 'cis', asked was 'repository'; run it with --role cis"),
        ({"role": "cis", "protocol": 3}, "refused", "the system takes the role 'cis', asked was 'repository'"),
        ({"clock": "fast"}, "malformed", 'ok/clock: \'fast\', expected "settable" or "real"'),
        ({"classes": ["FTS", "FTS"]}, "malformed", "ok/classes: ['FTS', 'FTS'], expected no two that are equal"),
        ({"classes": "FTS"}, "malformed", "ok/classes: 'FTS', expected an array"),
        ({"protocol": True}, "malformed", "ok/protocol: True, expected 1"),
        ({"vales": {}}, "malformed", "ok: has a member 'vales' that does not belong there; did you mean values?"),
    ],
)
def test_a_system_that_introduces_itself_otherwise_is_not_taken(changed: dict[str, Any], kind: str, said: str) -> None:
    failure = failure_of(hello(**changed), "hello")
    assert failure.kind == kind
    assert said in failure.detail


def test_what_is_shown_of_a_reply_is_printable_and_bounded() -> None:
    failure = failure_of(b"\x1b[2J\x00" + "é\u2028".encode() + b"x" * 100_000)
    assert failure.detail.isprintable()
    assert len(failure.detail) < 1000


A_CIS = {
    "protocol": 2,
    "name": "a",
    "version": "0",
    "role": "cis",
    "classes": [],
    "clock": "told",
    "state": "process",
    "isolation": "conversation",
}


def cis_failure(ok: Any, message: str, **more: Any) -> AdapterFailure:
    with pytest.raises(AdapterFailure) as caught:
        parse_reply(json.dumps({"id": 7, "ok": ok}).encode(), {"id": 7, "message": message, **more}, Role.CIS)
    return caught.value


@pytest.mark.parametrize(
    ("changed", "kind", "said"),
    [
        ({"protocol": 1}, "refused", "version 1 of the protocol, this harness 2 with a CIS"),
        (
            {"role": "repository", "protocol": 1},
            "refused",
            "the system takes the role 'repository', asked was 'cis'; run",
        ),
        ({"sends_within_minutes": -1}, "malformed", "ok/sends_within_minutes: -1, expected 0 at least"),
        ({"keeps": "some"}, "malformed", 'ok/keeps: \'some\', expected "nothing" or "all"'),
        ({"organisations": [{"id": "A"}]}, "malformed", "ok/organisations/0: has no member 'kind'"),
    ],
)
def test_a_cis_introduces_itself_as_its_page_says(changed: dict[str, Any], kind: str, said: str) -> None:
    failure = cis_failure({**A_CIS, **changed}, "hello", role="cis")
    assert failure.kind == kind
    assert said in failure.detail


def test_the_files_of_a_cis_say_who_submitted_them() -> None:
    file = {"name": "n", "content": {"text": ""}, "instant": "2011-01-10T08:00:00-05:00"}
    request = {"id": 7, "message": "advance"}
    ok = {"instant": "2011-01-10T08:00:00-05:00", "files": [{"organisation": "ORG1", **file}]}
    assert parse_reply(json.dumps({"id": 7, "ok": ok}).encode(), request, Role.CIS)["ok"] == ok
    ok["files"] = [{"recipient": "ORG1", **file}]
    assert "ok/files/0: has no member 'organisation'" in cis_failure(ok, "advance").detail


def test_an_answer_is_held_to_its_question() -> None:
    answer = {"answer": [{"sdp_id": "TK-1", "universal_sdp_id": "10000003"}]}
    request = {"id": 7, "message": "ask", "question": "universal_sdp_ids"}
    assert parse_reply(json.dumps({"id": 7, "ok": answer}).encode(), request, Role.CIS)["ok"] == answer
    assert "0: has no member 'about'" in cis_failure(answer, "ask", question="open_matters").detail


def test_a_path_is_no_longer_than_any_path_can_be() -> None:
    content = {"path": "a/" * 1_000_000, "sha256": "0" * 64}
    failure = failure_of(advanced(content=content))
    assert failure.kind == "malformed"
    assert "a path relative to the shared folder, of at most 4096 characters" in failure.detail
    assert len(failure.detail) < 1000
