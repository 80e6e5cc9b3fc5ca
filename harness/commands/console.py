"""What a person sees on the terminal: a line for each feature, progress where the run is long, and the verdict.

On a terminal a bar shows how far the run is; elsewhere plain lines do, so that a CI log can be read. Nothing here
judges; it shows what the results say.
"""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from harness.port.protocol import Json
from harness.suite.inventory import ScenarioCase

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
_SHOWN_FAILS = 20


def say(text: str = "") -> None:
    """Print a line, as the terminal can take it: what it cannot show is escaped, never an error."""
    encoding = sys.stdout.encoding or "ascii"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding))


def coloured(verdict: str) -> str:
    """A verdict in its colour; colour is dropped where the output is no terminal."""
    return click.style(verdict, fg=COLOURS.get(verdict))


@dataclass(slots=True)
class FeatureLines:
    """Makes a line for each feature as soon as all its scenarios have ended."""

    _files: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, Counter[str]] = field(default_factory=dict)
    _expected: Counter[str] = field(default_factory=Counter)

    def starts(self, to_run: Iterable[ScenarioCase], ended: Iterable[Json]) -> None:
        """Take note of the scenarios to run, and of those that had ended before."""
        self._files = {case.id: case.file for case in to_run}
        self._expected = Counter(self._files.values())
        for result in ended:
            self._count(result)

    def result(self, result: Json) -> str | None:
        """Take note of a result; the line of its feature, where it was the feature's last."""
        file, counts = self._count(result)
        if sum(counts.values()) < self._expected[file]:
            return None
        shown = ", ".join(f"{count} {coloured(verdict)}" for verdict, count in sorted(counts.items()))
        return f"  {file.removesuffix('.feature'):<32} {shown}"

    def _count(self, result: Json) -> tuple[str, Counter[str]]:
        file = self._files[result["scenario"]]
        counts = self._seen.setdefault(file, Counter())
        counts[result["verdict"]] += 1
        return file, counts


class Steps:
    """Shows how far something is: plain lines. `total` says how many steps there are to be."""

    def total(self, steps: int) -> None:
        """Say how many steps there are to be."""

    def step(self, line: str | None = None) -> None:
        """Note that a step is done, and print a line, if there is one."""
        if line is not None:
            say(line)


class _Bar(Steps):
    """Shows how far something is: a bar below the lines."""

    def __init__(self, bar: Any, what: str) -> None:
        self._bar = bar
        self._task = bar.add_task(what, total=None)

    def total(self, steps: int) -> None:
        self._bar.update(self._task, total=steps)

    def step(self, line: str | None = None) -> None:
        from rich.text import Text

        self._bar.advance(self._task)
        if line is not None:
            self._bar.console.print(Text.from_ansi(line))


@contextlib.contextmanager
def progress(what: str) -> Iterator[Steps]:
    """Where the steps of something are shown: as a bar on a terminal, as plain lines elsewhere."""
    if not sys.stdout.isatty():
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(highlight=False), transient=True) as bar:
        yield _Bar(bar, what)


def show_failures(results: Json, *, interrupted: bool = False) -> None:
    """Print each scenario that failed or came to no verdict: what was expected and seen, and how to run it again.

    :param interrupted: whether blocked scenarios are left out: most of them wait for the run to go on.
    """
    shown = {"fail", "error"} if interrupted else {"fail", "error", "blocked"}
    bad = [s for s in results["scenarios"] if s["verdict"] in shown]
    for scenario in bad[:_SHOWN_FAILS]:
        say()
        say(f"{coloured(scenario['verdict'])}  {scenario['rule']}  {scenario['id']}")
        if scenario["expected"] is None:
            say(f"  {scenario['message']}")
        else:
            say(f"  expected: {scenario['expected']}")
            say(f"  observed: {scenario['observed']}")
            if scenario["file"] is not None:
                record = "" if scenario["record"] is None else f", line {scenario['record']}"
                say(f"  file:     {scenario['file']}{record}")
        for line in scenario["stderr"][-5:]:
            say(f"  stderr:   {line}")
        say(f"  again:    {scenario['reproduce']}")
    if len(bad) > _SHOWN_FAILS:
        say()
        say(f"and {len(bad) - _SHOWN_FAILS} more; all of them stand in the report")


def show_verdict(results: Json, *, interrupted: bool = False) -> None:
    """Print the verdict on the system, its classes and the rules that are not conformant.

    :param interrupted: whether rules without a verdict are left out: most of them wait for the run to go on.
    """
    say()
    counts = ", ".join(f"{count} {coloured(name)}" for name, count in results["counts"].items() if count)
    say(f"{len(results['scenarios'])} scenarios: {counts or 'none'}")
    left = Counter(entry["verdict"] for entry in results["rules"] if entry["verdict"] in _NO_VERDICT)
    for entry in results["classes"]:
        say(f"  class {entry['class']:<15} {coloured(entry['verdict'])}")
    shown = {"not conformant", "waived"} | ({"undetermined"} if not interrupted else set())
    broken = [rule for rule in results["rules"] if rule["verdict"] in shown]
    for rule in broken:
        say(f"  rule {rule['id']:<8} {coloured(rule['verdict'])}: {rule['text']}")
    if left:
        whys = (f"{count} rule{'s' * (count != 1)} {why}" for why, count in sorted(left.items()))
        say(f"  not judged here: {', '.join(whys)}")
    system = results["system"]
    say()
    say(f"{system['name']} {system['version']}: {click.style(results['statement'], bold=True)}")
    say(f"profile {results['profile']['name']}, seed {results['seed']}")


_NO_VERDICT = frozenset(
    {"not claimed", "not yet judged", "not selected", "advice", "not observable", "announced", "other role"}
)
