"""An exploration from its first round to its last: begun, or gone on with, in the folder for what comes out of it.

Rounds follow one another; the conversations of one are shared by worker processes. What a round came to is written down
before the next begins, so that whoever interrupts an exploration loses no more than a round.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from harness.evidence.results import COUNTERPART, Counterpart
from harness.exploration import folder as folders
from harness.exploration import working
from harness.exploration.course import ROUND, Course, Found, Outcome, line_of
from harness.exploration.drawing import Source
from harness.exploration.retelling import feature, file_of
from harness.exploration.scene import Times
from harness.exploration.working import Part, Work
from harness.interface.instants import iso, midnight
from harness.interface.profile import Profile
from harness.port.keeper import end_orphans
from harness.port.protocol import Json, Role, SystemDescription
from harness.runner import controller
from harness.runner.folder import passing_root
from harness.runner.plan import Plan

T = TypeVar("T")
NEEDED: Mapping[Role, str] = {Role.REPOSITORY: "USDP", Role.CIS: "CIS-USDP"}
"""The conformance class that a system has to claim to be explored, by its role."""
PART = 8
"""So many conversations a worker plays at a time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for.

    :param conversations: how many; None where `is_over` alone says when it is enough.
    :param rules: those that are looked at; None for all of them.
    :param role: of the system under test; `counterpart` is the repository that answers a CIS.
    :param secret: what all drawing rests on besides the seed; None where anybody may know what is drawn.
    """

    adapter: str
    profile: Path | None
    seed: int
    conversations: int | None
    rules: frozenset[str] | None
    workers: int
    time_limit: float
    role: Role = Role.REPOSITORY
    counterpart: str = COUNTERPART
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an exploration is about.

    :param namespace: sets the names of one exploration apart from those of another, on a system that remembers them.
    :param counterpart: the repository that answers, where a CIS is under test.
    """

    wish: Wish
    system: SystemDescription
    profile: Profile
    suite: str
    namespace: str
    counterpart: Counterpart | None = None

    def knows(self, kept: object) -> bool:
        """Whether the secret is the one that stands hidden in the record of an unfinished exploration."""
        return controller.knows(kept, self.wish.secret)

    @property
    def is_persistent(self) -> bool:
        """Whether somebody who takes part remembers what earlier explorations were about."""
        answering = [] if self.counterpart is None else [self.counterpart.system]
        return any(each.state == "persistent" for each in (self.system, *answering))

    def identity(self) -> Json:
        """What must agree for an exploration to go on."""
        rules = self.wish.rules
        return {
            "suite": self.suite,
            "profile": self.profile.hash,
            "system": self.system.as_json(),
            "adapter": self.wish.adapter,
            "counterpart": None if self.counterpart is None else self.counterpart.as_json(),
            "seed": self.wish.seed,
            "rules": None if rules is None else sorted(rules),
        }

    def plan(self, passing: str | None = None) -> Plan:
        """How conversations are performed; without journals."""
        wish = self.wish
        return Plan(
            mode="prove",
            tasks=(),
            features="",
            step_package=controller.STEP_PACKAGE,
            suite_hash=self.suite,
            profile_path=None if wish.profile is None else str(wish.profile),
            seed=wish.seed,
            namespace=self.namespace,
            anchor=iso(midnight(controller.FIRST_MONDAY)),
            time_limit_seconds=wish.time_limit,
            passing=passing,
            secret=wish.secret,
            role=wish.role.value,
            counterpart=None if self.counterpart is None else self.counterpart.adapter,
            introduced=controller.introduced_as(wish.adapter, self.system, self.counterpart),
        )

    def source(self, course: Course) -> Source:
        """Where the conversations of the next round are drawn from."""
        wish, values = self.wish, {**self.profile.values, **self.system.values}
        times = Times.of(values, self.system.sends_within_minutes)
        return Source(
            seed=wish.seed,
            times=times,
            classes=frozenset(self.system.classes),
            promising=course.promising(),
            role=wish.role,
            remembers=self.system.keeps == "all",
            acts_as=self.system.acts_as,
            secret=wish.secret,
            register_digits=int(values["register_digits"]),
        )


@dataclass(frozen=True, slots=True)
class Explored:
    """An exploration that came to an end, or was interrupted.

    :param trouble: why it could not go on; empty where it came to its end.
    :param hidden: what stands for the secret while it has not ended; None where there is no secret.
    """

    subject: Subject
    course: Course
    interrupted: bool = False
    trouble: str = ""
    hidden: Json | None = None


def subject_of(wish: Wish) -> Subject:
    """Ask a system, and where it is a CIS its counterpart, who it is.

    :raises UsageError: there is no such adapter.
    :raises InputError: the profile does not read.
    :raises SystemUnreachable: the system does not answer.
    """
    asked = controller.Wish(
        adapter=wish.adapter,
        profile=wish.profile,
        time_limit_seconds=wish.time_limit,
        role=wish.role,
        counterpart=wish.counterpart,
    )
    system = controller.introduce(asked)
    counterpart = controller.introduce_counterpart(asked, system)
    return Subject(wish, system, controller.read_profile(wish.profile), controller.suite_hash(), "", counterpart)


def unfit(system: SystemDescription) -> str | None:
    """Why a system cannot be explored, or None."""
    if system.clock != "settable":
        return "its clock cannot be set: exploration lives through days at once"
    needed = NEEDED[system.role]
    if needed not in system.classes:
        return f"it does not claim {needed}: every conversation begins with Universal SDP IDs"
    return None


def explore(
    subject: Subject,
    out: Path,
    fresh_namespace: Callable[[], str],
    round_over: Callable[[Course], None],
    is_over: Callable[[], bool],
) -> Explored:
    """Explore, and keep what is found in a folder.

    :param fresh_namespace: makes a word that was never used before.
    :param round_over: is told after each round what there is so far.
    :param is_over: whether no further round is to begin.
    :raises InputError: the folder holds something else, or an unfinished exploration of something else.
    """
    with folders.kept(out), passing_root(out) as passing:
        namespace = fresh_namespace() if subject.is_persistent else ""
        secret = controller.hidden(subject.wish.secret, fresh_namespace())
        begun = folders.begun(out, {**subject.identity(), "namespace": namespace}, secret, subject.knows)
        subject = replace(subject, namespace=str(begun["identity"]["namespace"]))
        course = Course()
        for line in folders.rounds(out):
            course.take(line)
        explored = _explored(subject, course, out, passing, round_over, is_over)
        explored = replace(explored, hidden=begun["secret"])
        _retell(explored, out)
        return explored


def _explored(
    subject: Subject,
    course: Course,
    out: Path,
    passing: str,
    round_over: Callable[[Course], None],
    is_over: Callable[[], bool],
) -> Explored:
    work = Work(subject.plan(passing), subject.wish.adapter, subject.wish.rules, str(out))
    interrupted, trouble = False, ""
    try:
        with _workers(work, subject) as pool:
            while (numbers := _next_numbers(subject, course)) and not (course.rounds and is_over()):
                line = _round(pool, subject.source(course), course, numbers)
                folders.add_round(out, line)
                course.take(line)
                round_over(course)
    except KeyboardInterrupt:
        interrupted = True
    except BrokenProcessPool:
        end_orphans()
        trouble = "a worker process ended in the middle of a round; the same command goes on with that round"
    return Explored(subject, course, interrupted, trouble)


@contextlib.contextmanager
def _workers(work: Work, subject: Subject) -> Iterator[ProcessPoolExecutor]:
    """Processes that share the work; a system that may not be used by two at a time gets one."""
    isolated = subject.system.isolation == "conversation"
    pool = ProcessPoolExecutor(
        subject.wish.workers if isolated else 1, get_context("spawn"), working.begin, (work, os.getpid())
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _next_numbers(subject: Subject, course: Course) -> range:
    """The numbers of the conversations of the next round; none where there are enough."""
    wanted = subject.wish.conversations
    left = ROUND if wanted is None else min(ROUND, wanted - course.rounds * ROUND)
    return range(max(0, left))


def _round(pool: ProcessPoolExecutor, source: Source, course: Course, numbers: range) -> Json:
    """Play a round, make smaller what it found for the first time, and say what it came to."""
    parts = [Part(source, course.rounds, numbers[start : start + PART]) for start in range(0, len(numbers), PART)]
    played: list[list[Outcome]] = _all(pool.submit(working.play_part, part) for part in parts)
    outcomes = [outcome for each in played for outcome in each]
    new = course.is_new(outcomes)
    smaller: list[Found] = _all(
        pool.submit(working.make_smaller, source, course.rounds, outcome, key) for key, outcome in new.items()
    )
    return line_of(course.rounds, outcomes, smaller)


def _all(futures: Iterator[Future[T]]) -> list[T]:
    return [future.result() for future in list(futures)]


def _retell(explored: Explored, out: Path) -> None:
    """Write a feature for everything found that words can say."""
    for found in explored.course.found.values():
        if found.is_told:
            wish = explored.subject.wish
            about = (
                f"{folders.FOUND_BY}seed {wish.seed}, round {found.round}, conversation {found.number}; "
                f"adapter {wish.adapter}"
            )
            folders.write_feature(
                out, file_of(found.key, wish.role), feature(found.breach, found.lines, wish.role, about)
            )
