"""A factory of somebody else's: whatever it does, in a process of its own, ends as a failure of the right kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.port.failure import AdapterFailure
from harness.port.hosted import Hosted
from harness.port.in_process import InProcess

END = {"id": 3, "message": "end", "more": {"list": [1]}}


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Hosted]]:
    """Makes connections to the objects of `objects.py`, as from the folder in which it lies."""
    monkeypatch.chdir(Path(__file__).parent)
    opened: list[Hosted] = []

    def connect(mode: str, time_limit: float = 3600) -> Hosted:
        opened.append(Hosted("objects", mode, time_limit))
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


def failure_of(connection: Hosted, within: float = 3600) -> AdapterFailure:
    connection.time_limit = within
    with pytest.raises(AdapterFailure) as caught:
        connection.exchange(END)
    return caught.value


@pytest.mark.parametrize(
    ("mode", "kind", "said"),
    [
        ("value_error", "exit", "the system raised ValueError: disk full"),
        ("system_exit", "exit", "the system raised SystemExit: 2"),
        ("keyboard_interrupt", "exit", "the system raised KeyboardInterrupt"),
        ("unspeakable", "exit", "the system raised Unspeakable: (it cannot say what)"),
        ("unprintable", "exit", r"the system raised ValueError: \ud800 \x1b"),
        ("ends_natively", "exit", "no answer to 'end': the system exited with code 0"),
        ("crashes", "exit", "no answer to 'end': the system was ended by signal SIGSEGV"),
        ("none", "malformed", "the reply to 'end' is None"),
        ("of_bytes", "malformed", "the reply is not JSON: Object of type bytes"),
        ("of_a_set", "malformed", "the reply is not JSON: Object of type set"),
        ("of_tuples", "malformed", "the reply is not JSON: keys must be"),
        ("no_number", "malformed", "NaN is no integer"),
        ("cyclic", "malformed", "the reply is not JSON: Circular reference"),
        ("deep", "malformed", "the reply is not JSON: maximum recursion depth exceeded"),
        ("of_another", "out_of_turn", "has id 4, expected 3"),
        ("long", "flood", "a line of more than 8388608 bytes"),
        ("writes_to_every_descriptor", "malformed", """'!{"kind": 1}' is not a reply in JSON"""),
    ],
)
def test_an_object_that_misbehaves_fails_in_a_way_that_has_a_name(
    hosted: Callable[[str], Hosted], mode: str, kind: str, said: str
) -> None:
    failure = failure_of(hosted(mode))
    assert failure.kind == kind
    assert said in failure.detail


@pytest.mark.parametrize("mode", ["hangs", "keeps_the_interpreter", "sums_for_ever"])
def test_the_time_limit_holds_whatever_an_object_does(hosted: Callable[[str], Hosted], mode: str) -> None:
    failure = failure_of(hosted(mode), within=0.2)
    assert (failure.kind, failure.detail) == ("timeout", "no answer to 'end' within 0.2 s")


def test_a_failure_carries_what_was_printed_and_the_end_of_the_traceback(hosted: Callable[[str], Hosted]) -> None:
    failure = failure_of(hosted("value_error"))
    assert (failure.stderr[0], failure.stderr[-1]) == ("imported", "ValueError: disk full")
    assert any(line.endswith("in exchange") for line in failure.stderr)


def test_what_an_object_prints_is_error_output_and_no_reply(hosted: Callable[[str], Hosted]) -> None:
    connection = hosted("printing")
    assert connection.exchange(END) == {"id": 3, "ok": {}}
    assert connection.stderr_tail() == ("imported", "a line of log", "and one by its descriptor")


def test_an_object_runs_in_a_main_thread_without_input_or_runner_and_finds_the_users_folder_last(
    hosted: Callable[[str], Hosted],
) -> None:
    told = hosted("telling").exchange(END)["error"]["message"]
    here = str(Path(__file__).parent)
    assert told == str({"thread": True, "input": "", "folder": here, "runner": []})


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("raises_when_made", "the system raised OSError: no licence"),
        ("exits_when_made", "the system raised SystemExit: 1"),
        ("no_system", "the factory returned 'NoneType', expected an object with exchange(request)"),
    ],
)
def test_a_factory_that_makes_no_system_is_a_failure_to_start(
    hosted: Callable[[str], Hosted], mode: str, said: str
) -> None:
    with pytest.raises(AdapterFailure) as caught:
        hosted(mode)
    assert (caught.value.kind, caught.value.detail) == ("start", said)


def test_a_factory_that_hangs_is_a_failure_to_start(hosted: Callable[..., Hosted]) -> None:
    with pytest.raises(AdapterFailure, match=r"^start: .* within 0.5 s$"):
        hosted("hangs_when_made", time_limit=0.5)


def test_an_object_is_closed_in_the_end_whatever_comes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hosted: Callable[[str], Hosted]
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.chdir(tmp_path)
    connection = hosted("Closing")
    connection.exchange(END)
    connection.close()
    assert (tmp_path / "closed").exists()
    with pytest.raises(AdapterFailure, match="the connection was closed"):
        connection.exchange(END)


class Raising:
    """A system of ours that raises."""

    def exchange(self, request: Any) -> Any:
        raise KeyError("sdp")


def test_a_system_of_ours_that_raises_fails_like_any_other() -> None:
    with pytest.raises(AdapterFailure, match="the system raised KeyError: 'sdp'"):
        InProcess(Raising()).exchange(END)


class Destroying:
    """A system of ours that changes what it is given."""

    def exchange(self, request: Any) -> Any:
        reply = {"id": request["id"], "ok": {}}
        request["more"]["list"].clear()
        request.clear()
        return reply


def test_what_a_system_of_ours_does_to_a_request_stays_with_it() -> None:
    request = {"id": 3, "message": "end", "more": {"list": [1]}}
    InProcess(Destroying()).exchange(request)
    assert request == {"id": 3, "message": "end", "more": {"list": [1]}}
