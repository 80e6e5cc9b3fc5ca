"""What conversations with the systems of one role are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Move = Callable[[Any], object]
"""What is added to a scene, of the kind that the role's conversations have."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What conversations with the systems of one role are made of.

    :param moves: the kinds of moves, by chapter and name.
    :param chapters: what conversations are mostly about; what stands twice is drawn twice as often.
    :param needed: the moves without which a conversation of a chapter would come to nothing.
    :param classes: what a system has to claim for the moves of a chapter to be made.
    :param situations: what a system has to claim for situations to come up, by how their names begin; of several the
        longest counts.
    :param longest: so many moves a conversation has at most.
    :param scene: makes the scene; `opens` lets it open, and `ends` lets what is due come.
    """

    moves: Mapping[str, Move]
    chapters: Sequence[str]
    needed: Mapping[str, Sequence[str]]
    classes: Mapping[str, str]
    situations: Mapping[str, str]
    longest: int
    scene: Callable[..., Any]
    opens: Callable[..., None]
    ends: Move

    def class_of(self, situation: str) -> str | None:
        """What a system has to claim for a situation to come up; None where nothing."""
        beginning = max(filter(situation.startswith, self.situations), key=len, default=None)
        return None if beginning is None else self.situations[beginning]
