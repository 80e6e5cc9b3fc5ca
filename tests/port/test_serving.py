"""The reference over stdio: one reply to each line, whatever the line."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
from typing import Any

import pytest

from harness.cli import run
from harness.port.naming import opener
from harness.port.protocol import LINE_LIMIT
from harness.port.serving import serve
from harness.port.shapes import shape

HELLO = b'{"id": 0, "message": "hello", "protocol": 1, "role": "repository"}\n'
SERVE = [sys.executable, "-m", "harness", "serve", "--stdio"]


class Echo:
    """Answers with what it was sent, as much of it as is asked for."""

    def exchange(self, request: Any) -> Any:
        if request["message"] == "end":
            raise OSError("disk full")
        return {"id": request["id"], "ok": {"x": "x" * request.get("seed", 0)}}


def answers(lines: bytes, system: Any = None) -> list[Any]:
    out = io.BytesIO()
    serve(system or opener("reference", profile_path=None, time_limit=1)(), io.BytesIO(lines), out)
    assert out.getvalue().endswith(b"\n") or not out.getvalue()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def advance(**changed: Any) -> bytes:
    return json.dumps({"id": 5, "message": "advance", "to": "2011-01-10T08:00:00-05:00", **changed}).encode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", "the line is not JSON"),
        (b"hello", "the line is not JSON: Expecting value"),
        (b"\xff\xfe", "the line is not JSON: byte 0 is not UTF-8"),
        (b"[" * 100_000, "nested deeper than 64 levels"),
        (b"[1]", "the line is no request, expected an object with an id"),
        (b'{"message": "end"}', "the line is no request, expected an object with an id"),
        (b'{"id": "1", "message": "end"}', "the line is no request"),
        (b'{"id": -1, "message": "end"}', "the line is no request"),
        (b'{"id": true, "message": "end"}', "the line is no request"),
        (b'{"id": 1.0, "message": "end"}', "1.0 is no integer"),
        (b"x" * (LINE_LIMIT + 1), "a line has at most 8388608 bytes"),
    ],
)
def test_a_line_without_a_readable_id_is_answered_with_none(line: bytes, said: str) -> None:
    first, second = answers(line + b"\n" + HELLO)
    assert shape("unreadable_reply")(first) is None
    assert first["error"]["code"] == "bad_message"
    assert said in first["error"]["message"]
    assert second["ok"]["role"] == "repository"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id": 5, "message": "advnce"}', "message 'advnce' is not of the protocol; did you mean advance?"),
        (b'{"id": 5, "message": 7}', "message 7 is not of the protocol; there are hello, begin, submit"),
        (b'{"id": 5}', "message None is not of the protocol"),
        (
            b'{"id": 5, "message": "advance"}',
            "message 'advance': it has no member 'to', expected 'id', 'message', 'to'",
        ),
        (advance(to="today"), "message 'advance': to: 'today', expected an instant: ISO 8601"),
        (advance(now=1), "message 'advance': it has a member 'now' that does not belong there"),
    ],
)
def test_a_request_that_is_not_as_the_protocol_says_is_answered_with_what_is_wrong(line: bytes, said: str) -> None:
    (reply,) = answers(line + b"\n")
    assert (reply["id"], reply["error"]["code"]) == (5, "bad_message")
    assert said in reply["error"]["message"]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
def test_the_last_line_may_lack_its_line_feed(ending: bytes) -> None:
    assert [reply["id"] for reply in answers(HELLO.rstrip() + ending)] == [0]


def test_a_line_may_be_as_long_as_the_limit() -> None:
    line = HELLO.rstrip()
    replies = answers(line + b" " * (LINE_LIMIT - len(line)) + b"\n" + HELLO)
    assert [reply["id"] for reply in replies] == [0, 0]


def test_a_message_before_any_conversation_has_failed() -> None:
    (reply,) = answers(advance() + b"\n")
    assert reply["error"] == {"code": "failed", "message": "no conversation has begun"}


def test_a_defect_of_the_system_is_answered_and_the_next_request_as_well() -> None:
    first, second = answers(b'{"id": 1, "message": "end"}\n' + advance() + b"\n", Echo())
    assert first == {"id": 1, "error": {"code": "failed", "message": "OSError: disk full"}}
    assert second["id"] == 5


def test_a_reply_that_is_too_long_is_answered_with_an_error() -> None:
    class Talkative:
        def exchange(self, request: Any) -> Any:
            return {"id": request["id"], "ok": {"x": "x" * LINE_LIMIT}}

    (reply,) = answers(HELLO, Talkative())
    assert reply == {"id": 0, "error": {"code": "failed", "message": "the reply has more than 8388608 bytes"}}


# --- the command ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected: --stdio"),
        (["--stdio", "--fault", "report_version_ahed"], "did you mean report_version_ahead"),
        (["--stdio", "--fault", "zzzz"], "mdmr-conform rules RULE names a rule's"),
        (["--stdio", "--fault", "records_sorted"], "'records_sorted' is a variant: --variant records_sorted"),
        (["--stdio", "--variant", "report_version_ahead"], "is a fault: --fault report_version_ahead"),
        (["--stdio", "--fault", "report_version_ahead", "--variant", "records_sorted"], "expected: one of them"),
        (["--stdio", "--profile", "no/such/profile.toml"], "no/such/profile.toml: cannot be read"),
        (["--stdo"], "--stdio'?"),
    ],
)
def test_wrong_usage_says_what_was_expected(arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", *arguments]) == 2
    printed = capfd.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_the_end_of_the_input_ends_it_well() -> None:
    served = subprocess.run([*SERVE, "--variant", "line_feed_alone"], input=HELLO, capture_output=True, check=False)
    assert (served.returncode, served.stderr) == (0, b"")
    assert json.loads(served.stdout)["ok"]["role"] == "repository"


def test_an_interrupt_ends_it_quietly() -> None:
    with subprocess.Popen(SERVE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as served:
        assert served.stdin is not None
        assert served.stdout is not None
        served.stdin.write(HELLO)
        served.stdin.flush()
        served.stdout.readline()
        served.send_signal(signal.SIGINT)
        rest = served.communicate()
    assert (served.returncode, *rest) == (0, b"", b"")


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    with subprocess.Popen(SERVE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as served:
        assert served.stdout is not None
        served.stdout.close()
        _, errors = served.communicate(HELLO)
    assert (served.returncode, errors) == (0, b"")


def test_whoever_starts_it_on_a_terminal_is_told_what_it_waits_for() -> None:
    controller, terminal = pty.openpty()
    with subprocess.Popen(SERVE, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as served:
        os.write(controller, HELLO + b"\x04")
        out, errors = served.communicate()
    os.close(controller)
    os.close(terminal)
    assert b"Serving on stdin and stdout, one JSON object a line; Ctrl-D ends." in errors
    assert json.loads(out)["id"] == 0
