"""The proof of exploration: each seeded fault by exploration alone, and no variant harmed.

A fault is caught where a conversation breaks one of its own rules; what comes after that conversation is not played. A
variant is played through all of them, and nothing may be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from os import getpid
from typing import Any

from harness.exploration.course import ROUND
from harness.exploration.drawing import Source
from harness.exploration.exploring import Subject
from harness.exploration.playing import Player
from harness.exploration.working import Work, begin
from harness.port.protocol import Json, Role
from harness.referee import billing_scope, sync_scope
from harness.suite.catalogue import load_catalogue

VERSION = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """A way of bending a reference, or a reference itself, that is explored.

    :param work: what exploring the reference rests on.
    :param rules: those that a fault breaks; empty where nothing may be broken.
    :param readings: under which it is explored, where they are not the profile's.
    :param conversations: how many are played at most.
    """

    bent: str
    rules: frozenset[str]
    readings: Mapping[str, str]
    source: Source
    conversations: int
    work: Work

    @property
    def name(self) -> str:
        """By which what came of it is listed."""
        return self.bent or self.work.adapter


@dataclass(frozen=True, slots=True)
class Ended:
    """What exploring came to.

    :param name: of what was explored.
    :param played: how many conversations were played; the last one caught the fault.
    :param broken: the first conversation that broke each rule.
    """

    name: str
    is_caught: bool
    played: int
    broken: Mapping[str, int]


def trials(subject: Subject, source: Source, bents: Iterable[Any], conversations: int) -> list[Trial]:
    """What is explored: a reference, and everything that bends it."""
    profile, work = subject.profile, Work(subject.plan(), subject.wish.adapter, None, None)
    found = [Trial("", frozenset(), {}, source, conversations, work)]
    for bent in bents:
        other = {key: reading for key, reading in bent.readings.items() if profile.readings.get(key) != reading}
        rules = frozenset(bent.rules) if bent.kind == "fault" else frozenset()
        found.append(Trial(bent.id, rules, other, source, conversations, work))
    return found


def explored(trial: Trial) -> Ended:
    """Explore one way of bending a reference."""
    work = trial.work
    adapter = f"{work.adapter}+{trial.bent}" if trial.bent else work.adapter
    player = Player(work.plan, adapter, None, trial.readings)
    broken: dict[str, int] = {}
    for number in range(trial.conversations):
        round_number, which = divmod(number, ROUND)
        _, lines = trial.source.drawn(round_number, which)
        for breach in player.play(f"explore/{round_number}/{which}", lines).breaches:
            broken.setdefault(breach.key, number)
        if trial.rules & broken.keys():
            player.close()
            return Ended(trial.name, True, number + 1, broken)
    player.close()
    return Ended(trial.name, False, trial.conversations, broken)


def prove(planned: Sequence[Trial], workers: int, step: Callable[[], None]) -> dict[str, Ended]:
    """Explore everything that is planned, shared by processes."""
    ended: dict[str, Ended] = {}
    with ProcessPoolExecutor(workers, get_context("spawn"), begin, (planned[0].work, getpid())) as pool:
        for each in pool.map(explored, planned):
            ended[each.name] = each
            step()
    return ended


def proof_document(subject: Subject, planned: Sequence[Trial], ended: Mapping[str, Ended]) -> Json:
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
        "budget": planned[0].conversations,
        "proven": not harmed,
        "faults": len(faults),
        "caught": len(faults) - len(missed),
        "missed": {trial.name: _why_missed(trial, ended[trial.name]) for trial in missed},
        "innocent": len(innocent),
        "harmed": {name: dict(ended[name].broken) for name in harmed},
        "trials": {name: _ended(each) for name, each in ended.items()},
    }


def _ended(ended: Ended) -> Json:
    return {"caught": ended.is_caught, "played": ended.played, "broken": dict(sorted(ended.broken.items()))}


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
