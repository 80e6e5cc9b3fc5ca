"""``mdmr-conform run``: runs scenarios against a system under test and gives a verdict."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
from click.core import ParameterSource

from harness.commands import console, options
from harness.errors import UsageError
from harness.interface.instants import EST
from harness.port.protocol import Json, Role
from harness.runner import controller
from harness.runner.controller import Run, SystemUnreachable, Watcher, Wish
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import Inventory, ScenarioCase, take_inventory
from harness.suite.waivers import Waiver, load_waivers

NO_VERDICT = 3
REFERENCES = {Role.REPOSITORY: "reference", Role.CIS: "reference-cis"}
"""What is judged where no system is named."""


@click.command(
    epilog="""\b
Examples:
  mdmr-conform run
  mdmr-conform run --adapter "stdio:node adapter.mjs" --select USDP
  mdmr-conform run --adapter mysystem.port:create --select "USDP-03 or FTS-10"
  mdmr-conform run --failed mdmr-conform-out
  mdmr-conform run --role cis --adapter "stdio:./their-cis" --select CIS-FTS

Exit code: 0 conformant; 1 a scenario fails, or the referee noticed a broken rule; 2 wrong usage
or input, or a waiver that is malformed, has expired or matches nothing; 3 no verdict (blocked,
error, pending, nothing run)."""
)
@options.role_options
@options.adapter_option
@options.selection_option
@options.out_option("mdmr-conform-out")
@options.seed_option
@options.secret_option
@options.workers_option
@click.option("--waivers", type=options.PATH, metavar="FILE", help="Fails that somebody answers for.")
@options.profile_option
@click.option("--list", "list_only", is_flag=True, help="Show which scenarios would run, and run none.")
@click.option("--failed", type=options.PATH, metavar="DIR", help="Run again what failed in that run.")
@click.option("--shuffle", type=click.IntRange(0), metavar="N", help="Run in another order; N names the order.")
@click.option("--as-of", metavar="DATE", help="The day on which waivers must hold. [default: today]")
@options.time_limit_option
@click.pass_context
def command(
    context: click.Context,
    role: str,
    counterpart: str,
    adapter: str,
    select: str | None,
    out: Path,
    seed: int,
    secret: str | None,
    workers: int,
    waivers: Path | None,
    profile: Path | None,
    list_only: bool,
    failed: Path | None,
    shuffle: int | None,
    as_of: str | None,
    time_limit: float,
) -> int:
    """Run scenarios against a system under test and give a verdict.

    Without options the whole suite runs against the reference implementation. A CIS (--role cis) is judged by scenarios
    of its own, and answered by a repository, its counterpart. What comes out (results.json, junit.xml,
    report.html and a journal for each scenario) goes to the folder --out.
    """
    if context.get_parameter_source("adapter") is ParameterSource.DEFAULT:
        adapter = REFERENCES[Role(role)]
    wish = Wish(adapter, select, profile, seed, workers, shuffle, None, time_limit, secret, Role(role), counterpart)
    if failed is not None:
        wish = _again(wish, failed, context)
        if not wish.only:
            console.say(f"Nothing to run again: nothing failed in {failed}.")
            return NO_VERDICT
    if list_only:
        return _list(wish)
    today = options.today()
    day = options.as_day(as_of, "--as-of") or today
    try:
        return _run(wish, out, waivers, day, today)
    except SystemUnreachable as unreachable:
        console.say_lines(f"Error: {unreachable}")
        whom = "system under test" if unreachable.failure.side == "system" else "counterpart"
        console.say(f"No verdict: the {whom} gave no sensible answer to 'hello'.")
        return NO_VERDICT


def _again(wish: Wish, folder: Path, context: click.Context) -> Wish:
    """The wish to run again what failed in a folder, with what that run was given where nothing else is."""
    earlier = controller.earlier_run(folder)

    def given(name: str) -> bool:
        return context.get_parameter_source(name) is not ParameterSource.DEFAULT

    return replace(
        wish,
        only=earlier.failed,
        adapter=wish.adapter if given("adapter") else earlier.adapter,
        seed=wish.seed if given("seed") else earlier.seed,
        secret=wish.secret if given("secret") else earlier.secret,
        role=wish.role if given("role") else earlier.role,
        counterpart=wish.counterpart if given("counterpart") else earlier.counterpart,
    )


def _list(wish: Wish) -> int:
    inventory = take_inventory(controller.features_folder())
    cases = controller.chosen(wish, inventory)
    for case in cases:
        console.say(f"{case.judges:<8} {case.id}")
    console.say(f"{len(cases)} of {sum(case.role is wish.role for case in inventory.cases)} scenarios")
    return 0 if cases else NO_VERDICT


def _run(wish: Wish, out: Path, waivers: Path | None, day: date, today: date) -> int:
    lines = console.FeatureLines()
    answered = "" if wish.role is Role.REPOSITORY else f", answered by {wish.counterpart}"
    console.say(f"mdmr-conform: {wish.adapter}{answered}, seed {wish.seed}")
    with console.progress("scenarios") as steps:

        def starts(to_run: Sequence[ScenarioCase], ended: Mapping[str, Json]) -> None:
            lines.starts(to_run, ended.values())
            steps.total(len(to_run) - len(ended))

        watcher = Watcher(starts, lambda result: steps.step(*lines.result(result)))
        run = controller.run(
            wish,
            out,
            waivers=_waivers(waivers, day),
            as_of=day if waivers is not None else None,
            today=today,
            fresh_namespace=lambda: secrets.token_hex(8),
            started=datetime.now(EST).isoformat(timespec="seconds"),
            watcher=watcher,
        )
    _show(run)
    return run.exit_code


def _waivers(path: Path | None, day: date) -> Callable[[Inventory], tuple[Waiver, ...]]:
    def granted(inventory: Inventory) -> tuple[Waiver, ...]:
        if path is None:
            return ()
        rules = {rule.id for rule in load_catalogue().rules}
        return load_waivers(path, scenarios={case.id for case in inventory.cases}, rules=rules, as_of=day)

    return granted


def _show(run: Run) -> None:
    console.show_misfits(run.results)
    console.show_failures(run.results, interrupted=run.interrupted)
    console.show_verdict(run.results, stale_waivers=len(run.stale_waivers))
    for line in run.trouble:
        console.say(f"trouble: {line.splitlines()[-1] if line else line}")
    for waiver in run.stale_waivers:
        error = UsageError(
            f"waives {waiver.scenario or waiver.rule}, which does not fail",
            where=waiver.place,
            expected="a waiver of something that fails",
            remedy="remove it",
        )
        console.say_lines(f"Error: {error}")
    if run.interrupted:
        console.say("interrupted: the same command goes on with the scenarios that had not ended")
    console.say(f"report {run.folder / 'report.html'}")
