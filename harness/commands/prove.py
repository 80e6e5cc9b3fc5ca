"""``mdmr-conform prove``: shows that the suite can fail, and that it does not fail the innocent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from harness.commands import console, options
from harness.port.naming import bents
from harness.port.protocol import Json
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, write
from harness.runner.proof import REFERENCE, Bench, Trial, proof_document, proof_table, trials
from harness.runner.session import run_session
from harness.stories.playing import cast_of, play
from harness.stories.story import drawn
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import ScenarioCase, take_inventory

INTERRUPTED = 3
SIMULATED_SDPS, SIMULATED_DAYS = 30, 100
"""How long, and of how many SDPs, are the simulations that catch what no scenario does."""


@click.command(
    epilog="""\b
Examples:
  mdmr-conform prove
  mdmr-conform prove --select USDP --workers 2
  mdmr-conform prove --full --out proof

Exit code: 0 proven; 1 not proven; 2 wrong usage; 3 interrupted or nothing to prove."""
)
@options.selection_option
@options.out_option("mdmr-conform-proof")
@options.seed_option
@options.workers_option
@options.profile_option
@click.option("--full", is_flag=True, help="Run every fault against every scenario: the whole matrix.")
def command(select: str | None, out: Path, seed: int, workers: int, profile: Path | None, full: bool) -> int:
    """Show that the suite catches every seeded fault and passes every allowed variant.

    Each fault must be caught by a fail of a scenario of its own rule, each judged rule must have a caught fault, each
    scenario must catch a fault, and each allowed variant must pass every scenario, with nothing noticed by the referee.
    A few faults are caught by no scenario: the referee alone must notice them in conversations of scenarios of their
    rule, or a simulation must catch them. --out gets proof.json and proof.txt.
    """
    wish = Wish(selection=select, profile=profile, seed=seed, workers=workers)
    inventory = take_inventory(controller.features_folder())
    cases = controller.chosen(wish, inventory)
    if not cases:
        console.say("Nothing to prove: no scenario is selected.")
        return INTERRUPTED
    with kept_for(out, ("proof.json", "proof.txt")):
        proof, interrupted = _prove(wish, cases, full=full)
        table = proof_table(proof)
        write(out / "proof.json", as_document(proof))
        write(out / "proof.txt", table.encode())
    for line in table.splitlines():
        console.say(line)
    console.say()
    console.say(f"{'proven' if proof['proven'] else 'NOT PROVEN'}; see {out / 'proof.json'}")
    if interrupted:
        return INTERRUPTED
    return 0 if proof["proven"] else 1


def _prove(wish: Wish, cases: list[ScenarioCase], *, full: bool) -> tuple[Json, bool]:
    system = controller.introduce(wish)
    inventory = take_inventory(controller.features_folder())
    subject = controller.subject_of(wish, system, inventory, namespace="", today=options.today())
    chosen = {case.judges for case in cases}
    taking_part = [bent for bent in bents() if bent.kind == "variant" or chosen & set(bent.rules)]
    planned: list[Trial] = trials(cases, taking_part, subject.profile, full=full)
    plan = controller.plan_of(subject, wish, [trial.task for trial in planned], mode="prove")
    with console.progress("trials") as steps:
        steps.total(len(planned))
        session = run_session(plan, workers=wish.workers, on_result=lambda _: steps.step())
    simulated = {} if session.interrupted else _simulated(wish, taking_part)
    bench = Bench(load_catalogue(), cases, taking_part, planned, session.results, simulated)
    about = {
        "suite": subject.suite_hash,
        "profile": subject.profile.name,
        "seed": wish.seed,
        "selection": wish.selection,
        "full": full,
    }
    return proof_document(bench, about), session.interrupted


def _simulated(wish: Wish, taking_part: Iterable[Any]) -> dict[str, Mapping[str, int]]:
    """Simulate with each fault that shows in operation alone, and with the reference, where there is such a fault."""
    bent = [each.id for each in taking_part if each.shows_in == "operation"]
    if not bent:
        return {}
    cast = cast_of(REFERENCE, wish.profile, wish.time_limit_seconds, str)
    story = drawn(SIMULATED_SDPS, SIMULATED_DAYS, wish.seed)
    found: dict[str, Mapping[str, int]] = {}
    with console.progress("simulations") as steps:
        steps.total(len(bent) + 1)
        for identifier in (REFERENCE, *bent):
            adapter = REFERENCE if identifier == REFERENCE else f"{REFERENCE}+{identifier}"
            played = play(replace(cast, adapter=adapter), story, None, _no_step)
            found[identifier] = dict(sorted(played.lived.ledger.broken.items()))
            steps.step()
    return found


def _no_step() -> None:
    """The days of a simulation are not shown."""
