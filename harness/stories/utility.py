"""An LDC as it lives: what it knows of its SDPs, what changes about them, and what their meters measure.

SDPs are those of `made_ldc`, but for what a simulation needs to know about: the framing structure, the billing
cycle and agent, the VEE service, and the day on which an SDP joins. All of it rests on the seed and the SDP alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from harness.interface.files import Value
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day
from harness.interface.profile import Profile
from harness.oracle.master_directory import Attribute, Fact, Record
from harness.stories.made_ldc import VIRTUAL_EVERY, Entry, MadeLdc

CYCLES = tuple(f"BC{number:02}" for number in range(1, 21))
FRAMINGS = (
    *("tou_cpp_est",) * 12,
    *("tou_cpp_cst",) * 2,
    *("hourly",) * 3,
    *("periodic",) * 2,
    "tou_cpp_60_block_eastern",
)
"""Framing structures, as often as they occur; one SDP in forty has one that measures demand in quarter hours."""
Happening: TypeAlias = "tuple[int, Callable[[], None]]"
"""Something that happens, and at which minute of a day."""
VEE_SERVICES = ("02", "02", "03")
ESTIMATING = ("13", "14")
"""The VEE services of SDPs: one in three has a sum check; to a system that claims it, as many estimate on demand."""
FINE_FRAMINGS = ("hourly_15_rolling_central", "periodic_15_block_eastern", "tou_cpp_15_rolling_eastern")
_SHAPE = (5, 4, 4, 4, 4, 6, 9, 12, 11, 9, 8, 8, 9, 8, 8, 9, 12, 16, 18, 17, 15, 12, 9, 6)
"""What a household uses of energy, hour by hour, in parts of what it uses in all."""


class Nature(NamedTuple):
    """What an SDP is like as far as a simulation minds."""

    framing: str
    minutes: int
    by_agent: bool
    vee_service: str
    cycle: str
    joins: int


@dataclass(slots=True)
class Sdp:
    """An SDP, and what its LDC has on record of it."""

    number: int
    sdp_id: str
    nature: Nature
    universal_id: str = ""
    entries: list[Entry] = field(default_factory=list)
    meters: int = 1
    used_wh: int = 0
    left_out: bool = False
    left_out_until: int = 0


class Utility:
    """One LDC of a simulation.

    :param alias: how it is called; `numbers`: the SDPs of the story that are its own, from 0.
    :param agent: the billing agent of some of its SDPs, where it has one.
    :param estimates: whether there are SDPs with on-demand estimation.
    """

    def __init__(
        self,
        alias: str,
        ldc: OrgId,
        agent: OrgId | None,
        numbers: Sequence[int],
        days: int,
        seed: int,
        profile: Profile,
        *,
        estimates: bool = True,
    ) -> None:
        self.vee_services = (*VEE_SERVICES, *ESTIMATING) if estimates else VEE_SERVICES
        self.alias = alias
        self.ldc = ldc
        self.agent = agent
        self.seed = seed
        self.profile = profile
        self.ids: dict[str, str] = {}
        places = (max(numbers, default=0) + 1) * VIRTUAL_EVERY // (VIRTUAL_EVERY - 1) + VIRTUAL_EVERY
        self.made = MadeLdc(ldc, places, seed, profile, self.ids)
        self.sdps = {
            number: Sdp(number, self.made.sdp_id(_place(number)), self._nature(number, days)) for number in numbers
        }

    def _nature(self, number: int, days: int) -> Nature:
        chance = random.Random(f"{self.seed} nature {number}")
        fine = chance.random() < 0.025
        joins = chance.randrange(1, max(2, days // 2)) if chance.random() < 0.08 else 0
        by_agent = self.agent is not None and chance.random() < 0.3
        framing, cycle = chance.choice(FINE_FRAMINGS if fine else FRAMINGS), chance.choice(CYCLES)
        vee_service = chance.choice(self.vee_services)
        return Nature(framing, 15 if fine else 60, by_agent, vee_service, cycle, joins)

    # --- master data -----------------------------------------------------------------------------------------

    def code(self, code_list: str, word: str) -> str:
        return self.profile.codes[code_list][word]

    def create(self, sdp: Sdp, day: Day) -> list[Entry]:
        """The records of an SDP as it is created, all of them."""
        nature, since = sdp.nature, Day(date(2010, 12, 1))
        own = [entry for entry in self.made.entries(_place(sdp.number)) if not self._is_ours(entry)]
        own.append(self.service(sdp, nature.framing, since))
        own.append(self.parameter(sdp, "billing_cycle_id", nature.cycle, since))
        own.append(self.parameter(sdp, "vee_service", nature.vee_service, since))
        agent = self.agent if nature.by_agent and self.agent is not None else self.ldc
        own.append(self.relationship(sdp, "sdp_to_billing_agent", "organisation_id", agent, since))
        if nature.joins:
            own = [_since(entry, day) for entry in own if entry.end is None or entry.end > day]
        sdp.entries = own
        return own

    def _is_ours(self, entry: Entry) -> bool:
        ours = {self.code("sdp_parameter", word) for word in ("billing_cycle_id", "vee_service")}
        return entry.kind in {"service_agreement", "sdp_to_billing_agent"} or entry.fields.get("parameter") in ours

    def service(self, sdp: Sdp, framing: str, since: Day, end: Day | None = None) -> Entry:
        """The service agreement of an SDP."""
        fields: Mapping[str, Value] = {
            "universal_sdp_id": sdp.universal_id,
            "framing_structure": self.code("framing_structure", framing),
            "commodity_type": self.code("commodity_type", "electricity"),
            "start_date": since,
            "end_date": end,
        }
        return Entry("03", "service_agreement", fields)

    def parameter(self, sdp: Sdp, word: str, value: str, since: Day, end: Day | None = None) -> Entry:
        return self.made.parameter(_place(sdp.number), word, value, since, end)

    def relationship(
        self, sdp: Sdp, kind: str, field_name: str, other: str, since: Day, end: Day | None = None
    ) -> Entry:
        return self.made.relationship(_place(sdp.number), kind, field_name, other, since, end)

    def extract(self, sdp: Sdp, day: Day) -> list[Entry]:
        """What a P-Sync of a day says of an SDP: its present and future states."""
        return self.made.extract(sdp.entries, day)

    def amend(self, sdp: Sdp, new: Iterable[Entry]) -> None:
        """Take down what has changed about an SDP: the state that a record follows ends where that one starts."""
        for entry in new:
            sdp.entries = [kept for old in sdp.entries if (kept := _beside(old, entry)) is not None]
            sdp.entries.append(entry)

    # --- business ----------------------------------------------------------------------------------------------

    def changed(self, sdp: Sdp, kind: str, effective: Day, chance: random.Random) -> list[Entry]:
        """The records that tell of a change, as of a day. Nothing where there is nothing that could change."""
        if kind == "meter change" and sdp.meters == 1:
            sdp.meters = 2
            return list(self.made.meter(_place(sdp.number), 1, effective, chance))
        record, parameter = _CHANGED.get(kind, ("sdp_to_account", ""))
        code = self.code("sdp_parameter", parameter) if parameter else None
        now = next(
            (e for e in sdp.entries if e.kind == record and e.fields.get("parameter") == code and _holds(e, effective)),
            None,
        )
        if now is None:
            return []
        fields = {**now.fields, "start_date": effective, **self._new_values(sdp, kind, now, chance)}
        return [] if fields == dict(now.fields) else [now._replace(fields=fields)]

    def _new_values(self, sdp: Sdp, kind: str, now: Entry, chance: random.Random) -> Mapping[str, Value]:
        if kind == "framing change":
            words = FINE_FRAMINGS if sdp.nature.minutes < 60 else FRAMINGS
            return {"framing_structure": self.code("framing_structure", chance.choice(words))}
        if kind == "cycle change":
            return {"value": chance.choice(CYCLES)}
        if kind == "agent change":
            other = self.agent if now.fields["organisation_id"] == self.ldc else self.ldc
            return {"organisation_id": other or self.ldc}
        if kind == "VEE service change":
            others = sorted({*self.vee_services, "01"} - {str(now.fields["value"])})
            return {"value": chance.choice(others)}
        if kind == "premise correction":
            return {"address": f"{now.fields['address']} Unit {chance.randrange(1, 100)}"}
        if kind == "service cut":
            return {"value": self.code("service_status", "cut_at_pole")}
        return {"account_id": f"{chance.randrange(10**9, 2 * 10**9)}"}

    def prior_state(self, sdp: Sdp) -> list[Entry]:
        """A state of an SDP that is long over, and that nobody has on record."""
        if any(entry.kind == _CCA for entry in sdp.entries):
            return []
        start, end = Day(date(2009, 1, 1)), Day(date(2009, 7, 1))
        return [self.relationship(sdp, _CCA, "organisation_id", "ORG00001", start, end)]

    def with_meter_of(self, sdp: Sdp, other: Sdp, day: Day) -> list[Entry]:
        """The records that give an SDP the meter that another one has on a day, without taking it from that one."""
        taken = next((e for e in other.entries if e.kind == "sdp_to_meter" and _holds(e, day)), None)
        if taken is None:
            return []
        meter = str(taken.fields["meter_id"])
        about = [e for e in other.entries if e.kind in {"meter", *_OF_METERS} and e.fields.get("meter_id") == meter]
        modules = {e.fields.get("communication_module_id") for e in about} - {None}
        about += [
            e
            for e in other.entries
            if e.kind == "communication_module" and e.fields["communication_module_id"] in modules
        ]
        return [*about, self.relationship(sdp, "sdp_to_meter", "meter_id", meter, day)]

    # --- meter data ----------------------------------------------------------------------------------------------

    def metered(self, sdp: Sdp, day: int, edition: int = 0) -> tuple[list[int], list[int] | None]:
        """What an SDP's meter measured on a day, interval by interval: Wh, and varh where it is a fine one.

        :param edition: 0 as it was read, above that as it was put right later.
        """
        chance = random.Random(((self.seed * 1009 + sdp.number) * 100_003 + day) * 17 + edition)
        per_hour = 60 // sdp.nature.minutes
        size = 3 + sdp.number % 7
        noise = chance.randbytes(24 * per_hour)
        wh = [size * (_SHAPE[place // per_hour] * 20 + more) // per_hour for place, more in enumerate(noise)]
        return wh, [energy // 3 for energy in wh] if per_hour > 1 else None

    def dials(self, sdp: Sdp, day: Day) -> int:
        """What the register of an SDP shows after what was used so far, read off as the LDC has it on record."""
        digits, multiplier = ("5", "1")
        meter = next((e.fields["meter_id"] for e in sdp.entries if e.kind == "sdp_to_meter" and _holds(e, day)), None)
        words = {code: word for word, code in self.profile.codes["meter_parameter"].items()}
        for entry in sdp.entries:
            if entry.kind == "meter_parameter" and entry.fields["meter_id"] == meter and _holds(entry, day):
                word, value = words[str(entry.fields["parameter"])], str(entry.fields["value"])
                digits, multiplier = (value, multiplier) if word == "register_digits" else (digits, value)
        code = self.code("sdp_parameter", "ct_pt_multiplier")
        of_sdp = (e for e in sdp.entries if e.fields.get("parameter") == code and _holds(e, day))
        transformers = next((int(str(e.fields["value"])) for e in of_sdp), 1)
        capacity: int = 10 ** int(digits)
        began = capacity - random.Random(f"{self.seed} dials {sdp.number}").randrange(1, 1500)  # soon back at nothing
        return (began + sdp.used_wh // (1000 * int(multiplier) * transformers)) % capacity


_CHANGED: Mapping[str, tuple[str, str]] = {
    "framing change": ("service_agreement", ""),
    "cycle change": ("sdp_parameter", "billing_cycle_id"),
    "agent change": ("sdp_to_billing_agent", ""),
    "VEE service change": ("sdp_parameter", "vee_service"),
    "premise correction": ("premise", ""),
    "service cut": ("sdp_parameter", "service_status"),
}
"""Which record tells of a change, and of which parameter; any other is one of the account."""


def _place(number: int) -> int:
    """The number of an SDP in the made LDC, of which one in so many is virtual, and has no meter of its own."""
    return number + number // (VIRTUAL_EVERY - 1)


def _since(entry: Entry, day: Day) -> Entry:
    """A record that holds from a day on at the earliest."""
    start = entry.fields.get("start_date")
    return (
        entry._replace(fields={**entry.fields, "start_date": day}) if isinstance(start, date) and start < day else entry
    )


def _holds(entry: Entry, day: Day) -> bool:
    start = entry.fields.get("start_date")
    return isinstance(start, date) and start <= day and (entry.end is None or day < entry.end)


def _beside(old: Entry, new: Entry) -> Entry | None:
    """What is left of a record beside a new one of the same attribute."""
    start = new.fields.get("start_date")
    if not isinstance(start, date) or _about(old) != _about(new) or not _holds(old, Day(start)):
        return old
    return None if old.fields["start_date"] == start else old.ended(Day(start))


def _about(entry: Entry) -> tuple[Value, ...]:
    owner = entry.fields.get("universal_sdp_id", entry.fields.get("meter_id"))
    return entry.kind, owner, entry.fields.get("parameter")


# --- the same in the oracle's words --------------------------------------------------------------------------

_ASSETS = {"sdp": "universal_sdp_id", "meter": "meter_id", "communication_module": "communication_module_id"}
_CCA = "sdp_to_cca_service_provider"
_OF_METERS = ("meter_parameter", "meter_to_communication_module")
_NO_VALUES = {"universal_sdp_id", "start_date", "end_date", "parameter"}


def told(entries: Iterable[Entry], profile: Profile) -> tuple[list[Fact], list[Record]]:
    """What records say, as the oracle takes it."""
    facts: list[Fact] = []
    records: list[Record] = []
    for entry in entries:
        if entry.kind in _ASSETS:
            facts += _facts(entry)
        else:
            records += _records(entry, profile)
    return list(dict.fromkeys(facts)), records


def _facts(entry: Entry) -> Iterator[Fact]:
    owner = str(entry.fields[_ASSETS[entry.kind]])
    for name, value in entry.fields.items():
        if value is not None and name != "universal_sdp_id":
            yield Fact(Attribute(entry.kind, owner, name), str(value))


def _records(entry: Entry, profile: Profile) -> Iterator[Record]:
    of = "meter" if entry.kind in _OF_METERS else "sdp"
    owner_field = _ASSETS[of]
    start = entry.fields["start_date"]
    if not isinstance(start, date):
        raise TypeError(f"{entry} has no start date")
    for name, value in entry.fields.items():
        if value is not None and name not in _NO_VALUES and name != owner_field:
            attribute = Attribute(of, str(entry.fields[owner_field]), _attribute(entry, name, profile))
            yield Record(attribute, Day(start), entry.end, str(value))


def _attribute(entry: Entry, field_name: str, profile: Profile) -> str:
    """The name of an attribute as reports give it."""
    if entry.kind in {"sdp_parameter", "meter_parameter"}:
        words = {code: word for word, code in profile.codes[entry.kind].items()}
        return words[str(entry.fields["parameter"])]
    return entry.kind if "_to_" in entry.kind else field_name


def day_number(first: Day, day: Day) -> int:
    """How many days after another a day is."""
    return (day - first).days


def day_after(first: Day, days: int) -> Day:
    """The day so many days after another."""
    return Day(first + timedelta(days=days))


def there(utility: Utility, day: int) -> list[Sdp]:
    """The SDPs of an LDC that have joined by a day."""
    return [sdp for sdp in utility.sdps.values() if sdp.nature.joins <= day and sdp.universal_id]
