"""Large sets: what needs no thought is told by columns, and only the rest is left to `synchronization`.

Most of what a large set says either is on record already, and changes nothing, or is the first that is ever said of an
attribute. Such news cannot fail: nothing held before that could clash with it. Both are seen at a glance, attribute by
attribute, and without an object for each of the millions of them. What comes of a set is the same either way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeAlias

from harness.interface.instants import Day
from harness.interface.set_records import (
    CHANNEL_TO_CHANNEL,
    SDP_TO_METER,
    About,
    Entity,
    StatementColumns,
    Statements,
)
from reference_impl.repository.first_states import FirstStates, StateColumns, gathered, joined, scattered, without
from reference_impl.repository.master_directory import History, MasterDirectory
from reference_impl.repository.staging_table_loader import Staged, StagedSet

LARGE = 20_000
"""From how many statements on a set is large."""

News: TypeAlias = Mapping[Entity, FirstStates]
"""What a set says that nothing was said of before, by the kind of thing that it is said of."""


def number_of_news(news: News) -> int:
    """How many attributes get their first state."""
    return sum(map(len, news.values()))


class SortedOut(NamedTuple):
    """A large set: its news, and what needs thought."""

    news: News
    rest: Sequence[Staged]


def sorted_out(staged: StagedSet, directory: MasterDirectory, extracted: Day, *, periodic_audit: bool) -> SortedOut:
    """Tell news and what is on record already from what needs thought.

    Thought needs: what changes a history, or is one of several things said of an attribute; what makes a virtual SDP;
    a meter that was an SDP's before; and in a P-Sync what has ended, and what is said of an SDP without its asset.
    """
    said = Statements.of(staged.values)
    thought = {about: set(identifiers) for about, identifiers in said.repeated.items()}
    by_entity: dict[Entity, dict[str, list[StatementColumns]]] = defaultdict(dict)
    for (entity, attribute), several in said.by_attribute().items():
        if attribute.startswith(CHANNEL_TO_CHANNEL):
            thought[entity, attribute] = {each for columns in several for each in columns.identifiers}
        else:
            by_entity[entity][attribute] = several
    news: dict[Entity, FirstStates] = {}
    for entity, attributes in by_entity.items():
        sorting = _Sorting(entity, _aligned(attributes), staged, directory, extracted if periodic_audit else None)
        found = sorting.news(thought)
        if found.assets:
            news[entity] = found
    return SortedOut(news, tuple(said.matching(thought)))


def _aligned(attributes: Mapping[str, Sequence[StatementColumns]]) -> FirstStates:
    """What is said of the assets of an entity: a row for each asset, and no state where nothing is said.

    What stands in the order of the rows already is taken as it is, and columns that records share stay shared.
    """
    found: dict[tuple[int, ...], Sequence[Any]] = {}

    def one(several: Sequence[Sequence[Any]]) -> Sequence[Any]:
        key = tuple(map(id, several))
        if key not in found:
            found[key] = several[0] if len(several) == 1 else [*chain.from_iterable(several)]
        return found[key]

    columns = {
        name: (
            one([each.identifiers for each in several]),
            StateColumns(
                one([each.starts for each in several]),
                one([each.ends for each in several]),
                one([each.values for each in several]),
            ),
        )
        for name, several in attributes.items()
    }
    together: list[tuple[Sequence[str], dict[str, StateColumns]]] = []  # columns with the same assets in the same order
    for name, (identifiers, column) in columns.items():
        alike = next((of_alike for others, of_alike in together if others == identifiers), None)
        if alike is None:
            together.append((identifiers, {name: column}))
        else:
            alike[name] = column
    together.sort(key=lambda each: -len(each[0]))
    assets = [*dict.fromkeys(chain.from_iterable(identifiers for identifiers, _ in together))]
    rows = dict(zip(assets, range(len(assets)), strict=True))
    aligned: dict[str, StateColumns] = {}
    for identifiers, alike in together:
        if identifiers == assets:
            aligned |= alike
        else:
            number = len(identifiers)
            places = dict(zip(identifiers, range(number), strict=True))
            aligned |= gathered(alike, number, [*map(places.get, assets, repeat(number))])
    return FirstStates(assets, aligned, rows)


class _Sorting:
    """What a set says of an entity, held to what is on record.

    :param extracted: the day of the extract of a P-Sync, None for an I-Sync.
    """

    def __init__(
        self, entity: Entity, said: FirstStates, staged: StagedSet, directory: MasterDirectory, extracted: Day | None
    ) -> None:
        self._entity = entity
        self._said = said
        self._sdps_of_meter = directory.sdps_of_meter
        self._extracted = extracted
        self._without_asset: Set[int] = frozenset()
        if extracted is not None and entity == "sdp" and not staged.sdps.issuperset(said.assets):
            self._without_asset = {row for row, sdp in enumerate(said.assets) if sdp not in staged.sdps}
        self._held = [first.aligned(said.assets) for first in directory.firsts.get(entity, ())]
        self._histories: dict[str, dict[int, History]] = defaultdict(dict)
        for identifier, histories in directory.assets.get(entity, {}).items():
            row = said.rows.get(identifier)
            if row is not None:
                for attribute, history in histories.items():
                    self._histories[attribute][row] = history

    def news(self, thought: dict[About, set[str]]) -> FirstStates:
        """The news; what needs thought is added to the rest of it."""
        columns: dict[str, StateColumns] = {}
        for attribute, said in self._said.columns.items():
            others = thought.setdefault((self._entity, attribute), set())
            known = {self._said.rows[identifier] for identifier in others}
            column, doubtful = self._news_of(attribute, said, known)
            others.update(self._said.assets[row] for row in doubtful)
            if column.number():
                columns[attribute] = column
        return _without_empty_rows(self._said, columns)

    def _news_of(self, attribute: str, said: StateColumns, known: Set[int]) -> tuple[StateColumns, set[int]]:
        """The news of an attribute, and the rows that need thought beside those that are known to."""
        histories = self._histories.get(attribute, {})
        doubtful = {row for row, history in histories.items() if said.row(row) not in history}
        no_news = self._ended(said.ends) | self._without_asset | self._meters_in_use(attribute, said)
        held = joined([columns[attribute] for columns in self._held if attribute in columns])
        if held is None:
            left_out = no_news | histories.keys() | known
            return without(said, left_out) if left_out else said, doubtful | (no_news - histories.keys())
        news = []
        for row in said.differing(held):
            if said.values[row] is None or row in histories:
                continue
            if held.values[row] is not None or row in no_news:
                doubtful.add(row)
            elif row not in known:
                news.append(row)
        if not news:
            return StateColumns((), (), ()), doubtful
        return scattered(len(self._said.assets), news, said.chosen(news)), doubtful

    def _ended(self, ends: Sequence[Day | None]) -> Set[int]:
        """The rows of what a P-Sync says to have ended by the extract."""
        extracted = self._extracted
        if extracted is None or all(end is None or end > extracted for end in {*ends}):
            return frozenset()
        return {row for row, end in enumerate(ends) if end is not None and end <= extracted}

    def _meters_in_use(self, attribute: str, said: StateColumns) -> Set[int]:
        """The rows with a meter that was an SDP's before."""
        if attribute != SDP_TO_METER or self._sdps_of_meter.keys().isdisjoint(filter(None, said.values)):
            return frozenset()
        return {row for row, meter in enumerate(said.values) if meter in self._sdps_of_meter}


def _without_empty_rows(said: FirstStates, columns: Mapping[str, StateColumns]) -> FirstStates:
    """Some columns, and of the assets those alone that have a state in one of them."""
    empty: Sequence[int] = range(len(said.assets))
    for column in columns.values():
        empty = [row for row in empty if column.values[row] is None]
    if not empty:
        return FirstStates(said.assets, columns, said.rows)
    gone = {*empty}
    return FirstStates(said.assets, columns, said.rows).chosen([row for row in said.rows.values() if row not in gone])
