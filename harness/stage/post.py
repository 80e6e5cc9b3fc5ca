"""The post between a CIS under test and its counterpart, which is not reliable where a scenario says so.

Whatever leaves one side within a step goes to the other at the step's end. An order of a scenario changes that for the
next letters that it is about: they come late, get lost, arrive cut short, twice, or with another content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from harness.interface.instants import Instant, later
from harness.suite.verdicts import Unmet

Destination: TypeAlias = Literal["repository", "cis"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A file on its way.

    :param to: who is to have it.
    :param left: when it left the other side.
    :param due: when it is handed over, or at the end of the step in which that falls.
    """

    to: Destination
    name: str
    content: bytes
    left: Instant
    due: Instant

    @property
    def file_type(self) -> str:
        """The file or report type that the name states, as far as it can be made out."""
        return _element(self.name, 2)

    @property
    def file_no(self) -> str:
        """The file number of a file of a set; empty where it is none."""
        elements = self.name.split(".")
        return elements[-3] if len(elements) == _OF_A_SET else ""


_END_OF_FILE = b"EF|"
_OF_A_SET = 9
"""How many elements the name of a set's file has."""
Treatment: TypeAlias = Callable[[Letter], Iterable[Letter]]
"""What becomes of a letter: nothing, the letter, another, or several."""


@dataclass(slots=True)
class Order:
    """What a scenario orders the post to do.

    :param concerns: whether a letter is one of those that the order is about.
    :param left: of how many letters more; None of all that come.
    """

    concerns: Callable[[Letter], bool]
    treat: Treatment
    left: int | None = 1


@dataclass(slots=True)
class Post:
    """The letters on their way, and the orders that wait for theirs."""

    _orders: list[Order] = field(default_factory=list)
    _under_way: list[Letter] = field(default_factory=list)

    def order(self, order: Order) -> None:
        """Let an order wait for its letters. Of two orders about a letter the earlier one is carried out."""
        self._orders.append(order)

    def take(self, letter: Letter) -> None:
        """Take a letter over, and do with it as was ordered."""
        order = next((each for each in self._orders if each.left != 0 and each.concerns(letter)), None)
        if order is None:
            self._under_way.append(letter)
            return
        if order.left is not None:
            order.left -= 1
        self._under_way += order.treat(letter)

    def hand_over(self, now: Instant) -> list[Letter]:
        """The letters that are due by now, in the order in which they fell due."""
        due = sorted((letter for letter in self._under_way if letter.due <= now), key=lambda letter: letter.due)
        self._under_way = [letter for letter in self._under_way if letter.due > now]
        return due

    @property
    def next_due(self) -> Instant | None:
        """When the next letter falls due that is under way."""
        return min((letter.due for letter in self._under_way), default=None)

    def check_carried_out(self) -> None:
        """Hold the world to what the post was told of: else a scenario would not be about what it says.

        :raises Unmet: an order waits for a letter in vain.
        """
        waiting = sum(order.left or 0 for order in self._orders)
        if waiting:
            raise Unmet(f"every file that the post was told what to do with, {waiting} more", "no such file came")


# --- what can become of a letter ----------------------------------------------------------------------------


def as_it_is(letter: Letter) -> list[Letter]:
    """The letter comes as it left."""
    return [letter]


def without_end(letter: Letter) -> list[Letter]:
    """The letter comes without its last record, and all others whole."""
    return [replace(letter, content=b"".join(letter.content.splitlines(keepends=True)[:-1]))]


def late(minutes: int) -> Treatment:
    """The letter is handed over later than it would have been."""
    return lambda letter: [replace(letter, due=later(letter.due, minutes=minutes))]


def lost(_: Letter) -> list[Letter]:
    """The letter never comes."""
    return []


def cut_short(letter: Letter) -> list[Letter]:
    """The letter comes without its end: no End Of File record, and the record before it ends in its middle."""
    lines = letter.content.splitlines(keepends=True)
    kept = lines[:-1] if lines and lines[-1].startswith(_END_OF_FILE) else lines
    last = kept[-1] if kept else b""
    return [replace(letter, content=b"".join(kept[:-1]) + last[: len(last) // 2])]


def then_whole(minutes: int) -> Treatment:
    """The letter comes cut short, and later once more, whole."""
    return lambda letter: [*cut_short(letter), *late(minutes)(letter)]


def twice(minutes: int = 0) -> Treatment:
    """The letter comes, and after some time a copy of it."""
    return lambda letter: [letter, *late(minutes)(letter)]


def with_content(make: Callable[[Letter], bytes]) -> Treatment:
    """The letter comes with another content."""
    return lambda letter: [replace(letter, content=make(letter))]


def _element(name: str, place: int) -> str:
    elements = name.split(".")
    return elements[place] if len(elements) > place else ""
