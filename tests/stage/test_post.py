"""The post between two sides: what becomes of a letter, and of which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.interface.instants import Instant, instant, later
from harness.stage import post
from harness.stage.post import Letter, Order, Post, Treatment
from harness.suite.verdicts import Unmet

EIGHT = instant("2011-01-10T08:00:00-05:00")
CONTENT = b"FN|n\r\nDT|one\r\nDT|two\r\nEF|2\r\n"
CUT = b"FN|n\r\nDT|one\r\nDT|t"
WHOLE = Letter("cis", "ORG1.ORG1.2000.01.20110110080000.DAT", CONTENT, EIGHT, later(EIGHT, minutes=10))


def at(minutes: int) -> Instant:
    return later(EIGHT, minutes=minutes)


def handed_over(treat: Treatment) -> list[tuple[bytes, int]]:
    """What came of a letter: content, and after how many minutes."""
    office = Post()
    office.order(Order(lambda _: True, treat))
    office.take(WHOLE)
    came = []
    for minutes in range(0, 100, 10):
        came += [(letter.content, minutes) for letter in office.hand_over(at(minutes))]
    return came


@pytest.mark.parametrize(
    ("treat", "came"),
    [
        (lambda letter: [letter], [(CONTENT, 10)]),
        (post.lost, []),
        (post.late(30), [(CONTENT, 40)]),
        (post.cut_short, [(CUT, 10)]),
        (post.then_whole(20), [(CUT, 10), (CONTENT, 30)]),
        (post.twice(), [(CONTENT, 10), (CONTENT, 10)]),
        (post.twice(20), [(CONTENT, 10), (CONTENT, 30)]),
        (post.with_content(lambda letter: letter.content[:4]), [(b"FN|n", 10)]),
    ],
)
def test_a_letter_becomes_what_was_ordered(treat: Treatment, came: list[tuple[bytes, int]]) -> None:
    assert handed_over(treat) == came


@pytest.mark.parametrize(
    ("content", "cut"),
    [(b"FN|n\r\nDT|one\r\n", b"FN|n\r\nDT|o"), (b"FN|no end", b"FN|n"), (b"EF|0\r\n", b""), (b"", b"")],
)
def test_whatever_its_content_a_letter_can_be_cut_short(content: bytes, cut: bytes) -> None:
    assert [letter.content for letter in post.cut_short(replace(WHOLE, content=content))] == [cut]


def test_an_order_is_about_the_next_letters_that_it_concerns_and_no_others() -> None:
    office = Post()
    office.order(Order(lambda letter: letter.file_type == "2000", post.lost))
    other = replace(WHOLE, name="ORG1.ORG1.IR01.00.20110110080000.DAT")
    for letter in (other, WHOLE, replace(WHOLE, content=b"next")):
        office.take(letter)
    assert [letter.content for letter in office.hand_over(at(10))] == [other.content, b"next"]


def test_of_two_orders_about_a_letter_the_earlier_is_carried_out_and_then_the_other() -> None:
    office = Post()
    office.order(Order(lambda _: True, post.lost))
    office.order(Order(lambda _: True, post.cut_short))
    for _ in range(3):
        office.take(WHOLE)
    assert [letter.content for letter in office.hand_over(at(10))] == [CUT, CONTENT]


def test_nothing_is_handed_over_before_it_is_due() -> None:
    office = Post()
    office.take(WHOLE)
    assert office.next_due == at(10)
    assert office.hand_over(later(at(10), seconds=-1)) == []
    assert office.hand_over(at(10)) == [WHOLE]
    assert office.next_due is None


def test_an_order_that_waits_in_vain_is_noticed() -> None:
    office = Post()
    office.order(Order(lambda _: True, post.lost, 2))
    office.take(WHOLE)
    with pytest.raises(Unmet, match="the post was told what to do with, 1 more"):
        office.check_carried_out()
    office.take(WHOLE)
    office.check_carried_out()


@pytest.mark.parametrize(
    ("name", "file_type", "file_no"),
    [
        ("ORG1.ORG1.4000.00.20110110080000.TX1.03.01.DAT", "4000", "03"),
        ("ORG1.ORG1.2000.01.20110110080000.DAT", "2000", ""),
        ("nonsense", "", ""),
    ],
)
def test_a_letter_is_known_by_its_name(name: str, file_type: str, file_no: str) -> None:
    letter = replace(WHOLE, name=name)
    assert (letter.file_type, letter.file_no) == (file_type, file_no)
