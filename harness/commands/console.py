"""What a person sees on the terminal: a line for each feature, progress where the run is long, and the verdict.

Where error output goes to a terminal, a bar there shows how far the run is; elsewhere plain lines do, so that a CI log
can be read. Nothing here judges; it shows what the results say.
"""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.commands.terminal import Part, Styled, painted, say, say_document, say_lines
from harness.port.protocol import Json
from harness.report.causes import Cause, causes
from harness.report.text import clipped, counted
from harness.suite.inventory import ScenarioCase
from harness.suite.places import numbers_of_slides

__all__ = [
    "FeatureLines",
    "Part",
    "Steps",
    "Styled",
    "coloured",
    "progress",
    "say",
    "say_document",
    "say_lines",
    "show_failures",
    "show_statement",
    "show_verdict",
]

COLOURS: Mapping[str, str] = {
    "pass": "green",
    "conformant": "green",
    "fail": "red",
    "not conformant": "red",
    "error": "magenta",
    "blocked": "magenta",
    "undetermined": "yellow",
    "pending": "yellow",
    "waived": "yellow",
    "not applicable": "yellow",
}
_LONGEST_CAUSE = 400
_RULES_NAMED = 6


def coloured(verdict: str) -> Styled:
    """A verdict in its colour."""
    return Styled(verdict, COLOURS.get(verdict))


def _counted(counts: Iterable[tuple[str, int]]) -> list[Part]:
    """Verdicts with their numbers, as parts of a line: ``3 pass, 1 fail``."""
    parts: list[Part] = []
    for verdict, count in counts:
        parts += [", " if parts else "", f"{count:,} ", coloured(verdict)]
    return parts


@dataclass(slots=True)
class FeatureLines:
    """Makes a line for each feature as soon as all its scenarios have ended."""

    _files: dict[str, str] = field(default_factory=dict)
    _judges: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, Counter[str]] = field(default_factory=dict)
    _expected: Counter[str] = field(default_factory=Counter)
    _noticed: Counter[str] = field(default_factory=Counter)

    def starts(self, to_run: Iterable[ScenarioCase], ended: Iterable[Json]) -> None:
        """Take note of the scenarios to run, and of those that had ended before."""
        cases = list(to_run)
        self._files = {case.id: case.file for case in cases}
        self._judges = {case.id: case.judges for case in cases}
        self._expected = Counter(self._files.values())
        for result in ended:
            self._count(result)

    def result(self, result: Json) -> list[Part]:
        """Take note of a result; the line of its feature, where it was the feature's last, or nothing."""
        file, counts = self._count(result)
        if sum(counts.values()) < self._expected[file]:
            return []
        noticed = self._noticed[file]
        more: list[Part] = [f"; besides, the referee noticed {noticed} ", coloured("fail")] if noticed else []
        return [f"  {file.removesuffix('.feature'):<32} ", *_counted(sorted(counts.items())), *more]

    def _count(self, result: Json) -> tuple[str, Counter[str]]:
        file = self._files[result["scenario"]]
        counts = self._seen.setdefault(file, Counter())
        counts[result["verdict"]] += 1
        itself_fails = self._judges[result["scenario"]] if result["verdict"] == "fail" else ""
        self._noticed[file] += sum(each["rule"] != itself_fails for each in result["noticed"])
        return file, counts


class Steps:
    """Shows how far something is: plain lines. `total` says how many steps there are to be."""

    def total(self, steps: int) -> None:
        """Say how many steps there are to be."""

    def step(self, *line: Part) -> None:
        """Note that a step is done, and print a line, if there is one."""
        self.tell(*line)

    def tell(self, *line: Part) -> None:
        """Print a line, if there is one, while steps go on."""
        if line:
            say(*line)

    def note(self, text: str) -> None:
        """Show a few words beside how far something is, such as how much failed so far."""


class _Bar(Steps):
    """Shows how far something is: a bar below the lines."""

    def __init__(self, bar: Any, what: str) -> None:
        self._bar = bar
        self._task = bar.add_task(what, total=None, note="")

    def total(self, steps: int) -> None:
        self._bar.update(self._task, total=steps)

    def step(self, *line: Part) -> None:
        self._bar.advance(self._task)
        self.tell(*line)

    def tell(self, *line: Part) -> None:
        from rich.text import Text

        if line and sys.stdout.isatty():  # the terminal of the bar, which has to make room
            self._bar.console.print(Text.from_ansi(painted(line, sys.stderr.encoding)))
        elif line:
            say(*line)

    def note(self, text: str) -> None:
        self._bar.update(self._task, note=text)


@contextlib.contextmanager
def progress(what: str) -> Iterator[Steps]:
    """Where the steps of something are shown: with a bar, if error output is a terminal, as plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        *(TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn()),
        *(TextColumn("{task.fields[note]}"), TimeRemainingColumn()),
    )
    shown = Console(stderr=True, highlight=False)
    with Progress(*columns, console=shown, transient=True, redirect_stdout=False) as bar:
        yield _Bar(bar, what)


def show_misfits(results: Json) -> None:
    """Print what does not have the form of its layout, each field once: much of what follows may come of it."""
    for misfit in results["misfits"]:
        field = "a record" if misfit["field"] is None else misfit["field"]
        place = misfit["file"] if misfit["line"] is None else f"{misfit['file']}, line {misfit['line']}"
        say()
        say(f"form  {misfit['layout']}  {field} does not fit its layout, in {counted(misfit['scenarios'], 'scenario')}")
        say(f"  expected: {misfit['expected']}")
        say(f"  observed: {misfit['found']}")
        say(f"  file:     {place}")
    if results["misfits"]:
        assumed = ", which is assumed" if results["profile"]["assumed_layouts"] else ""
        say(f"  What follows may come of it. If the layout{assumed}, is not yours: mdmr-conform profile check --help")


def show_failures(results: Json, *, interrupted: bool = False, every: bool = False) -> None:
    """Print each fail: what was expected and seen, the slide, how to run it again; then what has no verdict, by cause.

    What the referee noticed is printed once for each rule.

    :param interrupted: whether blocked scenarios are left out: most of them wait for the run to go on.
    :param every: whether each case is printed, and not one for those that are alike.
    """
    scenarios = [scenario for scenario in results["scenarios"] if not scenario["advice"]]
    beside = _broken_in(results["noticed"])
    slides = {rule["id"]: rule["slide"] for rule in results["rules"]}
    for scenario in scenarios:
        if scenario["verdict"] == "fail":
            others = [rule for rule in beside.get(scenario["id"], ()) if rule != scenario["rule"]]
            _show_fail(scenario, slides[scenario["rule"]], beside=others)
    noticed = [case for case in results["noticed"] if case["verdict"] == "fail"]
    for of_rule in [[case] for case in noticed] if every else _by_rule(noticed):
        _show_fail(of_rule[0], slides[of_rule[0]["rule"]], len(of_rule) - 1)
    for cause in _told(causes(scenarios, "error"), every=every):
        _show_error(cause)
    blocked = [] if interrupted else _told(causes(scenarios, "blocked"), every=every)
    if blocked:
        say()
    for cause in blocked:
        of_them = "" if len(cause.scenarios) == 1 else f"{len(cause.scenarios):,} scenarios such as "
        say(coloured("blocked"), f"  {of_them}{cause.example['id']}: {clipped(cause.text, _LONGEST_CAUSE)}")


def _told(found: Sequence[Cause], *, every: bool) -> list[Cause]:
    """Causes as they are printed: each once, or each scenario of them by itself."""
    return [Cause([each]) for cause in found for each in cause.scenarios] if every else list(found)


def _by_rule(cases: Iterable[Json]) -> list[list[Json]]:
    of_rules: dict[str, list[Json]] = {}
    for case in cases:
        of_rules.setdefault(case["rule"], []).append(case)
    return list(of_rules.values())


def _broken_in(noticed: Iterable[Json]) -> dict[str, list[str]]:
    """The rules that the referee noticed to be broken, by the scenario in whose conversation it did."""
    rules: dict[str, list[str]] = {}
    for case in noticed:
        rules.setdefault(case["scenario"], []).append(case["rule"])
    return rules


def _show_fail(scenario: Json, slide: str, others: int = 0, *, beside: Sequence[str] = ()) -> None:
    say()
    say(coloured(scenario["verdict"]), f"  {scenario['rule']}  {scenario['id']}")
    say(f"  expected: {scenario['expected']}")
    say(f"  observed: {scenario['observed']}")
    if scenario["file"] is not None:
        record = "" if scenario["record"] is None else f", line {scenario['record']}"
        say(f"  file:     {scenario['file']}{record}")
    if beside:
        say(f"  besides:  {', '.join(beside)} broken in the same conversation, of which this may come")
    say(f"  slide:    {_numbered(slide)}")
    say(f"  again:    {scenario['reproduce']}")
    if others:
        say(f"  the same rule in {counted(others, 'other conversation')}; all of them stand in the report")


def _numbered(slide: str) -> str:
    """A slide as a reader finds it: its numbers, counted by headings, and its heading."""
    numbers = ", ".join(map(str, numbers_of_slides().get(slide, ())))
    return f"{numbers}: {slide}" if numbers else slide


def _show_error(cause: Cause) -> None:
    scenario, more = cause.example, len(cause.scenarios) - 1
    say()
    say(coloured(scenario["verdict"]), f"  {scenario['rule']}  {scenario['id']}")
    say(f"  {cause.text}")
    for line in scenario["stderr"][-5:]:
        say(f"  stderr:   {line}")
    say(f"  again:    {scenario['reproduce']}")
    if more:
        say(f"  the same of {counted(more, 'other scenario')}; all of them stand in the report")


def show_verdict(results: Json, *, stale_waivers: int = 0) -> None:
    """Print the verdict on the system, its classes and the rules that are not conformant.

    :param stale_waivers: how many waivers cover nothing that fails: then there is no verdict.
    """
    say()
    counts = _counted((name, count) for name, count in results["counts"].items() if count)
    say(f"{counted(sum(results['counts'].values()), 'scenario')}: ", *(counts or ["none"]))
    _show_noticed(results)
    if results["selection"] is not None:
        say(f"  selected: {results['selection']}")
    _show_classes(results["classes"])
    for left in results["leaves_out"]:
        if left["what"].startswith("class ") and left["why"] != "not claimed":
            say(f"  {left['what']} is {left['why']}")
    for rule in results["rules"]:
        if rule["verdict"] in {"not conformant", "waived"}:
            say(f"  rule {rule['id']:<8} ", coloured(rule["verdict"]), f": {rule['text']}")
    _show_undetermined([rule["id"] for rule in results["rules"] if rule["verdict"] == "undetermined"])
    left = Counter(entry["verdict"] for entry in results["rules"] if entry["verdict"] in _NO_VERDICT)
    if left:
        reasons = ", ".join(
            f"{counted(number, 'rule')} {_PHRASES.get(why, why)}" for why, number in sorted(left.items())
        )
        say(f"  not judged here: {reasons}")
    _show_advice(results)
    say()
    show_statement(results, stale_waivers=stale_waivers)
    say(f"profile {results['profile']['name']}, seed {results['seed']}")
    if results["foreknown"] is not None:
        say(results["foreknown"])


def show_statement(results: Json, *, stale_waivers: int = 0) -> None:
    """Print the verdict on the system, and nothing else."""
    system = results["system"]
    statement = results["statement"]
    if stale_waivers:
        statement = f"no verdict: {counted(stale_waivers, 'waiver covers', 'waivers cover')} nothing that fails"
    say(f"{system['name']} {system['version']}: ", Styled(statement, bold=True))


def _show_noticed(results: Json) -> None:
    watched = sum(scenario["journal"] is not None for scenario in results["scenarios"])
    counts = Counter(case["verdict"] for case in results["noticed"])
    found = _counted(sorted(counts.items())) or ["nothing"]
    say(f"  besides, the referee noticed in {counted(watched, 'conversation')}: ", *found)


def _show_classes(classes: Sequence[Json]) -> None:
    """Print a line for each class of which something is judged, and one for all others of which nothing is, by why."""
    for entry in classes:
        if entry["statement"] not in _UNTOUCHED:
            verdict = entry["verdict"]
            say(f"  class {entry['class']:<15} ", coloured(verdict), entry["statement"].removeprefix(verdict))
    for why in _UNTOUCHED:
        if untouched := [entry["class"] for entry in classes if entry["statement"] == why]:
            say(f"  {why}: class {', '.join(untouched)}")


def _show_advice(results: Json) -> None:
    """Print what came of scenarios of advice: nothing else says a word of them."""
    if results["advice"]:
        say(
            f"  advice, on which nothing rests: {counted(sum(results['advice'].values()), 'scenario')}: ",
            *_counted(results["advice"].items()),
        )
    for scenario in results["scenarios"]:
        if scenario["advice"] and scenario["verdict"] == "fail":
            say(
                "    ",
                coloured("fail"),
                f"  {scenario['rule']}  {scenario['id']}",
            )
            say(f"      expected: {clipped(scenario['expected'], _LONGEST_CAUSE)}")
            say(f"      observed: {clipped(scenario['observed'], _LONGEST_CAUSE)}")


def _show_undetermined(rules: Sequence[str]) -> None:
    if rules:
        more = f" and {len(rules) - _RULES_NAMED} more" if len(rules) > _RULES_NAMED else ""
        named = f": {', '.join(rules[:_RULES_NAMED])}{more}"
        say(f"  {counted(len(rules), 'rule')} ", coloured("undetermined"), named)


_UNTOUCHED = ("not claimed", "not selected")
_PHRASES = {"other role": "of the other role"}
_NO_VERDICT = frozenset(
    {"not claimed", "not yet judged", "not selected", "advice", "not observable", "announced", "other role"}
)
