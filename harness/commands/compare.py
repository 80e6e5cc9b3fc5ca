"""``mdmr-conform compare``: two runs held together, for a gate that lets nothing pass that fails newly or is lost."""

from __future__ import annotations

from pathlib import Path

import click

from harness.commands import console
from harness.commands.options import PATH
from harness.evidence.comparison import COMPARED, Change, Changed, Comparison, compared
from harness.evidence.stored import stored_results
from harness.port.protocol import Json
from harness.report.markdown import code, plain
from harness.report.text import clipped

GATED = 1
_LONGEST_MESSAGE = 400
_WITH_MESSAGE = (Change.NEWLY_FAILING, Change.NEWLY_WAIVED, Change.NO_VERDICT_NOW)


@click.command(
    epilog="""\b
Examples:
  mdmr-conform compare release-7 mdmr-conform-out
  mdmr-conform compare old/results.json new/results.json --markdown

Exit code: 0 nothing fails newly, and all that was judged still is; 1 something fails newly, is gone, or has no verdict
now; 2 wrong usage or input."""
)
@click.argument("old", type=PATH, metavar="OLD")
@click.argument("new", type=PATH, metavar="NEW")
@click.option("--markdown", is_flag=True, help="Print Markdown, for the page of a job or a merge request.")
@click.option(
    "--allow-unjudged", is_flag=True, help="Exit with 0 also where what was judged is gone, or has no verdict now."
)
def command(old: Path, new: Path, markdown: bool, allow_unjudged: bool) -> int:
    """Hold two runs together: what fails newly, was mended, was added, or is gone.

    OLD and NEW are folders of runs, or their results.json. What the referee noticed is compared as scenarios are. A
    fail that is waived in NEW does not count as failing, nor does advice.
    """
    comparison = compared(stored_results(old, COMPARED), stored_results(new, COMPARED))
    if markdown:
        console.say_document(_markdown(comparison))
    else:
        _show(comparison)
    gated = comparison.has_new_fails or (comparison.has_lost_verdicts and not allow_unjudged)
    return GATED if gated else 0


def _show(comparison: Comparison) -> None:
    console.say(f"older: {_described(comparison.older)}")
    console.say(f"newer: {_described(comparison.newer)}")
    for change, found in comparison.changes.items():
        if found:
            console.say()
            console.say(console.Styled(f"{change} ({len(found)})", _COLOURS.get(change), bold=True))
        for each in found:
            console.say(f"  {each.rule:<8} {each.id}: {_way(each)}")
            if change in _WITH_MESSAGE:
                console.say(f"      {clipped(each.message, _LONGEST_MESSAGE)}")
    console.say()
    console.say(_summary(comparison))


_COLOURS = {Change.NEWLY_FAILING: "red", Change.MENDED: "green"}


def _described(results: Json) -> str:
    return f"{results['system']['name']} {results['system']['version']}: {results['statement']}"


def _way(changed: Changed) -> str:
    return f"{changed.before or 'none'} → {changed.after or 'none'}"


def _summary(comparison: Comparison) -> str:
    counts = [f"{len(found)} {change}" for change, found in comparison.changes.items() if found]
    return ", ".join([*counts, f"{comparison.unchanged} as before"])


def _headline(comparison: Comparison) -> str:
    fails = "Something fails newly" if comparison.has_new_fails else "Nothing fails newly"
    return f"{fails}, and not all that was judged still is" if comparison.has_lost_verdicts else fails


def _markdown(comparison: Comparison) -> str:
    lines = [
        f"### {_headline(comparison)}",
        "",
        f"- older: {plain(_described(comparison.older))}",
        f"- newer: {plain(_described(comparison.newer))}",
        f"- {_summary(comparison)}",
    ]
    for change, found in comparison.changes.items():
        if found:
            lines += ["", f"#### {str(change).capitalize()} ({len(found)})", ""]
        for each in found:
            message = f": {plain(each.message)}" if change in _WITH_MESSAGE else ""
            lines.append(f"- {plain(each.rule)} {code(each.id)} {plain(_way(each))}{message}")
    return "\n".join(lines)
