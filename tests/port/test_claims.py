"""What a system says of itself is taken at its word, or refused: a slip in a claim is never overlooked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.runner.controller import SystemUnreachable, Wish, introduce

HELLO: dict[str, Any] = {
    "protocol": 1,
    "name": "a system",
    "version": "2",
    "role": "repository",
    "classes": ["USDP", "FTS"],
    "clock": "settable",
    "state": "process",
    "isolation": "conversation",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    before = list(sys.path)
    yield tmp_path
    sys.path[:] = before
    sys.modules.pop("claiming", None)


def wish(folder: Path, **changed: Any) -> Wish:
    """A wish for a system that introduces itself so."""
    (folder / "claiming.py").write_text(
        f"OK = {HELLO | changed!r}\n"
        "class System:\n"
        "    def exchange(self, request):\n"
        "        return {'id': request['id'], 'ok': OK}\n"
        "create = System\n"
    )
    return Wish("claiming:create", None, None, 0, 1, None, None, 30)


def test_a_system_is_what_it_says_it_is(folder: Path) -> None:
    system = introduce(wish(folder, values={"set_wait_time_minutes": 5, "br04_at": ["11:00"]}))
    assert (system.name, system.classes) == ("a system", ("FTS", "USDP"))
    assert system.values == {"set_wait_time_minutes": 5, "br04_at": ["11:00"]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"classes": ["FTS", "USPD"]}, "claims 'USPD', which is no class; did you mean USDP?"),
        ({"classes": ["everything"]}, "claims 'everything', which is no class; there are FTS, USDP, "),
        ({"classes": ["none"]}, "claims 'none', which is no class"),
        (
            {"values": {"set_wait_minutes": 5}},
            "fixes 'set_wait_minutes', which is no value; did you mean set_wait_time",
        ),
        (
            {"values": {"set_wait_time_minutes": "5"}},
            "'set_wait_time_minutes' at \"5\", expected a value such as 60",
        ),
        ({"values": {"delivery_within_seconds": 60}}, "at 60, expected a whole number from 1 to 59"),
        ({"values": {"billing_run_every_hours": 0}}, "at 0, expected a whole number from 1 to 24"),
        ({"values": {"set_wait_time_minutes": True}}, "at true, expected a value such as 60"),
        ({"readings": {"AMB-6": "from-last-file"}}, "reads 'AMB-6', which is no ambiguity; did you mean AMB-"),
        (
            {"readings": {"AMB-06": "from-last"}},
            "reads AMB-06 as 'from-last'; there are from-first-file, from-last",
        ),
        ({"readings": {"AMB-06": 1}}, "reads AMB-06 as 1; there are from-first-file"),
        ({"values": {"br04_at": "11:00"}}, 'fixes \'br04_at\' at "11:00", expected a value such as ["12:00", "23:30"]'),
    ],
)
def test_a_claim_with_a_slip_in_it_is_refused(folder: Path, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(SystemUnreachable) as caught:
        introduce(wish(folder, **changed))
    assert said in str(caught.value)
