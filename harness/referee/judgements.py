"""What the referee has to say: judgements, each of one rule, and what follows from what.

What is violated may make other things go wrong. A violation *taints* what it is about; a later one that *rests on*
something tainted follows from the first, and says so. So the first cause stands first.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from harness.interface.instants import Instant

TOLD_OF_A_RULE = 25
"""So many violations of one rule are told; further ones are counted."""
UNTOLD = 0
"""The number, as a cause, of what is not judged: a breach of a rule of another class, a form that no slide shows."""
_RESTS_ON_UNTOLD = "it rests on what is not judged here"
_SHOWN = 600

Subject: TypeAlias = tuple[str, ...]
"""What a violation is about, or a check rests on: its kind, then what names it, such as ``("file", name)``."""


class Outcome(StrEnum):
    """What a judgement comes to."""

    HELD = "held"
    VIOLATED = "violated"
    NOT_TO_BE_SEEN = "not to be seen"


class Judgement(NamedTuple):
    """What was seen of one rule at one place. Of these there are very many, and a tuple is quickly made.

    :param number: its place among the judgements of the stream, from 1.
    :param instant: when it was seen, or when what did not come was due.
    :param about: the file, request, set, SDP or organisation that it is about.
    :param expected: what the rule asks for, and `observed` what there was; empty where it was held.
    :param record: the line of the file, from 1.
    :param follows: the number of an earlier violation that this one follows from.
    """

    number: int
    rule: str
    outcome: Outcome
    instant: Instant
    about: str
    expected: str = ""
    observed: str = ""
    file: str | None = None
    record: int | None = None
    follows: int | None = None


class Said(NamedTuple):
    """A judgement before it is numbered, and what ties it to others.

    :param rests_on: what it could not do without; `taints`: what is no longer to be relied on where it is violated.
    """

    rule: str
    outcome: Outcome
    instant: Instant
    about: str
    expected: str = ""
    observed: str = ""
    file: str | None = None
    record: int | None = None
    rests_on: tuple[Subject, ...] = ()
    taints: tuple[Subject, ...] = ()


class Voice(ABC):
    """Whoever has something to say of a rule."""

    @abstractmethod
    def write(self, said: Said) -> None:
        """Take what is said."""

    @abstractmethod
    def meet(self, situation: str) -> None:
        """Count a situation, of those that a check declares."""

    def hold(
        self,
        rule: str,
        held: bool,
        instant: Instant,
        about: str,
        expected: object = "",
        observed: object = "",
        file: str | None = None,
        record: int | None = None,
        *,
        rests_on: Iterable[Subject] = (),
        taints: Iterable[Subject] = (),
    ) -> bool:
        """Say whether a rule was held; what was expected and observed counts where it was not."""
        if held:
            self.write(Said(rule, Outcome.HELD, instant, about, file=file, record=record))
            return True
        words = str(expected), str(observed)
        ties = tuple(rests_on), tuple(taints)
        self.write(Said(rule, Outcome.VIOLATED, instant, about, *words, file, record, *ties))
        return False

    def cannot_see(
        self,
        rule: str,
        instant: Instant,
        about: str,
        why: str,
        file: str | None = None,
        *,
        taints: Iterable[Subject] = (),
    ) -> None:
        """Say that a rule cannot be seen at one place, told once for each thing; nor can what rests on `taints`."""
        self.write(Said(rule, Outcome.NOT_TO_BE_SEEN, instant, about, observed=why, file=file, taints=tuple(taints)))


@dataclass(slots=True)
class Book:
    """The judgements of a stream, as they come.

    :param is_judged: whether a rule is judged here: of a class that is claimed.
    :param outcomes: how often each rule was held, violated, not to be seen; also what is no longer told.
    """

    is_judged: Callable[[str], bool]
    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    situations: Counter[str] = field(default_factory=Counter)
    _new: list[Judgement] = field(default_factory=list)
    _number: int = 0
    _tainted: dict[Subject, int] = field(default_factory=dict)
    _last_cause: dict[str, int] = field(default_factory=dict)
    _unseen: set[tuple[str, str]] = field(default_factory=set)

    def write(self, said: Said) -> None:
        """Number a judgement and keep it, where its rule is judged and not yet told of too often.

        What rests on a violation of a rule that is not judged cannot be seen.
        """
        if said.outcome is Outcome.HELD:
            self._write_held(said)
            return
        violated = said.outcome is Outcome.VIOLATED
        follows = self.cause(said.rests_on) if violated else None
        if follows == UNTOLD:
            said = said._replace(outcome=Outcome.NOT_TO_BE_SEEN, observed=f"{_RESTS_ON_UNTOLD}: {said.observed}")
        told = self.is_judged(said.rule) and self._is_told(said)
        self._number += told
        if violated:
            self._taint(said, self._number if told else self._last_cause.get(said.rule, UNTOLD), follows)
        else:
            self._tainted |= {subject: UNTOLD for subject in said.taints if subject not in self._tainted}
        if told:
            words = _shortened(said.expected), _shortened(said.observed)
            place = said.instant, said.about, *words, said.file, said.record
            self._new.append(Judgement(self._number, said.rule, said.outcome, *place, follows or None))

    def _write_held(self, said: Said) -> None:
        """Number and keep what was held, as most of what is said: it taints nothing, and follows from nothing."""
        if self.is_judged(said.rule):
            self.outcomes[said.rule, Outcome.HELD] += 1
            self._number += 1
            place = said.instant, said.about, "", "", said.file, said.record
            self._new.append(Judgement(self._number, said.rule, Outcome.HELD, *place))

    def _taint(self, said: Said, number: int, follows: int | None) -> None:
        """Let what rests on what a violation taints follow from it, or from what it follows from itself."""
        cause = number if follows is None else follows
        self._last_cause[said.rule] = cause
        for subject in said.taints:
            self._tainted.setdefault(subject, cause)

    def _is_told(self, said: Said) -> bool:
        """Count a judgement; whether it is told."""
        self.outcomes[said.rule, said.outcome] += 1
        if said.outcome is Outcome.VIOLATED:
            return self.outcomes[said.rule, said.outcome] <= TOLD_OF_A_RULE
        if said.outcome is Outcome.NOT_TO_BE_SEEN:
            is_new = (said.rule, said.about) not in self._unseen
            self._unseen.add((said.rule, said.about))
            return is_new
        return True

    def cause(self, subjects: Iterable[Subject]) -> int | None:
        """The first violation that tainted any of some subjects."""
        return min((self._tainted[subject] for subject in subjects if subject in self._tainted), default=None)

    def take(self) -> list[Judgement]:
        """What was written since the last time."""
        new, self._new = self._new, []
        return new


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
