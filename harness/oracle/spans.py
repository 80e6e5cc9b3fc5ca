"""The Master Directory of one LDC in spans of days: what the pages of `master_directory` say, for many SDPs at once.

The pages are the model to be believed by reading; they are too slow for an LDC of hundreds of SDPs that lives for a
year. Here an attribute is a list of states, from a day until another, and a set is taken in the same way: what it says
of an attribute is taken together, all or nothing. Tests hold the two against each other (SEQ-08,
ISY-01 to -03, PSY-02 to -06, SRP-03, -04, -08).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from harness.interface.instants import Day
from harness.oracle.master_directory import Attribute, Change, Fact, Record
from harness.oracle.synchronization import (
    METER_IN_USE,
    METER_OF_SDP,
    PRIOR_STATE,
    STOPPED,
    THRESHOLD,
    WITH_EXCEPTIONS,
    AcceptedSet,
    Failed,
    Outcome,
    is_prior,
)


class State(NamedTuple):
    """A value that holds from a day until another, exclusive; for ever where `end` is None."""

    start: Day
    end: Day | None
    value: str

    def holds_on(self, day: Day) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


History: TypeAlias = "tuple[State, ...]"


# --- One attribute -------------------------------------------------------------------------------------------


def after_records(history: History, records: Sequence[Record], *, ends_for_good: bool = False) -> History:
    """What an attribute's history becomes by the records of one set.

    A state that starts on the day on which a record starts is withdrawn. An open end runs until the next start that
    was on record. Of what a record cuts, the rest is a state of its own; the record that starts later is heard.

    :param ends_for_good: whether what earlier sets left open does not come back after a record that cuts it.
    """
    starts = {record.start for record in records}
    states = [state for state in history if state.start not in starts]
    ending = [state for state in states if ends_for_good and state.end is None]
    for record in sorted(records, key=lambda record: record.start):
        end = record.end
        if end is None:
            end = min((state.start for state in history if state.start > record.start), default=None)
        states = [
            rest
            for state in states
            for rest in around(state, record.start, end)
            if not (state in ending and rest != state and rest.start > record.start)
        ]
        states.append(State(record.start, end, record.value))
    return tuple(sorted(states, key=lambda state: state.start))


def around(state: State, start: Day, end: Day | None) -> Iterator[State]:
    """What is left of a state around a span."""
    before = start if state.end is None else min(start, state.end)
    if state.start < before:
        yield state._replace(end=before)
    if end is not None and (state.end is None or end < state.end):
        yield state._replace(start=max(end, state.start))


def end_dated(history: History, day: Day) -> History:
    """A history of which nothing is left from a day on."""
    return tuple(rest for state in history for rest in around(state, day, None))


def value_on(history: History, day: Day) -> str | None:
    """The value that holds on a day."""
    for state in history:
        if state.holds_on(day):
            return state.value
    return None


def changes_between(attribute: Attribute, before: History, after: History) -> list[Change]:
    """In how far two histories of an attribute differ, as spans that are as long as they can be."""
    if before == after:
        return []
    changes: list[Change] = []
    edges = sorted({day for state in (*before, *after) for day in (state.start, state.end) if day is not None})
    for since, until in zip_longest(edges, edges[1:]):
        prior, new = value_on(before, since), value_on(after, since)
        if prior == new:
            continue
        last = changes[-1] if changes else None
        if last is not None and last.until == since and (last.prior, last.new) == (prior, new):
            changes[-1] = last._replace(until=until)
        else:
            changes.append(Change(attribute, since, until, prior, new))
    return changes


# --- The whole directory -------------------------------------------------------------------------------------


@dataclass(slots=True)
class SpanDirectory:
    """All attributes of one LDC.

    :param facts: the values without dates; `histories`: those of dated attributes.
    """

    facts: dict[Attribute, str] = field(default_factory=dict)
    histories: dict[Attribute, History] = field(default_factory=dict)
    _created: set[str] = field(default_factory=set)
    _of_sdp: dict[str, list[Attribute]] = field(default_factory=lambda: defaultdict(list))
    _own_of_meter: dict[str, list[Attribute]] = field(default_factory=lambda: defaultdict(list))
    _of_meter: dict[str, set[Attribute]] = field(default_factory=lambda: defaultdict(set))

    def copied(self) -> SpanDirectory:
        """The same directory, apart: what becomes of one changes nothing in the other."""
        copy = SpanDirectory(dict(self.facts), dict(self.histories), set(self._created))
        copy._of_sdp.update((sdp, list(attributes)) for sdp, attributes in self._of_sdp.items())
        copy._own_of_meter.update((meter, list(attributes)) for meter, attributes in self._own_of_meter.items())
        copy._of_meter.update((meter, set(attributes)) for meter, attributes in self._of_meter.items())
        return copy

    def history(self, entity: str, entity_id: str, name: str) -> History:
        return self.histories.get(Attribute(entity, entity_id, name), ())

    def value(self, entity: str, entity_id: str, name: str, day: Day) -> str | None:
        """The value of a dated attribute on a day."""
        return value_on(self.history(entity, entity_id, name), day)

    def values(self, entity: str, entity_id: str, name: str, first: Day, last: Day) -> set[str | None]:
        """The values of a dated attribute on the days from one to another, both included; None where there is none."""
        history = self.history(entity, entity_id, name)
        edges = {
            day for state in history for day in (state.start, state.end) if day is not None and first < day <= last
        }
        return {value_on(history, day) for day in (first, *edges)}

    def sdps(self) -> set[str]:
        """The SDPs that were ever created."""
        return self._created | set(self._of_sdp)

    def knows(self, sdp: str) -> bool:
        """Whether an SDP was ever created."""
        return sdp in self._created or sdp in self._of_sdp

    def active_sdps(self, day: Day) -> set[str]:
        """The SDPs that have a dated value on a day, or on any later one."""
        return {
            sdp
            for sdp, attributes in self._of_sdp.items()
            if any(state.end is None or state.end > day for each in attributes for state in self.histories[each])
        }

    def left_open(self, accepted: AcceptedSet) -> set[Attribute]:
        """The attributes of which a set cuts with a span what an earlier one left open: what follows is not said."""
        return {
            attribute
            for attribute, records in _by_attribute(accepted.records).items()
            if any(record.end is not None for record in records)
            and after_records(history := self.histories.get(attribute, ()), records)
            != after_records(history, records, ends_for_good=True)
        }

    def synchronize(self, accepted: AcceptedSet, limit_percent: int) -> Outcome:
        """Take an accepted set in, and say what came of it."""
        return _Synchronization(self, accepted).outcome(limit_percent)

    def take(self, attribute: Attribute, history: History) -> None:
        """Let a dated attribute have another history."""
        if attribute not in self.histories and attribute.entity == "sdp":
            self._of_sdp[attribute.entity_id].append(attribute)
        if attribute not in self.histories and attribute.entity == "meter":
            self._own_of_meter[attribute.entity_id].append(attribute)
        self.histories[attribute] = history
        if attribute.name == METER_OF_SDP:
            for state in history:
                self._of_meter[state.value].add(attribute)

    def take_facts(self, facts: Iterable[Fact]) -> None:
        """Take in values without dates."""
        for fact in facts:
            self.facts[fact.attribute] = fact.value
            if fact.attribute.entity == "sdp":
                self._created.add(fact.attribute.entity_id)

    def dated(self, sdp: str) -> Sequence[Attribute]:
        """The dated attributes of an SDP."""
        return self._of_sdp.get(sdp, ())

    def dated_of_meter(self, meter: str) -> Sequence[Attribute]:
        """The dated attributes of a meter."""
        return self._own_of_meter.get(meter, ())

    def rivals(self, meter: str) -> Iterable[Attribute]:
        """The meters of SDPs that have, or had, a meter."""
        return sorted(self._of_meter.get(meter, ()))


def _by_attribute(records: Iterable[Record]) -> dict[Attribute, list[Record]]:
    about: dict[Attribute, list[Record]] = defaultdict(list)
    for record in records:
        about[record.attribute].append(record)
    return about


class _Synchronization:
    """One set on its way into the directory."""

    def __init__(self, directory: SpanDirectory, accepted: AcceptedSet) -> None:
        self.directory = directory
        self.accepted = accepted
        self.said = _by_attribute(accepted.records)
        self.omitted: set[str] = set()
        if accepted.kind == "P-Sync":
            self.omitted = directory.active_sdps(accepted.extracted) - accepted.sdps
        self.after = {attribute: self._after(attribute) for attribute in self.said}
        for sdp in self.omitted:
            for attribute in directory.dated(sdp):
                self.after[attribute] = self._after(attribute)
        for meter in sorted(self._meters_left() if accepted.related else ()):
            for attribute in directory.dated_of_meter(meter):
                if attribute not in self.said:
                    self.after[attribute] = end_dated(directory.histories[attribute], accepted.end_of_omitted)

    def _meters_left(self) -> set[str]:
        """The meters that the SDPs left out have when they end; not those that the set gives to another SDP."""
        given = {record.value for record in self.accepted.records if record.attribute.name == METER_OF_SDP}
        states = (state for sdp in self.omitted for state in self.directory.history("sdp", sdp, METER_OF_SDP))
        ends = self.accepted.end_of_omitted
        return {state.value for state in states if state.end is None or state.end > ends} - given

    def _after(self, attribute: Attribute) -> History:
        history = self.directory.histories.get(attribute, ())
        if attribute in self.said:
            history = after_records(history, self.said[attribute], ends_for_good=self.accepted.ends_for_good)
        if attribute.entity == "sdp" and attribute.entity_id in self.omitted:
            history = end_dated(history, self.accepted.end_of_omitted)
        return history

    def outcome(self, limit_percent: int) -> Outcome:
        changes = list(self.changes())
        active = len(self.directory.active_sdps(self.accepted.extracted))
        if len(self.omitted) * 100 > limit_percent * active:
            return Outcome(STOPPED, exceptions=[Failed(change, THRESHOLD) for change in changes])
        reasons = self.failing()
        outcome = Outcome()
        for change in changes:
            if change.attribute in reasons:
                outcome.exceptions.append(Failed(change, reasons[change.attribute]))
            else:
                outcome.updates.append(change)
        if outcome.exceptions:
            outcome.status = WITH_EXCEPTIONS
        self.directory.take_facts(self.accepted.facts)
        for attribute, history in self.after.items():
            if attribute not in reasons:
                self.directory.take(attribute, history)
        return outcome

    def changes(self) -> Iterator[Change]:
        """Every difference that the set would make, if nothing of it failed."""
        for fact in self.accepted.facts:
            held = self.directory.facts.get(fact.attribute)
            if held != fact.value:
                yield Change(fact.attribute, None, None, held, fact.value)
        for attribute, history in self.after.items():
            yield from changes_between(attribute, self.directory.histories.get(attribute, ()), history)

    def failing(self) -> dict[Attribute, str]:
        """The attributes of which the set says what cannot be taken, with the reason."""
        reasons: dict[Attribute, str] = {}
        if self.accepted.kind == "P-Sync":
            reasons |= {attribute: PRIOR_STATE for attribute in self.said if self.changes_the_past(attribute)}
        while more := [each for each in self.said if self.takes_a_meter_in_use(each, reasons)]:
            reasons |= dict.fromkeys(more, METER_IN_USE)
        return reasons

    def changes_the_past(self, attribute: Attribute) -> bool:
        """Whether a record of a state that had ended by the day of the extract makes a difference."""
        records = self.said[attribute]
        history = self.directory.histories.get(attribute, ())
        for record in records:
            others = [other for other in records if other is not record]
            if is_prior(record, self.accepted):
                for_good = self.accepted.ends_for_good
                without_it = after_records(history, others, ends_for_good=for_good)
                if changes_between(attribute, without_it, after_records(history, records, ends_for_good=for_good)):
                    return True
        return False

    def takes_a_meter_in_use(self, attribute: Attribute, reasons: dict[Attribute, str]) -> bool:
        """Whether an SDP would get a meter for days on which another SDP has it, and keeps it."""
        if attribute.name != METER_OF_SDP or attribute in reasons:
            return False
        for state in self.after[attribute]:
            for other in self.directory.rivals(state.value):
                before = self.directory.histories[other]
                kept = before if other in reasons else self.after.get(other, before)
                if other != attribute and any(
                    together(together(state, one), two) is not None for one in before for two in kept
                ):
                    return True
        return False


def together(one: State | None, other: State) -> State | None:
    """The days on which two states of one value hold both."""
    if one is None or one.value != other.value:
        return None
    ends = [end for end in (one.end, other.end) if end is not None]
    start, end = max(one.start, other.start), min(ends, default=None)
    return State(start, end, one.value) if end is None or start < end else None


__all__ = ["Attribute", "Fact", "History", "SpanDirectory", "State", "after_records", "changes_between", "end_dated"]
