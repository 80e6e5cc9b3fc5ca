"""Rows of integers looked up among others, by the million."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def first_of_each(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first place of each number."""
    return np.sort(np.unique(numbers, return_index=True)[1])


def looked_up(keys: Sequence[NDArray[Any]], among: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """Where rows of integers stand among others, the first where several are equal; -1 where there is none."""
    one, other = _as_one(keys, among)
    if not other.size or not one.size:
        return np.full(one.size, -1, dtype=np.int64)
    order = np.argsort(other, kind="stable")
    place = np.minimum(np.searchsorted(other[order], one), other.size - 1)
    found = order[place]
    return np.where(other[found] == one, found, -1).astype(np.int64)


def _as_one(keys: Sequence[NDArray[Any]], among: Sequence[NDArray[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of integers as one integer each, equal for equal rows."""
    one, other = np.zeros(keys[0].size, dtype=np.int64), np.zeros(among[0].size, dtype=np.int64)
    for key, known in zip(keys, among, strict=True):
        both = np.concatenate([key, known]).astype(np.int64)
        distinct, code = np.unique(both, return_inverse=True)
        code = code.reshape(-1)
        one, other = one * distinct.size + code[: key.size], other * distinct.size + code[key.size :]
        _, again = np.unique(np.concatenate([one, other]), return_inverse=True)  # so that no product grows too large
        one, other = again.reshape(-1)[: key.size], again.reshape(-1)[key.size :]
    return one, other
