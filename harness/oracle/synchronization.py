"""What one accepted set makes of its LDC's Master Directory: I-Sync, P-Sync, and what of it fails.

Attribute by attribute, all or nothing: what a set says of an attribute is taken whole, or it fails whole. Each
difference is reported once, as an update (IR06) or as an exception (IR07).
It carries ISY-01 to -03, PSY-02 to -06, SRP-03, -04 and -08.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from harness.interface.instants import Day
from harness.oracle.master_directory import (
    Attribute,
    Change,
    EndDated,
    Fact,
    MasterDirectory,
    Page,
    Record,
    Step,
    after_records,
    changes_between,
    dates_of,
)

Kind: TypeAlias = Literal["I-Sync", "P-Sync"]
PRIOR_STATE = "prior_state_in_psync"
METER_IN_USE = "meter_in_use"
THRESHOLD = "threshold_exceeded"
COMPLETED = "completed"
WITH_EXCEPTIONS = "completed_with_exceptions"
STOPPED = "stopped_at_threshold"
METER_OF_SDP = "sdp_to_meter"


@dataclass(frozen=True, slots=True)
class AcceptedSet:
    """The content of a set that loaded.

    :param extracted: the EST day of its Extracted Date Time.
    :param sdps: the SDPs of which it holds an asset record.
    :param ends: the first day on which nothing holds any more of what it leaves out; by default `extracted` (AMB-32).
    :param related: whether what their meters have of their own ends with the SDPs that it leaves out (AMB-37).
    :param current: records that are of no prior state, though what they say has ended by the day of the extract.
    :param ends_for_good: whether what earlier sets left open does not come back after a span of this one.
    """

    kind: Kind
    extracted: Day
    sdps: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    records: tuple[Record, ...] = ()
    ends: Day | None = None
    related: bool = False
    current: frozenset[Record] = frozenset()
    ends_for_good: bool = False

    @property
    def end_of_omitted(self) -> Day:
        """The first day on which nothing holds any more of what it leaves out."""
        return self.extracted if self.ends is None else self.ends


class Failed(NamedTuple):
    """A change that should have been made and was not."""

    change: Change
    reason: str


@dataclass(slots=True)
class Outcome:
    """What a set changed, what of it failed, and how far it got."""

    status: str = COMPLETED
    updates: list[Change] = field(default_factory=list)
    exceptions: list[Failed] = field(default_factory=list)


def synchronize(directory: MasterDirectory, accepted: AcceptedSet, limit_percent: int) -> Outcome:
    """Take an accepted set into the directory, and say what came of it."""
    steps = steps_of(accepted)
    omitted = omitted_sdps(directory, accepted)
    days = directory.days_named(
        [
            accepted.extracted,
            accepted.end_of_omitted,
            *(day for record in accepted.records for day in dates_of((record,))),
        ]
    )
    meters = meters_left(directory, accepted, omitted, days) if accepted.related else set()
    for attribute in list(directory.steps):
        if attribute.entity == "sdp" and attribute.entity_id in omitted:
            steps.setdefault(attribute, []).append(EndDated(accepted.end_of_omitted))
        elif attribute.entity == "meter" and attribute.entity_id in meters and attribute not in steps:
            steps[attribute] = [EndDated(accepted.end_of_omitted)]
    if len(omitted) * 100 > limit_percent * len(active_sdps(directory, accepted.extracted)):
        return stopped(directory, accepted, steps, days)
    reasons = failing(directory, accepted, steps, days)
    outcome = Outcome(WITH_EXCEPTIONS if reasons else COMPLETED)
    for change in wanted(directory, accepted, steps, days):
        if change.attribute in reasons:
            outcome.exceptions.append(Failed(change, reasons[change.attribute]))
        else:
            outcome.updates.append(change)
    for fact in accepted.facts:
        directory.facts[fact.attribute] = fact.value
    for attribute, taken in steps.items():
        for step in taken if attribute not in reasons else []:
            directory.take(attribute, step)
    return outcome


def stopped(
    directory: MasterDirectory, accepted: AcceptedSet, steps: Mapping[Attribute, list[Step]], days: Sequence[Day]
) -> Outcome:
    """A P-Sync that would deactivate too many SDPs changes nothing; all that it should have changed is an exception."""
    changes = wanted(directory, accepted, steps, days)
    return Outcome(STOPPED, exceptions=[Failed(change, THRESHOLD) for change in changes])


# --- What a set asks for -------------------------------------------------------------------------------------


def steps_of(accepted: AcceptedSet) -> dict[Attribute, list[Step]]:
    """What the dated records of a set say, by attribute."""
    attributes = {record.attribute: None for record in accepted.records}
    return {
        attribute: [tuple(record for record in accepted.records if record.attribute == attribute)]
        for attribute in attributes
    }


def wanted(
    directory: MasterDirectory, accepted: AcceptedSet, steps: Mapping[Attribute, Iterable[Step]], days: Sequence[Day]
) -> list[Change]:
    """Every difference that the set would make, if nothing of it failed."""
    changes = []
    for fact in accepted.facts:
        held = directory.facts.get(fact.attribute)
        if held != fact.value:
            changes.append(Change(fact.attribute, None, None, held, fact.value))
    for attribute, more in steps.items():
        before, after = directory.page(attribute, days), directory.page(attribute, days, more)
        changes += changes_between(attribute, before, after, days)
    return changes


def active_sdps(directory: MasterDirectory, day: Day) -> set[str]:
    """The SDPs that have a dated value on a day, or on any later one."""
    days = directory.days_named([day])
    return {
        attribute.entity_id
        for attribute in directory.steps
        if attribute.entity == "sdp" and any(held >= day for held in directory.page(attribute, days))
    }


def omitted_sdps(directory: MasterDirectory, accepted: AcceptedSet) -> set[str]:
    """The active SDPs that a P-Sync leaves out. An I-Sync leaves nothing out: what it does not mention stays."""
    if accepted.kind == "I-Sync":
        return set()
    return active_sdps(directory, accepted.extracted) - accepted.sdps


def meters_left(
    directory: MasterDirectory, accepted: AcceptedSet, omitted: Collection[str], days: Sequence[Day]
) -> set[str]:
    """The meters that the SDPs left out have when they end; not those that the set gives to another SDP."""
    given = {record.value for record in accepted.records if record.attribute.name == METER_OF_SDP}
    pages = [
        directory.page(attribute, days)
        for attribute in directory.steps
        if attribute.name == METER_OF_SDP and attribute.entity_id in omitted
    ]
    return {page[day].value for page in pages for day in page if day >= accepted.end_of_omitted} - given


# --- What fails ----------------------------------------------------------------------------------------------


def failing(
    directory: MasterDirectory, accepted: AcceptedSet, steps: Mapping[Attribute, list[Step]], days: Sequence[Day]
) -> dict[Attribute, str]:
    """The attributes of which a set says what cannot be taken, with the reason.

    What fails changes nothing, and may so leave a meter where another SDP needs it: that is looked at again until
    nothing more fails.
    """
    reasons: dict[Attribute, str] = {}
    if accepted.kind == "P-Sync":
        for attribute in steps:
            if changes_the_past(directory, attribute, accepted, days):
                reasons[attribute] = PRIOR_STATE
    while True:
        more = [
            attribute
            for attribute in steps
            if attribute.name == METER_OF_SDP and attribute not in reasons
            if takes_a_meter_in_use(directory, attribute, steps, reasons, days)
        ]
        if not more:
            return reasons
        for attribute in more:
            reasons[attribute] = METER_IN_USE


def changes_the_past(
    directory: MasterDirectory, attribute: Attribute, accepted: AcceptedSet, days: Sequence[Day]
) -> bool:
    """Whether records of prior states, which had ended by the day of the extract, make any difference.

    They make one if without them the set would have led to something else. A state without an end is no prior one,
    from whatever day it holds: a P-Sync may say anew since when the current value holds.
    """
    records = [record for record in accepted.records if record.attribute == attribute]
    others = [record for record in records if not is_prior(record, accepted)]
    page = directory.page(attribute, days)
    with_them, without_them = after_records(page, records, days), after_records(page, others, days)
    return bool(changes_between(attribute, without_them, with_them, days))


def is_prior(record: Record, accepted: AcceptedSet) -> bool:
    """Whether a record is of a state that had ended by the day of the extract."""
    return record.end is not None and record.end <= accepted.extracted and record not in accepted.current


def takes_a_meter_in_use(
    directory: MasterDirectory,
    attribute: Attribute,
    steps: Mapping[Attribute, list[Step]],
    reasons: Mapping[Attribute, str],
    days: Sequence[Day],
) -> bool:
    """Whether a set gives an SDP a meter for a day on which another SDP has it, and keeps it."""
    before = {other: directory.page(other, days) for other in directory.steps if other.name == METER_OF_SDP}
    after = {
        other: page if other in reasons else directory.page(other, days, steps.get(other, []))
        for other, page in before.items()
    }
    mine = directory.page(attribute, days, steps[attribute])
    return any(
        day in mine and meter_of(before[other], day) == meter_of(after[other], day) == mine[day].value
        for other in before
        if other != attribute
        for day in days
    )


def meter_of(page: Page, day: Day) -> str | None:
    """The meter of an SDP on a day."""
    return page[day].value if day in page else None


def replayed(sets: Iterable[AcceptedSet], limit_percent: int) -> tuple[MasterDirectory, list[Outcome]]:
    """An LDC's directory after its accepted sets, in the order in which they were processed, and what came of each."""
    directory = MasterDirectory()
    outcomes = [synchronize(directory, accepted, limit_percent) for accepted in sets]
    return directory, outcomes
