"""Text from elsewhere is shown as it is or by a visible stand-in; instants as people write them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.report.text import clipped, counted, cut, day_and_time, in_spans, printable, spoken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, é and ✓", "plain, é and ✓"),
        ("a\nb\tc", "a\nb\tc"),
        ("\x00\x1b\r", "␀␛␍"),
        ("\x7f\x85", "␡[U+0085]"),
        ("\u202eabc\u2066", "[U+202E]abc[U+2066]"),
        ("\ud800", "[U+D800]"),
        ("\uffff\ufeff", "[U+FFFF][U+FEFF]"),
        ("a\u200bb", "a[U+200B]b"),
    ],
)
def test_what_cannot_be_shown_has_a_stand_in(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(max_codepoint=sys.maxunicode)))
def test_whatever_is_printable_stays_as_it_is_and_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    shown.encode()


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (12345, "12,345 entries")]
)
def test_a_number_stands_with_its_noun(number: int, shown: str) -> None:
    assert counted(number, "entry", "entries") == shown


def test_a_cut_text_says_how_much_is_left_out() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcdef… (1 more characters)"


def test_a_clipped_text_is_no_longer_than_its_place() -> None:
    assert clipped("abcdef", 6) == "abcdef"
    assert clipped("abcdefg", 6) == "abcde…"


def test_an_instant_is_said_with_its_weekday_and_est() -> None:
    assert spoken("2011-01-10T08:00:00-05:00") == "Mon 10 Jan 2011 08:00:00 EST"
    assert day_and_time("2011-12-31T23:59:59-05:00") == ("Sat 31 Dec 2011", "23:59:59")


def test_a_text_that_is_no_instant_is_said_as_it_is() -> None:
    assert spoken("yesterday") == "yesterday"


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ([], ""),
        (["class FTS", "25 rules that bind the CIS alone"], "class FTS, 25 rules that bind the CIS alone"),
        (["rule FTS-01", "rule FTS-02"], "rule FTS-01, rule FTS-02"),
        (["rule FTS-09", "rule FTS-10", "rule FTS-11", "rule SYN-01"], "rules FTS-09 to FTS-11, rule SYN-01"),
        (["rule FTS-01", "rule FTS-03", "rule SYN-04"], "rule FTS-01, rule FTS-03, rule SYN-04"),
    ],
)
def test_rules_that_follow_one_another_are_told_as_a_span(names: list[str], phrase: str) -> None:
    assert in_spans(names) == phrase
