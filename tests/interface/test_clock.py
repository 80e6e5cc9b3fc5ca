"""The interface does not read the machine's clock, nor where the machine thinks it is."""

from __future__ import annotations

import importlib.resources
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from harness.interface.calendars import price_plan_holidays, statutory_holidays
from harness.interface.files import read_file, write_file
from harness.interface.instants import at, day_of, digits, instant, iso
from harness.interface.profile import Profile

CORPUS = Path(str(importlib.resources.files("corpus")))


def everything(profile: Profile) -> list[object]:
    """What the interface makes of the corpus and of instants, files written anew among it."""
    moment = instant("2011-07-10T08:00:00-04:00")
    made: list[object] = [
        iso(moment),
        digits(moment),
        day_of(moment),
        at(day_of(moment), 8),
        dict(statutory_holidays()),
        dict(price_plan_holidays()),
    ]
    for path in sorted((CORPUS / "files").rglob("*.DAT")):
        name = path.read_bytes().split(b"\n")[0].decode("latin-1").strip().removeprefix("FN|")
        made.append(read_file(name, path.read_bytes(), profile))
    reading = read_file(
        "A.B.1000.00.200906082210.DAT", (CORPUS / "files/good/request-shortest-fields.DAT").read_bytes(), profile
    )
    assert reading.name is not None
    made.append(write_file(profile, reading.name, {"ldc_org_id": "A", "created_date_time": moment}, []))
    return made


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tokyo, the night of a leap day, the clock standing still."""
    mode = time_machine.naive_mode
    time_machine.naive_mode = time_machine.NaiveMode.ERROR
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        with time_machine.travel(datetime(1996, 2, 29, 23, 59, 59, tzinfo=UTC), tick=False):
            yield
    finally:
        time_machine.naive_mode = mode
        monkeypatch.undo()
        time.tzset()


@pytest.fixture
def at_home(profile: Profile) -> list[object]:
    return everything(profile)


def test_the_machines_clock_and_zone_change_nothing(at_home: list[object], elsewhere: None, profile: Profile) -> None:
    assert everything(profile) == at_home
