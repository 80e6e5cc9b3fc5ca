"""``mdmr-conform prove --explore``: each seeded fault by exploration alone, and no variant harmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from harness.commands import console
from harness.exploration.course import Course
from harness.exploration.exploring import Wish as Exploration
from harness.exploration.exploring import subject_of
from harness.exploration.proving import Budget, Trial, proof_document, prove, trials
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, write

FILE = "explored.json"
BUDGET, FULL = Budget(fault=200, innocent=2000), Budget(fault=200, innocent=5000)
"""So many conversations are drawn of each, where nothing says how many."""
_TIME_LIMIT = 10.0


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
    with kept_for(out, (FILE,)), console.progress("faults and variants") as steps:
        steps.total(len(planned))
        proof = proof_document(subject, budget, planned, prove(planned, wish.workers, steps.step))
        write(out / FILE, as_document(proof))
    _show(proof, out)
    return 0 if proof["proven"] else 1


def _show(proof: Json, out: Path) -> None:
    caught = f"{proof['caught']} of {proof['faults']:,} faults caught by exploration alone"
    console.say(f"{caught}, in at most {counted(proof['budget']['fault'], 'drawn conversation')} each")
    innocent = f"{proof['innocent'] - len(proof['harmed'])} of {proof['innocent']} unharmed: references, and variants"
    console.say(f"{innocent}, in {counted(proof['budget']['innocent'], 'conversation')} each")
    for bent, broken in proof["harmed"].items():
        told = ", ".join(f"{rule} in {conversation}" for rule, conversation in broken.items())
        console.say(console.Styled("harmed", "red"), f"  {bent}: {told}")
    if proof["missed"]:
        console.say("What is left, and why:")
    for bent, why in proof["missed"].items():
        console.say(f"  {bent}: {why}")
    console.say(f"{'proven' if proof['proven'] else 'NOT PROVEN'}; see {out / FILE}")
