"""What was checked, and what did not hold: each invariant by the id of its rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from harness.interface.instants import Instant, iso
from harness.port.protocol import Json

KEPT_OF_A_RULE = 25
"""So many violations of one rule are kept; further ones are counted."""


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that did not hold.

    :param day: the day of the simulation, from 0; `at`: when it was noticed, or should have happened.
    :param about: the request, set, report or SDP that it is about.
    :param follows: the rule of an earlier violation that it follows from; empty where it is a first cause.
    """

    rule: str
    day: int
    at: str
    about: str
    expected: str
    observed: str
    file: str | None = None
    record: int | None = None
    follows: str | None = None

    def as_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(slots=True)
class Ledger:
    """All checks of a simulation: how many of each rule, and which did not hold.

    :param broken: how many checks of a rule did not hold, `followed`: how many more in consequence of others.
    """

    day: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    followed: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    def hold(
        self,
        rule: str,
        held: bool,
        at: Instant,
        about: str,
        expected: object = "",
        observed: object = "",
        file: str | None = None,
        record: int | None = None,
        *,
        follows: str | None = None,
    ) -> bool:
        """Note that a rule was checked, and what was expected and observed where it did not hold.

        What follows from a violation of another rule, or of this one, is kept beside it and not counted.
        """
        self.checks[rule] += 1
        if held:
            return True
        counted = self.broken if follows is None else self.followed
        counted[rule] += 1
        if counted[rule] <= KEPT_OF_A_RULE:
            place = rule, self.day, iso(at), about, _text(expected), _text(observed)
            self.violations.append(Violation(*place, file, record, follows))
        return False


_SHOWN = 600


def _text(what: object) -> str:
    text = str(what)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
