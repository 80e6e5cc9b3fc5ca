"""``mdmr-conform verify``: replays the journals of a run, simulation or exploration; confirms or refutes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from harness.commands import console, options
from harness.exploration import verification as explorations
from harness.exploration.folder import is_of_an_exploration
from harness.report.text import counted
from harness.runner.verification import Verification, verify
from harness.stories import verification as simulations
from harness.stories.folder import is_of_a_simulation

UNDECIDED = 3
_SHOWN = 20


@click.command(
    epilog="""\b
Examples:
  mdmr-conform verify mdmr-conform-out
  mdmr-conform verify mdmr-conform-simulation

Exit code: 0 every verdict is confirmed; 1 a journal was changed, or a verdict is refuted; 2 wrong
usage; 3 no verdict: the run is of another suite or profile, or was not finished."""
)
@click.argument("folder", metavar="DIR", type=options.PATH)
@options.profile_option
@options.features_option
@options.workers_option
def command(folder: Path, profile: Path | None, features: Path | None, workers: int) -> int:
    """Replay the journals of a run, simulation or exploration in DIR, and confirm or refute it without the system."""
    if is_of_a_simulation(folder):
        return _simulation(folder, profile)
    if is_of_an_exploration(folder):
        return _exploration(folder, profile)
    found = verify(folder, profile, workers=workers, watch=console.progress, features=features)
    _show(found)
    if found.undecided:
        return UNDECIDED
    return 0 if not found.refuted else 1


def _exploration(folder: Path, profile: Path | None) -> int:
    with console.progress("journals") as steps:
        found = explorations.verify(folder, profile, steps.total, steps.step)
    _show_doubts(found.undecided, found.refuted)
    if found.undecided:
        return UNDECIDED
    outcome = "NOT confirmed" if found.refuted else "what was found is confirmed"
    console.say(f"{counted(found.replayed, 'journal')} replayed; {outcome}")
    console.say(found.statement)
    return 0 if not found.refuted else 1


def _show_doubts(undecided: Iterable[str], refuted: Sequence[str]) -> None:
    """Print why nothing can be said, and what does not bear the rest out."""
    for line in undecided:
        console.say_lines(f"no verdict: {line}")
    for line in refuted[:_SHOWN]:
        console.say_lines(f"refuted: {line}")


def _simulation(folder: Path, profile: Path | None) -> int:
    with console.progress("days") as steps:
        found = simulations.verify(folder, profile, steps.total, steps.step)
    _show_doubts(found.undecided, found.refuted)
    if found.undecided:
        return UNDECIDED
    outcome = "NOT confirmed" if found.refuted else "every verdict is confirmed"
    console.say(f"{found.days} days replayed; {outcome}")
    console.say(f"{found.system}: {found.statement}")
    return 0 if not found.refuted else 1


def _show(found: Verification) -> None:
    for line in found.undecided:
        console.say_lines(f"no verdict: {line}")
    for line in found.refuted[:_SHOWN]:
        console.say_lines(f"refuted: {line}")
    if len(found.refuted) > _SHOWN:
        console.say(f"and {len(found.refuted) - _SHOWN} more")
    if not found.undecided:
        outcome = "NOT confirmed" if found.refuted else "every verdict is confirmed"
        console.say(f"{counted(found.replayed, 'journal')} replayed; {outcome}")
        console.say(f"{found.system}: {found.statement}")
        for line in found.unconfirmed:
            console.say(f"run.json alone says, and nothing here can confirm: {line}")
