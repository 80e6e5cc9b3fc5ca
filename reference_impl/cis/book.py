"""The book of customers and SDPs: what an LDC has on record, and since when (USDP-17).

What is known of an SDP has a history: a value from a day on, until the day of the next. None says that there is no
value from then on. Events come in any order; of two with one day the one that is told last holds. Beside the book
stands what the MDM/R has not been told of it yet: attributes, and the days on which what is new about them begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from harness.interface.identifiers import SdpId
from harness.interface.instants import Day


class Meter(NamedTuple):
    """A meter, and the communication module in it."""

    meter_id: str
    register_digits: int
    communication_module_id: str


Value: TypeAlias = str | int | Meter | tuple[str, ...]
History: TypeAlias = tuple[tuple[Day, Value | None], ...]
"""Values by the days on which they begin, in order of time."""
Days: TypeAlias = Mapping[str, frozenset[Day]]
"""Of attributes, the days on which something begins or ends."""

ASSET = "sdp"
"""Stands for the SDP itself, among what is untold of it."""
PREMISE = ("address", "city", "postal_code")
CODED = ("framing_structure", "commodity_type", "service_status")
"""Attributes that come as words, for which the profile has codes."""

CHANGED: Mapping[str, tuple[str, str]] = {
    "meter_added": ("meter", "meter"),
    "meter_changed": ("meter", "meter"),
    "framing_structure_changed": ("framing_structure", "framing_structure"),
    "billing_cycle_changed": ("billing_cycle_id", "billing_cycle_id"),
    "vee_service_changed": ("vee_service", "vee_service"),
    "multiplier_changed": ("ct_pt_multiplier", "ct_pt_multiplier"),
    "account_changed": ("account_id", "account_id"),
    "billing_agent_changed": ("billing_agent", "organisation"),
    "ami_operator_changed": ("ami_operator", "organisation"),
    "retailer_changed": ("energy_service_provider", "organisation"),
    "components_changed": ("components", "components"),
}
"""Events that give an attribute a value: which attribute, and the event's member that has the value."""
SETTLED: Mapping[str, tuple[str, str | None]] = {
    "meter_removed": ("meter", None),
    "service_cut_at_pole": ("service_status", "cut_at_pole"),
    "meter_booted": ("service_status", "booted"),
}
"""Events that say by their name alone which value an attribute has from then on."""


class Span(NamedTuple):
    """Values that hold together, from a day until another, exclusive; None where that is open."""

    start: Day
    end: Day | None
    values: tuple[Value | None, ...]


@dataclass(slots=True)
class Sdp:
    """A Service Delivery Point. `created` is None while its creation has not been heard of."""

    sdp_id: SdpId
    is_virtual: bool = False
    created: Day | None = None
    removed: Day | None = None
    histories: dict[str, History] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """What an LDC has on record.

    :param meters: of each meter, what is known of it since which day.
    :param untold: by SDP and attribute, the days on which something begins or ends that was not sent yet.
    """

    sdps: dict[SdpId, Sdp] = field(default_factory=dict)
    meters: dict[str, dict[Day, Meter]] = field(default_factory=dict)
    untold: dict[SdpId, dict[str, set[Day]]] = field(default_factory=dict)


# --- events -------------------------------------------------------------------------------------------------


def take_event(book: Book, event: Mapping[str, Any], codes: Mapping[str, Mapping[str, str]]) -> str | None:
    """Enter a fact of the LDC's business; why it cannot be entered, or None.

    :param codes: the profile's code lists.
    :raises KeyError, ValueError: it lacks a member, or has a word of which the profile knows no code.
    """
    values, day = values_of(event, codes), Day(date.fromisoformat(event["effective"]))
    sdp_id = SdpId(event["sdp_id"])
    sdp = book.sdps.get(sdp_id) or Sdp(sdp_id)
    if event["event"] == "sdp_created":
        if sdp.created is not None:
            return "this SDP ID stands for another SDP already"
        sdp.created, sdp.is_virtual = day, event["type"] == "virtual"
        leave_untold(book, sdp_id, {ASSET: frozenset({day})})
    elif event["event"] == "sdp_removed":
        remove(book, sdp, day)
    book.sdps[sdp_id] = sdp
    for attribute, value in values.items():
        enter(book, sdp, attribute, day, value)
    return None


def values_of(event: Mapping[str, Any], codes: Mapping[str, Mapping[str, str]]) -> dict[str, Value | None]:
    """What an event says of which attributes.

    :raises KeyError, ValueError: as `take_event`.
    """
    name = event["event"]
    if name in CHANGED:
        attribute, member = CHANGED[name]
        stated = {attribute: event[member]}
    elif name in SETTLED:
        stated = dict([SETTLED[name]])
    elif name == "sdp_created":
        more = {"components": event["components"]} if event["type"] == "virtual" else {"meter": event["meter"]}
        stated = {**event["attributes"], **more}
        stated = {key: value for key, value in stated.items() if value is not None}
    elif name == "premise_changed":
        stated = {key: event[key] for key in PREMISE if key in event}
    elif name == "sdp_removed":
        stated = {}
    else:
        raise ValueError(f"there is no event {name!r}")
    for attribute in CODED:
        if attribute in stated and stated[attribute] not in codes[attribute]:
            raise ValueError(f"{attribute} {stated[attribute]!r}, expected one of {', '.join(codes[attribute])}")
    return {attribute: _value(value) for attribute, value in stated.items()}


def _value(stated: Any) -> Value | None:
    if isinstance(stated, Mapping):
        return Meter(stated["meter_id"], stated["register_digits"], stated["communication_module_id"])
    if isinstance(stated, list):
        return tuple(stated)
    return stated  # type: ignore[no-any-return]


def enter(book: Book, sdp: Sdp, attribute: str, day: Day, value: Value | None) -> None:
    """Let an attribute have a value from a day on, until the next that is on record."""
    sdp.histories[attribute] = with_value(sdp.histories.get(attribute, ()), day, value)
    leave_untold(book, sdp.sdp_id, {attribute: frozenset({day})})
    if isinstance(value, Meter):
        book.meters.setdefault(value.meter_id, {})[day] = value


def with_value(history: History, day: Day, value: Value | None) -> History:
    """A history in which a value begins on a day, in the place of what began on that day before."""
    others = (entry for entry in history if entry[0] != day)
    return tuple(sorted((*others, (day, value)), key=lambda entry: entry[0]))


def remove(book: Book, sdp: Sdp, day: Day) -> None:
    """Let an SDP be the LDC's no longer from a day on: nothing of it holds any more."""
    sdp.removed = day
    leave_untold(book, sdp.sdp_id, {attribute: frozenset({day}) for attribute in sdp.histories})


def leave_untold(book: Book, sdp_id: SdpId, days: Days) -> None:
    """Keep in mind that something of an SDP has not been told yet."""
    untold = book.untold.setdefault(sdp_id, {})
    for attribute, more in days.items():
        untold.setdefault(attribute, set()).update(more)


def mark_told(book: Book, sdp_id: SdpId, days: Days) -> None:
    """Keep in mind that something of an SDP has been told."""
    untold = book.untold.get(sdp_id, {})
    for attribute, told in days.items():
        untold.get(attribute, set()).difference_update(told)
    left = {attribute: days for attribute, days in untold.items() if days}
    if left:
        book.untold[sdp_id] = left
    else:
        book.untold.pop(sdp_id, None)


# --- what holds when ----------------------------------------------------------------------------------------


def spans(sdp: Sdp, attributes: Sequence[str]) -> list[Span]:
    """When which values of some attributes hold together, in order of time; where none of them has any, nothing."""
    days = {day for attribute in attributes for day, _ in sdp.histories.get(attribute, ())}
    if sdp.removed is not None:
        days = {day for day in days if day < sdp.removed} | {sdp.removed}
    ordered = sorted(days)
    found = (
        Span(start, end, tuple(value_on(sdp, attribute, start) for attribute in attributes))
        for start, end in zip(ordered, (*ordered[1:], None), strict=False)
    )
    return [span for span in found if any(value is not None for value in span.values)]


def value_on(sdp: Sdp, attribute: str, day: Day) -> Value | None:
    """The value that an attribute of an SDP has on a day, or None."""
    if sdp.removed is not None and sdp.removed <= day:
        return None
    held = None
    for start, value in sdp.histories.get(attribute, ()):
        if start <= day:
            held = value
    return held


def is_active(sdp: Sdp, day: Day) -> bool:
    """Whether an SDP is the LDC's on a day, or will be: created or to be created, and not removed by then."""
    return sdp.created is not None and (sdp.removed is None or sdp.removed > day)


def of_meter(book: Book, meter_id: str) -> list[tuple[Day, Day | None, Meter]]:
    """What is known of a meter, and from which day until which; each as long as it stays the same."""
    changes: list[tuple[Day, Meter]] = []
    for day, meter in sorted(book.meters.get(meter_id, {}).items()):
        if not changes or changes[-1][1] != meter:
            changes.append((day, meter))
    ends: Iterable[Day | None] = (*(day for day, _ in changes[1:]), None)
    return [(day, end, meter) for (day, meter), end in zip(changes, ends, strict=True)]


def sdps_with_meter(book: Book, meter_id: str) -> Iterator[Sdp]:
    """The SDPs that ever had a meter."""
    for sdp in book.sdps.values():
        if any(isinstance(value, Meter) and value.meter_id == meter_id for _, value in sdp.histories.get("meter", ())):
            yield sdp
