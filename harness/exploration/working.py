"""What a worker process of an exploration does: plays parts of rounds, and makes smaller what fails."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness import memory
from harness.exploration.course import Found, Outcome
from harness.exploration.drawing import Source
from harness.exploration.lines import Lines
from harness.exploration.playing import ERROR, Breach, Player
from harness.exploration.retelling import scenario_of
from harness.exploration.shrinking import happened, shrink
from harness.port.keeper import die_with_parent, let_nobody_stay_stopped, take_in_orphans
from harness.port.protocol import Role
from harness.runner.plan import Plan
from harness.suite.catalogue import load_catalogue


@dataclass(frozen=True, slots=True)
class Work:
    """What all work of an exploration rests on.

    :param plan: keeps no journals; `folder` is where those of what was found go.
    """

    plan: Plan
    adapter: str
    rules: frozenset[str] | None
    folder: str | None

    def player(self, *, keeps: bool = False) -> Player:
        """Who plays conversations; where it keeps journals, into the folder."""
        plan = replace(self.plan, mode="live", folder=self.folder) if keeps else self.plan
        return Player(plan, self.adapter, self.rules)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a round: some of its conversations, by number."""

    source: Source
    round: int
    numbers: Sequence[int]


_at_work: list[tuple[Work, Player]] = []
"""What this process works at, and its own player, which lasts from one part to the next."""


_NOT_AGAIN = "the same conversation, played once more, did not break it"


def begin(work: Work, parent: int) -> None:
    """Begin to work in a process of its own: it ends with its parent, who alone hears of an interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent(parent)
    let_nobody_stay_stopped()
    take_in_orphans()
    memory.look_seldom()
    _at_work.append((work, work.player()))


def play_part(part: Part) -> list[Outcome]:
    """Play some conversations of a round."""
    _, player = _at_work[-1]
    drawn = {number: part.source.drawn(part.round, number) for number in part.numbers}
    played = player.play_all((conversation_name(part.round, number), lines) for number, (_, lines) in drawn.items())
    return [
        Outcome(number, kind, len(lines), each)
        for (number, (kind, lines)), each in zip(drawn.items(), played, strict=True)
    ]


def make_smaller(source: Source, round_number: int, outcome: Outcome, key: str) -> Found:
    """Make a conversation smaller that breaks a rule, and keep the journal of the smallest."""
    work, player = _at_work[-1]
    number, (_, lines) = outcome.number, source.drawn(round_number, outcome.number)
    name = conversation_name(round_number, number)
    before = outcome.played.breach(key)
    played = player.play(name, lines)
    breach = played.breach(key)
    if breach is None:
        gone = before or Breach(key, "", "", "")
        return Found(round_number, number, gone, lines, 1, False, False, False, _NOT_AGAIN, name, None)
    shrunk = shrink(lines, played, key, lambda smaller: player.play(name, smaller))
    happens = happened(key, shrunk.lines, shrunk.played)
    why = _why_not_told(player, key, source.role, shrunk.lines, happens=happens)
    own = name if why else scenario_of(key, source.role)
    kept = work.player(keeps=True)
    final = kept.play(own, shrunk.lines)
    journal = None if final.journal is None else dict(sorted(final.journal.items()))
    told = final.breach(key)
    if told is None:
        if journal is not None and work.folder is not None:
            Path(work.folder, str(journal["path"])).unlink()
        told, why, own, journal = shrunk.played.breach(key) or breach, _NOT_AGAIN, name, None
    return Found(
        round_number,
        number,
        told,
        shrunk.lines,
        shrunk.tries,
        shrunk.is_smallest,
        why != _NOT_AGAIN,
        not why,
        why,
        own,
        journal,
    )


def _why_not_told(player: Player, key: str, role: Role, lines: Lines, *, happens: bool) -> str:
    """Why no scenario can say the same, in words; empty where one can."""
    if key == ERROR:
        return "no rule is broken: an adapter misbehaves, whatever a scenario is about"
    catalogue = load_catalogue()
    if not catalogue.is_judged(key, role):
        return f"no scenario judges {key}: {catalogue.why_not_judged(key, role)}"
    if not happens:
        return "it ends where a step asks for what did not come, and a scenario does not go on from there"
    if player.play(scenario_of(key, role), lines).breach(key) is None:
        return "it rests on the identifiers that were drawn for it"
    return ""


def conversation_name(round_number: int, number: int) -> str:
    """The name on which all drawing in a conversation rests."""
    return f"explore/{round_number}/{number}"
