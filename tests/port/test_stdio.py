"""A command as a system under test: whatever it does, it ends as a failure of the right kind, and nothing is left."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.port import stdio
from harness.port.failure import AdapterFailure
from harness.port.stdio import Stdio

HOSTILE = str(Path(__file__).parent / "hostile.py")
HELLO = {"id": 0, "message": "hello", "protocol": 1, "role": "repository"}
BEGIN = {"id": 1, "message": "begin"}
END = {"id": 2, "message": "end"}
LARGE = {"id": 1, "message": "submit", "content": {"text": "x" * 1024 * 1024}}


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def gone(process: int) -> bool:
    """Wait until a process that was killed has gone; init takes a moment to bury somebody else's child."""
    while alive(process):
        time.sleep(0.01)
    return True


@pytest.fixture
def system() -> Iterator[Callable[..., Stdio]]:
    opened: list[Stdio] = []

    def make(mode: str) -> Stdio:
        opened.append(Stdio([sys.executable, "-I", "-S", HOSTILE, mode], time_limit=3600))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who stay are given less time than usual."""
    monkeypatch.setattr(stdio, "_GRACE_SECONDS", 0.2)
    monkeypatch.setattr(stdio, "_POLITE_SECONDS", 0.2)


def wait_for_words(connection: Stdio, words: str) -> None:
    """Wait until a system has said something on stderr, for as long as it takes."""
    while words not in connection.stderr_tail():
        time.sleep(0.01)


def failure_of(
    connection: Stdio, request: dict[str, Any], within: float = 3600, *, after: str | None = None
) -> AdapterFailure:
    """How a request fails. The time limit is for that request: the command has all the time it needs to start.

    :param after: what the command says once it has done what the limit is not for.
    """
    connection.exchange(HELLO)
    if after is not None:
        wait_for_words(connection, after)
    connection.time_limit = within
    with pytest.raises(AdapterFailure) as caught:
        connection.exchange(request)
    return caught.value


@pytest.mark.parametrize(
    ("mode", "kind", "said"),
    [
        ("exits", "exit", "no answer to 'begin': the system exited with code 3"),
        ("is_killed", "exit", "the system was ended by signal SIGKILL"),
        ("exits_in_mid_line", "exit", """stdout held '{"id": 1, "o' without a line feed"""),
        ("logs_to_stdout", "malformed", "'INFO conversation begins' is not a reply in JSON"),
        ("floods", "flood", "a line of more than 8388608 bytes"),
        ("answers_with_a_long_line", "flood", "a line of more than 8388608 bytes"),
        ("leaves_its_pipes_to_a_child", "exit", "the system exited with code 0, and left its output to a child"),
        ("leaves_a_child_behind", "exit", "the system exited with code 7"),
    ],
)
def test_a_system_that_misbehaves_fails_in_a_way_that_has_a_name(
    system: Callable[..., Stdio], mode: str, kind: str, said: str
) -> None:
    failure = failure_of(system(mode), BEGIN)
    assert failure.kind == kind
    assert said in failure.detail


@pytest.mark.parametrize(
    ("mode", "kind", "said"),
    [
        ("logs_after_the_reply", "malformed", "'INFO done' is not a reply in JSON"),
        ("answers_twice", "out_of_turn", "the reply to 'end' has id 1, expected 2"),
    ],
)
def test_a_line_too_many_is_taken_for_the_answer_to_what_is_asked_next(
    system: Callable[..., Stdio], mode: str, kind: str, said: str
) -> None:
    connection = system(mode)
    connection.exchange(HELLO)
    connection.exchange(BEGIN)
    with pytest.raises(AdapterFailure) as caught:
        connection.exchange(END)
    assert caught.value.kind == kind
    assert said in caught.value.detail


@pytest.mark.usefixtures("impatient")
def test_a_system_that_closes_its_output_and_stays_has_exited_all_the_same(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("closes_its_output"), BEGIN, within=0.5, after="closed")
    assert (failure.kind, failure.stderr) == ("exit", ("closed",))
    assert failure.detail == "no answer to 'begin': the system closed its output and runs on"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("mode", "after", "said"),
    [
        ("hangs", None, "no answer to 'begin' within 0.3 s"),
        ("hangs_ignoring_sigterm", None, "no answer to 'begin' within 0.3 s"),
        ("drips", "dripping", "stdout held 'xx"),
        ("fills_stderr_for_ever", None, "no answer to 'begin' within 0.3 s"),
    ],
)
def test_a_system_that_does_not_answer_in_time_is_not_waited_for(
    system: Callable[..., Stdio], mode: str, after: str | None, said: str
) -> None:
    failure = failure_of(system(mode), BEGIN, within=0.3, after=after)
    assert failure.kind == "timeout"
    assert said in failure.detail


def test_a_system_that_does_not_read_is_not_waited_for(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("does_not_read"), LARGE, within=0.3)
    assert (failure.kind, failure.detail) == ("timeout", "'submit' was not read within 0.3 s")


@pytest.mark.usefixtures("impatient")
def test_a_system_that_closes_its_input_does_not_answer(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("closes_its_input"), LARGE, within=0.3)
    assert (failure.kind, failure.detail) == ("timeout", "no answer to 'submit' within 0.3 s")


def test_a_system_that_writes_while_it_is_written_to_has_given_its_answer(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("writes_before_it_has_read"), LARGE)
    assert failure.kind == "malformed"
    assert "'too early' is not a reply in JSON" in failure.detail


def test_a_reply_that_comes_before_it_was_asked_is_out_of_turn(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("answers_before_it_has_read"), LARGE)
    assert (failure.kind, failure.detail) == ("out_of_turn", "the reply to 'submit' came before it was asked")


@pytest.mark.parametrize("request_", [BEGIN, LARGE], ids=["little", "much"])
@pytest.mark.parametrize("mode", ["writes_a_line_and_goes", "reads_writes_a_line_and_goes"])
@pytest.mark.parametrize("waits", [False, True], ids=["at once", "when it has gone"])
def test_what_is_said_of_a_system_that_writes_a_line_and_goes_is_always_the_same(
    system: Callable[..., Stdio], mode: str, waits: bool, request_: dict[str, Any]
) -> None:
    connection = system(mode)
    connection.exchange(HELLO)
    if waits and mode == "writes_a_line_and_goes":
        assert gone(connection.process_id)
    with pytest.raises(AdapterFailure) as caught:
        connection.exchange(request_)
    assert (caught.value.kind, caught.value.stderr) == ("malformed", ("bye",))
    assert caught.value.detail == (
        "'ready' is not a reply in JSON: Expecting value: line 1 column 1 (char 0) "
        "(stdout is for replies alone, logs go to stderr)"
    )


def test_a_system_that_goes_away_between_scenarios_has_exited(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("goes_away_after_an_answer"), BEGIN)
    assert failure.kind == "exit"
    assert failure.stderr == ("so long",)


def test_what_a_system_says_unasked_is_taken_for_its_next_answer(system: Callable[..., Stdio]) -> None:
    connection = system("speaks_unasked")
    connection.exchange(HELLO)
    os.kill(connection.process_id, signal.SIGUSR1)  # only now, lest its line is read with the reply
    wait_for_words(connection, "said it")  # then its line on stdout has been written as well
    with pytest.raises(AdapterFailure, match="malformed: 'INFO idle' is not a reply in JSON"):
        connection.exchange(BEGIN)


def test_megabytes_of_error_output_keep_nobody_from_answering(system: Callable[..., Stdio]) -> None:
    connection = system("fills_stderr_and_answers")
    connection.exchange(HELLO)
    assert connection.exchange(BEGIN) == {"id": 1, "ok": {}}
    assert connection.stderr_tail()[-1] == "and now the answer"


def test_the_error_output_that_is_kept_is_bounded(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("fills_stderr_for_ever"), BEGIN, within=0.3)
    assert len(failure.stderr) <= 50
    assert all(len(line) <= 2000 for line in failure.stderr)


@pytest.mark.parametrize(
    ("mode", "last"),
    [
        ("exits", "out of memory"),
        ("writes_control_characters_to_stderr", r"\x1b[31mred\x1b[0m \x00 \x07"),
        ("writes_no_text_to_stderr", r"\xff\xfe"),
    ],
)
def test_a_failure_carries_the_last_words_made_printable(system: Callable[..., Stdio], mode: str, last: str) -> None:
    assert failure_of(system(mode), BEGIN).stderr == (last,)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("mode", ["hangs", "hangs_ignoring_sigterm", "closes_its_output", "floods"])
def test_a_system_that_failed_is_no_more(system: Callable[..., Stdio], mode: str) -> None:
    connection = system(mode)
    failure_of(connection, BEGIN, within=0.3)
    assert gone(connection.process_id)


def test_the_children_of_a_system_that_failed_are_no_more(system: Callable[..., Stdio]) -> None:
    failure = failure_of(system("leaves_a_child_behind"), BEGIN)
    assert gone(int(failure.stderr[-1].removeprefix("child ")))


@pytest.mark.usefixtures("impatient")
def test_a_system_that_ignores_the_end_of_its_input_is_no_more(system: Callable[..., Stdio]) -> None:
    connection = system("ignores_the_end_of_its_input")
    connection.exchange(HELLO)
    connection.close()
    assert gone(connection.process_id)


def test_a_connection_that_was_closed_says_so(system: Callable[..., Stdio]) -> None:
    connection = system("exits")
    connection.close()
    with pytest.raises(AdapterFailure, match="the connection was closed"):
        connection.exchange(HELLO)


def test_a_command_that_cannot_be_started_is_a_failure_of_its_own_kind(tmp_path: Path) -> None:
    no_program = tmp_path / "no_program"
    no_program.write_bytes(b"\x00\x01\x02")
    no_program.chmod(0o755)
    with pytest.raises(AdapterFailure, match=r"^start: .*Exec format error"):
        Stdio([str(no_program)], 1.0)


def test_a_command_that_ends_at_once_is_told_of_together_with_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = tmp_path / "keeper.py"
    keeper.write_text(
        "import os, socket, sys\n"
        "told = socket.socket(fileno=int(sys.argv[1]))\n"
        "os.closerange(0, 3)\n"
        "told.sendall(b'started 7\\nended 3\\n')\n"
        "told.recv(1)\n"
    )
    monkeypatch.setattr(stdio.keeper, "__file__", str(keeper))
    connection = Stdio(["whatever"], time_limit=1)
    with pytest.raises(AdapterFailure, match="the system exited with code 3"):
        connection.exchange(HELLO)
