"""A run in short, for pages that other tools make of it: Markdown for the page of a job, and a badge.

The same results give the same text. Of many fails the first are told and the others counted, so that it stays within
what such pages take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harness.port.protocol import Json
from harness.report.causes import causes
from harness.report.markdown import code, plain, row
from harness.report.text import counted, in_spans
from harness.suite.verdicts import JUDGED

FAILS_TOLD = 50
_LONGEST_SPANS = 3000
_OPEN = ("error", "blocked", "pending", "not applicable")
_BADGE_LABEL = "MDM/R CIS interfaces"
_COLOURS: Mapping[str, str] = {
    "conformant": "brightgreen",
    "not conformant": "red",
    "waived": "yellow",
    "undetermined": "lightgrey",
}


def badge(results: Json) -> Json:
    """The verdict of a run as a badge, in the form that shields.io reads from an endpoint."""
    colour = _COLOURS.get(results["verdict"], "lightgrey")
    return {"schemaVersion": 1, "label": _BADGE_LABEL, "message": results["statement"], "color": colour}


def summary(results: Json) -> str:
    """The results of a run (`results.schema.json`) in Markdown: verdict, classes, fails, waivers, what is left out."""
    system = results["system"]
    judging = [scenario for scenario in results["scenarios"] if not scenario["advice"]]
    cases = [*judging, *results["noticed"]]
    return "\n".join(
        [
            f"## {plain(system['name'])} {plain(system['version'])}: {plain(results['statement'])}",
            "",
            f"{_counts(results)}; profile {plain(results['profile']['name'])}, seed {results['seed']}.",
            *_classes(results),
            *_fails([case for case in cases if case["verdict"] == "fail"]),
            *_waived([case for case in cases if case["verdict"] == "waived"]),
            *_no_verdict(judging),
            *_left_out(results["leaves_out"]),
        ]
    )


def _counts(results: Json) -> str:
    counts = ", ".join(f"{number} {verdict}" for verdict, number in results["counts"].items() if number)
    scenarios = counted(sum(results["counts"].values()), "scenario")
    return f"{scenarios}: {counts or 'none'}; besides, the referee noticed {len(results['noticed'])}"


def _classes(results: Json) -> Iterable[str]:
    verdicts = {rule["id"]: rule["verdict"] for rule in results["rules"]}
    yield from ("", row("class", "verdict", "rules judged"), row("---", "---", "---"))
    for entry in results["classes"]:
        judged = sum(verdicts[rule] in JUDGED for rule in entry["rules"])
        yield row(plain(entry["class"]), f"**{plain(entry['verdict'])}**", f"{judged} of {len(entry['rules'])}")


def _fails(fails: list[Any]) -> Iterable[str]:
    if not fails:
        return
    yield from ("", f"### {counted(len(fails), 'fail')}", "")
    for case in fails[:FAILS_TOLD]:
        place = "" if case["file"] is None else f" ({code(case['file'])}{_line(case)})"
        yield f"- **{plain(case['rule'])}** {code(case['id'])}{place}"
        yield f"  - expected: {plain(str(case['expected']))}"
        yield f"  - observed: {plain(str(case['observed']))}"
    if (more := len(fails) - FAILS_TOLD) > 0:
        yield f"- and {more} more"


def _line(case: Json) -> str:
    return "" if case["record"] is None else f", line {case['record']}"


def _waived(waived: list[Any]) -> Iterable[str]:
    if waived:
        yield from ("", f"### {len(waived)} waived", "")
    for case in waived[:FAILS_TOLD]:
        waiver = case["waiver"]
        until = f"until {waiver['expires']} by {plain(waiver['owner'])}"
        yield f"- {plain(case['rule'])} {code(case['id'])}: {until}: {plain(waiver['reason'])}"
    if (more := len(waived) - FAILS_TOLD) > 0:
        yield f"- and {more} more"


def _no_verdict(judging: list[Any]) -> Iterable[str]:
    found = [(verdict, cause) for verdict in _OPEN for cause in causes(judging, verdict)]
    if found:
        yield from ("", "### What came to no verdict", "")
    for verdict, cause in found[:FAILS_TOLD]:
        scenarios = counted(len(cause.scenarios), "scenario")
        yield f"- {verdict}, {scenarios} such as {code(cause.example['id'])}: {plain(cause.text)}"
    if (more := len(found) - FAILS_TOLD) > 0:
        yield f"- and {counted(more, 'more cause', 'more causes')}"


def _left_out(items: list[Any]) -> Iterable[str]:
    """What is left out for the same reason on one line, in spans: of a selection it is nearly every rule."""
    reasons: dict[str, list[str]] = {}
    for item in items:
        reasons.setdefault(item["why"], []).append(item["what"])
    if reasons:
        yield from ("", "<details><summary>What the verdict leaves out</summary>", "")
        yield from (f"- {plain(in_spans(what), _LONGEST_SPANS)}: {plain(why)}" for why, what in reasons.items())
        yield from ("", "</details>")
