"""A year of a small LDC: the repository holds what the book says; every period is asked for once, and answered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day, at, iso, later, midnight
from reference_impl.cis.port import Port
from reference_impl.repository.master_directory import Key, value_on
from tests.reference_impl.cis.pair import (
    LDC,
    PROFILE,
    RETAILER,
    Pair,
    begin,
    created,
    event,
    kind,
    meter_of,
    rows,
)

SUNDAY = 6
FIRST, DAYS = date(2011, 1, 11), 365
AWAY = (-40, -21, -20, -5, -3, -1, 0, 1, 3, 4, 15, 16, 40)
CODES = {
    "tou_cpp_est": "E01",
    "hourly": "E03",
    "periodic": "E04",
    "electricity": "E",
    "connected": "CONNECTED",
    "cut_at_pole": "CUT_AT_POLE",
    "booted": "BOOTED",
}


class Told:
    """What was told of each attribute, and how to say what holds on a day: by looking through all of it."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], list[tuple[date, Any]]] = {}
        self.removed: dict[str, date] = {}

    def take(self, happened: dict[str, Any]) -> None:
        day, sdp = date.fromisoformat(happened["effective"]), happened["sdp_id"]
        for attribute, value in _stated(happened):
            self.said.setdefault((sdp, attribute), []).append((day, value))
        if happened["event"] == "sdp_removed":
            self.removed[sdp] = day

    def can_take(self, happened: dict[str, Any]) -> bool:
        """Whether it takes nothing away that begins on the same day: no record could say so."""
        day, sdp = date.fromisoformat(happened["effective"]), happened["sdp_id"]
        if sdp in self.removed:
            return False
        taken = [attribute for attribute, value in _stated(happened) if value is None]
        return not any(begins == day for attribute in taken for begins, _ in self.said.get((sdp, attribute), ()))

    def leaving(self, sdps: list[str], day: date) -> Iterator[dict[str, Any]]:
        """The removal of one SDP of which nothing is to come."""
        quiet = [sdp for sdp in sdps if sdp not in self.removed and self._last_day(sdp) < day]
        yield from (event("sdp_removed", sdp, day.isoformat()) for sdp in quiet[:1])

    def _last_day(self, sdp: str) -> date:
        return max(begins for (owner, _), said in self.said.items() if owner == sdp for begins, _ in said)

    def on(self, sdp: str, attribute: str, day: date) -> Any:
        if sdp in self.removed and self.removed[sdp] <= day:
            return None
        begun = [(since, number) for number, (since, _) in enumerate(self.said[sdp, attribute]) if since <= day]
        return self.said[sdp, attribute][max(begun)[1]][1] if begun else None


def _stated(happened: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    name = happened["event"]
    if name == "sdp_created":
        for attribute, value in happened["attributes"].items():
            yield NAMES.get(attribute, attribute), value
        if happened["type"] == "virtual":
            yield "components", happened["components"]
        else:
            yield "sdp_to_meter", happened["meter"]["meter_id"]
    elif name in {"meter_changed", "meter_added"}:
        yield "sdp_to_meter", happened["meter"]["meter_id"]
    elif name == "meter_removed":
        yield "sdp_to_meter", None
    elif name in {"service_cut_at_pole", "meter_booted"}:
        yield "service_status", {"service_cut_at_pole": "cut_at_pole", "meter_booted": "booted"}[name]
    elif name == "premise_changed":
        yield from ((field, happened[field]) for field in ("address", "city", "postal_code") if field in happened)
    elif name != "sdp_removed":
        attribute, member = CHANGES[name]
        yield attribute, happened[member]


NAMES = {
    "account_id": "sdp_to_account",
    "billing_agent": "sdp_to_billing_agent",
    "ami_operator": "sdp_to_ami_operator",
}
CHANGES = {
    "framing_structure_changed": ("framing_structure", "framing_structure"),
    "billing_cycle_changed": ("billing_cycle_id", "billing_cycle_id"),
    "vee_service_changed": ("vee_service", "vee_service"),
    "multiplier_changed": ("ct_pt_multiplier", "ct_pt_multiplier"),
    "account_changed": ("sdp_to_account", "account_id"),
    "ami_operator_changed": ("sdp_to_ami_operator", "organisation"),
    "retailer_changed": ("sdp_to_energy_service_provider", "organisation"),
    "components_changed": ("components", "components"),
}


def happenings(chance: random.Random, day: date, sdps: list[str], number: int) -> Iterator[dict[str, Any]]:
    """What happens on a day, of each kind now and then: mostly as of today, some back-dated, some to come."""
    if chance.random() < 0.1:
        sdps.append(f"SDP-{number + 100}")
        back = chance.choice((0, 0, 5, -5))
        yield created(f"SDP-{number + 100}", (day - timedelta(days=back)).isoformat(), meter="M-{}-0")
    if chance.random() < 0.1:
        yield event("components_changed", "All", day.isoformat(), components=chance.sample(sdps[1:6], 3))
    for sdp in sdps[1:]:
        if chance.random() < 0.05:
            effective = (day + timedelta(days=chance.choice((0, 0, 0, -3, -20, 4, 15)))).isoformat()
            yield chance.choice(
                (
                    event("framing_structure_changed", sdp, effective, framing_structure="tou_cpp_est"),
                    event("framing_structure_changed", sdp, effective, framing_structure="periodic"),
                    event("framing_structure_changed", sdp, effective, framing_structure="hourly"),
                    event("billing_cycle_changed", sdp, effective, billing_cycle_id=f"BC0{chance.randrange(1, 4)}"),
                    event("vee_service_changed", sdp, effective, vee_service=chance.choice(("01", "02"))),
                    event("multiplier_changed", sdp, effective, ct_pt_multiplier=chance.randrange(1, 9)),
                    event("account_changed", sdp, effective, account_id=f"A-{chance.randrange(999)}"),
                    event("account_changed", sdp, effective, account_id=None),
                    event("ami_operator_changed", sdp, effective, organisation=chance.choice((LDC, RETAILER))),
                    event("retailer_changed", sdp, effective, organisation=chance.choice((RETAILER, None))),
                    event("premise_changed", sdp, effective, address=f"{chance.randrange(99)} Mill Road"),
                    event("premise_changed", sdp, effective, city="Bronte", postal_code="L6L 1A1"),
                    event("service_cut_at_pole", sdp, effective),
                    event("meter_booted", sdp, effective),
                    event("meter_removed", sdp, effective),
                    event("meter_changed", sdp, effective, meter=meter_of(f"M-{sdp}-{chance.randrange(10**6)}")),
                )
            )


def agrees(pair: Pair, told: Told, sdps: list[str], day: date) -> list[str]:
    """Where the Master Directory and what was told differ, on days around today."""
    directory = pair.repository.directories[LDC]
    ids = pair.cis.desks[LDC].ids.known
    wrong = []
    for sdp in sdps:
        for attribute in {name for owner, name in told.said if owner == sdp}:
            for away in AWAY if day.weekday() == SUNDAY else (-3, 0, 4):
                on = day + timedelta(days=away)
                value = told.on(sdp, attribute, on)
                if attribute == "components":
                    expected: Any = {ids[component] for component in value or ()}
                    held: Any = {
                        value_on(directory.history(Key("sdp", ids[sdp], name)), Day(on))
                        for name in directory.attributes_of("sdp", ids[sdp])
                        if name.startswith("channel_to_channel")
                    } - {None}
                else:
                    expected = None if value is None else CODES.get(str(value), str(value))
                    held = value_on(directory.history(Key("sdp", ids[sdp], attribute)), Day(on))
                if held != expected:
                    wrong.append(f"{day} {sdp} {attribute} on {on}: {held}, and not {expected}")
    return wrong


def intervals(pair: Pair, sdp: str, day: date) -> dict[str, Any]:
    start = iso(midnight(Day(day)))
    universal = pair.cis.desks[LDC].ids.known[sdp]
    return {"universal_sdp_id": universal, "start": start, "interval_minutes": 60, "wh": [500] * 24, "status": "VAL"}


def restarted(pair: Pair) -> None:
    """Let the process of the CIS end, and another go on with the conversation."""
    pair.say(pair.cis_port, {"message": "restart"})
    pair.cis_port = Port(PROFILE)
    pair.say(pair.cis_port, begin(instant=iso(pair.now), resumed=True))


def test_a_year() -> None:
    pair, told, chance = Pair(), Told(), random.Random(1)
    sdps: list[str] = []
    joined: dict[str, date] = {}
    asked: list[tuple[str, date, date]] = []
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        pair.jump(at(Day(day), 8, 10))
        if number == 0:
            names = [f"SDP-{each}" for each in range(8)]
            happened = [created("All", components=names[:3]), *(created(name) for name in names)]
        else:
            happened = [each for each in happenings(chance, day, sdps, number) if told.can_take(each)]
        if day.weekday() == SUNDAY and number % 3 == 0:
            leaving = list(told.leaving([sdp for sdp in sdps[9:] if sdp in joined], day))
            gone = {each["sdp_id"] for each in leaving}
            happened = [*leaving, *(each for each in happened if each["sdp_id"] not in gone)]
        sdps += [each["sdp_id"] for each in happened if each["sdp_id"] not in sdps]
        joined |= {sdp: day for sdp in sdps if sdp not in joined}
        pair.load(*happened)
        for each in happened:
            told.take(each)
        if day.day == 15:
            restarted(pair)
        pair.tell("request_universal_sdp_ids")
        pair.until(at(Day(day), 8, 40))
        pair.tell("audit" if day.weekday() == SUNDAY else "synchronize")
        pair.tell("synchronize")
        pair.until(at(Day(day), 9, 10))
        assert agrees(pair, told, sdps, day) == []
        days = [intervals(pair, sdp, day) for sdp in sdps if sdp != "All"]
        pair.say(pair.repository_port, {"message": "load", "intervals": days, "register_reads": []})
        if day.day == 1 and number > 30:
            last = day - timedelta(days=1)
            first = last.replace(day=1)
            served = [sdp for sdp in sdps[1:] if all(told.on(sdp, "framing_structure", d) for d in (first, last))]
            billed = [sdp for sdp in served if joined[sdp] <= first]
            period = {"first_day": first.isoformat(), "last_day": last.isoformat()}
            pair.tell("request_quantities", sdp_ids=billed, cycle="on", **period)
            asked += [(sdp, first, last) for sdp in billed]
    pair.jump(later(pair.now, days=1))
    assert numbers_in_order(pair)
    assert pair.ask("open_matters") == []
    assert requested(pair) == sorted(asked)
    assert answered(pair) >= set(asked)


def numbers_in_order(pair: Pair) -> bool:
    """Whether the manifests carry the numbers from 1 on, each once."""
    manifests = [file for file in pair.of("3000", "4000") if file["name"].split(".")[6] == "00"]
    return [int(rows(file, "FH")[0][2]) for file in manifests] == list(range(1, len(manifests) + 1))


def requested(pair: Pair) -> list[tuple[str, date, date]]:
    by_universal = {universal: sdp for sdp, universal in pair.cis.desks[LDC].ids.known.items()}
    lines = [line for file in pair.submitted if kind(file) == "5000" for line in rows(file)]
    return sorted(
        (by_universal[line[1]], date.fromisoformat(line[3]), date.fromisoformat(line[4]) - timedelta(days=1))
        for line in lines
    )


def answered(pair: Pair) -> set[tuple[str, date, date]]:
    """The periods of which every day came, with energy."""
    days: dict[str, set[date]] = {}
    for each in pair.ask("quantities"):
        first, last = date.fromisoformat(each["first_day"]), date.fromisoformat(each["last_day"])
        assert each["status"] == "00"
        assert each["wh"] == ((last - first).days + 1) * 24 * 500
        days.setdefault(each["sdp_id"], set()).update(first + timedelta(days=n) for n in range((last - first).days + 1))
    months = [(date(2011, m, 1), date(2011, m + 1, 1) - timedelta(days=1)) for m in range(1, 12)]
    return {
        (sdp, first, last)
        for sdp, known in days.items()
        for first, last in (*months, (date(2011, 12, 1), date(2011, 12, 31)))
        if all(first + timedelta(days=n) in known for n in range((last - first).days + 1))
    }
