"""``mdmr-conform prove --explore``: each seeded fault by exploration alone, and no variant harmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from harness.commands import console
from harness.exploration.course import Course
from harness.exploration.exploring import Wish as Exploration
from harness.exploration.exploring import subject_of
from harness.exploration.kept_trials import FILE as TRIALS
from harness.exploration.kept_trials import KeptTrials, proof_of
from harness.exploration.proving import Budget, Ended, Trial, proof_document, prove, trials
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, write

FILE = "explored.json"
BUDGET, FULL = Budget(fault=200, innocent=2000), Budget(fault=200, innocent=5000)
"""So many conversations are drawn of each, where nothing says how many."""
_TIME_LIMIT = 10.0
UNFINISHED = 3


def prove_by_exploration(wish: Wish, rules: Mapping[Role, Collection[str]], budget: Budget, out: Path) -> int:
    """Explore the faults of some rules, and every variant; the exit code.

    :param rules: of each role that is explored.
    :raises OutputError: what comes out cannot be written.
    """
    planned: list[Trial] = []
    for role, of_role in sorted(rules.items(), reverse=True):
        adapter, limits = REFERENCES[role], (wish.workers, _TIME_LIMIT)
        subject = subject_of(Exploration(adapter, wish.profile, wish.seed, None, None, *limits, role))
        chosen = [each for each in bents(adapter) if each.kind == "variant" or set(each.rules) & set(of_role)]
        planned += trials(subject, subject.source(Course()), chosen, budget)
    faults = sum(1 for trial in planned if trial.rules)
    console.say(
        f"mdmr-conform: {counted(faults, 'fault')}, each in {counted(budget.fault, 'conversation')} at most, after "
        f"those that caught what is like it before; {len(planned) - faults} references and variants in "
        f"{budget.innocent} each; seed {wish.seed}"
    )
    with kept_for(out, (FILE, TRIALS)), console.progress("faults and variants") as steps:
        about = {"budget": [budget.fault, budget.innocent], "trials": [trial.name for trial in planned]}
        kept = KeptTrials.begun(out, {**proof_of("exploration", subject), **about})
        say_what_is_over(kept)
        steps.total(len(planned) - len(kept.over))

        def over(ended: Ended) -> None:
            kept.add(ended.name, ended.as_json())
            steps.step()

        try:
            prove([trial for trial in planned if trial.name not in kept.over], wish.workers, over)
        except (KeyboardInterrupt, BrokenProcessPool) as stopped:
            return say_unfinished(len(kept.over), len(planned), stopped)
        ended = {name: Ended.from_json(name, raw) for name, raw in kept.over.items()}
        proof = proof_document(subject, budget, planned, ended)
        write(out / FILE, as_document(proof))
        kept.done()
    _show(proof, out)
    return 0 if proof["proven"] else 1


def say_what_is_over(kept: KeptTrials) -> None:
    """Say of a proof that goes on how much of it is over already."""
    if kept.over:
        console.say(f"  going on: {len(kept.over)} are over already")


def say_unfinished(over: int, planned: int, stopped: BaseException) -> int:
    """Say that a proof did not come to its end, and why; the exit code."""
    why = (
        "interrupted" if isinstance(stopped, KeyboardInterrupt) else "a worker process ended in the middle of its work"
    )
    console.say(f"No verdict: {why}; {over} of {planned} are over, and the same command goes on with the others.")
    return UNFINISHED


def _show(proof: Json, out: Path) -> None:
    caught = f"{proof['caught']} of {counted(proof['faults'], 'fault')} caught by exploration alone"
    console.say(f"{caught}, in at most {counted(proof['budget']['fault'], 'drawn conversation')} each")
    innocent = f"{proof['innocent'] - len(proof['harmed'])} of {proof['innocent']} unharmed: references, and variants"
    console.say(f"{innocent}, in {counted(proof['budget']['innocent'], 'conversation')} each")
    for bent, broken in proof["harmed"].items():
        told = ", ".join(f"{rule} in {conversation}" for rule, conversation in broken.items())
        console.say(console.Styled("harmed", "red"), f"  {bent}: {told}")
    if proof["missed"]:
        noticed = proof["noticed_as_another_rule"]
        console.say(f"What is left, and why; of {noticed} another rule than their own was seen broken:")
    for bent, why in proof["missed"].items():
        console.say(f"  {bent}: {why}")
    console.say(f"{'proven' if proof['proven'] else 'NOT PROVEN'}; see {out / FILE}")
