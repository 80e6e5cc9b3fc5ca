"""A connection to a CIS that is restarted: another process answers, and is held to being the same system."""

from __future__ import annotations

from typing import Any

import pytest

from harness.port.failure import AdapterFailure
from harness.port.lasting import Lasting
from harness.port.protocol import Role, SystemDescription

CIS = SystemDescription("C", "1", Role.CIS, (), "settable", "process", "conversation", {}, protocol=2, keeps="all")


class Connection:
    """A connection to a process that says its version, and answers everything else with it."""

    role = Role.REPOSITORY

    def __init__(self, version: str) -> None:
        self.version = version
        self.number = 1
        self.is_closed = False

    def exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        own = {"id": "ORG77777", "kind": "ldc", "next_sequence_number": self.number}
        said = {**CIS.as_json(), "version": self.version, "organisations": [own]}
        ok = said if request["message"] == "hello" else {}
        return {"id": request["id"], "ok": ok}

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        self.is_closed = True


def connections(*versions: str) -> tuple[Lasting, list[Connection]]:
    made = [Connection(version) for version in versions]
    left = iter(made)
    return Lasting(lambda: next(left), Role.CIS), made


def test_another_process_answers_after_a_restart() -> None:
    lasting, (first, second) = connections("1", "1")
    assert first.role is Role.CIS
    lasting.restart()
    assert (first.is_closed, second.is_closed, second.role) == (True, False, Role.CIS)


def test_the_number_of_the_next_file_set_may_have_counted_on() -> None:
    lasting, (_, second) = connections("1", "1")
    second.number = 42
    lasting.restart()


def test_a_system_that_comes_back_as_another_is_its_adapters_fault() -> None:
    lasting, _ = connections("1", "2")
    with pytest.raises(AdapterFailure, match="answered 'hello' otherwise than before"):
        lasting.restart()
