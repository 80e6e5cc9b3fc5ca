"""Calendars, frozen as data: holidays for what counts business days (AMB-07), and for prices by the hour (AMB-15)."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from harness.interface.instants import Day


@functools.cache
def statutory_holidays() -> Mapping[Day, str]:
    """Ontario's statutory holidays by day, with their names: what counts business days goes by them (AMB-07)."""
    return _days_of("business-day-holidays.toml")


@functools.cache
def price_plan_holidays() -> Mapping[Day, str]:
    """The holidays of the price plan by day, with their names: Time of Use prices go by them (AMB-15).

    Civic Holiday is one of them, and so is the next weekday where a holiday falls on a weekend (O. Reg. 494/10).
    """
    return _days_of("price-plan-holidays.toml")


@dataclass(frozen=True, slots=True)
class TouHours:
    """The hours of a weekday that is no holiday which are on-peak and mid-peak; all others are off-peak."""

    on_peak: frozenset[int]
    mid_peak: frozenset[int]


@dataclass(frozen=True, slots=True)
class TouSchedule:
    """The hours of both seasons, from a day on."""

    effective: Day
    summer: TouHours
    winter: TouHours


@dataclass(frozen=True, slots=True)
class TouSchedules:
    """When the seasons begin, as month and day, and the schedules in the order in which they come into effect."""

    summer_begins: tuple[int, int]
    winter_begins: tuple[int, int]
    schedules: tuple[TouSchedule, ...]

    def hours_on(self, day: Day) -> TouHours:
        """The hours that hold on a day, if it is a weekday and no holiday; those of the first schedule before it."""
        held = self.schedules[0]
        for schedule in self.schedules:
            if schedule.effective <= day:
                held = schedule
        return held.summer if self.summer_begins <= (day.month, day.day) < self.winter_begins else held.winter

    def season_starts(self, first_year: int, last_year: int) -> tuple[Day, ...]:
        """The days on which a season begins, in order, in some years, the last included."""
        return tuple(
            Day(date(year, *begins))
            for year in range(first_year, last_year + 1)
            for begins in (self.summer_begins, self.winter_begins)
        )


@functools.cache
def tou_schedules() -> TouSchedules:
    """The Time of Use schedules from the corpus."""
    raw = _calendar("tou-schedules.toml")
    schedules = tuple(
        TouSchedule(Day(date.fromisoformat(one["effective"])), _hours(one["summer"]), _hours(one["winter"]))
        for one in raw["schedule"]
    )
    seasons = raw["seasons"]
    summer, winter = _month_and_day(seasons["summer_begins"]), _month_and_day(seasons["winter_begins"])
    return TouSchedules(summer, winter, tuple(sorted(schedules, key=lambda schedule: schedule.effective)))


def _calendar(name: str) -> dict[str, Any]:
    return tomllib.loads((importlib.resources.files("corpus") / "calendars" / name).read_text(encoding="utf-8"))


def _days_of(name: str) -> Mapping[Day, str]:
    days = _calendar(name)["holidays"]
    return MappingProxyType({Day(date.fromisoformat(day)): holiday for day, holiday in sorted(days.items())})


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _hours(table: Mapping[str, Any]) -> TouHours:
    return TouHours(_hour_set(table["on_peak"]), _hour_set(table["mid_peak"]))


def _hour_set(spans: list[str]) -> frozenset[int]:
    return frozenset(hour for span in spans for hour in range(int(span[:2]), int(span[3:])))
