"""What the events of an LDC's business say of its SDPs, as a CIS hears of them in `load`.

Attributes are called as the records of file sets call them, and values stand in the words in which they are told
(`docs/adapter-protocol.md`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

METER, STATUS, RETAILER = "sdp_to_meter", "service_status", "sdp_to_energy_service_provider"
PREMISE = ("address", "city", "postal_code")
CODED = ("framing_structure", "commodity_type", STATUS)
"""Attributes that are told in words, and stand in files as codes of the profile."""
OF_METERS = frozenset({"meter_added", "meter_changed", "meter_removed"})
STATUSES: Mapping[str, str] = {"service_cut_at_pole": "cut_at_pole", "meter_booted": "booted"}
"""The service status that an event leads to."""
CHANGES: Mapping[str, tuple[str, str]] = {
    "framing_structure_changed": ("framing_structure", "framing_structure"),
    "billing_cycle_changed": ("billing_cycle_id", "billing_cycle_id"),
    "vee_service_changed": ("vee_service", "vee_service"),
    "multiplier_changed": ("ct_pt_multiplier", "ct_pt_multiplier"),
    "account_changed": ("sdp_to_account", "account_id"),
    "billing_agent_changed": ("sdp_to_billing_agent", "organisation"),
    "ami_operator_changed": ("sdp_to_ami_operator", "organisation"),
    "retailer_changed": (RETAILER, "organisation"),
}
"""Events that change one attribute: which, and the member that has its value."""
_CREATED_WITH: Mapping[str, str] = {
    "account_id": "sdp_to_account",
    "billing_agent": "sdp_to_billing_agent",
    "ami_operator": "sdp_to_ami_operator",
    "energy_service_provider": RETAILER,
    "cca_service_provider": "sdp_to_cca_service_provider",
}
"""What an SDP is created with, where records call it otherwise."""


def plain(attribute: str, text: str) -> str:
    """A value as it is compared: no slide says in which letters, and with which blanks, a CIS keeps a premise."""
    return "".join(each for each in text.casefold() if each.isalnum()) if attribute in PREMISE else text


def stated(event: str, members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an event says: attributes, each with the value that it has from the event's day on, None for none.

    :param members: the event's members, by the protocol's names.
    """
    if event == "sdp_created":
        for attribute, value in members.get("attributes", {}).items():
            yield _CREATED_WITH.get(attribute, attribute), value
    if event in OF_METERS or (event == "sdp_created" and members.get("type") != "virtual"):
        meter = members.get("meter")
        yield METER, None if meter is None else meter["meter_id"]
    elif event in CHANGES:
        attribute, member = CHANGES[event]
        yield attribute, members[member]
    elif event in STATUSES:
        yield STATUS, STATUSES[event]
    elif event == "premise_changed":
        yield from ((each, members[each]) for each in PREMISE if each in members)
