"""``mdmr-conform prove --explore``: each seeded fault by exploration alone, and no variant harmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from harness.commands import console
from harness.exploration.course import Course
from harness.exploration.exploring import Wish as Exploration
from harness.exploration.exploring import subject_of
from harness.exploration.proving import Trial, proof_document, prove, trials
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, write

FILE = "explored.json"
CONVERSATIONS = 200
"""So many conversations a fault is looked for in, where nothing says how many."""
_TIME_LIMIT = 10.0


def prove_by_exploration(wish: Wish, rules: Mapping[Role, Collection[str]], conversations: int, out: Path) -> int:
    """Explore the faults of some rules, and every variant; the exit code.

    :param rules: of each role that is explored.
    :param conversations: how many are played of each at most.
    :raises OutputError: what comes out cannot be written.
    """
    planned: list[Trial] = []
    for role, of_role in sorted(rules.items(), reverse=True):
        adapter, limits = REFERENCES[role], (wish.workers, _TIME_LIMIT)
        subject = subject_of(Exploration(adapter, wish.profile, wish.seed, conversations, None, *limits, role))
        chosen = [each for each in bents(adapter) if each.kind == "variant" or set(each.rules) & set(of_role)]
        planned += trials(subject, subject.source(Course()), chosen, conversations)
    with kept_for(out, (FILE,)), console.progress("faults and variants") as steps:
        steps.total(len(planned))
        proof = proof_document(subject, planned, prove(planned, wish.workers, steps.step))
        write(out / FILE, as_document(proof))
    _show(proof, out)
    return 0 if proof["proven"] else 1


def _show(proof: Json, out: Path) -> None:
    for bent, why in proof["missed"].items():
        console.say(f"not caught  {bent}: {why}")
    for bent, broken in proof["harmed"].items():
        told = ", ".join(f"{rule} in conversation {number}" for rule, number in broken.items())
        console.say(console.Styled("harmed", "red"), f"  {bent}: {told}")
    budget = counted(proof["budget"], "conversation")
    console.say(f"{proof['caught']} of {proof['faults']} faults caught by exploration alone, in at most {budget} each")
    console.say(f"{proof['innocent'] - len(proof['harmed'])} of {proof['innocent']} unharmed: references, and variants")
    console.say(f"{'proven' if proof['proven'] else 'NOT PROVEN'}; see {out / FILE}")
