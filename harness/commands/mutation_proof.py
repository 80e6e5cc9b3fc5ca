"""``mdmr-conform prove --mutants``: the reference changed in small ways, and what notices it."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from harness.commands import console, options
from harness.evidence.results import Subject
from harness.exploration.course import Course
from harness.exploration.equivalents import FILE as DECLARED
from harness.exploration.equivalents import MOST_PERCENT, Equivalent, declared
from harness.exploration.exploring import Wish as Exploration
from harness.exploration.exploring import subject_of
from harness.exploration.lines import Line
from harness.exploration.mutant_trials import (
    ALIVE,
    EQUIVALENT,
    FATES,
    KILLED,
    PACKAGE,
    REFERENCE,
    Fate,
    Scenario,
    Trial,
    try_all,
)
from harness.exploration.mutants import all_of, drawn
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, write
from harness.suite.inventory import ScenarioCase

FILE = "mutants.json"
VERSION = 1
SECONDS = 900
"""So many seconds a mutant may take, all scenarios and conversations together."""
_TIME_LIMIT = 10.0


def prove_by_mutants(wish: Wish, cases: list[ScenarioCase], number: int, conversations: int, out: Path) -> int:
    """Change the reference in so many small ways, and see what notices it; the exit code: 1 where one stays alive.

    Those that are declared equivalent are counted by themselves. They stay alive as well: where one does not, its
    declaration is wrong, and the exit code 1, too.

    :param cases: the scenarios that are run.
    :param conversations: how many are explored where every scenario passes.
    :raises InputError: what is declared equivalent does not read, or is no longer found.
    :raises OutputError: what comes out cannot be written.
    """
    possible = all_of(PACKAGE)
    equivalent = declared(possible)
    subject = subject_of(Exploration(REFERENCE, wish.profile, wish.seed, None, None, wish.workers, _TIME_LIMIT))
    repository = Wish(REFERENCE, profile=wish.profile, seed=wish.seed)
    judged = controller.subject_of(
        repository, subject.system, controller.features_of(None), namespace="", today=options.today()
    )
    scenarios = _scenarios(cases, judged)
    trial = Trial(subject.plan(), scenarios, subject.source(Course()), conversations, SECONDS)
    mutants = drawn(possible, number, wish.seed)
    console.say(f"{len(mutants)} of {counted(len(possible), 'mutant')}, seed {wish.seed}")
    with kept_for(out, (FILE,)), console.progress("mutants") as steps:
        steps.total(len(mutants))
        tried = try_all(mutants, trial, wish.workers, lambda _: steps.step())
        fates = [_told(fate, equivalent.get(fate.mutant)) for fate in tried]
        document = _document(subject.suite, wish.seed, len(possible), fates)
        refuted = [fate for fate in fates if fate.mutant in equivalent and fate.word != EQUIVALENT]
        write(out / FILE, as_document(document))
    for fate in fates:
        if fate.word == ALIVE:
            console.say(console.Styled("alive", "red"), f"  {fate.mutant}")
    for fate in refuted:
        console.say(console.Styled("not equivalent", "red"), f"  {fate.mutant}: {fate.word} {fate.by}".rstrip())
    if document["too_many_equivalent"]:
        share = f"{document['fates'][EQUIVALENT]} of {counted(len(fates), 'mutant')}"
        console.say(f"{EQUIVALENT}: {share}, more than {MOST_PERCENT} in a hundred; {DECLARED} says why")
    told = ", ".join(f"{times} {word}" for word, times in document["fates"].items() if times)
    console.say(f"{counted(len(fates), 'mutant')}: {told}; see {out / FILE}")
    return 1 if document["fates"][ALIVE] or refuted else 0


def _told(fate: Fate, equivalent: Equivalent | None) -> Fate:
    """What became of a mutant, where it may be declared equivalent."""
    return fate if equivalent is None or fate.word != ALIVE else Fate(fate.mutant, EQUIVALENT, equivalent.why)


def _scenarios(cases: list[ScenarioCase], subject: Subject) -> tuple[Scenario, ...]:
    """The scenarios that run with the reference, in an order of chance that is always the same."""
    own = [case for case in cases if case.role is Role.REPOSITORY]
    to_run = controller.sort_out(own, subject).to_run
    ordered = sorted(to_run, key=lambda case: hashlib.sha256(case.id.encode()).digest())
    return tuple(
        Scenario(case.id, tuple((step.type, Line(step.text, step.table)) for step in case.steps)) for case in ordered
    )


def _document(suite: str, seed: int, possible: int, fates: list[Fate]) -> Json:
    times = Counter(fate.word for fate in fates)
    others = len(fates) - times[EQUIVALENT]
    return {
        "mutants": VERSION,
        "suite": suite,
        "seed": seed,
        "possible": possible,
        "fates": {word: times[word] for word in FATES},
        "killed_by_a_fail_percent": 100 * times[KILLED] // max(1, others),
        "too_many_equivalent": 100 * times[EQUIVALENT] > MOST_PERCENT * len(fates),
        "each": [
            {
                "module": fate.mutant.module,
                "line": fate.mutant.line,
                "was": fate.mutant.was,
                "now": fate.mutant.now,
                "fate": fate.word,
                "by": fate.by,
            }
            for fate in fates
        ],
    }
