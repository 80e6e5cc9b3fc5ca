"""Universal SDP IDs, and other texts, by the million: arrays of bytes, and texts as numbers.

What a province has one of for each SDP costs no object of Python for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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


class Words(Sequence[str]):
    """Texts that are kept as Arrow keeps them, without a Python object for each."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[str]:
        return iter(self.array.to_pylist())

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Words: ...

    def __getitem__(self, place: int | slice) -> str | Words:
        if isinstance(place, slice):
            return Words(self.array[place])
        found: str = self.array[place].as_py()
        return found

    def taken(self, places: NDArray[np.integer[Any]]) -> list[str]:
        """Some of them."""
        found: list[str] = self.array.take(pa.array(places)).to_pylist()
        return found


def ids_in(texts: Any) -> Ids:
    """IDs in a pyarrow array of texts, of which none is missing."""
    whole = pa.concat_arrays(texts.chunks) if isinstance(texts, pa.ChunkedArray) and texts.num_chunks else texts
    if not len(whole):
        return np.zeros(0, dtype="S1")
    binary = whole.cast(pa.string()).cast(pa.large_binary())
    _, offsets, content = binary.buffers()
    edges = np.frombuffer(offsets, dtype=np.int64)[binary.offset : binary.offset + len(binary) + 1]
    lengths = np.diff(edges)
    width = max(1, int(lengths.max()))
    found = np.zeros((len(binary), width), dtype=np.uint8)
    if content is not None:
        inside = np.frombuffer(content, dtype=np.uint8)[edges[0] : edges[-1]]
        found[np.arange(width) < lengths[:, None]] = inside
    ids: Ids = found.reshape(-1).view(f"S{width}")
    return ids


def coded_texts(texts: Any) -> tuple[NDArray[np.int32], Words]:
    """A pyarrow array of texts, of which none is missing, as numbers, and the text of each number."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    encoded = texts.dictionary_encode() if not pa.types.is_dictionary(texts.type) else texts
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32), Words(encoded.dictionary.cast(pa.string()))


def ranks(words: Words) -> NDArray[np.int64]:
    """The place of each text in their order."""
    found = np.zeros(len(words), dtype=np.int64)
    found[pc.sort_indices(words.array).to_numpy()] = np.arange(len(words))
    return found


def recoded(numbers: NDArray[np.int32], words: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Numbers of words, and those words alone that they stand for."""
    used, again = np.unique(numbers, return_inverse=True)
    own = words.taken(used) if isinstance(words, Words) else [words[number] for number in used.tolist()]
    return again.reshape(-1).astype(np.int32), own
