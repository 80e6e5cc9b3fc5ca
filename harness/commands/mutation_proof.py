"""``mdmr-conform prove --mutants``: the reference changed in small ways, and what notices it."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from harness.commands import console
from harness.commands.exploration_proof import say_unfinished, say_what_is_over
from harness.exploration.course import Course
from harness.exploration.equivalents import FILE as DECLARED
from harness.exploration.equivalents import MOST_PERCENT, Equivalent, declared
from harness.exploration.exploring import Wish as Exploration
from harness.exploration.exploring import subject_of
from harness.exploration.kept_trials import FILE as TRIALS
from harness.exploration.kept_trials import KeptTrials, proof_of
from harness.exploration.lines import Line
from harness.exploration.mutant_trials import (
    ALIVE,
    EQUIVALENT,
    FATES,
    KILLED,
    PACKAGES,
    Fate,
    Scenario,
    Trial,
    try_all,
)
from harness.exploration.mutants import all_of, drawn
from harness.interface.profile import Profile
from harness.port.naming import REFERENCES
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, write
from harness.runner.proof import readings_of
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

    :param cases: the scenarios that are run; the reference of the CIS is changed where all of them are of its seat.
    :param conversations: how many are explored where every scenario passes.
    :raises InputError: what is declared equivalent does not read, or is no longer found.
    :raises OutputError: what comes out cannot be written.
    """
    role = Role.REPOSITORY if any(case.role is Role.REPOSITORY for case in cases) else Role.CIS
    possible = all_of(PACKAGES[role])
    equivalent = declared([mutant for package in PACKAGES.values() for mutant in all_of(package)])
    limits = (wish.workers, _TIME_LIMIT)
    subject = subject_of(Exploration(REFERENCES[role], wish.profile, wish.seed, None, None, *limits, role))
    scenarios = scenarios_of([case for case in cases if case.role is role], subject.profile)
    trial = Trial(subject.plan(), scenarios, subject.source(Course()), conversations, SECONDS)
    mutants = drawn(possible, number, wish.seed)
    console.say(f"{len(mutants)} of {counted(len(possible), 'mutant')}, seed {wish.seed}")
    with kept_for(out, (FILE, TRIALS)), console.progress("mutants") as steps:
        about = {"mutants": number, "conversations": conversations, "scenarios": [each.id for each in scenarios]}
        kept = KeptTrials.begun(out, {**proof_of("mutants", subject), **about})
        say_what_is_over(kept)
        steps.total(len(mutants) - len(kept.over))

        def over(fate: Fate) -> None:
            kept.add(fate.mutant.name, {"fate": fate.word, "by": fate.by})
            steps.step()

        try:
            try_all([mutant for mutant in mutants if mutant.name not in kept.over], trial, wish.workers, over)
        except KeyboardInterrupt as stopped:
            return say_unfinished(len(kept.over), len(mutants), stopped)
        ended = {mutant: kept.over[mutant.name] for mutant in mutants}
        fates = [_told(Fate(each, raw["fate"], raw["by"]), equivalent.get(each)) for each, raw in ended.items()]
        document = _document(subject.suite, wish.seed, len(possible), fates)
        refuted = [fate for fate in fates if fate.mutant in equivalent and fate.word != EQUIVALENT]
        write(out / FILE, as_document(document))
        kept.done()
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


def scenarios_of(cases: list[ScenarioCase], profile: Profile) -> tuple[Scenario, ...]:
    """Scenarios, each under its own readings, in an order of chance that is always the same."""
    ordered = sorted(cases, key=lambda case: hashlib.sha256(case.id.encode()).digest())
    return tuple(
        Scenario(
            case.id,
            tuple((step.type, Line(step.text, step.table)) for step in case.steps),
            readings_of(case, profile),
        )
        for case in ordered
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
