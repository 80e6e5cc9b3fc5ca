"""Large sets: what needs no thought is told by columns, and only the rest is left to `synchronization`.

Most of what a large set says either is on record already, and changes nothing, or is the first that is ever said of an
attribute. Such news cannot fail: nothing held before that could clash with it. Both are seen at a glance, attribute by
attribute, and without an object for each of the millions of them. What comes of a set is the same either way.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from harness.interface.instants import Day
from harness.interface.set_records import (
    BEGINNING,
    CHANNEL_TO_CHANNEL,
    SDP_TO_METER,
    About,
    Entity,
    StatementColumns,
    Statements,
)
from reference_impl.repository.master_directory import History, MasterDirectory, State
from reference_impl.repository.staging_table_loader import Staged, StagedSet

LARGE = 20_000
"""From how many statements on a set is large."""

Said: TypeAlias = tuple[Day, Day | None, str | None]
"""Start, end and value of a statement; no value where there is none."""

_ALIKE = 2**15
"""So many histories of an attribute are held once, however many have them."""
_STATE: Callable[[Iterable[Any]], State] = functools.partial(tuple.__new__, State)


class News:
    """What a set says that nothing was said of before: by whose it is, the first histories of attributes, a state each.

    Whose they are stands in the order in which the set says it: to follow it is much faster than any other order. The
    attributes of one stand in the order of their names.
    """

    def __init__(self) -> None:
        self.assets: dict[Entity, dict[str, dict[str, History]]] = {}

    def __len__(self) -> int:
        return sum(len(attributes) for assets in self.assets.values() for attributes in assets.values())


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
    news = News()
    for entity, attributes in by_entity.items():
        rows = _Rows(attributes)
        _sort_out(entity, rows, staged, directory, extracted if periodic_audit else None, news, thought)
    return SortedOut(news, tuple(said.matching(thought)))


class _Rows:
    """What is said of the assets of an entity: a row for each, and in it a span and value for each attribute.

    The value is None where nothing is said. The row of an asset is looked up once for each record, whatever the number
    of attributes that the record tells of, and not even that where records stand in the order of the rows.
    """

    def __init__(self, attributes: Mapping[str, Sequence[StatementColumns]]) -> None:
        self.attributes = sorted(attributes)
        every = (columns.identifiers for several in attributes.values() for columns in several)
        of_records = {id(identifiers): identifiers for identifiers in every}
        self.assets = list(dict.fromkeys(chain.from_iterable(of_records.values())))
        places = {identifier: place for place, identifier in enumerate(self.assets)}
        self._places = {
            key: [*map(places.__getitem__, each)] for key, each in of_records.items() if each != self.assets
        }
        self._columns = [self._column(attributes[name]) for name in self.attributes]

    def _column(self, several: Sequence[StatementColumns]) -> Iterator[Said]:
        if len(several) == 1 and id(several[0].identifiers) not in self._places:
            return zip(several[0].starts, several[0].ends, several[0].values, strict=True)
        starts: list[Day] = [BEGINNING] * len(self.assets)
        ends: list[Day | None] = [None] * len(self.assets)
        values: list[str | None] = [None] * len(self.assets)
        for columns in several:
            rows = zip(columns.starts, columns.ends, columns.values, strict=True)
            places = self._places.get(id(columns.identifiers), range(len(self.assets)))
            for place, (start, end, value) in zip(places, rows, strict=True):
                starts[place], ends[place], values[place] = start, end, value
        return zip(starts, ends, values, strict=True)

    def __iter__(self) -> Iterator[tuple[str, tuple[Said, ...]]]:
        """Each asset with its row; once."""
        return zip(self.assets, zip(*self._columns, strict=True), strict=True)


def _sort_out(
    entity: Entity,
    rows: _Rows,
    staged: StagedSet,
    directory: MasterDirectory,
    extracted: Day | None,
    news: News,
    thought: dict[About, set[str]],
) -> None:
    """Add the news of an entity, and note what needs thought.

    :param extracted: the day of the extract of a P-Sync, None for an I-Sync.
    """
    kept: dict[str, dict[Said, History]] = {name: {} for name in rows.attributes}
    attributes = [(name, thought.setdefault((entity, name), set()), kept[name]) for name in rows.attributes]
    assets = news.assets.setdefault(entity, {})
    for identifier, row in rows:
        found: dict[str, History] = {}
        held = directory.attributes_of(entity, identifier)
        has_asset = extracted is None or entity != "sdp" or identifier in staged.sdps
        for (attribute, others, alike), said in zip(attributes, row, strict=True):
            _, end, value = said
            if value is None or identifier in others:
                continue
            before = held.get(attribute)
            if before and said in before:
                continue
            is_news = not before and has_asset and (end is None or extracted is None or end > extracted)
            if is_news and (attribute != SDP_TO_METER or value not in directory.sdps_of_meter):
                history = alike.get(said)
                if history is None:
                    history = (_STATE(said),)
                    if len(alike) < _ALIKE:
                        alike[said] = history
                found[attribute] = history
            else:
                others.add(identifier)
        if found:
            assets[identifier] = found
