"""What happens in a simulation, drawn from its seed: events, each with its day, its kind and the SDP it is about.

An event is drawn without regard to others, and what follows from it rests on the seed and its number alone: so a story
can be made smaller, by days, by SDPs, by kinds of events or event by event, and what is left happens as it did before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from harness.port.protocol import Json, Role
from harness.stage.draws import keyed

RATES: Mapping[str, float] = {
    # meter data, for each SDP and day
    "gap": 0.004,
    "needs verification": 0.004,
    "estimated": 0.006,
    "not validated": 0.006,
    "correction": 0.004,
    "meter silent": 0.005,
    "registers not read": 0.004,
    "registers misread": 0.004,
    # business, told by I-Sync
    "account change": 0.005,
    "framing change": 0.002,
    "cycle change": 0.0005,
    "agent change": 0.0005,
    "meter change": 0.0004,
    "VEE service change": 0.0002,
    "premise correction": 0.0003,
    "service cut": 0.0001,
    # requests
    "off-cycle request": 0.002,
    "on-cycle request": 0.001,
    "request of another": 0.0005,
    "unknown SDP requested": 0.0003,
    "version requested": 0.0008,
}
"""How often each kind of event happens, for each SDP and day."""

DAILY: Mapping[str, float] = {
    "left out of a P-Sync": 0.01,
    "prior state in a P-Sync": 0.005,
    "meter of another": 0.005,
    "set in part": 0.02,
    "set with a flaw": 0.02,
    "set ahead of its turn": 0.03,
    "set of the agent": 0.1,
    "schedule update": 0.01,
    "meter data a day late": 0.015,
    "mailbox outage": 0.03,
}
"""How often each of the others happens, for each day, however many SDPs there are: sets, schedules and outages."""

CIS_RATES: Mapping[str, float] = {
    "account change": 0.005,
    "framing change": 0.001,
    "cycle change": 0.001,
    "VEE service change": 0.0005,
    "multiplier change": 0.0005,
    "AMI operator change": 0.0005,
    "retailer change": 0.001,
    "premise correction": 0.001,
    "meter change": 0.001,
    "service cut": 0.0002,
}
"""The same where a CIS is under test: what happens in its business, for each SDP and day."""

CIS_DAILY: Mapping[str, float] = {
    "response late": 0.02,
    "response lost": 0.02,
    "response cut short": 0.02,
    "response twice": 0.03,
    "quantities lost": 0.01,
    "quantities cut short": 0.01,
    "set file lost": 0.03,
    "set file late": 0.03,
    "restart": 0.01,
}
"""The same, for each day: what the post does, and that the CIS is started again."""


class Plot(NamedTuple):
    """What may happen where a system of some role is under test: for each SDP and day, and for each day."""

    rates: Mapping[str, float]
    daily: Mapping[str, float]

    @property
    def kinds(self) -> tuple[str, ...]:
        return (*self.rates, *self.daily)


PLOTS: Mapping[Role, Plot] = {Role.REPOSITORY: Plot(RATES, DAILY), Role.CIS: Plot(CIS_RATES, CIS_DAILY)}
LEAST = 2
"""So many events there are of each kind, however short the story."""


class Event(NamedTuple):
    """Something that happens: on a day, counted from 0, to an SDP, counted from 0."""

    number: int
    day: int
    kind: str
    sdp: int


@dataclass(frozen=True, slots=True)
class Story:
    """What happens.

    :param sdps: how many SDPs were drawn, over how many `days`, from what `seed`.
    :param length: how many of the days are lived; `taking_part`: the SDPs that are there.
    :param events: what happens, in the order of numbers.
    :param secret: what everything was drawn from besides the seed; None where no secret was given.
    :param role: of the system that lives through it.
    """

    sdps: int
    days: int
    seed: int
    length: int
    taking_part: tuple[int, ...]
    events: tuple[Event, ...]
    secret: str | None = field(default=None, repr=False)
    role: Role = Role.REPOSITORY
    _by_day: dict[int, list[Event]] = field(default_factory=dict, compare=False, repr=False)

    def on(self, day: int) -> list[Event]:
        """What happens on a day."""
        if not self._by_day:
            for event in self.events:
                self._by_day.setdefault(event.day, []).append(event)
        return self._by_day.get(day, [])

    @property
    def chance(self) -> int:
        """What all that happens is drawn from: the seed, or where there is a secret, seed and secret."""
        return chance_of(self.seed, self.secret)

    def of(self, event: Event) -> random.Random:
        """The chance of an event: all that follows from it is drawn from this alone."""
        return random.Random(f"{self.chance} event {event.kind} {event.number}")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of events that happen."""
        there = {event.kind for event in self.events}
        return tuple(kind for kind in PLOTS[self.role].kinds if kind in there)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out of what was drawn."""
        return self == drawn(self.sdps, self.days, self.seed, self.secret, self.role)

    def shortened(self, length: int) -> Story:
        """The story of the first days."""
        return self._with(length=length)

    def among(self, sdps: Iterable[int]) -> Story:
        """The story of some of the SDPs."""
        return self._with(taking_part=tuple(sorted(sdps)))

    def without(self, is_left_out: Callable[[Event], bool]) -> Story:
        """The story without some events."""
        return self._with(events=tuple(event for event in self.events if not is_left_out(event)))

    def _with(self, **changes: Any) -> Story:
        story = replace(self, **changes, _by_day={})
        there = set(story.taking_part)
        kept = tuple(event for event in story.events if event.day < story.length and event.sdp in there)
        return replace(story, events=kept, _by_day={})

    @property
    def kept(self) -> str:
        """What is kept of the story that was drawn, in words that `keeping` reads; empty where that is everything."""
        parts = []
        if self.length < self.days:
            parts.append(f"days={self.length}")
        if len(self.taking_part) < self.sdps:
            parts.append(f"sdps={spans(self.taking_part)}")
        whole = drawn(self.sdps, self.days, self.seed, self.secret, self.role)
        whole = whole.shortened(self.length).among(self.taking_part)
        if whole.events != self.events:
            parts.append(f"events={spans([event.number for event in self.events])}")
        return " ".join(parts)

    def keeping(self, kept: str) -> Story:
        """The story of what is kept, such as ``days=12 sdps=3,7-9 events=``.

        :raises ValueError: the words make no sense, or name what was not drawn.
        """
        story = self
        for word in kept.split():
            name, equals, numbers = word.partition("=")
            if not equals or name not in {"days", "sdps", "events"}:
                raise ValueError(f"{word!r} keeps nothing; there are days=, sdps= and events=")
            if name == "days":
                if not numbers.isdecimal() or not 1 <= int(numbers) <= self.days:
                    raise ValueError(f"{word!r}: {self.days} days were drawn")
                story = story.shortened(int(numbers))
            elif name == "sdps":
                sdps = _numbers(word, numbers, self.sdps)
                if not sdps:
                    raise ValueError(f"{word!r} keeps no SDP")
                story = story.among(sdps)
            else:
                events = set(_numbers(word, numbers, len(self.events)))
                story = story.without(lambda event, events=events: event.number not in events)  # type: ignore[misc]
        return story

    def as_json(self) -> Json:
        """What was drawn, and what of it is kept."""
        return {"sdps": self.sdps, "days": self.days, "seed": self.seed, "kept": self.kept}


def chance_of(seed: int, secret: str | None) -> int:
    """The number that a story is drawn from: the seed, but for a secret, on which it rests as well then."""
    return seed if secret is None else int.from_bytes(keyed(f"story {seed}", secret)[:6], "big")


def drawn(sdps: int, days: int, seed: int, secret: str | None = None, role: Role = Role.REPOSITORY) -> Story:
    """Draw a story. Of each kind of event there are two at least."""
    start, plot = chance_of(seed, secret), PLOTS[role]
    events: list[tuple[int, str, int]] = []
    for kind in plot.kinds:
        chance = random.Random(f"{start} story {kind}")
        expected = plot.daily[kind] * days if kind in plot.daily else plot.rates[kind] * sdps * days
        times = range(max(LEAST, round(expected)))
        events += [(chance.randrange(days), kind, chance.randrange(sdps)) for _ in times]
    events.sort(key=lambda event: (event[0], plot.kinds.index(event[1]), event[2]))
    numbered = tuple(Event(number, *event) for number, event in enumerate(events))
    return Story(sdps, days, seed, days, tuple(range(sdps)), numbered, secret, role)


def story_from(stated: Mapping[str, Any], secret: str | None, role: Role = Role.REPOSITORY) -> Story:
    """The story of what `as_json` gave, and of the secret, which does not stand there.

    :raises KeyError, TypeError, ValueError: it is not of that form.
    """
    sdps, days, seed = (int(stated[key]) for key in ("sdps", "days", "seed"))
    return drawn(sdps, days, seed, secret, role).keeping(str(stated["kept"]))


def spans(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, as in ``3,7-9``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def _numbers(word: str, text: str, limit: int) -> list[int]:
    """Numbers below a limit, written as by `spans`."""
    found: list[int] = []
    for part in text.split(",") if text else []:
        first, dash, last = part.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise ValueError(f"{word!r}: {part!r} is no number, and no span such as 7-9")
        span = range(int(first), int(last or first) + 1)
        if not span or span[-1] >= limit:
            raise ValueError(f"{word!r}: {part!r} lies beyond 0 to {limit - 1}")
        found += span
    return found
