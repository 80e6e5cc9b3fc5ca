"""What an explored conversation is: lines in the words of features, so that it can be told as a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from harness.port.protocol import Json

LAST = "when"
"""How the last line is read: what falls due by then has been seen. All others are read as what was before."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step as features write it.

    :param text: without its keyword.
    :param table: its rows of cells, the headings first; empty where the step has none.
    """

    text: str
    table: tuple[tuple[str, ...], ...] = ()

    def without_row(self, number: int) -> Line:
        """The line without a row of its table; the headings are row 0."""
        return replace(self, table=(*self.table[:number], *self.table[number + 1 :]))

    def as_json(self) -> Json:
        return {"text": self.text, "table": [list(row) for row in self.table]}

    @classmethod
    def from_json(cls, raw: Json) -> Line:
        return cls(raw["text"], tuple(map(tuple, raw["table"])))


Lines: TypeAlias = tuple[Line, ...]


def typed(lines: Lines) -> list[tuple[str, Line]]:
    """Each line with how it is read: ``given``, and the last one, where it says what time it is, as `LAST`."""
    last = len(lines) - 1
    return [
        (LAST if place == last and line.text.startswith("it is ") else "given", line)
        for place, line in enumerate(lines)
    ]


def names(words: Sequence[str]) -> str:
    """A list of names as features write it: ``"Mill", "Bakery" and "Depot"``."""
    quoted = [f'"{word}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
