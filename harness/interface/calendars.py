"""The business calendar: Ontario's statutory holidays, frozen as data (AMB-07)."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from harness.interface.instants import Day


@functools.cache
def statutory_holidays() -> Mapping[Day, str]:
    """Ontario's statutory holidays by day, with their names, from the corpus."""
    text = (importlib.resources.files("corpus") / "calendars" / "ontario-holidays.toml").read_text(encoding="utf-8")
    days = tomllib.loads(text)["holidays"]
    return MappingProxyType({Day(date.fromisoformat(day)): name for day, name in sorted(days.items())})
