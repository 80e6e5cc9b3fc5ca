"""IDs and other texts by the million are what they are one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from harness.recompute.ids import Words, coded_texts, ids_in, ids_of, ranks, recoded

TEXTS = st.lists(st.text(st.sampled_from("01Zé"), max_size=4), max_size=9)


@given(TEXTS, st.integers(0, 3))
def test_ids_of_arrow_are_those_of_texts(texts: list[str], skipped: int) -> None:
    array = pa.array(["before", *texts], pa.string())
    for given_as in (array[1 + skipped :], pa.chunked_array([array[1 + skipped :], array[:0]])):
        assert ids_in(given_as).tolist() == ids_of(texts[skipped:]).tolist()


@given(TEXTS)
def test_texts_are_had_back_from_their_numbers(texts: list[str]) -> None:
    numbers, words = coded_texts(pa.array(texts, pa.string()))
    assert [words[number] for number in numbers] == texts
    assert list(words) == list(dict.fromkeys(texts))
    few, own = recoded(numbers[:3], words)
    assert [own[number] for number in few] == texts[:3]
    assert set(own) == set(texts[:3])


@given(TEXTS)
def test_ranks_are_places_in_order(texts: list[str]) -> None:
    _, words = coded_texts(pa.array(texts, pa.string()))
    found = ranks(words)
    assert [words[int(place)] for place in np.argsort(found)] == sorted(words)


def test_words_are_a_sequence() -> None:
    words = Words(pa.array(["b", "a", "c"]))
    assert (len(words), words[-1], list(words[1:]), words.index("a")) == (3, "c", ["a", "c"], 1)
