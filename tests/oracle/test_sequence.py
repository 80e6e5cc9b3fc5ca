"""The oracle's sequence of sets, against timelines worked out by hand.

A timeline is written as `minute:what` in order: `7` is set 7 whole, `7-` all its files but the last, `7+` that last
file. Sets are called by their number, with a letter where there are several of one: `8b`.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from harness.interface.instants import Instant, instant, later
from harness.oracle.sequence import MANDATORY, Arrival, Ending, Fate, Manifest, Segment, SetName, follow

START = instant("2011-01-10T08:00:00-05:00")
HOUR = timedelta(minutes=60)
SEGMENTS = tuple(Segment(file_no, "01") for file_no in MANDATORY)
WORD = re.compile(r"(\d+):(\d+)([a-z]?)([-+]?)")


def at(minute: int) -> Instant:
    return later(START, minutes=minute)


def set_name(word: str, ldc: str = "LDC1") -> SetName:
    return SetName(ldc, ldc, "4000", word)


def arrivals_of(timeline: str, ldc: str = "LDC1") -> list[Arrival]:
    arrivals = []
    for minute, number, letter, part in WORD.findall(timeline):
        manifest = Manifest(int(number), frozenset(SEGMENTS[1:]))
        segments = {"": SEGMENTS, "-": SEGMENTS[:-1], "+": SEGMENTS[-1:]}[part]
        arrivals += [
            Arrival(at(int(minute)), set_name(number + letter, ldc), each, manifest if each.file_no == "00" else None)
            for each in segments
        ]
    return arrivals


def told(endings: list[Ending]) -> str:
    """Endings as `minute:set fate`; without the minute for what still waits."""
    minutes = ["" if each.at is None else f"{int((each.at - START).total_seconds()) // 60}:" for each in endings]
    return ", ".join(f"{minute}{each.set.tx_id} {each.fate}" for minute, each in zip(minutes, endings, strict=True))


@pytest.mark.parametrize(
    ("timeline", "until", "expected"),
    [
        ("0:7", 0, "0:7 processed"),
        ("0:7 0:8 0:9", 0, "0:7 processed, 0:8 processed, 0:9 processed"),
        ("0:7- 20:7+", 19, "7 incomplete"),
        ("0:7- 20:7+", 20, "20:7 processed"),
        ("0:8 10:7", 9, "8 held"),
        ("0:8 10:7", 90, "10:7 processed, 10:8 processed"),
        ("0:9 1:8 2:10 3:7", 90, "3:7 processed, 3:8 processed, 3:9 processed, 3:10 processed"),
        ("0:8 59:7", 90, "59:7 processed, 59:8 processed"),
        ("0:8", 59, "8 held"),
        ("0:8", 60, "60:8 rejected"),
        ("0:7-", 60, "60:7 rejected"),
        ("0:7- 59:7+", 90, "59:7 processed"),
        ("0:8 61:7", 90, "60:8 rejected, 61:7 processed"),
        ("0:8 20:9 61:7 62:8b", 90, "60:8 rejected, 61:7 processed, 62:8b processed, 62:9 processed"),
        ("0:8 20:9", 90, "60:8 rejected, 80:9 rejected"),
        ("0:7 10:7b", 90, "0:7 processed, 10:7b dropped"),
        ("0:8 1:8b- 2:7", 90, "2:7 processed, 2:8 processed, 2:8b dropped"),
        ("0:7 10:7 20:7+", 90, "0:7 processed"),
        ("0:7- 5:7- 10:7+", 90, "10:7 processed"),
        ("0:8 60:8+", 60, "60:8 rejected"),
        ("0:8 70:7 80:8", 90, "60:8 rejected, 70:7 processed, 80:8 processed"),
    ],
    ids=[
        "in turn",
        "several in one moment",
        "not complete yet",
        "complete with its last file",
        "held",
        "released by its predecessor",
        "released in sequence, not in the order of arrival",
        "the predecessor comes in the last minute",
        "the 59th minute",
        "the 60th minute, out of sequence",
        "the 60th minute, incomplete",
        "the last file comes in the last minute",
        "the predecessor comes too late",
        "a rejected set sent anew, and its successor on its own clock",
        "each on its own clock",
        "a number used before",
        "a number used while an incomplete set had it too",
        "a set and a segment repeated after the end",
        "segments repeated before the end",
        "a segment repeated at the deadline",
        "a rejected set sent again under its TX_ID",
    ],
)
def test_sets_end_as_worked_out_by_hand(timeline: str, until: int, expected: str) -> None:
    assert told(follow(arrivals_of(timeline), {"LDC1": 7}, HOUR, at(until))) == expected


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_files_at_one_moment_means_nothing(order: int) -> None:
    arrivals = arrivals_of("0:9 1:7 1:8 1:10")[::order]
    expected = "1:7 processed, 1:8 processed, 1:9 processed, 1:10 processed"
    assert told(follow(arrivals, {"LDC1": 7}, HOUR, at(90))) == expected


def test_a_set_that_does_not_load_leaves_its_number_and_its_successors_waiting() -> None:
    endings = follow(arrivals_of("0:8 5:7 10:7b"), {"LDC1": 7}, HOUR, at(90), faulty={set_name("7")})
    assert told(endings) == "5:7 not loaded, 10:7b processed, 10:8 processed"


def test_ldcs_do_not_wait_for_each_other() -> None:
    arrivals = arrivals_of("0:8") + arrivals_of("10:3 20:4", "LDC2")
    endings = follow(arrivals, {"LDC1": 7, "LDC2": 3}, HOUR, at(60))
    assert told(endings) == "10:3 processed, 20:4 processed, 60:8 rejected"


@pytest.mark.parametrize(
    "listed",
    [SEGMENTS[1:-1], (*SEGMENTS[1:-1], Segment("05", "02"))],
    ids=["a mandatory file is not listed", "segment 01 of a file is not listed"],
)
def test_a_set_whose_manifest_lists_too_little_is_never_complete(listed: tuple[Segment, ...]) -> None:
    manifest = Manifest(7, frozenset(listed))
    segments = [SEGMENTS[0], *SEGMENTS[1:], *listed]
    arrivals = [Arrival(at(0), set_name("7"), each, manifest if each.file_no == "00" else None) for each in segments]
    assert [ending.fate for ending in follow(arrivals, {"LDC1": 7}, HOUR, at(90))] == [Fate.REJECTED]


def test_gaps_in_segment_numbers_are_waited_for_as_listed() -> None:
    listed = [*SEGMENTS[1:], Segment("02", "03"), Segment("02", "07"), Segment("07", "01")]
    manifest = Manifest(7, frozenset(listed))
    arrivals = [Arrival(at(0), set_name("7"), SEGMENTS[0], manifest)]
    arrivals += [Arrival(at(minute), set_name("7"), each) for minute, each in enumerate(listed)]
    assert told(follow(arrivals, {"LDC1": 7}, HOUR, at(90))) == "7:7 processed"


def test_of_a_manifest_that_comes_twice_the_first_stands() -> None:
    first, second = (Manifest(number, frozenset(SEGMENTS[1:])) for number in (8, 7))
    arrivals = [Arrival(at(0), set_name("8"), SEGMENTS[0], first), Arrival(at(1), set_name("8"), SEGMENTS[0], second)]
    arrivals += [Arrival(at(2), set_name("8"), each) for each in SEGMENTS[1:]]
    assert told(follow(arrivals, {"LDC1": 7}, HOUR, at(3))) == "8 held"
