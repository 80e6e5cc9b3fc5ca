"""A plausible LDC, drawn from a seed: its SDPs with premises, services, meters, modules, accounts and agents.

What an SDP is like rests on the seed and its number alone, so that SDPs can be made one at a time, in any number, and a
later set of the same LDC speaks of the same ones. Names of streets and cities are drawn once and combined: Faker alone
would take longer than everything else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from harness.errors import InputError
from harness.interface.files import Value
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day
from harness.interface.profile import Profile

SDP_LIMIT = 5_000_000
VIRTUAL_EVERY = 50
"""One SDP in so many is virtual, and aggregates some of those before it."""
FEWEST_WITH_VIRTUAL = 3
AGENT_LIMIT = 12
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_FIRST_SERVICE, _LAST_SERVICE = Day(date(2006, 1, 1)), Day(date(2010, 11, 30))
_FIRST_CHANGE, _CHANGE_DAYS = Day(date(2010, 12, 21)), 40
_FIRST_PLAN, _PLAN_DAYS = Day(date(2011, 2, 15)), 120

# Primes: multiplied by a number that is drawn, modulo one of them, serial numbers scatter and stay distinct.
_SEVEN_DIGITS = 9_999_991
_EIGHT_DIGITS = 99_999_989
_NINE_DIGITS = 999_999_937
_TEN_DIGITS = 8_999_999_993


class Entry(NamedTuple):
    """A detail record of a set: in which file, of which kind, and its fields."""

    file_no: str
    kind: str
    fields: Mapping[str, Value]

    @property
    def end(self) -> Day | None:
        end = self.fields.get("end_date")
        return Day(end) if isinstance(end, date) else None

    def ended(self, day: Day) -> Entry:
        return self._replace(fields={**self.fields, "end_date": day})


@dataclass(frozen=True, slots=True)
class _Names:
    """What was drawn once for the whole LDC."""

    streets: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]
    """Cities, each with the first half of its postal codes."""
    delivery_units: tuple[str, ...]
    """Second halves of postal codes."""
    billing_agents: tuple[str, ...]
    ami_operators: tuple[str, ...]
    retailers: tuple[str, ...]
    cca_providers: tuple[str, ...]


class _Scatter:
    """Gives each number another one below a prime, without pattern enough to matter and without repetition."""

    def __init__(self, prime: int, chance: random.Random) -> None:
        self.prime = prime
        self.factor = chance.randrange(prime // 3, prime)
        self.offset = chance.randrange(prime)

    def __call__(self, number: int) -> int:
        return (number * self.factor + self.offset) % self.prime


class MadeLdc:
    """An LDC of a number of SDPs, numbered from 0.

    :param universal_ids: the Universal SDP IDs that were issued, by SDP ID; drawn from the seed where there are none.
    """

    def __init__(
        self,
        ldc: OrgId,
        sdps: int,
        seed: int,
        profile: Profile,
        universal_ids: Mapping[str, str] | None = None,
    ) -> None:
        self.ldc = ldc
        self.sdps = sdps
        self.seed = seed
        self.profile = profile
        self.universal_ids = universal_ids
        chance = random.Random(f"{seed} {ldc}")
        self.names = _names(ldc, chance)
        self.prefix = "".join(chance.choices(_LETTERS, k=2))
        self._sdp_number = _Scatter(_SEVEN_DIGITS, chance)
        self._universal_number = _Scatter(_TEN_DIGITS, chance)
        self._meter_number = _Scatter(_EIGHT_DIGITS, chance)
        self._serial_number = _Scatter(_NINE_DIGITS, chance)
        self._module_number = _Scatter(_TEN_DIGITS, chance)
        self._account_number = _Scatter(_NINE_DIGITS, chance)
        self._rank = _ranking(sdps, chance)
        self.framings = tuple(profile.codes["framing_structure"].values())
        self._seed_of_sdps = chance.getrandbits(64)

    @property
    def organisations(self) -> list[OrgId]:
        """Whom its SDPs are related to, but for billing agents."""
        names = self.names
        return [OrgId(each) for each in (*names.ami_operators, *names.retailers, *names.cca_providers)]

    # --- Identifiers ---------------------------------------------------------------------------------------

    def sdp_id(self, number: int) -> SdpId:
        return SdpId(f"{self.prefix}-{self._sdp_number(number) + 1:07}")

    def universal_sdp_id(self, number: int) -> str:
        """The Universal SDP ID of an SDP.

        :raises InputError: there are issued ones, and none for this SDP.
        """
        if self.universal_ids is None:
            return str(1_000_000_000 + self._universal_number(number))
        sdp = self.sdp_id(number)
        if sdp not in self.universal_ids:
            raise InputError(
                f"gives no Universal SDP ID for SDP {sdp}",
                where="--universal-ids",
                expected="the response to a request of the same seed, LDC and number of SDPs",
                remedy="mdmr-conform make-set --kind request makes that request",
            )
        return self.universal_ids[sdp]

    def _meter_id(self, number: int, generation: int) -> str:
        return f"{self.prefix[0]}{self._meter_number(2 * number + generation):08}"

    def _module_id(self, number: int, generation: int) -> str:
        return f"{1_000_000_000 + self._module_number(2 * number + generation)}"

    def account_id(self, number: int, generation: int) -> str:
        return f"{self._account_number(2 * number + generation):09}"

    def code(self, code_list: str, word: str) -> str:
        try:
            return self.profile.codes[code_list][word]
        except KeyError:
            raise InputError(
                f"has no code {word!r} in code list {code_list!r}", where=self.profile.name, expected="one to write"
            ) from None

    # --- SDPs ----------------------------------------------------------------------------------------------

    def is_virtual(self, number: int) -> bool:
        """Whether an SDP is virtual: one in fifty, and in a small LDC the last."""
        if self.sdps < VIRTUAL_EVERY:
            return self.sdps >= FEWEST_WITH_VIRTUAL and number == self.sdps - 1
        return number % VIRTUAL_EVERY == VIRTUAL_EVERY - 1

    def register(self, number: int) -> tuple[int, int]:
        """How many digits the register of an SDP's first meter has, and the Wh of its dial unit with all multipliers.

        A virtual SDP has none; what is said of it is that of a plain register.
        """
        of_meter = {self.code("meter_parameter", word): word for word in ("register_digits", "register_multiplier")}
        of_sdp = {self.code("sdp_parameter", "ct_pt_multiplier"): "ct_pt_multiplier"}
        stated = {"register_digits": 5, "register_multiplier": 1, "ct_pt_multiplier": 1}
        for entry in self.entries(number):
            word = {"meter_parameter": of_meter, "sdp_parameter": of_sdp}.get(entry.kind, {}).get(
                str(entry.fields.get("parameter"))
            )
            if word is not None:
                stated[word] = int(str(entry.fields["value"]))
        return stated["register_digits"], 1000 * stated["register_multiplier"] * stated["ct_pt_multiplier"]

    def is_changed(self, number: int, percent: float) -> bool:
        """Whether an SDP is among the share of SDPs that change; who changes of a small share does of a larger one."""
        return self._rank(number) < -(-self.sdps * percent // 100)

    def entries(self, number: int) -> list[Entry]:
        """The records of an SDP, prior, present and future."""
        chance = random.Random(self._seed_of_sdps + 2 * number)
        service = Day(_FIRST_SERVICE + timedelta(days=chance.randrange((_LAST_SERVICE - _FIRST_SERVICE).days)))
        virtual = self.is_virtual(number)
        found = [*self._asset_and_premise(number, service, chance, virtual=virtual)]
        found += self._parameters(number, service, chance)
        found += self._organisations(number, service, chance)
        if virtual:
            found += self._components(number, service, chance)
        else:
            found += self.meter(number, 0, Day(service + timedelta(days=chance.randrange(30))), chance)
        return found

    def changed_entries(self, number: int) -> tuple[list[Entry], list[Entry]]:
        """The records of an SDP after something about it has changed, and those of them that say so."""
        entries = self.entries(number)
        chance = random.Random(self._seed_of_sdps + 2 * number + 1)
        day = Day(_FIRST_CHANGE + timedelta(days=chance.randrange(_CHANGE_DAYS)))
        changes = _OF_VIRTUAL_SDPS if self.is_virtual(number) else _CHANGES
        new = list(chance.choice(changes)(self, number, entries, day, chance))
        for entry in new:
            entries = _with(entries, entry)
        return entries, new

    def extract(self, entries: Sequence[Entry], day: Day) -> list[Entry]:
        """What a P-Sync of a day says of an SDP: present and future states, and the meters and modules of these."""
        current = [entry for entry in entries if entry.end is None or entry.end > day]
        meters = {entry.fields["meter_id"] for entry in current if entry.kind == "sdp_to_meter"}
        current = [
            entry for entry in current if entry.fields.get("meter_id") in meters or "meter_id" not in entry.fields
        ]
        of_meters = (entry for entry in current if entry.kind == "meter_to_communication_module")
        modules = {entry.fields["communication_module_id"] for entry in of_meters}
        return [
            entry
            for entry in current
            if entry.kind != "communication_module" or entry.fields["communication_module_id"] in modules
        ]

    def _asset_and_premise(self, number: int, service: Day, chance: random.Random, *, virtual: bool) -> Iterator[Entry]:
        universal = self.universal_sdp_id(number)
        kind = self.code("sdp_type", "virtual" if virtual else "physical")
        yield Entry("01", "sdp", {"universal_sdp_id": universal, "sdp_id": self.sdp_id(number), "sdp_type": kind})
        city, area = chance.choice(self.names.cities)
        yield Entry(
            "02",
            "premise",
            {
                "universal_sdp_id": universal,
                "address": f"{chance.randrange(1, 2000)} {chance.choice(self.names.streets)}",
                "city": city,
                "postal_code": f"{area} {chance.choice(self.names.delivery_units)}",
                "start_date": service,
            },
        )
        yield Entry(
            "03",
            "service_agreement",
            {
                "universal_sdp_id": universal,
                "framing_structure": self._framing(chance),
                "commodity_type": self.code("commodity_type", "electricity"),
                "start_date": service,
            },
        )

    def _framing(self, chance: random.Random) -> str:
        """A framing structure: mostly the first, now and then one that measures demand."""
        share = chance.random()
        return self.framings[0] if share < 0.8 else chance.choice(self.framings[: 4 if share < 0.95 else None])

    def parameter(self, number: int, word: str, value: str, start: Day, end: Day | None = None) -> Entry:
        fields: dict[str, Value] = {
            "parameter": self.code("sdp_parameter", word),
            "value": value,
            "start_date": start,
            "end_date": end,
        }
        return Entry("04", "sdp_parameter", {"universal_sdp_id": self.universal_sdp_id(number), **fields})

    def _parameters(self, number: int, service: Day, chance: random.Random) -> Iterator[Entry]:
        planned = None
        if chance.random() < 0.03:
            planned = Day(_FIRST_PLAN + timedelta(days=chance.randrange(_PLAN_DAYS)))
            yield self.parameter(number, "billing_cycle_id", _billing_cycle(chance), planned)
        yield self.parameter(number, "billing_cycle_id", _billing_cycle(chance), service, planned)
        yield self.parameter(number, "vee_service", _vee_service(chance), service)
        yield self.parameter(number, "ct_pt_multiplier", _ct_pt_multiplier(chance), service)
        yield self.parameter(number, "service_status", self.code("service_status", "connected"), service)

    def relationship(self, number: int, kind: str, field: str, other: str, start: Day, end: Day | None = None) -> Entry:
        universal = self.universal_sdp_id(number)
        return Entry("05", kind, {"universal_sdp_id": universal, field: other, "start_date": start, "end_date": end})

    def _organisations(self, number: int, service: Day, chance: random.Random) -> Iterator[Entry]:
        moved = None
        names = self.names
        if chance.random() < 0.02:
            moved = Day(_FIRST_PLAN + timedelta(days=chance.randrange(_PLAN_DAYS)))
            yield self.relationship(number, "sdp_to_account", "account_id", self.account_id(number, 1), moved)
        account = self.account_id(number, 0)
        yield self.relationship(number, "sdp_to_account", "account_id", account, service, moved)
        agent, operator = chance.choice(names.billing_agents), chance.choice(names.ami_operators)
        yield self.relationship(number, "sdp_to_billing_agent", "organisation_id", agent, service)
        yield self.relationship(number, "sdp_to_ami_operator", "organisation_id", operator, service)
        if chance.random() < 0.08:
            retailer = chance.choice(names.retailers)
            yield self.relationship(
                number, "sdp_to_energy_service_provider", "organisation_id", retailer, service, _contract_end(chance)
            )
        if chance.random() < 0.02:
            provider = chance.choice(names.cca_providers)
            yield self.relationship(number, "sdp_to_cca_service_provider", "organisation_id", provider, service)

    def meter(self, number: int, generation: int, since: Day, chance: random.Random) -> Iterator[Entry]:
        """A meter, its module and parameters, and that the SDP has it since a day."""
        meter, module = self._meter_id(number, generation), self._module_id(number, generation)
        serial = f"SN{self._serial_number(2 * number + generation):09}"
        yield Entry("01", "meter", {"meter_id": meter, "serial_number": serial})
        model = chance.choice(("AMI-RF", "AMI-PLC", "AMI-GPRS"))
        yield Entry("01", "communication_module", {"communication_module_id": module, "module_type": model})
        for word, values in (("register_digits", "56"), ("register_multiplier", "1111111112")):
            parameter = {"parameter": self.code("meter_parameter", word), "value": chance.choice(values)}
            yield Entry("04", "meter_parameter", {"meter_id": meter, **parameter, "start_date": since})
        fields: dict[str, Value] = {"meter_id": meter, "communication_module_id": module, "start_date": since}
        yield Entry("05", "meter_to_communication_module", fields)
        yield self.relationship(number, "sdp_to_meter", "meter_id", meter, since)

    def _components(self, number: int, service: Day, chance: random.Random) -> Iterator[Entry]:
        """What a virtual SDP aggregates: some of the physical ones before it, all on channel 1."""
        virtual: dict[str, Value] = {"universal_sdp_id": self.universal_sdp_id(number), "channel": 1}
        parts = range(2, min(4, self.sdps - 1) + 1)
        for back in range(1, chance.choice(parts) + 1):
            component: dict[str, Value] = {
                "component_universal_sdp_id": self.universal_sdp_id(number - back),
                "component_channel": 1,
                "start_date": service,
            }
            yield Entry("07", "channel_to_channel", {**virtual, **component})
        yield Entry("07", "channel_to_formula", {**virtual, "formula": "SUM", "start_date": service})


def _names(ldc: OrgId, chance: random.Random) -> _Names:
    from faker import Faker  # here, because importing it takes longer than any other command does

    faker = Faker("en_CA")
    faker.seed_instance(chance.getrandbits(64))
    postal_codes = [faker.postalcode_in_province("ON").upper().replace(" ", "") for _ in range(300)]
    areas = list(dict.fromkeys(code[:3] for code in postal_codes))[:15]
    numbers = chance.sample(range(10_000, 100_000), AGENT_LIMIT + 1)
    organisations = [text for number in numbers if (text := f"ORG{number}") != ldc][:AGENT_LIMIT]
    return _Names(
        streets=tuple(dict.fromkeys(f"{faker.last_name()} {faker.street_suffix()}" for _ in range(400))),
        cities=tuple((faker.city(), area) for area in areas),
        delivery_units=tuple(dict.fromkeys(code[3:] for code in postal_codes)),
        billing_agents=(ldc, *organisations[:2]),
        ami_operators=tuple(organisations[2:4]),
        retailers=tuple(organisations[4:9]),
        cca_providers=tuple(organisations[9:]),
    )


def _ranking(sdps: int, chance: random.Random) -> Callable[[int], int]:
    """A place for each SDP in an order that nobody chose: whoever stands first changes first."""
    offset = chance.randrange(sdps)
    factor = 7_368_787  # a prime above the limit: it has no divisor in common with any number of SDPs
    return lambda number: (number * factor + offset) % sdps


def _billing_cycle(chance: random.Random) -> str:
    return f"BC{chance.randrange(1, 21):02}"


def _vee_service(chance: random.Random) -> str:
    return chance.choice(("VEE-R", "VEE-R", "VEE-R", "VEE-C"))


def _ct_pt_multiplier(chance: random.Random) -> str:
    return "1" if chance.random() < 0.95 else chance.choice(("20", "40", "80", "120"))


def _contract_end(chance: random.Random) -> Day | None:
    return None if chance.random() < 0.5 else Day(date(chance.randrange(2012, 2016), chance.randrange(1, 13), 1))


# --- What can change: the business scenarios of I-Sync ------------------------------------------------------

Change: TypeAlias = Callable[[MadeLdc, int, Sequence[Entry], Day, random.Random], Iterator[Entry]]


def _with(entries: Sequence[Entry], new: Entry) -> list[Entry]:
    """Records with a new one among them: the state that it follows ends where it starts, or is amended by it."""
    start = new.fields.get("start_date")
    kept = []
    for entry in entries:
        if not isinstance(start, date) or _about(entry) != _about(new) or not _holds(entry, Day(start)):
            kept.append(entry)
        elif entry.fields["start_date"] != start:
            kept.append(entry.ended(Day(start)))
    return [*kept, new]


def _about(entry: Entry) -> tuple[Value, ...]:
    """Which attribute of what a record is about."""
    owner = entry.fields.get("universal_sdp_id", entry.fields.get("meter_id"))
    return entry.kind, owner, entry.fields.get("parameter")


def _holds(entry: Entry, day: Day) -> bool:
    start = entry.fields.get("start_date")
    return isinstance(start, date) and start <= day and (entry.end is None or day < entry.end)


def _now(entries: Sequence[Entry], kind: str, day: Day, parameter: str | None = None) -> Entry | None:
    """The record of a kind that holds on a day."""
    of_kind = (entry for entry in entries if entry.kind == kind and entry.fields.get("parameter") == parameter)
    return next((entry for entry in of_kind if _holds(entry, day)), None)


def _another(values: Sequence[str], than: Value, chance: random.Random) -> str:
    """Another value than the one there is, as far as there is one."""
    return chance.choice([value for value in values if value != than] or list(values))


def _changed_parameter(word: str, values: Sequence[str]) -> Change:
    def change(ldc: MadeLdc, number: int, entries: Sequence[Entry], day: Day, chance: random.Random) -> Iterator[Entry]:
        parameter = ldc.code("sdp_parameter", word)
        before = _now(entries, "sdp_parameter", day, parameter)
        prior, end = (None, None) if before is None else (before.fields["value"], before.end)
        yield ldc.parameter(number, word, _another(values, prior, chance), day, end)

    return change


def _changed_status(word: str) -> Change:
    def change(ldc: MadeLdc, number: int, _: Sequence[Entry], day: Day, __: random.Random) -> Iterator[Entry]:
        yield ldc.parameter(number, "service_status", ldc.code("service_status", word), day)

    return change


def _changed_organisation(kind: str, pool: Callable[[_Names], Sequence[str]]) -> Change:
    def change(ldc: MadeLdc, number: int, entries: Sequence[Entry], day: Day, chance: random.Random) -> Iterator[Entry]:
        before = _now(entries, kind, day)
        prior, end = (None, None) if before is None else (before.fields["organisation_id"], before.end)
        yield ldc.relationship(number, kind, "organisation_id", _another(pool(ldc.names), prior, chance), day, end)

    return change


def _changed_account(
    ldc: MadeLdc, number: int, entries: Sequence[Entry], day: Day, _: random.Random
) -> Iterator[Entry]:
    before = _now(entries, "sdp_to_account", day)
    end = None if before is None else before.end
    other = ldc.account_id(ldc.sdps + number, 0)
    yield ldc.relationship(number, "sdp_to_account", "account_id", other, day, end)


def _changed_framing(
    ldc: MadeLdc, _: int, entries: Sequence[Entry], day: Day, chance: random.Random
) -> Iterator[Entry]:
    before = _now(entries, "service_agreement", day)
    if before is not None:
        framing = _another(ldc.framings, before.fields["framing_structure"], chance)
        yield before._replace(fields={**before.fields, "framing_structure": framing, "start_date": day})


def _changed_meter(ldc: MadeLdc, number: int, _: Sequence[Entry], day: Day, chance: random.Random) -> Iterator[Entry]:
    yield from ldc.meter(number, 1, day, chance)


def _corrected_premise(
    _: MadeLdc, __: int, entries: Sequence[Entry], day: Day, chance: random.Random
) -> Iterator[Entry]:
    before = _now(entries, "premise", day)
    if before is not None:
        address = f"{before.fields['address']} Unit {chance.randrange(1, 100)}"
        yield before._replace(fields={**before.fields, "address": address})


_CYCLES = tuple(f"BC{number:02}" for number in range(1, 21))

_OF_VIRTUAL_SDPS: tuple[Change, ...] = (
    _changed_parameter("billing_cycle_id", _CYCLES),
    _changed_account,
    _changed_framing,
    _changed_organisation("sdp_to_billing_agent", lambda names: names.billing_agents),
)
_CHANGES: tuple[Change, ...] = (
    *_OF_VIRTUAL_SDPS,
    _changed_parameter("vee_service", ("VEE-R", "VEE-C")),
    _changed_parameter("ct_pt_multiplier", ("1", "20", "40", "80", "120")),
    _changed_status("cut_at_pole"),
    _changed_status("booted"),
    _changed_organisation("sdp_to_ami_operator", lambda names: names.ami_operators),
    _changed_organisation("sdp_to_energy_service_provider", lambda names: names.retailers),
    _changed_meter,
    _corrected_premise,
)
