"""A part of a file that fits on a page: its first lines, or those around the line in question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from harness.report.text import counted, printable

LINES_SHOWN = 40
BYTES_SHOWN = 4096
WHOLE_BYTES = 64 * 1024
"""A file of at most so many bytes is shown whole, where it is evidence of a fail."""
_LINES_OF_LARGE = 100
"""So many lines around the one in question are shown of a larger one."""
_LONGEST_LINE = 400
_HEAD = 3
"""So many lines of the file's beginning are shown where the line in question lies further down."""
_BEFORE_OF = 5
"""One of so many lines that are shown stands before the line in question."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number from 1, its text, and whether it is the one in question."""

    number: int
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something left out: how much of it, in words and as a number."""

    text: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a file, and what there is of it in all."""

    parts: tuple[Line | Gap, ...]
    described: str


Kept: TypeAlias = int | tuple[int, int]


def excerpt(content: bytes, *, marked: int | None = None, room: int = BYTES_SHOWN) -> Excerpt:
    """The part of a file that is worth showing.

    :param marked: the number of the line in question.
    :param room: so many bytes, more or less, may be shown; at least one line is.
    """
    lines = _lines(content)
    return _shown(content, lines, _wanted(len(lines), marked, LINES_SHOWN), marked, room, _LONGEST_LINE)


def evidence(content: bytes, *, marked: int | None = None, room: int = WHOLE_BYTES) -> Excerpt:
    """A file that is evidence of a fail: whole up to `WHOLE_BYTES`, beyond that 100 lines, with its SHA-256.

    :param marked: the number of the line in question.
    :param room: so many bytes, more or less, may be shown; at least one line is.
    """
    lines = _lines(content)
    if len(content) <= min(WHOLE_BYTES, room):
        return _shown(content, lines, range(len(lines)), marked, 2 * WHOLE_BYTES, WHOLE_BYTES)
    part = _shown(content, lines, _wanted(len(lines), marked, _LINES_OF_LARGE), marked, room, _LONGEST_LINE)
    return Excerpt(part.parts, f"{part.described}, SHA-256 {hashlib.sha256(content).hexdigest()}")


def _lines(content: bytes) -> list[bytes]:
    lines = content.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    return lines


def _shown(
    content: bytes, lines: Sequence[bytes], wanted: Sequence[int], marked: int | None, room: int, longest: int
) -> Excerpt:
    parts: list[Line | Gap] = []
    for kept in _within(wanted, lines, marked, room, longest):
        if isinstance(kept, tuple):
            parts.append(Gap(f"… {counted(kept[1] - kept[0], 'more line')}"))
        else:
            parts.append(Line(kept + 1, _readable(lines[kept], longest), kept + 1 == marked))
    return Excerpt(tuple(parts), _described(content, lines))


def _wanted(total: int, marked: int | None, most: int) -> list[int]:
    """Indices of at most so many lines to show where there is room, the more important first."""
    before = most // _BEFORE_OF
    if marked is None or marked <= most - before or marked > total:
        return list(range(min(total, most)))
    start = marked - 1 - before
    return [*range(_HEAD), *range(max(start, _HEAD), min(total, start + most - _HEAD))]


def _within(wanted: Sequence[int], lines: Sequence[bytes], marked: int | None, room: int, longest: int) -> list[Kept]:
    """The lines for which there is room, with a span for each gap; the line in question comes first of all."""
    chosen: list[int] = []
    for index in sorted(wanted, key=lambda index: index + 1 != marked):
        room -= min(len(lines[index]), longest) + 2
        if room < 0 and chosen:
            break
        chosen.append(index)
    return with_gaps(sorted(chosen), len(lines))


def with_gaps(chosen: Iterable[int], total: int) -> list[Kept]:
    """Indices in order, with a pair (from, to) for each run of those that are left out."""
    kept: list[Kept] = []
    at = 0
    for index in chosen:
        if index > at:
            kept.append((at, index))
        kept.append(index)
        at = index + 1
    if at < total:
        kept.append((at, total))
    return kept


def _readable(line: bytes, longest: int) -> str:
    text = line.removesuffix(b"\r")[: longest * 4].decode("ascii", "backslashreplace")
    left = len(line) - longest
    shown = printable(text[:longest]).replace("\t", "␉")
    return shown if left <= 0 else f"{shown}… ({left:,} more bytes)"


def _described(content: bytes, lines: Sequence[bytes]) -> str:
    crlf = sum(line.endswith(b"\r") for line in lines)
    ends = "CRLF" if crlf == len(lines) else "LF" if crlf == 0 else "LF and CRLF mixed"
    last = "" if content.endswith(b"\n") else ", the last one without an end"
    return f"{counted(len(content), 'byte')}, {counted(len(lines), 'line')}, {ends}{last}" if lines else "empty"
