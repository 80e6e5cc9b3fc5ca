"""Time is handed in: with the machine's clock frozen in another year and zone, everything comes out the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import time_machine

from harness.runner.controller import Wish, run

time_machine.naive_mode = time_machine.NaiveMode.ERROR

ELSEWHERE = datetime(1999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=9), "JST"))


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Another time zone for this process, as the variable TZ gives it."""
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


def outcome(folder: Path, selection: str) -> dict[str, bytes]:
    run(
        Wish(selection=selection),
        folder,
        as_of=None,
        today=date(2026, 1, 1),
        fresh_namespace=lambda: "never asked for",
        started="then",
    )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


@pytest.mark.parametrize("selection", ["USDP-12", "SEQ-05", "WIN-07"])
def test_the_machines_clock_and_zone_change_nothing(tmp_path: Path, selection: str) -> None:
    now = outcome(tmp_path / "now", selection)
    with zone("JST-9"), time_machine.travel(ELSEWHERE, tick=False):
        then = outcome(tmp_path / "then", selection)
    assert then == now
    assert len(now) > 3
