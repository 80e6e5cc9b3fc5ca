"""Readings that change what follows: the ways in which an LDC's dealings may have gone are kept side by side.

A *world* is one such way: the answers that it takes of open readings, and what each chapter keeps under them. It splits
only where a chapter asks for an answer that is not given yet, and its copies go on, one under each. What an answer
leads to is held to what comes. At the end of an instant the worlds that it contradicts least go on, and the others are
dropped: as long as one is not contradicted, nothing is violated. Where none is left, what the likeliest of them
missed is said, and what the others had missed before.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Protocol, Self, TypeAlias, TypeVar

from harness.interface.instants import Instant
from harness.referee.case import Case, Check, Letter, Received, Seen
from harness.referee.judgements import Outcome, Said, Voice
from harness.referee.stream import Loaded, Passed

WORLDS_KEPT = 64
"""So many worlds of an LDC are kept; beyond, nothing of its chapters can be seen."""
MISSED_SHOWN = 2
"""Of so many things that other answers would have missed a judgement tells."""


class Chapter(Protocol):
    """What one chapter keeps in one world. It is made with its world, through which it says what it has to say.

    :cvar situations: the cases worth meeting, as a check's; `rules` those that it judges.

    `see` and `act` may ask for readings. They ask before they change or say anything: where an answer is open, they are
    called again in a copy of the world for each. So `act` does one thing at a time.
    """

    situations: ClassVar[Mapping[str, str]]
    rules: ClassVar[frozenset[str]]

    def __init__(self, world: World) -> None:
        """The chapter in a world in which nothing has happened."""

    def see(self, seen: Received | Letter | Loaded) -> None:
        """Take note of a file of the LDC, or of data that was loaded."""

    def due(self) -> Instant | None:
        """When the repository does something of itself next; it does so before what arrives at that instant."""

    def act(self) -> None:
        """Let the next of such things happen, one alone."""

    def passed(self, until: Instant) -> None:
        """Judge what had to have arrived by an instant, itself included. No reading is asked for here."""

    def copied(self, world: World) -> Self:
        """The same in another world; what either changes does not change the other."""


C = TypeVar("C", bound=Chapter)


Makes: TypeAlias = type[Chapter]
"""A class of chapters."""


class Undecided(Exception):
    """A chapter asks for an answer that its world has not taken yet."""

    def __init__(self, question: str, answers: Sequence[str]) -> None:
        super().__init__(question, answers)
        self.question = question
        self.answers = answers


class Answering(ABC):
    """Whoever answers what is open."""

    case: Case

    def reading(self, ambiguity: str) -> str:
        """The reading of an ambiguity.

        :raises Undecided: it has not been asked for yet, and several are right.
        """
        answers = self.case.answers(ambiguity)
        return answers[0] if len(answers) == 1 else self.choice(ambiguity, answers)

    @abstractmethod
    def choice(self, question: str, answers: Sequence[str]) -> str:
        """The answer to a question that no rule decides, such as who came first at an instant.

        :raises Undecided: it has not been asked yet.
        """


class World(Voice, Answering):
    """One way in which an LDC's dealings may have gone.

    :param decided: the answers taken so far, by question.
    """

    def __init__(self, case: Case, ldc: str, decided: dict[str, str]) -> None:
        self.case = case
        self.ldc = ldc
        self.decided = decided
        self.chapters: list[Chapter] = []
        self.said: list[Said | str] = []

    @classmethod
    def made(cls, case: Case, ldc: str, makes: Sequence[Makes]) -> World:
        """The world of an LDC in which nothing has happened."""
        world = cls(case, ldc, {})
        for make in makes:
            world.chapters.append(make(world))
        return world

    def copied(self) -> World:
        world = World(self.case, self.ldc, dict(self.decided))
        for chapter in self.chapters:
            world.chapters.append(chapter.copied(world))
        world.said = list(self.said)
        return world

    def of(self, kind: type[C]) -> C:
        """What another chapter keeps in this world; chapters that come earlier can be relied on."""
        return next(chapter for chapter in self.chapters if isinstance(chapter, kind))

    def choice(self, question: str, answers: Sequence[str]) -> str:
        if question not in self.decided:
            raise Undecided(question, answers)
        return self.decided[question]

    def write(self, said: Said) -> None:
        self.said.append(said)

    def meet(self, situation: str) -> None:
        self.said.append(situation)

    @property
    def violations(self) -> list[Said]:
        """What has been violated in this world since worlds were last held against each other."""
        said = (each for each in self.said if isinstance(each, Said) and each.outcome is Outcome.VIOLATED)
        return [each for each in said if self.case.book.is_judged(each.rule)]

    @property
    def label(self) -> str:
        """The answers that it takes, in words."""
        return ", ".join(
            f"{question} {answer}" if question.startswith("AMB-") else f"{question}: {answer}"
            for question, answer in self.decided.items()
        )

    def next_to_act(self) -> tuple[Instant, int] | None:
        """When which chapter acts next."""
        due = [(moment, place) for place, each in enumerate(self.chapters) if (moment := each.due()) is not None]
        return min(due, default=None)


class LdcWorlds:
    """The worlds of one LDC."""

    def __init__(self, case: Case, ldc: str, makes: Sequence[Makes]) -> None:
        self.case = case
        self.ldc = ldc
        self.worlds = [World.made(case, ldc, makes)]
        self._rules = sorted({rule for make in makes for rule in make.rules})
        self._missed: dict[str, list[str]] = {}

    def show(self, seen: Received | Letter | Loaded) -> None:
        """Show every chapter of every world what happened.

        What the repository does of itself comes before letters, but for those that tell Universal SDP IDs: what was
        given at that instant may name them.
        """
        if isinstance(seen, Letter) and not seen.tells_ids:
            self.act(seen.instant)
        for place in range(len(self.worlds[0].chapters) if self.worlds else 0):
            self._each(lambda world, place=place: world.chapters[place].see(seen))  # type: ignore[misc]

    def act(self, until: Instant) -> None:
        """Let the repository do what it does of itself until an instant, in every world."""
        self._each(lambda world: _acts(world, until))

    def passed(self, until: Instant) -> None:
        """Hold the worlds against each other, now that all that arrived by an instant has been seen."""
        self.act(until)
        for world in self.worlds:
            for chapter in world.chapters:
                chapter.passed(until)
        self._compare()

    def _each(self, do: Callable[[World], bool | None]) -> None:
        """Do something in every world, as often as it says that there is more, splitting those that have to decide."""
        to_do = self.worlds
        done: list[World] = []
        while to_do:
            world, *to_do = to_do
            try:
                more = do(world)
            except Undecided as question:
                to_do = [*_split(world, question), *to_do]
                if len(to_do) + len(done) > WORLDS_KEPT:
                    self._lose()
                    return
            else:
                (to_do if more else done).append(world)
        self.worlds = done

    def _lose(self) -> None:
        """There are more worlds than can be kept: nothing can be said of this LDC from here on."""
        why = f"its readings leave more than {WORLDS_KEPT} ways in which it may have gone"
        for rule in self._rules:
            self.case.cannot_see(rule, self.case.now, f"what {self.ldc} is told", why)
        self.worlds = []

    def _compare(self) -> None:
        if not self.worlds:
            return
        fewest = min(len(world.violations) for world in self.worlds)
        best = [world for world in self.worlds if len(world.violations) == fewest]
        for world in self.worlds:
            if len(world.violations) > fewest:
                first = world.violations[0]
                self._missed.setdefault(f"{first.rule} expected {first.expected}", []).append(world.label)
        self._tell(best[0])
        for world in best:
            world.said = []
        self.worlds = best

    def _tell(self, world: World) -> None:
        """Say what has been said in a world; of what it missed, under which answers, and what others had missed."""
        for said in world.said:
            if isinstance(said, str):
                self.case.meet(said)
            elif said.outcome is Outcome.VIOLATED and (world.decided or self._missed):
                under = f" (under {world.label})" if world.decided else ""
                others = "".join(f"; {missed}" for missed in _in_short(self._missed))
                self._missed = {}
                expected, observed = f"{said.expected}{under}", f"{said.observed}{others}"
                self.case.write(said._replace(expected=expected, observed=observed))
            else:
                self.case.write(said)


def _in_short(missed: Mapping[str, Sequence[str]]) -> list[str]:
    """Of what other answers would have missed the first few, each once, with the first of the answers that miss it."""
    told = []
    for what, labels in list(missed.items())[:MISSED_SHOWN]:
        more = f", and {_ways(len(labels) - 1)}" if len(labels) > 1 else ""
        told.append(f"under {labels[0]}{more}: {what}")
    others = sum(len(labels) for labels in list(missed.values())[MISSED_SHOWN:])
    return [*told, f"something else is amiss {_ways(others)}"] if others else told


def _ways(others: int) -> str:
    return "in another way" if others == 1 else f"in {others} other ways"


class Worlds(Check):
    """The chapters that rest on readings which change what follows, for each LDC."""

    def __init__(self, case: Case, makes: Sequence[Makes]) -> None:
        super().__init__(case)
        self._makes = makes
        self._of: dict[str, LdcWorlds] = {ldc: LdcWorlds(case, ldc, makes) for ldc in sorted(case.ldcs)}

    @classmethod
    def of(cls, *makes: Makes) -> Callable[[Case], Worlds]:
        """What makes the worlds of some chapters; a chapter may rely on those before it."""
        return lambda case: cls(case, makes)

    def declared(self) -> Mapping[str, str]:
        return {name: sentence for make in self._makes for name, sentence in make.situations.items()}

    def see(self, seen: Seen) -> None:
        match seen:
            case Passed():
                for worlds in self._of.values():
                    worlds.passed(seen.instant)
            case Loaded():
                for worlds in self._of.values():
                    worlds.show(seen)
            case Received() | Letter():
                if seen.ldc in self._of:
                    self._of[seen.ldc].show(seen)


def _acts(world: World, until: Instant) -> bool:
    """Let the next thing happen that the repository does of itself; whether there was one until an instant."""
    next_one = world.next_to_act()
    if next_one is None or next_one[0] > until:
        return False
    world.chapters[next_one[1]].act()
    return True


def _split(world: World, question: Undecided) -> list[World]:
    """A world under each answer to a question."""
    split = [world, *(world.copied() for _ in question.answers[1:])]
    for each, answer in zip(split, question.answers, strict=True):
        each.decided[question.question] = answer
    return split
