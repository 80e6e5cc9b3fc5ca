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
    """

    rule: str
    day: int
    at: str
    about: str
    expected: str
    observed: str
    file: str | None = None
    record: int | None = None

    def as_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(slots=True)
class Ledger:
    """All checks of a simulation: how many of each rule, and which did not hold.

    :param broken: how many checks of a rule did not hold.
    """

    day: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
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
    ) -> bool:
        """Note that a rule was checked, and what was expected and observed where it did not hold."""
        self.checks[rule] += 1
        if held:
            return True
        self.broken[rule] += 1
        if self.broken[rule] <= KEPT_OF_A_RULE:
            self.violations.append(
                Violation(rule, self.day, iso(at), about, _text(expected), _text(observed), file, record)
            )
        return False


_SHOWN = 600


def _text(what: object) -> str:
    text = str(what)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
