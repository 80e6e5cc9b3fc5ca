"""Excerpts: the first lines of a file or those around the line in question, and how much there is beyond them."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from harness.report.excerpt import WHOLE_BYTES, Gap, Line, evidence, excerpt

LONG = b"".join(b"DT|%d\r\n" % number for number in range(1, 1001))


def shown(content: bytes, marked: int | None = None, room: int = 4096) -> list[str]:
    parts = excerpt(content, marked=marked, room=room).parts
    return [part.text if isinstance(part, Gap) else f"{part.number}{'*' * part.marked} {part.text}" for part in parts]


def test_a_short_file_is_shown_whole() -> None:
    assert shown(b"FN|a\r\nFH|b\r\n") == ["1 FN|a", "2 FH|b"]


def test_a_long_file_shows_40_lines_and_how_many_more_there_are() -> None:
    lines = shown(LONG)
    assert lines[0] == "1 DT|1"
    assert lines[-2:] == ["40 DT|40", "… 960 more lines"]


def test_a_line_in_question_far_down_is_shown_with_its_neighbours() -> None:
    lines = shown(LONG, marked=500)
    assert lines[:6] == ["1 DT|1", "2 DT|2", "3 DT|3", "… 488 more lines", "492 DT|492", "493 DT|493"]
    assert "500* DT|500" in lines
    assert lines[-1] == "… 472 more lines"


def test_the_last_line_can_be_the_one_in_question() -> None:
    assert shown(LONG, marked=1000)[-1] == "1000* DT|1000"


def test_a_line_in_question_that_the_file_does_not_have_marks_none() -> None:
    assert [line for line in shown(LONG, marked=1001) if "*" in line] == []


def test_where_room_is_short_the_line_in_question_comes_first() -> None:
    assert shown(LONG, marked=30, room=1) == ["… 29 more lines", "30* DT|30", "… 970 more lines"]


def test_a_long_line_is_cut_and_says_by_how_much() -> None:
    (line,) = shown(b"x" * 5000, room=1)
    assert line == f"1 {'x' * 400}… (4,600 more bytes)"


def test_bytes_that_are_not_ascii_are_shown_by_their_numbers() -> None:
    assert shown(b"\xef\xbb\xbfFN|\xe9\x00\x1b\t") == ["1 \\xef\\xbb\\xbfFN|\\xe9␀␛␉"]


def test_the_ends_of_the_lines_are_told() -> None:
    assert excerpt(b"a\r\nb\r\n").described == "6 bytes, 2 lines, CRLF"
    assert excerpt(b"a\nb\n").described == "4 bytes, 2 lines, LF"
    assert excerpt(b"a\r\nb\n").described == "5 bytes, 2 lines, LF and CRLF mixed"
    assert excerpt(b"a\nb").described == "3 bytes, 2 lines, LF, the last one without an end"
    assert excerpt(b"").described == "empty"


def test_a_carriage_return_within_a_line_is_seen() -> None:
    assert shown(b"a\rb\r\n") == ["1 a␍b"]


def test_evidence_is_whole_up_to_64_kib_long_lines_too() -> None:
    content = b"x" * 5000 + b"\n" + LONG
    assert len(content) < WHOLE_BYTES
    parts = evidence(content, marked=900).parts
    assert [part.text for part in parts] == ["x" * 5000, *(f"DT|{number}" for number in range(1, 1001))]
    assert [part.number for part in parts if isinstance(part, Line) and part.marked] == [900]


def test_of_a_larger_file_100_lines_around_the_one_in_question_are_evidence_with_its_hash() -> None:
    content = LONG * 9
    assert len(content) > WHOLE_BYTES
    found = evidence(content, marked=4000)
    numbers = [part.number for part in found.parts if isinstance(part, Line)]
    assert len(numbers) == 100
    assert {1, 2, 3, 3980, 4000, 4076} <= set(numbers)
    assert found.described.endswith(f", 9,000 lines, CRLF, SHA-256 {hashlib.sha256(content).hexdigest()}")


@given(st.binary(max_size=300), st.none() | st.integers(1, 20), st.integers(0, 200))
def test_whatever_is_shown_every_line_is_accounted_for(content: bytes, marked: int | None, room: int) -> None:
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    parts = excerpt(content, marked=marked, room=room).parts
    left_out = sum(int(part.text.split()[1].replace(",", "")) for part in parts if isinstance(part, Gap))
    kept = [part.number for part in parts if isinstance(part, Line)]
    assert len(kept) + left_out == len(lines)
    assert kept == sorted(kept)
