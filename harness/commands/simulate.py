"""``mdmr-conform simulate``: lets a plausible LDC live through days with a repository, and checks what comes of it."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from click.core import ParameterSource

from harness.commands import console, options
from harness.errors import UsageError
from harness.port.naming import REFERENCES
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner.controller import SystemUnreachable
from harness.stories import folder as folders
from harness.stories.document import FILE, PAGE, first_violations, in_consequence, simulation_document
from harness.stories.playing import Cast, Played, cast_of, play, unfit
from harness.stories.shrink import Shrunk, first_of, shrink
from harness.stories.story import Story, drawn
from harness.suite.catalogue import load_catalogue

NO_VERDICT = 3
SDP_LIMIT = 10_000
DAY_LIMIT = 3_000
_SHOWN = 10
FIRST = ""
"""Of whichever rule was violated first."""


@click.command(
    epilog="""\b
Examples:
  mdmr-conform simulate --sdps 20 --days 30
  mdmr-conform simulate --sdps 200 --days 365 --seed 7 --out a-year
  mdmr-conform simulate --adapter "stdio:node adapter.mjs" --days 60
  mdmr-conform simulate --adapter "stdio:node adapter.mjs" --shrink BQ-05
  mdmr-conform simulate --role cis --adapter "stdio:./their-cis" --days 60
  mdmr-conform verify mdmr-conform-simulation

Exit code: 0 every invariant held; 1 one was violated; 2 wrong usage or input; 3 no verdict (the
system failed, cannot be simulated with, or the simulation was interrupted)."""
)
@click.option(
    "--sdps", type=options.Whole(1, SDP_LIMIT), default=50, show_default=True, metavar="N", help="How many SDPs."
)
@click.option(
    "--days", type=options.Whole(1, DAY_LIMIT), default=60, show_default=True, metavar="D", help="How many days."
)
@options.role_options
@options.seed_option
@options.secret_option
@options.adapter_option
@options.out_option("mdmr-conform-simulation")
@click.option("--kept", metavar="TEXT", help="Live a part of the story alone, such as 'days=12 sdps=3,7 events=4-9'.")
@click.option(
    "--shrink",
    "to_shrink",
    is_flag=False,
    flag_value=FIRST,
    metavar="[RULE]",
    help="Where an invariant is violated, find a small story that does: that of a rule, or the first.",
)
@options.profile_option
@options.time_limit_option
@click.pass_context
def command(
    context: click.Context,
    role: str,
    counterpart: str,
    sdps: int,
    days: int,
    seed: int,
    secret: str | None,
    adapter: str,
    out: Path,
    kept: str | None,
    to_shrink: str | None,
    profile: Path | None,
    time_limit: float,
) -> int:
    """Let a plausible LDC live through days with a repository, and check all that comes of it.

    Two LDCs and their agent have Universal SDP IDs assigned, send file sets, meter data, requests and schedules; things
    go amiss. Every file is held to an independent model. A CIS (--role cis) lives through days of its LDC's business
    instead, with a post that is not reliable: at each day's end the MDM/R has to know what the books say. What comes
    out (simulation.json, simulation.html and the journal) goes to the folder --out.
    """
    of_role = Role(role)
    options.refuse_idle_counterpart(context, of_role)
    if context.get_parameter_source("adapter") is ParameterSource.DEFAULT:
        adapter = REFERENCES[of_role]
    if to_shrink:
        to_shrink = load_catalogue().rule(to_shrink.upper()).id
    story = story_of(sdps, days, seed, kept, secret, of_role)
    try:
        cast = cast_of(adapter, profile, time_limit, lambda: secrets.token_hex(8), of_role, counterpart)
    except SystemUnreachable as unreachable:
        console.say_lines(f"Error: {unreachable}")
        console.say("No verdict: the system under test gave no sensible answer to 'hello'.")
        return NO_VERDICT
    why = unfit(cast.system)
    if why is not None:
        console.say(f"No verdict: {cast.system.name} {cast.system.version} cannot be simulated with: {why}.")
        return NO_VERDICT
    with folders.kept_for_simulation(out):
        played = _played(cast, story, out)
        document = simulation_document(cast, played)
        folders.write_outputs(out, document)
        _show(document, out)
        if to_shrink is not None:
            _make_smaller(cast, played, to_shrink, out / folders.SMALLEST)
    code: int = document["exit_code"]
    return code


def _make_smaller(cast: Cast, played: Played, rule: str, out: Path) -> None:
    """Find a small story that violates a rule, play it once more for its journal, and say how far it went."""
    broken = dict.fromkeys(each.rule for each in played.lived.ledger.violations if each.follows is None)
    violation = first_of(played, next(iter(broken), FIRST) if rule == FIRST else rule)
    if violation is None:
        if rule != FIRST:
            console.say()
            console.say(f"no smaller story: {rule} was not violated by itself; {', '.join(broken) or 'no rule'} was")
        return
    console.say()
    console.say(f"making the story smaller while {violation.rule} is violated")
    with console.progress("stories") as steps:

        def watch(shrunk: Shrunk) -> None:
            line = f"  {shrunk.tries} stories: {_size(shrunk.story)} ({shrunk.doing})"
            steps.step(*([line] if shrunk.tries % 25 == 0 else []))

        shrunk = shrink(played, violation, lambda story: play(cast, story, None, _no_step), watch)
    folders.clear(out)
    document = simulation_document(cast, play(cast, shrunk.story, out, _no_step))
    folders.write_outputs(out, document)
    console.say(f"{shrunk.tries} stories played; left are {_size(shrunk.story)}")
    if not shrunk.is_smallest:
        console.say(f"  more may be left out: the work allowed was used up while leaving out {shrunk.doing}")
    console.say(f"  expected: {shrunk.violation.expected}")
    console.say(f"  observed: {shrunk.violation.observed}")
    console.say(f"again: {document['again']}")
    console.say(f"its journal: mdmr-conform verify {out}")


def _size(story: Story) -> str:
    sizes = (story.length, "day"), (len(story.taking_part), "SDP"), (len(story.events), "event")
    return ", ".join(counted(number, what) for number, what in sizes)


def _no_step() -> None:
    """Days of stories that are played to find a smaller one are not shown."""


def story_of(
    sdps: int,
    days: int,
    seed: int,
    kept: str | None,
    secret: str | None = None,
    role: Role = Role.REPOSITORY,
) -> Story:
    """The story that is asked for.

    :raises UsageError: what is to be kept of it does not read.
    """
    story = drawn(sdps, days, seed, secret, role)
    if kept is None:
        return story
    try:
        return story.keeping(kept)
    except ValueError as error:
        expected = "such as 'days=12 sdps=3,7 events=4-9', as a simulation printed it"
        raise UsageError(str(error), where="--kept", expected=expected) from error


def _played(cast: Cast, story: Story, out: Path) -> Played:
    part = f", of which is kept: {story.kept}" if story.kept else ""
    console.say(f"mdmr-conform: {cast.adapter}, {story.sdps} SDPs, {story.days} days, seed {story.seed}{part}")
    with console.progress("days") as steps:
        steps.total(story.length)
        lived = 0

        def step() -> None:
            nonlocal lived
            lived += 1
            steps.step(*([f"  day {lived} of {story.length}"] if lived % 100 == 0 else []))

        return play(cast, story, out, step)


def _show(document: Json, out: Path) -> None:
    followed = in_consequence(document["violations"])
    for violation in first_violations(document["violations"])[:_SHOWN]:
        console.say()
        console.say(console.Styled("violated", "red"), f"  {violation['rule']}  {violation['about']}")
        console.say(f"  day {violation['day']}, {violation['at']}")
        console.say(f"  expected: {violation['expected']}")
        console.say(f"  observed: {violation['observed']}")
        if violation["file"] is not None:
            record = "" if violation["record"] is None else f", line {violation['record']}"
            console.say(f"  file:     {violation['file']}{record}")
        if violation["rule"] in followed:
            console.say(f"  in consequence: {', '.join(followed[violation['rule']])}")
    if document["trouble"] is not None:
        console.say()
        console.say(f"the system failed ({document['trouble']['kind']}): {document['trouble']['detail']}")
    lived, system = document["lived"], document["system"]
    console.say()
    console.say(
        f"{lived['days']} days of {lived['sdps']} SDPs: {document['checks']} checks of {len(document['rules'])} rules"
    )
    statuses = ", ".join(f"{number} with {status}" for status, number in document["statuses"].items()) or "none"
    console.say(f"responses: {statuses}; files delivered: {sum(document['delivered'].values())}")
    colour = {"held": "green", "violated": "red"}.get(document["verdict"], "yellow")
    statement = console.Styled(document["statement"], colour, bold=True)
    console.say(f"{system['name']} {system['version']}: ", statement)
    if document["foreknown"] is not None:
        console.say(document["foreknown"])
    if document["verdict"] == "violated":
        console.say(f"again: {document['again']}")
    console.say(f"report {out / PAGE}; {FILE} and the journal are beside it")
