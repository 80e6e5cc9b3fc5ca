"""A factory of somebody else's in this process: whatever it does, it ends as a failure of the right kind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest

from harness.port.failure import AdapterFailure
from harness.port.in_process import InProcess, Watched

END = {"id": 3, "message": "end", "more": {"list": [1]}}


class System:
    """A system that answers as it is told to."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self.answer = answer

    def exchange(self, request: Any) -> Any:
        return self.answer(request)


def ok(request: Any) -> Any:
    return {"id": request["id"], "ok": {}}


def raising(error: BaseException) -> Callable[..., NoReturn]:
    def call(*_: Any) -> NoReturn:
        raise error

    return call


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def cyclic(request: Any) -> Any:
    reply: dict[str, Any] = ok(request)
    reply["ok"]["self"] = reply
    return reply


def deep(_: Any) -> Any:
    reply: Any = []
    for _level in range(100_000):
        reply = [reply]
    return reply


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """What a system that hangs waits for; set in the end, so that its thread ends too."""
    event = threading.Event()
    yield event
    event.set()


def failure_of(answer: Callable[[Any], Any], time_limit: float = 30) -> AdapterFailure:
    connection = Watched(lambda: System(answer), time_limit)
    with pytest.raises(AdapterFailure) as caught:
        connection.exchange(END)
    connection.close()
    return caught.value


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (raising(ValueError("disk full")), "exit", "the system raised ValueError: disk full"),
        (raising(SystemExit(2)), "exit", "the system raised SystemExit: 2"),
        (raising(KeyboardInterrupt()), "exit", "the system raised KeyboardInterrupt"),
        (raising(Unspeakable()), "exit", "the system raised Unspeakable: (it cannot say what)"),
        (raising(ValueError("\ud800 \x1b")), "exit", r"the system raised ValueError: \ud800 \x1b"),
        (lambda _: None, "malformed", "the reply to 'end' is None"),
        (lambda _: b"bytes", "malformed", "the reply is not JSON: Object of type bytes"),
        (lambda _: {1, 2}, "malformed", "the reply is not JSON: Object of type set"),
        (lambda _: {(1, 2): 3}, "malformed", "the reply is not JSON: keys must be"),
        (lambda _: {"id": 3, "ok": float("nan")}, "malformed", "NaN is no integer"),
        (cyclic, "malformed", "the reply is not JSON: Circular reference"),
        (deep, "malformed", "the reply is not JSON: maximum recursion depth exceeded"),
        (lambda _: {"id": 4, "ok": {}}, "out_of_turn", "has id 4, expected 3"),
        (lambda _: {"id": 3, "ok": "x" * 9_000_000}, "flood", "a line of more than 8388608 bytes"),
    ],
)
def test_an_object_that_misbehaves_fails_in_a_way_that_has_a_name(
    answer: Callable[[Any], Any], kind: str, said: str
) -> None:
    failure = failure_of(answer)
    assert failure.kind == kind
    assert said in failure.detail


def test_a_failure_carries_the_end_of_the_traceback() -> None:
    failure = failure_of(raising(ValueError("disk full")))
    assert failure.stderr[-1] == "ValueError: disk full"


def test_an_object_that_hangs_is_not_waited_for(released: threading.Event) -> None:
    failure = failure_of(lambda _: released.wait(), time_limit=0.1)
    assert (failure.kind, failure.detail) == ("timeout", "no answer to 'end' within 0.1 s")


def test_an_object_that_answers_late_does_not_answer_the_next_request(released: threading.Event) -> None:
    connection = Watched(lambda: System(lambda request: released.wait() and ok(request)), time_limit=0.1)
    with pytest.raises(AdapterFailure, match="timeout"):
        connection.exchange(END)
    released.set()
    with pytest.raises(AdapterFailure, match="the connection was closed"):
        connection.exchange({"id": 4, "message": "end"})


def test_what_an_object_does_to_a_request_stays_with_it() -> None:
    def destroys(request: Any) -> Any:
        reply = ok(request)
        request["more"]["list"].clear()
        request.clear()
        return reply

    request = {"id": 3, "message": "end", "more": {"list": [1]}}
    connection = Watched(lambda: System(destroys), time_limit=30)
    connection.exchange(request)
    connection.close()
    assert request == {"id": 3, "message": "end", "more": {"list": [1]}}


@pytest.mark.parametrize(
    ("factory", "said"),
    [
        (raising(OSError("no licence")), "the system raised OSError: no licence"),
        (raising(SystemExit(1)), "the system raised SystemExit: 1"),
        (lambda: None, "the factory returned 'NoneType', expected an object with exchange(request)"),
    ],
)
def test_a_factory_that_makes_no_system_is_a_failure_to_start(factory: Callable[[], Any], said: str) -> None:
    with pytest.raises(AdapterFailure) as caught:
        Watched(factory, time_limit=30)
    assert (caught.value.kind, caught.value.detail) == ("start", said)


def test_a_factory_that_hangs_is_a_failure_to_start(released: threading.Event) -> None:
    with pytest.raises(AdapterFailure) as caught:
        Watched(released.wait, time_limit=0.1)
    assert (caught.value.kind, caught.value.detail) == ("start", "the factory made no system within 0.1 s")


def test_an_object_is_made_called_and_closed_in_one_thread() -> None:
    threads = []

    class Noting(System):
        def __init__(self) -> None:
            super().__init__(self._note)
            threads.append(threading.get_ident())

        def _note(self, request: Any) -> Any:
            threads.append(threading.get_ident())
            return ok(request)

        def close(self) -> None:
            threads.append(threading.get_ident())

    connection = Watched(Noting, time_limit=30)
    connection.exchange(END)
    connection.close()
    assert len(threads) == 3
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(1)])
def test_an_object_that_cannot_be_closed_is_let_go_of(error: BaseException) -> None:
    system = System(ok)
    system.close = raising(error)  # type: ignore[attr-defined]
    connection = Watched(lambda: system, time_limit=30)
    connection.close()
    with pytest.raises(AdapterFailure, match="the connection was closed"):
        connection.exchange(END)


def test_a_system_of_ours_that_raises_fails_like_any_other() -> None:
    with pytest.raises(AdapterFailure, match="the system raised KeyError: 'sdp'"):
        InProcess(System(raising(KeyError("sdp")))).exchange(END)
