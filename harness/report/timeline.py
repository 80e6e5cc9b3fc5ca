"""The timeline picture: parties as lanes, files as arrows to and from the MDM/R's lane, in the order of their instants.

What stands where is settled here, in lanes and rows; the page draws it as a list, which on a narrow screen stays one.
Rows are equally far apart, whatever time lies between them, so that a minute and a month can stand in one picture. The
many files of a set share an arrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from harness.report.excerpt import with_gaps
from harness.report.story import REPOSITORY, FilePassed, Party, Story, Trouble
from harness.report.text import clipped, counted, day_and_time

ROWS_SHOWN = 20
FEW_ROWS = 4
"""So many arrows are drawn where there is little room."""
_LONGEST_ALIAS = 24
_MOST_LANES = 8
_OF_ONE_ARROW = 4
"""So many files or more of one type that pass at once, one way, share an arrow."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody's lane: its place from the left, from 1, and what is written above it."""

    place: int
    name: str
    below: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the picture.

    :param kind: ``day``, ``file``, ``trouble``, ``gap`` or ``end``.
    :param lane: the place of the lane that it is about, besides the repository's.
    :param to_repository: whether the arrow points to the repository.
    :param way: from whom to whom.
    :param file: the number of the file, where the row is of one alone.
    """

    kind: str
    time: str = ""
    text: str = ""
    lane: int = 0
    to_repository: bool = False
    way: str = ""
    marked: bool = False
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline, ready to be drawn; the repository's lane is the last."""

    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]


def picture(story: Story, marked: str | None = None, most: int = ROWS_SHOWN) -> Picture | None:
    """Lay out a story; None where nothing passed.

    :param marked: the name of the file in question.
    :param most: so many arrows are drawn, and those of the file in question; of more, the first and the last. Where
        few are, how long the story went on watching is left out, too.
    """
    if not story.events:
        return None
    lanes = _lanes(story)
    return Picture(tuple(dict.fromkeys(lanes.values())), tuple(_Layout(lanes, marked, most).rows(story)))


def _lanes(story: Story) -> dict[str, Lane]:
    """The lane of each party by its id: those between whom files pass first, the last of many together in one."""
    active = dict.fromkeys(file.party for file in story.files)
    parties: list[Party] = list(active) + [party for party in story.parties if party not in active]
    alone = parties if len(parties) <= _MOST_LANES else parties[: _MOST_LANES - 1]
    others = parties[len(alone) :]
    lanes = {
        party.id: Lane(place, clipped(party.alias, _LONGEST_ALIAS), party.id if party.alias != party.id else party.kind)
        for place, party in enumerate(alone, start=1)
    }
    if others:
        lanes |= dict.fromkeys((party.id for party in others), Lane(len(alone) + 1, counted(len(others), "other"), ""))
    lanes[REPOSITORY] = Lane(len(alone) + bool(others) + 1, REPOSITORY, "counterpart")
    lanes[story.under_test] = replace(lanes[story.under_test], below="system under test")
    return lanes


@dataclass(slots=True)
class _Layout:
    """Puts the rows one below the other, and opens each day with a row of its own."""

    lanes: dict[str, Lane]
    marked: str | None
    most: int
    day: str = ""

    def rows(self, story: Story) -> Iterator[Row]:
        arrows = list(_arrows(story.events))
        for kept in with_gaps(_chosen(arrows, self.marked, self.most), len(arrows)):
            if isinstance(kept, tuple):
                yield Row("gap", text=f"… {counted(sum(len(arrow) for arrow in arrows[slice(*kept)]), 'more file')} …")
            else:
                first = arrows[kept][0]
                yield from self._new_day(first.instant)
                yield self._trouble(first) if isinstance(first, Trouble) else self._files(first, arrows[kept])
        if story.until and self.most > FEW_ROWS:
            yield from self._new_day(story.until)
            yield Row("end", day_and_time(story.until)[1], "watched until here")

    def _new_day(self, instant: str) -> Iterator[Row]:
        day, _ = day_and_time(instant)
        if day != self.day:
            self.day = day
            yield Row("day", text=day)

    def _files(self, first: FilePassed, files: Sequence[FilePassed | Trouble]) -> Row:
        several = len(files) > 1
        numbers = f"{first.number}\N{EN DASH}{first.number + len(files) - 1}" if several else str(first.number)
        what = f"{first.label}, {len(files)} files" if several else first.label
        return Row(
            "file",
            day_and_time(first.instant)[1],
            f"{numbers} · {what}",
            self.lanes[first.party.id].place,
            first.to_repository,
            first.way,
            _holds(files, self.marked),
            None if several else first.number,
        )

    def _trouble(self, trouble: Trouble) -> Row:
        who = "counterpart" if self.lanes[trouble.at].below == "counterpart" else "system"
        time = day_and_time(trouble.instant)[1]
        return Row("trouble", time, f"the {who} fails ({trouble.kind})", self.lanes[trouble.at].place)


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


def _chosen(arrows: Sequence[Sequence[FilePassed | Trouble]], marked: str | None, most: int) -> list[int]:
    """Which arrows are drawn: all, or the first, the last, and those of the file in question."""
    total = len(arrows)
    if total <= most:
        return list(range(total))
    named = [index for index, files in enumerate(arrows) if _holds(files, marked)]
    return sorted({*range(most // 2), *range(total - most // 3, total), *named[:4]})
