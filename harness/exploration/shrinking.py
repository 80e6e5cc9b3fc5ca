"""Makes a conversation smaller while it breaks the same rule: fewer lines, then fewer rows, names and days.

Ever smaller shares are left out, down to each by itself. The work is bounded by how many conversations are played,
never by a clock: the same conversation is made smaller in the same way on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from harness.exploration.lines import Line, Lines, names
from harness.exploration.playing import ERROR, Played

MOST_TRIES = 400
"""So many smaller conversations are played at most."""
_WITH_TABLE = ", with"
_LIST = re.compile(r'"[^"]+"(?:, "[^"]+")*(?: and "[^"]+")')
_NAME = re.compile(r'"([^"]+)"')
T = TypeVar("T")


@dataclass(slots=True)
class Shrunk:
    """How far making a conversation smaller came.

    :param tries: how many smaller ones were played; `is_smallest`: whether nothing more could be left out.
    """

    lines: Lines
    played: Played
    tries: int = 0
    is_smallest: bool = False


class _TriesUsedUp(Exception):
    """No more conversations are played."""


@dataclass(slots=True)
class _Shrinker:
    key: str
    play: Callable[[Lines], Played]
    shrunk: Shrunk
    seen: set[Lines] = field(default_factory=set)

    def fails(self, lines: Lines) -> bool:
        """Whether a conversation still breaks the rule, and happens to its end; then it is the smallest so far."""
        if not lines or lines in self.seen:
            return False
        self.seen.add(lines)
        if self.shrunk.tries >= MOST_TRIES:
            raise _TriesUsedUp
        self.shrunk.tries += 1
        played = self.play(lines)
        if played.breach(self.key) is None or not happened(self.key, lines, played):
            return False
        self.shrunk.lines, self.shrunk.played = lines, played
        return True

    def fewer_lines(self) -> None:
        for without in _shares(lambda: self.shrunk.lines):
            self.fails(without)

    def smaller_lines(self) -> None:
        """Without rows of tables, without names of lists, with fewer days that pass."""
        for place in range(len(self.shrunk.lines)):
            smaller = True
            while smaller:
                smaller = any(map(self.fails, self._with(place)))

    def _with(self, place: int) -> Iterator[Lines]:
        """The conversation with each smaller form of one of its lines."""
        lines = self.shrunk.lines
        for line in _smaller(lines[place]):
            yield (*lines[:place], line, *lines[place + 1 :])


def happened(key: str, lines: Lines, played: Played) -> bool:
    """Whether a conversation happened to its end; one in which the adapter fails ends with that."""
    return played.heard == len(lines) or (key == ERROR and played.heard == len(lines) - 1)


def _smaller(line: Line) -> Iterator[Line]:
    """Smaller forms of a line: without its table where it may be without, without a row, without one of its names."""
    if line.text.endswith(_WITH_TABLE):
        yield Line(line.text.removesuffix(_WITH_TABLE))
    for row in range(len(line.table) - 1, 0, -1):
        if len(line.table) > 2:
            yield line.without_row(row)
    for found in _LIST.finditer(line.text):
        listed = _NAME.findall(found[0])
        for name in reversed(listed):
            left = [each for each in listed if each != name]
            if left:
                text = line.text.replace(found[0], names(left))
                yield replace(line, text=text.replace("SDPs", "SDP") if len(left) == 1 else text)


def _shares(left: Callable[[], Sequence[Line]]) -> Iterator[Lines]:
    """What is left without ever smaller shares of it: a half, a quarter, and so on, down to each by itself."""
    size = len(left()) // 2
    while size > 0:
        start = 0
        while start < len(left()):
            before = tuple(left())
            yield (*before[:start], *before[start + size :])
            if tuple(left()) == before:
                start += size
        size //= 2


def shrink(lines: Lines, played: Played, key: str, play: Callable[[Lines], Played]) -> Shrunk:
    """Make a conversation smaller that breaks a rule.

    :param played: what the whole conversation came to.
    :param play: plays a smaller one, under the same name.
    """
    shrinker = _Shrinker(key, play, Shrunk(lines, played))
    shrunk = shrinker.shrunk
    try:
        ends_at = played.heard + (key == ERROR)
        if not happened(key, lines, played) and not shrinker.fails(lines[:ends_at]):
            return shrunk
        while True:
            before = shrunk.lines
            shrinker.fewer_lines()
            shrinker.smaller_lines()
            if shrunk.lines == before:
                shrunk.is_smallest = True
                return shrunk
    except _TriesUsedUp:
        return shrunk
