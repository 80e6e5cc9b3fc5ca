"""``mdmr-conform prove``: shows that the suite can fail, and that it does not fail the innocent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from harness.commands import console, options
from harness.commands.exploration_proof import BUDGET, FULL, prove_by_exploration
from harness.commands.mutation_proof import prove_by_mutants
from harness.errors import UsageError
from harness.evidence.results import Subject
from harness.exploration.proving import Budget
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Json
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.folder import as_document, kept_for, refuse_to_replace, write
from harness.runner.proof import (
    REFERENCE,
    Bench,
    Trial,
    caught_before,
    next_round,
    proof_document,
    proof_table,
    sought,
    trials,
)
from harness.runner.session import run_session
from harness.stories.playing import cast_of, play
from harness.stories.story import drawn
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import Inventory, ScenarioCase, take_inventory
from harness.suite.selection import parse_selection
from harness.suite.verdicts import ScenarioVerdict

INTERRUPTED = 3
_WRITTEN = {
    "proof.json": ("proof.json", "proof"),
    "proof.txt": ("proof.json", "proof"),
    "explored.json": ("explored.json", "explored"),
    "mutants.json": ("mutants.json", "mutants"),
    "trials.jsonl": ("trials.jsonl", "proof"),
}
"""What proofs write: each with the document that tells whose it is, and a member of that."""
SIMULATED_SDPS, SIMULATED_DAYS = 30, 100
"""How long, and of how many SDPs, are the simulations that catch what no scenario does."""


@click.command(
    epilog="""\b
Examples:
  mdmr-conform prove
  mdmr-conform prove --select USDP --workers 2
  mdmr-conform prove --select cis/usdp/
  mdmr-conform prove --full --out proof
  mdmr-conform prove --explore --conversations 500 --workers 2
  mdmr-conform prove --mutants 20 --seed 3 --workers 2

Exit code: 0 proven; 1 not proven; 2 wrong usage; 3 interrupted or nothing to prove."""
)
@options.selection_option
@options.out_option("mdmr-conform-proof")
@options.seed_option
@options.workers_option
@options.profile_option
@click.option("--full", is_flag=True, help="Run every fault against every scenario: the whole matrix.")
@click.option(
    "--one-in",
    type=options.Whole(min=1),
    default=1,
    metavar="N",
    help="A part of the proof, in less time: each variant against one in N scenarios, always the same, and each fault "
    "until a scenario catches it.",
)
@click.option("--explore", "by_exploration", is_flag=True, help="Catch each fault by exploration alone.")
@click.option(
    "--conversations",
    type=options.Whole(min=1),
    metavar="N",
    help=f"With --explore or --mutants: so many for each at most. [default: {BUDGET.fault}; for a variant "
    f"{BUDGET.innocent}, with --full {FULL.innocent}]",
)
@click.option("--mutants", type=options.Whole(min=1), metavar="N", help="Change the reference in N small ways instead.")
def command(
    select: str | None,
    out: Path,
    seed: int,
    workers: int,
    profile: Path | None,
    full: bool,
    one_in: int,
    by_exploration: bool,
    conversations: int | None,
    mutants: int | None,
) -> int:
    """Show that the suite catches every seeded fault and passes every allowed variant.

    Each fault must be caught by a fail of a scenario of its own rule, each judged rule must have a caught fault, each
    scenario must catch a fault, and each allowed variant must pass every scenario, with nothing noticed by the referee.
    A few faults are caught by no scenario: the referee alone must notice them in conversations of scenarios of their
    rule, or a simulation must catch them. Of both seats, the MDM/R and the CIS, each is proven with faults and variants
    of its own. --out gets proof.json and proof.txt.

    With --explore each fault is to be caught by exploration alone, within a number of conversations, after those that
    caught it, or what is like it, before; and no variant harmed by as many, or more. What was not caught is listed with
    the reason. --out gets explored.json.

    With --mutants the MDM/R of the reference, or its CIS where --select names scenarios of that seat alone, is changed
    in small ways that the seed draws, and each is run against the scenarios, then explored; those that nothing notices
    are listed with their lines, and those that corpus/equivalent_mutants.toml declares to do what the reference does
    are counted by themselves. --out gets mutants.json. Either, once interrupted, goes on where the same command is
    given again.
    """
    wish = Wish(selection=select, profile=profile, seed=seed, workers=workers)
    inventory = take_inventory(controller.features_folder())
    cases = _chosen(wish, inventory)
    if not cases:
        console.say("Nothing to prove: no scenario is selected.")
        return INTERRUPTED
    _go_together(by_exploration=by_exploration, mutants=mutants, conversations=conversations, full=full, one_in=one_in)
    refuse_to_replace(out, _WRITTEN)
    if by_exploration:
        budget = FULL if full else BUDGET
        if conversations is not None:
            budget = Budget(conversations, conversations)
        of_role = {role: {case.judges for case in cases if case.role is role} for role in {case.role for case in cases}}
        return prove_by_exploration(wish, of_role, budget, out)
    if mutants is not None:
        return prove_by_mutants(wish, cases, mutants, conversations or BUDGET.fault, out)
    with kept_for(out, ("proof.json", "proof.txt")):
        proof, interrupted = _prove(wish, cases, inventory, full=full, one_in=one_in)
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


def _go_together(
    *, by_exploration: bool, mutants: int | None, conversations: int | None, full: bool, one_in: int
) -> None:
    """Check that options go together.

    :raises UsageError: one means nothing beside another.
    """
    if by_exploration and mutants is not None:
        raise UsageError("is given beside --explore", where="--mutants", expected="one of the two")
    if conversations is not None and not by_exploration and mutants is None:
        expected = "--explore or --mutants beside it"
        raise UsageError("goes with --explore or --mutants", where="--conversations", expected=expected)
    if one_in != 1 and (by_exploration or mutants is not None):
        raise UsageError(
            "is about scenarios that variants are run against",
            where="--one-in",
            expected="neither --explore nor --mutants beside it",
        )
    if full and mutants is not None:
        raise UsageError("means nothing beside --mutants", where="--full", expected="one of the two")


def _chosen(wish: Wish, inventory: Inventory) -> list[ScenarioCase]:
    """The scenarios that a wish selects, of both seats.

    :raises UsageError: the selection does not read.
    """
    if wish.selection is None:
        return list(inventory.cases)
    selection = parse_selection(wish.selection, inventory, load_catalogue(), None)
    return [case for case in inventory.cases if selection.matches(case)]


def _prove(
    wish: Wish, cases: list[ScenarioCase], inventory: Inventory, *, full: bool, one_in: int
) -> tuple[Json, bool]:
    bent: list[Any] = []
    planned: list[Trial] = []
    results: dict[str, Json] = {}
    interrupted = False
    for role in sorted({case.role for case in cases}, reverse=True):
        seat = replace(wish, role=role, adapter=REFERENCES[role])
        own = [case for case in cases if case.role is role]
        rules = {case.judges for case in own}
        taking_part = [each for each in bents(seat.adapter) if each.kind == "variant" or rules & set(each.rules)]
        subject = _subject(seat, inventory)
        to_run = trials(own, taking_part, subject.profile, full=full, one_in=one_in)
        if not interrupted:
            looked_for = [] if full or one_in == 1 else sought(to_run, taking_part, caught_before())
            to_run, found, interrupted = _run(subject, seat, to_run, looked_for)
            results |= found
        bent += taking_part
        planned += to_run
    simulated = {} if interrupted else _simulated(wish, bent)
    about = {
        "suite": subject.suite_hash,
        "profile": subject.profile.name,
        "seed": wish.seed,
        "selection": wish.selection,
        "full": full,
        "one_in": one_in,
    }
    return proof_document(Bench(load_catalogue(), cases, bent, planned, results, simulated), about), interrupted


def _subject(wish: Wish, inventory: Inventory) -> Subject:
    """What the trials of a seat are about."""
    system = controller.introduce(wish)
    counterpart = controller.introduce_counterpart(wish, system)
    today = options.today()
    return controller.subject_of(wish, system, inventory, namespace="", today=today, counterpart=counterpart)


def _run(
    subject: Subject, wish: Wish, planned: Sequence[Trial], looked_for: Sequence[Trial]
) -> tuple[list[Trial], dict[str, Json], bool]:
    """Run the trials of a seat: all at once, but in rounds those by which catches are looked for.

    :return: the trials that were run, what they came to by task key, and whether they were interrupted.
    """
    in_rounds = {trial.task.key for trial in looked_for}
    following = [trial for trial in planned if trial.task.key not in in_rounds]
    following += next_round(looked_for, {}, 0)
    run: list[Trial] = []
    results: dict[str, Json] = {}
    number = 0
    with console.progress("trials") as steps:
        while following:
            run += following
            steps.total(len(run))
            plan = controller.plan_of(subject, wish, [trial.task for trial in following], mode="prove")
            session = run_session(plan, workers=wish.workers, on_result=lambda _: steps.step())
            results |= session.results
            if session.interrupted:
                return run, results, True
            number += 1
            fails = {key for key, result in results.items() if result["verdict"] == ScenarioVerdict.FAIL}
            caught = {trial.task.key: trial.task.key in fails for trial in run}
            following = next_round(looked_for, caught, number)
    return run, results, False


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
