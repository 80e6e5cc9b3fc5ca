"""The course of an exploration: what its rounds have come to, and where the next one is to look.

A round is written down as one line; the course is made of these lines alone, so that an interrupted exploration goes
on as if it had not been.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from harness.exploration.drawing import Kind
from harness.exploration.lines import Line, Lines
from harness.exploration.playing import Breach, Played
from harness.port.protocol import Json

ROUND = 64
"""So many conversations make a round: what the others of its round meet does not change a conversation."""
KINDS_KEPT = 4
"""So many kinds of conversations are remembered of those that met a situation first."""
SELDOM = 50
"""A situation is seldom met if less than one in so many conversations meets it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one conversation of a round came to."""

    number: int
    kind: Kind
    length: int
    played: Played

    def as_json(self) -> Json:
        played = self.played
        return {
            "number": self.number,
            "kind": self.kind.as_json(),
            "happened": played.heard == self.length,
            "situations": sorted(name for name, times in played.situations.items() if times),
            "breaches": [breach.as_json() for breach in played.breaches],
            "mistake": played.mistake,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """What was found wrong, once: the first conversation in which it was, made smaller.

    :param again: whether it was found again when the conversation was played once more; else it is told as it was.
    :param is_told: whether a scenario says the same; `why_not` says in words why none does.
    :param scenario: the name on which its drawing rests: that of the scenario, where there is one.
    """

    round: int
    number: int
    breach: Breach
    lines: Lines
    tries: int
    is_smallest: bool
    again: bool
    is_told: bool
    why_not: str
    scenario: str
    journal: Json | None

    @property
    def key(self) -> str:
        return self.breach.key

    def as_json(self) -> Json:
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**fields, "breach": self.breach.as_json(), "lines": [line.as_json() for line in self.lines]}

    @classmethod
    def from_json(cls, raw: Json) -> Found:
        lines = tuple(map(Line.from_json, raw["lines"]))
        return cls(**{**raw, "breach": Breach.from_json(raw["breach"]), "lines": lines})


@dataclass(slots=True)
class Course:
    """What the rounds so far have come to.

    :param situations: in how many conversations each situation was met; those never met are there with 0.
    :param times: in how many conversations each rule was broken, or the adapter misbehaved.
    :param stopped: how many conversations did not happen to their end.
    :param mistakes: where the suite itself went wrong: round, number and what.
    """

    rounds: int = 0
    conversations: int = 0
    situations: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)
    found: dict[str, Found] = field(default_factory=dict)
    stopped: int = 0
    mistakes: list[tuple[int, int, str]] = field(default_factory=list)
    _kinds: dict[str, list[Kind]] = field(default_factory=dict)

    def take(self, line: Json) -> None:
        """Take up a round that is over."""
        for name in line["known"]:
            self.situations.setdefault(name, 0)
        for outcome in line["outcomes"]:
            self._take_outcome(line["round"], outcome)
        for raw in line["found"]:
            found = Found.from_json(raw)
            self.found[found.key] = found
        self.rounds = line["round"] + 1
        self.conversations += len(line["outcomes"])

    def _take_outcome(self, round_number: int, outcome: Json) -> None:
        kind = Kind.from_json(outcome["kind"])
        self.stopped += not outcome["happened"]
        for name in outcome["situations"]:
            self.situations[name] += 1
            kept = self._kinds.setdefault(name, [])
            if kind not in kept and len(kept) < KINDS_KEPT:
                kept.append(kind)
        self.times.update(breach["key"] for breach in outcome["breaches"])
        if outcome["mistake"] is not None:
            self.mistakes.append((round_number, outcome["number"], outcome["mistake"]))

    def promising(self) -> tuple[Kind, ...]:
        """The kinds of conversations that met what is seldom met."""
        seldom = [name for name in sorted(self._kinds) if self.situations[name] * SELDOM < self.conversations]
        return tuple(dict.fromkeys(kind for name in seldom for kind in self._kinds[name]))

    def is_new(self, outcomes: list[Outcome]) -> dict[str, Outcome]:
        """What a round found wrong for the first time, each with the first conversation in which it was."""
        first: dict[str, Outcome] = {}
        for outcome in outcomes:
            for breach in outcome.played.breaches:
                if breach.key not in self.found:
                    first.setdefault(breach.key, outcome)
        return dict(sorted(first.items()))


def line_of(round_number: int, outcomes: list[Outcome], found: list[Found]) -> dict[str, Any]:
    """A round as it is written down."""
    return {
        "round": round_number,
        "known": sorted({name for outcome in outcomes for name in outcome.played.situations}),
        "outcomes": [outcome.as_json() for outcome in outcomes],
        "found": [each.as_json() for each in found],
    }
