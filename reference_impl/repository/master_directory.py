"""The Master Directory: what holds of each SDP, meter and communication module, and when (ISY-01, ISY-02, PSY-02).

An attribute has a history: states one after the other, each with its first day, the first day after it, and a value.
States never overlap, and nothing is ever deleted: what no longer holds is end-dated. Attributes of assets have no
dates; they hold from `BEGINNING` on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import NamedTuple, TypeAlias

from harness.interface.instants import Day
from harness.interface.set_records import BEGINNING, SDP_TO_METER, Entity, Key, Statement
from reference_impl.repository.first_states import FirstStates

__all__ = [
    "BEGINNING",
    "Difference",
    "Entity",
    "History",
    "Key",
    "MasterDirectory",
    "State",
    "differences",
    "end_dated",
    "holds_after",
    "put",
    "taken_together",
    "value_on",
]


class State(NamedTuple):
    """A value and when it holds: from `start` until `end`, exclusive; an `end` of None is open."""

    start: Day
    end: Day | None
    value: str


class Difference(NamedTuple):
    """A span in which another value holds than before; None where none does."""

    start: Day
    end: Day | None
    before: str | None
    after: str | None


History: TypeAlias = tuple[State, ...]


def put(history: History, start: Day, end: Day | None, value: str) -> History:
    """Record a value from a day on.

    A state that starts on that very day is amended: it gets the new value and end. Otherwise states that the new one
    overlaps are cut around it, so that a change in the past rewrites only its own span. An open end lasts until the
    next recorded start: what is not mentioned stays as it was.
    """
    amended = [state for state in history if state.start != start]
    if end is None:
        end = min((state.start for state in amended if state.start > start), default=None)
    kept = [piece for state in amended for piece in _outside(state, start, end)]
    return tuple(sorted([*kept, State(start, end, value)]))


def taken_together(said: Sequence[Statement], history: History) -> History:
    """An attribute's history with all that a set says of it, whatever the order in which it says so.

    The states that are amended give way first. What has no end is the ground on which the rest stands; of that the
    latest goes first, so that the rest of a state which one record cuts is not mistaken for the state that another
    record amends.
    """
    if len(said) == 1 and not history:
        return (State(said[0].start, said[0].end, said[0].value),)
    if all((value.start, value.end, value.value) in history for value in said):
        return history  # it is on record already
    starts = {value.start for value in said}
    taken = tuple(state for state in history if state.start not in starts)
    ground = sorted((value for value in said if value.end is None), key=lambda value: value.start)
    spans = sorted((value for value in said if value.end is not None), key=lambda value: value.start, reverse=True)
    for value in (*ground, *spans):
        end = value.end or min((state.start for state in history if state.start > value.start), default=None)
        taken = put(taken, value.start, end, value.value)
    return taken


def _outside(state: State, start: Day, end: Day | None) -> Iterator[State]:
    """What is left of a state around a span."""
    if state.start < start:
        yield state if state.end is not None and state.end <= start else State(state.start, start, state.value)
    if end is not None and (state.end is None or state.end > end):
        yield state if state.start >= end else State(end, state.end, state.value)


def end_dated(history: History, day: Day) -> History:
    """A history in which nothing holds from a day on."""
    ended = (state if state.end is not None and state.end <= day else state._replace(end=day) for state in history)
    return tuple(state for state in ended if state.end is None or state.start < state.end)


def value_on(history: History, day: Day) -> str | None:
    """The value that holds on a day, or None."""
    for state in history:
        if state.start <= day and (state.end is None or day < state.end):
            return state.value
    return None


def holds_after(history: History, day: Day) -> bool:
    """Whether a value holds on a day or later."""
    return any(state.end is None or state.end > day for state in history)


def differences(before: History, after: History) -> tuple[Difference, ...]:
    """The longest spans in which one history has another value than the other, in order of time."""
    if not before and len(after) == 1:
        (only,) = after
        return (Difference(only.start, only.end, None, only.value),)
    found: list[Difference] = []
    edges = sorted({day for state in (*before, *after) for day in (state.start, state.end) if day is not None})
    for start, end in zip_longest(edges, edges[1:]):
        old, new = value_on(before, start), value_on(after, start)
        if old == new:
            continue
        if found and found[-1].end == start and found[-1][2:] == (old, new):
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Difference(start, end, old, new))
    return tuple(found)


@dataclass(slots=True)
class MasterDirectory:
    """What the Master Directory holds of one LDC.

    :param firsts: by what kind of thing they are of, the first states of attributes that large sets brought; of an
        attribute there is one at most, and it holds as long as there is no history of the attribute.
    :param assets: by what kind of thing it is and which, the histories of its attributes, by their names.
    :param sdps_of_meter: the SDPs that ever had a meter.
    """

    firsts: dict[Entity, list[FirstStates]] = field(default_factory=dict)
    assets: dict[Entity, dict[str, dict[str, History]]] = field(default_factory=dict)
    sdps_of_meter: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def histories(self) -> Mapping[Key, History]:
        """All histories, by their attributes."""
        return {
            Key(entity, identifier, attribute): history
            for entity in dict.fromkeys((*self.firsts, *self.assets))
            for identifier in self.identifiers(entity)
            for attribute, history in self.attributes_of(entity, identifier).items()
        }

    def history(self, key: Key) -> History:
        entity, identifier, attribute = key
        changed = self.changed(entity, identifier).get(attribute)
        if changed is not None:
            return changed
        for first in self.firsts.get(entity, ()):
            state = first.state(identifier, attribute)
            if state is not None:
                return (State(*state),)
        return ()

    def identifiers(self, entity: Entity) -> Set[str]:
        """Every asset of an entity that was created."""
        several = [*(first.rows.keys() for first in self.firsts.get(entity, ())), self.assets.get(entity, _NONE).keys()]
        most = max(several, key=len)
        others = [each for each in several if each is not most and not each <= most]
        return dict.fromkeys(chain(most, *others)).keys() if others else most

    def attributes_of(self, entity: Entity, identifier: str) -> Mapping[str, History]:
        """The histories of an asset's attributes, by their names."""
        changed = self.changed(entity, identifier)
        firsts = self.firsts.get(entity)
        if not firsts:
            return changed
        found: dict[str, History] = {
            name: (State(*state),) for first in firsts for name, state in first.states_of(identifier)
        }
        return {**found, **changed}

    def changed(self, entity: Entity, identifier: str) -> Mapping[str, History]:
        """The histories of an asset's attributes, but for first states by columns."""
        return self.assets.get(entity, _NONE).get(identifier, _NOTHING)

    def record(self, key: Key, history: History) -> None:
        """Let an attribute have another history."""
        entity, identifier, attribute = key
        self.assets.setdefault(entity, {}).setdefault(identifier, {})[attribute] = history
        if attribute == SDP_TO_METER:
            for state in history:
                self._note_meter(state.value, identifier)

    def _note_meter(self, meter: str, sdp: str) -> None:
        had = self.sdps_of_meter.get(meter, ())
        if sdp not in had:
            self.sdps_of_meter[meter] = (*had, sdp)

    def record_first(self, entity: Entity, news: FirstStates) -> None:
        """Let attributes of which nothing was ever held have their first history.

        So few that many such would make a long list are held as histories that change are.
        """
        firsts = self.firsts.setdefault(entity, [])
        if len(news.assets) * FEW <= sum(len(first.assets) for first in firsts):
            for identifier in news.assets:
                for attribute, state in news.states_of(identifier):
                    self.record(Key(entity, identifier, attribute), (State(*state),))
            return
        firsts.append(news)
        if SDP_TO_METER in news.columns:
            for identifier, meter in zip(news.assets, news.columns[SDP_TO_METER].values, strict=True):
                if meter is not None:
                    self._note_meter(meter, identifier)

    def dated(self, identifier: str, entity: Entity = "sdp") -> list[Key]:
        """The date-effective attributes of an SDP, or of something else."""
        attributes = self.attributes_of(entity, identifier)
        return [Key(entity, identifier, attribute) for attribute, history in attributes.items() if _is_dated(history)]

    def sdps(self) -> Iterable[str]:
        """Every SDP that was created, active or not."""
        return self.identifiers("sdp")

    def active_sdps(self, day: Day) -> list[str]:
        """The SDPs of which a date-effective attribute holds on a day or later."""
        active: set[str] = set()
        changed = self.assets.get("sdp", _NONE)
        for first in self.firsts.get("sdp", ()):
            idle = [row for row, sdp in enumerate(first.assets) if sdp not in changed]
            for starts, ends, values in first.columns.values():
                idle = [
                    row
                    for row in idle
                    if values[row] is None
                    or starts[row] == BEGINNING
                    or ((end := ends[row]) is not None and end <= day)
                ]
            others = {first.assets[row] for row in idle}.union(changed)
            active.update(sdp for sdp in first.assets if sdp not in others)
        return [sdp for sdp in self.sdps() if sdp in active or (sdp in changed and self.is_active(sdp, day))]

    def is_active(self, sdp: str, day: Day) -> bool:
        """Whether a date-effective attribute of an SDP holds on a day or later."""
        histories = self.attributes_of("sdp", sdp).values()
        return any(_is_dated(history) and holds_after(history, day) for history in histories)


FEW = 4
"""First states are few where the assets that they are of are at most a quarter of those that are held so already."""
_NOTHING: Mapping[str, History] = {}
_NONE: Mapping[str, Mapping[str, History]] = {}


def _is_dated(history: History) -> bool:
    return any(state.start != BEGINNING for state in history)
