"""From the words of a feature to values: times, names in quotes, ordinals. The one home of such conversions."""

from __future__ import annotations

import re

from harness.conversation import SuiteMistake
from harness.interface.instants import Instant, at, day_of, later

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_QUOTED = re.compile(r'"([^"]*)"')
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def moment(weekday: str, clock: str, *, after: Instant) -> Instant:
    """The first such weekday and clock time (EST) at or after an instant.

    :raises SuiteMistake: no such weekday or clock time.
    """
    match = _CLOCK.fullmatch(clock)
    if weekday not in WEEKDAYS or match is None:
        raise SuiteMistake(f"{weekday} {clock} is no time; a time is written as in 'Monday at 08:00'")
    ahead = (WEEKDAYS.index(weekday) - after.weekday()) % 7
    found = later(at(day_of(after), int(match[1]), int(match[2])), days=ahead)
    return found if found >= after else later(found, days=7)


def names(text: str) -> list[str]:
    """The names in quotes of a list such as ``"Mill", "Bakery" and "Depot"``."""
    return _QUOTED.findall(text)


def ordinals(text: str) -> list[int]:
    """The numbers of a list such as ``first, second and third``.

    :raises SuiteMistake: a word is no ordinal.
    """
    words = [word for word in re.split(r",\s*|\s+and\s+", text.strip()) if word]
    unknown = [word for word in words if word not in ORDINALS]
    if unknown:
        raise SuiteMistake(f"{unknown[0]!r} is no ordinal; there are {', '.join(ORDINALS)}")
    return [ORDINALS.index(word) + 1 for word in words]
