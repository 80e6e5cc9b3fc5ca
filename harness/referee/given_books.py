"""The books of the LDCs whose CIS is judged: what their business has on record of each SDP, and since when it is told.

A statement of an attribute holds from its day until that of the next; of two of one day the one told last holds. Books
grow: what a CIS says may rest on what they said before as well, as that of a set which it sends once more. Attributes
are called as the records of file sets call them, and values stand as they do there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from harness.interface.instants import Day, Instant
from harness.port.business import CHANGES, CODED, METER, STATUSES, stated
from harness.referee.stream import Loaded
from harness.referee.sync_differences import OF_STATUS, SCENARIOS

SdpKey: TypeAlias = tuple[str, str]
"""An LDC, and the SDP ID by which it knows an SDP."""
NEW_SDP = "ISY-22"
_METERS: Mapping[str, str] = {"meter_added": "ISY-12", "meter_changed": "ISY-10", "meter_removed": "ISY-11"}
"""The business scenario of what becomes of an SDP's meter, by the event."""


class Stated(NamedTuple):
    """What the business told of an attribute: its value from a day on, None for none; when, and by which scenario."""

    since: Day
    value: str | None
    told: Instant
    rule: str


class Grouped(NamedTuple):
    """Which SDPs a virtual one aggregates from a day on, and when that was told."""

    since: Day
    components: tuple[str, ...]
    told: Instant


@dataclass(slots=True)
class Sdp:
    """What is on record of an SDP.

    :ivar histories: of each attribute what was told, in the order in which it was.
    :ivar removed: since when it is the LDC's no longer.
    """

    created: Day
    told: Instant
    is_virtual: bool
    histories: dict[str, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    grouped: list[Grouped] = field(default_factory=list)
    removed: Day | None = None

    def values_on(self, attribute: str, day: Day, since: Instant | None = None) -> set[str | None]:
        """The values that an attribute has on a day, by what had been told at an instant or at any time since.

        Of several that were told of the day on which they begin any may be meant: one corrects the other.

        :param since: None for the beginning.
        """
        found: set[str | None] = set()
        known: list[Stated] = []
        for each in self.histories.get(attribute, []):
            if since is not None and each.told >= since:
                found |= _holding(known, day)
            known.append(each)
            if since is None:
                found |= _holding(known, day)
        return found | _holding(known, day)

    def on(self, attribute: str, day: Day) -> Stated | None:
        """What holds of an attribute on a day by all that was told."""
        found: Stated | None = None
        for each in self.histories.get(attribute, []):
            if each.since <= day and (found is None or each.since >= found.since):
                found = each
        return found

    def said_of(self, attribute: str, day: Day) -> Stated | None:
        """What was told of an attribute for a day, or first of all."""
        return self.on(attribute, day) or next(iter(self.histories.get(attribute, [])), None)

    def meant_by(self, attribute: str, value: str) -> Stated | None:
        """What was told last with a value."""
        said = (each for each in reversed(self.histories.get(attribute, [])) if each.value == value)
        return next(said, None)

    def untouched_since(self, attribute: str, moment: Instant) -> bool:
        """Whether everything of an attribute was told before an instant."""
        return all(each.told < moment for each in self.histories.get(attribute, []))

    def components_on(self, day: Day) -> tuple[str, ...]:
        """The SDPs that it aggregates on a day."""
        found: Grouped | None = None
        for each in self.grouped:
            if each.since <= day and (found is None or each.since >= found.since):
                found = each
        return () if found is None else found.components


def _holding(known: Sequence[Stated], day: Day) -> set[str | None]:
    """What may hold on a day by some statements."""
    begins = max((each.since for each in known if each.since <= day), default=None)
    return {each.value for each in known if each.since == begins} or {None}


@dataclass(slots=True)
class Books:
    """The books of all LDCs whose CIS is judged.

    :param codes: the profile's code lists, for what is told in words.
    :ivar digits: the register digits that were told of each meter, `modules` its communication modules; `came` by which
        business scenario it came first.
    """

    codes: Mapping[str, Mapping[str, str]]
    sdps: dict[SdpKey, Sdp] = field(default_factory=dict)
    digits: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    modules: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    came: dict[str, str] = field(default_factory=dict)

    def take(self, loaded: Loaded) -> None:
        """Enter what has happened in the business."""
        for event in loaded.data.get("events", ()):
            self._enter(event, loaded.instant)

    def _enter(self, event: Mapping[str, Any], told: Instant) -> None:
        key, since = (event["ldc"], event["sdp_id"]), Day(date.fromisoformat(event["effective"]))
        if event["event"] == "sdp_created":
            self.sdps.setdefault(key, Sdp(since, told, event.get("type") == "virtual"))
        sdp = self.sdps.get(key)
        if sdp is None:
            return
        if event["event"] == "sdp_removed":
            sdp.removed = since
        if "components" in event:
            sdp.grouped.append(Grouped(since, tuple(event["components"]), told))
        for attribute, value, rule in self._stated(event):
            sdp.histories[attribute].append(Stated(since, value, told, rule))
            if attribute == METER and value is not None:
                self.came.setdefault(value, rule)

    def _stated(self, event: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str]]:
        """What an event says: attributes, their values, and the rule of the business scenario."""
        if meter := event.get("meter"):
            self.digits[meter["meter_id"]].add(str(meter["register_digits"]))
            self.modules[meter["meter_id"]].add(str(meter["communication_module_id"]))
        for attribute, value in stated(event["event"], event):
            yield attribute, self._written(attribute, value), _scenario(event["event"], attribute, value)

    def _written(self, attribute: str, value: Any) -> str | None:
        """A value as it stands in a file."""
        if value is None:
            return None
        return self.codes[attribute].get(value, value) if attribute in CODED else str(value)


def _scenario(event: str, attribute: str, value: Any) -> str:
    """The rule of the business scenario in which an event tells of an attribute."""
    if event in STATUSES:
        return OF_STATUS[value]
    return SCENARIOS[attribute] if event in CHANGES else _METERS.get(event, NEW_SDP)
