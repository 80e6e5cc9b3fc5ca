"""What the oracle says of a story: how every set ends, which reports follow, and what the Master Directory holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from harness.interface.instants import Instant
from harness.interface.profile import TRANSFORMATIONS
from harness.oracle.master_directory import Attribute, Change, MasterDirectory
from harness.oracle.sequence import Arrival, Ending, Fate, SetName, follow
from harness.oracle.synchronization import Failed, Outcome, synchronize
from tests.reference_impl.properties.stories import opening
from tests.reference_impl.properties.world import (
    AUTHORISATIONS,
    FIRST_NUMBERS,
    LDCS,
    LIMIT_PERCENT,
    PROFILE,
    WAIT,
    Plan,
    Report,
    World,
)


class Expected(NamedTuple):
    """A report: when, to whom, which, and about which set."""

    at: Instant
    recipient: str
    kind: str
    tx_id: str


class Verdict:
    """A story as the oracle sees it up to a moment."""

    def __init__(self, plans: Iterable[Plan], arrivals: Sequence[Arrival], until: Instant) -> None:
        self.plans = {plan.name: plan for plan in (*map(opening, LDCS), *plans)}
        self.arrivals = arrivals
        faulty = {name for name, plan in self.plans.items() if plan.flaw}
        self.endings = follow(arrivals, FIRST_NUMBERS, WAIT, until, faulty)
        self.directories = {ldc: MasterDirectory() for ldc in LDCS}
        self.outcomes: dict[SetName, Outcome] = {}
        for ending in self.endings:
            if ending.fate == Fate.PROCESSED:
                content = self.plans[ending.set].content
                self.outcomes[ending.set] = synchronize(self.directories[ending.set.ldc], content, LIMIT_PERCENT)

    def reports(self) -> list[Expected]:
        """All reports that must have come, but for those on the opening sets."""
        return sorted(report for ending in self.endings for report in reports_on(ending) if report.tx_id != "opening")

    def is_judged(self, report: Expected) -> bool:
        """Whether a report has to come if it must, and must not otherwise: an old number or a repeat may get IR10."""
        return report.kind != "IR10" or not any(
            ending.set.tx_id == report.tx_id and self._may_get_any_report(ending) for ending in self.endings
        )

    def _may_get_any_report(self, ending: Ending) -> bool:
        if ending.fate == Fate.DROPPED:
            return True
        over = ending.at is not None and ending.fate in {Fate.PROCESSED, Fate.NOT_LOADED}
        sent = [arrival for arrival in self.arrivals if arrival.set == ending.set]
        repeated = len({arrival.segment for arrival in sent}) < len(sent)
        return over and repeated and any(arrival.at >= ending.at for arrival in sent)  # type: ignore[operator]


def reports_on(ending: Ending) -> list[Expected]:
    """The reports on a set, by how it ended. The LDCs authorised their agent for IR10 and IR14."""
    if ending.at is None or ending.fate == Fate.DROPPED:
        return []
    name = ending.set
    if ending.fate == Fate.REJECTED:
        return [Expected(ending.at, name.submitter, "IR10", name.tx_id)]
    on_load = [Expected(ending.at, name.submitter, "IR14", name.tx_id)]
    if ending.fate == Fate.NOT_LOADED:
        return on_load
    recipients = [
        (to, kind)
        for kind in ("IR06", "IR07")
        for to in {name.ldc, name.submitter}
        if to == name.ldc or (name.ldc, kind, "receive") in AUTHORISATIONS
    ]
    return on_load + [Expected(ending.at, to, kind, name.tx_id) for to, kind in recipients]


def received(world: World) -> list[tuple[Expected, Report]]:
    """The reports that came."""
    return [
        (Expected(report.file.at, report.file.recipient, report.file.kind, report.tx_id), report)
        for report in world.reports()
    ]


def shown(changes: Iterable[Change]) -> list[Change]:
    """Changes as IR06 and IR07 show them, in an order of their own: values transformed as the profile declares."""

    turned = (
        change._replace(
            prior=None if change.prior is None else transformed(change.attribute, change.prior),
            new=None if change.new is None else transformed(change.attribute, change.new),
        )
        for change in changes
    )
    return sorted(turned, key=str)


def exceptions_of(outcome: Outcome) -> list[Failed]:
    """What failed of a set, as IR07 shows it."""
    failed = [
        Failed(change, exception.reason) for exception in outcome.exceptions for change in shown([exception.change])
    ]
    return sorted(failed, key=str)


def transformed(attribute: Attribute, value: str) -> str:
    """A value as the profile declares that reports show it."""
    transformation = PROFILE.transformations.get(attribute.name)
    return value if transformation is None else TRANSFORMATIONS[transformation](value)


def held_inside(world: World, ldc: str) -> dict[Attribute, Any]:
    """What the repository itself holds of an LDC, as runs of days; of what has no dates, the value."""
    assert world.port.repository is not None
    found: dict[Attribute, Any] = {}
    for key, history in world.port.repository.directories[ldc].histories.items():  # type: ignore[index]
        letter = world.letters.get(key.id, key.id)
        name = "_".join(world.letters.get(part, part) for part in key.attribute.split("_"))
        states = [(state.start, state.end, world.letters.get(state.value, state.value)) for state in history]
        dated = not states or states[0][0].year > 1
        if states:
            found[Attribute(key.entity, letter, name)] = joined(states) if dated else states[0][2]
    return found


def joined(states: Sequence[tuple[Any, Any, str]]) -> list[tuple[Any, Any, str]]:
    """States that follow each other with one value, as one."""
    runs: list[tuple[Any, Any, str]] = []
    for start, end, value in states:
        if runs and runs[-1][1] == start and runs[-1][2] == value:
            runs[-1] = (runs[-1][0], end, value)
        else:
            runs.append((start, end, value))
    return runs


def held_by(directory: MasterDirectory) -> Mapping[Attribute, Any]:
    """What the oracle's directory holds, in the same form."""
    dated = {attribute: directory.states(attribute) for attribute in directory.steps}
    return {**directory.facts, **{attribute: states for attribute, states in dated.items() if states}}


def seen_by(changes: Iterable[Change]) -> Mapping[Attribute, Any]:
    """What held before, as the changes of a closing set show it."""
    priors: dict[Attribute, list[tuple[Any, Any, str]]] = {}
    for change in sorted(changes, key=lambda change: (change.attribute, str(change.since))):
        if change.prior is not None:
            priors.setdefault(change.attribute, []).append((change.since, change.until, change.prior))
    return {attribute: joined(states) for attribute, states in priors.items()}


def to_be_seen(directory: MasterDirectory, attributes: Iterable[Attribute]) -> Mapping[Attribute, Any]:
    """What a closing set has to show of some attributes."""
    held = {attribute: directory.states(attribute) for attribute in attributes}
    return {
        attribute: joined([(start, end, transformed(attribute, value)) for start, end, value in states])
        for attribute, states in held.items()
        if states
    }
