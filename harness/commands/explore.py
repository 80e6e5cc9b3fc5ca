"""``mdmr-conform explore``: dense conversations at random, where nobody has looked, judged by the referee."""

from __future__ import annotations

import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
from click.core import ParameterSource

from harness.commands import console, options
from harness.errors import UsageError, nearest
from harness.exploration import folder as folders
from harness.exploration.course import ROUND, Course
from harness.exploration.document import exploration_document, run_of_found, unclaimed
from harness.exploration.exploring import Subject, Wish, explore, subject_of, unfit
from harness.exploration.playing import ERROR
from harness.port.naming import REFERENCES
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.runner.controller import SystemUnreachable
from harness.runner.folder import as_document, write
from harness.suite.catalogue import load_catalogue

NO_VERDICT = 3
CONVERSATIONS = 512
"""So many conversations, where nothing says how many, or how long."""
_BETWEEN = re.compile(r"\s+or\s+|[\s,]+")


@click.command(
    epilog="""\b
Examples:
  mdmr-conform explore
  mdmr-conform explore --adapter "stdio:node adapter.mjs" --seconds 120 --workers 2
  mdmr-conform explore --adapter mysystem.port:create --select "USDP or FTS-09" --seed 7
  mdmr-conform explore --role cis --adapter "stdio:./their-cis" --seconds 120
  mdmr-conform run --adapter mysystem.port:create --features mdmr-conform-exploration/found

Exit code: 0 no rule was seen broken; 1 one was; 2 wrong usage or input; 3 no verdict (the adapter
misbehaved, the system cannot be explored, or the exploration was interrupted: the same command goes on)."""
)
@options.role_options
@options.adapter_option
@click.option("--conversations", type=options.Whole(1), metavar="N", help=f"How many. [default: {CONVERSATIONS}]")
@click.option(
    "--seconds",
    type=options.Whole(1),
    metavar="S",
    help="How long, in place of how many: it ends after the round in which the time is up.",
)
@options.seed_option
@options.secret_option
@click.option("--select", metavar="RULES", help="Rules and areas to look at, such as 'USDP or FTS-09'. [default: all]")
@options.workers_option
@options.out_option("mdmr-conform-exploration")
@options.profile_option
@options.time_limit_option
@click.pass_context
def command(
    context: click.Context,
    role: str,
    counterpart: str,
    adapter: str,
    conversations: int | None,
    seconds: int | None,
    seed: int,
    secret: str | None,
    select: str | None,
    workers: int,
    out: Path,
    profile: Path | None,
    time_limit: float,
) -> int:
    """Make dense conversations at random, and let the referee judge them.

    Everything happens at a boundary: the minute before, at and after what falls due, the same twice, side by side,
    in parts, too late. What breaks a rule is made as small as it can be, and retold as a feature in the folder 'found'
    of --out, which 'run --features' runs. The same seed gives the same conversations with any number of workers. A CIS
    (--role cis) is told what happens in its LDC's business and what to do, with a post that is not reliable; in the end
    the MDM/R has to know what was put on record.
    """
    if conversations is not None and seconds is not None:
        expected = "one of the two"
        raise UsageError("is given beside --conversations", where="--seconds", expected=expected)
    number = CONVERSATIONS if conversations is None and seconds is None else conversations
    of_role = Role(role)
    options.refuse_idle_counterpart(context, of_role)
    if context.get_parameter_source("adapter") is ParameterSource.DEFAULT:
        adapter = REFERENCES[of_role]
    asked = of_role, counterpart, secret
    wish = Wish(adapter, profile, seed, number, _rules(select), workers, time_limit, *asked)
    try:
        subject = subject_of(wish)
    except SystemUnreachable as unreachable:
        console.say_lines(f"Error: {unreachable}")
        whom = "system under test" if unreachable.failure.side == "system" else "counterpart"
        console.say(f"No verdict: the {whom} gave no sensible answer to 'hello'.")
        return NO_VERDICT
    why = unfit(subject.system)
    if why is not None:
        console.say(f"No verdict: {subject.system.name} {subject.system.version} cannot be explored: {why}.")
        return NO_VERDICT
    document = _explored(subject, out, seconds)
    write(out / folders.FILE, as_document(document))
    _show(document, subject, out)
    code: int = document["exit_code"]
    return code


def _rules(select: str | None) -> frozenset[str] | None:
    """The rules that are named, by themselves or by their area; None where none is: all of them.

    :raises UsageError: a word names no rule and no area.
    """
    if select is None:
        return None
    rules, areas = {rule.id: rule.area for rule in load_catalogue().rules}, load_catalogue().areas
    chosen: set[str] = set()
    for word in filter(None, _BETWEEN.split(select.strip())):
        name = word.removeprefix("@").upper()
        found = {rule for rule, area in rules.items() if name in {rule, area}}
        if not found:
            near = nearest(name, {*rules, *areas})
            raise UsageError(f"{word!r} is no rule and no area", where="--select", expected="USDP-03, FTS", remedy=near)
        chosen |= found
    if not chosen:
        raise UsageError("names no rule", where="--select", expected="such as 'USDP or FTS-09'")
    return frozenset(chosen)


def _explored(subject: Subject, out: Path, seconds: int | None) -> Json:
    """Explore, and show how far it is."""
    wish, began = subject.wish, time.monotonic()
    limit = (seconds or 0, "second") if wish.conversations is None else (wish.conversations, "conversation")
    how_long = counted(*limit)
    answered = "" if wish.role is Role.REPOSITORY else f", answered by {wish.counterpart}"
    console.say(f"mdmr-conform: {wish.adapter}{answered}, {how_long}, seed {wish.seed}")
    with console.progress("conversations") as steps:
        if wish.conversations is not None:
            steps.total(wish.conversations)
        step = _steps(steps, began, lambda course: len(course.situations) - len(unclaimed(subject, course)))
        explored = explore(
            subject,
            out,
            lambda: secrets.token_hex(8),
            step,
            lambda: seconds is not None and time.monotonic() - began >= seconds,
        )
    return exploration_document(explored)


def _steps(steps: console.Steps, began: float, worth_meeting: Callable[[Course], int]) -> Callable[[Course], None]:
    """What shows after each round how fast it goes, and what was met and found so far.

    :param worth_meeting: how many situations the system can meet by what it claims.
    """
    shown = played = 0

    def over(course: Course) -> None:
        nonlocal shown, played
        done = min(ROUND, course.conversations - shown)
        for _ in range(course.conversations - shown - 1):
            steps.step()
        shown, played = course.conversations, played + done
        met = sum(1 for times in course.situations.values() if times)
        speed = played / max(0.001, time.monotonic() - began)
        line = f"  {course.conversations} conversations, {speed:.{0 if speed >= 10 else 1}f} a second"
        situations = f"{met} of {worth_meeting(course)} situations met"
        steps.step(f"{line}; {situations}; {counted(len(course.found), 'rule')} broken")

    return over


def _show(document: Json, subject: Subject, out: Path) -> None:
    for found in document["found"]:
        breach, times = found["breach"], document["times"][found["breach"]["key"]]
        console.say()
        console.say(console.Styled("broken", "red"), f"  {breach['key']}  {breach['about']}")
        if breach["key"] != ERROR:
            console.say(f"  the rule: {load_catalogue().rule(breach['key']).text}")
        console.say(f"  expected: {breach['expected']}")
        console.say(f"  observed: {breach['observed']}")
        smaller = counted(len(found["lines"]), "line")
        console.say(f"  in {counted(times, 'conversation')}; the smallest has {smaller}{_told(found, out)}")
    _show_situations(document)
    console.say()
    if document["not_told"]:
        console.say(f"not told in a feature: {document['not_told']}; {out / folders.FILE} says why")
    for mistake in document["mistakes"][:1]:
        console.say(f"round {mistake['round']}, conversation {mistake['conversation']}: {mistake['what']}")
    system = document["identity"]["system"]
    colour = {"nothing broken": "green", "violated": "red"}.get(document["verdict"], "yellow")
    statement = console.Styled(document["statement"], colour, bold=True)
    number = counted(document["conversations"], "conversation")
    console.say(f"{number} with {system['name']} {system['version']}: ", statement)
    if document["state"] == "unfinished":
        console.say("it did not come to its end: the same command goes on with the next round")
    if document["again"] is not None:
        console.say(f"again: {document['again']}")
    if any(found["feature"] for found in document["found"]):
        console.say(f"what was found alone: {run_of_found(subject, out)}")
    if document["found"]:
        console.say(f"what was found, from its journals: mdmr-conform verify {out}")


def _show_situations(document: Json) -> None:
    console.say()
    console.say("Situations worth meeting, and in how many conversations each was met:")
    not_claimed = document["not_claimed"]
    for name, times in sorted(document["situations"].items(), key=lambda met: (not met[1], met[0])):
        if name not in not_claimed:
            console.say(f"  {times or 'never':>6}  {name}")
    if not_claimed:
        told = (
            f"{name} ({counted(times, 'situation')})" for name, times in sorted(Counter(not_claimed.values()).items())
        )
        console.say(f"  not claimed, and so not looked for: {', '.join(told)}")


def _told(found: Json, out: Path) -> str:
    return f": {out / found['feature']}" if found["feature"] else f"; {found['why_not']}"
