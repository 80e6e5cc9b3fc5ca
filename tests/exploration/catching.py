"""Writes the smallest conversation by which exploration catches a fault, as a feature in the folder `caught`.

    python tests/exploration/catching.py FAULT ...

A feature has the name of its fault; `test_caught.py` plays them all. Whoever changes words that they are told in, or
adds a fault that exploration alone should catch, calls this again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.exploration.course import ROUND, Course
from harness.exploration.exploring import Subject, Wish, subject_of
from harness.exploration.lines import Lines
from harness.exploration.playing import Played, Player
from harness.exploration.proving import Trial, trials
from harness.exploration.retelling import SCENARIO, feature
from harness.exploration.shrinking import happened, shrink
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Role
from harness.suite.inventory import scenario_id

CAUGHT = Path(__file__).parent / "caught"
SEED = 0
CONVERSATIONS = 2 * ROUND
"""So many conversations a fault is looked for in."""
REFERENCE = REFERENCES[Role.REPOSITORY]


def scenario_of(fault: str) -> str:
    """The id of the scenario that catches a fault."""
    return scenario_id(f"{CAUGHT.name}/{fault}.feature", SCENARIO, None)


def trial_of(subject: Subject, bent: Any, conversations: int = CONVERSATIONS) -> Trial:
    """A fault as `prove --explore` explores it."""
    return trials(subject, subject.source(Course()), [bent], conversations)[1]


def catch(subject: Subject, trial: Trial, text: str, others: set[str]) -> str | None:
    """The feature of the smallest conversation that breaks a fault's rule; None where none does.

    :param text: what the fault does, in a sentence.
    :param others: gets the other rules that were seen broken.
    """
    player = Player(subject.plan(), f"{REFERENCE}+{trial.bent}", None, trial.readings)
    name = scenario_of(trial.bent)

    def play(lines: Lines) -> Played:
        return player.play(name, lines)

    try:
        for lines, key in _breaking(player, trial, others):
            played = play(lines)
            if played.breach(key) is None:
                continue
            shrunk = shrink(lines, played, key, play)
            breach = shrunk.played.breach(key)
            if breach is not None and happened(key, shrunk.lines, shrunk.played):
                return feature(breach, shrunk.lines, Role.REPOSITORY, f"Found by exploration. What it catches: {text}")
        return None
    finally:
        player.close()


def _breaking(player: Player, trial: Trial, others: set[str]) -> Iterator[tuple[Lines, str]]:
    """The conversations that break one of a fault's rules, each with the rule."""
    for number in range(trial.conversations):
        round_number, which = divmod(number, ROUND)
        _, lines = trial.source.drawn(round_number, which)
        for breach in player.play(f"explore/{round_number}/{which}", lines).breaches:
            if breach.key in trial.rules:
                yield lines, breach.key
            else:
                others.add(breach.key)


def main(faults: list[str]) -> int:
    """Write the features of some faults, and say of each whether it is caught; 1 where one is not."""
    subject = subject_of(Wish(REFERENCE, None, SEED, CONVERSATIONS, None, 1, 3600.0))
    known = {bent.id: bent for bent in bents(REFERENCE) if bent.kind == "fault"}
    CAUGHT.mkdir(exist_ok=True)
    missed = 0
    for fault in faults:
        others: set[str] = set()
        bent = known.get(fault)
        text = None if bent is None else catch(subject, trial_of(subject, bent), bent.text, others)
        if text is None:
            missed += 1
        else:
            (CAUGHT / f"{fault}.feature").write_text(text, encoding="utf-8")
        seen = f"only {', '.join(sorted(others))} was seen broken" if others else "caught by no conversation"
        why = "caught" if text else seen if bent else "no such fault"
        sys.stdout.write(f"{fault}: {why}\n")
        sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
