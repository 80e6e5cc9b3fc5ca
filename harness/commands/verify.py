"""``mdmr-conform verify``: replays a run's journals and confirms, or refutes, its verdicts without the system."""

from __future__ import annotations

from pathlib import Path

import click

from harness import console
from harness.commands import options
from harness.runner.verification import Verification, verify

UNDECIDED = 3
_SHOWN = 20


@click.command(
    epilog="""\b
Examples:
  mdmr-conform verify mdmr-conform-out

Exit code: 0 every verdict is confirmed; 1 a journal was changed, or a verdict is refuted; 2 wrong
usage; 3 no verdict: the run is of another suite or profile, or was not finished."""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options.profile_option
@options.workers_option
def command(folder: Path, profile: Path | None, workers: int) -> int:
    """Replay the journals of a run in DIR and confirm, or refute, its verdicts without the system."""
    found = verify(folder, profile, workers=workers, watch=console.progress)
    _show(found)
    if found.undecided:
        return UNDECIDED
    return 0 if not found.refuted else 1


def _show(found: Verification) -> None:
    for line in found.undecided:
        console.say(f"no verdict: {line}")
    for line in found.refuted[:_SHOWN]:
        console.say(f"refuted: {line}")
    if len(found.refuted) > _SHOWN:
        console.say(f"and {len(found.refuted) - _SHOWN} more")
    if not found.undecided:
        outcome = "NOT confirmed" if found.refuted else "every verdict is confirmed"
        console.say(f"{found.replayed} journals replayed; {outcome}")
        console.say(f"{found.system}: {found.statement}")
