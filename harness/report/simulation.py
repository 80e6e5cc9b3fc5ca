"""`simulation.html`: a simulation for people; one file, no network, no scripts.

The page is a template (`templates/simulation.html.j2`) over `simulation.json`, with two pictures: the statuses of
responses through the days, and the files that were delivered, by type. The same results give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from harness.interface.profile import load_profile
from harness.port.protocol import Json
from harness.report.html import environment

STATUSES = ("00", "02", "06", "07", "08")
_OTHER = "other"
WIDTH, HEIGHT = 920, 230
_LEFT, _BOTTOM, _TOP = 40, 26, 8
_MOST_BARS = 124
_MEANINGS = {
    "00": "delivered",
    "02": "no data available",
    "06": "sum check threshold",
    "07": "no register read",
    "08": "not the billing agent",
    _OTHER: "other",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a bar: where it stands, how high it is, and the status it counts."""

    x: float
    y: float
    width: float
    height: float
    status: str
    told: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across, or a date below, with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Responses through the days, piled up by status; a bar is a day, or several where there are many.

    :param table: the same in numbers: the days of each bar, and how many responses of each status.
    """

    width: int
    height: int
    pieces: Sequence[Piece]
    table: Sequence[tuple[str, Mapping[str, int]]]
    lines: Sequence[Mark]
    dates: Sequence[Mark]
    legend: Sequence[tuple[str, str, int]]
    days_a_bar: int
    told: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A file type, and how many files of it were delivered."""

    type: str
    title: str
    count: int
    permille: int


def simulation_html(results: Json) -> bytes:
    """The page of a simulation, in UTF-8."""
    titles = {name: known.title for name, known in load_profile(None).file_types.items()}
    bars = _bars(results["delivered"], titles)
    causes = [violation for violation in results["violations"] if violation["follows"] is None]
    firsts = {each["rule"]: each for each in sorted(causes, key=_when, reverse=True)}
    page = environment().get_template("simulation.html.j2")
    return page.render(
        results=results,
        chart=_chart(results["days"]),
        bars=bars,
        broken=sorted(
            (rule for rule in results["rules"] if rule["broken"]), key=lambda rule: _when(firsts[rule["id"]])
        ),
        held=[rule for rule in results["rules"] if not rule["broken"]],
        consequences=[violation for violation in results["violations"] if violation["follows"] is not None],
        of_rule={
            rule["id"]: [violation for violation in causes if violation["rule"] == rule["id"]]
            for rule in results["rules"]
            if rule["broken"]
        },
        texts={rule["id"]: rule["text"] for rule in results["rules"]},
    ).encode()


def _when(violation: Json) -> tuple[int, str]:
    return violation["day"], violation["at"]


def _chart(days: Sequence[Json]) -> Chart | None:
    """Lay out the picture of statuses; None where no day was lived."""
    if not days:
        return None
    days_a_bar = -(-len(days) // _MOST_BARS)
    groups = [days[start : start + days_a_bar] for start in range(0, len(days), days_a_bar)]
    counts = [_counted(group) for group in groups]
    highest = max(1, *(sum(count.values()) for count in counts))
    step, room = _step(highest), HEIGHT - _BOTTOM - _TOP
    top = -(-highest // step) * step
    wide = (WIDTH - _LEFT) / len(groups)
    pieces = []
    for place, (group, count) in enumerate(zip(groups, counts, strict=True)):
        level = 0
        for status in (*STATUSES, _OTHER):
            if number := count[status]:
                high = number * room / top
                level += number
                y = _TOP + room - level * room / top
                told = f"{_span(group)}: {number} with {status}, {_MEANINGS[status]}"
                pieces.append(
                    Piece(
                        round(_LEFT + place * wide, 2), round(y, 2), round(wide * 0.86, 2), round(high, 2), status, told
                    )
                )
    total = sum(counts, Counter[str]())
    legend = [(status, _MEANINGS[status], total[status]) for status in (*STATUSES, _OTHER) if total[status]]
    lines = [Mark(round(_TOP + room - number * room / top, 2), str(number)) for number in range(0, top + 1, step)]
    every = -(-len(groups) // 8)
    dates = [
        Mark(round(_LEFT + place * wide, 2), _short(group[0]["day"]))
        for place, group in enumerate(groups)
        if place % every == 0
    ]
    said = ", ".join(f"{number} with {status} ({meaning})" for status, meaning, number in legend) or "none"
    table = [(_span(group), count) for group, count in zip(groups, counts, strict=True)]
    return Chart(
        WIDTH, HEIGHT, pieces, table, lines, dates, legend, days_a_bar, f"Responses through {len(days)} days: {said}."
    )


def _counted(group: Sequence[Json]) -> Counter[str]:
    count: Counter[str] = Counter()
    for day in group:
        for status, number in day["statuses"].items():
            count[status if status in STATUSES else _OTHER] += number
    return count


def _step(highest: int) -> int:
    """How far lines are apart: 1, 2 or 5 times a power of ten, so that there are four or so."""
    power = 1
    while True:
        for times in (1, 2, 5):
            if highest <= 5 * times * power:
                return times * power
        power *= 10


def _span(group: Sequence[Json]) -> str:
    first, last = group[0]["day"], group[-1]["day"]
    return first if first == last else f"{first} to {last}"


def _short(day: str) -> str:
    there = date.fromisoformat(day)
    return f"{there.day} {there:%b}"


def _bars(delivered: Mapping[str, int], titles: Mapping[str, str]) -> list[Bar]:
    most = max(delivered.values(), default=1)
    return [Bar(name, titles.get(name, ""), count, count * 1000 // most) for name, count in sorted(delivered.items())]
