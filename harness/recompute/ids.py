"""Universal SDP IDs by the million: sorted arrays of bytes, and where a range of them lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ids: TypeAlias = NDArray[np.bytes_]


def ids_of(names: Iterable[str]) -> Ids:
    """IDs as an array; what is beyond ASCII is no ID, and stands for itself in UTF-8."""
    encoded = [name.encode() for name in names]
    return np.array(encoded, dtype=bytes) if encoded else np.zeros(0, dtype="S1")


def texts(ids: Ids) -> list[str]:
    """IDs as texts."""
    return [each.decode() for each in ids.tolist()]


def within(ids: Ids, first: str, end: str | None) -> slice:
    """Where the IDs from one until another, exclusive, lie in a sorted array; there is no other where it is None."""
    begins = int(np.searchsorted(ids, first.encode()))
    return slice(begins, ids.size if end is None else int(np.searchsorted(ids, end.encode())))


def places(ids: Ids, among: Ids) -> NDArray[np.int64]:
    """The places of IDs in a sorted array without repetition; -1 where they are not in it."""
    if not among.size:
        return np.full(ids.size, -1, dtype=np.int64)
    found = np.searchsorted(among, ids)
    there = among[np.minimum(found, among.size - 1)] == ids
    return np.where(there, found, -1).astype(np.int64)


def coded(values: Iterable[Any]) -> tuple[NDArray[np.int32], list[Any]]:
    """Values as numbers, and the value of each number, in the order in which they come."""
    known: dict[Any, int] = {}
    numbers = np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int32)
    return numbers, list(known)


def recoded(numbers: NDArray[np.int32], words: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Numbers of words, and those words alone that they stand for."""
    used, again = np.unique(numbers, return_inverse=True)
    return again.reshape(-1).astype(np.int32), [words[number] for number in used.tolist()]
