"""A part of a file that fits on a page: its first lines, or those around the line in question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from harness.report.text import counted, printable

LINES_SHOWN = 40
BYTES_SHOWN = 4096
_LONGEST_LINE = 400
_HEAD = 3
"""So many lines of the file's beginning are shown where the line in question lies further down."""
_BEFORE = 8
"""So many lines before the line in question are shown."""


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
    lines = content.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    parts: list[Line | Gap] = []
    for kept in _within(_wanted(len(lines), marked), lines, marked, room):
        if isinstance(kept, tuple):
            parts.append(Gap(f"… {counted(kept[1] - kept[0], 'more line')}"))
        else:
            parts.append(Line(kept + 1, _readable(lines[kept]), kept + 1 == marked))
    return Excerpt(tuple(parts), _described(content, lines))


def _wanted(total: int, marked: int | None) -> list[int]:
    """Indices of the lines to show where there is room, the more important first."""
    if marked is None or marked <= LINES_SHOWN - _BEFORE or marked > total:
        return list(range(min(total, LINES_SHOWN)))
    start = marked - 1 - _BEFORE
    return [*range(_HEAD), *range(max(start, _HEAD), min(total, start + LINES_SHOWN - _HEAD))]


def _within(wanted: Sequence[int], lines: Sequence[bytes], marked: int | None, room: int) -> list[Kept]:
    """The lines for which there is room, with a span for each gap; the line in question comes first of all."""
    chosen: list[int] = []
    for index in sorted(wanted, key=lambda index: index + 1 != marked):
        room -= min(len(lines[index]), _LONGEST_LINE) + 2
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


def _readable(line: bytes) -> str:
    text = line.removesuffix(b"\r")[: _LONGEST_LINE * 4].decode("ascii", "backslashreplace")
    left = len(line) - _LONGEST_LINE
    shown = printable(text[:_LONGEST_LINE]).replace("\t", "␉")
    return shown if left <= 0 else f"{shown}… ({left:,} more bytes)"


def _described(content: bytes, lines: Sequence[bytes]) -> str:
    crlf = sum(line.endswith(b"\r") for line in lines)
    ends = "CRLF" if crlf == len(lines) else "LF" if crlf == 0 else "LF and CRLF mixed"
    last = "" if content.endswith(b"\n") else ", the last one without an end"
    return f"{counted(len(content), 'byte')}, {counted(len(lines), 'line')}, {ends}{last}" if lines else "empty"
