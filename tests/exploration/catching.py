"""Writes the smallest conversation by which exploration catches a fault, as a feature in the folder `corpus/caught`.

    python tests/exploration/catching.py FAULT ...

A feature has the name of its fault; `prove --explore` begins with them, and `test_caught.py` plays them all. Whoever
changes words that they are told in, or adds a fault that exploration alone should catch, calls this again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from harness.exploration.catches import FOLDER, file_of
from harness.exploration.course import ROUND, Course
from harness.exploration.exploring import Subject, Wish, subject_of
from harness.exploration.lines import Lines
from harness.exploration.playing import Played, Player
from harness.exploration.proving import Budget, Trial, conversations, trials
from harness.exploration.retelling import SCENARIO, feature
from harness.exploration.shrinking import happened, shrink
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Role
from harness.suite.inventory import scenario_id

SEED = 0
CONVERSATIONS = 2 * ROUND
"""So many conversations a fault is looked for in."""


def scenario_of(fault: str, role: Role) -> str:
    """The id of the scenario that catches a fault."""
    return scenario_id(file_of(fault, role), SCENARIO, None)


def trial_of(subject: Subject, bent: Any, conversations: int = CONVERSATIONS) -> Trial:
    """A fault as `prove --explore` explores it, with nothing that is played first."""
    budget = Budget(conversations, conversations)
    return replace(trials(subject, subject.source(Course()), [bent], budget)[1], before=())


def catch(trial: Trial, text: str, others: set[str]) -> str | None:
    """The feature of the smallest conversation that breaks a fault's rule; None where none does.

    :param text: what the fault does, in a sentence.
    :param others: gets the other rules that were seen broken.
    """
    role = trial.source.role
    player = Player(trial.work.plan, f"{REFERENCES[role]}+{trial.bent}", None, trial.readings)
    name = scenario_of(trial.bent, role)

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
                return feature(breach, shrunk.lines, role, f"Found by exploration. What it catches: {text}")
        return None
    finally:
        player.close()


def _breaking(player: Player, trial: Trial, others: set[str]) -> Iterator[tuple[Lines, str]]:
    """The conversations that break one of a fault's rules, each with the rule."""
    for conversation in conversations(trial, player):
        for breach in conversation.played.breaches:
            if breach.key in trial.rules:
                yield conversation.lines, breach.key
            else:
                others.add(breach.key)


def main(faults: list[str]) -> int:
    """Write the features of some faults, and say of each whether it is caught; 1 where one is not."""
    subjects = {
        role: subject_of(Wish(adapter, None, SEED, CONVERSATIONS, None, 1, 3600.0, role))
        for role, adapter in REFERENCES.items()
    }
    known = {
        bent.id: (role, bent) for role, adapter in REFERENCES.items() for bent in bents(adapter) if bent.kind == "fault"
    }
    missed = 0
    for fault in faults:
        others: set[str] = set()
        role, bent = known.get(fault, (Role.REPOSITORY, None))
        text = None if bent is None else catch(trial_of(subjects[role], bent), bent.text, others)
        if text is None:
            missed += 1
        else:
            path = FOLDER / file_of(fault, role)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        seen = f"only {', '.join(sorted(others))} was seen broken" if others else "caught by no conversation"
        why = "caught" if text else seen if bent else "no such fault"
        sys.stdout.write(f"{fault}: {why}\n")
        sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
