"""The timeline picture: parties as lanes, files as arrows to and from the MDM/R's lane, in the order of their instants.

Laid out here in pixels; the page draws it as SVG. Time runs downwards; rows are equally far apart, whatever time lies
between them, so that a minute and a month can stand in one picture. The many files of a set share an arrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from harness.report.excerpt import with_gaps
from harness.report.story import REPOSITORY, FilePassed, Party, Story, Trouble
from harness.report.text import clipped, counted, day_and_time, spoken

ROWS_SHOWN = 20
_TIMES = 92
_LANE = 176
_MARGIN = 64
_HEADER = 46
_ROW = 30
_DAY = 24
_LONGEST_ALIAS = 24
_MOST_LANES = 8
_OF_ONE_ARROW = 4
"""So many files or more of one type that pass at once, one way, share an arrow."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody's lane: where it stands, and what is written above it."""

    x: int
    name: str
    below: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the picture.

    :param kind: ``day``, ``file``, ``trouble``, ``gap`` or ``end``.
    :param start: where an arrow begins; `end` where its head is.
    """

    kind: str
    y: int
    time: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    text_x: int = 0
    marked: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline, ready to be drawn."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]
    told: str

    @property
    def right(self) -> int:
        """Where the repository's lane stands."""
        return self.lanes[-1].x


def picture(story: Story, marked: str | None = None) -> Picture | None:
    """Lay out a story; None where nothing passed.

    :param marked: the name of the file in question.
    """
    if not story.events:
        return None
    lanes = _lanes(story)
    rows = tuple(_Layout(lanes, marked).rows(story))
    right = lanes[REPOSITORY].x
    told = " ".join(row.told for row in rows if row.told)
    return Picture(right + _MARGIN, rows[-1].y + _ROW // 2, tuple(dict.fromkeys(lanes.values())), rows, told)


def _lanes(story: Story) -> dict[str, Lane]:
    """The lane of each party by its id: those between whom files pass first, the last of many together in one."""
    active = dict.fromkeys(file.party for file in story.files)
    parties: list[Party] = list(active) + [party for party in story.parties if party not in active]
    alone = parties if len(parties) <= _MOST_LANES else parties[: _MOST_LANES - 1]
    others = parties[len(alone) :]
    places = count(_TIMES + _MARGIN // 2 + 12, _LANE)
    lanes = {
        party.id: Lane(
            next(places), clipped(party.alias, _LONGEST_ALIAS), party.id if party.alias != party.id else party.kind
        )
        for party in alone
    }
    if others:
        lanes |= dict.fromkeys((party.id for party in others), Lane(next(places), counted(len(others), "other"), ""))
    lanes[REPOSITORY] = Lane(next(places), REPOSITORY, "counterpart")
    lanes[story.under_test] = replace(lanes[story.under_test], below="system under test")
    return lanes


@dataclass(slots=True)
class _Layout:
    """Places the rows one below the other, and opens each day with a row of its own."""

    lanes: dict[str, Lane]
    marked: str | None
    y: int = _HEADER
    day: str = ""

    def rows(self, story: Story) -> Iterator[Row]:
        arrows = list(_arrows(story.events))
        for kept in with_gaps(_chosen(arrows, self.marked), len(arrows)):
            if isinstance(kept, tuple):
                yield self._gap(sum(len(arrow) for arrow in arrows[slice(*kept)]))
            else:
                first = arrows[kept][0]
                yield from self._new_day(first.instant)
                yield self._trouble(first) if isinstance(first, Trouble) else self._files(first, arrows[kept])
        if story.until:
            yield from self._new_day(story.until)
            yield self._end(story.until)

    def _next(self, height: int = _ROW) -> int:
        self.y += height
        return self.y

    def _new_day(self, instant: str) -> Iterator[Row]:
        day, _ = day_and_time(instant)
        if day != self.day:
            self.day = day
            yield Row("day", self._next(_DAY), text=day)

    def _files(self, first: FilePassed, files: Sequence[FilePassed | Trouble]) -> Row:
        party, repository = self.lanes[first.party.id].x, self.lanes[REPOSITORY].x
        start, end = (party, repository) if first.to_repository else (repository, party)
        marked = _holds(files, self.marked)
        several = len(files) > 1
        numbers = f"{first.number}\N{EN DASH}{first.number + len(files) - 1}" if several else str(first.number)
        what = f"{first.label}, {len(files)} files" if several else first.label
        who = f"{first.party.alias} {'submits' if first.to_repository else 'receives'}"
        return Row(
            "file",
            self._next(),
            day_and_time(first.instant)[1],
            f"{numbers} · {what}",
            start,
            end,
            party + 14,
            marked,
            f"{numbers}: {who} {what} at {spoken(first.instant)}{', the file in question' * marked}.",
        )

    def _trouble(self, trouble: Trouble) -> Row:
        who = "counterpart" if self.lanes[trouble.at].below == "counterpart" else "system"
        told = f"The {who} fails ({trouble.kind}) at {spoken(trouble.instant)}."
        time = day_and_time(trouble.instant)[1]
        return Row("trouble", self._next(), time, trouble.kind, end=self.lanes[trouble.at].x, told=told)

    def _gap(self, files: int) -> Row:
        text = f"… {counted(files, 'more file')} …"
        return Row("gap", self._next(), text=text, told=f"{counted(files, 'more file')} not drawn.")

    def _end(self, until: str) -> Row:
        return Row("end", self._next(), day_and_time(until)[1], "watched until here", told=f"Until {spoken(until)}.")


def _arrows(events: Iterable[FilePassed | Trouble]) -> Iterator[Sequence[FilePassed | Trouble]]:
    """Events as they are drawn: each by itself, or the many files of one type that pass at once together."""
    for _, alike in groupby(events, key=_kind):
        found = list(alike)
        if len(found) >= _OF_ONE_ARROW and isinstance(found[0], FilePassed):
            yield found
        else:
            yield from ([event] for event in found)


def _kind(event: FilePassed | Trouble) -> tuple[object, ...]:
    if isinstance(event, Trouble):
        return (event.kind,)
    return event.party.id, event.to_repository, event.label, event.instant


def _holds(files: Iterable[FilePassed | Trouble], name: str | None) -> bool:
    return any(isinstance(file, FilePassed) and file.name == name for file in files)


def _chosen(arrows: Sequence[Sequence[FilePassed | Trouble]], marked: str | None) -> list[int]:
    """Which arrows are drawn: all, or the first, the last, and those of the file in question."""
    total = len(arrows)
    if total <= ROWS_SHOWN:
        return list(range(total))
    named = [index for index, files in enumerate(arrows) if _holds(files, marked)]
    return sorted({*range(ROWS_SHOWN // 2), *range(total - ROWS_SHOWN // 3, total), *named[:4]})
