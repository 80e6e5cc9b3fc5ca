"""What an LDC's business told its CIS, and what holds by that on a day: said by looking through all of it.

A statement holds from its day until the next of its attribute; of two of one day the one told last holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from harness.interface.instants import Day
from harness.port.protocol import Event

CODED = frozenset({"framing_structure", "commodity_type", "service_status"})
"""Attributes that are told in words, and stand in files as codes of the profile."""
_ASSET = {
    "account_id": "sdp_to_account",
    "billing_agent": "sdp_to_billing_agent",
    "ami_operator": "sdp_to_ami_operator",
}
"""How the Master Directory calls what an SDP is created with, where it is called otherwise."""
_CHANGES: Mapping[str, tuple[str, str]] = {
    "framing_structure_changed": ("framing_structure", "framing_structure"),
    "billing_cycle_changed": ("billing_cycle_id", "billing_cycle_id"),
    "vee_service_changed": ("vee_service", "vee_service"),
    "multiplier_changed": ("ct_pt_multiplier", "ct_pt_multiplier"),
    "account_changed": ("sdp_to_account", "account_id"),
    "ami_operator_changed": ("sdp_to_ami_operator", "organisation"),
    "retailer_changed": ("sdp_to_energy_service_provider", "organisation"),
}
PREMISE = ("address", "city", "postal_code")


class Statement(NamedTuple):
    """What was told of an attribute: from a day on it has a value, or none."""

    since: Day
    value: str | None


@dataclass(slots=True)
class Books:
    """Everything that was told of an LDC's SDPs.

    :ivar created: the first day of each SDP, by SDP ID.
    """

    created: dict[str, Day] = field(default_factory=dict)
    told: dict[str, dict[str, list[Statement]]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, event: Event) -> None:
        """Note an event."""
        if event.event == "sdp_created":
            self.created[event.sdp_id] = event.effective
        for attribute, value in stated(event):
            statements = self.told[event.sdp_id].setdefault(attribute, [])
            statements.append(Statement(event.effective, None if value is None else str(value)))

    def can_take(self, event: Event) -> bool:
        """Whether it takes nothing away that begins on its own day: no record could say so."""
        taken = [attribute for attribute, value in stated(event) if value is None]
        known = self.told.get(event.sdp_id, {})
        return not any(each.since == event.effective for name in taken for each in known.get(name, ()))

    def on(self, sdp_id: str, attribute: str, day: Day) -> str | None:
        """The value of an attribute on a day, in the words in which it was told."""
        found: Statement | None = None
        for each in self.told[sdp_id].get(attribute, ()):
            if each.since <= day and (found is None or each.since >= found.since):
                found = each
        return None if found is None else found.value


def stated(event: Event) -> Iterator[tuple[str, Any]]:
    """What an event says: attributes as the Master Directory calls them, each with its value."""
    more = event.more
    if event.event == "sdp_created":
        for attribute, value in more["attributes"].items():
            yield _ASSET.get(attribute, attribute), value
        yield "sdp_to_meter", more["meter"]["meter_id"]
    elif event.event == "meter_changed":
        yield "sdp_to_meter", more["meter"]["meter_id"]
    elif event.event == "service_cut_at_pole":
        yield "service_status", "cut_at_pole"
    elif event.event == "meter_booted":
        yield "service_status", "booted"
    elif event.event == "premise_changed":
        yield from ((each, more[each]) for each in PREMISE if each in more)
    else:
        attribute, member = _CHANGES[event.event]
        yield attribute, more[member]
