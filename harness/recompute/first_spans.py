"""Master data that a large set is the first to tell: a span in each row, and no object of Python for each SDP.

Most attributes of most SDPs have one value since the first set that told of them. What a later set or report changes
is taken out from here, and has a history from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from harness.recompute.ids import Ids, ids_of, places

_ALIKE = 2
"""What is at most so many times as much as what follows it is put together with that."""
OPEN = 2**31 - 1
"""The end of a span that has none, in days since 1970-01-01."""


class Said(NamedTuple):
    """What is said of an attribute: of whom, from when until when in days since 1970-01-01, and an array of texts."""

    ids: Ids
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    texts: Any

    @property
    def nbytes(self) -> int:
        """How many bytes it takes."""
        return int(self.ids.nbytes + self.start.nbytes + self.end.nbytes + self.texts.nbytes)

    def rows(self, chosen: NDArray[Any]) -> Said:
        """Some of the rows, by their places or by whether they are wanted."""
        at = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        return Said(self.ids[at], self.start[at], self.end[at], self.texts.take(pa.array(at)))


def said_of(
    identifiers: Sequence[str], starts: Sequence[date], ends: Sequence[date | None], values: Sequence[str | None]
) -> Said:
    """What is said, from columns of texts and days."""
    end = np.array(ends, dtype="datetime64[D]")
    days = np.where(np.isnat(end), OPEN, end.astype(np.int64)).astype(np.int32)
    start = np.array(starts, dtype="datetime64[D]").astype(np.int64).astype(np.int32)
    return Said(ids_of(identifiers), start, days, pa.array(values, pa.string()))


def _together(one: Said, other: Said) -> Said:
    ids, start, end = (np.concatenate(each) for each in list(zip(one, other, strict=True))[:3])
    return Said(ids, start, end, pa.concat_arrays([one.texts, other.texts]))


class FirstSpans:
    """The first spans of one attribute, by the sets that told them."""

    def __init__(self) -> None:
        self._several: list[Said] = []
        self._held: list[NDArray[np.bool_]] = []

    def known(self, said: Said) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Of which rows of what is said there is a first span of the SDP, and in which it says the very same."""
        there = np.zeros(said.ids.size, dtype=bool)
        same = np.zeros(said.ids.size, dtype=bool)
        for first, held in zip(self._several, self._held, strict=True):
            at = places(said.ids, first.ids)
            rows = np.flatnonzero(at >= 0)
            rows = rows[held[at[rows]]]
            one, other = said.rows(rows), first.rows(at[rows])
            texts = pc.equal(one.texts, other.texts).to_numpy(zero_copy_only=False).astype(bool)
            there[rows] = True
            same[rows] = (one.start == other.start) & (one.end == other.end) & texts
        return there, same

    def add(self, said: Said) -> None:
        """Hold spans of SDPs of which there were none, each once."""
        held = np.ones(said.ids.size, dtype=bool)
        while self._several and self._several[-1].ids.size <= said.ids.size * _ALIKE:  # so that there are never many
            said, held = _together(self._several.pop(), said), np.concatenate([self._held.pop(), held])
        if said.ids.size:
            order = np.argsort(said.ids, kind="stable")
            self._several.append(said.rows(order))
            self._held.append(held[order])

    @property
    def nbytes(self) -> int:
        """How many bytes what is held takes."""
        return sum(said.nbytes for said in self._several)

    def keep(self, chosen: Callable[[Ids], NDArray[np.bool_]]) -> None:
        """Let go of the spans of all SDPs but some."""
        rows = [chosen(said.ids) for said in self._several]
        self._several = [said.rows(some) for said, some in zip(self._several, rows, strict=True)]
        self._held = [held[some] for held, some in zip(self._held, rows, strict=True)]

    def taken_out(self, name: str) -> tuple[int, int, str] | None:
        """Start, end and value of the span of one SDP, which is held here no more; None where there is none."""
        for first, held in zip(self._several, self._held, strict=True):
            at = int(places(ids_of([name]), first.ids)[0])
            if at >= 0 and held[at]:
                held[at] = False
                return int(first.start[at]), int(first.end[at]), str(first.texts[at])
        return None

    def all(self) -> Iterator[Said]:
        """All that are held."""
        for first, held in zip(self._several, self._held, strict=True):
            yield first if held.all() else first.rows(held)
