"""What a CIS is told, as a person reads it: events, instructions and who takes part, in sentences.

The members of events and instructions are those of protocol 2; the cases are those of the slides' business scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from harness.interface.instants import Day, day_of, instant
from harness.port.business import CODED, PREMISE
from harness.port.protocol import Json

Names: TypeAlias = Mapping[str, str]
"""How a person knows an organisation, by its ID."""

_ATTRIBUTES: Mapping[str, str] = {
    "address": "address",
    "city": "city",
    "postal_code": "postal code",
    "framing_structure": "framing structure",
    "commodity_type": "commodity type",
    "billing_cycle_id": "billing cycle ID",
    "vee_service": "VEE service",
    "ct_pt_multiplier": "CT/PT multiplier",
    "service_status": "service status",
    "account_id": "account",
    "billing_agent": "billing agent",
    "ami_operator": "AMI operator",
    "energy_service_provider": "retailer (energy service provider)",
    "cca_service_provider": "CCA service provider",
}
_PEOPLE = ("billing_agent", "ami_operator", "energy_service_provider", "cca_service_provider", "organisation")
_CAPITALS = {"tou cpp": "TOU/CPP", " est": " EST", " cst": " CST"}
_CYCLES = {"on": "on cycle", "off": "off cycle"}


def on_day(day: Day) -> str:
    """A day, with its weekday: ``Monday, 2011-01-10``."""
    return f"{day:%A}, {day.isoformat()}"


def names_of(begin: Json) -> dict[str, str]:
    """How the organisations of a conversation are called, by ID."""
    return {each["id"]: f'"{each["alias"]}" ({each["id"]})' for each in begin["organisations"]}


def participants(begin: Json) -> Iterator[str]:
    """Who takes part in a conversation: whose CIS it is first."""
    names, you = names_of(begin), begin["you"]
    for each in sorted(begin["organisations"], key=lambda each: each["id"] != you):
        whose = "Your CIS is that of" if each["id"] == you else "Also registered with the MDM/R:"
        kind = "the utility (LDC)" if each["kind"] == "ldc" else "the agent"
        number = f"its next file set has the number {each['next_sequence_number']}"
        yield f"{whose} {kind} {names[each['id']]}{f'; {number}' if each['kind'] == 'ldc' else ''}."
        if each["kind"] == "agent" and each["id"] == you:
            yield f"If it counts together the file sets that it submits, for whichever utility, {number}."
    for each in begin["authorisations"]:
        ldc, agent = names[each["ldc"]], names[each["agent"]]
        yield f"{ldc} has authorised {agent} to {each['direction']} {each['type']}."


# --- events -------------------------------------------------------------------------------------------------


def event(told: Json, names: Names) -> str:
    """What has happened, in a sentence, with the day from which it holds."""
    since = on_day(Day(date.fromisoformat(told["effective"])))
    return f"SDP {told['sdp_id']} of {names[told['ldc']]}, from {since}: {_EVENTS[told['event']](told, names)}"


def _created(told: Json, names: Names) -> str:
    stated = [_stated(name, value, names) for name, value in told["attributes"].items()]
    if told["type"] == "virtual":
        made = f"a new virtual SDP, which aggregates {_listed(told['components'])}"
    elif told["meter"] is None:
        made = "a new physical SDP, without a meter"
    else:
        made = f"a new physical SDP, with {_meter(told['meter'])}"
    return f"{made}\n     {', '.join(stated)}"


def _stated(name: str, value: Any, names: Names) -> str:
    return f"no {_ATTRIBUTES[name]}" if value is None else f"{_ATTRIBUTES[name]} {_value(name, value, names)}"


def _value(name: str, value: Any, names: Names) -> str:
    if name in CODED:
        return _as_on_slides(value)
    return names.get(value, str(value)) if name in _PEOPLE else str(value)


def _as_on_slides(word: str) -> str:
    """A word of a code list as people write it: ``TOU/CPP EST``."""
    said = word.replace("_", " ")
    for small, capital in _CAPITALS.items():
        said = said.replace(small, capital)
    return said


def _meter(meter: Json) -> str:
    parts = f"{meter['register_digits']} register digits, communication module {meter['communication_module_id']}"
    return f"meter {meter['meter_id']} ({parts})"


def _now(what: str, member: str) -> Callable[[Json, Names], str]:
    """An event that gives an attribute another value, from a day that may lie before that of the task, or after it."""

    def said(told: Json, names: Names) -> str:
        value = told[member]
        return (
            f"the {what} ends, and no other follows"
            if value is None
            else f"the {what} becomes {_value(member, value, names)}"
        )

    return said


def _plain(sentence: str) -> Callable[[Json, Names], str]:
    return lambda _told, _names: sentence


def _premise(told: Json, names: Names) -> str:
    changed = [f"{_ATTRIBUTES[name]}, {_value(name, told[name], names)}" for name in PREMISE if name in told]
    return f"the premise has another {', another '.join(changed)}"


_EVENTS: Mapping[str, Callable[[Json, Names], str]] = {
    "sdp_created": _created,
    "sdp_removed": _plain("the SDP is given up, and is no longer the utility's"),
    "meter_added": lambda told, _: f"the SDP, which had no meter, gets {_meter(told['meter'])}",
    "meter_changed": lambda told, _: f"the meter is changed; the new one is {_meter(told['meter'])}",
    "meter_removed": _plain("the meter is removed, and no other follows"),
    "service_cut_at_pole": _plain("the service is cut at the pole"),
    "meter_booted": _plain("the meter is booted"),
    "framing_structure_changed": _now("framing structure", "framing_structure"),
    "billing_cycle_changed": _now("billing cycle ID", "billing_cycle_id"),
    "vee_service_changed": _now("VEE service", "vee_service"),
    "multiplier_changed": _now("CT/PT multiplier", "ct_pt_multiplier"),
    "account_changed": _now("account", "account_id"),
    "billing_agent_changed": _now("billing agent", "organisation"),
    "ami_operator_changed": _now("AMI operator", "organisation"),
    "retailer_changed": _now("retailer (energy service provider)", "organisation"),
    "premise_changed": _premise,
    "components_changed": lambda told, _: f"the virtual SDP aggregates {_listed(told['components'])}, and no other SDP",
}


# --- instructions -------------------------------------------------------------------------------------------


def instruction(told: Json, names: Names) -> str:
    """What people at an LDC want the CIS to do, in a sentence."""
    return f"{names[told['ldc']]}: {_INSTRUCTIONS[told['instruction']](told)}"


def _request_ids(told: Json) -> str:
    if "sdp_ids" in told:
        return f"request Universal SDP IDs for {_listed(told['sdp_ids'])}, and for no other SDP (1000)"
    return "request Universal SDP IDs for all SDPs that have none, but for those whose answer is still to come (1000)"


def _audit(told: Json) -> str:
    when = f", extracted on {on_day(day_of(instant(told['at'])))}" if "at" in told else ""
    return f"send a periodic audit, a P-Sync of all active SDPs (3000){when}"


def _publish(told: Json) -> str:
    cycles = [f"{each['billing_cycle_id']} {_period(each)}" for each in told["cycles"]]
    return f"publish the billing cycle schedule (8000): {'; '.join(cycles)}"


def _quantities(told: Json) -> str:
    about = f"{_listed(told['sdp_ids'])}, {_period(told)}, {_CYCLES[told['cycle']]}"
    return f"request quantities (5000) of {about}"


def _recover(told: Json) -> str:
    delivered = f"was delivered by {told['delivered']}"
    return (
        f"the response about {_listed(told['sdp_ids'])}, {_period(told)}, which {delivered}, is lost: recover it (5000)"
    )


def _corrected(told: Json) -> str:
    about = f" with {_listed(told['sdp_ids'])}" if told["sdp_ids"] else ""
    period = f", {_period(told)}" if "first_day" in told else ""
    return f"{told['what']}{about}{period}: now let your CIS do, or send again, whatever the problem had kept back"


def _decide(told: Json) -> str:
    decided = "bill again, and request the quantities (5000)" if told["rebill"] else "do not bill again"
    return f"{decided}: {_listed(told['sdp_ids'])}, {_period(told)}"


_INSTRUCTIONS: Mapping[str, Callable[[Json], str]] = {
    "request_universal_sdp_ids": _request_ids,
    "synchronize": lambda _: "synchronize, as an I-Sync, what has changed and was not sent yet (4000)",
    "audit": _audit,
    "publish_billing_schedule": _publish,
    "request_quantities": _quantities,
    "response_lost": _recover,
    "problem_corrected": _corrected,
    "decide": _decide,
}


def _period(told: Json) -> str:
    return f"from {told['first_day']} to {told['last_day']}, both days included"


def _listed(names: list[str]) -> str:
    return ", ".join(names)
