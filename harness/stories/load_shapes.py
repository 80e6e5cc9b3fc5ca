"""What meters of a made LDC measure: load shapes by class and season, weather, and what each SDP makes of them.

Everything is integers and hashes of the seed, the LDC and the SDP's number, so that the same wish gives the same bytes
on every machine, whatever SDPs are made beside it. Arrays are ``[sdp, interval]``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from harness.interface.calendars import statutory_holidays
from harness.interface.instants import Day

Numbers = NDArray[np.uint64]

MISSING, VALID, ESTIMATED, NOT_VALIDATED, NEEDS_EDIT = range(5)
"""Statuses in the arrays; a missing interval has none."""

_POOL = 2**22
_BUSINESS_DAY = (
    (
        420, 360, 330, 320, 320, 360, 520, 780, 720, 560, 510, 520,
        560, 540, 520, 580, 760, 1080, 1240, 1220, 1140, 980, 760, 560,
    ),
    (
        300, 290, 280, 280, 300, 380, 620, 1100, 1700, 2000, 2100, 2150,
        2100, 2150, 2100, 2000, 1800, 1300, 900, 700, 560, 460, 380, 330,
    ),
    (
        800, 790, 780, 780, 800, 900, 1100, 1300, 1400, 1450, 1450, 1450,
        1400, 1450, 1450, 1400, 1300, 1200, 1150, 1100, 1050, 1000, 900, 850,
    ),
)  # fmt: skip
_OTHER_DAY = (
    (
        460, 400, 360, 340, 340, 350, 400, 540, 760, 900, 940, 940,
        960, 900, 860, 880, 960, 1120, 1240, 1200, 1120, 980, 800, 600,
    ),
    (
        290, 280, 280, 280, 280, 300, 340, 400, 520, 620, 680, 700,
        700, 680, 640, 560, 480, 420, 380, 350, 330, 310, 300, 290,
    ),
    (
        760, 750, 740, 740, 740, 760, 800, 840, 880, 900, 900, 900,
        900, 900, 880, 860, 840, 820, 800, 800, 790, 780, 770, 760,
    ),
)  # fmt: skip
"""Wh of each hour of a household, a shop or office, and a works, before weather and size."""
_SEASON_TENTHS = (-75, -60, -5, 65, 130, 185, 212, 203, 158, 90, 35, -35)
"""Mean temperature of each month, tenths of a degree."""
_WARM, _COLD = 180, 140
"""Tenths of a degree above which rooms are cooled, and below which they are heated."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """How many SDPs of a thousand have a stretch of each kind of trouble within a period."""

    gaps: int = 10
    estimated: int = 30
    not_validated: int = 10
    needs_edit: int = 5


class LoadShapes:
    """The intervals of SDPs of one LDC over some days.

    :param minutes: of each interval.
    """

    def __init__(self, seed: int, ldc: str, first: Day, days: int, minutes: int, trouble: Trouble) -> None:
        self.per_day = 24 * 60 // minutes
        self.intervals = days * self.per_day
        self.trouble = trouble
        key = hashlib.sha256(f"{seed} {ldc}".encode()).digest()
        self._key = np.uint64(int.from_bytes(key[:8], "little"))
        chance = np.random.Generator(np.random.PCG64(int.from_bytes(key[8:], "little")))
        self._noise = chance.integers(64, 193, _POOL + self.intervals, dtype=np.uint8)
        self._shapes = _shapes(first, days, chance) // (60 // minutes)
        self._shapes = np.repeat(self._shapes, 60 // minutes, axis=1)

    def hashed(self, numbers: Numbers, purpose: int) -> Numbers:
        """A number without pattern for each SDP, another for each purpose."""
        mixed = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15) + self._key + np.uint64(purpose << 32)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        found: Numbers = mixed ^ (mixed >> np.uint64(31))
        return found

    def drawn(self, numbers: Numbers, purpose: int, limit: int) -> NDArray[np.int64]:
        """A number from 0 to below a limit for each SDP."""
        return (self.hashed(numbers, purpose) % np.uint64(limit)).astype(np.int64)

    def wh(self, numbers: Numbers) -> NDArray[np.int32]:
        """What is metered, int32 Wh ``[sdp, interval]``: none of it is missing."""
        kind = self.drawn(numbers, 1, 100)
        kind = np.where(kind < 88, 0, np.where(kind < 97, 1, 2))
        size = np.array([256, 640, 4000])[kind] * (40 + self.drawn(numbers, 2, 120)) // 100
        warmth = self.drawn(numbers, 3, 4)
        windows = np.lib.stride_tricks.sliding_window_view(self._noise, self.intervals)
        noise = windows[self.drawn(numbers, 4, _POOL)]
        found = np.take(self._shapes, kind * 4 + warmth, axis=0)
        found *= size.astype(np.int32)[:, None]
        found >>= 8
        found *= noise
        found >>= 7
        return found

    def status(self, numbers: Numbers) -> NDArray[np.uint8]:
        """The status of each interval, uint8 ``[sdp, interval]``."""
        found = np.full((numbers.size, self.intervals), VALID, dtype=np.uint8)
        kinds = (
            (self.trouble.estimated, ESTIMATED),
            (self.trouble.not_validated, NOT_VALIDATED),
            (self.trouble.needs_edit, NEEDS_EDIT),
            (self.trouble.gaps, MISSING),
        )
        for share, status in kinds:
            troubled = np.flatnonzero(self.drawn(numbers, 10 + status, 1000) < share)
            begins = self.drawn(numbers[troubled], 20 + status, self.intervals)
            lasts = 1 + self.drawn(numbers[troubled], 30 + status, 2 * self.per_day)
            for row, begin, length in zip(troubled.tolist(), begins.tolist(), lasts.tolist(), strict=True):
                found[row, begin : begin + length] = status
        return found

    def is_reactive(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which SDPs have reactive energy metered: one in twenty."""
        found: NDArray[np.bool_] = self.drawn(numbers, 5, 20) == 0
        return found

    def varh(self, numbers: Numbers, wh: NDArray[np.int32]) -> NDArray[np.int32]:
        """Reactive energy, int32 varh ``[sdp, interval]``: a share of the active energy that is the SDP's own."""
        return (wh * (100 + self.drawn(numbers, 6, 500))[:, None] // 1000).astype(np.int32)


def _shapes(first: Day, days: int, chance: np.random.Generator) -> NDArray[np.int32]:
    """Wh by class and warmth, ``[class * 4 + warmth, hour]``, with the weather of the days in them.

    :param chance: draws the weather.
    """
    holidays = statutory_holidays()
    swings = chance.integers(-60, 61, days)
    found = np.empty((12, days * 24), dtype=np.int32)
    for number in range(days):
        day = Day(first + timedelta(days=number))
        plain = np.array(_OTHER_DAY if day.weekday() >= 5 or day in holidays else _BUSINESS_DAY, dtype=np.int64)
        degrees = _temperature(day) + int(swings[number]) + _DAILY
        need = np.maximum(degrees - _WARM, 0) * 5 + np.maximum(_COLD - degrees, 0) * 2
        for warmth in range(4):
            found[warmth::4, number * 24 : number * 24 + 24] = plain * (1000 + need * warmth) // 1000
    return found


_DAILY = np.array(
    [-30, -35, -40, -45, -50, -50, -45, -35, -20, 0, 15, 30, 40, 48, 50, 50, 45, 38, 28, 15, 0, -10, -18, -25]
)
"""How much warmer or colder an hour is than its day, tenths of a degree."""


def _temperature(day: Day) -> int:
    """The mean temperature of a day, tenths of a degree, between those of two months."""
    before = _SEASON_TENTHS[(day.month - 2) % 12] if day.day < 15 else _SEASON_TENTHS[day.month - 1]
    after = _SEASON_TENTHS[day.month - 1] if day.day < 15 else _SEASON_TENTHS[day.month % 12]
    past = (day.day - 15) % 30
    return before + (after - before) * past // 30
