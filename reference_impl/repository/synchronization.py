"""Synchronization: what a loaded set changes in the Master Directory (ISY-01 to -03, PSY-02 to -06, SRP-03, -04, -08).

Attribute by attribute, and all or nothing for each: what changes goes into IR06, what should have changed and could not
into IR07. A P-Sync also deactivates the SDPs that it leaves out, unless they are too many: then it is stopped before it
changes anything. The business scenarios of I-Sync are nothing but that (ISY-12 to ISY-22).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from harness.interface.columns import MadeWhenAsked
from harness.interface.findings import Severity
from harness.interface.instants import Day
from harness.interface.set_records import SDP_TO_METER
from reference_impl.repository import large_sets
from reference_impl.repository.first_states import FirstStates
from reference_impl.repository.large_sets import News, number_of_news
from reference_impl.repository.master_directory import (
    Difference,
    Entity,
    History,
    Key,
    MasterDirectory,
    State,
    differences,
    end_dated,
    taken_together,
)
from reference_impl.repository.staging_table_loader import LoadFinding, Staged, StagedSet


class Status(StrEnum):
    """The point at which a synchronization stopped, by the names of the profile's code list."""

    COMPLETED = "completed"
    COMPLETED_WITH_EXCEPTIONS = "completed_with_exceptions"
    STOPPED_AT_THRESHOLD = "stopped_at_threshold"
    STOPPED_AT_LOAD = "stopped_at_load"


class Why(StrEnum):
    """Why an attribute could not be updated, by the names of the profile's code list."""

    PRIOR_STATE = "prior_state_in_psync"
    METER_IN_USE = "meter_in_use"
    THRESHOLD = "threshold_exceeded"


class Update(NamedTuple):
    """An attribute's history as a set would have it, and which values differ from before."""

    key: Key
    history: History
    differences: tuple[Difference, ...]


Changed: TypeAlias = tuple[Entity, str, str, Day, Day | None, str | None, str | None]
"""A difference and whose it is: the fields of a key, then those of a difference."""

BY_KEY = attrgetter("key")
_TOGETHER = 2048
"""So many assets are told of together."""


class Updates(MadeWhenAsked[Update]):
    """The updates that a large set makes, in the order of their keys: its news and others."""

    def __init__(self, news: News, others: Sequence[Update]) -> None:
        self.news = news
        self.others = others

    def __len__(self) -> int:
        return number_of_news(self.news) + len(self.others)

    def __iter__(self) -> Iterator[Update]:
        return itertools.chain.from_iterable(some.updates() for some in self.in_order())

    def in_order(self) -> Iterator[UpdatesOfAssets]:
        """All that is updated in the order of the keys, some thousand assets of a kind at a time."""
        others: dict[Entity, dict[str, Sequence[Update]]] = defaultdict(dict)
        for (entity, identifier), about in itertools.groupby(self.others, key=lambda update: update.key[:2]):
            others[entity][identifier] = [*about]
        for entity in sorted({*self.news, *others}):
            news, more = self.news.get(entity, FirstStates()), others[entity]
            ordered = sorted((*news.assets, *(more.keys() - news.rows.keys())))
            for first in range(0, len(ordered), _TOGETHER):
                some = ordered[first : first + _TOGETHER]
                of_some = {identifier: more[identifier] for identifier in some if identifier in more}
                yield UpdatesOfAssets(entity, FirstStates(some, news.aligned(some)), of_some)


class UpdatesOfAssets(NamedTuple):
    """What a large set updates of some assets of a kind: the first states of attributes, and others by asset.

    The assets are those of `news`, where each has a row, in order; it may have no state there.
    """

    entity: Entity
    news: FirstStates
    others: Mapping[str, Sequence[Update]]

    def updates(self) -> Iterator[Update]:
        """All of them, in the order of their keys."""
        for identifier in self.news.assets:
            found = [*self.others.get(identifier, ())]
            for attribute, state in self.news.states_of(identifier):
                history = (State(*state),)
                found.append(Update(Key(self.entity, identifier, attribute), history, differences((), history)))
            yield from sorted(found, key=BY_KEY)


def changed_by(updates: Iterable[Update]) -> Iterator[Changed]:
    """Every difference that updates make, in the order of the updates."""
    return ((*update.key, *difference) for update in updates for difference in update.differences)


def number_of_differences(updates: Sequence[Update]) -> int:
    """How many differences updates make."""
    if isinstance(updates, Updates):
        return number_of_news(updates.news) + number_of_differences(updates.others)
    return sum(len(update.differences) for update in updates)


@dataclass(frozen=True, slots=True)
class Failure:
    """An update that could not be made."""

    update: Update
    why: Why


@dataclass(frozen=True, slots=True)
class Outcome:
    """What synchronizing a set came to."""

    status: Status
    updates: Sequence[Update]
    failures: tuple[Failure, ...]


STOPPED_AT_LOAD = Outcome(Status.STOPPED_AT_LOAD, (), ())
"""What comes of a set that fails to load, where IR06 and IR07 tell of it (AMB-08)."""


class Audit(NamedTuple):
    """How a P-Sync does away with what it leaves out.

    :param extracted: the day of its Extracted Date Time.
    :param ends: the first day on which nothing of it holds any more (AMB-32).
    :param limit_percent: the share of the LDC's active SDPs that it may deactivate (PSY-05).
    :param related: whether what their meters have of their own ends with the SDPs (AMB-37).
    """

    extracted: Day
    ends: Day
    limit_percent: int
    related: bool = False


def synchronize(staged: StagedSet, directory: MasterDirectory, extracted: Day, audit: Audit | None = None) -> Outcome:
    """Work out what a loaded set changes, and change it.

    :param extracted: the day of the set's Extracted Date Time.
    :param audit: how a P-Sync does away with what it leaves out; None for an I-Sync.
    """
    planned = plan(staged, directory, extracted, audit)
    if planned.is_over_threshold:
        stopped = [Failure(update, Why.THRESHOLD) for update in (*Updates(planned.news, ()), *planned.wanted)]
        return Outcome(Status.STOPPED_AT_THRESHOLD, (), tuple(sorted(stopped, key=_place)))
    news, wanted, failed = planned.news, planned.wanted, planned.failed
    made = [update for update in wanted if update.key not in failed] if failed else wanted
    updates = tuple(sorted(made, key=BY_KEY))
    apply(planned.unnoticed, directory)
    apply(updates, directory)
    for entity, states in news.items():
        directory.record_first(entity, states)
    exceptions = [Failure(update, failed[update.key]) for update in wanted if update.key in failed]
    status = Status.COMPLETED_WITH_EXCEPTIONS if exceptions else Status.COMPLETED
    return Outcome(status, Updates(news, updates) if news else updates, tuple(sorted(exceptions, key=_place)))


class Plan(NamedTuple):
    """What a loaded set would change, before anything is changed.

    :param news: the first states of a large set, by columns; `wanted` all other updates.
    :param unnoticed: what makes no difference, and is on record from then on.
    :param failed: the updates that cannot be made, with the reason.
    """

    news: News
    wanted: list[Update]
    unnoticed: list[Update]
    failed: Mapping[Key, Why]
    is_over_threshold: bool


def plan(staged: StagedSet, directory: MasterDirectory, extracted: Day, audit: Audit | None) -> Plan:
    """Work out what a loaded set would change."""
    values: Sequence[Staged] = staged.values
    news: News = {}
    if len(values) >= large_sets.LARGE:
        news, values = large_sets.sorted_out(staged, directory, extracted, periodic_audit=audit is not None)
    said = updates_wanted(values, directory)
    is_over = False
    deactivated: list[Update] = []
    if audit is not None:
        omitted = omitted_sdps(staged, directory, extracted)
        said = end_dated_too(said, frozenset(omitted), directory, audit.ends)
        deactivated = deactivate_omitted(omitted, directory, audit.ends)
        if audit.related:
            deactivated += deactivate_meters(omitted, values, directory, audit.ends)
        if deactivated:
            named = {update.key for update in said}
            deactivated = [update for update in deactivated if update.key not in named]
        if omitted:
            is_over = is_over_threshold(len(omitted), len(active_sdps(directory, extracted)), audit.limit_percent)
    wanted = [*(update for update in said if update.differences), *deactivated]
    unnoticed = [update for update in said if not update.differences]
    failed = {} if is_over else failures(wanted, values, directory, extracted, periodic_audit=audit is not None)
    return Plan(news, wanted, unnoticed, failed, is_over)


def _place(failure: Failure) -> Key:
    return failure.update.key


def apply(updates: Iterable[Update], directory: MasterDirectory) -> None:
    """Let the Master Directory hold what was updated."""
    for update in updates:
        directory.record(update.key, update.history)


def updates_wanted(values: Iterable[Staged], directory: MasterDirectory) -> list[Update]:
    """What a set's records make of the attributes that they name; what is on record already is left out.

    Where no value changes there are no differences, and nothing to report (SRP-03), but it is on record from then on
    that the value holds anew since a day, and a later record may amend or end just that.
    """
    wanted = []
    for (entity, identifier), about_asset in sorted(by_asset(values).items()):
        held = directory.attributes_of(entity, identifier)
        for attribute, about_one in sorted(by_attribute(about_asset).items()):
            before = held.get(attribute, ())
            history = taken_together(about_one, before)
            if history != before:
                wanted.append(Update(about_one[0].key, history, differences(before, history)))
    return wanted


def by_asset(values: Iterable[Staged]) -> Mapping[tuple[Entity, str], list[Staged]]:
    """What is said of each asset. To sort the few attributes of each is much less than to sort those of all."""
    said: dict[tuple[Entity, str], list[Staged]] = {}
    for value in values:
        asset = value.key[:2]
        if asset in said:
            said[asset].append(value)
        else:
            said[asset] = [value]
    return said


def by_attribute(values: Iterable[Staged]) -> Mapping[str, list[Staged]]:
    """What is said of one asset, attribute by attribute."""
    said: dict[str, list[Staged]] = {}
    for value in values:
        said.setdefault(value.key.attribute, []).append(value)
    return said


# --- P-Sync -------------------------------------------------------------------------------------------------


def active_sdps(directory: MasterDirectory, day: Day) -> list[str]:
    """The LDC's SDPs of which a date-effective attribute holds on a day or later."""
    return directory.active_sdps(day)


def omitted_sdps(staged: StagedSet, directory: MasterDirectory, extracted: Day) -> list[str]:
    """The active SDPs, virtual ones too, that a P-Sync has no asset record for."""
    return [sdp for sdp in active_sdps(directory, extracted) if sdp not in staged.sdps]


def deactivate_omitted(omitted: Iterable[str], directory: MasterDirectory, extracted: Day) -> list[Update]:
    """End-date every date-effective attribute of the SDPs that a P-Sync leaves out, from the extract on (PSY-02)."""
    found = []
    for sdp in omitted:
        for key in directory.dated(sdp):
            before = directory.history(key)
            history = end_dated(before, extracted)
            if changed := differences(before, history):
                found.append(Update(key, history, changed))
    return found


def deactivate_meters(
    omitted: Iterable[str], values: Iterable[Staged], directory: MasterDirectory, ends: Day
) -> list[Update]:
    """End-date what the meters of SDPs left out have of their own; not of a meter that the set gives to another SDP."""
    given = {value.value for value in values if value.key.attribute == SDP_TO_METER}
    had = (directory.history(Key("sdp", sdp, SDP_TO_METER)) for sdp in omitted)
    meters = {state.value for states in had for state in states if state.end is None or state.end > ends} - given
    found = []
    for meter in sorted(meters):
        for key in directory.dated(meter, "meter"):
            before = directory.history(key)
            history = end_dated(before, ends)
            if changed := differences(before, history):
                found.append(Update(key, history, changed))
    return found


def end_dated_too(
    said: Iterable[Update], omitted: frozenset[str], directory: MasterDirectory, extracted: Day
) -> list[Update]:
    """What a P-Sync says of the SDPs that it leaves out, without an asset record: it holds until the extract alone."""
    if not omitted:
        return list(said)
    found = []
    for update in said:
        key, history = update.key, update.history
        if key.entity == "sdp" and key.id in omitted:
            history = end_dated(history, extracted)
            found.append(Update(key, history, differences(directory.history(key), history)))
        else:
            found.append(update)
    return found


def is_over_threshold(omitted: int, active: int, limit_percent: int) -> bool:
    """Whether a P-Sync would deactivate more than its share of the active SDPs (PSY-05, AMB-17)."""
    return omitted * 100 > limit_percent * active


# --- what a load is refused for, where the Master Directory has to be asked ------------------------------------


def meters_refused_at_load(
    staged: StagedSet, directory: MasterDirectory, extracted: Day, audit: Audit | None, reading: str
) -> Iterator[LoadFinding]:
    """The ERRORs of a set that gives an SDP a meter which another SDP has, if such they are (AMB-61)."""
    if not {"exception": False, "load-error": True}[reading]:
        return
    failed = plan(staged, directory, extracted, audit).failed
    in_use = {key for key, why in failed.items() if why is Why.METER_IN_USE}
    for value in staged.values:
        if value.key in in_use:
            file, line = value.source
            yield LoadFinding(file, line, Severity.ERROR, "meter-in-use", None, f"another SDP has meter {value.value}")


def errors_at_load(
    staged: StagedSet, directory: MasterDirectory, audit: Audit, readings: Mapping[str, str]
) -> Iterator[LoadFinding]:
    """The ERRORs of a P-Sync that changes prior states (AMB-35) or deactivates too much (AMB-17), if such they are."""
    if {"exception": False, "load-error": True}[readings["AMB-35"]]:
        sound = tuple(value for value in staged.values if value.end is None or value.start < value.end)
        prior = frozenset(prior_states(sound, directory, audit.extracted))
        for value in sound:
            if value.key in prior and value.end is not None and value.end <= audit.extracted:
                file, line = value.source
                message = f"it would change {value.key.attribute} as it had been"
                yield LoadFinding(file, line, Severity.ERROR, "prior-state", None, message)
    if {"stopped-whole": False, "refused-at-load": True, "not-checked": False}[readings["AMB-17"]]:
        omitted, active = omitted_sdps(staged, directory, audit.extracted), active_sdps(directory, audit.extracted)
        if is_over_threshold(len(omitted), len(active), audit.limit_percent):
            message = f"it would deactivate {len(omitted)} of {len(active)} active SDPs"
            yield LoadFinding(None, None, Severity.ERROR, "threshold", None, message)


# --- what cannot be updated ----------------------------------------------------------------------------------


def failures(
    wanted: Iterable[Update],
    values: Sequence[Staged],
    directory: MasterDirectory,
    extracted: Day,
    *,
    periodic_audit: bool,
) -> Mapping[Key, Why]:
    """The updates that cannot be made, with the reason."""
    prior = frozenset(prior_states(values, directory, extracted)) if periodic_audit else frozenset()
    at_risk = (update for update in wanted if update.key.attribute == SDP_TO_METER or update.key in prior)
    updates = {update.key: update for update in at_risk}
    failed = {key: Why.PRIOR_STATE for key in updates if key in prior}
    while in_use := [key for key in meters_in_use(updates, failed, directory) if key not in failed]:
        failed |= dict.fromkeys(in_use, Why.METER_IN_USE)
    return failed


def prior_states(values: Sequence[Staged], directory: MasterDirectory, extracted: Day) -> Iterable[Key]:
    """The attributes of which a P-Sync would change a state that had ended by the extract (PSY-04).

    A record of such a state changes nothing where the set's others lead to the same without it: where the value held
    then already, and the current state begins where the record ends.
    """
    prior = {value.key for value in values if value.end is not None and value.end <= extracted}
    if not prior:
        return
    said: dict[Key, list[Staged]] = {key: [] for key in prior}
    for value in values:
        if value.key in prior:
            said[value.key].append(value)
    for key, about_one in said.items():
        before = directory.history(key)
        others = [value for value in about_one if value.end is None or value.end > extracted]
        if differences(taken_together(others, before), taken_together(about_one, before)):
            yield key


def meters_in_use(
    updates: Mapping[Key, Update], failed: Mapping[Key, Why], directory: MasterDirectory
) -> Iterable[Key]:
    """The SDPs that would get a meter while another SDP has it, which this set does not take it from."""

    def history_of(key: Key) -> History:
        update = updates.get(key)
        return directory.history(key) if update is None or key in failed else update.history

    for key, update in updates.items():
        if key.attribute != SDP_TO_METER or key in failed:
            continue
        for got in update.differences:
            for other in sorted(directory.sdps_of_meter.get(got.after or "", ())):
                there = Key("sdp", other, SDP_TO_METER)
                if other != key.id and any(
                    taken.value == got.after and overlap(taken.start, taken.end, got.start, got.end)
                    for taken in history_of(there)
                ):
                    yield key


def overlap(start: Day, end: Day | None, other_start: Day, other_end: Day | None) -> bool:
    """Whether two spans have a day in common."""
    return (end is None or other_start < end) and (other_end is None or start < other_end)
