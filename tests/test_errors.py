"""Errors for people: what, where, what was expected, and what to do."""

from __future__ import annotations

import pytest

from harness.errors import ConformError, InputError, UsageError, nearest


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InputError("is empty"), "is empty"),
        (InputError("is empty", where="a.toml"), "a.toml: is empty"),
        (UsageError("no system 'x'", expected="reference"), "no system 'x'\n  expected: reference"),
        (
            UsageError("no tag 'FTX'", where="--select 'FTX'", expected="an area", remedy="did you mean FTS?"),
            "--select 'FTX': no tag 'FTX'\n  expected: an area\n  did you mean FTS?",
        ),
    ],
)
def test_an_error_says_where_what_and_what_would_have_been_right(error: ConformError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("USPD", "did you mean USDP?"),
        ("usdp", "did you mean USDP?"),
        ("Seq-1", "did you mean SEQ-01?"),
        ("kept-for-year", "did you mean kept-for-years?"),
        ("nothing like it", ""),
        ("", ""),
    ],
)
def test_the_nearest_spelling_is_hinted_at(word: str, hint: str) -> None:
    assert nearest(word, ["FTS", "USDP", "SEQ-01", "kept-for-years"]) == hint


def test_at_most_three_spellings_are_hinted_at_whatever_their_order() -> None:
    known = ["name", "names", "named", "namer"]
    hints = {nearest("nam", order) for order in (known, known[::-1], dict.fromkeys(known))}
    assert len(hints) == 1
    assert hints.pop().count(" or ") == 2


def test_of_all_that_are_near_the_one_that_differs_by_noughts_alone_is_meant() -> None:
    assert nearest("amb-5", ["AMB-57", "AMB-05", "AMB-50"]) == "did you mean AMB-05?"
    assert nearest("AMB-007", ["AMB-07", "AMB-70"]) == "did you mean AMB-07?"
