"""The business around a CIS under test, in the words of features: what happens there, and what people tell the CIS.

Who is who is shared with the chapters that write files: an alias stands for one SDP ID, meter or account throughout a
scenario, whoever speaks of it. What an SDP is created with is what `synchronization.STANDARD` says, where a scenario
says nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.errors import SuiteMistake
from harness.interface.instants import Day, day_of
from harness.port.business import CHANGES
from harness.port.protocol import Event, Instruction
from harness.stage.chapters import master_data
from harness.stage.chapters.master_data import SINCE
from harness.stage.chapters.synchronization import STANDARD, SyncDesk
from harness.stage.seat import CisConversation

NOBODY = ("nobody", "none")
"""What stands in a table for no customer, no retailer and no meter."""
WITH_MODULE_OF = " with the module of "
"""What stands between a meter, in a table, and another one whose communication module it has."""
REGISTER_DIGITS = (5, 6, 4)
"""How many digits the registers of meters have, one meter after the other."""

_MEMBERS: Mapping[str, str] = {
    "address": "address",
    "city": "city",
    "postal code": "postal_code",
    "framing structure": "framing_structure",
    "commodity type": "commodity_type",
    "billing cycle": "billing_cycle_id",
    "VEE service": "vee_service",
    "CT/PT multiplier": "ct_pt_multiplier",
    "service status": "service_status",
    "account": "account_id",
    "billing agent": "billing_agent",
    "AMI operator": "ami_operator",
    "energy service provider": "energy_service_provider",
    "CCA service provider": "cca_service_provider",
}
"""The attributes that an SDP is created with, by the words of features: how the protocol names them."""
_EVENTS: Mapping[str, str] = {
    "address": "premise_changed",
    "city": "premise_changed",
    "postal code": "premise_changed",
    "framing structure": "framing_structure_changed",
    "billing cycle": "billing_cycle_changed",
    "VEE service": "vee_service_changed",
    "CT/PT multiplier": "multiplier_changed",
    "account": "account_changed",
    "billing agent": "billing_agent_changed",
    "AMI operator": "ami_operator_changed",
    "energy service provider": "retailer_changed",
}
"""The event that tells of a change of an attribute."""
_STATUSES: Mapping[str, str] = {"cut at pole": "service_cut_at_pole", "booted": "meter_booted"}


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of a table of changes: whose attribute has which value from a day on."""

    sdp: str
    attribute: str
    value: str
    since: str = "today"


class Business:
    """What happens at the LDCs whose CIS is under test, and what their people order.

    :ivar created: the SDP IDs that each LDC has created.
    :ivar names: what features call them, by SDP ID.
    """

    def __init__(self, seat: CisConversation, sync: SyncDesk) -> None:
        self.seat = seat
        self.sync = sync
        self.created: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        self._meters: dict[str, str | None] = {}
        self._digits: dict[str, int] = {}

    # --- what happens --------------------------------------------------------------------------------

    def create(self, ldc: str, sdps: Sequence[str], changes: Iterable[Happening] = (), since: str = "today") -> None:
        """Let an LDC have new physical SDPs, now.

        :param changes: in what they differ from the standard, by SDP and attribute.
        """
        different = {(each.sdp, each.attribute): each.value for each in changes}
        self._happen([self._created(ldc, sdp, different, since) for sdp in sdps])

    def create_many(self, ldc: str, number: int) -> None:
        """Let an LDC have new SDPs that nobody names one by one, now."""
        self.create(ldc, [f"SDP {count}" for count in range(1, number + 1)])

    def create_virtual(self, ldc: str, sdp: str, components: Sequence[str], since: str = "today") -> None:
        """Let an LDC have a virtual SDP that aggregates others, now."""
        attributes = self._attributes(ldc, sdp, {})
        ids = [self.sdp_id(component) for component in components]
        more = {"type": "virtual", "attributes": attributes, "components": ids}
        self._happen([self._event("sdp_created", ldc, sdp, since, more)])

    def regroup(self, ldc: str, sdp: str, components: Sequence[str], since: str) -> None:
        """Let a virtual SDP aggregate other SDPs than before, from a day on."""
        ids = [self.sdp_id(component) for component in components]
        self._happen([self._event("components_changed", ldc, sdp, since, {"components": ids})])

    def change(self, ldc: str, changes: Iterable[Happening]) -> None:
        """Let attributes of SDPs change, now."""
        self._happen([self._changed(ldc, each) for each in changes])

    def remove(self, ldc: str, sdps: Iterable[str], since: str = "today") -> None:
        """Let SDPs be an LDC's no longer from a day on."""
        self._happen([self._event("sdp_removed", ldc, sdp, since, {}) for sdp in sdps])

    def _happen(self, events: Sequence[Event]) -> None:
        """Let the CIS hear of events: now, or as the first thing once everybody who takes part is known."""
        self.seat.opens_with(lambda: self.seat.tell(events))

    def _created(self, ldc: str, sdp: str, different: Mapping[tuple[str, str], str], since: str) -> Event:
        own = {attribute: value for (of, attribute), value in different.items() if of == sdp}
        meter = own.pop("meter", f"{sdp} meter")
        more = {"type": "physical", "attributes": self._attributes(ldc, sdp, own), "meter": self._meter(sdp, meter)}
        return self._event("sdp_created", ldc, sdp, since, more)

    def _attributes(self, ldc: str, sdp: str, own: Mapping[str, str]) -> dict[str, Any]:
        standard = {**STANDARD, "account": f"{sdp} account", "billing agent": ldc, "AMI operator": ldc}
        known = _known(own, _MEMBERS)
        return {_MEMBERS[name]: self._value(name, value) for name, value in {**standard, **known}.items()}

    def _changed(self, ldc: str, change: Happening) -> Event:
        if change.attribute == "meter":
            return self._meter_changed(ldc, change)
        if change.attribute == "service status":
            name = _known({change.value: ""}, _STATUSES)
            return self._event(_STATUSES[next(iter(name))], ldc, change.sdp, change.since, {})
        _known({change.attribute: ""}, _EVENTS)
        event = _EVENTS[change.attribute]
        member = CHANGES[event][1] if event in CHANGES else _MEMBERS[change.attribute]
        return self._event(event, ldc, change.sdp, change.since, {member: self._value(change.attribute, change.value)})

    def _meter_changed(self, ldc: str, change: Happening) -> Event:
        had = self._meters.get(change.sdp)
        meter = self._meter(change.sdp, change.value)
        event = "meter_removed" if meter is None else "meter_added" if had is None else "meter_changed"
        return self._event(event, ldc, change.sdp, change.since, {} if meter is None else {"meter": meter})

    def _meter(self, sdp: str, alias: str) -> dict[str, Any] | None:
        """A meter with its module; None where an SDP has none."""
        alias, _, other = alias.partition(WITH_MODULE_OF)
        self._meters[sdp] = None if alias in NOBODY else alias
        if alias in NOBODY:
            return None
        digits = self._digits.setdefault(alias, REGISTER_DIGITS[len(self._digits) % len(REGISTER_DIGITS)])
        return {
            "meter_id": self.sync.identifier("meter", alias),
            "register_digits": digits,
            "communication_module_id": self.sync.identifier("module", f"{other or alias} module"),
        }

    def _value(self, attribute: str, words: str) -> Any:
        """The value of an attribute as the protocol states it."""
        kind = master_data.attribute(attribute)
        if words in NOBODY and kind.value in {"account", "organisation"}:
            return None
        if attribute == "CT/PT multiplier":
            return int(words)
        if kind.value == "code":
            return words.lower().replace(" ", "_").replace("/", "_")
        return self.sync.value(kind, words)

    def _event(self, name: str, ldc: str, sdp: str, since: str, more: Mapping[str, Any]) -> Event:
        if name == "sdp_created":
            self.created.setdefault(ldc, set()).add(self.sdp_id(sdp))
            self.names[self.sdp_id(sdp)] = sdp
        return Event(name, self.seat.party(ldc).id, self.sync.assignment.sdp_id(sdp), self.day(since), more)

    def sdp_id(self, alias: str) -> str:
        """The LDC's own identifier of an SDP."""
        return str(self.sync.assignment.sdp_id(alias))

    def day(self, words: str) -> Day:
        """The day that words name, seen from today."""
        return self._day(words, Day(day_of(self.seat.now)))

    def billed_day(self, words: str) -> Day:
        """The day that words name, seen from the day of the last instant that the scenario named.

        A CIS that takes a day to ask for yesterday's quantities has asked for those of the day before.
        """
        return self._day(words, self.seat.today)

    def _day(self, words: str, today: Day) -> Day:
        found = master_data.day(words, today, day_of(self.seat.setting.anchor))
        if found is None:
            raise SuiteMistake(f"an event needs a day, such as 'today' or {SINCE!r}")
        return found

    # --- what people order ---------------------------------------------------------------------------

    def order(self, instruction: str, ldc: str, **more: Any) -> None:
        """Let people at an LDC tell their CIS to do something, now."""
        self.seat.tell(instructions=[Instruction(instruction, self.seat.party(ldc).id, more)])

    def order_ids(self, ldc: str, sdps: Sequence[str] = ()) -> None:
        """Let them tell it to request Universal SDP IDs: for some SDPs, or for all that have none."""
        named = {"sdp_ids": [self.sdp_id(sdp) for sdp in sdps]} if sdps else {}
        self.order("request_universal_sdp_ids", ldc, **named)


def _known(named: Mapping[str, str], known: Mapping[str, Any]) -> Mapping[str, str]:
    """:raises SuiteMistake: a table names what there is not."""
    for name in named:
        if name not in known:
            raise SuiteMistake(f"{name!r} is none of {', '.join(known)}")
    return named
