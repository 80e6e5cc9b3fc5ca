"""The Master Directory of one LDC, day by day (SEQ-08, ISY-01, ISY-02, PSY-02).

A dated attribute is kept as the list of the steps that were taken with it, in order: what the records of a set said of
it, or the day from which a P-Sync end-dated it. To learn its values the steps are taken again, on a page that has one
entry for each day: the value that holds on it, and whether a state begins there.

Pages run from the first date that anybody named to the day after the last one. Nothing changes from there on, so that
this last day stands for all the days to come. A value that holds on the page's last day holds for ever.

An attribute of an asset has no dates: it is a fact, and holds on all days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from harness.interface.instants import Day


class Attribute(NamedTuple):
    """Which attribute of which SDP, meter or communication module."""

    entity: str
    entity_id: str
    name: str


class Record(NamedTuple):
    """A dated value as a set gives it. `end` is the first day on which it no longer holds; None leaves it open."""

    attribute: Attribute
    start: Day
    end: Day | None
    value: str


class Fact(NamedTuple):
    """A value without dates, as an asset record gives it."""

    attribute: Attribute
    value: str


class Change(NamedTuple):
    """A longest run of days on which one value gave way to one other.

    :param since: its first day, and `until`: the first day after it, or None where it goes on for ever. Both are None
        where the attribute has no dates.
    """

    attribute: Attribute
    since: Day | None
    until: Day | None
    prior: str | None
    new: str | None


class EndDated(NamedTuple):
    """The attribute holds no value from a day on."""

    day: Day


class Entry(NamedTuple):
    """What stands on a page for one day. A day without a value has no entry."""

    value: str
    begins: bool


Step: TypeAlias = "tuple[Record, ...] | EndDated"
Page: TypeAlias = "dict[Day, Entry]"


# --- One attribute -------------------------------------------------------------------------------------------


def after_step(page: Page, step: Step, days: Sequence[Day]) -> Page:
    """What an attribute's page becomes by one step."""
    if isinstance(step, EndDated):
        return {day: entry for day, entry in page.items() if day < step.day}
    return after_records(page, step, days)


def after_records(page: Page, records: Sequence[Record], days: Sequence[Day]) -> Page:
    """What an attribute's page becomes by the records of one set.

    They are taken together, so that the order in which they stand in the files means nothing. Where two of them speak
    for one day, as an open one and a later one do, the one that starts later is heard.
    """
    new = dict(page)
    for record in records:
        if record.start in page and page[record.start].begins:
            strike_out_the_state_that_begins_on(record.start, new, page, days)
    for record in sorted(records, key=lambda record: record.start):
        span = days_of(record, page, days)
        let_what_is_cut_begin_anew_after(span, new, days)
        for day in span:
            new[day] = Entry(record.value, begins=day == record.start)
    return new


def strike_out_the_state_that_begins_on(start: Day, new: Page, page: Page, days: Sequence[Day]) -> None:
    """A record that starts on the day on which a state starts amends that state: what was said of it is withdrawn."""
    for day in days:
        if day < start:
            continue
        if day not in page or (page[day].begins and day != start):
            break
        del new[day]


def days_of(record: Record, page: Page, days: Sequence[Day]) -> list[Day]:
    """The days for which a record speaks. An open end runs until the next start that is on record; else for ever."""
    end = record.end
    if end is None:
        end = min((day for day in page if page[day].begins and day > record.start), default=None)
    return [day for day in days if day >= record.start and (end is None or day < end)]


def let_what_is_cut_begin_anew_after(span: Sequence[Day], page: Page, days: Sequence[Day]) -> None:
    """Of a state that a span cuts through, the rest is a state that begins on the day after the span."""
    if not span or span[-1] == days[-1]:
        return
    after = days[days.index(span[-1]) + 1]
    if after in page:
        page[after] = Entry(page[after].value, begins=True)


def value_on(page: Page, day: Day) -> str | None:
    """The value that holds on a day of the page."""
    return page[day].value if day in page else None


def changes_between(attribute: Attribute, before: Page, after: Page, days: Sequence[Day]) -> list[Change]:
    """In how far two pages of an attribute differ, as runs of days, as long as they can be."""
    changes: list[Change] = []
    for day in days:
        prior, new = value_on(before, day), value_on(after, day)
        if prior == new:
            continue
        last = changes[-1] if changes else None
        if last is not None and last.until == day and (last.prior, last.new) == (prior, new):
            changes[-1] = last._replace(until=_next(day))
        else:
            changes.append(Change(attribute, day, _next(day), prior, new))
    return [change._replace(until=None) if change.until == _next(days[-1]) else change for change in changes]


def _next(day: Day) -> Day:
    return Day(day + timedelta(days=1))


# --- The whole directory -------------------------------------------------------------------------------------


@dataclass(slots=True)
class MasterDirectory:
    """All attributes of one LDC.

    :param facts: the values without dates.
    :param steps: of each dated attribute the steps that were taken with it, in order.
    """

    facts: dict[Attribute, str] = field(default_factory=dict)
    steps: dict[Attribute, list[Step]] = field(default_factory=dict)

    def page(self, attribute: Attribute, days: Sequence[Day], more: Iterable[Step] = ()) -> Page:
        """An attribute's page, after all its steps and, where given, after more of them.

        :param days: all days from the first to the one after the last that any step names (see `days_named`).
        """
        page: Page = {}
        for step in [*self.steps.get(attribute, []), *more]:
            page = after_step(page, step, days)
        return page

    def take(self, attribute: Attribute, step: Step) -> None:
        """Note a step that was taken with a dated attribute."""
        self.steps.setdefault(attribute, []).append(step)

    def value(self, attribute: Attribute, day: Day) -> str | None:
        """The value of an attribute on a day; of one without dates, its fact."""
        if attribute in self.facts:
            return self.facts[attribute]
        days = self.days_named([day])
        return value_on(self.page(attribute, days), day)

    def states(self, attribute: Attribute) -> list[tuple[Day, Day | None, str]]:
        """A dated attribute's values as runs of days: first day, first day after (None: for ever), value."""
        days = self.days_named()
        page = self.page(attribute, days)
        return [
            (change.since, change.until, change.new)
            for change in changes_between(attribute, {}, page, days)
            if change.since is not None and change.new is not None
        ]

    def days_named(self, more: Iterable[Day | None] = ()) -> list[Day]:
        """All days from the first to the one after the last that a step, or `more`, names."""
        named = [day for day in more if day is not None]
        for steps in self.steps.values():
            for step in steps:
                named += dates_of(step)
        return every_day(named)


def every_day(named: Sequence[Day]) -> list[Day]:
    """Every day from the first of the days named to the one after the last."""
    days: list[Day] = []
    while named and (not days or days[-1] <= max(named)):
        days.append(_next(days[-1]) if days else min(named))
    return days


def dates_of(step: Step) -> list[Day]:
    """All dates that a step names."""
    if isinstance(step, EndDated):
        return [step.day]
    return [day for record in step for day in (record.start, record.end) if day is not None]
