"""The scene of a conversation while it is drawn: who takes part, what time it is, and what was said so far.

Everything is drawn from one generator of chance, and nearly everything at a boundary: the minute before, at and after
what falls due; first and last days; the same thing twice.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from harness.exploration.lines import Line, Lines
from harness.stage.chapters.master_data import WEEKDAYS

T = TypeVar("T")

DAY = 24 * 60
FRAMINGS = ("hourly", "periodic", "TOU/CPP EST", "TOU/CPP CST")
DEMAND = "BILLING-DEMAND"
"""What a system has to claim for SDPs to have framing structures with demand."""
DEMAND_FRAMINGS = ("periodic 15 block eastern", "hourly 60 rolling central", "TOU/CPP 15 rolling eastern")
"""Those that most conversations have: each energy, length, method and clock is among them."""
FURTHER_DEMAND_FRAMINGS = (
    *("periodic 15 rolling central", "periodic 60 block central", "periodic 60 rolling eastern"),
    *("hourly 15 block central", "hourly 15 rolling eastern", "hourly 60 block eastern"),
    *("TOU/CPP 15 block central", "TOU/CPP 60 block eastern", "TOU/CPP 60 rolling eastern"),
)
"""With those above, each energy beside demand of each length and method."""
LDCS = ("Lakeside", "Riverbend")
AGENTS = ("Northern Billing", "Southern Billing")
STRANGER = "Passer-by"
SDPS = ("Mill", "Bakery", "Depot", "Harbour")
"""Both LDCs call their SDPs so: what has one name has one SDP ID."""
MONDAYS = (
    "2011-01-10",
    "2011-01-31",
    "2011-03-07",
    "2011-04-18",
    "2011-04-25",
    "2011-06-27",
    "2011-08-01",
    "2011-10-31",
    "2011-12-26",
    "2012-02-27",
    "2012-12-24",
)
"""First days: a plain week; a 31st and a first on days of business; clocks go ahead; Easter; prices change; Canada Day;
Civic Holiday; clocks go back and prices change; the turn of the year, with holidays side by side; a leap day; Christmas
on a Tuesday."""


@dataclass(frozen=True, slots=True)
class SetSent:
    """A file set that was written: its words, and whether files of it are still to come."""

    words: str
    ldc: str
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """When things fall due, in minutes.

    :param wait: how long a set waits for the one before it.
    :param periods: how often processes run: that which assigns IDs first.
    :param hours: when something happens every day, in minutes of the day; the day's end as well.
    :param runs: when billing is run every day, in minutes of the day.
    :param answer: within how many minutes a CIS sends what follows from what it was told.
    :param dating: how many days back, and ahead, a change may lie where that is limited.
    """

    wait: int
    periods: tuple[int, ...]
    hours: tuple[int, ...]
    answer: int = 0
    dating: tuple[int, int] = (0, 0)
    runs: tuple[int, ...] = ()

    @classmethod
    def of(cls, value: Mapping[str, Any], answer: int = 0) -> Times:
        """The times of a system, by its configured values."""
        single = ("push_load_at", "billing_run_first", "billing_run_last", "no_data_response_at", "br05_by", "br06_by")
        times = [*(value[name] for name in single), *value["br04_at"], *value["br01_at"], value["br03_at"]]
        names = "assignment_run_every_minutes", "billing_reads_processor_every_minutes"
        first, last = (minutes_of(str(value[name])) for name in ("billing_run_first", "billing_run_last"))
        return cls(
            int(value["set_wait_time_minutes"]),
            tuple(int(value[name]) for name in names),
            tuple(sorted({DAY, *(minutes_of(str(time)) for time in times)})),
            answer,
            (int(value["retroactive_dating_limit_days"]), int(value["future_dating_limit_days"])),
            tuple(range(first, last + 1, 60 * int(value["billing_run_every_hours"]))),
        )


@dataclass(slots=True)
class Scene:
    """What a conversation has come to while it is drawn.

    :param first: the day on which it begins, a Monday.
    :param minute: how long it has lasted, in minutes since the first midnight.
    :param asked: the SDPs for which each LDC has had Universal SDP IDs requested; `known` those that a set has created.
    :param numbers: the sequence number that each LDC has next.
    :param may: which agent may do what for which LDC: file type and direction.
    :param requests: the aliases of requests for quantities, each with its LDC and its row of the table.
    :param prologue: what is written before anything happens; it is told first.
    :param remembers: whether what the system knows outlives its process.
    :param acts_as: whose CIS a CIS can be.
    :param classes: the conformance classes that the system claims.
    :param natures: in what the SDPs differ from the standard that an LDC had synchronized then, by LDC and SDP.
    :param demand_framings: the framing structures with demand that SDPs may have, where the system claims them.
    :param register_digits: of a meter of which none are stated.
    :param opened: the SDPs that each LDC had synchronized as the conversation opened; `ids_by`: when all IDs are there.
    """

    chance: random.Random
    times: Times
    first: date
    prologue: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    minute: int = 0
    ldcs: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    may: set[tuple[str, str, str, str]] = field(default_factory=set)
    requests: dict[str, tuple[str, tuple[str, str, str, str]]] = field(default_factory=dict)
    sets: list[SetSent] = field(default_factory=list)
    opened: dict[str, list[str]] = field(default_factory=dict)
    natures: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    ids_by: dict[str, int] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    submitted: list[tuple[str, str]] = field(default_factory=list)
    remembers: bool = False
    acts_as: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    demand_framings: tuple[str, ...] = DEMAND_FRAMINGS
    register_digits: int = 5

    @property
    def dials(self) -> int:
        """At so many units a register begins anew."""
        return int(10**self.register_digits)

    def on_register(self, units: int) -> str:
        """What a register shows after so many units."""
        return f"{units % self.dials:0{self.register_digits}}"

    # --- saying ------------------------------------------------------------------------------------------

    def say(self, text: str, *rows: Sequence[str]) -> None:
        """Add a line, with a table where there are rows; the first are its headings."""
        self.lines.append(Line(text, tuple(tuple(row) for row in rows)))

    def prepare(self, text: str, *rows: Sequence[str]) -> None:
        """Add a line to what is written before anything happens."""
        self.prologue.append(Line(text, tuple(tuple(row) for row in rows)))

    def told(self) -> Lines:
        """What was said so far."""
        return (*self.prologue, *self.lines)

    # --- chance ------------------------------------------------------------------------------------------

    def one_of(self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def perhaps(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.chance.randrange(one_in) == 0

    def some(self, choices: Iterable[T], *, at_least: int = 1) -> list[T]:
        """Some of several, in an order of their own: often one, often all."""
        among = list(choices)
        number = self.one_of((at_least, len(among), self.chance.randint(at_least, max(at_least, len(among)))))
        return self.chance.sample(among, min(len(among), number))

    def submitter(self, ldc: str, file_type: str) -> str:
        """Who submits a file of an LDC: itself, or an agent that may, seldom one that may not."""
        may = [agent for agent in self.agents if (ldc, agent, file_type, "submit") in self.may]
        if may and self.perhaps(2):
            return self.one_of(may)
        if self.agents and self.perhaps(8):
            return self.one_of(self.agents)
        return ldc

    @property
    def framings(self) -> tuple[str, ...]:
        """The framing structures that SDPs may have."""
        return (*FRAMINGS, *self.demand_framings) if DEMAND in self.classes else FRAMINGS

    # --- time --------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.first + timedelta(days=self.minute // DAY)

    def day(self, ahead: int) -> str:
        """A day seen from today, as features write it."""
        return (self.today + timedelta(days=ahead)).isoformat()

    def wait_until(self, minute: int) -> None:
        """Let time pass until a minute of the conversation; nothing where that is past."""
        if minute <= self.minute:
            return
        weeks = (minute - self.minute) // (7 * DAY)
        if weeks:
            self.say(f"{7 * weeks} days have passed")
        if (minute - self.minute) % (7 * DAY):
            self.say(clock(minute))
        self.minute = minute

    def wait(self) -> None:
        """Let time pass until shortly before, at, or after something falls due, on this day or one soon after."""
        weekday = self.minute // DAY % 7
        ahead = self.one_of((0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 6 - weekday, 7 - weekday))
        of_day = self.minute % DAY
        near = [of_day + minutes for minutes in self.spans]
        runs = [of_day // every * every + every for every in self.times.periods]
        hours = self.times.hours
        due = self.one_of((*near, *runs, *hours) if ahead == 0 else hours)
        self.wait_until(self.minute // DAY * DAY + ahead * DAY + due + self.one_of((-1, 0, 0, 1)))

    def wait_for_run(self) -> None:
        """Let time pass until the very minute of the next run that reads requests, or of the next billing run."""
        midnight, of_day, every = self.minute // DAY * DAY, self.minute % DAY, self.times.periods[-1]
        billing = min(run for day in (0, DAY) for run in (day + each for each in self.times.runs) if run > of_day)
        self.wait_until(midnight + self.one_of((of_day // every * every + every, billing)))

    @property
    def spans(self) -> tuple[int, ...]:
        """How long things may wait for each other, in minutes."""
        return (1, self.times.wait)


def clock(minute: int) -> str:
    """The words by which it becomes a minute of the conversation: one less than seven days ahead."""
    day, of_day = divmod(minute, DAY)
    return f"it is {moment(day, of_day)}"


def moment(day: int, of_day: int) -> str:
    """A weekday and a clock time: of a day counted from the first Monday, and a minute of the day."""
    return f"{WEEKDAYS[day % 7]} {of_day // 60:02}:{of_day % 60:02}"


def minutes_of(text: str) -> int:
    """The minute of the day of a clock time such as ``07:30``."""
    return int(text[:2]) * 60 + int(text[3:5])
