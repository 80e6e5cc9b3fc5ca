"""The first states of attributes by columns: those of many assets at once, and without an object for each.

A large set says a dozen things or more of each of its assets, and of most of them nothing was said before. What is held
of these is a column of starts, ends and values for each attribute, with a row for each asset, much as the set says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, repeat
from operator import itemgetter, ne
from typing import Any, NamedTuple, TypeAlias

from harness.interface.instants import Day
from harness.interface.set_records import BEGINNING

Said: TypeAlias = tuple[Day, Day | None, str | None]
"""Start, end and value; no value where nothing is said."""
Dated: TypeAlias = tuple[Day, Day | None, str]
_SEVERAL = 2


class StateColumns(NamedTuple):
    """A state in each row: a value from `starts` until `ends`, exclusive. Where the value is None there is no state."""

    starts: Sequence[Day]
    ends: Sequence[Day | None]
    values: Sequence[str | None]

    def chosen(self, rows: Sequence[int]) -> StateColumns:
        """Some of the rows, in the order given."""
        return StateColumns(*map(picker(rows), self))

    def row(self, row: int) -> Said:
        return self.starts[row], self.ends[row], self.values[row]

    def rows(self) -> Iterator[Said]:
        return zip(self.starts, self.ends, self.values, strict=True)

    def differing(self, other: StateColumns) -> list[int]:
        """The rows in which another has something else."""
        every = range(len(self.values))
        differing = [map(ne, one, two) for one, two in zip(self, other, strict=True) if one != two]
        return sorted({row for column in differing for row in compress(every, column)})

    def number(self) -> int:
        """How many rows have a state."""
        return len(self.values) - self.values.count(None)


class FirstStates:
    """The first states of attributes of some assets of one kind, by the names of the attributes in their order.

    :param assets: of which asset each row is, each once.
    :param rows: the row of each.
    """

    def __init__(
        self,
        assets: Sequence[str] = (),
        columns: Mapping[str, StateColumns] | None = None,
        rows: Mapping[str, int] | None = None,
    ) -> None:
        self.assets = assets
        self.columns = {} if columns is None else {name: columns[name] for name in sorted(columns)}
        self.rows = dict(zip(assets, range(len(assets)), strict=True)) if rows is None else rows

    def __len__(self) -> int:
        """How many states there are."""
        return sum(column.number() for column in self.columns.values())

    def state(self, asset: str, attribute: str) -> Dated | None:
        """The state of an attribute, where it has one."""
        column, row = self.columns.get(attribute), self.rows.get(asset)
        if column is None or row is None:
            return None
        return _dated(column.row(row))

    def states_of(self, asset: str) -> Iterator[tuple[str, Dated]]:
        """The attributes of an asset that have a state, in order, and the states."""
        row = self.rows.get(asset)
        if row is not None:
            for name, column in self.columns.items():
                state = _dated(column.row(row))
                if state is not None:
                    yield name, state

    def chosen(self, rows: Sequence[int]) -> FirstStates:
        """Some of the rows, in the order given."""
        return FirstStates(picker(rows)(self.assets), picked(self.columns, rows))

    def aligned(self, assets: Sequence[str]) -> Mapping[str, StateColumns]:
        """The columns with a row for each of some assets, and without a state where nothing is held of one."""
        if assets == self.assets:
            return self.columns
        return gathered(self.columns, len(self.assets), [*map(self.rows.get, assets, repeat(len(self.assets)))])


def _dated(said: Said) -> Dated | None:
    start, end, value = said
    return None if value is None else (start, end, value)


def picker(rows: Sequence[int]) -> Callable[[Sequence[Any]], list[Any]]:
    """What picks some rows of a column, in the order given."""
    if len(rows) < _SEVERAL:
        return lambda column: [column[row] for row in rows]
    first, end = rows[0], rows[0] + len(rows)
    if [*rows] == [*range(first, end)]:
        return lambda column: [*column[first:end]]
    pick = itemgetter(*rows)
    return lambda column: [*pick(column)]


def picked(columns: Mapping[str, StateColumns], rows: Sequence[int]) -> dict[str, StateColumns]:
    """Some rows of columns, in the order given. What columns share stays shared."""
    pick = picker(rows)
    found: dict[int, list[Any]] = {}

    def once(column: Sequence[Any]) -> list[Any]:
        if id(column) not in found:
            found[id(column)] = pick(column)
        return found[id(column)]

    return {name: StateColumns(*map(once, column)) for name, column in columns.items()}


def gathered(columns: Mapping[str, StateColumns], number: int, rows: Sequence[int]) -> dict[str, StateColumns]:
    """Some rows of columns of so many, in the order given; the row after the last stands for one without a state."""
    if number not in rows:
        return picked(columns, rows)
    longer: dict[int, list[Any]] = {}

    def once(column: Sequence[Any], nothing: object) -> list[Any]:
        if id(column) not in longer:
            longer[id(column)] = [*column, nothing]
        return longer[id(column)]

    return picked(
        {
            name: StateColumns(once(starts, BEGINNING), once(ends, None), once(values, None))
            for name, (starts, ends, values) in columns.items()
        },
        rows,
    )


def scattered(number: int, rows: Sequence[int], column: StateColumns) -> StateColumns:
    """So many rows: those of a column where they are to be, and no state elsewhere."""
    starts: list[Day] = [BEGINNING] * number
    ends: list[Day | None] = [None] * number
    values: list[str | None] = [None] * number
    for row, (start, end, value) in zip(rows, column.rows(), strict=True):
        starts[row], ends[row], values[row] = start, end, value
    return StateColumns(starts, ends, values)


def without(column: StateColumns, rows: Iterable[int]) -> StateColumns:
    """A column in which some rows have no state."""
    values = [*column.values]
    for row in rows:
        values[row] = None
    return column._replace(values=values)


def joined(columns: Sequence[StateColumns]) -> StateColumns | None:
    """Columns of one attribute as one, where each row has a state in one of them at most; None where there are none."""
    if not columns:
        return None
    first, *others = columns
    for other in others:
        rows = [row for row, value in enumerate(other.values) if value is not None]
        starts, ends, values = ([*column] for column in first)
        for row in rows:
            starts[row], ends[row], values[row] = other.row(row)
        first = StateColumns(starts, ends, values)
    return first
