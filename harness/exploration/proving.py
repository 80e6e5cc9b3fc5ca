"""The proof of exploration: each seeded fault by exploration alone, and no variant harmed.

A fault is caught where a conversation breaks one of its own rules; what comes after that conversation is not played.
Conversations that caught it, or a fault like it, before come first; the others are drawn as an exploration draws them,
round by round. A variant is played through all of them, and nothing may be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import active_children, get_context
from os import getpid
from typing import Any, NamedTuple

from harness.exploration.catches import Catch, catches, likely
from harness.exploration.course import ROUND, Course, Outcome, line_of
from harness.exploration.drawing import Source
from harness.exploration.exploring import Subject, subject_of
from harness.exploration.lines import Lines
from harness.exploration.playing import Played, Player
from harness.exploration.working import Work, begin, conversation_name
from harness.port.protocol import Json, Role
from harness.referee import billing_scope, sync_scope
from harness.suite.catalogue import load_catalogue

VERSION = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """A way of bending a reference, or a reference itself, that is explored.

    :param work: what exploring the reference rests on.
    :param rules: those that a fault breaks; empty where nothing may be broken.
    :param readings: under which it is explored, where they are not the profile's.
    :param conversations: how many are drawn at most.
    :param before: those that are played first.
    """

    bent: str
    rules: frozenset[str]
    readings: Mapping[str, str]
    source: Source
    conversations: int
    work: Work
    before: Sequence[Catch] = ()

    @property
    def name(self) -> str:
        """By which what came of it is listed."""
        return self.bent or self.work.adapter


@dataclass(frozen=True, slots=True)
class Ended:
    """What exploring came to.

    :param name: of what was explored.
    :param played: how many conversations were played; the last one caught the fault.
    :param broken: the first conversation that broke each rule, by its name.
    """

    name: str
    is_caught: bool
    played: int
    broken: Mapping[str, str]

    def as_json(self) -> Json:
        return {"caught": self.is_caught, "played": self.played, "broken": dict(sorted(self.broken.items()))}

    @classmethod
    def from_json(cls, name: str, raw: Json) -> Ended:
        return cls(name, raw["caught"], raw["played"], raw["broken"])


@dataclass(frozen=True, slots=True)
class Budget:
    """How many conversations are drawn at most: for a fault, and for what must not be harmed."""

    fault: int
    innocent: int


def trials(subject: Subject, source: Source, bents: Iterable[Any], budget: Budget) -> list[Trial]:
    """What is explored: a reference, and everything that bends it; first what takes longest."""
    profile, work = subject.profile, Work(subject.plan(), subject.wish.adapter, None, None)
    role = subject.wish.role
    innocent = [Trial("", frozenset(), {}, source, budget.innocent, work)]
    faults = []
    for bent in bents:
        other = {key: reading for key, reading in bent.readings.items() if profile.readings.get(key) != reading}
        if bent.kind == "fault":
            before = likely(catches(), bent.id, bent.rules, role)
            faults.append(Trial(bent.id, frozenset(bent.rules), other, source, budget.fault, work, before))
        else:
            innocent.append(Trial(bent.id, frozenset(), other, _source_of(subject, bent.id), budget.innocent, work))
    return innocent + faults


def _source_of(subject: Subject, variant: str) -> Source:
    """Where the conversations of a variant are drawn from: by what it says of itself, such as how soon it sends."""
    wish = replace(subject.wish, adapter=f"{subject.wish.adapter}+{variant}")
    return subject_of(wish).source(Course())


def explored(trial: Trial) -> Ended:
    """Explore one way of bending a reference."""
    work = trial.work
    adapter = f"{work.adapter}+{trial.bent}" if trial.bent else work.adapter
    player = Player(work.plan, adapter, None, trial.readings)
    broken: dict[str, str] = {}
    played = 0
    try:
        for conversation in conversations(trial, player):
            played += 1
            for breach in conversation.played.breaches:
                broken.setdefault(breach.key, conversation.name)
            if trial.rules & broken.keys():
                return Ended(trial.name, True, played, broken)
        return Ended(trial.name, False, played, broken)
    finally:
        player.close()


class Conversation(NamedTuple):
    """A conversation of a trial, and what it came to."""

    name: str
    lines: Lines
    played: Played


def conversations(trial: Trial, player: Player) -> Iterator[Conversation]:
    """The conversations of a trial, one after the other: kept ones first, then as an exploration draws them.

    What a round has met decides what the next one has more of.
    """
    for catch in trial.before:
        yield Conversation(catch.name, catch.lines, player.play(catch.name, catch.lines))
    course = Course()
    while course.conversations < trial.conversations:
        source, outcomes = replace(trial.source, promising=course.promising()), []
        for number in range(min(ROUND, trial.conversations - course.conversations)):
            kind, lines = source.drawn(course.rounds, number)
            name = conversation_name(course.rounds, number)
            played = player.play(name, lines)
            outcomes.append(Outcome(number, kind, len(lines), played))
            yield Conversation(name, lines, played)
        course.take(line_of(course.rounds, outcomes, []))


def prove(planned: Sequence[Trial], workers: int, over: Callable[[Ended], None]) -> None:
    """Explore everything that is planned, shared by processes.

    :param over: is told what each came to, as it ends.
    :raises BrokenProcessPool: a process ended in the middle of its work.
    """
    if not planned:
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), begin, (planned[0].work, getpid()))
    try:
        for future in as_completed([pool.submit(explored, trial) for trial in planned]):
            over(future.result())
    except BaseException:
        for process in active_children():  # else what they are at is waited for, thousands of conversations
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def proof_document(subject: Subject, budget: Budget, planned: Sequence[Trial], ended: Mapping[str, Ended]) -> Json:
    """What the proof came to: it is one where nothing was broken without a fault."""
    faults = [trial for trial in planned if trial.rules]
    innocent = [trial for trial in planned if not trial.rules]
    missed = [trial for trial in faults if not ended[trial.name].is_caught]
    harmed = [trial.name for trial in innocent if ended[trial.name].broken]
    return {
        "explored": VERSION,
        "suite": subject.suite,
        "profile": subject.profile.name,
        "seed": subject.wish.seed,
        "budget": {"fault": budget.fault, "innocent": budget.innocent},
        "proven": not harmed,
        "faults": len(faults),
        "caught": len(faults) - len(missed),
        "noticed_as_another_rule": sum(1 for trial in missed if ended[trial.name].broken),
        "missed": {trial.name: _why_missed(trial, ended[trial.name]) for trial in missed},
        "innocent": len(innocent),
        "harmed": {name: dict(ended[name].broken) for name in harmed},
        "trials": {trial.name: ended[trial.name].as_json() for trial in planned},
    }


def _why_missed(trial: Trial, ended: Ended) -> str:
    """Why a fault was not caught, as far as it can be said."""
    rules, catalogue = ", ".join(sorted(trial.rules)), load_catalogue()
    unjudged = {**sync_scope.NOT_JUDGED, **billing_scope.NOT_JUDGED} if trial.source.role is Role.REPOSITORY else {}
    if all(catalogue.rule(rule).status == "advice" for rule in trial.rules):
        why = f"{rules} is advice, which nothing breaks"
    elif trial.rules <= unjudged.keys():
        why = "; ".join(f"{rule} is judged by scenarios alone: {unjudged[rule]}" for rule in sorted(trial.rules))
    elif ended.broken:
        return f"{rules} was not seen broken, but {', '.join(sorted(ended.broken))}"
    else:
        text = "; ".join(catalogue.rule(rule).text for rule in sorted(trial.rules))
        return f"no conversation showed that {rules} is broken: {text}"
    return f"{why}; seen broken: {', '.join(sorted(ended.broken))}" if ended.broken else why
