"""`recompute.html`: what computing quantities again came to, for people; one file, no network, no scripts.

The page is a template (`templates/recomputation.html.j2`) over `recompute.json`. The same results give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.report.html import environment

WIDTH, HEIGHT = 920, 200
_BOTTOM, _TOP = 40, 18
_SHOWN = 200
_DIFFERING = ("different", "missing", "undue")
_TITLES = {"framing": "Framing structure", "end": "End of the period", "day": "Day", "ldc": "LDC"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the picture of differences: where it stands, how high it is, and what it says."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """Requests that share a value: how many there are, how many differ, and the share of these, in per mille."""

    value: str
    total: int
    differing: int
    permille: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Requests by a value of theirs, those first of which most differ; how many lines were left out."""

    title: str
    lines: Sequence[Line]
    left_out: int


def recomputation_html(document: Mapping[str, Any]) -> bytes:
    """The page of a recomputation, in UTF-8."""
    by = document["by"]
    breakdowns = [_breakdown(_TITLES[name], by[name]) for name in ("ldc", "framing", "end") if by[name]]
    page = environment().get_template("recomputation.html.j2")
    return page.render(
        document=document,
        kind={0: "held", 1: "violated"}.get(document["exit_code"], "open"),
        columns=_columns(document["sizes"]),
        width=WIDTH,
        height=HEIGHT,
        breakdowns=breakdowns,
        days=document["by"]["day"],
    ).encode()


def _breakdown(title: str, rows: Sequence[Mapping[str, Any]]) -> Breakdown:
    lines = []
    for row in rows:
        counts = {name: count for name, count in row.items() if name != "value" and count}
        total, differing = sum(counts.values()), sum(counts.get(name, 0) for name in _DIFFERING)
        lines.append(Line(row["value"] or "not known", total, differing, differing * 1000 // max(1, total), counts))
    lines.sort(key=lambda line: (-line.differing, line.value))
    return Breakdown(title, lines[:_SHOWN], max(0, len(lines) - _SHOWN))


def _columns(sizes: Mapping[str, int]) -> list[Column]:
    """Differences by sign and number of digits, from far below to far above."""
    if not sizes:
        return []
    digits = max(int(key[1:]) for key in sizes)
    keys = [*(f"-{number}" for number in range(digits, 0, -1)), *(f"+{number}" for number in range(1, digits + 1))]
    most, wide, room = max(sizes.values()), WIDTH / len(keys), HEIGHT - _BOTTOM - _TOP
    found = []
    for place, key in enumerate(keys):
        count = sizes.get(key, 0)
        high = round(count * room / most, 2)
        lowest, highest = 10 ** (int(key[1:]) - 1), 10 ** int(key[1:]) - 1
        label = f"{key[0]}{lowest:,}"
        sign = "more" if key[0] == "+" else "less"
        told = f"{count} with {lowest:,} to {highest:,} {sign} than computed"
        x = round(place * wide + wide * 0.1, 2)
        found.append(Column(x, round(_TOP + room - high, 2), round(wide * 0.8, 2), high, label, count, told))
    return found
