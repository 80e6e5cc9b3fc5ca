"""``mdmr-conform run``: runs scenarios against a system under test and gives a verdict."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import click
from click.core import ParameterSource

from harness.commands import by_hand, console, options
from harness.commands.gate import allow_not_applicable_option, gate_code
from harness.commands.watching import Shown
from harness.errors import UsageError
from harness.interface.instants import EST
from harness.port.course_folder import Course
from harness.port.naming import is_person
from harness.port.protocol import Role
from harness.report.text import counted
from harness.runner import controller
from harness.runner.controller import Run, SystemUnreachable, Watcher, Wish
from harness.runner.folder import kept_for
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import Inventory
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
  mdmr-conform run --role cis --adapter person:FOLDER
  mdmr-conform run --json --stop-after 1 > results.json

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
@options.features_option
@click.option("--list", "list_only", is_flag=True, help="Show which scenarios would run, and run none.")
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict alone.")
@click.option("-v", "--verbose", is_flag=True, help="Print every case, also those that are alike.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON, and nothing else.")
@click.option("--stop-after", type=options.Whole(1), metavar="N", help="Stop when N scenarios have failed.")
@click.option("--failed", type=options.PATH, metavar="DIR", help="Run again what failed in that run.")
@click.option("--shuffle", type=options.Whole(0), metavar="N", help="Run in another order; N names the order.")
@click.option("--as-of", metavar="DATE", help="The day on which waivers must hold. [default: today]")
@allow_not_applicable_option
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
    features: Path | None,
    list_only: bool,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    stop_after: int | None,
    failed: Path | None,
    shuffle: int | None,
    as_of: str | None,
    allow_not_applicable: bool,
    time_limit: float,
) -> int:
    """Run scenarios against a system under test and give a verdict.

    Without options the whole suite runs against the reference implementation. A CIS (--role cis) is judged by scenarios
    of its own, and answered by a repository, its counterpart. What comes out (results.json, junit.xml,
    report.html and a journal for each scenario) goes to the folder --out.
    """
    detail = _one_of({"-q": quiet and "quiet", "-v": verbose and "verbose", "--json": as_json and "json"})
    if list_only and detail == "json":
        raise UsageError("--list lists scenarios, --json prints results", where="run", expected="one of them")
    if context.get_parameter_source("adapter") is ParameterSource.DEFAULT:
        adapter = REFERENCES[Role(role)]
    asked = Role(role), counterpart, features
    wish = Wish(adapter, select, profile, seed, workers, shuffle, None, time_limit, secret, *asked)
    if failed is not None:
        wish = _again(wish, failed, context)
        if not wish.only:
            console.say(f"Nothing to run again: nothing failed in {failed}.")
            return NO_VERDICT
    options.refuse_idle_counterpart(context, wish.role)
    today = options.today()
    day = options.as_day(as_of, "--as-of") or today
    told = _Told(detail, stop_after, allow_not_applicable)
    try:
        if is_person(wish.adapter):
            return _by_hand(wish, out, waivers, day, today, told, list_only=list_only)
        return _list(wish, today) if list_only else _run(wish, out, waivers, day, today, told)
    except SystemUnreachable as unreachable:
        console.say_lines(f"Error: {unreachable}")
        whom = "system under test" if unreachable.failure.side == "system" else "counterpart"
        console.say(f"No verdict: the {whom} gave no sensible answer to 'hello'.")
        return NO_VERDICT


def _one_of(given: Mapping[str, str | Literal[False]]) -> str:
    """How much is to be told: what the one option says that is given; an empty text where none is.

    :raises UsageError: two are given, which contradict each other.
    """
    said = [option for option, detail in given.items() if detail]
    if len(said) > 1:
        raise UsageError(f"{' and '.join(said)} contradict each other", where="run", expected="one of them")
    return "".join(detail for detail in given.values() if detail)


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
        features=wish.features if given("features") else earlier.features,
        role=wish.role if given("role") else earlier.role,
        counterpart=wish.counterpart if given("counterpart") else earlier.counterpart,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """How much a run tells: ``quiet``, ``verbose``, ``json`` or neither; when it stops; what the gate allows."""

    detail: str
    stop_after: int | None
    allow_not_applicable: bool

    @property
    def is_brief(self) -> bool:
        return self.detail in {"quiet", "json"}


def _list(wish: Wish, today: date) -> int:
    cases = controller.would_run(wish, today).to_run
    for case in cases:
        console.say(f"{case.judges:<8} {case.id}")
    if not cases:
        console.say(f"Nothing to list: no scenario of the role {wish.role.value} would run.", err=True)
        return NO_VERDICT
    return 0


def _by_hand(
    wish: Wish, out: Path, waivers: Path | None, day: date, today: date, told: _Told, *, list_only: bool
) -> int:
    """Go on with the course that a person takes, whose identifiers and first day are those with which it was begun."""
    course = by_hand.course_of(wish, today, secrets.token_hex(8))
    wish = by_hand.in_course(wish)
    if list_only:
        return _list(wish, course.begun)
    with kept_for(course.folder, ()):
        by_hand.take(course, aside=told.is_brief)
        return _run(wish, out, waivers, day, course.begun, told, course)


def _run(
    wish: Wish, out: Path, waivers: Path | None, day: date, today: date, told: _Told, course: Course | None = None
) -> int:
    answered = "" if wish.role is Role.REPOSITORY else f", answered by {wish.counterpart}"
    if not told.is_brief:
        console.say(f"mdmr-conform: {wish.adapter}{answered}, seed {wish.seed}")
    with console.progress("scenarios") as steps:
        shown = Shown(steps, quiet=told.is_brief, stop_after=told.stop_after)

        def granted(inventory: Inventory) -> tuple[Waiver, ...]:
            shown.waivers = found = _waivers(waivers, day)(inventory)
            return found

        run = controller.run(
            wish,
            out,
            waivers=granted,
            as_of=day if waivers is not None else None,
            today=today,
            fresh_namespace=lambda: secrets.token_hex(8) if course is None else course.namespace,
            started=datetime.now(EST).isoformat(timespec="seconds"),
            watcher=Watcher(shown.starts, shown.result),
        )
    if course is None or told.is_brief or run.interrupted or not by_hand.say_next(course, run):
        _show(run, told, stopped=shown.stopped)
        if course is not None and not told.is_brief:
            by_hand.say_limits()
    code = gate_code(run, allow_not_applicable=told.allow_not_applicable)
    if code != run.exit_code:
        console.say("not applicable is allowed: the exit code is 0, and the verdict is not changed", err=told.is_brief)
    return code


def _waivers(path: Path | None, day: date) -> Callable[[Inventory], tuple[Waiver, ...]]:
    def granted(inventory: Inventory) -> tuple[Waiver, ...]:
        if path is None:
            return ()
        rules = {rule.id for rule in load_catalogue().rules}
        return load_waivers(path, scenarios={case.id for case in inventory.cases}, rules=rules, as_of=day)

    return granted


def _show(run: Run, told: _Told, *, stopped: bool) -> None:
    aside = told.is_brief  # what is no part of the verdict goes to error output then
    if told.detail == "json":
        console.say_document(json.dumps(run.results, indent=1))
    elif told.detail == "quiet":
        console.show_statement(run.results, stale_waivers=len(run.stale_waivers))
    else:
        console.show_misfits(run.results)
        console.show_failures(run.results, interrupted=run.interrupted, every=told.detail == "verbose")
        console.show_verdict(run.results, stale_waivers=len(run.stale_waivers))
    for line in run.trouble:
        console.say(f"trouble: {line.splitlines()[-1] if line else line}", err=aside)
    for waiver in run.stale_waivers:
        error = UsageError(
            f"waives {waiver.scenario or waiver.rule}, which does not fail",
            where=waiver.place,
            expected="a waiver of something that fails",
            remedy="remove it",
        )
        console.say_lines(f"Error: {error}", err=aside)
    if stopped:
        console.say(
            f"stopped: {counted(told.stop_after or 0, 'scenario')} failed; the others are not judged", err=aside
        )
    elif run.interrupted:
        console.say("interrupted: the same command goes on with the scenarios that had not ended", err=aside)
    if not aside:
        console.say(f"report {run.folder / 'report.html'}")
