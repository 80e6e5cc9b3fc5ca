"""Stories: drawn from a seed, made smaller in every way, and written down in words that give them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.stories.playing import JOURNAL, Cast, play
from harness.stories.story import PLOTS, Story, drawn, spans, story_from
from harness.suite.catalogue import Role

STEADY = settings(derandomize=True, deadline=None, database=None, max_examples=60)
STORY = drawn(12, 20, 3)


def test_a_story_is_the_same_whenever_it_is_drawn() -> None:
    assert drawn(12, 20, 3) == STORY
    assert drawn(12, 20, 4) != STORY


@pytest.mark.parametrize(("sdps", "days"), [(1, 1), (3, 10), (200, 365)])
def test_every_kind_of_event_happens_at_least_once(sdps: int, days: int) -> None:
    assert set(drawn(sdps, days, 0).kinds) == set(PLOTS[Role.REPOSITORY].kinds)


def test_what_follows_from_an_event_does_not_depend_on_others() -> None:
    event = STORY.events[-1]
    alone = STORY.without(lambda other: other != event)
    assert alone.events == (event,)
    assert alone.of(event).random() == STORY.of(event).random()


@pytest.mark.parametrize(
    ("smaller", "kept"),
    [
        (lambda story: story, ""),
        (lambda story: story.shortened(5), "days=5"),
        (lambda story: story.among([1, 2, 3, 7]), "sdps=1-3,7"),
        (lambda story: story.without(lambda _: True), "events="),
        (lambda story: story.shortened(1).without(lambda event: event.number > 0), "days=1 events=0"),
    ],
)
def test_what_is_kept_of_a_story_is_told_in_words(smaller: Callable[[Story], Story], kept: str) -> None:
    assert smaller(STORY).kept == kept


@STEADY
@given(st.integers(1, 20), st.sets(st.integers(0, 11), min_size=1), st.sets(st.integers(0, len(STORY.events) - 1)))
def test_the_words_give_the_story_back(length: int, sdps: set[int], left_out: set[int]) -> None:
    smaller = STORY.shortened(length).among(sdps).without(lambda event: event.number in left_out)
    assert STORY.keeping(smaller.kept) == smaller
    assert story_from(smaller.as_json(), None) == smaller


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("days", "'days' keeps nothing"),
        ("hours=3", "'hours=3' keeps nothing"),
        ("days=0", "20 days were drawn"),
        ("days=21", "20 days were drawn"),
        ("sdps=", "keeps no SDP"),
        ("sdps=12", "lies beyond 0 to 11"),
        ("sdps=5-3", "lies beyond 0 to 11"),
        ("sdps=a", "'a' is no number"),
        ("events=9999", "lies beyond"),
    ],
)
def test_words_that_make_no_sense_are_refused(kept: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        STORY.keeping(kept)


@pytest.mark.parametrize(("numbers", "text"), [([], ""), ([4], "4"), ([1, 2, 3, 7, 9, 10], "1-3,7,9-10")])
def test_numbers_are_told_in_spans(numbers: list[int], text: str) -> None:
    assert spans(numbers) == text


def test_whoever_a_file_set_names_is_registered(cast: Cast, tmp_path: Path) -> None:
    """A loader may refuse a retailer or an AMI operator of whom the MDM/R was told nothing."""
    play(cast, drawn(6, 1, 3), tmp_path, lambda: None)
    journal = (tmp_path / JOURNAL).read_text()
    registered = set(re.findall(r'"id": ?"(ORG\d+)"', journal))
    named = set(re.findall(r"(?:AO|BA|CC|ES)\|\d+\|(ORG\d+)\|", journal))
    assert len(named) > 2
    assert named <= registered
