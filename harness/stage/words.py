"""From the words of a feature to values: times, names in quotes, ordinals. The one home of such conversions.

`TYPES` are the kinds of words that step patterns speak of: ``{who:Name}``, ``{sdps:Names}``, ``{when:Moment}``, ….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from harness.errors import SuiteMistake
from harness.interface.instants import Day, Instant, at, day_of, later
from harness.stage.chapters.billing import ResponseRef
from harness.stage.chapters.master_data import WEEKDAYS
from harness.stage.chapters.synchronization import SetRef

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_QUOTED = re.compile(r'"([^"]*)"')
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


_Reader = TypeVar("_Reader", bound=Callable[[str], Any])


def _written(pattern: str) -> Callable[[_Reader], _Reader]:
    """Say how a kind of words is written, where the library that matches steps looks for it."""

    def note(reader: _Reader) -> _Reader:
        reader.pattern = pattern  # type: ignore[attr-defined]
        return reader

    return note


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A weekday and a clock time, EST, as a feature names them: ``Monday 08:00``."""

    weekday: str
    clock: str

    def at_or_after(self, earliest: Instant) -> Instant:
        """The first such time at or after an instant.

        :raises SuiteMistake: there is no such clock time.
        """
        match = _CLOCK.fullmatch(self.clock)
        if match is None:
            raise SuiteMistake(f"{self.clock} is no time; a time is written as in 'Monday 08:00'")
        ahead = (WEEKDAYS.index(self.weekday) - earliest.weekday()) % 7
        found = later(at(day_of(earliest), int(match[1]), int(match[2])), days=ahead)
        return found if found >= earliest else later(found, days=7)

    def at_or_before(self, latest: Instant) -> Instant:
        """The last such time at or before an instant.

        :raises SuiteMistake: there is no such clock time.
        """
        found = self.at_or_after(latest)
        return found if found == latest else later(found, days=-7)


@_written(r'[^"]+')
def _name(text: str) -> str:
    """A name, without its quotes."""
    return text


@_written(r'"[^"]+"(?:, "[^"]+")*(?: and "[^"]+")?')
def _names(text: str) -> list[str]:
    """The names of a list such as ``"Mill", "Bakery" and "Depot"``."""
    return _QUOTED.findall(text)


@_written(rf"(?:{'|'.join(ORDINALS)})")
def _ordinal(text: str) -> int:
    """The number of an ordinal such as ``second``, from 1."""
    return ORDINALS.index(text) + 1


@_written(rf"(?:{'|'.join(ORDINALS)})(?:(?:, | and )(?:{'|'.join(ORDINALS)}))*")
def _ordinals(text: str) -> list[int]:
    """The numbers of a list such as ``first, second and third``."""
    return [_ordinal(word) for word in re.split(r", | and ", text)]


@_written(r'(?:the other )?set \d+(?: of "[^"]+")?')
def _set(text: str) -> SetRef:
    """A file set: ``set 7``, ``the other set 7``, ``set 7 of "Lakeside"``."""
    number = re.search(r"\d+", text)
    ldc = _QUOTED.search(text)
    return SetRef(int(number[0]) if number else 0, ldc[1] if ldc else None, text.startswith("the other"))


@_written(r"(?:[IP]-Sync)")
def _kind(text: str) -> str:
    return text


@_written(r'(?:response to "[^"]+"|scheduled response for "[^"]+")')
def _response(text: str) -> ResponseRef:
    """A billing quantity response: ``response to "R1"``, or ``scheduled response for "Mill"``."""
    name = _QUOTED.findall(text)[0]
    return ResponseRef(name, None) if text.startswith("response") else ResponseRef(None, name)


@_written(r"(?:on cycle|off cycle)")
def _cycle(text: str) -> str:
    return text


@_written(
    rf"(?:today|tomorrow|yesterday|\d+ days ago|in \d+ days|\d{{4}}-\d\d-\d\d|(?:{'|'.join(WEEKDAYS)}) of week \d)"
)
def _day_words(text: str) -> str:
    """A day, in words."""
    return text


@_written(r"\d\d:\d\d")
def _clock(text: str) -> str:
    """A clock time, EST."""
    return text


@_written(r"(?:error|warning)")
def _severity(text: str) -> str:
    return text


@_written(r"\d\d")
def _two_digits(text: str) -> str:
    """A file or segment number of a set."""
    return text


@_written(r"\d\d(?:(?:, | and )\d\d)*")
def _two_digit_list(text: str) -> list[str]:
    """A list of segment numbers such as ``01, 03 and 07``."""
    return re.findall(r"\d\d", text)


@_written(r"\d+")
def _number(text: str) -> int:
    return int(text)


@_written(rf"(?:{'|'.join(WEEKDAYS)}) \d\d:\d\d")
def _moment(text: str) -> ClockTime:
    weekday, clock = text.split(" ")
    return ClockTime(weekday, clock)


@_written(r"(?:[A-Z]{2}\d\d|\d{4})")
def _file_type(text: str) -> str:
    """A file or report type, such as ``2000`` or ``IR01``."""
    return text


TYPES: Mapping[str, Callable[[str], Any]] = {
    "Name": _name,
    "Names": _names,
    "Ordinal": _ordinal,
    "Ordinals": _ordinals,
    "Number": _number,
    "Moment": _moment,
    "FileType": _file_type,
    "Set": _set,
    "Kind": _kind,
    "Severity": _severity,
    "Response": _response,
    "Cycle": _cycle,
    "Day": _day_words,
    "Clock": _clock,
    "No": _two_digits,
    "Nos": _two_digit_list,
}


def clock_on(day: Day, clock: str) -> Instant:
    """The instant of a clock time on a day.

    :raises SuiteMistake: there is no such clock time.
    """
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise SuiteMistake(f"{clock} is no time; a time is written as in '08:00'")
    return at(day, int(match[1]), int(match[2]))


def table(rows: list[list[str]]) -> list[dict[str, str]]:
    """The rows of a data table, each by the headings of the first.

    :raises SuiteMistake: the table has no rows, or a row has not as many cells as there are headings.
    """
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise SuiteMistake("a table needs headings and rows, each with a cell for every heading")
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
